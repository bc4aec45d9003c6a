//! What holds of the entries of every record.

use super::exercises::any;
use crate::exercise::{
    AssetId, AssetState, Exercise, ExerciseTime, IncidentId, Instance, ObligationId, PersonId,
    Phase, Span, StepId,
};
use crate::record::{Actor, Entry, Event, Outcome, Record};
use crate::simulation::{Policy, Provenance, Setup, simulate};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// How many exercises each law is tried on.
const EXERCISES: u64 = 64;

/// How people behave in the exercise of a seed.
pub(super) fn policy(seed: u64) -> Policy {
    match seed % 8 {
        6 => Policy::NoResponse,
        7 => Policy::Ideal,
        _ => Policy::People,
    }
}

/// The record of each exercise with its seed, made once for all laws.
pub(super) fn records() -> impl Iterator<Item = (u64, &'static Record)> {
    static RECORDS: OnceLock<Vec<Record>> = OnceLock::new();
    let record = |seed| {
        let exercise = Arc::new(Exercise::new(any(seed)).unwrap());
        let setup = Setup::of(seed, 3).with_policy(policy(seed));
        simulate(&exercise, &setup, Provenance::default())
    };
    let records = RECORDS.get_or_init(|| (0..EXERCISES).map(record).collect());
    (0..).zip(records)
}

/// Fails with the entries around the first one that breaks a law.
pub(super) fn broken(seed: u64, record: &Record, number: u32, what: &str) -> ! {
    let from = number.saturating_sub(12) as usize;
    let around = record.entries.iter().skip(from).take(16);
    let around: Vec<String> = around
        .map(|entry| format!("{} {} {:?}", entry.number, entry.at.0, entry.event))
        .collect();
    let around = around.join("\n");
    panic!("exercise {seed}, entry {number}: {what}\n{around}");
}

#[test]
fn entries_are_numbered_in_the_order_of_time_and_causes_come_first() {
    for (seed, record) in records() {
        let mut last = ExerciseTime(i64::MIN);
        for (i, entry) in record.entries.iter().enumerate() {
            let fine = entry.number as usize == i + 1
                && last <= entry.at
                && entry
                    .cause
                    .is_none_or(|cause| cause > 0 && cause < entry.number);
            if !fine {
                broken(
                    seed,
                    record,
                    entry.number,
                    "number, time or cause is out of order",
                );
            }
            last = entry.at;
        }
    }
}

#[test]
fn a_run_starts_and_ends_once() {
    for (seed, record) in records() {
        let starts = |entry: &&Entry| matches!(entry.event, Event::ExerciseStarted {});
        let ends = |entry: &&Entry| matches!(entry.event, Event::ExerciseEnded { .. });
        let started: Vec<ExerciseTime> =
            record.entries.iter().filter(starts).map(|e| e.at).collect();
        assert_eq!(started, [ExerciseTime::STARTEX], "exercise {seed}");
        assert_eq!(
            record.entries.iter().filter(ends).count(),
            1,
            "exercise {seed}"
        );
        assert!(
            record.entries.last().as_ref().is_some_and(ends),
            "exercise {seed}"
        );
    }
}

#[test]
fn before_startex_nobody_reads_or_works_and_nothing_is_counted() {
    for (seed, record) in records() {
        for entry in record
            .entries
            .iter()
            .filter(|entry| entry.at < ExerciseTime::STARTEX)
        {
            let fine = matches!(
                entry.event,
                Event::StepStarted { .. }
                    | Event::StepTookEffect { .. }
                    | Event::StepStopped { .. }
                    | Event::StepFailed { .. }
                    | Event::StepEnded { .. }
                    | Event::AssetChanged { .. }
                    | Event::EvidenceLost { .. }
                    | Event::SignalRaised { .. }
                    | Event::StaffReported { .. }
                    | Event::FalseAlarmRaised { .. }
                    | Event::MessageSent { .. }
                    | Event::MarkReached { .. }
            );
            if !fine {
                broken(seed, record, entry.number, "happens before STARTEX");
            }
        }
    }
}

