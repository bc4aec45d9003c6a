//! Sets of states of an asset.

use crate::exercise::AssetState;

/// Some states of an asset: one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct States(u16);

impl States {
    /// None of them.
    pub(super) const NONE: Self = Self(0);

    /// These states.
    pub(super) const fn of(states: &[AssetState]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < states.len() {
            bits |= 1 << states[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    /// These and others.
    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that are not among others.
    pub(super) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// How many of others are not among these.
    pub(super) const fn lacks(self, others: Self) -> u32 {
        let lacking = others.without(self);
        // Counting takes some time, and there is mostly nothing to count.
        if lacking.0 == 0 {
            0
        } else {
            lacking.0.count_ones()
        }
    }

    /// Each of these states, in order.
    pub(super) fn each(self) -> impl Iterator<Item = AssetState> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let state = AssetState::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*state)
        })
    }

    /// Whether it holds one of others.
    pub(super) const fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// The states of an asset that does not serve.
pub(super) const DOWN: States = States::of(&[AssetState::OutOfService, AssetState::Encrypted]);

/// The known states by which an asset is believed to be in a state.
pub(super) const fn shown_by(state: AssetState) -> States {
    match state {
        AssetState::PastRto | AssetState::OutOfService => DOWN,
        other => States::of(&[other]),
    }
}
