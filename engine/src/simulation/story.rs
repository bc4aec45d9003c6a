//! The story: injects and decisions. What is expected after an inject is judged from the record alone.

use super::agenda::{Agenda, Rank};
use super::draw::Purpose;
use super::out::{Changed, Out};
use super::scene::Scene;
use crate::exercise::{
    Condition, DecisionId, ExerciseTime, ExpectationId, IncidentId, InjectId, OptionId,
};
use crate::record::{Actor, Chosen, Event, SkipReason};
use bevy_ecs::component::Component;

/// How an inject stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum InjectState {
    /// It waits for its time or its condition.
    #[default]
    Waiting,
    /// Its condition held; its delay runs. With the entry that made it so.
    Armed(Option<u32>),
    /// Its delay is over, and what it reveals has not happened yet.
    Held(Option<u32>),
    /// The facilitator holds it back.
    Paused,
    /// It was delivered.
    Delivered,
    /// It was left out.
    Skipped,
}

/// How a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DecisionState {
    /// It has not come up.
    #[default]
    Closed,
    /// It came up for an incident, with this entry.
    Open(IncidentId, u32),
    /// It was taken, with this entry.
    Taken(OptionId, u32),
}

/// The injects and decisions of a run.
#[derive(Debug, Clone, Component, Default)]
pub(crate) struct Story {
    injects: Vec<InjectState>,
    /// The injects that wait for what they reveal, in order.
    held: Vec<InjectId>,
    deliveries: Vec<u32>,
    delivered: Vec<Option<u32>>,
    texts: Vec<Option<String>>,
    /// By expectation: whether the facilitator excused it.
    excused: Vec<bool>,
    decisions: Vec<DecisionState>,
    /// Stakeholders told: kind, and the entry.
    notified: Vec<(crate::exercise::StakeholderKind, u32)>,
    facilitator_messages: u32,
    own_messages: u32,
}

impl Story {
    pub(crate) fn reset(&mut self, scene: Scene<'_>, agenda: &mut Agenda) {
        let scenario = scene.exercise().scenario();
        let (injects, decisions) = (
            scenario.injects.len(),
            scene.exercise().plan().decisions.len(),
        );
        refill(&mut self.injects, injects);
        self.held.clear();
        refill(&mut self.deliveries, injects);
        refill(&mut self.delivered, injects);
        refill(&mut self.texts, injects);
        refill(&mut self.excused, scenario.expectations.len());
        refill(&mut self.decisions, decisions);
        self.notified.clear();
        self.facilitator_messages = 0;
        self.own_messages = 0;
        for (i, inject) in scenario.injects.iter().enumerate() {
            let by_time = inject.when.is_none() && inject.delay.is_none();
            if let Some(at) = inject.at {
                let from = if inject.noise {
                    at
                } else {
                    at.max(ExerciseTime::STARTEX)
                };
                let from = from.max(scene.exercise().parts().onset);
                // Without a condition its time is enough; with one, its time opens the condition.
                agenda.schedule(Rank::Inject, i, from);
                if by_time {
                    self.injects[i] = InjectState::Armed(None);
                }
            }
        }
    }

    pub(crate) fn inject(&self, inject: InjectId) -> InjectState {
        self.injects[inject.index()]
    }

    pub(crate) fn set_inject(&mut self, inject: InjectId, state: InjectState) {
        self.injects[inject.index()] = state;
        let holds = matches!(state, InjectState::Held(_));
        match (self.held.binary_search(&inject), holds) {
            (Err(place), true) => self.held.insert(place, inject),
            (Ok(place), false) => {
                self.held.remove(place);
            }
            _ => {}
        }
    }

    /// The injects that wait for what they reveal, in order.
    pub(crate) fn held(&self) -> &[InjectId] {
        &self.held
    }

