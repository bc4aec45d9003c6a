//! The resolved exercise: what is rehearsed, with indexes instead of names.
//!
//! [`Parts`] is what a loader fills in; [`Exercise`] is what the engine runs. Only
//! [`Exercise::new`] makes one of the other, and it checks everything that the engine relies on.

mod check;
mod condition;
mod expectation;
mod few;
mod floor;
mod id;
mod index;
mod organisation;
mod own;
mod plan;
mod quantity;
mod scenario;
mod surroundings;
mod time;
mod usual;
mod vocabulary;
mod yardstick;
mod zone;

pub use check::ExerciseError;
pub use condition::{AssetState, Condition, Data, Dimension, Fact, Knowable, Selector, Sender};
pub use expectation::{Asks, Expectation};
pub use few::Few;
pub use floor::{Floor, together};
pub use id::{
    AssetId, ChannelId, DecisionId, ExpectationId, GroupId, IncidentId, InjectId, Instance,
    MessageId, ObjectiveId, ObligationId, OptionId, PersonId, RiskId, RoleId, Slug, SourceId,
    StakeholderId, StepId, TaskId, TeamId,
};
pub use index::{Identified, Names};
pub use organisation::{
    Experience, Interval, Notice, Organisation, PerRecord, Person, Risk, Role, StaffGroup,
    Stakeholder, Team,
};
pub use plan::{
    Act, Choice, Classification, Clause, Consequence, Content, Decision, Difficulty, Each,
    Escalation, Limit, Object, Obligation, Plan, Programme, Scoring, SeverityRule, Soundness,
    Stage, Target, Task, Trigger,
};
pub use quantity::{BasisPoints, Law, Money};
pub use scenario::{Incident, Inject, Objective, Pick, Prompt, Reveal, Scenario, Step};
pub use surroundings::{Addressee, Asset, Channel, Schedule, Sight, Source};
pub use time::{ExerciseTime, Span};
pub use usual::usual;
pub(crate) use vocabulary::measures_where;
pub use vocabulary::{
    AssetKind, Back, CalledBy, Capability, CapabilityElement, Category, CauseCode, ChannelKind,
    EFFECTS, Effect, EffectRow, EvidenceItem, Family, Function, Holds, ImpactDimension, MEASURES,
    Mark, Measure, MeasureRow, Mode, OnAssets, Phase, Priority, Sector, Severity, SourceKind,
    StakeholderKind, TellingHours, Urgency, Weekday,
};
pub use yardstick::{Criterion, Softer, Yardstick};
pub use zone::{Day, DayHours, WeeklyHours, Zone};

use serde::{Deserialize, Serialize};

/// Everything an exercise consists of, as a loader fills it in. Every list is sorted by slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// STARTEX in milliseconds since 1970-01-01 00:00 UTC.
    pub startex: i64,
    /// When the attack began: at or before STARTEX.
    pub onset: ExerciseTime,
    /// The latest ENDEX.
    pub limit: ExerciseTime,
    /// The organisation.
    pub organisation: Organisation,
    /// What it is judged by: the organisation's, else the default's.
    pub yardstick: Yardstick,
    /// The default's, where the organisation's is softer.
    pub softer: Option<Softer>,
    /// Its plan.
    pub plan: Plan,
    /// The scenario.
    pub scenario: Scenario,
    /// For functions that no role has: the role that stands in; sorted.
    pub stand_ins: Vec<(Function, RoleId)>,
    /// What could not be bound; sorted.
    pub gaps: Vec<Gap>,
    /// Whether persons' data is held and nothing tells which law holds for it, so that none is judged by.
    pub law_is_unknown: bool,
    /// The defaults that the exercise stands on; sorted.
    pub defaults: Vec<DefaultUsed>,
    /// How many inputs the exercise has in all, defaults included.
    pub inputs: u32,
}

/// Something that the definitions ask for and that is not there. The run goes on without it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// What kind of gap it is.
    pub kind: GapKind,
    /// What is missing, such as `Function Legal` or `Kind BackupServer`.
    pub missing: String,
    /// What asks for it, such as `task notify-regulator`.
    pub wanted_by: String,
}

/// Kinds of gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GapKind {
    /// A phase for which the plan has no task that can reach it.
    PhaseNotInPlan,
    /// A function that no role of the organisation has.
    NoRole,
    /// A role that nobody holds.
    NoHolder,
    /// A kind of asset that the organisation does not have.
    NoAsset,
    /// A stakeholder that the organisation does not list.
    NoStakeholder,
    /// A kind of channel that the organisation does not have.
    NoChannel,
    /// An expected measure that no task of the plan takes.
    NoTask,
    /// A duty of law that no clause of the plan speaks of.
    NoClause,
    /// A step that no source can see.
    NotVisible,
}

/// A default that the exercise stands on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultUsed {
    /// The place where an author could say otherwise, such as `plan.targets.Response`.
    pub place: String,
    /// The value taken, as an author would write it.
    pub value: String,
    /// Where the value comes from, or `illustrative`.
    pub source: String,
}

/// A checked exercise, ready to be run. Immutable and shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Exercise {
    parts: Parts,
    own: Vec<Task>,
    names: Names,
    roles_of: Vec<Vec<RoleId>>,
    roles_held: Vec<Vec<RoleId>>,
    tasks_taking: Vec<Vec<TaskId>>,
    bears_persons: Vec<bool>,
}

