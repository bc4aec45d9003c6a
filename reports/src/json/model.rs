//! The shape of the view for scripts.
//!
//! Times are in milliseconds since STARTEX, lengths in milliseconds; `null` stands for what was not
//! reached or is not known, never for 0. Words of the vocabulary are spelled as in definitions and
//! records. Things are named by their ids, entries of the record by their numbers.

mod expected;
mod said;
mod score;

pub use expected::Objective;
pub(super) use expected::{ActOf, AskedFor, BrokenBy, Excused, Expectation, JudgedBy, OvertakenBy};
pub(super) use said::{Entered, Said};
pub use score::{Beside, Deduction, Gate, Score, ScoreBy};

use hotwash_engine::exercise::{
    BasisPoints, CapabilityElement, CauseCode, GapKind, Mode, Severity,
};
use hotwash_engine::record::{EndKind, Verdict};
use serde::{Serialize, Serializer};

/// A score or a share from 0 to 100, with at most two decimals: basis points, divided once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points(pub BasisPoints);

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0.0) / 100.0)
    }
}

/// One run: what was played, how it went, and what it was worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Run {
    /// The version of this shape.
    pub schema_version: u32,
    /// The version of the engine that wrote the record.
    pub engine_version: String,
    /// The identity of this evaluation: `organisation/plan/scenario/startex/seed/run`, with `/actions=..` and
    /// `/wall=..` where there are any.
    pub key: String,
    /// How the people of the exercise acted.
    #[cfg_attr(test, schemars(schema_with = "super::schema::mode"))]
    pub mode: Mode,
    /// Whether players had help.
    pub assisted: bool,
    /// The id of the scenario.
    pub scenario: String,
    /// Its title, for people.
    pub scenario_title: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The title of the plan.
    pub plan: String,
    /// Its version, for people.
    pub plan_version: String,
    /// The seed of all chance.
    pub seed: u64,
    /// The index of the run.
    pub run: u64,
    /// The start of the exercise, in RFC 3339 with the organisation's offset from UTC.
    pub startex: String,
    /// How it ended; `null`: the record has no ENDEX.
    #[cfg_attr(test, schemars(schema_with = "super::schema::end_or_null"))]
    pub end: Option<EndKind>,
    /// The last entry of a record without ENDEX: the exercise was not finished, or its record was cut
    /// after this entry; 0 where it has none. `null`: it was finished.
    pub not_finished_after: Option<u32>,
    /// When it ended: the instant of its last entry, where it has no ENDEX.
    pub ended_ms: i64,
    /// How many entries the record has.
    pub entries: u32,
    /// One number for ranking: what was carried out, and what the gates leave of it; `null`: nothing
    /// could be scored.
    pub score: Option<Points>,
    /// Whether it was passed: no gate, and not partial.
    pub passed: Option<bool>,
    /// How well it was carried out.
    pub carried_out: Option<Points>,
    /// How the score came about; `null`: nothing could be scored.
    pub score_details: Option<Score>,
    /// The gates that applied, in order.
    pub gates: Vec<Gate>,
    /// The six phases of the main incident, in order.
    pub phases: Vec<Phase>,
    /// The id of the main incident.
    pub main_incident: String,
    /// Every incident.
    pub incidents: Vec<Incident>,
    /// One rating per objective.
    pub objectives: Vec<Objective>,
    /// How each expectation was answered.
    pub expectations: Vec<Expectation>,
    /// Each clock of each incident.
    pub obligations: Vec<Clock>,
    /// Expectations that the facilitator excused.
    pub excused: Vec<Excused>,
    /// What evaluators and others said about it, in the order of entries: ratings, ticks, observations, votes and
    /// commitments. It changes nothing that is computed.
    pub said: Vec<Said>,
    /// The acts that a scribe entered: each is judged by when it was done.
    pub entered: Vec<Entered>,
    /// The impact, beside its baselines.
    pub impact: Impact,
    /// What to keep and what to improve, the most important first.
    pub findings: Vec<Finding>,
    /// What the definitions ask for and do not have.
    pub gaps: Vec<Gap>,
    /// The defaults that the exercise stands on.
    pub defaults: Vec<Default>,
    /// How many inputs the exercise has in all, defaults included.
    pub inputs: u32,
}

