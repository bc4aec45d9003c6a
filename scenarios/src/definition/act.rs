//! Measures with what they are taken on, and who is addressed.

use super::{Name, Selector};
use crate::diagnostic::{Code, Diagnostic};
use crate::read::{Decode, Reader, Vocabulary};
use crate::schema;
use crate::source::Spanned;
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{EvidenceItem, Function, Measure, SourceKind, StakeholderKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A measure and what it is taken on: `Declare`, `Isolate(Affected)`, `Notify(Media)` or
/// `Preserve(item: Memory, of: Affected)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The measure.
    pub measure: Spanned<Measure>,
    /// The assets it is taken on, where they are said.
    pub on: Option<Spanned<Selector>>,
    /// The evidence that is secured; all that is still there where none is said.
    pub item: Option<Spanned<EvidenceItem>>,
    /// The stakeholder who is told.
    pub stakeholder: Option<Spanned<StakeholderKind>>,
}

record! {
    /// Evidence on assets.
    Evidence, "evidence" {
        /// The item; all that is still there where none is said.
        item: Option<Spanned<EvidenceItem>>,
        /// The assets; those that are affected where none are said.
        of: Option<Spanned<Selector>>,
    }
}

impl Decode for Act {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let mut variant = reader.variant(node, Measure::WHAT, Measure::NAMES)?;
        let Some(measure) = Measure::from_name(variant.name) else {
            let (name, place) = (variant.name, variant.place);
            return reader.unknown_word(name, place, Measure::WHAT, Measure::NAMES);
        };
        let mut act = Self {
            measure: Spanned::new(measure, variant.place),
            on: None,
            item: None,
            stakeholder: None,
        };
        match measure {
            Measure::Notify => {
                variant.expect(reader, 1, 1)?;
                act.stakeholder = Some(variant.next(reader)?);
            }
            Measure::Preserve if variant.named() => {
                let evidence: Evidence = variant.next(reader)?;
                (act.item, act.on) = (evidence.item, evidence.of);
            }
            _ => {
                variant.expect(reader, 0, 1)?;
                act.on = variant.next(reader)?;
            }
        }
        Some(act)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

impl JsonSchema for Act {
    fn schema_name() -> Cow<'static, str> {
        "Act".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let selector = <Selector as Decode>::schema(generator);
        let stakeholder = <StakeholderKind as Decode>::schema(generator);
        let evidence = <Evidence as Decode>::schema(generator);
        let mut choice = schema::Choice::new("A measure and what it is taken on.");
        let meanings = schema::Meanings::of::<Measure>();
        for measure in Measure::ALL {
            let argument = match measure {
                Measure::Notify => (stakeholder.clone(), true),
                Measure::Preserve => (json_schema!({ "anyOf": [selector, evidence] }), false),
                _ => (selector.clone(), false),
            };
            let meaning = meanings.of_word(measure.name());
            choice.word(measure.name(), meaning, vec![argument]);
        }
        choice.finish()
    }
}

/// Who is to do something: a function, as a bare word, or a role of the organisation, in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressee {
    /// Whoever has this function.
    Function(Spanned<Function>),
    /// A role of the organisation.
    Role(Name),
}

impl Addressee {
    /// Where it stands.
    pub const fn place(&self) -> crate::source::Place {
        match self {
            Self::Function(function) => function.place,
            Self::Role(role) => role.place,
        }
    }
}

impl Decode for Addressee {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let written = match &node.kind {
            NodeKind::Text(text) => text.as_ref(),
            NodeKind::Word(word) if !matches!(*word, "true" | "false") => word,
            _ => return reader.wrong_kind(node, "a function or, in quotes, a role"),
        };
        let quoted = matches!(node.kind, NodeKind::Text(_));
        if !quoted || reader.json() {
            if let Some(function) = Function::from_name(written) {
                return Some(Self::Function(Spanned::new(function, node.place)));
            }
            if !quoted {
                return unknown_function(node, reader, written);
            }
        } else if Function::from_name(written).is_some() {
            let message = format!("`{written}` is a function, written without quotes");
            reader.report(Diagnostic::new(Code::QuotedWord, message, node.place).cure(
                &format!("write `{written}`"),
                node.place,
                written,
            ));
            return None;
        }
        Decode::decode(node, reader).map(Self::Role)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let function = generator.subschema_for::<Function>();
        let role = <Name as Decode>::schema(generator);
        let schema = json_schema!({
            "description": "Who is meant: a function, as a bare word, or a role of the organisation by its id, in quotes.",
            "anyOf": [function, role]
        });
        schema::named(generator, "Addressee", schema)
    }
}

