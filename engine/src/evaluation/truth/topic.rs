//! Which entries bear on which conditions, so that a condition is looked at only where it may turn.

use crate::exercise::{AssetState, Condition, Fact, Knowable, Selector};
use crate::knowledge::affects;
use crate::record::Event;

/// A set of topics: what an event changes, or what a condition asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evaluation) struct Topics(u32);

impl Topics {
    pub(in crate::evaluation) const NONE: Self = Self(0);
    const STEPS: Self = Self(1 << 1);
    const MEASURES: Self = Self(1 << 2);
    const MESSAGES: Self = Self(1 << 3);
    const INJECTS: Self = Self(1 << 4);
    const NOTICES: Self = Self(1 << 5);
    const DECISIONS: Self = Self(1 << 6);
    const TASKS: Self = Self(1 << 7);
    const MARKS: Self = Self(1 << 8);
    const PHASES: Self = Self(1 << 9);
    /// That time passes.
    pub(super) const TIME: Self = Self(1 << 10);
    /// The first and the last entry, at which everything is looked at.
    const ALL: Self = Self(u32::MAX);

    /// That assets come to be in a state, or no longer are: above the other topics, one for each.
    const fn assets(state: AssetState) -> Self {
        Self(1 << (11 + state as u32))
    }

    pub(in crate::evaluation) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have a topic in common.
    pub(super) const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What an event changes of what is true.
    pub(in crate::evaluation) const fn of_event(event: &Event) -> Self {
        match event {
            Event::ExerciseStarted {} | Event::ExerciseEnded { .. } => Self::ALL,
            Event::AssetChanged { state, .. } => Self::assets(*state),
            Event::StepTookEffect { .. } | Event::MoneyReturned { .. } => Self::STEPS,
            Event::MeasureTaken { .. } | Event::MeasureLifted { .. } => Self::MEASURES,
            Event::MessageSent { .. } => Self::MESSAGES,
            Event::StakeholderNotified { .. } => Self::NOTICES,
            Event::InjectDelivered { .. } => Self::INJECTS,
            Event::Decided { .. } => Self::DECISIONS,
            Event::TaskEnded { .. } => Self::TASKS,
            Event::MarkReached { .. } => Self::MARKS,
            Event::PhaseReached { .. }
            | Event::PhaseCompleted { .. }
            | Event::PhaseReopened { .. } => Self::PHASES,
            _ => Self::NONE,
        }
    }

    /// What a condition asks for.
    pub(in crate::evaluation) fn of_condition(condition: &Condition) -> Self {
        match condition {
            Condition::All(of) | Condition::Any(of) => {
                let topics = of.iter().map(Self::of_condition);
                topics.fold(Self::NONE, Self::and)
            }
            Condition::Not(of) => Self::of_condition(of),
            Condition::Is(fact) => Self::of_fact(fact),
        }
    }

    fn of_fact(fact: &Fact) -> Self {
        match fact {
            Fact::AlertRaised => Self::MESSAGES,
            Fact::MessageRead(_) => Self::MESSAGES.and(Self::INJECTS),
            Fact::Done(_) => Self::TASKS,
            Fact::Decided(..) => Self::DECISIONS,
            Fact::Taken(_, selector) => Self::MEASURES.and(Self::of_selector(selector)),
            Fact::Reached(_) | Fact::RecordsExposed(_) | Fact::MoneyLost(_) => Self::STEPS,
            Fact::InState(selector, state) => {
                Self::of_state(*state).and(Self::of_selector(selector))
            }
            Fact::SeverityAtLeast(_) => Self::NONE,
            Fact::PhaseReached(_) | Fact::PhaseCompleted(_) => Self::PHASES,
            Fact::Known(knowable) => Self::of_knowable(*knowable),
            Fact::Notified(_) => Self::NOTICES,
            Fact::InjectDelivered(_) => Self::INJECTS,
            Fact::Elapsed(_) => Self::TIME,
            Fact::Since(..) => Self::TIME.and(Self::MARKS),
        }
    }

    const fn of_knowable(knowable: Knowable) -> Self {
        match knowable {
            Knowable::Alerted(_) => Self::MESSAGES,
            Knowable::Declared(_) => Self::MARKS,
            Knowable::Step(_) | Knowable::PersonalData(_) => Self::STEPS,
            Knowable::Asset(_, _, state) => Self::of_state(state),
            Knowable::Real(_) | Knowable::Scope(_) | Knowable::Cause(_) => Self::NONE,
        }
    }

    const fn of_state(state: AssetState) -> Self {
        match state {
            AssetState::PastRto => Self::assets(state)
                .and(Self::assets(AssetState::OutOfService))
                .and(Self::TIME),
            _ => Self::assets(state),
        }
    }

    fn of_selector(selector: &Selector) -> Self {
        match selector {
            Selector::InState(state) => Self::of_state(*state),
            Selector::Affected => {
                let states = AssetState::ALL.iter().copied();
                let topics = states.filter(|state| affects(*state)).map(Self::assets);
                topics.fold(Self::NONE, Self::and)
            }
            Selector::Both(all) => {
                let topics = all.iter().map(Self::of_selector);
                topics.fold(Self::NONE, Self::and)
            }
            Selector::Everything
            | Selector::Kind(_)
            | Selector::Asset(_)
            | Selector::Holding(_)
            | Selector::Valued(..) => Self::NONE,
        }
    }
}