/// One phase of one incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Phase {
    /// Which.
    #[cfg_attr(test, schemars(schema_with = "super::schema::phase"))]
    pub phase: &'static str,
    /// From what its time is shown.
    #[cfg_attr(test, schemars(schema_with = "super::schema::origin_or_null"))]
    pub origin: Option<&'static str>,
    /// When that was.
    pub origin_ms: Option<i64>,
    /// When it was first reached.
    pub reached_ms: Option<i64>,
    /// When it was last completed, and stayed so.
    pub completed_ms: Option<i64>,
    /// When what completes it had been done: for Recovery without the watch that follows.
    pub fulfilled_ms: Option<i64>,
    /// When the team said that it was complete.
    pub declared_complete_ms: Option<i64>,
    /// How often it was re-opened.
    pub reopened: u32,
    /// The target until completion (until it is reached, where only that has one), counted from
    /// the scored origin.
    pub target_ms: Option<i64>,
    /// Whether the plan's own target was kept; it scores nothing.
    pub own_target_kept: Option<bool>,
    /// When the plan's own criterion for reaching it was met.
    pub own_entry_ms: Option<i64>,
    /// When the plan's own criterion for completing it was met.
    pub own_exit_ms: Option<i64>,
    /// The time score.
    pub timeliness: Option<Points>,
    /// The share of what should have been done that was.
    pub coverage: Option<Points>,
    /// The share of judgements that were sound.
    pub judgement: Option<Points>,
    /// Its score.
    pub score: Option<Points>,
    /// Why it has no score.
    #[cfg_attr(test, schemars(schema_with = "super::schema::not_scored_or_null"))]
    pub not_scored_because: Option<&'static str>,
    /// What the time from `origin_ms` to `completed_ms` (or to ENDEX) was made of, in the order of
    /// time. The lengths sum to that time.
    pub made_of: Vec<Stretch>,
}

/// A stretch of time of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stretch {
    /// What it was.
    #[cfg_attr(test, schemars(schema_with = "super::schema::category"))]
    pub category: &'static str,
    /// Its length.
    pub ms: i64,
    /// From when.
    pub from_ms: i64,
    /// Until when.
    pub until_ms: i64,
    /// The task that it belonged to.
    pub task: Option<String>,
    /// The role whose time or answer it was.
    pub role: Option<String>,
    /// The entry that ended it.
    pub entry: u32,
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Incident {
    /// Its id.
    pub incident: String,
    /// Its title, for people.
    pub title: String,
    /// Whether it is the main one.
    pub main: bool,
    /// How bad it truly was.
    #[cfg_attr(test, schemars(schema_with = "super::schema::severity"))]
    pub true_severity: Severity,
    /// The severity for which time is scored.
    #[cfg_attr(test, schemars(schema_with = "super::schema::severity"))]
    pub scored_severity: Severity,
    /// The last severity that the team gave it.
    #[cfg_attr(test, schemars(schema_with = "super::schema::severity_or_null"))]
    pub classified: Option<Severity>,
    /// When it came to its marks.
    pub marks: Marks,
    /// Whether it was contained, and when.
    pub contained: Contained,
    /// Its six phases, in order.
    pub phases: Vec<Phase>,
    /// What the scores of its phases are made of, in the same order.
    pub scoring: Vec<Scoring>,
}

/// When an incident came to its marks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Marks {
    /// The attack began.
    pub onset_ms: Option<i64>,
    /// The first signal or revealing message existed.
    pub observable_ms: Option<i64>,
    /// The first sign that people could act on: the first signal, not before STARTEX unless they began early.
    pub first_sign_ms: Option<i64>,
    /// Somebody read one.
    pub seen_ms: Option<i64>,
    /// It was registered.
    pub reported_ms: Option<i64>,
    /// It was declared an incident.
    pub declared_ms: Option<i64>,
}

