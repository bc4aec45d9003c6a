//! Which findings have one root: of these one speaks, and the others hang on it.
//!
//! Rules name the roots of what they find; `findings` gathers them at the very end, when everything is rated and
//! ordered. What a finding bears on, what a gate rests on, and what is judged are never changed by it.

use super::{Case, Finding};
use crate::evaluation::facts::{StateSpan, Work};
use crate::evaluation::finding::FindingKind;
use crate::evaluation::model::{Category, TracePart};
use crate::evaluation::trace::trace;
use crate::exercise::{
    AssetId, AssetState, ExerciseTime, IncidentId, ObligationId, RoleId, StepId, TaskId,
};
use crate::record::{Entry, Event};

/// Without what a finding would not have come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// A wait, by the entry that ended it.
    Wait(u32),
    /// Work of a task that was never done.
    Undone(IncidentId, TaskId),
    /// An incident in which nothing more could happen.
    Idle(IncidentId),
    /// What brought phases back that had been complete, by its entry.
    Back(u32),
    /// A role for which nobody stands in.
    Alone(RoleId),
    /// A role that messages did not reach.
    Unreached(RoleId),
    /// An asset that went down, with what stood on it.
    Down(AssetId),
    /// A step of the attack.
    Step(StepId),
    /// A step of the attack that nobody saw.
    Hidden(StepId),
    /// What the work of a task did wrong, by the rule that finds it.
    Work(FindingKind, TaskId),
    /// A duty.
    Duty(ObligationId, IncidentId),
    /// An item of the plan's programme, by its place.
    Programme(usize),
}

/// A finding with its roots.
#[derive(Debug)]
pub(in crate::evaluation) struct Found {
    /// The finding.
    pub(in crate::evaluation) finding: Finding,
    pub(super) roots: Vec<Root>,
}

/// Of findings that share a root, the first with the others hung on it, in their order. What shares a root with
/// two shares it with both. A strength stands alone.
pub(super) fn gathered(found: Vec<Found>) -> Vec<Finding> {
    let mut groups: Vec<(Vec<Root>, Vec<usize>)> = Vec::new();
    for (place, of) in found.iter().enumerate() {
        let strength = of.finding.kind.is_strength();
        let roots = of.roots.iter().filter(|_| !strength);
        let mut group = (roots.copied().collect::<Vec<Root>>(), vec![place]);
        groups.retain_mut(|(roots, places)| {
            let shares = roots.iter().any(|root| group.0.contains(root));
            if shares {
                group.0.append(roots);
                group.1.append(places);
            }
            !shares
        });
        groups.push(group);
    }
    for (_, places) in &mut groups {
        places.sort_unstable();
    }
    groups.sort_by_key(|(_, places)| places.first().copied());
    let mut all: Vec<Option<Finding>> = found.into_iter().map(|of| Some(of.finding)).collect();
    let spoken = groups.into_iter().filter_map(|(_, places)| {
        let mut group = places.into_iter().filter_map(|place| all[place].take());
        let mut speaks = group.next()?;
        speaks.hung.extend(group);
        Some(speaks)
    });
    spoken.collect()
}

/// The wait that was the longest part of the time from an instant to an entry, if it was much of it.
fn longest_wait(
    case: &Case<'_>,
    incident: IncidentId,
    from: ExerciseTime,
    until: &Entry,
) -> Option<Root> {
    let parts = trace(case.facts, incident, from, until);
    let length = |part: &TracePart| (part.until - part.from).0;
    let waits = parts.iter().filter(|part| {
        !matches!(
            part.category,
            Category::Working | Category::Redoing | Category::Watching
        )
    });
    let longest = waits.max_by_key(|part| (length(part), part.entry))?;
    let much = i128::from(length(longest)) * 10_000
        >= i128::from((until.at - from).0) * i128::from(super::timing::MUCH);
    much.then_some(Root::Wait(longest.entry))
}

