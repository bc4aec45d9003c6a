//! The truth about every asset: its states, the measures in effect on it, its evidence, what was lost.

use super::Stamp;
use crate::exercise::{
    AssetId, AssetState, EvidenceItem, Exercise, IncidentId, Measure, Money, Span, StepId,
};
use crate::leak::Leak;
use crate::record::{Entry, Event};

/// The truth about the assets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    incidents: usize,
    /// By row, then asset: the states that hold, as a set of bits. A row for each incident, and a last one for
    /// what has no incident behind it.
    states: Vec<u16>,
    /// By asset.
    all: Vec<Asset>,
    /// By incident, then asset: records that left or lie open.
    leaks: Vec<Leak>,
    /// How many footholds the attackers have.
    footholds: u32,
    /// Each time over which they had any, the last one perhaps without an end.
    held: Vec<(Stamp, Option<Stamp>)>,
    /// Money that was taken, by incident.
    taken: Vec<i64>,
    returned: i64,
}

/// What is true of one asset, whatever is behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asset {
    /// The measures in effect, as a set of bits.
    measures: u64,
    /// Since when it does not serve, and the incident behind that.
    outage: Option<(Stamp, Option<IncidentId>)>,
    preserved: u8,
    lost: u8,
    /// The longest span of data that was lost with it.
    data_lost: Span,
}

const fn bit(state: AssetState) -> u16 {
    1 << state as u16
}

