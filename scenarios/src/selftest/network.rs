//! Plans as networks of tasks.

use super::check::{Cases, Check};
use super::trial::{Numbers, Trial, exercise, fill, times};
use hotwash_engine::exercise::{Exercise, ExerciseTime, Span};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// So many people who hold the one role.
pub(super) fn people(count: usize) -> String {
    let person = |i| format!(r#"(id: "p{i:03}", roles: ["desk"], channels: ["phone"]), "#);
    (0..count).map(person).collect()
}

/// A crew without friction and its tasks. `repeats` is what the alert says of further ones.
pub(super) fn crew(people: &str, tasks: &str, repeats: &str, ends: &str) -> Arc<Exercise> {
    let text = include_str!("crew.ron");
    exercise(&fill(
        text,
        &[
            ("people", people),
            ("tasks", tasks),
            ("repeats", repeats),
            ("ends", ends),
        ],
    ))
}

/// A task: which come before it, and how many minutes it takes.
#[derive(Debug, Clone)]
struct Node {
    after: Vec<usize>,
    minutes: i64,
}

/// Tasks at random, each after some of those before it.
fn network(numbers: &mut Numbers, len: usize) -> Vec<Node> {
    let node = |i: usize| Node {
        after: (0..i).filter(|_| numbers.one_in(4)).collect(),
        minutes: 1 + numbers.below(90) as i64,
    };
    (0..len).map(node).collect()
}

fn text(network: &[Node]) -> String {
    let mut text = String::new();
    for (i, node) in network.iter().enumerate() {
        let after = node
            .after
            .iter()
            .map(|before| format!(r#""t{before:02}", "#));
        let (after, minutes): (String, i64) = (after.collect(), node.minutes);
        write!(
            text,
            r#"(id: "t{i:02}", phase: Response, by: Analyst, after: [{after}], takes: "{minutes}m", does: Brief), "#
        )
        .expect("memory takes text");
    }
    text
}

/// When each task of a network ends with people enough, and when the first could start.
fn played(trial: &Trial<'_>, network: &[Node]) -> (ExerciseTime, Vec<ExerciseTime>) {
    let exercise = crew(&people(network.len()), &text(network), "", "10d");
    let found = times(&trial.play(&exercise, 0));
    let of = |i: usize| found.get(&(format!("t{i:02}"), 1));
    let start = of(0).map_or(ExerciseTime::NEVER, |times| times.ready);
    let ended = |i| of(i).map_or(ExerciseTime::NEVER, |times| times.ended);
    (start, (0..network.len()).map(ended).collect())
}

/// The ends by the longest path that leads to each task.
fn longest_paths(network: &[Node], start: ExerciseTime) -> Vec<ExerciseTime> {
    let mut ends: Vec<ExerciseTime> = Vec::new();
    for node in network {
        let before = node.after.iter().map(|before| ends[*before]).max();
        ends.push(before.unwrap_or(start) + Span::minutes(node.minutes));
    }
    ends
}

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let mut numbers = trial.numbers(1);
    let networks: Vec<Vec<Node>> = (0..trial.runs(12, 100))
        .map(|_| network(&mut numbers, 14))
        .collect();
    let (mut paths, mut monotone) = (Cases::new(), Cases::new());
    for network in &networks {
        let (start, ends) = played(trial, network);
        for (i, expected) in longest_paths(network, start).iter().enumerate() {
            paths.equal(&format!("end of task {i}"), expected, &ends[i]);
        }
        let mut longer = network.clone();
        for node in &mut longer {
            node.minutes += if numbers.one_in(3) {
                numbers.below(60) as i64
            } else {
                0
            };
        }
        let (_, later) = played(trial, &longer);
        for (one, other) in ends.iter().zip(&later) {
            monotone.holds(one <= other, || format!("{other:?} is before {one:?}"));
        }
    }
    vec![
        Check::exact("ends by the longest path, people enough", paths),
        Check::exact("no task ends earlier if some take longer", monotone),
        Check::exact("20 equal tasks for one person", one_person(trial)),
    ]
}

/// Twenty tasks of ten minutes each, for one person: the nth ends after n times ten minutes.
fn one_person(trial: &Trial<'_>) -> Cases {
    let task = |_| Node {
        after: Vec::new(),
        minutes: 10,
    };
    let tasks: Vec<Node> = (0..20).map(task).collect();
    let exercise = crew(&people(1), &text(&tasks), "", "10d");
    let found: BTreeMap<_, _> = times(&trial.play(&exercise, 0));
    let mut cases = Cases::new();
    for (n, times) in (1..).zip(found.values()) {
        let expected = times.ready + Span::minutes(10 * n);
        cases.equal(&format!("end of task {n}"), &expected, &times.ended);
    }
    cases.equal("tasks", &20, &found.len());
    cases
}
