//! Messages: to whom they go, when they are noticed, read, sent again and withdrawn.

use super::agenda::{NEVER, Rank};
use super::layout::{
    ASSETS, DEPUTY, ESCALATES_AFTER, FALSE_ALARM_HANDLING, HANDLING, HELD, HOLDERS, HORIZON, HOUR,
    LEAD, MAIL, PHONE, ROLES,
};
use super::milestone::{Log, Milestone};
use super::people::Busy;
use super::{Game, bits};
use hotwash_engine::exercise::Mark;
use hotwash_engine::simulation::{Purpose, Subject};

/// The fact that something happened; those of assets that were struck lie above it.
pub(super) const ALERTED: u32 = 1;

/// The facts that assets were struck.
pub(super) const fn asset_facts(assets: u16) -> u32 {
    (assets as u32) << 1
}

/// The assets of which facts tell.
pub(super) const fn assets_of(facts: u32) -> u16 {
    (facts >> 1) as u16
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    HandOn,
    Alarm,
    FalseAlarm,
    Mail,
}

/// What is to be sent.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) kind: Kind,
    pub(super) subject: Subject,
    pub(super) to: usize,
    pub(super) facts: u32,
    /// The pieces of work that it is about, as bits.
    pub(super) about: u64,
    pub(super) again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unnoticed,
    Noticed(usize),
    Read,
    Gone,
}

#[derive(Debug, Clone)]
struct Message {
    kind: Kind,
    subject: Subject,
    to: usize,
    facts: u32,
    about: u64,
    state: State,
    stage: u8,
    /// When it is sent again.
    again: i64,
    /// Who can be told over the phone that it came.
    phoned: u16,
    /// When it was noticed.
    noticed: i64,
    copies: [u16; 12],
    len: usize,
}

#[derive(Debug, Clone, Copy)]
struct Letter {
    message: usize,
    person: usize,
    at: i64,
}

/// Word, and what the roles know by it.
#[derive(Debug, Default)]
pub(super) struct Word {
    all: Vec<Message>,
    copies: Vec<Letter>,
    about_work: Vec<usize>,
    pub(super) known: [u32; ROLES],
    /// By which entry each role learned of each asset.
    learned: [[u32; ASSETS]; ROLES],
    /// The roles whose knowledge is the board, as bits.
    board: u8,
    pub(super) on_board: u16,
    /// By which entry the board last learned of each asset.
    pub(super) newest: [u32; ASSETS],
}

impl Word {
    pub(super) fn reset(&mut self) {
        self.all.clear();
        self.copies.clear();
        self.about_work.clear();
        *self = Self {
            all: std::mem::take(&mut self.all),
            copies: std::mem::take(&mut self.copies),
            about_work: std::mem::take(&mut self.about_work),
            ..Self::default()
        };
    }
}

