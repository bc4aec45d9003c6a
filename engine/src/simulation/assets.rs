//! What is true of every asset: its states, the measures in effect on it, its evidence, its service.
//!
//! Every state is kept with the incident behind it, so that several incidents at once can be told
//! apart. Whether an asset serves is worked out from its own states and from what it depends on.

mod evidence;
mod measure;
mod network;
mod restoring;
mod roll;
mod serving;
#[cfg(test)]
mod tests;
mod theirs;

pub(crate) use evidence::{expired, items, preserve};
pub(crate) use measure::{Taking, overrule, take, undo};
pub(crate) use network::{Network, Reach};
pub(crate) use restoring::{restoring_began, restoring_ended};
pub(crate) use serving::Dependencies;
pub(crate) use theirs::restored_by_others;

use super::agenda::Agenda;
use super::out::{Changed, Out};
use super::scene::Scene;
use crate::exercise::{
    AssetId, AssetKind, AssetState, Effect, ExerciseTime, Holds, IncidentId, Instance, Measure,
    Money, Selector, StepId, measures_where,
};
use crate::leak::Leak;
use crate::record::{Actor, Event};
use bevy_ecs::component::Component;
use evidence::{Evidence, keep_logs};
use roll::{Ever, Rolls};
use serving::Service;
use std::sync::Arc;

/// The truth about the assets of a run.
#[derive(Debug, Component, Default)]
pub(crate) struct Assets {
    len: usize,
    incidents: usize,
    kinds: Vec<AssetKind>,
    /// By row, then asset: the states that hold, as a set of bits. A row for each incident, and a
    /// last one for what has no incident behind it.
    states: Vec<u16>,
    /// By asset: the measures in effect, as a set of bits.
    measures: Vec<u64>,
    /// By incident, then asset: whether the attack, or a measure against it, ever took hold of it.
    ever: Vec<Ever>,
    /// The assets that each incident has to do with.
    rolls: Rolls,
    /// By asset: since when its data is damaged.
    damaged: Vec<Option<ExerciseTime>>,
    /// By asset: the measures that every step that affected it names among what stops it, where one did.
    stands: Vec<Option<u64>>,
    /// By asset: since when its data is what a copy brought back, where one did.
    copied: Vec<Option<ExerciseTime>>,
    /// By asset: the step whose load keeps it from serving.
    load: Vec<Option<StepId>>,
    /// The assets that are being restored or built anew, each with the work that does so.
    restoring: Vec<(Instance, AssetId)>,
    /// By asset: how often whoever runs it has restored it.
    restored_by_others: Vec<u32>,
    /// By incident, then asset: records that left or lie open.
    leaks: Vec<Leak>,
    thefts: Vec<Theft>,
    evidence: Evidence,
    network: Arc<Network>,
    service: Service,
    last_change: u32,
}

/// Money that a step took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Theft {
    step: StepId,
    incident: IncidentId,
    asset: AssetId,
    at: ExerciseTime,
    money: Money,
    returned: bool,
}

const fn bit(state: AssetState) -> u16 {
    1 << state as u16
}

/// Something keeps it from serving that no other state says: a load, sabotage.
const DISRUPTED: u16 = 1 << 15;
/// An account that nobody can use until its credentials are rotated.
const DISABLED: u16 = 1 << 14;
/// It is being restored or built anew, and does not serve meanwhile.
const RESTORING: u16 = 1 << 13;
/// States that an attack brings about.
const BY_ATTACK: u16 = bit(AssetState::Compromised)
    | bit(AssetState::Encrypted)
    | bit(AssetState::Exfiltrated)
    | bit(AssetState::Altered)
    | bit(AssetState::Exposed);
/// States in which an asset needs a measure of the response: a theft that is over is none.
const AFFECTED: u16 = bit(AssetState::Compromised)
    | bit(AssetState::Encrypted)
    | bit(AssetState::Altered)
    | DISRUPTED;
/// States in which an asset does not serve, whatever it depends on.
const DOWN: u16 = bit(AssetState::Encrypted)
    | bit(AssetState::Isolated)
    | bit(AssetState::Off)
    | bit(AssetState::Wiped)
    | DISRUPTED
    | DISABLED
    | RESTORING;
/// States that contain an affected asset.
const CONTAINED: u16 = bit(AssetState::Isolated)
    | bit(AssetState::Off)
    | bit(AssetState::Wiped)
    | bit(AssetState::Evicted);

