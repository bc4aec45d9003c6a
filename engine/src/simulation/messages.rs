//! Messages: how word travels over channels that can fail, to people who read it when they can.

mod attention;
mod before;
mod calls;
mod escalation;
mod order;
mod route;
mod topics;

pub(crate) use attention::{channels_changed, presence_changed};
pub(crate) use before::{begin, noticed_before, read_before};
pub(crate) use calls::{callable, can_be_called};
pub(crate) use escalation::escalate;
pub(crate) use route::{Draft, Wanted, send};

use super::agenda::{Agenda, Rank};
use super::assets::Assets;
use super::draw::Subject;
use super::human;
use super::out::Out;
use super::people::People;
use super::scene::Scene;
use crate::exercise::{
    ChannelId, ChannelKind, ExerciseTime, Few, IncidentId, Instance, Knowable, MessageId, PersonId,
    RoleId, Severity, Span,
};
use crate::record::{Event, MessageKind, Origin};
use bevy_ecs::component::Component;
use std::ops::Range;
use topics::Topics;

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageState {
    /// Nobody has noticed it.
    Unnoticed,
    /// Somebody has it in the inbox, or reads it.
    Noticed(PersonId),
    /// Somebody has read it.
    Read,
    /// It was withdrawn, went through every stage, or was dealt with before people act.
    Gone,
}

/// How somebody takes up a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// For the first time.
    Fresh,
    /// Once more: this person read it before people act, and did not understand it.
    Misread(PersonId),
    /// They have just understood it, by which people begin to act.
    Understood,
}

/// A message of a run.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) kind: MessageKind,
    pub(crate) origin: Origin,
    pub(crate) to: RoleId,
    /// What all chance about it belongs to.
    subject: Subject,
    /// What it reveals, by places in the list of all that is revealed.
    reveals: Range<usize>,
    pub(crate) incident: Option<IncidentId>,
    pub(crate) state: MessageState,
    reading: Reading,
    /// Whether it is sent again while nobody notices it.
    again: bool,
    /// When somebody noticed it.
    noticed: ExerciseTime,
    /// Severity as known when it was sent: from High up it is urgent.
    pub(crate) severity: Severity,
    /// The stage of sending again that comes next.
    pub(crate) stage: usize,
    /// The entry of its last milestone.
    pub(crate) last_entry: u32,
    /// The first and the last of the pieces of work that it is about.
    topics: Option<(usize, usize)>,
    /// The first and the last of its copies.
    copies: Option<(usize, usize)>,
    /// The copy that will be noticed first: the one whose delivery is pending.
    pending: Option<usize>,
}

impl Message {
    /// Whether nobody has read it yet, and somebody may.
    const fn waits(&self) -> bool {
        matches!(
            self.state,
            MessageState::Unnoticed | MessageState::Noticed(_)
        )
    }
}

/// A message on its way to one person over one channel.
#[derive(Debug, Clone)]
struct Copy {
    message: MessageId,
    person: PersonId,
    channel: Option<ChannelId>,
    /// The kind of attention it gets: a call that diverts to voice mail gets that of mail.
    kind: ChannelKind,
    from: ExerciseTime,
    demand: u64,
    /// When it will be noticed, unless another one is first.
    at: Option<ExerciseTime>,
    /// The next copy of the same message.
    next: Option<usize>,
}

/// The messages of a run.
#[derive(Debug, Component, Default)]
pub(crate) struct Messages {
    all: Vec<Message>,
    /// What each message reveals, one after the other.
    revealed: Vec<Knowable>,
    topics: Topics,
    copies: Vec<Copy>,
    /// By person: the copies that lie unnoticed, and some that no longer do.
    unnoticed: Vec<Vec<usize>>,
    /// The copies for which it could not be planned when they are noticed, as their channel did not work,
    /// and some that no longer lie unnoticed.
    held_up: Vec<usize>,
    /// By person: the calls to them that wait to be read, and some that no longer do.
    calls: Vec<Vec<MessageId>>,
    /// The roles for which a message was read since that was last taken.
    read: Vec<RoleId>,
    /// What revealed nothing and was read before people act.
    dealt_with: Vec<MessageId>,
}

