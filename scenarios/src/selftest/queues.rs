//! Alerts that come at random, each of which is work for whoever is free.

use super::check::{Cases, Check};
use super::network::{crew, people};
use super::theory::{Moments, erlang_c, pollaczek_khinchine, wait_for_servers};
use super::trial::{Times, Trial, minutes, times};
use hotwash_engine::exercise::{Exercise, ExerciseTime, Span};
use hotwash_engine::record::{Event, Record};
use std::sync::Arc;

/// Minutes between two alerts, on average.
pub(super) const BETWEEN: f64 = 10.0;
/// The share of its time for which each person is busy.
const LOAD: f64 = 0.7;
/// Alerts before a queue that starts empty has forgotten it: its memory fades by a factor of e with
/// every 26 alerts at most at this load, so that less than exp(-5) of it is left.
const WARM_UP: usize = 130;
/// Each queue has runs of its own: in the same run all of them would share their draws, and with these
/// their luck.
const OWN_RUNS: u64 = 1_000;
/// Reading takes a millisecond or two, which is no wait.
const READING: Span = Span(5);

/// A line in front of some people; each alert takes them a time by this law.
fn line(servers: u32, law: &str, alerts: usize) -> Arc<Exercise> {
    let task = format!(
        r#"(id: "serve", phase: Assessment, by: Analyst, each: Message, takes: "{law}", does: Brief)"#
    );
    line_of(servers, &task, alerts)
}

fn line_of(servers: u32, task: &str, alerts: usize) -> Arc<Exercise> {
    crew(
        &people(servers as usize),
        task,
        r#", repeats: "about 10m""#,
        &length(alerts),
    )
}

/// Time enough for so many alerts to be served: half as much again as they take on average.
pub(super) fn length(alerts: usize) -> String {
    format!("{}m", alerts * 15)
}

/// The waits of a run: those of a fixed number of alerts, once the start is forgotten.
pub(super) fn waits<'t>(
    served: impl Iterator<Item = &'t Times>,
    warm_up: usize,
    alerts: usize,
) -> Vec<Span> {
    let counted = served.skip(warm_up).take(alerts);
    let waits: Vec<Span> = counted.map(|times| times.started - times.ready).collect();
    assert_eq!(waits.len(), alerts, "a run of the self-test is too short");
    waits
}

/// The mean wait of a run in minutes.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(super) fn mean_wait(waits: &[Span]) -> f64 {
    waits.iter().map(|wait| minutes(*wait)).sum::<f64>() / waits.len() as f64
}

/// The share of a run who waited.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn share_who_waited(waits: &[Span]) -> f64 {
    let waited = waits.iter().filter(|wait| **wait > READING).count();
    waited as f64 / waits.len() as f64
}

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let alerts = trial.runs(100, 300) as usize;
    let runs = trial.runs(10, 60);
    let mut checks = Vec::new();
    let mut little = Cases::new();
    for servers in [1_u32, 2, 5] {
        let service = LOAD * BETWEEN * f64::from(servers);
        let exercise = line(servers, &format!("about {service}m"), WARM_UP + alerts);
        let (mut means, mut shares) = (Vec::new(), Vec::new());
        for run in 0..runs {
            let record = trial.play(&exercise, run + OWN_RUNS * u64::from(servers));
            let waits = waits(times(&record).values(), WARM_UP, alerts);
            means.push(mean_wait(&waits));
            shares.push(share_who_waited(&waits));
            obeys_little(&record, &mut little);
        }
        let wait = wait_for_servers(servers, LOAD, service);
        checks.push(Check::mean(
            format!("M/M/{servers} mean wait, min"),
            wait,
            &means,
        ));
        let chance = erlang_c(servers, LOAD);
        checks.push(Check::mean(
            format!("M/M/{servers} chance to wait"),
            chance,
            &shares,
        ));
    }
    let general = [
        ("M/D/1 mean wait, min", "\"7m\"", Moments::fixed(7.0)),
        (
            "M/G/1 mean wait, min (triangle)",
            "\"least 0m, likely 3m, most 18m\"",
            Moments::triangle(0.0, 3.0, 18.0),
        ),
        (
            "M/G/1 mean wait, min (2m or 12m)",
            r#"["2m", "12m"]"#,
            Moments::evenly(&[2.0, 12.0]),
        ),
    ];
    for (own, (quantity, law, service)) in (10..).zip(general) {
        let task = format!(
            r#"(id: "serve", phase: Assessment, by: Analyst, each: Message, takes: {law}, does: Brief)"#
        );
        let exercise = line_of(1, &task, WARM_UP + alerts);
        let of_run = |run| {
            let found = times(&trial.play(&exercise, run + OWN_RUNS * own));
            mean_wait(&waits(found.values(), WARM_UP, alerts))
        };
        let means: Vec<f64> = (0..runs).map(of_run).collect();
        let wait = pollaczek_khinchine(1.0 / BETWEEN, service);
        checks.push(Check::mean(quantity, wait, &means));
    }
    checks.push(Check::exact("Little's law, in each run, to the ms", little));
    checks
}

/// Little's law without limits: over any stretch of time, the number present, summed over time, is
/// the time spent, summed over those who were. The one is counted along the record, the other piece
/// by piece; for those who wait, and for those who are there at all.
fn obeys_little(record: &Record, cases: &mut Cases) {
    let end = record
        .entries
        .last()
        .map_or(ExerciseTime::STARTEX, |entry| entry.at);
    let (mut waiting, mut present) = ((0_i64, 0_i64), (0_i64, 0_i64));
    let mut last = ExerciseTime::STARTEX;
    for entry in &record.entries {
        let (waits, stays) = match &entry.event {
            Event::TaskReady { .. } => (1, 1),
            Event::TaskStarted { .. } => (-1, 0),
            Event::TaskEnded { .. } => (0, -1),
            _ => continue,
        };
        let passed = (entry.at - last).0;
        waiting = (waiting.0 + waits, waiting.1 + waiting.0 * passed);
        present = (present.0 + stays, present.1 + present.0 * passed);
        last = entry.at;
    }
    let rest = (end - last).0;
    let counted = (waiting.1 + waiting.0 * rest, present.1 + present.0 * rest);
    let spent = |until: fn(&Times) -> ExerciseTime| -> i64 {
        let found = times(record);
        found
            .values()
            .map(|of| (until(of).min(end) - of.ready).0)
            .sum()
    };
    let by_piece = (spent(|of| of.started), spent(|of| of.ended));
    cases.equal("waiting and present, in ms", &by_piece, &counted);
}
