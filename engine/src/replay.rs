//! Replay: a record is enough to play its exercise again, entry for entry.

use crate::exercise::{ExerciseTime, PersonId};
use crate::record::{Action, Actor, Entry, Event, HumanAct, Record};
use crate::simulation::{Setup, Simulation};
use std::sync::Arc;

/// Plays the exercise of a record again with its seed, its run and its human acts.
///
/// Wall times are an input: they are copied from the record, entry by entry.
pub fn replay(record: &Record) -> Record {
    let setup = setup_of(record);
    let exercise = Arc::clone(&record.header.exercise);
    let mut simulation = Simulation::new(exercise, std::slice::from_ref(&setup));
    simulation.finish();
    let mut entries = simulation.take_entries(0);
    for (new, old) in entries.iter_mut().zip(&record.entries) {
        new.wall = old.wall;
    }
    Record {
        header: record.header.clone(),
        entries,
    }
}

/// What distinguishes the run of a record from others of its exercise.
pub fn setup_of(record: &Record) -> Setup {
    let header = &record.header;
    Setup {
        seed: header.seed,
        run: header.run,
        played: header
            .attendance
            .iter()
            .map(|(person, _)| *person)
            .collect(),
        actions: human_acts(record),
        recording: true,
        ..Setup::default()
    }
}

/// The number of the first entry in which a replay differs from its record; `None`: they agree.
pub fn first_difference(record: &Record, replayed: &Record) -> Option<u32> {
    let pairs = record.entries.iter().zip(&replayed.entries);
    let differing = pairs
        .clone()
        .find(|(old, new)| old != new)
        .map(|(old, _)| old.number);
    let (old, new) = (record.entries.len(), replayed.entries.len());
    differing.or_else(|| (old != new).then(|| old.min(new) as u32 + 1))
}

/// The acts of humans in a record, in its order.
pub fn human_acts(record: &Record) -> Vec<Action> {
    let acts = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::ActionTaken { act } | Event::ActionRejected { act, .. } => Some(Action {
                at: entry.at,
                person: entry.actor.person(),
                does: act.clone(),
            }),
            _ => None,
        });
    acts.collect()
}

/// What the people of a record did, as acts that a human could play: each carries the time at which
/// its effect began. Together with the same exercise, seed and run they give the same story where
/// each task is done by one person and one piece of it waits at a time (`docs/semantics.md`, humans).
pub fn acts_of_everybody(record: &Record) -> Vec<Action> {
    record.entries.iter().filter_map(exported).collect()
}

/// The act of a person that an entry shows, if it shows one.
fn exported(entry: &Entry) -> Option<Action> {
    let person = entry.actor.person();
    let does = match &entry.event {
        Event::ActionTaken { act } => act.clone(),
        // What follows from an act of a human is exported with the act itself.
        _ if !matches!(entry.actor, Actor::Simulated { .. }) => return None,
        Event::ReadingStarted { message, .. } => HumanAct::Read { message: *message },
        Event::TaskStarted {
            instance,
            attempt: 1,
            ..
        } => HumanAct::Start {
            task: instance.task,
        },
        Event::TaskResumed {
            instance, handover, ..
        } if handover.0 > 0 => HumanAct::Start {
            task: instance.task,
        },
        Event::ApprovalGiven { instance, .. } => HumanAct::Approve {
            task: instance.task,
            granted: true,
        },
        Event::Decided { choice, .. } => HumanAct::Decide { choice: *choice },
        Event::PhaseDeclaredComplete { phase, .. } => HumanAct::DeclareComplete { phase: *phase },
        _ => return None,
    };
    Some(Action {
        at: entry.at.max(ExerciseTime::STARTEX),
        person,
        does,
    })
}

/// A run in which everybody is played from the acts that a record shows.
pub fn played_by_everybody(record: &Record) -> Setup {
    let people = record.header.exercise.organisation().people.len();
    Setup {
        seed: record.header.seed,
        run: record.header.run,
        played: (0..people).map(PersonId::new).collect(),
        actions: acts_of_everybody(record),
        recording: true,
        ..Setup::default()
    }
}
