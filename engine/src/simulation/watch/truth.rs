//! Who looks at what in truth.

use super::by_kind::ByKind;
use crate::exercise::{
    AssetState, Condition, Exercise, Fact, IncidentId, Knowable, Measure, Selector, StepId, Trigger,
};
use crate::simulation::out::{Changed, Echo};
use crate::simulation::set::Set;

/// What the conditions of an exercise look at in truth.
#[derive(Debug, Default)]
pub(crate) struct Truths {
    /// Who looks at what: steps, then injects, then the phases of each incident, then the end of the exercise,
    /// then obligations, each for every incident.
    pub(super) lookers: Lookers,
    /// The place of the end of the exercise among them.
    pub(super) end: usize,
    /// The place of the first obligation.
    pub(super) obligations: usize,
    /// The kinds of facts that change when somebody reads a message.
    pub(crate) by_reading: Changed,
}

impl Truths {
    /// What the conditions of an exercise look at.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let scenario = exercise.scenario();
        let (steps, injects) = (scenario.steps.len(), scenario.injects.len());
        let incidents = scenario.incidents.len();
        let end = steps + injects + incidents;
        let obligations = end + 1;
        let len = obligations + exercise.plan().obligations.len() * incidents;
        let mut lookers = Lookers::none(exercise, len);
        lookers.add_scenario(exercise);
        lookers.add_lifecycle(exercise);
        lookers.add(&scenario.ends, end, scenario.main);
        lookers.add_coming(exercise, end);
        let mut by_reading = Changed::KNOWLEDGE;
        if !lookers.of_reading.is_empty() {
            by_reading = by_reading.and(Changed::STORY);
        }
        lookers.add_obligations(exercise, obligations);
        Self {
            lookers,
            end,
            obligations,
            by_reading,
        }
    }
}

/// Who looks at what, each by a number.
#[derive(Debug, Default)]
pub(super) struct Lookers {
    /// How many there are.
    len: usize,
    /// By incident: the steps that take assets down.
    taking_down: Vec<Vec<StepId>>,
    /// By step: who looks at whether it took effect.
    of_step: Vec<Vec<usize>>,
    /// By task: who looks at whether it was done.
    of_task: Vec<Vec<usize>>,
    /// By decision: who looks at what was decided.
    of_decision: Vec<Vec<usize>>,
    /// By inject: who looks at whether it was delivered.
    of_inject: Vec<Vec<usize>>,
    /// By measure: who looks at whether it is in effect.
    of_measure: Vec<Vec<usize>>,
    /// Who looks at what was read.
    of_reading: Vec<usize>,
    /// By incident: who looks at its marks and its scope.
    of_marks: Vec<Vec<usize>>,
    /// By incident: who looks at its phases.
    of_phases: Vec<Vec<usize>>,
    /// Who looks at facts of other kinds, by kind.
    of_kind: ByKind,
}

impl Lookers {
    fn none(exercise: &Exercise, len: usize) -> Self {
        let (plan, scenario) = (exercise.plan(), exercise.scenario());
        let mut taking_down = vec![Vec::new(); scenario.incidents.len()];
        for (i, step) in scenario.steps.iter().enumerate() {
            if step.effect.row().takes_down {
                taking_down[step.incident.index()].push(StepId::new(i));
            }
        }
        Self {
            len,
            taking_down,
            of_step: vec![Vec::new(); scenario.steps.len()],
            of_task: vec![Vec::new(); exercise.task_count()],
            of_decision: vec![Vec::new(); plan.decisions.len()],
            of_inject: vec![Vec::new(); scenario.injects.len()],
            of_measure: vec![Vec::new(); Measure::ALL.len()],
            of_reading: Vec::new(),
            of_marks: vec![Vec::new(); scenario.incidents.len()],
            of_phases: vec![Vec::new(); scenario.incidents.len()],
            of_kind: ByKind::default(),
        }
    }

