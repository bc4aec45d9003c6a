//! From a tree to definitions: every type says how it is read, and every problem is collected.

mod arguments;
mod fields;
mod ids;
mod list;
mod number;
mod reasoned;
pub(crate) mod word;

pub use list::{Map, OneOrMore};
pub use number::{Factor, PerYear, Weight};
pub use reasoned::Reasoned;
pub(crate) use reasoned::{Reasonable, needless};
pub(crate) use word::{Vocabulary, words};

use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::notation;
use crate::source::{Place, Source, Spanned};
use crate::syntax::{Node, NodeKind};
use ids::Ids;
use schemars::{Schema, SchemaGenerator};
use std::collections::BTreeSet;

/// A type that an author can write.
pub(crate) trait Decode: Sized {
    /// Reads a value. `None`: it cannot be read, which has been reported.
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// What stands for a field that is not given; `None`: the field is required.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether it may be left out in the brackets of a word, as in `Known(Real)`.
    const MAY_BE_LEFT_OUT: bool = false;

    /// Its JSON Schema.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// What is collected while a text is read.
pub(crate) struct Reader<'s> {
    source: &'s Source,
    problems: Vec<Diagnostic>,
    /// Ids of things that could not be read: nothing that refers to them is reported as unknown.
    lost: BTreeSet<String>,
    /// The ids of the text, once one has to be mended.
    ids: Option<Ids>,
    /// Whether the next brackets are the arguments of a word that was read already.
    inside_variant: bool,
}

impl<'s> Reader<'s> {
    /// A reader of a text.
    pub(crate) fn new(source: &'s Source) -> Self {
        Self {
            source,
            problems: Vec::new(),
            lost: BTreeSet::new(),
            ids: None,
            inside_variant: false,
        }
    }

    /// Whether the text is JSON.
    pub(crate) fn json(&self) -> bool {
        self.source.is_json()
    }

    /// What stands at a place.
    pub(crate) fn written(&self, place: Place) -> &'s str {
        &self.source.text[place.range()]
    }

    /// Keeps a problem, up to a limit per file.
    pub(crate) fn report(&mut self, problem: Diagnostic) {
        if self.problems.len() < limits::PROBLEMS_PER_FILE {
            self.problems.push(problem);
        }
    }

    /// Notes that a thing with this id could not be read.
    pub(crate) fn lose(&mut self, id: &str) {
        self.lost.insert(id.to_owned());
    }

    /// The problems, and the ids of what could not be read.
    pub(crate) fn finish(self) -> (Vec<Diagnostic>, BTreeSet<String>) {
        (self.problems, self.lost)
    }

    /// Reports that a value is of the wrong kind, unless it was reported as broken already.
    pub(crate) fn wrong_kind<T>(&mut self, node: &Node<'_>, expected: &str) -> Option<T> {
        if matches!(node.kind, NodeKind::Missing) {
            self.report(
                Diagnostic::new(
                    Code::Unexpected,
                    format!("{expected} is missing here"),
                    node.place,
                )
                .help("write the value, or remove its name"),
            );
        } else if !matches!(node.kind, NodeKind::Broken) {
            let message = format!("{expected} is expected, not {}", describe(node));
            let problem = Diagnostic::new(Code::WrongKind, message, node.place);
            let problem = self.unwrapped(problem, node);
            self.report(problem);
        }
        None
    }

    /// Where a list of one stands for its item, offers the item.
    fn unwrapped(&self, problem: Diagnostic, node: &Node<'_>) -> Diagnostic {
        let NodeKind::Group(group) = &node.kind else {
            return problem;
        };
        match &group.items[..] {
            [only] if group.open == '[' && only.key.is_none() => {
                let inner = self.written(only.value.place);
                problem.cure(&format!("write `{inner}`"), node.place, inner)
            }
            _ => problem,
        }
    }

    /// The text of a node, where text is expected.
    pub(crate) fn text(&mut self, node: &Node<'_>, expected: &str) -> Option<String> {
        self.text_meant(node, expected, |_, word| Some(word.to_owned()))
    }

    /// The same, of a text that has a form: `meant` says what a word without quotes is in that form, so that a
    /// cure does not lead to the next error.
    pub(crate) fn text_meant(
        &mut self,
        node: &Node<'_>,
        expected: &str,
        meant: impl FnOnce(&mut Self, &str) -> Option<String>,
    ) -> Option<String> {
        let (code, word, message) = match &node.kind {
            NodeKind::Text(text) => return Some(text.clone().into_owned()),
            NodeKind::Word(word) if !self.json() && !matches!(*word, "true" | "false" | "None") => {
                let message = format!("{expected} is written in quotes");
                (Code::UnquotedName, *word, message)
            }
            NodeKind::Number(number) => {
                let message = format!("{expected} is expected, not the number `{number}`");
                (Code::WrongKind, *number, message)
            }
            _ => return self.wrong_kind(node, expected),
        };
        let meant = meant(self, word);
        let problem = Diagnostic::new(code, message, node.place);
        self.report(match meant {
            Some(meant) => {
                let quoted = format!("\"{meant}\"");
                problem.cure(&format!("write `{quoted}`"), node.place, &quoted)
            }
            None => problem,
        });
        None
    }

    /// An id with plain letters for one that has others: that of the same thing everywhere, and of no other.
    pub(crate) fn plain_id(&mut self, written: &str) -> Option<String> {
        let source = self.source;
        let ids = self.ids.get_or_insert_with(|| Ids::of(source));
        let plain = ids.plain(written)?;
        // Who takes it before the thing itself has it refers to nothing unknown.
        self.lose(&plain);
        Some(plain)
    }
}