const fn mask(measures: &[Measure]) -> u64 {
    let mut mask = 0;
    let mut i = 0;
    while i < measures.len() {
        mask |= 1 << measures[i] as u64;
        i += 1;
    }
    mask
}

/// Measures that contain an affected asset.
const CONTAINING: u64 = measures_where!(row => matches!(row.contains, Holds::Always));
/// Measures that contain an affected asset where they stand in the way of what affected it.
const IN_THE_WAY: u64 = measures_where!(row => matches!(row.contains, Holds::InTheWay));
/// Measures that contain an account, since nobody can use it any more.
const CLOSING: u64 = measures_where!(row => row.closes_account);

/// Measures that an effect makes void.
fn undone_by(effect: Effect) -> u64 {
    measures_where!(row => row.measure.is_undone_by(effect))
}

/// Where the events of a change go, who brought it about, and why.
struct Change<'a> {
    out: &'a mut Out,
    actor: Actor,
    cause: Option<u32>,
}

impl Assets {
    /// Makes every asset healthy.
    pub(crate) fn reset(&mut self, scene: Scene) {
        let exercise = scene.exercise();
        let assets = &exercise.organisation().assets;
        self.len = assets.len();
        self.incidents = exercise.scenario().incidents.len();
        self.kinds.clear();
        self.kinds.extend(assets.iter().map(|asset| asset.kind));
        refill(&mut self.states, self.len * (self.incidents + 1), 0);
        refill(&mut self.measures, self.len, 0);
        refill(&mut self.ever, self.len * self.incidents, Ever::default());
        self.rolls.reset(self.incidents);
        refill(&mut self.stands, self.len, None);
        refill(&mut self.damaged, self.len, None);
        refill(&mut self.copied, self.len, None);
        refill(&mut self.load, self.len, None);
        self.restoring.clear();
        refill(&mut self.restored_by_others, self.len, 0);
        refill(&mut self.leaks, self.len * self.incidents, Leak::default());
        self.thefts.clear();
        self.evidence.reset(self.len);
        self.network = Arc::clone(&scene.stage.network);
        self.service.reset(self.len);
        self.last_change = 0;
    }

    fn ids(&self) -> impl Iterator<Item = AssetId> + use<> {
        (0..self.len).map(AssetId::new)
    }

    const fn row(&self, incident: Option<IncidentId>) -> usize {
        match incident {
            Some(incident) => incident.index(),
            None => self.incidents,
        }
    }

    fn incident_of(&self, row: usize) -> Option<IncidentId> {
        (row < self.incidents).then(|| IncidentId::new(row))
    }

    fn bits(&self, row: usize, asset: AssetId) -> u16 {
        self.states[row * self.len + asset.index()]
    }

    fn all_bits(&self, asset: AssetId) -> u16 {
        (0..=self.incidents).fold(0, |bits, row| bits | self.bits(row, asset))
    }

    fn cell(&self, incident: IncidentId, asset: AssetId) -> usize {
        incident.index() * self.len + asset.index()
    }

    /// The number of the entry that last changed an asset or a measure in effect; 0 before any did.
    pub(crate) const fn last_change(&self) -> u32 {
        self.last_change
    }

    /// Whether an asset is in a state, whatever is behind it.
    pub(crate) fn in_state(&self, scene: Scene, asset: AssetId, state: AssetState) -> bool {
        match state {
            AssetState::OutOfService => !self.serves(asset),
            AssetState::PastRto => self
                .past_rto_from(scene, asset)
                .is_some_and(|from| from <= scene.now),
            other => self.all_bits(asset) & bit(other) != 0,
        }
    }

    /// Whether an asset is in a state because of an incident. States that no attack brings about
    /// are the same for every incident.
    pub(crate) fn in_state_by(
        &self,
        scene: Scene,
        asset: AssetId,
        state: AssetState,
        incident: IncidentId,
    ) -> bool {
        if bit(state) & BY_ATTACK == 0 {
            return self.in_state(scene, asset, state);
        }
        self.bits(incident.index(), asset) & bit(state) != 0
    }

