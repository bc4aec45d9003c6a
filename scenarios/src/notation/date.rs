//! Days of the calendar: `2026-03-06`.

use super::names::month;
use super::{Notation, Reading};
use hotwash_engine::exercise::Day;

impl Notation for Day {
    const WHAT: &'static str = "a date";
    const LOOKS: &'static str = "dates look like `2026-03-06`";

    fn parse(text: &str) -> Result<Self, String> {
        let not = || format!("`{text}` is not a date");
        let bytes = text.as_bytes();
        let formed = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !formed {
            return Err(not());
        }
        let number = |from: usize, to: usize| text[from..to].parse::<u16>().map_err(|_| not());
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        of(year, month, day)
            .ok_or_else(|| format!("there is no day `{text}` in the years 1970 to 2200"))
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let mut found = Vec::new();
        let mut add = |day: Option<Self>, said: &str| {
            found.extend(day.map(|day| Reading::new(day, spelled(day), said)));
        };
        let text = without_day_of_week(text);
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if digits && text.len() == 8 {
            let number = |from: usize, to: usize| text[from..to].parse().ok();
            let parts = (number(0, 4), number(4, 6), number(6, 8));
            if let (Some(year), Some(month), Some(day)) = parts {
                add(of(year, month, day), "");
            }
            return found;
        }
        if let Some(day) = with_month_name(text) {
            add(Some(day), "");
            return found;
        }
        let sign = text.chars().find(|c| matches!(c, '-' | '/' | '.'));
        let parts: Vec<&str> =
            sign.map_or_else(Vec::new, |sign| text.split(sign).map(str::trim).collect());
        let numbers: Option<Vec<u16>> = parts.iter().map(|part| part.parse().ok()).collect();
        match (numbers.as_deref(), sign) {
            (Some([year, month, day]), _) if parts[0].len() == 4 => {
                add(of(*year, *month, *day), "");
            }
            // With dots the day comes first wherever dates have dots.
            (Some([day, month, year]), Some('.')) if parts[2].len() == 4 => {
                add(of(*year, *month, *day), "");
            }
            (Some([first, second, year]), Some(_)) if parts[2].len() == 4 => {
                add(of(*year, *second, *first), "the day first");
                add(of(*year, *first, *second), "the month first");
            }
            _ => {}
        }
        found
    }
}

/// The day of a year, a month and a day of the month, if there is one.
fn of(year: u16, month: u16, day: u16) -> Option<Day> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let sane = (1970..=2200).contains(&year) && (1..=12).contains(&month) && day >= 1;
    let found = Day::from_civil(i32::from(year), month, day);
    (sane && found.civil() == (i32::from(year), month, day)).then_some(found)
}

/// A date as definitions write it.
pub(super) fn spelled(day: Day) -> String {
    let (year, month, day) = day.civil();
    format!("{year:04}-{month:02}-{day:02}")
}

/// `6 March 2026`, `March 6, 2026`, `6. März 2026`, `6-Mar-2026`.
fn with_month_name(text: &str) -> Option<Day> {
    let words: Vec<&str> = text
        .split([' ', ',', '-', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let [first, second, year] = words[..] else {
        return None;
    };
    let year = (year.len() == 4).then(|| year.parse().ok())??;
    let number = |word: &str| {
        let ends = ["st", "nd", "rd", "th"];
        let end = ends.into_iter().find(|end| word.ends_with(end));
        word[..word.len() - end.map_or(0, str::len)]
            .parse::<u16>()
            .ok()
    };
    let day_first = number(first).zip(month(second));
    let (day, month) = day_first.or_else(|| number(second).zip(month(first)))?;
    of(year, u16::from(month), day)
}

/// What is behind `Fri, `: the day of the week follows from the date.
fn without_day_of_week(text: &str) -> &str {
    let Some((word, rest)) = text.split_once([' ', ',']) else {
        return text;
    };
    match super::names::weekday(word) {
        Some(_) => rest.trim_start_matches([',', ' ']),
        None => text,
    }
}
