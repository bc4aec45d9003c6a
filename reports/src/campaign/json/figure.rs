//! Figures with their errors, as scripts read them.

use hotwash_engine::campaign::Quantiles as Five;
use hotwash_engine::campaign::statistics::{
    Chance as Counted, Interval, Mean, NEVER, Quantile as Ranked, Stratified,
};
use hotwash_engine::exercise::Span;
use serde::Serialize;

/// A mean, a share or a chance, with the interval that holds it in 95 of 100 campaigns of this model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Estimate {
    /// The figure.
    pub(crate) value: f64,
    /// The lower end of its interval; `null`: too few runs.
    pub(crate) low: Option<f64>,
    /// The upper end.
    pub(crate) high: Option<f64>,
    /// Of how many runs.
    pub(crate) n: u64,
}

/// How often something was so, from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Chance {
    /// In how many runs.
    pub(crate) hits: u64,
    /// Of how many.
    pub(crate) n: u64,
    /// The share; `null` of no runs.
    pub(crate) value: Option<f64>,
    /// The lower end of its interval.
    pub(crate) low: Option<f64>,
    /// The upper end.
    pub(crate) high: Option<f64>,
}

/// A quantile; `null` stands for what so many runs did not reach.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Quantile {
    /// Which, in percent.
    pub(crate) percent: u8,
    /// Its value.
    pub(crate) value: Option<f64>,
    /// Whether there are enough runs for its interval.
    pub(crate) sure: bool,
    /// The lower end of the interval.
    pub(crate) low: Option<f64>,
    /// The upper end.
    pub(crate) high: Option<f64>,
}

/// A float with four decimals: more is noise of the arithmetic.
pub(crate) fn rounded(value: f64) -> f64 {
    let rounded = (value * 10_000.0).round() / 10_000.0;
    // There is no negative zero among figures.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// A mean in some unit: basis points are divided by 100.
pub(crate) fn estimate(mean: Option<Mean>, divisor: f64) -> Option<Estimate> {
    mean.map(|mean| in_units(mean, divisor))
}

/// A mean in the unit that it has.
pub(crate) fn figure(mean: Mean) -> Estimate {
    in_units(mean, 1.0)
}

fn in_units(mean: Mean, divisor: f64) -> Estimate {
    let end =
        |pick: fn(&Interval) -> f64| mean.interval.as_ref().map(|of| rounded(pick(of) / divisor));
    Estimate {
        value: rounded(mean.value / divisor),
        low: end(|of| of.low),
        high: end(|of| of.high),
        n: mean.n,
    }
}

/// A figure over strata.
pub(crate) fn stratified(of: Option<Stratified>, divisor: f64, n: u64) -> Option<Estimate> {
    let mean = of.map(|of| Mean {
        n,
        value: of.value,
        interval: of.interval,
    });
    estimate(mean, divisor)
}

/// A chance.
pub(crate) fn chance(of: Counted) -> Chance {
    let interval = of.interval();
    Chance {
        hits: of.hits,
        n: of.n,
        value: of.value().map(rounded),
        low: interval.map(|of| rounded(of.low)),
        high: interval.map(|of| rounded(of.high)),
    }
}

/// Quantiles of something that is a number, or was not reached.
pub(crate) fn quantiles<T: Copy>(
    of: Option<Five<T>>,
    number: impl Fn(T) -> Option<f64>,
) -> Vec<Quantile> {
    let Some(of) = of else {
        return Vec::new();
    };
    let five = [
        (10, of.p10),
        (25, of.p25),
        (50, of.p50),
        (75, of.p75),
        (90, of.p90),
    ];
    let one = |(percent, of): (u8, Ranked<T>)| Quantile {
        percent,
        value: number(of.value),
        sure: of.interval.is_some(),
        low: of.interval.and_then(|(low, _)| number(low)),
        high: of.interval.and_then(|(_, high)| number(high)),
    };
    five.into_iter().map(one).collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "times are far below 2^53 ms, and money that is not is not known to its cents"
)]
pub(crate) const fn whole(number: i64) -> f64 {
    number as f64
}

/// A time in milliseconds.
pub(crate) fn ms(span: Span) -> Option<f64> {
    (span != NEVER).then(|| whole(span.0))
}
