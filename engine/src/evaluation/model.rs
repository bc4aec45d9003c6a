//! The shape of an evaluation. Every figure keeps the numbers of the entries it came from.

mod answers;
mod containment;
mod items;
mod score;

pub use answers::{
    Act, AskedFor, Breach, ExpectationVerdict, Judgement, NotExercised, Overtaken, Standing,
};
pub use containment::Containment;
pub use items::{ByPlan, CoverageItem, CoverageStatus, ItemKind, JudgedItem, JudgedKind};
pub use score::{Beside, Deduction, ExerciseScore, Gate, GateReason, PartialReason, ScoreBy};

use super::finding::Finding;
use crate::exercise::{
    AssetId, BasisPoints, ExerciseTime, ExpectationId, IncidentId, Instance, Mark, Money,
    ObjectiveId, ObligationId, Phase, RoleId, Severity, Span,
};
pub use crate::record::Rating;
use crate::record::{EndKind, HumanAct, Verdict};

/// Everything that is said about a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// How it ended; `None`: the record has no ENDEX, so it was not finished, or was cut after its last
    /// entry.
    pub end: Option<EndKind>,
    /// When it ended: the instant of the last entry, where the record has no ENDEX.
    pub ended_at: ExerciseTime,
    /// When people began to act, where that was before STARTEX.
    pub began_early: Option<Timed>,
    /// How many entries its record has.
    pub entries: u32,
    /// The exercise score; `None` where nothing could be scored, and without ENDEX.
    pub score: Option<ExerciseScore>,
    /// Each incident, in the order of ids.
    pub incidents: Vec<IncidentEvaluation>,
    /// The main incident.
    pub main: IncidentId,
    /// One rating per objective, in the order of ids.
    pub objectives: Vec<ObjectiveRating>,
    /// How each expectation was answered, in the order of ids.
    pub expectations: Vec<ExpectationVerdict>,
    /// Each clock of each incident.
    pub obligations: Vec<ObligationVerdict>,
    /// Expectations that the facilitator excused, in the order of ids; they leave the score.
    pub excused: Vec<Excused>,
    /// What evaluators and others said about it, in the order of entries. It changes nothing above: both stand.
    pub said: Vec<Said>,
    /// The acts that a scribe entered.
    pub entered: Vec<Entered>,
    /// The impact, beside its baselines.
    pub impact: Impact,
    /// What to keep and what to improve, the most important first.
    pub findings: Vec<Finding>,
}

impl Evaluation {
    /// Every finding, those too that hang on another.
    pub fn every_finding(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().flat_map(Finding::all)
    }

    /// The evaluation of the main incident.
    pub fn main(&self) -> &IncidentEvaluation {
        &self.incidents[self.main.index()]
    }
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentEvaluation {
    /// Which.
    pub incident: IncidentId,
    /// When it came to each mark, in the order of the marks.
    pub marks: [Option<Timed>; 5],
    /// How bad it truly was.
    pub true_severity: Severity,
    /// The severity for which time is scored: the true one as far as it could be known.
    pub scored_severity: Severity,
    /// The last severity that the team gave it.
    pub classified: Option<(Severity, u32)>,
    /// Whether it was contained, and when.
    pub contained: Containment,
    /// Its phases, in order.
    pub phases: [PhaseEvaluation; 6],
}

impl IncidentEvaluation {
    /// When it came to a mark.
    pub fn mark(&self, mark: Mark) -> Option<Timed> {
        self.marks[mark.index()]
    }

    /// The first sign that people could act on: the first signal, and not before STARTEX unless people
    /// began early.
    pub fn first_sign(&self, began_early: bool) -> Option<Timed> {
        let signal = self.mark(Mark::Observable)?;
        let at = if began_early {
            signal.at
        } else {
            signal.at.max(ExerciseTime::STARTEX)
        };
        Some(Timed { at, ..signal })
    }
}

/// An instant with the entry that proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed {
    /// When.
    pub at: ExerciseTime,
    /// The number of the entry.
    pub entry: u32,
}

