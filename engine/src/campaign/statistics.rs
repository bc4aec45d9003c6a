//! What a sample of runs says, and how surely.
//!
//! Every interval here is the error of a sample: how far another sample of so many runs of the same
//! model might lie off. It says nothing of how far the model lies off the world. Sums are whole
//! numbers, so a figure depends on which runs were played and never on their order; floats come out
//! at the end, by IEEE basic operations and `libm` alone, alike on every platform.

mod chance;
mod error;
mod law;
mod mean;
mod order;
mod pair;
mod ratio;
mod strata;
#[cfg(test)]
mod tests;

pub use chance::{Chance, Discordant};
pub use error::MeanError;
pub use law::{NORMAL_95, binomial_at_most, student_quantile, student_tails};
pub use mean::{Mean, Sums};
pub use order::{NEVER, Quantile, enough_for, quantile};
pub use pair::{MIN_DIFFERING, MedianDifference, Paired, median_difference, runs_for};
pub use ratio::Ratio;
pub use strata::{Stratified, chance_of, mean_of};

/// A range that holds the true figure of the model in 95 of 100 campaigns, or as otherwise said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// Half of its length.
    pub fn half(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// How far from a figure within it its farther end lies.
    pub fn reach(&self, from: f64) -> f64 {
        (self.high - from).max(from - self.low)
    }

    /// The interval of the negated figure.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            low: -self.high,
            high: -self.low,
        }
    }

    /// Whether it lies on one side of zero.
    pub fn is_clear_of_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sums and counts of runs are far below the precision that is shown"
)]
const fn float(n: i128) -> f64 {
    n as f64
}
