//! The schema of the view, kept true to its structs, and every story held against it.

use super::word;
use super::{Points, Run, run};
use crate::fixture;
use hotwash_engine::evaluation::ClockStart;
use hotwash_engine::exercise::{
    Capability, CapabilityElement, CauseCode, GapKind, Mark, Mode, Phase, Severity,
};
use hotwash_engine::record::{EndKind, Verdict};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

impl JsonSchema for Points {
    fn schema_name() -> Cow<'static, str> {
        "Points".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A score or a share from 0 to 100, with at most two decimals.",
            "type": "number",
            "minimum": 0,
            "maximum": 100,
        })
    }
}

fn words(words: impl IntoIterator<Item = impl Into<String>>) -> Schema {
    let words: Vec<String> = words.into_iter().map(Into::into).collect();
    json_schema!({ "type": "string", "enum": words })
}

fn or_null(of: impl Into<serde_json::Value>) -> Schema {
    let of: serde_json::Value = of.into();
    json_schema!({ "anyOf": [of, { "type": "null" }] })
}

macro_rules! word_schemas {
    ($($name:ident: $words:expr,)+) => {
        $(pub(super) fn $name(_: &mut SchemaGenerator) -> Schema {
            $words
        })+
    };
}

/// Every word of an enum that is written by its name.
fn named<T: serde::Serialize>(all: &[T]) -> Schema {
    words(all.iter().map(|word| {
        let value = serde_json::to_value(word).expect("a word is a text");
        value.as_str().expect("a word is a text").to_owned()
    }))
}

const VERDICTS: [Verdict; 12] = [
    Verdict::Met,
    Verdict::Late,
    Verdict::Breached,
    Verdict::NotRecognised,
    Verdict::Running,
    Verdict::HandedOn,
    Verdict::NotTriggered,
    Verdict::Needless,
    Verdict::Incomplete,
    Verdict::Phased,
    Verdict::WrongRecipient,
    Verdict::NotRequired,
];
const ENDS: [EndKind; 5] = [
    EndKind::Condition,
    EndKind::Limit,
    EndKind::Stalled,
    EndKind::LimitBroken,
    EndKind::Facilitator,
];
const GAPS: [GapKind; 9] = [
    GapKind::PhaseNotInPlan,
    GapKind::NoRole,
    GapKind::NoHolder,
    GapKind::NoAsset,
    GapKind::NoStakeholder,
    GapKind::NoChannel,
    GapKind::NoTask,
    GapKind::NoClause,
    GapKind::NotVisible,
];

/// From what the time of a phase can be shown.
fn origins() -> Schema {
    let marks = Mark::ALL.iter().map(|mark| ClockStart::Mark(*mark).name());
    let others = [
        ClockStart::DamageFound,
        ClockStart::RecoveryCompleted,
        ClockStart::Rejected,
    ];
    words(marks.chain(others.map(ClockStart::name)))
}

word_schemas! {
    mode: named(Mode::ALL),
    end_or_null: or_null(named(&ENDS)),
    phase: named(Phase::ALL),
    severity: named(Severity::ALL),
    severity_or_null: or_null(named(Severity::ALL)),
    capability: named(Capability::ALL),
    cause_or_null: or_null(named(CauseCode::ALL)),
    element_or_null: or_null(named(CapabilityElement::ALL)),
    verdict: named(&VERDICTS),
    verdict_or_null: or_null(named(&VERDICTS)),
    gap_kind: named(&GAPS),
    origin_or_null: or_null(origins()),
    gate: words(word::GATES),
    category: words(word::CATEGORIES.iter().copied()),
    not_scored_or_null: or_null(words(word::NOT_SCORED.iter().copied())),
    rating: words(word::RATINGS.iter().copied()),
    score_by: words(word::SCORE_BY.iter().copied()),
    coverage_status: words(word::COVERAGE_STATUS.iter().copied()),
    standing: words(word::STANDINGS.iter().copied()),
    not_exercised: or_null(words(word::NOT_EXERCISED.iter().copied())),
    tick: words(word::TICKS.iter().copied()),
    finding_kind: words(word::FINDING_KINDS.iter().copied()),
}

/// The schema of the structs: every key is there in every run, and there is no other.
fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let mut schema = settings
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Run>()
        .to_value();
    close(&mut schema);
    schema
}

