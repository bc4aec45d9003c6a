//! What was given, what was taken by default, and what went wrong.

use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use hotwash_engine::exercise::DefaultUsed;

/// Nobody stands behind a figure.
pub(super) const ILLUSTRATIVE: &str = "illustrative";

/// Counts inputs and keeps the defaults among them.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    defaults: Vec<DefaultUsed>,
    inputs: u32,
    problems: Vec<Diagnostic>,
}

impl Ledger {
    /// The value that was given, else a default, which is listed.
    pub(super) fn take<T: Clone>(
        &mut self,
        given: Option<&Spanned<T>>,
        place: impl FnOnce() -> String,
        default: T,
        shown: &str,
    ) -> T {
        self.inputs += 1;
        if let Some(given) = given {
            return given.value.clone();
        }
        self.defaults
            .push(default_used(place(), shown, ILLUSTRATIVE));
        default
    }

    /// Lists a default that stands for a whole table.
    pub(super) fn table(&mut self, place: impl Into<String>, shown: &str, source: &str) {
        self.inputs += 1;
        self.defaults
            .push(default_used(place.into(), shown, source));
    }

    /// Lists defaults that were found elsewhere.
    pub(super) fn all(&mut self, defaults: Vec<DefaultUsed>) {
        self.inputs += defaults.len() as u32;
        self.defaults.extend(defaults);
    }

    /// Counts inputs that were given.
    pub(super) fn given(&mut self, count: usize) {
        self.inputs += count as u32;
    }

    pub(super) fn problem(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// The defaults, sorted, and how many inputs there are.
    pub(super) fn defaults(&mut self) -> (Vec<DefaultUsed>, u32) {
        let mut defaults = std::mem::take(&mut self.defaults);
        defaults.sort();
        defaults.dedup();
        (defaults, self.inputs)
    }

    pub(super) fn into_problems(self) -> Vec<Diagnostic> {
        self.problems
    }
}

/// A default as a report lists it.
pub(super) fn default_used(place: String, value: &str, source: &str) -> DefaultUsed {
    DefaultUsed {
        place,
        value: value.to_owned(),
        source: source.to_owned(),
    }
}
