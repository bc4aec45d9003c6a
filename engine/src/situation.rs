//! What is so at any entry of a record: one fold of it.
//!
//! A [`Situation`] begins with an exercise, takes entry after entry, and is asked: who is where, what lies in
//! whose inbox, what a role knows, since when and from whom, how work stands, what is true of the assets,
//! which clocks run, which decisions are open. Live drills, reports, evaluation and late joiners stand on it;
//! nobody else says what an event means. It is made of parts, one for each noun, and each can be folded alone
//! by who asks nothing else.
//!
//! It is total: any entries, forged, cut or out of order, give a sensible answer, and never a panic. An entry
//! costs what it changes. In debug builds every run holds it against the world that made the record, at every
//! settled instant (`simulation/invariants/fold`).

pub mod assets;
pub mod attack;
pub mod clocks;
mod concern;
pub mod control;
pub mod courses;
pub mod deeds;
pub mod knowledge;
pub mod messages;
pub mod participants;
pub mod presences;
pub mod rooms;
pub mod sight;
pub mod story;
pub mod talk;
#[cfg(test)]
mod tests;
pub mod view;
pub mod work;

use crate::exercise::{Exercise, ExerciseTime, IncidentId, PersonId, RoleId};
use crate::knowledge::Known;
use crate::record::{Attendance, Entry, Header};
use assets::Assets;
use attack::Attack;
use clocks::Clocks;
use concern::Concern;
use control::Control;
use courses::Courses;
use deeds::Deeds;
use knowledge::Knowledge;
use messages::Messages;
use participants::Participants;
use presences::Presences;
use rooms::Rooms;
use std::sync::Arc;
use story::Story;
use talk::Talk;
use work::Work;

/// When something happened, and the entry that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// When.
    pub at: ExerciseTime,
    /// The number of the entry.
    pub entry: u32,
}

impl Stamp {
    /// That of an entry.
    pub const fn of(entry: &Entry) -> Self {
        Self {
            at: entry.at,
            entry: entry.number,
        }
    }
}

/// What is so after some entries of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    exercise: Arc<Exercise>,
    /// The last entry.
    last: Option<Stamp>,
    control: Control,
    participants: Participants,
    presences: Presences,
    rooms: Rooms,
    messages: Messages,
    knowledge: Knowledge,
    work: Work,
    deeds: Deeds,
    assets: Assets,
    attack: Attack,
    clocks: Clocks,
    courses: Courses,
    story: Story,
    talk: Talk,
}

impl Situation {
    /// What is so before anything happened, in a simulation.
    pub fn new(exercise: &Arc<Exercise>) -> Self {
        Self {
            exercise: Arc::clone(exercise),
            last: None,
            control: Control::default(),
            participants: Participants::new(exercise),
            presences: Presences::new(exercise),
            rooms: Rooms::new(exercise),
            messages: Messages::new(exercise),
            knowledge: Knowledge::new(exercise),
            work: Work::new(exercise),
            deeds: Deeds::default(),
            assets: Assets::new(exercise),
            attack: Attack::new(exercise),
            clocks: Clocks::new(exercise),
            courses: Courses::new(exercise),
            story: Story::new(exercise),
            talk: Talk::default(),
        }
    }

    /// What is so before anything happened, with those who were invited.
    pub fn of(header: &Header) -> Self {
        let mut situation = Self::new(&header.exercise);
        situation.invite(&header.attendance);
        situation
    }

    /// These were invited, and are there or absent when the run begins.
    pub fn invite(&mut self, attendance: &[(PersonId, Attendance)]) {
        self.participants.invite(attendance);
    }

