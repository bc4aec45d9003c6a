//! People: who is there, what occupies them, and who takes which work.

use super::layout::{
    AWAKE_BEFORE, DEPUTY, FINISH_WITHIN, HELD, HOLDERS, HOUR, LEAD, PEOPLE, TASK, practice,
};
use super::milestone::Log;
use super::{Game, bits};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Busy {
    #[default]
    Free,
    Working(usize),
    Reading {
        message: usize,
        interrupted: Option<usize>,
    },
}

#[derive(Debug, Default)]
pub(super) struct Someone {
    pub(super) busy: Busy,
    pub(super) inbox: Vec<usize>,
    pub(super) on_duty: bool,
    pub(super) overtime: bool,
}

impl<L: Log> Game<'_, L> {
    /// Who is on shift at the start.
    pub(super) fn seat_everybody(&mut self) {
        for (person, someone) in self.s.people.iter_mut().enumerate() {
            let shifts = self.lay.shifts[person].iter();
            let mut there = shifts.filter(|(from, until)| *from <= 0 && 0 < *until);
            someone.on_duty = there.next().is_some();
            someone.overtime = false;
            someone.busy = Busy::Free;
            someone.inbox.clear();
        }
    }

    /// Lets everybody come and go whose shift turns now, and says who did.
    pub(super) fn turn(&mut self) {
        let first = self.s.turned;
        while let Some((_, person)) = self.turn_at(self.s.turned) {
            self.s.people[person].on_duty ^= true;
            self.s.turned += 1;
        }
        for place in first..self.s.turned {
            let (_, person) = self.lay.turns[place];
            self.presence_changed(person);
        }
    }

    fn turn_at(&self, place: usize) -> Option<(i64, usize)> {
        let turn = self.lay.turns.get(place).copied();
        turn.filter(|(at, _)| *at <= self.s.now)
    }

    /// At the end of a shift, what takes longer than half an hour is laid aside.
    pub(super) fn presence_changed(&mut self, person: usize) {
        let someone = &self.s.people[person];
        let Busy::Working(piece) = someone.busy else {
            return;
        };
        if someone.on_duty {
            return;
        }
        let due = self.s.work.pieces[piece].due;
        if due - self.s.now <= FINISH_WITHIN {
            self.s.people[person].overtime = true;
        } else {
            self.pause(piece);
        }
    }

    pub(super) fn awake(&self, person: usize) -> i64 {
        let shifts = &self.lay.shifts[person];
        let next = shifts.partition_point(|(from, _)| *from <= self.s.now);
        let up = self.s.now - shifts[next - 1].0 + AWAKE_BEFORE;
        if up <= 16 * HOUR { up } else { HOUR }
    }

    /// When the shift ends on which somebody is.
    pub(super) fn leaves(&self, person: usize) -> i64 {
        let shifts = &self.lay.shifts[person];
        let next = shifts.partition_point(|(from, _)| *from <= self.s.now);
        shifts[next - 1].1
    }

    pub(super) fn fatigue(&self, person: usize) -> i64 {
        match self.awake(person) {
            up if up <= 10 * HOUR => 1_000,
            up if up <= 14 * HOUR => 1_150,
            _ => 1_350,
        }
    }

    /// Everybody who is free reads what comes first: before any work only what presses.
    pub(super) fn read_next(&mut self, presses: bool) -> bool {
        let mut any = false;
        for person in 0..PEOPLE {
            let someone = &self.s.people[person];
            if someone.busy != Busy::Free || !someone.on_duty {
                continue;
            }
            if let Some(first) = someone
                .inbox
                .iter()
                .copied()
                .filter(|id| !presses || self.place_in_line(*id, person).0 <= 1)
                .min_by_key(|id| self.place_in_line(*id, person))
            {
                self.start_reading(first, person);
                any = true;
            }
        }
        any
    }

    /// Starts the best piece of work that somebody can take.
    pub(super) fn start_next(&mut self) -> bool {
        let mut best: Option<(_, usize, (usize, usize))> = None;
        for index in bits(self.s.work.waiting) {
            let piece = &self.s.work.pieces[index];
            let urgency = TASK[piece.task].urgency();
            let order = (urgency, piece.ready_at, piece.task, piece.ordinal);
            if best.as_ref().is_none_or(|(first, _, _)| order < *first)
                && let Some(taker) = self.taker(index)
            {
                best = Some((order, index, taker));
            }
        }
        let Some((_, index, (person, role))) = best else {
            return false;
        };
        self.start(index, person, role);
        true
    }

    /// Who takes a piece now, and in which role.
    fn taker(&self, index: usize) -> Option<(usize, usize)> {
        let piece = &self.s.work.pieces[index];
        let own = TASK[piece.task].by;
        let helps = (piece.escalated >= 2 && own != LEAD).then_some(LEAD);
        let stage = TASK[piece.task].stage;
        std::iter::once(own).chain(helps).find_map(|role| {
            let able = self.candidates(role, piece.escalated >= 1);
            let able = able.filter(|person| can(piece.task, role, *person));
            let able = able.filter(|person| {
                let knows = piece.told || piece.before & (1 << person) != 0;
                knows && self.s.people[*person].busy == Busy::Free
            });
            let best = able.min_by_key(|person| {
                let new_to_it = piece.before & (1 << person) == 0;
                let practice = std::cmp::Reverse(practice(*person, stage));
                (new_to_it, HELD[*person].len(), practice, *person)
            });
            best.map(|person| (person, role))
        })
    }

    /// The holders who are there; the deputy too, where none is or the work waited.
    pub(super) fn candidates(&self, role: usize, waited: bool) -> impl Iterator<Item = usize> {
        let there = |person: &usize| self.s.people[*person].on_duty;
        let holders = HOLDERS[role].iter().copied().filter(there);
        let stand_in = waited || holders.clone().next().is_none();
        let deputy = Some(DEPUTY[role]).filter(|person| stand_in && there(person));
        holders.chain(deputy)
    }

    /// Whether somebody who is there may take a piece, busy or not.
    pub(super) fn is_assignable(&self, index: usize) -> bool {
        let piece = &self.s.work.pieces[index];
        let own = TASK[piece.task].by;
        let helps = (piece.escalated >= 2 && own != LEAD).then_some(LEAD);
        let mut roles = std::iter::once(own).chain(helps);
        roles.any(|role| {
            let mut able = self.candidates(role, piece.escalated >= 1);
            able.any(|person| can(piece.task, role, person))
        })
    }

    /// Whether a holder or deputy is there.
    pub(super) fn can_come(&self, index: usize) -> bool {
        let role = TASK[self.s.work.pieces[index].task].by;
        let mut all = HOLDERS[role].iter().chain([&DEPUTY[role]]);
        all.any(|person| self.s.people[*person].on_duty)
    }
}

/// Whether a person who acts in a role can do a task: whose work it is can, and those to whom it escalates
/// only where it is no work with one's own hands, or they hold its role as well.
fn can(task: usize, role: usize, person: usize) -> bool {
    let own = TASK[task].by;
    role == own || !TASK[task].does.is_hands_on() || HELD[person].contains(&own)
}
