//! The shape of a finding.

use super::{Category, Correction};
use crate::exercise::{
    AssetId, BasisPoints, CauseCode, ChannelId, DecisionId, ExpectationId, IncidentId, InjectId,
    Measure, MessageId, ObjectiveId, ObligationId, PersonId, Phase, RiskId, RoleId, SourceId,
    StakeholderId, StepId, TaskId,
};
use crate::record::Verdict;

/// Something to keep or to improve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A strength or an area for improvement, and which rule found it.
    pub kind: FindingKind,
    /// Why, for an area for improvement.
    pub cause: Option<CauseCode>,
    /// What it is about.
    pub subject: FindingSubject,
    /// The objectives it bears on; sorted.
    pub objectives: Vec<ObjectiveId>,
    /// How much it weighs, for the order: greater is worse or better.
    pub weight: u64,
    /// The entries that prove it, at most twelve; sorted.
    pub evidence: Vec<u32>,
    /// What would help, the most direct first; empty for a strength.
    pub corrections: Vec<Correction>,
    /// The controls for which the work that it is about gives evidence, as the plan names them.
    pub controls: Vec<String>,
    /// Other findings with the same root, the most important first; none of these has any of its own.
    pub hung: Vec<Finding>,
}

impl Finding {
    /// The most entries that a finding cites.
    pub const MAX_EVIDENCE: usize = 12;

    /// It and what hangs on it.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.hung)
    }
}

/// The rules that find something. Each is a rule over events, never over names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// A phase took much of its time in one category, and missed its target.
    TimeLost {
        /// The phase.
        phase: Phase,
        /// What the time was.
        category: Category,
        /// Its share of the time.
        share: BasisPoints,
    },
    /// A phase was not complete at ENDEX, and its time was up.
    NotCompleted {
        /// The phase.
        phase: Phase,
        /// What it waited for at the end.
        category: Category,
    },
    /// A phase that was complete had to be gone through again.
    Reopened(Phase),
    /// A clock of law or contract was not kept.
    ClockNotKept(Verdict),
    /// An expectation or required task was missed.
    Missed,
    /// An expectation was met after its time.
    MetLate,
    /// A measure brought down what the attack hit neither in this run nor in the one without response.
    OwnHarm,
    /// A measure hit an asset on which it had nothing to do, and took it out of service.
    HealthyAssetHit,
    /// It was done on a part of what it was due on.
    PartlyDone,
    /// It was done, claimed, and without effect.
    FlawedWork,
    /// A classification was wrong for what was known.
    WrongClassification,
    /// A measure destroyed evidence that had not been secured.
    EvidenceDestroyed,
    /// Something was restored before the attacker was out.
    RestoredTooEarly,
    /// A decision was not sound on what was known.
    UnsoundDecision,
    /// A phase was declared complete while it was not.
    DeclaredTooEarly,
    /// A message reached nobody.
    NobodyReached,
    /// Work waited for somebody for whom nobody stands in.
    NoDeputy,
    /// Work was never begun, because nobody who can do it came, or fewer than it takes.
    NobodyCan {
        /// How many it takes.
        needs: u16,
        /// How many there are at most.
        could: u16,
    },
    /// Somebody approved what they did themselves.
    OwnApproval,
    /// A step of the attack was seen by no source.
    Unseen,
    /// An asset was out of service for longer than its objective.
    ObjectiveExceeded,
    /// More data was lost than accepted.
    DataLossExceeded,
    /// The incident log was not kept.
    LogNotKept,
    /// The run came to a stand: who or what waited for what.
    Deadlock,
    /// The loss of a run exceeds what the risk's owner accepts.
    AppetiteExceeded,
    /// The plan, its training or its contacts are out of date.
    Overdue,
    /// A phase, stakeholder or measure that was called for is not in the plan.
    NotInPlan,
    /// Strength: a phase was completed within its target.
    PhaseInTime(Phase),
    /// Strength: a clock was kept.
    ClockKept,
    /// Strength: evidence was secured before every measure that destroys it.
    EvidenceSecured,
    /// Strength: the attack was stopped before it reached its end.
    AttackStopped,
    /// Strength: an objective was performed without challenges.
    ObjectiveAchieved,
}

impl FindingKind {
    /// Whether it is a strength.
    pub const fn is_strength(self) -> bool {
        matches!(
            self,
            Self::PhaseInTime(_)
                | Self::ClockKept
                | Self::EvidenceSecured
                | Self::AttackStopped
                | Self::ObjectiveAchieved
        )
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingSubject {
    /// The run as such.
    Run,
    /// A phase of an incident.
    Phase(IncidentId, Phase),
    /// A role; with the task it was about.
    Role(RoleId, Option<TaskId>),
    /// A task.
    Task(TaskId),
    /// An expectation.
    Expectation(ExpectationId),
    /// An obligation, for an incident.
    Obligation(ObligationId, IncidentId),
    /// A decision.
    Decision(DecisionId),
    /// An asset.
    Asset(AssetId),
    /// A step of the attack.
    Step(StepId),
    /// A source.
    Source(SourceId),
    /// A message of an inject.
    Inject(InjectId),
    /// A message.
    Message(MessageId),
    /// A person.
    Person(PersonId),
    /// A risk.
    Risk(RiskId),
    /// An objective.
    Objective(ObjectiveId),
    /// A measure that an incident called for.
    Measure(IncidentId, Measure),
    /// A kind of stakeholder.
    Stakeholder(StakeholderId),
    /// A channel.
    Channel(ChannelId),
    /// A gap of the exercise: a position in its list.
    Gap(u32),
}
