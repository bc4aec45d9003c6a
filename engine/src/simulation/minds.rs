//! Minds: what each role knows, and the room in which a team shares it.

mod asked;
mod board;
mod duty;
mod joined;
mod severity;
#[cfg(test)]
mod tests;

pub(crate) use asked::Asked;
pub(crate) use duty::{Duty, duties};
pub(crate) use joined::Seen;
pub(crate) use severity::Party;

use super::agenda::{Agenda, Rank};
use super::human::ROOM_DELAY;
use super::out::{Changed, Out};
use super::people::People;
use super::scene::Scene;
use super::set::Set;
use crate::exercise::{
    Addressee, AssetState, Exercise, ExerciseTime, Few, Function, IncidentId, Knowable, PersonId,
    RoleId, Severity, Span, TeamId,
};
use crate::knowledge::Known;
use crate::record::{Actor, Event};
use bevy_ecs::component::Component;
use board::Board;
use duty::{Unsettled, unsettle};
use joined::Joining;
use severity::Memo;

/// The room of an incident.
#[derive(Debug, Clone, Default)]
struct Room {
    open: bool,
    members: Set,
}

impl Room {
    /// Who is in it, in order.
    fn members(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.members.iter().map(PersonId::new)
    }

    /// Adds the roles of who is in it.
    fn add_roles(&self, exercise: &Exercise, roles: &mut Set) {
        for role in self.members().flat_map(|of| exercise.roles_held(of)) {
            roles.insert(role.index());
        }
    }
}

/// What the roles of a run know.
#[derive(Debug, Component, Default)]
pub(crate) struct Minds {
    roles: Vec<Known>,
    rooms: Vec<Room>,
    /// Roles that finished work of an incident: with those in its room they are its board.
    finished: Vec<Set>,
    /// What the board of each incident knows, and the newest entry by which it learned a fact.
    boards: Vec<Board>,
    /// What those know together who receive reports.
    receivers: Board,
    /// What is true of each incident; kept for ideal responses only.
    truths: Vec<Known>,
    /// What roles learned since that was last taken.
    news: Vec<(RoleId, Knowable)>,
    /// The severities that the plan's table gives, as long as nobody learns anything.
    severities: Vec<[Memo; 2]>,
    /// When an asset that is known to be out of service will have been so for its objective, the next
    /// instant last.
    ageing: Vec<ExerciseTime>,
    /// By obligation, then incident: who may have something to pass on.
    unsettled: Vec<Unsettled>,
    /// Whether anybody may have.
    any_unsettled: bool,
    /// What is known where nobody is asked.
    nothing: Known,
    joining: Joining,
    /// What some in a room know and others do not, while it is shared.
    missing: Vec<(Knowable, u32)>,
    /// How often somebody's presence had changed when the rooms were last looked at; `None`: somebody may
    /// join for another reason.
    gathered: Option<u32>,
}

impl Minds {
    /// The people with a role that belongs to a team; without teams every role does.
    pub(crate) fn team(exercise: &Exercise) -> Vec<PersonId> {
        let teams = &exercise.organisation().teams;
        let in_team =
            |role: &RoleId| teams.is_empty() || teams.iter().any(|team| team.roles.contains(role));
        let people = (0..exercise.organisation().people.len()).map(PersonId::new);
        people
            .filter(|person| exercise.roles_held(*person).iter().any(in_team))
            .collect()
    }

    /// The roles that receive reports: point of contact and analyst.
    pub(crate) fn receiving(exercise: &Exercise) -> Set {
        let mut roles = Set::none(exercise.organisation().roles.len());
        for function in [Function::PointOfContact, Function::Analyst] {
            for role in exercise.roles(Addressee::Function(function)) {
                roles.insert(role.index());
            }
        }
        roles
    }

