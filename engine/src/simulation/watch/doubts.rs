//! Doubts: conditions of which something changed that they look at in truth.

use super::set::Set;
use crate::exercise::{IncidentId, InjectId, ObligationId, StepId};
use crate::record::Event;
use crate::simulation::out::Changed;
use crate::simulation::scene::{Scene, Stage};

/// Whose conditions may have come to hold, or no longer do, since they were looked at last. Whoever looks
/// takes the doubt away, so that looking costs as much as changed.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// Steps, then injects, then the phases of each incident.
    scenario: Set,
    /// Obligations, each for every incident.
    obligations: Set,
}

impl Doubts {
    /// Everything is in doubt.
    pub(super) fn reset(&mut self, stage: &Stage) {
        self.scenario.fill(stage.truths.scenario.len);
        self.obligations.fill(stage.truths.obligations.len);
    }

    /// An event happened, and the rules that it concerns have yet to react.
    pub(crate) fn event(&mut self, stage: &Stage, event: &Event) {
        stage.truths.scenario.add_event(event, &mut self.scenario);
        let obligations = &stage.truths.obligations;
        obligations.add_event(event, &mut self.obligations);
    }

    /// Facts of some kinds changed that the scenario goes by.
    pub(crate) fn scenario_changed(&mut self, stage: &Stage, changed: Changed) {
        let lookers = &stage.truths.scenario;
        lookers.add_kinds(changed, &mut self.scenario);
    }

    /// Facts of some kinds changed that obligations go by.
    pub(crate) fn obligations_changed(&mut self, stage: &Stage, changed: Changed) {
        let lookers = &stage.truths.obligations;
        lookers.add_kinds(changed, &mut self.obligations);
    }

    /// Takes the next step that is in doubt.
    pub(crate) fn take_step(&mut self, stage: &Stage, from: usize) -> Option<StepId> {
        let steps = stage.exercise.scenario().steps.len();
        let next = self.scenario.next(from, steps)?;
        self.scenario.remove(next);
        Some(StepId::new(next))
    }

    /// Takes the next inject that is in doubt.
    pub(crate) fn take_inject(&mut self, stage: &Stage, from: usize) -> Option<InjectId> {
        let scenario = stage.exercise.scenario();
        let (first, injects) = (scenario.steps.len(), scenario.injects.len());
        let next = self.scenario.next(first + from, first + injects)?;
        self.scenario.remove(next);
        Some(InjectId::new(next - first))
    }

    /// The time of an inject has come: its condition is looked at from now on.
    pub(crate) fn inject(&mut self, stage: &Stage, inject: InjectId) {
        let steps = stage.exercise.scenario().steps.len();
        self.scenario.insert(steps + inject.index());
    }

    /// Takes whether the criteria of an incident's phases, or the conditions of its attack, are in doubt.
    pub(crate) fn take_phases(&mut self, stage: &Stage, incident: IncidentId) -> bool {
        let scenario = stage.exercise.scenario();
        let first = scenario.steps.len() + scenario.injects.len();
        self.scenario.remove(first + incident.index())
    }

    /// The next obligation from one on that is in doubt for some incident.
    pub(super) fn next_obligation(&self, scene: Scene<'_>, from: usize) -> Option<usize> {
        let incidents = scene.exercise().scenario().incidents.len();
        let len = scene.stage.truths.obligations.len;
        let next = self.obligations.next(from * incidents, len)?;
        Some(next / incidents)
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
        self.obligations.remove(place)
    }
}