#[test]
fn nobody_does_two_things_at_once() {
    // In an ideal response everything starts when it could, whoever is to do it.
    for (seed, record) in records().filter(|(seed, _)| policy(*seed) != Policy::Ideal) {
        let mut working: BTreeMap<Instance, Vec<PersonId>> = BTreeMap::new();
        let mut busy: BTreeSet<PersonId> = BTreeSet::new();
        for entry in &record.entries {
            match &entry.event {
                Event::TaskStarted {
                    instance, people, ..
                }
                | Event::TaskResumed {
                    instance, people, ..
                } => {
                    for person in people {
                        if !busy.insert(*person) {
                            broken(seed, record, entry.number, "starts work while busy");
                        }
                    }
                    working.insert(*instance, people.clone());
                }
                Event::TaskPaused { instance, .. } | Event::TaskEnded { instance, .. } => {
                    for person in working.remove(instance).unwrap_or_default() {
                        busy.remove(&person);
                    }
                }
                Event::ReadingStarted { person, .. } if !busy.insert(*person) => {
                    broken(seed, record, entry.number, "starts to read while busy");
                }
                Event::MessageRead { person, .. } => {
                    busy.remove(person);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn work_that_became_ready_ends_is_left_out_or_is_closed_once() {
    for (seed, record) in records() {
        let mut open: BTreeMap<Instance, bool> = BTreeMap::new();
        for entry in &record.entries {
            let (instance, fine) = match &entry.event {
                Event::TaskReady { instance, .. } => {
                    (instance, open.insert(*instance, false).is_none())
                }
                Event::TaskStarted { instance, .. } | Event::TaskResumed { instance, .. } => {
                    let before = open.insert(*instance, true);
                    (instance, before == Some(false))
                }
                Event::TaskPaused { instance, .. } => {
                    (instance, open.insert(*instance, false) == Some(true))
                }
                Event::TaskEnded {
                    instance,
                    outcome: Outcome::Redo,
                } => (instance, open.insert(*instance, false) == Some(true)),
                Event::TaskEnded { instance, .. } => {
                    (instance, open.remove(instance) == Some(true))
                }
                Event::TaskClosed { instance } => (instance, open.remove(instance).is_some()),
                Event::TaskSkipped { instance, .. } => {
                    (instance, open.remove(instance) != Some(true))
                }
                _ => continue,
            };
            if !fine {
                broken(
                    seed,
                    record,
                    entry.number,
                    &format!("{instance:?} cannot do this now"),
                );
            }
        }
        assert!(open.is_empty(), "exercise {seed}: never closed: {open:?}");
    }
}

#[test]
fn states_of_assets_come_and_go_in_turn() {
    for (seed, record) in records() {
        let mut on: BTreeSet<(AssetId, Option<IncidentId>, AssetState)> = BTreeSet::new();
        for entry in &record.entries {
            let Event::AssetChanged {
                asset,
                incident,
                state,
                on: now,
            } = entry.event
            else {
                continue;
            };
            let key = (asset, incident, state);
            let changed = if now { on.insert(key) } else { on.remove(&key) };
            if !changed {
                broken(seed, record, entry.number, "a state that it was in before");
            }
        }
    }
}

#[test]
fn every_step_that_starts_ends_and_settles_each_target_at_most_once() {
    for (seed, record) in records() {
        let mut open: BTreeMap<StepId, BTreeSet<AssetId>> = BTreeMap::new();
        let mut ended: BTreeSet<StepId> = BTreeSet::new();
        for entry in &record.entries {
            let fine = match &entry.event {
                Event::StepStarted { step, targets } => open
                    .insert(*step, targets.iter().copied().collect())
                    .is_none(),
                Event::StepTookEffect { step, asset, .. }
                | Event::StepStopped { step, asset, .. }
                | Event::StepFailed { step, asset } => open
                    .get_mut(step)
                    .is_some_and(|targets| targets.remove(asset)),
                Event::StepEnded { step, .. } => ended.insert(*step),
                _ => true,
            };
            if !fine {
                broken(seed, record, entry.number, "a step cannot do this now");
            }
        }
        let steps = record.header.exercise.scenario().steps.len();
        assert_eq!(ended.len(), steps, "exercise {seed}: a step was not closed");
    }
}

#[test]
fn messages_are_sent_noticed_and_read_in_this_order() {
    for (seed, record) in records() {
        let mut sent = BTreeSet::new();
        let mut noticed = BTreeSet::new();
        let mut reading = BTreeMap::new();
        for entry in &record.entries {
            let fine = match &entry.event {
                Event::MessageSent { message, .. } => sent.insert(*message),
                Event::MessageResent { message, .. } => sent.contains(message),
                Event::MessageNoticed { message, person } => {
                    sent.contains(message) && noticed.insert((*message, *person))
                }
                Event::ReadingStarted { message, person } => {
                    let first = reading.insert((*message, *person), entry.at).is_none();
                    first && noticed.contains(&(*message, *person))
                }
                Event::MessageRead { message, person } => {
                    let since = reading.get(&(*message, *person));
                    since.is_some_and(|since| entry.at - *since >= Span::SHORTEST)
                }
                _ => true,
            };
            if !fine {
                broken(seed, record, entry.number, "a message cannot do this now");
            }
        }
    }
}

#[test]
fn phases_are_reached_once_then_completed_and_reopened_in_turn() {
    for (seed, record) in records() {
        let mut reached: BTreeSet<(IncidentId, Phase)> = BTreeSet::new();
        let mut complete: BTreeSet<(IncidentId, Phase)> = BTreeSet::new();
        for entry in &record.entries {
            let fine = match &entry.event {
                Event::PhaseReached { incident, phase } => reached.insert((*incident, *phase)),
                Event::PhaseCompleted { incident, phase } => {
                    complete.insert((*incident, *phase)) && reached.contains(&(*incident, *phase))
                }
                Event::PhaseReopened { incident, phase } => complete.remove(&(*incident, *phase)),
                _ => true,
            };
            if !fine {
                broken(seed, record, entry.number, "a phase cannot do this now");
            }
        }
    }
}

#[test]
fn clocks_are_breached_a_millisecond_after_they_are_due_and_closed_once() {
    for (seed, record) in records() {
        let mut due: BTreeMap<(ObligationId, IncidentId), ExerciseTime> = BTreeMap::new();
        let mut met = BTreeSet::new();
        let mut closed = 0;
        for entry in &record.entries {
            let fine = match &entry.event {
                Event::ClockStarted {
                    obligation,
                    incident,
                    due: at,
                } => due.insert((*obligation, *incident), *at).is_none(),
                Event::ObligationMet {
                    obligation,
                    incident,
                } => {
                    let of = (*obligation, *incident);
                    met.insert(of) && due.contains_key(&of)
                }
                Event::ObligationBreached {
                    obligation,
                    incident,
                } => {
                    let of = (*obligation, *incident);
                    !met.contains(&of) && due.get(&of).is_some_and(|at| *at + Span(1) == entry.at)
                }
                Event::ObligationClosed { .. } => {
                    closed += 1;
                    true
                }
                _ => true,
            };
            if !fine {
                broken(seed, record, entry.number, "a clock cannot do this now");
            }
        }
        let exercise = &record.header.exercise;
        let clocks = exercise.plan().obligations.len() * exercise.scenario().incidents.len();
        assert_eq!(closed, clocks, "exercise {seed}");
    }
}

#[test]
fn nobody_works_in_a_run_without_response() {
    for (seed, record) in records().filter(|(seed, _)| policy(*seed) == Policy::NoResponse) {
        for entry in &record.entries {
            if matches!(
                entry.event,
                Event::TaskStarted { .. } | Event::MeasureTaken { .. }
            ) {
                broken(seed, record, entry.number, "work without a response");
            }
        }
    }
}

#[test]
fn people_act_and_rules_and_attackers_do_not_speak_for_them() {
    for (seed, record) in records() {
        for entry in &record.entries {
            let (Event::MessageNoticed { person, .. }
            | Event::ReadingStarted { person, .. }
            | Event::MessageRead { person, .. }) = entry.event
            else {
                continue;
            };
            if entry.actor != (Actor::Simulated { person }) {
                broken(seed, record, entry.number, "somebody else reads");
            }
        }
    }
}
