//! The least time for a piece of work, by what there is to do it on.
//!
//! The floors of a task stand in [`crate::exercise::Measure::floor`]. Those that grow with the number of
//! assets are counted when work begins, and again when its time is up: who was told of more meanwhile
//! works on. Work that finds out what is affected, and acts on it at once, is counted on what it will
//! find: nothing is isolated in no time because nobody knew of it a moment before.

use crate::exercise::{Act, AssetId, IncidentId, RoleId, Span, Task};
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::work;

/// The least time for a piece that somebody of a role begins or ends now.
pub(super) fn floor(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize, doer: RoleId) -> Span {
    let piece = lane.work.piece(index);
    let (incident, target) = (piece.instance.incident, piece.target);
    let exercise = scene.exercise();
    let task = exercise.task(piece.instance.task);
    if exercise.is_played_as_written(task) {
        return Span::ZERO;
    }
    if target.is_some() {
        return task.floor(|_| 1);
    }
    task.floor(|act| count(lane, scene, (task, act), incident, doer))
}

/// How many assets a measure of a task would be taken on now.
fn count(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (task, act): (&Task, &Act),
    incident: IncidentId,
    doer: RoleId,
) -> usize {
    let mut targets: Vec<AssetId> = lane.work.take_targets();
    let view = lane.view(scene);
    if finds_out(task) {
        view.list_targets_to_be_found(act, task, incident, &[doer], &mut targets);
    } else {
        view.list_targets(act, task, incident, &[doer], &mut targets);
    }
    let count = targets.len();
    lane.work.keep_targets(targets);
    count
}

/// Whether a task finds out what is affected.
fn finds_out(task: &Task) -> bool {
    task.does.iter().any(|act| act.measure.looks())
}

/// The time of a piece is up: whether it goes on, because there is more to do it on than when it began.
pub(super) fn goes_on(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize) -> bool {
    let piece = lane.work.piece(index);
    let acts = &scene.exercise().task(piece.instance.task).does;
    let takes_over = piece.segment.is_some_and(|segment| segment.handover);
    let role = piece.role.filter(|_| !takes_over && piece.target.is_none());
    let Some(role) = role.filter(|_| acts.iter().any(Act::grows_with_assets)) else {
        return false;
    };
    let floor = floor(lane, scene, index, role);
    let (work, people) = (&mut lane.work, &lane.people);
    work::goes_on(work, people, lane.agenda, scene, (index, floor))
}
