//! Law 13: knowing and not waiting is worth something.

use super::Law;
use super::claim::Finding;
use super::figures::carried_out;
use super::lab::{Ground, Lab, SEED, on_all_threads};
use hotwash_engine::campaign::statistics::{Interval, Paired};
use hotwash_engine::evaluation::{Baselines, Judge, evaluate};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::Arc;

/// Law 13.
pub const LAW: Law = Law {
    name: "13 ideal",
    says: "Knowing and not waiting is worth something: runs are surely carried out less well, on the mean, than \
           those of the same plan and draws in which everybody knows the truth and nobody waits or errs.",
    find: ideal,
};

const SHORT: u64 = 100;
/// Runs that a thread takes at once.
const CHUNK: u64 = 10;
/// How often all intervals together fail to hold their figures.
const FAILS: f64 = 0.01;
const POINT: f64 = 100.0;

/// What people carry out is surely below the ideal on the mean. How many runs lie above it stands in the note:
/// it is no best.
fn ideal(lab: &Lab) -> Vec<Finding> {
    let runs = lab.runs(SHORT, 1_000);
    let grounds = lab.grounds.iter();
    grounds.map(|of| compared(lab, of, runs)).collect()
}

fn compared(lab: &Lab, ground: &Ground, runs: u64) -> Finding {
    let chunks = on_all_threads(runs.div_ceil(CHUNK) as usize, |chunk| {
        let from = chunk as u64 * CHUNK;
        let runs = from..runs.min(from + CHUNK);
        let pairs = runs.map(|run| pair(lab, &ground.shipped.exercise, run));
        pairs.collect::<Vec<(i64, i64)>>()
    });
    let pairs: Vec<(i64, i64)> = chunks.into_iter().flatten().collect();
    let mut paired = Paired::default();
    for (ideal, people) in &pairs {
        paired.add(*ideal, *people);
    }
    #[expect(clippy::cast_precision_loss, reason = "there are few runs")]
    let fails = FAILS / lab.grounds.len().max(1) as f64;
    let interval = paired.estimate(fails).and_then(|of| of.interval);
    let interval = interval.map(|of| Interval {
        low: of.low / POINT,
        high: of.high / POINT,
    });
    let above = pairs.iter().filter(|(ideal, people)| people > ideal);
    Finding {
        law: LAW.name,
        scenario: ground.id.to_owned(),
        change: "as shipped".to_owned(),
        claim: "carried out, less than if everybody knew: surely lower".to_owned(),
        before: mean(pairs.iter().map(|(ideal, _)| *ideal)),
        after: mean(pairs.iter().map(|(_, people)| *people)),
        interval,
        runs,
        holds: interval.is_some_and(|of| of.high < 0.0),
        note: format!("{} runs above", above.count()),
    }
}

/// The mean in points.
#[expect(clippy::cast_precision_loss, reason = "scores and runs are few")]
fn mean(of: impl Iterator<Item = i64>) -> f64 {
    let all: Vec<i64> = of.collect();
    all.iter().sum::<i64>() as f64 / all.len().max(1) as f64 / POINT
}

/// What the ideal run of some draws carries out, and what people do, in basis points.
fn pair(lab: &Lab, exercise: &Arc<Exercise>, run: u64) -> (i64, i64) {
    let play = |policy| {
        let setup = Setup::of(SEED, run).with_policy(policy);
        simulate(exercise, &setup, Provenance::default())
    };
    let (people, ideal) = (play(Policy::People), play(Policy::Ideal));
    let no_response = play(Policy::NoResponse);
    let baselines = Baselines {
        ideal: Some(&ideal),
        no_response: Some(&no_response),
    };
    let ideal = evaluate(exercise, &people, baselines)
        .score
        .and_then(|score| score.ideal);
    let judge = Judge::new(exercise);
    let mut judged = judge.verdicts(&people.entries, || no_response.entries.clone());
    if let Some(spoil) = lab.spoil {
        spoil(exercise, &mut judged);
    }
    (ideal.map_or(0, |of| i64::from(of.0)), carried_out(&judged))
}
