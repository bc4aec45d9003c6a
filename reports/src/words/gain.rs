//! What a change gains, in words.

use super::{count, money, plural};
use hotwash_engine::campaign::{Criterion, Effect, Tried};
use hotwash_engine::exercise::Money;

/// What changes that were tried surely do, the most important first, at most two: `33 fewer critical objectives
/// failed in 100 runs; 1.5 points more`.
pub fn gain(tried: &Tried) -> String {
    let sure = tried.effects.iter().filter(|of| of.is_better().is_some());
    let said: Vec<String> = sure.take(2).map(effect).collect();
    if said.is_empty() {
        "no sure difference".to_owned()
    } else {
        said.join("; ")
    }
}

/// What changes do by one criterion, to the digit that means something.
pub(crate) fn effect(of: &Effect) -> String {
    let mean = of.mean();
    let more = mean > 0.0;
    match of.by {
        Criterion::Harm => {
            let fewer = if more { "fewer" } else { "more" };
            // What is surely there is never shown as nothing.
            let digits = if mean.abs() < 0.095 { 2 } else { 1 };
            let harms = mean.abs();
            format!("{harms:.digits$} {fewer} harms from the attack in a run")
        }
        Criterion::Gates => {
            let fewer = if more { "fewer" } else { "more" };
            let runs = hundred(mean);
            format!(
                "{runs} {fewer} critical {} failed in 100 runs",
                plural(runs, "objective", "objectives")
            )
        }
        Criterion::Duties => {
            let fewer = if more { "fewer" } else { "more" };
            let runs = hundred(mean);
            format!(
                "{runs} {fewer} {} missed in 100 runs",
                plural(runs, "duty", "duties")
            )
        }
        Criterion::CarriedOut => {
            let more = if more { "more" } else { "less" };
            format!("{:.1} points {more}", mean.abs() / 100.0)
        }
        Criterion::Loss => {
            let less = if more { "less" } else { "more" };
            format!("{} {less} lost a run", money(Money(whole(mean.abs()))))
        }
    }
}

/// How many in a hundred runs.
fn hundred(mean: f64) -> u64 {
    whole(mean.abs() * 100.0).unsigned_abs()
}

/// The nearest whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a mean of figures that fit is far below the limit"
)]
pub(crate) fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// How many, for a table.
pub(crate) fn in_hundred(of: &Effect) -> String {
    let sign = if of.mean() > 0.0 { "-" } else { "+" };
    let runs = hundred(of.mean());
    if runs == 0 {
        "0".to_owned()
    } else {
        format!("{sign}{}", count(runs))
    }
}
