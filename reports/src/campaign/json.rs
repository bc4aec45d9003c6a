//! The view of a campaign for scripts: what `campaign` prints with `--format json`.
//!
//! The shape is a contract, described in `docs/campaign.md` and in
//! `docs/schema/campaign.schema.json`. Keys may be added; none is renamed, removed or given another
//! meaning without a new [`SCHEMA_VERSION`]. The same runs give the same bytes.

mod build;
mod compare;
pub(super) mod figure;
mod improve;
mod model;
#[cfg(test)]
pub(super) mod schema;

pub use build::{campaign, strata};
pub use compare::comparison;
pub use improve::improvements;

/// The version of the shape of campaigns.
///
/// 1: first version. 2: shares of time, loads of roles and people and the work of tasks are figures with
/// intervals. 3: passed, carried out, and one number for ranking instead of a score before and after gates.
pub(super) const SCHEMA_VERSION: u32 = 3;

/// The version of the shape of comparisons.
///
/// 1: first version. 2: times of phases count from where their targets do. 3: passed, carried out, and one
/// number for ranking instead of a score before and after gates. 4: gains by critical objectives, harm of one's own,
/// the number for ranking, phases, outage and records as well.
pub(super) const COMPARISON_VERSION: u32 = 4;
