//! Dates, hours of the week, starts and time zones.

use super::mend::mend;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::read::{Decode, Reader};
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{Day, DayHours, WeeklyHours};
use schemars::{Schema, SchemaGenerator, json_schema};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A date such as `2026-03-06`.
fn date(text: &str) -> Option<Day> {
    let parsed: jiff::civil::Date = (text.len() == 10).then(|| text.parse().ok())??;
    let (month, day) = (u8::try_from(parsed.month()), u8::try_from(parsed.day()));
    (1970..=2200)
        .contains(&parsed.year())
        .then_some(Day::from_civil(
            i32::from(parsed.year()),
            month.ok()?,
            day.ok()?,
        ))
}

/// Minutes after midnight of a time such as `18:40`; `24:00` is the end of the day.
fn clock(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |text: &str| {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let (hours, minutes): (u16, u16) = (two(hours)?, two(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 1_440).then_some(total)
}

fn weekday(text: &str) -> Option<u8> {
    let found = WEEKDAYS.iter().position(|name| *name == text)?;
    u8::try_from(found).ok()
}

/// Hours of the week, such as `Mon-Fri 08:00-18:00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours(pub WeeklyHours);

/// Every hour of the week.
pub fn always() -> Hours {
    Hours(WeeklyHours::always())
}

fn hours(text: &str) -> Option<Hours> {
    if text == "always" {
        return Some(always());
    }
    let mut all = Vec::new();
    for part in text.split(',') {
        let (days, times) = part.trim().split_once(' ')?;
        let (from, until) = times.trim().split_once('-')?;
        let (from, until) = (clock(from)?, clock(until)?);
        let until = if until <= from { until + 1_440 } else { until };
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let (first, last) = (weekday(first)?, weekday(last)?);
        let count = (last + 7 - first) % 7;
        for offset in 0..=count {
            all.push(DayHours {
                weekday: (first + offset) % 7,
                from,
                until,
            });
        }
    }
    all.sort_unstable();
    let apart = all
        .windows(2)
        .all(|pair| pair[0].weekday != pair[1].weekday || pair[0].until <= pair[1].from);
    (apart && all.iter().all(|hours| hours.from < 1_440)).then_some(Hours(WeeklyHours(all)))
}

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

impl Start {
    /// Reads a start as authors write it, such as `Fri 18:40` or `2026-03-06 18:40`.
    pub fn parse(text: &str) -> Option<Self> {
        start(text)
    }
}

fn start(text: &str) -> Option<Start> {
    let (day, time) = text.split_once(' ')?;
    let minute = clock(time.trim()).filter(|minute| *minute < 1_440)?;
    let start = Start {
        weekday: weekday(day),
        date: date(day),
        minute,
    };
    (start.weekday.is_some() || start.date.is_some()).then_some(start)
}

/// The IANA name of a time zone, such as `Europe/Lisbon`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneName(pub String);

/// How long ago something was: a date, or an age such as `90d` or `6mo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// So many days before STARTEX.
    Days(u32),
    /// On this day.
    On(Day),
}

fn age(text: &str) -> Option<Age> {
    if let Some(day) = date(text) {
        return Some(Age::On(day));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u32 = number.parse().ok().filter(|n| *n <= 36_600)?;
    let days = match unit {
        "d" => number,
        "w" => number * 7,
        "mo" => number * 365 / 12,
        "y" => number * 365,
        _ => return None,
    };
    (days <= 36_600).then_some(Age::Days(days))
}

/// How often something is due, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every(pub u32);

fn every(text: &str) -> Option<Every> {
    match age(text)? {
        Age::Days(days) if days > 0 => Some(Every(days)),
        _ => None,
    }
}

/// What a text of a fixed form is, and how it is mended.
struct Form {
    code: Code,
    what: &'static str,
    looks: &'static str,
    letters: &'static str,
}

fn read<T>(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    form: &Form,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = reader.text(node, form.what)?;
    if let Some(value) = parse(&text) {
        return Some(value);
    }
    let message = format!("`{text}` is not {}", form.what);
    let problem = Diagnostic::new(form.code, message, node.place).note(form.looks);
    let mended = mend(&capitalised(&text), form.letters, |text| {
        parse(text).is_some()
    });
    reader.report(match mended {
        Some(mended) => problem.cure(
            &format!("write `\"{mended}\"`"),
            node.place,
            &format!("\"{mended}\""),
        ),
        None => problem,
    });
    None
}

/// Weekdays with a capital and three letters, and a colon for a dot in times.
fn capitalised(text: &str) -> String {
    let mut fixed = text.trim().to_owned();
    for name in WEEKDAYS {
        let lower = name.to_lowercase();
        for long in ["day", "sday", "nesday", "rsday", "urday"] {
            fixed = fixed.replace(&format!("{name}{long}"), name);
            fixed = fixed.replace(&format!("{lower}{long}"), name);
        }
        fixed = fixed.replace(&lower, name);
    }
    fixed
}

const DATE: Form = Form {
    code: Code::BadTime,
    what: "a date",
    looks: "dates look like `2026-03-06`",
    letters: "0123456789-",
};
const HOURS: Form = Form {
    code: Code::BadHours,
    what: "hours of the week",
    looks: "hours look like `Mon-Fri 08:00-18:00`, `Mon-Thu 08:00-17:00, Fri 08:00-14:00` or `always`",
    letters: "0123456789:- ,MonTueWdhFriSatalwys",
};
const START: Form = Form {
    code: Code::BadTime,
    what: "a start",
    looks: "starts look like `Fri 18:40` or `2026-03-06 18:40`",
    letters: "0123456789:- MonTueWdhFriSat",
};
const AGE: Form = Form {
    code: Code::BadTime,
    what: "a date or an age",
    looks: "write a date such as `2026-03-06`, or an age such as `90d`, `6mo` or `1y`",
    letters: "dmoyw0123456789-",
};

const EVERY: Form = Form {
    code: Code::BadTime,
    what: "an interval in days",
    looks: "intervals look like `90d`, `6mo` or `1y`",
    letters: "dmoyw0123456789",
};

impl Decode for Every {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, &EVERY, every)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": EVERY.looks })
    }
}

