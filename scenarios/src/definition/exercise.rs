//! A whole exercise in one file.

use super::{Organisation, Plan, Scenario, Start};
use crate::source::Spanned;
use hotwash_engine::exercise::{Day, Span};

record! {
    /// A whole exercise: who rehearses, its plan, and the scripted incident.
    Exercise, "an exercise" {
        /// The organisation.
        organisation: Organisation,
        /// Its plan.
        plan: Plan,
        /// The scenario.
        scenario: Scenario,
        /// When it starts, instead of when the scenario says.
        start: Option<Spanned<Start>>,
        /// The date from which a weekday as start is counted.
        date: Option<Spanned<Day>>,
        /// The latest ENDEX from STARTEX, instead of the scenario's.
        limit: Option<Spanned<Span>>,
        /// The seed. Default: 1.
        seed: Option<Spanned<u64>>,
    }
}
