//! Taking back: who holds a role and is free goes on with what somebody does who fits it less.

use super::layout::{FINISH_WITHIN, HELD, HOLDERS, HOUR, TASK, practice};
use super::milestone::Log;
use super::people::Busy;
use super::work::{State, handover};
use super::{Game, bits};
use hotwash_engine::exercise::Span;
use std::cmp::Reverse;

/// Nobody begins anything who has been awake for so long.
const LONGEST_AWAKE: i64 = 16 * HOUR;

/// Who fits better stands first: who holds the role before who stands in, and these before others; then who did what
/// comes before, who holds fewer roles, who is more practised.
type Fit = (u8, bool, usize, Reverse<usize>);

impl<L: Log> Game<'_, L> {
    /// Lets the first piece in the order of work that is in lesser hands go to better ones. Whether one did.
    pub(super) fn take_back(&mut self) -> bool {
        let running = bits(self.s.work.running);
        let found = running.filter_map(|index| {
            let piece = &self.s.work.pieces[index];
            let urgency = TASK[piece.task].urgency();
            let order = (urgency, piece.ready_at, piece.task, piece.ordinal);
            self.better(index).map(|person| (order, index, person))
        });
        let Some((_, index, person)) = found.min() else {
            return false;
        };
        let role = TASK[self.s.work.pieces[index].task].by;
        self.pause(index);
        self.start(index, person, role);
        true
    }

    /// Who takes a piece back, of those who are free.
    fn better(&self, index: usize) -> Option<usize> {
        let piece = &self.s.work.pieces[index];
        let (doer, own) = (piece.person?, TASK[piece.task].by);
        if piece.state != State::Running || self.s.people[doer].busy != Busy::Working(index) {
            return None;
        }
        let now = self.fit(index, doer, piece.role);
        let able = self.candidates(own, piece.escalated >= 1);
        let able = able.filter(|person| {
            let knows = piece.told || piece.before & (1 << person) != 0;
            knows && self.s.people[*person].busy == Busy::Free
        });
        let better = able.map(|person| (self.fit(index, person, own), person));
        let better = better.filter(|(fit, person)| *fit < now && self.gains(index, *person));
        better.min().map(|(_, person)| person)
    }

    fn fit(&self, index: usize, person: usize, role: usize) -> Fit {
        let piece = &self.s.work.pieces[index];
        let tier = if role == TASK[piece.task].by {
            u8::from(!HOLDERS[role].contains(&person))
        } else {
            2
        };
        let new_to_it = piece.before & (1 << person) == 0;
        let practised = practice(person, TASK[piece.task].stage);
        (tier, new_to_it, HELD[person].len(), Reverse(practised))
    }

    /// Whether a piece would be over half an hour sooner by somebody, who stays for an hour of it or to its end.
    fn gains(&self, index: usize, person: usize) -> bool {
        let piece = &self.s.work.pieces[index];
        let (now, done) = (self.s.now, piece.done_by(self.s.now));
        let left = Span(piece.left - done)
            .scaled(self.pace(piece.task, person))
            .0;
        let takes = handover(piece.done + done) + left;
        let stays = now + takes.min(HOUR);
        let leaves = self.leaves(person);
        let rests = now + LONGEST_AWAKE - self.awake(person);
        stays <= leaves && stays <= rests && now + takes + FINISH_WITHIN <= piece.due
    }
}
