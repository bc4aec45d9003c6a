//! Which assets serve, and for how long they have not.

use super::{
    AssetId, AssetState, Assets, Change, DISRUPTED, DOWN, ExerciseTime, IncidentId, Scene, bit,
    refill,
};
use crate::exercise::{Exercise, Few, Span};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// States in which an asset itself does not serve, and not because somebody cut it off.
const BROKEN: u16 = bit(AssetState::Encrypted) | bit(AssetState::Wiped) | DISRUPTED;

/// What depends on what, found once for all runs.
#[derive(Debug, Default)]
pub(crate) struct Dependencies {
    /// Assets in an order in which each comes after all that it depends on.
    order: Vec<AssetId>,
    /// By asset: its place in that order.
    places: Vec<usize>,
    /// By asset: the assets that depend on it.
    above: Vec<Vec<AssetId>>,
}

impl Dependencies {
    /// Those of an exercise.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let assets = &exercise.organisation().assets;
        let mut dependencies = Self {
            order: Vec::new(),
            places: vec![usize::MAX; assets.len()],
            above: vec![Vec::new(); assets.len()],
        };
        for (i, asset) in assets.iter().enumerate() {
            for below in &asset.depends_on {
                dependencies.above[below.index()].push(AssetId::new(i));
            }
            dependencies.place(exercise, AssetId::new(i));
        }
        dependencies
    }

    /// The assets that depend on an asset.
    pub(crate) fn above(&self, asset: AssetId) -> &[AssetId] {
        &self.above[asset.index()]
    }

    /// Appends an asset after all that it depends on. Dependencies are checked to form no circle.
    fn place(&mut self, exercise: &Exercise, first: AssetId) {
        let mut open = vec![first];
        while let Some(asset) = open.last().copied() {
            let is_placed = |asset: AssetId, places: &[usize]| places[asset.index()] != usize::MAX;
            let below = &exercise.asset(asset).depends_on;
            let next = below.iter().find(|other| !is_placed(**other, &self.places));
            match next {
                Some(next) if !is_placed(asset, &self.places) => open.push(*next),
                _ => {
                    open.pop();
                    if !is_placed(asset, &self.places) {
                        self.places[asset.index()] = self.order.len();
                        self.order.push(asset);
                    }
                }
            }
        }
    }
}

/// Outages, past and present.
#[derive(Debug, Default)]
pub(super) struct Service {
    /// By asset: the outage that lasts.
    outage: Vec<Option<Outage>>,
    /// By asset: how long its past outages lasted.
    past: Vec<Span>,
    /// By asset: how many outages it has had.
    count: Vec<u32>,
    /// The assets that something keeps from serving or no longer does, since that was last looked at.
    turned: Vec<AssetId>,
    /// The places in the order of dependencies of the assets to be looked at, while that is done.
    places: BinaryHeap<Reverse<usize>>,
}

/// An asset that does not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outage {
    /// Since when.
    pub(crate) since: ExerciseTime,
    /// The incident behind it.
    pub(crate) incident: Option<IncidentId>,
    /// The entry that says so.
    pub(crate) entry: u32,
}

impl Service {
    pub(super) fn reset(&mut self, assets: usize) {
        refill(&mut self.outage, assets, None);
        refill(&mut self.past, assets, Span::ZERO);
        refill(&mut self.count, assets, 0);
        self.turned.clear();
        self.places.clear();
    }

    /// Something keeps an asset itself from serving, or no longer does.
    pub(super) fn turn(&mut self, asset: AssetId) {
        self.turned.push(asset);
    }
}

impl Assets {
    /// Whether an asset serves.
    pub(crate) fn serves(&self, asset: AssetId) -> bool {
        self.service.outage[asset.index()].is_none()
    }

    /// The outage of an asset that lasts.
    pub(crate) fn outage(&self, asset: AssetId) -> Option<Outage> {
        self.service.outage[asset.index()]
    }

    /// Since when an asset does not serve.
    pub(crate) fn out_since(&self, asset: AssetId) -> Option<ExerciseTime> {
        self.outage(asset).map(|outage| outage.since)
    }

    /// How many outages an asset has had, with the one that lasts.
    pub(crate) fn outages(&self, asset: AssetId) -> u32 {
        self.service.count[asset.index()]
    }

    /// How long an asset has not served in all, up to now.
    #[cfg(test)]
    pub(crate) fn out_for(&self, scene: Scene, asset: AssetId) -> Span {
        let lasting = self.out_since(asset).map(|since| scene.now - since);
        self.service.past[asset.index()] + lasting.unwrap_or_default()
    }

    /// The first instant at which an asset that does not serve is past its recovery time objective.
    pub(crate) fn past_rto_from(&self, scene: Scene, asset: AssetId) -> Option<ExerciseTime> {
        let rto = scene.exercise().asset(asset).rto?;
        Some(self.out_since(asset)? + rto + Span::SHORTEST)
    }

