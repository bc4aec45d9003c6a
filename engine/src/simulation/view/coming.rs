//! Whether the exercise is over: its end condition holds, and no inject that is still to come holds it open.

use super::View;
use crate::exercise::{Condition, InjectId};
use crate::simulation::story::InjectState;

impl View<'_> {
    /// Whether the exercise has reached its end.
    pub(crate) fn is_over(&self) -> bool {
        let scenario = self.scene.exercise().scenario();
        if self.truth(&scenario.ends, scenario.main).is_none() {
            return false;
        }
        let mut injects = (0..scenario.injects.len()).map(InjectId::new);
        !(scenario.awaits_injects && injects.any(|inject| self.is_to_come(inject)))
    }

    /// Whether an inject will be delivered if nothing more happens than that time passes: its time or its delay runs,
    /// its condition holds where it has one, and nothing prevents it. Noise holds nothing open.
    fn is_to_come(&self, id: InjectId) -> bool {
        let inject = self.scene.exercise().inject(id);
        let holds = |of: &Condition| self.truth(of, inject.incident).is_some();
        let prevented = || inject.unless.as_ref().is_some_and(holds);
        let called_for = || inject.when.as_ref().is_none_or(holds);
        match self.story.inject(id) {
            InjectState::Armed(_) => !inject.noise && called_for() && !prevented(),
            InjectState::Waiting => {
                let ahead = inject.at.is_some_and(|at| at > self.scene.now);
                ahead && inject.when.is_some() && !inject.noise && called_for() && !prevented()
            }
            InjectState::Held(_)
            | InjectState::Paused
            | InjectState::Delivered
            | InjectState::Skipped => false,
        }
    }
}
