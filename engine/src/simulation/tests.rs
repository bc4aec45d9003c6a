//! Whole runs of small exercises.

use super::fixture::{
    self, act, asset, inject, parts, person, records, role, step, task, task_on_affected,
};
use super::{Policy, Provenance, Setup, Simulation, simulate};
use crate::exercise::{
    Addressee, AssetKind, Effect, Exercise, ExerciseTime, Function, Law, Measure, Object, Parts,
    PersonId, Phase, Reveal, Selector, Span, StepId, TaskId,
};
use crate::record::{Event, Record};
use std::sync::Arc;

/// A lead and an analyst, a database that is encrypted, a call, and a plan of six tasks.
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
    let analyst = Addressee::Function(Function::Analyst);
    let lead = Addressee::Function(Function::IncidentManager);
    let mut tasks = vec![
        task("declare", Phase::Assessment, Measure::Declare),
        task_on_affected("isolate", Phase::Response, Measure::Isolate),
        task_on_affected("restore", Phase::Recovery, Measure::Restore),
        task("triage", Phase::Assessment, Measure::Triage),
    ];
    tasks[0].by = lead;
    tasks[0].after = vec![TaskId::new(3)];
    tasks[1].by = analyst;
    tasks[1].after = vec![TaskId::new(0)];
    tasks[1].takes = Law::Range {
        low: Span::minutes(15),
        high: Span::minutes(90),
    };
    tasks[2].by = analyst;
    tasks[2].after = vec![TaskId::new(1)];
    tasks[2].takes = Law::Range {
        low: Span::hours(4),
        high: Span::hours(40),
    };
    tasks[3].by = analyst;
    parts.plan.tasks = tasks;
    parts
}

fn run(parts: Parts, setup: &Setup) -> Record {
    let exercise = Arc::new(Exercise::new(parts).expect("a fixture is valid"));
    simulate(&exercise, setup, Provenance::default())
}

#[test]
fn the_clinic_contains_and_restores_its_records() {
    let record = run(clinic(), &Setup::of(1, 0));
    for entry in &record.entries {
        println!(
            "{:4} {:>12} {:?} {:?} {:?}",
            entry.number, entry.at.0, entry.cause, entry.actor, entry.event
        );
    }
    let completed: Vec<Phase> = record
        .entries
        .iter()
        .filter_map(|entry| match entry.event {
            Event::PhaseCompleted { phase, .. } => Some(phase),
            _ => None,
        })
        .collect();
    assert!(completed.contains(&Phase::Assessment));
    assert!(completed.contains(&Phase::Response));
    assert!(completed.contains(&Phase::Recovery));
    let _ = (act(Measure::Log, Object::Incident), Policy::Ideal);
}
