//! Giving people something to do: to read, to ask, to call, to start.
//!
//! At many instants there is nothing to give out. What is done for a piece is not inlined, so that nothing is
//! made ready for it then; see [`considering`](super::considering).

use super::taking_back::take_back;
use super::{acts, floors, preempting, route};
use crate::exercise::{Few, MessageId, PersonId, RoleId, Severity, Span};
use crate::record::{Event, Presence, Reach};
use crate::simulation::agenda::Rank;
use crate::simulation::lane::Lane;
use crate::simulation::messages;
use crate::simulation::out::Changed;
use crate::simulation::people::{self, Busy, Stir};
use crate::simulation::scene::Scene;
use crate::simulation::verbs::word;
use crate::simulation::work::{self, Approval, Look, State};

/// Gives people something to do. Says whether anything came of it.
#[inline(never)]
pub(super) fn assign(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    for incident in lane.incidents.ids() {
        if let Some(standing) = lane.watch.stood(incident) {
            lane.work.weigh(incident, standing.severity);
        }
    }
    // Where nobody stands otherwise, and no piece, nothing comes of it, unless humans act.
    let calm = !lane.people.has_stirred() && !lane.work.has_woken();
    if calm && lane.humans.due().is_empty() {
        return take_back(lane, scene);
    }
    lane.work.doubt_hands();
    wake(lane, scene);
    let busied = read_pressing(lane, scene) || ask_and_call(lane, scene) || start_next(lane, scene);
    if busied {
        // Who has mail left reads it once nothing more can be started.
        lane.people.look_again_at_readers();
        return true;
    }
    read_rest(lane, scene) || preempting::preempt(lane, scene) || take_back(lane, scene)
}

/// Finds who stands otherwise since work was last given out, and which work that may concern.
fn wake(lane: &mut Lane<'_>, scene: Scene<'_>) {
    if !lane.humans.due().is_empty() {
        lane.people.stir_humans();
    }
    lane.people.look_at_stirred();
    let mut place = 0;
    while let Some((person, how)) = lane.people.looked_at(place) {
        place += 1;
        if how.touches(Stir::THERE) {
            lane.work.wake_for(scene, person, Look::ALL, true);
        } else if how.touches(Stir::OCCUPIED) {
            // Who is no longer free may be so by lesser work.
            let free = lane.people.is_free(person);
            let start = if free { Look::START } else { Look::default() };
            let look = Look::PREEMPT.and(start);
            lane.work.wake_for(scene, person, look, false);
        }
    }
}

/// Between tasks people first read what presses.
pub(super) fn read_pressing(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    let (mut any, mut place) = (false, 0);
    while let Some((person, _)) = lane.people.looked_at(place) {
        place += 1;
        any |= read_next(lane, scene, person, true);
    }
    any
}

/// For whom there is no work reads what is left.
fn read_rest(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    let (mut any, mut place) = (false, 0);
    while let Some((person, _)) = lane.people.looked_at(place) {
        place += 1;
        any |= read_next(lane, scene, person, false);
    }
    any
}

/// Somebody who is free reads the first message, of those that press or of all.
fn read_next(lane: &mut Lane<'_>, scene: Scene<'_>, person: PersonId, presses: bool) -> bool {
    let someone = lane.people.get(person);
    if someone.busy != Busy::Free || someone.inbox.is_empty() {
        return false;
    }
    let messages = &lane.messages;
    let may_read = |message| !presses || messages.presses(scene, message, person);
    let next = if lane.people.is_played(person) {
        let inbox = someone.inbox.iter().copied();
        let may_read: Few<MessageId> = inbox.filter(|message| may_read(*message)).collect();
        acts::reads(lane, person, &may_read)
    } else if lane.people.on_duty(scene, person) {
        people::next_to_read(lane.people, messages, scene, person, may_read)
    } else {
        None
    };
    let Some(message) = next else {
        return false;
    };
    let what = (message, person);
    people::start_reading(
        lane.people,
        lane.messages,
        lane.agenda,
        lane.out,
        scene,
        what,
    );
    true
}

/// Whether a piece needs an approval that nobody asked for, and nobody there may decide alone.
fn wants_approval(lane: &Lane<'_>, scene: Scene<'_>, index: usize) -> bool {
    let piece = lane.work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    piece.told
        && piece.approval == Approval::NotAsked
        && task.approval.is_some()
        && !work::assignable(lane.work, lane.people, scene, index)
}

/// Asks for approval where nobody there may decide alone, and calls people where nobody is there.
pub(super) fn ask_and_call(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    let mut any = false;
    // Nobody is asked or called whose work would no longer wait because of that.
    while let Some(index) = lane.work.take_to_call() {
        any |= ask_for(lane, scene, index);
        any |= call(lane, scene, index);
    }
    any
}

