//! From text to a tree of places: RON and JSON alike, tolerant of faults.
//!
//! The grammar is one rule: a value is a word, a number, a string, or brackets with items, and an
//! item may have a key. What a tree means is for [`crate::read`] to say. That every text which is
//! accepted in the end is RON (or JSON) by the reference parsers is checked by [`conforms`], but for one
//! form: a value with its reason, `("30s", because: "..")`, has names behind an item without one. RON has
//! no such brackets. We take them all the same, because the value is what is read, and its name would only
//! say once more what the name of the field says.

mod conforms;
mod lexical;
mod parse;
mod quotes;
mod repair;
mod token;

pub(crate) use conforms::conforms;
pub(crate) use lexical::{Cut, cut, cut_with};
pub(crate) use parse::{parse, tree};
pub(crate) use quotes::missing_quotes;
pub(crate) use repair::changes;
pub(crate) use token::{Kind, Token, tokens};

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
    /// A value that could not be read; it has been reported.
    Broken,
    /// Nothing, where a value belongs; what is wanted there reports it.
    Missing,
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

/// Where in a definition a place is, such as `Plan.tasks[3].by`.
pub(crate) fn path(root: &Node<'_>, place: Place) -> String {
    let mut path = String::new();
    let mut node = root;
    while let NodeKind::Group(group) = &node.kind {
        if let Some((name, _)) = group.name {
            push(&mut path, name);
        }
        let holds = |item: &&Item<'_>| {
            let start = item.key.as_ref().unwrap_or(&item.value).place.start;
            start <= place.start && place.start < item.value.place.end.max(start + 1)
        };
        let found = group.items.iter().enumerate().find(|(_, item)| holds(item));
        let Some((position, item)) = found else {
            break;
        };
        match item.key.as_ref().map(|key| &key.kind) {
            Some(NodeKind::Word(key)) => push(&mut path, key),
            Some(NodeKind::Text(key)) => push(&mut path, key),
            _ => {
                path.push('[');
                path.push_str(&position.to_string());
                path.push(']');
            }
        }
        node = &item.value;
    }
    path
}

fn push(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}
