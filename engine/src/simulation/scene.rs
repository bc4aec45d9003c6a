//! What every rule may look at: the exercise, its prepared tables, the dice, the time.

use super::assets::{Dependencies, Network};
use super::attack::Course;
use super::calendar::Calendar;
use super::draw::{Dice, Subject};
use super::incidents::Lifecycle;
use super::messages::Messages;
use super::minds::{Asked, Duties, Minds};
use super::people::People;
use super::set::Set;
use super::timers::Timers;
use super::view::Reaches;
use super::watch::{Truths, Watchers};
use super::work::{Crafts, Occasions, Work};
use crate::exercise::{
    AssetId, ChannelId, EvidenceItem, Exercise, ExerciseTime, GroupId, IncidentId, InjectId,
    Instance, Object, ObligationId, PersonId, RoleId, SourceId, Span, StepId, TaskId,
};
use crate::record::Origin;
use bevy_ecs::resource::Resource;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

/// An exercise with everything that is worth computing once for all runs.
#[derive(Debug, Resource)]
pub(crate) struct Stage {
    /// The exercise.
    pub(crate) exercise: Arc<Exercise>,
    /// Whether debug builds check each settled instant.
    pub(crate) checked: bool,
    /// When people are on duty and on call.
    pub(crate) calendar: Calendar,
    /// The people who belong to the incident team.
    pub(crate) team: Vec<PersonId>,
    /// The roles that receive reports: point of contact and analyst.
    pub(crate) receivers: Set,
    /// The channels in the order in which senders think of them.
    pub(crate) channels: Vec<ChannelId>,
    /// By person: the channels on which they can be reached.
    pub(crate) reached_by: Vec<Set>,
    /// By person: the roles that they hold or stand in for.
    pub(crate) roles: Vec<Vec<RoleId>>,
    /// Which assets depend on which.
    pub(crate) dependencies: Dependencies,
    /// Which assets are connected.
    pub(crate) network: Arc<Network>,
    /// By asset: whether a channel depends on it.
    pub(crate) carries: Vec<bool>,
    /// The roles to which work that waits for too long escalates, the first target first.
    pub(crate) escalates_to: Vec<RoleId>,
    /// By task: the crafts of which one is needed for it, where it is hands-on work.
    pub(crate) crafts: Vec<Crafts>,
    /// By person: the crafts that they have.
    pub(crate) skills: Vec<Crafts>,
    /// By task: the place of its kind in the order in which work is taken.
    pub(crate) urgencies: Vec<u8>,
    /// The tasks that are done once for each alert, message or asset.
    pub(crate) occasions: Occasions,
    /// Whether the plan has a task that secures memory.
    pub(crate) secures_memory: bool,
    /// Which step of the attack comes after which.
    pub(crate) course: Course,
    /// What the phases of incidents go by.
    pub(crate) lifecycle: Lifecycle,
    /// What counts time.
    pub(crate) timers: Timers,
    /// What of the plan looks at what.
    pub(crate) watchers: Watchers,
    /// What conditions look at in truth.
    pub(crate) truths: Truths,
    /// On which assets the acts of the plan may be done.
    pub(crate) reaches: Reaches,
    /// The obligations that the law lets be met in parts, by a task of the plan.
    pub(crate) told_in_parts: Vec<ObligationId>,
    /// What the triggers of obligations ask for.
    pub(crate) duties: Duties,
    /// Whether the severity that known facts give depends on the time otherwise than by the objectives
    /// of assets.
    pub(crate) severity_ages: bool,
    /// What knowledge that severity goes by.
    pub(crate) severity_asks: Asked,
    subjects: Subjects,
}

/// The subjects of chance of everything that has an id.
#[derive(Debug, Default)]
struct Subjects {
    people: Vec<Subject>,
    roles: Vec<Subject>,
    groups: Vec<Subject>,
    assets: Vec<Subject>,
    sources: Vec<Subject>,
    tasks: Vec<Subject>,
    obligations: Vec<Subject>,
    incidents: Vec<Subject>,
    steps: Vec<Subject>,
    injects: Vec<Subject>,
    decisions: Vec<Subject>,
}