/// Asks for the approval of a piece, if that is wanted.
#[inline(never)]
fn ask_for(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize) -> bool {
    if !wants_approval(lane, scene, index) {
        return false;
    }
    let piece = lane.work.piece(index);
    let (instance, startable) = (piece.instance, piece.startable);
    let from = route::handed_by(lane, scene, instance);
    let asks = from.or(work::roles_of(scene, piece).first().copied());
    let actor = word::voice(lane, scene, asks.unwrap_or(RoleId::new(0)));
    let asked = word::ask_approval(lane, scene, instance, (asks, actor), startable);
    if asked {
        lane.work.ask(index);
    }
    asked
}

/// Who is to be called to a piece.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// Those of its roles who are on call.
    on_call: bool,
    /// Those of its roles who are at home.
    at_home: bool,
    /// Those of the escalation target, where they are.
    target: Option<(RoleId, Presence)>,
}

impl Calls {
    /// Calls people to a piece for which nobody is there: who is on call, at once; from High up also who
    /// is at home, once it waited for the escalation time; and the escalation target, once it waited too
    /// long. Nobody is called twice.
    fn to(lane: &Lane<'_>, scene: Scene<'_>, index: usize) -> Self {
        let piece = lane.work.piece(index);
        let (incident, told, reach) = (piece.instance.incident, piece.told, piece.reach);
        let roles = work::roles_of(scene, piece);
        let mut calls = Self {
            on_call: !is_there(lane, scene, roles, false),
            ..Self::default()
        };
        if told && reach >= Reach::Deputies && !is_there(lane, scene, roles, true) {
            calls.at_home = route::severity(lane, scene, incident) >= Severity::High;
            if reach == Reach::Target {
                calls.target = target(lane, scene, calls.at_home);
            }
        }
        calls
    }

    /// Whether nobody is to be called.
    const fn is_none(&self) -> bool {
        !self.on_call && !self.at_home && self.target.is_none()
    }

    /// The roles of which somebody is to be called, and where they are.
    fn each(&self, roles: &[RoleId]) -> impl Iterator<Item = (RoleId, Presence)> {
        let on_call = roles.iter().filter(|_| self.on_call);
        let at_home = roles.iter().filter(|_| self.at_home);
        let on_call = on_call.map(|role| (*role, Presence::OnCall));
        let at_home = at_home.map(|role| (*role, Presence::Off));
        on_call.chain(at_home).chain(self.target)
    }
}

/// Calls whoever is to be called to a piece.
#[inline(never)]
fn call(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize) -> bool {
    let calls = Calls::to(lane, scene, index);
    let piece = lane.work.piece(index);
    let (roles, cause) = (work::roles_of(scene, piece), piece.last_entry);
    if calls.is_none() {
        return false;
    }
    let mut any = false;
    for of in calls.each(roles) {
        any |= call_role(lane, scene, index, of, cause);
    }
    any
}

/// Those of a role who can be called where they are, and were not called to a piece yet.
fn uncalled<'l>(
    lane: &'l Lane<'_>,
    scene: Scene<'l>,
    index: usize,
    (role, where_they_are): (RoleId, Presence),
) -> impl Iterator<Item = PersonId> + 'l {
    let piece = lane.work.piece(index);
    let called = messages::callable(lane.people, lane.assets, scene, role, where_they_are);
    called.filter(|person| !piece.called.contains(person))
}

/// Whether somebody is to be called to a piece, or asked for its approval.
pub(super) fn calls(lane: &Lane<'_>, scene: Scene<'_>, index: usize) -> bool {
    let roles = work::roles_of(scene, lane.work.piece(index));
    let calls = Calls::to(lane, scene, index);
    let mut each = calls.each(roles);
    let task = scene.exercise().task(lane.work.piece(index).instance.task);
    let approved = task
        .approval
        .map_or(&[][..], |of| scene.exercise().roles(of));
    let asks = !approved.is_empty() && wants_approval(lane, scene, index);
    asks || each.any(|of| uncalled(lane, scene, index, of).next().is_some())
}

/// Calls those of a role.
fn call_role(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    index: usize,
    (role, where_they_are): (RoleId, Presence),
    cause: u32,
) -> bool {
    let instance = lane.work.piece(index).instance;
    let called = uncalled(lane, scene, index, (role, where_they_are));
    let called: Few<PersonId> = called.collect();
    if called.is_empty() {
        return false;
    }
    let from = route::handed_by(lane, scene, instance);
    lane.work.call(index, &called);
    let actor = word::voice(lane, scene, from.unwrap_or(role));
    word::call_out(lane, scene, instance, (role, called), (from, actor), cause);
    true
}

/// Whether a holder of one of some roles is on duty, or a deputy where they count.
fn is_there(lane: &Lane<'_>, scene: Scene<'_>, roles: &[RoleId], or_deputies: bool) -> bool {
    let on_duty = |person: &PersonId| lane.people.on_duty(scene, *person);
    roles.iter().any(|role| {
        let role = scene.exercise().role(*role);
        role.holders.iter().any(on_duty) || (or_deputies && role.deputies.iter().any(on_duty))
    })
}

