//! How what was expected was answered.

use super::Timed;
use crate::exercise::{
    AssetId, BasisPoints, ExerciseTime, ExpectationId, Measure, PersonId, RoleId,
};
use crate::record::Tick;

/// How one expectation stands, with what it asked for and who answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectationVerdict {
    /// The expectation.
    pub expectation: ExpectationId,
    /// How it stands.
    pub standing: Standing,
    /// The share of what it asked for that was done: in time counts whole, late counts half.
    pub share: BasisPoints,
    /// Whether an objective cannot do without it.
    pub critical: bool,
    /// When its inject first came.
    pub asked: Option<Timed>,
    /// Until when an answer is in time; it exists where the inject came.
    pub due: Option<ExerciseTime>,
    /// What it asked for, in the order of assets; one item without an asset where it is not about
    /// assets. Empty where there was nothing to ask for.
    pub items: Vec<AskedFor>,
    /// Acts that would have answered, by somebody who does not have the function.
    pub by_others: Vec<Act>,
    /// Acts by which something was done that must not be done, the first on each asset, in order.
    pub broken: Vec<Breach>,
    /// What evaluators last said of what only a person can judge, in order.
    pub judged: Vec<Judgement>,
}

impl ExpectationVerdict {
    /// The acts on which it rests: those that answer it, and those that broke it.
    pub fn acts(&self) -> impl Iterator<Item = Act> + '_ {
        let answers = self.items.iter().filter_map(|item| item.act);
        answers.chain(self.broken.iter().map(|breach| breach.act))
    }

    /// The entries on which it rests: acts, and what evaluators said.
    pub fn proofs(&self) -> impl Iterator<Item = u32> + '_ {
        let acts = self.acts().map(|act| act.done.entry);
        acts.chain(self.judged.iter().map(|judged| judged.entry))
    }
}

/// An act that was done although it must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breach {
    /// On which asset; none: it was not about assets.
    pub asset: Option<AssetId>,
    /// The act.
    pub act: Act,
}

/// What an evaluator said of what only a person can judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Who.
    pub by: String,
    /// How far it was done.
    pub tick: Tick,
    /// The entry that says so.
    pub entry: u32,
}

/// One thing that an expectation asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedFor {
    /// The asset on which it should be done; none: it is not about assets.
    pub asset: Option<AssetId>,
    /// The first act that answers.
    pub act: Option<Act>,
    /// Whether that was in time.
    pub in_time: bool,
    /// Where nobody did: what came first instead, if the plan leaves the order open.
    pub overtaken: Option<Overtaken>,
}

/// A measure that came before something that should have come before it, or destroyed what was to be secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overtaken {
    /// The measure.
    pub measure: Measure,
    /// When it was taken, with its entry.
    pub done: Timed,
}

/// An act that the record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// When, with its entry.
    pub done: Timed,
    /// The role in which the work that it came of ended.
    pub role: RoleId,
    /// Who did it, where a person did.
    pub person: Option<PersonId>,
}

/// How an expectation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// All of it was done in time, or before anybody asked; or nothing was done that must not be.
    Met,
    /// All of it was done, some of it late.
    Late,
    /// Some of it was done.
    Partly,
    /// None of it was done; or it was done, where it must not be.
    Missed,
    /// It counts neither for nor against.
    NotExercised(NotExercised),
    /// The facilitator excused it: the exercise itself stood in its way.
    Excused,
}

/// Why an expectation counts neither for nor against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotExercised {
    /// Its inject never came, and nobody did it either.
    NeverAsked,
    /// There was no asset on which it could be done.
    NothingToActOn,
    /// The exercise ended before its time was up, and not by what the team did.
    NoTime,
    /// Only a person can judge it, and nobody did.
    NotJudged,
}
