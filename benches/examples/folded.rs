//! The situation that is folded from the record equals the world, over many generated runs.
//!
//! `cargo run -p hotwash-benches --example folded [RUNS] [FROM]` plays RUNS runs (1,000 where nothing is said) of
//! generated exercises from seed FROM on: simulated, with acts at random, and with an ideal response in turn. The
//! engine holds the two against each other at every settled instant of a debug build, and panics with what the
//! record says otherwise; so this is of no use in a release build, and says so.

use hotwash_engine::exercise::ExerciseTime;
use hotwash_engine::generator;
use hotwash_engine::simulation::{Policy, Setup, Simulation};
use hotwash_engine::situation::Situation;
use hotwash_engine::situation::view::{View, Viewer};
use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Instant;

const RUNS: u64 = 1_000;
/// A line is written after so many runs.
const LINE: u64 = 10_000;

fn main() -> std::io::Result<ExitCode> {
    let mut out = stdout().lock();
    if !cfg!(debug_assertions) {
        writeln!(
            out,
            "nothing is checked in a release build: run it without --release"
        )?;
        return Ok(ExitCode::FAILURE);
    }
    let mut arguments = std::env::args().skip(1).map(|text| text.parse());
    let runs = arguments.next().and_then(Result::ok).unwrap_or(RUNS);
    let from = arguments.next().and_then(Result::ok).unwrap_or(0);
    let begun = Instant::now();
    let (mut entries, mut views) = (0_usize, 0_usize);
    for seed in from..from + runs {
        let exercise = generator::exercise(seed);
        let setup = setup(seed, &exercise);
        let mut simulation = Simulation::new(exercise.clone(), &[setup]);
        simulation.advance_to(ExerciseTime::STARTEX);
        simulation.finish();
        let record = simulation.take_entries(0);
        entries += record.len();
        let mut situation = Situation::new(&exercise);
        for entry in &record {
            situation.apply(entry);
        }
        let everybody = exercise.organisation().people.iter().enumerate();
        views += everybody
            .map(|(i, _)| hotwash_engine::exercise::PersonId::new(i))
            .filter(|person| {
                let viewer = Viewer::Player([*person].into_iter().collect());
                matches!(situation.view_for(&viewer), View::Player(_))
            })
            .count();
        let done = seed + 1 - from;
        if done % LINE == 0 || done == runs {
            let took = begun.elapsed();
            writeln!(
                out,
                "{done} runs, {entries} entries, {views} views, {took:?}"
            )?;
            out.flush()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn setup(seed: u64, exercise: &hotwash_engine::exercise::Exercise) -> Setup {
    match seed % 4 {
        0 => Setup::of(seed, 0),
        1 => Setup::of(seed, 0).with_policy(Policy::Ideal),
        _ => {
            let (played, actions) = generator::acts(exercise, seed);
            Setup {
                played,
                actions,
                ..Setup::of(seed, 0)
            }
        }
    }
}
