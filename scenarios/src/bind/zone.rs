//! Time zones as offsets around STARTEX, and STARTEX from a local time.

use hotwash_engine::exercise::{Day, ExerciseTime, Span, Zone};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// How long before STARTEX offsets are known: longer than any attack lies back that matters.
const BEFORE: Span = Span::days(400);
/// How long after STARTEX: longer than any exercise.
const AFTER: Span = Span::days(3_700);

/// The zone of the bundled database with this name; UTC for a name that it does not hold, which
/// cannot be written.
fn time_zone(name: &str) -> TimeZone {
    let found = TimeZoneDatabase::bundled().get(name);
    found.unwrap_or(TimeZone::UTC)
}

fn timestamp(ms: i64) -> Timestamp {
    let limited = ms.clamp(
        Timestamp::MIN.as_millisecond(),
        Timestamp::MAX.as_millisecond(),
    );
    Timestamp::from_millisecond(limited).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A zone around an instant given in milliseconds since 1970 UTC.
pub(super) fn around(name: &str, startex: i64) -> Zone {
    let zone = time_zone(name);
    let offset = |at: Timestamp| i64::from(zone.to_offset(at).seconds()) * 1_000;
    let from = timestamp(startex - BEFORE.0);
    let until = timestamp(startex + AFTER.0);
    let since = |at: Timestamp| ExerciseTime(at.as_millisecond() - startex);
    let mut offsets = vec![(ExerciseTime(-BEFORE.0), offset(from))];
    for change in zone
        .following(from)
        .take_while(|change| change.timestamp() < until)
    {
        let after = i64::from(change.offset().seconds()) * 1_000;
        // A change of the zone's abbreviation alone moves no clock.
        if offsets.last().is_some_and(|(_, before)| *before != after) {
            offsets.push((since(change.timestamp()), after));
        }
    }
    Zone {
        name: name.to_owned(),
        offsets,
    }
}

/// The instant, in milliseconds since 1970 UTC, of a local time of day: one that a change of the
/// clocks skips is the instant of the change, one that comes twice is the first.
pub(super) fn startex(name: &str, day: Day, minute: u16) -> i64 {
    let time = Span::minutes(i64::from(minute));
    let near = i64::from(day.0) * Span::DAY.0 + time.0;
    near + around(name, near).instant(near, day, time).0
}

/// What is strange about a time of day on a day on which the clocks change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Twist {
    /// The clocks skip it, and go on from this minute of the day.
    Skipped {
        /// Minutes after midnight.
        until: u16,
    },
    /// It comes twice.
    Repeated,
}

/// Whether no clock of a zone shows a time of day on a day, or each shows it twice.
pub(crate) fn twist(name: &str, day: Day, minute: u16) -> Option<Twist> {
    let (year, month, of_month) = day.civil();
    let year = i16::try_from(year).ok()?;
    let (month, of_month) = (i8::try_from(month).ok()?, i8::try_from(of_month).ok()?);
    let midnight = jiff::civil::Date::new(year, month, of_month).ok()?;
    let time = midnight
        .to_datetime(jiff::civil::Time::midnight())
        .checked_add(jiff::Span::new().minutes(i64::from(minute)))
        .ok()?;
    let zone = time_zone(name);
    match zone.to_ambiguous_timestamp(time).offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Fold { .. } => Some(Twist::Repeated),
        AmbiguousOffset::Gap { .. } => {
            let start = startex(name, day, minute);
            let after = zone.to_datetime(timestamp(start));
            let (hour, of_hour) = (after.hour().unsigned_abs(), after.minute().unsigned_abs());
            let until = u16::from(hour) * 60 + u16::from(of_hour);
            Some(Twist::Skipped { until })
        }
    }
}

/// The first day with this weekday, on or after a day.
pub(super) const fn first(weekday: u8, from: Day) -> Day {
    let ahead = (weekday as i32 - from.weekday() as i32).rem_euclid(7);
    Day(from.0 + ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARCH: Day = Day::from_civil(2026, 3, 29);
    const OCTOBER: Day = Day::from_civil(2026, 10, 25);

    fn utc(day: Day, hour: i64, minute: i64) -> i64 {
        i64::from(day.0) * Span::DAY.0 + Span::hours(hour).0 + Span::minutes(minute).0
    }

    #[test]
    fn a_local_time_is_turned_into_an_instant_in_summer_and_winter() {
        let summer = Day::from_civil(2026, 7, 1);
        let winter = Day::from_civil(2026, 1, 5);
        assert_eq!(startex("Europe/Lisbon", summer, 600), utc(summer, 9, 0));
        assert_eq!(startex("Europe/Lisbon", winter, 600), utc(winter, 10, 0));
        assert_eq!(startex("Asia/Kolkata", winter, 600), utc(winter, 4, 30));
        assert_eq!(startex("UTC", winter, 600), utc(winter, 10, 0));
    }

    #[test]
    fn a_skipped_local_time_is_the_instant_of_the_change() {
        assert_eq!(startex("Europe/Berlin", MARCH, 150), utc(MARCH, 1, 0));
    }

    #[test]
    fn a_repeated_local_time_is_the_first() {
        assert_eq!(startex("Europe/Berlin", OCTOBER, 150), utc(OCTOBER, 0, 30));
    }

    #[test]
    fn what_is_skipped_or_repeated_is_what_does_not_read_back_once() {
        for (day, zone) in [
            (MARCH, "Europe/Berlin"),
            (OCTOBER, "Europe/Berlin"),
            (MARCH, "UTC"),
        ] {
            for minute in 0..1_440 {
                let at = |offset: i64| {
                    let instant = utc(day, 0, i64::from(minute)) - Span::hours(offset).0;
                    let shown = time_zone(zone).to_datetime(timestamp(instant));
                    i64::from(shown.hour()) * 60 + i64::from(shown.minute()) == i64::from(minute)
                        && i64::from(shown.day()) == i64::from(day.civil().2)
                };
                let shown = (0..=2).filter(|offset| at(*offset)).count();
                let expected = match shown {
                    0 => Some(Twist::Skipped { until: 180 }),
                    1 => None,
                    _ => Some(Twist::Repeated),
                };
                assert_eq!(
                    twist(zone, day, minute),
                    expected,
                    "{zone} {day:?} {minute}"
                );
            }
        }
    }

    #[test]
    fn local_times_read_back_through_both_changes() {
        let start = startex("Europe/Berlin", Day::from_civil(2026, 3, 6), 1_120);
        let zone = around("Europe/Berlin", start);
        for (day, offset) in [
            (MARCH.0, 2),
            (OCTOBER.0, 1),
            (Day::from_civil(2035, 7, 1).0, 2),
        ] {
            let noon = utc(Day(day), 12, 0) - start - Span::hours(offset).0;
            let (local, time) = zone.local(start, ExerciseTime(noon));
            assert_eq!((local, time), (Day(day), Span::hours(12)));
        }
    }

    #[test]
    fn a_zone_covers_the_longest_exercise() {
        let zone = around("America/New_York", utc(MARCH, 0, 0));
        assert!(zone.offsets.len() > 20 && zone.offsets[0].0 <= ExerciseTime(-BEFORE.0));
        assert!(zone.offsets.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(around("UTC", 0).offsets.len(), 1);
    }

    #[test]
    fn the_first_weekday_may_be_the_day_itself() {
        let monday = Day::from_civil(2027, 1, 11);
        assert_eq!(first(0, monday), monday);
        assert_eq!(first(4, monday), Day(monday.0 + 4));
        assert_eq!(first(4, first(5, monday)), Day(monday.0 + 11));
    }
}
