//! Who looks at facts of which kinds.

use crate::simulation::out::Changed;
use crate::simulation::set::Set;

/// Who looks at facts of a kind, for each kind at which anybody looks.
#[derive(Debug, Default)]
pub(super) struct ByKind(Vec<(Changed, Set)>);

impl ByKind {
    /// One of so many looks at facts of some kinds.
    pub(super) fn insert(&mut self, kinds: Changed, number: usize, len: usize) {
        for kind in kinds.each() {
            let known = self.0.iter().position(|(known, _)| *known == kind);
            let place = known.unwrap_or_else(|| {
                self.0.push((kind, Set::none(len)));
                self.0.len() - 1
            });
            self.0[place].1.insert(number);
        }
    }

    /// Who looks at facts of some kinds, kind by kind.
    pub(super) fn of(&self, kinds: Changed) -> impl Iterator<Item = &Set> {
        let touched = self.0.iter().filter(move |(kind, _)| kind.touches(kinds));
        touched.map(|(_, set)| set)
    }
}
