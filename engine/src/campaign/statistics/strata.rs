//! Several campaigns as strata with given weights.

use super::error::MeanError;
use super::law::student_quantile;
use super::{Chance, Interval, Sums, float};

/// A figure over strata, with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratified {
    /// The weighted figure.
    pub value: f64,
    /// Its interval; `None` where a stratum has too few runs for one.
    pub interval: Option<Interval>,
}

/// The weighted mean of strata. The error is that of a sum of independent means, with the degrees of
/// freedom of Welch and Satterthwaite; the interval fails with this chance. Weights need not sum to 1.
pub fn mean_of(strata: &[(u64, Sums)], fails: f64) -> Option<Stratified> {
    let total: u64 = strata.iter().map(|(weight, _)| weight).sum();
    let share = |weight: u64| float(i128::from(weight)) / float(i128::from(total));
    let (mut value, mut error, mut spread) = (0.0, Some(MeanError::default()), 0.0);
    for (weight, sums) in strata.iter().filter(|(weight, _)| *weight > 0) {
        let (w, n) = (share(*weight), float(i128::from(sums.n())));
        value += w * sums.mean()?;
        let part = sums.error().map(|error| MeanError {
            variance: w * w * error.variance,
            third: w * w * w * error.third,
        });
        error = error.zip(part).map(|(error, part)| MeanError {
            variance: error.variance + part.variance,
            third: error.third + part.third,
        });
        spread += part.map_or(0.0, |part| part.variance * part.variance / (n - 1.0));
    }
    let interval = error.map(|error| {
        let degrees = if spread > 0.0 {
            error.variance * error.variance / spread
        } else {
            1e9
        };
        error.interval(value, student_quantile(fails, degrees))
    });
    (total > 0).then_some(Stratified { value, interval })
}

/// The weighted chance over strata. The ends of the strata's own Wilson intervals are put together by
/// square and add (Zou and Donner 2008).
pub fn chance_of(strata: &[(u64, Chance)]) -> Option<Stratified> {
    let weighed: Vec<_> = strata.iter().filter(|(weight, _)| *weight > 0).collect();
    let total: u64 = weighed.iter().map(|(weight, _)| weight).sum();
    let (mut value, mut below, mut above) = (0.0, 0.0, 0.0);
    for (weight, chance) in weighed {
        let w = float(i128::from(*weight)) / float(i128::from(total));
        let (share, own) = (chance.value()?, chance.interval()?);
        value += w * share;
        below += w * w * (share - own.low) * (share - own.low);
        above += w * w * (own.high - share) * (own.high - share);
    }
    let interval = Interval {
        low: (value - libm::sqrt(below)).max(0.0),
        high: (value + libm::sqrt(above)).min(1.0),
    };
    (total > 0).then_some(Stratified {
        value,
        interval: Some(interval),
    })
}
