//! When an exercise starts and ends, and the offsets of time zones meanwhile.

use super::DEFAULT_LIMIT;
use super::ledger::{ILLUSTRATIVE, default_used};
use crate::definition::{self, Age, Condition, Start};
use crate::source::Spanned;
use hotwash_engine::exercise::{Day, DefaultUsed, ExerciseTime, Span, Zone};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A weekday as start means the first such day from here on, unless a date is given: a Monday in a
/// spring without holidays or a change of the clocks nearby.
const BASE_DAY: Day = Day::from_civil(2026, 3, 2);

/// Without a start: an ordinary working hour.
const USUAL_START: Start = Start {
    weekday: Some(1),
    date: None,
    minute: 600,
};

/// How far beyond an exercise offsets are kept, for clocks that run on.
const MARGIN: Span = Span::days(400);

/// Between what instants an exercise lies.
pub(super) struct Opening {
    /// STARTEX in ms since 1970 UTC.
    pub(super) startex: i64,
    /// The local day of STARTEX.
    pub(super) day: Day,
    pub(super) onset: ExerciseTime,
    pub(super) limit: ExerciseTime,
    pub(super) defaults: Vec<DefaultUsed>,
}

pub(super) fn opening(
    organisation: &definition::Organisation,
    scenario: &definition::Scenario,
    whole: Option<&definition::Exercise>,
) -> Opening {
    let mut defaults = Vec::new();
    let mut default = |place: &str, value: &str, source: &str| {
        defaults.push(default_used(place.to_owned(), value, source));
    };
    let start = whole
        .and_then(|w| w.start.as_ref())
        .or(scenario.start.as_ref());
    if start.is_none() {
        default("scenario.start", "Tue 10:00", ILLUSTRATIVE);
    }
    let start = start.map_or(USUAL_START, |start| start.value);
    let date = whole
        .and_then(|w| w.date.as_ref())
        .or(scenario.date.as_ref());
    if date.is_none() && start.date.is_none() {
        default(
            "scenario.date",
            "2026-03-02",
            "the first such weekday from then on",
        );
    }
    let day = day_of(start, date.map_or(BASE_DAY, |date| date.value));
    let name = organisation.time_zone.as_ref();
    if name.is_none() {
        default("organisation.time_zone", "UTC", ILLUSTRATIVE);
    }
    let zone = zone_of(name.map_or("UTC", |name| name.value.0.as_str()));
    let startex = instant(&zone, day, start.minute);
    let onset = scenario
        .attack_began
        .as_ref()
        .map_or(0, |at| at.value.0)
        .min(0);
    let limit = whole
        .and_then(|w| w.limit.as_ref())
        .or(scenario.limit.as_ref());
    let limit = limit
        .map(|limit| limit.value)
        .or_else(|| elapsed(scenario.ends.as_ref()));
    if limit.is_none() {
        default("scenario.limit", "30d", ILLUSTRATIVE);
    }
    Opening {
        startex,
        day,
        onset: ExerciseTime(onset),
        limit: ExerciseTime(limit.unwrap_or(DEFAULT_LIMIT).0),
        defaults,
    }
}

/// The time after which a condition of the end holds whatever happens.
fn elapsed(ends: Option<&Spanned<Condition>>) -> Option<Span> {
    match &ends?.value {
        Condition::Elapsed(span) => Some(span.value),
        Condition::Any(parts) => parts.iter().filter_map(|part| elapsed(Some(part))).min(),
        _ => None,
    }
}

fn day_of(start: Start, base: Day) -> Day {
    match (start.date, start.weekday) {
        (Some(date), _) => date,
        (None, Some(weekday)) => {
            let ahead = (i32::from(weekday) - i32::from(base.weekday())).rem_euclid(7);
            Day(base.0 + ahead)
        }
        (None, None) => base,
    }
}

fn zone_of(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// Milliseconds since 1970 UTC of a local time.
fn instant(zone: &TimeZone, day: Day, minute: u16) -> i64 {
    let (year, month, date) = day.civil();
    let at = |value: u8| i8::try_from(value).unwrap_or(1);
    let hour = i8::try_from(minute / 60).unwrap_or(0);
    let minute = i8::try_from(minute % 60).unwrap_or(0);
    let year = i16::try_from(year).unwrap_or(2026);
    DateTime::new(year, at(month), at(date), hour, minute, 0, 0)
        .and_then(|local| zone.to_timestamp(local))
        .map_or(0, Timestamp::as_millisecond)
}

/// A time zone with every offset that an exercise can come to need.
pub(super) fn resolved(name: &str, startex: i64, onset: ExerciseTime, limit: ExerciseTime) -> Zone {
    let zone = zone_of(name);
    let from = startex + onset.0 - MARGIN.0;
    let until = startex + limit.0 + MARGIN.0;
    let first = Timestamp::from_millisecond(from).unwrap_or(Timestamp::UNIX_EPOCH);
    let ms = |seconds: i32| i64::from(seconds) * 1_000;
    let mut offsets = vec![(ExerciseTime(i64::MIN), ms(zone.to_offset(first).seconds()))];
    for change in zone.following(first) {
        let at = change.timestamp().as_millisecond();
        if at > until {
            break;
        }
        offsets.push((ExerciseTime(at - startex), ms(change.offset().seconds())));
    }
    Zone {
        name: name.to_owned(),
        offsets,
    }
}

/// How many days before a day something was.
pub(super) fn days_ago(age: Age, day: Day) -> u32 {
    match age {
        Age::Days(days) => days,
        Age::On(then) => u32::try_from(day.0 - then.0).unwrap_or(0),
    }
}
