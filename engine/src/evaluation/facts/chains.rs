//! Which members of a list are about the same asset.

use crate::exercise::AssetId;

/// For the members of a list that are about an asset each: the one before about the same asset.
#[derive(Debug)]
pub(super) struct Chains {
    /// By member.
    before: Vec<Option<u32>>,
    /// By asset: the last member about it.
    last: Vec<Option<u32>>,
}

impl Chains {
    /// Of an empty list about so many assets.
    pub(super) fn none(assets: usize) -> Self {
        Self {
            before: Vec::new(),
            last: vec![None; assets],
        }
    }

    /// Notes that the list got a further member, about this asset or about none.
    pub(super) fn add(&mut self, asset: Option<AssetId>) {
        let place = self.before.len() as u32;
        let last = asset.and_then(|asset| self.last.get_mut(asset.index()));
        self.before.push(last.and_then(|last| last.replace(place)));
    }

    /// The places of the members about an asset, the last one first.
    pub(super) fn of(&self, asset: AssetId) -> impl Iterator<Item = usize> {
        let last = self.last.get(asset.index()).copied().flatten();
        let places = std::iter::successors(last, |place| self.before[*place as usize]);
        places.map(|place| place as usize)
    }
}
