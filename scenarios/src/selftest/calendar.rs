//! Terms of days, business days and months, against a walk day by day.

use super::check::{Cases, Check};
use super::clocks::{AWARE, Bench, NO_TASK, clocks};
use super::trial::{Numbers, Trial, list};
use hotwash_engine::exercise::{ExerciseTime, Span};
use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use std::fmt::Write;

/// The organisation's zone and the recipient's.
const ZONES: [(&str, &str); 5] = [
    ("UTC", "Pacific/Auckland"),
    ("Europe/Berlin", "Europe/Berlin"),
    // Summer time begins at midnight, so that a day lacks its first hour.
    ("Europe/Lisbon", "Asia/Beirut"),
    // By half an hour.
    ("America/New_York", "Australia/Lord_Howe"),
    ("Asia/Kolkata", "America/New_York"),
];

/// Days around which something happens to calendars: changes of the clocks, the end of the year, the
/// end of a short month with and without its 29th.
const AROUND: [&str; 7] = [
    "2026-03-07",
    "2026-03-27",
    "2026-10-24",
    "2026-12-29",
    "2027-01-28",
    "2028-02-26",
    "2026-05-14",
];

const TERMS: [&str; 9] = ["1d", "2d", "5d", "1bd", "2bd", "4bd", "7bd", "1mo", "3mo"];

fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled()
        .get(name)
        .unwrap_or(TimeZone::UTC)
}

/// The local day at an instant in ms since 1970.
fn local(zone: &TimeZone, at: i64) -> Date {
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    zone.to_datetime(at).date()
}

/// The weekends of the organisation and of the recipient abroad, as they are written.
const WEEKENDS: [(&str, &str); 4] = [
    ("", ""),
    ("", "[Fri, Sat]"),
    ("[Fri]", ""),
    ("[Thu, Fri]", "[]"),
];

/// The field of a weekend, or nothing.
fn weekend(days: &str) -> String {
    match days {
        "" => String::new(),
        days => format!("weekend: {days},"),
    }
}

/// Whether a day is one of a weekend: of Saturday and Sunday where none is written.
fn rests(day: Date, weekend: &str) -> bool {
    let name = match day.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    };
    let written = if weekend.is_empty() {
        "[Sat, Sun]"
    } else {
        weekend
    };
    written.contains(name)
}

/// The last day of a term, by going from day to day and counting those that count.
fn last_day(trigger: Date, term: &str, (weekend, holidays): (&str, &[Date])) -> Date {
    let digits = term.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u32 = digits.parse().unwrap_or_default();
    let (mut day, mut counted, mut months) = (trigger, 0, 0);
    loop {
        let next = day.saturating_add(1.day());
        if term.ends_with("mo") {
            months += u32::from(next.day() == 1);
            day = next;
            let short = next.saturating_add(1.day()).day() == 1 && day.day() < trigger.day();
            if months == number && (day.day() == trigger.day() || short) {
                return day;
            }
            continue;
        }
        day = next;
        let free = rests(day, weekend) || holidays.contains(&day);
        let free = term.ends_with("bd") && free;
        counted += u32::from(!free);
        if counted == number {
            return day;
        }
    }
}

/// The end of a local day: from its trigger onwards by quarters of an hour, which no zone cuts finer.
fn end_of(zone: &TimeZone, day: Date, from: i64) -> i64 {
    const QUARTER: i64 = 15 * Span::MINUTE.0;
    let mut at = from.div_euclid(QUARTER) * QUARTER;
    while local(zone, at) <= day {
        at += QUARTER;
    }
    at
}

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let mut numbers = trial.numbers(3);
    let mut cases = [Cases::new(), Cases::new(), Cases::new()];
    for case in 0..trial.runs(20, 105) as usize {
        walk(trial, &mut numbers, case, &mut cases);
    }
    let [days, business, months] = cases;
    vec![
        Check::exact("calendar days, walked day by day", days),
        Check::exact("business days, walked day by day", business),
        Check::exact("months, walked day by day", months),
    ]
}

/// One exercise, with a clock for each term and recipient.
fn walk(trial: &Trial<'_>, numbers: &mut Numbers, case: usize, cases: &mut [Cases; 3]) {
    let (own, other) = ZONES[case % ZONES.len()];
    let first: Date = AROUND[case % AROUND.len()].parse().unwrap_or_default();
    let day = first.saturating_add((numbers.below(5) as i64).days());
    // In the last hour of a day as well, which is the next day elsewhere. No clock changes at noon.
    let minute = if numbers.one_in(2) { 12 * 60 } else { 23 * 60 } + numbers.below(60);
    let start = format!("{day} {:02}:{:02}", minute / 60, minute % 60);
    // Every third exercise is triggered on a holiday.
    let near = (0..25).map(|ahead| day.saturating_add(i64::from(ahead).days()));
    let holidays: Vec<Date> = near
        .filter(|near| numbers.one_in(6) || (case.is_multiple_of(3) && *near == day))
        .collect();
    let written = list(holidays.iter().map(Date::to_string));
    let (home, abroad) = WEEKENDS[case % WEEKENDS.len()];
    let of_abroad = format!(r#"time_zone: "{other}", {}"#, weekend(abroad));
    let theirs = if abroad.is_empty() { home } else { abroad };
    let recipients = [
        ("SectorRegulator", own, "", home),
        ("NationalCsirt", other, &of_abroad[..], theirs),
    ];
    let (mut stakeholders, mut texts) = (String::new(), String::new());
    for (kind, _, fields, _) in recipients {
        write!(
            stakeholders,
            r#"(id: "to-{kind}", kind: {kind}, {fields} holidays: [{written}]), "#
        )
        .expect("memory takes text");
        for term in TERMS {
            write!(
                texts,
                r#"(id: "{kind}-{term}", to: {kind}, within: "{term}", {AWARE}), "#
            )
            .expect("memory takes text");
        }
    }
    let bench = Bench {
        zone: own,
        weekend: &weekend(home),
        start: &start,
        stakeholders: &stakeholders,
        tasks: NO_TASK,
        clocks: &texts,
        ends: "1d",
    };
    let exercise = bench.exercise();
    let found = clocks(&trial.play(&exercise, 0));
    for (kind, name, _, rests_on) in recipients {
        for term in TERMS {
            let clock = found.get(&format!("{kind}-{term}"));
            let Some((from, due)) = clock.and_then(|clock| clock.runs) else {
                cases[0].holds(false, || format!("{start}: the clock {term} did not start"));
                continue;
            };
            let zone = zone(name);
            let trigger = exercise.parts().startex + from.0;
            let last = last_day(local(&zone, trigger), term, (rests_on, &holidays));
            let expected = end_of(&zone, last, trigger) - exercise.parts().startex;
            let of = if term.ends_with("bd") {
                1
            } else {
                usize::from(term.ends_with("mo")) * 2
            };
            let what = format!("{start} {own}, {term} in {name}");
            cases[of].equal(&what, &ExerciseTime(expected), &due);
        }
    }
}
