//! Who sits where: names, places, and the secrets by which a page shows that it has a seat.
//!
//! A secret is never kept, only its hash: what lies on disk lets nobody in. Everything about seats is a line of
//! the journal beside the record, and this is the fold of those lines.

pub(crate) mod attempts;
pub(crate) mod secret;

use hotwash_engine::exercise::{Identified, Names, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The longest name of somebody who takes part, in characters.
const MAX_NAME: usize = 40;
/// The most seats of a drill.
pub(crate) const MAX_SEATS: usize = 600;

/// Where somebody sits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Runs the exercise.
    Facilitator,
    /// Plays these people, at least one.
    Player(Vec<PersonId>),
    /// Watches what everybody in the room sees.
    Observer,
    /// The big screen.
    Wall,
}

impl Place {
    /// The people who are played there.
    pub(crate) fn people(&self) -> &[PersonId] {
        match self {
            Self::Player(people) => people,
            _ => &[],
        }
    }
}

/// A place as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum WirePlace {
    /// See [`Place::Facilitator`].
    Facilitator,
    /// See [`Place::Player`]; people by their ids.
    Player(Vec<String>),
    /// See [`Place::Observer`].
    Observer,
    /// See [`Place::Wall`].
    Wall,
}

impl WirePlace {
    /// The written form of a place.
    pub(crate) fn of(place: &Place, names: &Names) -> Self {
        match place {
            Place::Facilitator => Self::Facilitator,
            Place::Player(people) => {
                let ids = people.iter().map(|person| person.slug(names).to_string());
                Self::Player(ids.collect())
            }
            Place::Observer => Self::Observer,
            Place::Wall => Self::Wall,
        }
    }

    /// The place of a written form; `None`: the exercise has no such person.
    pub(crate) fn read(&self, names: &Names) -> Option<Place> {
        match self {
            Self::Facilitator => Some(Place::Facilitator),
            Self::Player(ids) => {
                let people: Option<Vec<PersonId>> =
                    ids.iter().map(|id| PersonId::find(names, id)).collect();
                people
                    .filter(|people| !people.is_empty())
                    .map(Place::Player)
            }
            Self::Observer => Some(Place::Observer),
            Self::Wall => Some(Place::Wall),
        }
    }
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Line {
    /// A server began to serve: with this code, and this hash of the facilitator's secret.
    Opened { code: String, facilitator: String },
    /// Somebody took a seat.
    Sat {
        seat: String,
        secret: String,
        name: String,
        place: WirePlace,
    },
    /// Somebody sits elsewhere.
    Moved { seat: String, place: WirePlace },
    /// A seat is free again.
    Freed { seat: String },
    /// Whoever came late opened their page.
    Ready { seat: String },
    /// Somebody answered the test message.
    Answered { seat: String },
    /// The code lets people in, or no longer.
    Code { open: bool },
    /// This act of this seat is about to be written as this entry.
    Acted {
        seat: String,
        act: String,
        entry: u32,
    },
    /// The record was gone on with after this entry: acts that were to follow it never were.
    Cut { after: u32 },
}

/// A seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seat {
    /// Its id, which is no secret.
    pub(crate) id: String,
    /// The hash of its secret.
    secret: String,
    /// Whoever sits there.
    pub(crate) name: String,
    /// What they do.
    pub(crate) place: Place,
    /// Whether they answered the test message.
    pub(crate) answered: bool,
    /// Whether they opened their page.
    pub(crate) ready: bool,
}

/// All seats of a drill.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seats {
    code: String,
    facilitator: String,
    open: bool,
    list: Vec<Seat>,
    /// By seat and act of a page: the entry that it became.
    acts: HashMap<(String, String), u32>,
}

impl Seats {
    /// Lets a line of the journal hold.
    pub(crate) fn apply(&mut self, line: &Line, names: &Names) {
        match line {
            Line::Opened { code, facilitator } => {
                let first = self.code.is_empty();
                self.open |= first;
                (self.code, self.facilitator) = (code.clone(), facilitator.clone());
            }
            Line::Sat {
                seat,
                secret,
                name,
                place,
            } => {
                if let Some(place) = place.read(names) {
                    self.list.push(Seat {
                        id: seat.clone(),
                        secret: secret.clone(),
                        name: name.clone(),
                        place,
                        answered: false,
                        ready: false,
                    });
                }
            }
            Line::Moved { seat, place } => {
                if let (Some(of), Some(place)) = (self.find(seat), place.read(names)) {
                    of.place = place;
                }
            }
            Line::Freed { seat } => self.list.retain(|of| of.id != *seat),
            Line::Ready { seat } => {
                if let Some(of) = self.find(seat) {
                    of.ready = true;
                }
            }
            Line::Answered { seat } => {
                if let Some(of) = self.find(seat) {
                    of.answered = true;
                }
            }
            Line::Code { open } => self.open = *open,
            Line::Acted { seat, act, entry } => {
                self.acts.insert((seat.clone(), act.clone()), *entry);
            }
            Line::Cut { after } => self.acts.retain(|_, entry| *entry <= *after),
        }
    }

