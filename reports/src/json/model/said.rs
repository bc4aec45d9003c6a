//! What people said about an exercise, for scripts.

use serde::Serialize;

/// What somebody said about the exercise. It changes nothing that is computed. Fields that do not belong to its
/// kind are `null`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Said {
    /// What kind of thing it is: `Rate`, `Tick`, `Observe`, `Vote` or `Commit`.
    pub kind: &'static str,
    /// The entry in which it stands.
    pub entry: u32,
    /// When it was said.
    pub at_ms: i64,
    /// Who said it.
    pub by: String,
    /// When it was seen, where that is not when it was said.
    pub seen_ms: Option<i64>,
    /// What there is to say about it.
    pub note: String,
    /// The entry that it takes the place of.
    pub corrects: Option<u32>,
    /// The entry that takes its place; `null`: it holds.
    pub corrected_by: Option<u32>,
    /// The objective that is rated.
    pub objective: Option<String>,
    /// The rating given. The computed one stands in `objectives`.
    pub rating: Option<&'static str>,
    /// The expectation that is ticked.
    pub expectation: Option<String>,
    /// The key point that is ticked, by its id.
    pub key_point: Option<String>,
    /// How far it was done: `Met`, `Partly`, `Not` or `NotSeen`.
    pub tick: Option<&'static str>,
    /// The entry that an observation is about.
    pub about: Option<u32>,
    /// What is voted for, or committed to.
    pub text: Option<String>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when, as a date.
    pub due: Option<String>,
}

/// An act that a scribe entered for who did it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Entered {
    /// The entry of the act.
    pub entry: u32,
    /// Who entered it.
    pub scribe: String,
    /// When it was done, as the scribe says: by that it is judged.
    pub said_ms: i64,
    /// When it was entered: from then on it has its effect on assets.
    pub at_ms: i64,
}
