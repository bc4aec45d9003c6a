//! Shifts: who comes and goes, and what becomes of their work.

use super::route;
use crate::exercise::{ExerciseTime, PersonId, Severity};
use crate::record::PauseReason;
use crate::simulation::agenda::Rank;
use crate::simulation::lane::LaneItem;
use crate::simulation::out::Changed;
use crate::simulation::people::{self, Busy};
use crate::simulation::scene::{Policy, Scene, Stage};
use crate::simulation::work::{self};
use crate::simulation::{human, minds};

/// A person's shift began or ended, or the time for which they were reached did.
pub(super) fn presence_changed(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, person: PersonId) {
    lane.out.mark(Changed::PEOPLE);
    if lane.people.on_duty(scene, person) {
        return;
    }
    minds::leave(&mut lane.minds, scene, person);
    let Busy::Working(index) = lane.people.get(person).busy else {
        return;
    };
    if let Some(reason) = reason_to_stop(lane, scene, person, index) {
        let what = (index, reason);
        work::pause(
            &mut lane.work,
            &mut lane.people,
            &mut lane.agenda,
            &mut lane.out,
            scene,
            what,
        );
    } else {
        lane.people.get_mut(person).overtime = true;
    }
}

/// Why somebody whose shift has ended lays work aside; `None`: goes on.
pub(super) fn reason_to_stop(
    lane: &LaneItem<'_, '_>,
    scene: Scene<'_>,
    person: PersonId,
    index: usize,
) -> Option<PauseReason> {
    if lane.people.awake(scene, person) >= human::LONGEST_AWAKE {
        return Some(PauseReason::Rest);
    }
    let due = lane.agenda.due(Rank::WorkEnded, index)?;
    if due - scene.now <= human::FINISH_WITHIN {
        return None;
    }
    let incident = lane.work.piece(index).instance.incident;
    let urgent = route::severity(lane, scene, incident) >= Severity::High;
    let taken_over = work::assignable(&lane.work, &lane.people, scene, index);
    (!urgent || taken_over).then_some(PauseReason::ShiftEnd)
}

/// Somebody who works on past the shift stops when awake for too long.
pub(super) fn rest(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    let tired: Vec<usize> = lane
        .people
        .ids()
        .filter(|person| lane.people.get(*person).overtime)
        .filter(|person| lane.people.awake(scene, *person) >= human::LONGEST_AWAKE)
        .filter_map(|person| match lane.people.get(person).busy {
            Busy::Working(index) => Some(index),
            _ => None,
        })
        .collect();
    for index in tired {
        let what = (index, PauseReason::Rest);
        work::pause(
            &mut lane.work,
            &mut lane.people,
            &mut lane.agenda,
            &mut lane.out,
            scene,
            what,
        );
    }
}

/// Plans to look again when somebody comes or goes who is busy or for whom work waits.
pub(super) fn plan_calendar(lane: &mut LaneItem<'_, '_>, stage: &Stage) {
    let scene = lane.scene(stage);
    if scene.policy != Policy::People {
        return;
    }
    for person in lane.people.ids() {
        let someone = lane.people.get(person);
        let busy = someone.busy != Busy::Free || !someone.inbox.is_empty();
        let needed = busy || work::waiting_for(&lane.work, scene, person);
        let from = scene.now.max(ExerciseTime::STARTEX);
        let change = people::next_change(scene, someone, person, from);
        match change.filter(|at| needed && *at <= scene.horizon()) {
            Some(at) => lane.agenda.schedule(Rank::Calendar, person.index(), at),
            None => lane.agenda.cancel(Rank::Calendar, person.index()),
        }
    }
}
