//! Why what was given cannot be used, as every front end can tell it.

use hotwash_scenarios::Source;
use hotwash_scenarios::diagnostic::Diagnostic;

/// A file, or what it holds, cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, with the name by which people know it.
    pub message: String,
    /// What to do about it, a sentence each.
    pub hints: Vec<String>,
    /// The problems that the message sums up, and the texts that they are in; both empty where there are
    /// none.
    pub problems: (Vec<Diagnostic>, Vec<Source>),
}

impl Fault {
    /// A fault in one sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hints: Vec::new(),
            problems: (Vec::new(), Vec::new()),
        }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}
