//! Numbers with a decimal comma, with marks between thousands, in short.

use super::plain::{digits_for_letters, plain};

/// A decimal: its digits as an integer, and how many of them stand behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i64,
    places: u32,
}

impl Decimal {
    /// A whole number.
    pub(super) const fn whole(digits: i64) -> Self {
        Self { digits, places: 0 }
    }

    /// Its product with an integer, where that is an integer too.
    pub(super) fn times(self, unit: i64) -> Option<i64> {
        let product = i128::from(self.digits) * i128::from(unit);
        let scale = 10_i128.checked_pow(self.places)?;
        (product % scale == 0).then(|| i64::try_from(product / scale).ok())?
    }

    /// Itself as an integer, where it is one.
    pub(super) fn as_whole(self) -> Option<i64> {
        self.times(1)
    }

    fn plus(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let scaled = |of: Self| {
            of.digits
                .checked_mul(10_i64.checked_pow(places - of.places)?)
        };
        let digits = scaled(self)?.checked_add(scaled(other)?)?;
        Some(Self { digits, places })
    }

    /// As definitions write it.
    fn spelled(self) -> String {
        let text = format!("{:0>width$}", self.digits, width = self.places as usize + 1);
        let (whole, fraction) = text.split_at(text.len() - self.places as usize);
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{fraction}")
        }
    }
}

/// A number with a point before its decimals, and no other mark.
pub(super) fn pointed(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let empty = whole.is_empty() && fraction.is_empty();
    if empty || !digits(whole) || !digits(fraction) || whole.len() + fraction.len() > 18 {
        return None;
    }
    Some(Decimal {
        digits: format!("{whole}{fraction}").parse().ok()?,
        places: u32::try_from(fraction.len()).ok()?,
    })
}

/// The meanings of a number with points, commas and marks between thousands. A mark before three digits at
/// the end can be either.
pub(super) fn decimals(text: &str) -> Vec<Decimal> {
    if let Some((whole, part)) = text.split_once(' ')
        && let Some(fraction) = fraction(part)
    {
        let whole = pointed(whole).and_then(|whole| whole.plus(fraction));
        return whole.into_iter().collect();
    }
    if let Some(fraction) = fraction(text) {
        return vec![fraction];
    }
    let text = text.replace(['_', '\''], "");
    let text = without_gaps(&text);
    let marks: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | ','))
        .collect();
    let apart: Vec<&str> = text.split(['.', ',']).collect();
    let whole = text.replace(['.', ','], "");
    let first = apart[0];
    let in_groups = |parts: &[&str]| {
        (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && parts[1..].iter().all(|part| part.len() == 3)
    };
    match marks[..] {
        [] => pointed(&text).into_iter().collect(),
        [(_, mark)] => {
            let decimal = pointed(&text.replace(mark, "."));
            let thousands = in_groups(&apart).then(|| pointed(&whole)).flatten();
            decimal.into_iter().chain(thousands).collect()
        }
        [.., (before, first_kind), (last, kind)] if before < last => {
            let same = marks.iter().all(|(_, mark)| *mark == kind);
            let others = marks[..marks.len() - 1]
                .iter()
                .all(|(_, mark)| *mark == first_kind);
            let groups = &apart[..apart.len() - 1];
            if same && in_groups(&apart) {
                pointed(&whole).into_iter().collect()
            } else if !same && others && first_kind != kind && in_groups(groups) {
                let (head, tail) = text.split_at(last);
                let head = head.replace(['.', ','], "");
                pointed(&format!("{head}.{}", &tail[1..]))
                    .into_iter()
                    .collect()
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

fn fraction(text: &str) -> Option<Decimal> {
    let hundredths = match text {
        "1/2" => 50,
        "1/4" => 25,
        "3/4" => 75,
        _ => return None,
    };
    Some(Decimal {
        digits: hundredths,
        places: 2,
    })
}

/// Without blanks between thousands: `26 000`.
fn without_gaps(text: &str) -> String {
    let mut parts = text.split(' ');
    let first = parts.next().unwrap_or_default();
    let grouped = (1..=3).contains(&first.len())
        && parts.all(|part| {
            part.split(['.', ','])
                .next()
                .is_some_and(|part| part.len() == 3)
        });
    if grouped {
        text.replace(' ', "")
    } else {
        text.to_owned()
    }
}

/// The meanings of a number that is not written as definitions write numbers, as they do. A sign before it
/// is none of them: less than nothing is not what was meant by leaving the sign out.
pub(crate) fn readings(written: &str) -> Vec<String> {
    let text = plain(written);
    let text = text.strip_prefix('+').unwrap_or(&text);
    let mut found: Vec<Decimal> = decimals(text);
    if found.is_empty() {
        found = powers(text);
    }
    if found.is_empty() {
        let slips = [digits_for_letters(text), text.replace("..", ".")];
        let meant = slips
            .iter()
            .filter(|slip| *slip != text)
            .find_map(|slip| pointed(slip));
        found.extend(meant);
    }
    let mut spelled: Vec<String> = found.into_iter().map(Decimal::spelled).collect();
    spelled.dedup();
    spelled
}

/// `26k`, `1.5M`, `1e3`.
fn powers(text: &str) -> Vec<Decimal> {
    let lower = text.to_lowercase();
    let (number, factor) = if let Some((number, power)) = lower.split_once('e') {
        let power = power.strip_prefix('+').unwrap_or(power);
        let factor = power
            .parse::<u32>()
            .ok()
            .and_then(|power| 10_i64.checked_pow(power));
        (number.to_owned(), factor)
    } else {
        let split = lower
            .find(|c: char| c.is_alphabetic())
            .unwrap_or(lower.len());
        let (number, word) = lower.split_at(split);
        let factor = match word.trim() {
            "k" | "thousand" | "tausend" => Some(1_000),
            "m" | "mio" | "million" | "millions" => Some(1_000_000),
            _ => None,
        };
        (number.trim().to_owned(), factor)
    };
    let Some(factor) = factor else {
        return Vec::new();
    };
    let times = |of: Decimal| of.times(factor).map(Decimal::whole);
    decimals(&number).into_iter().filter_map(times).collect()
}
