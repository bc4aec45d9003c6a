//! Who is on duty, on call, away or at rest.

use crate::exercise::{Exercise, ExerciseTime, PersonId};
use crate::record::{Entry, Event, Presence};

/// How everybody can be reached. It is said from when people begin to act; before, everybody counts as away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presences {
    /// By person.
    people: Vec<Standing>,
}

/// How one person stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Standing {
    /// Each time that they could be reached otherwise, and since when, in the order in which it was said.
    turns: Vec<(ExerciseTime, Presence)>,
    /// Until when they count as on duty because they were reached, when that was last.
    reached_until: Option<ExerciseTime>,
    /// Until when they rest.
    rests_until: Option<ExerciseTime>,
}

impl Presences {
    /// Nothing was said yet.
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            people: vec![Standing::default(); exercise.organisation().people.len()],
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let (person, turn) = match &entry.event {
            Event::PresenceChanged {
                person,
                presence,
                since,
            } => (person, Some((*since, *presence))),
            Event::PersonReached { person, .. } => (person, Some((entry.at, Presence::OnDuty))),
            Event::RestBegan { person, .. } => (person, Some((entry.at, Presence::Off))),
            Event::RestEnded { person } => (person, None),
            _ => return,
        };
        let Some(standing) = self.people.get_mut(person.index()) else {
            return;
        };
        standing.turns.extend(turn);
        match &entry.event {
            Event::PersonReached { until, .. } => standing.reached_until = Some(*until),
            Event::RestBegan { until, .. } => standing.rests_until = Some(*until),
            Event::RestEnded { .. } => standing.rests_until = None,
            _ => {}
        }
    }

    fn of(&self, person: PersonId) -> Option<&Standing> {
        self.people.get(person.index())
    }

    /// How a person can be reached now.
    pub fn presence(&self, person: PersonId) -> Presence {
        let last = self.turns(person).last();
        last.map_or(Presence::Off, |(_, presence)| *presence)
    }

    /// Since when that is so; `None`: it was not said yet.
    pub fn since(&self, person: PersonId) -> Option<ExerciseTime> {
        self.turns(person).last().map(|(since, _)| *since)
    }

    /// How a person could be reached at an instant, by the last turn that had come by then.
    pub fn presence_at(&self, person: PersonId, at: ExerciseTime) -> Presence {
        let mut turns = self.turns(person).iter().rev();
        let passed = turns.find(|(from, _)| *from <= at);
        passed.map_or(Presence::Off, |(_, presence)| *presence)
    }

    /// Each time that a person could be reached otherwise, and since when, in the order in which it was said.
    pub fn turns(&self, person: PersonId) -> &[(ExerciseTime, Presence)] {
        self.of(person).map_or(&[], |standing| &standing.turns)
    }

    /// Until when a person rests; `None`: they do not.
    pub fn rests_until(&self, person: PersonId) -> Option<ExerciseTime> {
        self.of(person)?.rests_until
    }

    /// Until when a person who was reached counts as on duty, when they last were.
    pub fn reached_until(&self, person: PersonId) -> Option<ExerciseTime> {
        self.of(person)?.reached_until
    }
}
