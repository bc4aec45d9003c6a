//! How far a mean may lie off, where what it is of need not be symmetric.

use super::Interval;

/// The error of a mean, or of a weighted sum of independent means.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MeanError {
    /// Its variance.
    pub variance: f64,
    /// Its third cumulant: 0 where what it is of is symmetric.
    pub third: f64,
}

impl MeanError {
    /// The interval for a mean at this quantile of Student's law.
    ///
    /// Of skewed numbers the mean and its estimated error go together, so that Student's interval fails
    /// on one side far more often than on the other. Hall (1992, *On the removal of skewness by
    /// transformation*, Journal of the Royal Statistical Society B 54) turns the studentised mean by a
    /// monotone cubic into one whose law is symmetric up to terms of order 1/n; the interval is what the
    /// cubic's inverse makes of the two quantiles. Without skewness it is Student's own.
    pub(super) fn interval(&self, mean: f64, t: f64) -> Interval {
        let deviation = libm::sqrt(self.variance);
        if deviation <= 0.0 {
            return Interval {
                low: mean,
                high: mean,
            };
        }
        let skewness = self.third / self.variance / deviation;
        Interval {
            low: mean - deviation * inverse(t, skewness),
            high: mean - deviation * inverse(-t, skewness),
        }
    }
}

/// Which studentised mean Hall's cubic takes to `t`, by the skewness of the mean.
///
/// The cubic is `T + s (T^2 / 3 + 1 / 6) + s^2 T^3 / 27`, which is a third power and a constant. Its
/// inverse is written so that no digits cancel where the skewness is small.
fn inverse(t: f64, skewness: f64) -> f64 {
    let centred = t - skewness / 6.0;
    let root = libm::cbrt(1.0 + skewness * centred);
    3.0 * centred / (root * root + root + 1.0)
}
