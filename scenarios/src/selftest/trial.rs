//! What the oracles are tried on: a way to run exercises, a seed, and how many runs to spend.

use crate::bind::{Start, ready};
use crate::source::Source;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Span};
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Plays one run of an exercise: exercise, seed, run.
pub type Runner<'r> = dyn Fn(&Arc<Exercise>, u64, u64) -> Record + 'r;

/// How much is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// Enough to see a gross fault.
    Quick,
    /// Enough to see a mean that is some percent off.
    #[default]
    Full,
}

/// What the oracles are tried on.
pub struct Trial<'r> {
    /// From what all chance is drawn.
    pub seed: u64,
    /// How much is spent.
    pub effort: Effort,
    /// How exercises are run.
    pub runner: &'r Runner<'r>,
}

impl Default for Trial<'_> {
    fn default() -> Self {
        Self {
            seed: 1,
            effort: Effort::default(),
            runner: &engine,
        }
    }
}

/// Runs an exercise as `hotwash simulate` does.
fn engine(exercise: &Arc<Exercise>, seed: u64, run: u64) -> Record {
    simulate(exercise, &Setup::of(seed, run), Provenance::default())
}

impl Trial<'_> {
    /// One or the other number, by effort.
    pub(super) const fn runs(&self, quick: u64, full: u64) -> u64 {
        match self.effort {
            Effort::Quick => quick,
            Effort::Full => full,
        }
    }

    /// Plays one run.
    pub(super) fn play(&self, exercise: &Arc<Exercise>, run: u64) -> Record {
        (self.runner)(exercise, self.seed, run)
    }

    /// Numbers for making up exercises, from a generator that has nothing to do with the engine's.
    pub(super) const fn numbers(&self, stream: u64) -> Numbers {
        Numbers(self.seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ (stream << 32) | 1)
    }
}

/// An exercise from its text.
pub(super) fn exercise(text: &str) -> Arc<Exercise> {
    let source = Source::new("selftest.ron", text);
    match ready(std::slice::from_ref(&source), &Start::default()) {
        Ok(ready) => Arc::new(ready.bound.exercise),
        Err(problems) => {
            let look = crate::diagnostic::Look::default();
            let told = crate::diagnostic::render(&problems, &[source], look);
            panic!("an exercise of the self-test cannot be used:\n{told}")
        }
    }
}

/// Ids as a list holds them.
pub(super) fn list(ids: impl Iterator<Item = String>) -> String {
    let quoted = |id: String| ["\"", id.as_str(), "\", "].concat();
    ids.map(quoted).collect()
}

/// A text with the parts that vary put in for their names in braces.
pub(super) fn fill(text: &str, parts: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (name, part) in parts {
        let name = format!("{{{name}}}");
        assert!(text.contains(&name), "`{name}` is not in the exercise");
        text = text.replace(&name, part);
    }
    text
}

/// When a piece of work became ready, first started and last ended; `NEVER` where it did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) ready: ExerciseTime,
    pub(super) started: ExerciseTime,
    pub(super) ended: ExerciseTime,
    /// How often it was started.
    pub(super) attempts: usize,
}

/// The times of every piece of work, by the id of its task and its number.
pub(super) fn times(record: &Record) -> BTreeMap<(String, u16), Times> {
    let tasks = &record.header.exercise.plan().tasks;
    let mut by_piece = BTreeMap::new();
    for entry in &record.entries {
        let (Event::TaskReady { instance, .. }
        | Event::TaskStarted { instance, .. }
        | Event::TaskEnded { instance, .. }) = &entry.event
        else {
            continue;
        };
        let piece = (instance.task, instance.ordinal);
        let times = by_piece.entry(piece).or_insert(Times {
            ready: ExerciseTime::NEVER,
            started: ExerciseTime::NEVER,
            ended: ExerciseTime::NEVER,
            attempts: 0,
        });
        match entry.event {
            Event::TaskReady { .. } => times.ready = entry.at,
            Event::TaskStarted { .. } => {
                times.started = times.started.min(entry.at);
                times.attempts += 1;
            }
            _ => times.ended = entry.at,
        }
    }
    let named = by_piece.into_iter().map(|((task, ordinal), times)| {
        let slug = tasks[task.index()].slug.as_str().to_owned();
        ((slug, ordinal), times)
    });
    named.collect()
}

/// A length of time in minutes.
#[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 ms")]
pub(super) fn minutes(span: Span) -> f64 {
    span.0 as f64 / Span::MINUTE.0 as f64
}

/// Whole numbers at random, by Marsaglia's xorshift64*.
#[derive(Debug)]
pub(super) struct Numbers(u64);

impl Numbers {
    /// A number from 0 to n - 1.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        ((u128::from(bits) * u128::from(n)) >> 64) as u64
    }

    /// Whether something of chance 1 in n happens.
    pub(super) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}