/// Whether an incident was contained: it could do no further harm, and every asset that it affected was cut off.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Contained {
    /// Whether there was something to contain.
    pub called_for: bool,
    /// When it first was.
    pub first_ms: Option<i64>,
    /// Since when it was, up to ENDEX.
    pub lasting_ms: Option<i64>,
    /// When it last ceased to be.
    pub lost_ms: Option<i64>,
    /// From the first sign that somebody read until it was for good; what came before counts as 0.
    pub after_ms: Option<i64>,
}

/// What the score of a phase is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scoring {
    /// Which phase.
    #[cfg_attr(test, schemars(schema_with = "super::schema::phase"))]
    pub phase: &'static str,
    /// From when time is scored; it does not depend on what the team did.
    pub scored_from_ms: Option<i64>,
    /// The target until it is reached, from there.
    pub reached_target_ms: Option<i64>,
    /// The time until it was reached, from there; what came before counts as 0.
    pub reached_after_ms: Option<i64>,
    /// The target until it is complete, from there.
    pub completed_target_ms: Option<i64>,
    /// The time until it was complete, from there; what came before counts as 0.
    pub completed_after_ms: Option<i64>,
    /// The weights of its three parts, in percent.
    pub weights: Weights,
    /// What should have been done.
    pub coverage: Vec<Coverage>,
    /// What was judged.
    pub judged: Vec<Judged>,
}

/// Weights of the parts of a phase's score, after left-out parts gave theirs to the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Weights {
    /// Of timeliness.
    pub timeliness: Points,
    /// Of coverage.
    pub coverage: Points,
    /// Of judgement.
    pub judgement: Points,
}

/// Something that should have been done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Coverage {
    /// `task ID`, `expectation ID` or `measure NAME`.
    pub item: String,
    /// How it stands.
    #[cfg_attr(test, schemars(schema_with = "super::schema::coverage_status"))]
    pub status: &'static str,
    /// The share of it that was done, by its true effect, in percent.
    pub done: Points,
    /// Its weight in hundredths.
    pub weight: u32,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// Something that was judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Judged {
    /// What, in words.
    pub text: String,
    /// Whether it was sound.
    pub sound: bool,
    /// How far it was.
    pub share: Points,
    /// Its weight in hundredths.
    pub weight: u32,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// A duty with a deadline, for an incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Clock {
    /// Its id.
    pub obligation: String,
    /// Its incident.
    pub incident: String,
    /// Its title, for people.
    pub title: String,
    /// The law it rests on; `null`: a duty of contract or of the plan.
    pub law: Option<String>,
    /// Whether a clause of the plan speaks of it. A duty of law is judged all the same.
    pub in_plan: bool,
    /// When awareness began.
    pub aware_ms: Option<i64>,
    /// When a player said so.
    pub stated_ms: Option<i64>,
    /// When it was due.
    pub due_ms: Option<i64>,
    /// When it was due by the plan's own limit, where that is another; it is not judged.
    pub own_due_ms: Option<i64>,
    /// When it was met.
    pub met_ms: Option<i64>,
    /// How it stands.
    #[cfg_attr(test, schemars(schema_with = "super::schema::verdict"))]
    pub verdict: Verdict,
    /// The entries that prove it.
    pub evidence: Vec<u32>,
}

/// What the incidents cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Impact {
    /// In this run.
    pub actual: ImpactOf,
    /// With nobody ever doing anything, on the same draws; `null`: not run.
    pub no_response: Option<ImpactOf>,
    /// With the plan carried out without waits and errors, on the same draws; `null`: not run.
    pub ideal: Option<ImpactOf>,
}

