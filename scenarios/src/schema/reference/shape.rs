//! How a value is written, in the author's own signs: `[Id, ..]`, `Range or (Range, because: text)`.

use serde_json::{Map, Value};

/// How a value is written: pieces of text, and names of definitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shape(pub(super) Vec<Piece>);

/// A piece of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it is.
    Text(String),
    /// The name of a definition.
    Name(String),
}

impl Shape {
    /// How what a schema describes is written.
    pub(super) fn of(schema: &Value, defined: &Map<String, Value>) -> Self {
        let mut shape = Self::default();
        shape.add(schema, defined);
        shape
    }

    /// A word with what stands in its brackets.
    pub(super) fn of_word(
        word: &str,
        arguments: Option<&Value>,
        may_be_bare: bool,
        defined: &Map<String, Value>,
    ) -> Self {
        let mut shape = Self::default();
        shape.text(word);
        if let Some(arguments) = arguments {
            shape.arguments(arguments, may_be_bare, defined);
        }
        shape
    }

    /// Whether it is a word without brackets.
    pub(super) fn is_bare(&self) -> bool {
        match &self.0[..] {
            [Piece::Text(text)] => !text.contains('('),
            _ => false,
        }
    }

    /// The shape itself where it speaks of other definitions: of a text in a notation there is nothing more to say.
    pub(super) fn of_others(&self) -> Option<&Self> {
        let names = |piece: &Piece| matches!(piece, Piece::Name(_));
        self.0.iter().any(names).then_some(self)
    }

    /// It as text.
    pub(super) fn plain(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Name(text) => text.as_str(),
        });
        pieces.collect()
    }

    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    fn add(&mut self, schema: &Value, defined: &Map<String, Value>) {
        if let Some(name) = name(schema) {
            self.0.push(Piece::Name(name.to_owned()));
        } else if let Some(all) = alternatives(schema) {
            self.either(all, defined);
        } else if let Some((word, arguments)) = word(schema) {
            self.text(&word);
            if let Some(arguments) = arguments {
                self.arguments(arguments, false, defined);
            }
        } else if let Some(title) = schema.get("title").and_then(Value::as_str) {
            self.text(title);
        } else {
            self.by_type(schema, defined);
        }
    }

    fn array(&mut self, schema: &Value, defined: &Map<String, Value>) {
        if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
            self.text("(");
            self.listed(items, items.len(), defined);
            self.text(")");
        } else {
            self.text("[");
            self.add(&schema["items"], defined);
            self.text(", ..]");
        }
    }

    fn object(&mut self, schema: &Value, defined: &Map<String, Value>) {
        if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
            self.text("(");
            self.fields(fields, defined);
            self.text(")");
        } else {
            self.text("{");
            self.add(&schema["propertyNames"], defined);
            self.text(": ");
            self.add(&schema["additionalProperties"], defined);
            self.text(", ..}");
        }
    }

    fn by_type(&mut self, schema: &Value, defined: &Map<String, Value>) {
        match schema.get("type").and_then(Value::as_str) {
            Some("array") => self.array(schema, defined),
            Some("object") => self.object(schema, defined),
            Some("boolean") => self.text("true or false"),
            Some("string") => self.text("text"),
            other => self.text(other.unwrap_or("anything")),
        }
    }

    /// One of several, each once: `Id or [Id, ..]`.
    fn either(&mut self, all: &[Value], defined: &Map<String, Value>) {
        let mut said: Vec<Self> = Vec::new();
        for one in all {
            let shape = Self::of(one, defined);
            if !said.contains(&shape) {
                said.push(shape);
            }
        }
        for (index, shape) in said.into_iter().enumerate() {
            if index > 0 {
                self.text(" or ");
            }
            for piece in shape.0 {
                match piece {
                    Piece::Text(text) => self.text(&text),
                    Piece::Name(_) => self.0.push(piece),
                }
            }
        }
    }

    /// What stands in the brackets of a word: several things in a row, fields with their names, or one thing.
    fn arguments(&mut self, of: &Value, may_be_bare: bool, defined: &Map<String, Value>) {
        self.text("(");
        let record = name(of).and_then(|name| defined.get(name)?.get("properties")?.as_object());
        match (of.get("prefixItems").and_then(Value::as_array), record) {
            (Some(items), _) => {
                let least = of.get("minItems").and_then(Value::as_u64);
                let least = least.and_then(|least| usize::try_from(least).ok());
                self.listed(items, least.unwrap_or(0), defined);
            }
            (None, Some(fields)) => self.fields(fields, defined),
            (None, None) => {
                self.add(of, defined);
                if may_be_bare {
                    self.text("?");
                }
            }
        }
        self.text(")");
    }

    fn listed(&mut self, items: &[Value], least: usize, defined: &Map<String, Value>) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text(", ");
            }
            self.add(item, defined);
            if index >= least {
                self.text("?");
            }
        }
    }

    /// Fields in a row. A value that has a reason behind it stands without its name.
    fn fields(&mut self, fields: &Map<String, Value>, defined: &Map<String, Value>) {
        for (index, (name, of)) in fields.iter().enumerate() {
            if index > 0 {
                self.text(", ");
            }
            if !(name == "value" && fields.contains_key("because")) {
                self.text(&format!("{name}: "));
            }
            self.add(of, defined);
        }
    }
}

/// The name of the definition that a schema refers to.
fn name(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    let all = schema.get("anyOf").or_else(|| schema.get("oneOf"))?;
    all.as_array()
}

/// A word, with what stands in its brackets in the form with brackets.
pub(super) fn word(schema: &Value) -> Option<(String, Option<&Value>)> {
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return Some((word.to_owned(), None));
    }
    let properties = schema.get("properties")?.as_object()?;
    let (word, arguments) = properties.iter().next()?;
    let alone = properties.len() == 1 && word.starts_with(|first: char| first.is_uppercase());
    alone.then(|| (word.clone(), Some(arguments)))
}

/// The names of the definitions that a schema speaks of, in order.
pub(super) fn names(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(schema, &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(name(value).map(ToOwned::to_owned));
            fields.values().for_each(|of| collect(of, found));
        }
        Value::Array(items) => items.iter().for_each(|of| collect(of, found)),
        _ => {}
    }
}
