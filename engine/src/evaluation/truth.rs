//! What was true at an instant, rebuilt from the record for the scenario's conditions.

mod held;
mod topic;

use super::facts::Facts;
use crate::exercise::{
    AssetId, AssetState, Condition, DecisionId, Exercise, ExerciseTime, Fact, IncidentId, Knowable,
    Mark, Measure, MessageId, OptionId, Selector, Sender, Severity, StakeholderKind, StepId,
};
use crate::knowledge::affects;
use crate::leak::Leak;
use crate::record::{Entry, Event, Origin};
pub(super) use held::{ended_by_itself, first_held, first_held_from, held_at};
use std::collections::BTreeSet;
pub(super) use topic::Topics;

/// An entry by which the truth may turn: something that conditions ask for changes, or time passes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn<'a> {
    entry: &'a Entry,
    changes: Topics,
}

/// Finds the turns among entries, one after another.
#[derive(Debug)]
pub(super) struct Turning {
    /// What conditions ask for.
    asked: Topics,
    /// The time so far, where they ask for it.
    latest: Option<ExerciseTime>,
    /// Whether anything changed yet.
    begun: bool,
}

impl Turning {
    /// Before the first entry, for conditions that ask for this.
    pub(super) const fn new(asked: Topics) -> Self {
        Self {
            asked,
            latest: None,
            begun: false,
        }
    }

    /// The turn that an entry is, if it is one: something changes that is asked for. What held from the
    /// first does so at the first change of any kind.
    pub(super) fn turn<'a>(&mut self, entry: &'a Entry, changes: Topics) -> Option<Turn<'a>> {
        let timed = self.asked.meet(Topics::TIME);
        let later = timed && self.latest.is_none_or(|latest| entry.at > latest);
        if later {
            self.latest = Some(entry.at);
        }
        let first = !self.begun && changes != Topics::NONE;
        self.begun |= first;
        (later || first || changes.meet(self.asked)).then_some(Turn { entry, changes })
    }
}

/// The states that an asset is in.
#[derive(Debug, Clone, Copy, Default)]
struct AssetTruth {
    /// Every one.
    states: States,
    /// Those that the incident brought about.
    of_incident: States,
    /// Since when it is out of service.
    down_since: Option<ExerciseTime>,
}

/// A set of states.
#[derive(Debug, Clone, Copy, Default)]
struct States(u16);

impl States {
    const fn has(self, state: AssetState) -> bool {
        self.0 & (1 << state as u16) != 0
    }

    const fn set(&mut self, state: AssetState, on: bool) {
        if on {
            self.0 |= 1 << state as u16;
        } else {
            self.0 &= !(1 << state as u16);
        }
    }
}

/// The truth so far.
#[derive(Debug)]
pub(super) struct Truth<'a> {
    exercise: &'a Exercise,
    incident: IncidentId,
    now: ExerciseTime,
    assets: Vec<AssetTruth>,
    /// The states in which any asset is, or has been.
    seen: States,
    in_effect: BTreeSet<(Measure, Option<AssetId>)>,
    /// By step: whether it took effect.
    steps: Vec<bool>,
    /// By asset: the records that the incident took or laid open.
    leaks: Vec<Leak>,
    /// Whether the incident made data about persons unavailable.
    unavailable: bool,
    money: i64,
    notified: BTreeSet<StakeholderKind>,
    /// By inject: whether it was delivered.
    injects: Vec<bool>,
    chosen: BTreeSet<(DecisionId, OptionId)>,
    /// By task: whether it was claimed done.
    tasks: Vec<bool>,
    marks: [Option<ExerciseTime>; 5],
    reached: [bool; 6],
    completed: [bool; 6],
    alerted: bool,
    senders: BTreeSet<Sender>,
}

impl<'a> Truth<'a> {
    /// Before anything happened, as an incident's conditions see it.
    pub(super) fn new(exercise: &'a Exercise, incident: IncidentId) -> Self {
        let scenario = exercise.scenario();
        let mut marks = [None; 5];
        marks[Mark::Onset.index()] = Some(exercise.parts().onset);
        Self {
            exercise,
            incident,
            now: exercise.parts().onset,
            assets: vec![AssetTruth::default(); exercise.organisation().assets.len()],
            seen: States::default(),
            in_effect: BTreeSet::new(),
            steps: vec![false; scenario.steps.len()],
            leaks: vec![Leak::default(); exercise.organisation().assets.len()],
            unavailable: false,
            money: 0,
            notified: BTreeSet::new(),
            injects: vec![false; scenario.injects.len()],
            chosen: BTreeSet::new(),
            tasks: vec![false; exercise.task_count()],
            marks,
            reached: [false; 6],
            completed: [false; 6],
            alerted: false,
            senders: BTreeSet::new(),
        }
    }

