//! Numbers, held as integers of a small unit: no value is ever rounded.

use super::{Decode, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::notation::number_readings;
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{BasisPoints, Money};
use schemars::{Schema, SchemaGenerator, json_schema};

/// Why a number cannot be taken.
pub(crate) enum BadNumber {
    /// It is not written as a decimal.
    NotDecimal,
    /// It has more places than are kept.
    TooExact,
    /// It is less than 0.
    Negative,
    /// It is greater than can be held.
    TooLarge,
}

/// A decimal as an integer of its last kept place: `0.8` with two places is 80. Never rounds.
pub(crate) fn decimal(written: &str, places: usize) -> Result<u64, BadNumber> {
    let unsigned = written.strip_prefix('+').unwrap_or(written);
    if let Some(positive) = unsigned.strip_prefix('-') {
        decimal(positive, places)?;
        return Err(BadNumber::Negative);
    }
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let empty = whole.is_empty() && fraction.is_empty();
    if empty || !digits(whole) || !digits(fraction) || whole.starts_with('_') {
        return Err(BadNumber::NotDecimal);
    }
    let fraction: String = fraction.chars().filter(|c| *c != '_').collect();
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return Err(BadNumber::TooExact);
    }
    let whole: String = whole.chars().filter(|c| *c != '_').collect();
    let joined = format!("{whole}{fraction:0<places$}");
    joined.parse().map_err(|_| BadNumber::TooLarge)
}

/// A percentage as the share it is: `70` is `0.7`. `None` for more than four places or over 100.
fn hundredth(percent: &str) -> Option<String> {
    let share = decimal(percent, 2).ok().filter(|share| *share <= 10_000)?;
    let text = format!("{}.{:04}", share / 10_000, share % 10_000);
    let text = text.trim_end_matches('0');
    Some(text.trim_end_matches('.').to_owned())
}

/// The shares that a percentage can mean, however its number is written.
fn shares(percent: &str) -> Vec<String> {
    match hundredth(percent) {
        Some(share) => vec![share],
        None => number_readings(percent)
            .iter()
            .filter_map(|number| hundredth(number))
            .collect(),
    }
}

/// What a number means: one meaning is a cure; of several the author has to choose.
fn chosen(problem: Diagnostic, meant: &[String]) -> Diagnostic {
    match meant {
        [] => problem,
        [only] => {
            let place = problem.place();
            problem.cure(&format!("write `{only}`"), place, only)
        }
        several => problem.help(format!("say which is meant: `{}`", several.join("` or `"))),
    }
}

/// What a number has to be.
struct Rule {
    /// What it is, with its article and range.
    what: &'static str,
    places: usize,
    least: u64,
    most: u64,
}

impl Rule {
    /// Whether it is a share from 0 to 1.
    const fn is_share(&self) -> bool {
        self.most == 10_000 && self.places == 4
    }

    /// Whether it may be said in percent: a share, a factor, a rate.
    const fn has_percent(&self) -> bool {
        self.places >= 3
    }

    /// What a number that is written otherwise can mean.
    fn meant(&self, written: &str) -> Vec<String> {
        let mut meant = number_readings(written);
        meant.retain(|number| self.takes(number));
        meant
    }

    /// Whether a text is such a number.
    fn takes(&self, text: &str) -> bool {
        decimal(text, self.places).is_ok_and(|value| (self.least..=self.most).contains(&value))
    }
}

