//! How the shipped scenarios end, and what runs that never recover wait for.
//!
//! `cargo run --release -p hotwash-benches --example outcomes` plays each shipped scenario and prints
//! its scores before and after the gates, how many gates apply, how runs end, and the quartiles of the
//! times to Response, Resolution and Recovery. Quantiles are order statistics over all runs, in which
//! what was not reached counts as later than everything else. What was open at the end of runs without
//! Recovery is counted by task, and by asset with its state.

use hotwash_benches::shipped;
use hotwash_engine::evaluation::{Baselines, Evaluation, NotScored, evaluate};
use hotwash_engine::exercise::{AssetId, Exercise, ExerciseTime, Phase};
use hotwash_engine::record::{EndKind, Event, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use std::collections::BTreeMap;
use std::io::{Write, stdout};

/// Runs of each scenario.
const RUNS: u64 = 1_000;
const HOUR: f64 = 3_600_000.0;

fn main() -> std::io::Result<()> {
    let mut out = stdout().lock();
    for (id, exercise) in shipped() {
        let mut sums = Sums::default();
        for run in 0..RUNS {
            let record = simulate(&exercise, &Setup::of(1, run), Provenance::default());
            let judged = evaluate(&exercise, &record, Baselines::default());
            sums.add(&exercise, run, &record, &judged);
        }
        writeln!(out, "{id}, {RUNS} runs")?;
        sums.print(&mut out)?;
    }
    Ok(())
}

#[derive(Default)]
struct Sums {
    before: Vec<f64>,
    after: Vec<f64>,
    gates: BTreeMap<usize, usize>,
    ends: BTreeMap<EndKind, usize>,
    times: [Vec<f64>; 3],
    open: BTreeMap<String, Vec<u64>>,
}

impl Sums {
    fn add(&mut self, exercise: &Exercise, run: u64, record: &Record, judged: &Evaluation) {
        if let Some(score) = &judged.score {
            self.before.push(f64::from(score.carried_out.0) / 100.0);
            self.after.push(f64::from(score.score.0) / 100.0);
            *self.gates.entry(score.gates.len().min(2)).or_default() += 1;
        }
        for entry in &record.entries {
            if let Event::ExerciseEnded { end } = entry.event {
                *self.ends.entry(end).or_default() += 1;
            }
        }
        let phases = [Phase::Response, Phase::Resolution, Phase::Recovery];
        for (times, phase) in self.times.iter_mut().zip(phases) {
            let judged = &judged.main().phases[phase.index()];
            let origin = judged.origin.map(|(_, timed)| timed.at);
            let took = origin
                .zip(judged.completed)
                .map(|(from, to)| hours(from, to.at));
            times.push(took.unwrap_or(f64::INFINITY));
        }
        let recovery = &judged.main().phases[Phase::Recovery.index()];
        if recovery.completed.is_none() && recovery.not_scored != Some(NotScored::NotApplicable) {
            for what in left_open(exercise, record) {
                self.open.entry(what).or_default().push(run);
            }
        }
    }

    fn print(&mut self, out: &mut impl Write) -> std::io::Result<()> {
        for (name, values) in [("before", &mut self.before), ("after", &mut self.after)] {
            writeln!(out, "  score {name} the gates {:?}", quartiles(values))?;
        }
        writeln!(
            out,
            "  gates (2: or more) {:?}; ends {:?}",
            self.gates, self.ends
        )?;
        for (name, times) in ["Response", "Resolution", "Recovery"]
            .iter()
            .zip(&mut self.times)
        {
            let never = times.iter().filter(|time| time.is_infinite()).count();
            writeln!(
                out,
                "  hours to {name} {:?}, never {never}",
                quartiles(times)
            )?;
        }
        for (what, runs) in &self.open {
            writeln!(
                out,
                "  without Recovery: {what}: {} runs, as {:?}",
                runs.len(),
                &runs[..runs.len().min(4)]
            )?;
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "times are short")]
fn hours(from: ExerciseTime, to: ExerciseTime) -> f64 {
    (to - from).0 as f64 / HOUR
}

/// Least, quartiles and greatest.
fn quartiles(values: &mut [f64]) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let places = [0, last / 4, last / 2, last * 3 / 4, last];
    let found = places.iter().filter_map(|place| values.get(*place));
    found.map(|value| (value * 10.0).round() / 10.0).collect()
}

/// Work that was open at the end, and assets that had not come back.
fn left_open(exercise: &Exercise, record: &Record) -> Vec<String> {
    let mut states: BTreeMap<AssetId, Vec<String>> = BTreeMap::new();
    let mut found = Vec::new();
    for entry in &record.entries {
        match &entry.event {
            Event::AssetChanged {
                asset, state, on, ..
            } => {
                let all = states.entry(*asset).or_default();
                let state = format!("{state:?}");
                all.retain(|of| *of != state);
                if *on {
                    all.push(state);
                }
            }
            Event::TaskClosed { instance } => {
                let task = &exercise.task(instance.task).slug;
                found.push(format!("task {} waits", task.as_str()));
            }
            _ => {}
        }
    }
    let unwell = ["OutOfService", "Encrypted", "Compromised", "Altered"];
    for (asset, states) in states {
        let verified = states.iter().any(|state| state == "Verified");
        if !verified || states.iter().any(|state| unwell.contains(&state.as_str())) {
            let asset = &exercise.asset(asset).slug;
            found.push(format!("asset {} {states:?}", asset.as_str()));
        }
    }
    found
}
