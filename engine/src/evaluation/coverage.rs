//! What should have been done, and the share of it that was.
//!
//! What should have been done comes from the truth and the plan, never from how the team saw it.
//! What was done counts by its true effect on the assets that it was due on.

mod applicable;
mod effect;
mod expected;
mod gap;
mod planned;

pub(super) use gap::{Part, needed};
pub(super) use planned::may_be_required;

use super::facts::Facts;
use super::model::{CoverageItem, CoverageStatus, ItemKind, Standing};
use super::share::Fine;
use crate::exercise::{
    Act, BasisPoints, Exercise, ExpectationId, IncidentId, Measure, Object, OnAssets, Phase, TaskId,
};

/// An item with its share as finely as it is counted.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// What it is.
    pub(super) kind: ItemKind,
    /// The phase in which it counts.
    pub(super) phase: Phase,
    /// Its weight in its half of the phase, in hundredths.
    pub(super) weight: u32,
    /// With what it counts as one.
    pub(super) unit: Unit,
    /// The share of it that was done.
    pub(super) done: Fine,
    /// How it stands.
    pub(super) status: CoverageStatus,
    /// What called for it, then what answered.
    pub(super) evidence: Vec<u32>,
}

impl Item {
    /// Whether it stands among the expectations, and not among the tasks.
    pub(super) const fn is_expected(&self) -> bool {
        matches!(self.kind, ItemKind::Expectation(_))
    }

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

/// The weight of whatever is not weighed by the scenario, in hundredths.
pub(super) const WEIGHT: u32 = 100;

/// Items that count as one within their half of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// Expectations of one measure on one object: the first of them.
    Expected(ExpectationId),
    /// Tasks that take one measure on one object: the first of them.
    Planned(TaskId),
    /// Tasks that take no measure.
    WithoutMeasure,
    /// A part of a criterion that no task of the plan can meet.
    Missing(Measure),
}

/// Everything that should have been done for an incident: expectations, then tasks, then what the plan
/// lacks.
pub(super) fn items(facts: &Facts<'_>, incident: IncidentId) -> Vec<Item> {
    let mut items = expected::items(facts, incident);
    items.extend(planned::items(facts, incident, &excused_tasks(facts)));
    items.extend(gap::items(facts, incident));
    items.retain(|item| facts.course(incident).not_applicable(item.phase).is_none());
    items
}

/// The share of what a phase asked for that was done: half from its expectations, half from the tasks of
/// the plan; where one half has nothing, the other is the whole.
pub(super) fn share(items: &[Item], phase: Phase) -> Option<Fine> {
    let half = |expected| {
        let units = units(items, phase, expected);
        Fine::mean(units.iter().map(|unit| (u64::from(unit.weight), unit.done)))
    };
    let halves = [half(true), half(false)];
    Fine::mean(halves.into_iter().flatten().map(|half| (1, half)))
}

/// What counts as one in a half of a phase.
struct Counted {
    unit: Unit,
    /// The weight of the heaviest of its items.
    weight: u32,
    /// The mean of its items.
    done: Fine,
    /// The weights of its items together.
    within: u32,
}

/// What counts in a half of a phase: among the expectations, or among the tasks.
fn units(items: &[Item], phase: Phase, expected: bool) -> Vec<Counted> {
    let in_half = |item: &&Item| item.phase == phase && item.is_expected() == expected;
    let mut of_half: Vec<&Item> = items.iter().filter(in_half).collect();
    of_half.sort_by_key(|item| item.unit);
    let units = of_half.chunk_by(|one, next| one.unit == next.unit);
    let counted = units.filter_map(|unit| {
        let weighted = unit.iter().map(|item| (u64::from(item.weight), item.done));
        Some(Counted {
            unit: unit.first()?.unit,
            weight: unit.iter().map(|item| item.weight).max()?,
            done: Fine::mean(weighted)?,
            within: unit.iter().map(|item| item.weight).sum(),
        })
    });
    counted.collect()
}

/// The part of its phase's coverage that an item makes up.
pub(super) fn portion(items: &[Item], item: &Item) -> Fine {
    let [same, other] =
        [item.is_expected(), !item.is_expected()].map(|half| units(items, item.phase, half));
    let whole: u32 = same.iter().map(|unit| unit.weight).sum();
    let own = same.iter().find(|unit| unit.unit == item.unit);
    let of_half = own.and_then(|own| {
        let unit = Fine::ratio(u64::from(own.weight), u64::from(whole))?;
        let within = Fine::ratio(u64::from(item.weight), u64::from(own.within))?;
        Some(unit.times(within))
    });
    let of_half = of_half.unwrap_or(Fine::ZERO);
    if other.is_empty() {
        of_half
    } else {
        of_half.times(Fine::of(BasisPoints(5_000)))
    }
}

/// The tasks that count as an expectation which was excused: they leave the score with it.
fn excused_tasks(facts: &Facts<'_>) -> Vec<TaskId> {
    let excused = facts.expected.iter();
    let excused = excused.filter(|of| of.standing == Standing::Excused);
    let mut named: Vec<TaskId> = excused
        .flat_map(|of| &facts.criteria.expected(of.expectation).tasks)
        .copied()
        .collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// The tasks of the plan that an expectation names: those that take its measure on the very same
/// object, else those that take it on anything alike.
pub(super) fn tasks_of(exercise: &Exercise, expectation: ExpectationId) -> Vec<TaskId> {
    let expected = &exercise.scenario().expectations[expectation.index()];
    let wanted = expected.asks.done();
    wanted.map_or_else(Vec::new, |act| tasks_for(exercise, act))
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

/// The phase in which an act counts: the earliest of the plan's tasks for it, else the measure's own.
pub(super) fn phase_of(exercise: &Exercise, act: &Act) -> Phase {
    let tasks = tasks_for(exercise, act).into_iter();
    tasks
        .map(|task| exercise.task(task).phase)
        .min()
        .or(act.measure.home())
        .unwrap_or(Phase::Response)
}

/// Whether a measure is taken on assets, one by one, so that its share can be counted.
const fn is_taken_on_assets(measure: Measure) -> bool {
    !matches!(measure.row().on_assets, OnAssets::No)
}
