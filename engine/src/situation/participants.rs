//! Who takes part as a human: who was invited, who is there by name, and for whom a stand-in acts.

use crate::exercise::{Exercise, PersonId};
use crate::record::{Attendance, Entry, Event, Seat};

/// Who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participants {
    /// By person.
    people: Vec<Part>,
    /// Those who are there by name, in the order in which they came.
    here: Vec<(String, Seat)>,
}

/// How one person of the organisation is played.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Part {
    /// Whether a human plays them, be it that a stand-in acts for now.
    played: bool,
    /// Whether a stand-in acts.
    stand_in: bool,
}

impl Participants {
    /// Nobody yet.
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            people: vec![Part::default(); exercise.organisation().people.len()],
            here: Vec::new(),
        }
    }

    /// These were invited, and are there or absent when the run begins.
    pub fn invite(&mut self, attendance: &[(PersonId, Attendance)]) {
        for (person, how) in attendance {
            if let Some(part) = self.people.get_mut(person.index()) {
                part.played = true;
                part.stand_in = *how == Attendance::Absent;
            }
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Joined { who, seat } => self.sit(who, Some(seat)),
            Event::Left { who, .. } => self.sit(who, None),
            Event::SeatChanged { who, to, .. } => self.sit(who, Some(to)),
            Event::StandInChanged { person, on } => {
                if let Some(part) = self.people.get_mut(person.index()) {
                    part.stand_in = *on;
                }
            }
            _ => {}
        }
    }

    fn sit(&mut self, who: &str, seat: Option<&Seat>) {
        self.here.retain(|(name, _)| name != who);
        let Some(seat) = seat else { return };
        self.here.push((who.to_owned(), seat.clone()));
        let part = seat
            .person()
            .and_then(|person| self.people.get_mut(person.index()));
        if let Some(part) = part {
            part.played = true;
        }
    }

    fn part(&self, person: PersonId) -> Part {
        self.people.get(person.index()).copied().unwrap_or_default()
    }

    /// Those who are there by name, and where they sit, in the order in which they came.
    pub fn here(&self) -> &[(String, Seat)] {
        &self.here
    }

    /// Where somebody sits who is there by name.
    pub fn seat(&self, who: &str) -> Option<&Seat> {
        let here = self.here.iter().find(|(name, _)| name == who);
        here.map(|(_, seat)| seat)
    }

    /// The names of those who play a person.
    pub fn players(&self, person: PersonId) -> impl Iterator<Item = &str> {
        let here = self.here.iter();
        let play = here.filter(move |(_, seat)| seat.person() == Some(person));
        play.map(|(name, _)| name.as_str())
    }

    /// Whether a human plays a person, be it that a stand-in acts for now.
    pub fn is_human(&self, person: PersonId) -> bool {
        self.part(person).played
    }

    /// Whether a stand-in acts for a person whom a human plays.
    pub fn has_stand_in(&self, person: PersonId) -> bool {
        self.part(person).stand_in
    }
}
