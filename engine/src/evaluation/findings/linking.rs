//! On which objectives a finding bears.

use super::Case;
use crate::evaluation::coverage::{is_alike, tasks_of};
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::exercise::{Capability, ExpectationId, Measure, ObjectiveId, Phase, TaskId};

/// The objectives of a finding: those that list what it is about, else those of the capability that
/// it shows.
pub(super) fn objectives(
    case: &Case<'_>,
    kind: FindingKind,
    subject: FindingSubject,
) -> Vec<ObjectiveId> {
    let listed = match subject {
        FindingSubject::Objective(objective) => return vec![objective],
        FindingSubject::Expectation(id) => listing(case, |of| of == id),
        FindingSubject::Task(task) => of_task(case, task),
        FindingSubject::Obligation(duty, _) => {
            let to = case.facts.exercise.obligation(duty).to;
            let on = crate::exercise::Object::Stakeholder(to);
            let expectations = &case.facts.exercise.scenario().expectations;
            let told = |id: ExpectationId| expectations[id.index()].asks.done().map(|act| &act.on);
            listing(case, |id| told(id) == Some(&on))
        }
        FindingSubject::Measure(_, measure) => {
            let expectations = &case.facts.exercise.scenario().expectations;
            let taken =
                |id: ExpectationId| expectations[id.index()].asks.act().map(|act| act.measure);
            listing(case, |id| taken(id) == Some(measure))
        }
        _ => Vec::new(),
    };
    if !listed.is_empty() {
        return listed;
    }
    let shown = capabilities(case, kind, subject);
    let objectives = case.facts.exercise.scenario().objectives.iter().enumerate();
    objectives
        .filter(|(_, objective)| shown.contains(&objective.capability))
        .map(|(i, _)| ObjectiveId::new(i))
        .collect()
}

fn listing(case: &Case<'_>, wanted: impl Fn(ExpectationId) -> bool) -> Vec<ObjectiveId> {
    let objectives = case.facts.exercise.scenario().objectives.iter().enumerate();
    objectives
        .filter(|(_, of)| {
            of.critical
                .iter()
                .chain(&of.supporting)
                .any(|id| wanted(*id))
        })
        .map(|(i, _)| ObjectiveId::new(i))
        .collect()
}

/// The objectives with an expectation that a task answers.
fn of_task(case: &Case<'_>, task: TaskId) -> Vec<ObjectiveId> {
    let exercise = case.facts.exercise;
    listing(case, |id| {
        let expected = exercise.scenario().expectations[id.index()].asks.done();
        let mut acts = exercise.task(task).does.iter();
        tasks_of(exercise, id).contains(&task)
            && expected.is_some_and(|expected| acts.any(|act| is_alike(act, expected)))
    })
}

/// The capabilities that a finding shows, where nothing lists what it is about.
fn capabilities(
    case: &Case<'_>,
    kind: FindingKind,
    subject: FindingSubject,
) -> &'static [Capability] {
    match kind {
        FindingKind::TimeLost { phase, .. } | FindingKind::NotCompleted { phase, .. } => {
            of_phase(phase)
        }
        FindingKind::Reopened(phase) | FindingKind::PhaseInTime(phase) => of_phase(phase),
        FindingKind::ClockNotKept(_) | FindingKind::ClockKept => &[Capability::Communicate],
        FindingKind::EvidenceDestroyed | FindingKind::EvidenceSecured | FindingKind::LogNotKept => {
            &[Capability::Document]
        }
        FindingKind::RestoredTooEarly
        | FindingKind::ObjectiveExceeded
        | FindingKind::DataLossExceeded => &[Capability::Recover],
        FindingKind::Unseen => &[Capability::Detect],
        FindingKind::WrongClassification => &[Capability::Activate],
        FindingKind::OwnHarm | FindingKind::HealthyAssetHit | FindingKind::AttackStopped => {
            &[Capability::Contain]
        }
        FindingKind::Missed
        | FindingKind::MetLate
        | FindingKind::PartlyDone
        | FindingKind::FlawedWork
        | FindingKind::UnsoundDecision
        | FindingKind::NoDeputy
        | FindingKind::NobodyCan { .. }
        | FindingKind::OwnApproval
        | FindingKind::DeclaredTooEarly
        | FindingKind::NotInPlan => of_subject(case, subject),
        FindingKind::NobodyReached
        | FindingKind::Deadlock
        | FindingKind::AppetiteExceeded
        | FindingKind::Overdue
        | FindingKind::ObjectiveAchieved => &[],
    }
}

fn of_subject(case: &Case<'_>, subject: FindingSubject) -> &'static [Capability] {
    let exercise = case.facts.exercise;
    match subject {
        FindingSubject::Phase(_, phase) => of_phase(phase),
        FindingSubject::Task(task) | FindingSubject::Role(_, Some(task)) => {
            let task = exercise.task(task);
            if task.takes_measure(Measure::Notify) {
                &[Capability::Communicate]
            } else {
                of_phase(task.phase)
            }
        }
        FindingSubject::Decision(decision) => of_phase(exercise.plan().decision(decision).phase),
        FindingSubject::Measure(_, measure) => measure.home().map_or(&[], of_phase),
        _ => &[],
    }
}

/// The capabilities that a phase exercises.
const fn of_phase(phase: Phase) -> &'static [Capability] {
    match phase {
        Phase::Identification => &[Capability::Detect],
        Phase::Assessment => &[Capability::Activate],
        Phase::Response => &[Capability::Contain],
        Phase::Resolution => &[Capability::Respond],
        Phase::Recovery => &[Capability::Recover],
        Phase::Closure => &[Capability::Learn],
    }
}
