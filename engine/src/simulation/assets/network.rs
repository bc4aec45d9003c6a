//! Paths between assets: along these an attack travels.

use super::{AssetId, AssetKind, Assets, IncidentId, Measure, Scene, mask};

/// Which assets are connected.
#[derive(Debug, Default)]
pub(super) struct Network {
    /// By asset, its neighbours; `None` where all assets are connected.
    links: Option<Vec<Vec<AssetId>>>,
    /// By asset, whether no network reaches it.
    offline: Vec<bool>,
}

/// Measures that cut every path over an asset.
const CUTS: u64 = mask(&[
    Measure::Isolate,
    Measure::Disconnect,
    Measure::Shutdown,
    Measure::Block,
    Measure::WipeRemotely,
]);

impl Network {
    pub(super) fn reset(&mut self, scene: Scene) {
        let organisation = scene.exercise().organisation();
        let assets = &organisation.assets;
        self.offline.clear();
        self.offline
            .extend(assets.iter().map(|asset| is_offline(asset.kind)));
        self.links = organisation.network.as_ref().map(|links| {
            let mut neighbours = vec![Vec::new(); assets.len()];
            for (one, other) in links {
                neighbours[one.index()].push(*other);
                neighbours[other.index()].push(*one);
            }
            neighbours
        });
    }

    /// By asset, whether a path of open assets leads there from one of these, which are open too.
    fn spread(&self, from: &[AssetId], open: &dyn Fn(AssetId) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.offline.len()];
        let mut left: Vec<AssetId> = from.iter().copied().filter(|asset| open(*asset)).collect();
        for asset in &left {
            reached[asset.index()] = true;
        }
        while let Some(asset) = left.pop() {
            let mut visit = |next: AssetId| {
                let new = !reached[next.index()] && !self.offline[next.index()] && open(next);
                if new {
                    reached[next.index()] = true;
                    left.push(next);
                }
            };
            match &self.links {
                _ if self.offline[asset.index()] => {}
                Some(links) => links[asset.index()].iter().copied().for_each(&mut visit),
                // Where all are connected, the first step reaches whatever can be reached at all.
                None => {
                    (0..self.offline.len())
                        .map(AssetId::new)
                        .for_each(&mut visit);
                    break;
                }
            }
        }
        reached
    }
}

/// Whether assets of a kind are on no network.
const fn is_offline(kind: AssetKind) -> bool {
    matches!(kind, AssetKind::BackupOffline | AssetKind::PaperArchive)
}

/// Where an attack can travel from the footholds of an incident.
pub(crate) struct Reach<'a> {
    assets: &'a Assets,
    incident: IncidentId,
    paths: Paths,
}

enum Paths {
    /// By asset, whether one leads there.
    To(Vec<bool>),
    /// All assets are connected: whether some foothold is on the network and not cut off.
    All(bool),
}

impl Reach<'_> {
    /// Whether a path leads to an asset.
    pub(crate) fn leads_to(&self, asset: AssetId) -> bool {
        match &self.paths {
            Paths::To(reached) => reached[asset.index()],
            Paths::All(started) => {
                let offline = self.assets.network.offline[asset.index()];
                let own = self.assets.has_foothold(self.incident, asset);
                self.assets.is_open(asset) && (own || (*started && !offline))
            }
        }
    }
}

impl Assets {
    /// By asset, whether a path of open assets leads there from one of these.
    pub(crate) fn spread(&self, from: &[AssetId], open: &dyn Fn(AssetId) -> bool) -> Vec<bool> {
        self.network.spread(from, open)
    }

    /// Whether no measure cuts the paths over an asset.
    pub(crate) fn is_open(&self, asset: AssetId) -> bool {
        self.measures[asset.index()] & CUTS == 0
    }

    /// Where a path leads that no measure cuts, from a foothold of an incident. A foothold that is not cut
    /// off reaches itself.
    pub(crate) fn within_reach(&self, incident: IncidentId) -> Reach<'_> {
        let spread = || {
            let footholds: Vec<AssetId> = self.footholds(incident).collect();
            self.spread(&footholds, &|asset| self.is_open(asset))
        };
        let paths = if self.network.links.is_none() {
            let starts = |from: AssetId| !self.network.offline[from.index()] && self.is_open(from);
            Paths::All(self.footholds(incident).any(starts))
        } else {
            Paths::To(spread())
        };
        let reach = Reach {
            assets: self,
            incident,
            paths,
        };
        debug_assert!(
            self.ids()
                .map(|asset| reach.leads_to(asset))
                .eq(spread().into_iter())
        );
        reach
    }

    /// Whether a path that no measure cuts leads to an asset from any foothold.
    #[cfg(test)]
    pub(crate) fn reachable(&self, asset: AssetId) -> bool {
        (0..self.incidents)
            .map(IncidentId::new)
            .any(|incident| self.within_reach(incident).leads_to(asset))
    }
}
