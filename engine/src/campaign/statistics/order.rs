//! Quantiles as order statistics, where some runs never got there.

use super::law::binomial_at_most;
use crate::exercise::{BasisPoints, Span};

/// What was not reached: longer than any time.
pub const NEVER: Span = Span(i64::MAX);

/// A quantile. Among times, [`NEVER`] means that so many runs did not get there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantile<T> {
    /// The order statistic.
    pub value: T,
    /// The order statistics between which the quantile lies in 95 of 100 campaigns; `None`: there are
    /// too few runs for it.
    pub interval: Option<(T, T)>,
}

/// The quantile of sorted values; `None` of none.
pub fn quantile<T: Copy>(sorted: &[T], at: BasisPoints) -> Option<Quantile<T>> {
    let n = sorted.len() as u64;
    let rank = (n * u64::from(at.0)).div_ceil(10_000).clamp(1, n.max(1));
    let value = *sorted.get(rank as usize - 1)?;
    let interval = ranks(n, f64::from(at.0) / 10_000.0)
        .map(|(low, high)| (sorted[low as usize - 1], sorted[high as usize - 1]));
    Some(Quantile { value, interval })
}

/// The fewest runs that give a quantile an interval.
pub fn enough_for(at: BasisPoints) -> u64 {
    const MOST: u64 = 100_000;
    let share = f64::from(at.0) / 10_000.0;
    let enough = |n: &u64| ranks(*n, share).is_some();
    (1..MOST).find(enough).unwrap_or(MOST)
}

/// The ranks, from 1, between which a quantile lies with at least 95 %: with 2.5 % at most it lies
/// below the first, and with as much above the second.
fn ranks(n: u64, share: f64) -> Option<(u64, u64)> {
    const TAIL: f64 = 0.025;
    // The quantile lies below rank r when fewer than r runs do.
    let below = |r: u64| r == 0 || binomial_at_most(r - 1, n, share) <= TAIL;
    let above = |r: u64| r > n || 1.0 - binomial_at_most(r - 1, n, share) <= TAIL;
    let low = partition(0, n, below);
    let high = n + 1 - partition(0, n, |r| above(n + 1 - r));
    (low >= 1 && high <= n).then_some((low, high))
}

/// The greatest number of a range for which something holds that holds for all smaller ones.
fn partition(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}
