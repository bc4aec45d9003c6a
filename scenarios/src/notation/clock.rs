//! Times of day: `18:40`.

/// Minutes after midnight of a time such as `18:40`; `24:00` is the end of the day.
pub(super) fn canonical(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |text: &str| {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    minutes_of(two(hours)?, two(minutes)?)
}

fn minutes_of(hours: u16, minutes: u16) -> Option<u16> {
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 1_440).then_some(total)
}

/// A time of day as definitions write it; what lies in the next day is its time of day there.
pub(super) fn spelled(minute: u16) -> String {
    let minute = if minute > 1_440 {
        minute - 1_440
    } else {
        minute
    };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A time of day, and how much of it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// Minutes after midnight.
    pub(super) minute: u16,
    /// Whether only an hour was written.
    pub(super) hour_alone: bool,
    /// Whether the half of the day was said, or cannot be in doubt.
    pub(super) sure: bool,
}

/// The time of day that a text means, such as `6:40pm`, `18.40`, `18h40`, `18 Uhr`, `0840`, `noon`; an hour
/// alone is one too.
pub(super) fn read(text: &str) -> Option<Clock> {
    let lower = text.trim().to_lowercase();
    let sure = |minute| {
        Some(Clock {
            minute,
            hour_alone: false,
            sure: true,
        })
    };
    match lower.as_str() {
        "noon" | "midday" | "mittag" | "mittags" => return sure(720),
        "midnight" | "mitternacht" => return sure(0),
        _ => {}
    }
    let (rest, half) = half_of_day(&lower);
    let (rest, said_hour) = without_hour_word(rest);
    let (hours, minutes) = hours_and_minutes(rest)?;
    let hours = match half {
        None => hours,
        Some(_) if !(1..=12).contains(&hours) => return None,
        Some(afternoon) => hours % 12 + if afternoon { 12 } else { 0 },
    };
    let minute = minutes_of(hours, minutes.unwrap_or(0))?;
    let two_digits = rest.starts_with('0') || hours > 12;
    Some(Clock {
        minute,
        hour_alone: minutes.is_none() && half.is_none() && !said_hour,
        sure: half.is_some() || two_digits || said_hour,
    })
}

/// What is before `am` or `pm`, and whether it is the afternoon.
fn half_of_day(lower: &str) -> (&str, Option<bool>) {
    for (end, afternoon) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        if let Some(rest) = lower.strip_suffix(end) {
            return (rest.trim_end(), Some(afternoon));
        }
    }
    (lower, None)
}

/// What is before `Uhr` or `o'clock`, and whether one of them stood there.
fn without_hour_word(text: &str) -> (&str, bool) {
    for end in ["uhr", "o'clock", "hrs", "hours"] {
        if let Some(rest) = text.strip_suffix(end) {
            return (rest.trim_end(), true);
        }
    }
    (text, false)
}

fn hours_and_minutes(text: &str) -> Option<(u16, Option<u16>)> {
    let number = |text: &str| {
        let short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        short.then(|| text.parse::<u16>().ok())?
    };
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.len() {
            1 | 2 => Some((number(text)?, None)),
            // As radio operators and soldiers write: `0840`.
            4 => Some((number(&text[..2])?, Some(number(&text[2..])?))),
            _ => None,
        };
    }
    for sign in [":", ".", " uhr ", "h"] {
        let Some((hours, minutes)) = text.split_once(sign) else {
            continue;
        };
        let minutes = minutes.trim().trim_end_matches('h').trim_end();
        // Whole seconds may be written.
        let minutes = minutes.strip_suffix(":00").unwrap_or(minutes);
        if minutes.is_empty() && sign == "h" {
            return Some((number(hours.trim())?, Some(0)));
        }
        return (minutes.len() == 2)
            .then(|| Some((number(hours.trim())?, Some(number(minutes)?))))?;
    }
    None
}
