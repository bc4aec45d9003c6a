//! Shifts: who comes and goes, and what becomes of their work.

use super::route;
use crate::exercise::{ExerciseTime, PersonId, Phase, Severity, Span};
use crate::record::{Event, PauseReason, Presence};
use crate::simulation::agenda::Rank;
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::people::{Busy, People};
use crate::simulation::scene::{Policy, Scene};
use crate::simulation::work::{self, Work};
use crate::simulation::{human, minds};

/// A person's shift began or ended, or the time for which they were reached did, or somebody who
/// works on past the shift has been awake for as long as anybody works.
pub(super) fn presence_changed(lane: &mut Lane<'_>, scene: Scene<'_>, person: PersonId) {
    lane.out.mark(Changed::PEOPLE);
    lane.people.plan_again(person);
    let there = lane.people.on_duty(scene, person);
    if !there {
        minds::leave(lane.minds, lane.out, scene, person);
    }
    let has_to_rest = has_to_rest(lane, scene, person);
    let Busy::Working(index) = lane.people.get(person).busy else {
        if has_to_rest && lane.people.is_free(person) {
            rest(lane, scene, person);
        }
        return;
    };
    let reason = if has_to_rest && !finishes(lane, scene, index) {
        Some(PauseReason::Rest)
    } else if there {
        None
    } else {
        reason_to_stop(lane, scene, person, index)
    };
    if let Some(reason) = reason {
        if reason == PauseReason::Rest {
            rest(lane, scene, person);
        }
        lay_aside(lane, scene, (index, reason));
    } else if !there {
        lane.people.keep_up(scene, person);
    }
}

/// A piece of work is laid aside. Those of its people who should have been in bed go there.
pub(super) fn lay_aside(lane: &mut Lane<'_>, scene: Scene<'_>, what: (usize, PauseReason)) {
    let doers = lane.work.piece(what.0).people.clone();
    work::pause(lane.work, lane.people, lane.agenda, lane.out, scene, what);
    done(lane, scene, &doers);
}

/// Those who did a piece of work that ended, or goes on for longer than was foreseen, may have to rest.
pub(super) fn done(lane: &mut Lane<'_>, scene: Scene<'_>, doers: &[PersonId]) {
    for person in doers {
        if has_to_rest(lane, scene, *person) {
            presence_changed(lane, scene, *person);
        }
    }
}

/// Whether a piece is urgent work of containment that is over so soon that whoever does it finishes it
/// before they go to bed.
fn finishes(lane: &Lane<'_>, scene: Scene<'_>, index: usize) -> bool {
    let instance = lane.work.piece(index).instance;
    let contains = scene.exercise().task(instance.task).phase == Phase::Response;
    let due = lane.agenda.due(Rank::WorkEnded, index);
    let soon = due.is_some_and(|due| due - scene.now <= human::FINISH_WITHIN);
    contains && soon && route::severity(lane, scene, instance.incident) >= Severity::High
}

/// Somebody goes to rest, and leaves whatever they were called for.
fn rest(lane: &mut Lane<'_>, scene: Scene<'_>, person: PersonId) {
    let until = lane.people.rest(scene, person);
    let actor = lane.people.actor(person);
    lane.out
        .emit(actor, None, Event::RestBegan { person, until });
    minds::leave(lane.minds, lane.out, scene, person);
    route::replan_attention(lane, scene, person);
}

/// When somebody who is there, or works on, has been awake for as long as anybody works.
fn rest_at(people: &People, scene: Scene<'_>, person: PersonId) -> Option<ExerciseTime> {
    if people.is_in_turn(scene, person) {
        return None;
    }
    let working = matches!(people.get(person).busy, Busy::Working(_));
    let there = working || people.on_duty(scene, person);
    let left = human::LONGEST_AWAKE - people.awake(scene, person);
    there.then(|| scene.now + left.max(Span::ZERO))
}

/// Whether somebody has to rest now.
pub(super) fn has_to_rest(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId) -> bool {
    let tires = scene.policy == Policy::People;
    tires && rest_at(lane.people, scene, person).is_some_and(|at| at <= scene.now)
}

/// Why somebody whose shift has ended lays work aside; `None`: goes on.
pub(super) fn reason_to_stop(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    index: usize,
) -> Option<PauseReason> {
    if lane.people.awake(scene, person) >= human::LONGEST_AWAKE && !finishes(lane, scene, index) {
        return Some(PauseReason::Rest);
    }
    if lane.people.presence(scene, person) == Presence::OnLeave {
        return Some(PauseReason::ShiftEnd);
    }
    let due = lane.agenda.due(Rank::WorkEnded, index)?;
    if due - scene.now <= human::FINISH_WITHIN {
        return None;
    }
    let incident = lane.work.piece(index).instance.incident;
    let urgent = route::severity(lane, scene, incident) >= Severity::High;
    let taken_over = work::assignable(lane.work, lane.people, scene, index);
    (!urgent || taken_over).then_some(PauseReason::ShiftEnd)
}

/// When to look again whether somebody comes or goes who is busy or for whom work waits.
fn next_turn(
    people: &People,
    work: &Work,
    scene: Scene<'_>,
    person: PersonId,
) -> Option<ExerciseTime> {
    let someone = people.get(person);
    // Who was called comes and goes whether or not there is anything to do: they have to rest.
    // So does who was kept up and has to rest in their next shift, or in this one.
    let needed = someone.busy != Busy::Free
        || !someone.inbox.is_empty()
        || someone.is_reached(scene.now)
        || work.is_waiting_for(scene, person)
        || people.rests_on_shift(scene, person);
    if !needed {
        return None;
    }
    let change = people.next_change(scene, person);
    let rest = rest_at(people, scene, person).filter(|at| *at > scene.now);
    // Who was called and should be in bed goes back there, if the call leaves them nothing to do.
    let called = people.called_at(person).map(|at| at + Span(1));
    let back = || called.filter(|at| *at > scene.now && someone.busy == Busy::Free);
    let rest = rest.or_else(|| rest_at(people, scene, person).and_then(|_| back()));
    let turn = change.into_iter().chain(rest).min();
    turn.filter(|at| *at <= scene.horizon())
}

/// Plans to look again when somebody comes or goes, for those for whom that may have changed.
// Part of an instant, for which nothing of it is to be made ready before.
#[inline(never)]
pub(super) fn plan_calendar(lane: &mut Lane<'_>, scene: Scene<'_>) {
    if scene.policy != Policy::People {
        return;
    }
    while let Some(role) = lane.work.take_turned() {
        let role = scene.exercise().role(role);
        for person in role.holders.iter().chain(&role.deputies) {
            lane.people.plan_again(*person);
        }
    }
    let (work, agenda) = (&*lane.work, &mut *lane.agenda);
    lane.people.plan_calendars(
        |people, person| match next_turn(people, work, scene, person) {
            Some(at) => agenda.schedule(Rank::Calendar, person.index(), at),
            None => agenda.cancel(Rank::Calendar, person.index()),
        },
    );
    debug_assert_eq!(planned_otherwise(lane, scene), None);
}

/// Somebody whose calendar is planned otherwise than it is to be.
fn planned_otherwise(lane: &Lane<'_>, scene: Scene<'_>) -> Option<PersonId> {
    let planned = |person: PersonId| lane.agenda.due(Rank::Calendar, person.index());
    let mut all = lane.people.ids();
    all.find(|person| next_turn(lane.people, lane.work, scene, *person) != planned(*person))
}
