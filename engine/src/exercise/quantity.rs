//! Shares, factors and uncertain durations, all held as integers.

use super::Span;
use serde::{Deserialize, Serialize};

/// A chance or share in basis points, from 0 to 10,000.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct BasisPoints(pub u16);

impl BasisPoints {
    /// Never, nothing.
    pub const ZERO: Self = Self(0);
    /// Always, all of it.
    pub const ONE: Self = Self(10_000);

    /// This share of another share.
    #[must_use]
    pub const fn of(self, other: Self) -> Self {
        Self(((self.0 as u32 * other.0 as u32 + 5_000) / 10_000) as u16)
    }
}

/// Money in minor units of the organisation's currency.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(pub i64);

/// A duration that is not known exactly, in the forms in which people estimate.
///
/// Drawn by inverting one uniform, so that every law is monotone in its draw
/// (`docs/semantics.md`, chance).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Law {
    /// Always the same.
    Fixed(Span),
    /// The range that holds nine times in ten: a log-normal by its 5th and 95th percentile.
    Range {
        /// The 5th percentile.
        low: Span,
        /// The 95th percentile; greater than `low`, which is greater than 0.
        high: Span,
    },
    /// Triangular by least, likely and most.
    Triangle {
        /// The least.
        least: Span,
        /// The mode.
        likely: Span,
        /// The most.
        most: Span,
    },
    /// Exponential by its mean.
    About(Span),
    /// Durations that were observed, each as likely as the others.
    Observed(Vec<Span>),
}
