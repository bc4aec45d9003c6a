//! Where somebody sits who takes part.

use crate::exercise::PersonId;
use crate::record::wire::wire_words;

wire_words! {
    /// Where somebody sits who takes part in an exercise, and what they do there.
    pub enum Seat / WireSeat {
        /// Plays a person of the organisation; several may play one together.
        Plays { /** Whom. */ person: PersonId },
        /// Watches, and judges what is seen.
        Evaluator {},
        /// Runs the exercise.
        Facilitator {},
        /// Watches.
        Observer {},
    }
}

impl Seat {
    /// Whom one plays there.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Plays { person } => Some(*person),
            Self::Evaluator {} | Self::Facilitator {} | Self::Observer {} => None,
        }
    }
}
