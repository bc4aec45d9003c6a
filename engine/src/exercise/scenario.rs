//! The scenario: the incidents and their truth, the attack, the injects, what is expected.

use super::expectation::{Expectation, is_false};
use super::{
    Addressee, BasisPoints, Capability, Category, ChannelKind, Condition, DecisionId, Effect,
    ExerciseTime, ExpectationId, IncidentId, Law, Measure, Money, Selector, Sender, Severity, Slug,
    Span, StepId,
};
use serde::{Deserialize, Serialize};

/// The scripted incident. Every list is sorted by slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its id.
    pub slug: Slug,
    /// Its title, for people.
    pub title: String,
    /// From 1, easy, to 5.
    pub difficulty: u8,
    /// What it is about, for people.
    pub synopsis: String,
    /// Who attacks, for people.
    pub actor: String,
    /// What it rests on, for people.
    pub sources: Vec<String>,
    /// Its incidents. The main one is [`Scenario::main`].
    pub incidents: Vec<Incident>,
    /// The incident whose phases are the headline.
    pub main: IncidentId,
    /// The attack graph.
    pub steps: Vec<Step>,
    /// The master scenario events list.
    pub injects: Vec<Inject>,
    /// What players should do, and by when.
    pub expectations: Vec<Expectation>,
    /// What the exercise is for.
    pub objectives: Vec<Objective>,
    /// When it ends, beside the limit.
    pub ends: Condition,
    /// Questions for the debrief.
    pub debrief: Vec<String>,
    /// Prompts for the facilitator: if the players do this, say that.
    pub prompts: Vec<Prompt>,
    /// Whether people may begin to act before STARTEX, by a sign that somebody understands.
    #[serde(default)]
    pub early: bool,
    /// Whether injects that are still to come hold the exercise open when its end condition holds.
    #[serde(default, skip_serializing_if = "is_false")]
    pub awaits_injects: bool,
}

/// An incident and the truth about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Its id.
    pub slug: Slug,
    /// How bad it truly is.
    pub severity: Severity,
    /// What it truly is.
    pub category: Category,
    /// Whether personal data is truly affected.
    pub personal_data: bool,
    /// Whether it is real; a false lead followed far enough is not.
    pub real: bool,
    /// Free tags, such as `ransomware`; sorted.
    pub tags: Vec<String>,
}

/// A step of the attack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id.
    pub slug: Slug,
    /// Its incident.
    pub incident: IncidentId,
    /// Its ATT&CK technique, such as `T1021.002`; empty where none fits.
    pub technique: String,
    /// Steps that must all have taken effect before; sorted.
    pub after: Vec<StepId>,
    /// Steps of which one must have taken effect before; sorted.
    pub after_any: Vec<StepId>,
    /// What must hold before, in truth.
    pub when: Option<Condition>,
    /// What must not hold when it starts, in truth.
    pub unless: Option<Condition>,
    /// Not before.
    pub at: Option<ExerciseTime>,
    /// How long it waits once it could start.
    pub delay: Option<Law>,
    /// How long it takes on each target.
    pub takes: Law,
    /// How many targets it takes.
    pub pick: Pick,
    /// Among which assets.
    pub targets: Selector,
    /// What it does to them.
    pub effect: Effect,
    /// For theft and exposure, the share of the records.
    pub share: BasisPoints,
    /// For theft of money, how much.
    pub money: Money,
    /// A factor on how likely sources see it, in thousandths.
    pub visibility: u32,
    /// Measures that stop it when truly in effect; sorted.
    pub stopped_by: Vec<Measure>,
    /// The chance that it takes effect at all, per target.
    pub chance: BasisPoints,
}

/// How many targets a step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Pick {
    /// One.
    One,
    /// Up to so many.
    AtMost(u16),
    /// All.
    Each,
}

/// A scripted event delivered to players.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inject {
    /// Its id.
    pub slug: Slug,
    /// Its incident; noise has the main one and says nothing about it.
    pub incident: IncidentId,
    /// Not before; with no condition, then.
    pub at: Option<ExerciseTime>,
    /// What must hold before, in truth.
    pub when: Option<Condition>,
    /// What must not hold when it is delivered, in truth.
    pub unless: Option<Condition>,
    /// How long after `when` came to hold.
    pub delay: Option<Law>,
    /// Who it is from, for people.
    pub from: String,
    /// Who it is from, for conditions.
    pub sender: Option<Sender>,
    /// To whom.
    pub to: Addressee,
    /// Over which kind of channel; `None`: the best that works.
    pub via: Option<ChannelKind>,
    /// Its text.
    pub text: String,
    /// Names of attachments, for people.
    pub attachments: Vec<String>,
    /// What it reveals to who reads it.
    pub reveals: Vec<Reveal>,
    /// Whether it is noise: it has nothing to do with an incident, and costs time.
    pub noise: bool,
    /// Whether it looks like part of the incident and is not.
    pub false_lead: bool,
    /// Time from one delivery to the next, where it recurs.
    pub repeats: Option<Law>,
    /// Whether it is sent again until somebody notices.
    pub again: bool,
    /// The decision it asks for.
    pub decide: Option<DecisionId>,
    /// Questions for discussion.
    pub questions: Vec<String>,
    /// Prompts for the facilitator while it is played.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<Prompt>,
}

/// What an inject reveals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Reveal {
    /// That assets do not serve.
    Impact,
    /// That a step happened, and where.
    Step(StepId),
    /// That personal data is probably affected.
    PersonalData,
    /// How it came about.
    Cause,
    /// That it is real.
    Real,
}

/// What the exercise is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its id.
    pub slug: Slug,
    /// The capability it exercises.
    pub capability: Capability,
    /// Its text.
    pub text: String,
    /// Expectations without which it is not achieved; sorted.
    pub critical: Vec<ExpectationId>,
    /// Expectations that belong to it as well; sorted.
    pub supporting: Vec<ExpectationId>,
    /// What must be true at the limit.
    pub success: Option<Condition>,
    /// When the success is looked at, from STARTEX; `None`: at ENDEX.
    pub limit: Option<Span>,
    /// The harm after which a critical item comes too late.
    pub harm: Option<Condition>,
}

/// A prompt for the facilitator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// If the players do this.
    pub when: String,
    /// Say that.
    pub say: String,
}
