//! The shape of the view for scripts.

use super::figure::{Chance, Estimate, Quantile};
use serde::Serialize;

/// A campaign of one exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Campaign {
    /// The version of this shape.
    pub(crate) schema_version: u32,
    /// The id of the scenario.
    pub(crate) scenario: String,
    /// Its title, for people.
    pub(crate) scenario_title: String,
    /// The name of the organisation.
    pub(crate) organisation: String,
    /// The title of the plan.
    pub(crate) plan: String,
    /// Its version, for people.
    pub(crate) plan_version: String,
    /// The seed of all chance.
    pub(crate) seed: u64,
    /// When runs start, in words.
    pub(crate) start: String,
    /// How many runs it is of.
    pub(crate) runs: u64,
    /// Which, in words.
    pub(crate) played: String,
    /// What stands above all, such as that it is partial.
    pub(crate) notices: Vec<String>,
    /// The score, from 0 to 100.
    pub(crate) score: Score,
    /// The six phases of the main incident, in order.
    pub(crate) phases: Vec<OfPhase>,
    /// From the first sign until it was declared.
    pub(crate) to_declare: Times,
    /// From the first sign that somebody read until it was contained for good, of the runs in which there was
    /// something to contain.
    pub(crate) to_contain: Times,
    /// Each clock of each incident.
    pub(crate) clocks: Vec<Clock>,
    /// Each role.
    pub(crate) roles: Vec<OfRole>,
    /// Each person.
    pub(crate) people: Vec<OfPerson>,
    /// Each task of the plan.
    pub(crate) tasks: Vec<OfTask>,
    /// What single changes do; `null`: they were not tried.
    pub(crate) what_if: Option<super::compare::WhatIf>,
    /// What the incident cost.
    pub(crate) impact: Impact,
    /// How runs ended.
    pub(crate) ends: Vec<End>,
    /// The levels that were demanded.
    pub(crate) required: Vec<Level>,
    /// How many inputs are defaults.
    pub(crate) defaults: u64,
    /// Of how many.
    pub(crate) inputs: u64,
    /// How many gaps there are.
    pub(crate) gaps: u64,
}

/// The score over runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(
    clippy::struct_field_names,
    reason = "the number for ranking is called the score"
)]
pub(crate) struct Score {
    /// How often a run was passed.
    pub(crate) passed: Chance,
    /// How often the score was partial; where it was in any run, no demanded level is reached.
    pub(crate) partial: Chance,
    /// The mean of how well runs were carried out; `null`: no run could be scored.
    pub(crate) carried_out: Option<Estimate>,
    /// Quantiles of it.
    pub(crate) quantiles: Vec<Quantile>,
    /// The mean of the number for ranking.
    pub(crate) score: Option<Estimate>,
    /// Quantiles of that number; empty where runs with a gate and runs without are both more than a
    /// tenth.
    pub(crate) score_quantiles: Vec<Quantile>,
    /// How often a gate applied.
    pub(crate) gated: Chance,
    /// How often each gate was among those that applied, the most often first.
    pub(crate) gates: Vec<OfGate>,
    /// How many runs were carried out how well, from 0 to 100.
    pub(crate) by_point: Vec<u64>,
    /// How often each objective was rated how.
    pub(crate) ratings: Vec<OfObjective>,
    /// What of the organisation's yardstick is softer than the default.
    pub(crate) softer: Vec<String>,
    /// What the default yardstick makes of the runs, where the organisation's is softer.
    pub(crate) by_default: Option<ByDefault>,
}

/// What the default yardstick makes of runs that are judged by a softer one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ByDefault {
    /// How often a run was passed.
    pub(crate) passed: Chance,
    /// The mean of how well runs were carried out.
    pub(crate) carried_out: Option<Estimate>,
    /// The mean of the number for ranking.
    pub(crate) score: Option<Estimate>,
}

/// The ratings of an objective over runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfObjective {
    /// The objective.
    pub(crate) objective: String,
    /// In how many runs it was performed without challenges.
    pub(crate) p: u64,
    /// With some.
    pub(crate) s: u64,
    /// With major ones.
    pub(crate) m: u64,
    /// In how many it could not be performed.
    pub(crate) u: u64,
    /// In how many it was not exercised.
    pub(crate) n: u64,
}

/// A gate over runs: a duty of law that was not kept, or a critical objective that could not be
/// performed, or harm of one's own, which is neither.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfGate {
    /// The duty; `null` where it is an objective.
    pub(crate) obligation: Option<String>,
    /// The incident of the duty.
    pub(crate) incident: Option<String>,
    /// The objective; `null` where it is a duty.
    pub(crate) objective: Option<String>,
    /// How often it applied.
    pub(crate) chance: Chance,
}

/// Times in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Times {
    /// How often it was not reached.
    pub(crate) not_reached: Chance,
    /// Quantiles, with what was not reached as longer than any time.
    pub(crate) quantiles_ms: Vec<Quantile>,
    /// The mean, with what was not reached as the exercise's limit.
    pub(crate) restricted_mean_ms: Option<Estimate>,
}

