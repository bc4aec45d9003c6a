//! A drill: an exercise in which people act while it runs.
//!
//! Whoever serves a drill owns a [`Drill`]. It lets time pass ([`Drill::advance_to`]) and hands in acts as they
//! come ([`Drill::submit`]); each call returns the entries that it made, which are written down before anybody
//! is told. It is the same engine as that of a simulation: one lane, and the acts of humans as it knows them.
//!
//! It never reads a clock, and never opens a file: what time it is in the exercise and on the wall it is told.
//! An act never joins an instant that is settled, so the acts of its record, played again at once, make the
//! same record.

#[cfg(test)]
mod tests;

use crate::exercise::{Exercise, ExerciseTime, PersonId, Span};
use crate::record::{Action, EndKind, Entry, Event, Hand, HumanAct, Record, Refusal, Seat};
use crate::replay;
use crate::simulation::{Provenance, Setup, Simulation, header};
use crate::situation::Situation;
use std::sync::Arc;
use thiserror::Error;

mod offers;

pub use offers::Offer;

/// An exercise in which people act while it runs.
pub struct Drill {
    simulation: Simulation,
    record: Record,
    situation: Situation,
    /// Up to here everything has happened.
    settled: ExerciseTime,
}

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'d> {
    /// At which instant it was looked at; that of the drill, where it never came so far.
    pub at: ExerciseTime,
    /// Why it was not possible; `None`: it was taken.
    pub refused: Option<Refusal>,
    /// The entries that it made, and what followed from it at once. A refused act leaves one as well, unless
    /// nobody at that seat may do it or its doer is busy.
    pub entries: &'d [Entry],
}

/// A record that its own exercise does not make again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("played again, the exercise of this record goes otherwise from entry {entry} on")]
pub struct Diverged {
    /// The first entry that differs.
    pub entry: u32,
}

impl Drill {
    /// A drill in which nothing has happened yet: it begins with the first call of [`Drill::advance_to`], which
    /// has to reach STARTEX.
    pub fn new(exercise: &Arc<Exercise>, setup: &Setup, provenance: Provenance) -> Self {
        let setup = Setup {
            recording: true,
            ..setup.clone()
        };
        let header = header(exercise, &setup, provenance);
        Self {
            simulation: Simulation::new(Arc::clone(exercise), std::slice::from_ref(&setup)),
            situation: Situation::of(&header),
            settled: exercise.parts().onset,
            record: Record {
                header,
                entries: Vec::new(),
            },
        }
    }

    /// Goes on with a drill that was broken off, from what of its record is left. Returns the entries of its last
    /// instant that the record lacks: they have to be written before anything else.
    pub fn resume(record: &Record) -> Result<(Self, Vec<Entry>), Diverged> {
        let setup = replay::setup_of(record);
        let mut drill = Self::new(&record.header.exercise, &setup, Provenance::default());
        drill.record.header = record.header.clone();
        if let Some(last) = record.entries.last() {
            drill.advance_to(last.at, None);
        }
        let again = &mut drill.record.entries;
        for (i, old) in record.entries.iter().enumerate() {
            let Some(new) = again.get_mut(i) else {
                return Err(Diverged { entry: old.number });
            };
            new.wall = old.wall;
            if new != old {
                return Err(Diverged { entry: old.number });
            }
        }
        let missing = drill.record.entries[record.entries.len()..].to_vec();
        Ok((drill, missing))
    }

    /// Lets time pass up to and including an instant, and returns what happened. `wall` is what the clock on the
    /// wall shows, in ms since 1970 UTC, with which entries are stamped.
    pub fn advance_to(&mut self, until: ExerciseTime, wall: Option<i64>) -> &[Entry] {
        let known = self.record.entries.len();
        if until > self.settled || known == 0 {
            self.settled = self.settled.max(until);
            self.simulation.tell_time(0, wall);
            self.simulation.advance_to(until);
            self.take_over();
        }
        &self.record.entries[known..]
    }

    /// Somebody at a seat does something, now.
    pub fn submit(&mut self, seat: &Seat, act: HumanAct, wall: Option<i64>) -> Answer<'_> {
        match seat.may(&act) {
            Ok(()) => self.play((seat.person(), None), act, wall),
            Err(reason) => self.turned_away(reason),
        }
    }

    /// Somebody enters what a person did, who has no device or no time for it.
    pub fn enter(
        &mut self,
        (person, hand): (PersonId, Hand),
        act: HumanAct,
        wall: Option<i64>,
    ) -> Answer<'_> {
        match (Seat::Plays { person }).may(&act) {
            Ok(()) => self.play((Some(person), Some(hand)), act, wall),
            Err(reason) => self.turned_away(reason),
        }
    }

    /// Whether somebody at a seat could do something now, or why not. Nothing happens.
    pub fn check(&mut self, seat: &Seat, act: &HumanAct) -> Result<(), Refusal> {
        seat.may(act)?;
        if self.ended().is_some() && !act.may_follow_end() {
            return Err(Refusal::AfterTheEnd);
        }
        let action = Action {
            at: self.settled,
            person: seat.person(),
            does: act.clone(),
            hand: None,
        };
        self.simulation.possible(0, &action)
    }

    /// What was played and has happened.
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// What is so.
    pub const fn situation(&self) -> &Situation {
        &self.situation
    }

    /// Up to where everything has happened.
    pub const fn settled(&self) -> ExerciseTime {
        self.settled
    }

    /// How the exercise ended, if it has.
    pub fn ended(&mut self) -> Option<EndKind> {
        self.simulation.ended(0)
    }

    /// When something happens next of which nobody has to do anything; `None`: nothing any more.
    pub fn next_due(&mut self) -> Option<ExerciseTime> {
        self.simulation.next_due(0)
    }

    /// Lets an act happen at the instant behind the last that is settled.
    fn play(
        &mut self,
        (person, hand): (Option<PersonId>, Option<Hand>),
        does: HumanAct,
        wall: Option<i64>,
    ) -> Answer<'_> {
        let at = self.settled + Span(1);
        let action = Action {
            at,
            person,
            does,
            hand,
        };
        if self.simulation.would_wait(0, &action) {
            return self.turned_away(Refusal::Busy);
        }
        let known = self.record.entries.len();
        self.simulation.submit(0, action);
        self.advance_to(at, wall);
        let entries = &self.record.entries[known..];
        Answer {
            at,
            refused: refusal_of(entries),
            entries,
        }
    }

    /// An act that never came into the exercise.
    const fn turned_away(&self, reason: Refusal) -> Answer<'_> {
        Answer {
            at: self.settled,
            refused: Some(reason),
            entries: &[],
        }
    }

    /// Takes over what the lane has recorded since.
    fn take_over(&mut self) {
        let Self {
            simulation,
            record,
            situation,
            ..
        } = self;
        let known = record.entries.len();
        simulation.with_entries(0, |entries| {
            for entry in &entries[known..] {
                situation.apply(entry);
            }
            record.entries.extend_from_slice(&entries[known..]);
        });
    }
}

/// Why the one act that happened among these entries was not possible.
fn refusal_of(entries: &[Entry]) -> Option<Refusal> {
    entries.iter().find_map(|entry| match &entry.event {
        Event::ActionRejected { reason, .. } => Some(*reason),
        _ => None,
    })
}
