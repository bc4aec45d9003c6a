//! Differences between two plays of the same draws.

use super::law::student_quantile;
use super::order::NEVER;
use super::{Interval, Mean, Sums, float};
use crate::exercise::Span;

/// With fewer runs that differ than this, a mean difference has no interval worth showing.
pub const MIN_DIFFERING: u64 = 20;

/// The differences of a figure, second less first, run by run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paired {
    sums: Sums,
    /// Runs in which the second has more.
    pub wins: u64,
    /// Runs in which both have the same.
    pub ties: u64,
    /// Runs in which the second has less.
    pub losses: u64,
}

impl Paired {
    /// The differences of pairs.
    pub fn of(pairs: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut paired = Self::default();
        for (first, second) in pairs {
            paired.add(first, second);
        }
        paired
    }

    /// Counts a pair.
    pub fn add(&mut self, first: i64, second: i64) {
        let difference = second.saturating_sub(first);
        self.sums.add(difference);
        match difference.signum() {
            1 => self.wins += 1,
            0 => self.ties += 1,
            _ => self.losses += 1,
        }
    }

    /// The sums over the differences.
    pub(crate) const fn sums(&self) -> Sums {
        self.sums
    }

    /// How many pairs there are.
    pub const fn n(&self) -> u64 {
        self.sums.n()
    }

    /// In how many runs the two differ.
    pub const fn differing(&self) -> u64 {
        self.wins + self.losses
    }

    /// The mean difference with its interval that fails with this chance, which needs
    /// [`MIN_DIFFERING`] runs that differ.
    pub fn estimate(&self, fails: f64) -> Option<Mean> {
        let mean = self.sums.estimate(fails)?;
        Some(Mean {
            interval: mean.interval.filter(|_| self.differing() >= MIN_DIFFERING),
            ..mean
        })
    }

    /// The variance of the differences.
    pub fn variance(&self) -> Option<f64> {
        self.sums.variance()
    }
}

/// How many runs in all it takes for a mean with this variance to be sure to this much; `None` where
/// nothing varies.
pub fn runs_for(variance: f64, half: f64) -> Option<u64> {
    if variance <= 0.0 || half <= 0.0 {
        return None;
    }
    let t = student_quantile(0.05, 1e6);
    let n = libm::ceil(t * t * variance / (half * half));
    (n < 1e15).then_some(n as u64)
}

/// By how much the medians of two plays differ, second less first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MedianDifference {
    /// The difference; `None` where a median was not reached.
    pub value: Option<Span>,
    /// Its interval by paired bootstrap; `None` where a median was too often not reached in it, or
    /// fewer than [`MIN_DIFFERING`] runs differ.
    pub interval: Option<Interval>,
}

/// How often the bootstrap draws a sample anew.
const SAMPLES: usize = 999;

/// The difference of medians by paired bootstrap: pairs are drawn with replacement, both medians
/// taken, and the middle 95 % of their differences kept (the percentile interval). The same pairs and
/// seed give the same interval.
pub fn median_difference(pairs: &[(Span, Span)], seed: u64) -> Option<MedianDifference> {
    let n = pairs.len();
    if n == 0 {
        return None;
    }
    let (mut first, mut second): (Vec<Span>, Vec<Span>) = pairs.iter().copied().unzip();
    let value = difference(&mut first, &mut second);
    let differing = pairs.iter().filter(|(first, second)| first != second);
    if (differing.count() as u64) < MIN_DIFFERING {
        return Some(MedianDifference {
            value,
            interval: None,
        });
    }
    let mut state = seed;
    let mut found: Vec<Option<Span>> = Vec::with_capacity(SAMPLES);
    for _ in 0..SAMPLES {
        for i in 0..n {
            let (a, b) = pairs[below(&mut state, n)];
            first[i] = a;
            second[i] = b;
        }
        found.push(difference(&mut first, &mut second));
    }
    let known: Option<Vec<Span>> = found.into_iter().collect();
    let interval = known.map(|mut known| {
        known.sort_unstable();
        let at = |rank: usize| float(i128::from(known[rank - 1].0));
        let tail = (SAMPLES + 1) / 40;
        Interval {
            low: at(tail),
            high: at(SAMPLES + 1 - tail),
        }
    });
    Some(MedianDifference { value, interval })
}

fn difference(first: &mut [Span], second: &mut [Span]) -> Option<Span> {
    let median = |of: &mut [Span]| {
        let rank = of.len().div_ceil(2) - 1;
        let value = *of.select_nth_unstable(rank).1;
        (value != NEVER).then_some(value)
    };
    Some(median(second)? - median(first)?)
}

/// A whole number below `n`, by `SplitMix64`.
fn below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    ((u128::from(z) * n as u128) >> 64) as usize
}
