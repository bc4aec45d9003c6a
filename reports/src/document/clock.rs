//! Local civil time of an exercise, in words.

use hotwash_engine::exercise::{Day, Exercise, ExerciseTime, Span, Zone};

/// Tells the local time of an instant, in as few words as the length of the run allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    startex: i64,
    zone: Zone,
    first: Day,
    form: Form,
}

/// How much has to be said to tell two instants of a run apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `18:40:05`: a run of minutes.
    Seconds,
    /// `18:40`: within one day.
    Time,
    /// `Fri 18:40`: within a week.
    Weekday,
    /// `Fri 18:40` in the first week, and `13 Mar 18:40` after it.
    Date,
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Runs up to this long are told to the second.
const SECONDS_UP_TO: Span = Span::minutes(15);

impl Clock {
    /// The clock of an exercise whose run lasted until `ended`.
    pub fn of(exercise: &Exercise, ended: ExerciseTime) -> Self {
        let parts = exercise.parts();
        let (first, _) = exercise.local(ExerciseTime::STARTEX);
        let (last, _) = exercise.local(ended);
        let form = if first == last && ended.0 <= SECONDS_UP_TO.0 {
            Form::Seconds
        } else if first == last {
            Form::Time
        } else if last.0 - first.0 < 7 {
            Form::Weekday
        } else {
            Form::Date
        };
        Self {
            startex: parts.startex,
            zone: parts.organisation.zone.clone(),
            first,
            form,
        }
    }

    /// The local day and time of day.
    pub fn local(&self, at: ExerciseTime) -> (Day, Span) {
        self.zone.local(self.startex, at)
    }

    /// The local time, such as `Sat 00:40`. What lies outside the days of the run says its date.
    pub fn label(&self, at: ExerciseTime) -> String {
        let (day, time) = self.local(at);
        let beyond = day.0 - self.first.0 >= 7 || day < self.first;
        match self.form {
            Form::Seconds if day == self.first => with_seconds(time),
            Form::Time if day == self.first => hour(time),
            _ if beyond => format!("{} {}", date(day), hour(time)),
            _ => format!("{} {}", weekday(day), hour(time)),
        }
    }

    /// The local time with weekday, date and year: `Fri 6 Mar 2026 18:40`.
    pub fn full(&self, at: ExerciseTime) -> String {
        let (day, time) = self.local(at);
        let (year, _, _) = day.civil();
        format!("{} {} {year} {}", weekday(day), date(day), hour(time))
    }

    /// The local time with weekday and date: `Wed 11 Mar 18:40`; within the first day only the time.
    pub fn end(&self, at: ExerciseTime) -> String {
        let (day, time) = self.local(at);
        match self.form {
            Form::Seconds => with_seconds(time),
            Form::Time => hour(time),
            Form::Weekday | Form::Date => {
                format!("{} {} {}", weekday(day), date(day), hour(time))
            }
        }
    }

    /// The time of day only: `18:40`, or `18:40:05` in a run of minutes.
    pub fn time(&self, at: ExerciseTime) -> String {
        let (_, time) = self.local(at);
        match self.form {
            Form::Seconds => with_seconds(time),
            Form::Time | Form::Weekday | Form::Date => hour(time),
        }
    }

    /// The local day: `Sat`, or `24 Jan` beyond the first week.
    pub fn day(&self, at: ExerciseTime) -> String {
        let (day, _) = self.local(at);
        if day.0 - self.first.0 >= 7 || day < self.first {
            date(day)
        } else {
            weekday(day).to_owned()
        }
    }

    /// The zone's name, for people.
    pub fn zone(&self) -> &str {
        &self.zone.name
    }

    /// The instant in RFC 3339, with the local offset.
    pub fn rfc3339(&self, at: ExerciseTime) -> String {
        let (day, time) = self.local(at);
        let local = i64::from(day.0) * Span::DAY.0 + time.0;
        let offset = (local - self.startex - at.0) / Span::MINUTE.0;
        let (year, month, of_month) = day.civil();
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        format!(
            "{year:04}-{month:02}-{of_month:02}T{}{sign}{hours:02}:{minutes:02}",
            with_seconds(time)
        )
    }
}

fn weekday(day: Day) -> &'static str {
    DAYS[usize::from(day.weekday())]
}

fn date(day: Day) -> String {
    let (_, month, of_month) = day.civil();
    format!("{of_month} {}", MONTHS[usize::from(month) - 1])
}

fn hour(time: Span) -> String {
    let minutes = time.0 / Span::MINUTE.0;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn with_seconds(time: Span) -> String {
    format!("{}:{:02}", hour(time), time.0 / Span::SECOND.0 % 60)
}
