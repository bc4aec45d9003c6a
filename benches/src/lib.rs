//! Benchmarks, and what they run on. `cargo bench -p hotwash-benches` runs them.

pub mod by_hand;

use hotwash_engine::exercise::Exercise;
use hotwash_scenarios::{Kind, Source, Start, find, library, ready};
use std::sync::Arc;

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
    let parts = [
        (Kind::Organisation, "marram-street-clinic"),
        (Kind::Plan, "clinic-response-plan"),
        (Kind::Scenario, scenario),
    ];
    let sources = parts.map(|(kind, id)| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    });
    let ready = ready(&sources, &Start::default()).expect("what ships can be played");
    Arc::new(ready.bound.exercise)
}
