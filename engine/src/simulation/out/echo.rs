//! Echoes: what rules react to of an event.

use crate::exercise::{
    AssetId, AssetState, EvidenceItem, GroupId, IncidentId, InjectId, Instance, Knowable, Mark,
    Measure, MessageId, PersonId, RoleId, SourceId, StakeholderKind, StepId,
};
use crate::record::{Chosen, Event, Outcome};
use crate::simulation::clocks::Said;

/// What an event is to the rules that react to it: the ids that they go by.
///
/// An event is for the record, and may hold lists. Its echo is small and owns nothing, so that it lies in a
/// queue until its turn comes, whether or not a record is kept. An event to which no rule reacts has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Echo {
    StepTookEffect {
        step: StepId,
        asset: AssetId,
    },
    AssetChanged {
        asset: AssetId,
        state: AssetState,
        on: bool,
    },
    TheirsRestored {
        asset: AssetId,
    },
    SignalRaised {
        source: SourceId,
        step: StepId,
        asset: AssetId,
    },
    FalseAlarmRaised {
        source: SourceId,
    },
    StaffReported {
        group: GroupId,
        step: StepId,
        asset: AssetId,
    },
    InjectDelivered {
        inject: InjectId,
    },
    MessageSent {
        message: MessageId,
    },
    MessageNoticed {
        message: MessageId,
        person: PersonId,
    },
    PersonReached {
        person: PersonId,
    },
    ReadingStarted {
        message: MessageId,
    },
    MessageRead {
        message: MessageId,
        person: PersonId,
    },
    FactLearned {
        role: RoleId,
        fact: Knowable,
    },
    RoomOpened,
    /// Work started for the first time.
    TaskBegan {
        instance: Instance,
    },
    TaskPaused {
        instance: Instance,
    },
    TaskSkipped {
        instance: Instance,
    },
    TaskEnded {
        instance: Instance,
        outcome: Outcome,
    },
    MeasureTaken {
        instance: Instance,
        measure: Measure,
        asset: Option<AssetId>,
        effect: bool,
    },
    MeasureLifted {
        measure: Measure,
    },
    EvidencePreserved {
        instance: Instance,
        asset: AssetId,
        item: EvidenceItem,
    },
    StakeholderNotified {
        instance: Instance,
        stakeholder: StakeholderKind,
        said: Said,
    },
    MarkReached {
        incident: IncidentId,
        mark: Mark,
    },
    ScopeStated {
        incident: IncidentId,
    },
    PhaseReached {
        incident: IncidentId,
    },
    PhaseCompleted {
        incident: IncidentId,
    },
    PhaseReopened {
        incident: IncidentId,
    },
    Decided {
        choice: Chosen,
        incident: IncidentId,
    },
}

impl Echo {
    /// The echo of an event.
    #[expect(
        clippy::inline_always,
        reason = "whoever states an event knows its kind, and nothing is left to choose there"
    )]
    #[inline(always)]
    pub(super) fn of(event: &Event) -> Option<Self> {
        Some(match *event {
            Event::StepTookEffect { step, asset, .. } => Self::StepTookEffect { step, asset },
            Event::AssetChanged {
                asset, state, on, ..
            } => Self::AssetChanged { asset, state, on },
            Event::TheirsRestored { asset } => Self::TheirsRestored { asset },
            Event::InjectDelivered { inject } => Self::InjectDelivered { inject },
            Event::FactLearned { role, fact } => Self::FactLearned { role, fact },
            Event::RoomOpened { .. } => Self::RoomOpened,
            Event::StakeholderNotified {
                instance,
                stakeholder,
                ref content,
                ..
            } => Self::StakeholderNotified {
                instance,
                stakeholder,
                said: Said::of(content),
            },
            Event::MarkReached { incident, mark } => Self::MarkReached { incident, mark },
            Event::ScopeStated { incident, .. } => Self::ScopeStated { incident },
            Event::PhaseReached { incident, .. } => Self::PhaseReached { incident },
            Event::PhaseCompleted { incident, .. } => Self::PhaseCompleted { incident },
            Event::PhaseReopened { incident, .. } => Self::PhaseReopened { incident },
            Event::Decided { choice, incident } => Self::Decided { choice, incident },
            _ => return Self::of_word(event).or_else(|| Self::of_work(event)),
        })
    }

    /// The echo of a sighting, or of something that happened to a message.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn of_word(event: &Event) -> Option<Self> {
        Some(match *event {
            Event::SignalRaised {
                source,
                step,
                asset,
            } => Self::SignalRaised {
                source,
                step,
                asset,
            },
            Event::FalseAlarmRaised { source } => Self::FalseAlarmRaised { source },
            Event::StaffReported { group, step, asset } => {
                Self::StaffReported { group, step, asset }
            }
            Event::MessageSent { message, .. } => Self::MessageSent { message },
            Event::MessageNoticed { message, person } => Self::MessageNoticed { message, person },
            Event::PersonReached { person, .. } => Self::PersonReached { person },
            Event::ReadingStarted { message, .. } => Self::ReadingStarted { message },
            Event::MessageRead { message, person } => Self::MessageRead { message, person },
            _ => return None,
        })
    }

    /// The echo of work, or of what it did.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    const fn of_work(event: &Event) -> Option<Self> {
        Some(match *event {
            Event::TaskStarted {
                instance,
                attempt: 1,
                ..
            } => Self::TaskBegan { instance },
            Event::TaskPaused { instance, .. } => Self::TaskPaused { instance },
            Event::TaskSkipped { instance, .. } => Self::TaskSkipped { instance },
            Event::TaskEnded { instance, outcome } => Self::TaskEnded { instance, outcome },
            Event::MeasureTaken {
                instance,
                measure,
                asset,
                effect,
                ..
            } => Self::MeasureTaken {
                instance,
                measure,
                asset,
                effect,
            },
            Event::MeasureLifted { measure, .. } => Self::MeasureLifted { measure },
            Event::EvidencePreserved {
                instance,
                asset,
                item,
                ..
            } => Self::EvidencePreserved {
                instance,
                asset,
                item,
            },
            _ => return None,
        })
    }
}

/// Echoes in the order of their events, each with the number of its entry.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    all: Vec<(u32, Echo)>,
    /// How many were heard.
    heard: usize,
}

impl Echoes {
    pub(super) fn push(&mut self, number: u32, echo: Echo) {
        self.all.push((number, echo));
    }

    /// Takes the next one.
    pub(super) fn take(&mut self) -> Option<(u32, Echo)> {
        let next = self.all.get(self.heard).copied();
        if next.is_some() {
            self.heard += 1;
        } else {
            self.clear();
        }
        next
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.heard = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Echo;

    #[test]
    fn an_echo_and_the_number_of_its_entry_are_two_words() {
        assert_eq!(size_of::<(u32, Echo)>(), 16);
    }
}
