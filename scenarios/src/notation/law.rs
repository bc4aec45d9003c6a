//! Durations that are not known exactly: `5m to 40m`, `least 5m, likely 20m, most 2h`, `about 20m`.

use super::duration::spelled_law;
use super::{Notation, Reading};
use hotwash_engine::exercise::{Law, Span};

impl Notation for Law {
    const WHAT: &'static str = "a duration";
    const LOOKS: &'static str =
        "durations look like `15m`, `5m to 40m`, `least 5m, likely 20m, most 2h`, `about 20m`";

    fn parse(text: &str) -> Result<Self, String> {
        let trimmed = text.trim();
        if let Some(mean) = trimmed.strip_prefix("about ") {
            return match Span::parse(mean)? {
                Span(0) => Err("a mean of no time at all".to_owned()),
                mean => Ok(Self::About(mean)),
            };
        }
        if trimmed.starts_with("least ") {
            return triangle(trimmed);
        }
        let Some((low, high)) = trimmed.split_once(" to ") else {
            return Span::parse(trimmed).map(Self::Fixed);
        };
        let (low, high) = (Span::parse(low)?, Span::parse(high)?);
        if low == high {
            return Err(format!(
                "`{text}` starts and ends alike: it is one duration"
            ));
        }
        if low > high {
            return Err(format!("`{text}` starts above its end"));
        }
        if low == Span::ZERO {
            return Err("a range starts above 0".to_owned());
        }
        Ok(Self::Range { low, high })
    }

    fn readings(text: &str) -> Vec<Reading<Self>> {
        let lower = text.to_lowercase();
        if let Some(mean) = roughly(&lower, text) {
            let means = Span::readings_or_canonical(mean);
            let means = means.into_iter().filter(|mean| mean.value > Span::ZERO);
            return means
                .map(|mean| read(Self::About(mean.value), mean.said))
                .collect();
        }
        let three = three(&lower);
        if !three.is_empty() {
            return three;
        }
        let range = range(text);
        if !range.is_empty() {
            return range;
        }
        let fixed = Span::readings_or_canonical(text).into_iter();
        fixed
            .map(|span| Reading::new(Self::Fixed(span.value), span.written, span.said))
            .collect()
    }
}

fn read(law: Law, said: String) -> Reading<Law> {
    let written = spelled_law(&law);
    Reading::new(law, written, said)
}

trait Lenient: Sized {
    fn readings_or_canonical(text: &str) -> Vec<Reading<Self>>;
}

impl Lenient for Span {
    /// The meanings of a duration however it is written.
    fn readings_or_canonical(text: &str) -> Vec<Reading<Self>> {
        match Self::parse(text) {
            Ok(span) => vec![Reading::new(span, text.trim(), "")],
            Err(_) => Self::readings(text),
        }
    }
}

const ROUGHLY: [&str; 13] = [
    "about",
    "approximately",
    "approx.",
    "approx",
    "around",
    "circa",
    "ca.",
    "ca",
    "c.",
    "etwa",
    "ungef\u{e4}hr",
    "rund",
    "roughly",
];

/// What stands behind a word that says that a duration is not exact.
fn roughly<'a>(lower: &str, text: &'a str) -> Option<&'a str> {
    let sign = text.strip_prefix(['~', '\u{2248}']).map(str::trim_start);
    let word = || {
        let starts = |word: &&&str| {
            let behind = lower.strip_prefix(**word);
            behind.is_some_and(|rest| {
                rest.starts_with(' ') || (word.ends_with('.') && !rest.is_empty())
            })
        };
        let word = ROUGHLY.iter().find(starts)?;
        text.get(word.len()..).map(str::trim_start)
    };
    sign.or_else(word)
}

const LEAST: [&str; 5] = ["least", "min", "minimum", "at least", "mindestens"];
const LIKELY: [&str; 5] = ["likely", "most likely", "mode", "typically", "usually"];
const MOST: [&str; 5] = ["most", "max", "maximum", "at most", "h\u{f6}chstens"];

