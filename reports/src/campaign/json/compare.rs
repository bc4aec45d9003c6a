//! Comparisons and single changes, as scripts read them.

use super::COMPARISON_VERSION;
use super::build::{softer, text};
use super::figure::{Estimate, estimate, rounded};
use super::improve::{Gain, gain};
use crate::campaign::{Campaign, Compared};
use crate::words::change;
use hotwash_engine::campaign as engine;
use hotwash_engine::campaign::statistics::{Discordant, Interval, MedianDifference};
use hotwash_engine::exercise::Identified;
use serde::Serialize;

/// Two exercises on the same draws; every difference is second less first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Comparison {
    /// The version of this shape.
    pub(crate) schema_version: u32,
    /// What the first is called.
    pub(crate) first: String,
    /// What the second is called.
    pub(crate) second: String,
    /// The seed of all chance.
    pub(crate) seed: u64,
    /// When runs start, in words.
    pub(crate) start: String,
    /// How many pairs of runs.
    pub(crate) runs: u64,
    /// In how many the two came out otherwise in anything.
    pub(crate) differing: u64,
    /// Whether that is none.
    pub(crate) identical: bool,
    /// What stands above all, such as that it is partial.
    pub(crate) notices: Vec<String>,
    /// What of the yardstick by which both are judged is softer than the default.
    pub(crate) softer: Vec<String>,
    /// How well it was carried out, in points.
    pub(crate) carried_out: Difference,
    /// The number for ranking, in points.
    pub(crate) score: Difference,
    /// Whether it was passed.
    pub(crate) passed: ChanceDifference,
    /// From the first sign until it was declared.
    pub(crate) to_declare_ms: Difference,
    /// The phases with something to do in both.
    pub(crate) phases: Vec<OfPhase>,
    /// The clocks that both have.
    pub(crate) clocks: Vec<OfClock>,
    /// Outage summed over assets.
    pub(crate) outage_ms: Difference,
    /// Loss in minor units of money.
    pub(crate) loss_minor: Difference,
    /// What the second gains by each criterion, in the order in which they count; more is better.
    pub(crate) gains: Vec<Gain>,
    /// `better`, `worse`, `mixed`, or `no difference` that these runs show: by the first criterion in which
    /// anything surely differs.
    pub(crate) verdict: &'static str,
}

/// A mean difference, run by run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Difference {
    /// The mean; its interval holds together with all others of the comparison, and is `null` where
    /// fewer than 20 runs differ.
    pub(crate) mean: Option<Estimate>,
    /// Runs in which the second has more.
    pub(crate) more: u64,
    /// Runs in which both have the same.
    pub(crate) same: u64,
    /// Runs in which the second has less.
    pub(crate) less: u64,
}

/// A difference of chances, from -1 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ChanceDifference {
    /// The difference; `null`: no run decides it in both.
    pub(crate) value: Option<f64>,
    /// The lower end of its interval.
    pub(crate) low: Option<f64>,
    /// The upper end.
    pub(crate) high: Option<f64>,
    /// Runs in which only the second has it.
    pub(crate) gained: u64,
    /// Runs in which only the first has it.
    pub(crate) lost: u64,
    /// Of how many runs.
    pub(crate) n: u64,
    /// The exact p-value by the test of `McNemar`.
    pub(crate) p_value: f64,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfPhase {
    /// Which.
    pub(crate) phase: &'static str,
    /// Its restricted mean time, from where its target counts.
    pub(crate) restricted_mean_ms: Difference,
    /// The difference of medians, counted likewise; `null`: one of them was not reached.
    pub(crate) median_ms: Option<f64>,
    /// The lower end of its bootstrap interval, at 95 % by itself.
    pub(crate) median_low_ms: Option<f64>,
    /// The upper end.
    pub(crate) median_high_ms: Option<f64>,
    /// The chance to be in time.
    pub(crate) in_time: ChanceDifference,
}

/// A clock.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfClock {
    /// The obligation.
    pub(crate) obligation: String,
    /// The chance to meet it.
    pub(crate) met: ChanceDifference,
}

/// Which single changes matter most.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct WhatIf {
    /// How many changes were tried.
    pub(crate) tried: u64,
    /// The rounds in which that was done.
    pub(crate) rounds: Vec<Round>,
    /// On how many fresh runs the first ten were tried again.
    pub(crate) confirmed_on: u64,
    /// Those, the greatest effect first.
    pub(crate) confirmed: Vec<Confirmed>,
    /// All, as they were on shared runs, those first that were tried on more of them, and of these the
    /// greatest effect.
    pub(crate) screened: Vec<Screened>,
}

/// A round of trying changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Round {
    /// How many changes it tried: those that seemed to matter most by the round before.
    pub(crate) changes: u64,
    /// On how many shared runs they were tried by its end.
    pub(crate) runs: u64,
}

