//! What is weak about an exercise, found in what its definitions became together.

use crate::bind::Given;
use crate::diagnostic::Diagnostic;
use hotwash_engine::exercise::Exercise;

/// What weakens an exercise, in the order of the texts.
pub(crate) fn advice(_exercise: &Exercise, _given: &Given<'_>) -> Vec<Diagnostic> {
    Vec::new()
}
