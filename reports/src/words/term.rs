//! Single terms: verdicts, ratings, categories of time, states.

use super::{Naming, Subject};
use crate::document::Tone;
use hotwash_engine::evaluation::{
    ByPlan, Category, ClockStart, CoverageStatus, JudgedKind, NotExercised, NotScored,
    PartialReason, Rating, Standing,
};
use hotwash_engine::exercise::{AssetState, ImpactDimension, Mark, Measure, Mode, Phase};
use hotwash_engine::record::{EndKind, Tick, Verdict};

/// A measure as a thing that is done: `isolation`.
pub const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Report => "reporting",
        Measure::Log => "writing the incident log",
        Measure::Escalate => "escalation",
        Measure::Triage => "triage",
        Measure::Declare => "declaring the incident",
        Measure::Reject => "deciding that it is no incident",
        Measure::Classify => "classification",
        Measure::Investigate => "investigation",
        Measure::Scope => "stating what is affected",
        Measure::Activate => "assembling the team",
        Measure::Preserve => "securing evidence",
        Measure::Isolate => "isolation",
        Measure::Block => "blocking",
        Measure::DisableAccount => "disabling accounts",
        Measure::Revoke => "taking back access",
        Measure::Filter => "filtering traffic",
        Measure::RecallPayment => "calling the payment back",
        Measure::WipeRemotely => "wiping a device at a distance",
        Measure::Takedown => "having a page taken down",
        Measure::Disconnect => "disconnecting",
        Measure::Shutdown => "switching off",
        Measure::Evict => "removing footholds",
        Measure::Patch => "patching",
        Measure::Harden => "hardening",
        Measure::RotateCredentials => "replacing credentials",
        Measure::FindCause => "finding the cause",
        Measure::Failover => "failing over",
        Measure::Rebuild => "rebuilding",
        Measure::Restore => "restoring",
        Measure::Correct => "putting altered data right",
        Measure::Reconnect => "reconnecting",
        Measure::Verify => "verifying service",
        Measure::Watch => "watching for recurrence",
        Measure::Accept => "acceptance by the owner",
        Measure::Notify => "notification",
        Measure::Brief => "briefing",
        Measure::Decide => "deciding",
        Measure::HandOver => "handing over",
        Measure::Review => "the review",
        Measure::IssueReport => "issuing the incident report",
        Measure::AssignAction => "assigning corrective actions",
        Measure::Close => "closing the incident",
    }
}

/// How the people of an exercise acted, within a sentence.
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Simulated => "simulated",
        Mode::Discussed => "discussed",
        Mode::Drilled => "drilled",
        Mode::Mixed => "mixed: some people acted, the others were simulated",
        Mode::Real => "a real incident",
    }
}

/// How a run ended.
pub const fn end(end: EndKind) -> &'static str {
    match end {
        EndKind::Facilitator => "ended by the facilitator",
        EndKind::Condition => "end condition met",
        EndKind::Limit => "limit reached",
        EndKind::Stalled => "stalled: nothing could happen any more",
        EndKind::LimitBroken => "broken off: a limit of the engine was hit",
    }
}

/// How a clock stands.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Late => "LATE",
        Verdict::Breached => "NOT TOLD",
        Verdict::NotRecognised => "NOBODY KNEW IT",
        Verdict::Running => "running",
        Verdict::HandedOn => "handed to its owner",
        Verdict::NotTriggered => "not triggered",
        Verdict::Needless => "told, though nothing called for it",
        Verdict::Incomplete => "incomplete",
        Verdict::Phased => "met, the rest later",
        Verdict::WrongRecipient => "WRONG RECIPIENT",
        Verdict::NotRequired => "not required",
    }
}

/// The tone of a verdict.
pub const fn verdict_tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met | Verdict::Phased => Tone::Good,
        Verdict::Late | Verdict::Breached | Verdict::WrongRecipient | Verdict::NotRecognised => {
            Tone::Bad
        }
        Verdict::Needless | Verdict::Incomplete => Tone::Weak,
        Verdict::Running | Verdict::HandedOn | Verdict::NotRequired | Verdict::NotTriggered => {
            Tone::Faint
        }
    }
}

/// The letter of a rating.
pub const fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::P => "P",
        Rating::S => "S",
        Rating::M => "M",
        Rating::U => "U",
        Rating::N => "N",
    }
}

