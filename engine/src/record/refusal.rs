//! Why an act was not possible.
//!
//! The rules of the exercise refuse; `reports` has the words for people. A record holds the word of a kind, so
//! that a reader in any language, or a screen, can say it in its own.

use crate::exercise::Names;
use crate::record::wire::{Named, UnknownName};
use serde::{Deserialize, Serialize};

macro_rules! refusals {
    ($($(#[$meta:meta])* $word:ident,)+) => {
        /// Why an act was not possible.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Refusal {
            $($(#[$meta])* $word,)+
        }

        impl Refusal {
            /// Every refusal.
            pub const ALL: &[Self] = &[$(Self::$word,)+];

            /// The word for it, as it is written.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$word => stringify!($word),)+
                }
            }
        }
    };
}

refusals! {
    /// Only a person can do this.
    OnlyAPerson,
    /// Only the facilitator can do this.
    OnlyTheFacilitator,
    /// Nobody plays this person.
    NobodyPlays,
    /// The exercise has not begun.
    TooEarly,
    /// It was due, and not done, when the exercise ended.
    TooLate,
    /// The exercise is over.
    AfterTheEnd,
    /// A stand-in acts for this person.
    StandInActs,
    /// No task of the plan takes this measure. It was refused for that before a measure of one's own was work.
    NotInPlan,
    /// The person holds no role.
    HoldsNoRole,
    /// This task needs no approval.
    NeedsNoApproval,
    /// No work of this task waits for somebody to ask.
    NothingToAsk,
    /// The person has no role for this task.
    NoRoleForTask,
    /// This decision is not open.
    NotOpen,
    /// This decision has no such option.
    NoSuchOption,
    /// It is that late already.
    TimeIsPast,
    /// This inject was delivered before.
    DeliveredBefore,
    /// This inject was left out before.
    LeftOutBefore,
    /// This expectation is excused already.
    ExcusedBefore,
    /// This expectation was met. Format 1 alone refused for it.
    MetBefore,
    /// There is no such message. Today that is [`Refusal::NotInInbox`], which says less of what others have.
    NoSuchMessage,
    /// This message is not in the person's inbox.
    NotInInbox,
    /// The person reads another message.
    ReadsAnother,
    /// Nobody has asked for this approval.
    NotAsked,
    /// This approval is not the person's to give.
    NotTheirs,
    /// The person does not work on this task.
    NotWorking,
    /// Nobody has this role.
    NobodyHasRole,
    /// The person is busy.
    Busy,
    /// This task is not ready.
    NotReady,
    /// This task cannot be done by these people now.
    NotByThese,
    /// This task needs approval.
    NeedsApproval,
    /// The exercise is paused already.
    PausedAlready,
    /// The exercise is not paused.
    NotPaused,
    /// No exercise goes at that pace.
    NoSuchPace,
    /// Whoever it is about has no name.
    NoName,
    /// Somebody of that name takes part already.
    HereAlready,
    /// Nobody of that name takes part.
    NotHere,
    /// It is so already.
    SoAlready,
    /// Only an evaluator can do this.
    OnlyAnEvaluator,
    /// There is no such entry, or nothing of this kind was said in it.
    NoSuchEntry,
    /// It says nothing.
    NoText,
    /// The person is not there: off duty, not reached, at rest or on leave.
    NotThere,
    /// The person knows of nothing that this measure could be taken on.
    NothingKnown,
    /// Somebody else runs it: our people cannot take this measure on it.
    NotOurs,
    /// None of the channels over which they are reached works.
    NobodyReached,
    /// It is not the time of day at which they are told.
    OutOfHours,
    /// It is hands-on work, and the person holds no function of the family whose work it is.
    LacksSkill,
    /// This is under way already.
    UnderWay,
    /// This measure is not taken on such a thing.
    NotSo,
    /// They chose nothing of the kind.
    ChoseOtherwise,
    /// There is no such question, or it was answered.
    NothingAsked,
    /// It is said to have been done too long ago, or before the exercise began.
    TooFarBack,
}

impl Named for Refusal {
    type Wire = Self;
    fn write(&self, _: &Names) -> Self {
        *self
    }
    fn read(wire: Self, _: &Names) -> Result<Self, UnknownName> {
        Ok(wire)
    }
}
