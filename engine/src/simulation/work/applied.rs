//! What the team claims to have done on assets, and not had to do again since.

use super::Work;
use crate::exercise::{
    Act, AssetId, EvidenceItem, Few, IncidentId, Measure, Object, measures_where,
};

/// Measures that cut or switch an asset off.
pub(crate) const TAKING_OUT: u64 = measures_where!(row => row.takes_out);

/// The measures that the team claims to have taken on assets.
#[derive(Debug, Clone, Default)]
pub(super) struct Applied {
    assets: usize,
    /// By incident, then asset: what was done there, in the order of deeds.
    claims: Vec<Vec<Claim>>,
    /// By incident, then asset: the measures, as bits, that were taken there, but for evidence of one kind.
    measures: Vec<u64>,
    /// By incident, then measure: the assets, as bits in words of 64, on which it was taken.
    acted: Vec<u64>,
    /// By incident, then asset: the newest entry by which it was brought back.
    back: Vec<Option<u32>>,
    /// By incident, then asset: the measures, as bits, that were in vain there and are not tried again
    /// before something changes.
    held: Vec<u64>,
    /// By incident, then asset: whether its check waits for what it rests on, whatever is done to itself.
    waits_below: Vec<bool>,
    /// By incident: whether a claim was made or dropped since that was last taken.
    changed: Vec<bool>,
    /// By incident: the newest entry by which something was ever claimed.
    newest: Vec<u32>,
}

