//! The mind of a role: what it knows, and by which entry it learned each fact.

use crate::exercise::{Exercise, ExerciseTime, Knowable};
use crate::knowledge::Known;

/// What a role knows.
#[derive(Debug)]
pub(super) struct Mind {
    pub(super) known: Known,
    /// Each fact with the entry by which it was learned, the first entry first.
    learned: Vec<(Knowable, u32)>,
}

impl Mind {
    /// Knows nothing, with room for what can be learned in an exercise.
    pub(super) fn with_room(exercise: &Exercise) -> Self {
        Self {
            known: Known::with_room(exercise),
            learned: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.learned.clear();
    }

    /// Learns a fact that it does not know yet.
    pub(super) fn learn(&mut self, fact: Knowable, at: ExerciseTime, entry: u32) {
        self.known.note(fact, at, entry);
        self.learned.push((fact, entry));
    }

    /// The entry by which it learned a fact.
    pub(super) fn entry(&self, fact: Knowable) -> Option<u32> {
        // What is asked for was mostly learned of late.
        let known = self.known.has(fact);
        known.then(|| self.latest(|learned| learned == fact))?
    }

    /// The last entry by which it learned a fact that a test accepts.
    pub(super) fn latest(&self, accepts: impl Fn(Knowable) -> bool) -> Option<u32> {
        let mut learned = self.learned.iter().rev();
        let found = learned.find(|(fact, _)| accepts(*fact));
        found.map(|(_, entry)| *entry)
    }
}
