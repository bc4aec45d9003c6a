//! Whole runs of small exercises.

mod absent;
mod acts;
mod asleep;
mod attendance;
mod before;
mod better_hands;
mod by_hand;
mod calls;
mod containment;
mod control;
mod duties;
mod facts;
mod fields;
mod floors;
mod hours;
mod injects;
mod instants;
mod laws;
mod leave;
mod marks;
mod nights;
mod open_again;
mod own;
mod phases;
mod preempting;
mod preference;
mod presence;
mod queueing;
mod reach;
mod renewed;
mod roomless;
mod said;
mod skill;
mod spoken;
mod staffing;
mod taking;
mod word;

use super::fixture::{asset, inject, parts, person, records, role, step, task, task_on_affected};
use super::{Policy, Provenance, Setup, Simulation, simulate};
use crate::exercise::{
    Addressee, AssetKind, Effect, Exercise, ExerciseTime, Function, Law, Measure, Parts, PersonId,
    Phase, Reveal, Selector, Span, StepId, TaskId,
};
use crate::record::{Event, Record};
use crate::replay;
use std::sync::Arc;

/// A lead and an analyst, a database that is encrypted, a call, and a plan of four tasks.
fn clinic() -> Parts {
    let mut parts = parts();
    let organisation = &mut parts.organisation;
    organisation.people = vec![person("amara"), person("jonas")];
    organisation.roles = vec![role("analyst"), role("lead")];
    organisation.roles[0].functions = vec![Function::PointOfContact, Function::Analyst];
    organisation.roles[0].functions.sort_unstable();
    organisation.roles[0].holders = vec![PersonId::new(1)];
    organisation.roles[1].functions = vec![Function::IncidentManager];
    organisation.roles[1].holders = vec![PersonId::new(0)];
    organisation.assets = vec![
        asset("backup", AssetKind::BackupOffline),
        records("records", AssetKind::Database, 42_000),
    ];
    let mut encrypt = step("encrypt", Effect::Encrypt);
    encrypt.targets = Selector::Kind(AssetKind::Database);
    parts.scenario.steps = vec![encrypt];
    let mut locked = inject("locked");
    locked.at = Some(ExerciseTime(Span::minutes(65).0));
    locked.reveals = vec![Reveal::Impact, Reveal::Step(StepId::new(0))];
    parts.scenario.injects = vec![locked];
    parts.plan.tasks = tasks();
    parts
}

fn tasks() -> Vec<crate::exercise::Task> {
    let range = |low, high| Law::Range {
        low: Span::minutes(low),
        high: Span::minutes(high),
    };
    let mut declare = task("declare", Phase::Assessment, Measure::Declare);
    declare.by = Addressee::Function(Function::IncidentManager);
    declare.after = vec![TaskId::new(3)];
    let mut isolate = task_on_affected("isolate", Phase::Response, Measure::Isolate);
    isolate.after = vec![TaskId::new(0)];
    isolate.takes = range(15, 90);
    let mut restore = task_on_affected("restore", Phase::Recovery, Measure::Restore);
    restore.after = vec![TaskId::new(1)];
    restore.takes = range(240, 2_400);
    vec![
        declare,
        isolate,
        restore,
        task("triage", Phase::Assessment, Measure::Triage),
    ]
}

fn exercise(parts: Parts) -> Arc<Exercise> {
    Arc::new(Exercise::new(parts).expect("a fixture is valid"))
}

fn run(setup: &Setup) -> Record {
    simulate(&exercise(clinic()), setup, Provenance::default())
}

fn completed(record: &Record) -> Vec<Phase> {
    let phases = record.entries.iter().filter_map(|entry| match entry.event {
        Event::PhaseCompleted { phase, .. } => Some(phase),
        _ => None,
    });
    phases.collect()
}

#[test]
fn the_clinic_contains_and_restores_its_records() {
    let record = run(&Setup::of(1, 0));
    let completed = completed(&record);
    for phase in [
        Phase::Identification,
        Phase::Assessment,
        Phase::Response,
        Phase::Recovery,
    ] {
        assert!(completed.contains(&phase), "{phase} is not complete");
    }
}

#[test]
fn causes_come_before_their_effects() {
    for run_index in 0..50 {
        let record = run(&Setup::of(1, run_index));
        for entry in &record.entries {
            let before = entry.cause.is_none_or(|cause| cause < entry.number);
            assert!(before, "entry {} is caused by a later one", entry.number);
        }
    }
}

#[test]
fn a_lane_among_many_and_a_lane_used_before_give_the_same_record() {
    let exercise = exercise(clinic());
    let setups: Vec<Setup> = (0..40).map(|index| Setup::of(7, index)).collect();
    let mut many = Simulation::new(Arc::clone(&exercise), &setups);
    many.finish();
    for (lane, setup) in setups.iter().enumerate() {
        let alone = simulate(&exercise, setup, Provenance::default());
        assert_eq!(many.take_entries(lane), alone.entries);
    }
    many.reset(3, &setups[9]);
    many.finish();
    assert_eq!(
        many.take_entries(3),
        simulate(&exercise, &setups[9], Provenance::default()).entries
    );
}

#[test]
fn advancing_in_slices_changes_nothing() {
    let exercise = exercise(clinic());
    let setup = Setup::of(3, 5);
    let mut sliced = Simulation::new(Arc::clone(&exercise), std::slice::from_ref(&setup));
    let limit = exercise.parts().limit;
    let mut until = ExerciseTime(0);
    while until < limit && sliced.ended(0).is_none() {
        until = until + Span(1_234_567);
        sliced.advance_to(until);
    }
    assert_eq!(
        sliced.take_entries(0),
        simulate(&exercise, &setup, Provenance::default()).entries
    );
}

#[test]
fn a_record_replays_entry_for_entry() {
    for index in 0..20 {
        let record = run(&Setup::of(11, index));
        let again = replay::replay(&record);
        assert_eq!(replay::first_difference(&record, &again), None);
    }
}

#[test]
fn with_no_response_no_task_starts_and_with_an_ideal_one_everything_is_done_sooner() {
    let nobody = run(&Setup::of(1, 0).with_policy(Policy::NoResponse));
    let starts = |record: &Record| {
        record
            .entries
            .iter()
            .filter(|e| matches!(e.event, Event::TaskStarted { .. }))
            .count()
    };
    assert_eq!(starts(&nobody), 0);
    let ideal = run(&Setup::of(1, 0).with_policy(Policy::Ideal));
    let people = run(&Setup::of(1, 0));
    let end = |record: &Record| record.entries.last().map(|entry| entry.at);
    assert!(completed(&ideal).contains(&Phase::Recovery));
    assert!(end(&ideal) < end(&people));
}
