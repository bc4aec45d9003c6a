//! Tasks of a plan.

use super::people::is_map;
use super::{Act, Addressee, Condition, Control, Id, Map, Name, OneOrMore, Takes, Text};
use crate::read::{Decode, Reader, Weight};
use crate::source::Spanned;
use crate::syntax::Node;
use hotwash_engine::exercise::{Difficulty, Each, Law, Phase, Severity};
use schemars::{Schema, SchemaGenerator, json_schema};

record! {
    /// A task of the plan.
    Task, "a task" {
        /// Its id.
        id: Id,
        /// Its title, for people. Default: its id.
        title: Option<Text>,
        /// The phase in which it counts for coverage.
        phase: Spanned<Phase>,
        /// Who does it: a function, or a role in quotes.
        by: Addressee,
        /// Who answers for it.
        accountable: Option<Addressee>,
        /// Who is asked for advice when it ends, which costs them time.
        consulted: Vec<Addressee>,
        /// Who is told when it ends.
        informed: Vec<Addressee>,
        /// How many people it takes at once. Default: 1.
        people: Option<Spanned<u16>>,
        /// Tasks that must all be done before.
        after: Vec<Name>,
        /// Tasks of which one must be done before.
        after_any: Vec<Name>,
        /// What must hold before, as far as the doer's role knows.
        when: Option<Spanned<Condition>>,
        /// How long the plan waits once it could start. Default: not at all.
        delay: Option<Spanned<Law>>,
        /// How long the work takes, at least the floors of its measures: those of one person add up.
        /// `(time: .., because: ..)` says why it may take less. Default: by its measure.
        takes: Option<Takes>,
        /// The measure it takes, or several. Where none is said and no other task does it, the first
        /// task of Identification reports and the first of Assessment is the triage.
        does: OneOrMore<Spanned<Act>>,
        /// Who has to approve it.
        approval: Option<Addressee>,
        /// The severity from which it applies. Default: any.
        from_severity: Option<Spanned<Severity>>,
        /// Whether it may be left out without a loss of coverage. Default: false.
        optional: Option<Spanned<bool>>,
        /// Whether it is done although a task that it comes after does not apply. Default: false.
        even_if_skipped: Option<Spanned<bool>>,
        /// What it is done once for. Default: `Incident`.
        each: Option<Spanned<Each>>,
        /// The channel by which its hand-ons and requests go.
        via: Option<Name>,
        /// Whether the doer keeps the incident log while at it. Default: false.
        keeps_log: Option<Spanned<bool>>,
        /// Controls for which it gives evidence, such as `A.5.26`.
        controls: Vec<Spanned<Control>>,
        /// How hard it is. Default: `Routine`.
        difficulty: Option<Spanned<Difficulty>>,
        /// Its weight in coverage. Default: 1.
        weight: Option<Spanned<Weight>>,
    }
}

/// A value for all severities, or values by severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BySeverity<T> {
    /// The same for all.
    All(Spanned<T>),
    /// By severity; where one is not named, the default.
    Each(Map<Severity, Spanned<T>>),
}

impl<T> BySeverity<T> {
    /// The value for a severity.
    pub fn get(&self, severity: Severity) -> Option<&Spanned<T>> {
        match self {
            Self::All(value) => Some(value),
            Self::Each(map) => map.get(&severity),
        }
    }
}

impl<T: Decode> Decode for BySeverity<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if is_map(node) {
            return Map::decode(node, reader).map(Self::Each);
        }
        Spanned::decode(node, reader).map(Self::All)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let one = T::schema(generator);
        let map = <Map<Severity, Spanned<T>> as Decode>::schema(generator);
        json_schema!({ "anyOf": [one, map] })
    }
}
