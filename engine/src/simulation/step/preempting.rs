//! Preemption: work for an incident that is two severities higher does not wait for lesser work.

use super::assigning::start;
use super::route;
use crate::record::PauseReason;
use crate::simulation::lane::Lane;
use crate::simulation::scene::{Policy, Scene};
use crate::simulation::work;

/// How many severities an incident must be above another for its work to interrupt that of the other.
const ABOVE: usize = 2;

/// Lays aside lesser work of people who are needed for work that waits, and lets them start that. Says
/// whether it did.
pub(super) fn preempt(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    if scene.policy != Policy::People || lane.incidents.ids().count() < 2 {
        return false;
    }
    for index in work::waiting(lane.work, scene) {
        let severity = |piece: usize| {
            let incident = lane.work.piece(piece).instance.incident;
            route::severity(lane, scene, incident).index()
        };
        let least = severity(index);
        let lesser = |running: usize| severity(running) + ABOVE <= least;
        let lesser = work::held_up_by(lane.work, lane.people, scene, index, &lesser);
        let Some(lesser) = lesser else {
            continue;
        };
        for running in lesser {
            work::pause(
                lane.work,
                lane.people,
                lane.agenda,
                lane.out,
                scene,
                (running, PauseReason::HigherPriority),
            );
        }
        let next = work::assignment(lane.work, lane.people, scene, index);
        if let Some(assignment) = next {
            start(lane, scene, &assignment);
        }
        return true;
    }
    false
}
