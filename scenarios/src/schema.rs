//! JSON Schema of the four kinds of definition, from the same declarations that read them.
//!
//! `hotwash schema` prints it, and [`reference`] makes the pages for people of it. It says of every field and word
//! what it means; how a value is written is said once, where its notation is defined.

mod reference;
#[cfg(test)]
mod tests;

pub use reference::{language_page, language_text};

use crate::definition::{Exercise, Organisation, Plan, Scenario};
use crate::load::Kind;
use crate::read::Decode;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// The JSON Schema of a kind of definition, as JSON. It describes the JSON form: `{"Plan": {...}}`.
pub fn schema(kind: Kind) -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let inner = match kind {
        Kind::Organisation => <Organisation as Decode>::schema(&mut generator),
        Kind::Plan => <Plan as Decode>::schema(&mut generator),
        Kind::Scenario => <Scenario as Decode>::schema(&mut generator),
        Kind::Exercise => <Exercise as Decode>::schema(&mut generator),
    };
    let mut properties = Map::new();
    properties.insert(kind.name().to_owned(), inner.to_value());
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.name(),
        "type": "object",
        "properties": properties,
        "required": [kind.name()],
        "additionalProperties": false,
        "$defs": generator.take_definitions(true),
    })
}

/// Defines a schema under a name, and refers to it: what it says of itself stands there, and beside the reference
/// there is room for what it means here.
pub(crate) fn named(generator: &mut SchemaGenerator, name: &str, schema: Schema) -> Schema {
    let definitions = generator.definitions_mut();
    definitions.insert(name.to_owned(), schema.to_value());
    Schema::new_ref(format!("#/$defs/{name}"))
}

/// What each word of a vocabulary means, as its declaration says.
pub(crate) struct Meanings(Value);

impl Meanings {
    pub(crate) fn of<T: JsonSchema>() -> Self {
        let mut generator = SchemaSettings::draft2020_12().into_generator();
        Self(T::json_schema(&mut generator).to_value())
    }

    /// The meaning of a word; empty where there is no such word.
    pub(crate) fn of_word(&self, word: &str) -> &str {
        let words = self.0.get("oneOf").and_then(Value::as_array);
        let mut words = words.into_iter().flatten();
        let found = words.find(|one| one.get("const").and_then(Value::as_str) == Some(word));
        found
            .and_then(|one| one.get("description")?.as_str())
            .unwrap_or_default()
    }
}

/// A record while its schema is put together.
pub(crate) struct Record {
    doc: String,
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl Record {
    pub(crate) fn new(doc: &str) -> Self {
        Self {
            doc: joined(doc),
            properties: Map::new(),
            required: Vec::new(),
        }
    }

    pub(crate) fn field(&mut self, name: &str, doc: &str, required: bool, schema: Schema) {
        let mut schema = schema;
        schema.insert("description".to_owned(), Value::String(joined(doc)));
        self.properties.insert(name.to_owned(), schema.to_value());
        if required {
            self.required.push(Value::String(name.to_owned()));
        }
    }

    pub(crate) fn finish(self) -> Schema {
        let (doc, properties, required) = (self.doc, self.properties, self.required);
        json_schema!({
            "description": doc,
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false
        })
    }
}

/// A choice of words while its schema is put together.
pub(crate) struct Choice {
    doc: String,
    words: Vec<Value>,
}

impl Choice {
    pub(crate) fn new(doc: &str) -> Self {
        Self {
            doc: joined(doc),
            words: Vec::new(),
        }
    }

    /// A word with its arguments and whether each is required.
    pub(crate) fn word(&mut self, name: &str, doc: &str, arguments: Vec<(Schema, bool)>) {
        let doc = joined(doc);
        let least = arguments.iter().filter(|(_, required)| *required).count();
        if least == 0 {
            self.words
                .push(serde_json::json!({ "const": name, "description": doc }));
        }
        if arguments.is_empty() {
            return;
        }
        let value = match arguments.len() {
            1 => arguments[0].0.clone().to_value(),
            count => {
                let items: Vec<Value> = arguments
                    .into_iter()
                    .map(|(schema, _)| schema.to_value())
                    .collect();
                serde_json::json!({
                    "type": "array", "prefixItems": items, "minItems": least, "maxItems": count
                })
            }
        };
        let mut properties = Map::new();
        properties.insert(name.to_owned(), value);
        self.words.push(serde_json::json!({
            "type": "object",
            "description": doc,
            "properties": properties,
            "required": [name],
            "additionalProperties": false
        }));
    }

    pub(crate) fn finish(self) -> Schema {
        let (doc, words) = (self.doc, self.words);
        json_schema!({ "description": doc, "oneOf": words })
    }
}

/// A doc comment as one line.
fn joined(doc: &str) -> String {
    let lines: Vec<&str> = doc.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}
