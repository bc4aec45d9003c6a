//! The view for scripts: what `simulate` and `evaluate` print with `--format json`.
//!
//! The shape is a contract, described in `docs/json.md` and `docs/schema/simulate.schema.json`.
//! Keys may be added; none is renamed, removed or given another meaning without a new
//! [`SCHEMA_VERSION`]. The same run gives the same bytes.

mod build;
mod model;
#[cfg(test)]
pub(crate) mod schema;
mod word;

pub use build::view;
pub use model::{
    Beside, Clock, Coverage, Deduction, Default, Finding, Gap, Gate, Hung, Impact, ImpactOf,
    Incident, Judged, Marks, Objective, Outage, Phase, Points, Run, Score, ScoreBy, Scoring,
    Stretch, Tried, Weights,
};

use hotwash_engine::campaign::Advice;
use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::Record;

/// The version of the shape.
///
/// 1: first version. 2: passed, carried out, and one number for ranking instead of a score before and
/// after gates; the yardstick; harm of one's own.
pub const SCHEMA_VERSION: u32 = 2;

/// A run as indented JSON, ending in a line feed; with what came of trying what its findings propose, where
/// that was asked for.
pub fn run(
    exercise: &Exercise,
    record: &Record,
    evaluation: &Evaluation,
    advice: Option<&Advice>,
) -> String {
    let view = view(exercise, record, evaluation, advice);
    let mut text = serde_json::to_string_pretty(&view)
        .expect("every part is a plain struct with texts for keys, and no number is infinite");
    text.push('\n');
    text
}
