//! Rolls: the assets that each incident has to do with, so that nobody looks through all there are.

use super::{AFFECTED, Assets, bit};
use crate::exercise::{AssetId, AssetState, IncidentId};

/// For each incident a set of assets, in order: mostly few of all there are.
#[derive(Debug, Default)]
struct Roll(Vec<Vec<AssetId>>);

impl Roll {
    fn reset(&mut self, incidents: usize) {
        self.0.iter_mut().for_each(Vec::clear);
        self.0.resize(incidents, Vec::new());
    }

    fn of(&self, incident: IncidentId) -> impl Iterator<Item = AssetId> + Clone + '_ {
        self.0[incident.index()].iter().copied()
    }

    /// Lists an asset, or strikes it off.
    fn set(&mut self, incident: IncidentId, asset: AssetId, listed: bool) {
        let list = &mut self.0[incident.index()];
        match (list.binary_search(&asset), listed) {
            (Err(place), true) => list.insert(place, asset),
            (Ok(place), false) => {
                list.remove(place);
            }
            _ => {}
        }
    }
}

/// The assets that each incident affects, those on which its attacker has a foothold, and those that it
/// ever affected or had taken out of service. Kept where states are set, and where it is noted how an
/// incident touched an asset.
#[derive(Debug, Default)]
pub(super) struct Rolls {
    affected: Roll,
    footholds: Roll,
    ever_affected: Roll,
}

impl Rolls {
    /// Nothing is listed.
    pub(super) fn reset(&mut self, incidents: usize) {
        self.affected.reset(incidents);
        self.footholds.reset(incidents);
        self.ever_affected.reset(incidents);
    }

    /// An asset is in these states because of an incident.
    pub(super) fn states(&mut self, incident: IncidentId, asset: AssetId, states: u16) {
        let held = states & bit(AssetState::Compromised) != 0;
        self.affected.set(incident, asset, states & AFFECTED != 0);
        self.footholds.set(incident, asset, held);
    }
}

/// How an incident ever touched an asset.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ever {
    /// The attack did something to it.
    pub(super) touched: bool,
    /// The attack affected it: more than a theft that is over.
    pub(super) affected: bool,
    /// A measure against the incident took it out of service.
    pub(super) taken_out: bool,
}

impl Assets {
    /// The assets that an incident affects now, in order.
    pub(crate) fn affected(&self, incident: IncidentId) -> impl Iterator<Item = AssetId> + '_ {
        self.rolls.affected.of(incident)
    }

    /// The assets that an incident affects or ever affected, or that a measure against it took out
    /// of service, in order.
    pub(crate) fn ever_affected(&self, incident: IncidentId) -> impl Iterator<Item = AssetId> + '_ {
        self.rolls.ever_affected.of(incident)
    }

    /// Whether an incident affects or ever affected an asset, or a measure against it took that out of
    /// service.
    pub(crate) fn was_affected(&self, incident: IncidentId, asset: AssetId) -> bool {
        let ever = self.ever[self.cell(incident, asset)];
        ever.affected || ever.taken_out
    }

    /// The assets on which the attacker of an incident has a foothold, in order.
    pub(crate) fn footholds(
        &self,
        incident: IncidentId,
    ) -> impl Iterator<Item = AssetId> + Clone + '_ {
        self.rolls.footholds.of(incident)
    }

    /// Notes how an incident touched an asset, beside what it did so far.
    pub(super) fn note(&mut self, incident: IncidentId, asset: AssetId, how: Ever) {
        let cell = self.cell(incident, asset);
        let ever = &mut self.ever[cell];
        ever.touched |= how.touched;
        ever.affected |= how.affected;
        ever.taken_out |= how.taken_out;
        let listed = ever.affected || ever.taken_out;
        self.rolls.ever_affected.set(incident, asset, listed);
    }

    /// Whether the assets that are listed are those that a look at every one of them finds.
    pub(crate) fn lists_all(&self, incident: IncidentId) -> bool {
        let found = |test: &dyn Fn(AssetId) -> bool, listed: &Roll| {
            let found = self.ids().filter(|asset| test(*asset));
            found.eq(listed.of(incident))
        };
        let ever = |asset| self.was_affected(incident, asset);
        found(
            &|asset| self.is_affected(incident, asset),
            &self.rolls.affected,
        ) && found(
            &|asset| self.has_foothold(incident, asset),
            &self.rolls.footholds,
        ) && found(&ever, &self.rolls.ever_affected)
    }
}
