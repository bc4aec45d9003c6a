//! What helps, as scripts read it: the shape is a contract, as that of a campaign is.

use super::figure::Estimate;
use super::figure::stratified;
use crate::campaign::Improved;
use crate::words;
use hotwash_engine::campaign::{Criterion, Effect, Tried};
use hotwash_engine::exercise::Phase;
use serde::Serialize;

/// The version of the shape. 1: first version. 2: critical objectives and harm of one's own are criteria of their
/// own.
const VERSION: u32 = 2;

/// Changes that were tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Improvements {
    /// The version of this shape.
    pub(super) schema_version: u32,
    /// The ids of the scenarios.
    pub(super) scenarios: Vec<String>,
    /// The seed of all chance.
    pub(super) seed: u64,
    /// How many changes were tried.
    pub(super) tried: u64,
    /// On how many fresh runs of each scenario the best were tried again.
    pub(super) fresh_runs: u64,
    /// What is worth saying above all.
    pub(super) notices: Vec<String>,
    /// The best alone, by rank.
    pub(super) best: Vec<Change>,
    /// The best together: one more each.
    pub(super) together: Vec<Change>,
    /// Changes that made no difference in any run.
    pub(super) idle: Vec<String>,
}

/// Changes that were played together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Change {
    /// What is changed, in words.
    pub(super) changes: Vec<String>,
    /// From 1; those that cannot be told apart share it.
    pub(super) rank: u64,
    /// Whether they surely help.
    pub(super) helps: bool,
    /// Where it is written, and what; empty: it stands in no file.
    pub(super) written: Vec<Written>,
    /// What they do by each criterion, in the order in which it counts.
    pub(super) gains: Vec<Gain>,
}

/// A place in the files.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Written {
    /// The file and the line.
    pub(super) at: String,
    /// What is written there, in words.
    pub(super) what: String,
}

fn written((at, what): &(String, String)) -> Written {
    Written {
        at: at.clone(),
        what: what.clone(),
    }
}

/// What changes do by a criterion.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Gain {
    /// The criterion: `harms`, `objectives`, `own_harm`, `duties`, `points`, `ranking`, a phase such as
    /// `response_ms`, `loss`, `outage_ms` or `records`.
    pub(crate) by: &'static str,
    /// The mean gain a run; more is better. Points, or money in the organisation's currency.
    pub(crate) mean: Option<Estimate>,
    /// In how many runs it made a difference.
    pub(crate) differing: u64,
}

/// What helps as indented JSON, ending in a line feed.
pub fn improvements(of: &Improved<'_>) -> String {
    let first = of.exercises[0];
    let said = |change: &hotwash_engine::campaign::Change| words::change(first, *change);
    let scenarios = of.exercises.iter().map(|of| of.scenario().slug.to_string());
    let places = of.places.iter().map(Some).chain(std::iter::repeat(None));
    let one = |tried: &Tried, place: Option<&Vec<(String, String)>>| Change {
        changes: tried.changes.iter().map(said).collect(),
        rank: tried.rank as u64,
        helps: tried.helps(),
        written: place.into_iter().flatten().map(written).collect(),
        gains: tried
            .effects
            .iter()
            .map(|effect| gain(effect, of.trials.fresh))
            .collect(),
    };
    super::build::text(&Improvements {
        schema_version: VERSION,
        scenarios: scenarios.collect(),
        seed: of.seed,
        tried: of.trials.tried as u64,
        fresh_runs: of.trials.fresh,
        notices: of.notices.to_vec(),
        best: of
            .trials
            .best
            .iter()
            .zip(places)
            .map(|(tried, place)| one(tried, place))
            .collect(),
        together: of.together.iter().map(|tried| one(tried, None)).collect(),
        idle: of.trials.idle.iter().map(said).collect(),
    })
}

pub(super) fn gain(of: &Effect, n: u64) -> Gain {
    let (by, divisor) = match of.by {
        Criterion::Harm => ("harms", 1.0),
        Criterion::Objectives => ("objectives", 1.0),
        Criterion::OwnHarm => ("own_harm", 1.0),
        Criterion::Duties => ("duties", 1.0),
        Criterion::CarriedOut => ("points", 100.0),
        Criterion::Score => ("ranking", 100.0),
        Criterion::Phase(phase) => (time_to(phase), 1.0),
        Criterion::Loss => ("loss", 100.0),
        Criterion::Outage => ("outage_ms", 1.0),
        Criterion::Records => ("records", 1.0),
    };
    Gain {
        by,
        mean: stratified(of.gain, divisor, n),
        differing: of.differing,
    }
}

const fn time_to(phase: Phase) -> &'static str {
    match phase {
        Phase::Identification => "identification_ms",
        Phase::Assessment => "assessment_ms",
        Phase::Response => "response_ms",
        Phase::Resolution => "resolution_ms",
        Phase::Recovery => "recovery_ms",
        Phase::Closure => "closure_ms",
    }
}
