//! From a changed exercise back to the texts that its author wrote.
//!
//! [`rewritten`] writes into the texts what distinguishes an exercise from the one that they make, as edits at
//! places: comments and the layout of everything else survive. Whoever tries changes calls it to show or
//! to write what was tried. It never guesses: what it does not know how to write it refuses.

mod changed;
pub(crate) mod place;
mod value;

use crate::bind::{Start, ready};
use crate::diagnostic::Edit;
use crate::source::Source;
use crate::syntax::parse;
use changed::changes;
use hotwash_engine::exercise::{Exercise, Parts};
use place::Texts;
use std::fmt;

/// What was changed and cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWritten {
    /// What it is, such as `task notify-authority`.
    pub what: String,
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not stand in the files", self.what)
    }
}

impl std::error::Error for NotWritten {}

/// The edits that make of the texts of one exercise those of another.
///
/// # Errors
///
/// If something that differs does not stand in the texts, such as a task that an obligation implies.
fn amend(sources: &[Source], before: &Exercise, after: &Exercise) -> Result<Vec<Edit>, NotWritten> {
    let trees = sources.iter().enumerate();
    let trees: Vec<_> = trees
        .map(|(i, source)| parse(source, i as u16).root)
        .collect();
    Texts::new(sources, &trees).write(&changes(before, after))
}

/// The texts of an exercise as they are with what distinguishes another one written into them: they are
/// sound, and make that other one.
///
/// # Errors
///
/// If that cannot be written, or comes out as something else, such as what a clause of the plan implies.
pub fn rewritten(
    sources: &[Source],
    start: &Start,
    before: &Exercise,
    after: &Exercise,
) -> Result<Vec<Source>, NotWritten> {
    let texts = edited(sources, &amend(sources, before, after)?);
    let again = ready(&texts, start).ok();
    let again = again.filter(|again| is_same(&again.bound.exercise, after));
    again.map(|_| texts).ok_or_else(|| NotWritten {
        what: "what the definitions imply".to_owned(),
    })
}

/// A place in a text that an amendment writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// The name of the text.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is written there; empty: something is taken out.
    pub writes: String,
    /// What stood there before; empty: nothing did.
    pub instead_of: String,
}

/// Where the texts of an exercise would be rewritten to those of another, and what.
///
/// # Errors
///
/// As [`rewritten`].
pub fn amended(
    sources: &[Source],
    start: &Start,
    before: &Exercise,
    after: &Exercise,
) -> Result<Vec<Amended>, NotWritten> {
    rewritten(sources, start, before, after)?;
    let edits = amend(sources, before, after)?;
    let places = edits.iter().map(|edit| {
        let source = &sources[usize::from(edit.place.file)];
        let plain = |text: &str| text.trim_matches([',', ' ', '\n', '\t']).to_owned();
        Amended {
            file: source.name.clone(),
            line: source.line_and_column(edit.place.start).0,
            writes: plain(&edit.text),
            instead_of: plain(&source.text[edit.place.range()]),
        }
    });
    Ok(places.collect())
}

/// The texts with edits made. Of several at one place the first comes first.
fn edited(sources: &[Source], edits: &[Edit]) -> Vec<Source> {
    let mut sources = sources.to_vec();
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    // From the end, so that places before are still what they were.
    ordered.sort_by_key(|edit| (edit.place.start, edit.place.end));
    for edit in ordered.into_iter().rev() {
        let source = &mut sources[usize::from(edit.place.file)];
        source.text.replace_range(edit.place.range(), &edit.text);
    }
    sources
}

/// Whether two exercises are played alike: they differ at most in which defaults and gaps they list.
pub fn is_same(one: &Exercise, other: &Exercise) -> bool {
    let played = |of: &Exercise| {
        let mut parts: Parts = of.parts().clone();
        parts.defaults.clear();
        parts.gaps.clear();
        parts.inputs = 0;
        parts
    };
    played(one) == played(other)
}
