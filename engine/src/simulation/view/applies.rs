//! Whether a task does not apply, as far as is known.
//!
//! Nobody can say so before the incident is declared and somebody has looked at what is affected: until
//! then what a task waits for may still come.

use super::View;
use crate::exercise::{IncidentId, Mark, Measure, TaskId};
use crate::simulation::work::{Readiness, may_follow_nothing};

/// How a task applies that was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applies {
    /// For as long as the incident, and the tasks that make it so, stand as they do.
    UntilTouched,
    /// For as long as nothing else is known, either.
    AsKnown,
}

impl View<'_> {
    /// Whether a task does not apply to an incident: its condition does not hold, its severity is not
    /// reached, it is for assets of which there are none, or it comes after such a task and nothing says
    /// that it is done all the same. What comes before it has to be settled first.
    pub(super) fn is_out_of_place(&self, id: TaskId, incident: IncidentId) -> bool {
        self.can_be_said(incident) && self.is_idle(id, incident, &mut |_| {}).is_ok()
    }

    /// How a task that was not done applies to an incident, where it does. `show`: the tasks that make it so.
    pub(super) fn applies(
        &self,
        id: TaskId,
        incident: IncidentId,
        show: &mut dyn FnMut(TaskId),
    ) -> Option<Applies> {
        if self.can_be_said(incident) {
            return self.is_idle(id, incident, show).err();
        }
        let looking = Measure::LOOKING.iter();
        let looking = looking.flat_map(|measure| self.scene.exercise().tasks_taking(*measure));
        looking.for_each(|task| show(*task));
        Some(Applies::UntilTouched)
    }

    fn can_be_said(&self, incident: IncidentId) -> bool {
        let exercise = self.scene.exercise();
        let looked = |measure: &Measure| {
            exercise.tasks_taking(*measure).is_empty()
                || self
                    .work
                    .claimed_measure(exercise, incident, *measure)
                    .is_some()
        };
        self.incidents.mark(incident, Mark::Declared).is_some()
            && Measure::LOOKING.iter().all(looked)
    }

    /// Whether a task does not apply. `show`: where it does, the tasks that make it so.
    fn is_idle(
        &self,
        id: TaskId,
        incident: IncidentId,
        show: &mut dyn FnMut(TaskId),
    ) -> Result<(), Applies> {
        let exercise = self.scene.exercise();
        let task = exercise.task(id);
        let work = self.work;
        if work.open(id, incident).is_some() || work.claimed_done(id, incident).is_some() {
            show(id);
            return Err(Applies::UntilTouched);
        }
        let over = |before: TaskId| {
            work.claimed_done(before, incident).is_some() || work.is_skipped(before, incident)
        };
        let mut behind = false;
        for before in &task.after {
            if !over(*before) {
                let idle = self.is_idle(*before, incident, show);
                idle.inspect_err(|_| show(*before))?;
                behind = true;
            }
        }
        if !task.after_any.is_empty() {
            let settled = |before: &TaskId| {
                over(*before) || self.is_idle(*before, incident, &mut |_| {}).is_ok()
            };
            if !task.after_any.iter().any(settled) {
                return Err(Applies::AsKnown);
            }
            let is_behind = |before: &TaskId| {
                !over(*before) && self.is_idle(*before, incident, &mut |_| {}).is_ok()
            };
            behind |= task.after_any.iter().all(is_behind);
        }
        if behind && !may_follow_nothing(task) {
            return Ok(());
        }
        if self.is_ruled_out(id, incident) {
            return Ok(());
        }
        let always = task.when.is_none() && task.from_severity.is_none() && !task.acts_on_assets();
        if !always || behind || !task.after_any.is_empty() {
            return Err(Applies::AsKnown);
        }
        show(id);
        task.after.iter().for_each(|before| show(*before));
        Err(Applies::UntilTouched)
    }

    /// Whether a task does not apply of itself: its condition does not hold, its severity is not reached, or
    /// it is for assets of which there are none.
    fn is_ruled_out(&self, id: TaskId, incident: IncidentId) -> bool {
        let exercise = self.scene.exercise();
        let task = exercise.task(id);
        let roles = exercise.owners(task);
        let unmet = |when| self.believed(when, roles, incident).is_none();
        let classified = self.incidents.get(incident).classified.is_some();
        let below = |from| classified && self.severity(incident) < from;
        let on_assets = !task.does.is_empty()
            && task.does.iter().all(|act| {
                matches!(
                    act.on,
                    crate::exercise::Object::Assets(_) | crate::exercise::Object::Evidence(..)
                )
            });
        task.when.as_ref().is_some_and(unmet)
            || task.from_severity.is_some_and(below)
            || (on_assets && !self.wants(id, incident, None))
    }
}
