//! The last entry by which each measure took effect for an incident.

use crate::exercise::Measure;

/// By measure: the entry; 0 where it never took effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken([u32; Measure::ALL.len()]);

impl Default for Taken {
    fn default() -> Self {
        Self([0; Measure::ALL.len()])
    }
}

impl Taken {
    /// A measure took effect, by an entry.
    pub(super) fn insert(&mut self, measure: Measure, entry: u32) {
        self.0[measure.index()] = entry;
    }

    /// What a measure did no longer counts.
    pub(super) fn remove(&mut self, measure: Measure) {
        self.0[measure.index()] = 0;
    }

    /// The last entry by which a measure took effect.
    pub(crate) fn get(&self, measure: Measure) -> Option<u32> {
        Some(self.0[measure.index()]).filter(|entry| *entry > 0)
    }

    /// The measures that took effect, in order, each with its last entry.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Measure, u32)> + '_ {
        let all = Measure::ALL.iter();
        all.filter_map(|measure| Some((*measure, self.get(*measure)?)))
    }
}
