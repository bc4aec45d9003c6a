//! Which tasks of the plan apply to an incident, in truth.
//!
//! A task applies when its condition ever held, its severity is the true one and it is for something that
//! was there. One behind a task that does not apply does not apply either, unless its own condition held or
//! the plan says that it is done all the same. What a phase's own criterion asks stays due: of a part for
//! which no task applies, the plan's tasks are due whatever it makes not apply, and so is what comes after
//! these. Whether a task was done changes nothing: else whoever does more would be asked for more.

use super::effect::{Due, due};
use super::gap::needed;
use super::planned::is_excused;
use crate::evaluation::facts::Facts;
use crate::evaluation::truth::{Truth, first_held};
use crate::exercise::{Condition, IncidentId, Phase, TaskId};

/// What applies of some tasks, and of all that they come after.
pub(super) struct Applicable {
    /// By task: whether it is due; `None`: nobody asks.
    due: Vec<Option<bool>>,
}

impl Applicable {
    /// Looks at some tasks, in order.
    pub(super) fn of(facts: &Facts<'_>, incident: IncidentId, tasks: &[TaskId]) -> Self {
        let relevant = with_predecessors(facts, tasks);
        let when = |task: TaskId| facts.exercise.task(task).when.as_ref();
        let conditions: Vec<&Condition> = relevant.iter().filter_map(|task| when(*task)).collect();
        let held = first_held(facts, incident, &conditions, Truth::would_hold);
        let mut held = held.iter().map(Option::is_some);
        let mut open: Vec<Option<bool>> = vec![None; facts.exercise.plan().tasks.len()];
        for task in &relevant {
            // What has no condition was called for when the incident could be seen.
            open[task.index()] = Some(when(*task).is_none() || held.next() == Some(true));
        }
        let by_plan = Self::settled(facts, incident, (&open, tasks), &[]);
        let kept = by_plan.kept_due(facts, incident, tasks);
        if kept.is_empty() {
            return by_plan;
        }
        Self::settled(facts, incident, (&open, tasks), &kept)
    }

    /// What is due of some tasks, where some stay due whatever the plan says.
    fn settled(
        facts: &Facts<'_>,
        incident: IncidentId,
        (held, tasks): (&[Option<bool>], &[TaskId]),
        kept: &[TaskId],
    ) -> Self {
        let mut due = vec![None; held.len()];
        for task in kept {
            due[task.index()] = Some(true);
        }
        let mut settled = Self { due };
        for task in tasks {
            settled.settle(facts, incident, held, *task);
        }
        settled
    }

    /// Whether a task is due: it applies, or has to be done whatever the plan says.
    pub(super) fn is_due(&self, task: TaskId) -> bool {
        self.due[task.index()] == Some(true)
    }

    /// Finds whether a task applies, after all that it comes after. Plans form no circle.
    fn settle(
        &mut self,
        facts: &Facts<'_>,
        incident: IncidentId,
        held: &[Option<bool>],
        id: TaskId,
    ) -> bool {
        if let Some(known) = self.due[id.index()] {
            return known;
        }
        let task = facts.exercise.task(id);
        let after: Vec<bool> = task
            .after
            .iter()
            .map(|before| self.settle(facts, incident, held, *before))
            .collect();
        let any: Vec<bool> = task
            .after_any
            .iter()
            .map(|before| self.settle(facts, incident, held, *before))
            .collect();
        let works = facts.works.of_task(id, incident);
        // What was left out counts as done for what comes after it.
        let left_out = works.iter().any(|(_, work)| is_excused(work));
        let behind = after.contains(&false) || (!any.is_empty() && !any.contains(&true));
        let on_its_own = task.when.is_some() || task.even_if_skipped;
        let truth = &facts.exercise.scenario().incidents[incident.index()];
        let severe = task.from_severity.is_none_or(|from| truth.severity >= from);
        let called = held[id.index()] == Some(true) && severe && (on_its_own || !behind);
        let applies = left_out || (called && !finds_nothing(facts, incident, id));
        self.due[id.index()] = Some(applies);
        applies
    }

    /// Of each part of a phase's criterion for which no task applies, the tasks that do it.
    fn kept_due(&self, facts: &Facts<'_>, incident: IncidentId, tasks: &[TaskId]) -> Vec<TaskId> {
        let mut kept = Vec::new();
        for phase in Phase::ALL {
            for part in needed(facts, incident, *phase) {
                let takes = |task: &&TaskId| {
                    let task = facts.exercise.task(**task);
                    let mut any = part.any.iter();
                    any.any(|measure| task.takes_measure(*measure))
                };
                if !tasks.iter().filter(takes).any(|task| self.is_due(*task)) {
                    let due = |task: &&TaskId| !finds_nothing(facts, incident, **task);
                    kept.extend(tasks.iter().filter(takes).filter(due).copied());
                }
            }
        }
        kept
    }
}

/// Whether all that a task does is for assets of which there was none.
fn finds_nothing(facts: &Facts<'_>, incident: IncidentId, id: TaskId) -> bool {
    let acts = &facts.exercise.task(id).does;
    let mut proofs = Vec::new();
    let mut nothing = |act| {
        matches!(
            due(facts, incident, act, &mut proofs),
            Due::On { assets: 0, .. }
        )
    };
    !acts.is_empty() && acts.iter().all(&mut nothing)
}

/// Some tasks with all that they come after, in order.
fn with_predecessors(facts: &Facts<'_>, tasks: &[TaskId]) -> Vec<TaskId> {
    let mut all = tasks.to_vec();
    let mut place = 0;
    while let Some(id) = all.get(place).copied() {
        place += 1;
        let task = facts.exercise.task(id);
        for before in task.after.iter().chain(&task.after_any) {
            if !all.contains(before) {
                all.push(*before);
            }
        }
    }
    all.sort_unstable();
    all
}
