//! Whether a phase looks complete to the team.

use super::View;
use super::applies::Applies;
use crate::exercise::{Each, IncidentId, Phase, Task, TaskId};
use crate::simulation::out::Changed;
use crate::simulation::set::Set;
use crate::simulation::work::Readiness;

/// How a task stands for the phase to which it belongs.
enum Stands {
    /// It is in the way: it is open, or to be done again or on a further asset.
    Missing,
    /// It is in the way: it was not done, and applies.
    NotDone(Applies),
    /// It does not apply, or is left out.
    Aside,
    /// It was claimed done, by this entry.
    Done(u32),
}

/// A task is in the way of its phase.
struct InTheWay;

/// What kept the phases of an incident from looking complete when that was last asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct MissingWork {
    /// By phase: a task that was in the way.
    tasks: [Option<TaskId>; Phase::ALL.len()],
    /// The phases, as bits, that cannot look complete before one of their tasks stands otherwise: one is in
    /// the way until then, or nothing of the phase was done.
    settled: u8,
    /// The phases, as bits, in whose way a task is for as long as the incident stands as it does, and those
    /// tasks that make it so.
    held: u8,
    /// By phase: those tasks.
    holds: [Set; Phase::ALL.len()],
}

impl MissingWork {
    /// A task of a phase stands otherwise.
    pub(crate) fn touched(&mut self, task: TaskId, phase: Phase) {
        self.settled &= !(1 << phase.index());
        self.held &= !(1 << phase.index());
        let mut left = self.held;
        while left != 0 {
            let held = left.trailing_zeros() as usize;
            left &= left - 1;
            if self.holds[held].contains(task.index()) {
                self.held &= !(1 << held);
            }
        }
    }

    /// Facts of some kinds changed: where the incident stands otherwise, so may what is in the way.
    pub(crate) const fn heed(&mut self, changed: Changed) {
        if changed.touches(Changed::INCIDENT) {
            self.held = 0;
        }
    }

    /// The phases that may have come to look complete.
    pub(crate) fn unsettled(&self) -> impl Iterator<Item = Phase> + use<> {
        let mut left = !(self.settled | self.held) & ((1 << Phase::ALL.len()) - 1);
        std::iter::from_fn(move || {
            let next = Phase::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*next)
        })
    }

    const fn is_settled(&self, phase: Phase) -> bool {
        (self.settled | self.held) & (1 << phase.index()) != 0
    }

    const fn settle(&mut self, phase: Phase, settled: bool) {
        self.settled |= (settled as u8) << phase.index();
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
        missing: &mut MissingWork,
    ) -> Option<u32> {
        let tasks = self.scene.stage.lifecycle.tasks(phase);
        let before = missing.tasks[phase.index()];
        if missing.is_settled(phase) {
            debug_assert!(before.is_none_or(|id| {
                let stands = self.stands(incident, id, &mut |_| {});
                matches!(stands, Stands::Missing | Stands::NotDone(_))
            }));
            return None;
        }
        if before.is_some_and(|task| self.is_in_the_way(incident, phase, task, missing).is_err()) {
            return None;
        }
        missing.tasks[phase.index()] = None;
        let mut last = None;
        for id in tasks {
            let done = self.is_in_the_way(incident, phase, *id, missing);
            last = last.max(done.ok()?);
        }
        // Where nothing was done, only a task of the phase, or the severity, can make that otherwise.
        let always = |id: &TaskId| self.scene.exercise().task(*id).from_severity.is_none();
        missing.settle(phase, last.is_none() && tasks.iter().all(always));
        last
    }

    /// Whether a task is in the way of its phase: then that is noted. Else the entry by which it was claimed
    /// done, if it was.
    fn is_in_the_way(
        &self,
        incident: IncidentId,
        phase: Phase,
        id: TaskId,
        missing: &mut MissingWork,
    ) -> Result<Option<u32>, InTheWay> {
        let holds = &mut missing.holds[phase.index()];
        holds.clear(self.scene.exercise().plan().tasks.len());
        let mut show = |task: TaskId| {
            holds.insert(task.index());
        };
        let held = match self.stands(incident, id, &mut show) {
            Stands::Aside => return Ok(None),
            Stands::Done(entry) => return Ok(Some(entry)),
            Stands::Missing => false,
            Stands::NotDone(applies) => applies == Applies::UntilTouched,
        };
        missing.tasks[phase.index()] = Some(id);
        let always = self.scene.exercise().task(id).from_severity.is_none();
        missing.held |= u8::from(held && always) << phase.index();
        missing.settle(phase, self.is_settled(incident, id));
        Err(InTheWay)
    }

    /// Whether a task that is in the way is so until it stands otherwise: neither the severity nor what is
    /// known has a say in it.
    fn is_settled(&self, incident: IncidentId, id: TaskId) -> bool {
        let always = self.scene.exercise().task(id).from_severity.is_none();
        always && self.work.open(id, incident).is_some()
    }

    /// How a task stands. `show`: where it was not done and applies, the tasks that make it so.
    fn stands(&self, incident: IncidentId, id: TaskId, show: &mut dyn FnMut(TaskId)) -> Stands {
        let task = self.scene.exercise().task(id);
        let below = |from| self.severity(incident) < from;
        if task.from_severity.is_some_and(below) {
            return Stands::Aside;
        }
        if self.work.open(id, incident).is_some() || self.is_due_again(task, id, incident) {
            return Stands::Missing;
        }
        // On a further asset it is still to be done.
        let called = || self.condition(task, incident).is_some() || task.when.is_none();
        if task.each == Each::Asset && called() && self.wants(id, incident, None) {
            return Stands::Missing;
        }
        match self.work.claimed_done(id, incident) {
            Some(entry) => Stands::Done(entry),
            None if self.work.is_skipped(id, incident) => Stands::Aside,
            // A task whose own condition never came does not apply, as far as anybody knows.
            None if task.when.is_some() => Stands::Aside,
            None => {
                let applies = self.applies(id, incident, show);
                applies.map_or(Stands::Aside, Stands::NotDone)
            }
        }
    }

    /// Whether a task that was done is to be done again, and there is something to do it on.
    fn is_due_again(&self, task: &Task, id: TaskId, incident: IncidentId) -> bool {
        let needed = |act| {
            let found = self.targets(act, task, incident, &[]);
            found.is_none_or(|found| found.any)
        };
        self.work.is_due_again(id, incident) && task.does.iter().any(needed)
    }
}