/// One phase of one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseEvaluation {
    /// Which.
    pub phase: Phase,
    /// The origin that is shown: that of the table of marks.
    pub origin: Option<(ClockStart, Timed)>,
    /// From when time is scored; it does not depend on what the team did.
    pub scored_from: Option<ExerciseTime>,
    /// When it was first reached.
    pub reached: Option<Timed>,
    /// When it was last completed, and stayed so.
    pub completed: Option<Timed>,
    /// When what completes it had been done: for Recovery without the watch that follows.
    pub fulfilled: Option<Timed>,
    /// When the team said that it was complete.
    pub declared_complete: Option<Timed>,
    /// How often it was re-opened.
    pub reopened: u32,
    /// The times scored, by reached and completed.
    pub timing: [Timing; 2],
    /// Whether the plan's own target was kept; `None` without one, or where its time was not up.
    pub own_kept: Option<bool>,
    /// When the plan's own criteria were met, for reaching it and for completing it, where it has them.
    pub own_criteria: [Option<OwnCriterion>; 2],
    /// The act by which the clock was moved on within the time of this phase: it is not timed.
    pub clock_moved: Option<Timed>,
    /// The time score.
    pub timeliness: Option<BasisPoints>,
    /// The share of what should have been done that was.
    pub coverage: Option<BasisPoints>,
    /// The share of judgements that were sound.
    pub judgement: Option<BasisPoints>,
    /// The weights of timeliness, coverage and judgement after left-out parts gave theirs away.
    pub weights: [BasisPoints; 3],
    /// The phase's score.
    pub score: Option<BasisPoints>,
    /// Why it has no score, where it has none.
    pub not_scored: Option<NotScored>,
    /// What the time from the shown origin to completion (or ENDEX) was made of.
    pub made_of: Vec<TracePart>,
    /// What should have been done.
    pub coverage_items: Vec<CoverageItem>,
    /// What was judged.
    pub judged_items: Vec<JudgedItem>,
}

/// A criterion that a plan sets for itself. It scores nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnCriterion {
    /// When it was first met; `None`: it was not.
    pub met: Option<Timed>,
}

/// From when the time to a phase is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockStart {
    /// A mark of the incident.
    Mark(Mark),
    /// Somebody came to know of the first outage or compromise.
    DamageFound,
    /// Recovery was complete, or what came before it where there was nothing to recover.
    RecoveryCompleted,
    /// It was decided that it is not an incident.
    Rejected,
}

impl ClockStart {
    /// Its word, as in the machine's view.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mark(mark) => mark.name(),
            Self::DamageFound => "DamageFound",
            Self::RecoveryCompleted => "RecoveryCompleted",
            Self::Rejected => "Rejected",
        }
    }
}

impl PhaseEvaluation {
    /// The weight in hundredths that people left undone.
    pub fn missed_by_people(&self) -> u32 {
        self.undone(|status| status != CoverageStatus::GapOfPlan)
    }

    /// The weight in hundredths of what no task of the plan can do.
    pub fn gap_of_plan(&self) -> u32 {
        self.undone(|status| status == CoverageStatus::GapOfPlan)
    }

    fn undone(&self, wanted: impl Fn(CoverageStatus) -> bool) -> u32 {
        let items = self
            .coverage_items
            .iter()
            .filter(|item| wanted(item.status));
        let undone = items.map(|item| {
            let left = u64::from(BasisPoints::ONE.0.saturating_sub(item.done.0));
            u64::from(item.weight) * left
        });
        (undone.sum::<u64>() / 10_000) as u32
    }
}

/// A time against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timing {
    /// The target, as elapsed time from the scored origin.
    pub target: Option<Span>,
    /// The target for the severity that the team gave, from the same origin; for comparison only.
    pub declared_target: Option<Span>,
    /// The time taken from the scored origin; `None`: not reached.
    pub taken: Option<Span>,
    /// Whether the mark came before its origin, so that it counts as no time at all.
    pub early: bool,
    /// Its score, where it is scored.
    pub score: Option<BasisPoints>,
}

/// Why a phase has no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotScored {
    /// The plan has no task that could reach it.
    NotInPlan,
    /// There was nothing to do in it.
    NotApplicable,
    /// Its origin never came.
    NoOrigin,
    /// The exercise ended before its time was up.
    NoTime,
    /// It has no target, no item and nothing to judge.
    NothingToScore,
    /// The record has no ENDEX: it was not finished, or was cut.
    NotFinished,
}

/// One stretch of the time to a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TracePart {
    /// What it was.
    pub category: Category,
    /// From when.
    pub from: ExerciseTime,
    /// Until when.
    pub until: ExerciseTime,
    /// The entry that ended it.
    pub entry: u32,
    /// The work it belonged to, where it was work or a wait for it.
    pub instance: Option<Instance>,
    /// Whose time or answer it was, where it was somebody's.
    pub role: Option<RoleId>,
}

/// What a stretch of time was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Nothing had been seen yet.
    WaitingForDetection,
    /// A message was under way or lay unnoticed.
    DeliveryAndNotice,
    /// A message was read.
    Reading,
    /// Work waited for somebody who was busy, off duty or absent.
    WaitingForPerson,
    /// Work or word waited for somebody who slept after the longest day.
    Asleep,
    /// Work or word waited for somebody who looked into a false alarm or a false lead.
    FalseAlarms,
    /// Work waited for approval.
    WaitingForApproval,
    /// The story waited for an inject.
    WaitingForInject,
    /// The plan says to wait.
    DelayOfPlan,
    /// Work that tells somebody waited for the hours in which they are told.
    HoursOfOthers,
    /// Work.
    Working,
    /// Work that was done again.
    Redoing,
    /// Work was taken over.
    HandingOver,
    /// The watch for recurrence, or another wait that a criterion sets.
    Watching,
    /// Nothing could happen: something or somebody was missing.
    NothingCouldHappen,
}

