//! Looking again: what was stated to be affected left something out that a sign names now.

use crate::exercise::{Few, IncidentId, Measure, TaskId};
use crate::simulation::incidents;
use crate::simulation::lane::Lane;
use crate::simulation::scene::{Policy, Scene};

/// Where the board knows of an affected asset that no statement of scope named, the work that looks for
/// what is affected is ready again, once it had ended. Each asset is a reason only once.
pub(super) fn rescope(lane: &mut Lane<'_>, scene: Scene<'_>) {
    if scene.policy == Policy::Ideal {
        return;
    }
    for incident in lane.incidents.ids() {
        let learned = lane.minds.board_newest_of_assets(incident);
        if incidents::is_news_of_scope(lane.incidents, incident, learned) {
            look_again(lane, scene, incident, learned);
        }
    }
}

#[inline(never)]
fn look_again(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId, learned: u32) {
    let exercise = scene.exercise();
    let tasks = Measure::LOOKING
        .iter()
        .flat_map(|measure| exercise.tasks_taking(*measure));
    let mut tasks: Few<TaskId> = tasks.copied().collect();
    tasks.sort_unstable();
    tasks.dedup();
    let work = &lane.work;
    // What looks now, or is about to, will see it.
    let busy =
        |task: &TaskId| work.open(*task, incident).is_some() || work.is_due_again(*task, incident);
    let ended = tasks
        .iter()
        .any(|task| work.claimed_done(*task, incident).is_some());
    if !ended || tasks.iter().any(busy) {
        return;
    }
    let affected = lane.minds.board(incident).affected(exercise, incident);
    if !incidents::left_out(lane.incidents, incident, affected, learned) {
        return;
    }
    for task in tasks {
        lane.work.again(task, incident, learned);
    }
}
