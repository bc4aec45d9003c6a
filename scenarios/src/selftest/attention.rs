//! Attention that changes its rate at the end of a shift.

use super::check::Check;
use super::theory::Stretches;
use super::trial::{Trial, exercise, fill, minutes};
use hotwash_engine::exercise::{ExerciseTime, Span};
use hotwash_engine::record::{Event, Record};
use std::collections::BTreeMap;

/// Messages of a run, each with a demand of its own.
const MESSAGES: usize = 60;

/// How long each message lay unnoticed.
fn unnoticed(record: &Record) -> Vec<Span> {
    let mut sent = BTreeMap::new();
    let mut spans = Vec::new();
    for entry in &record.entries {
        match &entry.event {
            Event::MessageSent { message, .. } => {
                sent.insert(*message, entry.at);
            }
            Event::MessageNoticed { message, .. } => {
                let from = sent.get(message).copied().unwrap_or(ExerciseTime::NEVER);
                spans.push(entry.at - from);
            }
            _ => {}
        }
    }
    spans
}

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let inject = |i| {
        format!(
            r#"(id: "m{i:02}", at: "0m", from: "A customer", to: Analyst, via: Mail, text: "A question.", noise: true), "#
        )
    };
    let injects: String = (0..MESSAGES).map(inject).collect();
    let text = fill(include_str!("attention.ron"), &[("injects", &injects)]);
    let exercise = exercise(&text);
    let runs = trial.runs(20, 150);
    let mut spans = Vec::new();
    for run in 0..runs {
        spans.extend(unnoticed(&trial.play(&exercise, run)));
    }
    let law = Stretches {
        stretches: vec![(20.0, 10.0), (60.0, 15.0 * 60.0), (20.0, f64::INFINITY)],
    };
    let all = runs * MESSAGES as u64;
    let by = |bound: i64| {
        let noticed = spans.iter().filter(|span| **span <= Span::minutes(bound));
        (noticed.count() as u64, all)
    };
    let observed: Vec<f64> = spans.iter().map(|span| minutes(*span)).collect();
    vec![
        Check::share("noticed by the end of the shift", law.by(10.0), by(10)),
        Check::share("noticed within 40 min", law.by(40.0), by(40)),
        Check::share("noticed within 2 h", law.by(120.0), by(120)),
        Check::mean("mean time until noticed, min", law.mean(), &observed),
    ]
}
