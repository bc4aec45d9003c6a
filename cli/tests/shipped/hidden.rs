//! Nobody acts on what nobody can know.

use crate::runs::{exercise, texts, with};
use hotwash_engine::exercise::{AssetId, AssetState, Measure};
use hotwash_engine::record::Event;
use hotwash_engine::simulation::{Setup, Simulation};
use std::sync::Arc;

const RUNS: u64 = 1_000;
/// How many lanes share a world.
const LANES: u64 = 50;

#[test]
fn an_asset_whose_compromise_nothing_reveals_is_isolated_in_none_of_a_thousand_runs() {
    let texts = texts("ransomware-friday-evening");
    // No link leads to it, nothing depends on it, and no source sees the step.
    let texts = with(
        &texts,
        "(id: \"telephony\",",
        "(id: \"cellar-sensors\", kind: SensorNetwork), (id: \"telephony\",",
    );
    let texts = with(
        &texts,
        "attack: [",
        "attack: [(id: \"creep\", takes: \"1m\", targets: Kind(SensorNetwork), \
         effect: Compromise, visibility: 0, stopped_by: [Isolate]),",
    );
    let texts = with(&texts, "ends: Any", "limit: \"1d\", ends: Any");
    let exercise = exercise(&texts);
    let assets = exercise.organisation().assets.iter();
    let hidden = assets.map(|asset| asset.slug.as_str());
    let hidden = hidden.into_iter().position(|slug| slug == "cellar-sensors");
    let hidden = AssetId::new(hidden.expect("it was added"));
    let mut others = 0;
    for first in (0..RUNS).step_by(LANES as usize) {
        let setups: Vec<Setup> = (first..first + LANES)
            .map(|run| Setup::of(1, run))
            .collect();
        let mut lanes = Simulation::new(Arc::clone(&exercise), &setups);
        lanes.finish();
        for lane in 0..setups.len() {
            let entries = lanes.take_entries(lane);
            let fell = entries.iter().any(|entry| {
                matches!(entry.event, Event::AssetChanged { asset, state: AssetState::Compromised, on: true, .. } if asset == hidden)
            });
            assert!(fell, "run {first} + {lane}");
            let taken = |on: &dyn Fn(AssetId) -> bool| {
                entries.iter().any(|entry| {
                    matches!(entry.event, Event::MeasureTaken { measure: Measure::Isolate, asset: Some(asset), .. } if on(asset))
                })
            };
            assert!(!taken(&|asset| asset == hidden), "run {first} + {lane}");
            others += u32::from(taken(&|asset| asset != hidden));
        }
    }
    assert!(others > 500, "only {others} runs isolate anything");
}
