//! Durations, limits and laws, written as text.

use super::mend::mend;
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::read::{Decode, Reader, Reasonable, Reasoned};
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{ExerciseTime, Law, Limit, Span};
use schemars::{Schema, SchemaGenerator, json_schema};

/// Why a text is no duration.
type Reason = String;

const UNITS: &[(&str, Span)] = &[
    ("ms", Span(1)),
    ("s", Span::SECOND),
    ("m", Span::MINUTE),
    ("h", Span::HOUR),
    ("d", Span::DAY),
    ("w", Span::days(7)),
];

const LONGEST: Span = Span::days(limits::DAYS);

/// A duration such as `15m`, `1h 30m` or `3d`.
fn span(text: &str) -> Result<Span, Reason> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err("a duration is missing".to_owned());
    }
    let mut total = Span::ZERO;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at(digits);
        let letters = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, tail) = tail.split_at(letters);
        let number: i64 = match number {
            "" => return Err(format!("`{text}` is not a duration")),
            number => number.parse().unwrap_or(i64::MAX),
        };
        let known = UNITS.iter().find(|(name, _)| *name == unit);
        let Some((_, length)) = known else {
            return Err(unknown_unit(unit, number));
        };
        total += Span(length.0.saturating_mul(number));
        rest = tail.trim_start();
    }
    if total > LONGEST {
        return Err(format!("`{text}` is longer than {} days", limits::DAYS));
    }
    Ok(total)
}

fn unknown_unit(unit: &str, number: i64) -> Reason {
    match unit {
        "" => format!("`{number}` has no unit"),
        "bd" | "mo" => format!("`{unit}` counts days of a calendar, which only limits do"),
        _ => format!("`{unit}` is not a unit of time"),
    }
}

/// A time before or after STARTEX, such as `25m` or `-6h`.
fn time(text: &str) -> Result<ExerciseTime, Reason> {
    let text = text.trim();
    match text.strip_prefix('-') {
        Some(before) => span(before).map(|span| ExerciseTime(-span.0)),
        None => span(text.strip_prefix('+').unwrap_or(text)).map(|span| ExerciseTime(span.0)),
    }
}

/// A limit such as `72h`, `3d`, `2bd` or `1mo`.
fn limit(text: &str) -> Result<Limit, Reason> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number = number
        .parse::<u16>()
        .ok()
        .filter(|n| (1..=3_660).contains(n));
    let limit = match (unit, number) {
        ("d", Some(days)) => Limit::Days(days),
        ("w", Some(weeks)) if weeks <= 520 => Limit::Days(weeks * 7),
        ("bd", Some(days)) => Limit::BusinessDays(days),
        ("mo", Some(months)) if months <= 120 => Limit::Months(months),
        ("d" | "w" | "bd" | "mo", _) => return Err(format!("`{text}` is out of range")),
        _ => Limit::Elapsed(span(text)?),
    };
    match limit {
        Limit::Elapsed(Span(0)) => Err("a limit of no time at all can only be missed".to_owned()),
        limit => Ok(limit),
    }
}

/// A duration that is not known exactly.
fn law(text: &str) -> Result<Law, Reason> {
    let text = text.trim();
    if let Some(mean) = text.strip_prefix("about ") {
        return match span(mean)? {
            Span(0) => Err("a mean of no time at all".to_owned()),
            mean => Ok(Law::About(mean)),
        };
    }
    if text.starts_with("least ") {
        return triangle(text);
    }
    let Some((low, high)) = text.split_once(" to ") else {
        return span(text).map(Law::Fixed);
    };
    let (low, high) = (span(low)?, span(high)?);
    if low >= high {
        return Err(format!("`{text}` starts above its end"));
    }
    if low == Span::ZERO {
        return Err("a range starts above 0".to_owned());
    }
    Ok(Law::Range { low, high })
}

fn triangle(text: &str) -> Result<Law, Reason> {
    let mut parts = text.split(',').map(str::trim);
    let mut part = |word: &str| {
        let part = parts.next().and_then(|part| part.strip_prefix(word));
        let missing = || format!("`{word} ...` is missing; write `least 5m, likely 20m, most 2h`");
        part.ok_or_else(missing).and_then(span)
    };
    let (least, likely, most) = (part("least")?, part("likely")?, part("most")?);
    if parts.next().is_some() {
        return Err("there is something behind `most`".to_owned());
    }
    if least > likely || likely > most || least == most {
        return Err(format!("`{text}` is out of order"));
    }
    Ok(Law::Triangle {
        least,
        likely,
        most,
    })
}

