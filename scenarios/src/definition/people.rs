//! People, roles, teams and staff.

use super::{Age, Hours, Id, Map, Name, OneOrMore, Text};
use crate::read::{Decode, Reader};
use crate::source::Spanned;
use crate::syntax::Node;
use hotwash_engine::exercise::{
    BasisPoints, ChannelKind, Day, Experience, Function, Law, Measure, Phase, Span,
};
use schemars::{Schema, SchemaGenerator, json_schema};

record! {
    /// A person, who is simulated or played.
    Person, "a person" {
        /// The person's id; names live elsewhere.
        id: Id,
        /// The roles that the person holds.
        roles: Vec<Name>,
        /// The weekly shift. Default: the office hours.
        hours: Option<Spanned<Hours>>,
        /// Whether public holidays are days off. Default: true.
        keeps_holidays: Option<Spanned<bool>>,
        /// Whether the person is on call outside the shift: always, never or at given hours.
        /// Default: never.
        on_call: Option<Spanned<OnCall>>,
        /// Days of absence: a day, or a pair of the first and the last.
        leave: Vec<Leave>,
        /// The channels by which the person can be reached. Default: all that reach people, but mobile
        /// phones and pagers only where the person is on call.
        channels: Vec<Name>,
        /// How fast the person notices messages, by kind of channel. Default: a table by kind.
        notice: Map<ChannelKind, Notice>,
        /// Experience, for all phases or by phase. Default: `Nominal`.
        experience: Option<ByPhase<Experience>>,
        /// When the person was last trained or exercised, for all phases or by phase.
        trained: Option<ByPhase<Age>>,
        /// Time between waking up and the start of a shift. Default: about 2h, drawn for each run.
        awake_before_shift: Option<Spanned<Span>>,
        /// Functions that the person can take on beside those of the roles held: what they do answers
        /// what is expected of these functions.
        also: Vec<Spanned<Function>>,
    }
}

record! {
    /// How fast a person notices messages of a kind of channel, as medians.
    Notice, "a notice time" {
        /// The median on duty.
        on_duty: Spanned<Span>,
        /// The median off duty; where not given: not before the next shift.
        off_duty: Option<Spanned<Span>>,
    }
}

/// When somebody is on call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnCall {
    /// At any hour outside the shift, or never.
    Always(bool),
    /// At these hours.
    At(Hours),
}

impl Decode for OnCall {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if is_truth(node) {
            return bool::decode(node, reader).map(Self::Always);
        }
        Hours::decode(node, reader).map(Self::At)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let hours = Hours::schema(generator);
        json_schema!({ "anyOf": [{ "type": "boolean" }, hours] })
    }
}

/// Whether `true` or `false` was written or meant: hours are written in quotes.
fn is_truth(node: &Node<'_>) -> bool {
    use crate::syntax::NodeKind;
    match &node.kind {
        NodeKind::Word(word) => {
            crate::notation::truth(word).is_some()
                || crate::diagnostic::nearest(word, ["true", "false"]).is_some()
        }
        NodeKind::Text(text) => matches!(text.as_ref(), "true" | "false"),
        _ => false,
    }
}

/// Days of absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leave {
    /// The first day.
    pub first: Spanned<Day>,
    /// The last day.
    pub last: Spanned<Day>,
}

impl Decode for Leave {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        use crate::syntax::NodeKind;
        if matches!(node.kind, NodeKind::Group(_)) {
            let (first, last) = Decode::decode(node, reader)?;
            return Some(Self { first, last });
        }
        let first: Spanned<Day> = Decode::decode(node, reader)?;
        Some(Self { first, last: first })
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let day = <Day as Decode>::schema(generator);
        let pair = <(Day, Day) as Decode>::schema(generator);
        json_schema!({ "anyOf": [day, pair] })
    }
}

/// A value for all phases, or values by phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByPhase<T> {
    /// The same for all.
    All(Spanned<T>),
    /// By phase; where a phase is not named, the default.
    Each(Map<Phase, Spanned<T>>),
}

impl<T> ByPhase<T> {
    /// The value for a phase.
    pub fn get(&self, phase: Phase) -> Option<&Spanned<T>> {
        match self {
            Self::All(value) => Some(value),
            Self::Each(map) => map.get(&phase),
        }
    }
}

impl<T: Decode> Decode for ByPhase<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if is_map(node) {
            return Map::decode(node, reader).map(Self::Each);
        }
        Spanned::decode(node, reader).map(Self::All)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let one = T::schema(generator);
        let map = <Map<Phase, Spanned<T>> as Decode>::schema(generator);
        json_schema!({ "anyOf": [one, map] })
    }
}

/// Whether a node is `{ ... }`.
pub(super) fn is_map(node: &Node<'_>) -> bool {
    use crate::syntax::NodeKind;
    matches!(&node.kind, NodeKind::Group(group) if group.open == '{' && group.name.is_none())
}

record! {
    /// A role: the organisation's own name for one or more functions.
    Role, "a role" {
        /// Its id.
        id: Id,
        /// Its title, for people. Default: its id.
        title: Option<Text>,
        /// What it is for: one function or several.
        function: OneOrMore<Spanned<Function>>,
        /// Who holds it, beside the people who name it among their roles.
        holders: Vec<Name>,
        /// Who stands in, in this order.
        deputies: Vec<Name>,
        /// Measures that it may take without asking.
        may: Vec<Spanned<Measure>>,
    }
}

record! {
    /// A team that is activated as one.
    Team, "a team" {
        /// Its id.
        id: Id,
        /// Its roles.
        roles: Vec<Name>,
        /// How many people make it able to act. Default: 1.
        quorum: Option<Spanned<u16>>,
        /// The channel on which it meets. Default: the best that works.
        bridge: Option<Name>,
    }
}

record! {
    /// A group of staff who are not responders: they see what happens to the assets they use.
    StaffGroup, "a staff group" {
        /// Its id.
        id: Id,
        /// How many they are.
        size: Spanned<u32>,
        /// When they work. Default: the office hours.
        hours: Option<Spanned<Hours>>,
        /// The assets they use. Default: none.
        uses: Vec<Name>,
        /// The share who know how to report. Default: 0.8.
        knows_channel: Option<Spanned<BasisPoints>>,
        /// The chance that one who sees something reports it. Default: 0.2.
        reports: Option<Spanned<BasisPoints>>,
        /// How long one takes to report. Default: `5m to 4h`.
        after: Option<Spanned<Law>>,
        /// The channel by which they report. Default: the best that works.
        channel: Option<Name>,
        /// When they last had awareness training.
        trained: Option<Spanned<Age>>,
    }
}
