//! Hours of the week: `Mon-Fri 08:00-18:00`.

use super::clock::{self, Clock};
use super::names::{WEEKDAYS, weekday};
use super::{Notation, Reading};
use hotwash_engine::exercise::{DayHours, WeeklyHours};

/// Hours of the week, such as `Mon-Fri 08:00-18:00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours(pub WeeklyHours);

/// Every hour of the week.
pub fn always() -> Hours {
    Hours(WeeklyHours::always())
}

impl Notation for Hours {
    const WHAT: &'static str = "hours of the week";
    const LOOKS: &'static str =
        "hours look like `Mon-Fri 08:00-18:00`, `Mon-Thu 08:00-17:00, Fri 08:00-14:00` or `always`";

    fn parse(text: &str) -> Result<Self, String> {
        if text == "always" {
            return Ok(always());
        }
        let not = || format!("`{text}` are not hours of the week");
        let mut all = Vec::new();
        for part in text.split(',') {
            let (days, times) = part.trim().split_once(' ').ok_or_else(not)?;
            let (from, until) = times.trim().split_once('-').ok_or_else(not)?;
            let clocks = (clock::canonical(from), clock::canonical(until));
            let (Some(from), Some(until)) = clocks else {
                return Err(not());
            };
            let (first, last) = days.split_once('-').unwrap_or((days, days));
            let day = |name: &str| WEEKDAYS.iter().position(|known| *known == name);
            let (Some(first), Some(last)) = (day(first), day(last)) else {
                return Err(not());
            };
            for day in days_between(first, last) {
                all.push(on(day, from, until));
            }
        }
        apart(all).ok_or_else(|| format!("the hours `{text}` overlap"))
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        const ALL: [&str; 9] = [
            "24/7",
            "24x7",
            "24 x 7",
            "24h",
            "24 h",
            "round the clock",
            "rund um die uhr",
            "immer",
            "always",
        ];
        let lower = text.to_lowercase();
        if ALL.contains(&lower.as_str()) {
            return vec![Reading::new(always(), "always", "")];
        }
        let Some(parts) = parts(&lower) else {
            return Vec::new();
        };
        let mut found = vec![(Vec::new(), String::new())];
        for (days, times) in group(&parts).unwrap_or_default() {
            found = extended(found, &days, &times);
        }
        let read = |(hours, said): (Vec<DayHours>, String)| {
            let hours = apart(hours).filter(|hours| !hours.0.0.is_empty())?;
            let written = spelled(&hours);
            (Self::parse(&written).ok().as_ref() == Some(&hours))
                .then(|| Reading::new(hours, written, said))
        };
        found.into_iter().filter_map(read).collect()
    }
}

fn days_between(first: usize, last: usize) -> impl Iterator<Item = u8> {
    let count = (last + 7 - first) % 7;
    (0..=count).filter_map(move |offset| u8::try_from((first + offset) % 7).ok())
}

/// Hours of one day; what ends no later than it starts ends on the next.
const fn on(weekday: u8, from: u16, until: u16) -> DayHours {
    let until = if until <= from { until + 1_440 } else { until };
    DayHours {
        weekday,
        from,
        until,
    }
}

/// The hours in their order, unless some overlap.
fn apart(mut all: Vec<DayHours>) -> Option<Hours> {
    all.sort_unstable();
    let apart = all
        .windows(2)
        .all(|pair| pair[0].weekday != pair[1].weekday || pair[0].until <= pair[1].from);
    (apart && all.iter().all(|hours| hours.from < 1_440)).then_some(Hours(WeeklyHours(all)))
}

/// The hours as definitions write them: days with the same times together.
fn spelled(hours: &Hours) -> String {
    if *hours == always() {
        return "always".to_owned();
    }
    let mut times: Vec<(u16, u16)> = hours.0.0.iter().map(|day| (day.from, day.until)).collect();
    times.sort_unstable();
    times.dedup();
    let mut parts: Vec<(usize, u16, String)> = Vec::new();
    for (from, until) in times {
        let open = |day: usize| {
            let mut days = hours.0.0.iter();
            days.any(|of| usize::from(of.weekday) == day && (of.from, of.until) == (from, until))
        };
        let mut day = 0;
        while day < 7 {
            let end = (day..7).find(|day| !open(*day)).unwrap_or(7);
            if end > day {
                let names = if end == day + 1 {
                    WEEKDAYS[day].to_owned()
                } else {
                    format!("{}-{}", WEEKDAYS[day], WEEKDAYS[end - 1])
                };
                let text = format!("{names} {}-{}", clock::spelled(from), clock::spelled(until));
                parts.push((day, from, text));
            }
            day = end.max(day + 1);
        }
    }
    parts.sort_unstable();
    let texts: Vec<String> = parts.into_iter().map(|(.., text)| text).collect();
    texts.join(", ")
}

/// What hours are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day(u8),
    EveryDay,
    WorkingDays,
    Clock(Clock),
    Until,
    And,
}

