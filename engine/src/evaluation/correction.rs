//! What would help: candidate corrective actions.

use super::finding::FindingKind;
use super::model::ByPlan;
use crate::exercise::{
    AssetId, CapabilityElement, CauseCode, InjectId, Measure, ObligationId, Phase, RiskId, RoleId,
    SourceId, StakeholderKind, StepId, TaskId,
};

/// A change that bears on the cause of a finding. Whether it pays is for a comparison on the same
/// draws to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Correction {
    /// Name a deputy for a role.
    NameDeputy(RoleId),
    /// Put a role on call.
    PutOnCall(RoleId),
    /// Have more people in a role, or give it less to do.
    Relieve(RoleId),
    /// Have a second shift for a role, that comes when the first goes to bed.
    SecondShift(RoleId),
    /// Let a role take a measure without asking.
    LetTake(RoleId, Measure),
    /// Add a task that takes a measure.
    AddTask(Measure),
    /// Add a task that tells a stakeholder.
    AddNotification(StakeholderKind),
    /// Describe a task so that it is done, and done alike, by whoever does it.
    ClarifyTask(TaskId),
    /// Have a task take its measures on what is affected alone.
    NarrowTask(TaskId),
    /// Shorten the wait that the plan sets before a task.
    ShortenDelay(TaskId),
    /// Break the circle in which a task waits.
    FreeTask(TaskId),
    /// Have one measure wait for another.
    SetOrder {
        /// The measure to be taken first.
        first: Measure,
        /// The measure that waits for it.
        before: Measure,
    },
    /// Have a role told as soon as an obligation may be called for.
    TellEarly(ObligationId, RoleId),
    /// Let a source see a step of this kind.
    AddSight(StepId),
    /// Have a source send its alerts again until somebody notices.
    EscalateAlerts(SourceId),
    /// Agree with the sender of an inject over which channel to call.
    AgreeChannel(InjectId),
    /// Give a role a channel that does not hang on what an attacker may take.
    AddChannel(RoleId),
    /// Verify the contacts of a stakeholder, or of all channels.
    VerifyContacts(Option<StakeholderKind>),
    /// Train a role in the work of a phase.
    Train(RoleId, Phase),
    /// Exercise a phase.
    Practise(Phase),
    /// Give a role the table of severity as a job aid, and practise with it.
    TrainClassifying(RoleId),
    /// Bring the plan's severity table into line with the yardstick's: a row of it, or one that it lacks.
    MendSeverityTable(ByPlan),
    /// Name who keeps the incident log.
    NameScribe(RoleId),
    /// Prepare a spare or standby for an asset.
    ProvideStandby(AssetId),
    /// Back an asset up more often.
    BackUpOftener(AssetId),
    /// Have a phase declared complete only after a check.
    CheckBeforeDeclaring(Phase),
    /// Treat a risk, or have its owner accept the greater loss.
    TreatRisk(RiskId),
    /// Review the plan.
    ReviewPlan,
    /// Fill a gap of the definitions: a position in the exercise's list.
    FillGap(u32),
}

impl Correction {
    /// The element of a capability that it changes.
    pub const fn element(self) -> CapabilityElement {
        match self {
            Self::AddTask(_)
            | Self::AddNotification(_)
            | Self::ClarifyTask(_)
            | Self::NarrowTask(_)
            | Self::ShortenDelay(_)
            | Self::FreeTask(_)
            | Self::SetOrder { .. }
            | Self::TellEarly(..)
            | Self::AgreeChannel(_)
            | Self::VerifyContacts(_)
            | Self::CheckBeforeDeclaring(_)
            | Self::TreatRisk(_)
            | Self::MendSeverityTable(_)
            | Self::ReviewPlan
            | Self::FillGap(_) => CapabilityElement::Planning,
            Self::NameDeputy(_)
            | Self::PutOnCall(_)
            | Self::Relieve(_)
            | Self::SecondShift(_)
            | Self::LetTake(..)
            | Self::NameScribe(_) => CapabilityElement::Organisation,
            Self::AddSight(_)
            | Self::EscalateAlerts(_)
            | Self::AddChannel(_)
            | Self::ProvideStandby(_)
            | Self::BackUpOftener(_) => CapabilityElement::Equipment,
            Self::Train(..) | Self::TrainClassifying(_) => CapabilityElement::Training,
            Self::Practise(_) => CapabilityElement::Exercises,
        }
    }
}

/// The cause that a kind of finding has unless its rule knows better.
pub(super) const fn usual_cause(kind: FindingKind) -> Option<CauseCode> {
    match kind {
        FindingKind::FlawedWork => Some(CauseCode::NotTrained),
        FindingKind::WrongClassification
        | FindingKind::UnsoundDecision
        | FindingKind::DeclaredTooEarly
        | FindingKind::HealthyAssetHit
        | FindingKind::OwnHarm => Some(CauseCode::Misjudged),
        FindingKind::EvidenceDestroyed
        | FindingKind::RestoredTooEarly
        | FindingKind::Deadlock
        | FindingKind::Reopened(_) => Some(CauseCode::UnclearProcedure),
        FindingKind::NobodyReached => Some(CauseCode::Unreachable),
        FindingKind::NoDeputy | FindingKind::NobodyCan { .. } | FindingKind::OwnApproval => {
            Some(CauseCode::NoDeputy)
        }
        FindingKind::Unseen => Some(CauseCode::NotVisible),
        FindingKind::NotInPlan | FindingKind::LogNotKept => Some(CauseCode::NoProcedure),
        FindingKind::ObjectiveExceeded
        | FindingKind::DataLossExceeded
        | FindingKind::AppetiteExceeded => Some(CauseCode::ToolMissing),
        FindingKind::TimeLost { .. }
        | FindingKind::NotCompleted { .. }
        | FindingKind::ClockNotKept(_)
        | FindingKind::Missed
        | FindingKind::MetLate
        | FindingKind::PartlyDone
        | FindingKind::Overdue
        | FindingKind::PhaseInTime(_)
        | FindingKind::ClockKept
        | FindingKind::EvidenceSecured
        | FindingKind::AttackStopped
        | FindingKind::ObjectiveAchieved => None,
    }
}
