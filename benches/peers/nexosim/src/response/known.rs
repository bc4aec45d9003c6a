//! What roles know, and the board.

use super::Response;
use crate::plan::{ASSETS, HELD, ROLES, bits};

impl Response {
    pub(super) fn tell(&mut self, person: usize, acting: Option<usize>, facts: u32) {
        for role in 0..ROLES {
            if HELD[person].contains(&role) || acting == Some(role) {
                self.learn(role, facts);
            }
        }
    }

    pub(super) fn learn(&mut self, role: usize, facts: u32) {
        let new = facts & !self.known[role];
        self.known[role] |= new;
        for asset in bits(new >> 1) {
            self.entry += 1;
            self.learned[role][asset] = self.entry;
        }
    }

    /// By which entry the board last learned of an asset; 0: it did not.
    pub(super) fn newest(&self, asset: usize) -> u32 {
        let roles = bits(u64::from(self.board));
        roles
            .map(|role| self.learned[role][asset])
            .max()
            .unwrap_or(0)
    }

    pub(super) fn targets(&self, measure: usize) -> u16 {
        let open = |asset: &usize| self.newest(*asset) > 0 && self.claims[measure][*asset] == 0;
        (0..ASSETS)
            .filter(open)
            .fold(0, |all, asset| all | 1 << asset)
    }
}
