//! The story: which injects came, which decisions are open, who was told, what was excused.

use super::Stamp;
use crate::exercise::{
    DecisionId, Exercise, ExerciseTime, ExpectationId, IncidentId, InjectId, OptionId,
    StakeholderKind,
};
use crate::record::{Entry, Event, HumanAct, SkipReason};

/// Injects, decisions, and who was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    injects: Vec<Inject>,
    decisions: Vec<Decision>,
    excused: Vec<Option<Stamp>>,
    /// Each time that a stakeholder was told.
    told: Vec<(Stamp, StakeholderKind)>,
}

/// How an inject stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InjectState {
    /// It is still to come: by its time, or once its condition holds.
    #[default]
    ToCome,
    /// The facilitator holds it back.
    HeldBack,
    /// It came.
    Delivered,
    /// It was left out, for this reason.
    Skipped(SkipReason),
}

/// How an inject stands, and what it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inject {
    /// How it stands.
    pub state: InjectState,
    /// When it first came.
    pub first: Option<Stamp>,
    /// When it last came.
    pub last: Option<Stamp>,
    /// How often it came.
    pub times: u32,
    /// The text that the facilitator put in place of the scenario's, for the next time that it comes.
    pub text: Option<String>,
}

/// How a decision stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Decision {
    /// It has not come up.
    #[default]
    Closed,
    /// It came up for an incident.
    Open(Stamp, IncidentId),
    /// It was taken.
    Taken(Stamp, OptionId),
}

impl Story {
    /// Nothing came yet.
    pub fn new(exercise: &Exercise) -> Self {
        let scenario = exercise.scenario();
        Self {
            injects: vec![Inject::default(); scenario.injects.len()],
            decisions: vec![Decision::Closed; exercise.plan().decisions.len()],
            excused: vec![None; scenario.expectations.len()],
            told: Vec::new(),
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let now = Stamp::of(entry);
        match &entry.event {
            Event::InjectDelivered { inject } => self.note(*inject, |of| {
                of.state = InjectState::Delivered;
                of.first = of.first.or(Some(now));
                of.last = Some(now);
                of.times = of.times.saturating_add(1);
            }),
            Event::InjectReworded { inject, text } => {
                self.note(*inject, |of| of.text = Some(text.clone()));
            }
            Event::InjectSkipped { inject, reason } => {
                self.note(*inject, |of| of.state = InjectState::Skipped(*reason));
            }
            Event::ExpectationExcused { expectation, .. } => {
                if let Some(excused) = self.excused.get_mut(expectation.index()) {
                    excused.get_or_insert(now);
                }
            }
            Event::DecisionOpened { decision, incident } => {
                self.decide(*decision, Decision::Open(now, *incident));
            }
            Event::Decided { choice, .. } => {
                self.decide(choice.decision, Decision::Taken(now, choice.option));
            }
            Event::StakeholderNotified { stakeholder, .. } => self.told.push((now, *stakeholder)),
            Event::ActionTaken { act } => self.act(act),
            _ => {}
        }
    }

    fn act(&mut self, act: &HumanAct) {
        match act {
            HumanAct::Hold { inject } => {
                self.note(*inject, |of| of.state = InjectState::HeldBack);
            }
            HumanAct::Edit { inject, text } => {
                self.note(*inject, |of| of.text = Some(text.clone()));
            }
            _ => {}
        }
    }

    fn note(&mut self, inject: InjectId, change: impl FnOnce(&mut Inject)) {
        if let Some(inject) = self.injects.get_mut(inject.index()) {
            change(inject);
        }
    }

    fn decide(&mut self, decision: DecisionId, how: Decision) {
        if let Some(decision) = self.decisions.get_mut(decision.index()) {
            *decision = how;
        }
    }

    /// How an inject stands.
    pub fn inject(&self, inject: InjectId) -> Option<&Inject> {
        self.injects.get(inject.index())
    }

    /// The injects that are still to come by their time alone, with that time, the earliest first. Those that
    /// wait for a condition are not among them.
    pub fn due(&self, exercise: &Exercise) -> Vec<(ExerciseTime, InjectId)> {
        let injects = exercise.scenario().injects.iter().zip(&self.injects);
        let mut due: Vec<_> = injects
            .enumerate()
            .filter(|(_, (described, of))| {
                let by_time = described.when.is_none() && described.delay.is_none();
                of.state == InjectState::ToCome && by_time
            })
            .filter_map(|(i, (described, _))| Some((described.at?, InjectId::new(i))))
            .collect();
        due.sort_unstable();
        due
    }

    /// How a decision stands.
    pub fn decision(&self, decision: DecisionId) -> Decision {
        self.decisions
            .get(decision.index())
            .copied()
            .unwrap_or_default()
    }

    /// The decisions that are open, each with its incident.
    pub fn open_decisions(&self) -> impl Iterator<Item = (DecisionId, IncidentId)> {
        let decisions = self.decisions.iter().enumerate();
        decisions.filter_map(|(i, decision)| match decision {
            Decision::Open(_, incident) => Some((DecisionId::new(i), *incident)),
            Decision::Closed | Decision::Taken(..) => None,
        })
    }

    /// When the facilitator excused an expectation.
    pub fn excused(&self, expectation: ExpectationId) -> Option<Stamp> {
        self.excused.get(expectation.index()).copied().flatten()
    }

    /// Each time that a stakeholder was told, in order.
    pub fn told(&self) -> &[(Stamp, StakeholderKind)] {
        &self.told
    }

    /// When a kind of stakeholder was first told.
    pub fn first_told(&self, kind: StakeholderKind) -> Option<Stamp> {
        let mut told = self.told.iter();
        told.find(|(_, of)| *of == kind).map(|(when, _)| *when)
    }
}
