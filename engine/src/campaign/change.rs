//! One thing that is changed in an exercise: taken away, moved, or built.
//!
//! Two questions are asked with it. *What matters?* is asked with every probe: something is taken away, or
//! a number moved ([`Change::probes`]). *What helps?* is asked with every improvement: something that an
//! organisation or a plan can be given ([`Change::improvements`]). Campaigns and trials play what
//! [`Change::made`] makes; what an improvement writes into the files of an author is for `scenarios`.

mod build;
mod call_hours;
mod improvements;
mod insert;
mod kinds;
mod probes;

pub use call_hours::CallHours;
pub(super) use improvements::fit;
pub use insert::{NEW_CHANNEL, new_person};
pub use probes::Factor;

use crate::exercise::{
    AssetId, ChannelId, Exercise, Function, GroupId, PersonId, Phase, RoleId, Severity, SourceId,
    StakeholderId, TaskId,
};
use std::sync::Arc;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// A person is away all the time.
    WithoutPerson(PersonId),
    /// A person no longer stands in for a role.
    WithoutDeputy(RoleId, PersonId),
    /// A channel does not exist.
    WithoutChannel(ChannelId),
    /// A source sees nothing.
    WithoutSource(SourceId),
    /// A group of staff reports nothing.
    WithoutGroup(GroupId),
    /// The work of a task takes so much of its time.
    Task(TaskId, Factor),
    /// The plan waits so much of its delay before a task.
    Delay(TaskId, Factor),
    /// Messages lie so much of the time unnoticed at a severity before they are sent again.
    Escalation(Severity, Factor),
    /// A task applies from another severity on.
    FromSeverity(TaskId, Severity),

    /// A task needs no approval.
    WithoutApproval(TaskId),
    /// Another role approves a task.
    ApprovedBy(TaskId, RoleId),
    /// A role may take the measures of a task without asking.
    May(RoleId, TaskId),
    /// A person stands in for a role, after those who do.
    Deputy(RoleId, PersonId),
    /// A person holds a role beside those who do.
    Holder(RoleId, PersonId),
    /// One more person holds a role, and keeps the hours of the first holder.
    NewHolder(RoleId),
    /// One more person holds a role, and is there at night.
    SecondShift(RoleId),
    /// Who holds a role is on call at these hours as well, with a telephone to be called on.
    OnCall(RoleId, CallHours),
    /// A role gives one of its functions to another.
    MoveFunction(RoleId, Function, RoleId),
    /// A source tells over another channel.
    AlertsOver(SourceId, ChannelId),
    /// A source sends its alerts again until somebody notices.
    AlertsAgain(SourceId),
    /// A source sees every technique, where it sees some.
    Widen(SourceId),
    /// What a task hands on and asks for goes over another channel.
    HandOnOver(TaskId, ChannelId),
    /// Who holds a role or stands in for it can be reached over one more channel.
    Reach(RoleId, ChannelId),
    /// There is a channel that hangs on nothing, and everybody with a role has it.
    OutOfBand,
    /// The plan does not wait before a task.
    WithoutDelay(TaskId),
    /// A task asks for no condition.
    WithoutCondition(TaskId),
    /// A task comes after another alone, instead of what it came after.
    After(TaskId, TaskId),
    /// A task comes as soon as it is known that something is real, instead of after what it came after.
    OnceReal(TaskId),
    /// A group of staff reports twice as often, and knows how.
    Awareness(GroupId),
    /// The contacts of a channel were verified yesterday.
    VerifyChannel(ChannelId),
    /// The contacts of a stakeholder were verified yesterday.
    VerifyStakeholder(StakeholderId),
    /// Who holds a role or stands in for it was trained for a phase, and is a step more experienced in it.
    Train(RoleId, Phase),
    /// An asset is held by one more backup.
    CopyTo(AssetId, AssetId),
    /// A spare for an asset is at hand.
    Standby(AssetId),
    /// An asset is backed up twice as often.
    BackUpOftener(AssetId),
}

impl Change {
    /// The exercise with this change; `None` where it would be no exercise, or the same.
    pub fn made(self, exercise: &Exercise) -> Option<Arc<Exercise>> {
        Self::all_made(&[self], exercise)
    }

    /// The exercise with all of these, one after another; `None` where it would be no exercise, or one of
    /// them changes nothing.
    pub fn all_made(changes: &[Self], exercise: &Exercise) -> Option<Arc<Exercise>> {
        let mut parts = exercise.parts().clone();
        // What puts something into a list moves the ids behind it, so it comes last.
        let mut ordered: Vec<Self> = changes.to_vec();
        ordered.sort_by_key(|change| change.inserts());
        for change in ordered {
            let before = parts.clone();
            if change.is_probe() {
                change.probe(&mut parts);
            } else {
                change.build(&mut parts)?;
                if parts == before {
                    return None;
                }
            }
        }
        Exercise::new(parts).ok().map(Arc::new)
    }

    /// Whether it takes something away on which a response may hang.
    pub const fn takes_away(self) -> bool {
        matches!(
            self,
            Self::WithoutPerson(_)
                | Self::WithoutDeputy(..)
                | Self::WithoutChannel(_)
                | Self::WithoutSource(_)
                | Self::WithoutGroup(_)
        )
    }

    /// Whether it puts a person or a channel into its list.
    pub const fn inserts(self) -> bool {
        matches!(
            self,
            Self::NewHolder(_) | Self::SecondShift(_) | Self::OutOfBand
        )
    }
}
