//! Paths between assets: along these an attack travels.

use super::{AssetId, AssetKind, Assets, IncidentId};
use crate::exercise::{Exercise, Holds, measures_where};
use crate::simulation::set::Set;
use smallvec::SmallVec;

/// Which assets are connected, found once for all runs.
#[derive(Debug, Default)]
pub(crate) struct Network {
    /// By asset, its neighbours; `None` where all assets are connected.
    links: Option<Vec<Vec<AssetId>>>,
    /// By asset, whether no network reaches it.
    offline: Vec<bool>,
}

/// Measures that cut every path over an asset.
const CUTS: u64 = measures_where!(row => matches!(row.cuts, Holds::Always));
/// Measures that cut every path over an asset where they stand in the way of what affected it.
const CUTS_IN_THE_WAY: u64 = measures_where!(row => matches!(row.cuts, Holds::InTheWay));

impl Network {
    /// That of an exercise.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let organisation = exercise.organisation();
        let assets = &organisation.assets;
        let links = organisation.network.as_ref().map(|links| {
            let mut neighbours = vec![Vec::new(); assets.len()];
            for (one, other) in links {
                neighbours[one.index()].push(*other);
                neighbours[other.index()].push(*one);
            }
            neighbours
        });
        Self {
            links,
            offline: assets.iter().map(|asset| is_offline(asset.kind)).collect(),
        }
    }

    /// Whether a path of open assets leads from one of these to an asset, all of them open.
    fn leads(
        &self,
        mut from: impl Iterator<Item = AssetId>,
        to: AssetId,
        open: &dyn Fn(AssetId) -> bool,
    ) -> bool {
        if self.links.is_some() {
            return self.spread(from, open).contains(to.index());
        }
        let met = open(to) && !self.offline[to.index()];
        from.any(|at| open(at) && (at == to || (met && !self.offline[at.index()])))
    }

    /// The assets to which a path of open assets leads from one of these, which are open too.
    fn spread(&self, from: impl Iterator<Item = AssetId>, open: &dyn Fn(AssetId) -> bool) -> Set {
        let leads_on = |next: AssetId| !self.offline[next.index()] && open(next);
        let mut reached = Set::none(self.offline.len());
        let mut left: SmallVec<[AssetId; 32]> = SmallVec::new();
        for asset in from.filter(|asset| open(*asset)) {
            reached.insert(asset.index());
            left.push(asset);
        }
        while let Some(asset) = left.pop() {
            let mut visit = |next: AssetId| {
                if leads_on(next) && reached.insert(next.index()) {
                    left.push(next);
                }
            };
            match &self.links {
                _ if self.offline[asset.index()] => {}
                Some(links) => links[asset.index()].iter().copied().for_each(&mut visit),
                // Where all are connected, the first step reaches whatever can be reached at all.
                None => {
                    let others = (0..self.offline.len()).map(AssetId::new);
                    for next in others.filter(|next| leads_on(*next)) {
                        reached.insert(next.index());
                    }
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
    /// The assets to which one leads.
    To(Set),
    /// All assets are connected: whether some foothold is on the network and not cut off.
    All(bool),
}

impl Reach<'_> {
    /// Whether a path leads to an asset.
    pub(crate) fn leads_to(&self, asset: AssetId) -> bool {
        match &self.paths {
            Paths::To(reached) => reached.contains(asset.index()),
            Paths::All(started) => {
                let offline = self.assets.network.offline[asset.index()];
                let own = self.assets.has_foothold(self.incident, asset);
                self.assets.is_open(asset) && (own || (*started && !offline))
            }
        }
    }
}

impl Assets {
    /// The assets to which a path of open assets leads from one of these.
    pub(crate) fn spread(
        &self,
        from: impl Iterator<Item = AssetId>,
        open: &dyn Fn(AssetId) -> bool,
    ) -> Set {
        self.network.spread(from, open)
    }

    /// Whether a path of open assets leads from one of these to an asset.
    pub(crate) fn leads(
        &self,
        from: impl Iterator<Item = AssetId> + Clone,
        to: AssetId,
        open: &dyn Fn(AssetId) -> bool,
    ) -> bool {
        let leads = self.network.leads(from.clone(), to, open);
        debug_assert_eq!(leads, self.network.spread(from, open).contains(to.index()));
        leads
    }

    /// Whether no measure cuts the paths over an asset: nobody signs in by an account that is closed.
    pub(crate) fn is_open(&self, asset: AssetId) -> bool {
        let cuts = CUTS | (CUTS_IN_THE_WAY & self.stands(asset));
        self.measures[asset.index()] & cuts == 0 && !self.is_closed_account(asset)
    }

    /// Where a path leads that no measure cuts, from a foothold of an incident. A foothold that is not cut
    /// off reaches itself.
    pub(crate) fn within_reach(&self, incident: IncidentId) -> Reach<'_> {
        let spread = || self.spread(self.footholds(incident), &|asset| self.is_open(asset));
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
        debug_assert!({
            let paths = spread();
            let mut all = self.ids();
            all.all(|asset| reach.leads_to(asset) == paths.contains(asset.index()))
        });
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
