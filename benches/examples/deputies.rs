//! What a deputy for the clinic's analyst is worth, on ten fresh seeds.
//!
//! `cargo run --release -p hotwash-benches --example deputies [RUNS]` takes the deputy away and plays
//! both clinics on the same draws, 1,000 runs for each seed where nothing is said. All intervals of a
//! line hold together in 95 of 100.

use hotwash_benches::clinic;
use hotwash_engine::campaign::statistics::Mean;
use hotwash_engine::campaign::{Change, Comparison, Hours, Order, Tally, run};
use hotwash_engine::exercise::{Exercise, Identified, Phase, RoleId};
use std::io::{Write, stdout};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const SEEDS: std::ops::Range<u64> = 101..111;
const RUNS: u64 = 1_000;

fn main() -> std::io::Result<()> {
    let asked = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let runs = asked.unwrap_or(RUNS);
    let with = clinic();
    let role = RoleId::find(with.names(), "analyst").expect("the clinic has an analyst");
    let deputy = with.role(role).deputies[0];
    let without = Change::WithoutDeputy(role, deputy).made(&with);
    let without = without.expect("a clinic without the deputy is a clinic");
    let mut out = stdout().lock();
    writeln!(
        out,
        "| seed | score before the gates | restricted mean time to Response |"
    )?;
    writeln!(out, "| --- | --- | --- |")?;
    for seed in SEEDS {
        let [a, b] = [&without, &with].map(|exercise| tally(exercise, seed, runs));
        let found = Comparison::of((&without, &a), (&with, &b), seed);
        let response = found.phases.iter().find(|of| of.phase == Phase::Response);
        let time = response.and_then(|of| of.time.mean);
        writeln!(
            out,
            "| {seed} | {} | {} |",
            shown(found.before_gates.mean, 100.0, "points"),
            shown(time, 3_600_000.0, "h")
        )?;
    }
    Ok(())
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