    /// Works out which assets serve, and says what changed: first those that others depend on. Only
    /// what something keeps from serving itself or no longer does is looked at, and what depends on that.
    pub(super) fn refresh(&mut self, change: &mut Change, scene: Scene) {
        let dependencies = &scene.stage.dependencies;
        let place = |asset: AssetId| Reverse(dependencies.places[asset.index()]);
        let Service { turned, places, .. } = &mut self.service;
        places.extend(turned.drain(..).map(place));
        while let Some(Reverse(next)) = self.service.places.pop() {
            let asset = dependencies.order[next];
            if self.look_at(change, scene, asset) {
                let above = &dependencies.above[asset.index()];
                self.service.places.extend(above.iter().copied().map(place));
            }
        }
        debug_assert!(self.ids().all(|asset| {
            let below = &scene.exercise().asset(asset).depends_on;
            let rests = below.iter().all(|other| self.outage(*other).is_none());
            self.serves(asset) == (rests && self.own_outage(asset).is_none())
        }));
    }

    /// Works out whether an asset serves, and says so if that changed.
    fn look_at(&mut self, change: &mut Change, scene: Scene, asset: AssetId) -> bool {
        let cause = change.cause;
        let below = &scene.exercise().asset(asset).depends_on;
        let dependency = below.iter().find_map(|other| self.outage(*other));
        let own = self.own_outage(asset);
        let down = own.is_some() || dependency.is_some();
        match (self.outage(asset), down) {
            (None, true) => {
                let incident = match own {
                    Some(row) => self.incident_of(row),
                    None => dependency.and_then(|d| d.incident),
                };
                // What went down with something else went down because of that.
                if own.is_none() {
                    change.cause = dependency.map(|d| d.entry);
                }
                self.went_down(change, scene, asset, incident);
                change.cause = cause;
                true
            }
            (Some(outage), false) => {
                self.came_back(change, scene, asset, outage);
                true
            }
            _ => false,
        }
    }

    /// The row of what keeps an asset itself from serving.
    fn own_outage(&self, asset: AssetId) -> Option<usize> {
        (0..=self.incidents).find(|row| self.bits(*row, asset) & DOWN != 0)
    }

    fn went_down(
        &mut self,
        change: &mut Change,
        scene: Scene,
        asset: AssetId,
        incident: Option<IncidentId>,
    ) {
        let state = AssetState::OutOfService;
        let entry = self.say(change, asset, incident, state, true);
        self.service.count[asset.index()] += 1;
        self.service.outage[asset.index()] = Some(Outage {
            since: scene.now,
            incident,
            entry,
        });
    }

    fn came_back(&mut self, change: &mut Change, scene: Scene, asset: AssetId, outage: Outage) {
        self.say(
            change,
            asset,
            outage.incident,
            AssetState::OutOfService,
            false,
        );
        self.service.past[asset.index()] += scene.now - outage.since;
        self.service.outage[asset.index()] = None;
    }

    /// Whether something keeps an asset itself from serving that whoever looks does not put down to our own
    /// cutting off: it is encrypted, wiped or out of order.
    pub(crate) fn is_broken(&self, asset: AssetId) -> bool {
        self.all_bits(asset) & BROKEN != 0
    }

    /// Whether an asset is clean, and nothing of its own keeps it from serving once it is connected.
    pub(crate) fn is_sound_itself(&self, asset: AssetId) -> bool {
        let ails = DOWN & !super::measure::REVERSIBLE
            | bit(AssetState::Compromised)
            | bit(AssetState::Altered);
        self.all_bits(asset) & ails == 0
    }

    /// Whether an asset would serve once it is connected.
    pub(crate) fn could_serve(&self, scene: Scene, asset: AssetId) -> bool {
        self.would_serve_without(scene, asset, super::measure::REVERSIBLE)
    }

    /// The assets that keep an asset from serving, of those on which it rests, in order.
    pub(crate) fn broken_below(&self, scene: Scene, asset: AssetId) -> Few<AssetId> {
        let mut below: Few<AssetId> = Few::from_slice(&scene.exercise().asset(asset).depends_on);
        let mut place = 0;
        while let Some(next) = below.get(place).copied() {
            place += 1;
            for further in &scene.exercise().asset(next).depends_on {
                if !below.contains(further) {
                    below.push(*further);
                }
            }
        }
        below.retain(|asset| self.is_broken(*asset));
        below.sort_unstable();
        below
    }

    /// Whether an asset would serve if nothing kept it from it but these states.
    pub(super) fn would_serve_without(&self, scene: Scene, asset: AssetId, states: u16) -> bool {
        let below = &scene.exercise().asset(asset).depends_on;
        self.all_bits(asset) & DOWN & !states == 0 && below.iter().all(|other| self.serves(*other))
    }
}
