//! Plays runs of the shipped scenarios one after another, for clocks and profilers.
//!
//! `runs MODE COUNT [SCENARIO]`, where MODE is `lane` (one lane used again, not recorded), `plain` (the
//! same without a world), `record` (a world and a record for each run), `row` (a campaign's row: played,
//! recorded, judged and counted) or `print` (a fingerprint of each record, to compare two versions of the engine). The script
//! `benches/instructions` counts instructions with it.

mod played;

use hotwash_benches::{play, record, shipped, world};
use hotwash_engine::campaign::Player;
use hotwash_engine::exercise::Exercise;
use hotwash_engine::generator;
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::fmt::{self, Write as _};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mode = arguments.first().map_or("lane", String::as_str);
    let runs = arguments.get(1).and_then(|count| count.parse().ok());
    let runs: u64 = runs.unwrap_or(200);
    let only = arguments.get(2).map_or("", String::as_str);
    let mut out = io::stdout().lock();
    for (id, exercise) in shipped() {
        if !id.contains(only) {
            continue;
        }
        if mode == "print" {
            for policy in [Policy::People, Policy::NoResponse, Policy::Ideal] {
                for run in 0..runs {
                    let setup = Setup::of(1, run).with_policy(policy);
                    let print = fingerprint(&exercise, &setup);
                    writeln!(out, "{id} {policy:?} {run} {print:x}")?;
                }
            }
            continue;
        }
        let begun = Instant::now();
        let events = played_in(mode, &exercise, runs);
        let took = begun.elapsed() / u32::try_from(runs.max(1)).unwrap_or(u32::MAX);
        write!(out, "{id}: {took:?} for a run")?;
        if let Some(events) = events {
            write!(out, ", {} events for a run", events / runs.max(1))?;
        }
        writeln!(out)?;
    }
    if mode == "print" && only.is_empty() {
        for seed in 0..runs {
            let exercise = generator::exercise(seed);
            let (played, actions) = generator::acts(&exercise, seed);
            let drill = Setup {
                played,
                actions,
                ..Setup::of(seed, 1)
            };
            for (kind, setup) in [("simulated", Setup::of(seed, 0)), ("drill", drill)] {
                let print = fingerprint(&exercise, &setup);
                writeln!(out, "generated {seed} {kind} {print:x}")?;
            }
        }
    }
    Ok(())
}

/// Plays runs, and counts their events; a row does not say how many there were.
fn played_in(mode: &str, exercise: &Arc<Exercise>, runs: u64) -> Option<u64> {
    Some(match mode {
        "record" => record(exercise, 1, 0..runs),
        "row" => {
            let mut player = Player::new(exercise, 1);
            for run in 0..runs {
                std::hint::black_box(player.play(run));
            }
            return None;
        }
        "plain" => played::plain(exercise, 1, 0..runs),
        _ => play(&mut world(exercise, 1, 0, 1), 1, 1, 0..runs),
    })
}

/// A hash of all entries of a run.
fn fingerprint(exercise: &Arc<Exercise>, setup: &Setup) -> u64 {
    struct Hashed(DefaultHasher);
    impl fmt::Write for Hashed {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let record = simulate(exercise, setup, Provenance::default());
    let mut hashed = Hashed(DefaultHasher::new());
    write!(hashed, "{:?}", record.entries).expect("a hash takes every text");
    hashed.0.finish()
}