/// The law with its bounds in order, where they were not.
fn reordered(text: &str) -> Option<String> {
    if let Some((low, high)) = text.split_once(" to ") {
        return Some(format!("{} to {}", high.trim(), low.trim()));
    }
    let mut parts: Vec<(Span, &str)> = Vec::new();
    for part in text.split(',') {
        let (_, written) = part.trim().split_once(' ')?;
        parts.push((span(written).ok()?, written.trim()));
    }
    parts.sort_unstable();
    let [(_, least), (_, likely), (_, most)] = parts[..] else {
        return None;
    };
    Some(format!("least {least}, likely {likely}, most {most}"))
}

const WORDS: &[(&str, &str)] = &[
    ("seconds", "s"),
    ("second", "s"),
    ("secs", "s"),
    ("sec", "s"),
    ("minutes", "m"),
    ("minute", "m"),
    ("mins", "m"),
    ("min", "m"),
    ("hours", "h"),
    ("hour", "h"),
    ("hrs", "h"),
    ("hr", "h"),
    ("business days", "bd"),
    ("days", "d"),
    ("day", "d"),
    ("weeks", "w"),
    ("week", "w"),
    ("months", "mo"),
    ("month", "mo"),
    (" - ", " to "),
    ("-", " to "),
    ("\u{2013}", " to "),
    ("~", "about "),
];

/// What was probably meant by a text that is none of the wanted.
fn meant<T>(text: &str, parse: impl Fn(&str) -> Result<T, Reason>) -> Option<String> {
    let fits = |candidate: &str| parse(candidate).is_ok();
    if let Some(candidate) = reordered(text).filter(|candidate| fits(candidate)) {
        return Some(candidate);
    }
    let mut spelled = text.trim().to_lowercase();
    for (word, short) in WORDS {
        let spaced = format!(" {word}");
        spelled = spelled.replace(&spaced, short);
        spelled = spelled.replace(word, short);
        if fits(&spelled) {
            return Some(spelled);
        }
    }
    let unit = format!("{}m", text.trim());
    if text.trim().bytes().all(|b| b.is_ascii_digit()) && fits(&unit) {
        return Some(unit);
    }
    mend(text, "mhdswbo tealikyu,0123456789", fits)
}

fn read<T>(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    expected: &str,
    forms: &str,
    parse: impl Fn(&str) -> Result<T, Reason>,
) -> Option<T> {
    let text = match &node.kind {
        NodeKind::Number(number) => return bare_number(node, reader, number, expected, parse),
        _ => reader.text(node, expected)?,
    };
    match parse(&text) {
        Ok(value) => Some(value),
        Err(reason) => {
            let problem = Diagnostic::new(Code::BadDuration, reason, node.place).note(forms);
            reader.report(match meant(&text, parse) {
                Some(meant) => problem.cure(
                    &format!("write `\"{meant}\"`"),
                    node.place,
                    &format!("\"{meant}\""),
                ),
                None => problem,
            });
            None
        }
    }
}

fn bare_number<T, U>(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    number: &str,
    expected: &str,
    parse: impl Fn(&str) -> Result<T, Reason>,
) -> Option<U> {
    let message = format!("{expected} is expected, not the number `{number}`");
    let problem = Diagnostic::new(Code::WrongKind, message, node.place);
    let candidates = [format!("{number}m"), number.to_owned()];
    let meant = candidates.into_iter().find(|text| parse(text).is_ok());
    reader.report(match meant {
        Some(meant) => {
            let quoted = format!("\"{meant}\"");
            problem.cure(&format!("write `{quoted}`"), node.place, &quoted)
        }
        None => problem.help(format!("write {expected} in quotes, with a unit")),
    });
    None
}

const SPANS: &str = "durations look like `15m`, `4h`, `1h 30m`, `3d`; units are s, m, h, d, w";
const LIMITS: &str = "limits look like `72h`, `3d` (calendar days), `2bd` (business days), `1mo`";
const LAWS: &str =
    "durations look like `15m`, `5m to 40m`, `least 5m, likely 20m, most 2h`, `about 20m`";