    /// Lets time pass, with nothing happening.
    pub(super) fn pass(&mut self, to: ExerciseTime) {
        self.now = self.now.max(to);
    }

    /// Lets an entry happen.
    pub(super) fn apply(&mut self, facts: &Facts<'_>, entry: &Entry) {
        self.pass(entry.at);
        match &entry.event {
            Event::AssetChanged {
                asset,
                incident,
                state,
                on,
            } => self.change(*asset, *incident, *state, *on),
            Event::StepTookEffect {
                step,
                asset,
                records,
                money,
            } => {
                self.steps[step.index()] = true;
                self.leak(*step, *asset, *records);
                self.money += money.0;
            }
            Event::MoneyReturned { money } => self.money -= money.0,
            Event::MeasureTaken {
                measure,
                asset,
                effect: true,
                ..
            } => {
                self.in_effect.insert((*measure, *asset));
            }
            Event::MeasureLifted { measure, asset } => {
                self.in_effect.remove(&(*measure, Some(*asset)));
            }
            Event::MessageSent { message, .. } => self.send(facts, *message),
            _ => self.apply_story(entry),
        }
    }

    fn apply_story(&mut self, entry: &Entry) {
        match &entry.event {
            Event::StakeholderNotified { stakeholder, .. } => {
                self.notified.insert(*stakeholder);
            }
            Event::InjectDelivered { inject } => {
                self.injects[inject.index()] = true;
                self.senders.extend(self.exercise.inject(*inject).sender);
            }
            Event::Decided { choice, .. } => {
                self.chosen.insert((choice.decision, choice.option));
            }
            Event::TaskEnded { instance, outcome } if outcome.claims_done() => {
                self.tasks[instance.task.index()] = true;
            }
            Event::MarkReached { incident, mark } if *incident == self.incident => {
                self.marks[mark.index()] = Some(entry.at);
            }
            Event::PhaseReached { incident, phase } if *incident == self.incident => {
                self.reached[phase.index()] = true;
            }
            Event::PhaseCompleted { incident, phase } if *incident == self.incident => {
                self.completed[phase.index()] = true;
            }
            Event::PhaseReopened { incident, phase } if *incident == self.incident => {
                self.completed[phase.index()] = false;
            }
            _ => {}
        }
    }

    fn change(
        &mut self,
        asset: AssetId,
        incident: Option<IncidentId>,
        state: AssetState,
        on: bool,
    ) {
        let of = &mut self.assets[asset.index()];
        if on && !of.states.has(state) {
            of.states.set(state, true);
            self.seen.set(state, true);
            of.of_incident
                .set(state, affects(state) && incident == Some(self.incident));
            if state == AssetState::OutOfService {
                of.down_since = Some(self.now);
            }
        } else if !on {
            of.states.set(state, false);
            of.of_incident.set(state, false);
            if state == AssetState::OutOfService {
                of.down_since = None;
            }
        }
    }

    /// A step took records of an asset, or laid them open, or made them unavailable.
    fn leak(&mut self, step: StepId, asset: AssetId, records: u64) {
        let of = self.exercise.step(step);
        if of.incident == self.incident {
            let holds = self.exercise.asset(asset).holds;
            self.leaks[asset.index()].add(of.effect, records, holds);
            self.unavailable |= of.effect.row().takes_down && self.exercise.bears_persons(asset);
        }
    }

    fn records(&self) -> u64 {
        self.leaks.iter().map(|leak| leak.records()).sum()
    }

    fn send(&mut self, facts: &Facts<'_>, message: MessageId) {
        let Some(letter) = facts.letters.get(message) else {
            return;
        };
        self.alerted = self.alerted || letter.reveals_of(self.exercise, self.incident);
        if let Some(Origin::Signal { source, .. } | Origin::FalseAlarm { source, .. }) =
            letter.origin()
        {
            let kind = self.exercise.organisation().sources[source.index()].kind;
            self.senders.insert(Sender::Source(kind));
        }
    }

    /// Whether a condition of the scenario holds.
    pub(super) fn holds(&self, condition: &Condition) -> bool {
        condition.holds(&mut |fact| self.is(fact))
    }

    /// Whether a condition of the plan holds or would, if the team did its part: what the team has to
    /// do first is taken as done, so that a task is not excused by an earlier one that was missed.
    pub(super) fn would_hold(&self, condition: &Condition) -> bool {
        self.may_hold(condition, true)
    }

    /// Whether a condition holds by what the attack and time brought about alone. What the team does, and
    /// an end of a state, which only the team brings, count as not done.
    fn came_by_itself(&self, condition: &Condition, wanted: bool) -> bool {
        match condition {
            Condition::All(of) => of.iter().all(|one| self.came_by_itself(one, wanted)),
            Condition::Any(of) => of.iter().any(|one| self.came_by_itself(one, wanted)),
            Condition::Not(of) => !self.came_by_itself(of, !wanted),
            Condition::Is(fact) if wanted => !is_act_of_team(fact) && self.is(fact),
            Condition::Is(fact) => matches!(fact, Fact::InState(..)) || self.is(fact),
        }
    }

