//! By what an incident comes to its marks and phases, and by what it does not.

use super::staffing::{at, called, runs, times, triage};
use super::{clinic, exercise};
use crate::exercise::{
    Addressee, AssetId, AssetState, Condition, ExerciseTime, Fact, Function, IncidentId, Knowable,
    MEASURES, Mark, Measure, Object, Parts, Phase, SourceKind, Span, TaskId,
};
use crate::record::{Action, Edit, Event, HumanAct, Record};
use crate::simulation::fixture::{act, scene, source, stage, task, task_on_affected};
use crate::simulation::incidents::{Incidents, phase_started};
use crate::simulation::{Provenance, Setup, simulate};

fn reached(record: &Record, wanted: Mark) -> Vec<ExerciseTime> {
    times(
        record,
        |event| matches!(event, Event::MarkReached { mark, .. } if *mark == wanted),
    )
}

#[test]
fn a_signal_makes_an_incident_observable_though_there_is_nobody_to_tell() {
    let mut parts = called(Vec::new());
    parts.scenario.injects.clear();
    parts.organisation.sources = vec![source("siem", SourceKind::Siem)];
    parts.organisation.roles[0].functions = vec![Function::Legal];
    let record = &runs(parts, 1)[0];
    let sent = times(record, |event| matches!(event, Event::MessageSent { .. }));
    assert_eq!(sent, []);
    assert_eq!(reached(record, Mark::Observable), [at(Span::minutes(61))]);
}

#[test]
fn triage_finds_only_a_real_incident_to_be_real() {
    for real in [true, false] {
        let mut parts = called(vec![triage(Span::HOUR)]);
        parts.scenario.incidents[0].real = real;
        let record = &runs(parts, 1)[0];
        let found = times(record, |event| {
            let fact = Knowable::Real(IncidentId::new(0));
            matches!(event, Event::FactLearned { fact: learned, .. } if *learned == fact)
        });
        let ended = times(record, |event| matches!(event, Event::TaskEnded { .. }));
        assert_eq!((ended.len(), !found.is_empty()), (1, real));
    }
}

#[test]
fn an_event_is_reported_by_who_takes_reports_and_by_nobody_else() {
    for (function, reports) in [
        (Function::PointOfContact, true),
        (Function::Analyst, true),
        (Function::IncidentManager, true),
        (Function::Legal, false),
    ] {
        let mut log = task("log", Phase::Identification, Measure::Log);
        log.by = Addressee::Function(function);
        let mut parts = called(vec![log]);
        parts.scenario.injects[0].to = Addressee::Function(function);
        parts.organisation.roles[0].functions = vec![function];
        let record = &runs(parts, 1)[0];
        let ended = times(record, |event| matches!(event, Event::TaskEnded { .. }));
        assert_eq!(ended.len(), 1, "{function:?}");
        assert_eq!(!reached(record, Mark::Reported).is_empty(), reports);
    }
}

#[test]
fn resolution_is_reached_by_such_work_and_not_before_the_first_containment() {
    let resolution = |contained_first: bool| {
        let mut parts = clinic();
        parts.organisation.tireless = true;
        let mut find = task("find", Phase::Resolution, Measure::FindCause);
        find.after = vec![TaskId::new(usize::from(contained_first) * 2)];
        // In the order of ids: declare, find, isolate, restore, triage.
        let tasks = &mut parts.plan.tasks;
        tasks[0].after = vec![TaskId::new(4)];
        if !contained_first {
            tasks[1].after = vec![TaskId::new(1)];
        }
        tasks[2].after = vec![TaskId::new(2)];
        tasks.insert(1, find);
        let record = simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default());
        let found = times(
            &record,
            |event| matches!(event, Event::TaskStarted { instance, .. } if instance.task == TaskId::new(1)),
        );
        assert_eq!(found.len(), 1);
        let reached = times(&record, |event| {
            let phase = Phase::Resolution;
            matches!(event, Event::PhaseReached { phase: of, .. } if *of == phase)
        });
        let contained = times(&record, |event| {
            matches!(
                event,
                Event::MeasureTaken {
                    measure: Measure::Isolate,
                    effect: true,
                    ..
                }
            )
        });
        assert_eq!(reached, [found[0].max(contained[0])]);
        found[0] >= contained[0]
    };
    assert!(resolution(true));
    // Who is done before the first containment reaches it with that, and not never.
    assert!(!resolution(false));
}

/// The clinic with a check that nobody is told to do before the time is up.
fn unchecked() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    let mut verify = task_on_affected("verify", Phase::Recovery, Measure::Verify);
    verify.when = Some(Condition::Is(Fact::Elapsed(Span::days(400))));
    parts.plan.tasks.push(verify);
    parts
}

fn recovered(actions: Vec<Action>) -> Vec<ExerciseTime> {
    let setup = Setup {
        actions,
        ..Setup::of(1, 0)
    };
    let record = simulate(&exercise(unchecked()), &setup, Provenance::default());
    times(&record, |event| {
        let phase = Phase::Recovery;
        matches!(event, Event::PhaseCompleted { phase: of, .. } if *of == phase)
    })
}

#[test]
fn recovery_waits_for_the_check_that_the_plan_has_or_for_the_facilitators_word() {
    assert_eq!(recovered(Vec::new()), []);
    let said = at(Span::days(9));
    let change = Edit {
        asset: AssetId::new(1),
        state: AssetState::Verified,
        on: true,
    };
    let verified = Action {
        at: said,
        person: None,
        does: HumanAct::Overrule { change },
        hand: None,
    };
    assert_eq!(recovered(vec![verified]), [said + Span::DAY]);
}

#[test]
fn work_starts_the_phases_that_its_measure_starts() {
    let stage = stage(clinic());
    for row in MEASURES {
        let mut incidents = Incidents::default();
        incidents.reset(scene(&stage, ExerciseTime::STARTEX));
        let incident = IncidentId::new(0);
        // Resolution begins after the first containment only.
        incidents.get_mut(incident).contained_first = Some(1);
        let acts = [act(row.measure, Object::Incident)];
        phase_started(&mut incidents, incident, &acts, 2);
        for phase in Phase::ALL {
            let started = incidents.get(incident).phases[phase.index()].started;
            let expected = row.starts.contains(phase);
            assert_eq!(started.is_some(), expected, "{phase}, {}", row.measure);
        }
    }
}