impl Decode for Span {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, "a duration", SPANS, span)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "pattern": "^\\s*([0-9]+(ms|[smhdw])\\s*)+$", "description": SPANS
        })
    }
}

impl Decode for ExerciseTime {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, "a time from STARTEX", SPANS, time)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "pattern": "^\\s*[+-]?([0-9]+(ms|[smhdw])\\s*)+$",
            "description": "a time from STARTEX, such as `25m`, or before it, such as `-6h`"
        })
    }
}

impl Decode for Limit {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, reader, "a limit", LIMITS, limit)
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^\\s*([0-9]+(bd|mo)|([0-9]+(ms|[smhdw])\\s*)+)\\s*$",
            "description": LIMITS
        })
    }
}

impl Decode for Law {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeKind::Group(group) = &node.kind else {
            return read(node, reader, "a duration", LAWS, law);
        };
        if group.open != '[' || group.items.is_empty() {
            return reader.wrong_kind(node, "a duration, or a list of observed ones,");
        }
        let observed: Vec<Span> = Decode::decode(node, reader)?;
        (observed.len() == group.items.len()).then_some(Self::Observed(observed))
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let observed = <Span as Decode>::schema(generator);
        json_schema!({
            "anyOf": [
                { "type": "string", "description": LAWS },
                { "type": "array", "items": observed, "minItems": 1 }
            ]
        })
    }
}

/// How long a task takes. With a reason it is played as it is written, however short it is; every headline
/// names the task, and the score is partial.
pub type Takes = Reasoned<Law>;

impl Reasonable for Law {
    const TITLE: &'static str = "a time with its reason";
}

/// Writes a duration that is not known exactly as an author would.
pub fn spelled_law(law: &Law) -> String {
    match law {
        Law::Fixed(span) => spelled(*span),
        Law::Range { low, high } => format!("{} to {}", spelled(*low), spelled(*high)),
        Law::Triangle {
            least,
            likely,
            most,
        } => format!(
            "least {}, likely {}, most {}",
            spelled(*least),
            spelled(*likely),
            spelled(*most)
        ),
        Law::About(mean) => format!("about {}", spelled(*mean)),
        Law::Observed(spans) => {
            let all: Vec<String> = spans.iter().map(|span| spelled(*span)).collect();
            format!("[{}]", all.join(", "))
        }
    }
}

/// Writes a duration as an author would: in the greatest units that leave nothing over.
pub fn spelled(span: Span) -> String {
    let mut rest = span.0.max(0);
    let mut text = String::new();
    for (unit, length) in UNITS.iter().rev().filter(|(unit, _)| *unit != "w") {
        let count = rest / length.0;
        rest -= count * length.0;
        if count > 0 {
            let gap = if text.is_empty() { "" } else { " " };
            text.push_str(gap);
            text.push_str(&count.to_string());
            text.push_str(unit);
        }
    }
    if text.is_empty() {
        "0m".to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_write_them() {
        assert_eq!(span("15m"), Ok(Span::minutes(15)));
        assert_eq!(span("1h30m"), Ok(Span::minutes(90)));
        assert_eq!(span("1h 30m"), Ok(Span::minutes(90)));
        assert_eq!(time("-6h"), Ok(ExerciseTime(-Span::hours(6).0)));
        assert_eq!(limit("2bd"), Ok(Limit::BusinessDays(2)));
        assert_eq!(limit("72h"), Ok(Limit::Elapsed(Span::hours(72))));
        assert_eq!(law("about 20m"), Ok(Law::About(Span::minutes(20))));
        assert!(span("2bd").is_err() && law("40m to 5m").is_err() && span("9999999999d").is_err());
    }

    #[test]
    fn what_was_meant_is_guessed() {
        let guess = |text: &str| meant(text, law);
        assert_eq!(guess("40m to 5m").as_deref(), Some("5m to 40m"));
        assert_eq!(guess("5 minutes").as_deref(), Some("5m"));
        assert_eq!(guess("5m - 40m").as_deref(), Some("5m to 40m"));
        assert_eq!(guess("20").as_deref(), Some("20m"));
        assert_eq!(meant("4 days", limit).as_deref(), Some("4d"));
    }

    #[test]
    fn what_is_spelled_reads_back() {
        for minutes in [0, 1, 59, 60, 90, 1_440, 1_501, 50_000] {
            let written = Span::minutes(minutes);
            assert_eq!(span(&spelled(written)), Ok(written));
        }
    }
}