/// What a rating means.
pub const fn rating_meaning(rating: Rating) -> &'static str {
    match rating {
        Rating::P => "performed without challenges",
        Rating::S => "performed with some challenges",
        Rating::M => "performed with major challenges",
        Rating::U => "unable to be performed",
        Rating::N => "not exercised",
    }
}

/// The tone of a rating.
pub const fn rating_tone(rating: Rating) -> Tone {
    match rating {
        Rating::P => Tone::Good,
        Rating::S | Rating::M => Tone::Weak,
        Rating::U => Tone::Bad,
        Rating::N => Tone::Faint,
    }
}

/// What a stretch of time was made of.
pub const fn made_of(category: Category) -> &'static str {
    match category {
        Category::WaitingForDetection => "waiting for detection",
        Category::DeliveryAndNotice => "messages under way or unread",
        Category::Reading => "reading",
        Category::WaitingForPerson => "waiting for a person",
        Category::Asleep => "asleep",
        Category::FalseAlarms => "looking into false alarms",
        Category::WaitingForApproval => "waiting for approval",
        Category::WaitingForInject => "waiting for an inject",
        Category::DelayOfPlan => "waiting as the plan says",
        Category::HoursOfOthers => "waiting for the hours of those to be told",
        Category::Working => "working",
        Category::Redoing => "doing work again",
        Category::HandingOver => "handing over",
        Category::Watching => "watching for recurrence",
        Category::NothingCouldHappen => "nothing could happen",
    }
}

/// Why a phase has no score.
pub const fn not_scored(reason: NotScored) -> &'static str {
    match reason {
        NotScored::NotInPlan => "no task of the plan can reach it",
        NotScored::NotApplicable => "there was nothing to do",
        NotScored::NoOrigin => "the clock never began",
        NotScored::NoTime => "ENDEX came before its time was up",
        NotScored::NotFinished => "the record has no ENDEX",
        NotScored::NothingToScore => "it has no target, no task and nothing to judge",
    }
}

/// That a mark was reached.
pub const fn mark_reached(mark: Mark) -> &'static str {
    match mark {
        Mark::Onset => "the attack began",
        Mark::Observable => "there was something to see",
        Mark::Seen => "somebody saw it",
        Mark::Reported => "it was registered",
        Mark::Declared => "it was declared",
    }
}

/// From when a time is counted, as it follows `since`.
pub const fn clock_start(start: ClockStart) -> &'static str {
    match start {
        ClockStart::Mark(mark) => mark_reached(mark),
        ClockStart::DamageFound => "damage was found",
        ClockStart::RecoveryCompleted => "recovery was complete",
        ClockStart::Rejected => "it was decided that it is no incident",
    }
}

/// How a coverage item stands.
pub const fn coverage_status(status: CoverageStatus) -> (&'static str, Tone) {
    match status {
        CoverageStatus::Done => ("done", Tone::Good),
        CoverageStatus::Late => ("late", Tone::Weak),
        CoverageStatus::Partly => ("in part", Tone::Weak),
        CoverageStatus::Flawed => ("without effect", Tone::Bad),
        CoverageStatus::Missed => ("missed", Tone::Bad),
        CoverageStatus::GapOfPlan => ("not in the plan", Tone::Weak),
    }
}

/// How an expectation stands.
pub const fn standing(standing: Standing) -> (&'static str, Tone) {
    match standing {
        Standing::Met => ("met", Tone::Good),
        Standing::Late => ("late", Tone::Weak),
        Standing::Partly => ("in part", Tone::Weak),
        Standing::Missed => ("missed", Tone::Bad),
        Standing::NotExercised(_) => ("not exercised", Tone::Faint),
        Standing::Excused => ("excused", Tone::Faint),
    }
}

/// How far an evaluator saw something done.
pub const fn tick(tick: Tick) -> &'static str {
    match tick {
        Tick::Met => "done",
        Tick::Partly => "done in part",
        Tick::Not => "not done",
        Tick::NotSeen => "not seen",
    }
}

/// Why an expectation counts neither for nor against, in a sentence without its full stop.
pub const fn not_exercised(why: NotExercised) -> &'static str {
    match why {
        NotExercised::NeverAsked => "its inject never came, and nobody did it",
        NotExercised::NothingToActOn => "there was nothing to do it on",
        NotExercised::NoTime => "the exercise ended before its time was up",
        NotExercised::NotJudged => "only somebody who watches can judge it, and nobody did",
    }
}

