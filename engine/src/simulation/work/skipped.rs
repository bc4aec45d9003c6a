//! Tasks that are done though what they come after does not apply.

use super::ready::{Readiness, is_done};
use super::{Work, per_asset};
use crate::exercise::{IncidentId, Task, TaskId};
use crate::simulation::scene::Scene;

/// Whether a task applies though what it comes after does not: its own condition says so, or the plan.
pub(crate) const fn may_follow_nothing(task: &Task) -> bool {
    task.when.is_some() || task.even_if_skipped
}

/// Whether a task that applies though what it comes after does not has nothing to wait for: all that comes
/// before it is done, is looked at asset by asset, or does not apply; of several of which one is enough, one
/// is done or none applies.
pub(super) fn is_free(
    work: &Work,
    scene: Scene<'_>,
    view: &dyn Readiness,
    (task, incident): (&Task, IncidentId),
) -> bool {
    let done = |before: &TaskId| is_done(work, *before, incident).is_some();
    let settled = |before: &TaskId| {
        done(before)
            || per_asset::goes_by_asset(scene, task, *before)
            || view.does_not_apply(*before, incident)
    };
    let any = &task.after_any;
    let none_applies = || any.iter().all(|of| view.does_not_apply(*of, incident));
    task.after.iter().all(settled) && (any.is_empty() || any.iter().any(done) || none_applies())
}
