//! The life of one message.

use crate::exercise::{Exercise, IncidentId, Knowable, MessageId, RoleId};
use crate::record::{Entry, Event, MessageKind, Origin};

/// Every message, in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Letters<'a> {
    letters: Vec<(MessageId, Letter<'a>)>,
    /// Each time that one was sent again.
    resent: Vec<(MessageId, &'a Entry)>,
}

impl<'a> Letters<'a> {
    /// None yet, with room for so many.
    pub(super) fn none(room: usize) -> Self {
        Self {
            letters: Vec::with_capacity(room),
            resent: Vec::new(),
        }
    }

    /// What is known of a message so far.
    pub(super) fn note(&mut self, message: MessageId) -> &mut Letter<'a> {
        let place = self.place(message).unwrap_or_else(|place| {
            self.letters.insert(place, (message, Letter::default()));
            place
        });
        &mut self.letters[place].1
    }

    /// Notes that a message was sent again.
    pub(super) fn note_resent(&mut self, message: MessageId, entry: &'a Entry) {
        self.resent.push((message, entry));
    }

    /// Each time that a message was sent again, in order.
    pub(crate) fn resent(&self, message: MessageId) -> impl Iterator<Item = &'a Entry> {
        let of = self.resent.iter().filter(move |(of, _)| *of == message);
        of.map(|(_, entry)| *entry)
    }

    /// A message, where the record speaks of it.
    pub(crate) fn get(&self, message: MessageId) -> Option<&Letter<'a>> {
        Some(&self.letters[self.place(message).ok()?].1)
    }

    /// Every message, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (MessageId, &Letter<'a>)> {
        self.letters
            .iter()
            .map(|(message, letter)| (*message, letter))
    }

    /// Where a message is, or would be. They are numbered from 1, so in a whole record each is in the
    /// place of its number.
    fn place(&self, message: MessageId) -> Result<usize, usize> {
        let usual = (message.0 as usize).saturating_sub(1);
        match self.letters.get(usual) {
            Some((there, _)) if *there == message => Ok(usual),
            None if (self.letters.last()).is_none_or(|(last, _)| *last < message) => {
                Err(self.letters.len())
            }
            _ => self.letters.binary_search_by_key(&message, |(of, _)| *of),
        }
    }
}

/// What is asked of one message: the first entry of each kind about it.
#[derive(Debug, Default)]
pub(crate) struct Letter<'a> {
    pub(super) sent: Option<&'a Entry>,
    pub(super) noticed: Option<&'a Entry>,
    pub(super) read: Option<&'a Entry>,
    pub(super) withdrawn: Option<&'a Entry>,
    pub(super) unreachable: Option<&'a Entry>,
}

impl<'a> Letter<'a> {
    /// The entry by which it was sent; missing only where the record was cut.
    pub(crate) const fn sent(&self) -> Option<&'a Entry> {
        self.sent
    }

    /// When somebody first noticed it.
    pub(crate) const fn noticed(&self) -> Option<&'a Entry> {
        self.noticed
    }

    /// When somebody had first read it.
    pub(crate) const fn read(&self) -> Option<&'a Entry> {
        self.read
    }

    /// When it was withdrawn.
    pub(crate) const fn withdrawn(&self) -> Option<&'a Entry> {
        self.withdrawn
    }

    /// When it had gone through every stage.
    pub(crate) const fn unreachable(&self) -> Option<&'a Entry> {
        self.unreachable
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

    /// Whether it is an alarm about nothing, or looks like a part of the incident and is none.
    pub(crate) fn is_false_alarm(&self, exercise: &Exercise) -> bool {
        match self.origin() {
            Some(Origin::FalseAlarm { .. }) => true,
            Some(Origin::Inject { inject, .. }) => exercise.inject(*inject).false_lead,
            _ => false,
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