impl<L: Log> Game<'_, L> {
    pub(super) fn send(&mut self, draft: Draft) {
        let id = self.s.word.all.len();
        let again = if draft.again {
            self.s.now + ESCALATES_AFTER
        } else {
            NEVER
        };
        self.note(Milestone::Sent(id as u32 + 1, draft.to));
        if draft.about != 0 {
            self.s.word.about_work.push(id);
        }
        self.s.word.all.push(Message {
            kind: draft.kind,
            subject: draft.subject.with(self.lay.roles[draft.to]),
            to: draft.to,
            facts: draft.facts,
            about: draft.about,
            state: State::Unnoticed,
            stage: 0,
            again,
            phoned: 0,
            noticed: 0,
            copies: [0; 12],
            len: 0,
        });
        for person in HOLDERS[draft.to] {
            self.copy_to(id, *person, MAIL);
        }
        if draft.again {
            self.s.agenda.schedule(Rank::Escalation, id, again);
        }
        if draft.facts != 0 {
            self.mark(Mark::Observable);
        }
    }

    fn copy_to(&mut self, id: usize, person: usize, median: i64) {
        let subject = self.s.word.all[id].subject.with(self.lay.people[person]);
        let demand = self.s.dice.demand(subject);
        let at = self.notice_time(person, median, demand);
        let slot = self.s.word.copies.len();
        self.s.word.copies.push(Letter {
            message: id,
            person,
            at,
        });
        let message = &mut self.s.word.all[id];
        message.copies[message.len] = slot as u16;
        message.len += 1;
        if median == PHONE {
            message.phoned |= 1 << person;
        }
        if at != NEVER {
            self.s.agenda.schedule(Rank::Delivery, slot, at);
        }
    }

    /// When attention that gathers from now on, on shift only, is enough.
    fn notice_time(&self, person: usize, median: i64, demand: u64) -> i64 {
        let mut left = demand as i64;
        let shifts = &self.lay.shifts[person];
        let first = shifts.partition_point(|(_, until)| *until <= self.s.now);
        for (from, until) in &shifts[first..] {
            let at = self.s.now.max(*from);
            if at >= HORIZON {
                break;
            }
            let needed = ((left * median) >> 32).max(1);
            let length = until - at;
            if needed <= length {
                return at + needed;
            }
            left -= (length << 32) / median;
        }
        NEVER
    }

    pub(super) fn delivered(&mut self, slot: usize) {
        let Letter {
            message: id,
            person,
            ..
        } = self.s.word.copies[slot];
        if self.s.word.all[id].state != State::Unnoticed {
            return;
        }
        self.recall(id);
        self.note(Milestone::Noticed(id as u32 + 1, person));
        let message = &mut self.s.word.all[id];
        message.state = State::Noticed(person);
        message.noticed = self.s.now;
        let interrupts = message.phoned & (1 << person) != 0;
        self.s.people[person].inbox.push(id);
        if let Busy::Working(piece) = self.s.people[person].busy
            && interrupts
        {
            self.interrupt(piece);
            self.start_reading(id, person);
        }
    }

    /// What somebody reads first has the least place: by its class, then by its age.
    pub(super) fn place_in_line(&self, id: usize, person: usize) -> (u8, usize) {
        let message = &self.s.word.all[id];
        let called = message.phoned & (1 << person) != 0;
        let class = match message.kind {
            _ if called || self.s.now - message.noticed >= 2 * HOUR => 0,
            Kind::HandOn => 1,
            Kind::Alarm | Kind::FalseAlarm => 2,
            Kind::Mail => 3,
        };
        (class, id)
    }

    /// Nobody else is to notice a message, nor is it sent again.
    fn recall(&mut self, id: usize) {
        let message = &self.s.word.all[id];
        for slot in &message.copies[..message.len] {
            let slot = usize::from(*slot);
            let at = self.s.word.copies[slot].at;
            self.s.agenda.cancel(Rank::Delivery, slot, at);
        }
        self.s.agenda.cancel(Rank::Escalation, id, message.again);
    }

    pub(super) fn escalate(&mut self, id: usize) {
        if self.s.word.all[id].state != State::Unnoticed {
            return;
        }
        let message = &mut self.s.word.all[id];
        message.stage += 1;
        let deputy = [DEPUTY[message.to]];
        let people = match message.stage {
            1 => HOLDERS[message.to],
            2 => &deputy,
            3 => HOLDERS[LEAD],
            _ => {
                self.note(Milestone::Unreachable(id as u32 + 1));
                return;
            }
        };
        for person in people {
            self.copy_to(id, *person, PHONE);
        }
        self.note(Milestone::Resent(id as u32 + 1));
        let again = self.s.now + ESCALATES_AFTER;
        self.s.word.all[id].again = again;
        self.s.agenda.schedule(Rank::Escalation, id, again);
    }

    pub(super) fn start_reading(&mut self, id: usize, person: usize) {
        let someone = &mut self.s.people[person];
        someone.inbox.retain(|other| *other != id);
        let interrupted = match someone.busy {
            Busy::Working(piece) => Some(piece),
            _ => None,
        };
        someone.busy = Busy::Reading {
            message: id,
            interrupted,
        };
        let span = match self.s.word.all[id].kind {
            Kind::HandOn | Kind::Alarm | Kind::Mail => HANDLING,
            Kind::FalseAlarm => {
                let subject = self.s.word.all[id].subject.with(self.lay.people[person]);
                self.draw(&FALSE_ALARM_HANDLING, subject, Purpose::Handling, 0)
            }
        };
        let at = self.s.now + span;
        self.s.agenda.schedule(Rank::ReadingEnded, person, at);
        self.note(Milestone::Opened(id as u32 + 1, person));
    }

    pub(super) fn reading_ended(&mut self, person: usize) {
        let Busy::Reading {
            message: id,
            interrupted,
        } = self.s.people[person].busy
        else {
            return;
        };
        self.s.people[person].busy = interrupted.map_or(Busy::Free, Busy::Working);
        self.note(Milestone::Read(id as u32 + 1, person));
        if let Some(piece) = interrupted {
            self.resume_interrupted(piece);
            let someone = &self.s.people[person];
            if !someone.overtime && !someone.on_duty {
                self.presence_changed(person);
            }
        }
        self.read(id, person);
    }

    fn read(&mut self, id: usize, person: usize) {
        let message = &mut self.s.word.all[id];
        message.state = State::Read;
        let (to, facts, about) = (message.to, message.facts, message.about);
        self.tell(person, Some(to), facts);
        if facts != 0 {
            self.mark(Mark::Seen);
        }
        for piece in bits(about) {
            self.called_up(piece);
        }
    }

    /// Somebody learns facts in every role held, and in the one they act in.
    pub(super) fn tell(&mut self, person: usize, acting: Option<usize>, facts: u32) {
        let roles = HELD[person].iter().chain(&acting);
        let roles = roles.fold(0_u8, |all, role| all | 1 << role);
        for role in bits(u16::from(roles)) {
            self.learn(role, facts);
        }
    }

    pub(super) fn learn(&mut self, role: usize, facts: u32) {
        let word = &mut self.s.word;
        let new = facts & !word.known[role];
        if new == 0 {
            return;
        }
        word.known[role] |= new;
        let seated = word.board & (1 << role) != 0;
        for asset in bits(assets_of(new)) {
            self.s.entry += 1;
            word.learned[role][asset] = self.s.entry;
            if seated {
                word.on_board |= 1 << asset;
                word.newest[asset] = self.s.entry;
            }
        }
        self.s.dirty.work = true;
    }

    /// A role that finished work belongs to the board.
    pub(super) fn seat(&mut self, role: usize) {
        let word = &mut self.s.word;
        if word.board & (1 << role) != 0 {
            return;
        }
        word.board |= 1 << role;
        for asset in bits(assets_of(word.known[role])) {
            word.on_board |= 1 << asset;
            word.newest[asset] = word.newest[asset].max(word.learned[role][asset]);
        }
        self.s.dirty.work = true;
    }

    /// Takes back word of work that does not wait any more.
    pub(super) fn withdraw(&mut self) {
        let mut place = 0;
        while place < self.s.word.about_work.len() {
            let id = self.s.word.about_work[place];
            let message = &self.s.word.all[id];
            let state = message.state;
            if matches!(state, State::Read | State::Gone) {
                self.s.word.about_work.remove(place);
                continue;
            }
            place += 1;
            if message.about & self.s.work.waiting != 0 {
                continue;
            }
            if let State::Noticed(person) = state {
                let inbox = &mut self.s.people[person].inbox;
                if !inbox.contains(&id) {
                    continue;
                }
                inbox.retain(|other| *other != id);
            }
            self.recall(id);
            self.s.word.all[id].state = State::Gone;
            self.note(Milestone::Withdrawn(id as u32 + 1));
        }
    }
}
