//! From text to a tree of places: RON and JSON alike, tolerant of faults.
//!
//! The grammar is one rule: a value is a word, a number, a string, or brackets with items, and an
//! item may have a key. What a tree means is for [`crate::read`] to say. That every text which is
//! accepted in the end is RON (or JSON) by the reference parsers is checked by [`conforms`].

mod conforms;
mod parse;
mod token;

pub(crate) use conforms::conforms;
pub(crate) use parse::parse;

use crate::source::Place;
use std::borrow::Cow;

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node<'a> {
    /// Where it stands.
    pub(crate) place: Place,
    /// What it is.
    pub(crate) kind: NodeKind<'a>,
}

/// Kinds of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeKind<'a> {
    /// A bare word.
    Word(&'a str),
    /// A number, as written.
    Number(&'a str),
    /// A string.
    Text(Cow<'a, str>),
    /// A character or byte string, which no definition uses.
    Foreign,
    /// Brackets.
    Group(Group<'a>),
    /// A value that is missing or could not be read; it has been reported.
    Broken,
}

/// Brackets and what they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group<'a> {
    /// The word before the bracket, and where it stands.
    pub(crate) name: Option<(&'a str, Place)>,
    /// `(`, `[` or `{`.
    pub(crate) open: char,
    /// The items.
    pub(crate) items: Vec<Item<'a>>,
}

/// What stands between commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item<'a> {
    /// What stands before the colon, if there is one.
    pub(crate) key: Option<Node<'a>>,
    /// The value.
    pub(crate) value: Node<'a>,
}

impl Node<'_> {
    /// The place of the last character, such as a closing bracket.
    pub(crate) const fn last(&self) -> Place {
        Place {
            start: if self.place.end > self.place.start {
                self.place.end - 1
            } else {
                self.place.end
            },
            ..self.place
        }
    }
}
