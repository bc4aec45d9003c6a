//! What others run: a supplier, or whoever an asset says. Our people do not have it in hand; whoever runs it
//! restores it in its own time.

use super::{AssetId, AssetState, Assets, Change, Out, Scene, bit};
use crate::exercise::Span;
use crate::record::{Actor, Event};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::draw::Purpose;

/// The shortest time in which anybody else restores what they run. Illustrative.
const SHORTEST: Span = Span::hours(4);

/// The attack affects an asset. Where it is not ours, whoever runs it is done with it some time after the
/// first hit, whatever else happens to it until then.
pub(super) fn hit(assets: &Assets, agenda: &mut Agenda, scene: Scene, asset: AssetId) {
    let described = scene.exercise().asset(asset);
    let Some(law) = described
        .restores_in
        .as_ref()
        .filter(|_| !described.is_ours())
    else {
        return;
    };
    if agenda.due(Rank::TheirRestore, asset.index()).is_none() {
        let before = u64::from(assets.restored_by_others[asset.index()]);
        let subject = scene.asset(asset);
        let span = scene
            .dice
            .duration(law, subject, Purpose::TheirRestore, before);
        agenda.after(
            Rank::TheirRestore,
            asset.index(),
            scene.now,
            span.max(SHORTEST),
        );
    }
}

/// Whoever runs an asset has restored it: what the attack did there is over, and its data is that of the
/// last copy. That we cut it off stands.
pub(crate) fn restored_by_others(assets: &mut Assets, out: &mut Out, scene: Scene, slot: usize) {
    let asset = AssetId::new(slot);
    assets.restored_by_others[slot] += 1;
    let entry = out.rule(None, Event::TheirsRestored { asset });
    assets.last_change = entry;
    let mut change = Change {
        out,
        actor: Actor::Rules {},
        cause: Some(entry),
    };
    assets.mend(&mut change, scene, asset, true);
    assets.clear(&mut change, asset, bit(AssetState::Compromised));
    assets.refresh(&mut change, scene);
}

#[cfg(test)]
mod tests {
    use super::SHORTEST;
    use crate::documented::{holds, row, span};

    #[test]
    fn how_soon_others_restore_at_the_earliest_is_documented() {
        holds(
            "what others run",
            &[row("restored no sooner than", span(SHORTEST.0))],
        );
    }
}
