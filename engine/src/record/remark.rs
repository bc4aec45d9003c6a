//! What somebody says about an exercise: ratings, ticks, observations, and what comes of the hot wash.
//!
//! None of it changes anything in the exercise or what is computed of it. It stands beside, with who said it.

use crate::exercise::{ExerciseTime, ExpectationId, Names};
use crate::record::wire::{Named, UnknownName, wire_words};
use serde::{Deserialize, Serialize};

/// Who says something about an exercise, and what goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// Who says it.
    pub by: String,
    /// When it was seen in the exercise; `None`: when it is said.
    pub seen: Option<ExerciseTime>,
    /// What there is to say about it; may be empty.
    pub note: String,
    /// The entry that this takes the place of, one of the same kind. That stays as it is.
    pub corrects: Option<u32>,
}

impl Named for Remark {
    type Wire = Self;
    fn write(&self, _: &Names) -> Self {
        self.clone()
    }
    fn read(wire: Self, _: &Names) -> Result<Self, UnknownName> {
        Ok(wire)
    }
}

/// How far something was done, as an evaluator saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Tick {
    /// It was done.
    Met,
    /// It was done in part.
    Partly,
    /// It was not done.
    Not,
    /// The evaluator did not see whether it was.
    NotSeen,
}

/// HSEEP's rating of an objective: computed by rule, or given by an evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
    /// Not exercised.
    N,
}

macro_rules! as_it_is {
    ($($word:ty),+) => {
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
as_it_is!(Tick, Rating);

wire_words! {
    /// What an evaluator ticks.
    pub enum Ticked / WireTicked {
        /// An expectation of the scenario.
        Expectation { /** Which. */ expectation: ExpectationId },
        /// A key point of an evaluation guide, by its id.
        KeyPoint { /** Its id. */ id: String },
    }
}