    /// Whether the condition of an inject has come to hold, with the entry that made it so.
    pub(crate) fn armable(
        &self,
        scene: Scene<'_>,
        id: InjectId,
        holds: &dyn Fn(&Condition, IncidentId) -> Option<u32>,
    ) -> Option<u32> {
        let inject = scene.exercise().inject(id);
        let waits = self.inject(id) == InjectState::Waiting
            && (scene.now >= ExerciseTime::STARTEX || inject.noise)
            && inject.at.is_none_or(|at| scene.now >= at);
        if !waits {
            return None;
        }
        holds(inject.when.as_ref()?, inject.incident)
    }

    /// The entry of the first delivery of an inject.
    pub(crate) fn delivered(&self, inject: InjectId) -> Option<u32> {
        self.delivered[inject.index()]
    }

    /// How often an inject was delivered.
    pub(crate) fn delivery_count(&self, inject: InjectId) -> u32 {
        self.deliveries[inject.index()]
    }

    /// Whether the facilitator excused an expectation.
    pub(crate) fn is_excused(&self, expectation: ExpectationId) -> bool {
        self.excused[expectation.index()]
    }

    pub(crate) fn decision(&self, decision: DecisionId) -> DecisionState {
        self.decisions[decision.index()]
    }

    /// The entry by which a stakeholder was told first.
    pub(crate) fn notified(&self, kind: crate::exercise::StakeholderKind) -> Option<u32> {
        self.notified
            .iter()
            .find(|(told, _)| *told == kind)
            .map(|(_, entry)| *entry)
    }

    /// A stakeholder was told.
    pub(crate) fn note_notified(&mut self, kind: crate::exercise::StakeholderKind, entry: u32) {
        self.notified.push((kind, entry));
    }

    /// The text of an inject, as the facilitator left it.
    pub(crate) fn edit(&mut self, inject: InjectId, text: String) {
        self.texts[inject.index()] = Some(text);
    }

    /// The text of an inject, where the facilitator left another.
    pub(crate) fn text(&self, inject: InjectId) -> Option<&str> {
        self.texts[inject.index()].as_deref()
    }

    /// The number of the facilitator's next message.
    pub(crate) fn next_facilitator_message(&mut self) -> u32 {
        self.facilitator_messages += 1;
        self.facilitator_messages
    }

    /// The number of the next message that somebody writes in their own words.
    pub(crate) fn next_own_message(&mut self) -> u32 {
        self.own_messages += 1;
        self.own_messages
    }
}

/// Holds so many things as they are at first.
fn refill<T: Clone + Default>(list: &mut Vec<T>, len: usize) {
    list.clear();
    list.resize(len, T::default());
}

/// An inject is armed, and its delay starts.
pub(crate) fn arm(
    story: &mut Story,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    id: InjectId,
    cause: u32,
) {
    story.set_inject(id, InjectState::Armed((cause > 0).then_some(cause)));
    match &scene.exercise().inject(id).delay {
        None => agenda.schedule(Rank::Inject, id.index(), scene.now),
        Some(law) => {
            let span = scene
                .dice
                .duration(law, scene.inject(id), Purpose::InjectDelay, 0);
            agenda.after(Rank::Inject, id.index(), scene.now, span);
        }
    }
}

/// What is to be done with an inject that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DueInject {
    /// It is delivered, because of this entry.
    Deliver(Option<u32>),
    /// What it reveals has not happened; it waits.
    Wait,
    /// It is left out, or waits for its condition again.
    Nothing,
}

/// What the truth says of an inject that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Readings {
    /// Its condition holds, or it has none.
    pub(crate) still: bool,
    /// What prevents it holds.
    pub(crate) prevented: bool,
    /// What it reveals has happened.
    pub(crate) revealed: bool,
}

impl Readings {
    /// Reads the conditions of an inject.
    pub(crate) fn of(
        scene: Scene<'_>,
        id: InjectId,
        holds: &dyn Fn(&Condition, IncidentId) -> Option<u32>,
        revealed: bool,
    ) -> Self {
        let inject = scene.exercise().inject(id);
        let holds = |condition| holds(condition, inject.incident).is_some();
        Self {
            still: inject.when.as_ref().is_none_or(holds),
            prevented: inject.unless.as_ref().is_some_and(holds),
            revealed,
        }
    }
}

