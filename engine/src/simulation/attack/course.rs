//! The course of an attack: which step comes after which, found once for all runs.

use crate::exercise::{Effect, Exercise, Step, StepId};

/// What the steps of a scenario have to do with each other.
#[derive(Debug, Default)]
pub(crate) struct Course {
    /// By step: the steps that it comes before, in order.
    follow: Vec<Vec<StepId>>,
    /// By step: whether the attacker takes it from a foothold, as some step before it gains one.
    travels: Vec<bool>,
}

impl Course {
    /// The course of the attacks of an exercise.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let steps = &exercise.scenario().steps;
        let mut follow = vec![Vec::new(); steps.len()];
        for (i, step) in steps.iter().enumerate() {
            for before in step.after.iter().chain(&step.after_any) {
                let next = &mut follow[before.index()];
                if next.last() != Some(&StepId::new(i)) {
                    next.push(StepId::new(i));
                }
            }
        }
        Self {
            follow,
            travels: (0..steps.len()).map(|step| travels(steps, step)).collect(),
        }
    }

    /// The steps that a step comes before, in order.
    pub(super) fn follow(&self, step: StepId) -> &[StepId] {
        &self.follow[step.index()]
    }

    /// Whether the attacker takes a step from a foothold.
    pub(super) fn needs_foothold(&self, step: StepId) -> bool {
        self.travels[step.index()]
    }
}

/// Whether some step before this one gains a foothold, from which this one is taken.
fn travels(steps: &[Step], step: usize) -> bool {
    let mut seen = vec![false; steps.len()];
    let mut left = vec![step];
    while let Some(at) = left.pop() {
        for before in steps[at].after.iter().chain(&steps[at].after_any) {
            if steps[before.index()].effect == Effect::Compromise {
                return true;
            }
            if !std::mem::replace(&mut seen[before.index()], true) {
                left.push(before.index());
            }
        }
    }
    false
}
