//! Names mean nothing: with other ids the same record is judged the same.

use crate::runs::{ALL, Run, SCENARIOS, exercise, judge, texts};
use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::{Exercise, Parts};
use hotwash_engine::record::wire::Named;
use hotwash_engine::record::{Entry, Record, WireEntry};
use hotwash_scenarios::Source;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many runs of each scenario are renamed.
const FEW: usize = 8;

/// Every id that the definitions give, with another in its place.
fn other_ids(parts: &Parts, other: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    macro_rules! all {
        ($($list:expr),+ $(,)?) => {
            $(for of in &$list {
                ids.insert(of.slug.to_string(), other(of.slug.as_str()));
            })+
        };
    }
    let (house, plan, scenario) = (&parts.organisation, &parts.plan, &parts.scenario);
    all!(
        house.people,
        house.roles,
        house.teams,
        house.groups,
        house.assets,
        house.channels,
        house.sources,
        house.stakeholders,
        house.risks,
        plan.tasks,
        plan.decisions,
        plan.obligations,
        plan.programme,
        scenario.steps,
        scenario.injects,
        scenario.expectations,
        scenario.objectives,
    );
    for decision in &plan.decisions {
        all!(decision.options);
    }
    ids
}

fn renamed_texts(texts: &[Source], ids: &BTreeMap<String, String>) -> Vec<Source> {
    // The duties of law have the names that their regime gives them.
    let rename = |text: &str| {
        let mut of_law = false;
        let pieces = text.split('"').map(|piece| {
            let kept = std::mem::replace(&mut of_law, piece.ends_with("duty: "));
            let other = ids.get(piece).filter(|_| !kept);
            other.map_or(piece, String::as_str)
        });
        pieces.collect::<Vec<_>>().join("\"")
    };
    let all = texts.iter();
    all.map(|of| Source::new(of.name.clone(), rename(&of.text)))
        .collect()
}

/// A piece of work is written as `task@incident#ordinal`, an option with its decision.
fn renamed_words(text: &str, ids: &BTreeMap<String, String>) -> String {
    let between = |c: char| !c.is_alphanumeric() && c != '-' && c != '_';
    let words = text.split_inclusive(between).map(|word| {
        let end = word.trim_end_matches(between).len();
        let (word, rest) = word.split_at(end);
        format!("{}{rest}", ids.get(word).map_or(word, String::as_str))
    });
    words.collect()
}

fn renamed_value(value: Value, ids: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => Value::String(renamed_words(&text, ids)),
        Value::Array(all) => all.into_iter().map(|of| renamed_value(of, ids)).collect(),
        Value::Object(all) => {
            let fields = all.into_iter();
            Value::Object(
                fields
                    .map(|(key, of)| (key, renamed_value(of, ids)))
                    .collect(),
            )
        }
        other => other,
    }
}

/// The record as it would have been written with the other ids.
fn renamed_record(run: &Run, to: &Arc<Exercise>, ids: &BTreeMap<String, String>) -> Record {
    let entries = run.record.entries.iter().map(|entry| {
        let written =
            serde_json::to_value(entry.write(run.exercise.names())).expect("it is written");
        let wire: WireEntry =
            serde_json::from_value(renamed_value(written, ids)).expect("it is an entry");
        Entry::read(wire, to.names()).expect("every name is renamed")
    });
    let mut record = Record {
        header: run.record.header.clone(),
        entries: entries.collect(),
    };
    record.header.exercise = Arc::clone(to);
    record
}

fn each(other: impl Fn(&str) -> String, look: impl Fn(&Run, &Evaluation, &Exercise)) {
    for (scenario, runs) in SCENARIOS.into_iter().zip(ALL.iter()) {
        let ids = other_ids(runs[0].exercise.parts(), &other);
        let renamed = exercise(&renamed_texts(&texts(scenario), &ids));
        for run in &runs[..FEW] {
            let record = renamed_record(run, &renamed, &ids);
            look(run, &judge(&renamed, &record), &renamed);
        }
    }
}

#[test]
fn with_other_ids_in_the_same_order_a_record_is_judged_the_same_but_for_the_names() {
    each(
        |id| format!("q-{id}"),
        |run, evaluation, renamed| {
            assert_ne!(run.exercise.names(), renamed.names());
            assert_eq!(run.evaluation, *evaluation);
        },
    );
}

/// The id in the mirror of the alphabet, which turns the order round.
fn mirrored(id: &str) -> String {
    let mirror = |c: char| match c {
        'a'..='z' => char::from(b'a' + b'z' - c as u8),
        other => other,
    };
    id.to_lowercase().chars().map(mirror).collect()
}

#[test]
fn with_ids_in_another_order_the_scores_and_the_findings_are_the_same() {
    each(mirrored, |run, evaluation, renamed| {
        let first = |exercise: &Exercise| exercise.organisation().people[0].slug.to_string();
        assert_ne!(mirrored(&first(&run.exercise)), first(renamed));
        let score = |of: &Evaluation| {
            let score = of.score.as_ref();
            score.map(|of| (of.carried_out, of.score, of.gates.len(), of.weights))
        };
        assert_eq!(score(&run.evaluation), score(evaluation));
        for (old, new) in run
            .evaluation
            .main()
            .phases
            .iter()
            .zip(&evaluation.main().phases)
        {
            assert_eq!(
                (old.timeliness, old.coverage, old.judgement, old.score),
                (new.timeliness, new.coverage, new.judgement, new.score),
                "{}",
                old.phase
            );
        }
        let found = |of: &Evaluation| {
            let each = of.every_finding();
            let mut all: Vec<_> = each.map(|of| (of.kind, of.cause)).collect();
            all.sort_unstable_by_key(|of| format!("{of:?}"));
            all
        };
        assert_eq!(found(&run.evaluation), found(evaluation));
        // One root is one finding, whatever its things are called.
        assert_eq!(run.evaluation.findings.len(), evaluation.findings.len());
    });
}
