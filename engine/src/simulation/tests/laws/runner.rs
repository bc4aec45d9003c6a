//! Runners: laws are functions of how an exercise is run, so that each can be shown to fail where the
//! running is broken on purpose. Nothing in the product can be switched to be wrong: what is spoiled
//! is the exercise on its way to the engine, the setup, or the record on its way back.

use crate::exercise::{Exercise, ExerciseTime, Mark, Parts};
use crate::record::{Event, Record};
use crate::simulation::{Provenance, Setup, simulate};
use std::sync::Arc;

/// Runs an exercise with a seed, as the run of an index.
pub(super) type Runner<'a> = &'a dyn Fn(&Arc<Exercise>, u64, u64) -> Record;

/// What a law says: nothing, or where it does not hold.
pub(super) type Verdict = Result<(), String>;

/// The runner that is not spoiled.
pub(super) fn plain(exercise: &Arc<Exercise>, seed: u64, run: u64) -> Record {
    simulate(exercise, &Setup::of(seed, run), Provenance::default())
}

/// A runner that runs another exercise than it was given.
pub(super) fn spoiled(change: impl Fn(&mut Parts)) -> impl Fn(&Arc<Exercise>, u64, u64) -> Record {
    move |exercise, seed, run| {
        let mut parts = exercise.parts().clone();
        change(&mut parts);
        plain(&made(parts), seed, run)
    }
}

/// An exercise of its parts.
pub(super) fn made(parts: Parts) -> Arc<Exercise> {
    Arc::new(Exercise::new(parts).expect("the exercise of a law is valid"))
}

/// A law holds as things are run, and does not where they are run wrongly.
pub(super) fn holds_and_can_fail(
    law: impl Fn(Runner<'_>) -> Verdict,
    spoiled: &[(&str, Runner<'_>)],
) {
    assert_eq!(law(&plain), Ok(()));
    for (how, runner) in spoiled {
        assert!(law(*runner).is_err(), "not found out: {how}");
    }
}

/// When a mark of the first incident was reached; the end of time where it was not.
pub(super) fn mark(record: &Record, asked: Mark) -> ExerciseTime {
    time_of(record, |event| {
        let first = crate::exercise::IncidentId::new(0);
        matches!(event, Event::MarkReached { incident, mark } if (*incident, *mark) == (first, asked))
    })
}

/// When the first such event was; the end of time where there was none.
pub(super) fn time_of(record: &Record, is: impl Fn(&Event) -> bool) -> ExerciseTime {
    let found = record.entries.iter().find(|entry| is(&entry.event));
    found.map_or(ExerciseTime(i64::MAX), |entry| entry.at)
}

/// Somebody hears at STARTEX that the incident is real, so that it is worked on.
pub(super) fn known_from_startex(parts: &mut Parts) {
    let mut word = crate::simulation::fixture::inject("word");
    word.reveals = vec![crate::exercise::Reveal::Real];
    parts.scenario.injects = vec![word];
}
