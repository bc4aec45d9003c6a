//! What a phase asked for, and what in it was judged.

use crate::exercise::{
    AssetId, BasisPoints, DecisionId, ExpectationId, ImpactDimension, Measure, Money, ObligationId,
    Severity, TaskId,
};

/// Something that should have been done in a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageItem {
    /// What.
    pub kind: ItemKind,
    /// Its weight in hundredths.
    pub weight: u32,
    /// The share of it that was done, by its true effect.
    pub done: BasisPoints,
    /// How it stands.
    pub status: CoverageStatus,
    /// The entries that prove it: what called for it, then what answered.
    pub evidence: Vec<u32>,
}

/// What a coverage item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A required task of the plan.
    Task(TaskId),
    /// An expectation of an inject.
    Expectation(ExpectationId),
    /// A part of the phase's criterion that no task of the plan can meet.
    Missing(Measure),
}

/// How a coverage item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoverageStatus {
    /// Done.
    Done,
    /// Done, after its time.
    Late,
    /// Done on a part of what it was due on.
    Partly,
    /// Claimed done, without effect.
    Flawed,
    /// Missed by people.
    Missed,
    /// No task of the plan can do it.
    GapOfPlan,
}

/// Something that was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedItem {
    /// What.
    pub kind: JudgedKind,
    /// Whether it was sound.
    pub sound: bool,
    /// How far it was: all or nothing, but for what has degrees.
    pub share: BasisPoints,
    /// Its weight in hundredths.
    pub weight: u32,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// Whether the plan's own severity table gives what was classified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ByPlan {
    /// It gives something else.
    No,
    /// A row of it does, of this dimension of impact, where the plan says.
    Row(Option<ImpactDimension>),
    /// It does, because none of its rows holds.
    NoRow,
}

/// What was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JudgedKind {
    /// The classification, against what the severity table gives on what was known.
    Classification {
        /// As judged by the team.
        given: Severity,
        /// As the table gives it.
        right: Severity,
        /// The dimension of the row that gives it, where the plan says.
        impact: Option<ImpactDimension>,
        /// Where it is wrong: whether the plan's own table gives it.
        by_plan: ByPlan,
    },
    /// Evidence was secured before it was destroyed.
    PreserveFirst(AssetId),
    /// Footholds were removed before service was restored.
    EvictFirst(AssetId),
    /// A decision.
    Decision(DecisionId),
    /// A duty to notify.
    Obligation(ObligationId),
    /// The incident log.
    IncidentLog,
    /// The harm that the measures themselves did, beside what can be borne.
    Proportion {
        /// The outage that they brought about where the attack was not, and would not have been.
        own: Money,
        /// What the attack would have cost at the same time, at each instant at most as much, and what it would have
        /// stolen; looked at only where there is own harm.
        without: Money,
        /// All assets down for eight hours.
        bearable: Money,
    },
}
