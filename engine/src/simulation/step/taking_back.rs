//! Taking back: a better holder who comes free goes on with what somebody else does for them.
//!
//! Called where people are given something to do, when nothing else was found for anybody.

use super::assigning::start;
use super::shifts;
use crate::record::PauseReason;
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::work;

/// Lets the first who can take work back from lesser hands do so. Says whether anybody did.
pub(super) fn take_back(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    if !lane.work.has_other_hands() {
        return false;
    }
    let better = work::next_taken_back(lane.work, lane.people, lane.agenda, scene);
    let Some(assignment) = better else {
        return false;
    };
    shifts::lay_aside(lane, scene, (assignment.piece, PauseReason::BetterHands));
    start(lane, scene, &assignment);
    true
}