    fn may_hold(&self, condition: &Condition, wanted: bool) -> bool {
        match condition {
            Condition::All(of) => of.iter().all(|one| self.may_hold(one, wanted)),
            Condition::Any(of) => of.iter().any(|one| self.may_hold(one, wanted)),
            Condition::Not(of) => !self.may_hold(of, !wanted),
            Condition::Is(fact) => (wanted && is_act_of_team(fact)) || self.is(fact),
        }
    }

    fn is(&self, fact: &Fact) -> bool {
        match fact {
            Fact::AlertRaised => self.alerted,
            Fact::MessageRead(sender) => self.senders.contains(sender),
            Fact::Done(task) => self.tasks[task.index()],
            Fact::Decided(decision, option) => self.chosen.contains(&(*decision, *option)),
            Fact::Taken(measure, selector) => self.is_taken(*measure, selector),
            Fact::Reached(step) => self.steps[step.index()],
            Fact::InState(selector, state) => self.any_in_state(selector, *state),
            Fact::SeverityAtLeast(least) => self.severity() >= *least,
            Fact::PhaseReached(phase) => self.reached[phase.index()],
            Fact::PhaseCompleted(phase) => self.completed[phase.index()],
            Fact::Known(knowable) => self.is_true(*knowable),
            Fact::RecordsExposed(least) => self.records() >= *least,
            Fact::MoneyLost(least) => self.money >= least.0,
            Fact::Notified(stakeholder) => self.notified.contains(stakeholder),
            Fact::InjectDelivered(inject) => self.injects[inject.index()],
            Fact::Elapsed(span) => self.now.0 >= span.0,
            Fact::Since(mark, span) => {
                self.marks[mark.index()].is_some_and(|since| self.now - since >= *span)
            }
        }
    }

    fn severity(&self) -> Severity {
        self.exercise.scenario().incidents[self.incident.index()].severity
    }

    fn is_true(&self, knowable: Knowable) -> bool {
        let truth = &self.exercise.scenario().incidents[self.incident.index()];
        match knowable {
            Knowable::Alerted(_) => self.alerted,
            Knowable::Real(_) => truth.real,
            Knowable::Declared(_) => self.marks[Mark::Declared.index()].is_some(),
            Knowable::PersonalData(_) => truth.personal_data || self.unavailable,
            Knowable::Scope(_) | Knowable::Cause(_) => true,
            Knowable::Step(step) => self.steps[step.index()],
            Knowable::Asset(_, asset, state) => self.in_state(asset, state),
        }
    }

    fn is_taken(&self, measure: Measure, selector: &Selector) -> bool {
        self.in_effect
            .iter()
            .any(|(taken, asset)| match (*taken == measure, asset) {
                (false, _) => false,
                (true, None) => true,
                (true, Some(asset)) => self.selects(selector, *asset),
            })
    }

    fn any_in_state(&self, selector: &Selector, state: AssetState) -> bool {
        let past_rto = state == AssetState::PastRto && self.seen.has(AssetState::OutOfService);
        let mut assets = (0..self.assets.len()).map(AssetId::new);
        (past_rto || self.seen.has(state))
            && assets.any(|asset| self.in_state(asset, state) && self.selects(selector, asset))
    }

    fn in_state(&self, asset: AssetId, state: AssetState) -> bool {
        let of = self.assets[asset.index()];
        if of.states.has(state) {
            return true;
        }
        let rto = self.exercise.asset(asset).rto;
        state == AssetState::PastRto
            && of
                .down_since
                .zip(rto)
                .is_some_and(|(since, rto)| self.now - since > rto)
    }

    fn selects(&self, selector: &Selector, asset: AssetId) -> bool {
        let described = self.exercise.asset(asset);
        match selector {
            Selector::Everything => true,
            Selector::Kind(kind) => described.kind == *kind,
            Selector::Asset(named) => *named == asset,
            Selector::Holding(data) => described.holds(*data),
            Selector::Valued(dimension, least) => described.value(*dimension) >= *least,
            Selector::InState(state) => self.in_state(asset, *state),
            Selector::Affected => self.is_affected(asset),
            Selector::Both(all) => all.iter().all(|one| self.selects(one, asset)),
        }
    }

    fn is_affected(&self, asset: AssetId) -> bool {
        self.assets[asset.index()].of_incident.0 != 0
    }
}

/// Whether a fact is something that the team brings about.
const fn is_act_of_team(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Done(_)
            | Fact::Taken(..)
            | Fact::PhaseReached(_)
            | Fact::PhaseCompleted(_)
            | Fact::Notified(_)
    )
}