/// The impact of one run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImpactOf {
    /// Outage, summed over assets.
    pub outage_ms: i64,
    /// Loss in minor units of the organisation's currency: by outage, theft and records that are out.
    pub loss_minor: i64,
    /// What of that is for records that are out.
    pub loss_of_records_minor: i64,
    /// Records that left or lie open.
    pub records: u64,
    /// Assets that were ever affected.
    pub assets: u32,
    /// Data lost on restore, the longest of any asset.
    pub data_lost_ms: i64,
    /// Assets whose data was encrypted or wiped and never restored: all of it is lost.
    pub never_restored: Vec<String>,
    /// The outages, longest first.
    pub outages: Vec<Outage>,
}

/// The outage of an asset.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Outage {
    /// The asset.
    pub asset: String,
    /// Summed over its outages.
    pub outage_ms: i64,
    /// The longest of them.
    pub longest_ms: i64,
    /// Of the outages, what a measure of one's own brought about.
    pub own_ms: i64,
    /// Whether the attack hit it.
    pub hit: bool,
    /// Whether that was over the recovery time objective.
    pub past_rto: bool,
    /// The entries that began and ended the longest; empty in a baseline, which has no record here.
    pub evidence: Vec<u32>,
}

/// Something to keep or to improve.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// Its identity, which lasts across exercises: `plan/Rule:word/Subject:slug`.
    pub key: String,
    /// Which rule found it.
    #[cfg_attr(test, schemars(schema_with = "super::schema::finding_kind"))]
    pub kind: &'static str,
    /// Whether it is a strength; else it is an area for improvement.
    pub strength: bool,
    /// Why; `null` for a strength, or where no cause is known.
    #[cfg_attr(test, schemars(schema_with = "super::schema::cause_or_null"))]
    pub cause: Option<CauseCode>,
    /// The element of the capability in which the cause lies.
    #[cfg_attr(test, schemars(schema_with = "super::schema::element_or_null"))]
    pub element: Option<CapabilityElement>,
    /// What it is about: a kind of thing and its id, such as `role handler`.
    pub subject: String,
    /// What was found, in words.
    pub text: String,
    /// The entries that prove it, at most twelve; sorted.
    pub evidence: Vec<u32>,
    /// The ids of the objectives it bears on.
    pub objectives: Vec<String>,
    /// What would help, in words, the most direct first: candidates, of which none need have been tried.
    pub corrections: Vec<String>,
    /// What helped when it was tried, the best first; empty without `--advice`.
    pub tried: Vec<Tried>,
    /// The controls for which the work that it is about gives evidence.
    pub controls: Vec<String>,
    /// Other findings with the same root, the most important first.
    pub hung: Vec<Hung>,
}

/// A finding that has the same root as another, and hangs on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Hung {
    /// Its identity, which lasts across exercises.
    pub key: String,
    /// Which rule found it.
    #[cfg_attr(test, schemars(schema_with = "super::schema::finding_kind"))]
    pub kind: &'static str,
    /// What was found, in words.
    pub text: String,
    /// The entries that prove it, at most twelve; sorted.
    pub evidence: Vec<u32>,
    /// The ids of the objectives it bears on.
    pub objectives: Vec<String>,
    /// What would help, in words, the most direct first.
    pub corrections: Vec<String>,
}

/// Changes that follow what a finding proposes, and that surely helped on fresh runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tried {
    /// What was changed, in words.
    pub changes: Vec<String>,
    /// What they gained, in words.
    pub gain: String,
}

/// Something that the definitions ask for and that is not there.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Gap {
    /// What kind of gap it is.
    #[cfg_attr(test, schemars(schema_with = "super::schema::gap_kind"))]
    pub kind: GapKind,
    /// What is missing.
    pub missing: String,
    /// What asks for it.
    pub wanted_by: String,
    /// The gap in words.
    pub text: String,
}

/// A default that the exercise stands on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Default {
    /// Where an author could say otherwise.
    pub place: String,
    /// The value taken.
    pub value: String,
    /// Where the value comes from, or `illustrative`.
    pub source: String,
}
