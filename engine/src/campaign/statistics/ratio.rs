//! Ratios of sums: what part of all time was of a kind, how long the mean piece of work waited.

use super::law::student_quantile;
use super::{Interval, Mean, Sums, float};

/// The sums over runs of a part and of the whole that it belongs to, exactly and in any order.
///
/// Pieces of one run are no sample of their own, and long runs weigh more than short ones. So the error
/// comes from runs alone: of each, how far its part is from the ratio of its whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratio {
    part: Sums,
    whole: Sums,
    products: i128,
}

impl Ratio {
    /// The ratio of pairs of a part and its whole.
    pub fn of(pairs: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut ratio = Self::default();
        for (part, whole) in pairs {
            ratio.add(part, whole);
        }
        ratio
    }

    /// Counts a run. Where there is nothing that could have a part, it says nothing.
    pub fn add(&mut self, part: i64, whole: i64) {
        if whole != 0 {
            self.part.add(part);
            self.whole.add(whole);
            self.products += i128::from(part) * i128::from(whole);
        }
    }

    /// The same where parts of 0 were not counted: the whole of all runs is given by another ratio of it.
    #[must_use]
    pub const fn within(self, whole: Sums) -> Self {
        Self {
            part: self.part.with_zeros(whole.n()),
            whole,
            products: self.products,
        }
    }

    /// The parts alone.
    pub const fn part(&self) -> Sums {
        self.part
    }

    /// The sum over the whole; `None` where there was none.
    pub fn value(&self) -> Option<f64> {
        let (part, whole) = (self.part.sum(), self.whole.sum());
        (whole > 0).then(|| float(part) / float(whole))
    }

    /// The standard error by the delta method (Cochran 1977, *Sampling Techniques*, chapter 6): that of the
    /// mean of parts less the ratio of their whole, over the mean whole. `None` of fewer than two runs.
    fn error(&self) -> Option<f64> {
        let ratio = self.value()?;
        let n = i128::from(self.whole.n());
        if n < 2 {
            return None;
        }
        let parts = self.part.spread(&self.part, self.part.squares())?;
        let wholes = self.whole.spread(&self.whole, self.whole.squares())?;
        let both = self.part.spread(&self.whole, self.products)?;
        // Spreads are exact. They cancel where parts and wholes go together, which leaves an error of 0 or
        // of some billionths.
        let about = float(parts) - 2.0 * ratio * float(both) + ratio * ratio * float(wholes);
        let variance = about.max(0.0) / float(n - 1);
        Some(libm::sqrt(variance) / float(self.whole.sum()))
    }

    /// A share of the whole, from 0 to 1, with an interval that fails with this chance. It is Student's
    /// on the scale of log odds, so that it lies between 0 and 1, is longer towards the middle, and says
    /// of the rest what it says of the share.
    pub fn share(&self, fails: f64) -> Option<Mean> {
        let odds = |share: f64| libm::log(share / (1.0 - share));
        let back = |odds: f64| 1.0 / (1.0 + libm::exp(-odds));
        self.estimate(fails, odds, back, |share| share * (1.0 - share))
    }

    /// A quotient of no bound, with an interval that fails with this chance: Student's on the scale of
    /// logarithms, so that it is above 0 and longer towards the rare long runs.
    pub fn quotient(&self, fails: f64) -> Option<Mean> {
        self.estimate(fails, libm::log, libm::exp, |value| value)
    }

    /// An interval on another scale, whose slope is given inverted.
    fn estimate(
        &self,
        fails: f64,
        scale: impl Fn(f64) -> f64,
        back: impl Fn(f64) -> f64,
        slope: impl Fn(f64) -> f64,
    ) -> Option<Mean> {
        let value = self.value()?;
        let n = self.whole.n();
        let interval = self.error().map(|error| {
            let half = student_quantile(fails, float(i128::from(n)) - 1.0) * error / slope(value);
            if half.is_finite() && half > 0.0 {
                Interval {
                    low: back(scale(value) - half).min(value),
                    high: back(scale(value) + half).max(value),
                }
            } else {
                Interval {
                    low: value,
                    high: value,
                }
            }
        });
        Some(Mean { n, value, interval })
    }
}
