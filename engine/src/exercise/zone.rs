//! Civil time: a time zone as resolved for one exercise, weekly hours and days.
//!
//! The exercise carries the offsets it needs, so that a record replays alike years later, whatever
//! became of the zone's rules.

use super::{ExerciseTime, Span};
use serde::{Deserialize, Serialize};

/// A time zone around the start of the exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// The IANA name, for people.
    pub name: String,
    /// From each instant on, the offset from UTC in milliseconds; sorted by instant, the first one
    /// before anything of the exercise.
    pub offsets: Vec<(ExerciseTime, i64)>,
}

/// A day of the civil calendar: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The position of its weekday, Monday 0 to Sunday 6. 1970-01-01 was a Thursday.
    pub const fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// Year, month (1 to 12) and day of month (1 to 31), by the Gregorian calendar.
    #[expect(clippy::cast_sign_loss, reason = "month and day are between 1 and 31")]
    pub const fn civil(self) -> (i32, u8, u8) {
        // Days are shifted so that a year starts on 1 March: the leap day is then the last one.
        let z = self.0 as i64 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + if month <= 2 { 1 } else { 0 };
        (year as i32, month as u8, day as u8)
    }

    /// The day of a civil date. A day of month beyond the month's end counts on into the next.
    pub const fn from_civil(year: i32, month: u8, day: u8) -> Self {
        let y = year as i64 - if month <= 2 { 1 } else { 0 };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let mp = (month as i64 + 9) % 12;
        let doy = (153 * mp + 2) / 5 + day as i64 - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Self((era * 146_097 + doe - 719_468) as i32)
    }
}

impl Zone {
    /// The offset from UTC in force at an instant, in milliseconds.
    fn offset(&self, at: ExerciseTime) -> i64 {
        let after = self.offsets.partition_point(|(from, _)| *from <= at);
        self.offsets[after.saturating_sub(1)].1
    }

    /// The local day and the time of day at an instant. `startex` is STARTEX in ms since 1970 UTC.
    pub fn local(&self, startex: i64, at: ExerciseTime) -> (Day, Span) {
        let local = startex + at.0 + self.offset(at);
        let day = local.div_euclid(Span::DAY.0);
        (Day(day as i32), Span(local.rem_euclid(Span::DAY.0)))
    }

    /// The first instant at which a local clock shows this day and time or later: a time that a
    /// change of the clocks skips is the instant of the change, one that comes twice is the first.
    pub fn instant(&self, startex: i64, day: Day, time: Span) -> ExerciseTime {
        let local = i64::from(day.0) * Span::DAY.0 + time.0;
        let mut from = ExerciseTime(i64::MIN);
        for (i, (starts, offset)) in self.offsets.iter().enumerate() {
            let until = self.offsets.get(i + 1).map_or(i64::MAX, |next| next.0.0);
            let candidate = local - offset - startex;
            from = from.max(*starts);
            if candidate < until {
                return ExerciseTime(if i == 0 {
                    candidate
                } else {
                    candidate.max(from.0)
                });
            }
        }
        unreachable!("the last offset has no end")
    }
}

/// Hours of the week during which something holds, as local time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WeeklyHours(pub Vec<DayHours>);

/// Hours of one weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayHours {
    /// Monday 0 to Sunday 6.
    pub weekday: u8,
    /// Minutes after local midnight.
    pub from: u16,
    /// Minutes after the same midnight, greater than `from`; over 1,440 runs into the next day.
    pub until: u16,
}

impl WeeklyHours {
    /// Every hour of the week.
    pub fn always() -> Self {
        let day = |weekday| DayHours {
            weekday,
            from: 0,
            until: 1_440,
        };
        Self((0..7).map(day).collect())
    }
}
