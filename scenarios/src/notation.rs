//! What people write for durations, limits, moments, days, hours, shifts, zones, ages and numbers, and
//! what it means.
//!
//! Each notation has one canonical form, which [`Notation::parse`] takes and the language wants. People
//! write the same in other ways: [`Notation::readings`] understands them, and says every meaning where
//! there are several. `definition` asks to offer cures; so can whoever reads lists of others. Nothing
//! here guesses: no reading comes from a text that merely looks alike.

mod age;
mod clock;
mod date;
mod duration;
mod hours;
mod law;
mod limit;
mod moment;
mod names;
mod number;
mod plain;
mod quantity;
mod start;
#[cfg(test)]
mod tests;
mod zone;

pub use age::{Age, Every};
pub use duration::{spelled, spelled_law};
pub use hours::{Hours, always};
pub use moment::Moment;
pub use start::Start;
pub use zone::ZoneName;

pub(crate) use names::{day_of_week, truth};
pub(crate) use number::readings as number_readings;
pub(crate) use plain::{is_invisible, plain};
pub(crate) use zone::names as zone_names;

use std::collections::BTreeSet;

/// A meaning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// What is meant.
    pub value: T,
    /// The same in the canonical form.
    pub written: String,
    /// How the text was taken, such as `hours and minutes`; matters where it can be taken in several ways.
    pub said: String,
}

impl<T> Reading<T> {
    /// A meaning, how it is written, and how the text was taken.
    pub(crate) fn new(value: T, written: impl Into<String>, said: impl Into<String>) -> Self {
        Self {
            value,
            written: written.into(),
            said: said.into(),
        }
    }
}

/// Something that people write in fixed forms.
pub trait Notation: Sized {
    /// What it is, with its article.
    const WHAT: &'static str;
    /// How its canonical form looks.
    const LOOKS: &'static str;

    /// Reads the canonical form.
    ///
    /// # Errors
    ///
    /// If it is written otherwise, or says what cannot be: then why, as a fragment.
    fn parse(text: &str) -> Result<Self, String>;

    /// Every meaning of a text that is written otherwise, the likelier first. The text has plain blanks,
    /// hyphens and digits.
    fn readings(text: &str) -> Vec<Reading<Self>>;
}

/// A text that is not in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread<T> {
    /// Why it is not taken, as a fragment.
    pub why: String,
    /// What it can mean: one meaning is sure, of several somebody has to choose.
    pub readings: Vec<Reading<T>>,
}

/// Reads what somebody wrote.
///
/// # Errors
///
/// If it is not in the canonical form: then what it can mean.
pub fn read<T: Notation>(text: &str) -> Result<T, Misread<T>> {
    let why = match T::parse(text) {
        Ok(value) => return Ok(value),
        Err(why) => why,
    };
    let readings = if text.len() > LONGEST {
        Vec::new()
    } else {
        meanings(&plain(text))
    };
    Err(Misread { why, readings })
}

/// Longer texts are no notation.
const LONGEST: usize = 200;

/// Every meaning once.
fn meanings<T: Notation>(text: &str) -> Vec<Reading<T>> {
    let mut readings: Vec<Reading<T>> = match T::parse(text) {
        Ok(value) => vec![Reading::new(value, text, "")],
        Err(_) => T::readings(text),
    };
    if readings.is_empty() {
        let digits = plain::digits_for_letters(text);
        if digits != text {
            readings = match T::parse(&digits) {
                Ok(value) => vec![Reading::new(value, digits, "")],
                Err(_) => T::readings(&digits),
            };
        }
    }
    let mut seen = BTreeSet::new();
    readings.retain(|reading| seen.insert(reading.written.clone()));
    readings
}
