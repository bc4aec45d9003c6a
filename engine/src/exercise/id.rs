//! Identifiers of the things an exercise speaks of.
//!
//! Every list of an exercise is sorted by slug, and an id is a position in its list: a small
//! integer to index arrays with. A record on disk names things by their slugs instead
//! (see [`crate::record`]), so ids never leave the process.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The author's own name for a thing: lower-case letters, digits and hyphens, at most 64 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(Arc<str>);

impl Slug {
    /// The longest slug, in bytes.
    pub const MAX_LEN: usize = 64;

    /// Makes a slug of a text that keeps to its alphabet; `None` for any other text.
    pub fn new(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.len() <= Self::MAX_LEN;
        let spelled = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        (fits && spelled).then(|| Self(text.into()))
    }

    /// A slug that no author can write.
    pub(super) fn reserved(text: &str) -> Self {
        debug_assert!(Self::new(text).is_none(), "an author could write {text}");
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)+) => {
        $(
            $(#[$meta])*
            #[derive(
                Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            )]
            #[serde(transparent)]
            pub struct $name(u16);

            impl $name {
                /// The id at this position of its list.
                pub fn new(index: usize) -> Self {
                    Self(u16::try_from(index).expect("lists are checked to hold at most 65,535"))
                }

                /// The position in its list.
                pub const fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )+
    };
}

ids! {
    /// A person of the organisation.
    PersonId,
    /// A role of the organisation.
    RoleId,
    /// A team of roles.
    TeamId,
    /// A group of staff.
    GroupId,
    /// An asset.
    AssetId,
    /// A channel.
    ChannelId,
    /// A monitoring source.
    SourceId,
    /// A stakeholder.
    StakeholderId,
    /// A risk of the register.
    RiskId,
    /// A task of the plan.
    TaskId,
    /// An obligation of the communication plan.
    ObligationId,
    /// A decision, of the plan or of an inject.
    DecisionId,
    /// An option of a decision: a position in the decision's own list, which keeps its author's order.
    OptionId,
    /// An incident of the scenario.
    IncidentId,
    /// A step of the attack.
    StepId,
    /// An inject.
    InjectId,
    /// An expectation.
    ExpectationId,
    /// An objective.
    ObjectiveId,
}

/// One piece of work: a task of the plan, for an incident, for the nth time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// The task.
    pub task: TaskId,
    /// The incident that it works on.
    pub incident: IncidentId,
    /// Counted from 1 for each task and incident.
    pub ordinal: u16,
}

/// A message of a run, numbered from 1 in the order of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub u32);
