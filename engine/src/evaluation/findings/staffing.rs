//! Work for which nobody who can do it is there, and who approves what.

use super::{Case, Draft};
use crate::evaluation::correction::Correction;
use crate::evaluation::facts::Work;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::exercise::{Instance, PersonId, RoleId, Task, TaskId};
use crate::record::Event;
use std::collections::{BTreeMap, BTreeSet};

/// What: work that could have begun and never was, because fewer people hold or stand in for its role than it
/// takes; or hands-on work whose people had nothing else to do and never came.
/// Why: no wait helps. Somebody else has to be able to do it.
pub(super) fn nobody_can(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let mut found: BTreeMap<TaskId, (FindingKind, Vec<u32>)> = BTreeMap::new();
    for task in (0..case.facts.exercise.plan().tasks.len()).map(TaskId::new) {
        let of = case
            .facts
            .works
            .iter()
            .filter(|(instance, _)| instance.task == task);
        let mut begun = of.filter(|(_, work)| work.started().is_some());
        if let Some(kind) = short(case, task).filter(|_| begun.next().is_none()) {
            found.insert(task, (kind, vec![ended.number]));
        }
    }
    for (instance, work) in case.facts.works.iter() {
        let Some(ready) = work.ready() else {
            continue;
        };
        let unanswered = work.asked().is_some() && work.approved().is_none();
        if work.started().is_some() || work.skipped().is_some() || unanswered {
            continue;
        }
        if let Some(kind) = why(case, instance, work) {
            let (_, entries) = found.entry(instance.task).or_insert((kind, Vec::new()));
            entries.extend([ready.number, ended.number]);
        }
    }
    let drafts = found.into_iter().map(|(task, (kind, entries))| {
        let helps = case
            .roles(task)
            .iter()
            .flat_map(|role| case.staffing(*role));
        Draft::new(kind, FindingSubject::Task(task), 1_500)
            .citing(entries)
            .try_these(helps)
    });
    drafts.collect()
}

/// Why a piece of work was never begun, if it was for want of people who can do it.
fn why(case: &Case<'_>, instance: Instance, work: &Work<'_>) -> Option<FindingKind> {
    let exercise = case.facts.exercise;
    let task = exercise.task(instance.task);
    if let Some(short) = short(case, instance.task) {
        return Some(short);
    }
    let (needs, could) = together(case, instance.task);
    let (ready, ended) = (work.ready()?, case.facts.ended?);
    let severity = exercise.scenario().incidents[instance.incident.index()].severity;
    let patience = exercise.plan().escalation.after[severity.index()];
    let people: Vec<PersonId> = people_of(case, case.roles(instance.task))
        .into_iter()
        .collect();
    let busy = super::reaching::busy(
        &super::reaching::stretches(case),
        &people,
        ready.at,
        ended.at,
    );
    let waited = (ended.at - ready.at) - busy;
    (is_hands_on(task) && waited > patience).then_some(FindingKind::NobodyCan { needs, could })
}

/// How many people a task takes, and how many at most can come together for it.
fn together(case: &Case<'_>, task: TaskId) -> (u16, u16) {
    let of = |role: &RoleId| people_of(case, std::slice::from_ref(role)).len();
    let could = case.roles(task).iter().map(of).max().unwrap_or(0);
    let could = u16::try_from(could).unwrap_or(u16::MAX);
    (case.facts.exercise.task(task).people.max(1), could)
}

/// What is found of a task that takes more people than there are, where anybody has its role.
fn short(case: &Case<'_>, task: TaskId) -> Option<FindingKind> {
    let (needs, could) = together(case, task);
    let kind = FindingKind::NobodyCan { needs, could };
    (0 < could && could < needs).then_some(kind)
}

fn is_hands_on(task: &Task) -> bool {
    task.does.iter().any(|act| act.measure.is_hands_on())
}

/// Who holds some roles, or stands in for them.
fn people_of(case: &Case<'_>, roles: &[RoleId]) -> BTreeSet<PersonId> {
    let roles = roles.iter().map(|role| case.facts.exercise.role(*role));
    let people = roles.flat_map(|role| role.holders.iter().chain(&role.deputies));
    people.copied().collect()
}

/// What: somebody did work that needs approval, and gave it themselves, or acted for who gives it.
/// Why: an approval is a second pair of eyes, and there was one.
pub(super) fn own_approval(case: &Case<'_>) -> Vec<Draft> {
    let exercise = case.facts.exercise;
    let mut found: BTreeMap<(TaskId, RoleId), Vec<u32>> = BTreeMap::new();
    for (instance, work) in case.facts.works.iter() {
        let task = exercise.task(instance.task);
        let (Some(approver), Some(started)) = (task.approval, work.started()) else {
            continue;
        };
        let Event::TaskStarted { people, role, .. } = &started.event else {
            continue;
        };
        let approving = exercise.roles(approver);
        let given = work.approved().and_then(|entry| match entry.event {
            Event::ApprovalGiven { person, .. } => Some((entry, person)),
            _ => None,
        });
        let own = if let Some((_, person)) = given {
            people.contains(&person)
        } else {
            let may = &exercise.role(*role).may;
            let allowed = task.does.iter().all(|act| may.contains(&act.measure));
            let deciders = people_of(case, approving);
            let asks = !allowed || task.does.is_empty();
            asks && people.iter().any(|of| deciders.contains(of))
        };
        if let Some(role) = approving.first().filter(|_| own) {
            let entries = found.entry((instance.task, *role)).or_default();
            entries.extend(given.map(|(entry, _)| entry.number));
            entries.push(started.number);
        }
    }
    let drafts = found.into_iter().map(|((task, role), entries)| {
        Draft::new(FindingKind::OwnApproval, FindingSubject::Task(task), 400)
            .citing(entries)
            .try_these([Correction::NameDeputy(role)])
    });
    drafts.collect()
}
