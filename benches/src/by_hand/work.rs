//! Work: from ready to ended.

mod doing;

pub(super) use doing::handover;

use super::agenda::{NEVER, Rank};
use super::layout::{ASSETS, BEFORE_ALL, BRIEF, BRIEF_DELAY, ESCALATES_AFTER, TASK, TASKS};
use super::milestone::{Log, Milestone};
use super::word::{ALERTED, Draft, Kind};
use super::{Game, bits};
use hotwash_engine::exercise::TaskId;
use hotwash_engine::simulation::{Purpose, Subject};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Running,
    Done(bool),
    Failed,
    NoTarget,
}

#[derive(Debug, Clone, Copy)]
struct Segment {
    from: i64,
    handover: bool,
    pace: i64,
}

#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) task: usize,
    pub(super) ordinal: u16,
    pub(super) state: State,
    pub(super) told: bool,
    pub(super) escalated: u8,
    waits: u8,
    pub(super) ready_at: i64,
    /// Who did what came before, as bits.
    pub(super) before: u16,
    pub(super) person: Option<usize>,
    pub(super) role: usize,
    pub(super) ended: u32,
    attempt: u16,
    pub(super) done: i64,
    pub(super) left: i64,
    segment: Option<Segment>,
    /// When it ends, as long as somebody works on it.
    pub(super) due: i64,
    /// When it has waited long enough.
    escalates: i64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Delay {
    #[default]
    NotYet,
    Running,
    Over,
}

#[derive(Debug, Clone, Default)]
struct Slot {
    /// Its pieces, in order.
    pieces: Vec<usize>,
    again: bool,
}

#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) pieces: Vec<Piece>,
    /// Pieces that wait, as bits.
    pub(super) waiting: u64,
    /// Pieces that somebody works on, as bits.
    pub(super) running: u64,
    slots: [Slot; TASKS],
    brief: Delay,
    /// By measure on assets: those on which the team claims to have taken it.
    pub(super) claimed: [u16; 3],
    /// By measure and asset: the entry by which it does.
    claims: [[u32; ASSETS]; 3],
}

impl Work {
    pub(super) fn reset(&mut self) {
        self.pieces.clear();
        (self.waiting, self.running) = (0, 0);
        for slot in &mut self.slots {
            slot.pieces.clear();
            slot.again = false;
        }
        self.brief = Delay::NotYet;
        self.claimed = [0; 3];
    }

    /// The last piece of a task that is claimed done.
    fn last_done(&self, task: usize) -> Option<&Piece> {
        let pieces = self.slots[task].pieces.iter().rev();
        let mut pieces = pieces.map(|index| &self.pieces[*index]);
        pieces.find(|piece| matches!(piece.state, State::Done(_)))
    }

    /// Whether everything that must come first is claimed done.
    fn is_unlocked(&self, task: usize) -> bool {
        let done = |before: &usize| self.last_done(*before).is_some();
        let any = TASK[task].after_any;
        TASK[task].after.iter().all(done) && (any.is_empty() || any.iter().any(done))
    }

    /// The role that did what came last before a task.
    fn handed_by(&self, task: usize) -> Option<usize> {
        let before = TASK[task].after.iter().chain(TASK[task].after_any);
        let last = before.filter_map(|before| self.last_done(*before));
        last.max_by_key(|piece| piece.ended).map(|piece| piece.role)
    }

    fn doers_before(&self, task: usize) -> u16 {
        let before = TASK[task].after.iter().chain(TASK[task].after_any);
        let last = before.filter_map(|before| self.slots[*before].pieces.last());
        let doers = last.filter_map(|index| self.pieces[*index].person);
        doers.fold(0, |all, person| all | 1 << person)
    }

    pub(super) fn set(&mut self, index: usize, state: State) {
        self.pieces[index].state = state;
        let only = |is: bool| u64::from(is) << index;
        self.waiting = self.waiting & !only(true) | only(state == State::Waiting);
        self.running = self.running & !only(true) | only(state == State::Running);
    }

    pub(super) fn claim(&mut self, measure: usize, asset: usize, entry: u32) {
        self.claimed[measure] |= 1 << asset;
        self.claims[measure][asset] = entry;
    }

    /// What was claimed by a piece that turned out wrong is not claimed any more.
    pub(super) fn forget(&mut self, index: usize) {
        let Piece { task, ended, .. } = self.pieces[index];
        let Some(measure) = TASK[task].does.on_assets() else {
            return;
        };
        for asset in bits(self.claimed[measure]) {
            if self.claims[measure][asset] == ended {
                self.claimed[measure] &= !(1 << asset);
            }
        }
    }

    pub(super) fn again(&mut self, task: usize) {
        self.slots[task].again = true;
        if task == BRIEF {
            self.brief = Delay::NotYet;
        }
    }
}