/// An inject is due, by its time, its delay or its repetition. With a delay, its conditions are read again
/// when that has passed.
pub(crate) fn due(
    story: &mut Story,
    out: &mut Out,
    id: InjectId,
    scene: Scene<'_>,
    Readings {
        still,
        prevented,
        revealed,
    }: Readings,
) -> DueInject {
    let inject = scene.exercise().inject(id);
    let cause = match story.inject(id) {
        InjectState::Armed(cause) | InjectState::Held(cause) => cause,
        InjectState::Delivered if inject.repeats.is_some() => None,
        _ => return DueInject::Nothing,
    };
    if prevented {
        story.set_inject(id, InjectState::Skipped);
        out.rule(
            cause,
            Event::InjectSkipped {
                inject: id,
                reason: SkipReason::Prevented,
            },
        );
        out.mark(Changed::STORY);
        return DueInject::Nothing;
    }
    if !still {
        story.set_inject(id, InjectState::Waiting);
        return DueInject::Nothing;
    }
    if !revealed {
        story.set_inject(id, InjectState::Held(cause));
        return DueInject::Wait;
    }
    DueInject::Deliver(cause)
}

/// An inject is delivered: its entry, and the number of this delivery.
pub(crate) fn deliver(
    story: &mut Story,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    id: InjectId,
    (actor, cause): (Actor, Option<u32>),
) -> (u32, u32) {
    let inject = scene.exercise().inject(id);
    let entry = out.emit(actor, cause, Event::InjectDelivered { inject: id });
    if let Some(text) = story.texts[id.index()].clone() {
        let event = Event::InjectReworded { inject: id, text };
        out.emit(Actor::Facilitator {}, Some(entry), event);
    }
    story.set_inject(id, InjectState::Delivered);
    story.deliveries[id.index()] += 1;
    let ordinal = story.deliveries[id.index()];
    story.delivered[id.index()].get_or_insert(entry);
    if let Some(law) = &inject.repeats {
        let span = scene
            .dice
            .duration(law, scene.inject(id), Purpose::Noise, u64::from(ordinal));
        agenda.after(Rank::Inject, id.index(), scene.now, span);
    }
    out.mark(Changed::STORY);
    (entry, ordinal)
}

/// The facilitator excuses an expectation, whether or not it was met.
pub(crate) fn excuse(
    story: &mut Story,
    out: &mut Out,
    (expectation, reason): (ExpectationId, &str),
    cause: u32,
) {
    story.excused[expectation.index()] = true;
    let event = Event::ExpectationExcused {
        expectation,
        reason: reason.to_owned(),
    };
    out.emit(Actor::Facilitator {}, Some(cause), event);
    out.mark(Changed::STORY);
}

/// A decision comes up.
pub(crate) fn open_decision(
    story: &mut Story,
    out: &mut Out,
    (decision, incident): (DecisionId, IncidentId),
    cause: u32,
) -> Option<u32> {
    if story.decision(decision) != DecisionState::Closed {
        return None;
    }
    let event = Event::DecisionOpened { decision, incident };
    let entry = out.rule((cause > 0).then_some(cause), event);
    story.decisions[decision.index()] = DecisionState::Open(incident, entry);
    Some(entry)
}

/// A decision is taken. Returns its entry.
pub(crate) fn decide(
    story: &mut Story,
    out: &mut Out,
    choice: Chosen,
    (actor, cause): (Actor, u32),
) -> Option<(u32, IncidentId)> {
    let DecisionState::Open(incident, _) = story.decision(choice.decision) else {
        return None;
    };
    let entry = out.emit(actor, Some(cause), Event::Decided { choice, incident });
    story.decisions[choice.decision.index()] = DecisionState::Taken(choice.option, entry);
    out.mark(Changed::STORY);
    Some((entry, incident))
}
