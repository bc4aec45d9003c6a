//! What stands for everything that an author does not say, in one place, with where it comes from.
//!
//! Most values are judgement and are called illustrative; a report lists those that an exercise
//! stood on.

mod monitoring;
mod people;
mod severity;
mod targets;
#[cfg(test)]
mod tests;

pub(crate) use hotwash_engine::exercise::usual as work;
pub(crate) use monitoring::{chance_to_see, false_alarms, time_to_see};
pub(crate) use people::{daytime, office_hours, stand_ins_of};
pub(crate) use severity::{aware_of, rules};
pub(crate) use targets::{Cell, cell};

use hotwash_engine::exercise::{
    BasisPoints, ChannelKind, Data, Day, ExerciseTime, Function, Law, Money, Phase, Priority,
    Severity, Span,
};

/// A value that is somebody's judgement.
pub(crate) const ILLUSTRATIVE: &str = "illustrative";
/// The share of staff who report what they see, in phishing simulations.
pub(crate) const DBIR: &str = "Verizon DBIR 2024";
/// What the documentation of a field promises where it is not given.
pub(crate) const LANGUAGE: &str = "definition language";

/// The day on or after which a weekday as start is looked for: a Monday, far from a change of the
/// clocks in either half of the year.
pub(crate) const FIRST_DAY: Day = Day::from_civil(2027, 1, 11);
/// The weekday of a scenario that does not say when it starts, Monday 0.
pub(crate) const START_WEEKDAY: u8 = 1;
/// The minute after midnight of such a scenario.
pub(crate) const START_MINUTE: u16 = 600;
/// The longest exercise.
pub(crate) const LIMIT: Span = Span::days(30);
/// How difficult a scenario is, of five.
pub(crate) const DIFFICULTY: u8 = 3;
/// When the attack began.
pub(crate) const ONSET: ExerciseTime = ExerciseTime::STARTEX;

/// Whether people may begin before STARTEX.
pub(crate) const EARLY: bool = false;

/// The value of an asset in each dimension.
pub(crate) const VALUE: Severity = Severity::Medium;
/// What an hour of outage counts for where harm of one's own is weighed and no rate is given, by
/// availability, Low first, in whole units of money.
const WORTH_PER_HOUR: [i64; 4] = [0, 500, 3_000, 10_000];
/// What an hour of outage of an asset of this availability counts for.
pub(crate) const fn worth_per_hour(availability: Severity) -> Money {
    Money(WORTH_PER_HOUR[availability.index()] * 100)
}
/// Below which share of that a rate asks for a reason, in percent.
pub(crate) const LOW_RATE: i64 = 1;
/// The least that an hour of outage of an asset of this availability may cost without a reason.
pub(crate) const fn least_rate(availability: Severity) -> Money {
    Money(worth_per_hour(availability).0 * LOW_RATE / 100)
}
/// How often an asset is backed up.
pub(crate) const BACKED_UP_EVERY: Span = Span::DAY;
/// How long whoever runs something that is not ours takes to restore it.
pub(crate) const RESTORES_IN: Law = Law::Fixed(Span::days(3));

/// What a record that is out costs, in minor units.
pub(crate) const fn per_record(data: Data) -> Money {
    match data {
        Data::Records => Money(100),
        Data::PersonalData => Money(500),
        Data::SpecialCategory => Money(2_000),
    }
}

/// A kind of data as its author writes it.
pub(crate) const fn data_name(data: Data) -> &'static str {
    match data {
        Data::Records => "Records",
        Data::PersonalData => "PersonalData",
        Data::SpecialCategory => "SpecialCategory",
    }
}

/// The share of staff who know how to report.
pub(crate) const KNOWS_CHANNEL: BasisPoints = BasisPoints(8_000);
/// The chance that one of the staff who sees something reports it.
pub(crate) const REPORTS: BasisPoints = BasisPoints(2_000);
/// How long one of the staff takes to report.
pub(crate) const REPORTS_AFTER: Law = Law::Range {
    low: Span::minutes(5),
    high: Span::hours(4),
};
/// How often a year a risk is expected, in thousandths.
pub(crate) const PER_THOUSAND_YEARS: u32 = 100;

