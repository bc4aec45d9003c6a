//! Law 13: a ceiling is one.

use super::Law;
use super::claim::Finding;
use super::figures::carried_out;
use super::lab::{Lab, SEED, on_all_threads};
use hotwash_engine::evaluation::{Baselines, Judge, evaluate};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::Arc;

/// Law 13.
pub const LAW: Law = Law {
    name: "13 ceiling",
    says: "A ceiling is one: no run is above that of the same plan and draws in which everybody knows the \
           truth and nobody waits or errs.",
    find: ceiling,
};

const SHORT: u64 = 100;
/// Runs that a thread takes at once.
const CHUNK: u64 = 10;

/// No run of a thousand is carried out better than its own ceiling.
fn ceiling(lab: &Lab) -> Vec<Finding> {
    let runs = lab.runs(SHORT, 1_000);
    let of_ground = lab.grounds.iter().map(|ground| {
        let chunks = on_all_threads(runs.div_ceil(CHUNK) as usize, |chunk| {
            let from = chunk as u64 * CHUNK;
            let runs = from..runs.min(from + CHUNK);
            let over = runs.map(|run| (run, over(lab, &ground.shipped.exercise, run)));
            over.filter(|(_, over)| *over > 0)
                .collect::<Vec<(u64, i64)>>()
        });
        let above: Vec<(u64, i64)> = chunks.into_iter().flatten().collect();
        let broken: Vec<u64> = above.iter().map(|(run, _)| *run).collect();
        let mut finding = Finding::of_each_run(
            LAW.name,
            (ground.id, "as shipped"),
            "above its ceiling: no run",
            (&broken, runs),
        );
        if let Some(most) = above.iter().map(|(_, over)| *over).max() {
            #[expect(clippy::cast_precision_loss, reason = "points are few")]
            let points = most as f64 / 100.0;
            finding.note = format!("by {points:.1} points at most");
        }
        finding
    });
    of_ground.collect()
}

/// By how much a run lies above its ceiling, in basis points; 0: it does not.
fn over(lab: &Lab, exercise: &Arc<Exercise>, run: u64) -> i64 {
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
    let ceiling = evaluate(exercise, &people, baselines)
        .score
        .and_then(|score| score.ceiling);
    let judge = Judge::new(exercise);
    let mut judged = judge.verdicts(&people.entries, || no_response.entries.clone());
    if let Some(spoil) = lab.spoil {
        spoil(exercise, &mut judged);
    }
    let ceiling = ceiling.map_or(0, |ceiling| i64::from(ceiling.0));
    (carried_out(&judged) - ceiling).max(0)
}
