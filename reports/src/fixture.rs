//! Small stories made by hand, so that what a test shows is what it is about.
//!
//! [`clinic`] is a run of five days with something of everything. The others are made of it, or of
//! nothing.

mod clinic;
mod judged;
mod parts;
mod small;

pub(crate) use clinic::record;
use parts::exercise;
pub(crate) use parts::expectation;
pub(crate) use small::{five_minutes, nobody_home, other_scripts, three_incidents};

use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Mode, Span};
use hotwash_engine::record::{Actor, Entry, Event, Header, Record};
use std::sync::Arc;

/// A run with everything that is needed to speak of it.
pub(crate) struct Told {
    pub(crate) exercise: Arc<Exercise>,
    pub(crate) record: Record,
    pub(crate) evaluation: Evaluation,
}

/// Five days of ransomware in a clinic.
pub(crate) fn clinic() -> Told {
    let exercise = Arc::new(exercise(parts::clinic()));
    let record = record(&exercise);
    let evaluation = judged::clinic(&exercise, &record);
    Told {
        exercise,
        record,
        evaluation,
    }
}

/// A record being written by hand.
pub(crate) struct Story {
    pub(crate) entries: Vec<Entry>,
}

impl Story {
    pub(crate) const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// Writes an entry so many minutes after STARTEX, and returns its number.
    pub(crate) fn at(&mut self, minutes: i64, actor: Actor, event: Event) -> u32 {
        let number = self.entries.len() as u32 + 1;
        self.entries.push(Entry {
            number,
            at: ExerciseTime(Span::minutes(minutes).0),
            wall: None,
            actor,
            cause: None,
            event,
        });
        number
    }

    pub(crate) fn rules(&mut self, minutes: i64, event: Event) -> u32 {
        self.at(minutes, Actor::Rules {}, event)
    }

    pub(crate) fn record(self, exercise: &Arc<Exercise>) -> Record {
        Record {
            header: Header {
                engine_version: "0.1.0".to_owned(),
                seed: 1,
                run: 0,
                mode: Mode::Simulated,
                assisted: false,
                definitions: Vec::new(),
                actions: None,
                attendance: Vec::new(),
                exercise: Arc::clone(exercise),
            },
            entries: self.entries,
        }
    }
}