impl Exercise {
    /// Checks the parts and indexes them.
    ///
    /// # Errors
    ///
    /// If a list is not sorted or holds a name twice, an id points nowhere, the tasks, the attack or
    /// the assets form a cycle, or a number is out of its range.
    pub fn new(parts: Parts) -> Result<Self, ExerciseError> {
        check::check(&parts)?;
        let own = own::own_tasks(&parts);
        let names = Names::of(&parts, &own);
        let roles_of = index::roles_of(&parts);
        let roles_held = index::roles_held(&parts);
        let tasks_taking = index::tasks_taking(&parts);
        let bears_persons = index::bears_persons(&parts);
        Ok(Self {
            parts,
            own,
            names,
            roles_of,
            roles_held,
            tasks_taking,
            bears_persons,
        })
    }

    /// Everything it consists of.
    pub const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The organisation.
    pub const fn organisation(&self) -> &Organisation {
        &self.parts.organisation
    }

    /// The exercise as it is judged by the yardstick of another, as far as that can be said of it.
    ///
    /// # Errors
    ///
    /// If it is no exercise with it.
    pub fn judged_by(&self, other: &Self) -> Result<Self, ExerciseError> {
        let mut parts = self.parts.clone();
        parts.yardstick = other.yardstick().carried_over_to(self.yardstick());
        parts.softer.clone_from(&other.parts.softer);
        if let Some(softer) = &mut parts.softer {
            softer.default = softer.default.carried_over_to(&parts.yardstick);
        }
        Self::new(parts)
    }

    /// What it is judged by.
    pub const fn yardstick(&self) -> &Yardstick {
        &self.parts.yardstick
    }

    /// The plan.
    pub const fn plan(&self) -> &Plan {
        &self.parts.plan
    }

    /// The scenario.
    pub const fn scenario(&self) -> &Scenario {
        &self.parts.scenario
    }

    /// Whether the organisation holds data of persons and nothing tells which law holds for it: no duty of law
    /// is judged, and whatever is said of the response is said without the law.
    pub const fn law_is_unknown(&self) -> bool {
        self.parts.law_is_unknown
    }

    /// The names of everything, for records.
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// The roles that are addressed; empty where nobody is.
    pub fn roles(&self, addressee: Addressee) -> &[RoleId] {
        match addressee {
            Addressee::Function(function) => &self.roles_of[function.index()],
            Addressee::Role(role) => &self.roles_of[Function::ALL.len() + role.index()],
        }
    }

    /// The roles whose work a task is: those it is addressed to; to close an incident is for the role that
    /// is accountable for it, where the plan names one that somebody has.
    pub fn owners(&self, task: &Task) -> &[RoleId] {
        let accountable = task
            .accountable
            .filter(|_| task.takes_measure(Measure::Close))
            .map(|of| self.roles(of))
            .filter(|roles| !roles.is_empty());
        accountable.unwrap_or_else(|| self.roles(task.by))
    }

    /// The roles that a person holds, not counting those the person stands in for.
    pub fn roles_held(&self, person: PersonId) -> &[RoleId] {
        &self.roles_held[person.index()]
    }

    /// The tasks of the plan that take a measure, in order.
    pub fn tasks_taking(&self, measure: Measure) -> &[TaskId] {
        &self.tasks_taking[measure.index()]
    }

    /// Whether an asset holds records about persons, or something rests on it that does.
    pub fn bears_persons(&self, asset: AssetId) -> bool {
        self.bears_persons[asset.index()]
    }

    /// A task: of the plan, or for a measure outside it.
    pub fn task(&self, task: TaskId) -> &Task {
        let of_plan = &self.parts.plan.tasks;
        of_plan
            .get(task.index())
            .unwrap_or_else(|| &self.own[task.index() - of_plan.len()])
    }

    /// An asset.
    pub fn asset(&self, asset: AssetId) -> &Asset {
        &self.parts.organisation.assets[asset.index()]
    }

    /// Whether our people can take a measure on an asset; see [`Asset::allows`].
    pub fn allows(&self, measure: Measure, asset: AssetId) -> bool {
        self.asset(asset).allows(measure)
    }

    /// A role.
    pub fn role(&self, role: RoleId) -> &Role {
        &self.parts.organisation.roles[role.index()]
    }

    /// A step of the attack.
    pub fn step(&self, step: StepId) -> &Step {
        &self.parts.scenario.steps[step.index()]
    }

    /// An inject.
    pub fn inject(&self, inject: InjectId) -> &Inject {
        &self.parts.scenario.injects[inject.index()]
    }

    /// An obligation.
    pub fn obligation(&self, obligation: ObligationId) -> &Obligation {
        &self.parts.plan.obligations[obligation.index()]
    }

    /// The local day and time of day at an instant.
    pub fn local(&self, at: ExerciseTime) -> (Day, Span) {
        self.parts.organisation.zone.local(self.parts.startex, at)
    }
}

impl TryFrom<Parts> for Exercise {
    type Error = ExerciseError;
    fn try_from(parts: Parts) -> Result<Self, ExerciseError> {
        Self::new(parts)
    }
}

impl From<Exercise> for Parts {
    fn from(exercise: Exercise) -> Self {
        exercise.parts
    }
}
