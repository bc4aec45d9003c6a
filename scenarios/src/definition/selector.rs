//! Choices of assets.

use super::Name;
use crate::read::{Decode, Reader, Vocabulary};
use crate::schema;
use crate::source::Spanned;
use crate::syntax::Node;
use hotwash_engine::exercise::{AssetKind, AssetState, Data, Dimension, Severity};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A choice of assets: `Everything`, `Affected`, `Kind(Database)`, `Asset("records")`,
/// `Holding(PersonalData)`, `Valued(Availability, High)`, a state such as `Compromised`, or
/// `All([..])` of these together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// All assets.
    Everything,
    /// Assets affected by the incident.
    Affected,
    /// Assets of a kind.
    Kind(Spanned<AssetKind>),
    /// One asset by its id; not in a scenario.
    Asset(Name),
    /// Assets that hold such data.
    Holding(Spanned<Data>),
    /// Assets whose value in this dimension is at least so high.
    Valued(Spanned<Dimension>, Spanned<Severity>),
    /// Assets in this state: the bare state, or `InState(Compromised)`.
    InState(Spanned<AssetState>),
    /// Assets that every one of these selects.
    All(Vec<Spanned<Selector>>),
}

const FORMS: &[&str] = &[
    "Everything",
    "Affected",
    "InState",
    "Kind",
    "Asset",
    "Holding",
    "Valued",
    "All",
];

/// Every word with which a selector can begin.
fn known() -> Vec<&'static str> {
    [FORMS, AssetState::NAMES].concat()
}

impl Decode for Selector {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        const WHAT: &str = "a choice of assets";
        let known = known();
        let mut variant = reader.variant(node, WHAT, &known)?;
        let arguments = match variant.name {
            "Kind" | "Asset" | "Holding" | "InState" | "All" => 1,
            "Valued" => 2,
            _ => 0,
        };
        if known.contains(&variant.name) {
            variant.expect(reader, arguments, arguments)?;
        }
        match variant.name {
            "Everything" => Some(Self::Everything),
            "Affected" => Some(Self::Affected),
            "Kind" => variant.next(reader).map(Self::Kind),
            "Asset" => variant.next(reader).map(Self::Asset),
            "Holding" => variant.next(reader).map(Self::Holding),
            "InState" => variant.next(reader).map(Self::InState),
            "All" => variant.next(reader).map(Self::All),
            "Valued" => {
                let dimension = variant.next_of(reader, 2);
                let level = variant.next_of(reader, 2);
                Some(Self::Valued(dimension?, level?))
            }
            other => match AssetState::word(other) {
                Some(state) => Some(Self::InState(Spanned::new(state, variant.place))),
                None if AssetKind::from_name(other).is_some() => {
                    kind_without_word(node, reader, other)
                }
                None => reader.unknown_word(other, variant.place, WHAT, &known),
            },
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

fn kind_without_word<T>(node: &Node<'_>, reader: &mut Reader<'_>, kind: &str) -> Option<T> {
    use crate::diagnostic::{Code, Diagnostic};
    let meant = format!("Kind({kind})");
    let message = format!("`{kind}` is a kind of asset, not a choice of assets");
    reader.report(
        Diagnostic::new(Code::UnknownWord, message, node.place).cure(
            &format!("write `{meant}`"),
            node.place,
            &meant,
        ),
    );
    None
}

impl JsonSchema for Selector {
    fn schema_name() -> Cow<'static, str> {
        "Selector".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut choice = schema::Choice::new("A choice of assets.");
        let kind = <AssetKind as Decode>::schema(generator);
        let asset = <Name as Decode>::schema(generator);
        let data = <Data as Decode>::schema(generator);
        let state = <AssetState as Decode>::schema(generator);
        let dimension = <Dimension as Decode>::schema(generator);
        let level = <Severity as Decode>::schema(generator);
        let list = <Vec<Self> as Decode>::schema(generator);
        choice.word("Everything", "All assets.", vec![]);
        choice.word("Affected", "Assets affected by the incident.", vec![]);
        choice.word("Kind", "Assets of a kind.", vec![(kind, true)]);
        choice.word(
            "Asset",
            "One asset by its id; not in a scenario.",
            vec![(asset, true)],
        );
        choice.word("Holding", "Assets that hold such data.", vec![(data, true)]);
        let valued = vec![(dimension, true), (level, true)];
        choice.word(
            "Valued",
            "Assets whose value in this dimension is at least so high.",
            valued,
        );
        choice.word(
            "All",
            "Assets that every one of these selects.",
            vec![(list, true)],
        );
        choice.word("InState", "Assets in this state.", vec![(state, true)]);
        let meanings = schema::Meanings::of::<AssetState>();
        for state in AssetState::NAMES {
            choice.word(state, meanings.of_word(state), vec![]);
        }
        choice.finish()
    }
}

/// How many targets a step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// One.
    One,
    /// Up to so many.
    AtMost(u16),
    /// All.
    Each,
}

/// The targets of an attack step: `One(..)`, `AtMost(3, ..)`, `Each(..)`, or a choice of assets,
/// which means each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    /// How many.
    pub pick: Pick,
    /// Among which.
    pub of: Spanned<Selector>,
}

const PICKS: &[&str] = &["One", "AtMost", "Each"];

impl Decode for Targets {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let known = [PICKS, &known()].concat();
        let mut variant = reader.variant(node, "a choice of targets", &known)?;
        let count = match variant.name {
            "One" | "Each" => 1,
            "AtMost" => 2,
            name if !known.contains(&name) && AssetKind::from_name(name).is_none() => {
                let (name, place) = (variant.name, variant.place);
                return reader.unknown_word(name, place, "a choice of targets", &known);
            }
            _ => {
                let of = Decode::decode(node, reader)?;
                return Some(Self {
                    pick: Pick::Each,
                    of,
                });
            }
        };
        variant.expect(reader, count, count)?;
        let pick = match variant.name {
            "One" => Pick::One,
            "Each" => Pick::Each,
            _ => Pick::AtMost(variant.next_of(reader, 2)?),
        };
        let of = variant.next_of(reader, count)?;
        Some(Self { pick, of })
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let selector = <Selector as Decode>::schema(generator);
        let count = <u16 as Decode>::schema(generator);
        let mut choice = schema::Choice::new("How many targets, among which.");
        choice.word("One", "One of them.", vec![(selector.clone(), true)]);
        choice.word(
            "AtMost",
            "Up to so many of them.",
            vec![(count, true), (selector.clone(), true)],
        );
        choice.word("Each", "All of them.", vec![(selector.clone(), true)]);
        let picked = choice.finish();
        json_schema!({ "anyOf": [picked, selector] })
    }
}
