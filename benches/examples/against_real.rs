//! The times of the shipped scenarios, to be set beside those of real incidents.
//!
//! `cargo run --release -p hotwash-benches --example against_real` prints the table of simulated times
//! in `docs/calibration.md`. Quantiles are order statistics over all runs, in which what was not
//! reached counts as later than everything else.

use hotwash_benches::shipped;
use hotwash_engine::evaluation::{Baselines, Evaluation, evaluate};
use hotwash_engine::exercise::{ExerciseTime, Mark, Phase};
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use std::io::{Write, stdout};

/// Runs of each scenario.
const RUNS: u64 = 1_000;
const HOUR: i64 = 3_600_000;

fn main() -> std::io::Result<()> {
    let mut out = stdout().lock();
    writeln!(
        out,
        "| scenario | discovery p50 | p90 | containment p50 | p90 | not contained | recovery p50 | p90 |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- | --- | --- |")?;
    for (id, exercise) in shipped() {
        let runs: Vec<[Option<i64>; 3]> = (0..RUNS)
            .map(|run| {
                let record = simulate(&exercise, &Setup::of(1, run), Provenance::default());
                times(&record, &evaluate(&exercise, &record, Baselines::default()))
            })
            .collect();
        let column = |which: usize| {
            let mut times: Vec<i64> = runs
                .iter()
                .map(|run| run[which].unwrap_or(i64::MAX))
                .collect();
            times.sort_unstable();
            times
        };
        let [discovery, containment, recovery] = [column(0), column(1), column(2)];
        let open = containment.iter().filter(|time| **time == i64::MAX).count();
        writeln!(
            out,
            "| `{id}` | {} | {} | {} | {} | {:.1} % | {} | {} |",
            quantile(&discovery, 50),
            quantile(&discovery, 90),
            quantile(&containment, 50),
            quantile(&containment, 90),
            100.0 * share(open),
            quantile(&recovery, 50),
            quantile(&recovery, 90),
        )?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts of runs are small")]
fn share(count: usize) -> f64 {
    count as f64 / RUNS as f64
}

/// From the first effect of the attack until somebody sees it, from there until it is truly
/// contained, and until everything is recovered.
fn times(record: &Record, evaluation: &Evaluation) -> [Option<i64>; 3] {
    let struck = record.entries.iter().find_map(|entry| match entry.event {
        Event::StepTookEffect { .. } => Some(entry.at),
        _ => None,
    });
    let main = evaluation.main();
    let seen = main.mark(Mark::Seen).map(|timed| timed.at);
    let since = |from: Option<ExerciseTime>, to: Option<ExerciseTime>| {
        from.zip(to).map(|(from, to)| (to - from).0)
    };
    let completed = |phase: Phase| main.phases[phase.index()].completed.map(|timed| timed.at);
    [
        since(struck, seen),
        since(seen, completed(Phase::Response)),
        since(seen, completed(Phase::Recovery)),
    ]
}

/// An order statistic, in the unit in which people would say it.
fn quantile(sorted: &[i64], percent: usize) -> String {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    match sorted[place] {
        i64::MAX => "not reached".to_owned(),
        time if time < 0 => "before".to_owned(),
        time if time < 48 * HOUR => format!("{}.{} h", time / HOUR, time % HOUR * 10 / HOUR),
        time => format!(
            "{}.{} d",
            time / (24 * HOUR),
            time % (24 * HOUR) * 10 / (24 * HOUR)
        ),
    }
}
