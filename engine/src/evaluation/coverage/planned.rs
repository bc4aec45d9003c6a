//! Required tasks of the plan.

use super::Item;
use super::applicable::Applicable;
use super::effect::{Due, due};
use crate::evaluation::facts::{Facts, Work};
use crate::evaluation::model::{CoverageStatus, ItemKind};
use crate::evaluation::share::Fine;
use crate::exercise::{Each, Exercise, IncidentId, Instance, Mark, Measure, Phase, Task, TaskId};
use crate::record::{Entry, Outcome, SkipReason};

/// The items of the required tasks that the truth called for and that no expectation names.
pub(super) fn items(facts: &Facts<'_>, incident: IncidentId, named: &[TaskId]) -> Vec<Item> {
    if facts.course(incident).mark_or_earlier(Mark::Seen).is_none() {
        return Vec::new();
    }
    let required = facts.criteria.required[incident.index()].iter().copied();
    let candidates: Vec<TaskId> = required
        .filter(|task| named.binary_search(task).is_err())
        .collect();
    let applicable = Applicable::of(facts, incident, &candidates);
    let called_for = candidates.into_iter();
    let called_for = called_for.filter(|task| applicable.is_due(*task));
    called_for
        .filter_map(|task| item(facts, incident, task))
        .collect()
}

/// Whether a task is required at the true severity and for what the incident truly is.
pub(in crate::evaluation) fn may_be_required(
    exercise: &Exercise,
    incident: IncidentId,
    task: &Task,
) -> bool {
    let truth = &exercise.scenario().incidents[incident.index()];
    let severe = task.from_severity.is_none_or(|from| truth.severity >= from);
    let early = matches!(task.phase, Phase::Identification | Phase::Assessment);
    let of_real = |m| matches!(m, Measure::Declare | Measure::Classify | Measure::Scope);
    let of_false = |m| m == Measure::Reject;
    let fits = if truth.real {
        !task.does.iter().any(|act| of_false(act.measure))
    } else {
        early && !task.does.iter().any(|act| of_real(act.measure))
    };
    !task.optional && severe && fits
}

/// How many entries at most prove the effect of a task.
const PROOFS: usize = 8;

fn item(facts: &Facts<'_>, incident: IncidentId, id: TaskId) -> Option<Item> {
    let task = facts.exercise.task(id);
    let works = facts.works.of_task(id, incident);
    if works.iter().any(|(_, work)| is_excused(work))
        && !works.iter().any(|(_, w)| w.done().is_some())
    {
        return None;
    }
    let (as_such, answer) = done_as_such(facts, task, works);
    let called = called_by(facts, incident, works).into_iter().chain(answer);
    let mut evidence: Vec<u32> = called.map(|entry| entry.number).collect();
    let most = evidence.len() + PROOFS;
    let mut called_for = task.does.is_empty();
    let acts = task.does.iter().filter_map(|act| {
        let share = match due(facts, incident, act, &mut evidence) {
            Due::AsSuch => as_such,
            Due::On { assets, done } => Fine::ratio(done, assets)?,
        };
        called_for = true;
        Some((1, share))
    });
    let done = Fine::mean(acts).unwrap_or(as_such);
    if !called_for {
        return None;
    }
    evidence.truncate(most);
    evidence.dedup();
    Some(Item {
        kind: ItemKind::Task(id),
        phase: task.phase,
        weight: task.weight,
        done,
        status: status(facts, task, done, works),
        evidence,
    })
}

/// Whether somebody with the right to do so left a task out: a decision, the facilitator, or because
/// what would have called for it had been prevented.
pub(super) fn is_excused(work: &Work<'_>) -> bool {
    work.skipped().is_some_and(|(_, reason)| {
        matches!(
            reason,
            SkipReason::Decided | SkipReason::Facilitator | SkipReason::Prevented
        )
    })
}

/// The share of a task's pieces of work that were truly done. A task of the incident is done when
/// one piece is; others once for each of what they are for.
fn done_as_such<'a>(
    facts: &Facts<'a>,
    task: &Task,
    works: &[(Instance, Work<'a>)],
) -> (Fine, Option<&'a Entry>) {
    let done = || works.iter().filter_map(|(_, work)| work.done());
    let claimed = works.iter().find_map(|(_, work)| work.claimed());
    let closed = works.iter().find_map(|(_, work)| work.closed());
    let answer = done().next().or(claimed).or(closed).or(facts.ended);
    let share = match task.each {
        Each::Incident => Fine::ratio(u64::from(done().next().is_some()), 1),
        Each::Alert | Each::Message | Each::Asset => {
            let due = works.iter().filter(|(_, work)| work.skipped().is_none());
            Fine::ratio(done().count() as u64, due.count().max(1) as u64)
        }
    };
    (share.unwrap_or(Fine::ZERO), answer)
}

/// What called for a task: that it was ready, else that the incident could be seen.
fn called_by<'a>(
    facts: &Facts<'a>,
    incident: IncidentId,
    works: &[(Instance, Work<'a>)],
) -> Option<&'a Entry> {
    let ready = works.iter().find_map(|(_, work)| work.ready());
    let seen = || facts.course(incident).mark_or_earlier(Mark::Seen);
    ready.or_else(|| seen().map(|(_, entry)| entry))
}

fn status(
    facts: &Facts<'_>,
    task: &Task,
    done: Fine,
    works: &[(Instance, Work<'_>)],
) -> CoverageStatus {
    let flawed = works
        .iter()
        .any(|(_, work)| work.ended(Outcome::Flawed).is_some());
    let incident = works.first().map(|(instance, _)| instance.incident);
    let over = incident.and_then(|incident| facts.course(incident).completed(task.phase));
    let first = works.iter().find_map(|(_, work)| work.done());
    match done {
        Fine::ONE => match first.zip(over) {
            Some((done, over)) if done.at > over.at => CoverageStatus::Late,
            _ => CoverageStatus::Done,
        },
        Fine::ZERO if flawed => CoverageStatus::Flawed,
        Fine::ZERO => CoverageStatus::Missed,
        _ => CoverageStatus::Partly,
    }
}