    pub(crate) fn reset(&mut self, scene: Scene<'_>) {
        let roles = scene.exercise().organisation().roles.len();
        let incidents = scene.exercise().scenario().incidents.len();
        self.roles.resize_with(roles, Known::default);
        self.roles.iter_mut().for_each(Known::clear);
        let people = scene.exercise().organisation().people.len();
        self.rooms.resize_with(incidents, Room::default);
        for room in &mut self.rooms {
            room.open = false;
            room.members.clear(people);
        }
        self.finished.resize_with(incidents, Set::default);
        self.finished.iter_mut().for_each(|set| set.clear(roles));
        self.boards.resize_with(incidents, Board::default);
        self.boards.iter_mut().for_each(|board| board.clear(roles));
        self.receivers.clear(roles);
        self.receivers.open(&scene.stage.receivers);
        self.truths.resize_with(incidents, Known::default);
        self.truths.iter_mut().for_each(Known::clear);
        self.news.clear();
        self.ageing.clear();
        self.severities.clear();
        self.severities.resize_with(incidents, Default::default);
        self.gathered = None;
        let obligations = scene.exercise().plan().obligations.len();
        self.any_unsettled = false;
        self.unsettled
            .resize_with(obligations * incidents, Unsettled::default);
        self.unsettled.iter_mut().for_each(Unsettled::clear);
    }

    /// Time goes on to an instant: what is known may mean more by then.
    pub(crate) fn age(&mut self, now: ExerciseTime) {
        while self.ageing.last().is_some_and(|next| *next <= now) {
            self.ageing.pop();
            let boards = self.boards.iter_mut().chain([&mut self.receivers]);
            boards.for_each(|board| board.version += 1);
        }
    }

    /// What is known may mean more from an instant on.
    fn ages(&mut self, at: ExerciseTime) {
        if let Err(place) = self.ageing.binary_search_by(|held| at.cmp(held)) {
            self.ageing.insert(place, at);
        }
    }

