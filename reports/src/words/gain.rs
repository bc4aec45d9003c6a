//! What a change gains, in words.

use super::{count, duration, money, plural};
use hotwash_engine::campaign::{Criterion, Effect, Tried};
use hotwash_engine::exercise::{Money, Span};

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
    let (less, more) = if mean > 0.0 {
        ("fewer", "more")
    } else {
        ("more", "less")
    };
    let span = || known_span(mean.abs());
    match of.by {
        Criterion::Harm => {
            // What is surely there is never shown as nothing.
            let digits = if mean.abs() < 0.095 { 2 } else { 1 };
            let harms = mean.abs();
            format!("{harms:.digits$} {less} harms from the attack in a run")
        }
        Criterion::Objectives => {
            let runs = hundred(mean);
            let objectives = plural(runs, "objective", "objectives");
            format!("{runs} {less} critical {objectives} failed in 100 runs")
        }
        Criterion::OwnHarm => {
            let runs = hundred(mean);
            let runs_said = plural(runs, "run", "runs");
            format!("{runs} {less} {runs_said} of 100 with harm of one's own")
        }
        Criterion::Duties => {
            let runs = hundred(mean);
            let duties = plural(runs, "duty", "duties");
            format!("{runs} {less} {duties} missed in 100 runs")
        }
        Criterion::CarriedOut => format!("{:.1} points {more}", mean.abs() / 100.0),
        Criterion::Score => format!("{:.1} points {more} for ranking", mean.abs() / 100.0),
        Criterion::Phase(phase) => {
            let sooner = if mean > 0.0 { "sooner" } else { "later" };
            format!("{} {} {sooner}", phase.name(), span())
        }
        Criterion::Loss => {
            let less = if mean > 0.0 { "less" } else { "more" };
            format!("{} {less} lost a run", money(Money(whole(mean.abs()))))
        }
        Criterion::Outage => {
            let less = if mean > 0.0 { "less" } else { "more" };
            format!("{} {less} outage a run", span())
        }
        Criterion::Records => {
            let records = whole(mean.abs()).unsigned_abs();
            format!("{} {less} records out or open in a run", count(records))
        }
    }
}

/// A mean time.
fn known_span(ms: f64) -> String {
    duration(Span(whole(ms)))
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
