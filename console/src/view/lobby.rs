//! What stands on pages before STARTEX: who is there, what can be joined, and whether everybody is reached.

use super::{Mark, Speak};
use crate::desk::Here;
use crate::seats::{Place, Seat};
use hotwash_engine::exercise::{Exercise, InjectId, PersonId};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// A role that somebody can take, by whom it is held.
#[derive(Debug, Serialize)]
pub(crate) struct RoleModel {
    /// The id of the person.
    pub(crate) person: String,
    pub(crate) title: String,
    /// Who has it; empty: it is free.
    pub(crate) taken: String,
}

/// Somebody who takes part, as the facilitator sees them.
#[derive(Debug, Serialize)]
pub(crate) struct GuestModel {
    pub(crate) seat: String,
    pub(crate) name: String,
    /// The letter of the kind of seat.
    pub(crate) kind: &'static str,
    pub(crate) role: String,
    pub(crate) plays: String,
    pub(crate) line: Mark,
    pub(crate) said: Mark,
    /// When a page of theirs was last there, by the clock on the wall; 0: never.
    pub(crate) seen: i64,
    /// When they last acted.
    pub(crate) acted: i64,
    pub(crate) open: String,
}

/// The page of the facilitator before STARTEX.
#[derive(Debug, Serialize)]
pub(crate) struct HouseModel {
    pub(crate) guests: Vec<GuestModel>,
    pub(crate) free: Vec<String>,
    pub(crate) code: String,
    pub(crate) open: bool,
    pub(crate) address: String,
    pub(crate) unreached: Vec<String>,
    pub(crate) begins: String,
    pub(crate) zone: String,
    pub(crate) synopsis: String,
    pub(crate) record: String,
    pub(crate) roles: Vec<RoleModel>,
    pub(crate) trouble: Option<String>,
}

/// What somebody sees who waits for STARTEX.
#[derive(Debug, Serialize)]
pub(crate) struct LobbyModel {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) answered: bool,
    pub(crate) begins: String,
    pub(crate) zone: String,
    pub(crate) trouble: Option<String>,
}

/// What a late joiner reads first.
#[derive(Debug, Serialize)]
pub(crate) struct LateModel {
    pub(crate) role: String,
    pub(crate) heard: Vec<(String, String, String)>,
    pub(crate) waits: Vec<(String, String)>,
    pub(crate) reach: Vec<String>,
    pub(crate) others: Vec<String>,
    pub(crate) over: bool,
}

/// The people who can be played: those with a role, in the order of their titles.
pub(crate) fn roles(speak: &Speak<'_>, seats: &[Seat]) -> Vec<RoleModel> {
    let people = (0..speak.exercise.organisation().people.len()).map(PersonId::new);
    let with_role = people.filter(|person| has_part(speak.exercise, *person));
    let mut roles: Vec<RoleModel> = with_role
        .map(|person| RoleModel {
            person: speak.slug(person),
            title: speak.title(person),
            taken: taken(seats, person),
        })
        .collect();
    roles.sort_by(|a, b| a.title.cmp(&b.title));
    roles
}

/// Whether a person holds a role, or stands in for who holds one.
pub(crate) fn has_part(exercise: &Exercise, person: PersonId) -> bool {
    let mut roles = exercise.organisation().roles.iter();
    roles.any(|role| role.holders.contains(&person) || role.deputies.contains(&person))
}

fn taken(seats: &[Seat], person: PersonId) -> String {
    let have = seats
        .iter()
        .filter(|seat| seat.place.people().contains(&person));
    let names: Vec<&str> = have.map(|seat| seat.name.as_str()).collect();
    names.join(", ")
}

/// What a place is called.
pub(crate) fn place(speak: &Speak<'_>, place: &Place) -> (&'static str, String) {
    match place {
        Place::Facilitator => ("F", "Facilitator".to_owned()),
        Place::Player(people) => ("P", speak.titles(people)),
        Place::Observer => ("O", "Observer".to_owned()),
        Place::Wall => ("W", "Big screen".to_owned()),
    }
}

