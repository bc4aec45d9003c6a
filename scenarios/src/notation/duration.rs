//! Durations: `15m`, `1h 30m`, `3d`.

use super::quantity::{Quantity, quantities};
use super::{Notation, Reading};
use crate::limits;
use hotwash_engine::exercise::{Law, Span};

const UNITS: &[(&str, Span)] = &[
    ("ms", Span(1)),
    ("s", Span::SECOND),
    ("m", Span::MINUTE),
    ("h", Span::HOUR),
    ("d", Span::DAY),
    ("w", Span::days(7)),
];

pub(super) const LONGEST: Span = Span::days(limits::DAYS);

impl Notation for Span {
    const WHAT: &'static str = "a duration";
    const LOOKS: &'static str =
        "durations look like `15m`, `4h`, `1h 30m`, `3d`; units are s, m, h, d, w";

    fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err("a duration is missing".to_owned());
        }
        if rest.starts_with('-') {
            return Err(format!("`{text}` is less than no time at all"));
        }
        let mut total = Self::ZERO;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, tail) = rest.split_at(digits);
            let letters = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (unit, tail) = tail.split_at(letters);
            let number: i64 = match number {
                "" => return Err(format!("`{text}` is not a duration")),
                number => number.parse().unwrap_or(i64::MAX),
            };
            let known = UNITS.iter().find(|(name, _)| *name == unit);
            let Some((_, length)) = known else {
                return Err(unknown_unit(text, unit, number));
            };
            total += Self(length.0.saturating_mul(number));
            rest = tail.trim_start();
        }
        if total > LONGEST {
            return Err(format!("`{text}` is longer than {} days", limits::DAYS));
        }
        Ok(total)
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let read = |quantity: Quantity| {
            let span = span_of(&quantity)?;
            Some(Reading::new(span, written(&quantity, span), quantity.said))
        };
        quantities(text).into_iter().filter_map(read).collect()
    }
}

/// The duration that an amount of time is, where it has no unit of the calendar.
pub(super) fn span_of(quantity: &Quantity) -> Option<Span> {
    let span = Span(quantity.milliseconds()?);
    (span <= LONGEST).then_some(span)
}

/// An amount of time as definitions write it, in its author's unit where it is a whole number of one.
pub(super) fn written(quantity: &Quantity, span: Span) -> String {
    let whole = quantity.single().and_then(|(number, unit)| {
        let name = UNITS
            .iter()
            .find(|(_, length)| Some(length.0) == unit.milliseconds());
        Some((number.as_whole()?, name?.0))
    });
    match whole {
        Some((number, name)) => format!("{number}{name}"),
        None => spelled(span),
    }
}

fn unknown_unit(text: &str, unit: &str, number: i64) -> String {
    match unit {
        "" if text.trim().bytes().all(|b| b.is_ascii_digit()) => format!("`{number}` has no unit"),
        "bd" | "mo" => format!("`{unit}` counts days of a calendar, which only limits do"),
        _ => format!("`{text}` is not a duration"),
    }
}

/// Writes a duration that is not known exactly as an author would.
pub fn spelled_law(law: &Law) -> String {
    match law {
        Law::Fixed(span) => spelled(*span),
        Law::Range { low, high } => format!("{} to {}", spelled(*low), spelled(*high)),
        Law::Triangle {
            least,
            likely,
            most,
        } => format!(
            "least {}, likely {}, most {}",
            spelled(*least),
            spelled(*likely),
            spelled(*most)
        ),
        Law::About(mean) => format!("about {}", spelled(*mean)),
        Law::Observed(spans) => {
            let all: Vec<String> = spans.iter().map(|span| spelled(*span)).collect();
            format!("[{}]", all.join(", "))
        }
    }
}

/// Writes a duration as an author would: in the greatest units that leave nothing over.
pub fn spelled(span: Span) -> String {
    spelled_in(span, "d")
}

/// Writes a duration in units up to a greatest one.
pub(super) fn spelled_in(span: Span, greatest: &str) -> String {
    let mut rest = span.0.max(0);
    let mut text = String::new();
    let last = UNITS.iter().position(|(unit, _)| *unit == greatest);
    for (unit, length) in UNITS[..=last.unwrap_or(0)].iter().rev() {
        let count = rest / length.0;
        rest -= count * length.0;
        if count > 0 {
            let gap = if text.is_empty() { "" } else { " " };
            text.push_str(gap);
            text.push_str(&count.to_string());
            text.push_str(unit);
        }
    }
    if text.is_empty() {
        "0m".to_owned()
    } else {
        text
    }
}
