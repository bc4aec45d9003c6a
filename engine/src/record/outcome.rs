//! The words by which events say what kind of thing it was, how it ended, and why.

use crate::exercise::Names;
use crate::record::wire::{Named, UnknownName};
use serde::{Deserialize, Serialize};

/// What kind of message it is, for how it is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MessageKind {
    /// A signal of a source, true or false, or a report of staff.
    Alert,
    /// An inject.
    Inject,
    /// Work handed on, with what is known.
    HandOn,
    /// Facts for advice, which cost the reader time.
    Consultation,
    /// Facts for information.
    Information,
    /// Somebody is called to work.
    CallOut,
    /// Approval is asked for.
    ApprovalRequest,
}

/// How somebody can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Presence {
    /// On shift, or reached and at work.
    OnDuty,
    /// On call.
    OnCall,
    /// Neither.
    Off,
    /// On leave.
    OnLeave,
}

/// A stage at which an unnoticed message is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Resend {
    /// On the next working channel.
    OtherChannel,
    /// To the deputies.
    Deputies,
    /// To the escalation target.
    Escalation,
}

/// How an attack step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StepOutcome {
    /// At least one target was affected.
    TookEffect,
    /// Every target was stopped or failed.
    Stopped,
    /// There was no target within reach.
    NoTarget,
    /// What it waited for did not come to pass, or `unless` held.
    Called,
}

/// How a piece of work ended. What is claimed, and what is true, are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Claimed done, and done.
    Done,
    /// Claimed done, and without effect: an error that nobody noticed.
    Flawed,
    /// An error was noticed; it is done again.
    Redo,
    /// Given up after too many attempts.
    Failed,
    /// When it ended there was nothing to do it on. It is not done.
    NoTarget,
}

impl Outcome {
    /// Whether the doer says that it is done.
    pub const fn claims_done(self) -> bool {
        matches!(self, Self::Done | Self::Flawed)
    }
}

/// Why work was laid aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PauseReason {
    /// The shift ended.
    ShiftEnd,
    /// The person was awake too long.
    Rest,
    /// Something two severities higher came up.
    HigherPriority,
    /// A call interrupted.
    Interrupted,
    /// It was handed over on purpose.
    HandedOver,
    /// Somebody whose work it rather is came free, and goes on with it.
    BetterHands,
}

/// How far the work reaches that nobody took up: who may take it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Reach {
    /// Who holds its role; deputies where none of them is on duty.
    #[default]
    Holders,
    /// Their deputies as well, for it waited for the escalation time.
    Deputies,
    /// Those to whom work escalates as well, for it waited too long, or nobody of its role can come.
    Target,
}

/// Why work, or an inject, was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SkipReason {
    /// It does not apply: a condition or a severity.
    NotApplicable,
    /// Approval was refused.
    Refused,
    /// A decision left it out.
    Decided,
    /// The facilitator.
    Facilitator,
    /// What would have called for it had been prevented.
    Prevented,
}

/// How the exercise ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EndKind {
    /// The scenario's end condition held.
    Condition,
    /// The limit was reached.
    Limit,
    /// Nothing could happen any more.
    Stalled,
    /// A named limit of the engine was hit.
    LimitBroken,
    /// The facilitator called ENDEX.
    Facilitator,
}

/// How a clock stands at ENDEX.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Notified in time.
    Met,
    /// Notified after it was due.
    Late,
    /// Due, and not notified.
    Breached,
    /// Truth called for it, its term passed, and nobody ever knew enough.
    NotRecognised,
    /// Not due yet.
    Running,
    /// Not due yet, and with an owner who sees to it.
    HandedOn,
    /// Nothing called for it.
    NotTriggered,
    /// Notified though nothing called for it.
    Needless,
    /// Notified in time, without all that had to be said.
    Incomplete,
    /// Notified in time, and the rest of what had to be said within the time that the law leaves for it.
    Phased,
    /// The task that was to meet it told another stakeholder, and nobody told the one it names.
    WrongRecipient,
    /// It was decided, and documented, that it is not required.
    NotRequired,
}

macro_rules! named_words {
    ($($word:ty),+ $(,)?) => {
        $(impl Named for $word {
            type Wire = Self;
            fn write(&self, _: &Names) -> Self {
                *self
            }
            fn read(wire: Self, _: &Names) -> Result<Self, UnknownName> {
                Ok(wire)
            }
        })+
    };
}

named_words!(
    MessageKind,
    Resend,
    StepOutcome,
    Outcome,
    PauseReason,
    Reach,
    SkipReason,
    EndKind,
    Presence,
    Verdict,
);
