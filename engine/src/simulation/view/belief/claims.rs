//! What a party of the plan claims beyond what it knows.

use crate::exercise::{Fact, IncidentId, RoleId};
use crate::knowledge::Claims;
use crate::simulation::scene::Policy;
use crate::simulation::view::View;

/// What a party of the plan can say beyond what it knows.
pub(in crate::simulation::view) struct PlanClaims<'v, 'a> {
    pub(in crate::simulation::view) view: &'v View<'a>,
    pub(in crate::simulation::view) roles: &'v [RoleId],
    pub(in crate::simulation::view) incident: IncidentId,
}

impl PlanClaims<'_, '_> {
    /// The entry since which a claim holds; 0 where no entry says so.
    pub(in crate::simulation::view) fn since(&self, fact: &Fact) -> Option<u32> {
        let (view, incident) = (self.view, self.incident);
        let state = view.incidents.get(incident);
        match fact {
            Fact::MessageRead(sender) => view.read_from(*sender, Some(self.roles)),
            Fact::Done(task) => view.work.claimed_done(*task, incident),
            Fact::Decided(..) | Fact::Notified(_) | Fact::Since(..) => {
                view.true_since(fact, incident)
            }
            Fact::Taken(measure, _) => {
                view.work
                    .claimed_measure(view.scene.exercise(), incident, *measure)
            }
            Fact::SeverityAtLeast(least) => {
                let classified = state.classified.filter(|c| c.severity >= *least);
                let ideal =
                    view.scene.policy == Policy::Ideal && view.true_severity(incident) >= *least;
                classified.map(|c| c.entry).or(ideal.then_some(0))
            }
            Fact::PhaseReached(phase) => state.phases[phase.index()].reached,
            Fact::PhaseCompleted(phase) => {
                let phase = &state.phases[phase.index()];
                phase.declared.or(phase.completed)
            }
            _ => None,
        }
    }
}

impl Claims for PlanClaims<'_, '_> {
    fn claims(&self, fact: &Fact) -> bool {
        self.since(fact).is_some()
    }
}
