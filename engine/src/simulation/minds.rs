//! Minds: what each role knows, and the room in which a team shares it.

mod asked;
mod board;
mod duty;
mod joined;
mod mind;
mod room;
mod severity;
#[cfg(test)]
mod tests;

pub(crate) use asked::Asked;
pub(crate) use duty::{Duties, Duty, duties};
pub(crate) use joined::Seen;
pub(crate) use room::{gather, is_quorate, leave, open_room, plan_share, share};
pub(crate) use severity::Party;

use super::out::{Changed, Out};
use super::scene::Scene;
use super::set::Set;
use crate::exercise::{
    Addressee, AssetState, Exercise, ExerciseTime, Function, IncidentId, Knowable, PersonId,
    RoleId, Severity, Span,
};
use crate::knowledge::Known;
use crate::record::Event;
use bevy_ecs::component::Component;
use board::Board;
use duty::{Unsettled, unsettle};
use joined::Joining;
use mind::Mind;
use room::Room;
use severity::Memo;

/// What the roles of a run know.
#[derive(Debug, Component, Default)]
pub(crate) struct Minds {
    roles: Vec<Mind>,
    rooms: Vec<Room>,
    /// Roles that finished work of an incident: with those in its room they are its board.
    finished: Vec<Set>,
    /// What the board of each incident knows; the last one is of those who receive reports.
    boards: Vec<Board>,
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
        let exercise = scene.exercise();
        let roles = exercise.organisation().roles.len();
        let people = exercise.organisation().people.len();
        let incidents = exercise.scenario().incidents.len();
        let obligations = exercise.plan().obligations.len();
        let known = || Known::with_room(exercise);
        self.roles.resize_with(roles, || Mind::with_room(exercise));
        self.roles.iter_mut().for_each(Mind::clear);
        self.rooms.resize_with(incidents, Room::default);
        let rooms = self.rooms.iter_mut();
        rooms.for_each(|room| room.clear(people, roles));
        self.finished.resize_with(incidents, Set::default);
        self.finished.iter_mut().for_each(|set| set.clear(roles));
        self.boards
            .resize_with(incidents + 1, || Board::with_room(exercise));
        self.boards.iter_mut().for_each(|board| board.clear(roles));
        self.boards[incidents].open(&scene.stage.receivers);
        self.truths.resize_with(incidents, known);
        self.truths.iter_mut().for_each(Known::clear);
        self.news.clear();
        self.ageing.clear();
        self.severities.clear();
        self.severities.resize_with(incidents, Default::default);
        self.gathered = None;
        self.any_unsettled = false;
        self.unsettled
            .resize_with(obligations * incidents, || Unsettled::with_room(exercise));
        self.unsettled.iter_mut().for_each(Unsettled::clear);
    }

    /// Time goes on to an instant: what is known may mean more by then.
    pub(crate) fn age(&mut self, now: ExerciseTime) {
        while self.ageing.last().is_some_and(|next| *next <= now) {
            self.ageing.pop();
            self.boards.iter_mut().for_each(|board| board.version += 1);
        }
    }

    /// What is known may mean more from an instant on.
    fn ages(&mut self, at: ExerciseTime) {
        if let Err(place) = self.ageing.binary_search_by(|held| at.cmp(held)) {
            self.ageing.insert(place, at);
        }
    }

    /// Whether a role learned something that was not taken.
    pub(crate) const fn has_news(&self) -> bool {
        !self.news.is_empty()
    }

    /// Takes something that a role learned, in no order.
    pub(crate) fn take_news(&mut self) -> Option<(RoleId, Knowable)> {
        self.news.pop()
    }

    /// Whether the room of an incident is open.
    pub(crate) fn has_room(&self, incident: IncidentId) -> bool {
        self.rooms[incident.index()].open
    }

    /// Whether a role is on the board of an incident.
    pub(crate) fn is_on_board(&self, incident: IncidentId, role: RoleId) -> bool {
        self.boards[incident.index()].has(role)
    }

    /// Whether what the board of an incident knows of assets changed since that was last taken.
    pub(crate) fn board_changed(&self, incident: IncidentId) -> bool {
        self.boards[incident.index()].changed
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
            Party::Receivers => self.board_of_receivers().version,
        };
        self.severities[incident.index()][party as usize].get(version, work_out)
    }

    /// What a role knows.
    pub(crate) fn role(&self, role: RoleId) -> &Known {
        &self.roles[role.index()].known
    }

    /// The entry by which a role learned a fact.
    pub(crate) fn entry(&self, role: RoleId, fact: Knowable) -> Option<u32> {
        self.roles[role.index()].entry(fact)
    }

    /// Those who receive reports.
    fn board_of_receivers(&self) -> &Board {
        &self.boards[self.rooms.len()]
    }

    /// What those know together who receive reports.
    pub(crate) fn receivers(&self) -> &Known {
        &self.board_of_receivers().known
    }

    /// The roles on the board of an incident: those that finished work of it, and those in its room.
    fn board_roles(&self, incident: IncidentId) -> Set {
        let mut roles = self.finished[incident.index()].clone();
        roles.add(&self.rooms[incident.index()].roles);
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
    fn reseat(&mut self, incident: IncidentId) {
        let roles = self.board_roles(incident);
        self.boards[incident.index()].reseat(roles, &self.roles);
    }

    /// Who is in the room of an incident.
    #[cfg(test)]
    pub(crate) fn present(&self, incident: IncidentId) -> Vec<PersonId> {
        self.rooms[incident.index()].members()
    }

    /// Whether somebody is in the room of an incident.
    pub(crate) fn is_present(&self, incident: IncidentId, person: PersonId) -> bool {
        self.rooms[incident.index()].has(person)
    }

    /// The latest entry by which one of some roles learned a fact that a test accepts.
    pub(crate) fn latest(
        &self,
        roles: impl IntoIterator<Item = RoleId>,
        accepts: impl Fn(Knowable) -> bool,
    ) -> Option<u32> {
        let of = |role: RoleId| self.roles[role.index()].latest(&accepts);
        roles.into_iter().filter_map(of).max()
    }
}

