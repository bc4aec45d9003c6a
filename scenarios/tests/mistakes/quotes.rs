//! One quote is forgotten: what is said about it, and where.

use hotwash_scenarios::diagnostic::{Diagnostic, Level};
use hotwash_scenarios::{Source, read};
use std::fmt;

/// The bytes of the quotes of a text that delimit something: those of comments and escaped ones do not.
pub(crate) fn quotes(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (mut found, mut at, mut inside) = (Vec::new(), 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if inside => at += 1,
            b'/' if !inside && bytes.get(at + 1) == Some(&b'/') => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
            }
            b'"' => {
                found.push(at);
                inside = !inside;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// How a number of forgotten quotes was told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// How many were forgotten.
    pub(crate) of: usize,
    /// The first error stands on the line of the quote.
    pub(crate) first: usize,
    /// No error stands there.
    pub(crate) nowhere: usize,
    /// It is one error.
    pub(crate) one: usize,
    /// There are five errors or more.
    pub(crate) many: usize,
    /// Those that are told badly: file, line, what is said first and how much is said.
    pub(crate) badly: Vec<String>,
}

impl Told {
    /// Deletes one quote and looks at what is said.
    pub(crate) fn forget(&mut self, name: &str, sound: &str, quote: usize) {
        let mut text = sound.to_owned();
        text.remove(quote);
        let source = Source::new(name, text);
        let mut errors = read(std::slice::from_ref(&source)).problems;
        errors.retain(|problem| problem.level == Level::Error);
        let right = sound[..quote].matches('\n').count() + 1;
        let line = |error: &Diagnostic| source.line_and_column(error.place().start).0;
        let first = errors.first().is_some_and(|error| line(error) == right);
        self.of += 1;
        self.first += usize::from(first);
        self.one += usize::from(errors.len() == 1);
        self.many += usize::from(errors.len() >= 5);
        self.nowhere += usize::from(errors.iter().all(|error| line(error) != right));
        if !first || errors.len() != 1 {
            let said = errors.first().map_or_else(
                || "nothing is said".to_owned(),
                |error| format!("line {}: {}", line(error), error.message),
            );
            let count = errors.len();
            self.badly.push(format!(
                "{name} line {right} byte {quote}: {count} errors, {said}"
            ));
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |count: usize| {
            let tenths = 1_000 * count / self.of.max(1);
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        write!(
            f,
            "{} forgotten quotes: first error on the line {} %, none there {} %, one error {} %, \
             five or more {} %",
            self.of,
            percent(self.first),
            percent(self.nowhere),
            percent(self.one),
            percent(self.many)
        )
    }
}
