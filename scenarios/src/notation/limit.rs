//! Limits: `72h`, `3d`, `2bd`, `1mo`. Days and months of a limit are those of the calendar.

use super::duration::{span_of, spelled_in};
use super::quantity::{Quantity, Unit, quantities};
use super::{Notation, Reading};
use hotwash_engine::exercise::{Limit, Span};

impl Notation for Limit {
    const WHAT: &'static str = "a limit";
    const LOOKS: &'static str =
        "limits look like `72h`, `3d` (calendar days), `2bd` (business days), `1mo`";

    fn parse(text: &str) -> Result<Self, String> {
        let trimmed = text.trim();
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = trimmed.split_at(digits);
        let number = number
            .parse::<u16>()
            .ok()
            .filter(|n| (1..=3_660).contains(n));
        let limit = match (unit, number) {
            ("d", Some(days)) => Self::Days(days),
            ("w", Some(weeks)) if weeks <= 520 => Self::Days(weeks * 7),
            ("bd", Some(days)) => Self::BusinessDays(days),
            ("mo", Some(months)) if months <= 120 => Self::Months(months),
            ("d" | "w" | "bd" | "mo", _) => return Err(format!("`{text}` is out of range")),
            _ => Self::Elapsed(Span::parse(text)?),
        };
        match limit {
            Self::Elapsed(Span(0)) => {
                Err("a limit of no time at all can only be missed".to_owned())
            }
            limit => Ok(limit),
        }
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let lower = text.to_lowercase();
        let inner = ["within ", "innerhalb von ", "binnen "];
        let start = inner.into_iter().find(|start| lower.starts_with(start));
        let text = start
            .and_then(|start| text.get(start.len()..))
            .unwrap_or(text);
        let read = |quantity: Quantity| {
            let written = written(&quantity)?;
            let limit = Self::parse(&written).ok()?;
            Some(Reading::new(limit, written, quantity.said))
        };
        quantities(text).into_iter().filter_map(read).collect()
    }
}

/// An amount of time as limits are written.
fn written(quantity: &Quantity) -> Option<String> {
    if let Some((number, unit)) = quantity.single() {
        match (number.as_whole(), unit) {
            (Some(days), Unit::Day) => return Some(format!("{days}d")),
            (Some(weeks), Unit::Week) => return Some(format!("{weeks}w")),
            (Some(days), Unit::BusinessDay) => return Some(format!("{days}bd")),
            (Some(months), Unit::Month) => return Some(format!("{months}mo")),
            (_, Unit::Year) => return Some(format!("{}mo", number.times(12)?)),
            _ => {}
        }
    }
    // A day of the calendar can have 23 hours: what has gone by is written in hours.
    span_of(quantity).map(|span| spelled_in(span, "h"))
}