/// Cuts a text into its parts. `None`: it holds something else.
fn parts(lower: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = lower;
    while let Some(first) = rest.chars().next() {
        let len = if first.is_ascii_digit() {
            let (clock, len) = clock_at(rest)?;
            parts.push(Part::Clock(clock));
            len
        } else if first.is_alphabetic() {
            let len = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            parts.extend(word(&rest[..len])?);
            len
        } else {
            match first {
                '-' => parts.push(Part::Until),
                ',' | ';' | '/' | '&' | '+' => parts.push(Part::And),
                ' ' | ':' | '.' | '(' | ')' => {}
                _ => return None,
            }
            first.len_utf8()
        };
        rest = &rest[len..];
    }
    Some(parts)
}

/// The part that a word is. The inner `None`: a word that says nothing.
#[expect(
    clippy::option_option,
    reason = "whether it is known, and whether it says something"
)]
fn word(word: &str) -> Option<Option<Part>> {
    Some(Some(match word {
        "to" | "bis" | "until" | "till" | "through" | "thru" => Part::Until,
        "and" | "und" => Part::And,
        "daily" | "everyday" | "t\u{e4}glich" => Part::EveryDay,
        "weekdays" | "workdays" => Part::WorkingDays,
        "from" | "von" | "uhr" | "hrs" | "at" => return Some(None),
        "noon" | "midnight" => Part::Clock(clock::read(word)?),
        _ => Part::Day(weekday(word)?),
    }))
}

/// The time of day at the start of a text, and its length.
fn clock_at(text: &str) -> Option<(Clock, usize)> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let mut end = digits;
    if let Some(minutes) = text[end..].strip_prefix([':', '.', 'h'])
        && minutes.len() >= 2
        && minutes.as_bytes()[..2].iter().all(u8::is_ascii_digit)
    {
        end += 3;
    }
    for suffix in ["a.m.", "p.m.", "am", "pm", "uhr", "h"] {
        let behind = text[end..].trim_start();
        if let Some(after) = behind.strip_prefix(suffix)
            && !after.starts_with(char::is_alphabetic)
        {
            end = text.len() - after.len();
            break;
        }
    }
    Some((clock::read(&text[..end])?, end))
}

type Group = (Vec<u8>, Vec<(Clock, Clock)>);

/// Days with the times that hold for them. `None`: the parts stand in no order that says so.
fn group(parts: &[Part]) -> Option<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut days, mut times): Group = (Vec::new(), Vec::new());
    let times_first = matches!(parts.first(), Some(Part::Clock(_)));
    let mut at = 0;
    while at < parts.len() {
        let is_time = matches!(parts[at], Part::Clock(_));
        let is_day = !is_time && !matches!(parts[at], Part::Until | Part::And);
        let begins = if times_first {
            is_time && !days.is_empty()
        } else {
            is_day && !times.is_empty()
        };
        if begins {
            groups.push((std::mem::take(&mut days), std::mem::take(&mut times)));
        }
        at += match (parts[at], parts.get(at + 1), parts.get(at + 2)) {
            (Part::Day(first), Some(Part::Until), Some(Part::Day(last))) => {
                days.extend(days_between(usize::from(first), usize::from(*last)));
                3
            }
            (Part::Clock(from), Some(Part::Until), Some(Part::Clock(until))) => {
                times.push((from, *until));
                3
            }
            (Part::Day(day), ..) => {
                days.push(day);
                1
            }
            (Part::EveryDay, ..) => {
                days.extend(0..7);
                1
            }
            (Part::WorkingDays, ..) => {
                days.extend(0..5);
                1
            }
            (Part::And, ..) => 1,
            (Part::Clock(_) | Part::Until, ..) => return None,
        };
    }
    groups.push((days, times));
    Some(groups)
}

/// Every way to go on with days and times.
fn extended(
    found: Vec<(Vec<DayHours>, String)>,
    days: &[u8],
    times: &[(Clock, Clock)],
) -> Vec<(Vec<DayHours>, String)> {
    let whole_week: (Vec<u8>, &str) = ((0..7).collect(), "on every day");
    let week = if days.is_empty() {
        vec![((0..5).collect(), "from Monday to Friday"), whole_week]
    } else {
        vec![(days.to_vec(), "")]
    };
    let mut longer = Vec::new();
    for (hours, said) in found {
        for (days, of_days) in &week {
            for (spans, of_times) in all_spans(times) {
                let mut hours = hours.clone();
                for day in days {
                    hours.extend(spans.iter().map(|(from, until)| on(*day, *from, *until)));
                }
                let said: Vec<&str> = [said.as_str(), of_days, of_times]
                    .into_iter()
                    .filter(|it| !it.is_empty())
                    .collect();
                longer.push((hours, said.join(", ")));
            }
        }
    }
    longer
}

/// Every way in which times can be meant: `9-5` ends in the afternoon, or in the morning after.
fn all_spans(times: &[(Clock, Clock)]) -> Vec<(Vec<(u16, u16)>, &'static str)> {
    if times.is_empty() {
        return vec![(vec![(0, 1_440)], "")];
    }
    let minutes: Vec<(u16, u16)> = times
        .iter()
        .map(|(from, until)| (from.minute, until.minute))
        .collect();
    let [(from, until)] = times else {
        return vec![(minutes, "")];
    };
    let in_doubt = !until.sure && until.minute <= from.minute && from.minute <= 720;
    if !in_doubt {
        return vec![(minutes, "")];
    }
    vec![
        (
            vec![(from.minute, until.minute + 720)],
            "until the afternoon",
        ),
        (minutes, "until the next morning"),
    ]
}
