//! Where somebody sits who takes part.

use crate::exercise::PersonId;
use crate::record::wire::wire_words;
use crate::record::{HumanAct, Refusal, Whose};

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
    /// Whether somebody who sits here may do something at all. Whoever runs an exercise may judge it as well: one
    /// trainer alone can.
    pub const fn may(&self, act: &HumanAct) -> Result<(), Refusal> {
        match (act.whose(), self) {
            (Whose::Anybody, _)
            | (Whose::Player, Self::Plays { .. })
            | (Whose::Facilitator, Self::Facilitator {})
            | (Whose::Evaluator, Self::Evaluator {} | Self::Facilitator {}) => Ok(()),
            (Whose::Player, _) => Err(Refusal::OnlyAPerson),
            (Whose::Facilitator, _) => Err(Refusal::OnlyTheFacilitator),
            (Whose::Evaluator, _) => Err(Refusal::OnlyAnEvaluator),
        }
    }
}