/// Requires every property of every object and refuses others.
pub(crate) fn close(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let keys = object
                .get("properties")
                .and_then(Value::as_object)
                .map(|properties| {
                    properties
                        .keys()
                        .cloned()
                        .map(Value::String)
                        .collect::<Vec<_>>()
                });
            if let Some(keys) = keys {
                object.insert("required".to_owned(), Value::Array(keys));
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Holds a schema against the committed one of this name.
#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "the committed schema is a file, and accepting a change writes it"
)]
pub(crate) fn committed(schema: &Value, name: &str) {
    let made = serde_json::to_string_pretty(schema).unwrap() + "\n";
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema");
    let path = format!("{folder}/{name}.schema.json");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == committed,
        "the shape of {name} changed: accept it with INSTA_UPDATE=always, describe it in docs/, and \
         raise SCHEMA_VERSION unless it only adds keys"
    );
}

/// Holds a text in JSON against a schema, and returns its value.
pub(crate) fn fits(text: &str, schema: &Value) -> Value {
    let value: Value = serde_json::from_str(text).unwrap();
    check(&value, schema, schema, "it");
    value
}

#[test]
fn the_committed_schema_is_that_of_the_structs() {
    committed(&schema(), "simulate");
}

/// Holds a value against a schema, as far as this schema goes.
fn check(value: &Value, schema: &Value, root: &Value, place: &str) {
    let Some(schema) = schema.as_object() else {
        return;
    };
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name
            .strip_prefix("#/$defs/")
            .expect("a reference within the schema");
        return check(value, &root["$defs"][name], root, place);
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        let null = |choice: &&Value| choice["type"] == json!("null");
        if value.is_null() && choices.iter().any(|choice| null(&choice)) {
            return;
        }
        let other = choices
            .iter()
            .find(|choice| !null(choice))
            .expect("one that is not null");
        return check(value, other, root, place);
    }
    check_type(value, schema, place);
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        assert!(
            words.contains(value),
            "{place}: {value} is none of {words:?}"
        );
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (i, item) in list.iter().enumerate() {
            check(item, items, root, &format!("{place}[{i}]"));
        }
    }
    if let (Some(Value::Object(properties)), Some(object)) =
        (schema.get("properties"), value.as_object())
    {
        for (key, item) in object {
            let property = properties
                .get(key)
                .unwrap_or_else(|| panic!("{place}.{key} is new"));
            check(item, property, root, &format!("{place}.{key}"));
        }
        for key in properties.keys() {
            assert!(object.contains_key(key), "{place}.{key} is missing");
        }
    }
}

fn check_type(value: &Value, schema: &Map<String, Value>, place: &str) {
    let allowed: Vec<&str> = match schema.get("type") {
        Some(Value::String(only)) => vec![only],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let fits = allowed.iter().any(|kind| match *kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{place}: no such type {other}"),
    });
    assert!(fits, "{place}: {value} is no {allowed:?}");
}

#[test]
fn every_story_fits_the_schema() {
    let schema = schema();
    let told = [
        fixture::clinic(),
        fixture::five_minutes(),
        fixture::nobody_home(),
        fixture::three_incidents(),
        fixture::other_scripts(),
    ];
    for told in told {
        let text = run(&told.exercise, &told.record, &told.evaluation, None);
        let value: Value = serde_json::from_str(&text).unwrap();
        check(&value, &schema, &schema, "run");
        assert_eq!(value["phases"].as_array().unwrap().len(), 6);
        assert_eq!(
            value["incidents"].as_array().unwrap().len(),
            told.evaluation.incidents.len()
        );
    }
}

#[test]
fn the_clinic_as_scripts_see_it() {
    let told = fixture::clinic();
    insta::assert_snapshot!(run(&told.exercise, &told.record, &told.evaluation, None));
}

#[test]
fn what_is_not_known_is_null_and_never_0() {
    let told = fixture::nobody_home();
    let value: Value =
        serde_json::from_str(&run(&told.exercise, &told.record, &told.evaluation, None)).unwrap();
    assert_eq!(value["score"], Value::Null);
    for phase in value["phases"].as_array().unwrap() {
        for key in [
            "origin",
            "origin_ms",
            "reached_ms",
            "completed_ms",
            "target_ms",
            "score",
        ] {
            assert_eq!(phase[key], Value::Null, "{key}");
        }
    }
    assert_eq!(value["impact"]["ideal"], Value::Null);
}

#[test]
fn scores_are_written_without_false_digits() {
    let written = |points| {
        let points = Points(hotwash_engine::exercise::BasisPoints(points));
        serde_json::to_string(&points).unwrap()
    };
    assert_eq!(written(0), "0.0");
    assert_eq!(written(6_412), "64.12");
    assert_eq!(written(7_001), "70.01");
    assert_eq!(written(10_000), "100.0");
    for points in 0..=10_000 {
        let read: f64 = written(points).parse().unwrap();
        assert!((read * 100.0 - f64::from(points)).abs() < 1e-6);
    }
}