/// What a value is, in words.
fn describe(node: &Node<'_>) -> String {
    match &node.kind {
        NodeKind::Word(word @ ("true" | "false")) => format!("`{word}`"),
        NodeKind::Word(word) => format!("the word `{word}`"),
        NodeKind::Number(number) => format!("the number `{number}`"),
        NodeKind::Text(_) => "a text".to_owned(),
        NodeKind::Foreign => "a character or byte string".to_owned(),
        NodeKind::Group(group) => match (group.name, group.open) {
            (Some((name, _)), _) => format!("`{name}(...)`"),
            (None, '[') => "a list".to_owned(),
            (None, '{') => "a map".to_owned(),
            (None, _) => "fields in brackets".to_owned(),
        },
        NodeKind::Broken | NodeKind::Missing => "nothing".to_owned(),
    }
}

/// Whether a node stands for a value that is not there.
fn is_none(node: &Node<'_>, json: bool) -> bool {
    let word = if json { "null" } else { "None" };
    matches!(node.kind, NodeKind::Word(written) if written == word)
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self::new(T::decode(node, reader)?, node.place))
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::decode(node, reader).map(Self::new)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

impl<T: Decode> Decode for Option<T> {
    const MAY_BE_LEFT_OUT: bool = true;
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if is_none(node, reader.json()) {
            return Some(None);
        }
        if let NodeKind::Group(group) = &node.kind
            && group.name.is_some_and(|(name, _)| name == "Some")
            && let [only] = &group.items[..]
        {
            return T::decode(&only.value, reader).map(Some);
        }
        T::decode(node, reader).map(Some)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// What a word says about whether something is so, as definitions write it.
fn meant(word: &str) -> Option<&'static str> {
    notation::truth(word).map(|is_so| if is_so { "true" } else { "false" })
}

/// Reports a truth that is said in other words.
fn said_otherwise(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    message: &str,
    meant: Option<&str>,
) -> Option<bool> {
    let problem = Diagnostic::new(Code::WrongKind, message, node.place);
    reader.report(match meant {
        Some(meant) => problem.cure(&format!("write `{meant}`"), node.place, meant),
        None => problem,
    });
    None
}

impl Decode for bool {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.kind {
            NodeKind::Word("true") => Some(true),
            NodeKind::Word("false") => Some(false),
            NodeKind::Text(text) if matches!(text.as_ref(), "true" | "false") => {
                let message = "`true` and `false` are written without quotes";
                said_otherwise(node, reader, message, Some(text))
            }
            NodeKind::Text(text) => {
                let message = "`true` or `false` is expected, not a text";
                said_otherwise(node, reader, message, meant(text))
            }
            NodeKind::Number(number) => {
                let message = format!("`true` or `false` is expected, not the number `{number}`");
                said_otherwise(node, reader, &message, meant(number))
            }
            NodeKind::Word(word) => {
                let message = format!("`true` or `false` is expected, not the word `{word}`");
                let nearest = || crate::diagnostic::nearest(word, ["true", "false"]);
                said_otherwise(node, reader, &message, meant(word).or_else(nearest))
            }
            _ => reader.wrong_kind(node, "`true` or `false`"),
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<bool>()
    }
}

impl Decode for String {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text(node, "a text")?;
        if !text.contains('\0') {
            return Some(text);
        }
        reader.report(Diagnostic::new(
            Code::WrongKind,
            "a text cannot hold a null character",
            node.place,
        ));
        None
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<String>()
    }
}
