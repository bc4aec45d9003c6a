//! The same seed and run give the same bytes, whatever else runs.

use crate::runs::{SCENARIOS, exercise, judge, run, texts};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::Record;
use hotwash_engine::record::wire::Named;
use hotwash_engine::simulation::{Provenance, Setup, Simulation, simulate};
use hotwash_reports::json;
use hotwash_scenarios::{Kind, Source, Start, find, ready};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A record as it is written, and its evaluation as scripts read it.
fn bytes(exercise: &Exercise, record: &Record) -> String {
    let header = serde_json::to_string(&record.header.write()).expect("it is written");
    let entries = record
        .entries
        .iter()
        .map(|entry| entry.write(exercise.names()));
    let entries: Vec<String> = entries
        .map(|of| serde_json::to_string(&of).expect("it is written"))
        .collect();
    let judged = json::run(exercise, record, &judge(exercise, record), None);
    format!("{header}\n{}\n{judged}", entries.join("\n"))
}

/// The runs as lanes of one world.
fn lanes(exercise: &Arc<Exercise>, runs: u64) -> Vec<Record> {
    let setups: Vec<Setup> = (0..runs).map(|index| Setup::of(1, index)).collect();
    let mut world = Simulation::new(Arc::clone(exercise), &setups);
    world.finish();
    let header = |index: u64| {
        let mut record = run(exercise, 0);
        record.header.run = index;
        record.header
    };
    let records = (0..runs).map(|index| Record {
        header: header(index),
        entries: world.take_entries(index as usize),
    });
    records.collect()
}

fn small() -> Arc<Exercise> {
    let item = find(Kind::Exercise, "harbour-street-clinic").expect("it ships");
    let sources = [Source::new(item.file, item.text)];
    let ready = ready(&sources, &Start::default()).expect("it binds");
    Arc::new(ready.bound.exercise)
}

fn assert_same(exercise: &Arc<Exercise>, lanes: &[Record]) {
    let halves: Vec<_> = (0..2_usize)
        .map(|half| {
            let exercise = Arc::clone(exercise);
            let picked = (half..lanes.len()).step_by(2);
            let picked: Vec<usize> = picked.collect();
            std::thread::spawn(move || {
                let told = picked
                    .into_iter()
                    .map(|index| (index, bytes(&exercise, &run(&exercise, index as u64))));
                told.collect::<Vec<_>>()
            })
        })
        .collect();
    for half in halves {
        for (index, alone) in half.join().expect("the thread ends") {
            assert!(alone == bytes(exercise, &lanes[index]), "run {index}");
        }
    }
}

#[test]
fn a_small_run_alone_on_one_of_two_threads_is_the_run_as_one_of_a_thousand_lanes() {
    let exercise = small();
    assert_same(&exercise, &lanes(&exercise, 1_000));
}

#[test]
fn a_shipped_run_alone_on_one_of_two_threads_is_the_run_as_one_of_many_lanes() {
    let exercise = exercise(&texts("ransomware-friday-evening"));
    assert_same(&exercise, &lanes(&exercise, 60));
}

#[test]
fn of_a_hundred_seeds_at_least_ninety_five_tell_different_stories_in_every_scenario() {
    for scenario in SCENARIOS {
        let exercise = exercise(&texts(scenario));
        let stories: BTreeSet<String> = (0..100)
            .map(|seed| {
                let record = simulate(&exercise, &Setup::of(seed, 0), Provenance::default());
                let told = record
                    .entries
                    .iter()
                    .map(|of| format!("{} {:?}", of.at.0, of.event));
                told.collect::<Vec<_>>().join("\n")
            })
            .collect();
        assert!(stories.len() >= 95, "{scenario}: {}", stories.len());
    }
}
