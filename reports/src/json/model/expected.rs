//! What was expected of the team, for scripts.

use super::Points;
use hotwash_engine::exercise::Capability;
use serde::Serialize;

/// The rating of an objective.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Objective {
    /// Its id.
    pub objective: String,
    /// The capability it exercises.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::capability"))]
    pub capability: Capability,
    /// Its text.
    pub text: String,
    /// Its rating, by rule: predicted in a simulation, computed otherwise.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::rating"))]
    pub rating: &'static str,
    /// The expectations met in time.
    pub met: Vec<String>,
    /// Those met late.
    pub late: Vec<String>,
    /// Those met in part.
    pub partly: Vec<String>,
    /// Those missed.
    pub missed: Vec<String>,
    /// Those not exercised.
    pub not_exercised: Vec<String>,
    /// Those that the facilitator excused; they bear on no rating.
    pub excused: Vec<String>,
    /// Critical ones of which something was open when the harm came that they were to prevent.
    pub too_late: Vec<String>,
    /// When that harm came; `null`: it did not.
    pub harm_ms: Option<i64>,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// How one expectation was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(
    clippy::struct_field_names,
    reason = "an id is called after what it is of, here as in every other object"
)]
pub struct Expectation {
    /// Its id.
    pub expectation: String,
    /// The inject that gives rise to it.
    pub inject: String,
    /// Its incident.
    pub incident: String,
    /// What it asks for: `done`, `not_done`, or `observed` by an evaluator.
    pub asks: &'static str,
    /// How it stands.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::standing"))]
    pub standing: &'static str,
    /// Why it counts neither for nor against; `null`: it counts, or was excused.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::not_exercised"))]
    pub not_exercised_because: Option<&'static str>,
    /// The share of what it asked for that was done, in percent: late counts half.
    pub done: Points,
    /// Whether an objective cannot do without it.
    pub critical: bool,
    /// When its inject first came; `null`: never.
    pub asked_ms: Option<i64>,
    /// Until when an answer is in time, or until when it must not be done; `null`: its inject never came, or there is no
    /// such time.
    pub due_ms: Option<i64>,
    /// What it asked for, in the order of assets.
    pub items: Vec<AskedFor>,
    /// Acts that would have answered, by somebody who does not have the function.
    pub by_others: Vec<ActOf>,
    /// Acts by which something was done that must not be done.
    pub broken_by: Vec<BrokenBy>,
    /// What evaluators last said of what only a person can judge.
    pub judged_by: Vec<JudgedBy>,
}

/// An act that was done although it must not be.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BrokenBy {
    /// On which asset; `null`: it was not about assets.
    pub asset: Option<String>,
    /// The act.
    pub act: ActOf,
}

/// What an evaluator said of what only a person can judge.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JudgedBy {
    /// Who.
    pub by: String,
    /// How far it was done; `NotSeen` does not stand here, since it judges nothing.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::tick"))]
    pub tick: &'static str,
    /// The entry that proves it.
    pub entry: u32,
}

/// One thing that an expectation asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AskedFor {
    /// The asset on which it should be done; `null`: it is not about assets.
    pub asset: Option<String>,
    /// The first act that answers; `null`: nobody did.
    pub act: Option<ActOf>,
    /// Whether that was in time.
    pub in_time: bool,
    /// What came first instead, where the plan leaves the order open; `null`: nothing did.
    pub overtaken_by: Option<OvertakenBy>,
}

/// A measure that came before what should have come before it, or destroyed what was to be secured.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OvertakenBy {
    /// The measure.
    pub measure: &'static str,
    /// When it was taken.
    pub at_ms: i64,
    /// The entry that proves it.
    pub entry: u32,
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActOf {
    /// When.
    pub at_ms: i64,
    /// The role in which the work that it came of ended.
    pub role: String,
    /// The entry that proves it.
    pub entry: u32,
}

/// An expectation that the facilitator excused: it leaves the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Excused {
    /// The expectation.
    pub expectation: String,
    /// Why.
    pub reason: String,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}
