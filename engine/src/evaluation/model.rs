//! The shape of an evaluation. Every figure keeps the numbers of the entries it came from.

mod items;

pub use items::{CoverageItem, CoverageStatus, ItemKind, JudgedItem, JudgedKind};

use super::finding::Finding;
use crate::exercise::{
    AssetId, BasisPoints, ExerciseTime, ExpectationId, IncidentId, Instance, Mark, Money,
    ObjectiveId, ObligationId, Phase, RoleId, Severity, Span,
};
use crate::record::{EndKind, Verdict};

/// Everything that is said about a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// How it ended.
    pub end: EndKind,
    /// When it ended.
    pub ended_at: ExerciseTime,
    /// How many entries its record has.
    pub entries: u32,
    /// The exercise score; `None` where nothing could be scored.
    pub score: Option<ExerciseScore>,
    /// Each incident, in the order of ids.
    pub incidents: Vec<IncidentEvaluation>,
    /// The main incident.
    pub main: IncidentId,
    /// One rating per objective, in the order of ids.
    pub objectives: Vec<ObjectiveRating>,
    /// Each clock of each incident.
    pub obligations: Vec<ObligationVerdict>,
    /// Expectations that the facilitator excused, in the order of ids; they leave the score.
    pub excused: Vec<Excused>,
    /// The impact, beside its baselines.
    pub impact: Impact,
    /// What to keep and what to improve, the most important first.
    pub findings: Vec<Finding>,
}

impl Evaluation {
    /// The evaluation of the main incident.
    pub fn main(&self) -> &IncidentEvaluation {
        &self.incidents[self.main.index()]
    }
}

/// The exercise score of one run, in basis points: 10,000 is 100 of 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseScore {
    /// The weighted mean of the phases.
    pub before_gates: BasisPoints,
    /// What the gates leave of it.
    pub after_gates: BasisPoints,
    /// The gates that applied.
    pub gates: Vec<Gate>,
    /// The weight that each phase had, in order, after left-out phases gave theirs to the others.
    pub weights: [BasisPoints; 6],
    /// Whether a phase is not in the plan, or nothing of ours was hit, so that the score says less than it
    /// seems.
    pub partial: bool,
    /// Whether all that the main incident hit is run by others, who restored it in their own time.
    pub all_is_theirs: bool,
    /// The score of the ideal response: the plan's ceiling. It exists where the baseline was run.
    pub ceiling: Option<BasisPoints>,
    /// The score split by who acted; empty in a simulation without humans.
    pub by: Vec<(ScoreBy, BasisPoints)>,
}

/// By whom a share of the score was earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoreBy {
    /// Humans.
    Played,
    /// People whom the engine played.
    Simulated,
    /// The facilitator.
    Facilitator,
}

/// A cap on the score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Why.
    pub reason: GateReason,
    /// The score allowed at most, with this and the gates before it.
    pub cap: BasisPoints,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// Why the score is capped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateReason {
    /// A duty of law was met late, breached, or not recognised.
    Obligation(ObligationId, IncidentId, Verdict),
    /// A critical objective could not be performed.
    Objective(ObjectiveId),
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
    /// Its phases, in order.
    pub phases: [PhaseEvaluation; 6],
}

impl IncidentEvaluation {
    /// When it came to a mark.
    pub fn mark(&self, mark: Mark) -> Option<Timed> {
        self.marks[mark.index()]
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
    /// When the team said that it was complete.
    pub declared_complete: Option<Timed>,
    /// How often it was re-opened.
    pub reopened: u32,
    /// The times scored, by reached and completed.
    pub timing: [Timing; 2],
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
    /// Work waited for approval.
    WaitingForApproval,
    /// The story waited for an inject.
    WaitingForInject,
    /// The plan says to wait.
    DelayOfPlan,
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
    pub const ALL: [Self; 12] = [
        Self::WaitingForDetection,
        Self::DeliveryAndNotice,
        Self::Reading,
        Self::WaitingForPerson,
        Self::WaitingForApproval,
        Self::WaitingForInject,
        Self::DelayOfPlan,
        Self::Working,
        Self::Redoing,
        Self::HandingOver,
        Self::Watching,
        Self::NothingCouldHappen,
    ];
}

/// HSEEP's rating of an objective, by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
    /// Not exercised.
    N,
}

/// The rating of an objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectiveRating {
    /// The objective.
    pub objective: ObjectiveId,
    /// Its rating.
    pub rating: Rating,
    /// Expectations that were met in time, met late, missed, and not exercised.
    pub met: Vec<ExpectationId>,
    /// See [`ObjectiveRating::met`].
    pub late: Vec<ExpectationId>,
    /// See [`ObjectiveRating::met`].
    pub missed: Vec<ExpectationId>,
    /// Critical ones among those met or late that came after the harm they were to prevent.
    pub too_late: Vec<ExpectationId>,
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
    /// Loss through outage, theft and lost data, less what was returned.
    pub loss: Money,
    /// Records that left or lie open.
    pub records: u64,
    /// Assets that were ever affected.
    pub assets: u32,
    /// Data lost on restore, the longest of any asset.
    pub data_lost: Span,
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
    /// Whether the longest was over the recovery time objective.
    pub past_rto: bool,
    /// The entries that began and ended the longest.
    pub evidence: [u32; 2],
}
