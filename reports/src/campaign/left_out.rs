//! That the score says nothing of some phases, and in how many runs.

use super::gist::often;
use hotwash_engine::campaign::Summary;

/// Which phases were left out of the score, and how often, as a sentence; nothing where none was.
pub(super) fn said(summary: &Summary) -> Option<String> {
    let left_out = summary.phases.iter().filter(|of| of.left_out.hits > 0);
    let named: Vec<String> = left_out
        .map(|of| format!("{} ({})", of.phase, often(of.left_out)))
        .collect();
    (!named.is_empty()).then(|| {
        let named = named.join(", ");
        format!(
            "The score says nothing of {named}: the exercise ended before the time for it was up, or there was \
             nothing to judge by."
        )
    })
}
