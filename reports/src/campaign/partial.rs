//! That scores say less than they seem, and why.

use super::figure::percent;
use crate::words::{self, Naming, People, upper_first};
use hotwash_engine::campaign::Summary;
use hotwash_engine::evaluation::{PartialReason, partial_by_definition};
use hotwash_engine::exercise::Exercise;

/// In how many runs the score was partial, and why, as a sentence; nothing where it was in none.
pub(super) fn said(exercise: &Exercise, summary: &Summary) -> Option<String> {
    let chance = summary.score.partial;
    if chance.hits == 0 {
        return None;
    }
    let mut reasons = partial_by_definition(exercise);
    if reasons.is_empty() {
        reasons.push(PartialReason::NothingOfOurs);
    }
    let names = Naming::new(exercise, People::ByRole);
    let why = words::partials(&names, &reasons)?;
    let often = if chance.hits == chance.n {
        "every run".to_owned()
    } else {
        format!("{} of runs", percent(chance))
    };
    let said = format!("in {often} the score is partial, so that it is not passed: {why}.");
    Some(upper_first(&said))
}
