//! Amounts of time with their units, as people write them: before it is known what they are for.

use super::number::{Decimal, decimals, pointed};

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    BusinessDay,
    Month,
    Year,
}

impl Unit {
    /// Its milliseconds, where it has always as many.
    pub(super) const fn milliseconds(self) -> Option<i64> {
        Some(match self {
            Self::Millisecond => 1,
            Self::Second => 1_000,
            Self::Minute => 60_000,
            Self::Hour => 3_600_000,
            Self::Day => 86_400_000,
            Self::Week => 7 * 86_400_000,
            Self::BusinessDay | Self::Month | Self::Year => return None,
        })
    }

    /// The unit of a number that stands behind one of this unit, as in `1h30`.
    const fn next(self) -> Option<Self> {
        match self {
            Self::Day => Some(Self::Hour),
            Self::Hour => Some(Self::Minute),
            Self::Minute => Some(Self::Second),
            _ => None,
        }
    }
}

const WORDS: &[(Unit, &[&str])] = &[
    (
        Unit::Millisecond,
        &["ms", "msec", "millisecond", "milliseconds", "millisekunden"],
    ),
    (
        Unit::Second,
        &[
            "s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seconde",
            "secondes",
        ],
    ),
    (
        Unit::Minute,
        &["m", "min", "mins", "mn", "minute", "minutes", "minuten"],
    ),
    (
        Unit::Hour,
        &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures",
        ],
    ),
    (
        Unit::Day,
        &[
            "d",
            "day",
            "days",
            "tag",
            "tage",
            "tagen",
            "jour",
            "jours",
            "kalendertage",
            "calendar days",
            "calendar day",
        ],
    ),
    (
        Unit::Week,
        &[
            "w", "wk", "wks", "week", "weeks", "woche", "wochen", "semaine", "semaines",
        ],
    ),
    (
        Unit::BusinessDay,
        &[
            "bd",
            "bds",
            "business day",
            "business days",
            "working day",
            "working days",
            "workday",
            "workdays",
            "werktag",
            "werktage",
            "werktagen",
            "arbeitstag",
            "arbeitstage",
            "arbeitstagen",
        ],
    ),
    (
        Unit::Month,
        &[
            "mo", "mos", "month", "months", "monat", "monate", "monaten", "mois",
        ],
    ),
    (
        Unit::Year,
        &[
            "y", "yr", "yrs", "year", "years", "jahr", "jahre", "jahren", "ans",
        ],
    ),
];

/// The units that a word can mean.
fn units(word: &str) -> Vec<Unit> {
    if word == "M" {
        return vec![Unit::Minute, Unit::Month];
    }
    let lower = word.to_lowercase();
    // A unit written twice is that unit: `5hh`.
    let twice = lower.len() == 2 && lower.as_bytes()[0] == lower.as_bytes()[1];
    let name = if twice { &lower[..1] } else { &lower };
    let found = WORDS.iter().filter(|(_, words)| words.contains(&name));
    found.map(|(unit, _)| *unit).collect()
}

const NUMBERS: &[(&str, i64)] = &[
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("ein", 1),
    ("eine", 1),
    ("einen", 1),
    ("einer", 1),
    ("two", 2),
    ("zwei", 2),
    ("three", 3),
    ("drei", 3),
    ("four", 4),
    ("vier", 4),
    ("five", 5),
    ("f\u{fc}nf", 5),
    ("six", 6),
    ("sechs", 6),
    ("seven", 7),
    ("sieben", 7),
    ("eight", 8),
    ("acht", 8),
    ("nine", 9),
    ("neun", 9),
    ("ten", 10),
    ("zehn", 10),
    ("twelve", 12),
    ("zw\u{f6}lf", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
];

/// An amount of time: numbers with their units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) parts: Vec<(Decimal, Unit)>,
    /// How the text was taken, where it can be taken in several ways.
    pub(super) said: &'static str,
}

impl Quantity {
    fn of(parts: Vec<(Decimal, Unit)>, said: &'static str) -> Self {
        Self { parts, said }
    }

    /// Its milliseconds, where all its units have always as many and nothing is left over.
    pub(super) fn milliseconds(&self) -> Option<i64> {
        let mut total = 0_i64;
        for (number, unit) in &self.parts {
            total = total.checked_add(number.times(unit.milliseconds()?)?)?;
        }
        Some(total)
    }

