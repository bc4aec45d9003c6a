//! Taking back: a better holder who comes free goes on with what somebody else does for them.
//!
//! Called where people are given something to do, when nothing else was found for anybody, and for a human who starts
//! what somebody else does. It must never take from a human what they have not let go, nor give a human what they have
//! not started.

use super::assigning::start;
use super::{acts, shifts};
use crate::record::PauseReason;
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::work::{self, Change};

/// Lets the first who can take work back from lesser hands do so. Says whether anybody did.
pub(super) fn take_back(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    if !lane.work.has_other_hands() {
        return false;
    }
    let (people, humans) = (&*lane.people, &*lane.humans);
    let agreed = |change: &Change| acts::agreed(people, humans, change);
    let better = work::next_taken_back(lane.work, people, lane.agenda, scene, agreed);
    let Some(change) = better else {
        lane.work.trust_hands();
        return false;
    };
    acts::accept_change(lane, &change);
    go_on(lane, scene, &change);
    true
}

/// Work goes on in other hands.
pub(super) fn go_on(lane: &mut Lane<'_>, scene: Scene<'_>, change: &Change) {
    shifts::lay_aside(lane, scene, (change.piece, PauseReason::BetterHands));
    start(lane, scene, &change.assignment());
}
