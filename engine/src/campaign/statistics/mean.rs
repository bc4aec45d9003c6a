//! Means of whole numbers.

use super::law::student_quantile;
use super::{Interval, float};

/// The number, the sum and the sum of squares of whole numbers: all that a mean and its error need,
/// exactly, in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    n: u64,
    sum: i128,
    squares: i128,
}

impl Sums {
    /// The sums of some numbers.
    pub fn of(numbers: impl IntoIterator<Item = i64>) -> Self {
        let mut sums = Self::default();
        for number in numbers {
            sums.add(number);
        }
        sums
    }

    /// Adds a number.
    pub fn add(&mut self, number: i64) {
        self.n += 1;
        self.sum += i128::from(number);
        self.squares += i128::from(number) * i128::from(number);
    }

    /// The sums over both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }

    /// How many numbers there are.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The mean; `None` of nothing.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| float(self.sum) / float(i128::from(self.n)))
    }

    /// The sample variance; `None` of fewer than two.
    pub fn variance(&self) -> Option<f64> {
        let n = i128::from(self.n);
        // The difference is exact: no digits cancel.
        let spread = n.checked_mul(self.squares)? - self.sum.checked_mul(self.sum)?;
        (n > 1).then(|| float(spread) / float(n) / float(n - 1))
    }

    /// The mean with a t interval that fails with this chance.
    pub fn estimate(&self, fails: f64) -> Option<Mean> {
        let value = self.mean()?;
        let interval = self.variance().map(|variance| {
            let n = float(i128::from(self.n));
            let half = student_quantile(fails, n - 1.0) * libm::sqrt(variance / n);
            Interval {
                low: value - half,
                high: value + half,
            }
        });
        Some(Mean {
            n: self.n,
            value,
            interval,
        })
    }
}

/// A mean with its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// Of how many runs.
    pub n: u64,
    /// The mean.
    pub value: f64,
    /// Its interval by Student's law; `None` of fewer than two runs.
    pub interval: Option<Interval>,
}
