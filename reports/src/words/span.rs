//! Lengths of time in words.

use super::plural;
use hotwash_engine::exercise::{Limit, Span};

/// A length of time as people say it, without false digits: `45 s`, `3 min 20 s`, `52 min`,
/// `6 h 12 min`, `2.6 d`.
///
/// Seconds are said up to five minutes, minutes up to two days, then tenths of a day. Rounding is
/// half up and happens before the unit is chosen, so 59 min 40 s is `1 h`.
pub fn duration(span: Span) -> String {
    let sign = if span.0 < 0 { "-" } else { "" };
    let ms = span.0.saturating_abs();
    let seconds = (ms + 500) / 1_000;
    let minutes = (ms + 30_000) / 60_000;
    let text = if ms == 0 {
        "no time".to_owned()
    } else if seconds == 0 {
        "under 1 s".to_owned()
    } else if seconds < 60 {
        format!("{seconds} s")
    } else if seconds < 300 {
        two(seconds / 60, "min", seconds % 60, "s")
    } else if minutes < 60 {
        format!("{minutes} min")
    } else if minutes < 48 * 60 {
        two(minutes / 60, "h", minutes % 60, "min")
    } else {
        let tenths = if ms >= Span::days(100).0 {
            // Beyond a hundred days a tenth of one is a false digit.
            (ms + Span::DAY.0 / 2) / Span::DAY.0 * 10
        } else {
            (ms + Span::DAY.0 / 20) / (Span::DAY.0 / 10)
        };
        if tenths % 10 == 0 {
            format!("{} d", tenths / 10)
        } else {
            format!("{}.{} d", tenths / 10, tenths % 10)
        }
    };
    format!("{sign}{text}")
}

fn two(great: i64, unit: &str, small: i64, small_unit: &str) -> String {
    if small == 0 {
        format!("{great} {unit}")
    } else {
        format!("{great} {unit} {small} {small_unit}")
    }
}

/// A limit as the plan sets it: `4 h`, `3 d`, `10 business days`, `1 month`.
pub fn limit(limit: Limit) -> String {
    let days = |n: u16, one, more| format!("{n} {}", plural(u64::from(n), one, more));
    match limit {
        // Laws count such limits in hours.
        Limit::Elapsed(span) if span.0 % Span::HOUR.0 == 0 && span.0 <= Span::hours(96).0 => {
            format!("{} h", span.0 / Span::HOUR.0)
        }
        Limit::Elapsed(span) => duration(span),
        Limit::Days(n) => format!("{n} d"),
        Limit::BusinessDays(n) => days(n, "business day", "business days"),
        Limit::Months(n) => days(n, "month", "months"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(ms: i64) -> String {
        duration(Span(ms))
    }

    #[test]
    fn each_length_has_its_unit() {
        assert_eq!(said(0), "no time");
        assert_eq!(said(1), "under 1 s");
        assert_eq!(said(45_000), "45 s");
        assert_eq!(said(200_000), "3 min 20 s");
        assert_eq!(said(Span::minutes(52).0), "52 min");
        assert_eq!(said(Span::minutes(372).0), "6 h 12 min");
        assert_eq!(said(Span::hours(19).0), "19 h");
        assert_eq!(said(Span::hours(62).0), "2.6 d");
        assert_eq!(said(Span::days(3).0), "3 d");
        assert_eq!(said(Span::hours(6_451).0), "269 d");
        assert_eq!(said(-Span::minutes(90).0), "-1 h 30 min");
    }

    #[test]
    fn rounding_comes_before_the_unit() {
        assert_eq!(said(59_600), "1 min");
        assert_eq!(said(299_700), "5 min");
        assert_eq!(said(Span::minutes(60).0 - 20_000), "1 h");
        assert_eq!(said(Span::days(2).0 - 1), "2 d");
    }

    #[test]
    fn no_length_is_said_to_be_longer_than_a_greater_one() {
        let order = |text: &str| -> i64 {
            let words: Vec<&str> = text.split(' ').collect();
            let unit = |unit: &str| match unit {
                "s" => 1_000.0,
                "min" => 60_000.0,
                "h" => 3_600_000.0,
                "d" => 86_400_000.0,
                other => panic!("{other} is no unit"),
            };
            let ms: f64 = words
                .chunks(2)
                .map(|pair| pair[0].parse::<f64>().expect("a number") * unit(pair[1]))
                .sum();
            #[expect(clippy::cast_possible_truncation, reason = "well within i64")]
            let ms = ms.round() as i64;
            ms
        };
        let mut before = 0;
        for ms in (1_000..Span::days(4).0).step_by(47_303) {
            let now = order(&said(ms));
            assert!(now >= before, "{} after {before} ms", said(ms));
            before = now;
        }
    }

    #[test]
    fn limits_are_said_as_the_plan_sets_them() {
        assert_eq!(limit(Limit::Elapsed(Span::hours(24))), "24 h");
        assert_eq!(limit(Limit::BusinessDays(1)), "1 business day");
        assert_eq!(limit(Limit::Days(14)), duration(Span::days(14)));
        assert_eq!(limit(Limit::Elapsed(Span::hours(72))), "72 h");
    }
}