/// A phase over runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfPhase {
    /// Which.
    pub(crate) phase: &'static str,
    /// How often there was something to do in it; its other figures are of those runs.
    pub(crate) applies: Chance,
    /// From the mark that is its own origin until it was complete.
    pub(crate) times: Times,
    /// From when its target counts until what the target is for: completion, else being reached.
    /// What came before that moment took no time.
    pub(crate) against_target: Times,
    /// The target that most runs were held against.
    pub(crate) target_ms: Option<i64>,
    /// Whether other runs had another.
    pub(crate) targets_differ: bool,
    /// How often it was met.
    pub(crate) in_time: Chance,
    /// How often the plan's own target was met; it scores nothing.
    pub(crate) own_target_kept: Chance,
    /// Its score.
    pub(crate) score: Option<Estimate>,
    /// How often it was left out of the score though there was something to do in it, of the runs that were
    /// scored.
    pub(crate) left_out: Chance,
    /// The time to it, to the end where it was not complete, in the mean run.
    pub(crate) spent_ms: Option<Estimate>,
    /// The share of that time that lies in runs in which it was not complete, from 0 to 1.
    pub(crate) spent_open: Option<Estimate>,
    /// What that time was made of, by category and role, the greatest first.
    pub(crate) made_of: Vec<Stretch>,
    /// The same by category alone.
    pub(crate) made_of_categories: Vec<Stretch>,
}

/// A part of the time to a phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Stretch {
    /// What it was.
    pub(crate) category: &'static str,
    /// Whose, where it was somebody's and is not summed over all.
    pub(crate) role: Option<String>,
    /// The mean of a run.
    pub(crate) mean_ms: Estimate,
    /// The share of all time to the phase, from 0 to 1: a ratio of sums over all runs.
    pub(crate) share: Estimate,
}

/// A clock over runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Clock {
    /// The obligation.
    pub(crate) obligation: String,
    /// Its title, for people.
    pub(crate) title: String,
    /// The incident.
    pub(crate) incident: String,
    /// How often it was met, of the runs in which that was decided.
    pub(crate) met: Chance,
    /// Runs that ended before it was.
    pub(crate) open: u64,
    /// Runs in which nothing called for it.
    pub(crate) idle: u64,
}

/// What a role had to do, in the mean run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfRole {
    /// The role.
    pub(crate) role: String,
    /// The share of the time with open work in which somebody was at it; `null`: it had none.
    pub(crate) busy: Option<Estimate>,
    /// The time at work.
    pub(crate) worked_ms: Option<Estimate>,
    /// The time with open work.
    pub(crate) laden_ms: Option<Estimate>,
    /// The time that its work waited, summed over pieces of work.
    pub(crate) waited_ms: Option<Estimate>,
    /// The time that phases waited for it or its approval, summed over phases.
    pub(crate) held_up_ms: Option<Estimate>,
    /// Its share of that time of all roles, from 0 to 1; `null`: phases waited for nobody.
    pub(crate) of_all_waits: Option<Estimate>,
    /// The most pieces of work that waited at once in any run.
    pub(crate) queue: u16,
    /// The same of the mean run.
    pub(crate) mean_queue: Option<Estimate>,
}

/// What a person had to do, in the mean run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfPerson {
    /// The person's id.
    pub(crate) person: String,
    /// The time at work.
    pub(crate) worked_ms: Option<Estimate>,
    /// The time reading.
    pub(crate) read_ms: Option<Estimate>,
    /// The most messages noticed and unread at once in any run.
    pub(crate) inbox: u16,
}

/// How the work of a task fared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OfTask {
    /// The task.
    pub(crate) task: String,
    /// How often it came up.
    pub(crate) came_up: Chance,
    /// The share of its pieces that were ever started, from 0 to 1; `null`: there was none.
    pub(crate) started: Option<Estimate>,
    /// The mean wait of a piece.
    pub(crate) wait_ms: Option<Estimate>,
    /// The mean time of a piece from asking for approval until it was answered; it may lie beside other
    /// waiting, or beside work.
    pub(crate) approval_ms: Option<Estimate>,
    /// The mean time at work of a piece that was started.
    pub(crate) work_ms: Option<Estimate>,
}

/// What the incident cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Impact {
    /// Outage summed over assets.
    pub(crate) outage_ms: Option<Estimate>,
    /// Quantiles of it.
    pub(crate) outage_quantiles_ms: Vec<Quantile>,
    /// Loss in minor units of money.
    pub(crate) loss_minor: Option<Estimate>,
    /// Quantiles of it.
    pub(crate) loss_quantiles_minor: Vec<Quantile>,
    /// Records that left or lie open.
    pub(crate) records: Option<Estimate>,
}

/// How often runs ended in a way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct End {
    /// How.
    pub(crate) end: String,
    /// How often.
    pub(crate) chance: Chance,
}

/// A level that was demanded.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Level {
    /// As it was demanded.
    pub(crate) required: String,
    /// The mean score in points, or the lower end of the interval of a chance from 0 to 1; `null`:
    /// nothing decided it.
    pub(crate) found: Option<f64>,
    /// Whether it was reached; never where the score of a run is partial.
    pub(crate) met: bool,
}

/// Several scenarios as one campaign.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Several {
    /// The version of this shape.
    pub(crate) schema_version: u32,
    /// Whether the weights are those of the risk register; else all weigh alike.
    pub(crate) weighted_by_register: bool,
    /// What stands above all, such as that it is partial.
    pub(crate) notices: Vec<String>,
    /// The weighted mean score.
    pub(crate) score: Option<Estimate>,
    /// The weighted chances that phases are in time.
    pub(crate) in_time: Vec<Named>,
    /// The weighted chances that clocks are met.
    pub(crate) met: Vec<Named>,
    /// The levels that were demanded.
    pub(crate) required: Vec<Level>,
    /// The scenarios.
    pub(crate) strata: Vec<Stratum>,
}

/// A weighted chance, from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Named {
    /// Of which phase or obligation.
    pub(crate) of: String,
    /// The chance; `null`: no scenario decides it.
    pub(crate) chance: Option<Estimate>,
}

/// One scenario with its weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Stratum {
    /// Its share of all weight, from 0 to 1.
    pub(crate) weight: f64,
    /// Its campaign.
    pub(crate) campaign: Campaign,
}