impl Messages {
    pub(crate) fn reset(&mut self) {
        self.all.clear();
        self.revealed.clear();
        self.topics.clear();
        self.copies.clear();
        self.unnoticed.iter_mut().for_each(Vec::clear);
        self.held_up.clear();
        self.calls.iter_mut().for_each(Vec::clear);
        self.read.clear();
        self.dealt_with.clear();
    }

    pub(crate) fn get(&self, id: MessageId) -> &Message {
        &self.all[id.0 as usize - 1]
    }

    pub(crate) fn get_mut(&mut self, id: MessageId) -> &mut Message {
        &mut self.all[id.0 as usize - 1]
    }

    /// What who reads a message learns.
    pub(crate) fn reveals(&self, id: MessageId) -> &[Knowable] {
        &self.revealed[self.get(id).reveals.clone()]
    }

    /// What all chance about a message belongs to.
    pub(crate) fn subject(&self, id: MessageId) -> Subject {
        self.get(id).subject
    }

    /// How many were sent.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether a message exists.
    pub(crate) fn exists(&self, id: MessageId) -> bool {
        id.0 >= 1 && id.0 as usize <= self.all.len()
    }

    /// Whether the copy of a message that a person got interrupts work.
    pub(crate) fn interrupts(&self, id: MessageId, person: PersonId) -> bool {
        self.copies(id)
            .map(|slot| &self.copies[slot])
            .filter(|copy| copy.person == person)
            .any(|copy| copy.kind.interrupts())
    }

    /// How long a person takes to handle a message.
    pub(crate) fn handling(&self, scene: Scene<'_>, id: MessageId, person: PersonId) -> Span {
        let message = self.get(id);
        if scene.is_tireless() || message.reading == Reading::Understood {
            return Span::SHORTEST;
        }
        let inject = match message.origin {
            Origin::Inject { inject, .. } => Some(scene.exercise().inject(inject)),
            _ => None,
        };
        let false_alarm = matches!(message.origin, Origin::FalseAlarm { .. })
            || inject.is_some_and(|inject| inject.false_lead);
        let functions = &scene.exercise().role(message.to).functions;
        let law = human::handling(message.kind, false_alarm, functions);
        let subject = message.subject.with(scene.person(person));
        let once = scene
            .dice
            .duration(&law, subject, super::draw::Purpose::Handling, 0);
        // An attachment takes as long again as the message.
        let attached = inject.map_or(0, |inject| inject.attachments.len() as i64);
        Span(once.0 * (1 + attached))
    }

    /// A call that a person has not read yet, for a role: the first that was sent.
    pub(crate) fn open_call(&mut self, to: RoleId, person: PersonId) -> Option<MessageId> {
        let (all, calls) = (&self.all, self.calls.get_mut(person.index())?);
        let get = |id: &MessageId| &all[id.0 as usize - 1];
        calls.retain(|id| get(id).waits());
        let open = calls.iter().copied().filter(|id| {
            let message = get(id);
            let own = [MessageState::Unnoticed, MessageState::Noticed(person)];
            message.to == to && own.contains(&message.state)
        });
        open.min()
    }

    /// The copies of a message, in the order of sending.
    fn copies(&self, id: MessageId) -> impl Iterator<Item = usize> + '_ {
        let first = self.get(id).copies.map(|(first, _)| first);
        std::iter::successors(first, |slot| self.copies[*slot].next)
    }

    /// The people to whom a message was sent, in the order of sending.
    fn recipients(&self, id: MessageId) -> Few<PersonId> {
        let copies = self.copies(id);
        let mut people: Few<PersonId> = copies.map(|slot| self.copies[slot].person).collect();
        people.dedup();
        people
    }

    /// Whether a role read something that was not taken.
    pub(crate) const fn has_read(&self) -> bool {
        !self.read.is_empty()
    }

    /// Takes the roles for which a message was read.
    pub(crate) fn take_read(&mut self) -> Option<RoleId> {
        self.read.pop()
    }

    /// The messages that somebody has read, in the order of sending.
    pub(crate) fn read(&self) -> impl Iterator<Item = &Message> {
        self.all
            .iter()
            .filter(|message| message.state == MessageState::Read)
    }
}