/// The first escalation target of whom somebody can be called, and where they are, unless somebody of
/// an earlier one is there.
fn target(lane: &Lane<'_>, scene: Scene<'_>, at_home: bool) -> Option<(RoleId, Presence)> {
    let (people, assets) = (&lane.people, &*lane.assets);
    for role in &scene.stage.escalates_to {
        if is_there(lane, scene, &[*role], true) {
            return None;
        }
        let can_be_called = |where_they_are: &Presence| {
            let mut called = messages::callable(people, assets, scene, *role, *where_they_are);
            called.next().is_some()
        };
        let presences = [Presence::OnCall, Presence::Off];
        let mut presences = presences.iter().take(1 + usize::from(at_home));
        if let Some(where_they_are) = presences.find(|presence| can_be_called(presence)) {
            return Some((*role, *where_they_are));
        }
    }
    None
}

pub(super) fn start_next(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    if !lane.work.has_to_start() && lane.humans.due().is_empty() {
        return false;
    }
    let wanted = acts::wanted(lane, scene);
    let next = work::next_assignment(lane.work, lane.people, scene, &wanted);
    let Some(assignment) = next else {
        return false;
    };
    if wanted.contains(&assignment) {
        acts::accept_start(lane, &assignment);
    }
    start(lane, scene, &assignment);
    true
}

/// Work starts, or goes on.
pub(super) fn start(lane: &mut Lane<'_>, scene: Scene<'_>, assignment: &work::Assignment) {
    let floor = floors::floor(lane, scene, assignment.piece, assignment.role);
    let (work, people, what) = (&mut lane.work, &mut lane.people, (assignment, floor));
    work::start(work, people, lane.agenda, lane.out, scene, what);
}

/// Approval of a piece of work is given.
pub(crate) fn approve(lane: &mut Lane<'_>, index: usize, person: PersonId, cause: u32) {
    let piece = lane.work.piece(index);
    if piece.approval != Approval::Asked || piece.state != State::Waiting {
        return;
    }
    let event = Event::ApprovalGiven {
        instance: piece.instance,
        person,
    };
    let entry = lane.out.emit(lane.people.actor(person), Some(cause), event);
    lane.work.approve(index, entry);
    lane.out.mark(Changed::WORK);
}

/// Work has waited for the escalation time: deputies may take it; the escalation target may, once nobody
/// took it for as long again, or at once if nobody of the role can come before a shift begins.
pub(super) fn work_waits(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize) {
    let piece = lane.work.piece(index);
    if piece.state != State::Waiting || piece.reach == Reach::Target {
        return;
    }
    let (instance, reached, waits) = (piece.instance, piece.reach, piece.waits);
    let can_start = work::assignable(lane.work, lane.people, scene, index);
    let can_come = can_start || can_come(lane, scene, index);
    let reach = match reached {
        _ if !can_come => Reach::Target,
        Reach::Holders => Reach::Deputies,
        Reach::Deputies if can_start => Reach::Deputies,
        Reach::Deputies | Reach::Target => Reach::Target,
    };
    if reach != reached {
        let since = lane.work.piece(index).last_entry;
        lane.out
            .rule(Some(since), Event::TaskEscalated { instance, reach });
    }
    lane.work.change(scene, index, |piece| {
        piece.waits = (waits + 1).min(8);
        piece.reach = reach;
    });
    lane.out.mark(Changed::WORK);
    let severity = route::severity(lane, scene, instance.incident);
    let after = scene.exercise().plan().escalation.after[severity.index()];
    lane.agenda.schedule(
        Rank::WorkEscalation,
        index,
        scene.now + Span(after.0 << waits),
    );
}

/// Whether somebody whose work a piece is is there, or comes before the next shift of one of them
/// begins: called, or after a rest.
fn can_come(lane: &Lane<'_>, scene: Scene<'_>, index: usize) -> bool {
    let piece = lane.work.piece(index);
    let roles = work::roles_of(scene, piece);
    let all = || {
        let roles = roles.iter().map(|role| scene.exercise().role(*role));
        roles.flat_map(|role| role.holders.iter().chain(&role.deputies).copied())
    };
    let shift = |person: PersonId| scene.calendar().duty(person).next(scene.now);
    let next = all().filter_map(shift).map(|shift| shift.from).min();
    let urgent = route::severity(lane, scene, piece.instance.incident) >= Severity::High;
    all().any(|person| {
        let called = || messages::can_be_called(lane.people, lane.assets, scene, person);
        match lane.people.presence(scene, person) {
            Presence::OnDuty => true,
            Presence::OnCall => called(),
            Presence::Off | Presence::OnLeave => {
                let rests = lane.people.get(person).rests_until;
                let back = rests.filter(|until| *until > scene.now);
                let rested = back.is_some_and(|until| next.is_none_or(|next| until < next));
                rested || (urgent && called())
            }
        }
    })
}
