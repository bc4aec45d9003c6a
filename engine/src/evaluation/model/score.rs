//! What a run was worth as a whole: passed or not, and how well it was carried out.

use super::Rating;
use crate::exercise::{BasisPoints, IncidentId, ObjectiveId, ObligationId, Phase, TaskId};
use crate::record::Verdict;

/// The score of one run, in basis points: 10,000 is 100 of 100.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseScore {
    /// Whether it was passed: no gate, and nothing for which the score is partial.
    pub passed: bool,
    /// How well it was carried out: the mean of the phases, less what the ratings cost. No gate touches
    /// it.
    pub carried_out: BasisPoints,
    /// The one number for ranking: [`ExerciseScore::carried_out`], and what each gate leaves of it.
    pub score: BasisPoints,
    /// The weighted mean of the phases.
    pub mean: BasisPoints,
    /// What the ratings cost, in the order of objectives; those that cost nothing are left out.
    pub deductions: Vec<Deduction>,
    /// The gates that applied.
    pub gates: Vec<Gate>,
    /// The weight that each phase had, in order, after left-out phases gave theirs to the others.
    pub weights: [BasisPoints; 6],
    /// Why the score says less than it seems; empty where it says all.
    pub partial: Vec<PartialReason>,
    /// What the default yardstick makes of it, where the organisation's is softer.
    pub by_default: Option<Beside>,
    /// How well it was carried out by the plan's own targets, severity table and weights, where it has
    /// such; it scores nothing.
    pub by_plan: Option<BasisPoints>,
    /// How well the ideal response was carried out. It exists where the baseline was run.
    pub ideal: Option<BasisPoints>,
    /// What was carried out, split by who acted; empty in a simulation without humans.
    pub by: Vec<(ScoreBy, BasisPoints)>,
}

/// What another yardstick makes of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// Whether it was passed.
    pub passed: bool,
    /// How well it was carried out.
    pub carried_out: BasisPoints,
    /// The number for ranking.
    pub score: BasisPoints,
}

/// What the rating of an objective cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deduction {
    /// The objective.
    pub objective: ObjectiveId,
    /// How it was rated.
    pub rating: Rating,
    /// The points of the exercise that this cost.
    pub points: BasisPoints,
}

/// Why a score says less than it seems. A run whose score is partial is not passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialReason {
    /// The plan has no task that could reach a phase.
    PhaseNotInPlan(Phase),
    /// People are without friction: a laboratory, not an organisation.
    Laboratory,
    /// A task takes less time than its measures can, for a reason that the plan gives.
    OwnTimes(TaskId),
    /// There is personal data, and nobody can tell which law it is under.
    LawUnknown,
    /// Nothing of the organisation's own was hit, nor would have been without a response.
    NothingOfOurs,
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

/// Something because of which a run is not passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Why.
    pub reason: GateReason,
    /// The score that is left with this and the gates before it.
    pub leaves: BasisPoints,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// Why a run is not passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateReason {
    /// A duty of law was met late, breached, or not recognised.
    Obligation(ObligationId, IncidentId, Verdict),
    /// A critical objective could not be performed.
    Objective(ObjectiveId),
    /// The measures themselves did more harm than the attack would have done.
    OwnHarm(IncidentId),
}