    /// Its number and unit, where it has one.
    pub(super) fn single(&self) -> Option<(Decimal, Unit)> {
        match self.parts[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// Every amount of time that a text can mean.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    if let Some(parts) = iso(text) {
        return vec![Quantity::of(parts, "")];
    }
    let with_colons = colons(text);
    if with_colons.is_empty() {
        walk(text)
    } else {
        with_colons
    }
}

/// ISO 8601: `PT1H30M`, `P2D`, `P1M`.
fn iso(text: &str) -> Option<Vec<(Decimal, Unit)>> {
    let upper = text.to_uppercase();
    let rest = upper.strip_prefix('P')?;
    let (days, times) = rest.split_once('T').unwrap_or((rest, ""));
    if rest.contains('T') && times.is_empty() {
        return None;
    }
    let of_days = [
        ('Y', Unit::Year),
        ('M', Unit::Month),
        ('W', Unit::Week),
        ('D', Unit::Day),
    ];
    let of_times = [('H', Unit::Hour), ('M', Unit::Minute), ('S', Unit::Second)];
    let mut parts = designated(days, &of_days)?;
    parts.extend(designated(times, &of_times)?);
    (!parts.is_empty()).then_some(parts)
}

/// Numbers, each with its letter, in the order of the letters.
fn designated(text: &str, letters: &[(char, Unit)]) -> Option<Vec<(Decimal, Unit)>> {
    let (mut rest, mut from, mut parts) = (text, 0, Vec::new());
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let number = pointed(&rest[..end].replace(',', "."))?;
        let letter = rest[end..].chars().next()?;
        let at = letters[from..]
            .iter()
            .position(|(known, _)| *known == letter)?
            + from;
        parts.push((number, letters[at].1));
        (rest, from) = (&rest[end + 1..], at + 1);
    }
    Some(parts)
}

/// `1:30`, `01:30:00`, with or without a unit behind.
fn colons(text: &str) -> Vec<Quantity> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == ':'))
        .unwrap_or(text.len());
    let (numbers, unit) = text.split_at(end);
    let numbers: Option<Vec<i64>> = numbers.split(':').map(|part| part.parse().ok()).collect();
    let unit = units(unit.trim().trim_end_matches('.'));
    let numbers = numbers.unwrap_or_default();
    let whole = Decimal::whole;
    let fits = |small: i64| (0..60).contains(&small);
    match (&numbers[..], &unit[..], end == text.len()) {
        ([h, m, s], [] | [Unit::Hour], _)
            if fits(*m) && fits(*s) && (end == text.len() || !unit.is_empty()) =>
        {
            let parts = vec![
                (whole(*h), Unit::Hour),
                (whole(*m), Unit::Minute),
                (whole(*s), Unit::Second),
            ];
            vec![Quantity::of(parts, "")]
        }
        ([h, m], [], true) if fits(*m) => vec![
            Quantity::of(
                vec![(whole(*h), Unit::Hour), (whole(*m), Unit::Minute)],
                "hours and minutes",
            ),
            Quantity::of(
                vec![(whole(*h), Unit::Minute), (whole(*m), Unit::Second)],
                "minutes and seconds",
            ),
        ],
        ([large, small], [unit], false) if fits(*small) => {
            unit.next().map_or_else(Vec::new, |next| {
                vec![Quantity::of(
                    vec![(whole(*large), *unit), (whole(*small), next)],
                    "",
                )]
            })
        }
        _ => Vec::new(),
    }
}

/// What stands between two parts of an amount.
const BETWEEN: [&str; 6] = [",", "and ", "und ", "et ", "+", "&"];

