//! Doing work: attempts, interruptions, and how they end.

use super::{Piece, Segment, State};
use crate::by_hand::Game;
use crate::by_hand::agenda::{NEVER, Rank};
use crate::by_hand::layout::{
    ANALYST, DECLARE, DESK, ESCALATES_AFTER, LEAD, MAX_ATTEMPTS, MINUTE, Stage, TASK, practice,
};
use crate::by_hand::milestone::{Log, Milestone};
use crate::by_hand::people::Busy;
use crate::by_hand::word::{Draft, Kind};
use hotwash_engine::exercise::{Measure, Span};
use hotwash_engine::record::Outcome;
use hotwash_engine::simulation::Purpose;

/// How long it takes to take over what somebody has done for so long.
pub(in crate::by_hand) fn handover(done: i64) -> i64 {
    Span(done).scaled(100).0.clamp(5 * MINUTE, 30 * MINUTE)
}

impl Piece {
    /// What was done by now in the stretch that runs. While work is taken over, nothing is.
    pub(in crate::by_hand) fn done_by(&self, now: i64) -> i64 {
        let works = self.segment.filter(|segment| !segment.handover);
        works.map_or(0, |segment| {
            let done = (now - segment.from) * 1_000 / segment.pace;
            done.min(self.left - 1).max(0)
        })
    }
}

