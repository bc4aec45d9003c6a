//! How long work takes: ranges, the last of several, work that is done again.

use super::check::Check;
use super::network::{crew, people};
use super::theory::{harmonic, truncated_geometric};
use super::trial::{Times, Trial, exercise, fill, minutes, times};
use hotwash_engine::exercise::{ExerciseTime, Span};
use hotwash_engine::record::{Event, Outcome};

/// How many tasks a run has where each is an observation of its own.
const TASKS: usize = 60;

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let mut checks = ranges(trial);
    checks.push(last_of_eight(trial));
    checks.extend(rework(trial));
    checks
}

fn tasks(count: usize, rest: &str) -> String {
    let task =
        |i| format!(r#"(id: "t{i:02}", phase: Assessment, by: Analyst, does: Brief, {rest}), "#);
    (0..count).map(task).collect()
}

/// A range holds nine times in ten, and lies around its geometric mean.
fn ranges(trial: &Trial<'_>) -> Vec<Check> {
    let text = tasks(TASKS, r#"takes: "5m to 40m""#);
    let exercise = crew(&people(TASKS), &text, "", "30d");
    let mut lengths = Vec::new();
    for run in 0..trial.runs(20, 100) {
        let found = times(&trial.play(&exercise, run));
        lengths.extend(found.values().map(|of| minutes(of.ended - of.started)));
    }
    let below = |bound: f64| {
        let below = lengths.iter().filter(|length| **length <= bound);
        (below.count() as u64, lengths.len() as u64)
    };
    vec![
        Check::share("\"5m to 40m\", share up to 5 min", 0.05, below(5.0)),
        Check::share(
            "\"5m to 40m\", share up to 14.14 min",
            0.5,
            below(libm::sqrt(200.0)),
        ),
        Check::share("\"5m to 40m\", share up to 40 min", 0.95, below(40.0)),
    ]
}

/// The last of eight tasks by the exponential law ends after the mean times 1 + 1/2 + .. + 1/8.
fn last_of_eight(trial: &Trial<'_>) -> Check {
    let text = tasks(8, r#"takes: "about 30m""#);
    let exercise = crew(&people(8), &text, "", "30d");
    let last = |run| {
        let found = times(&trial.play(&exercise, run));
        let lengths = found.values().map(|of| minutes(of.ended - of.ready));
        lengths.fold(0.0, f64::max)
    };
    let observed: Vec<f64> = (0..trial.runs(300, 2_000)).map(last).collect();
    Check::mean(
        "last of 8 exponential tasks, min",
        30.0 * harmonic(8),
        &observed,
    )
}

/// Work that goes wrong, is noticed and done again, at most three times.
fn rework(trial: &Trial<'_>) -> Vec<Check> {
    let person = |i| {
        format!(r#"(id: "p{i:03}", roles: ["desk"], channels: ["phone"], experience: Little), "#)
    };
    let new: String = (0..TASKS).map(person).collect();
    let work = tasks(TASKS, r#"takes: "10m", difficulty: High"#);
    let text = fill(
        include_str!("rework.ron"),
        &[("people", &new), ("tasks", &work)],
    );
    let exercise = exercise(&text);
    let (mut attempts, mut failed) = ([0_u64; 3], 0_u64);
    let mut lengths = Vec::new();
    for run in 0..trial.runs(20, 100) {
        let record = trial.play(&exercise, run);
        for of in times(&record)
            .values()
            .filter(|of| of.ended < ExerciseTime::NEVER)
        {
            attempts[of.attempts.clamp(1, 3) - 1] += 1;
            lengths.push(minutes(working(of)));
        }
        let outcomes = record.entries.iter().map(|entry| &entry.event);
        let failures = outcomes.filter(|event| {
            matches!(
                event,
                Event::TaskEnded {
                    outcome: Outcome::Failed,
                    ..
                }
            )
        });
        failed += failures.count() as u64;
    }
    let again = 0.2;
    let all = attempts.iter().sum();
    let chances = truncated_geometric(again, 3);
    // Who is new to the work takes 1.3 times as long, and half of that for each time again.
    let mean = 13.0 * (1.0 + again / 2.0 + again * again / 2.0);
    vec![
        Check::share(
            "rework: done at the first attempt",
            chances[0],
            (attempts[0], all),
        ),
        Check::share(
            "rework: a second attempt is the last",
            chances[1],
            (attempts[1], all),
        ),
        Check::share(
            "rework: given up at the third",
            again * again * again,
            (failed, all),
        ),
        Check::mean("rework: mean time, min", mean, &lengths),
    ]
}

fn working(of: &Times) -> Span {
    of.ended - of.started
}
