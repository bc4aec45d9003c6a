//! Who comes, goes and sits elsewhere.

use super::{Desk, Reply, Stage};
use crate::seats::secret::{self, NoChance};
use crate::seats::{Line, MAX_SEATS, Place, Seat, WirePlace, name_as};
use hotwash_engine::exercise::PersonId;
use hotwash_engine::record::HumanAct;

/// A seat that was just taken: its id, and the secret that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) seat: String,
    pub(crate) secret: String,
}

fn no_chance(error: NoChance) -> Reply {
    Reply::NotNow(error.to_string())
}

impl Desk {
    /// Somebody takes a seat.
    pub(crate) fn sit(&mut self, name: &str, place: &Place) -> Result<Key, Reply> {
        if let Some(trouble) = &self.trouble {
            return Err(Reply::NotNow(trouble.clone()));
        }
        if self.seats.all().len() >= MAX_SEATS {
            let text = format!("this drill has {MAX_SEATS} seats, and all are taken");
            return Err(Reply::NotNow(text));
        }
        let name = self
            .seats
            .free_name(name)
            .ok_or_else(|| Reply::NotNow("say what you want to be called".to_owned()))?;
        let key = Key {
            seat: secret::id().map_err(no_chance)?,
            secret: secret::secret().map_err(no_chance)?,
        };
        let line = Line::Sat {
            seat: key.seat.clone(),
            secret: secret::hash(&key.secret),
            name,
            place: WirePlace::of(place, self.exercise.names()),
        };
        let noted = self.note(&line);
        self.told(noted)?;
        // Whoever comes late reads in first: a player's place is taken when they open their page.
        let plays = !place.people().is_empty();
        if matches!(self.stage, Stage::Live(_)) && !plays {
            self.come_in(&key.seat)?;
        }
        Ok(key)
    }

    /// Whoever came late opens their page: from now on they play.
    pub(crate) fn come_in(&mut self, id: &str) -> Result<(), Reply> {
        let seat = self.seats.get(id).filter(|seat| !seat.ready).cloned();
        let Some(seat) = seat else { return Ok(()) };
        if matches!(self.stage, Stage::Live(_)) {
            self.tick();
            self.seat_taken(&seat)?;
            self.ready(id)?;
        }
        Ok(())
    }

    /// A seat has opened its page.
    pub(super) fn ready(&mut self, id: &str) -> Result<(), Reply> {
        let line = Line::Ready {
            seat: id.to_owned(),
        };
        let noted = self.note(&line);
        self.told(noted)?;
        self.exercise_changed();
        Ok(())
    }

    /// Somebody answers the test message.
    pub(crate) fn answer(&mut self, id: &str) -> Result<(), Reply> {
        let line = Line::Answered {
            seat: id.to_owned(),
        };
        let noted = self.note(&line);
        self.told(noted)
    }

    /// A seat is free again, and whoever sat there has left.
    pub(crate) fn free(&mut self, id: &str) -> Result<(), Reply> {
        let Some(seat) = self.seats.get(id).cloned() else {
            return Err(Reply::NotNow("nobody has this seat".to_owned()));
        };
        let line = Line::Freed {
            seat: id.to_owned(),
        };
        let noted = self.note(&line);
        self.told(noted)?;
        self.here.remove(id);
        if matches!(self.stage, Stage::Live(_)) && seat.ready {
            self.tick();
            self.seat_left(&seat)?;
        }
        self.exercise_changed();
        Ok(())
    }

    /// Somebody plays other people from now on.
    pub(crate) fn reseat(&mut self, id: &str, people: &[PersonId]) -> Result<(), Reply> {
        let Some(seat) = self.seats.get(id).cloned() else {
            return Err(Reply::NotNow("nobody has this seat".to_owned()));
        };
        if people.is_empty() || !matches!(seat.place, Place::Player(_)) {
            return Err(Reply::NotNow("a player is moved to a role".to_owned()));
        }
        let place = Place::Player(people.to_vec());
        let line = Line::Moved {
            seat: id.to_owned(),
            place: WirePlace::of(&place, self.exercise.names()),
        };
        let noted = self.note(&line);
        self.told(noted)?;
        if matches!(self.stage, Stage::Live(_)) && seat.ready {
            self.tick();
            self.change(&seat, &place)?;
        }
        self.exercise_changed();
        Ok(())
    }

    /// The same in the record: seats that stay change, others are left or taken.
    fn change(&mut self, seat: &Seat, place: &Place) -> Result<(), Reply> {
        let (old, new) = (
            super::live::engine_seats(&seat.place),
            super::live::engine_seats(place),
        );
        for nth in 0..old.len().max(new.len()) {
            let who = name_as(&seat.name, nth);
            let act = match (old.get(nth), new.get(nth)) {
                (Some(from), Some(to)) if from != to => HumanAct::ChangeSeat {
                    who,
                    seat: to.clone(),
                },
                (None, Some(to)) => HumanAct::Join {
                    who,
                    seat: to.clone(),
                },
                (Some(_), None) => HumanAct::Leave { who },
                _ => continue,
            };
            self.control(&act)?;
        }
        Ok(())
    }

    /// The code lets people in, or no longer.
    pub(crate) fn let_in(&mut self, open: bool) -> Result<(), Reply> {
        let noted = self.note(&Line::Code { open });
        self.told(noted)
    }
}