impl<L: Log> Game<'_, L> {
    fn id(&self, index: usize) -> (TaskId, u16) {
        let piece = &self.s.work.pieces[index];
        (TaskId::new(piece.task), piece.ordinal)
    }

    fn subject(&self, index: usize) -> Subject {
        let piece = &self.s.work.pieces[index];
        self.lay.tasks[piece.task].nth(u64::from(piece.ordinal))
    }

    /// The assets on which a task could take its measure, as the board knows.
    pub(super) fn targets(&self, measure: usize) -> u16 {
        self.s.word.on_board & !self.s.work.claimed[measure]
    }

    fn is_due(&self, task: usize) -> bool {
        let work = &self.s.work;
        let slot = &work.slots[task];
        let last = slot.pieces.last().map(|index| &work.pieces[*index]);
        let measure = TASK[task].does.on_assets();
        let done_with = last.is_some() && !slot.again;
        let open = last.is_some_and(|piece| matches!(piece.state, State::Waiting | State::Running));
        if open || (done_with && measure.is_none()) || !work.is_unlocked(task) {
            return false;
        }
        let rooted = TASK[task].after.is_empty() && TASK[task].after_any.is_empty();
        if rooted && self.s.word.known[TASK[task].by] & ALERTED == 0 {
            return false;
        }
        let Some(measure) = measure else {
            return true;
        };
        let targets = self.targets(measure);
        // Done once, unless something says again, or there are targets that it has not seen.
        let newest = bits(targets).map(|asset| self.s.word.newest[asset]).max();
        targets != 0 && (!done_with || newest > last.map(|piece| piece.ended))
    }

    /// Whether what is to be done again waits for something before it that is, too.
    fn comes_after_repeated(&self, task: usize) -> bool {
        let slots = &self.s.work.slots;
        if !slots[task].again || !TASK[task].mends() {
            return false;
        }
        bits(BEFORE_ALL[task]).any(|before| {
            let slot = &slots[before];
            let last = slot.pieces.last().map(|index| &self.s.work.pieces[*index]);
            let open = last.is_some_and(|p| matches!(p.state, State::Waiting | State::Running));
            let under_way = slot.pieces.len() > 1 && open;
            let repeated = under_way || (slot.again && self.is_due(before));
            repeated && TASK[before].mends()
        })
    }

    pub(super) fn consider_work(&mut self) {
        let mut letters: [(usize, usize, usize, u64); TASKS] = [(0, 0, 0, 0); TASKS];
        let mut len = 0;
        let due = (0..TASKS).filter(|task| self.is_due(*task) && !self.comes_after_repeated(*task));
        let due = due.fold(0_u16, |all, task| all | 1 << task);
        let mut fresh = 0_u64;
        for task in bits(due) {
            if task != BRIEF || self.brief_delay_is_over() {
                fresh |= 1 << self.make_ready(task);
            }
        }
        for index in bits(fresh) {
            let task = self.s.work.pieces[index].task;
            let to = TASK[task].by;
            let from = self.s.work.handed_by(task);
            let Some(from) = from.filter(|from| *from != to) else {
                self.called_up(index);
                continue;
            };
            let mut written = letters[..len].iter_mut();
            if let Some(letter) = written.find(|(f, t, _, _)| (*f, *t) == (from, to)) {
                letter.3 |= 1 << index;
            } else {
                letters[len] = (from, to, index, 1 << index);
                len += 1;
            }
        }
        for (from, to, first, about) in letters.into_iter().take(len) {
            self.send(Draft {
                kind: Kind::HandOn,
                subject: self.subject(first).nth(1),
                to,
                facts: self.s.word.known[from],
                about,
                again: true,
            });
        }
    }

    /// Lets the plan's delay run before the one task that has one.
    fn brief_delay_is_over(&mut self) -> bool {
        if self.s.work.brief == Delay::NotYet {
            let subject = self.lay.tasks[BRIEF];
            let span = self.draw(&BRIEF_DELAY, subject, Purpose::TaskDelay, 0);
            let at = self.s.now + span;
            self.s.agenda.schedule(Rank::PlanDelay, BRIEF, at);
            self.s.work.brief = Delay::Running;
        }
        self.s.work.brief == Delay::Over
    }

    pub(super) fn plan_delay_over(&mut self) {
        self.s.work.brief = Delay::Over;
        self.s.dirty.work = true;
    }

    fn make_ready(&mut self, task: usize) -> usize {
        let before = self.s.work.doers_before(task);
        let index = self.s.work.pieces.len();
        let slot = &mut self.s.work.slots[task];
        slot.again = false;
        slot.pieces.push(index);
        let ordinal = slot.pieces.len() as u16;
        if task == BRIEF {
            self.s.work.brief = Delay::NotYet;
        }
        let escalates = self.s.now + ESCALATES_AFTER;
        self.s.work.pieces.push(Piece {
            task,
            ordinal,
            state: State::Waiting,
            told: false,
            escalated: 0,
            waits: 0,
            ready_at: self.s.now,
            before,
            person: None,
            role: 0,
            ended: 0,
            attempt: 0,
            done: 0,
            left: 0,
            segment: None,
            due: NEVER,
            escalates,
        });
        self.s.work.set(index, State::Waiting);
        self.note(Milestone::Ready(self.id(index)));
        self.s
            .agenda
            .schedule(Rank::WorkEscalation, index, escalates);
        index
    }

    pub(super) fn called_up(&mut self, index: usize) {
        let piece = &mut self.s.work.pieces[index];
        piece.told |= piece.state == State::Waiting;
    }

    pub(super) fn work_waits(&mut self, index: usize) {
        let piece = &self.s.work.pieces[index];
        if piece.state != State::Waiting || piece.escalated >= 2 {
            return;
        }
        let waits = piece.waits;
        let can_start = self.is_assignable(index);
        let can_come = can_start || self.can_come(index);
        let escalates = self.s.now + (ESCALATES_AFTER << waits);
        let piece = &mut self.s.work.pieces[index];
        piece.waits = (waits + 1).min(8);
        piece.escalates = escalates;
        if !can_come {
            piece.escalated = 2;
        } else if piece.escalated == 0 || !can_start {
            piece.escalated += 1;
        }
        self.s
            .agenda
            .schedule(Rank::WorkEscalation, index, escalates);
    }
}
