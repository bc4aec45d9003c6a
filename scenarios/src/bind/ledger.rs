//! The account of inputs: how many an exercise has, and which of them are defaults.

use crate::definition::{spelled, spelled_law};
use crate::source::Spanned;
use hotwash_engine::exercise::{BasisPoints, DefaultUsed, ExerciseTime, Law, Limit, Money, Span};
use std::fmt::Display;

/// Counts inputs and keeps the defaults.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    used: Vec<DefaultUsed>,
    inputs: u32,
}

impl Ledger {
    /// Counts inputs that their author had to give.
    pub(super) fn given(&mut self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.inputs = self.inputs.saturating_add(count);
    }

    /// What was given, or its default.
    pub(super) fn or<T: Clone + Written>(
        &mut self,
        given: Option<&Spanned<T>>,
        place: &str,
        field: &str,
        default: T,
        source: &str,
    ) -> T {
        self.inputs += 1;
        if let Some(given) = given {
            return given.value.clone();
        }
        self.keep(place, field, default.written(), source);
        default
    }

    /// Counts an input that is a default, as its author would write it.
    pub(super) fn assume(&mut self, place: &str, field: &str, value: String, source: &str) {
        self.inputs += 1;
        self.keep(place, field, value, source);
    }

    fn keep(&mut self, place: &str, field: &str, value: String, source: &str) {
        let place = match (place, field) {
            (place, "") => place.to_owned(),
            (place, field) => format!("{place}.{field}"),
        };
        self.used.push(DefaultUsed {
            place,
            value,
            source: source.to_owned(),
        });
    }

    /// The defaults, sorted, and the number of all inputs.
    pub(super) fn finish(mut self) -> (Vec<DefaultUsed>, u32) {
        self.used.sort_unstable();
        (self.used, self.inputs)
    }
}

/// A value that can be shown as its author would write it.
pub(crate) trait Written {
    /// The value in the language of definitions.
    fn written(&self) -> String;
}

macro_rules! written_as_shown {
    ($($type:ty),+) => {
        $(impl Written for $type {
            fn written(&self) -> String {
                shown(self)
            }
        })+
    };
}

fn shown(value: &impl Display) -> String {
    value.to_string()
}

written_as_shown!(
    bool,
    u8,
    u16,
    u32,
    u64,
    hotwash_engine::exercise::Severity,
    hotwash_engine::exercise::Category,
    hotwash_engine::exercise::Phase,
    hotwash_engine::exercise::Function
);

impl Written for Span {
    fn written(&self) -> String {
        spelled(*self)
    }
}

impl Written for ExerciseTime {
    fn written(&self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}", spelled(Span(self.0.saturating_abs())))
    }
}

impl Written for BasisPoints {
    fn written(&self) -> String {
        decimal(u64::from(self.0), 4)
    }
}

impl Written for Money {
    fn written(&self) -> String {
        decimal(self.0.unsigned_abs(), 2)
    }
}

impl Written for crate::definition::Weight {
    fn written(&self) -> String {
        decimal(u64::from(self.0), 2)
    }
}

impl Written for crate::definition::Factor {
    fn written(&self) -> String {
        decimal(u64::from(self.0), 3)
    }
}

impl Written for crate::definition::PerYear {
    fn written(&self) -> String {
        decimal(u64::from(self.0), 3)
    }
}

impl Written for Law {
    fn written(&self) -> String {
        spelled_law(self)
    }
}

impl Written for Limit {
    fn written(&self) -> String {
        match self {
            Self::Elapsed(span) => spelled(*span),
            Self::Days(days) => format!("{days}d"),
            Self::BusinessDays(days) => format!("{days}bd"),
            Self::Months(months) => format!("{months}mo"),
        }
    }
}

/// An integer of so many decimal places as a decimal, without zeros at its end.
fn decimal(value: u64, places: usize) -> String {
    let scale = 10_u64.pow(u32::try_from(places).expect("a handful of places"));
    let (whole, rest) = (value / scale, value % scale);
    if rest == 0 {
        return whole.to_string();
    }
    let text = format!("{whole}.{rest:0places$}");
    text.trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_no_false_digits() {
        assert_eq!(BasisPoints(8_000).written(), "0.8");
        assert_eq!(BasisPoints(10_000).written(), "1");
        assert_eq!(BasisPoints(5).written(), "0.0005");
    }

    #[test]
    fn what_is_given_is_counted_and_only_what_is_not_is_a_default() {
        let mut ledger = Ledger::default();
        let given = Spanned::new(3_u8, crate::source::Place::default());
        assert_eq!(ledger.or(Some(&given), "scenario", "difficulty", 1, ""), 3);
        assert_eq!(ledger.or(None, "scenario", "difficulty", 1_u8, "x"), 1);
        let (used, inputs) = ledger.finish();
        assert_eq!((used.len(), inputs), (1, 2));
        assert_eq!(used[0].place, "scenario.difficulty");
    }
}
