//! Humans: their acts wait here until the step that handles them.

use crate::exercise::ExerciseTime;
use crate::record::Action;
use bevy_ecs::component::Component;
use std::collections::VecDeque;

/// The acts of humans that are still to come, in the order of time, then of arrival.
#[derive(Debug, Component, Default)]
pub(crate) struct Humans {
    queue: VecDeque<Action>,
}

impl Humans {
    pub(crate) fn reset(&mut self, actions: &[Action]) {
        let mut all = actions.to_vec();
        all.sort_by_key(|action| action.at);
        self.queue = all.into();
    }

    /// Adds an act; one for an instant that is over takes effect at the next.
    pub(crate) fn submit(&mut self, action: Action) {
        let at = self
            .queue
            .partition_point(|waiting| waiting.at <= action.at);
        self.queue.insert(at, action);
    }

    /// When the next act takes effect.
    pub(crate) fn next_time(&self) -> Option<ExerciseTime> {
        self.queue.front().map(|action| action.at)
    }

    /// Takes the next act that takes effect by an instant.
    pub(crate) fn take(&mut self, now: ExerciseTime) -> Option<Action> {
        let due = self.queue.front().is_some_and(|action| action.at <= now);
        if due { self.queue.pop_front() } else { None }
    }
}
