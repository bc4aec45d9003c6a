//! Who stands otherwise than when work was last given out, and when calendars were last planned.
//!
//! What somebody can read, start or be called for depends on what occupies them, what lies in their
//! inbox, and whether they are there. Only whoever stands otherwise in one of these is looked at again;
//! looking at somebody twice gives the same.

use super::{Busy, People};
use crate::exercise::PersonId;

/// In which respects somebody stands otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stir(u8);

impl Stir {
    /// What occupies them.
    pub(crate) const OCCUPIED: Self = Self(1);
    /// Whether they are there, fit, and can be called.
    pub(crate) const THERE: Self = Self(1 << 1);
    /// What they may read.
    pub(crate) const READS: Self = Self(1 << 2);
    /// Their calendar is to be planned anew.
    const CALENDAR: Self = Self(1 << 3);
    /// In all respects for which work is given out.
    pub(super) const HANDS: Self = Self(Self::OCCUPIED.0 | Self::THERE.0 | Self::READS.0);

    /// Whether one of the other's respects is among these.
    pub(crate) const fn touches(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Those who stand otherwise.
#[derive(Debug, Default)]
pub(super) struct Stirred {
    /// Since work was last given out.
    hands: Vec<PersonId>,
    /// Those among whom work is being given out, in the order of ids.
    looked_at: Vec<(PersonId, Stir)>,
    /// Since calendars were last planned.
    calendars: Vec<PersonId>,
    /// Whom humans play.
    humans: Vec<PersonId>,
}

impl Stirred {
    pub(super) fn reset(&mut self, played: &[PersonId], absent: &[PersonId]) {
        self.hands.clear();
        self.looked_at.clear();
        self.calendars.clear();
        self.humans.clear();
        self.humans.extend_from_slice(played);
        self.humans.extend_from_slice(absent);
    }

    /// A human plays one more person.
    pub(super) fn play(&mut self, person: PersonId) {
        self.humans.push(person);
    }
}

impl People {
    /// Somebody stands otherwise from now on.
    pub(super) fn stir(&mut self, person: PersonId, how: Stir) {
        let stirs = &mut self.all[person.index()].stirs;
        if !stirs.touches(Stir::HANDS) {
            self.stirred.hands.push(person);
        }
        stirs.0 |= how.0;
        self.plan_again(person);
    }

    /// Somebody's calendar is to be planned anew.
    pub(crate) fn plan_again(&mut self, person: PersonId) {
        let stirs = &mut self.all[person.index()].stirs;
        if !stirs.touches(Stir::CALENDAR) {
            stirs.0 |= Stir::CALENDAR.0;
            self.stirred.calendars.push(person);
        }
    }

    /// Humans have acts that may take the place of choices for those whom they play.
    pub(crate) fn stir_humans(&mut self) {
        self.stir_played(Stir::READS);
    }

    pub(super) fn stir_played(&mut self, how: Stir) {
        for place in 0..self.stirred.humans.len() {
            self.stir(self.stirred.humans[place], how);
        }
    }

    /// Whether somebody stands otherwise who was not looked at.
    pub(crate) const fn has_stirred(&self) -> bool {
        !self.stirred.hands.is_empty()
    }

    /// Takes those who stand otherwise since this was last asked, to look at them.
    pub(crate) fn look_at_stirred(&mut self) {
        let Stirred {
            hands, looked_at, ..
        } = &mut self.stirred;
        looked_at.clear();
        while let Some(person) = hands.pop() {
            let stirs = &mut self.all[person.index()].stirs;
            looked_at.push((person, *stirs));
            stirs.0 &= !Stir::HANDS.0;
        }
        if looked_at.len() > 1 {
            looked_at.sort_unstable_by_key(|(person, _)| *person);
        }
    }

    /// Those who were taken to be looked at, are free and have mail left are looked at once more.
    pub(crate) fn look_again_at_readers(&mut self) {
        let mut place = 0;
        while let Some((person, _)) = self.looked_at(place) {
            place += 1;
            let someone = &self.all[person.index()];
            if someone.busy == Busy::Free && !someone.inbox.is_empty() {
                self.stir(person, Stir::READS);
            }
        }
    }

    /// Those who were taken to be looked at, by place in the order of ids.
    pub(crate) fn looked_at(&self, place: usize) -> Option<(PersonId, Stir)> {
        self.stirred.looked_at.get(place).copied()
    }

    /// Takes those whose calendar is to be planned anew.
    pub(crate) fn plan_calendars(&mut self, mut plan: impl FnMut(&Self, PersonId)) {
        let mut all = std::mem::take(&mut self.stirred.calendars);
        while let Some(person) = all.pop() {
            self.all[person.index()].stirs.0 &= !Stir::CALENDAR.0;
            plan(self, person);
        }
        self.stirred.calendars = all;
    }
}
