//! Changes in every scenario, and what became of their runs so far.
//!
//! Searches make variants and hold them against each other; who plays them is none of their business.

use super::{FAILS, Ground};
use crate::campaign::change::Change;
use crate::campaign::criterion::{Criterion, Effect, Outcome};
use crate::campaign::statistics::Paired;
use crate::exercise::Exercise;
use std::sync::Arc;

/// Changes in every scenario, and what became of their runs so far.
pub(super) struct Variant {
    pub(super) changes: Vec<Change>,
    /// By ground.
    pub(super) exercises: Vec<Arc<Exercise>>,
    /// By ground, in the order in which runs were asked for.
    pub(super) outcomes: Vec<Vec<Outcome>>,
}

impl Variant {
    /// `None` where the changes make no exercise of one of the grounds.
    pub(super) fn new(changes: Vec<Change>, grounds: &[Ground]) -> Option<Self> {
        let made = |ground: &Ground| Change::all_made(&changes, &ground.order.exercise);
        let exercises: Option<Vec<_>> = grounds.iter().map(made).collect();
        Some(Self::unplayed(changes, exercises?))
    }

    /// What is played as it is.
    pub(super) fn base(grounds: &[Ground]) -> Self {
        let exercises = grounds.iter().map(|of| Arc::clone(&of.order.exercise));
        Self::unplayed(Vec::new(), exercises.collect())
    }

    /// The same without its runs.
    pub(super) fn afresh(&self) -> Self {
        Self::unplayed(self.changes.clone(), self.exercises.clone())
    }

    fn unplayed(changes: Vec<Change>, exercises: Vec<Arc<Exercise>>) -> Self {
        Self {
            outcomes: vec![Vec::new(); exercises.len()],
            changes,
            exercises,
        }
    }

    /// What it does beside another.
    pub(super) fn effect(
        &self,
        base: &Self,
        grounds: &[Ground],
        by: Criterion,
        fails: f64,
    ) -> Effect {
        let weights = grounds.iter().map(|ground| ground.weight);
        let played = base.outcomes.iter().zip(&self.outcomes);
        let gains = weights.zip(played);
        let gains: Vec<(u64, Paired)> = gains
            .map(|(weight, (a, b))| (weight, Outcome::gain(a, b, by)))
            .collect();
        Effect::of_gains(by, &gains, fails)
    }

    pub(super) fn effects(
        &self,
        base: &Self,
        grounds: &[Ground],
        fails: f64,
    ) -> [Effect; Criterion::RANKING.len()] {
        Criterion::RANKING.map(|by| self.effect(base, grounds, by, fails))
    }

    /// Whether anything came out otherwise.
    pub(super) fn differs(&self, base: &Self, grounds: &[Ground]) -> bool {
        let effects = self.effects(base, grounds, FAILS);
        effects.iter().any(|effect| effect.differing > 0)
    }
}
