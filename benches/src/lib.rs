//! Benchmarks, and what they run on. `cargo bench -p hotwash-benches` runs them.

pub mod by_hand;
pub mod laws;

use hotwash_engine::campaign::{Hours, Order, Row, run};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::simulation::{Provenance, Setup, Simulation, simulate};
use hotwash_scenarios::{Kind, Source, Start, find, library, ready};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The built-in exercise.
pub fn clinic() -> Arc<Exercise> {
    at_the_clinic("ransomware-friday-evening")
}

/// The exercise on one screen, whose runs are short.
pub fn one_screen() -> Arc<Exercise> {
    let item = find(Kind::Exercise, "harbour-street-clinic").expect("it ships");
    let source = Source::new(item.file, item.text);
    let ready = ready(&[source], &Start::default()).expect("what ships can be played");
    Arc::new(ready.bound.exercise)
}

/// The exercise that is played beside other simulations: see `peers/README.md`.
pub fn peers() -> Arc<Exercise> {
    let source = Source::new("exercise.ron", include_str!("../peers/exercise.ron"));
    let ready = ready(&[source], &Start::default()).expect("a test plays it");
    Arc::new(ready.bound.exercise)
}

/// Every shipped scenario at the clinic, by its name.
pub fn shipped() -> Vec<(&'static str, Arc<Exercise>)> {
    let scenarios = library().iter().filter(|item| item.kind == Kind::Scenario);
    scenarios
        .map(|item| (item.id, at_the_clinic(item.id)))
        .collect()
}

fn at_the_clinic(scenario: &str) -> Arc<Exercise> {
    clinic_with_plan(scenario, shipped_plan())
}

/// The text of the clinic's plan.
pub fn shipped_plan() -> &'static str {
    find(Kind::Plan, "clinic-response-plan")
        .expect("it ships")
        .text
}

/// A shipped scenario at the clinic, with another plan.
pub fn clinic_with_plan(scenario: &str, plan: &str) -> Arc<Exercise> {
    let item = |kind, id| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    };
    let sources = [
        item(Kind::Organisation, "marram-street-clinic"),
        Source::new("plan.ron", plan),
        item(Kind::Scenario, scenario),
    ];
    let ready = ready(&sources, &Start::default());
    let ready = ready.unwrap_or_else(|problems| panic!("{plan}\n{problems:?}"));
    Arc::new(ready.bound.exercise)
}

/// A run whose entries are not kept.
pub fn unrecorded(seed: u64, run: u64) -> Setup {
    Setup {
        recording: false,
        ..Setup::of(seed, run)
    }
}

/// A world of so many lanes, for runs of a seed from this one on.
pub fn world(exercise: &Arc<Exercise>, seed: u64, first: u64, lanes: u64) -> Simulation {
    let setups: Vec<Setup> = (first..first + lanes)
        .map(|run| unrecorded(seed, run))
        .collect();
    Simulation::new(Arc::clone(exercise), &setups)
}

/// Plays runs in the lanes of a world, which are used again, and counts their events. Runs that fill no
/// lanes any more are left out.
pub fn play(simulation: &mut Simulation, lanes: u64, seed: u64, runs: Range<u64>) -> u64 {
    let mut events = 0;
    for batch in 0..(runs.end - runs.start) / lanes {
        let first = runs.start + batch * lanes;
        for lane in 0..lanes {
            simulation.reset(lane as usize, &unrecorded(seed, first + lane));
        }
        simulation.finish();
        for lane in 0..lanes {
            events += u64::from(simulation.events(lane as usize));
        }
    }
    events
}

/// Plays the first runs of a seed as a campaign does, on all threads, and hands on their rows in order.
pub fn rows(exercise: &Arc<Exercise>, seed: u64, runs: u64, each: impl FnMut(Row)) {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed,
        runs: 0..runs,
        hours: Hours::AsScripted,
        threads: std::thread::available_parallelism().map_or(1, Into::into),
    };
    run(&order, &AtomicBool::new(false), each);
}

/// Plays runs with a world and a record for each, and counts their entries.
pub fn record(exercise: &Arc<Exercise>, seed: u64, runs: Range<u64>) -> u64 {
    let length = |run| {
        let record = simulate(exercise, &Setup::of(seed, run), Provenance::default());
        record.entries.len() as u64
    };
    runs.map(length).sum()
}