    /// Takes what roles learned, and whether it is about an incident without a room.
    pub(crate) fn take_news(&mut self) -> impl Iterator<Item = (RoleId, Knowable, bool)> + '_ {
        let rooms = &self.rooms;
        self.news.drain(..).map(move |(role, fact)| {
            let of = fact.incident();
            (role, fact, of.is_some_and(|of| !rooms[of.index()].open))
        })
    }

    /// Whether the room of an incident is open.
    pub(crate) fn has_room(&self, incident: IncidentId) -> bool {
        self.rooms[incident.index()].open
    }

    /// Whether a role is on the board of an incident.
    pub(crate) fn is_on_board(&self, incident: IncidentId, role: RoleId) -> bool {
        self.boards[incident.index()].has(role)
    }

    /// Takes whether what the board of an incident knows of assets changed.
    pub(crate) fn take_board_changed(&mut self, incident: IncidentId) -> bool {
        std::mem::take(&mut self.boards[incident.index()].changed)
    }

    /// The severity that a party's facts give, worked out where something was learned since.
    pub(crate) fn severity(
        &self,
        incident: IncidentId,
        party: Party,
        work_out: impl FnOnce() -> Severity,
    ) -> Severity {
        let version = match party {
            Party::Board => self.boards[incident.index()].version,
            Party::Receivers => self.receivers.version,
        };
        self.severities[incident.index()][party as usize].get(version, work_out)
    }

    /// What a role knows.
    pub(crate) fn role(&self, role: RoleId) -> &Known {
        &self.roles[role.index()]
    }

    /// What those know together who receive reports.
    pub(crate) fn receivers(&self) -> &Known {
        &self.receivers.known
    }

    /// The roles on the board of an incident: those that finished work of it, and those in its room.
    fn board_roles(&self, exercise: &Exercise, incident: IncidentId) -> Set {
        let mut roles = self.finished[incident.index()].clone();
        self.rooms[incident.index()].add_roles(exercise, &mut roles);
        roles
    }

    /// What the board of an incident knows.
    pub(crate) fn board(&self, incident: IncidentId) -> &Known {
        &self.boards[incident.index()].known
    }

    /// All that is true of an incident, as far as an ideal response knows it.
    pub(crate) fn truth(&self, incident: IncidentId) -> &Known {
        &self.truths[incident.index()]
    }

    /// Takes what was true of an incident, for an ideal response: empty, and to be given back.
    pub(crate) fn take_truth(&mut self, incident: IncidentId) -> Known {
        let mut known = std::mem::take(&mut self.truths[incident.index()]);
        known.clear();
        known
    }

    /// Sets what is true of an incident, for an ideal response.
    pub(crate) fn set_truth(&mut self, incident: IncidentId, known: Known) {
        self.truths[incident.index()] = known;
    }

    /// The newest entry by which the board of an incident learned anything.
    pub(crate) fn board_newest(&self, incident: IncidentId) -> u32 {
        self.boards[incident.index()].newest
    }

    /// The newest entry by which the board of an incident learned anything of an asset.
    pub(crate) fn board_newest_of_assets(&self, incident: IncidentId) -> u32 {
        self.boards[incident.index()].newest_of_assets
    }

    /// The board of an incident has these members as well.
    fn seat(&mut self, incident: IncidentId, roles: &[RoleId]) {
        let board = &mut self.boards[incident.index()];
        for role in roles {
            board.seat(*role, &self.roles[role.index()]);
        }
    }

    /// Somebody left the room of an incident: what only they knew is on its board no longer.
    fn reseat(&mut self, exercise: &Exercise, incident: IncidentId) {
        let roles = self.board_roles(exercise, incident);
        self.boards[incident.index()].reseat(roles, &self.roles);
    }

    /// What some on the board of an incident know of it and others of them do not, in order, each with the
    /// newest entry by which one of them learned it. Only those who lack something are asked for that.
    fn missing<'a>(
        &'a self,
        exercise: &'a Exercise,
        incident: IncidentId,
        roles: &'a Set,
        lacking: &'a [RoleId],
    ) -> impl Iterator<Item = (Knowable, u32)> + 'a {
        let known = || roles.iter().map(|role| &self.roles[role]);
        let all_have = move |fact| lacking.iter().all(|role| self.role(*role).has(fact));
        let on_board = self.board(incident).of(exercise, incident);
        let some_know = on_board.filter(move |fact| !all_have(*fact));
        let by = move |fact| known().filter_map(|own| own.entry(fact)).max();
        some_know.filter_map(move |fact| Some((fact, by(fact)?)))
    }

    /// Who is in the room of an incident.
    #[cfg(test)]
    pub(crate) fn present(&self, incident: IncidentId) -> Vec<PersonId> {
        self.rooms[incident.index()].members().collect()
    }

    /// Whether somebody is in the room of an incident.
    pub(crate) fn is_present(&self, incident: IncidentId, person: PersonId) -> bool {
        self.rooms[incident.index()]
            .members
            .contains(person.index())
    }

    /// The latest entry by which one of some roles learned a fact that a test accepts.
    pub(crate) fn latest(
        &self,
        roles: impl IntoIterator<Item = RoleId>,
        accepts: impl Fn(Knowable) -> bool,
    ) -> Option<u32> {
        let of = |role: RoleId| self.role(role).latest(&accepts);
        roles.into_iter().filter_map(of).max()
    }
}

/// A role comes to know facts.
pub(crate) fn learn(
    minds: &mut Minds,
    out: &mut Out,
    scene: Scene<'_>,
    role: RoleId,
    facts: impl IntoIterator<Item = Knowable>,
    cause: u32,
) {
    for fact in facts {
        if !minds.roles[role.index()].has(fact) {
            let entry = out.rule(Some(cause), Event::FactLearned { role, fact });
            minds.roles[role.index()].learn_by(fact, scene.now, entry);
            let decides = scene.stage.severity_asks.names(fact);
            minds.news.push((role, fact));
            if matches!(fact, Knowable::Alerted(_)) {
                minds.gathered = None;
            }
            if let Knowable::Asset(_, asset, AssetState::OutOfService | AssetState::Encrypted) =
                fact
                && let Some(rto) = scene.exercise().asset(asset).rto
            {
                minds.ages(scene.now + rto + Span(1));
            }
            unsettle(minds, scene, role, fact);
            for board in minds.boards.iter_mut().chain([&mut minds.receivers]) {
                board.hear(role, (fact, scene.now, entry), decides);
            }
            out.mark(Changed::KNOWLEDGE);
        }
    }
}