/// What: a bare word where a function or a role belongs, and no function has that name.
/// Why: the word is a vocabulary word, so it cannot be a role.
fn unknown_function<T>(node: &Node<'_>, reader: &mut Reader<'_>, written: &str) -> Option<T> {
    let near = crate::diagnostic::nearest(written, Function::NAMES.iter().copied());
    let message = format!("no function is called `{written}`");
    let problem = Diagnostic::new(Code::UnknownRole, message, node.place).note(
        "write a function (Analyst, Handler, ...) bare, or a role of the organisation in quotes",
    );
    reader.report(match near {
        Some(_) => problem.did_you_mean(near, false),
        None => problem.cure(
            &format!("if it is a role, write `\"{written}\"`"),
            node.place,
            &format!("\"{written}\""),
        ),
    });
    None
}

/// Who a message came from, in words of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// Somebody inside.
    Function(Function),
    /// A stakeholder.
    Stakeholder(StakeholderKind),
    /// A monitoring source.
    Source(SourceKind),
}

const LISTS: &[&str] = &["Function", "Stakeholder", "Source"];

impl Decode for Sender {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        const WHAT: &str = "a sender";
        let mut variant = reader.variant(node, WHAT, LISTS)?;
        if LISTS.contains(&variant.name) {
            variant.expect(reader, 1, 1)?;
            return match variant.name {
                "Function" => variant.next(reader).map(Self::Function),
                "Stakeholder" => variant.next(reader).map(Self::Stakeholder),
                _ => variant.next(reader).map(Self::Source),
            };
        }
        variant.expect(reader, 0, 0)?;
        let name = variant.name;
        let found: Vec<Self> = [
            Function::from_name(name).map(Self::Function),
            StakeholderKind::from_name(name).map(Self::Stakeholder),
            SourceKind::from_name(name).map(Self::Source),
        ]
        .into_iter()
        .flatten()
        .collect();
        match found[..] {
            [one] => Some(one),
            [] => {
                let lists = [Function::NAMES, StakeholderKind::NAMES, SourceKind::NAMES];
                let known: Vec<&'static str> = lists.concat();
                reader.unknown_word(
                    name,
                    variant.place,
                    "a function, stakeholder or source",
                    &known,
                )
            }
            [first, ..] => {
                let list = first.list();
                let clear = format!("{list}({name})");
                let message = format!("`{name}` is in several lists of the vocabulary");
                reader.report(
                    Diagnostic::new(Code::UnknownWord, message, variant.place).cure(
                        &format!("say which one, such as `{clear}`"),
                        node.place,
                        &clear,
                    ),
                );
                None
            }
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

impl Sender {
    const fn list(self) -> &'static str {
        match self {
            Self::Function(_) => LISTS[0],
            Self::Stakeholder(_) => LISTS[1],
            Self::Source(_) => LISTS[2],
        }
    }
}

impl JsonSchema for Sender {
    fn schema_name() -> Cow<'static, str> {
        "Sender".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let function = generator.subschema_for::<Function>();
        let stakeholder = generator.subschema_for::<StakeholderKind>();
        let source = generator.subschema_for::<SourceKind>();
        let mut choice = schema::Choice::new("Who a message came from.");
        choice.word(
            "Function",
            "Somebody inside.",
            vec![(function.clone(), true)],
        );
        choice.word(
            "Stakeholder",
            "A stakeholder.",
            vec![(stakeholder.clone(), true)],
        );
        choice.word(
            "Source",
            "A monitoring source.",
            vec![(source.clone(), true)],
        );
        let qualified = choice.finish();
        json_schema!({
            "description": "Who a message came from: a function, a kind of stakeholder or a kind of source; with its list in front where a word stands in several.",
            "anyOf": [qualified, function, stakeholder, source]
        })
    }
}
