//! A value with the reason for it.

use super::{Decode, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::{Node, NodeKind};
use schemars::{Schema, SchemaGenerator, json_schema};

/// A value for which a reason may be given: `"30s"`, or `("30s", because: "nobody has to look")`. In JSON,
/// where every item of an object has a name: `{"value": "30s", "because": ".."}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasoned<T> {
    /// The value.
    pub value: Spanned<T>,
    /// Why it is so.
    pub because: Option<Spanned<String>>,
}

/// What may be given a reason. No such value is written in brackets of its own.
pub(crate) trait Reasonable: Decode {
    /// What it is together with its reason, with its article.
    const TITLE: &'static str;
}

/// The names of its items; the first is one in JSON only.
const ITEMS: &[&str] = &["value", "because"];

impl<T: Reasonable> Decode for Reasoned<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let open = if reader.json() { '{' } else { '(' };
        let reasoned = matches!(
            &node.kind,
            NodeKind::Group(group) if group.name.is_none() && group.open == open
        );
        if !reasoned {
            let value = Decode::decode(node, reader)?;
            let because = None;
            return Some(Self { value, because });
        }
        let mut fields = reader.led(node, T::TITLE, ITEMS)?;
        let value = fields.take(reader, "value");
        let because = fields.take::<Spanned<String>>(reader, "because");
        fields.finish(reader, value.is_some() && because.is_some());
        Some(Self {
            value: value?,
            because: Some(because?),
        })
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let value = T::schema(generator);
        let (mut led, mut because) = (value.clone(), String::schema(generator));
        led.insert("description".to_owned(), "The value.".into());
        because.insert("description".to_owned(), "Why it is so, for people.".into());
        json_schema!({ "anyOf": [
            value,
            {
                "type": "object",
                "properties": { "value": led, "because": because },
                "required": ITEMS,
                "additionalProperties": false
            }
        ] })
    }
}

/// Reports a reason for what needs none.
pub(crate) fn needless(reader: &mut Reader<'_>, because: &Spanned<String>, what: &str) {
    let message = format!("{what} needs no reason");
    reader.report(
        Diagnostic::new(Code::WrongArguments, message, because.place)
            .help("write the value alone, without `because`"),
    );
}
