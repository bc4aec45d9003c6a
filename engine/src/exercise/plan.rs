//! The response plan: tasks, decisions, escalation, communication, targets and weights.

use super::{
    Addressee, BasisPoints, ChannelId, Condition, Day, DecisionId, EvidenceItem, Function,
    ImpactDimension, InjectId, Law, Mark, Measure, ObligationId, Phase, Priority, Selector,
    Severity, Slug, Span, StakeholderKind, TaskId, Urgency,
};
use serde::{Deserialize, Serialize};

/// The plan. Every list is sorted by slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its title, for people.
    pub title: String,
    /// Its version, for people.
    pub version: String,
    /// Who owns it.
    pub owner: Option<Addressee>,
    /// Who approved it.
    pub approved_by: Option<Addressee>,
    /// When it was last reviewed.
    pub reviewed_on: Option<Day>,
    /// When it is to be reviewed next.
    pub next_review: Option<Day>,
    /// The plan's own names for its phases, in its order.
    pub lifecycle: Vec<Stage>,
    /// How long each phase may take; sorted by phase, severity.
    pub targets: Vec<Target>,
    /// How severity and priority are found.
    pub classification: Classification,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// Decisions that the plan foresees, and those of injects, which hold the same ids.
    pub decisions: Vec<Decision>,
    /// What happens to a message that nobody notices.
    pub escalation: Escalation,
    /// Who must be told by when, as far as it is judged: the duties of law that hold for the organisation,
    /// whether or not the plan speaks of them, and those that the plan makes itself.
    pub obligations: Vec<Obligation>,
    /// How often the plan is trained and exercised.
    pub programme: Vec<Programme>,
    /// How scores are weighted.
    pub scoring: Scoring,
}

/// A stage of the plan's own lifecycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// The plan's name for it.
    pub name: String,
    /// The phase it is mapped onto.
    pub phase: Phase,
    /// When it is reached, instead of the default rule.
    pub entry: Option<Condition>,
    /// When it is complete, instead of the default rule.
    pub exit: Option<Condition>,
}

/// A limit, counted in elapsed time or in days of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Limit {
    /// Elapsed time.
    Elapsed(Span),
    /// Local calendar days; the first is the day after, the last ends at 24:00.
    Days(u16),
    /// Days that are neither weekend nor holiday, counted likewise.
    BusinessDays(u16),
    /// Calendar months; a missing day is the last of its month.
    Months(u16),
}

/// How long a phase may take at a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The phase.
    pub phase: Phase,
    /// The true severity for which it holds.
    pub severity: Severity,
    /// Until it is reached.
    pub reached: Option<Limit>,
    /// Until it is complete.
    pub completed: Option<Limit>,
    /// Counted from this mark instead of the scored origin; never a mark that the team sets.
    pub origin: Option<Mark>,
}

/// How severity and priority are found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// Severity is the worst level of a rule that holds on what is known; Low where none does.
    pub rules: Vec<SeverityRule>,
    /// Priority by severity (Low first) and urgency (contained first).
    pub priorities: [[Priority; 3]; 4],
    /// Who may classify, beside roles that may take the measure.
    pub by: Vec<Addressee>,
    /// How long a classification stands while new facts change its result, by severity, Low first.
    pub reassess_within: [Span; 4],
}

impl Classification {
    /// The priority of work at a severity and urgency.
    pub const fn priority(&self, severity: Severity, urgency: Urgency) -> Priority {
        self.priorities[severity.index()][urgency.index()]
    }
}

/// A row of the severity table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityRule {
    /// The level it gives.
    pub level: Severity,
    /// The dimension of impact it belongs to, where its author says. It steers nobody: a finding names it, of
    /// the yardstick's row what should have been given, of the plan's what misled.
    pub impact: Option<ImpactDimension>,
    /// When it holds.
    pub when: Condition,
}