/// The state of an asset, as it follows the asset's name.
pub const fn asset_state(state: AssetState) -> &'static str {
    match state {
        AssetState::Compromised => "taken over",
        AssetState::Encrypted => "encrypted",
        AssetState::Exfiltrated => "robbed of records",
        AssetState::Altered => "changed",
        AssetState::Exposed => "published",
        AssetState::OutOfService => "out of service",
        AssetState::PastRto => "out of service beyond its objective",
        AssetState::Isolated => "isolated",
        AssetState::Off => "switched off",
        AssetState::Evicted => "freed of the attacker",
        AssetState::Wiped => "wiped",
        AssetState::Verified => "verified in service",
    }
}

/// How many tasks with a time of their own are named.
const NAMED: usize = 3;

/// Why a score says less than it seems, as it follows a colon; nothing where it says all.
pub fn partials(names: &Naming<'_>, reasons: &[PartialReason]) -> Option<String> {
    let own = |of: &&PartialReason| matches!(of, PartialReason::OwnTimes(_));
    let tasks = reasons.iter().filter(own).count();
    let mut so_many = 0;
    let shown = reasons.iter().filter(|of| {
        so_many += usize::from(own(of));
        !own(of) || so_many <= NAMED
    });
    let mut said: Vec<String> = shown.map(|of| partial(names, *of)).collect();
    if tasks > NAMED {
        said.push(format!("{} tasks more do", tasks - NAMED));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// One reason for which a score says less than it seems, as it follows a colon.
pub fn partial(names: &Naming<'_>, reason: PartialReason) -> String {
    match reason {
        PartialReason::PhaseNotInPlan(phase) => format!("{phase} is not in the plan"),
        PartialReason::Laboratory => "this is a laboratory, with people who never tire".to_owned(),
        PartialReason::OwnTimes(task) => {
            format!(
                "\"{}\" takes less time than its measures can, for a reason that the plan gives",
                names.task(task)
            )
        }
        PartialReason::LawUnknown => {
            "nobody can tell which law the personal data is under".to_owned()
        }
        PartialReason::NothingOfOurs => {
            "nothing of ours was hit, nor would have been without a response".to_owned()
        }
    }
}

/// A dimension of impact.
pub(crate) const fn impact(of: ImpactDimension) -> &'static str {
    match of {
        ImpactDimension::Operations => "operations",
        ImpactDimension::Information => "information",
        ImpactDimension::Recoverability => "recoverability",
        ImpactDimension::Money => "money",
        ImpactDimension::Legal => "legal duties and the public",
        ImpactDimension::Safety => "safety of people",
        ImpactDimension::Reputation => "reputation",
    }
}

/// What was judged.
pub fn judged(subject: &Subject, kind: JudgedKind) -> String {
    let names = &subject.names;
    match kind {
        JudgedKind::Classification { given, right, .. } if given == right => {
            format!("classified {given}")
        }
        JudgedKind::Classification {
            given,
            right,
            impact: of,
            by_plan,
        } => {
            let why = of.map_or_else(String::new, |of| {
                format!(" for its impact on {}", impact(of))
            });
            let by = match by_plan {
                ByPlan::No => "",
                ByPlan::Row(_) | ByPlan::NoRow => ", as the plan's own table gives it",
            };
            format!("classified {given}{by}; on what was known it was {right}{why}")
        }
        JudgedKind::PreserveFirst(asset) => {
            format!(
                "evidence on {} secured before it was destroyed",
                names.asset(asset)
            )
        }
        JudgedKind::EvictFirst(asset) => {
            format!(
                "attacker out of {} before it was restored",
                names.asset(asset)
            )
        }
        JudgedKind::Decision(decision) => names.decision(decision),
        JudgedKind::Obligation(obligation) => names.obligation(obligation),
        JudgedKind::IncidentLog => "incident log kept within 30 min".to_owned(),
        JudgedKind::Proportion { own, bearable, .. } => format!(
            "own measures in proportion: they cost {} where the attack was not; {} can be borne",
            names.money(own),
            names.money(bearable)
        ),
    }
}

/// Where a phase stands in words that fit a narrow column.
pub const fn phase_sign(phase: Phase) -> char {
    match phase {
        Phase::Identification => 'I',
        Phase::Assessment => 'A',
        Phase::Response => 'R',
        Phase::Resolution => 'S',
        Phase::Recovery => 'V',
        Phase::Closure => 'C',
    }
}