    /// What the steps and the injects of the scenario wait for.
    fn add_scenario(&mut self, exercise: &Exercise) {
        let scenario = exercise.scenario();
        let (steps, injects) = (scenario.steps.len(), scenario.injects.len());
        for (i, step) in scenario.steps.iter().enumerate() {
            let phases = steps + injects + step.incident.index();
            for condition in step.when.iter().chain(&step.unless) {
                self.add(condition, i, step.incident);
                // What a step waits for says whether the attack can still do harm.
                self.add(condition, phases, step.incident);
            }
        }
        for (i, inject) in scenario.injects.iter().enumerate() {
            if let Some(when) = &inject.when {
                self.add(when, steps + i, inject.incident);
            }
        }
    }

    /// What says whether an inject is still to come, where that holds the end of the exercise open.
    fn add_coming(&mut self, exercise: &Exercise, end: usize) {
        let scenario = exercise.scenario();
        if !scenario.awaits_injects {
            return;
        }
        self.at_kinds(Changed::STORY.and(Changed::TIME), end);
        for inject in &scenario.injects {
            for condition in inject.when.iter().chain(&inject.unless) {
                self.add(condition, end, inject.incident);
            }
        }
    }

    /// The plan's own criteria for phases.
    fn add_lifecycle(&mut self, exercise: &Exercise) {
        let scenario = exercise.scenario();
        let phases = scenario.steps.len() + scenario.injects.len();
        let stages = exercise.yardstick().criteria.iter();
        for condition in stages.flat_map(|stage| stage.entry.iter().chain(&stage.exit)) {
            for incident in 0..scenario.incidents.len() {
                self.add(condition, phases + incident, IncidentId::new(incident));
            }
        }
    }

    /// What starts the clocks of obligations, which are numbered from one on.
    fn add_obligations(&mut self, exercise: &Exercise, first: usize) {
        let incidents = exercise.scenario().incidents.len();
        for (o, obligation) in exercise.plan().obligations.iter().enumerate() {
            let Trigger::Aware { what, .. } = &obligation.from else {
                continue;
            };
            for incident in 0..incidents {
                let looker = first + o * incidents + incident;
                self.add(what, looker, IncidentId::new(incident));
                // Truth calls for nothing before it can be observed.
                self.of_marks[incident].push(looker);
            }
        }
    }

    /// A condition at which somebody looks, for an incident.
    fn add(&mut self, condition: &Condition, looker: usize, of: IncidentId) {
        condition.each_fact(&mut |fact| match fact {
            Fact::AlertRaised => self.of_marks[of.index()].push(looker),
            Fact::MessageRead(_) => self.of_reading.push(looker),
            Fact::Done(task) => self.of_task[task.index()].push(looker),
            Fact::Decided(decision, _) => self.of_decision[decision.index()].push(looker),
            Fact::InjectDelivered(inject) => self.of_inject[inject.index()].push(looker),
            Fact::Notified(_) => self.at_kinds(Changed::STORY, looker),
            Fact::Taken(measure, selector) => {
                self.of_measure[measure.index()].push(looker);
                // What was done in a phase that is open again may no longer stand.
                self.of_phases[of.index()].push(looker);
                if goes_by_states(selector) {
                    self.at_kinds(Changed::WORLD.and(Changed::TIME), looker);
                }
            }
            Fact::Reached(step) => self.of_step[step.index()].push(looker),
            Fact::InState(..) | Fact::RecordsExposed(_) | Fact::MoneyLost(_) => {
                self.at_kinds(kinds_of(fact), looker);
            }
            Fact::SeverityAtLeast(_) => {}
            Fact::PhaseReached(_) | Fact::PhaseCompleted(_) => {
                self.of_phases[of.index()].push(looker);
            }
            Fact::Known(knowable) => self.knowable(*knowable, looker, of),
            Fact::Elapsed(_) | Fact::Since(..) => self.at_kinds(Changed::TIME, looker),
        });
    }