/// How long deciding takes.
pub(crate) const DECIDING: Law = Law::Range {
    low: Span::minutes(5),
    high: Span::minutes(20),
};
/// How long an implied notification takes.
pub(crate) const NOTIFYING: Law = Law::Range {
    low: Span::minutes(10),
    high: Span::minutes(45),
};
/// By when an expectation is to be met.
pub(crate) const WITHIN: Span = Span::hours(4);

/// How many times its start the end of a range is that says nothing any more.
pub(crate) const ABSURDLY_WIDE: i64 = 1_000;
/// In how many families of functions one person can work with their own hands.
pub(crate) const FAMILIES: usize = 3;
/// For which share of all hours one person can be on call, or on shift, in percent.
pub(crate) const ON_CALL: u32 = 50;

/// A weight of one, in hundredths.
pub(crate) const WEIGHT: u32 = 100;
/// The weight of an obligation in judgement, in hundredths.
pub(crate) const OBLIGATION_WEIGHT: u32 = 200;

/// Priority by severity, Low first, and urgency, contained first.
pub(crate) const PRIORITIES: [[Priority; 3]; 4] = {
    use Priority::{P1, P2, P3, P4};
    [[P4, P4, P3], [P4, P3, P2], [P3, P2, P1], [P2, P1, P1]]
};
/// How long a classification stands while new facts change its result, Low first.
pub(crate) const REASSESS: [Span; 4] = [Span::days(3), Span::DAY, Span::hours(4), Span::HOUR];
/// How long a message may lie unnoticed, Low first.
pub(crate) const ESCALATION: [Span; 4] =
    [Span::HOUR, Span::HOUR, Span::minutes(15), Span::minutes(15)];
/// Whom an unnoticed message reaches in the end.
pub(crate) const ESCALATED_TO: [Function; 2] = [Function::Ciso, Function::Executive];
/// Who classifies.
pub(crate) const CLASSIFIES: Function = Function::IncidentManager;
/// Who has to know of what starts a clock; sorted.
pub(crate) const AWARE: [Function; 3] = [
    Function::IncidentManager,
    Function::Legal,
    Function::DataProtection,
];
/// Who sees to an obligation without a task.
pub(crate) const NOTIFIES: Function = Function::Legal;
/// Whom a source tells.
pub(crate) const TOLD: Function = Function::Analyst;

/// The weight of each phase.
pub(crate) const PHASE_WEIGHTS: [u16; 6] = [1_500, 1_500, 2_500, 1_500, 2_000, 1_000];
/// The weights of timeliness, coverage and judgement.
pub(crate) const PART_WEIGHTS: [u16; 3] = [4_000, 4_000, 2_000];
/// The share of reached in timeliness.
pub(crate) const REACHED_SHARE: u16 = 2_500;
/// The phase in which a decision is judged.
pub(crate) const DECISION_PHASE: Phase = Phase::Response;

/// The channels of an organisation that names none: id and kind, sorted by id.
pub(crate) const CHANNELS: [(&str, ChannelKind); 3] = [
    ("desk-phone", ChannelKind::DeskPhone),
    ("mail", ChannelKind::Mail),
    ("mobile-phone", ChannelKind::MobilePhone),
];

/// Whether a channel of this kind shows its sender that a message arrived.
pub(crate) const fn acknowledgeable(kind: ChannelKind) -> bool {
    matches!(
        kind,
        ChannelKind::DeskPhone
            | ChannelKind::MobilePhone
            | ChannelKind::Pager
            | ChannelKind::ConferenceBridge
            | ChannelKind::InPerson
            | ChannelKind::Ticket
            | ChannelKind::Radio
    )
}
