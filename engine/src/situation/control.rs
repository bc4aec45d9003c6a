//! The clock of the exercise: whether it began, stands, goes on, ended.

use super::Stamp;
use crate::exercise::ExerciseTime;
use crate::record::{EndKind, Entry, Event, HumanAct};

/// How the exercise is run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Control {
    started: Option<Stamp>,
    began_early: Option<Stamp>,
    ended: Option<(Stamp, EndKind)>,
    paused: Option<Stamp>,
    pace: Option<u32>,
    stop_word: Option<Stamp>,
    moved_until: Option<ExerciseTime>,
}

impl Control {
    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let now = Stamp::of(entry);
        match &entry.event {
            Event::ExerciseStarted {} => self.started = self.started.or(Some(now)),
            Event::ExerciseEnded { end } => self.ended = self.ended.or(Some((now, *end))),
            Event::BeganEarly { .. } => self.began_early = self.began_early.or(Some(now)),
            Event::ExercisePaused {} => self.paused = self.paused.or(Some(now)),
            Event::ExerciseResumed {} => self.paused = None,
            Event::PaceChanged { thousandths } => self.pace = Some(*thousandths),
            Event::StopWordSaid {} => self.stop_word = Some(now),
            Event::ActionTaken {
                act: HumanAct::MoveClock { to },
            } => self.moved_until = self.moved_until.max(Some(*to)),
            _ => {}
        }
    }

    /// STARTEX, once it has come.
    pub const fn started(&self) -> Option<Stamp> {
        self.started
    }

    /// When people began to act before STARTEX, where they did.
    pub const fn began_early(&self) -> Option<Stamp> {
        self.began_early
    }

    /// Whether people act by now. Before, they only notice and read, and no entry says so.
    pub const fn people_act(&self) -> bool {
        self.started.is_some() || self.began_early.is_some()
    }

    /// ENDEX, once it has come, and how.
    pub const fn ended(&self) -> Option<(Stamp, EndKind)> {
        self.ended
    }

    /// Since when the clock of the exercise stands.
    pub const fn paused(&self) -> Option<Stamp> {
        self.paused
    }

    /// Thousandths of the speed of the clock on the wall.
    pub fn pace(&self) -> u32 {
        self.pace.unwrap_or(1_000)
    }

    /// When the stop word was last said.
    pub const fn stop_word(&self) -> Option<Stamp> {
        self.stop_word
    }

    /// Until when the clock is moved on: stand-ins act for everybody who is played.
    pub const fn moved_until(&self) -> Option<ExerciseTime> {
        self.moved_until
    }
}
