//! Tasks that are done once for each alert, message or asset: which of them something is an occasion for.

use super::Work;
use crate::exercise::{Each, Exercise, IncidentId, Knowable, RoleId, TaskId};
use crate::knowledge::affects;
use crate::simulation::scene::Scene;

/// The tasks that are done once for each occasion, found once for all runs.
#[derive(Debug, Default)]
pub(crate) struct Occasions {
    /// Those done for each asset that is affected, and that do nothing to it: others find theirs themselves.
    of_asset: Vec<TaskId>,
    /// By role: those done for each message to it; whether that has to be an alert.
    of_message: Vec<Vec<(TaskId, bool)>>,
}

impl Occasions {
    /// Those of an exercise.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let roles = exercise.organisation().roles.len();
        let mut occasions = Self {
            of_message: vec![Vec::new(); roles],
            ..Self::default()
        };
        for (i, task) in exercise.plan().tasks.iter().enumerate() {
            let id = TaskId::new(i);
            match task.each {
                Each::Asset if task.acts_on_assets() => {}
                Each::Asset => occasions.of_asset.push(id),
                Each::Alert | Each::Message => {
                    for role in exercise.roles(task.by) {
                        let alert = task.each == Each::Alert;
                        occasions.of_message[role.index()].push((id, alert));
                    }
                }
                Each::Incident => {}
            }
        }
        occasions
    }
}

impl Work {
    /// Tasks that are done once for each asset are due for one that became known as affected.
    pub(crate) fn learned(&mut self, scene: Scene<'_>, fact: Knowable, cause: u32) {
        let Knowable::Asset(incident, asset, state) = fact else {
            return;
        };
        if affects(state) {
            for task in &scene.stage.occasions.of_asset {
                self.asset_occurs(*task, incident, cause, asset);
            }
        }
    }

    /// Tasks that are done once for each alert or message are due for one to a role; an alert reveals
    /// something.
    pub(crate) fn read(
        &mut self,
        scene: Scene<'_>,
        (to, is_alert): (RoleId, bool),
        incident: IncidentId,
        cause: u32,
    ) {
        for (task, alert) in &scene.stage.occasions.of_message[to.index()] {
            if is_alert || !alert {
                self.occurrence(*task, incident, cause, None);
            }
        }
    }
}
