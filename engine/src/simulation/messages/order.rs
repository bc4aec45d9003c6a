//! The order in which people read: by kind and sender, as anybody can tell who has not read it, and never
//! by what a message truly reveals.

use super::{Message, Messages, Reading};
use crate::exercise::{ChannelKind, MessageId, PersonId, Sender};
use crate::record::{MessageKind, Origin};
use crate::simulation::human::WAITS_FOR_ITS_CLASS;
use crate::simulation::scene::Scene;

/// The class of a message, by which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// It was understood, by which people begin to act.
    Understood,
    /// It was read before people act, and not understood.
    Misread,
    /// A call in progress, or what has waited for as long as anything waits for its class.
    Call,
    /// From a person who is known, or work that is handed on.
    Person,
    /// A request for approval.
    Approval,
    /// An alarm of a source.
    Alarm,
    /// Any other mail.
    Mail,
    /// What the same sender writes again and again.
    Newsletter,
}

impl Messages {
    /// When a person reads a message, compared with others: the lesser turn comes first.
    pub(crate) fn turn(
        &self,
        scene: Scene<'_>,
        id: MessageId,
        person: PersonId,
    ) -> impl Ord + use<> {
        let class = match self.get(id).reading {
            Reading::Understood => Class::Understood,
            Reading::Misread(_) => Class::Misread,
            Reading::Fresh => self.class_by_now(scene, id, person),
        };
        (class, id)
    }

    /// Whether a person reads a message before any work: somebody speaks, or wrote to them, or it has waited
    /// for as long as anything waits for its class. An alarm, other mail and what comes again and again wait
    /// for who has work.
    pub(crate) fn presses(&self, scene: Scene<'_>, id: MessageId, person: PersonId) -> bool {
        self.get(id).reading == Reading::Understood
            || self.class_by_now(scene, id, person) <= Class::Approval
    }

    /// The class of a message, that of a call once it has waited for long.
    fn class_by_now(&self, scene: Scene<'_>, id: MessageId, person: PersonId) -> Class {
        // What human patience bounds; without friction nobody is patient.
        let waited = scene.now - self.get(id).noticed >= WAITS_FOR_ITS_CLASS;
        if waited && !scene.is_tireless() {
            return Class::Call;
        }
        self.class(scene, id, person)
    }

    fn class(&self, scene: Scene<'_>, id: MessageId, person: PersonId) -> Class {
        let message = self.get(id);
        if message.kind == MessageKind::CallOut || self.came_by(id, person, is_voice) {
            return Class::Call;
        }
        match message.kind {
            MessageKind::ApprovalRequest => Class::Approval,
            MessageKind::Alert if matches!(message.origin, Origin::Staff { .. }) => Class::Person,
            MessageKind::Alert => Class::Alarm,
            MessageKind::Inject => self.class_of_inject(scene, (id, message), person),
            _ => Class::Person,
        }
    }

    fn class_of_inject(
        &self,
        scene: Scene<'_>,
        (id, message): (MessageId, &Message),
        person: PersonId,
    ) -> Class {
        let Origin::Inject { inject, ordinal } = message.origin else {
            return Class::Person;
        };
        match scene.exercise().inject(inject).sender {
            _ if ordinal > 1 => Class::Newsletter,
            Some(Sender::Source(_)) => Class::Alarm,
            Some(Sender::Function(_)) => Class::Person,
            _ if self.came_by(id, person, is_written_to_one) => Class::Person,
            _ => Class::Mail,
        }
    }

    /// Whether a message came to a person over a channel of some kinds.
    fn came_by(&self, id: MessageId, person: PersonId, kinds: fn(ChannelKind) -> bool) -> bool {
        let copies = self.copies(id).map(|slot| &self.copies[slot]);
        let mut own = copies.filter(|copy| copy.person == person);
        own.any(|copy| kinds(copy.kind))
    }
}

/// Whether somebody speaks at the other end.
const fn is_voice(kind: ChannelKind) -> bool {
    matches!(
        kind,
        ChannelKind::DeskPhone
            | ChannelKind::MobilePhone
            | ChannelKind::ConferenceBridge
            | ChannelKind::InPerson
            | ChannelKind::Radio
    )
}

/// Whether somebody writes to nobody else.
const fn is_written_to_one(kind: ChannelKind) -> bool {
    matches!(kind, ChannelKind::Chat | ChannelKind::TextMessage)
}
