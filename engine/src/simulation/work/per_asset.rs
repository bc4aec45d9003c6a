//! Tasks that are done once for each asset: for which asset one is due next, and what has to be done there
//! before.

use super::ready::{Readiness, is_done};
use super::skipped::may_follow_nothing;
use super::{Piece, State, Work};
use crate::exercise::{AssetId, Each, IncidentId, Task, TaskId};
use crate::simulation::scene::Scene;

/// Whether a task waits asset by asset for one that comes before it: both are done once for each.
pub(super) fn goes_by_asset(scene: Scene<'_>, task: &Task, before: TaskId) -> bool {
    let before = scene.exercise().task(before);
    task.each == Each::Asset && before.each == Each::Asset && before.acts_on_assets()
}

/// The occasion for which a task that is done once for each is due next, with the entry that made it so.
/// One that takes measures on assets is due on each that they are for: on one where it was done before,
/// for what was learned of that since, or where it has to be done again.
pub(super) fn next(
    work: &Work,
    scene: Scene<'_>,
    view: &dyn Readiness,
    (id, incident): (TaskId, IncidentId),
) -> Option<(u32, Option<AssetId>)> {
    let task = scene.exercise().task(id);
    let due = &work.slot_of(id, incident).due;
    let before = |asset| before_on(work, scene, view, (task, incident), asset);
    if task.each != Each::Asset || !task.acts_on_assets() {
        return due.iter().find_map(|(entry, on)| {
            let before = on.map_or(Some(0), before)?;
            Some((before.max(*entry), *on))
        });
    }
    let mut next: Option<(u32, AssetId)> = None;
    view.each_open(id, incident, &mut |asset, known| {
        let listed = due.iter().find(|(_, on)| *on == Some(asset));
        let listed = listed.map(|(entry, _)| *entry);
        let entry = match last_on(work, (id, incident), asset) {
            Some(piece) if piece.is_open() => None,
            Some(piece) => {
                let news = piece.ended.is_none_or(|ended| known > ended);
                listed.or(news.then_some(known))
            }
            None => Some(known.max(listed.unwrap_or(0))),
        };
        let entry = entry.and_then(|entry| Some(entry.max(before(asset)?)));
        if let Some(entry) = entry
            && next.is_none_or(|next| (entry, asset) < next)
        {
            next = Some((entry, asset));
        }
    });
    next.map(|(entry, asset)| (entry, Some(asset)))
}

/// The last piece of a task on an asset.
fn last_on(work: &Work, (id, incident): (TaskId, IncidentId), asset: AssetId) -> Option<&Piece> {
    let pieces = work.slot_of(id, incident).pieces.iter().rev();
    let mut pieces = pieces.map(|index| &work.pieces[*index]);
    pieces.find(|piece| piece.target == Some(asset))
}

/// The latest entry of what has to be done on an asset before a task; `None`: something is still to be
/// done there. What is not for the asset is not waited for.
fn before_on(
    work: &Work,
    scene: Scene<'_>,
    view: &dyn Readiness,
    (task, incident): (&Task, IncidentId),
    asset: AssetId,
) -> Option<u32> {
    let mut latest = 0;
    for before in &task.after {
        if !goes_by_asset(scene, task, *before) {
            continue;
        }
        let last = last_on(work, (*before, incident), asset);
        let open = last.is_some_and(Piece::is_open);
        let left_out = last.is_some_and(|piece| piece.state == State::Skipped)
            || work.slot_of(*before, incident).omitted;
        let wanted = || view.wants(*before, incident, Some(asset));
        if open || (!left_out && wanted()) {
            return None;
        }
        let ended = last.and_then(|piece| piece.ended);
        latest = latest.max(ended.unwrap_or(0));
    }
    if task.after_any.is_empty() {
        return Some(latest);
    }
    let any = task.after_any.iter();
    let any = any.filter_map(|before| is_done(work, *before, incident));
    // Where none of several applies, that was asked before.
    let first = any.min().or(may_follow_nothing(task).then_some(0));
    Some(latest.max(first?))
}