impl Reader<'_> {
    fn number(&mut self, node: &Node<'_>, rule: &Rule) -> Option<u64> {
        let written = match &node.kind {
            NodeKind::Number(number) => *number,
            NodeKind::Text(text) => {
                return self.quoted_number(node, text, rule);
            }
            NodeKind::Word(word @ ("NaN" | "inf")) => {
                let message = format!("`{word}` is not {}", rule.what);
                self.report(Diagnostic::new(Code::BadNumber, message, node.place));
                return None;
            }
            NodeKind::Word(word) if !rule.meant(word).is_empty() => {
                return self.bad_number(node, rule, "is not a plain decimal", word);
            }
            _ => return self.wrong_kind(node, rule.what),
        };
        if let Some(number) = written.strip_suffix('%') {
            return self.percent(node, number, rule);
        }
        match decimal(written, rule.places) {
            Ok(value) if (rule.least..=rule.most).contains(&value) => Some(value),
            Ok(_) | Err(BadNumber::Negative | BadNumber::TooLarge) => {
                self.bad_number(node, rule, "is out of range", written)
            }
            Err(BadNumber::TooExact) => {
                let reason = match rule.places {
                    0 => "is not whole".to_owned(),
                    n => format!("has more than {n} decimal places"),
                };
                self.bad_number(node, rule, &reason, written)
            }
            Err(BadNumber::NotDecimal) => {
                self.bad_number(node, rule, "is not a plain decimal", written)
            }
        }
    }

    /// A number with a percent sign: a share of a hundred where shares are meant.
    fn percent<T>(&mut self, node: &Node<'_>, number: &str, rule: &Rule) -> Option<T> {
        let number = number.trim_end();
        let message = format!("`{number}%` is no number here: {} is expected", rule.what);
        let problem = Diagnostic::new(Code::Percent, message, node.place);
        let meant = if rule.has_percent() {
            shares(number)
        } else {
            vec![number.to_owned()]
        };
        let meant: Vec<String> = meant.into_iter().filter(|it| rule.takes(it)).collect();
        self.report(match &meant[..] {
            [] => problem.help(format!("write {}", rule.what)),
            meant => chosen(problem, meant),
        });
        None
    }

    fn bad_number<T>(
        &mut self,
        node: &Node<'_>,
        rule: &Rule,
        reason: &str,
        written: &str,
    ) -> Option<T> {
        let message = format!("`{written}` {reason}: {} is expected", rule.what);
        let problem = Diagnostic::new(Code::BadNumber, message, node.place);
        let share = rule.is_share().then(|| hundredth(written)).flatten();
        let meant = rule.meant(written);
        self.report(match (&meant[..], share) {
            ([], Some(share)) => problem.cure(
                &format!("if percent is meant, write `{share}`"),
                node.place,
                &share,
            ),
            ([], None) => problem.help(format!("write {}", rule.what)),
            (meant, _) => chosen(problem, meant),
        });
        None
    }

    fn quoted_number<T>(&mut self, node: &Node<'_>, text: &str, rule: &Rule) -> Option<T> {
        let message = format!("{} is expected, not a text", rule.what);
        let problem = Diagnostic::new(Code::WrongKind, message, node.place);
        let value = decimal(text, rule.places);
        let fits = value.is_ok_and(|value| (rule.least..=rule.most).contains(&value));
        let share = text
            .strip_suffix('%')
            .map(str::trim_end)
            .and_then(hundredth);
        self.report(match share {
            _ if fits => problem.cure(&format!("write `{text}`"), node.place, text),
            Some(share) if rule.has_percent() && rule.takes(&share) => {
                problem.cure(&format!("write `{share}`"), node.place, &share)
            }
            _ => chosen(problem, &rule.meant(text)),
        });
        None
    }
}

/// Declares a number type with what it is and its range.
macro_rules! number {
    ($type:ty, $inner:ty, $what:literal, $places:literal, $least:literal..=$most:literal, $make:expr, $schema:tt) => {
        impl Decode for $type {
            fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let rule = Rule {
                    what: $what,
                    places: $places,
                    least: $least,
                    most: $most,
                };
                let value = reader.number(node, &rule)?;
                let inner = <$inner>::try_from(value).expect("the range fits the type");
                Some($make(inner))
            }
            fn schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = json_schema!($schema);
                schema.insert("title".to_owned(), without_article($what).into());
                schema
            }
        }
    };
}

/// What a value is, without its article.
fn without_article(what: &str) -> &str {
    what.strip_prefix("a ")
        .or_else(|| what.strip_prefix("an "))
        .unwrap_or(what)
}

/// A factor in thousandths, such as `0.8` or `2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(pub u32);

/// A weight in hundredths, such as `1` or `2.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight(pub u32);

/// How often a year, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PerYear(pub u32);

number!(BasisPoints, u16, "a share from 0 to 1", 4, 0..=10_000, BasisPoints,
    { "type": "number", "minimum": 0, "maximum": 1 });
number!(Money, i64, "an amount of money", 2, 0..=1_000_000_000_000_000, Money,
    { "type": "number", "minimum": 0 });
number!(Factor, u32, "a factor from 0 to 100", 3, 0..=100_000, Factor,
    { "type": "number", "minimum": 0, "maximum": 100 });
number!(Weight, u32, "a weight from 0 to 100", 2, 0..=10_000, Weight,
    { "type": "number", "minimum": 0, "maximum": 100 });
number!(PerYear, u32, "how often a year, from 0 to 1000", 3, 0..=1_000_000, PerYear,
    { "type": "number", "minimum": 0, "maximum": 1000 });
number!(u64, u64, "a whole number", 0, 0..=1_000_000_000_000, std::convert::identity,
    { "type": "integer", "minimum": 0 });
number!(u32, u32, "a whole number up to 1000000000", 0, 0..=1_000_000_000, std::convert::identity,
    { "type": "integer", "minimum": 0 });
number!(u16, u16, "a whole number from 1 to 1000", 0, 1..=1_000, std::convert::identity,
    { "type": "integer", "minimum": 1, "maximum": 1000 });
number!(u8, u8, "a whole number from 1 to 5", 0, 1..=5, std::convert::identity,
    { "type": "integer", "minimum": 1, "maximum": 5 });