/// A task of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Its id.
    pub slug: Slug,
    /// Its title, for people.
    pub title: String,
    /// The phase in which it counts for coverage.
    pub phase: Phase,
    /// Who does it.
    pub by: Addressee,
    /// Who answers for it.
    pub accountable: Option<Addressee>,
    /// Who is asked for advice when it ends, which costs them time; sorted.
    pub consulted: Vec<Addressee>,
    /// Who is told when it ends; sorted.
    pub informed: Vec<Addressee>,
    /// How many people it takes at once.
    pub people: u16,
    /// Tasks that must all be done before; sorted.
    pub after: Vec<TaskId>,
    /// Tasks of which one must be done before; sorted.
    pub after_any: Vec<TaskId>,
    /// What must hold before, as far as the doer's role knows.
    pub when: Option<Condition>,
    /// How long the plan waits once it could start.
    pub delay: Option<Law>,
    /// How long the work takes.
    pub takes: Law,
    /// Why it may take less than the floors of its measures; `None`: then it is played at these.
    pub because: Option<String>,
    /// The measures it takes, each at its end.
    pub does: Vec<Act>,
    /// Who has to approve it.
    pub approval: Option<Addressee>,
    /// The severity from which it applies.
    pub from_severity: Option<Severity>,
    /// Whether it may be left out without a loss of coverage.
    pub optional: bool,
    /// What it is done once for.
    pub each: Each,
    /// The channel by which its hand-ons and requests go.
    pub via: Option<ChannelId>,
    /// Whether the doer keeps the incident log while at it.
    pub keeps_log: bool,
    /// Controls for which it gives evidence, such as `A.5.26`; sorted.
    pub controls: Vec<String>,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Its weight in coverage, in hundredths.
    pub weight: u32,
    /// The obligation whose notification it is.
    pub notifies_for: Option<ObligationId>,
    /// Whether it is done although what it comes after does not apply.
    pub even_if_skipped: bool,
}

impl Task {
    /// Whether nothing comes before it: then it waits for an alert.
    pub const fn is_first(&self) -> bool {
        self.after.is_empty() && self.after_any.is_empty()
    }

    /// Whether it takes measures on assets: it may find further ones.
    pub fn acts_on_assets(&self) -> bool {
        let on_assets = |act: &Act| matches!(act.on, Object::Assets(_) | Object::Evidence(..));
        self.does.iter().any(on_assets)
    }

    /// Whether it takes a measure.
    pub fn takes_measure(&self, measure: Measure) -> bool {
        self.does.iter().any(|act| act.measure == measure)
    }
}

/// A measure and what it is taken on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// The measure.
    pub measure: Measure,
    /// What it is taken on.
    pub on: Object,
}

/// What a measure is taken on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Object {
    /// The incident as such.
    Incident,
    /// Assets.
    Assets(Selector),
    /// Evidence on assets; no item: all that is still there.
    Evidence(Option<EvidenceItem>, Selector),
    /// A stakeholder.
    Stakeholder(StakeholderKind),
}

/// What a task is done once for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Each {
    /// The incident.
    #[default]
    Incident,
    /// Every alert that its function reads.
    Alert,
    /// Every message that its function reads.
    Message,
    /// Every asset that its measures are for; without such a measure, every affected asset that becomes known.
    Asset,
}

/// How hard a task is (SPAR-H: complexity).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Difficulty {
    /// Routine.
    #[default]
    Routine,
    /// Moderately complex.
    Moderate,
    /// Highly complex.
    High,
}

/// A decision with its options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its id.
    pub slug: Slug,
    /// The question.
    pub question: String,
    /// Who decides.
    pub by: Addressee,
    /// When it comes up, as far as the decider knows; `None` where an inject asks.
    pub when: Option<Condition>,
    /// The options, in their author's order.
    pub options: Vec<Choice>,
    /// What should be known before; sorted.
    pub needs: Vec<Content>,
    /// How long deciding takes.
    pub takes: Law,
    /// Its weight in judgement, in hundredths.
    pub weight: u32,
    /// The phase in which it is judged.
    pub phase: Phase,
}

impl Decision {
    /// Whether the plan brings it up by a condition of its own, and not an inject of the scenario.
    pub const fn is_own(&self) -> bool {
        self.when.is_some()
    }
}

/// One option of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id within the decision.
    pub slug: Slug,
    /// Its text.
    pub text: String,
    /// What follows from it.
    pub then: Vec<Consequence>,
    /// Whether it is sound on what was known; `None`: not judged.
    pub judged: Option<Soundness>,
}

/// Whether an option is sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Soundness {
    /// Sound.
    Sound,
    /// Not sound, and why.
    Unsound(String),
}

/// What follows from an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Consequence {
    /// A measure is lifted wherever it is in effect.
    Undo(Measure),
    /// A task becomes ready.
    Start(TaskId),
    /// A task no longer applies.
    Omit(TaskId),
    /// An inject is delivered.
    Fire(InjectId),
    /// An inject is skipped.
    Skip(InjectId),
    /// An obligation is documented as not required; its task is left out.
    NotRequired(ObligationId),
}

