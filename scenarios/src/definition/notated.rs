//! How values that are written in a notation are read, and their schema.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::notation::{
    self, Age, Every, Hours, Moment, Notation, Reading, Start, ZoneName, zone_names,
};
use crate::read::{Decode, Reader, Reasonable, Reasoned};
use crate::schema::named;
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

/// The schema of a notation, under the name by which fields refer to it.
fn form<T: Notation>(generator: &mut SchemaGenerator, name: &str, pattern: Option<&str>) -> Schema {
    let mut schema = json_schema!({ "type": "string", "description": sentence::<T>() });
    if let Some(pattern) = pattern {
        schema.insert("pattern".to_owned(), pattern.into());
    }
    named(generator, name, schema)
}

/// How a notation looks, as a sentence.
fn sentence<T: Notation>() -> String {
    let mut letters = T::LOOKS.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

impl Decode for Span {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let pattern = r"^\s*([0-9]+(ms|[smhdw])\s*)+$";
        form::<Self>(generator, "Duration", Some(pattern))
    }
}

impl Decode for ExerciseTime {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let pattern = r"^\s*[+-]?([0-9]+(ms|[smhdw])\s*)+$";
        form::<Self>(generator, "TimeFromStartex", Some(pattern))
    }
}

impl Decode for Moment {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let pattern = r"^\s*([+-]?([0-9]+(ms|[smhdw])\s*)+|[HTM][+-][0-9]+|(D[+-][0-9]+ )?[0-9]{2}:[0-9]{2}|J[+-][0-9]+ [0-9]{2}h[0-9]{2})\s*$";
        form::<Self>(generator, "Moment", Some(pattern))
    }
}

impl Decode for Limit {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, Code::BadDuration)
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let pattern = r"^\s*([0-9]+(bd|mo)|([0-9]+(ms|[smhdw])\s*)+)\s*$";
        form::<Self>(generator, "Limit", Some(pattern))
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
        let schema = json_schema!({
            "description": format!("{} A list holds durations that were observed.", sentence::<Self>()),
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": observed, "minItems": 1 }
            ]
        });
        named(generator, "Range", schema)
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
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        form::<Self>(generator, "Date", None)
    }
}

/// Notations whose schema is their look.
macro_rules! notated {
    ($($type:ty: $code:ident $name:literal,)+) => {
        $(
            impl Decode for $type {
                fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                    read(node, reader, Code::$code)
                }
                fn schema(generator: &mut SchemaGenerator) -> Schema {
                    form::<Self>(generator, $name, None)
                }
            }
        )+
    };
}

notated! {
    Start: BadTime "Start",
    Age: BadTime "Age",
    Every: BadTime "Interval",
    Hours: BadHours "Hours",
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
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        form::<Self>(generator, "TimeZone", None)
    }
}