impl Stage {
    /// Prepares an exercise.
    pub(crate) fn new(exercise: Arc<Exercise>) -> Self {
        let calendar = Calendar::new(&exercise);
        let subjects = Subjects::of(&exercise);
        subjects.assert_distinct();
        let plan = exercise.plan();
        let obligations = plan.obligations.iter().enumerate();
        let in_parts = obligations.filter(|(_, of)| of.task.is_some() && of.rest_within.is_some());
        let told_in_parts = in_parts.map(|(i, _)| ObligationId::new(i)).collect();
        let rules = plan.classification.rules.iter();
        let severity_asks = Asked::deciding(rules.map(|rule| &rule.when));
        let severity_ages = plan.classification.rules.iter().any(|rule| {
            let mut ages = false;
            rule.when.each_fact(&mut |fact| ages |= fact.counts_time());
            ages
        });
        let watchers = Watchers::of(&exercise);
        let truths = Truths::of(&exercise);
        let secures_memory = plan.tasks.iter().any(|task| {
            let mut acts = task.does.iter().map(|act| &act.on);
            acts.any(|on| matches!(on, Object::Evidence(None | Some(EvidenceItem::Memory), _)))
        });
        let escalates_to = plan.escalation.to.iter();
        let escalates_to = escalates_to.flat_map(|to| exercise.roles(*to)).copied();
        let escalates_to = escalates_to.collect();
        let urgencies = exercise.all_tasks().map(Work::urgency).collect();
        Self {
            team: Minds::team(&exercise),
            receivers: Minds::receiving(&exercise),
            channels: Messages::channels(&exercise),
            reached_by: Messages::reached_by(&exercise),
            roles: People::roles(&exercise),
            dependencies: Dependencies::of(&exercise),
            network: Arc::new(Network::of(&exercise)),
            carries: Messages::carriers(&exercise),
            escalates_to,
            urgencies,
            crafts: Crafts::of_tasks(&exercise),
            skills: Crafts::of_people(&exercise),
            occasions: Occasions::of(&exercise),
            secures_memory,
            course: Course::of(&exercise),
            lifecycle: Lifecycle::of(&exercise),
            timers: Timers::of(&exercise),
            duties: Duties::of(&exercise),
            reaches: Reaches::of(&exercise),
            exercise,
            checked: true,
            calendar,
            watchers,
            truths,
            told_in_parts,
            severity_ages,
            severity_asks,
            subjects,
        }
    }
}

macro_rules! subjects {
    ($kind:literal, $list:expr) => {
        $list
            .iter()
            .map(|item| Subject::of($kind, &item.slug))
            .collect()
    };
}

impl Subjects {
    fn of(exercise: &Exercise) -> Self {
        let (o, p, s) = (
            exercise.organisation(),
            exercise.plan(),
            exercise.scenario(),
        );
        Self {
            people: subjects!("person", o.people),
            roles: subjects!("role", o.roles),
            groups: subjects!("group", o.groups),
            assets: subjects!("asset", o.assets),
            sources: subjects!("source", o.sources),
            tasks: exercise
                .all_tasks()
                .map(|task| Subject::of("task", &task.slug))
                .collect(),
            obligations: subjects!("obligation", p.obligations),
            incidents: subjects!("incident", s.incidents),
            steps: subjects!("step", s.steps),
            injects: subjects!("inject", s.injects),
            decisions: subjects!("decision", p.decisions),
        }
    }

    /// With 64 bits and a few thousand things, two alike mean a broken hash, not bad luck.
    fn assert_distinct(&self) {
        let mut seen = BTreeSet::new();
        let lists = [
            &self.people,
            &self.roles,
            &self.groups,
            &self.assets,
            &self.sources,
            &self.tasks,
            &self.obligations,
            &self.incidents,
            &self.steps,
            &self.injects,
            &self.decisions,
        ];
        for subject in lists.into_iter().flatten() {
            let new = seen.insert(*subject);
            assert!(
                new,
                "two things of an exercise have the same subject of chance"
            );
        }
    }
}

/// An instant of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// The chance of this run.
    pub(crate) dice: Dice,
    /// The instant.
    pub(crate) now: ExerciseTime,
    /// How people behave in this run.
    pub(crate) policy: Policy,
}