/// A change on fresh runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Confirmed {
    /// The change, in words.
    pub(crate) change: String,
    /// What it does to the how well it is carried out, in points.
    pub(crate) score: Difference,
    /// Changes with the same number cannot be told apart from their neighbours.
    pub(crate) group: u64,
    /// Whether what is taken away is a single point of failure.
    pub(crate) single_point_of_failure: bool,
    /// The phases that are surely more often never complete.
    pub(crate) never_complete: Vec<&'static str>,
}

/// A change as it was screened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Screened {
    /// The change, in words.
    pub(crate) change: String,
    /// The mean change of how well it was carried out, in points; flattered by being chosen.
    pub(crate) score: f64,
    /// On how many runs it was tried.
    pub(crate) runs: u64,
    /// In how many of them it changed it.
    pub(crate) differing: u64,
}

/// A comparison as indented JSON, ending in a line feed.
pub fn comparison(of: &Compared<'_>) -> String {
    let it = of.comparison;
    let names = of.first.exercise.names();
    text(&Comparison {
        schema_version: COMPARISON_VERSION,
        first: of.first.name.to_owned(),
        second: of.second.name.to_owned(),
        seed: of.seed,
        start: of.hours.to_owned(),
        runs: it.runs,
        differing: it.differing,
        identical: it.is_identical(),
        notices: of.notices.to_vec(),
        softer: softer(of.first.exercise),
        carried_out: difference(&it.carried_out, 100.0),
        score: difference(&it.score, 100.0),
        passed: chance(it.passed, it.passed_interval),
        to_declare_ms: difference(&it.to_declare, 1.0),
        phases: it.phases.iter().map(phase).collect(),
        clocks: it
            .clocks
            .iter()
            .map(|clock| OfClock {
                obligation: clock.obligation.slug(names).to_string(),
                met: chance(clock.kept, clock.interval),
            })
            .collect(),
        outage_ms: difference(&it.outage, 1.0),
        loss_minor: difference(&it.loss, 1.0),
        gains: it
            .effects
            .iter()
            .map(|effect| gain(effect, it.runs))
            .collect(),
        verdict: match it.verdict() {
            None => "no difference",
            Some(verdict) if verdict.is_mixed => "mixed",
            Some(verdict) if verdict.better => "better",
            Some(_) => "worse",
        },
    })
}

fn difference(of: &engine::Difference, divisor: f64) -> Difference {
    Difference {
        mean: estimate(of.mean, divisor),
        more: of.paired.wins,
        same: of.paired.ties,
        less: of.paired.losses,
    }
}

fn phase(of: &engine::PhaseDifference) -> OfPhase {
    let median: Option<MedianDifference> = of.median;
    let interval = median.and_then(|median| median.interval);
    OfPhase {
        phase: of.phase.name(),
        restricted_mean_ms: difference(&of.time, 1.0),
        median_ms: median.and_then(|it| super::figure::ms(it.value?)),
        median_low_ms: interval.map(|it| it.low),
        median_high_ms: interval.map(|it| it.high),
        in_time: chance(of.in_time, of.in_time_interval),
    }
}

fn chance(of: Discordant, interval: Option<Interval>) -> ChanceDifference {
    ChanceDifference {
        value: of.value().map(rounded),
        low: interval.map(|it| rounded(it.low)),
        high: interval.map(|it| rounded(it.high)),
        gained: of.gained,
        lost: of.lost,
        n: of.n,
        p_value: rounded(of.p_value()),
    }
}

/// What single changes do.
pub(super) fn what_if(campaign: &Campaign<'_>) -> Option<WhatIf> {
    let of = campaign.what_if?;
    let exercise = campaign.exercise;
    let confirmed = of.confirmed.iter().map(|it| Confirmed {
        change: change(exercise, it.change),
        score: Difference {
            mean: estimate(it.mean, 100.0),
            more: it.gain.wins,
            same: it.gain.ties,
            less: it.gain.losses,
        },
        group: it.group as u64,
        single_point_of_failure: it.is_failure(),
        never_complete: it
            .never_complete
            .iter()
            .map(|(phase, _)| phase.name())
            .collect(),
    });
    let screened = of.changes.iter().map(|(changed, gain)| Screened {
        change: change(exercise, *changed),
        score: gain
            .estimate(0.05)
            .map_or(0.0, |mean| rounded(mean.value / 100.0)),
        runs: gain.wins + gain.ties + gain.losses,
        differing: gain.differing(),
    });
    let rounds = of.rounds.iter().map(|round| Round {
        changes: round.changes as u64,
        runs: round.runs,
    });
    Some(WhatIf {
        tried: of.tried as u64,
        rounds: rounds.collect(),
        confirmed_on: of.confirmed_on,
        confirmed: confirmed.collect(),
        screened: screened.collect(),
    })
}