/// Numbers with their units, one after another.
fn walk(text: &str) -> Vec<Quantity> {
    let mut found = vec![Quantity::of(Vec::new(), "")];
    let mut rest = text.trim();
    let mut before: Option<Unit> = None;
    while !rest.is_empty() {
        let (numbers, tail) = number(rest);
        let (word, tail, touches) = unit(tail);
        let known = if word.is_empty() {
            bare(before, touches && tail.is_empty())
        } else {
            let several = |unit: &Unit| {
                if *unit == Unit::Month {
                    "months"
                } else {
                    "minutes"
                }
            };
            let all = units(word);
            let many = all.len() > 1;
            all.iter()
                .map(|unit| (*unit, if many { several(unit) } else { "" }))
                .collect()
        };
        let mut longer = Vec::new();
        for quantity in &found {
            for number in &numbers {
                for (unit, said) in &known {
                    let mut parts = quantity.parts.clone();
                    parts.push((*number, *unit));
                    let said = if said.is_empty() { quantity.said } else { said };
                    let said = if numbers.len() > 1 && said.is_empty() {
                        marked(*number)
                    } else {
                        said
                    };
                    longer.push(Quantity::of(parts, said));
                }
            }
        }
        found = longer;
        if found.is_empty() || found.len() > 8 {
            return Vec::new();
        }
        before = known.first().map(|(unit, _)| *unit);
        rest = tail.trim_start();
        for between in BETWEEN {
            rest = rest.strip_prefix(between).unwrap_or(rest).trim_start();
        }
    }
    found.retain(|quantity| !quantity.parts.is_empty());
    found
}

/// How a mark before three digits was taken.
fn marked(number: Decimal) -> &'static str {
    if number.as_whole().is_some_and(|whole| whole >= 1_000) {
        "thousands"
    } else {
        "decimals"
    }
}

/// The units that a number without one can have: behind hours, minutes; alone, people mean minutes or hours.
fn bare(before: Option<Unit>, at_the_end: bool) -> Vec<(Unit, &'static str)> {
    match before {
        Some(unit) => {
            let next = unit.next().filter(|_| at_the_end);
            next.map(|next| (next, "")).into_iter().collect()
        }
        None if at_the_end => vec![(Unit::Minute, "minutes"), (Unit::Hour, "hours")],
        None => Vec::new(),
    }
}

/// The meanings of the number at the start of a text, and what is behind it.
fn number(text: &str) -> (Vec<Decimal>, &str) {
    let is_part = |at: usize, c: char| {
        let digit_behind = text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        c.is_ascii_digit() || (matches!(c, '.' | ',' | '_' | '\'' | '/') && digit_behind)
    };
    let end = text
        .char_indices()
        .find(|(at, c)| !is_part(*at, *c))
        .map_or(text.len(), |(at, _)| at);
    if end > 0 {
        // `1 1/2`
        let behind = &text[end..];
        let part = [" 1/2", " 1/4", " 3/4"]
            .into_iter()
            .find(|part| behind.starts_with(part));
        let end = end + part.map_or(0, str::len);
        return (decimals(&text[..end]), &text[end..]);
    }
    let lower = text.to_lowercase();
    for (start, half) in [
        ("half an ", "0.5"),
        ("half a ", "0.5"),
        ("half ", "0.5"),
        ("a quarter of an ", "0.25"),
        ("quarter of an ", "0.25"),
    ] {
        if lower.starts_with(start) {
            return (pointed(half).into_iter().collect(), &text[start.len()..]);
        }
    }
    let word = text.split(' ').next().unwrap_or_default();
    let known = NUMBERS
        .iter()
        .find(|(name, _)| *name == word.to_lowercase());
    match known {
        Some((_, value)) if word.len() < text.len() => {
            (vec![Decimal::whole(*value)], &text[word.len()..])
        }
        _ => (Vec::new(), text),
    }
}

/// The unit at the start of a text, what is behind it, and whether nothing stood before it.
fn unit(text: &str) -> (&str, &str, bool) {
    let trimmed = text.trim_start_matches([' ', '-']);
    for (_, words) in WORDS {
        for two in words.iter().filter(|word| word.contains(' ')) {
            let starts = trimmed
                .get(..two.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(two));
            let ends = trimmed
                .get(two.len()..)
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
            if starts && ends {
                return (&trimmed[..two.len()], &trimmed[two.len()..], true);
            }
        }
    }
    let end = trimmed
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(trimmed.len());
    let (word, rest) = trimmed.split_at(end);
    if word.is_empty() {
        return ("", text, !text.starts_with(' '));
    }
    (word, rest.strip_prefix('.').unwrap_or(rest), true)
}
