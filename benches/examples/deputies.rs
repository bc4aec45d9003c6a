//! What a deputy for the clinic's analyst, who has none, is worth on ten fresh seeds.
//!
//! `cargo run --release -p hotwash-benches --example deputies [RUNS]` lets the clinic's technician stand
//! in for its analyst and plays both clinics on the same draws, 10,000 runs for each seed where nothing
//! is said. All intervals of a line hold together in 95 of 100.

use hotwash_benches::clinic;
use hotwash_engine::campaign::statistics::Mean;
use hotwash_engine::campaign::{Comparison, Hours, Order, Tally, run};
use hotwash_engine::exercise::{Exercise, Identified, PersonId, Phase, RoleId};
use std::io::{Write, stdout};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const SEEDS: std::ops::Range<u64> = 201..211;
const RUNS: u64 = 10_000;

fn main() -> std::io::Result<()> {
    let asked = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let runs = asked.unwrap_or(RUNS);
    let shipped = clinic();
    let helped = with_a_deputy(&shipped, "analyst", "tomas");
    let mut out = stdout().lock();
    writeln!(
        out,
        "| seed | score before the gates | restricted mean time to Response |"
    )?;
    writeln!(out, "| --- | --- | --- |")?;
    for seed in SEEDS {
        let [a, b] = [&shipped, &helped].map(|exercise| tally(exercise, seed, runs));
        let found = Comparison::of((&shipped, &a), (&helped, &b), seed);
        let response = found.phases.iter().find(|of| of.phase == Phase::Response);
        let time = response.and_then(|of| of.time.mean);
        writeln!(
            out,
            "| {seed} | {} | {} |",
            shown(found.carried_out.mean, 100.0, "points"),
            shown(time, 3_600_000.0, "h")
        )?;
    }
    Ok(())
}

/// The exercise with somebody who stands in for a role that had nobody.
fn with_a_deputy(exercise: &Exercise, role: &str, person: &str) -> Arc<Exercise> {
    let mut parts = exercise.parts().clone();
    let role = RoleId::find(exercise.names(), role).expect("the exercise has the role");
    let person = PersonId::find(exercise.names(), person).expect("the person is there");
    let deputies = &mut parts.organisation.roles[role.index()].deputies;
    assert!(deputies.is_empty(), "the role has a deputy");
    deputies.push(person);
    Arc::new(Exercise::new(parts).expect("a clinic with a deputy more is a clinic"))
}

fn tally(exercise: &Arc<Exercise>, seed: u64, runs: u64) -> Tally {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed,
        runs: 0..runs,
        hours: Hours::AsScripted,
        threads: std::thread::available_parallelism().map_or(1, Into::into),
    };
    let mut tally = Tally::new(exercise);
    run(&order, &AtomicBool::new(false), |row| tally.add(row));
    tally
}

fn shown(mean: Option<Mean>, divisor: f64, unit: &str) -> String {
    let Some((mean, interval)) = mean.and_then(|mean| Some((mean, mean.interval?))) else {
        return "too few runs differ".to_owned();
    };
    format!(
        "{:+.1} {unit} ({:+.1} to {:+.1})",
        mean.value / divisor,
        interval.low / divisor,
        interval.high / divisor
    )
}
