//! Many runs of one exercise, and what they say of it.
//!
//! [`play`] turns a run into a [`Row`] of integers: all that a campaign keeps of it. Everything else
//! here is arithmetic over rows. A row depends on the exercise, the seed and the index of its run
//! alone, so rows may be made on any number of threads and machines and put together in any order.

mod advice;
mod change;
mod comparison;
mod criterion;
mod load;
mod play;
mod row;
mod runner;
mod start;
pub mod statistics;
mod summary;
mod tally;
#[cfg(test)]
mod tests;
mod trial;
mod what_if;

pub use advice::{Advice, advise};
pub use change::{CallHours, Change, Factor, NEW_CHANNEL, new_person};
pub use comparison::{ClockDifference, Comparison, Difference, PhaseDifference, Verdict};
pub use criterion::{Criterion, Effect, Outcome};
pub use play::{Player, play, without_response};
pub use row::{
    ClockRow, Gate, ImpactRow, MadeOf, PersonLoad, PhaseRow, RoleLoad, Row, ScoreRow, TaskLoad,
};
pub use runner::{Order, run};
pub use start::{Hours, later};
pub use summary::{
    ByDefault, ClockSummary, ImpactSummary, MadeOfTime, PersonSummary, PhaseSummary, Quantiles,
    RoleSummary, ScoreSummary, ShareOf, Summary, TaskSummary, Times,
};
pub use tally::Tally;
pub use trial::{
    Allowed, Batch, Ground, Here, Lot, Plays, Size, Trials, Tried, together, try_changes,
};
pub use what_if::{Confirmed, Round, WhatIf, what_if};
