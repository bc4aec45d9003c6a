//! How values that are written in a notation are read, and their schema.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::notation::{
    self, Age, Every, Hours, Moment, Notation, Reading, Start, ZoneName, zone_names,
};
use crate::read::{Decode, Reader, Reasonable, Reasoned};
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{Day, ExerciseTime, Law, Limit, Span};
use schemars::{Schema, SchemaGenerator, json_schema};

/// Reads a text in a notation. What is written otherwise is told with what it means, in the canonical form.
fn read<T: Notation>(node: &Node<'_>, reader: &mut Reader<'_>, code: Code) -> Option<T> {
    let text = match &node.kind {
        NodeKind::Text(text) => text,
        NodeKind::Number(number) => return bare(node, reader, number, Code::WrongKind),
        NodeKind::Word(word) if !reader.json() && !is_constant(word) => {
            return bare(node, reader, word, Code::UnquotedName);
        }
        _ => return reader.wrong_kind(node, T::WHAT),
    };
    match notation::read::<T>(text) {
        Ok(value) => Some(value),
        Err(misread) => {
            let problem = Diagnostic::new(code, misread.why, node.place).note(T::LOOKS);
            reader.report(told(problem, &misread.readings));
            None
        }
    }
}

const fn is_constant(word: &str) -> bool {
    matches!(word.as_bytes(), b"true" | b"false" | b"None")
}

/// Reports what lacks its quotes.
fn bare<T: Notation>(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    written: &str,
    code: Code,
) -> Option<T> {
    let (readings, message) = match notation::read::<T>(written) {
        Ok(value) => {
            let message = format!("{} is written in quotes", T::WHAT);
            (vec![Reading::new(value, written, "")], message)
        }
        Err(misread) => {
            let message = format!("{} in quotes is expected, not `{written}`", T::WHAT);
            (misread.readings, message)
        }
    };
    let problem = Diagnostic::new(code, message, node.place).note(T::LOOKS);
    reader.report(told(problem, &readings));
    None
}

/// What a text means: one meaning is a cure; of several the author has to choose.
fn told<T>(problem: Diagnostic, readings: &[Reading<T>]) -> Diagnostic {
    match readings {
        [] => problem,
        [only] => {
            let quoted = format!("\"{}\"", only.written);
            let place = problem.place();
            problem.cure(&format!("write `{quoted}`"), place, &quoted)
        }
        several => {
            let one =
                |reading: &Reading<T>| format!("`\"{}\"` ({})", reading.written, reading.said);
            let all: Vec<String> = several.iter().map(one).collect();
            problem.help(format!("say which is meant: {}", all.join(" or ")))
        }
    }
}

impl Decode for Span {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "pattern": "^\\s*([0-9]+(ms|[smhdw])\\s*)+$", "description": Self::LOOKS
        })
    }
}

impl Decode for ExerciseTime {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "pattern": "^\\s*[+-]?([0-9]+(ms|[smhdw])\\s*)+$",
            "description": "a time from STARTEX, such as `25m`, or before it, such as `-6h`"
        })
    }
}

impl Decode for Moment {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^\\s*([+-]?([0-9]+(ms|[smhdw])\\s*)+|[HTM][+-][0-9]+|(D[+-][0-9]+ )?[0-9]{2}:[0-9]{2}|J[+-][0-9]+ [0-9]{2}h[0-9]{2})\\s*$",
            "description": Self::LOOKS
        })
    }
}

impl Decode for Limit {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^\\s*([0-9]+(bd|mo)|([0-9]+(ms|[smhdw])\\s*)+)\\s*$",
            "description": Self::LOOKS
        })
    }
}

impl Decode for Law {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeKind::Group(group) = &node.kind else {
            return read(node, reader, Code::BadDuration);
        };
        if group.open != '[' || group.items.is_empty() {
            return reader.wrong_kind(node, "a duration, or a list of observed ones,");
        }
        let observed: Vec<Span> = Decode::decode(node, reader)?;
        (observed.len() == group.items.len()).then_some(Self::Observed(observed))
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let observed = <Span as Decode>::schema(generator);
        json_schema!({
            "anyOf": [
                { "type": "string", "description": Self::LOOKS },
                { "type": "array", "items": observed, "minItems": 1 }
            ]
        })
    }
}

/// How long a task takes. With a reason it is played as it is written, however short it is; every headline
/// names the task, and the score is partial.
pub type Takes = Reasoned<Law>;

impl Reasonable for Law {
    const TITLE: &'static str = "a time with its reason";
}

impl Decode for Day {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadTime)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "description": Self::LOOKS })
    }
}

/// Notations whose schema is their look.
macro_rules! notated {
    ($($type:ty: $code:ident,)+) => {
        $(
            impl Decode for $type {
                fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                    read(node, reader, Code::$code)
                }
                fn schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "description": <Self as Notation>::LOOKS })
                }
            }
        )+
    };
}

notated! {
    Start: BadTime,
    Age: BadTime,
    Every: BadTime,
    Hours: BadHours,
}

impl Decode for ZoneName {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if let NodeKind::Text(text) = &node.kind
            && let Err(misread) = notation::read::<Self>(text)
            && misread.readings.is_empty()
        {
            // Names of zones are names: the nearest one may be meant.
            let known = zone_names();
            let near = nearest(text, known.iter().map(String::as_str));
            reader.report(
                Diagnostic::new(Code::UnknownZone, misread.why, node.place)
                    .did_you_mean(near, true)
                    .note(Self::LOOKS),
            );
            return None;
        }
        read(node, reader, Code::UnknownZone)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "an IANA time zone, such as `Europe/Lisbon`" })
    }
}