/// Somebody who takes part, with how their line is.
pub(crate) fn guest(speak: &Speak<'_>, seat: &Seat, here: Option<&Here>) -> GuestModel {
    let (kind, role) = place(speak, &seat.place);
    let here = here.copied().unwrap_or_default();
    let line = if here.pages > 0 {
        Mark::new("here", "ok")
    } else if here.seen > 0 {
        Mark::new("no line", "bad")
    } else {
        Mark::new("not come yet", "wait")
    };
    let said = if seat.answered {
        Mark::new("answered", "ok")
    } else {
        Mark::new("no answer yet", "wait")
    };
    let plays = seat.place.people().first();
    GuestModel {
        seat: seat.id.clone(),
        name: seat.name.clone(),
        kind,
        role,
        plays: plays.map_or_else(String::new, |of| speak.slug(*of)),
        line,
        said,
        seen: here.seen,
        acted: here.acted.unwrap_or_default(),
        open: String::new(),
    }
}

/// Injects that reach nobody, whoever plays: nobody has the role, or stands in.
pub(crate) fn unreached(speak: &Speak<'_>) -> Vec<String> {
    let injects = &speak.exercise.scenario().injects;
    let lost = injects.iter().enumerate().filter(|(_, inject)| {
        let roles = speak.exercise.roles(inject.to).iter();
        let mut held = roles.map(|role| speak.exercise.role(*role));
        !held.any(|role| !role.holders.is_empty() || !role.deputies.is_empty())
    });
    let names = lost.map(|(i, inject)| {
        let to = speak.names.addressee(inject.to);
        format!("{} (to {to})", speak.names.inject(InjectId::new(i)))
    });
    names.collect()
}

/// When the story begins.
pub(crate) fn begins(speak: &Speak<'_>) -> String {
    speak
        .clock
        .full(hotwash_engine::exercise::ExerciseTime::STARTEX)
}

/// The page of the facilitator before STARTEX.
pub(crate) fn house(
    speak: &Speak<'_>,
    (seats, here): (&[Seat], &HashMap<String, Here>),
    door: (&str, bool, &str, &str),
    trouble: Option<&str>,
) -> HouseModel {
    let (code, open, address, record) = door;
    let played: BTreeSet<PersonId> = seats
        .iter()
        .flat_map(|seat| seat.place.people().iter().copied())
        .collect();
    let people = (0..speak.exercise.organisation().people.len()).map(PersonId::new);
    let free = people.filter(|of| has_part(speak.exercise, *of) && !played.contains(of));
    HouseModel {
        guests: seats
            .iter()
            .map(|seat| guest(speak, seat, here.get(&seat.id)))
            .collect(),
        free: free.map(|of| speak.title(of)).collect(),
        code: spaced_code(code),
        open,
        address: address.to_owned(),
        unreached: unreached(speak),
        begins: begins(speak),
        zone: speak.zone(),
        synopsis: speak.exercise.scenario().synopsis.clone(),
        record: record.to_owned(),
        roles: roles(speak, seats),
        trouble: trouble.map(str::to_owned),
    }
}

/// A code as it is read aloud.
pub(crate) fn spaced_code(code: &str) -> String {
    let half = code.len() / 2;
    match (code.get(..half), code.get(half..)) {
        (Some(one), Some(two)) => format!("{one} {two}"),
        _ => code.to_owned(),
    }
}

/// What somebody sees who waits for STARTEX.
pub(crate) fn lobby(speak: &Speak<'_>, seat: &Seat, trouble: Option<&str>) -> LobbyModel {
    LobbyModel {
        name: seat.name.clone(),
        role: place(speak, &seat.place).1,
        answered: seat.answered,
        begins: begins(speak),
        zone: speak.zone(),
        trouble: trouble.map(str::to_owned),
    }
}
