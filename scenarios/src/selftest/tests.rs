//! The checks on the engine, and on engines that are spoiled.

use super::*;
use hotwash_engine::exercise::{Exercise, Law, Limit, Parts, Phase, Span, WeeklyHours};
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use std::sync::Arc;

/// With a fixed seed the outcome is always the same. For another seed a right engine would fail with
/// a chance of at most [`FALSE_ALARM`].
#[test]
fn the_engine_agrees_with_theory() {
    let trial = Trial {
        effort: Effort::Quick,
        ..Trial::default()
    };
    let report = run(&trial, &mut |_, _, _| {});
    let differing: Vec<&Check> = report
        .checks()
        .filter(|check| !report.agrees(check))
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
    assert_eq!(report.families.len(), ORACLES.len());
    assert!(
        report
            .families
            .iter()
            .all(|family| !family.checks.is_empty())
    );
}

/// Whether the checks of a family find out that an engine plays something else than it is given.
fn finds(checks: fn(&Trial<'_>) -> Vec<Check>, spoil: &dyn Fn(&mut Parts)) -> bool {
    finds_with(Effort::Quick, checks, spoil)
}

fn finds_with(
    effort: Effort,
    checks: fn(&Trial<'_>) -> Vec<Check>,
    spoil: &dyn Fn(&mut Parts),
) -> bool {
    let runner = |exercise: &Arc<Exercise>, seed, run| -> Record {
        let mut parts = exercise.parts().clone();
        spoil(&mut parts);
        let spoiled = Exercise::new(parts).expect("it is spoiled within bounds");
        simulate(
            &Arc::new(spoiled),
            &Setup::of(seed, run),
            Provenance::default(),
        )
    };
    let trial = Trial {
        seed: 1,
        effort,
        runner: &runner,
    };
    !checks(&trial)
        .iter()
        .all(|check| check.agrees(FALSE_ALARM / 30.0))
}

fn longer(law: &Law) -> Law {
    let more = |span: &Span| Span(span.0 * 13 / 10);
    match law {
        Law::Fixed(span) => Law::Fixed(more(span)),
        Law::About(mean) => Law::About(more(mean)),
        Law::Range { low, high } => Law::Range {
            low: more(low),
            high: more(high),
        },
        other => other.clone(),
    }
}

fn work_takes_longer(parts: &mut Parts) {
    for task in &mut parts.plan.tasks {
        task.takes = longer(&task.takes);
    }
}

#[test]
fn work_that_takes_a_third_longer_is_found() {
    assert!(finds(network::checks, &work_takes_longer));
    assert!(finds(work::checks, &work_takes_longer));
}

#[test]
fn a_priority_that_is_ignored_is_found() {
    let level = |parts: &mut Parts| {
        for task in &mut parts.plan.tasks {
            task.phase = Phase::Response;
        }
    };
    // Waits are heavy-tailed: this takes more than a few runs.
    assert!(finds_with(Effort::Full, priority::checks, &level));
}

#[test]
fn a_shift_that_does_not_end_is_found() {
    let always = |parts: &mut Parts| {
        for person in &mut parts.organisation.people {
            person.shift = WeeklyHours::always();
        }
    };
    assert!(finds(attention::checks, &always));
}

#[test]
fn a_ladder_that_is_a_millisecond_late_is_found() {
    let late = |parts: &mut Parts| {
        for after in &mut parts.plan.escalation.after {
            *after += Span(1);
        }
    };
    assert!(finds(escalation::checks, &late));
}

#[test]
fn dependencies_that_are_forgotten_are_found() {
    let forget = |parts: &mut Parts| {
        for asset in &mut parts.organisation.assets {
            asset.depends_on.clear();
        }
    };
    assert!(finds(outage::checks, &forget));
}

#[test]
fn holidays_and_zones_that_are_ignored_are_found() {
    let no_holidays = |parts: &mut Parts| {
        for stakeholder in &mut parts.organisation.stakeholders {
            stakeholder.holidays.clear();
        }
    };
    let own_zone = |parts: &mut Parts| {
        for stakeholder in &mut parts.organisation.stakeholders {
            stakeholder.zone = None;
        }
    };
    assert!(finds(calendar::checks, &no_holidays));
    assert!(finds(laws::checks, &no_holidays));
    assert!(finds(calendar::checks, &own_zone));
}

#[test]
fn a_term_that_is_a_millisecond_longer_is_found() {
    let longer = |parts: &mut Parts| {
        for obligation in &mut parts.plan.obligations {
            if let Limit::Elapsed(span) = &mut obligation.within {
                *span += Span(1);
            }
        }
    };
    assert!(finds(clocks::checks, &longer));
}

#[test]
fn chance_that_depends_on_how_many_there_are_is_found() {
    let runner = |exercise: &Arc<Exercise>, seed: u64, run| -> Record {
        let seed = seed + exercise.organisation().assets.len() as u64;
        simulate(exercise, &Setup::of(seed, run), Provenance::default())
    };
    let trial = Trial {
        seed: 1,
        effort: Effort::Quick,
        runner: &runner,
    };
    assert!(
        !chance::checks(&trial)
            .iter()
            .all(|check| check.agrees(1e-5))
    );
}

#[test]
fn a_queue_that_starts_work_twice_is_found() {
    let runner = |exercise: &Arc<Exercise>, seed, run| -> Record {
        let mut record = simulate(exercise, &Setup::of(seed, run), Provenance::default());
        let started = record
            .entries
            .iter()
            .position(|entry| matches!(entry.event, Event::TaskStarted { .. }));
        let at = started.expect("somebody works");
        let twice = record.entries[at].clone();
        record.entries.insert(at, twice);
        record
    };
    let trial = Trial {
        seed: 1,
        effort: Effort::Quick,
        runner: &runner,
    };
    let checks = queues::checks(&trial);
    let little = checks.last().expect("Little's law is the last");
    assert!(!little.agrees(0.0), "{little:?}");
}

#[test]
fn a_theory_that_is_a_tenth_off_is_found() {
    let observed: Vec<f64> = (0..200).map(|i| 90.0 + f64::from(i % 21)).collect();
    assert!(Check::mean("mean", 100.0, &observed).agrees(1e-4));
    assert!(!Check::mean("mean", 110.0, &observed).agrees(1e-4));
    assert!(Check::share("share", 0.5, (505, 1_000)).agrees(1e-4));
    assert!(!Check::share("share", 0.6, (505, 1_000)).agrees(1e-4));
    assert!(!Check::mean("one observation", 1.0, &[1.0]).agrees(1e-4));
}