impl Assets {
    /// Every asset is healthy.
    pub fn new(exercise: &Exercise) -> Self {
        let assets = exercise.organisation().assets.len();
        let incidents = exercise.scenario().incidents.len();
        Self {
            incidents,
            states: vec![0; assets * (incidents + 1)],
            all: vec![Asset::default(); assets],
            leaks: vec![Leak::default(); assets * incidents],
            footholds: 0,
            held: Vec::new(),
            taken: vec![0; incidents],
            returned: 0,
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, exercise: &Exercise, entry: &Entry) {
        match &entry.event {
            Event::AssetChanged {
                asset,
                incident,
                state,
                on,
            } => self.change((*asset, *incident), (*state, *on), Stamp::of(entry)),
            Event::StepTookEffect {
                step,
                asset,
                records,
                money,
            } => self.hit(exercise, (*step, *asset), *records, *money),
            Event::MoneyReturned { money } => {
                self.returned = self.returned.saturating_add(money.0);
            }
            other => self.apply_deed(other),
        }
    }

    fn apply_deed(&mut self, event: &Event) {
        let (Event::MeasureTaken {
            asset: Some(asset), ..
        }
        | Event::MeasureImposed { asset, .. }
        | Event::MeasureLifted { asset, .. }
        | Event::EvidencePreserved { asset, .. }
        | Event::EvidenceLost { asset, .. }
        | Event::DataLost { asset, .. }) = event
        else {
            return;
        };
        let Some(of) = self.all.get_mut(asset.index()) else {
            return;
        };
        match event {
            Event::MeasureTaken {
                measure,
                effect: true,
                ..
            }
            | Event::MeasureImposed { measure, .. } => of.measures |= 1 << *measure as u64,
            Event::MeasureLifted { measure, .. } => of.measures &= !(1 << *measure as u64),
            Event::EvidencePreserved { item, .. } => of.preserved |= 1 << *item as u8,
            Event::EvidenceLost { item, .. } => of.lost |= 1 << *item as u8,
            Event::DataLost { span, .. } => of.data_lost = of.data_lost.max(*span),
            _ => {}
        }
    }

    fn change(
        &mut self,
        (asset, incident): (AssetId, Option<IncidentId>),
        (state, on): (AssetState, bool),
        now: Stamp,
    ) {
        let row = incident.map_or(self.incidents, IncidentId::index);
        let Some(of) = self.all.get_mut(asset.index()) else {
            return;
        };
        if state == AssetState::OutOfService {
            if on {
                of.outage.get_or_insert((now, incident));
            } else {
                of.outage = None;
            }
            return;
        }
        let Some(states) = self.states.get_mut(row * self.all.len() + asset.index()) else {
            return;
        };
        let turns = (*states & bit(state) != 0) != on;
        if turns {
            *states ^= bit(state);
            if state == AssetState::Compromised {
                self.turn_foothold(on, now);
            }
        }
    }

    /// The attackers gained a foothold, or lost one.
    fn turn_foothold(&mut self, gained: bool, now: Stamp) {
        if gained {
            if self.footholds == 0 {
                self.held.push((now, None));
            }
            self.footholds += 1;
        } else {
            self.footholds = self.footholds.saturating_sub(1);
            if let (0, Some((_, until))) = (self.footholds, self.held.last_mut()) {
                until.get_or_insert(now);
            }
        }
    }

    fn hit(
        &mut self,
        exercise: &Exercise,
        (step, asset): (StepId, AssetId),
        records: u64,
        money: Money,
    ) {
        let Some(of) = exercise.scenario().steps.get(step.index()) else {
            return;
        };
        let cell = of.incident.index() * self.all.len() + asset.index();
        let described = exercise.organisation().assets.get(asset.index());
        if let (Some(leak), Some(described)) = (self.leaks.get_mut(cell), described) {
            leak.add(of.effect, records, described.holds);
        }
        if let Some(taken) = self.taken.get_mut(of.incident.index()) {
            *taken = taken.saturating_add(money.0);
        }
    }

    fn get(&self, asset: AssetId) -> Option<&Asset> {
        self.all.get(asset.index())
    }

    fn bits(&self, row: usize, asset: AssetId) -> u16 {
        let cell = row * self.all.len() + asset.index();
        let within = asset.index() < self.all.len();
        within
            .then(|| self.states.get(cell).copied())
            .flatten()
            .unwrap_or(0)
    }

    /// Whether an asset is in a state that was stated, whatever is behind it. Whether it is past its objective
    /// follows from [`Assets::out_since`].
    pub fn in_state(&self, asset: AssetId, state: AssetState) -> bool {
        match state {
            AssetState::OutOfService => self.out_since(asset).is_some(),
            other => (0..=self.incidents).any(|row| self.bits(row, asset) & bit(other) != 0),
        }
    }

    /// Whether an asset is in a state because of an incident.
    pub fn in_state_by(&self, asset: AssetId, state: AssetState, incident: IncidentId) -> bool {
        match state {
            AssetState::OutOfService => {
                let outage = self.get(asset).and_then(|of| of.outage);
                outage.is_some_and(|(_, behind)| behind == Some(incident))
            }
            other => {
                incident.index() < self.incidents
                    && self.bits(incident.index(), asset) & bit(other) != 0
            }
        }
    }

    /// The states in which an asset is that were stated, in order.
    pub fn states(&self, asset: AssetId) -> impl Iterator<Item = AssetState> {
        let all = AssetState::ALL.iter().copied();
        all.filter(move |state| self.in_state(asset, *state))
    }

    /// Each time over which the attackers had a foothold anywhere, in order; the last one may last.
    pub fn footholds(&self) -> &[(Stamp, Option<Stamp>)] {
        &self.held
    }

    /// Since when an asset does not serve; `None`: it does.
    pub fn out_since(&self, asset: AssetId) -> Option<Stamp> {
        Some(self.get(asset)?.outage?.0)
    }

    /// Whether a measure is truly in effect on an asset.
    pub fn in_effect(&self, measure: Measure, asset: AssetId) -> bool {
        let of = self.get(asset);
        of.is_some_and(|of| of.measures & (1 << measure as u64) != 0)
    }

    /// Whether an item of evidence was secured.
    pub fn is_preserved(&self, asset: AssetId, item: EvidenceItem) -> bool {
        let of = self.get(asset);
        of.is_some_and(|of| of.preserved & (1 << item as u8) != 0)
    }

    /// Whether an item of evidence was lost before it was secured.
    pub fn is_lost(&self, asset: AssetId, item: EvidenceItem) -> bool {
        let of = self.get(asset);
        of.is_some_and(|of| of.lost & (1 << item as u8) != 0)
    }

    /// The longest span of data that was lost with an asset.
    pub fn data_lost(&self, asset: AssetId) -> Span {
        self.get(asset).map_or(Span::ZERO, |of| of.data_lost)
    }

    /// Records of an incident that left the organisation or lie open.
    pub fn records_out(&self, incident: IncidentId) -> u64 {
        let first = incident.index().saturating_mul(self.all.len());
        let leaks = self.leaks.iter().skip(first).take(self.all.len());
        leaks.fold(0, |sum, leak| sum.saturating_add(leak.records()))
    }

    /// Money that was taken and not called back.
    pub fn money_lost(&self) -> Money {
        let taken = self.taken.iter();
        let taken = taken.fold(0_i64, |sum, money| sum.saturating_add(*money));
        Money(taken.saturating_sub(self.returned))
    }
}
