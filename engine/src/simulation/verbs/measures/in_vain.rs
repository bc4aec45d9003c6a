//! Bringing back and checking that is in vain: what is seen by it, and when it is tried again.

use super::on_assets::do_again;
use super::{Deed, learn};
use crate::exercise::{AssetId, AssetKind, AssetState, Few, IncidentId, Knowable, Measure, TaskId};
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::scene::Scene;

/// What was to be checked does not serve, or is not clean. Where nothing ails it but what it rests on, that
/// becomes known, and it is checked again once that serves; else what was done to it has to be done again.
pub(super) fn check_failed(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, asset: AssetId) {
    let incident = deed.incident();
    let mut seen = Few::new();
    for below in lane.assets.broken_below(scene, asset) {
        seen.push(fact_of(lane, incident, below));
    }
    let sound_itself = lane.assets.is_sound_itself(asset);
    if !sound_itself && lane.assets.is_broken(asset) {
        seen.push(fact_of(lane, incident, asset));
    }
    learn(lane, scene, deed, &seen);
    if sound_itself {
        lane.work
            .unapply(incident, &[Measure::Verify], asset, u32::MAX);
        lane.work.hold_for_what_is_below(incident, asset);
    } else {
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
        let account = scene.exercise().asset(asset).kind == AssetKind::Account;
        do_again(
            lane,
            scene,
            deed,
            &again[..again.len() - usize::from(!account)],
            asset,
        );
        lane.work.hold(incident, Measure::Verify, asset);
    }
    lane.out.mark(Changed::WORK);
}

/// What was to be restored was not: there was no backup to restore it from, or no standby. It is still to
/// be done, once one is there.
pub(super) fn restore_failed(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    deed: &Deed,
    (measure, asset): (Measure, AssetId),
) {
    let incident = deed.incident();
    if measure == Measure::Restore {
        let mut seen = Few::new();
        for backup in lane.assets.broken_backups(scene, asset) {
            seen.push(fact_of(lane, incident, backup));
        }
        learn(lane, scene, deed, &seen);
    }
    lane.work.unapply(incident, &[measure], asset, u32::MAX);
    lane.work.hold(incident, measure, asset);
}

/// What is seen of an asset that does not serve.
fn fact_of(lane: &Lane<'_>, incident: IncidentId, asset: AssetId) -> Knowable {
    let behind = lane.assets.outage(asset).and_then(|outage| outage.incident);
    Knowable::Asset(behind.unwrap_or(incident), asset, AssetState::OutOfService)
}

/// Something serves again: what was checked in vain, it or what rests on it, is checked again.
pub(crate) fn serves_again(lane: &mut Lane<'_>, scene: Scene<'_>, asset: AssetId, entry: u32) {
    let above = scene.stage.dependencies.above(asset).iter().copied();
    let ready: Few<AssetId> = above
        .chain([asset])
        .filter(|on| lane.assets.could_serve(scene, *on))
        .collect();
    for incident in lane.incidents.ids() {
        for on in ready.iter().copied() {
            if lane.work.release(incident, Measure::Verify, on) {
                try_again(lane, scene, (Measure::Verify, incident), (entry, on));
            }
        }
    }
}

/// Something ended that kept an asset from being of use: where it holds copies, what could not be
/// restored before is tried again.
pub(crate) fn backup_is_back(lane: &mut Lane<'_>, scene: Scene<'_>, backup: AssetId, entry: u32) {
    let exercise = scene.exercise();
    let assets = &exercise.organisation().assets;
    let holds = |asset: &crate::exercise::Asset| asset.named_backups().contains(&backup);
    if !(exercise.asset(backup).kind.is_backup() || assets.iter().any(holds)) {
        return;
    }
    for incident in lane.incidents.ids() {
        for on in (0..assets.len()).map(AssetId::new) {
            if lane.work.is_held(incident, Measure::Restore, on)
                && lane.assets.restorable(scene, on)
                && lane.work.release(incident, Measure::Restore, on)
            {
                try_again(lane, scene, (Measure::Restore, incident), (entry, on));
            }
        }
    }
}

fn try_again(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (measure, incident): (Measure, IncidentId),
    (entry, asset): (u32, AssetId),
) {
    let tasks: &[TaskId] = scene.exercise().tasks_taking(measure);
    for task in tasks {
        lane.work.again_on(scene, (*task, incident), entry, asset);
    }
    lane.out.mark(Changed::WORK);
}
