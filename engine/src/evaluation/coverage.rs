//! What should have been done, and the share of it that was.
//!
//! What should have been done comes from the truth and the plan, never from how the team saw it.
//! What was done counts by its true effect on the assets that it was due on.

mod applicable;
mod effect;
mod expected;
mod gap;
mod planned;

pub(super) use expected::{Standing, standing};
pub(super) use gap::needed;
pub(super) use planned::may_be_required;

use super::facts::Facts;
use super::model::{CoverageItem, CoverageStatus, ItemKind};
use super::share::Fine;
use crate::exercise::{Act, Exercise, ExpectationId, IncidentId, Measure, Object, Phase, TaskId};

/// An item with its share as finely as it is counted.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// What it is.
    pub(super) kind: ItemKind,
    /// The phase in which it counts.
    pub(super) phase: Phase,
    /// Its weight in hundredths.
    pub(super) weight: u32,
    /// The share of it that was done.
    pub(super) done: Fine,
    /// How it stands.
    pub(super) status: CoverageStatus,
    /// What called for it, then what answered.
    pub(super) evidence: Vec<u32>,
}

impl Item {
    /// The item as it is shown.
    pub(super) fn shown(&self) -> CoverageItem {
        CoverageItem {
            kind: self.kind,
            weight: self.weight,
            done: self.done.rounded(),
            status: self.status,
            evidence: self.evidence.clone(),
        }
    }
}

/// Everything that should have been done for an incident: expectations, then tasks that none of
/// them names, then what the plan lacks.
pub(super) fn items(facts: &Facts<'_>, incident: IncidentId) -> Vec<Item> {
    let mut items = expected::items(facts, incident);
    let named = named_tasks(facts, &items);
    items.extend(planned::items(facts, incident, &named));
    items.extend(gap::items(facts, incident));
    items.retain(|item| facts.course(incident).not_applicable(item.phase).is_none());
    items
}

/// The weighted share of a phase's items that was done.
pub(super) fn share(items: &[Item], phase: Phase) -> Option<Fine> {
    let of_phase = items.iter().filter(|item| item.phase == phase);
    Fine::mean(of_phase.map(|item| (u64::from(item.weight), item.done)))
}

/// The tasks that count as an expectation: those of its items, and those of expectations that were
/// excused, which leave the score with them.
fn named_tasks(facts: &Facts<'_>, items: &[Item]) -> Vec<TaskId> {
    let excused = facts.excused.iter().enumerate();
    let excused = excused.filter(|(_, entry)| entry.is_some());
    let excused = excused.map(|(i, _)| ExpectationId::new(i));
    let expected = items.iter().filter_map(|item| match item.kind {
        ItemKind::Expectation(expectation) => Some(expectation),
        _ => None,
    });
    let mut named: Vec<TaskId> = expected
        .chain(excused)
        .flat_map(|expectation| &facts.criteria.expected(expectation).tasks)
        .copied()
        .collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// The tasks of the plan that an expectation names: those that take its measure on the very same
/// object, else those that take it on anything alike.
pub(super) fn tasks_of(exercise: &Exercise, expectation: ExpectationId) -> Vec<TaskId> {
    let expected = &exercise.scenario().expectations[expectation.index()].act;
    tasks_for(exercise, expected)
}

/// The tasks of the plan by which an act is done.
pub(super) fn tasks_for(exercise: &Exercise, expected: &Act) -> Vec<TaskId> {
    let tasks = || exercise.plan().tasks.iter().enumerate();
    let taking = |same: &dyn Fn(&Act) -> bool| -> Vec<TaskId> {
        tasks()
            .filter(|(_, task)| task.does.iter().any(same))
            .map(|(i, _)| TaskId::new(i))
            .collect()
    };
    let exact = taking(&|act| act == expected);
    if exact.is_empty() {
        taking(&|act| is_alike(act, expected))
    } else {
        exact
    }
}

/// Whether two acts are the same measure on the same kind of object: the stakeholder and the item
/// of evidence must agree, the choice of assets need not.
pub(super) fn is_alike(act: &Act, expected: &Act) -> bool {
    let object = match (&act.on, &expected.on) {
        (Object::Stakeholder(one), Object::Stakeholder(other)) => one == other,
        (Object::Evidence(one, _), Object::Evidence(other, _)) => {
            one.is_none() || other.is_none() || one == other
        }
        _ => true,
    };
    act.measure == expected.measure && object
}

/// The phase in which an act counts: that of the plan's task for it, else the measure's own.
pub(super) fn phase_of(exercise: &Exercise, act: &Act) -> Phase {
    let task = tasks_for(exercise, act).first().copied();
    task.map(|task| exercise.task(task).phase)
        .or(act.measure.home())
        .unwrap_or(Phase::Response)
}

/// Whether a measure is taken on assets, one by one, so that its share can be counted.
const fn is_taken_on_assets(measure: Measure) -> bool {
    measure.contains()
        || matches!(
            measure,
            Measure::Preserve
                | Measure::Patch
                | Measure::Harden
                | Measure::RotateCredentials
                | Measure::Failover
                | Measure::Rebuild
                | Measure::Restore
                | Measure::Reconnect
                | Measure::Verify
                | Measure::Accept
        )
}
