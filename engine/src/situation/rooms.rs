//! The rooms in which teams share what they know: which are open, and who is there.

use super::Stamp;
use crate::exercise::{Exercise, IncidentId, PersonId, TeamId};
use crate::record::{Entry, Event};

/// The room of each incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rooms {
    rooms: Vec<Room>,
}

/// The room of an incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Room {
    opened: Option<(Stamp, Option<TeamId>)>,
    /// Who is there, in the order in which they came.
    present: Vec<PersonId>,
    /// Who came, and who went (`false`), in order.
    moves: Vec<(u32, PersonId, bool)>,
}

impl Rooms {
    /// None is open.
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            rooms: vec![Room::default(); exercise.scenario().incidents.len()],
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::RoomOpened { incident, team } => {
                if let Some(room) = self.rooms.get_mut(incident.index()) {
                    room.opened = room.opened.or(Some((Stamp::of(entry), *team)));
                }
            }
            Event::RoomJoined { incident, person } => {
                self.move_one(*incident, *person, entry, true);
            }
            Event::RoomLeft { incident, person } => self.move_one(*incident, *person, entry, false),
            _ => {}
        }
    }

    fn move_one(&mut self, incident: IncidentId, person: PersonId, entry: &Entry, comes: bool) {
        let Some(room) = self.rooms.get_mut(incident.index()) else {
            return;
        };
        if room.present.contains(&person) == comes {
            return;
        }
        if comes {
            room.present.push(person);
        } else {
            room.present.retain(|other| *other != person);
        }
        room.moves.push((entry.number, person, comes));
    }

    fn room(&self, incident: IncidentId) -> Option<&Room> {
        self.rooms.get(incident.index())
    }

    /// When the room of an incident opened.
    pub fn opened(&self, incident: IncidentId) -> Option<Stamp> {
        Some(self.room(incident)?.opened?.0)
    }

    /// The team of a room that is open, where the organisation has teams.
    pub fn team(&self, incident: IncidentId) -> Option<TeamId> {
        self.room(incident)?.opened?.1
    }

    /// Who is in the room of an incident, in the order in which they came.
    pub fn present(&self, incident: IncidentId) -> &[PersonId] {
        self.room(incident).map_or(&[], |room| &room.present)
    }

    /// Whether somebody is in the room of an incident.
    pub fn is_present(&self, incident: IncidentId, person: PersonId) -> bool {
        self.present(incident).contains(&person)
    }

    /// Whether the room of an incident was open just before an entry.
    pub fn was_open_before(&self, incident: IncidentId, entry: u32) -> bool {
        self.opened(incident)
            .is_some_and(|opened| opened.entry < entry)
    }

    /// Who was in the room of an incident just before an entry, in the order in which they came.
    pub fn present_before(&self, incident: IncidentId, entry: u32) -> Vec<PersonId> {
        let mut present = Vec::new();
        let moves = self.room(incident).map_or(&[][..], |room| &room.moves);
        for (_, person, comes) in moves.iter().take_while(|(number, ..)| *number < entry) {
            if *comes {
                present.push(*person);
            } else {
                present.retain(|other| other != person);
            }
        }
        present
    }
}