/// Why a task was done late, or never: the wait in the time to it; its open work; or, where nothing of it ever
/// became ready, the task that comes before it, however far, and was not done either.
pub(super) fn of_task(
    case: &Case<'_>,
    incident: IncidentId,
    task: TaskId,
    from: ExerciseTime,
) -> Option<Root> {
    let works = case.facts.works.of_task(task, incident);
    match works.last() {
        Some((_, work)) => match work.claimed() {
            Some(claimed) => longest_wait(case, incident, from, claimed),
            None => Some(Root::Undone(incident, task)),
        },
        None => Some(Root::Undone(incident, first_undone(case, incident, task))),
    }
}

fn first_undone(case: &Case<'_>, incident: IncidentId, task: TaskId) -> TaskId {
    let over = |id: &TaskId| {
        let works = case.facts.works.of_task(*id, incident).iter();
        works
            .into_iter()
            .any(|(_, work)| work.claimed().is_some() || work.skipped().is_some())
    };
    let mut walked = vec![task];
    let mut at = task;
    loop {
        let described = case.facts.exercise.task(at);
        let mut before = described.after.iter().filter(|id| !over(id));
        let any = &described.after_any;
        let of_any = any.first().filter(|_| !any.iter().any(over));
        match before.next().or(of_any) {
            Some(next) if !walked.contains(next) => {
                at = *next;
                walked.push(at);
            }
            _ => return at,
        }
    }
}

/// Where the time to a mark waited for the most part: the entry that ended its longest stretch.
pub(super) fn of_parts(parts: &[&TracePart]) -> Option<Root> {
    let longest = parts.first()?;
    Some(Root::Wait(longest.entry))
}

/// What a phase that was not complete waited for at the end.
pub(super) fn of_open_phase(incident: IncidentId, last: Option<&TracePart>) -> Root {
    match last.and_then(|part| part.instance) {
        Some(instance) => Root::Undone(incident, instance.task),
        None => Root::Idle(incident),
    }
}

/// The asset with which an outage began, and what struck it: an asset goes down with what it stands on.
pub(super) fn of_outage<'a>(
    case: &Case<'a>,
    span: &StateSpan<'a>,
) -> (StateSpan<'a>, Option<Root>) {
    let mut first = *span;
    for entry in case.facts.causes(span.from).skip(1) {
        match &entry.event {
            Event::AssetChanged {
                asset,
                state,
                on: true,
                ..
            } => {
                let down = *state == AssetState::OutOfService;
                let at = |of: &&StateSpan<'a>| of.from.number == entry.number;
                let other = case.facts.states.of(*asset).find(at).filter(|_| down);
                if let Some(other) = other {
                    first = *other;
                }
            }
            Event::StepTookEffect { step, .. } => return (first, Some(Root::Step(*step))),
            Event::MeasureTaken { instance, .. } | Event::TaskEnded { instance, .. } => {
                let kind = FindingKind::ObjectiveExceeded;
                return (first, Some(Root::Work(kind, instance.task)));
            }
            _ => break,
        }
    }
    (first, None)
}

/// What struck an asset of which data was lost: what its last outage before the loss began with.
pub(super) fn of_lost_data(case: &Case<'_>, asset: AssetId, lost: &Entry) -> Option<Root> {
    let mut outages =
        case.facts.states.of(asset).filter(|span| {
            span.state == AssetState::OutOfService && span.from.number < lost.number
        });
    of_outage(case, outages.next()?).1
}

/// The work that did wrong what a rule finds, by the entries that it cites.
pub(super) fn of_work(case: &Case<'_>, kind: FindingKind, cited: &[u32]) -> Vec<Root> {
    let entries = cited.iter().filter_map(|number| case.facts.entry(*number));
    let tasks = entries.filter_map(|entry| match entry.event {
        Event::MeasureTaken { instance, .. } => Some(instance.task),
        _ => None,
    });
    let mut roots: Vec<Root> = tasks.map(|task| Root::Work(kind, task)).collect();
    roots.dedup();
    roots
}

/// A role for which nobody stands in, with the waits of its work that came to an end.
pub(super) fn of_absence<'a>(role: RoleId, works: impl Iterator<Item = &'a Work<'a>>) -> Vec<Root> {
    let begun = works.filter_map(Work::started);
    let waits = begun.map(|entry| Root::Wait(entry.number));
    [Root::Alone(role)].into_iter().chain(waits).collect()
}

#[cfg(test)]
mod tests;
