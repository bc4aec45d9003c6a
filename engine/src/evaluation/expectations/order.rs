//! What overtook something that was expected, where the plan leaves open which of the two comes first.
//!
//! Asked of what was not done: whether a measure came first that it should have come before, or that destroyed
//! the evidence which was to be secured.

use super::acts;
use super::objects;
use crate::evaluation::coverage::tasks_for;
use crate::evaluation::facts::Facts;
use crate::evaluation::model::{Overtaken, Timed};
use crate::exercise::{
    Act, AssetId, Condition, Exercise, ExpectationId, Fact, Measure, Object, TaskId,
};
use crate::record::{Entry, Event};

/// The measure that overtook an expectation on an asset, or as such, where the plan leaves the order open.
pub(super) fn overtaken(
    facts: &Facts<'_>,
    id: ExpectationId,
    asset: Option<AssetId>,
) -> Option<Overtaken> {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let act = expectation.asks.done()?;
    // What nobody did at all was not overtaken, unless it could no longer be done.
    let first = expectation.before.as_ref().and_then(|before| {
        acts::first_of(facts, expectation, act, asset, |_| true)?;
        let on = objects::selector(before).and(asset);
        acts::first_of(facts, expectation, before, on, |_| true)
    });
    let entry = first.or_else(|| destroyed(facts, act, asset?))?;
    let Event::MeasureTaken {
        instance, measure, ..
    } = entry.event
    else {
        return None;
    };
    let tasks = tasks_for(facts.exercise, act);
    let open = is_open(facts.exercise, &tasks, instance.task, act);
    open.then(|| Overtaken {
        measure,
        done: Timed::of(entry),
    })
}

/// The measure by which evidence on an asset was lost that an act was to secure.
fn destroyed<'a>(facts: &Facts<'a>, act: &Act, asset: AssetId) -> Option<&'a Entry> {
    let Object::Evidence(item, _) = act.on else {
        return None;
    };
    let lost = facts.entries.iter().filter(|entry| {
        matches!(entry.event, Event::EvidenceLost { asset: on, item: of }
            if on == asset && item.is_none_or(|item| item == of))
    });
    let mut by = lost.flat_map(|entry| facts.causes(entry).take(4));
    by.find(|cause| matches!(cause.event, Event::MeasureTaken { .. }))
}

/// Whether the plan leaves open which comes first: it has a task for what should, the later one waits for none
/// of these, and none of these for the later one.
fn is_open(exercise: &Exercise, firsts: &[TaskId], later: TaskId, act: &Act) -> bool {
    let turned = |first: &TaskId| waits(exercise, &[later], *first, None);
    !firsts.is_empty()
        && !firsts.contains(&later)
        && !firsts.iter().any(turned)
        && !waits(exercise, firsts, later, Some(act.measure))
}

/// Whether a task waits for one of some, by what it comes after or by its condition.
fn waits(exercise: &Exercise, firsts: &[TaskId], later: TaskId, taking: Option<Measure>) -> bool {
    let mut seen = vec![later];
    let mut place = 0;
    while let Some(id) = seen.get(place).copied() {
        place += 1;
        let task = exercise.task(id);
        if task
            .when
            .as_ref()
            .is_some_and(|when| asks(when, firsts, taking))
        {
            return true;
        }
        // Of those of which one is enough, each would have to wait.
        let any = match task.after_any.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        for before in task.after.iter().copied().chain(any) {
            if firsts.contains(&before) {
                return true;
            }
            if !seen.contains(&before) {
                seen.push(before);
            }
        }
    }
    false
}

/// Whether a condition asks whether one of some tasks was done, or its measure taken.
fn asks(when: &Condition, firsts: &[TaskId], taking: Option<Measure>) -> bool {
    when.facts().into_iter().any(|fact| match fact {
        Fact::Done(task) => firsts.contains(task),
        Fact::Taken(measure, _) => Some(*measure) == taking,
        _ => false,
    })
}
