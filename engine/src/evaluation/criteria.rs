//! What every run of an exercise is judged by: found once, since no run changes it.

use super::coverage::{is_alike, may_be_required, phase_of, tasks_for};
use super::expectations::{holds, is_described, selector, speaks_of_state};
use super::truth::Topics;
use super::{board, timing};
use crate::exercise::{
    Addressee, Asks, AssetId, Exercise, Expectation, ExpectationId, IncidentId, Measure, Objective,
    PersonId, Phase, RoleId, Scenario, TaskId,
};

/// What follows from an exercise alone.
#[derive(Debug)]
pub(super) struct Criteria {
    /// Each expectation, in the order of ids.
    pub(super) expectations: Vec<Expected>,
    /// By incident: the tasks that may be required for it, in order.
    pub(super) required: Vec<Vec<TaskId>>,
    /// By phase: whether the plan has a task or a rule by which it can be reached.
    pub(super) in_plan: [bool; 6],
    /// The roles to which the plan escalates.
    pub(super) escalates_to: Vec<RoleId>,
    /// By asset: a number that it shares with all that paths and dependencies connect it to.
    pub(super) clusters: Vec<usize>,
    /// What the conditions that are looked at again ask for: those of tasks, stages, objectives and expectations.
    pub(super) asked: Topics,
    /// By measure: whether a task of the plan takes it.
    measures: Vec<bool>,
}

/// What an expectation asks for, and of whom.
#[derive(Debug)]
pub(super) struct Expected {
    /// The roles of which it is expected; sorted.
    pub(super) of: Vec<RoleId>,
    /// People who have the function that it names beside the roles that they hold; sorted.
    pub(super) also: Vec<PersonId>,
    /// The assets that its selector describes and that have what its measure is taken on; sorted.
    pub(super) assets: Vec<AssetId>,
    /// Whether its selector goes by what happens to assets, and not by what they are.
    pub(super) by_state: bool,
    /// The tasks that it names, in order.
    pub(super) tasks: Vec<TaskId>,
    /// The phase in which its act counts.
    pub(super) phase: Phase,
    /// The first expectation that asks for the very same act in the same incident.
    pub(super) first_alike: ExpectationId,
    /// Whether an objective cannot do without it.
    pub(super) critical: bool,
    /// Whether no task of the plan does what is expected.
    pub(super) has_no_task: bool,
}

impl Criteria {
    /// Looks at an exercise.
    pub(super) fn of(exercise: &Exercise) -> Self {
        let (plan, scenario) = (exercise.plan(), exercise.scenario());
        let expectations = (0..scenario.expectations.len()).map(ExpectationId::new);
        let incidents = (0..scenario.incidents.len()).map(IncidentId::new);
        let taken = |measure: &Measure| plan.tasks.iter().any(|task| task.takes_measure(*measure));
        Self {
            expectations: expectations.map(|id| Expected::of(exercise, id)).collect(),
            required: incidents.map(|id| required(exercise, id)).collect(),
            in_plan: std::array::from_fn(|i| timing::in_plan(exercise, Phase::ALL[i])),
            escalates_to: escalates_to(exercise),
            clusters: board::clusters(exercise),
            asked: asked(exercise),
            measures: Measure::ALL.iter().map(taken).collect(),
        }
    }

    /// Whether a task of the plan takes one of these measures.
    pub(super) fn takes_any(&self, measures: &[Measure]) -> bool {
        measures
            .iter()
            .any(|measure| self.measures[measure.index()])
    }

    /// What an expectation asks of the plan.
    pub(super) fn expected(&self, id: ExpectationId) -> &Expected {
        &self.expectations[id.index()]
    }
}

impl Expected {
    fn of(exercise: &Exercise, id: ExpectationId) -> Self {
        let scenario = exercise.scenario();
        let expectation = &scenario.expectations[id.index()];
        let (wanted, act) = (expectation.asks.done(), expectation.asks.act());
        let tasks = wanted.map_or_else(Vec::new, |act| tasks_for(exercise, act));
        let does = |task: &TaskId| {
            let mut acts = exercise.task(*task).does.iter();
            wanted.is_some_and(|act| acts.any(|of| is_alike(of, act)))
        };
        let critical = |of: &Objective| of.critical.contains(&id);
        let selector = act.and_then(selector);
        let all = exercise.organisation().assets.iter().enumerate();
        let described = all.filter(|(i, asset)| {
            let id = AssetId::new(*i);
            let selected = selector.is_some_and(|of| is_described(asset, id, of));
            selected && act.is_some_and(|act| holds(asset, act))
        });
        Self {
            of: exercise.roles(expectation.of).to_vec(),
            also: also(exercise, expectation.of),
            assets: described.map(|(i, _)| AssetId::new(i)).collect(),
            by_state: selector.is_some_and(speaks_of_state),
            phase: act.map_or(Phase::Response, |act| phase_of(exercise, act)),
            first_alike: first_alike(scenario, id),
            critical: scenario.objectives.iter().any(critical),
            has_no_task: wanted.is_some() && !tasks.iter().any(does),
            tasks,
        }
    }
}

/// The first expectation that asks for the very same act in the same incident. What people see is never the same.
fn first_alike(scenario: &Scenario, id: ExpectationId) -> ExpectationId {
    let one = &scenario.expectations[id.index()];
    let alike = |of: &Expectation| {
        of.asks.act().is_some() && of.asks == one.asks && of.incident == one.incident
    };
    let first = scenario.expectations.iter().position(alike);
    first.map_or(id, ExpectationId::new)
}

/// The roles to which a plan escalates.
fn escalates_to(exercise: &Exercise) -> Vec<RoleId> {
    let to = exercise.plan().escalation.to.iter();
    to.flat_map(|to| exercise.roles(*to)).copied().collect()
}

/// The people who have a function beside the roles that they hold; sorted.
fn also(exercise: &Exercise, of: Addressee) -> Vec<PersonId> {
    let Addressee::Function(function) = of else {
        return Vec::new();
    };
    let people = exercise.organisation().people.iter().enumerate();
    let with = people.filter(|(_, person)| person.also.binary_search(&function).is_ok());
    with.map(|(i, _)| PersonId::new(i)).collect()
}

/// What the conditions of a plan's tasks and stages and of a scenario's objectives and expectations ask for.
fn asked(exercise: &Exercise) -> Topics {
    let tasks = exercise.plan().tasks.iter().flat_map(|task| &task.when);
    let objectives = exercise.scenario().objectives.iter();
    let harms = objectives.clone().flat_map(|objective| &objective.harm);
    let successes = objectives.flat_map(|objective| &objective.success);
    let stages = exercise.plan().lifecycle.iter();
    let own = stages.flat_map(|stage| stage.entry.iter().chain(&stage.exit));
    let expected = exercise.scenario().expectations.iter();
    let untils = expected.filter_map(|of| match &of.asks {
        Asks::Refrains(_, until) => until.as_ref(),
        Asks::Does(_) | Asks::Observed => None,
    });
    let topics = tasks
        .chain(untils)
        .chain(harms)
        .chain(successes)
        .chain(own)
        .map(Topics::of_condition);
    topics.fold(Topics::NONE, Topics::and)
}

/// The tasks that may be required for an incident, in order.
fn required(exercise: &Exercise, incident: IncidentId) -> Vec<TaskId> {
    let tasks = (0..exercise.plan().tasks.len()).map(TaskId::new);
    tasks
        .filter(|task| may_be_required(exercise, incident, exercise.task(*task)))
        .collect()
}
