//! While an asset is restored or built anew it does not serve: what is healthy goes down by it.

use super::{AssetId, Assets, Change, DOWN, Out, RESTORING, Scene};
use crate::exercise::{ExerciseTime, Instance, Span};
use crate::record::Actor;

/// Work begins that restores some assets, or builds them anew: those that serve are taken out of service.
pub(crate) fn restoring_began(
    assets: &mut Assets,
    out: &mut Out,
    scene: Scene,
    (instance, on): (Instance, &[AssetId]),
    (actor, cause): (Actor, u32),
) {
    let mut change = Change {
        out,
        actor,
        cause: Some(cause),
    };
    for asset in on.iter().copied() {
        assets.restoring.push((instance, asset));
        if assets.all_bits(asset) & DOWN == 0 {
            // Whoever sees in the end that nothing ails it leaves it as it was: nobody has to check that.
            assets.set(&mut change, asset, Some(instance.incident), RESTORING, true);
        }
    }
    assets.refresh(&mut change, scene);
}

/// Such work ended, however it did: what it took out of service serves again.
pub(crate) fn restoring_ended(
    assets: &mut Assets,
    out: &mut Out,
    scene: Scene,
    instance: Instance,
    cause: u32,
) {
    let mut change = Change {
        out,
        actor: Actor::Rules {},
        cause: Some(cause),
    };
    let mut place = 0;
    while let Some((by, asset)) = assets.restoring.get(place).copied() {
        if by != instance {
            place += 1;
            continue;
        }
        assets.restoring.remove(place);
        if !assets.restoring.iter().any(|(_, other)| *other == asset) {
            assets.clear(&mut change, asset, RESTORING);
        }
    }
    assets.refresh(&mut change, scene);
}

/// How old the last copy of an asset is at an instant: copies are made at local midnight and every
/// so often from there. `None` where it is not known how often.
pub(super) fn since_copy(scene: Scene, asset: AssetId, at: ExerciseTime) -> Option<Span> {
    let every = scene.exercise().asset(asset).backed_up_every?;
    let (day, time) = scene.exercise().local(at);
    let local = i64::from(day.0) * Span::DAY.0 + time.0;
    Some(Span(local.rem_euclid(every.0.max(1))))
}
