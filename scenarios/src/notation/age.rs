//! How long ago something was, and how often it is due: a date, or `90d`, `6mo`, `1y`.

use super::quantity::{Quantity, Unit, quantities};
use super::{Notation, Reading};
use hotwash_engine::exercise::Day;

/// How long ago something was: a date, or an age such as `90d` or `6mo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// So many days before STARTEX.
    Days(u32),
    /// On this day.
    On(Day),
}

/// How often something is due, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every(pub u32);

/// The most days.
const MOST: u32 = 36_600;

/// The days of a number with a unit of the calendar.
fn days(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u32 = number.parse().ok().filter(|n| *n <= MOST)?;
    let days = match unit {
        "d" => number,
        "w" => number * 7,
        "mo" => number * 365 / 12,
        "y" => number * 365,
        _ => return None,
    };
    (days <= MOST).then_some(days)
}

/// An amount of time in a unit of the calendar.
fn written(quantity: &Quantity) -> Option<String> {
    let (number, unit) = quantity.single()?;
    Some(match (number.as_whole(), unit) {
        (Some(count), Unit::Day) => format!("{count}d"),
        (Some(count), Unit::Week) => format!("{count}w"),
        (Some(count), Unit::Month) => format!("{count}mo"),
        (Some(count), Unit::Year) => format!("{count}y"),
        (None, Unit::Year) => format!("{}mo", number.times(12)?),
        (None, Unit::Week) => format!("{}d", number.times(7)?),
        (_, Unit::Hour) => {
            let hours = number.as_whole().filter(|hours| hours % 24 == 0)?;
            format!("{}d", hours / 24)
        }
        _ => return None,
    })
}

/// Every number of days that a text can mean, as definitions write it.
fn amounts(text: &str) -> Vec<Reading<u32>> {
    // Months are likelier than minutes where days are counted; a number alone has no unit.
    let bare = text.bytes().all(|b| b.is_ascii_digit());
    let read = |quantity: Quantity| {
        let written = written(&quantity)?;
        Some(Reading::new(days(&written)?, written, ""))
    };
    let all = quantities(text).into_iter().filter(|_| !bare);
    all.filter_map(read).collect()
}

impl Notation for Age {
    const WHAT: &'static str = "a date or an age";
    const LOOKS: &'static str =
        "write a date such as `2026-03-06`, or an age such as `90d`, `6mo` or `1y`";

    fn parse(text: &str) -> Result<Self, String> {
        if let Ok(day) = Day::parse(text) {
            return Ok(Self::On(day));
        }
        let not = || format!("`{text}` is not a date or an age");
        days(text).map(Self::Days).ok_or_else(not)
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let lower = text.to_lowercase();
        let end = [" ago", " old", " alt"]
            .into_iter()
            .find(|end| lower.ends_with(end));
        let text = text
            .get(..text.len() - end.map_or(0, str::len))
            .unwrap_or(text);
        let text = text.strip_prefix("vor ").unwrap_or(text);
        let ages = amounts(text).into_iter();
        let ages = ages.map(|age| Reading::new(Self::Days(age.value), age.written, age.said));
        let dates = Day::readings(text).into_iter();
        let dates = dates.map(|day| Reading::new(Self::On(day.value), day.written, day.said));
        ages.chain(dates).collect()
    }
}

const OFTEN: [(&str, &str); 10] = [
    ("daily", "1d"),
    ("weekly", "1w"),
    ("monthly", "1mo"),
    ("quarterly", "3mo"),
    ("half-yearly", "6mo"),
    ("yearly", "1y"),
    ("annually", "1y"),
    ("j\u{e4}hrlich", "1y"),
    ("monatlich", "1mo"),
    ("viertelj\u{e4}hrlich", "3mo"),
];

impl Notation for Every {
    const WHAT: &'static str = "an interval in days";
    const LOOKS: &'static str = "intervals look like `90d`, `6mo` or `1y`";

    fn parse(text: &str) -> Result<Self, String> {
        match days(text) {
            Some(0) => Err("an interval of no time at all".to_owned()),
            Some(days) => Ok(Self(days)),
            None => Err(format!("`{text}` is not an interval in days")),
        }
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let lower = text.to_lowercase();
        if let Some((_, written)) = OFTEN.iter().find(|(word, _)| *word == lower) {
            let days = days(written).map(Self);
            return days
                .into_iter()
                .map(|days| Reading::new(days, *written, ""))
                .collect();
        }
        let inner = ["every ", "each ", "alle "]
            .into_iter()
            .find(|start| lower.starts_with(start));
        let text = text.get(inner.map_or(0, str::len)..).unwrap_or(text);
        let amounts = amounts(text).into_iter().filter(|days| days.value > 0);
        amounts
            .map(|days| Reading::new(Self(days.value), days.written, days.said))
            .collect()
    }
}
