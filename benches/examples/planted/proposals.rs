//! What findings propose, what of it helps, and how many findings there are.

use hotwash_benches::shipped;
use hotwash_engine::campaign::{Criterion, Effect, Tried, advise};
use hotwash_engine::evaluation::{Baselines, Evaluation, evaluate};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Result, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What became of a kind of proposal.
#[derive(Default)]
struct Kind {
    proposed: u64,
    again: u64,
    shown: u64,
    /// By criterion: in how many proposals it was the first that surely gained, and the sum of the gains.
    gains: BTreeMap<Criterion, (u64, f64)>,
}

/// Findings to improve: by themselves, and as they are shown.
#[derive(Default)]
struct Counted {
    runs: u64,
    single: u64,
    spoken: u64,
    most: [usize; 2],
}

pub(crate) fn print(out: &mut impl Write, seeds: u64) -> Result<()> {
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    writeln!(
        out,
        "| scenario | runs | findings a run, one by one | as shown | most |\n| --- | --- | --- | --- | --- |"
    )?;
    for (name, exercise) in shipped() {
        let mut counted = Counted::default();
        for seed in 1..=seeds {
            let judged = judged(&exercise, seed);
            count(&mut counted, &judged);
            tried(&mut kinds, &exercise, seed, &judged);
        }
        let share = |of: u64| float(of) / float(counted.runs);
        let (single, spoken) = (share(counted.single), share(counted.spoken));
        let [before, after] = counted.most;
        let runs = counted.runs;
        writeln!(
            out,
            "| {name} | {runs} | {single:.1} | {spoken:.1} | {before}, {after} |"
        )?;
        out.flush()?;
    }
    writeln!(
        out,
        "\n| proposal | followed by findings | tried again | shown | gains, by the first criterion that surely differs |\n| --- | --- | --- | --- | --- |"
    )?;
    for (name, kind) in kinds {
        let gains = kind.gains.iter();
        let gains: Vec<String> = gains
            .map(|(by, (n, sum))| format!("{by:?} {:+.2} ({n})", sum / float(*n)))
            .collect();
        let (proposed, again, shown) = (kind.proposed, kind.again, kind.shown);
        writeln!(
            out,
            "| {name} | {proposed} | {again} | {shown} | {} |",
            gains.join(", ")
        )?;
    }
    writeln!(out)
}

fn float(of: u64) -> f64 {
    f64::from(u32::try_from(of).unwrap_or(u32::MAX))
}

fn judged(exercise: &Arc<Exercise>, seed: u64) -> Evaluation {
    let play = |policy| {
        let setup = Setup::of(seed, 0).with_policy(policy);
        simulate(exercise, &setup, Provenance::default())
    };
    let record = simulate(exercise, &Setup::of(seed, 0), Provenance::default());
    let (no_response, ideal) = (play(Policy::NoResponse), play(Policy::Ideal));
    let baselines = Baselines {
        no_response: Some(&no_response),
        ideal: Some(&ideal),
    };
    evaluate(exercise, &record, baselines)
}

fn count(counted: &mut Counted, judged: &Evaluation) {
    let weak = judged.findings.iter().filter(|of| !of.kind.is_strength());
    let spoken = weak.clone().count();
    let single = weak.map(|of| of.all().count()).sum::<usize>();
    counted.runs += 1;
    counted.single += single as u64;
    counted.spoken += spoken as u64;
    counted.most = [counted.most[0].max(single), counted.most[1].max(spoken)];
}

/// Tries what the findings of a run propose, as its page would.
fn tried(
    kinds: &mut BTreeMap<&str, Kind>,
    exercise: &Arc<Exercise>,
    seed: u64,
    judged: &Evaluation,
) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let go = AtomicBool::new(false);
    let advice = advise(exercise, seed, &judged.findings, threads, &go).expect("nobody stops it");
    let proposed: BTreeSet<_> = advice.changes.iter().flatten().collect();
    for change in proposed {
        kinds.entry(change.name()).or_default().proposed += 1;
    }
    for tried in &advice.trials.best {
        let kind = kinds.entry(tried.changes[0].name()).or_default();
        kind.again += 1;
        if let Some(effect) = first(tried) {
            kind.shown += 1;
            let (n, sum) = kind.gains.entry(effect.by).or_default();
            *n += 1;
            *sum += effect.mean();
        }
    }
}

/// The first effect that is sure, where that is for the better: only then is it shown.
fn first(tried: &Tried) -> Option<&Effect> {
    let sure = tried.effects.iter().find(|of| of.is_better().is_some())?;
    (sure.is_better() == Some(true)).then_some(sure)
}
