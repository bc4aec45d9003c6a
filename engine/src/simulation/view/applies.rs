//! Whether a task does not apply, as far as is known.
//!
//! Nobody can say so before the incident is declared and somebody has looked at what is affected: until
//! then what a task waits for may still come.

use super::View;
use crate::exercise::{IncidentId, Mark, Measure, TaskId};
use crate::simulation::work::{Readiness, may_follow_nothing, owners};

impl View<'_> {
    /// Whether a task does not apply to an incident: its condition does not hold, its severity is not
    /// reached, it is for assets of which there are none, or it comes after such a task and nothing says
    /// that it is done all the same. What comes before it has to be settled first.
    pub(super) fn is_out_of_place(&self, id: TaskId, incident: IncidentId) -> bool {
        self.can_be_said(incident) && self.is_idle(id, incident)
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

    fn is_idle(&self, id: TaskId, incident: IncidentId) -> bool {
        let exercise = self.scene.exercise();
        let task = exercise.task(id);
        let work = self.work;
        if work.claimed_done(id, incident).is_some() || work.open(id, incident).is_some() {
            return false;
        }
        let behind = |before: &TaskId| {
            let done = work.claimed_done(*before, incident).is_some();
            !done && !work.is_skipped(*before, incident) && self.is_idle(*before, incident)
        };
        let settled = |before: &TaskId| {
            let done = work.claimed_done(*before, incident).is_some();
            done || work.is_skipped(*before, incident) || self.is_idle(*before, incident)
        };
        let (after, any) = (&task.after, &task.after_any);
        if !after.iter().all(settled) || (!any.is_empty() && !any.iter().any(settled)) {
            return false;
        }
        let is_behind = after.iter().any(behind) || (!any.is_empty() && any.iter().all(behind));
        if is_behind && !may_follow_nothing(task) {
            return true;
        }
        let roles = owners(exercise, task);
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
