//! Which assets serve, and for how long they have not.

use super::{AssetId, AssetState, Assets, Change, DOWN, ExerciseTime, IncidentId, Scene, refill};
use crate::exercise::Span;

/// Outages, past and present.
#[derive(Debug, Default)]
pub(super) struct Service {
    /// Assets in an order in which each comes after all that it depends on.
    order: Vec<AssetId>,
    /// By asset: the outage that lasts.
    outage: Vec<Option<Outage>>,
    /// By asset: how long its past outages lasted.
    past: Vec<Span>,
    /// By asset: how many outages it has had.
    count: Vec<u32>,
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
    pub(super) fn reset(&mut self, scene: Scene) {
        let assets = &scene.exercise().organisation().assets;
        refill(&mut self.outage, assets.len(), None);
        refill(&mut self.past, assets.len(), Span::ZERO);
        refill(&mut self.count, assets.len(), 0);
        self.order.clear();
        let mut placed = vec![false; assets.len()];
        for asset in 0..assets.len() {
            self.place(scene, AssetId::new(asset), &mut placed);
        }
    }

    /// Appends an asset after all that it depends on. Dependencies are checked to form no circle.
    fn place(&mut self, scene: Scene, first: AssetId, placed: &mut [bool]) {
        let mut open = vec![first];
        while let Some(asset) = open.last().copied() {
            let below = &scene.exercise().asset(asset).depends_on;
            let next = below.iter().find(|other| !placed[other.index()]);
            match next {
                Some(next) if !placed[asset.index()] => open.push(*next),
                _ => {
                    open.pop();
                    if !std::mem::replace(&mut placed[asset.index()], true) {
                        self.order.push(asset);
                    }
                }
            }
        }
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

    /// Works out which assets serve, and says what changed: first those that others depend on.
    pub(super) fn refresh(&mut self, change: &mut Change, scene: Scene) {
        let cause = change.cause;
        for place in 0..self.service.order.len() {
            let asset = self.service.order[place];
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
                }
                (Some(outage), false) => self.came_back(change, scene, asset, outage),
                _ => {}
            }
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

    /// Whether an asset would serve if nothing kept it from it but these states.
    pub(super) fn would_serve_without(&self, scene: Scene, asset: AssetId, states: u16) -> bool {
        let below = &scene.exercise().asset(asset).depends_on;
        self.all_bits(asset) & DOWN & !states == 0 && below.iter().all(|other| self.serves(*other))
    }
}
