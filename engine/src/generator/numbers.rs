//! Numbers at random, from a generator that has nothing to do with that of any run.

use crate::exercise::{Law, Span};

/// Numbers for properties, by `SplitMix64` from a seed.
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// The numbers of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD129_0B26_88BA_1F4D))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number less than `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// Yes, with a chance in hundredths.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of several.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Each with a chance in hundredths, in order.
    pub fn some<T: Clone>(&mut self, from: &[T], chance: usize) -> Vec<T> {
        let kept = from.iter().filter(|_| self.percent(chance));
        kept.cloned().collect()
    }

    /// From one minute to so many.
    pub fn minutes(&mut self, most: usize) -> Span {
        Span::minutes(1 + self.below(most) as i64)
    }

    /// A duration of any law, of so many minutes or a few times as long.
    pub fn law(&mut self, most: usize) -> Law {
        let low = self.minutes(most);
        match self.below(5) {
            0 => Law::Fixed(low),
            1 => Law::About(low),
            2 => Law::Triangle {
                least: Span::ZERO,
                likely: low,
                most: low + low,
            },
            3 => Law::Observed(vec![low, low + low, low + Span::MINUTE]),
            _ => Law::Range {
                low,
                high: low + low + low,
            },
        }
    }
}