impl Decode for Day {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, &DATE, date)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "description": DATE.looks })
    }
}

impl Decode for Start {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, &START, start)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": START.looks })
    }
}

impl Decode for Age {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, &AGE, age)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": AGE.looks })
    }
}

impl Decode for Hours {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, &HOURS, hours)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": HOURS.looks })
    }
}

impl Decode for ZoneName {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text(node, "a time zone")?;
        let database = jiff::tz::TimeZoneDatabase::bundled();
        if text.is_ascii() && text.len() <= 64 && database.get(&text).is_ok() {
            return Some(Self(text));
        }
        let known: Vec<String> = database
            .available()
            .map(|name| name.as_str().to_owned())
            .collect();
        let near = nearest(&text, known.iter().map(String::as_str));
        let message = format!("`{text}` is not a time zone of the IANA database");
        reader.report(
            Diagnostic::new(Code::UnknownZone, message, node.place)
                .did_you_mean(near, true)
                .note("zones look like `Europe/Lisbon`"),
        );
        None
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "an IANA time zone, such as `Europe/Lisbon`" })
    }
}

/// Whether a node is `true` or `false`.
pub(super) fn is_truth(node: &Node<'_>) -> bool {
    matches!(node.kind, NodeKind::Word("true" | "false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_hours_are_five_days() {
        let Hours(WeeklyHours(days)) = hours("Mon-Fri 08:00-18:00").unwrap();
        assert_eq!(days.len(), 5);
        assert_eq!((days[0].from, days[0].until), (480, 1_080));
    }

    #[test]
    fn hours_may_run_into_the_next_day_and_over_the_week_end() {
        let Hours(WeeklyHours(days)) = hours("Sat-Mon 22:00-06:00").unwrap();
        let weekdays: Vec<u8> = days.iter().map(|day| day.weekday).collect();
        assert_eq!(weekdays, [0, 5, 6]);
        assert_eq!(days[0].until, 1_800);
    }

    #[test]
    fn starts_and_dates_are_checked() {
        assert_eq!(start("Fri 18:40").unwrap().minute, 1_120);
        assert!(start("2026-03-06 18:40").unwrap().date.is_some());
        assert!(start("Fri 25:00").is_none() && date("2026-02-30").is_none());
        assert_eq!(age("6mo"), Some(Age::Days(182)));
    }
}
