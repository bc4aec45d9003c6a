//! Figures with no more digits than they are sure of.

use crate::words::{count, duration};
use hotwash_engine::campaign::statistics::{Chance, Interval, Mean, NEVER, Quantile};
use hotwash_engine::exercise::Span;

/// How many decimals a figure with such an error may have.
fn decimals(half: f64) -> usize {
    if half >= 0.95 {
        0
    } else if half >= 0.095 {
        1
    } else {
        2
    }
}

/// A number with so many decimals, rounded half away from zero, and never `-0`.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if zero { text.replace('-', "") } else { text }
}

/// Whether an interval is better said by its ends: one of them lies more than twice as far off as the
/// other, or it is clear of zero and its farther end, put on either side, would not be.
pub(crate) fn is_uneven(value: f64, interval: Interval) -> bool {
    let reach = interval.reach(value);
    let nearer = 2.0 * interval.half() - reach;
    reach > 2.0 * nearer || interval.is_clear_of_zero() && reach >= value.abs()
}

/// A figure and how far it may lie off, each to the digit that its interval leaves: `71.4 +/- 0.2`. Of
/// two ends that lie nearly alike far off it is the farther, rounded up; else both are said: `1.0 (0.1
/// to 2.6)`.
pub(crate) fn with_error(value: f64, interval: Option<Interval>) -> String {
    let Some(interval) = interval else {
        return format!("{} (too few runs to say how sure)", fixed(value, 0));
    };
    let reach = interval.reach(value);
    if reach <= 0.0 {
        return format!("{} in every run", fixed(value, 1));
    }
    let digits = decimals(reach);
    let unit = [1.0, 10.0, 100.0][digits];
    let error = (reach * unit - 1e-9).ceil() / unit;
    if is_uneven(value, interval)
        || interval.is_clear_of_zero() && error >= (value * unit).round().abs() / unit
    {
        let nearer = 2.0 * interval.half() - reach;
        let digits = decimals(nearer.min(interval.low.abs()).min(interval.high.abs()));
        let [value, low, high] =
            [value, interval.low, interval.high].map(|number| fixed(number, digits));
        return format!("{value} ({low} to {high})");
    }
    format!("{} +/- {}", fixed(value, digits), fixed(error, digits))
}

/// A figure in basis points, in points.
pub(crate) fn points(value: f64, interval: Option<Interval>) -> String {
    let interval = interval.map(|interval| Interval {
        low: interval.low / 100.0,
        high: interval.high / 100.0,
    });
    with_error(value / 100.0, interval)
}

/// A change and how far it may lie off, with its sign: `+1.2 +/- 0.3`.
pub(crate) fn change(value: f64, interval: Option<Interval>) -> String {
    let text = with_error(value, interval);
    let shown = text.split(' ').next().unwrap_or_default();
    let nothing = shown.trim_matches(['0', '.']).is_empty();
    let sign = if value > 0.0 && !nothing { "+" } else { "" };
    format!("{sign}{text}")
}

/// A chance in percent, to the digit that its interval leaves, never 0 or 100 of what is neither.
pub(crate) fn percent(chance: Chance) -> String {
    let (Some(value), Some(interval)) = (chance.value(), chance.interval()) else {
        return "-".to_owned();
    };
    percent_of(value, interval)
}

/// The same of a chance that was not counted but weighed.
pub(crate) fn percent_of(value: f64, interval: Interval) -> String {
    if value <= 0.0 || value >= 1.0 - 1e-12 {
        return format!("{} %", fixed(100.0 * value, 0));
    }
    let digits = decimals(100.0 * interval.half()).min(1);
    let text = fixed(100.0 * value, digits);
    if text.trim_matches(['0', '.']).is_empty() {
        return if digits == 0 {
            "under 1 %"
        } else {
            "under 0.1 %"
        }
        .to_owned();
    }
    if text.starts_with("100") {
        return if digits == 0 {
            "over 99 %"
        } else {
            "over 99.9 %"
        }
        .to_owned();
    }
    format!("{text} %")
}

/// The ends of an interval of a chance: `95.8 to 96.6`.
pub(crate) fn percent_range(interval: Interval) -> String {
    let digits = decimals(100.0 * interval.half()).min(1);
    let low = fixed((interval.low * 100.0).max(0.0), digits);
    let high = fixed((interval.high * 100.0).min(100.0), digits);
    format!("{low} to {high}")
}

/// A share of a sum in whole percent.
pub(crate) fn share(share: f64) -> String {
    match share * 100.0 {
        part if part > 0.0 && part < 0.5 => "under 1 %".to_owned(),
        part if (99.5..100.0).contains(&part) => "over 99 %".to_owned(),
        part => format!("{} %", fixed(part, 0)),
    }
}