/// A person comes to know facts: so does every role held, and the role for which they were told,
/// whoever takes word for it: a deputy, the escalation target, or who answers a diverted call.
pub(crate) fn person_learns(
    minds: &mut Minds,
    out: &mut Out,
    scene: Scene<'_>,
    person: PersonId,
    acting_as: Option<RoleId>,
    facts: &[Knowable],
    cause: u32,
) {
    let held = scene.exercise().roles_held(person);
    let acting = acting_as.filter(|role| !held.contains(role));
    // In the order of roles.
    let place = held.partition_point(|role| Some(*role) < acting);
    let (before, after) = held.split_at(place);
    for role in before.iter().chain(&acting).chain(after) {
        learn(minds, out, scene, *role, facts.iter().copied(), cause);
    }
}

/// A role finished work of an incident, and belongs to its board from now on.
pub(crate) fn finished(minds: &mut Minds, role: RoleId, incident: IncidentId) {
    if minds.finished[incident.index()].insert(role.index()) {
        minds.seat(incident, &[role]);
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
pub(crate) fn gather(
    minds: &mut Minds,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
) {
    if minds.gathered.replace(people.turned()) == Some(people.turned()) {
        return;
    }
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
                minds.rooms[i].members.insert(person.index());
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
    for i in 0..minds.rooms.len() {
        if minds.rooms[i].members.remove(person.index()) {
            minds.gathered = None;
            minds.reseat(scene.exercise(), IncidentId::new(i));
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
    let incident = match fact {
        Knowable::Step(step) => scene.exercise().step(step).incident,
        other => other
            .incident()
            .expect("every other fact names its incident"),
    };
    if agenda.due(Rank::RoomShare, incident.index()).is_some() {
        return;
    }
    let mut members = minds.rooms[incident.index()].members();
    if members.any(|person| scene.exercise().roles_held(person).contains(&role)) {
        agenda.after(Rank::RoomShare, incident.index(), scene.now, ROOM_DELAY);
    }
}

/// Whether the team of a room is one: from its quorum on.
pub(crate) fn is_quorate(minds: &Minds, scene: Scene<'_>, incident: IncidentId) -> bool {
    let present = minds.rooms[incident.index()].members.len();
    let team = scene.exercise().organisation().teams.first();
    team.is_none_or(|team| present >= usize::from(team.quorum))
}

/// The room shares: every role present knows what one of them knows of the incident. Each fact is caused
/// by whoever in the room learned it last.
pub(crate) fn share(minds: &mut Minds, out: &mut Out, scene: Scene<'_>, incident: IncidentId) {
    let exercise = scene.exercise();
    let mut roles = Set::none(minds.roles.len());
    minds.rooms[incident.index()].add_roles(exercise, &mut roles);
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
    missing.extend(minds.missing(exercise, incident, &roles, &lacking));
    for role in lacking {
        for (fact, cause) in &mut missing {
            if !minds.role(role).has(*fact) {
                learn(minds, out, scene, role, [*fact], *cause);
                *cause = out.last();
            }
        }
    }
    minds.missing = missing;
}

/// Who speaks when a role passes something on: its first holder, or nobody in particular.
pub(crate) fn speaker(people: &People, exercise: &Exercise, role: RoleId) -> Actor {
    let holder = exercise.role(role).holders.first();
    holder.map_or(Actor::Rules {}, |person| people.actor(*person))
}
