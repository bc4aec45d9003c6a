//! Doubts: conditions of which something changed that they look at in truth.

use crate::exercise::{IncidentId, InjectId, ObligationId, StepId};
use crate::simulation::out::{Changed, Echo};
use crate::simulation::scene::{Scene, Stage};
use crate::simulation::set::Set;

/// Whose conditions may have come to hold, or no longer do, since they were looked at last. Whoever looks
/// takes the doubt away, so that looking costs as much as changed.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// Numbered as [`Truths`](super::Truths) numbers who looks.
    all: Set,
}

impl Doubts {
    /// Everything is in doubt.
    pub(super) fn reset(&mut self, stage: &Stage) {
        self.changed(stage, Changed::ALL);
    }

    /// An event happened, and the rules that it concerns have yet to react.
    pub(crate) fn event(&mut self, stage: &Stage, echo: Echo) {
        stage.truths.lookers.add_event(echo, &mut self.all);
    }

    /// Facts of some kinds changed.
    pub(crate) fn changed(&mut self, stage: &Stage, changed: Changed) {
        stage.truths.lookers.add_kinds(changed, &mut self.all);
    }

    /// Whether anything is in doubt.
    pub(crate) fn any(&self) -> bool {
        !self.all.is_empty()
    }

    /// Takes the next step that is in doubt.
    pub(crate) fn take_step(&mut self, stage: &Stage, from: usize) -> Option<StepId> {
        let steps = stage.exercise.scenario().steps.len();
        let next = self.all.next(from, steps)?;
        self.all.remove(next);
        Some(StepId::new(next))
    }

    /// Takes the next inject that is in doubt.
    pub(crate) fn take_inject(&mut self, stage: &Stage, from: usize) -> Option<InjectId> {
        let scenario = stage.exercise.scenario();
        let (first, injects) = (scenario.steps.len(), scenario.injects.len());
        let next = self.all.next(first + from, first + injects)?;
        self.all.remove(next);
        Some(InjectId::new(next - first))
    }

    /// The time of an inject has come: its condition is looked at from now on.
    pub(crate) fn inject(&mut self, stage: &Stage, inject: InjectId) {
        let steps = stage.exercise.scenario().steps.len();
        self.all.insert(steps + inject.index());
    }

    /// Takes whether the criteria of an incident's phases, or the conditions of its attack, are in doubt,
    /// by which it is contained.
    pub(crate) fn take_phases(&mut self, stage: &Stage, incident: IncidentId) -> bool {
        let scenario = stage.exercise.scenario();
        let first = scenario.steps.len() + scenario.injects.len();
        self.all.remove(first + incident.index())
    }

    /// Takes whether the end of the exercise is in doubt.
    pub(crate) fn take_end(&mut self, stage: &Stage) -> bool {
        self.all.remove(stage.truths.end)
    }

    /// The next obligation from one on that is in doubt for some incident.
    pub(super) fn next_obligation(&self, scene: Scene<'_>, from: usize) -> Option<usize> {
        let incidents = scene.exercise().scenario().incidents.len();
        let first = scene.stage.truths.obligations;
        let next = self.all.next(first + from * incidents, usize::MAX)?;
        Some((next - first) / incidents)
    }

    /// Takes whether an obligation is in doubt for an incident.
    pub(crate) fn take_obligation(
        &mut self,
        scene: Scene<'_>,
        obligation: ObligationId,
        incident: IncidentId,
    ) -> bool {
        let incidents = scene.exercise().scenario().incidents.len();
        let place = obligation.index() * incidents + incident.index();
        self.all.remove(scene.stage.truths.obligations + place)
    }
}
