//! Moments of an exercise: after STARTEX, or by the clock on the wall.

use super::duration::{span_of, written};
use super::quantity::{Quantity, quantities};
use super::{Notation, Reading, clock};
use hotwash_engine::exercise::{Day, ExerciseTime, Span, Zone};

/// A moment of an exercise, as its author wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// So long after STARTEX, or before it.
    After(ExerciseTime),
    /// When the clock on the wall shows this.
    Clock {
        /// How many days of the calendar after the day of STARTEX; `None`: the first time after STARTEX.
        day: Option<i32>,
        /// Minutes after local midnight.
        minute: u16,
    },
}

impl Moment {
    /// When it is, where STARTEX is so many milliseconds after 1970 UTC in a zone.
    pub fn from_startex(self, zone: &Zone, startex: i64) -> ExerciseTime {
        let (today, _) = zone.local(startex, ExerciseTime::STARTEX);
        let on = |ahead: i32, minute: u16| {
            let day = Day(today.0.saturating_add(ahead));
            zone.instant(startex, day, Span::minutes(i64::from(minute)))
        };
        match self {
            Self::After(time) => time,
            Self::Clock {
                day: Some(day),
                minute,
            } => on(day, minute),
            Self::Clock { day: None, minute } => {
                let today = on(0, minute);
                if today < ExerciseTime::STARTEX {
                    on(1, minute)
                } else {
                    today
                }
            }
        }
    }

    /// When it is if no clock is put forward or back meanwhile: for checks that know no zone. `start` are the
    /// minutes after midnight at STARTEX.
    pub(crate) fn roughly(self, start: u16) -> ExerciseTime {
        let on = |day: i64, minute: u16| {
            let minutes = i64::from(minute) - i64::from(start);
            ExerciseTime(day * Span::DAY.0 + Span::minutes(minutes).0)
        };
        match self {
            Self::After(time) => time,
            Self::Clock {
                day: Some(day),
                minute,
            } => on(i64::from(day), minute),
            Self::Clock { day: None, minute } => on(i64::from(minute < start), minute),
        }
    }
}

impl Notation for ExerciseTime {
    const WHAT: &'static str = "a time from STARTEX";
    const LOOKS: &'static str =
        "write how long after STARTEX, such as `25m`, or before it, such as `-6h`";

    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (unsigned, sign) = signed(text);
        let canonical = unsigned.starts_with(|c: char| c.is_ascii_digit());
        let span = Span::parse(unsigned).ok().filter(|_| canonical);
        match span {
            Some(span) => Ok(Self(sign * span.0)),
            None => Err(Span::parse(unsigned).err().unwrap_or_else(|| not(text))),
        }
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        after(text)
    }
}

fn not(text: &str) -> String {
    format!("`{text}` is not a time from STARTEX")
}

fn signed(text: &str) -> (&str, i64) {
    match text.strip_prefix('-') {
        Some(rest) => (rest, -1),
        None => (text.strip_prefix('+').unwrap_or(text), 1),
    }
}

/// So long after STARTEX, or before it.
fn time(quantity: &Quantity, sign: i64, said: &str) -> Option<Reading<ExerciseTime>> {
    let span = span_of(quantity)?;
    let minus = if sign < 0 && span > Span::ZERO {
        "-"
    } else {
        ""
    };
    let written = format!("{minus}{}", written(quantity, span));
    Some(Reading::new(ExerciseTime(sign * span.0), written, said))
}

/// STARTEX itself.
fn at_once() -> Vec<Reading<ExerciseTime>> {
    vec![Reading::new(ExerciseTime::STARTEX, "0m", "")]
}

/// What people say before and after how long it is after STARTEX, and whether it is before it.
const AROUND: [(&str, &str, i64); 9] = [
    ("", " after startex", 1),
    ("", " after the start", 1),
    ("", " nach startex", 1),
    ("", " into the exercise", 1),
    ("", " in", 1),
    ("", " before startex", -1),
    ("", " before the start", -1),
    ("", " vor startex", -1),
    ("after ", "", 1),
];

/// How long after STARTEX or before it, however it is written.
fn after(text: &str) -> Vec<Reading<ExerciseTime>> {
    let lower = text.to_lowercase();
    let startex = lower
        .strip_prefix("startex")
        .map(|rest| &text[text.len() - rest.len()..]);
    let text = startex.map_or(text, str::trim_start);
    if text.is_empty() {
        return at_once();
    }
    if let Some(lettered) = lettered(text) {
        return lettered;
    }
    let lower = text.to_lowercase();
    let around = AROUND
        .iter()
        .find(|(before, behind, _)| lower.starts_with(before) && lower.ends_with(behind));
    let (text, side) = around.map_or((text, 1), |(before, behind, side)| {
        (
            text.get(before.len()..text.len() - behind.len())
                .unwrap_or(text),
            *side,
        )
    });
    let (unsigned, sign) = signed(text);
    let found = quantities(unsigned.trim()).into_iter();
    let read = |quantity: Quantity| time(&quantity, sign * side, quantity.said);
    found.filter_map(read).collect()
}

/// `H+2` in hours, `T+15` and `M+15` in minutes, however they are spaced; with a unit, in that. `None`: it is
/// written otherwise.
fn lettered(text: &str) -> Option<Vec<Reading<ExerciseTime>>> {
    let letter = text.chars().next()?.to_ascii_uppercase();
    let unit = match letter {
        'H' => "h",
        'T' | 'M' => "m",
        _ => return None,
    };
    let rest = text[1..].trim_start();
    if rest == "0" || rest.is_empty() {
        return (rest == "0").then(at_once);
    }
    if !rest.starts_with(['+', '-']) {
        return None;
    }
    let (amount, sign) = signed(rest);
    let amount = amount.trim();
    let bare = amount
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    // `T+01:30` is an hour and a half: hours and minutes, as on a clock.
    let clock = amount.contains(':');
    let with_unit = if bare {
        format!("{amount}{unit}")
    } else {
        amount.to_owned()
    };
    let read = |quantity: Quantity| {
        let said = if clock { "" } else { quantity.said };
        time(&quantity, sign, said)
    };
    let all = quantities(&with_unit)
        .into_iter()
        .take(if clock { 1 } else { 8 });
    Some(all.filter_map(read).collect())
}

