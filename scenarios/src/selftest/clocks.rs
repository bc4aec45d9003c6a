//! Clocks: how they stand in a record, and a report that is due after a warning.

use super::check::{Cases, Check};
use super::trial::{Trial, exercise, fill};
use hotwash_engine::exercise::{Exercise, ExerciseTime, Span};
use hotwash_engine::record::{Event, Record, Verdict};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A task that takes no part.
pub(super) const NO_TASK: &str =
    r#"(id: "look", phase: Assessment, by: Analyst, when: SeverityAtLeast(Critical), does: Brief)"#;

/// What starts a clock.
pub(super) const AWARE: &str = "aware: (who: [Analyst], what: Known(Real))";

/// An exercise that is about clocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bench<'t> {
    pub(super) zone: &'t str,
    /// The field with its weekend, or nothing.
    pub(super) weekend: &'t str,
    pub(super) start: &'t str,
    pub(super) stakeholders: &'t str,
    pub(super) tasks: &'t str,
    pub(super) clocks: &'t str,
    pub(super) ends: &'t str,
}

impl Bench<'_> {
    pub(super) fn exercise(self) -> Arc<Exercise> {
        exercise(&fill(
            include_str!("clocks.ron"),
            &[
                ("zone", self.zone),
                ("weekend", self.weekend),
                ("start", self.start),
                ("stakeholders", self.stakeholders),
                ("tasks", self.tasks),
                ("clocks", self.clocks),
                ("ends", self.ends),
            ],
        ))
    }
}

/// What became of a clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Clock {
    /// When it started, and when it is due.
    pub(super) runs: Option<(ExerciseTime, ExerciseTime)>,
    /// When it was met, at or after its due instant.
    pub(super) met: Option<ExerciseTime>,
    /// When it was breached.
    pub(super) breached: Option<ExerciseTime>,
    /// How it stood in the end.
    pub(super) verdict: Option<Verdict>,
}

/// The clocks of a record by their ids.
pub(super) fn clocks(record: &Record) -> BTreeMap<String, Clock> {
    let mut clocks: BTreeMap<String, Clock> = BTreeMap::new();
    for entry in &record.entries {
        let (Event::ClockStarted { obligation, .. }
        | Event::ObligationMet { obligation, .. }
        | Event::ObligationBreached { obligation, .. }
        | Event::ObligationClosed { obligation, .. }) = &entry.event
        else {
            continue;
        };
        let slug = &record.header.exercise.obligation(*obligation).slug;
        let clock = clocks.entry(slug.as_str().to_owned()).or_default();
        match entry.event {
            Event::ClockStarted { due, .. } => clock.runs = Some((entry.at, due)),
            Event::ObligationMet { .. } => clock.met = Some(entry.at),
            Event::ObligationBreached { .. } => clock.breached = Some(entry.at),
            Event::ObligationClosed { verdict, .. } => clock.verdict = Some(verdict),
            _ => {}
        }
    }
    clocks
}

/// A warning within a day, a report within three days of the warning. By when each is told, in hours
/// after the one before it, and how each stands in the end.
const CASES: [(Option<i64>, Option<i64>, [Verdict; 2]); 7] = [
    (Some(1), Some(2), [Verdict::Met, Verdict::Met]),
    (Some(23), Some(71), [Verdict::Met, Verdict::Met]),
    (Some(1), Some(73), [Verdict::Met, Verdict::Late]),
    (Some(25), Some(71), [Verdict::Late, Verdict::Met]),
    (Some(30), Some(80), [Verdict::Late, Verdict::Late]),
    (Some(1), None, [Verdict::Met, Verdict::Breached]),
    (None, None, [Verdict::Breached, Verdict::NotTriggered]),
];

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let mut cases = Cases::new();
    for (warned, reported, verdicts) in CASES {
        let found = clocks(&trial.play(&chain(warned, reported), 0));
        let of = |id: &str| found.get(id).cloned().unwrap_or_default();
        let (warning, report) = (of("warning"), of("report"));
        let what = format!("warned after {warned:?} h, reported {reported:?} h later");
        let came = [warning.verdict, report.verdict];
        cases.equal(&what, &verdicts.map(Some), &came);
        follows(&mut cases, &what, &warning, Span::DAY, warned);
        follows(&mut cases, &what, &report, Span::days(3), reported);
        // The report's clock starts at the very instant at which the warning is given, also late.
        let started = report.runs.map(|(from, _)| from);
        cases.equal(
            &format!("{what}: start of the report"),
            &warning.met,
            &started,
        );
    }
    vec![Check::exact("chained: met, late, breached, never", cases)]
}

/// The due instant of a clock, and the instant at which it is breached, if it is.
fn follows(cases: &mut Cases, what: &str, clock: &Clock, term: Span, told: Option<i64>) {
    let Some((from, due)) = clock.runs else {
        return;
    };
    cases.equal(&format!("{what}: due"), &(from + term), &due);
    let late = told.is_none_or(|hours| Span::hours(hours) > term);
    let breached = late.then_some(due + Span(1));
    cases.equal(&format!("{what}: breach"), &breached, &clock.breached);
}

fn chain(warned: Option<i64>, reported: Option<i64>) -> Arc<Exercise> {
    // What is never told waits for something that never comes.
    let task = |id: &str, after: &str, hours: Option<i64>| {
        let never = if hours.is_none() {
            "when: SeverityAtLeast(Critical),"
        } else {
            ""
        };
        let hours = hours.unwrap_or(1);
        format!(
            r#"(id: "{id}", phase: Response, by: Analyst, {after} {never} takes: "{hours}h", does: Notify(NationalCsirt)), "#
        )
    };
    let tasks = task("warn", "", warned) + &task("tell", r#"after: ["warn"],"#, reported);
    let clocks = format!(
        r#"(id: "warning", to: NationalCsirt, within: "24h", task: "warn", {AWARE}),
           (id: "report", to: NationalCsirt, within: "72h", task: "tell", after: "warning")"#
    );
    Bench {
        zone: "UTC",
        weekend: "",
        start: "Tue 10:00",
        stakeholders: r#"(id: "csirt", kind: NationalCsirt)"#,
        tasks: &tasks,
        clocks: &clocks,
        ends: "20d",
    }
    .exercise()
}
