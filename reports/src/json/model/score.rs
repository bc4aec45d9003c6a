//! How the exercise score came about, for scripts.

use super::Points;
use hotwash_engine::record::Verdict;
use serde::Serialize;

/// How the exercise score came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Score {
    /// The weighted mean of the phases.
    pub mean: Points,
    /// What the ratings of objectives cost.
    pub deductions: Vec<Deduction>,
    /// How well the ideal response was carried out; `null`: that baseline was not run.
    pub ideal: Option<Points>,
    /// Why the score says less than it seems; empty where it says all.
    pub partial: Vec<String>,
    /// What of the organisation's yardstick is softer than the default.
    pub softer: Vec<String>,
    /// What the default yardstick makes of it, where the organisation's is softer.
    pub by_default: Option<Beside>,
    /// How well it was carried out by what the plan asks of itself; it scores nothing.
    pub by_plan: Option<Points>,
    /// The weight that each phase had, in order, in percent; 0 for phases that were left out.
    pub weights: Vec<Points>,
    /// The score split by who acted; empty in a simulation without humans.
    pub by: Vec<ScoreBy>,
}

/// What the rating of an objective cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Deduction {
    /// The objective.
    pub objective: String,
    /// How it was rated.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::rating"))]
    pub rating: &'static str,
    /// What that cost.
    pub points: Points,
}

/// What another yardstick makes of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Beside {
    /// Whether it was passed.
    pub passed: bool,
    /// How well it was carried out.
    pub carried_out: Points,
    /// The number for ranking.
    pub score: Points,
}

/// What those who acted in one way earned.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreBy {
    /// Who acted.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::score_by"))]
    pub by: &'static str,
    /// Their score.
    pub score: Points,
}

/// Something because of which a run is not passed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Gate {
    /// What kind of gate it is.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::gate"))]
    pub reason: &'static str,
    /// The obligation, for a gate of that kind.
    pub obligation: Option<String>,
    /// Its incident.
    pub incident: Option<String>,
    /// How the obligation's clock stood.
    #[cfg_attr(test, schemars(schema_with = "crate::json::schema::verdict_or_null"))]
    pub verdict: Option<Verdict>,
    /// The objective, for a gate of that kind.
    pub objective: Option<String>,
    /// The score that is left with this and the gates before it.
    pub leaves: Points,
    /// The reason in words.
    pub text: String,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}