    fn knowable(&mut self, knowable: Knowable, looker: usize, of: IncidentId) {
        match knowable {
            Knowable::Alerted(_) | Knowable::Declared(_) | Knowable::Scope(_) => {
                self.of_marks[of.index()].push(looker);
            }
            Knowable::Real(_) => {}
            // Data about persons is affected once a step makes it unavailable, too.
            Knowable::PersonalData(_) => {
                for step in &self.taking_down[of.index()] {
                    self.of_step[step.index()].push(looker);
                }
            }
            Knowable::Cause(_) => self.of_measure[Measure::FindCause.index()].push(looker),
            Knowable::Step(step) => self.of_step[step.index()].push(looker),
            Knowable::Asset(..) => self.at_kinds(Changed::WORLD.and(Changed::TIME), looker),
        }
    }

    fn at_kinds(&mut self, kinds: Changed, looker: usize) {
        self.of_kind.insert(kinds, looker, self.len);
    }

    /// Adds to a set who looks at facts of some kinds.
    pub(super) fn add_kinds(&self, kinds: Changed, to: &mut Set) {
        if kinds == Changed::ALL {
            to.fill(self.len);
            return;
        }
        for set in self.of_kind.of(kinds) {
            to.add(set);
        }
    }

    /// Adds to a set who looks at what an event changed.
    pub(super) fn add_event(&self, echo: Echo, to: &mut Set) {
        let lookers: &[usize] = match echo {
            Echo::StepTookEffect { step, .. } => &self.of_step[step.index()],
            Echo::TaskEnded { instance, .. } => &self.of_task[instance.task.index()],
            Echo::Decided { choice, .. } => &self.of_decision[choice.decision.index()],
            Echo::InjectDelivered { inject } => &self.of_inject[inject.index()],
            Echo::MeasureTaken { measure, .. } | Echo::MeasureLifted { measure } => {
                &self.of_measure[measure.index()]
            }
            Echo::EvidencePreserved { .. } => &self.of_measure[Measure::Preserve.index()],
            Echo::StakeholderNotified { .. } => &self.of_measure[Measure::Notify.index()],
            Echo::MessageRead { .. } => &self.of_reading,
            Echo::MarkReached { incident, .. } | Echo::ScopeStated { incident } => {
                &self.of_marks[incident.index()]
            }
            Echo::PhaseReached { incident }
            | Echo::PhaseCompleted { incident }
            | Echo::PhaseReopened { incident } => &self.of_phases[incident.index()],
            _ => return,
        };
        for looker in lookers {
            to.insert(*looker);
        }
    }
}

/// Whether what a selector chooses depends on the states of assets.
fn goes_by_states(selector: &Selector) -> bool {
    match selector {
        Selector::InState(_) | Selector::Affected => true,
        Selector::Both(all) => all.iter().any(goes_by_states),
        Selector::Everything
        | Selector::Kind(_)
        | Selector::Asset(_)
        | Selector::Holding(_)
        | Selector::Valued(..) => false,
    }
}

/// The kinds of facts to which a fact belongs. What time alone changes is changed by a timer.
fn kinds_of(fact: &Fact) -> Changed {
    match fact {
        Fact::AlertRaised | Fact::PhaseReached(_) | Fact::PhaseCompleted(_) => Changed::INCIDENT,
        Fact::Done(_) => Changed::WORK,
        Fact::MessageRead(_) | Fact::Decided(..) | Fact::Notified(_) | Fact::InjectDelivered(_) => {
            Changed::STORY
        }
        Fact::Taken(..) => Changed::WORLD
            .and(Changed::INCIDENT)
            .and(Changed::STORY)
            .and(Changed::TIME),
        Fact::InState(selector, state) if *state != AssetState::PastRto && !selector.ages() => {
            Changed::WORLD
        }
        Fact::Reached(_) | Fact::RecordsExposed(_) | Fact::MoneyLost(_) => Changed::WORLD,
        Fact::Known(_) => Changed::WORLD.and(Changed::INCIDENT).and(Changed::TIME),
        Fact::SeverityAtLeast(_) => Changed::default(),
        Fact::InState(..) => Changed::WORLD.and(Changed::TIME),
        Fact::Elapsed(_) | Fact::Since(..) => Changed::TIME,
    }
}
