//! That the yardstick is softer than the default, and what the default makes of the same runs.

use super::figure::points;
use super::gist::passed;
use crate::words::lower_first;
use hotwash_engine::campaign::Summary;
use hotwash_engine::exercise::Exercise;

/// What is softer, and how often the runs were passed and how well they were carried out by the default, as
/// a sentence; nothing where no cell of the yardstick is softer.
pub(super) fn said(exercise: &Exercise, summary: &Summary) -> Option<String> {
    let softer = exercise.parts().softer.as_ref()?;
    let what = softer.cells.join("; ");
    let by_default = summary.score.by_default.map_or_else(
        || "no run could be scored".to_owned(),
        |of| {
            let well = of.carried_out.map_or_else(String::new, |mean| {
                format!("; carried out: {}", points(mean.value, mean.interval))
            });
            format!("{}{well}", lower_first(&passed(of.passed)))
        },
    );
    Some(format!(
        "The yardstick is softer than the default ({what}). By the default: {by_default}."
    ))
}