/// Three durations, each with a word for which one it is.
fn three(lower: &str) -> Vec<Reading<Law>> {
    let mut parts: Vec<(usize, Span)> = lower.split([',', ';']).filter_map(named).collect();
    parts.sort_unstable();
    let [(0, least), (1, likely), (2, most)] = parts[..] else {
        return Vec::new();
    };
    let in_order = least <= likely && likely <= most && least < most;
    let law = Law::Triangle {
        least,
        likely,
        most,
    };
    if in_order {
        vec![read(law, String::new())]
    } else {
        Vec::new()
    }
}

/// Which of the three a part says, and its duration.
fn named(part: &str) -> Option<(usize, Span)> {
    for (which, names) in [(1, &LIKELY), (0, &LEAST), (2, &MOST)] {
        for name in names {
            let Some(rest) = part.trim().strip_prefix(name) else {
                continue;
            };
            let rest = rest.trim_start_matches([':', '=', '.', ' ']);
            if let [only] = &Span::readings_or_canonical(rest)[..] {
                return Some((which, only.value));
            }
        }
    }
    None
}

/// What parts the ends of a range. A hyphen comes last: it may also stand inside an end.
const BETWEEN: [&str; 8] = [
    " to ", " bis ", " until ", " and ", " und ", "...", "..", "-",
];

/// A range with its ends in their order, however they are parted. The unit of one may hold for both.
fn range(text: &str) -> Vec<Reading<Law>> {
    let lower = text.to_lowercase();
    let start = ["between ", "from ", "zwischen ", "von "]
        .into_iter()
        .find(|start| lower.starts_with(start));
    let text = start
        .and_then(|start| text.get(start.len()..))
        .unwrap_or(text);
    let split = BETWEEN
        .into_iter()
        .filter(|sign| start.is_some() || !matches!(*sign, " and " | " und "));
    for (low, high) in split.filter_map(|sign| text.split_once(sign)) {
        let (low, high) = (low.trim(), high.trim());
        if low.is_empty() || high.is_empty() {
            continue;
        }
        let found = ends(low, high);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn ends(low: &str, high: &str) -> Vec<Reading<Law>> {
    let highs = Span::readings_or_canonical(high);
    let is_bare = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    let shares = is_bare(low) && !is_bare(high);
    let lows = if shares {
        let unit = high
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
            .trim();
        let single = unit.chars().all(|c| c.is_alphabetic() || c == '.');
        if single {
            Span::readings_or_canonical(&format!("{low}{unit}"))
        } else {
            Vec::new()
        }
    } else {
        Span::readings_or_canonical(low)
    };
    let mut found = Vec::new();
    for low in &lows {
        for high in &highs {
            let said = if low.said.is_empty() {
                &high.said
            } else {
                &low.said
            };
            // `90 to 2h` is not 90 hours: somebody thought of minutes.
            let law = match low.value.cmp(&high.value) {
                std::cmp::Ordering::Equal => Some(Law::Fixed(low.value)),
                std::cmp::Ordering::Less if low.value > Span::ZERO => Some(Law::Range {
                    low: low.value,
                    high: high.value,
                }),
                std::cmp::Ordering::Greater if !shares && high.value > Span::ZERO => {
                    Some(Law::Range {
                        low: high.value,
                        high: low.value,
                    })
                }
                _ => None,
            };
            let alike = low.said == high.said || low.said.is_empty() || high.said.is_empty();
            found.extend(law.filter(|_| alike).map(|law| read(law, said.clone())));
        }
    }
    found
}

fn triangle(text: &str) -> Result<Law, String> {
    let mut parts = text.split(',').map(str::trim);
    let mut part = |word: &str| {
        let part = parts.next().and_then(|part| part.strip_prefix(word));
        let missing = || format!("`{word} ...` is missing; write `least 5m, likely 20m, most 2h`");
        part.ok_or_else(missing).and_then(Span::parse)
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
