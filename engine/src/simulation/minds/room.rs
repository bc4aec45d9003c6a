//! The room of an incident, in which a team shares what it knows.

use super::{Minds, incident_of, learn_new};
use crate::exercise::{Exercise, Few, IncidentId, Knowable, PersonId, RoleId, TeamId};
use crate::record::Event;
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::human::ROOM_DELAY;
use crate::simulation::out::{Changed, Out};
use crate::simulation::people::People;
use crate::simulation::scene::Scene;
use crate::simulation::set::Set;

/// The room of an incident.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) open: bool,
    members: Set,
    /// The roles that its members hold.
    pub(super) roles: Set,
}

impl Room {
    /// Is not open, for so many people and roles.
    pub(super) fn clear(&mut self, people: usize, roles: usize) {
        self.open = false;
        self.members.clear(people);
        self.roles.clear(roles);
    }

    /// Whether somebody is in it.
    pub(super) fn has(&self, person: PersonId) -> bool {
        self.members.contains(person.index())
    }

    /// How many are in it.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// Somebody joins with the roles that they hold.
    pub(super) fn join(&mut self, person: PersonId, held: &[RoleId]) {
        self.members.insert(person.index());
        for role in held {
            self.roles.insert(role.index());
        }
    }

    /// Somebody leaves; says whether they were there.
    pub(super) fn leave(&mut self, exercise: &Exercise, person: PersonId, roles: usize) -> bool {
        if !self.members.remove(person.index()) {
            return false;
        }
        // Others may hold the same roles.
        self.roles.clear(roles);
        let members = self.members.iter().map(PersonId::new);
        for role in members.flat_map(|of| exercise.roles_held(of)) {
            self.roles.insert(role.index());
        }
        true
    }

    /// Who is in it.
    #[cfg(test)]
    pub(super) fn members(&self) -> Vec<PersonId> {
        self.members.iter().map(PersonId::new).collect()
    }
}

impl Minds {
    /// What some on the board of an incident know of it and others of them do not, in order, each with the
    /// newest entry by which one of them learned it. Only those who lack something are asked for that.
    fn missing<'a>(
        &'a self,
        exercise: &'a Exercise,
        incident: IncidentId,
        lacking: &'a [RoleId],
    ) -> impl Iterator<Item = (Knowable, u32)> + 'a {
        let present = move || self.rooms[incident.index()].roles.iter();
        let all_have = move |fact| lacking.iter().all(|role| self.role(*role).has(fact));
        let on_board = self.board(incident).of(exercise, incident);
        let some_know = on_board.filter(move |fact| !all_have(*fact));
        let by = move |fact| {
            let entries = present().filter_map(|role| self.roles[role].entry(fact));
            entries.max()
        };
        some_know.filter_map(move |fact| Some((fact, by(fact)?)))
    }
}

/// The room of an incident opens.
pub(crate) fn open_room(
    minds: &mut Minds,
    out: &mut Out,
    scene: Scene<'_>,
    incident: IncidentId,
    cause: u32,
) {
    if minds.rooms[incident.index()].open {
        return;
    }
    minds.rooms[incident.index()].open = true;
    minds.gathered = None;
    let teams = &scene.exercise().organisation().teams;
    let team = (!teams.is_empty()).then(|| TeamId::new(0));
    out.rule(Some(cause), Event::RoomOpened { incident, team });
    out.mark(Changed::PEOPLE);
}

/// Members of the team who are on duty and know of the incident join the room.
#[inline]
pub(crate) fn gather(
    minds: &mut Minds,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
) {
    let turned = Some(people.turned());
    if minds.gathered != turned {
        minds.gathered = turned;
        gather_anew(minds, people, agenda, out, scene);
    }
}

/// The same, where somebody who was not there, or did not know, may be or know by now.
#[inline(never)]
fn gather_anew(
    minds: &mut Minds,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
) {
    let exercise = scene.exercise();
    for i in 0..minds.rooms.len() {
        let incident = IncidentId::new(i);
        if !minds.rooms[i].open {
            continue;
        }
        for person in scene.stage.team.iter().copied() {
            if !people.on_duty(scene, person) || minds.is_present(incident, person) {
                continue;
            }
            let knows = |role: &RoleId| minds.role(*role).has(Knowable::Alerted(incident));
            if exercise.roles_held(person).iter().any(knows) {
                minds.rooms[i].join(person, exercise.roles_held(person));
                out.emit(
                    people.actor(person),
                    None,
                    Event::RoomJoined { incident, person },
                );
                agenda.after(Rank::RoomShare, i, scene.now, ROOM_DELAY);
                minds.seat(incident, exercise.roles_held(person));
                // What only this person knows is on the board now.
                out.mark(Changed::KNOWLEDGE);
            }
        }
    }
}

/// Whoever goes off duty leaves the room: what only they knew is on its board no longer.
pub(crate) fn leave(minds: &mut Minds, out: &mut Out, scene: Scene<'_>, person: PersonId) {
    let roles = minds.roles.len();
    for i in 0..minds.rooms.len() {
        if minds.rooms[i].leave(scene.exercise(), person, roles) {
            minds.gathered = None;
            let incident = IncidentId::new(i);
            minds.reseat(incident);
            out.rule(None, Event::RoomLeft { incident, person });
            out.mark(Changed::KNOWLEDGE);
        }
    }
}

/// A role learned something: if somebody of it is in a room, the room shares it after its delay.
pub(crate) fn plan_share(
    minds: &Minds,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    role: RoleId,
    fact: Knowable,
) {
    let incident = incident_of(scene.exercise(), fact);
    let somebody_is_there = minds.rooms[incident.index()].roles.contains(role.index());
    if somebody_is_there && agenda.due(Rank::RoomShare, incident.index()).is_none() {
        agenda.after(Rank::RoomShare, incident.index(), scene.now, ROOM_DELAY);
    }
}

/// Whether the team of a room is one: from its quorum on.
pub(crate) fn is_quorate(minds: &Minds, scene: Scene<'_>, incident: IncidentId) -> bool {
    let present = minds.rooms[incident.index()].len();
    let team = scene.exercise().organisation().teams.first();
    team.is_none_or(|team| present >= usize::from(team.quorum))
}

/// The room shares: every role present knows what one of them knows of the incident. Each fact is caused
/// by whoever in the room learned it last.
pub(crate) fn share(minds: &mut Minds, out: &mut Out, scene: Scene<'_>, incident: IncidentId) {
    let exercise = scene.exercise();
    let roles = &minds.rooms[incident.index()].roles;
    // The board knows what they know, so that who knows as many facts knows the same.
    let all = minds.board(incident).len();
    let lacking = roles.iter().map(RoleId::new);
    let lacking = lacking.filter(|role| minds.role(*role).len() < all);
    let lacking: Few<RoleId> = lacking.collect();
    if lacking.is_empty() {
        return;
    }
    let mut missing = std::mem::take(&mut minds.missing);
    missing.clear();
    missing.extend(minds.missing(exercise, incident, &lacking));
    for role in lacking {
        for (fact, cause) in &mut missing {
            if !minds.role(role).has(*fact) {
                learn_new(minds, out, scene, role, *fact, *cause);
                *cause = out.last();
            }
        }
    }
    minds.missing = missing;
}
