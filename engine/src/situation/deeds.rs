//! What work did: the measures that it took, on which assets, and whether in vain.

use super::Stamp;
use crate::exercise::{AssetId, Instance, Measure};
use crate::record::{Entry, Event};
use std::collections::BTreeMap;

/// What each piece of work did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deeds {
    deeds: BTreeMap<(Instance, Measure), Deed>,
}

/// What a piece of work did with one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When it was first taken.
    pub first: Stamp,
    /// The assets on which it was taken, in order.
    pub assets: Vec<AssetId>,
    /// On how many of these it truly had no effect.
    pub in_vain: usize,
}

impl Deeds {
    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let Event::MeasureTaken {
            instance,
            measure,
            asset,
            effect,
            ..
        } = entry.event
        else {
            return;
        };
        let deed = self.deeds.entry((instance, measure)).or_insert(Deed {
            first: Stamp::of(entry),
            assets: Vec::new(),
            in_vain: 0,
        });
        deed.assets.extend(asset);
        deed.in_vain += usize::from(!effect && asset.is_some());
    }

    /// What each piece of work did with each measure, by work, then by measure.
    pub fn iter(&self) -> impl Iterator<Item = (Instance, Measure, &Deed)> {
        let deeds = self.deeds.iter();
        deeds.map(|((instance, measure), deed)| (*instance, *measure, deed))
    }
}