/// A measure; evidence is secured item by item.
type Deed = (Measure, Option<EvidenceItem>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Claim {
    deed: Deed,
    /// The entry by which it is claimed.
    entry: u32,
}

const fn deed(act: &Act) -> Deed {
    match act.on {
        Object::Evidence(item, _) => (act.measure, item),
        _ => (act.measure, None),
    }
}

const fn bit(measure: Measure) -> u64 {
    const { assert!(Measure::ALL.len() <= 64) };
    1 << measure.index()
}

impl Applied {
    pub(super) fn reset(&mut self, incidents: usize, assets: usize) {
        self.assets = assets;
        self.claims.resize(incidents * assets, Vec::new());
        self.claims.iter_mut().for_each(Vec::clear);
        self.measures.clear();
        self.measures.resize(incidents * assets, 0);
        self.acted.clear();
        let words = assets.div_ceil(64);
        self.acted.resize(incidents * Measure::ALL.len() * words, 0);
        self.back.clear();
        self.back.resize(incidents * assets, None);
        self.held.clear();
        self.held.resize(incidents * assets, 0);
        self.waits_below.clear();
        self.waits_below.resize(incidents * assets, false);
        self.changed.clear();
        self.changed.resize(incidents, false);
        self.newest.clear();
        self.newest.resize(incidents, 0);
    }

    const fn place(&self, incident: IncidentId, asset: AssetId) -> usize {
        incident.index() * self.assets + asset.index()
    }

    fn on(&self, incident: IncidentId, asset: AssetId) -> &[Claim] {
        &self.claims[self.place(incident, asset)]
    }

    /// Changes what was done on an asset.
    fn change<T>(
        &mut self,
        incident: IncidentId,
        asset: AssetId,
        change: impl FnOnce(&mut Vec<Claim>) -> T,
    ) -> T {
        let place = self.place(incident, asset);
        let claims = &mut self.claims[place];
        let outcome = change(claims);
        let whole = claims.iter().filter(|claim| claim.deed.1.is_none());
        let measures = whole.map(|claim| bit(claim.deed.0));
        let measures = measures.fold(0, |all, measure| all | measure);
        let mut turned = std::mem::replace(&mut self.measures[place], measures) ^ measures;
        let back = claims
            .iter()
            .filter(|claim| claim.deed.0.row().brings_back.is_some());
        self.back[place] = back.map(|claim| claim.entry).max();
        while turned != 0 {
            let measure = turned.trailing_zeros() as usize;
            let word = self.word(incident, measure, asset.index() / 64);
            self.acted[word] ^= 1 << (asset.index() % 64);
            turned &= turned - 1;
        }
        self.changed[incident.index()] = true;
        outcome
    }

    /// Where a word of the assets has its place on which a measure was taken.
    const fn word(&self, incident: IncidentId, measure: usize, word: usize) -> usize {
        let of = incident.index() * Measure::ALL.len() + measure;
        of * self.assets.div_ceil(64) + word
    }

    /// Whether something was done on an asset.
    fn has(&self, incident: IncidentId, asset: AssetId, deed: Deed) -> bool {
        match deed {
            (measure, None) => self.measures[self.place(incident, asset)] & bit(measure) != 0,
            (_, Some(_)) => self.search(incident, asset, deed).is_some(),
        }
    }

    /// The entry of a measure on an asset, but of evidence of one kind.
    fn find(&self, incident: IncidentId, asset: AssetId, measure: Measure) -> Option<u32> {
        let deed = (measure, None);
        // Nearly always nothing of the kind was done, and nobody needs to search.
        self.has(incident, asset, deed)
            .then(|| self.search(incident, asset, deed))
            .flatten()
    }

    fn search(&self, incident: IncidentId, asset: AssetId, deed: Deed) -> Option<u32> {
        let mut claims = self.on(incident, asset).iter();
        claims
            .find(|claim| claim.deed == deed)
            .map(|claim| claim.entry)
    }
}

impl Work {
    /// The entry by which the team claims to have taken a measure on an asset, and not had to take it
    /// again since.
    pub(crate) fn applied(
        &self,
        incident: IncidentId,
        measure: Measure,
        asset: AssetId,
    ) -> Option<u32> {
        self.applied.find(incident, asset, measure)
    }

    /// Whether the team claims to have taken one of some measures on an asset, given as a set of bits.
    pub(crate) fn has_taken(&self, incident: IncidentId, asset: AssetId, of: u64) -> bool {
        self.applied.measures[self.applied.place(incident, asset)] & of != 0
    }

    /// The newest entry by which the team claims to have brought an asset back.
    pub(crate) fn brought_back(&self, incident: IncidentId, asset: AssetId) -> Option<u32> {
        self.applied.back[self.applied.place(incident, asset)]
    }

    /// Says of an asset whether the team claims to have brought it back after an entry.
    pub(crate) fn brought_back_after(
        &self,
        incident: IncidentId,
        since: u32,
    ) -> impl Fn(AssetId) -> bool + '_ {
        let of_incident = &self.applied.back[incident.index() * self.applied.assets..];
        move |asset| of_incident[asset.index()].is_some_and(|back| back > since)
    }

    /// Whether the team claims to have done what an act of the plan does; evidence is secured item by item.
    pub(crate) fn has_acted(&self, incident: IncidentId, act: &Act, asset: AssetId) -> bool {
        self.applied.has(incident, asset, deed(act))
    }

    /// The assets on which the team claims to have done what an act of the plan does, as bits: those of a word
    /// of 64. Of evidence of one kind nothing is said here.
    pub(crate) fn acted_on(&self, incident: IncidentId, act: &Act, word: usize) -> u64 {
        match deed(act) {
            (measure, None) => self.taken_on(incident, measure.index(), word),
            (_, Some(_)) => 0,
        }
    }

    /// The assets that the team claims to have taken out of service, as bits: those of a word of 64.
    pub(crate) fn taken_out(&self, incident: IncidentId, word: usize) -> u64 {
        let (mut left, mut out) = (TAKING_OUT, 0);
        while left != 0 {
            out |= self.taken_on(incident, left.trailing_zeros() as usize, word);
            left &= left - 1;
        }
        out
    }

    fn taken_on(&self, incident: IncidentId, measure: usize, word: usize) -> u64 {
        let acted = self
            .applied
            .acted
            .get(self.applied.word(incident, measure, word));
        acted.copied().unwrap_or_default()
    }

    /// A measure was in vain on an asset, for want of something that is not there now.
    pub(crate) fn hold(&mut self, incident: IncidentId, measure: Measure, asset: AssetId) {
        let place = self.applied.place(incident, asset);
        self.applied.held[place] |= bit(measure);
        self.applied.changed[incident.index()] = true;
    }

    /// A check was in vain on an asset that nothing ails but what it rests on: whatever is done to the asset
    /// itself changes nothing of that.
    pub(crate) fn hold_for_what_is_below(&mut self, incident: IncidentId, asset: AssetId) {
        let place = self.applied.place(incident, asset);
        self.applied.waits_below[place] = true;
        self.hold(incident, Measure::Verify, asset);
    }

    /// Whether a measure was in vain on an asset, and nothing changed since.
    pub(crate) fn is_held(&self, incident: IncidentId, measure: Measure, asset: AssetId) -> bool {
        self.applied.held[self.applied.place(incident, asset)] & bit(measure) != 0
    }

    /// A measure that was in vain on an asset may be tried there again; says whether it was.
    pub(crate) fn release(
        &mut self,
        incident: IncidentId,
        measure: Measure,
        asset: AssetId,
    ) -> bool {
        let place = self.applied.place(incident, asset);
        let was = self.applied.held[place] & bit(measure) != 0;
        if was {
            self.applied.held[place] &= !bit(measure);
            if measure == Measure::Verify {
                self.applied.waits_below[place] = false;
            }
            self.applied.changed[incident.index()] = true;
        }
        was
    }

    /// Whether the team claims to have taken a measure that contains on an asset.
    pub(crate) fn is_treated(&self, incident: IncidentId, asset: AssetId) -> bool {
        let mut claims = self.applied.on(incident, asset).iter();
        claims.any(|claim| claim.deed.1.is_none() && claim.deed.0.contains())
    }

    /// The team claims to have done on an asset what an act of the plan says.
    pub(crate) fn apply(&mut self, incident: IncidentId, act: &Act, asset: AssetId, entry: u32) {
        let deed = deed(act);
        let newest = &mut self.applied.newest[incident.index()];
        *newest = entry.max(*newest);
        // Something was done there: who checks may find it otherwise, but for what it rests on.
        let place = self.applied.place(incident, asset);
        if !self.applied.waits_below[place] {
            self.applied.held[place] &= !bit(Measure::Verify);
        }
        self.applied.change(incident, asset, |claims| {
            match claims.binary_search_by_key(&deed, |claim| claim.deed) {
                Ok(place) => claims[place].entry = entry,
                Err(place) => claims.insert(place, Claim { deed, entry }),
            }
        });
    }

    /// Measures on an asset turn out to have to be taken again. Returns those that had been taken
    /// before an entry.
    pub(crate) fn unapply(
        &mut self,
        incident: IncidentId,
        measures: &[Measure],
        asset: AssetId,
        before: u32,
    ) -> Few<Measure> {
        let undone = |claim: &Claim| claim.entry < before && measures.contains(&claim.deed.0);
        self.applied.change(incident, asset, |claims| {
            let removed = claims.iter().filter(|claim| undone(claim));
            let removed = removed.map(|claim| claim.deed.0).collect();
            claims.retain(|claim| !undone(claim));
            removed
        })
    }

    /// Forgets the measures that a piece claims to have taken: they had no effect.
    pub(crate) fn forget_applied(&mut self, incident: IncidentId, index: usize) {
        let ended = self.pieces[index].ended;
        for asset in 0..self.applied.assets {
            let asset = AssetId::new(asset);
            self.applied.change(incident, asset, |claims| {
                claims.retain(|claim| Some(claim.entry) != ended);
            });
        }
    }

    /// The newest entry by which something was ever claimed for an incident.
    pub(crate) fn newest_applied(&self, incident: IncidentId) -> u32 {
        self.applied.newest[incident.index()]
    }

    /// Whether a claim about an asset was made or dropped for an incident since that was last taken.
    pub(crate) fn applied_changed(&self, incident: IncidentId) -> bool {
        self.applied.changed[incident.index()]
    }

    /// Takes whether a claim about an asset was made or dropped for an incident.
    pub(crate) fn take_applied_changed(&mut self, incident: IncidentId) -> bool {
        std::mem::take(&mut self.applied.changed[incident.index()])
    }
}