/// The incident that a fact is about.
fn incident_of(exercise: &Exercise, fact: Knowable) -> IncidentId {
    match fact {
        Knowable::Step(step) => exercise.step(step).incident,
        other => other
            .incident()
            .expect("every other fact names its incident"),
    }
}

/// A role comes to know facts, as far as it does not yet.
pub(crate) fn learn(
    minds: &mut Minds,
    out: &mut Out,
    scene: Scene<'_>,
    role: RoleId,
    facts: &[Knowable],
    cause: u32,
) {
    for fact in facts {
        // Most of what is told is known already.
        if !minds.role(role).has(*fact) {
            learn_new(minds, out, scene, role, *fact, cause);
        }
    }
}

/// A role comes to know a fact that it does not know.
fn learn_new(
    minds: &mut Minds,
    out: &mut Out,
    scene: Scene<'_>,
    role: RoleId,
    fact: Knowable,
    cause: u32,
) {
    let entry = out.rule(Some(cause), Event::FactLearned { role, fact });
    minds.roles[role.index()].learn(fact, scene.now, entry);
    minds.news.push((role, fact));
    match fact {
        Knowable::Alerted(_) => minds.gathered = None,
        Knowable::Asset(_, asset, AssetState::OutOfService | AssetState::Encrypted) => {
            if let Some(rto) = scene.exercise().asset(asset).rto {
                minds.ages(scene.now + rto + Span(1));
            }
        }
        _ => {}
    }
    unsettle(minds, scene, role, fact);
    let decides = scene.stage.severity_asks.names(fact);
    for board in &mut minds.boards {
        board.hear(role, (fact, scene.now, entry), decides);
    }
    out.mark(Changed::KNOWLEDGE);
    let breach = minds.role(role).breach_shown_by(scene.exercise(), fact);
    if let Some(breach) = breach {
        learn_new(minds, out, scene, role, breach, entry);
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
        learn(minds, out, scene, *role, facts, cause);
    }
}

/// A role finished work of an incident, and belongs to its board from now on.
pub(crate) fn finished(minds: &mut Minds, role: RoleId, incident: IncidentId) {
    if minds.finished[incident.index()].insert(role.index()) {
        minds.seat(incident, &[role]);
    }
}