/// What a rule may look at: a moment on a stage. Nearly every rule is given one, so it is two references and
/// no more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The exercise and its tables.
    pub(crate) stage: &'a Stage,
    moment: &'a Moment,
}

impl Deref for Scene<'_> {
    type Target = Moment;

    fn deref(&self) -> &Moment {
        self.moment
    }
}

/// How the people of a run behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// As people do.
    #[default]
    People,
    /// Nobody ever starts a task: the baseline of no response.
    NoResponse,
    /// Everybody knows the truth and does at once, without waits and errors, what the plan says:
    /// the baseline of an ideal response.
    Ideal,
}

impl<'a> Scene<'a> {
    /// A moment on a stage.
    pub(crate) const fn new(stage: &'a Stage, moment: &'a Moment) -> Self {
        Self { stage, moment }
    }

    /// The exercise.
    pub(crate) fn exercise(&self) -> &'a Exercise {
        &self.stage.exercise
    }

    /// When people are on duty and on call.
    pub(crate) const fn calendar(&self) -> &'a Calendar {
        &self.stage.calendar
    }

    /// Whether friction is off.
    pub(crate) fn is_tireless(&self) -> bool {
        self.exercise().organisation().tireless || self.policy == Policy::Ideal
    }

    pub(crate) fn person(&self, id: PersonId) -> Subject {
        self.stage.subjects.people[id.index()]
    }

    pub(crate) fn asset(&self, id: AssetId) -> Subject {
        self.stage.subjects.assets[id.index()]
    }

    pub(crate) fn source(&self, id: SourceId) -> Subject {
        self.stage.subjects.sources[id.index()]
    }

    pub(crate) fn group(&self, id: GroupId) -> Subject {
        self.stage.subjects.groups[id.index()]
    }

    pub(crate) fn step(&self, id: StepId) -> Subject {
        self.stage.subjects.steps[id.index()]
    }

    pub(crate) fn inject(&self, id: InjectId) -> Subject {
        self.stage.subjects.injects[id.index()]
    }

    pub(crate) fn decision(&self, id: crate::exercise::DecisionId) -> Subject {
        self.stage.subjects.decisions[id.index()]
    }

    /// A task for an incident.
    pub(crate) fn task(&self, task: TaskId, incident: IncidentId) -> Subject {
        self.stage.subjects.tasks[task.index()]
            .with(self.stage.subjects.incidents[incident.index()])
    }

    /// A piece of work.
    pub(crate) fn work(&self, instance: Instance) -> Subject {
        self.task(instance.task, instance.incident)
            .nth(u64::from(instance.ordinal))
    }

    fn obligation(&self, obligation: ObligationId, incident: IncidentId) -> Subject {
        let of = self.stage.subjects.obligations[obligation.index()];
        of.with(self.stage.subjects.incidents[incident.index()])
    }

    /// A message, by where it comes from and the role it goes to.
    pub(crate) fn message(&self, origin: &Origin, to: RoleId) -> Subject {
        let from = match *origin {
            Origin::Inject { inject, ordinal } => self.inject(inject).nth(u64::from(ordinal)),
            Origin::Signal {
                source,
                step,
                asset,
            } => self
                .source(source)
                .with(self.step(step))
                .with(self.asset(asset)),
            Origin::FalseAlarm { source, ordinal } => self.source(source).nth(u64::from(ordinal)),
            Origin::Staff { group, step, asset } => self
                .group(group)
                .with(self.step(step))
                .with(self.asset(asset)),
            Origin::Outage { asset, ordinal } => self.asset(asset).nth(u64::from(ordinal)),
            Origin::HandOn { instance } => self.work(instance).nth(1),
            Origin::CallOut { instance } => self.work(instance).nth(2),
            Origin::Approval { instance } => self.work(instance).nth(3),
            Origin::Duty {
                obligation,
                incident,
            } => self.obligation(obligation, incident),
            Origin::Own { person, ordinal } => self.person(person).nth(u64::from(ordinal)),
            Origin::Facilitator { ordinal } => Subject(0).nth(u64::from(ordinal)),
        };
        from.with(self.stage.subjects.roles[to.index()])
    }

    /// The end of the longest possible run, after which no calendar is known.
    pub(crate) fn horizon(&self) -> ExerciseTime {
        self.exercise().parts().limit + Span::DAY
    }
}
