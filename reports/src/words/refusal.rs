//! Why an act was not possible, within a sentence.

use hotwash_engine::record::Refusal;

/// Why an act was not possible.
pub const fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::OnlyAPerson => "only a person who is played can do this",
        Refusal::OnlyTheFacilitator => "only the facilitator can do this",
        Refusal::NobodyPlays => "nobody plays this person",
        Refusal::TooEarly => "the exercise has not begun",
        Refusal::TooLate => "the exercise ended before it could be done",
        Refusal::AfterTheEnd => "the exercise was over",
        Refusal::StandInActs => "a stand-in acts for this person",
        Refusal::NotInPlan => "no task of the plan takes this measure",
        Refusal::HoldsNoRole => "the person holds no role",
        Refusal::NeedsNoApproval => "this task needs no approval",
        Refusal::NothingToAsk => "no work of this task waits for somebody to ask",
        Refusal::NoRoleForTask => "the person has no role for this task",
        Refusal::NotOpen => "this decision is not open",
        Refusal::NoSuchOption => "this decision has no such option",
        Refusal::TimeIsPast => "it is that late already",
        Refusal::DeliveredBefore => "this inject was delivered before",
        Refusal::LeftOutBefore => "this inject was left out before",
        Refusal::ExcusedBefore => "this expectation is excused already",
        Refusal::MetBefore => "this expectation was met",
        Refusal::NoSuchMessage => "there is no such message",
        Refusal::NotInInbox => "this message is not in the person's inbox",
        Refusal::ReadsAnother => "the person reads another message",
        Refusal::NotAsked => "nobody has asked for this approval",
        Refusal::NotTheirs => "this approval is not the person's to give",
        Refusal::NotWorking => "the person does not work on this task",
        Refusal::NobodyHasRole => "nobody has this role",
        Refusal::Busy => "the person is busy",
        Refusal::NotReady => "this task is not ready",
        Refusal::NotByThese => "this task cannot be done by these people now",
        Refusal::NeedsApproval => "this task needs approval",
        Refusal::PausedAlready => "the exercise is paused already",
        Refusal::NotPaused => "the exercise is not paused",
        Refusal::NoName => "it names nobody",
        Refusal::HereAlready => "somebody of that name takes part already",
        Refusal::NotHere => "nobody of that name takes part",
        Refusal::OnlyAnEvaluator => "only an evaluator can do this",
        Refusal::NoSuchEntry => "there is no such entry, or nothing of this kind was said in it",
        Refusal::NoText => "it says nothing",
        Refusal::NotThere => "the person is not there: off duty, not reached, at rest or on leave",
        Refusal::NothingKnown => "the person knows of nothing that this could be taken on",
        Refusal::NotOurs => "somebody else runs it, and our people cannot do this to it",
        Refusal::NobodyReached => "none of the channels over which they are reached works",
        Refusal::OutOfHours => "it is not the time of day at which they are told",
        Refusal::LacksSkill => {
            "this is hands-on work, and the person holds no function of those who do it"
        }
        Refusal::UnderWay => "this is under way already",
        Refusal::ChoseOtherwise => "nothing of the kind was decided",
        Refusal::NothingAsked => "there is no such question that waits for an answer",
        Refusal::TooFarBack => {
            "it is said to have been done more than an hour ago, or before the exercise began"
        }
        Refusal::NotSo => "this measure is not taken on such a thing",
        Refusal::SoAlready => "it is so already",
        Refusal::NoSuchPace => "no exercise goes at that pace",
    }
}
