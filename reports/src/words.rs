//! The words for everything that an evaluation can say.
//!
//! One place for phrases, so that a thing is called the same on every screen and page. Plain short
//! sentences in sentence case; people by their roles unless asked otherwise.

mod act;
pub mod bent;
mod cause;
mod change;
mod correction;
pub(crate) mod deed;
mod finding;
mod gain;
mod gap;
mod gate;
mod live;
mod moment;
mod name;
mod number;
mod refusal;
mod span;
mod term;
pub mod why;

pub(crate) use act::message_named;
pub use act::{act, actor};
pub use cause::{cause, element};
pub use change::change;
pub use correction::correction;
pub use finding::finding;
pub(crate) use finding::{hung, term as obligation_term};
pub use gain::gain;
pub(crate) use gain::{effect, in_hundred, whole};
pub use gap::gap;
pub use gate::gate;
pub use live::{button, choice, expected, known, laid_aside, message_kind, presence};
pub(crate) use moment::{approval, taken};
pub use moment::{delivered, moment, step};
pub use name::{Naming, People, lower_first, plan, spaced, title, upper_first};
pub use number::{apportioned, count, money, percent, plural, references, score, share};
pub use refusal::refusal;
pub use span::{duration, limit};
pub(crate) use term::impact;
pub use term::{
    asset_state, clock_start, coverage_status, end, judged, made_of, mark_reached, measure, mode,
    not_exercised, not_scored, partial, partials, phase_sign, rating, rating_meaning, rating_tone,
    standing, tick, verdict, verdict_tone,
};

use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::{Exercise, ExerciseTime};
use hotwash_engine::record::{Entry, Event, Record};

use crate::document::Clock;

/// What is said of a record without ENDEX, within a sentence.
pub fn not_finished(record: &Record) -> String {
    match record.entries.last() {
        Some(last) => format!("not finished, or cut after entry {}", last.number),
        None => "not finished, or cut before its first entry".to_owned(),
    }
}

/// What there is to speak of: the judged facts, with the names of things and the local time.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// Its record.
    pub record: &'a Record,
    /// Its evaluation.
    pub evaluation: &'a Evaluation,
    /// The names of things.
    pub names: Naming<'a>,
    /// The local time.
    pub clock: Clock,
}

impl<'a> Subject<'a> {
    /// Everything to speak of.
    pub fn new(
        exercise: &'a Exercise,
        record: &'a Record,
        evaluation: &'a Evaluation,
        people: People,
    ) -> Self {
        Self {
            exercise,
            record,
            evaluation,
            names: Naming::new(exercise, people),
            clock: Clock::of(exercise, evaluation.ended_at),
        }
    }

    /// The entries with these numbers that the record has.
    pub fn entries<'b>(&'b self, numbers: &'b [u32]) -> impl Iterator<Item = &'b Entry> + 'b {
        numbers
            .iter()
            .filter_map(|number| self.record.entry(*number))
    }

    /// The first event among these entries of which something can be told.
    pub fn among<T>(&self, numbers: &[u32], tell: impl Fn(&Event) -> Option<T>) -> Option<T> {
        self.entries(numbers).find_map(|entry| tell(&entry.event))
    }

    /// How the run ended, within a sentence. A record without ENDEX was not finished, or was cut.
    pub fn ending(&self) -> String {
        match self.evaluation.end {
            Some(end) => self::end(end).to_owned(),
            None => not_finished(self.record),
        }
    }

    /// The number of the last entry of a record without ENDEX, 0 where it has none; `None`: it has one.
    pub fn not_finished_after(&self) -> Option<u32> {
        let last = self.record.entries.last();
        self.evaluation
            .end
            .is_none()
            .then(|| last.map_or(0, |entry| entry.number))
    }

    /// What the time of the run goes to, within a sentence.
    pub const fn end_word(&self) -> &'static str {
        if self.evaluation.end.is_some() {
            "ENDEX"
        } else {
            "the last entry"
        }
    }

    /// The end of the run.
    pub const fn ended_at(&self) -> ExerciseTime {
        self.evaluation.ended_at
    }
}
