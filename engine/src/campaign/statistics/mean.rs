//! Means of whole numbers.

use super::error::MeanError;
use super::law::student_quantile;
use super::{Interval, float};

/// The number and the sums of powers of whole numbers: all that a mean and its error need, exactly, in
/// any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    n: u64,
    sum: i128,
    squares: i128,
    /// The sum of cubes, modulo 2 to the 128: only cubes about the mean are read from it, which are
    /// smaller.
    cubes: i128,
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
        let square = i128::from(number) * i128::from(number);
        self.squares += square;
        let cube = square.wrapping_mul(i128::from(number));
        self.cubes = self.cubes.wrapping_add(cube);
    }

    /// The sums over both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
            cubes: self.cubes.wrapping_add(other.cubes),
        }
    }

    /// The sums over the numbers of this that are not among those of another; all of the other are in this.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self {
            n: self.n - other.n,
            sum: self.sum - other.sum,
            squares: self.squares - other.squares,
            cubes: self.cubes.wrapping_sub(other.cubes),
        }
    }

    /// How many numbers there are.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The same of so many numbers: those that were not added are zeros.
    #[must_use]
    pub const fn with_zeros(self, n: u64) -> Self {
        Self { n, ..self }
    }

    /// The sum of all numbers.
    pub const fn sum(&self) -> i128 {
        self.sum
    }

    /// The sum of their squares.
    pub(super) const fn squares(&self) -> i128 {
        self.squares
    }

    /// So many times the sum of products of how far numbers lie from their means, given the sum of products of
    /// the numbers. It is exact: no digits cancel. `None` where it has no room.
    pub(super) fn spread(&self, other: &Self, products: i128) -> Option<i128> {
        let n = i128::from(self.n);
        n.checked_mul(products)?
            .checked_sub(self.sum.checked_mul(other.sum)?)
    }

    /// The mean; `None` of nothing.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| float(self.sum) / float(i128::from(self.n)))
    }

    /// The sample variance; `None` of fewer than two.
    pub fn variance(&self) -> Option<f64> {
        let n = i128::from(self.n);
        let spread = self.spread(self, self.squares)?;
        (n > 1).then(|| float(spread) / float(n) / float(n - 1))
    }

    /// The third cumulant of the law that the numbers are drawn from, without bias (Fisher's k
    /// statistic); `None` of fewer than three, and of numbers that lie so far apart that their cubes
    /// have no room.
    pub fn third(&self) -> Option<f64> {
        const ROOM: f64 = 1e38;
        if self.n < 3 {
            return None;
        }
        // About the whole number below the mean, sums are exact: what wrapped in a sum of great cubes
        // wraps back, as long as the result has room. It is at most the 3/2 power of the squares.
        let n = i128::from(self.n);
        let (about, over) = (self.sum.div_euclid(n), self.sum.rem_euclid(n));
        let squares = self.squares - about * (self.sum + over);
        if libm::pow(float(squares), 1.5) > ROOM {
            return None;
        }
        let twice = about.wrapping_mul(about).wrapping_mul(3);
        let cubes = self
            .cubes
            .wrapping_sub(about.wrapping_mul(3).wrapping_mul(self.squares))
            .wrapping_add(twice.wrapping_mul(self.sum))
            .wrapping_sub(
                about
                    .wrapping_mul(about)
                    .wrapping_mul(about)
                    .wrapping_mul(n),
            );
        // And from there about the mean itself, which lies higher by less than one.
        let (n, over) = (float(n), float(over));
        let off = over / n;
        let centred = float(cubes) - 3.0 * off * float(squares) + 2.0 * over * off * off;
        Some(centred * n / (n - 1.0) / (n - 2.0))
    }

    /// How far the mean may lie off; `None` of fewer than two. Where the third cumulant is not known,
    /// the law counts as symmetric.
    pub fn error(&self) -> Option<MeanError> {
        let n = float(i128::from(self.n));
        Some(MeanError {
            variance: self.variance()? / n,
            third: self.third().unwrap_or(0.0) / n / n,
        })
    }

    /// The mean with an interval that fails with this chance.
    pub fn estimate(&self, fails: f64) -> Option<Mean> {
        let value = self.mean()?;
        let interval = self.error().map(|error| {
            let t = student_quantile(fails, float(i128::from(self.n)) - 1.0);
            error.interval(value, t)
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
    /// Its interval; `None` of fewer than two runs.
    pub interval: Option<Interval>,
}
