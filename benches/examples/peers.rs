//! Plays the exercise that other simulations play too, in the engine and in the loop written by hand.
//!
//! `peers MODE COUNT [SEED]`, where MODE is `same` (every milestone of both is compared), `engine` (one
//! lane that is used again, not recorded), `plain` (the same without a world), `record` (a record for each
//! run), `by-hand` (the loop) or `rows` (what the statistics of `peers/run` compare, one line for each
//! run). The script `peers/run` measures with it.

mod played;

use hotwash_benches::by_hand::{ByHand, Count, Milestone, milestones};
use hotwash_benches::{peers, play, record, world};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::Outcome;
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mode = arguments.first().map_or("same", String::as_str);
    let number = |place: usize| arguments.get(place).and_then(|text| text.parse().ok());
    let (runs, seed) = (number(1).unwrap_or(1_000), number(2).unwrap_or(1));
    let exercise = peers();
    let mut out = io::stdout().lock();
    match mode {
        "same" => return same(&exercise, (seed, runs), &mut out),
        "rows" => rows(&exercise, (seed, runs), &mut out)?,
        _ => {
            let (count, took) = timed(mode, &exercise, (seed, runs));
            let each = took.as_nanos() / u128::from(runs.max(1));
            writeln!(out, "{mode} {runs} runs {each} ns {count} counted")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Compares every milestone of every run.
fn same(
    exercise: &Arc<Exercise>,
    (seed, runs): (u64, u64),
    out: &mut impl Write,
) -> io::Result<ExitCode> {
    let mut by_hand = ByHand::new(exercise);
    let mut count = 0;
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for run in 0..runs {
        let record = simulate(exercise, &Setup::of(seed, run), Provenance::default());
        let expected = milestones(&record);
        let mut found = Vec::new();
        by_hand.play(seed, run, &mut found);
        for (_, what) in &found {
            let word = format!("{what:?}");
            let word = word.split('(').next().unwrap_or_default();
            *kinds.entry(word.to_owned()).or_insert(0) += 1;
        }
        count += found.len();
        if expected != found {
            let same = expected.iter().zip(&found).take_while(|(a, b)| a == b);
            let place = same.count();
            writeln!(out, "run {run} of seed {seed} differs at {place}:")?;
            writeln!(out, "  engine  {:?}", expected.get(place))?;
            writeln!(out, "  by hand {:?}", found.get(place))?;
            return Ok(ExitCode::FAILURE);
        }
    }
    writeln!(out, "{kinds:?}")?;
    writeln!(
        out,
        "{count} milestones of {runs} runs of seed {seed} are equal"
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Plays runs, counts their events or milestones, and says how long that took without the making of
/// the exercise.
fn timed(mode: &str, exercise: &Arc<Exercise>, (seed, runs): (u64, u64)) -> (u64, Duration) {
    let begun = Instant::now();
    let count = match mode {
        "by-hand" => {
            let mut by_hand = ByHand::new(exercise);
            let mut count = Count::default();
            for run in 0..runs {
                std::hint::black_box(by_hand.play(seed, run, &mut count));
            }
            count.0
        }
        "record" => record(exercise, seed, 0..runs),
        "plain" => played::plain(exercise, seed, 0..runs),
        _ => play(&mut world(exercise, seed, 0, 1), 1, seed, 0..runs),
    };
    (count, begun.elapsed())
}

/// One line for each run of the engine: when each task was first claimed done, when each phase was
/// complete, in milliseconds, and how many assets fell; -1 for what never happened.
fn rows(
    exercise: &Arc<Exercise>,
    (seed, runs): (u64, u64),
    out: &mut impl Write,
) -> io::Result<()> {
    let tasks = exercise.plan().tasks.len();
    for run in 0..runs {
        let record = simulate(exercise, &Setup::of(seed, run), Provenance::default());
        let mut row = vec![-1; tasks + 4];
        let mut fallen = 0;
        for (at, what) in milestones(&record) {
            let place = match what {
                Milestone::Ended((task, 1), Outcome::Done | Outcome::Flawed) => task.index(),
                Milestone::Completed(phase) => tasks + phase.index(),
                Milestone::Struck(_) => {
                    fallen += 1;
                    continue;
                }
                _ => continue,
            };
            row[place] = at;
        }
        let texts: Vec<String> = row.iter().map(ToString::to_string).collect();
        writeln!(out, "{},{fallen}", texts.join(","))?;
    }
    Ok(())
}
