//! What can be asked about, and how it is written.

use crate::exercise::{
    AssetId, DecisionId, Exercise, ExpectationId, Identified, InjectId, MessageId, ObligationId,
    PersonId, Phase, RoleId, StepId, TaskId,
};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// A task of the plan.
    Task(TaskId),
    /// A person.
    Person(PersonId),
    /// A phase of the main incident.
    Phase(Phase),
    /// A duty.
    Duty(ObligationId),
    /// An expectation.
    Expectation(ExpectationId),
    /// A role.
    Role(RoleId),
    /// An asset.
    Asset(AssetId),
    /// A step of the attack.
    Step(StepId),
    /// A decision.
    Decision(DecisionId),
    /// An inject.
    Inject(InjectId),
    /// A message, by its number.
    Message(MessageId),
    /// An entry, by its number.
    Entry(u32),
}

/// Why a text does not say what is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAsked {
    /// It stands for several things: each as it can be asked about.
    Several(Vec<String>),
    /// There is no such kind of thing: the kinds that there are.
    Kind(String, Vec<&'static str>),
    /// There is no such thing: of these there are.
    Thing(Vec<String>),
    /// It is no number.
    Number(String),
}

/// The kinds of things that have a name, as they are written.
const KINDS: [&str; 10] = [
    "task",
    "person",
    "phase",
    "duty",
    "expectation",
    "role",
    "asset",
    "step",
    "decision",
    "inject",
];

impl Asked {
    /// The kind of thing it is, as it is written before the colon.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Task(_) => "task",
            Self::Person(_) => "person",
            Self::Phase(_) => "phase",
            Self::Duty(_) => "duty",
            Self::Expectation(_) => "expectation",
            Self::Role(_) => "role",
            Self::Asset(_) => "asset",
            Self::Step(_) => "step",
            Self::Decision(_) => "decision",
            Self::Inject(_) => "inject",
            Self::Message(_) => "message",
            Self::Entry(_) => "entry",
        }
    }

    /// Its name within its kind.
    pub fn name(self, exercise: &Exercise) -> String {
        let names = exercise.names();
        match self {
            Self::Task(id) => id.slug(names).to_string(),
            Self::Person(id) => id.slug(names).to_string(),
            Self::Phase(phase) => phase.name().to_lowercase(),
            Self::Duty(id) => id.slug(names).to_string(),
            Self::Expectation(id) => id.slug(names).to_string(),
            Self::Role(id) => id.slug(names).to_string(),
            Self::Asset(id) => id.slug(names).to_string(),
            Self::Step(id) => id.slug(names).to_string(),
            Self::Decision(id) => id.slug(names).to_string(),
            Self::Inject(id) => id.slug(names).to_string(),
            Self::Message(id) => id.0.to_string(),
            Self::Entry(number) => number.to_string(),
        }
    }

    /// How it is asked about: `task:cut-off`, or `#467`.
    pub fn written(self, exercise: &Exercise) -> String {
        match self {
            Self::Entry(number) => format!("#{number}"),
            other => format!("{}:{}", self.kind(), other.name(exercise)),
        }
    }

    /// Everything that has a name, kind by kind.
    pub fn all(exercise: &Exercise) -> Vec<Self> {
        fn each<I>(count: usize, of: impl Fn(usize) -> I) -> impl Iterator<Item = I> {
            (0..count).map(of)
        }
        let (organisation, plan) = (exercise.organisation(), exercise.plan());
        let scenario = exercise.scenario();
        let mut all = Vec::new();
        all.extend(each(plan.tasks.len(), |i| Self::Task(TaskId::new(i))));
        all.extend(each(organisation.people.len(), |i| {
            Self::Person(PersonId::new(i))
        }));
        all.extend(Phase::ALL.iter().map(|phase| Self::Phase(*phase)));
        all.extend(each(plan.obligations.len(), |i| {
            Self::Duty(ObligationId::new(i))
        }));
        all.extend(each(scenario.expectations.len(), |i| {
            Self::Expectation(ExpectationId::new(i))
        }));
        all.extend(each(organisation.roles.len(), |i| {
            Self::Role(RoleId::new(i))
        }));
        all.extend(each(organisation.assets.len(), |i| {
            Self::Asset(AssetId::new(i))
        }));
        all.extend(each(scenario.steps.len(), |i| Self::Step(StepId::new(i))));
        all.extend(each(plan.decisions.len(), |i| {
            Self::Decision(DecisionId::new(i))
        }));
        all.extend(each(scenario.injects.len(), |i| {
            Self::Inject(InjectId::new(i))
        }));
        all
    }

    /// What a text asks about: `KIND:NAME`, `#NUMBER`, or a name alone where it stands for one thing.
    ///
    /// # Errors
    ///
    /// If there is no such thing, or several.
    pub fn read(text: &str, exercise: &Exercise) -> Result<Self, NotAsked> {
        let number = |text: &str| {
            text.parse::<u32>()
                .map_err(|_| NotAsked::Number(text.to_owned()))
        };
        if let Some(entry) = text.strip_prefix('#') {
            return Ok(Self::Entry(number(entry)?));
        }
        let all = Self::all(exercise);
        let named = |asked: &Self, name: &str| asked.name(exercise).eq_ignore_ascii_case(name);
        match text.split_once(':') {
            Some(("entry", name)) => Ok(Self::Entry(number(name)?)),
            Some(("message", name)) => Ok(Self::Message(MessageId(number(name)?))),
            Some((kind, name)) => {
                if !KINDS.contains(&kind) {
                    let mut kinds = KINDS.to_vec();
                    kinds.push("message");
                    return Err(NotAsked::Kind(kind.to_owned(), kinds));
                }
                let of_kind = all.iter().filter(|asked| asked.kind() == kind);
                let found = of_kind.clone().find(|asked| named(asked, name)).copied();
                // A measure that somebody took beside the plan has a name that no author can write.
                let own = || TaskId::find(exercise.names(), name).map(Self::Task);
                found
                    .or_else(|| own().filter(|_| kind == "task"))
                    .ok_or_else(|| {
                        NotAsked::Thing(of_kind.map(|asked| asked.written(exercise)).collect())
                    })
            }
            None => {
                let found: Vec<Self> = all
                    .iter()
                    .copied()
                    .filter(|asked| named(asked, text))
                    .collect();
                let written =
                    |all: &[Self]| all.iter().map(|asked| asked.written(exercise)).collect();
                match found[..] {
                    [one] => Ok(one),
                    [] => Err(NotAsked::Thing(written(&all))),
                    _ => Err(NotAsked::Several(written(&found))),
                }
            }
        }
    }
}
