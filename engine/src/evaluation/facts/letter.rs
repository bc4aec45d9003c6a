//! The life of one message.

use crate::exercise::{Exercise, IncidentId, Knowable, MessageId, RoleId};
use crate::record::{Entry, Event, MessageKind, Origin};

/// Every entry about one message, in order.
#[derive(Debug, Default)]
pub(crate) struct Letter<'a> {
    entries: Vec<&'a Entry>,
}

impl<'a> Letter<'a> {
    pub(super) fn add(&mut self, entry: &'a Entry) {
        self.entries.push(entry);
    }

    /// Every entry about it.
    pub(crate) fn entries(&self) -> &[&'a Entry] {
        &self.entries
    }

    fn first(&self, wanted: impl Fn(&Event) -> bool) -> Option<&'a Entry> {
        self.entries.iter().copied().find(|e| wanted(&e.event))
    }

    /// The entry by which it was sent; missing only where the record was cut.
    pub(crate) fn sent(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::MessageSent { .. }))
    }

    /// When somebody first noticed it.
    pub(crate) fn noticed(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::MessageNoticed { .. }))
    }

    /// When somebody had first read it.
    pub(crate) fn read(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::MessageRead { .. }))
    }

    /// When it was withdrawn.
    pub(crate) fn withdrawn(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::MessageWithdrawn { .. }))
    }

    /// When it had gone through every stage.
    pub(crate) fn unreachable(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::MessageUnreachable { .. }))
    }

    /// What kind of message it is.
    pub(crate) fn kind(&self) -> Option<MessageKind> {
        match self.sent()?.event {
            Event::MessageSent { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Where it comes from.
    pub(crate) fn origin(&self) -> Option<&'a Origin> {
        match &self.sent()?.event {
            Event::MessageSent { origin, .. } => Some(origin),
            _ => None,
        }
    }

    /// To which role it went.
    pub(crate) fn to(&self) -> Option<RoleId> {
        match self.sent()?.event {
            Event::MessageSent { to, .. } => Some(to),
            _ => None,
        }
    }

    /// What it reveals.
    pub(crate) fn reveals(&self) -> &'a [Knowable] {
        match self.sent().map(|entry| &entry.event) {
            Some(Event::MessageSent { reveals, .. }) => reveals,
            _ => &[],
        }
    }

    /// Whether it is a revealing message of an incident: an inject with something to reveal, or a
    /// true signal. Noise is not, and neither is word that the team passes on.
    pub(crate) fn reveals_of(&self, exercise: &Exercise, incident: IncidentId) -> bool {
        if !matches!(self.kind(), Some(MessageKind::Alert | MessageKind::Inject)) {
            return false;
        }
        let of_step = |step| exercise.step(step).incident == incident;
        let about = |fact: &Knowable| match *fact {
            Knowable::Step(step) => of_step(step),
            other => other.incident() == Some(incident),
        };
        let signalled = match self.origin() {
            Some(Origin::Signal { step, .. } | Origin::Staff { step, .. }) => of_step(*step),
            _ => false,
        };
        signalled || self.reveals().iter().any(about)
    }
}

/// The message that an entry is about.
pub(super) const fn message_of(event: &Event) -> Option<MessageId> {
    match event {
        Event::MessageSent { message, .. }
        | Event::MessageCopied { message, .. }
        | Event::MessageResent { message, .. }
        | Event::MessageNoticed { message, .. }
        | Event::ReadingStarted { message, .. }
        | Event::MessageRead { message, .. }
        | Event::MessageWithdrawn { message }
        | Event::MessageUnreachable { message } => Some(*message),
        _ => None,
    }
}