/// The step to which a length is known, by its error.
fn step(error: Span) -> Span {
    let steps = [
        Span::SECOND,
        Span(10 * Span::SECOND.0),
        Span::MINUTE,
        Span::minutes(10),
        Span::HOUR,
        Span::DAY,
    ];
    let step = steps.into_iter().rev().find(|step| *step <= error);
    step.unwrap_or(Span::SHORTEST)
}

/// How far lengths of time may lie off, rounded up.
fn at_most(reach: Span) -> String {
    let step = step(reach).0;
    duration(Span((reach.0 + step - 1).div_euclid(step) * step))
}

/// How far shares may lie off, in points, rounded up.
pub(crate) fn points_at_most(reach: f64) -> String {
    if reach < 2.0 {
        format!("{:.1}", (reach * 10.0).ceil() / 10.0)
    } else {
        format!("{:.0}", reach.ceil())
    }
}

/// How far a mean may lie off; nothing where it is not known.
pub(crate) fn reach(mean: &Mean) -> Option<f64> {
    mean.interval.map(|interval| interval.reach(mean.value))
}

/// A length of time as far as it is known.
fn rounded(span: Span, error: Span) -> Span {
    let to = |step: Span| (span.0 + step.0 / 2).div_euclid(step.0) * step.0;
    match to(step(error)) {
        // What is smaller than its error has one figure.
        0 => Span(to(step(Span(span.0.abs())))),
        rounded => Span(rounded),
    }
}

/// A mean whose error is not known, to about a tenth.
pub(crate) fn two_figures(span: Span) -> Span {
    rounded(span, Span(span.0 / 10))
}

/// A length of time that is known to about so much: `6 h 10 min` where it may be ten minutes off.
fn about(span: Span, error: Span) -> String {
    duration(rounded(span, error))
}

/// Two ends in brackets, with their unit once where they share it: `(12 to 16 h)`. `None` where they look
/// alike.
fn between(low: Span, high: Span, error: Span) -> Option<String> {
    let [low, high] = [low, high].map(|end| about(end, error));
    if low == high {
        return None;
    }
    let [low, high] = [&low, &high].map(|end| if end == "no time" { "0" } else { end });
    let short = match (low.split_once(' '), high.split_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit == other => number,
        _ => low,
    };
    Some(format!("({short} to {high})"))
}

/// A length of time to what its interval leaves, and how far it may lie off: by the farther end, or by
/// both ends, rounded to this much, where they are uneven. Nothing where it is sure.
fn spread(value: Span, (low, high): (Span, Span), uneven: Option<Span>) -> (String, String) {
    let reach = (value - low).max(high - value);
    if reach <= Span::ZERO {
        return (about(value, Span::ZERO), String::new());
    }
    if let Some((error, ends)) = uneven.and_then(|of| Some((of, between(low, high, of)?))) {
        return (about(value, error), ends);
    }
    let mut error = at_most(reach);
    // What is said in tenths of a day is not surer than that.
    if value.0.abs() >= Span::hours(48).0 && step(reach) < Span::DAY {
        let tenths = (reach.0 * 10 + Span::DAY.0 - 1).div_euclid(Span::DAY.0);
        error = format!("{}.{} d", tenths / 10, tenths % 10);
    }
    (about(value, reach), format!("+/- {error}"))
}

/// A mean length of time in milliseconds with its error, as [`with_error`] has it.
pub(crate) fn mean_span(value: f64, interval: Option<Interval>) -> String {
    let (value, error) = span_and_error(value, interval, Span::SECOND);
    join(value, &error)
}

/// A mean length of time, and its error to the figure that fits into a column.
pub(crate) fn mean_cell(of: &Mean) -> (String, String) {
    let coarse = to_ms(reach(of).unwrap_or(0.0) / 3.0);
    span_and_error(of.value, of.interval, coarse.max(Span::SECOND))
}

/// A length and how far it may lie off; uneven ends are rounded to the nearer of them, or to this much.
fn span_and_error(value: f64, interval: Option<Interval>, least: Span) -> (String, String) {
    let Some(interval) = interval else {
        return (duration(two_figures(to_ms(value))), String::new());
    };
    let nearer = to_ms(2.0 * interval.half() - interval.reach(value));
    let uneven = is_uneven(value, interval).then_some(nearer.max(least));
    let ends = (to_ms(interval.low), to_ms(interval.high));
    spread(to_ms(value), ends, uneven)
}

/// A mean length of time as far as it is known.
pub(crate) fn known(mean: &Mean) -> Span {
    let value = to_ms(mean.value);
    match reach(mean) {
        Some(reach) => rounded(value, to_ms(reach)),
        None => two_figures(value),
    }
}