    /// What is so after these entries of a record.
    pub fn after<'e>(header: &Header, entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut situation = Self::of(header);
        for entry in entries {
            situation.apply(entry);
        }
        situation
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        self.last = Some(Stamp::of(entry));
        match Concern::of(&entry.event) {
            Concern::Control => self.control.apply(entry),
            Concern::Beginning => {
                self.control.apply(entry);
                self.messages.apply(entry);
            }
            Concern::Participants => self.participants.apply(entry),
            Concern::Presences => self.presences.apply(entry),
            Concern::Rooms => self.rooms.apply(entry),
            Concern::Messages => self.messages.apply(entry),
            Concern::Reading => {
                self.messages.apply(entry);
                self.knowledge.apply(entry);
            }
            Concern::Knowledge => self.knowledge.apply(entry),
            Concern::Work => self.work.apply(entry),
            Concern::Finishing => {
                self.work.apply(entry);
                self.knowledge.apply(entry);
            }
            Concern::Assets => self.assets.apply(&self.exercise, entry),
            Concern::Deed => {
                self.deeds.apply(entry);
                self.assets.apply(&self.exercise, entry);
            }
            Concern::Attack => self.attack.apply(entry),
            Concern::Hit => {
                self.attack.apply(entry);
                self.assets.apply(&self.exercise, entry);
            }
            Concern::Clocks => self.clocks.apply(entry),
            Concern::Courses => self.courses.apply(entry),
            Concern::Story => self.story.apply(entry),
            Concern::Wording => {
                self.story.apply(entry);
                self.messages.apply(entry);
            }
            Concern::Act => {
                self.control.apply(entry);
                self.story.apply(entry);
                self.messages.apply(entry);
                self.talk.apply(entry);
            }
            Concern::Nothing => {}
        }
    }
}

impl Situation {
    /// The exercise.
    pub const fn exercise(&self) -> &Arc<Exercise> {
        &self.exercise
    }

    /// The last entry; `None`: nothing happened yet.
    pub const fn last(&self) -> Option<Stamp> {
        self.last
    }

    /// When the last entry was; the onset, where nothing happened yet.
    pub fn now(&self) -> ExerciseTime {
        let onset = self.exercise.parts().onset;
        self.last.map_or(onset, |last| last.at)
    }

    /// The clock of the exercise: whether it began, stands, ended.
    pub const fn control(&self) -> &Control {
        &self.control
    }

    /// Who takes part as a human.
    pub const fn participants(&self) -> &Participants {
        &self.participants
    }

    /// Who is on duty, on call, away or at rest.
    pub const fn presences(&self) -> &Presences {
        &self.presences
    }

    /// The rooms of the incidents.
    pub const fn rooms(&self) -> &Rooms {
        &self.rooms
    }

    /// Every message, and what lies in whose inbox.
    pub const fn messages(&self) -> &Messages {
        &self.messages
    }

    /// What each role knows.
    pub const fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Every piece of work.
    pub const fn work(&self) -> &Work {
        &self.work
    }

    /// What work did.
    pub const fn deeds(&self) -> &Deeds {
        &self.deeds
    }

    /// The truth about every asset.
    pub const fn assets(&self) -> &Assets {
        &self.assets
    }

    /// How far the attack has come.
    pub const fn attack(&self) -> &Attack {
        &self.attack
    }

    /// The clock of each obligation.
    pub const fn clocks(&self) -> &Clocks {
        &self.clocks
    }

    /// Each incident: its marks, its phases, its classification.
    pub const fn courses(&self) -> &Courses {
        &self.courses
    }

    /// Injects and decisions.
    pub const fn story(&self) -> &Story {
        &self.story
    }

    /// Questions to whoever runs the exercise.
    pub const fn talk(&self) -> &Talk {
        &self.talk
    }

    /// The roles that a person holds; none, where the exercise knows no such person.
    fn roles_held(&self, person: PersonId) -> &[RoleId] {
        let known = person.index() < self.exercise.organisation().people.len();
        if known {
            self.exercise.roles_held(person)
        } else {
            &[]
        }
    }

    /// What a person knows: what each of the roles knows that they hold.
    pub fn known_to(&self, person: PersonId) -> Known {
        let held = self.roles_held(person);
        self.knowledge.together(held.iter().copied())
    }

    /// Whether a role is on the board of an incident: it finished work of it, or somebody is in its room who
    /// holds it.
    pub fn is_on_board(&self, incident: IncidentId, role: RoleId) -> bool {
        let mut present = self.rooms.present(incident).iter();
        let holds = |person: &PersonId| self.roles_held(*person).contains(&role);
        self.work.has_finished(incident, role) || present.any(holds)
    }

    /// What those on the board of an incident know together.
    pub fn board(&self, incident: IncidentId) -> Known {
        let roles = 0..self.exercise.organisation().roles.len();
        let seated = roles
            .map(RoleId::new)
            .filter(|role| self.is_on_board(incident, *role));
        self.knowledge.together(seated)
    }
}