    fn find(&mut self, id: &str) -> Option<&mut Seat> {
        self.list.iter_mut().find(|seat| seat.id == id)
    }

    /// A seat by its id.
    pub(crate) fn get(&self, id: &str) -> Option<&Seat> {
        self.list.iter().find(|seat| seat.id == id)
    }

    /// A seat by its id, for who knows its secret.
    pub(crate) fn of(&self, id: &str, secret: &str) -> Option<&Seat> {
        let hash = secret::hash(secret);
        self.get(id).filter(|seat| seat.secret == hash)
    }

    /// Every seat, in the order of coming.
    pub(crate) fn all(&self) -> &[Seat] {
        &self.list
    }

    /// The code that lets people in.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// Whether it lets people in.
    pub(crate) const fn is_open(&self) -> bool {
        self.open
    }

    /// Whether this is the code, as people type it.
    pub(crate) fn is_code(&self, typed: &str) -> bool {
        self.open && secret::as_code(typed) == self.code
    }

    /// Whether this is the facilitator's secret.
    pub(crate) fn is_facilitators(&self, secret: &str) -> bool {
        secret::hash(secret) == self.facilitator
    }

    /// The entry that an act of a page became.
    pub(crate) fn entry_of(&self, seat: &str, act: &str) -> Option<u32> {
        let key = (seat.to_owned(), act.to_owned());
        self.acts.get(&key).copied()
    }

    /// A name as it is shown, that nobody else has; `None`: it names nobody.
    pub(crate) fn free_name(&self, typed: &str) -> Option<String> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let plain = words.join(" ");
        let plain: String = plain
            .chars()
            .filter(|c| !c.is_control())
            .take(MAX_NAME)
            .collect();
        if plain.trim().is_empty() {
            return None;
        }
        let taken = |name: &str| self.list.iter().any(|seat| seat.name == name);
        let names = (1..).map(|n| match n {
            1 => plain.clone(),
            n => format!("{plain} {n}"),
        });
        names.take(MAX_SEATS + 1).find(|name| !taken(name))
    }
}

/// Under which name somebody takes part who plays several people: each has a name of its own in the record.
pub(crate) fn name_as(name: &str, nth: usize) -> String {
    match nth {
        0 => name.to_owned(),
        n => format!("{name} ({})", n + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hotwash_engine::generator;

    fn sat(seat: &str, name: &str, place: WirePlace) -> Line {
        Line::Sat {
            seat: seat.to_owned(),
            secret: secret::hash("s3cret"),
            name: name.to_owned(),
            place,
        }
    }

    #[test]
    fn a_seat_opens_for_its_own_secret_and_no_other() {
        let exercise = generator::exercise(1);
        let mut seats = Seats::default();
        seats.apply(&sat("a", "Noor", WirePlace::Observer), exercise.names());
        assert!(seats.of("a", "s3cret").is_some());
        assert!(seats.of("a", "S3cret").is_none());
        assert!(seats.of("b", "s3cret").is_none());
        let freed = Line::Freed {
            seat: "a".to_owned(),
        };
        seats.apply(&freed, exercise.names());
        assert!(seats.of("a", "s3cret").is_none());
    }

    #[test]
    fn names_are_plain_and_nobody_has_that_of_another() {
        let exercise = generator::exercise(1);
        let mut seats = Seats::default();
        assert_eq!(seats.free_name(" \u{7} \n"), None);
        let name = seats.free_name("  Noor \u{7} of\nOps ").unwrap();
        assert_eq!(name, "Noor  of Ops");
        seats.apply(&sat("a", "Noor", WirePlace::Observer), exercise.names());
        assert_eq!(seats.free_name("Noor"), Some("Noor 2".to_owned()));
        assert_eq!(seats.free_name(&"x".repeat(90)).unwrap().len(), MAX_NAME);
    }

    #[test]
    fn an_act_that_was_never_written_is_forgotten_and_one_that_was_is_not() {
        let exercise = generator::exercise(1);
        let mut seats = Seats::default();
        let acted = |act: &str, entry| Line::Acted {
            seat: "a".to_owned(),
            act: act.to_owned(),
            entry,
        };
        for line in [acted("x", 7), acted("y", 9), Line::Cut { after: 8 }] {
            seats.apply(&line, exercise.names());
        }
        assert_eq!(seats.entry_of("a", "x"), Some(7));
        assert_eq!(seats.entry_of("a", "y"), None);
    }
}
