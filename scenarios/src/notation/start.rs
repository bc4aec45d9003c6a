//! When an exercise starts: `Fri 18:40`, `2026-03-06 18:40`.

use super::names::{WEEKDAYS, weekday};
use super::{Notation, Reading, clock, date};
use hotwash_engine::exercise::Day;

/// When an exercise starts: a weekday with a time, or a date with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// The weekday, Monday 0, where one is given.
    pub weekday: Option<u8>,
    /// The date, where one is given.
    pub date: Option<Day>,
    /// Minutes after local midnight.
    pub minute: u16,
}

impl Notation for Start {
    const WHAT: &'static str = "a start";
    const LOOKS: &'static str = "starts look like `Fri 18:40` or `2026-03-06 18:40`";

    fn parse(text: &str) -> Result<Self, String> {
        let not = || format!("`{text}` is not a start");
        let (day, time) = text.split_once(' ').ok_or_else(not)?;
        let minute = clock::canonical(time.trim()).filter(|minute| *minute < 1_440);
        let weekday = WEEKDAYS.iter().position(|name| *name == day);
        let start = Self {
            weekday: weekday.and_then(|day| u8::try_from(day).ok()),
            date: Day::parse(day).ok(),
            minute: minute.ok_or_else(not)?,
        };
        if start.weekday.is_none() && start.date.is_none() {
            return Err(not());
        }
        Ok(start)
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let mut found: Vec<Reading<Self>> = Vec::new();
        for (at, sign) in text
            .char_indices()
            .filter(|(_, c)| matches!(c, ' ' | ',' | 'T'))
        {
            let (left, right) = (&text[..at], &text[at + sign.len_utf8()..]);
            let behind = right.trim_start_matches([',', ' ']);
            let small = ["at ", "um ", "@ "]
                .into_iter()
                .find(|word| behind.to_lowercase().starts_with(word));
            let behind = &behind[small.map_or(0, str::len)..];
            found.extend(together(left, behind));
            if found.is_empty() && sign != 'T' {
                found.extend(together(behind, left));
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }
}

/// A day and a time of day.
fn together(day: &str, time: &str) -> Vec<Reading<Start>> {
    let day = day.trim_end_matches([',', ' ', '.']);
    let Some(clock) = clock::read(time).filter(|clock| clock.minute < 1_440) else {
        return Vec::new();
    };
    let shown = clock::spelled(clock.minute);
    if let Some(weekday) = weekday(day) {
        let start = Start {
            weekday: Some(weekday),
            date: None,
            minute: clock.minute,
        };
        let name = WEEKDAYS[usize::from(weekday)];
        return vec![Reading::new(start, format!("{name} {shown}"), "")];
    }
    let days = match Day::parse(day) {
        Ok(day) => vec![Reading::new(day, date::spelled(day), "")],
        Err(_) => Day::readings(day),
    };
    let read = |day: Reading<Day>| {
        let start = Start {
            weekday: None,
            date: Some(day.value),
            minute: clock.minute,
        };
        Reading::new(start, format!("{} {shown}", day.written), day.said)
    };
    days.into_iter().map(read).collect()
}