/// A copy of a message is noticed.
pub(crate) fn delivered(
    messages: &mut Messages,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    slot: usize,
) {
    let (id, person) = (messages.copies[slot].message, messages.copies[slot].person);
    if messages.get(id).state == MessageState::Unnoticed {
        noticed(messages, people, agenda, out, (id, person));
    }
}

/// Somebody notices a message.
fn noticed(
    messages: &mut Messages,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    (id, person): (MessageId, PersonId),
) {
    agenda.cancel(Rank::Escalation, id.0 as usize);
    let cause = messages.get(id).last_entry;
    let event = Event::MessageNoticed {
        message: id,
        person,
    };
    let entry = out.emit(people.actor(person), Some(cause), event);
    let message = messages.get_mut(id);
    message.state = MessageState::Noticed(person);
    message.noticed = out.now();
    message.pending = None;
    message.last_entry = entry;
}

/// A milestone of a message that another concern stated: keeps its entry as the next one's cause.
pub(crate) fn milestone(messages: &mut Messages, id: MessageId, entry: u32, read: bool) {
    let message = messages.get_mut(id);
    message.last_entry = entry;
    if read {
        message.state = MessageState::Read;
        let to = message.to;
        messages.read.push(to);
    }
}

impl Messages {
    /// A message that lies unread and is about work of which nobody needs to read any more.
    pub(crate) fn unneeded(
        &self,
        people: &People,
        needed: &dyn Fn(Instance, MessageKind) -> bool,
    ) -> Option<MessageId> {
        let ids = (1..=self.all.len() as u32).map(MessageId);
        let lies = |id: MessageId| match self.get(id).state {
            MessageState::Unnoticed => true,
            MessageState::Noticed(person) => people.get(person).inbox.contains(&id),
            MessageState::Read | MessageState::Gone => false,
        };
        ids.into_iter().find(|id| {
            let message = self.get(*id);
            let is_needed = |of| needed(of, message.kind);
            lies(*id) && message.topics.is_some() && !self.about(*id).any(is_needed)
        })
    }
}

/// Withdraws what nobody needs to read any more: requests and calls about a piece of work that has
/// started, ended or been answered, and hand-ons all of whose work has. Looks at those that are given.
pub(crate) fn withdraw(
    messages: &mut Messages,
    people: &mut People,
    agenda: &mut Agenda,
    out: &mut Out,
    needed: &dyn Fn(Instance, MessageKind) -> bool,
    (letters, cause): (&[MessageId], u32),
) {
    for id in letters.iter().copied() {
        let message = messages.get(id);
        let is_needed = |work| needed(work, message.kind);
        if !message.waits() || messages.about(id).any(is_needed) {
            continue;
        }
        // Whoever reads it already reads on.
        if let MessageState::Noticed(person) = message.state
            && !people.take_from_inbox(person, id)
        {
            continue;
        }
        if let Some(copy) = messages.get_mut(id).pending.take() {
            agenda.cancel(Rank::Delivery, copy);
        }
        agenda.cancel(Rank::Escalation, id.0 as usize);
        messages.get_mut(id).state = MessageState::Gone;
        out.rule(Some(cause), Event::MessageWithdrawn { message: id });
    }
}

/// Whether a channel works: everything it depends on serves.
pub(crate) fn channel_works(scene: Scene<'_>, assets: &Assets, channel: ChannelId) -> bool {
    let channel = &scene.exercise().organisation().channels[channel.index()];
    channel.depends_on.iter().all(|asset| assets.serves(*asset))
}
