//! Benchmarks, and what they run on. `cargo bench -p hotwash-benches` runs them.

use hotwash_engine::exercise::Exercise;
use hotwash_scenarios::{Kind, Source, Start, find, ready};
use std::sync::Arc;

/// The built-in exercise.
pub fn clinic() -> Arc<Exercise> {
    let parts = [
        (Kind::Organisation, "marram-street-clinic"),
        (Kind::Plan, "clinic-response-plan"),
        (Kind::Scenario, "ransomware-friday-evening"),
    ];
    let sources = parts.map(|(kind, id)| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    });
    let ready = ready(&sources, &Start::default()).expect("what ships can be played");
    Arc::new(ready.bound.exercise)
}
