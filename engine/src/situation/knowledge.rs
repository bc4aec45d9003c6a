//! What each role knows, since when, and from whom.

use super::Stamp;
use crate::exercise::{Exercise, Instance, Knowable, MessageId, RoleId};
use crate::knowledge::Known;
use crate::record::{Entry, Event};

/// What each role knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knowledge {
    /// By role.
    roles: Vec<Mind>,
    /// By entry: what can be the source of a fact, in the order of their numbers.
    sources: Vec<(u32, Source)>,
    /// Nothing, as large as what is known.
    nothing: Known,
}

/// What one role knows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mind {
    known: Known,
    learned: Vec<Learned>,
}

/// A fact that a role learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learned {
    /// The fact.
    pub fact: Knowable,
    /// Since when it is known.
    pub since: Stamp,
    /// Where it comes from.
    pub source: Source,
}

/// Where a role has a fact from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From a message that somebody read.
    Message(MessageId),
    /// From another role, in the room.
    Role(RoleId),
    /// From what it knew before: one fact shows another.
    Itself,
    /// From a piece of work.
    Work(Instance),
    /// The record does not say.
    Unsaid,
}

impl Knowledge {
    /// Nobody knows anything.
    pub fn new(exercise: &Exercise) -> Self {
        let nothing = Known::with_room(exercise);
        let mind = Mind {
            known: nothing.clone(),
            learned: Vec::new(),
        };
        Self {
            roles: vec![mind; exercise.organisation().roles.len()],
            sources: Vec::new(),
            nothing,
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::FactLearned { role, fact } => {
                let source = self.source(*role, entry.cause);
                self.note(entry.number, Source::Role(*role));
                self.learn(*role, *fact, Stamp::of(entry), source);
            }
            Event::MessageRead { message, .. } => {
                self.note(entry.number, Source::Message(*message));
            }
            Event::TaskEnded { instance, .. } => self.note(entry.number, Source::Work(*instance)),
            _ => {}
        }
    }

    /// A later entry may have this one as its cause.
    fn note(&mut self, entry: u32, source: Source) {
        if self.sources.last().is_none_or(|(last, _)| *last < entry) {
            self.sources.push((entry, source));
        }
    }

    fn source(&self, role: RoleId, cause: Option<u32>) -> Source {
        let place = cause.and_then(|cause| {
            let found = self.sources.binary_search_by_key(&cause, |(of, _)| *of);
            found.ok()
        });
        match place.map(|place| self.sources[place].1) {
            Some(Source::Role(same)) if same == role => Source::Itself,
            Some(source) => source,
            None => Source::Unsaid,
        }
    }

    fn learn(&mut self, role: RoleId, fact: Knowable, since: Stamp, source: Source) {
        let Some(mind) = self.roles.get_mut(role.index()) else {
            return;
        };
        if mind.known.has_room_for(fact) && mind.known.note(fact, since.at, since.entry) {
            mind.learned.push(Learned {
                fact,
                since,
                source,
            });
        }
    }

    fn mind(&self, role: RoleId) -> Option<&Mind> {
        self.roles.get(role.index())
    }

    /// What a role knows.
    pub fn known(&self, role: RoleId) -> &Known {
        self.mind(role).map_or(&self.nothing, |mind| &mind.known)
    }

    /// What a role learned, in order, each with its source.
    pub fn learned(&self, role: RoleId) -> &[Learned] {
        self.mind(role).map_or(&[], |mind| &mind.learned)
    }

    /// Since when a role knows a fact, and from whom; `None`: it does not.
    pub fn fact(&self, role: RoleId, fact: Knowable) -> Option<&Learned> {
        let mut learned = self.learned(role).iter();
        learned.find(|learned| learned.fact == fact)
    }

    /// What some roles know together, each fact since the first of them learned it.
    pub fn together(&self, roles: impl IntoIterator<Item = RoleId>) -> Known {
        let mut known = self.nothing.clone();
        for role in roles {
            known.learn_all(self.known(role));
        }
        known
    }
}
