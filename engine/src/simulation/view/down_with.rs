//! What went down only with something on which it rests, as far as is known: nobody cuts it off, and it comes back
//! with that.

use super::View;
use crate::exercise::{AssetId, AssetState, IncidentId, Measure};
use crate::knowledge::Known;

/// Whether a measure cuts off what it is taken on.
pub(super) const fn is_cut(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Isolate
            | Measure::Disconnect
            | Measure::Shutdown
            | Measure::DisableAccount
            | Measure::Revoke
    )
}

/// What an attack does to an asset itself.
pub(super) const STRUCK: [AssetState; 3] = [
    AssetState::Compromised,
    AssetState::Encrypted,
    AssetState::Altered,
];

impl View<'_> {
    /// Whether all that is known to ail an asset, which the plan chooses by its state for being cut off, is
    /// that it does not serve, which something explains on which it rests and which does not serve either.
    pub(super) fn needs_no_cutting_off(
        &self,
        asset: AssetId,
        incident: IncidentId,
        known: &Known,
    ) -> bool {
        let belief = self.belief(known, incident);
        let fails = |asset| {
            let down = [AssetState::Encrypted, AssetState::OutOfService];
            down.iter().any(|state| belief.in_state(asset, *state))
        };
        belief.in_state(asset, AssetState::OutOfService)
            && !STRUCK.iter().any(|state| belief.in_state(asset, *state))
            && self.rests_on(asset, &fails)
    }

    /// Whether an asset, as far as is known, is down only with something on which it rests, which the team took out
    /// of service or brought back.
    pub(super) fn fell_with_others(
        &self,
        asset: AssetId,
        incident: IncidentId,
        known: &Known,
    ) -> bool {
        let belief = self.belief(known, incident);
        let turned = |below| self.took_out(incident, below) || self.is_back(incident, below);
        !STRUCK.iter().any(|state| belief.in_state(asset, *state))
            && !self.took_out(incident, asset)
            && self.rests_on(asset, &turned)
    }

    /// Whether something of a kind is among what an asset rests on, however deep.
    fn rests_on(&self, asset: AssetId, is: &dyn Fn(AssetId) -> bool) -> bool {
        let mut below = self.scene.exercise().asset(asset).depends_on.iter();
        below.any(|of| is(*of) || self.rests_on(*of, is))
    }
}