/// Milliseconds, to whole ones.
pub(crate) fn to_ms(ms: f64) -> Span {
    Span(ms.round() as i64)
}

/// A change of a mean length of time, with its sign: `-2 h +/- 10 min`, `-22 min (-1 h to -15 min)`.
pub(crate) fn change_span(value: f64, interval: Option<Interval>) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", mean_span(value, interval))
}

fn join(value: String, error: &str) -> String {
    if error.is_empty() {
        value
    } else {
        format!("{value} {error}")
    }
}

/// A mean count with its error, both rounded to the first digit of the error.
pub(crate) fn mean_count(value: f64, interval: Option<Interval>) -> String {
    let uneven = interval.filter(|interval| is_uneven(value, *interval));
    let error = match (uneven, interval) {
        (Some(of), _) => 2.0 * of.half() - of.reach(value),
        (None, Some(of)) => of.reach(value),
        // How sure it is, is not known: two figures are enough.
        (None, None) => value.abs() / 10.0,
    };
    let mut step = 1.0;
    while step * 10.0 <= error {
        step *= 10.0;
    }
    let rounded = |number: f64| count(((number / step).round() * step).max(0.0) as u64);
    let shown = rounded(value);
    if let Some(of) = uneven {
        return format!("{shown} ({} to {})", rounded(of.low), rounded(of.high));
    }
    if error < 0.5 || interval.is_none() {
        return shown;
    }
    format!(
        "{shown} +/- {}",
        count(((error / step).ceil() * step) as u64)
    )
}

/// A quantile of times, and how far it may lie off: `-` where it was not reached, `?` where there are too
/// few runs for it, and no more than its lower end where its upper end was not reached.
pub(crate) fn quantile(quantile: Option<Quantile<Span>>) -> (String, String) {
    let Some(quantile) = quantile else {
        return ("-".to_owned(), String::new());
    };
    match (quantile.value, quantile.interval) {
        (NEVER, Some((low, _))) if low != NEVER => {
            ("-".to_owned(), format!("(over {})", about(low, low)))
        }
        (NEVER, _) => ("-".to_owned(), String::new()),
        (_, None) => ("?".to_owned(), String::new()),
        (value, Some((low, NEVER))) => {
            let error = (value - low).max(Span::MINUTE);
            (about(value, error), format!("(over {})", about(low, error)))
        }
        (value, Some((low, high))) => {
            let ends = [(value - low).0, (high - value).0];
            let [far, near] = [ends[0].max(ends[1]), ends[0].min(ends[1])];
            // The nearer end of order statistics may be the value itself.
            let uneven = (far > 2 * near).then_some(Span(near.max(far / 4)));
            spread(value, (low, high), uneven)
        }
    }
}

