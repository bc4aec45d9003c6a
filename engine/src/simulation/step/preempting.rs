//! Preemption: work for an incident that is two severities higher does not wait for lesser work.

use super::assigning::start;
use super::shifts;
use crate::record::PauseReason;
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::work;

/// How many severities an incident must be above another for its work to interrupt that of the other.
pub(super) const ABOVE: usize = 2;

/// Lays aside lesser work of people who are needed for work that waits, and lets them start that. Says
/// whether it did.
pub(super) fn preempt(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    let held_up = work::next_held_up(lane.work, lane.people, scene, ABOVE);
    let Some((index, lesser)) = held_up else {
        return false;
    };
    for running in lesser {
        shifts::lay_aside(lane, scene, (running, PauseReason::HigherPriority));
    }
    let next = work::assignment(lane.work, lane.people, scene, index);
    if let Some(assignment) = next {
        start(lane, scene, &assignment);
    }
    true
}
