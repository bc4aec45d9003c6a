//! The reference of the language for people, made from the schema of its kinds.
//!
//! `hotwash schema KIND --format text` prints [`language_text`], and `docs/language.md` is [`language_page`]; both are the same
//! definitions in the same order, in two looks. Nothing here knows a field by name: what is not in the schema is
//! not on a page.

mod markdown;
mod shape;
mod text;

use super::schema;
use crate::load::Kind;
use serde_json::{Map, Value};
use shape::Shape;
use std::collections::BTreeSet;

/// The fields, words and notations of a kind of definition, for a terminal of so many columns.
pub fn language_text(kind: Kind, width: usize) -> String {
    text::render(kind.name(), &definitions(kind), width)
}

/// The whole language as a Markdown page.
pub fn language_page() -> String {
    markdown::render(&definitions(Kind::Exercise))
}

/// Something that can be written, under the name by which others refer to it.
struct Definition {
    name: String,
    about: String,
    what: What,
}

/// What can be written.
enum What {
    /// Fields in brackets.
    Record(Vec<Field>),
    /// One of these, some with things in brackets.
    Choice(Vec<Form>),
    /// One of these bare words.
    Words(Vec<Form>),
    /// A value in a notation of its own, or one of several things.
    Notation(Shape),
}

struct Field {
    name: String,
    shape: Shape,
    required: bool,
    about: String,
}

struct Form {
    shape: Shape,
    about: String,
}

/// All definitions of a kind in the order in which they are first spoken of, grouped by what they are.
fn definitions(kind: Kind) -> Vec<Definition> {
    let schema = schema(kind);
    let empty = Map::new();
    let defined = schema.get("$defs").and_then(Value::as_object);
    let defined = defined.unwrap_or(&empty);
    let mut order = vec![kind.name().to_owned()];
    let mut seen: BTreeSet<String> = order.iter().cloned().collect();
    let mut at = 0;
    while let Some(name) = order.get(at).cloned() {
        at += 1;
        let Some(one) = defined.get(&name) else {
            continue;
        };
        for named in shape::names(one) {
            if seen.insert(named.clone()) {
                order.push(named);
            }
        }
    }
    let all = order.into_iter();
    let all = all.filter_map(|name| Some(definition(defined.get(&name)?, defined, name)));
    let mut all: Vec<Definition> = all.collect();
    all.sort_by_key(|one| one.what.group());
    all
}

impl What {
    const fn group(&self) -> usize {
        match self {
            Self::Record(_) => 0,
            Self::Choice(_) => 1,
            Self::Words(_) => 2,
            Self::Notation(_) => 3,
        }
    }
}

/// The groups in their order, each with what it holds.
const GROUPS: [(&str, &str); 4] = [
    (
        "Elements",
        "An element is written in round brackets, field by field: `(id: \"mail\", kind: MailServer)`. A field that is \
         not marked as required may be left out; its meaning says what stands for it then.",
    ),
    (
        "Words with brackets",
        "One of these words. What stands in brackets behind it is what it speaks of; what is marked with `?` may be \
         left out.",
    ),
    ("Words", "One of these words, written bare."),
    (
        "Notations",
        "How values are written. What else is understood, and offered as a cure, stands in docs/notations.md.",
    ),
];

fn definition(schema: &Value, defined: &Map<String, Value>, name: String) -> Definition {
    let about = described(schema).to_owned();
    let what = match (schema.get("properties"), words(schema)) {
        (Some(_), _) => What::Record(fields(schema, defined)),
        (None, Some(words)) => {
            let forms: Vec<Form> = forms(words, defined);
            if forms.iter().all(|form| form.shape.is_bare()) {
                What::Words(forms)
            } else {
                What::Choice(forms)
            }
        }
        (None, None) => What::Notation(Shape::of(schema, defined)),
    };
    Definition { name, about, what }
}

/// The words of a choice, where a schema is one. Other schemas with alternatives have no words of their own.
fn words(schema: &Value) -> Option<&Vec<Value>> {
    let words = schema.get("oneOf")?.as_array()?;
    let is_word = |one: &Value| shape::word(one).is_some();
    words.iter().all(is_word).then_some(words)
}

fn fields(schema: &Value, defined: &Map<String, Value>) -> Vec<Field> {
    let required = schema.get("required").and_then(Value::as_array);
    let required: Vec<&str> = required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = schema.get("properties").and_then(Value::as_object);
    let field = |(name, of): (&String, &Value)| Field {
        name: name.clone(),
        shape: Shape::of(of, defined),
        required: required.contains(&name.as_str()),
        about: described(of).to_owned(),
    };
    properties.into_iter().flatten().map(field).collect()
}

/// The forms of the words; the bare form of a word and that with brackets are one.
fn forms(words: &[Value], defined: &Map<String, Value>) -> Vec<Form> {
    let mut forms: Vec<(String, Form)> = Vec::new();
    for one in words {
        let Some((word, arguments)) = shape::word(one) else {
            continue;
        };
        let may_be_bare = forms.last().is_some_and(|(before, _)| *before == word);
        let shape = Shape::of_word(&word, arguments, may_be_bare, defined);
        let form = Form {
            shape,
            about: described(one).to_owned(),
        };
        if may_be_bare {
            forms.pop();
        }
        forms.push((word, form));
    }
    forms.into_iter().map(|(_, form)| form).collect()
}

fn described(schema: &Value) -> &str {
    let description = schema.get("description").and_then(Value::as_str);
    description.unwrap_or_default()
}