/// The same on one line.
pub(crate) fn quantile_line(of: Option<Quantile<Span>>) -> String {
    let (value, error) = quantile(of);
    join(value, &error)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn around(value: f64, half: f64) -> Interval {
        Interval {
            low: value - half,
            high: value + half,
        }
    }

    #[test]
    fn a_figure_has_no_digit_that_its_error_swallows() {
        assert_eq!(with_error(71.42, Some(around(71.42, 0.18))), "71.4 +/- 0.2");
        assert_eq!(with_error(71.42, Some(around(71.42, 2.3))), "71 +/- 3");
        assert_eq!(
            with_error(71.42, Some(around(71.42, 0.02))),
            "71.42 +/- 0.02"
        );
        assert_eq!(
            with_error(59.0, Some(around(59.0, 0.0))),
            "59.0 in every run"
        );
    }

    #[test]
    fn of_an_uneven_interval_the_farther_end_is_said() {
        let uneven = |low, high| Some(Interval { low, high });
        assert_eq!(with_error(71.4, uneven(70.9, 71.7)), "71.4 +/- 0.5");
        assert_eq!(with_error(71.4, uneven(71.2, 73.0)), "71.4 (71.2 to 73.0)");
        assert_eq!(with_error(1.0, uneven(-0.2, 2.1)), "1 +/- 2");
        assert_eq!(with_error(1.0, uneven(0.12, 2.6)), "1.0 (0.1 to 2.6)");
        assert_eq!(change(-1.0, uneven(-2.6, -0.04)), "-1.00 (-2.60 to -0.04)");
        assert_eq!(change(1.0, uneven(0.12, 2.6)), "+1.0 (0.1 to 2.6)");
        let hour = 3_600_000.0;
        assert_eq!(
            mean_span(9.0 * hour, uneven(7.0 * hour, 11.5 * hour)),
            "9 h +/- 3 h"
        );
        let sooner = uneven(-hour, -0.25 * hour);
        assert_eq!(
            change_span(-22.0 / 60.0 * hour, sooner),
            "-22 min (-1 h to -15 min)"
        );
        let later = uneven(-2.0 * hour, 35.0 * hour);
        assert_eq!(change_span(5.0 * hour, later), "+5 h (-2 to 35 h)");
        let even = uneven(-3.0 * hour, -hour);
        assert_eq!(change_span(-2.0 * hour, even), "-2 h +/- 1 h");
        let clear = uneven(0.5 * hour, 11.5 * hour);
        assert_eq!(mean_span(5.0 * hour, clear), "5 h (1 to 12 h)");
        assert_eq!(mean_count(90.0, uneven(87.0, 95.0)), "90 +/- 5");
        let far = uneven(87_000.0, 120_400.0);
        assert_eq!(mean_count(90_100.0, far), "90,000 (87,000 to 120,000)");
    }

    #[test]
    fn means_of_times_and_counts_are_rounded_alike() {
        let day = 86_400_000.0;
        assert_eq!(
            mean_span(37.31 * day, Some(around(37.31 * day, 1.4 * day))),
            "37 d +/- 2 d"
        );
        assert_eq!(mean_span(60_000.0, Some(around(60_000.0, 0.0))), "1 min");
        assert_eq!(
            mean_count(238_102.0, Some(around(238_102.0, 4_310.0))),
            "238,000 +/- 5,000"
        );
        assert_eq!(mean_count(3.0, Some(around(3.0, 0.0))), "3");
        assert_eq!(mean_count(148_258.0, None), "150,000");
    }

    #[test]
    fn a_chance_is_never_said_to_be_sure_that_is_not() {
        let of = |hits, n| percent(Chance { hits, n });
        assert_eq!(of(962, 1_000), "96 %");
        assert_eq!(of(9_620, 10_000), "96.2 %");
        assert_eq!(of(1, 10_000), "under 0.1 %");
        assert_eq!(of(1, 1_000), "0.1 %");
        assert_eq!(of(9_999, 10_000), "over 99.9 %");
        assert_eq!(of(0, 50), "0 %");
        assert_eq!(of(0, 0), "-");
    }

    #[test]
    fn a_length_is_rounded_to_what_is_known_of_it() {
        let value = Span::minutes(372);
        assert_eq!(about(value, Span::minutes(25)), "6 h 10 min");
        assert_eq!(about(value, Span::minutes(2)), "6 h 12 min");
        assert_eq!(about(value, Span::hours(2)), "6 h");
        assert_eq!(about(Span::minutes(1_030), Span::MINUTE), "17 h 10 min");
        assert_eq!(two_figures(Span::minutes(1_030)), Span::hours(17));
        assert_eq!(two_figures(Span::minutes(551)), Span::minutes(550));
        assert_eq!(about(Span::minutes(3), Span::hours(2)), "3 min");
        assert_eq!(about(Span(171_000), Span::minutes(13)), "3 min");
        assert_eq!(about(Span(-171_000), Span::minutes(13)), "-3 min");
    }

    #[test]
    fn a_quantile_says_how_far_its_ranks_reach() {
        let hours = Span::hours;
        let said = |value, low, high| {
            quantile(Some(Quantile {
                value,
                interval: Some((low, high)),
            }))
        };
        let pair = |value: &str, error: &str| (value.to_owned(), error.to_owned());
        let minutes = Span::minutes;
        assert_eq!(
            said(minutes(261), minutes(250), minutes(268)),
            pair("4 h 20 min", "+/- 20 min")
        );
        assert_eq!(
            said(hours(13), hours(12), hours(16)),
            pair("13 h", "(12 to 16 h)")
        );
        assert_eq!(said(hours(13), hours(13), hours(13)), pair("13 h", ""));
        assert_eq!(
            said(hours(20), hours(20), hours(60)),
            pair("20 h", "(20 h to 2.5 d)")
        );
        assert_eq!(
            said(minutes(20), Span::ZERO, minutes(25)),
            pair("20 min", "(0 to 25 min)")
        );
        assert_eq!(
            said(minutes(615), minutes(608), minutes(622)),
            pair("10 h 15 min", "+/- 7 min")
        );
        assert_eq!(
            said(hours(60), hours(57), hours(62)),
            pair("2.5 d", "+/- 0.2 d")
        );
        // Of what was not reached its lower end is known.
        assert_eq!(said(NEVER, hours(9), NEVER), pair("-", "(over 9 h)"));
        assert_eq!(said(NEVER, NEVER, NEVER), pair("-", ""));
        assert_eq!(said(hours(9), hours(3), NEVER), pair("9 h", "(over 3 h)"));
        let few = Quantile {
            value: hours(9),
            interval: None,
        };
        assert_eq!(quantile(Some(few)), pair("?", ""));
        assert_eq!(quantile_line(Some(few)), "?");
    }
}
