//! Measures that are taken on assets.

use super::{Deed, learn};
use crate::exercise::{Act, AssetId, AssetKind, AssetState, Each, Knowable, Measure, Object};
use crate::record::Event;
use crate::simulation::assets;
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::scene::Scene;

pub(super) fn on_assets(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, act: &Act) {
    let targets = targets(lane, scene, deed, act);
    for asset in targets.iter().copied() {
        let entry = deed.cause;
        lane.work.apply(deed.incident(), act, asset, entry);
        if !deed.sound {
            let event = Event::MeasureTaken {
                instance: deed.instance,
                role: deed.role,
                measure: act.measure,
                asset: Some(asset),
                effect: false,
            };
            lane.out.emit(deed.actor.clone(), Some(entry), event);
            continue;
        }
        if let Object::Evidence(item, _) = &act.on {
            let by = (deed.actor.clone(), Some(entry));
            let of = (deed.instance, deed.role);
            assets::preserve(lane.assets, lane.out, of, asset, *item, by);
            continue;
        }
        let effect = take_on(lane, scene, deed, (act.measure, asset), entry);
        after_asset_measure(lane, scene, deed, act.measure, asset, effect);
    }
    lane.work.keep_targets(targets);
}

/// Takes a measure on one asset; truth decides its effect.
pub(super) fn take_on(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    deed: &Deed,
    (measure, asset): (Measure, AssetId),
    cause: u32,
) -> bool {
    let taking = assets::Taking {
        instance: deed.instance,
        role: deed.role,
        measure,
        asset,
        actor: deed.actor.clone(),
        cause: Some(cause),
    };
    assets::take(lane.assets, lane.out, scene, taking)
}

/// What the doer sees once a measure is taken on an asset.
pub(super) fn after_asset_measure(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    deed: &Deed,
    measure: Measure,
    asset: AssetId,
    effect: bool,
) {
    let incident = deed.incident();
    let is_account = scene.exercise().asset(asset).kind == AssetKind::Account;
    match measure {
        Measure::Verify if effect => {
            let fact = Knowable::Asset(incident, asset, AssetState::Verified);
            learn(lane, scene, deed, &[fact]);
        }
        // It does not serve, or is not clean: what was done has to be done again.
        Measure::Verify => {
            let again = [
                Measure::Evict,
                Measure::Restore,
                Measure::Correct,
                Measure::Rebuild,
                Measure::Failover,
                Measure::Reconnect,
                Measure::Verify,
                Measure::RotateCredentials,
            ];
            // An account may be out of service for want of new credentials.
            let others = again.len() - usize::from(!is_account);
            do_again(lane, scene, deed, &again[..others], asset);
            lane.out.mark(Changed::WORK);
        }
        // What was checked and accepted before it was cut off has to be brought back once more.
        out if out.row().takes_out && effect => {
            let again = [Measure::Reconnect, Measure::Verify, Measure::Accept];
            do_again(lane, scene, deed, &again, asset);
            lane.out.mark(Changed::WORK);
        }
        // The same of an account, which only new credentials bring back.
        closing if closing.row().closes_account && is_account => {
            let again = [Measure::RotateCredentials, Measure::Verify, Measure::Accept];
            do_again(lane, scene, deed, &again, asset);
            lane.out.mark(Changed::WORK);
        }
        // Whoever restores sees that there was no backup to restore from: it is still to be done.
        back if back.brings_back_whole() && !effect => {
            lane.work.unapply(incident, &[measure], asset, u32::MAX);
        }
        _ => {}
    }
}

/// What was claimed done on an asset no longer stands, and the tasks that did it are ready again.
fn do_again(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    deed: &Deed,
    measures: &[Measure],
    asset: AssetId,
) {
    let incident = deed.incident();
    for measure in lane.work.unapply(incident, measures, asset, u32::MAX) {
        for task in scene.exercise().tasks_taking(measure) {
            if lane.work.open(*task, incident).is_none() {
                lane.work.again(*task, incident, deed.cause);
            }
        }
    }
}

/// The assets that a measure is taken on, as the board knows them when the work ends.
fn targets(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, act: &Act) -> Vec<AssetId> {
    let mut targets = lane.work.take_targets();
    if let Some(asset) = deed.target {
        targets.push(asset);
        return targets;
    }
    let (what, task) = (deed.incident(), scene.exercise().task(deed.instance.task));
    let view = lane.view(scene);
    view.list_targets(act, task, what, &[deed.role], &mut targets);
    targets
}

/// Something ended that kept an asset from being of use: where it holds copies, what could not be
/// restored before is tried again.
pub(crate) fn backup_is_back(lane: &mut Lane<'_>, scene: Scene<'_>, backup: AssetId, entry: u32) {
    let exercise = scene.exercise();
    let assets = &exercise.organisation().assets;
    let holds = |asset: &crate::exercise::Asset| asset.backed_up_by.contains(&backup);
    if !(exercise.asset(backup).kind.is_backup() || assets.iter().any(holds)) {
        return;
    }
    let tasks = exercise.tasks_taking(Measure::Restore);
    for incident in lane.incidents.ids() {
        for id in tasks {
            let task = exercise.task(*id);
            let mut open = lane.work.take_targets();
            for act in &task.does {
                if act.measure == Measure::Restore {
                    let view = lane.view(scene);
                    view.list_targets(act, task, incident, &[], &mut open);
                }
            }
            open.retain(|asset| lane.assets.restorable(scene, *asset));
            let idle = lane.work.claimed_done(*id, incident).is_some()
                && lane.work.open(*id, incident).is_none();
            if task.each == Each::Asset {
                for asset in open.iter().copied() {
                    if lane.work.was_tried_on(*id, incident, asset) {
                        lane.work.asset_recurs(*id, incident, entry, asset);
                    }
                }
            } else if idle && !open.is_empty() {
                lane.work.again(*id, incident, entry);
            }
            lane.work.keep_targets(open);
        }
    }
}