    /// Whether a selector truly chooses an asset, seen from an incident, or from anywhere.
    pub(crate) fn selects(
        &self,
        scene: Scene,
        selector: &Selector,
        asset: AssetId,
        incident: Option<IncidentId>,
    ) -> bool {
        let described = scene.exercise().asset(asset);
        match selector {
            Selector::Everything => true,
            Selector::Kind(kind) => described.kind == *kind,
            Selector::Asset(named) => *named == asset,
            Selector::Holding(data) => described.holds(*data),
            Selector::Valued(dimension, least) => described.value(*dimension) >= *least,
            Selector::InState(state) => match incident {
                Some(incident) => self.in_state_by(scene, asset, *state, incident),
                None => self.in_state(scene, asset, *state),
            },
            Selector::Affected => match incident {
                Some(incident) => self.is_affected(incident, asset),
                None => self.all_bits(asset) & AFFECTED != 0,
            },
            Selector::Both(all) => all
                .iter()
                .all(|one| self.selects(scene, one, asset, incident)),
        }
    }

    /// Whether an incident affects an asset now: a foothold, encrypted, altered or disrupted.
    pub(crate) fn is_affected(&self, incident: IncidentId, asset: AssetId) -> bool {
        self.bits(incident.index(), asset) & AFFECTED != 0
    }

    /// Whether the attacker of an incident has a foothold on an asset.
    pub(crate) fn has_foothold(&self, incident: IncidentId, asset: AssetId) -> bool {
        self.bits(incident.index(), asset) & bit(AssetState::Compromised) != 0
    }

    /// Whether an asset has a foothold of anybody.
    pub(crate) fn is_compromised(&self, asset: AssetId) -> bool {
        self.all_bits(asset) & bit(AssetState::Compromised) != 0
    }

    /// Whether a measure is truly in effect on an asset.
    pub(crate) fn in_effect(&self, measure: Measure, asset: AssetId) -> bool {
        self.measures[asset.index()] & mask(&[measure]) != 0
    }

    /// The first of these measures that is truly in effect on an asset.
    pub(crate) fn first_in_effect(&self, of: &[Measure], asset: AssetId) -> Option<Measure> {
        of.iter().copied().find(|one| self.in_effect(*one, asset))
    }

    /// The measures that stand in the way of what affected an asset.
    fn stands(&self, asset: AssetId) -> u64 {
        self.stands[asset.index()].unwrap_or(0)
    }

    /// Whether an asset is contained: isolated, evicted, wiped, off, a closed account, or under another
    /// measure that stands in the way of what affected it.
    pub(crate) fn contained(&self, asset: AssetId) -> bool {
        let mut containing = CONTAINING | (IN_THE_WAY & self.stands(asset));
        if self.kinds[asset.index()] == AssetKind::Account {
            containing |= CLOSING;
        }
        let by_measure = self.measures[asset.index()] & containing != 0;
        by_measure || self.all_bits(asset) & CONTAINED != 0
    }

    /// Records of an incident that left the organisation or lie open.
    pub(crate) fn records_exposed(&self, incident: IncidentId) -> u64 {
        let first = incident.index() * self.len;
        let leaks = self.leaks[first..first + self.len].iter();
        leaks.map(|leak| leak.records()).sum()
    }

    /// Money that an incident took and that was not called back.
    pub(crate) fn money_lost(&self, incident: IncidentId) -> Money {
        let of = self.thefts.iter();
        Money(
            of.filter(|theft| theft.incident == incident && !theft.returned)
                .map(|theft| theft.money.0)
                .sum(),
        )
    }

    /// The records and the money that a step takes from an asset: its share, rounded half up.
    pub(crate) fn haul(scene: Scene, step: StepId, asset: AssetId) -> (u64, Money) {
        let (step, asset) = (scene.exercise().step(step), scene.exercise().asset(asset));
        let share = u128::from(asset.holds) * u128::from(step.share.0);
        match step.effect {
            effect if effect.row().takes_records => (((share + 5_000) / 10_000) as u64, Money(0)),
            Effect::Steal => (0, step.money),
            _ => (0, Money(0)),
        }
    }

    /// Sets or clears states of an asset for an incident; says so for each that is in the vocabulary.
    fn set(
        &mut self,
        change: &mut Change,
        asset: AssetId,
        incident: Option<IncidentId>,
        states: u16,
        on: bool,
    ) {
        let cell = self.row(incident) * self.len + asset.index();
        let before = self.states[cell];
        let after = if on {
            before | states
        } else {
            before & !states
        };
        if before == after {
            return;
        }
        self.states[cell] = after;
        if let Some(incident) = incident {
            self.rolls.states(incident, asset, after);
        }
        change.out.mark(Changed::WORLD);
        if (before ^ after) & DOWN != 0 {
            self.service.turn(asset);
        }
        for state in STATES {
            if (before ^ after) & bit(state) != 0 {
                self.say(change, asset, incident, state, on);
            }
        }
        // What something else takes down with it was checked and stays so: nothing happened to it.
        if !before & after & DOWN != 0 {
            self.clear(change, asset, bit(AssetState::Verified));
        }
    }

