//! What a change is worth, in words, each figure with how far it may lie off.

use super::{Naming, count, plural};
use crate::campaign::figure::{mean_count, mean_span, with_error};
use hotwash_engine::campaign::statistics::Interval;
use hotwash_engine::campaign::{Criterion, Effect, Tried};

/// What changes that were tried surely do, the most important first, at most two: `30 +/- 11 fewer failed critical
/// objectives in 100 runs; carried out 1.5 +/- 0.4 points better`.
pub fn gain(names: &Naming<'_>, tried: &Tried) -> String {
    let sure = tried.effects.iter().filter(|of| of.is_better().is_some());
    let said: Vec<String> = sure.take(2).map(|of| effect(names, of)).collect();
    if said.is_empty() {
        "no sure difference".to_owned()
    } else {
        said.join("; ")
    }
}

/// The gain as a size with its interval, so many times: without a sign.
fn size(of: &Effect, times: f64) -> (f64, Option<Interval>) {
    let mean = of.mean();
    let interval = of.gain.and_then(|gain| gain.interval);
    let turned = interval.map(|ends| {
        let [low, high] = if mean < 0.0 {
            [-ends.high, -ends.low]
        } else {
            [ends.low, ends.high]
        };
        Interval {
            low: low * times,
            high: high * times,
        }
    });
    (mean.abs() * times, turned)
}

/// What changes do by one criterion, to the digit that means something.
pub(crate) fn effect(names: &Naming<'_>, of: &Effect) -> String {
    let more = of.mean() > 0.0;
    let [fewer, less] = if more {
        ["fewer", "less"]
    } else {
        ["more", "more"]
    };
    let figure = |times: f64| {
        let (value, interval) = size(of, times);
        with_error(value, interval)
    };
    let span = || {
        let (value, interval) = size(of, 1.0);
        mean_span(value, interval)
    };
    let things = |one: &'static str, many: &'static str| plural(hundred(of.mean()), one, many);
    match of.by {
        Criterion::Harm => format!(
            "{} {fewer} harmful effects of the attack a run",
            figure(1.0)
        ),
        Criterion::Objectives => {
            let what = things("critical objective", "critical objectives");
            format!("{} {fewer} failed {what} in 100 runs", figure(100.0))
        }
        Criterion::OwnHarm => format!(
            "{} {fewer} runs of 100 in which the team's own measures did more harm than the attack would have done",
            figure(100.0)
        ),
        Criterion::Duties => {
            let what = things("duty", "duties");
            format!("{} {fewer} missed {what} in 100 runs", figure(100.0))
        }
        Criterion::CarriedOut => {
            let better = if more { "better" } else { "worse" };
            format!("carried out {} points {better}", figure(0.01))
        }
        Criterion::Score => {
            let better = if more { "more" } else { "fewer" };
            format!("{} points {better} for ranking", figure(0.01))
        }
        Criterion::Phase(phase) => {
            let sooner = if more { "sooner" } else { "later" };
            format!("{} complete {} {sooner}", phase.name(), span())
        }
        Criterion::Loss => {
            let (value, interval) = size(of, 0.01);
            let amount = mean_count(value, interval);
            format!("{amount} {} {less} lost a run", names.currency())
        }
        Criterion::Outage => format!("{} {less} outage a run", span()),
        Criterion::Records => {
            let (value, interval) = size(of, 1.0);
            let records = mean_count(value, interval);
            format!("{records} {fewer} records out or open a run")
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
