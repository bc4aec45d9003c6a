//! Work that passes through more hands is done later, as in the tickets of real service desks, where
//! the median time to resolution rises with every reassignment (UCI incident management log).
//!
//! The work is the same in all: the same hours, cut into as many parts as there are hands. What is
//! added is what hand-offs cost: word has to be noticed and read, and whoever is next has to be there.

use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::{Event, Outcome};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::{Source, Start, ready};
use std::fmt::Write;
use std::sync::Arc;

/// Paired runs of each plan.
const RUNS: u64 = 500;

/// Hours of work in all, whoever does it.
const MINUTES_OF_WORK: usize = 240;

/// What did not end by then counts as having taken so long: the restricted mean, in milliseconds.
const RESTRICTED: i64 = 14 * 24 * 3_600_000;

/// The quantile of the normal law for four differences at once: two-sided 95 %, by Bonferroni.
const FOUR_AT_ONCE: f64 = 2.498;

/// An exercise in which the repair passes through the hands of so many further roles.
fn exercise(further: usize) -> Arc<Exercise> {
    let hands = further + 1;
    let (mut people, mut roles, mut tasks) = (String::new(), String::new(), String::new());
    for hand in 0..5 {
        writeln!(people, "(id: \"person-{hand}\", roles: [\"desk-{hand}\"]),").expect("text grows");
        let function = if hand == 0 { "Analyst" } else { "Handler" };
        writeln!(roles, "(id: \"desk-{hand}\", function: {function}),").expect("text grows");
    }
    for hand in 0..hands {
        let minutes = MINUTES_OF_WORK / hands;
        let (first, last) = (hand == 0, hand + 1 == hands);
        let before = if first {
            String::from("triage")
        } else {
            format!("part-{}", hand - 1)
        };
        let does = if last {
            "Restore(Everything)"
        } else {
            "Investigate"
        };
        let phase = if last { "Recovery" } else { "Assessment" };
        writeln!(
            tasks,
            "(id: \"part-{hand}\", phase: {phase}, by: \"desk-{hand}\", after: [\"{before}\"], \
             takes: \"{minutes}m\", does: {does}),"
        )
        .expect("text grows");
    }
    let text = format!(
        "Exercise(
            organisation: (
                name: \"A service desk (fictional)\", time_zone: \"UTC\", hours: \"Mon-Fri 09:00-17:00\",
                people: [{people}], roles: [{roles}],
                assets: [(id: \"ledger\", kind: Database)],
            ),
            plan: (
                tasks: [
                    (id: \"triage\", phase: Assessment, by: Analyst, when: AlertRaised, takes: \"15m\", does: Triage),
                    {tasks}
                ],
            ),
            scenario: (
                title: \"The ledger does not open\", start: \"Tue 09:30\",
                attack: [(id: \"encrypt\", technique: \"T1486\", takes: \"1m\", targets: Kind(Database), effect: Encrypt)],
                injects: [(id: \"call\", at: \"20m\", from: \"A clerk\", to: Analyst, via: Mail,
                          text: \"The ledger does not open.\", reveals: [Real, Impact])],
            ),
        )"
    );
    let ready = ready(&[Source::new("hands.ron", &text)], &Start::default());
    let ready = ready.unwrap_or_else(|problems| panic!("{problems:?}"));
    Arc::new(ready.bound.exercise)
}

/// When the last part of the work was done, or the restriction.
fn done(exercise: &Arc<Exercise>, further: usize, run: u64) -> i64 {
    let record = simulate(exercise, &Setup::of(1, run), Provenance::default());
    let last = format!("part-{further}");
    let ended = record.entries.iter().find(|entry| {
        matches!(&entry.event, Event::TaskEnded { instance, outcome: Outcome::Done }
            if exercise.task(instance.task).slug.as_str() == last)
    });
    ended.map_or(RESTRICTED, |entry| entry.at.0.min(RESTRICTED))
}

#[test]
#[expect(
    clippy::cast_precision_loss,
    reason = "sums of milliseconds stay far below 2^53"
)]
fn every_further_pair_of_hands_delays_the_same_work() {
    let times: Vec<Vec<i64>> = (0..5)
        .map(|further| {
            let exercise = exercise(further);
            (0..RUNS).map(|run| done(&exercise, further, run)).collect()
        })
        .collect();
    for (k, pair) in times.windows(2).enumerate() {
        let differences: Vec<f64> = pair[0]
            .iter()
            .zip(&pair[1])
            .map(|(fewer, more)| (more - fewer) as f64 / 3_600_000.0)
            .collect();
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        assert!(
            mean - FOUR_AT_ONCE * error > 0.0,
            "{k} to {} further hands: {mean:.3} h, standard error {error:.3}",
            k + 1
        );
    }
}
