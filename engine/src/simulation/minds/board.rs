//! What some roles know together, kept up to date.

use super::mind::Mind;
use crate::exercise::{Exercise, ExerciseTime, Knowable, RoleId};
use crate::knowledge::Known;
use crate::simulation::set::Set;

/// What some roles know together, kept up to date: the board of an incident, or those who receive
/// reports.
#[derive(Debug)]
pub(super) struct Board {
    roles: Set,
    pub(super) known: Known,
    /// Counts whenever it comes to know more of what severity goes by, or that may mean more by now.
    pub(super) version: u32,
    /// The newest entry by which a fact was learned.
    pub(super) newest: u32,
    /// The newest entry by which a fact about an asset was learned.
    pub(super) newest_of_assets: u32,
    /// Whether it came to know anything of assets, or by a newer entry, since that was last taken.
    pub(super) changed: bool,
}

impl Board {
    /// Without members, with room for what can be learned in an exercise.
    pub(super) fn with_room(exercise: &Exercise) -> Self {
        Self {
            roles: Set::default(),
            known: Known::with_room(exercise),
            version: 0,
            newest: 0,
            newest_of_assets: 0,
            changed: false,
        }
    }

    /// Has no members, of so many roles.
    pub(super) fn clear(&mut self, roles: usize) {
        self.roles.clear(roles);
        self.known.clear();
        self.newest = 0;
        self.newest_of_assets = 0;
        // A severity that was never worked out counts as one of version 0.
        self.version = 1;
        self.changed = false;
    }

    /// Whether a role is a member.
    pub(super) fn has(&self, role: RoleId) -> bool {
        self.roles.contains(role.index())
    }

    /// Has these members, who know nothing yet.
    pub(super) fn open(&mut self, roles: &Set) {
        self.roles.clone_from(roles);
    }

    /// A role learned a fact by an entry, on which severity may depend.
    pub(super) fn hear(
        &mut self,
        role: RoleId,
        (fact, at, entry): (Knowable, ExerciseTime, u32),
        decides: bool,
    ) {
        if self.has(role) {
            let new = self.known.note(fact, at, entry);
            self.version += u32::from(new && decides);
            self.newest = entry;
            if matches!(fact, Knowable::Asset(..)) {
                self.newest_of_assets = entry;
                self.changed = true;
            }
        }
    }

    /// One of its members knows this.
    fn know(&mut self, mind: &Mind) {
        if let Some(newest) = mind.latest(|_| true) {
            let of_assets = mind.latest(|fact| matches!(fact, Knowable::Asset(..)));
            self.known.learn_all(&mind.known);
            self.newest = self.newest.max(newest);
            self.newest_of_assets = self.newest_of_assets.max(of_assets.unwrap_or(0));
            self.version += 1;
            self.changed = true;
        }
    }

    /// Has this member as well, who knows this.
    pub(super) fn seat(&mut self, role: RoleId, mind: &Mind) {
        if self.roles.insert(role.index()) {
            self.know(mind);
        }
    }

    /// Has these members instead, and knows no longer what only others knew.
    pub(super) fn reseat(&mut self, roles: Set, minds: &[Mind]) {
        if self.roles == roles {
            return;
        }
        self.known.clear();
        (self.newest, self.newest_of_assets) = (0, 0);
        for role in roles.iter() {
            self.know(&minds[role]);
        }
        self.roles = roles;
        self.version += 1;
        self.changed = true;
    }
}