impl<L: Log> Game<'_, L> {
    pub(in crate::by_hand) fn start(&mut self, index: usize, person: usize, role: usize) {
        let someone = &mut self.s.people[person];
        (someone.busy, someone.overtime) = (Busy::Working(index), false);
        self.s.work.set(index, State::Running);
        let piece = &mut self.s.work.pieces[index];
        self.s
            .agenda
            .cancel(Rank::WorkEscalation, index, piece.escalates);
        piece.escalates = NEVER;
        (piece.person, piece.role) = (Some(person), role);
        if piece.done > 0 {
            let handover = handover(piece.done);
            piece.segment = Some(Segment {
                from: self.s.now,
                handover: true,
                pace: 1_000,
            });
            piece.due = self.s.now + handover;
            self.s.agenda.schedule(Rank::WorkEnded, index, piece.due);
            self.note(Milestone::Resumed(self.id(index), person));
            return;
        }
        self.begin_attempt(index, person);
        self.phase_started(TASK[self.s.work.pieces[index].task].does);
        self.withdraw();
    }

    fn begin_attempt(&mut self, index: usize, person: usize) {
        let subject = self.subject(index);
        let piece = &mut self.s.work.pieces[index];
        piece.attempt += 1;
        let attempt = piece.attempt;
        let (takes, declares) = (&TASK[piece.task].takes, piece.task == DECLARE);
        let purpose = Purpose::TaskDuration;
        let span = self
            .s
            .dice
            .duration(takes, subject, purpose, u64::from(attempt));
        // No task classifies or calls the team together: who declares does.
        let implied = Measure::DECLARED_WITH.map(|measure| {
            let ordinal = u64::from(attempt) * Measure::ALL.len() as u64 + measure as u64;
            let purpose = Purpose::ImpliedDuration;
            let law = measure.usual_law();
            self.s.dice.duration(&law, subject, purpose, ordinal).0
        });
        let implied: i64 = if declares { implied.iter().sum() } else { 0 };
        let span = span.0 + implied;
        piece.left = if attempt > 1 { (span / 2).max(1) } else { span };
        self.note(Milestone::Started(self.id(index), person, attempt));
        self.begin_segment(index);
    }

    fn begin_segment(&mut self, index: usize) {
        let piece = &self.s.work.pieces[index];
        let person = piece.person.expect("work that was started has a doer");
        let pace = self.pace(piece.task, person);
        let piece = &mut self.s.work.pieces[index];
        piece.segment = Some(Segment {
            from: self.s.now,
            handover: false,
            pace,
        });
        piece.due = self.s.now + Span(piece.left).scaled(pace).0;
        self.s.agenda.schedule(Rank::WorkEnded, index, piece.due);
    }

    /// How long somebody takes for a task, in thousandths of its nominal time.
    pub(in crate::by_hand) fn pace(&self, task: usize, person: usize) -> i64 {
        let practised = practice(person, TASK[task].stage);
        [1_300, 1_000, 850][practised] * self.fatigue(person) / 1_000
    }

    /// Counts what was done so far.
    fn settle(&mut self, index: usize) {
        let piece = &mut self.s.work.pieces[index];
        self.s.agenda.cancel(Rank::WorkEnded, index, piece.due);
        let done = piece.done_by(self.s.now);
        (piece.due, piece.segment) = (NEVER, None);
        piece.done += done;
        piece.left -= done;
    }

    pub(in crate::by_hand) fn pause(&mut self, index: usize) {
        self.settle(index);
        self.s.work.set(index, State::Waiting);
        self.note(Milestone::Paused(self.id(index)));
        self.free(index);
        let escalates = self.s.now + ESCALATES_AFTER;
        let piece = &mut self.s.work.pieces[index];
        piece.done = piece.done.max(1);
        piece.told = true;
        (piece.escalated, piece.waits) = (0, 0);
        piece.escalates = escalates;
        self.s
            .agenda
            .schedule(Rank::WorkEscalation, index, escalates);
    }

    fn free(&mut self, index: usize) {
        let person = self.s.work.pieces[index].person;
        let someone = &mut self.s.people[person.expect("work that ran has a doer")];
        if someone.busy == Busy::Working(index) {
            (someone.busy, someone.overtime) = (Busy::Free, false);
        }
    }

    pub(in crate::by_hand) fn interrupt(&mut self, index: usize) {
        if self.s.work.pieces[index].segment.is_some() {
            self.settle(index);
            self.note(Milestone::Paused(self.id(index)));
        }
    }

    pub(in crate::by_hand) fn resume_interrupted(&mut self, index: usize) {
        let piece = &self.s.work.pieces[index];
        if piece.state == State::Running && piece.segment.is_none() {
            let person = piece.person.expect("work that ran has a doer");
            self.note(Milestone::Resumed(self.id(index), person));
            self.begin_segment(index);
        }
    }

    pub(in crate::by_hand) fn work_ended(&mut self, index: usize) {
        let piece = &self.s.work.pieces[index];
        let person = piece.person.expect("work that ran has a doer");
        if piece.segment.is_some_and(|segment| segment.handover) {
            self.note(Milestone::HandedOver(self.id(index)));
            self.begin_segment(index);
            return;
        }
        let (task, attempt) = (&TASK[piece.task], piece.attempt);
        let outcome = self.outcome(index, person);
        self.s.entry += 1;
        self.note(Milestone::Ended(self.id(index), outcome));
        if outcome == Outcome::Redo {
            debug_assert!(attempt < MAX_ATTEMPTS);
            self.begin_attempt(index, person);
            return;
        }
        let piece = &mut self.s.work.pieces[index];
        (piece.segment, piece.due, piece.ended) = (None, NEVER, self.s.entry);
        let state = match outcome {
            Outcome::Done => State::Done(true),
            Outcome::Flawed => State::Done(false),
            Outcome::NoTarget => State::NoTarget,
            Outcome::Failed | Outcome::Redo => State::Failed,
        };
        self.s.work.set(index, state);
        self.free(index);
        self.s.dirty.work = true;
        self.s.dirty.phases = true;
        if let State::Done(sound) = state {
            self.finished(index, task.does, sound);
            self.inform(index, task.informs);
            self.withdraw();
        }
    }

    /// How an attempt ends: one draw says.
    fn outcome(&self, index: usize, person: usize) -> Outcome {
        let piece = &self.s.work.pieces[index];
        let task = &TASK[piece.task];
        let nominal = match task.stage {
            Stage::Identification | Stage::Assessment => 100,
            Stage::Response | Stage::Resolution => 10,
        };
        let likelier = [3_000, 1_000, 500][practice(person, task.stage)];
        let chance = nominal * task.hard * likelier / 1_000 * self.fatigue(person) / 1_000;
        let chance = chance.clamp(0, 5_000) as u64;
        let unnoticed = chance / 3;
        let noticed = chance - unnoticed;
        let ordinal = u64::from(piece.attempt);
        let purpose = Purpose::TaskError;
        let dice = self.s.dice;
        let roll = dice.part(self.subject(index), purpose, ordinal, 10_000);
        let measure = task.does.on_assets();
        if measure.is_some_and(|measure| self.targets(measure) == 0) {
            Outcome::NoTarget
        } else if roll < noticed && piece.attempt < MAX_ATTEMPTS {
            Outcome::Redo
        } else if roll < noticed {
            Outcome::Failed
        } else if task.does.can_be_flawed() && roll < noticed + unnoticed {
            Outcome::Flawed
        } else {
            Outcome::Done
        }
    }

    fn inform(&mut self, index: usize, roles: &[usize]) {
        let from = self.s.work.pieces[index].role;
        for to in roles.iter().copied().filter(|to| *to != from) {
            self.send(Draft {
                kind: Kind::HandOn,
                subject: self.subject(index).nth(1),
                to,
                facts: self.s.word.known[from],
                about: 0,
                again: false,
            });
        }
    }

    /// Whether a role registers an event by what it writes down.
    pub(in crate::by_hand) const fn registers(role: usize) -> bool {
        matches!(role, ANALYST | DESK | LEAD)
    }
}
