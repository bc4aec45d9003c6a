//! What the schema says of each field, and that the pages for people leave nothing out.

use super::{language_page, language_text, schema};
use crate::load::Kind;
use serde_json::{Map, Value};

const KINDS: [Kind; 4] = [
    Kind::Organisation,
    Kind::Plan,
    Kind::Scenario,
    Kind::Exercise,
];

/// Every object of a schema, with the path to it.
fn each<'a>(path: &str, value: &'a Value, see: &mut impl FnMut(&str, &'a Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            see(path, fields);
            for (name, of) in fields {
                each(&format!("{path}.{name}"), of, see);
            }
        }
        Value::Array(items) => items.iter().for_each(|of| each(path, of, see)),
        _ => {}
    }
}

fn said(value: &Value) -> &str {
    let said = value.get("description").and_then(Value::as_str);
    said.unwrap_or_default()
}

/// The fields of a schema whose description is missing, or is that of what they hold.
fn silent(schema: &Value) -> Vec<String> {
    let mut silent = Vec::new();
    each("", schema, &mut |path, fields| {
        let Some(Value::Object(properties)) = fields.get("properties") else {
            return;
        };
        // The one field of a word in JSON is the word, and what it means stands at the word.
        let is_word = said(&Value::Object(fields.clone())).len() > 1 && properties.len() == 1;
        for (name, of) in properties.iter().filter(|_| !is_word) {
            let name_of = of.get("$ref").and_then(Value::as_str);
            let meant = name_of.and_then(|name| schema.pointer(name.trim_start_matches('#')));
            let own = said(of);
            if !own.ends_with('.') || meant.is_some_and(|meant| said(meant) == own) {
                silent.push(format!("{path}.{name}: {own}"));
            }
        }
    });
    silent
}

#[test]
fn every_field_and_word_of_the_schema_says_what_it_means() {
    for kind in KINDS {
        let mut schema = schema(kind);
        // The file as a whole is no field of anything.
        schema
            .as_object_mut()
            .expect("a schema is an object")
            .remove("properties");
        assert_eq!(silent(&schema), Vec::<String>::new(), "{}", kind.name());
        each("", &schema, &mut |path, fields| {
            if let Some(Value::String(word)) = fields.get("const")
                && fields.len() > 1
            {
                let about = fields.get("description").and_then(Value::as_str);
                assert!(
                    about.is_some_and(|about| about.ends_with('.')),
                    "{path} {word}"
                );
            }
        });
        let defined = schema["$defs"].as_object().expect("there are definitions");
        for (name, of) in defined {
            assert!(said(of).ends_with('.'), "{name}: {}", said(of));
        }
    }
}

#[test]
fn a_field_that_says_only_its_format_is_found() {
    let schema = serde_json::json!({ "$defs": {
        "Duration": { "type": "string", "description": "Durations look like this." },
        "Asset": { "type": "object", "description": "An asset.", "properties": {
            "rto": { "$ref": "#/$defs/Duration", "description": "Durations look like this." },
            "rpo": { "$ref": "#/$defs/Duration" },
            "id": { "type": "string", "description": "Its id." },
        } }
    } });
    assert_eq!(silent(&schema).len(), 2);
}

#[test]
fn the_pages_for_people_have_every_field_and_word_with_its_meaning() {
    let narrow = language_text(Kind::Exercise, 60);
    let joined = narrow.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = language_page();
    let schema = schema(Kind::Exercise);
    let defined = schema["$defs"].as_object().expect("there are definitions");
    for (name, of) in defined {
        assert!(whole.contains(&format!("\n### {name}\n")), "{name}");
        assert!(narrow.contains(&format!("\n{name}\n")), "{name}");
        let properties = of.get("properties").and_then(Value::as_object);
        for (field, of) in properties.into_iter().flatten() {
            assert!(whole.contains(&format!("\n| `{field}`")), "{name}.{field}");
            assert!(joined.contains(&format!(" {field}: ")), "{name}.{field}");
            assert!(whole.contains(said(of)), "{name}.{field}");
            let about = said(of).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(joined.contains(&about), "{name}.{field}");
        }
    }
    assert!(
        narrow
            .lines()
            .all(|line| line.chars().count() <= 60 || !line.trim().contains(' '))
    );
}

#[test]
fn a_page_of_one_kind_speaks_of_no_other() {
    let plan = language_text(Kind::Plan, 80);
    assert!(
        plan.contains("\nTask\n") && !plan.contains("\nAsset\n") && !plan.contains("\nInject\n")
    );
}