    fn say(
        &mut self,
        change: &mut Change,
        asset: AssetId,
        incident: Option<IncidentId>,
        state: AssetState,
        on: bool,
    ) -> u32 {
        let event = Event::AssetChanged {
            asset,
            incident,
            state,
            on,
        };
        let entry = change.out.emit(change.actor.clone(), change.cause, event);
        change.out.mark(Changed::WORLD);
        self.last_change = entry;
        entry
    }

    /// Clears states of an asset, whatever is behind them.
    fn clear(&mut self, change: &mut Change, asset: AssetId, states: u16) {
        for row in 0..=self.incidents {
            let incident = self.incident_of(row);
            self.set(change, asset, incident, states, false);
        }
    }

    /// Ends the effect of measures on an asset, and says so.
    fn lift(&mut self, change: &mut Change, asset: AssetId, measures: u64) {
        for measure in Measure::ALL {
            if !self.in_effect(*measure, asset) || measures & mask(&[*measure]) == 0 {
                continue;
            }
            self.measures[asset.index()] &= !mask(&[*measure]);
            let event = Event::MeasureLifted {
                measure: *measure,
                asset,
            };
            self.last_change = change.out.emit(change.actor.clone(), change.cause, event);
            change.out.mark(Changed::WORLD);
        }
    }
}

/// The states that are kept as bits and stand in records, in order.
const STATES: [AssetState; 10] = [
    AssetState::Compromised,
    AssetState::Encrypted,
    AssetState::Exfiltrated,
    AssetState::Altered,
    AssetState::Exposed,
    AssetState::Isolated,
    AssetState::Off,
    AssetState::Evicted,
    AssetState::Wiped,
    AssetState::Verified,
];

fn refill<T: Clone>(list: &mut Vec<T>, len: usize, with: T) {
    list.clear();
    list.resize(len, with);
}

/// A step took effect on an asset: its states, its service and its data change.
pub(crate) fn struck(
    assets: &mut Assets,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    step: StepId,
    asset: AssetId,
    cause: u32,
) {
    let of = scene.exercise().step(step);
    let (incident, cell) = (of.incident, assets.cell(of.incident, asset));
    let mut change = Change {
        out,
        actor: Actor::Rules {},
        cause: Some(cause),
    };
    if !assets.ever[cell].touched {
        keep_logs(agenda, scene, asset);
    }
    let states = match of.effect {
        Effect::Disrupt => DISRUPTED,
        other => bit(other.row().leaves),
    };
    let voids = undone_by(of.effect);
    if of.effect.row().damages {
        assets.damaged[asset.index()].get_or_insert(scene.now);
    }
    if of.effect == Effect::Disrupt {
        assets.load[asset.index()] = Some(step);
    }
    let (records, money) = Assets::haul(scene, step, asset);
    let holds = scene.exercise().asset(asset).holds;
    assets.leaks[cell].add(of.effect, records, holds);
    if of.effect == Effect::Steal {
        assets.thefts.push(Theft {
            step,
            incident,
            asset,
            at: scene.now,
            money,
            returned: false,
        });
    }
    let how = Ever {
        touched: true,
        affected: states & AFFECTED != 0,
        taken_out: false,
    };
    assets.note(incident, asset, how);
    if how.affected {
        let stands = &mut assets.stands[asset.index()];
        *stands = Some(stands.unwrap_or(u64::MAX) & mask(&of.stopped_by));
        theirs::hit(assets, agenda, scene, asset);
    }
    assets.set(&mut change, asset, Some(incident), states, true);
    assets.lift(&mut change, asset, voids);
    // What was checked stays so where the step did nothing to what was checked.
    if voids & mask(&[Measure::Verify]) != 0 {
        assets.clear(&mut change, asset, bit(AssetState::Verified));
    }
    if of.effect == Effect::Compromise {
        assets.clear(&mut change, asset, bit(AssetState::Evicted));
    }
    assets.refresh(&mut change, scene);
    change.out.mark(Changed::WORLD);
}
