//! The lifecycle: what the phases of incidents go by and what is the same in all runs.

use crate::exercise::{
    Condition, Each, Effect, Exercise, IncidentId, Limit, Object, ObligationId, Phase, Step,
    StepId, Task, TaskId,
};

/// What of an exercise the phases of its incidents go by, found once for all runs.
#[derive(Debug, Default)]
pub(crate) struct Lifecycle {
    /// By phase: which criterion of the yardstick says when it is reached, and which when it is complete.
    own: [[Option<usize>; 2]; Phase::ALL.len()],
    /// The phases of which a criterion says either.
    owned: Vec<Phase>,
    /// By phase: the tasks that all have to be done for the team to take it as complete.
    tasks: [Vec<TaskId>; Phase::ALL.len()],
    /// The obligations whose clocks keep Closure open while they run.
    kept_open_by: Vec<ObligationId>,
    /// By incident: what its attack consists of.
    attacks: Vec<Steps>,
}

/// The steps of an incident's attack, by what they do.
#[derive(Debug, Clone, Default)]
struct Steps {
    /// Those that affect assets.
    affecting: Vec<StepId>,
    /// Those that gain a foothold.
    entering: Vec<StepId>,
    /// Those that use or take credentials.
    exposing: Vec<StepId>,
}

impl Lifecycle {
    /// What the phases of an exercise go by.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let mut lifecycle = Self {
            attacks: vec![Steps::default(); exercise.scenario().incidents.len()],
            ..Self::default()
        };
        for (i, criterion) in exercise.yardstick().criteria.iter().enumerate() {
            let [entry, exit] = &mut lifecycle.own[criterion.phase.index()];
            if criterion.entry.is_some() {
                entry.get_or_insert(i);
            }
            if criterion.exit.is_some() {
                *exit = Some(i);
            }
        }
        let owned = |phase: &&Phase| lifecycle.own[phase.index()].iter().any(Option::is_some);
        lifecycle.owned = Phase::ALL.iter().filter(owned).copied().collect();
        for (i, task) in exercise.plan().tasks.iter().enumerate() {
            let whole = match task.each {
                Each::Incident => true,
                Each::Asset => task.acts_on_assets(),
                Each::Alert | Each::Message => false,
            };
            if !task.optional && whole {
                lifecycle.tasks[task.phase.index()].push(TaskId::new(i));
            }
        }
        let obligations = (0..exercise.plan().obligations.len()).map(ObligationId::new);
        lifecycle
            .kept_open_by
            .extend(obligations.filter(|of| keeps_open(exercise, *of)));
        for (i, step) in exercise.scenario().steps.iter().enumerate() {
            lifecycle.attacks[step.incident.index()].add(StepId::new(i), step);
        }
        lifecycle
    }

    /// The yardstick's criterion for reaching a phase, or for completing it, if it sets one.
    pub(super) fn own<'a>(
        &self,
        exercise: &'a Exercise,
        phase: Phase,
        entry: bool,
    ) -> Option<&'a Condition> {
        let [reached, complete] = self.own[phase.index()];
        let stage = |place: usize| &exercise.yardstick().criteria[place];
        if entry {
            reached.and_then(|place| stage(place).entry.as_ref())
        } else {
            complete.and_then(|place| stage(place).exit.as_ref())
        }
    }

    /// The phases for which the yardstick sets a criterion of its own.
    pub(super) fn owned(&self) -> &[Phase] {
        &self.owned
    }

    /// Whether the yardstick sets a criterion of its own.
    pub(super) fn sets_own(&self, phase: Phase, entry: bool) -> bool {
        self.own[phase.index()][usize::from(!entry)].is_some()
    }

    /// The tasks that all have to be done for the team to take a phase as complete.
    pub(crate) fn tasks(&self, phase: Phase) -> &[TaskId] {
        &self.tasks[phase.index()]
    }

    /// The obligations whose clocks keep Closure open while they run.
    pub(super) fn kept_open_by(&self) -> &[ObligationId] {
        &self.kept_open_by
    }

    /// The steps of an incident's attack that affect assets.
    pub(super) fn affecting(&self, incident: IncidentId) -> &[StepId] {
        &self.attacks[incident.index()].affecting
    }

    /// The steps of an incident's attack that gain a foothold.
    pub(super) fn entering(&self, incident: IncidentId) -> &[StepId] {
        &self.attacks[incident.index()].entering
    }

    /// The steps of an incident's attack that use or take credentials (ATT&CK: valid accounts, brute
    /// force, and credential access).
    pub(super) fn exposing(&self, incident: IncidentId) -> &[StepId] {
        &self.attacks[incident.index()].exposing
    }
}

impl Steps {
    fn add(&mut self, id: StepId, step: &Step) {
        const TECHNIQUES: [&str; 9] = [
            "T1078", "T1110", "T1003", "T1552", "T1555", "T1556", "T1528", "T1539", "T1557",
        ];
        if crate::knowledge::affects(crate::knowledge::state_after(step.effect)) {
            self.affecting.push(id);
        }
        if step.effect == Effect::Compromise {
            self.entering.push(id);
        }
        if TECHNIQUES.iter().any(|t| step.technique.starts_with(t)) {
            self.exposing.push(id);
        }
    }
}

/// Whether Closure waits for the clock of an obligation. One of a month is handed on to an owner; it keeps
/// nobody from closing.
fn keeps_open(exercise: &Exercise, obligation: ObligationId) -> bool {
    let limit = exercise.obligation(obligation).within;
    let long = matches!(limit, Limit::Months(_));
    let can_be_met = meets(exercise, obligation);
    !long && can_be_met
}

/// Whether some task of the plan meets an obligation.
fn meets(exercise: &Exercise, obligation: ObligationId) -> bool {
    let to = exercise.obligation(obligation).to;
    let tells = |task: &Task| {
        let mut objects = task.does.iter().map(|act| &act.on);
        task.notifies_for == Some(obligation)
            || objects.any(|on| matches!(on, Object::Stakeholder(kind) if *kind == to))
    };
    let own = exercise.obligation(obligation).task.is_some();
    own || exercise.plan().tasks.iter().any(tells)
}
