//! Whether a phase looks complete to the team.

use super::View;
use crate::exercise::{IncidentId, Phase, Task, TaskId};
use crate::simulation::work::Readiness;

/// How a task stands for the phase to which it belongs.
enum Stands {
    /// It is in the way: it is open, or was not done.
    Missing,
    /// It does not apply, or is left out.
    Aside,
    /// It was claimed done, by this entry.
    Done(u32),
}

/// A task that kept a phase from looking complete when that was last asked.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Missing {
    task: Option<TaskId>,
    /// Whether it is in the way until some task of the phase stands otherwise.
    settled: bool,
}

impl Missing {
    /// A task of the phase stands otherwise.
    pub(crate) const fn unsettle(&mut self) {
        self.settled = false;
    }
}

impl View<'_> {
    /// Whether every task that the plan asks for in a phase is claimed done or does not apply, with the
    /// last entry that says so. `missing`: what was in the way when this was last asked, if anything was: as
    /// long as it is, nothing else needs to be looked at.
    pub(crate) fn phase_looks_complete(
        &self,
        incident: IncidentId,
        phase: Phase,
        missing: &mut Missing,
    ) -> Option<u32> {
        let is_missing = |id: TaskId| matches!(self.stands(incident, id), Stands::Missing);
        debug_assert!(!missing.settled || missing.task.is_some_and(is_missing));
        if missing.settled || missing.task.is_some_and(is_missing) {
            return None;
        }
        *missing = Missing::default();
        let mut last = None;
        for id in self.scene.stage.lifecycle.tasks(phase) {
            match self.stands(incident, *id) {
                Stands::Missing => {
                    *missing = Missing {
                        task: Some(*id),
                        settled: self.is_settled(incident, *id),
                    };
                    return None;
                }
                Stands::Aside => {}
                Stands::Done(entry) => last = last.max(Some(entry)),
            }
        }
        last
    }

    /// Whether a task that is in the way is so until it stands otherwise: neither the severity nor what is
    /// known has a say in it.
    fn is_settled(&self, incident: IncidentId, id: TaskId) -> bool {
        let always = self.scene.exercise().task(id).from_severity.is_none();
        let open = self.work.open(id, incident).is_some();
        always && (open || !self.work.is_due_again(id, incident))
    }

    fn stands(&self, incident: IncidentId, id: TaskId) -> Stands {
        let task = self.scene.exercise().task(id);
        let below = |from| self.severity(incident) < from;
        if task.from_severity.is_some_and(below) {
            return Stands::Aside;
        }
        if self.work.open(id, incident).is_some() || self.is_due_again(task, id, incident) {
            return Stands::Missing;
        }
        match self.work.claimed_done(id, incident) {
            Some(entry) => Stands::Done(entry),
            None if self.work.is_skipped(id, incident) => Stands::Aside,
            // A task whose own condition never came does not apply, as far as anybody knows.
            None if task.when.is_some() => Stands::Aside,
            None => Stands::Missing,
        }
    }

    /// Whether a task that was done is to be done again, and there is something to do it on.
    fn is_due_again(&self, task: &Task, id: TaskId, incident: IncidentId) -> bool {
        let needed = |act| {
            let found = self.targets(act, task, incident, &[]);
            found.is_none_or(|found| !found.assets.is_empty())
        };
        self.work.is_due_again(id, incident) && task.does.iter().any(needed)
    }
}