impl Notation for Moment {
    const WHAT: &'static str = "a moment";
    const LOOKS: &'static str = "write how long after STARTEX (`25m`, `-6h`, `H+2` in hours, `T+15` or `M+15` in minutes), \
                                 a time by the clock (`19:10`), or a day after that of STARTEX and a time (`D+1 09:00`)";

    fn parse(text: &str) -> Result<Self, String> {
        let trimmed = text.trim();
        if let Some(time) = counted(trimmed) {
            return Ok(Self::After(time));
        }
        if let Some(minute) = clock::canonical(trimmed).filter(|minute| *minute < 1_440) {
            return Ok(Self::Clock { day: None, minute });
        }
        if let Some((day, minute)) = day_and_time(trimmed) {
            return Ok(Self::Clock {
                day: Some(day),
                minute,
            });
        }
        match ExerciseTime::parse(trimmed) {
            Ok(time) => Ok(Self::After(time)),
            Err(why)
                if trimmed.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) =>
            {
                Err(why)
            }
            Err(_) => Err(format!("`{text}` is not a moment of an exercise")),
        }
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let days = on_days(text);
        if !days.is_empty() {
            return days;
        }
        let mut found = Vec::new();
        if let Some(clock) =
            clock::read(text).filter(|clock| !clock.hour_alone && clock.minute < 1_440)
        {
            let moment = Self::Clock {
                day: None,
                minute: clock.minute,
            };
            let said = format!("{} by the clock", clock::spelled(clock.minute));
            found.push(Reading::new(moment, clock::spelled(clock.minute), said));
            // A mark or two digits before it say that it is a time of day.
            if clock.sure {
                return found;
            }
        }
        let times = after(text).into_iter();
        // Beside a time by the clock nobody means minutes and seconds.
        let times = times.take(if found.is_empty() { usize::MAX } else { 1 });
        found.extend(
            times.map(|time| Reading::new(Self::After(time.value), time.written, time.said)),
        );
        found
    }
}

/// `H+2`, `T+15`, `M+15`.
fn counted(text: &str) -> Option<ExerciseTime> {
    let unit = match text.as_bytes().first()? {
        b'H' => Span::HOUR,
        b'T' | b'M' => Span::MINUTE,
        _ => return None,
    };
    let number: i64 = whole(&text[1..])?.into();
    let time = unit.0.checked_mul(number)?;
    (time.abs() <= super::duration::LONGEST.0).then_some(ExerciseTime(time))
}

/// A whole number with its sign, `+2`.
fn whole(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-'])?;
    let short = (1..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    short.then(|| text.parse().ok())?
}

/// `D+1 09:00`, `J+1 09h00`.
fn day_and_time(text: &str) -> Option<(i32, u16)> {
    let (day, time) = text.split_once(' ')?;
    let minute = match day.as_bytes().first()? {
        b'D' => clock::canonical(time),
        b'J' => clock::canonical(&time.replacen('h', ":", 1)),
        _ => None,
    }?;
    let day = whole(&day[1..]).filter(|day| day.unsigned_abs() <= 3_660)?;
    (minute < 1_440).then_some((day, minute))
}

/// A day that is counted and a time of day, however they are written. `Day 2` says not from where it counts.
fn on_days(text: &str) -> Vec<Reading<Moment>> {
    let lower = text.to_lowercase();
    let words = ["day", "tag", "jour", "d", "j"];
    let Some(word) = words.into_iter().find(|word| lower.starts_with(word)) else {
        return Vec::new();
    };
    let rest = lower[word.len()..].trim_start();
    let signed = rest.starts_with(['+', '-']);
    let sign = if rest.starts_with('-') { -1 } else { 1 };
    let rest = rest.trim_start_matches(['+', '-']).trim_start();
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let Ok(number) = rest[..end].parse::<i32>() else {
        return Vec::new();
    };
    let behind = rest[end..].trim_start_matches([',', ' ', ';']);
    let small = ["at ", "um ", "\u{e0} "]
        .into_iter()
        .find(|word| behind.starts_with(word));
    let behind = &behind[small.map_or(0, str::len)..];
    let read = |day: i32, minute: u16, said: &str| {
        let written = format!("D{day:+} {}", clock::spelled(minute));
        Reading::new(
            Moment::Clock {
                day: Some(day),
                minute,
            },
            written,
            said,
        )
    };
    if number > 3_660 {
        return Vec::new();
    }
    if behind.is_empty() {
        let Some(days) = signed.then(|| i64::from(sign * number)) else {
            return Vec::new();
        };
        let time = ExerciseTime(days * Span::DAY.0);
        let later = Reading::new(
            Moment::After(time),
            format!("{days}d"),
            "so many times 24 hours after STARTEX",
        );
        return vec![read(sign * number, 0, "the beginning of that day"), later];
    }
    let Some(clock) = clock::read(behind).filter(|clock| clock.minute < 1_440) else {
        return Vec::new();
    };
    if signed {
        return vec![read(sign * number, clock.minute, "")];
    }
    let first = (number > 0).then(|| read(number - 1, clock.minute, "day 1 being that of STARTEX"));
    let zeroth = read(number, clock.minute, "day 0 being that of STARTEX");
    first.into_iter().chain([zeroth]).collect()
}