/// What happens to a message that nobody notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// How long it may lie unnoticed, by severity, Low first.
    pub after: [Span; 4],
    /// Whom it reaches in the end, the first that has a role.
    pub to: Vec<Addressee>,
}

/// A notification with a deadline counted from a trigger: a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Its id.
    pub slug: Slug,
    /// Its title, for people.
    pub title: String,
    /// Who has to be told.
    pub to: StakeholderKind,
    /// The law it rests on; `None`: a duty of contract or of the plan.
    pub law: Option<String>,
    /// Where the rule can be read.
    pub source: String,
    /// When the rule was last checked.
    pub verified_on: Option<Day>,
    /// What starts it.
    pub from: Trigger,
    /// How long it gives.
    pub within: Limit,
    /// The task that meets it.
    pub task: Option<TaskId>,
    /// Who is told of the facts that trigger it, and sees to it.
    pub by: Addressee,
    /// What the notification has to say; sorted.
    pub content: Vec<Content>,
    /// How long after the first notification the rest of it may follow; `None`: all has to be said
    /// at once.
    pub rest_within: Option<Limit>,
    /// Its weight in judgement, in hundredths.
    pub weight: u32,
    /// What the plan says of it.
    pub clause: Clause,
}

impl Obligation {
    /// Whether law makes it, so that it holds whatever the plan says.
    pub fn is_of_law(&self) -> bool {
        self.clause != Clause::Own
    }

    /// Whether the plan says who meets it.
    pub fn is_in_plan(&self) -> bool {
        self.clause != Clause::Missing
    }

    /// The limit that the plan sets itself, beside that of law.
    pub const fn own_limit(&self) -> Option<Limit> {
        match self.clause {
            Clause::Bound { within } => within,
            Clause::Own | Clause::Missing => None,
        }
    }
}

/// What the plan says of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Clause {
    /// The plan makes it: a duty of contract, or a promise of its own.
    Own,
    /// Law makes it, and a clause of the plan says who meets it and how.
    Bound {
        /// The limit that the clause sets, where it sets one. It is shown and not judged.
        within: Option<Limit>,
    },
    /// Law makes it, and the plan has no clause for it: nobody is charged with it.
    Missing,
}

/// What starts a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Trigger {
    /// One of these functions knows enough: the condition holds on what it knows.
    Aware {
        /// Who has to know; sorted.
        who: Vec<Function>,
        /// What has to be known. It names no act of the team.
        what: Condition,
    },
    /// Another clock was met, also late.
    After(ObligationId),
}

/// A piece of content that a notification or a decision needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Content {
    /// That it is real, and of which kind.
    Nature,
    /// Whether personal data is affected.
    PersonalData,
    /// What is affected.
    Scope,
    /// How it came about.
    Cause,
    /// How severe it is.
    Severity,
    /// What has been done about it.
    Measures,
}

/// An item of the training and exercise programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its id.
    pub slug: Slug,
    /// The phases it trains or exercises; sorted.
    pub phases: Vec<Phase>,
    /// How often it is due, in days.
    pub every_days: u32,
    /// How long ago it was last held, in days.
    pub last_days_ago: Option<u32>,
}

/// How scores are weighted, in basis points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scoring {
    /// The weight of each phase, in order; they sum to 10,000.
    pub phases: [BasisPoints; 6],
    /// The weights of timeliness, coverage and judgement; they sum to 10,000.
    pub parts: [BasisPoints; 3],
    /// The share of reached in timeliness where both marks have a target.
    pub reached_share: BasisPoints,
}

impl Plan {
    /// The plan's own target of a phase at a severity, where it has one.
    pub fn target(&self, phase: Phase, severity: Severity) -> Option<&Target> {
        super::yardstick::target(&self.targets, phase, severity)
    }

    /// The tasks that take a measure.
    pub fn tasks_taking(&self, measure: Measure) -> impl Iterator<Item = TaskId> + '_ {
        self.tasks
            .iter()
            .enumerate()
            .filter(move |(_, task)| task.takes_measure(measure))
            .map(|(i, _)| TaskId::new(i))
    }

    /// A decision.
    pub fn decision(&self, decision: DecisionId) -> &Decision {
        &self.decisions[decision.index()]
    }
}
