//! Required tasks of the plan.

use super::applicable::Applicable;
use super::effect::{Due, due};
use super::{Item, Unit, WEIGHT};
use crate::evaluation::facts::{Facts, Work};
use crate::evaluation::model::{CoverageStatus, ItemKind};
use crate::evaluation::share::Fine;
use crate::evaluation::timing;
use crate::exercise::{Act, Each, Exercise, IncidentId, Instance, Measure, Phase, Task, TaskId};
use crate::record::{Entry, Outcome, SkipReason};

/// A task that the truth called for, with the share of each of its acts that was called for.
struct Called<'a> {
    item: Item,
    acts: Vec<(&'a Act, Fine)>,
}

/// The items of the required tasks that the truth called for, but for those that an excused expectation
/// names.
pub(super) fn items(facts: &Facts<'_>, incident: IncidentId, excused: &[TaskId]) -> Vec<Item> {
    if timing::since(facts, incident).is_none() {
        return Vec::new();
    }
    let required = facts.criteria.required[incident.index()].iter().copied();
    let candidates: Vec<TaskId> = required
        .filter(|task| excused.binary_search(task).is_err())
        .collect();
    let applicable = Applicable::of(facts, incident, &candidates);
    let called_for = candidates.into_iter();
    let called_for = called_for.filter(|task| applicable.is_due(*task));
    let called = called_for.filter_map(|task| item(facts, incident, task));
    each_once(called.collect())
}

/// One measure on one object counts once in a phase, in the first task that takes it: as well as it was
/// done by any of them. A task that takes nothing else counts for nothing.
fn each_once(called: Vec<Called<'_>>) -> Vec<Item> {
    let mut best: Vec<(Phase, &Act, Fine)> = Vec::new();
    for of in &called {
        for (act, share) in &of.acts {
            let phase = of.item.phase;
            let same = |it: &&mut (Phase, &Act, Fine)| it.0 == phase && it.1 == *act;
            match best.iter_mut().find(same) {
                Some((.., best)) => *best = (*best).max(*share),
                None => best.push((phase, act, *share)),
            }
        }
    }
    let mut items = Vec::with_capacity(called.len());
    for Called { mut item, acts } in called {
        let mut fresh = Vec::new();
        for (act, _) in &acts {
            let same = |(phase, of, _): &(Phase, &Act, Fine)| *phase == item.phase && of == act;
            if let Some(place) = best.iter().position(same) {
                fresh.push((1, best.swap_remove(place).2));
            }
        }
        match Fine::mean(fresh) {
            Some(done) => item.done = done,
            None if acts.is_empty() => {}
            None => item.weight = 0,
        }
        items.push(item);
    }
    items
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

fn item<'a>(facts: &Facts<'a>, incident: IncidentId, id: TaskId) -> Option<Called<'a>> {
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
    let shares = task.does.iter().filter_map(|act| {
        let share = match due(facts, incident, act, &mut evidence) {
            Due::AsSuch => as_such,
            Due::On { assets, done } => Fine::ratio(done, assets)?,
        };
        Some((act, share))
    });
    let acts: Vec<(&Act, Fine)> = shares.collect();
    if acts.is_empty() && !task.does.is_empty() {
        return None;
    }
    let done = Fine::mean(acts.iter().map(|(_, share)| (1, *share))).unwrap_or(as_such);
    evidence.truncate(most);
    evidence.dedup();
    let item = Item {
        kind: ItemKind::Task(id),
        phase: task.phase,
        weight: if facts.plan_weighs {
            task.weight
        } else {
            WEIGHT
        },
        unit: if task.does.is_empty() {
            Unit::WithoutMeasure
        } else {
            Unit::Planned(id)
        },
        done,
        status: status(facts, task, done, works),
        evidence,
    };
    Some(Called { item, acts })
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
    ready.or_else(|| timing::since(facts, incident))
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