impl Category {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 15] = [
        Self::WaitingForDetection,
        Self::DeliveryAndNotice,
        Self::Reading,
        Self::WaitingForPerson,
        Self::Asleep,
        Self::FalseAlarms,
        Self::WaitingForApproval,
        Self::WaitingForInject,
        Self::DelayOfPlan,
        Self::HoursOfOthers,
        Self::Working,
        Self::Redoing,
        Self::HandingOver,
        Self::Watching,
        Self::NothingCouldHappen,
    ];
}

/// The rating of an objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectiveRating {
    /// The objective.
    pub objective: ObjectiveId,
    /// Its rating.
    pub rating: Rating,
    /// Expectations that were met in time, met late, met in part, missed, and not exercised.
    pub met: Vec<ExpectationId>,
    /// See [`ObjectiveRating::met`].
    pub late: Vec<ExpectationId>,
    /// See [`ObjectiveRating::met`].
    pub partly: Vec<ExpectationId>,
    /// See [`ObjectiveRating::met`].
    pub missed: Vec<ExpectationId>,
    /// Critical ones that were not wholly answered when the harm came that they were to prevent.
    pub too_late: Vec<ExpectationId>,
    /// When that harm came, where it did.
    pub harm: Option<Timed>,
    /// See [`ObjectiveRating::met`].
    pub not_exercised: Vec<ExpectationId>,
    /// Expectations that the facilitator excused: they bear on no rating.
    pub excused: Vec<ExpectationId>,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// An expectation in whose way the exercise itself stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excused {
    /// The expectation.
    pub expectation: ExpectationId,
    /// Why.
    pub reason: String,
    /// The entry that excuses it.
    pub entry: u32,
}

/// How a clock stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObligationVerdict {
    /// The obligation.
    pub obligation: ObligationId,
    /// The incident.
    pub incident: IncidentId,
    /// When awareness began, by what was known or by a player's word, whichever came first.
    pub aware: Option<Timed>,
    /// When a player said so, where one did.
    pub stated: Option<Timed>,
    /// When it was due, where it ran.
    pub due: Option<ExerciseTime>,
    /// When it was due by the plan's own limit, where that is another. It is shown and not judged.
    pub own_due: Option<ExerciseTime>,
    /// When it was met.
    pub met: Option<Timed>,
    /// How it stands.
    pub verdict: Verdict,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// What the incident cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// The impact of this run.
    pub actual: BaselineImpact,
    /// With nobody ever doing anything, on the same draws; where it was run.
    pub no_response: Option<BaselineImpact>,
    /// With the plan carried out without waits and errors, on the same draws; where it was run.
    pub ideal: Option<BaselineImpact>,
}

/// The impact of one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BaselineImpact {
    /// Outages by asset, longest first.
    pub outages: Vec<OutageOf>,
    /// Outage summed over assets.
    pub outage: Span,
    /// Loss through outage, theft and records that are out, less what was returned.
    pub loss: Money,
    /// What of that is for records that are out, at the organisation's price.
    pub loss_of_records: Money,
    /// Records that left or lie open.
    pub records: u64,
    /// Assets that were ever affected.
    pub assets: u32,
    /// The harm that came: each effect that a step of the attack had on an asset, once.
    pub harms: u32,
    /// Data lost on restore, the longest of any asset.
    pub data_lost: Span,
    /// The assets whose data was encrypted or wiped and never restored: all of it is lost. In order.
    pub never_restored: Vec<AssetId>,
}

/// The outage of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutageOf {
    /// The asset.
    pub asset: AssetId,
    /// Summed over its outages.
    pub outage: Span,
    /// The longest of them.
    pub longest: Span,
    /// Of the outages, what a measure of one's own brought about.
    pub own: Span,
    /// Whether the attack hit it.
    pub hit: bool,
    /// Whether the longest was over the recovery time objective.
    pub past_rto: bool,
    /// The entries that began and ended the longest.
    pub evidence: [u32; 2],
}

/// An act that a scribe entered for who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The entry of the act.
    pub entry: u32,
    /// Who entered it.
    pub scribe: String,
    /// When it was done, as the scribe says: by that it is judged.
    pub said: ExerciseTime,
    /// When it was entered: from then on it has its effect on assets.
    pub at: ExerciseTime,
}

/// What somebody said about the exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The entry in which it stands.
    pub entry: u32,
    /// When it was said.
    pub at: ExerciseTime,
    /// What was said: an act that has a remark.
    pub act: HumanAct,
    /// The entry that takes its place; `None`: it holds.
    pub corrected_by: Option<u32>,
}
