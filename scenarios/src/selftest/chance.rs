//! Choosing: an exponential race among equal candidates.

use super::check::{Cases, Check};
use super::trial::{Trial, exercise, fill};
use hotwash_engine::exercise::{AssetId, Exercise, StepId};
use hotwash_engine::record::{Event, Record};
use std::collections::BTreeMap;
use std::sync::Arc;

const STEPS: usize = 20;
/// One of five, and two of five.
const ASSETS: usize = 5;

fn race(assets: usize) -> Arc<Exercise> {
    let asset = |i| format!(r#"(id: "a{i}", kind: Database), "#);
    let step = |i| {
        format!(
            r#"(id: "one-{i:02}", takes: "1m", targets: One(Kind(Database)), effect: Compromise),
               (id: "two-{i:02}", takes: "1m", targets: AtMost(2, Kind(Database)), effect: Compromise), "#
        )
    };
    let (assets_text, steps): (String, String) = (
        (0..assets).map(asset).collect(),
        (0..STEPS).map(step).collect(),
    );
    exercise(&fill(
        include_str!("race.ron"),
        &[
            ("count", &assets.to_string()),
            ("assets", &assets_text),
            ("steps", &steps),
        ],
    ))
}

/// The targets of each step.
fn picks(record: &Record) -> BTreeMap<StepId, Vec<AssetId>> {
    let started = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::StepStarted { step, targets } => Some((*step, targets.to_vec())),
            _ => None,
        });
    started.collect()
}

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let (five, six) = (race(ASSETS), race(ASSETS + 1));
    let newcomer = AssetId::new(ASSETS);
    let (mut first, mut pair, mut won, mut single) = (0, 0, 0, 0);
    let mut stable = Cases::new();
    for run in 0..trial.runs(50, 250) {
        let (before, after) = (
            picks(&trial.play(&five, run)),
            picks(&trial.play(&six, run)),
        );
        for (step, targets) in &before {
            let with = after.get(step).cloned().unwrap_or_default();
            if targets.len() == 1 {
                single += 1;
                first += u64::from(targets[0] == AssetId::new(0));
                won += u64::from(with == [newcomer]);
                let unmoved = with == *targets || with == [newcomer];
                stable.holds(unmoved, || format!("{targets:?} became {with:?}"));
            } else {
                let mut sorted = targets.clone();
                sorted.sort_unstable();
                pair += u64::from(sorted == [AssetId::new(1), AssetId::new(2)]);
            }
        }
    }
    vec![
        Check::share("one of five: chance of a given asset", 0.2, (first, single)),
        Check::share("two of five: chance of a given pair", 0.1, (pair, single)),
        Check::share(
            "a sixth joins: chance that it wins",
            1.0 / 6.0,
            (won, single),
        ),
        Check::exact("a sixth joins: it wins or nothing changes", stable),
    ]
}
