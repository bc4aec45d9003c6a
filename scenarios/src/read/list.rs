//! Lists, maps and pairs.

use super::{Decode, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::source::Spanned;
use crate::syntax::{Node, NodeKind};
use schemars::{Schema, SchemaGenerator, json_schema};

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeKind::Group(group) = &node.kind else {
            return not_a_list(node, reader);
        };
        if group.open != '[' || group.name.is_some() {
            return not_a_list(node, reader);
        }
        if group.items.len() > limits::ITEMS {
            let message = format!("a list holds at most {} items", limits::ITEMS);
            reader.report(Diagnostic::new(
                Code::TooLarge,
                message,
                node.place.part(0, 1),
            ));
            return None;
        }
        let mut values = Self::with_capacity(group.items.len());
        for item in &group.items {
            if let Some(key) = &item.key {
                reader.report(Diagnostic::new(
                    Code::Unexpected,
                    "a list has no names before its items",
                    key.place,
                ));
                continue;
            }
            values.extend(T::decode(&item.value, reader));
        }
        Some(values)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let items = T::schema(generator);
        json_schema!({ "type": "array", "items": items })
    }
}

fn not_a_list<T>(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<T> {
    if matches!(node.kind, NodeKind::Broken | NodeKind::Missing) {
        return reader.wrong_kind(node, "a list in `[ ]`");
    }
    let message = "a list in `[ ]` is expected";
    let end = node.place.after();
    let start = node.place.part(0, 0);
    reader.report(
        Diagnostic::new(Code::WrongKind, message, node.place)
            .cures("put it into a list", [(start, "["), (end, "]")]),
    );
    None
}

/// One thing, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMore<T>(pub Vec<T>);

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for OneOrMore<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Decode> Decode for OneOrMore<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.kind {
            NodeKind::Group(group) if group.open == '[' => Vec::decode(node, reader).map(Self),
            _ => T::decode(node, reader).map(|one| Self(vec![one])),
        }
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let one = T::schema(generator);
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

/// Values by key, in the author's order; no key comes twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<K, V>(pub Vec<(Spanned<K>, V)>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq, V> Map<K, V> {
    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let found = self.0.iter().find(|(known, _)| known.value == *key);
        found.map(|(_, value)| value)
    }
}

impl<K: Decode + PartialEq, V: Decode> Decode for Map<K, V> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let group = match &node.kind {
            NodeKind::Group(group) if group.name.is_none() && group.open != '[' => group,
            _ => return reader.wrong_kind(node, "a map in `{ }`"),
        };
        if group.open == '(' && (!group.items.is_empty() || reader.json()) {
            let first = node.place.part(0, 1);
            reader.report(
                Diagnostic::new(Code::WrongKind, "a map stands in `{ }`", first)
                    .cures("write `{` and `}`", [(first, "{"), (node.last(), "}")]),
            );
            return None;
        }
        let mut map = Self::default();
        for item in &group.items {
            let Some(key) = &item.key else {
                let _: Option<()> = reader.wrong_kind(&item.value, "a key, a colon and a value");
                continue;
            };
            let (name, value) = (Spanned::decode(key, reader), V::decode(&item.value, reader));
            let (Some(name), Some(value)) = (name, value) else {
                continue;
            };
            map.insert(name, value, reader);
        }
        Some(map)
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (keys, values) = (K::schema(generator), V::schema(generator));
        json_schema!({ "type": "object", "propertyNames": keys, "additionalProperties": values })
    }
}

impl<K: PartialEq, V> Map<K, V> {
    fn insert(&mut self, key: Spanned<K>, value: V, reader: &mut Reader<'_>) {
        let before = self.0.iter().find(|(known, _)| known.value == key.value);
        if let Some((first, _)) = before {
            let written = reader.written(key.place);
            let message = format!("the key `{written}` is given twice");
            reader.report(
                Diagnostic::new(Code::DuplicateField, message, key.place)
                    .context(first.place, "it was given here")
                    .help("keep one of the two"),
            );
            return;
        }
        self.0.push((key, value));
    }
}

/// Two things in brackets.
impl<A: Decode, B: Decode> Decode for (A, B) {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let open = if reader.json() { '[' } else { '(' };
        match &node.kind {
            NodeKind::Group(group) if group.open == open && group.name.is_none() => {
                let [first, second] = &group.items[..] else {
                    return reader.wrong_kind(node, "a pair in brackets");
                };
                let first = A::decode(&first.value, reader);
                let second = B::decode(&second.value, reader);
                Some((first?, second?))
            }
            _ => reader.wrong_kind(node, "a pair in brackets"),
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (first, second) = (A::schema(generator), B::schema(generator));
        json_schema!({
            "type": "array", "prefixItems": [first, second], "minItems": 2, "maxItems": 2
        })
    }
}
