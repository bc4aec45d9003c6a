//! Giving people something to do: to read, to ask, to call, to start.

use super::{acts, route};
use crate::exercise::{PersonId, RoleId, Span};
use crate::record::Event;
use crate::simulation::agenda::Rank;
use crate::simulation::lane::LaneItem;
use crate::simulation::out::Changed;
use crate::simulation::people::{self, Busy};
use crate::simulation::scene::{Policy, Scene, Stage};
use crate::simulation::verbs::word;
use crate::simulation::work::{self, Approval, State};

/// Gives people something to do. Says whether anything came of it.
pub(super) fn assign(lane: &mut LaneItem<'_, '_>, stage: &Stage) -> bool {
    let scene = lane.scene(stage);
    if scene.policy == Policy::NoResponse {
        return read_next(lane, scene);
    }
    read_next(lane, scene) || ask_and_call(lane, scene) || start_next(lane, scene)
}

/// Between tasks people empty their inbox first.
pub(super) fn read_next(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) -> bool {
    let mut any = false;
    for person in lane.people.ids() {
        let someone = lane.people.get(person);
        if someone.busy != Busy::Free || someone.inbox.is_empty() {
            continue;
        }
        let next = if lane.people.is_played(person) {
            acts::reads(lane, person, None)
        } else if lane.people.on_duty(scene, person) {
            people::next_to_read(&lane.people, &lane.messages, person)
        } else {
            None
        };
        if let Some(message) = next {
            let what = (message, person);
            people::start_reading(
                &mut lane.people,
                &lane.messages,
                &mut lane.agenda,
                &mut lane.out,
                scene,
                what,
            );
            any = true;
        }
    }
    any
}

/// Whether a piece needs an approval that nobody asked for, and nobody there may decide alone.
fn wants_approval(lane: &LaneItem<'_, '_>, scene: Scene<'_>, index: usize) -> bool {
    let piece = lane.work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    piece.told
        && piece.approval == Approval::NotAsked
        && task.approval.is_some()
        && !work::assignable(&lane.work, &lane.people, scene, index)
}

/// Asks for approval where nobody there may decide alone, and calls people where nobody is there.
pub(super) fn ask_and_call(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) -> bool {
    let waiting: Vec<usize> = lane
        .work
        .pieces()
        .filter(|(_, piece)| piece.state == State::Waiting)
        .map(|(index, _)| index)
        .collect();
    let mut any = false;
    for index in waiting {
        let piece = lane.work.piece(index).clone();
        let from = route::handed_by(lane, scene, piece.instance);
        let roles = work::roles_of(scene, &piece);
        if wants_approval(lane, scene, index) {
            let asks = from.or(roles.first().copied());
            let actor = word::voice(lane, scene, asks.unwrap_or(RoleId::new(0)));
            let cause = piece.startable;
            if word::ask_approval(lane, scene, piece.instance, (asks, actor), cause) {
                lane.work.piece_mut(index).approval = Approval::Asked;
                any = true;
            }
        }
        let there = roles.iter().any(|role| {
            let role = scene.exercise().role(*role);
            role.holders
                .iter()
                .any(|person| lane.people.on_duty(scene, *person))
        });
        if !there && !piece.called {
            lane.work.piece_mut(index).called = true;
            for role in roles {
                let actor = word::voice(lane, scene, from.unwrap_or(role));
                word::call_out(
                    lane,
                    scene,
                    piece.instance,
                    role,
                    (from, actor),
                    piece.last_entry,
                );
                any = true;
            }
        }
    }
    any
}

pub(super) fn start_next(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) -> bool {
    let wanted = acts::wanted(lane, scene);
    let next = work::next_assignment(&lane.work, &lane.people, scene, &wanted);
    let Some(assignment) = next else {
        return false;
    };
    if wanted.contains(&assignment) {
        acts::accept_start(lane, &assignment);
    }
    let (work, people) = (&mut lane.work, &mut lane.people);
    work::start(
        work,
        people,
        &mut lane.agenda,
        &mut lane.out,
        scene,
        &assignment,
    );
    true
}

/// Approval of a piece of work is given.
pub(crate) fn approve(lane: &mut LaneItem<'_, '_>, index: usize, person: PersonId, cause: u32) {
    let piece = lane.work.piece(index);
    if piece.approval != Approval::Asked || piece.state != State::Waiting {
        return;
    }
    let event = Event::ApprovalGiven {
        instance: piece.instance,
        person,
    };
    let entry = lane.out.emit(lane.people.actor(person), Some(cause), event);
    let piece = lane.work.piece_mut(index);
    piece.approval = Approval::Given;
    piece.startable = piece.startable.max(entry);
    piece.last_entry = entry;
    lane.out.mark(Changed::WORK);
}

/// Work has waited for the escalation time: deputies may take it, then the escalation target, who is
/// called.
pub(super) fn work_waits(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, index: usize) {
    let piece = lane.work.piece(index);
    if piece.state != State::Waiting || piece.escalated >= 2 {
        return;
    }
    let (instance, cause, waits) = (piece.instance, piece.startable, piece.waits);
    // Deputies may take what waits; the escalation target only what nobody of the role can come for.
    let can_come = work::assignable(&lane.work, &lane.people, scene, index);
    let piece = lane.work.piece_mut(index);
    piece.waits = (waits + 1).min(8);
    if piece.escalated == 0 || !can_come {
        piece.escalated += 1;
        lane.out.mark(Changed::WORK);
    }
    let severity = route::severity(lane, scene, instance.incident);
    let after = scene.exercise().plan().escalation.after[severity.index()];
    lane.agenda.schedule(
        Rank::WorkEscalation,
        index,
        scene.now + Span(after.0 << waits),
    );
    if work::assignable(&lane.work, &lane.people, scene, index) || !lane.work.piece(index).told {
        return;
    }
    let escalated = lane.work.piece(index).escalated;
    let to: Vec<RoleId> = if escalated == 1 {
        work::roles_of(scene, lane.work.piece(index))
    } else {
        let targets = &scene.exercise().plan().escalation.to;
        targets
            .iter()
            .flat_map(|to| scene.exercise().roles(*to))
            .copied()
            .take(1)
            .collect()
    };
    for role in to {
        let from = route::handed_by(lane, scene, instance);
        let actor = word::voice(lane, scene, from.unwrap_or(role));
        word::call_out(lane, scene, instance, role, (from, actor), cause);
    }
}
