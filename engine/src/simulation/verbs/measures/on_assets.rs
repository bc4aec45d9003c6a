//! Measures that are taken on assets.

use super::{Deed, comes_to_light, in_vain, learn};
use crate::exercise::{Act, AssetId, AssetKind, AssetState, Knowable, Measure, Object};
use crate::record::Event;
use crate::simulation::assets;
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::scene::Scene;
use crate::simulation::work::{Piece, State};

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
        Measure::Verify => in_vain::check_failed(lane, scene, deed, asset),
        Measure::Accept => tried(lane, scene, deed, asset),
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
        back if back.brings_back_whole() && !effect => {
            in_vain::restore_failed(lane, scene, deed, (measure, asset));
        }
        _ => {}
    }
}

/// Who takes an asset back into use tries it: that its check went wrong comes to light. It is checked again, and
/// taken back after that.
fn tried(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, asset: AssetId) {
    let incident = deed.incident();
    let flawed = |piece: &Piece| {
        let of_asset = piece.target.is_none_or(|of| of == asset);
        let checks = scene.exercise().task(piece.instance.task);
        piece.instance.incident == incident
            && piece.state == State::Done(false)
            && of_asset
            && checks.takes_measure(Measure::Verify)
    };
    if let Some(index) = lane.work.next_piece(0, flawed) {
        comes_to_light(lane, scene, index, deed.cause);
        do_again(
            lane,
            scene,
            deed,
            &[Measure::Verify, Measure::Accept],
            asset,
        );
    }
}

/// What was claimed done on an asset no longer stands, and the tasks that did it are ready again.
pub(super) fn do_again(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    deed: &Deed,
    measures: &[Measure],
    asset: AssetId,
) {
    let incident = deed.incident();
    for measure in lane.work.unapply(incident, measures, asset, u32::MAX) {
        for task in scene.exercise().tasks_taking(measure) {
            let what = (*task, incident);
            lane.work.again_on(scene, what, deed.cause, asset);
        }
    }
}

/// The assets that a measure is taken on, as the board knows them when the work ends.
fn targets(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, act: &Act) -> Vec<AssetId> {
    let mut targets = lane.work.take_targets();
    let (what, task) = (deed.incident(), scene.exercise().task(deed.instance.task));
    let view = lane.view(scene);
    if let Some(asset) = deed.target {
        let own = scene.exercise().is_own(deed.instance.task);
        if own || view.is_open_act(act, task, (what, &[deed.role]), asset) {
            targets.push(asset);
        }
        return targets;
    }
    view.list_targets(act, task, what, &[deed.role], &mut targets);
    targets
}
