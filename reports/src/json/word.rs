//! Words of an evaluation as scripts read them. Each list has every word, for the schema.

use hotwash_engine::evaluation::{
    Category, CoverageStatus, FindingKind, FindingSubject, NotExercised, NotScored, Rating,
    ScoreBy, Standing,
};
use hotwash_engine::exercise::{Exercise, Identified};
use hotwash_engine::record::Tick;

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident, $list:ident: $type:ident { $($word:ident $(($($any:tt)*))? $({$($some:tt)*})?,)+ })+) => {
        $(
            $(#[$meta])*
            pub(super) const fn $name(word: $type) -> &'static str {
                match word {
                    $($type::$word $(($($any)*))? $({$($some)*})? => stringify!($word),)+
                }
            }

            #[cfg(test)]
            pub(super) const $list: &[&str] = &[$(stringify!($word),)+];
        )+
    };
}

words! {
    /// A category of time.
    category, CATEGORIES: Category {
        WaitingForDetection,
        DeliveryAndNotice,
        Reading,
        WaitingForPerson,
        Asleep,
        FalseAlarms,
        WaitingForApproval,
        WaitingForInject,
        DelayOfPlan,
        HoursOfOthers,
        Working,
        Redoing,
        HandingOver,
        Watching,
        NothingCouldHappen,
    }
    /// Why a phase has no score.
    not_scored, NOT_SCORED: NotScored {
        NotInPlan,
        NotApplicable,
        NoOrigin,
        NoTime,
        NothingToScore,
        NotFinished,
    }
    /// A rating.
    rating, RATINGS: Rating {
        P,
        S,
        M,
        U,
        N,
    }
    /// How an expectation stands.
    standing, STANDINGS: Standing {
        Met,
        Late,
        Partly,
        Missed,
        NotExercised(_),
        Excused,
    }
    /// Why an expectation counts neither for nor against.
    not_exercised, NOT_EXERCISED: NotExercised {
        NeverAsked,
        NothingToActOn,
        NoTime,
        NotJudged,
    }
    /// How far an evaluator saw something done.
    tick, TICKS: Tick {
        Met,
        Partly,
        Not,
        NotSeen,
    }
    /// Who acted.
    score_by, SCORE_BY: ScoreBy {
        Played,
        Simulated,
        Facilitator,
    }
    /// How a coverage item stands.
    coverage_status, COVERAGE_STATUS: CoverageStatus {
        Done,
        Late,
        Partly,
        Flawed,
        Missed,
        GapOfPlan,
    }
    /// Which rule found something.
    finding_kind, FINDING_KINDS: FindingKind {
        TimeLost { .. },
        NotCompleted { .. },
        Reopened(_),
        ClockNotKept(_),
        Missed,
        MetLate,
        HealthyAssetHit,
        OwnHarm,
        FlawedWork,
        WrongClassification,
        EvidenceDestroyed,
        RestoredTooEarly,
        UnsoundDecision,
        DeclaredTooEarly,
        NobodyReached,
        NoDeputy,
        NobodyCan { .. },
        OwnApproval,
        Unseen,
        ObjectiveExceeded,
        DataLossExceeded,
        LogNotKept,
        Deadlock,
        AppetiteExceeded,
        Overdue,
        NotInPlan,
        PhaseInTime(_),
        ClockKept,
        EvidenceSecured,
        AttackStopped,
        ObjectiveAchieved,
        PartlyDone,
    }
}

/// The kinds of gates.
pub(super) const GATES: [&str; 3] = ["Obligation", "Objective", "OwnHarm"];

/// What a finding is about: a kind of thing and its id.
pub(super) fn subject(exercise: &Exercise, subject: FindingSubject) -> String {
    fn of<I: Identified>(exercise: &Exercise, id: I) -> String {
        format!("{} {}", I::KIND, id.slug(exercise.names()))
    }
    match subject {
        FindingSubject::Run => "run".to_owned(),
        FindingSubject::Phase(incident, phase) => {
            format!("phase {phase} of {}", of(exercise, incident))
        }
        FindingSubject::Role(role, None) => of(exercise, role),
        FindingSubject::Role(role, Some(task)) => {
            format!("{}, {}", of(exercise, role), of(exercise, task))
        }
        FindingSubject::Task(task) => of(exercise, task),
        FindingSubject::Expectation(expectation) => of(exercise, expectation),
        FindingSubject::Obligation(obligation, _) => of(exercise, obligation),
        FindingSubject::Decision(decision) => of(exercise, decision),
        FindingSubject::Asset(asset) => of(exercise, asset),
        FindingSubject::Step(step) => of(exercise, step),
        FindingSubject::Source(source) => of(exercise, source),
        FindingSubject::Inject(inject) => of(exercise, inject),
        FindingSubject::Message(message) => format!("message {}", message.0),
        FindingSubject::Person(person) => of(exercise, person),
        FindingSubject::Risk(risk) => of(exercise, risk),
        FindingSubject::Objective(objective) => of(exercise, objective),
        FindingSubject::Measure(incident, measure) => {
            format!("measure {measure} for {}", of(exercise, incident))
        }
        FindingSubject::Stakeholder(stakeholder) => of(exercise, stakeholder),
        FindingSubject::Channel(channel) => of(exercise, channel),
        FindingSubject::Gap(gap) => format!("gap {gap}"),
    }
}
