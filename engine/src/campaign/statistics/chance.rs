//! Chances, and differences of chances on the same draws.

use super::law::{NORMAL_95, binomial_at_most, student_quantile};
use super::{Interval, float};

/// With so many degrees of freedom Student's law is the normal one.
const MANY: f64 = 1e9;

/// How often something was so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chance {
    /// In how many runs it was.
    pub hits: u64,
    /// Of how many.
    pub n: u64,
}

impl Chance {
    /// The share of runs; `None` of none.
    pub fn value(&self) -> Option<f64> {
        (self.n > 0).then(|| float(i128::from(self.hits)) / float(i128::from(self.n)))
    }

    /// The interval of Wilson (1927) at 95 %.
    pub fn interval(&self) -> Option<Interval> {
        let share = self.value()?;
        let n = float(i128::from(self.n));
        let z2 = NORMAL_95 * NORMAL_95;
        let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half =
            NORMAL_95 / (1.0 + z2 / n) * libm::sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n));
        // At the ends the exact bound is 0 or 1, which floats miss by a hair.
        let low = if self.hits == 0 { 0.0 } else { centre - half };
        let high = if self.hits == self.n {
            1.0
        } else {
            centre + half
        };
        Some(Interval { low, high })
    }

    /// Counts a run.
    pub fn add(&mut self, hit: bool) {
        self.n += 1;
        self.hits += u64::from(hit);
    }
}

/// Pairs of runs on the same draws, by whether something was so in the one and in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Discordant {
    /// Only in the second.
    pub gained: u64,
    /// Only in the first.
    pub lost: u64,
    /// How many pairs there are.
    pub n: u64,
}

impl Discordant {
    /// Counts a pair.
    pub fn add(&mut self, first: bool, second: bool) {
        self.n += 1;
        self.gained += u64::from(second && !first);
        self.lost += u64::from(first && !second);
    }

    /// By how much the chance is greater in the second; `None` of no pairs.
    pub fn value(&self) -> Option<f64> {
        let gain = i128::from(self.gained) - i128::from(self.lost);
        (self.n > 0).then(|| float(gain) / float(i128::from(self.n)))
    }

    /// The interval of Agresti and Min (2005) for the difference of matched chances, which fails with
    /// this chance: half a pair more of each kind, then Wald's.
    pub fn interval(&self, fails: f64) -> Option<Interval> {
        if self.n == 0 {
            return None;
        }
        let n = float(i128::from(self.n)) + 2.0;
        let gained = float(i128::from(self.gained)) + 0.5;
        let lost = float(i128::from(self.lost)) + 0.5;
        let difference = (gained - lost) / n;
        let variance = (gained + lost - (gained - lost) * (gained - lost) / n) / (n * n);
        let half = student_quantile(fails, MANY) * libm::sqrt(variance);
        Some(Interval {
            low: (difference - half).max(-1.0),
            high: (difference + half).min(1.0),
        })
    }

    /// The exact p-value of the test of `McNemar`: how likely so uneven a split of the pairs that differ is, were
    /// both directions alike.
    pub fn p_value(&self) -> f64 {
        let differing = self.gained + self.lost;
        if differing == 0 {
            return 1.0;
        }
        let fewer = self.gained.min(self.lost);
        (2.0 * binomial_at_most(fewer, differing, 0.5)).min(1.0)
    }
}
