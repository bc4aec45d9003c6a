//! Exercise time: integer milliseconds since STARTEX.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};

/// An instant: milliseconds since STARTEX. What happened before STARTEX is negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct ExerciseTime(pub i64);

/// A length of time in milliseconds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub i64);

impl ExerciseTime {
    /// The start of the exercise.
    pub const STARTEX: Self = Self(0);
    /// Later than any instant of any exercise.
    pub const NEVER: Self = Self(i64::MAX);

    /// The later of two instants.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// The shortest time that any work, wait or reading lasts.
    pub const SHORTEST: Self = Self(1);
    /// Without an end.
    pub const FOR_GOOD: Self = Self(i64::MAX);
    /// One second.
    pub const SECOND: Self = Self(1_000);
    /// One minute.
    pub const MINUTE: Self = Self(60_000);
    /// One hour.
    pub const HOUR: Self = Self(3_600_000);
    /// Twenty-four hours.
    pub const DAY: Self = Self(86_400_000);

    /// So many minutes.
    pub const fn minutes(n: i64) -> Self {
        Self(n * Self::MINUTE.0)
    }

    /// So many hours.
    pub const fn hours(n: i64) -> Self {
        Self(n * Self::HOUR.0)
    }

    /// So many times twenty-four hours.
    pub const fn days(n: i64) -> Self {
        Self(n * Self::DAY.0)
    }

    /// This length times a factor given in thousandths, rounded half up, at least [`Span::SHORTEST`].
    #[must_use]
    pub fn scaled(self, permille: i64) -> Self {
        let product = i128::from(self.0) * i128::from(permille);
        let rounded = (product + 500).div_euclid(1_000);
        Self(
            i64::try_from(rounded)
                .unwrap_or(i64::MAX)
                .max(Self::SHORTEST.0),
        )
    }
}

impl Add<Span> for ExerciseTime {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for ExerciseTime {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for ExerciseTime {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Span {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Span {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for ExerciseTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}
