//! Every message, how far it has come, and what lies in whose inbox.

use super::Stamp;
use crate::exercise::{
    ChannelId, Exercise, Few, InjectId, Instance, Knowable, MessageId, PersonId, RoleId,
};
use crate::record::{Entry, Event, HumanAct, MessageKind, Origin, Resend};

/// Every message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Messages {
    /// In the order of their numbers.
    all: Vec<Message>,
    /// By person: the messages that they noticed and nobody began to read, in the order of noticing.
    inboxes: Vec<Vec<MessageId>>,
    /// By person: what they are reading.
    reading: Vec<Option<MessageId>>,
    /// What the facilitator said last: the entry, from whom, the words.
    added: Option<(u32, Option<String>, String)>,
    /// The words of the inject that came last, where they are not the scenario's.
    reworded: Option<(InjectId, String)>,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has noticed it.
    Unnoticed,
    /// It lies in the inbox of this person, who noticed it.
    Noticed(PersonId),
    /// This person reads it.
    BeingRead(PersonId),
    /// This person has read it, and understood it.
    Read(PersonId),
    /// It was withdrawn: nobody needs to read it any more.
    Withdrawn,
    /// It revealed nothing, and was dealt with before people act.
    DealtWith,
}

/// Some of those to whom a message went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// When.
    pub sent: Stamp,
    /// To which people.
    pub people: Few<PersonId>,
    /// Over which channel; in person, or not at all, where none is named.
    pub channel: Option<ChannelId>,
    /// The stage at which it was sent again; `None`: the first time.
    pub again: Option<Resend>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: MessageId,
    /// What kind of message it is.
    pub kind: MessageKind,
    /// Where it comes from, in truth.
    pub origin: Origin,
    /// The person who sent it, where a person did.
    pub from: Option<PersonId>,
    /// To which role.
    pub to: RoleId,
    /// What who reads it learns.
    pub reveals: Vec<Knowable>,
    /// In whose name the facilitator wrote it, where that is a message of its own.
    pub said_by: Option<String>,
    /// Its text, where the facilitator wrote it.
    pub words: Option<String>,
    /// To whom it went, in order.
    pub sendings: Vec<Sending>,
    /// How far it has come.
    pub standing: Standing,
    /// Who noticed it last.
    pub noticed_by: Option<PersonId>,
    /// When it was first noticed.
    pub noticed: Option<Stamp>,
    /// When it was first read.
    pub read: Option<Stamp>,
    /// When it was withdrawn.
    pub withdrawn: Option<Stamp>,
    /// When it had gone through every stage and lay unread.
    pub unreachable: Option<Stamp>,
    /// Who had read it before people act, and not understood it.
    pub misread_by: Option<PersonId>,
}

impl Message {
    /// When it was sent.
    pub fn sent(&self) -> Option<Stamp> {
        self.sendings.first().map(|sending| sending.sent)
    }

    /// The piece of work that it is about, as far as the record says: the first, where it is several.
    pub const fn about(&self) -> Option<Instance> {
        match self.origin {
            Origin::HandOn { instance }
            | Origin::CallOut { instance }
            | Origin::Approval { instance } => Some(instance),
            Origin::Inject { .. }
            | Origin::Signal { .. }
            | Origin::FalseAlarm { .. }
            | Origin::Staff { .. }
            | Origin::Outage { .. }
            | Origin::Duty { .. }
            | Origin::Own { .. }
            | Origin::Facilitator { .. } => None,
        }
    }

    /// Whether nobody has read it yet, and somebody may.
    pub const fn waits(&self) -> bool {
        matches!(
            self.standing,
            Standing::Unnoticed | Standing::Noticed(_) | Standing::BeingRead(_)
        )
    }

    /// Over which channel it went to a person last.
    pub fn channel_to(&self, person: PersonId) -> Option<ChannelId> {
        let mut sendings = self.sendings.iter().rev();
        sendings
            .find(|sending| sending.people.contains(&person))?
            .channel
    }
}

impl Messages {
    /// None was sent.
    pub fn new(exercise: &Exercise) -> Self {
        let people = exercise.organisation().people.len();
        Self {
            all: Vec::new(),
            inboxes: vec![Vec::new(); people],
            reading: vec![None; people],
            added: None,
            reworded: None,
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::MessageSent { message, .. } => self.send(*message, entry),
            Event::MessageCopied {
                message,
                people,
                channel,
            } => self.send_on(*message, entry, (people, *channel), None),
            Event::MessageResent {
                message,
                stage,
                people,
                channel,
            } => self.send_on(*message, entry, (people, *channel), Some(*stage)),
            Event::MessageNoticed { message, person } => self.notice(*message, *person, entry),
            Event::BacklogDealtWith { messages } => {
                for message in messages {
                    self.settle(*message, Standing::DealtWith);
                }
            }
            Event::MessageMisread { message, person } => {
                if let Some(message) = self.get_mut(*message) {
                    message.misread_by = Some(*person);
                }
            }
            Event::ReadingStarted { message, person } => self.begin(*message, *person),
            Event::MessageRead { message, person } => self.finish(*message, *person, entry),
            Event::MessageWithdrawn { message } => {
                self.settle(*message, Standing::Withdrawn);
                if let Some(message) = self.get_mut(*message) {
                    message.withdrawn.get_or_insert(Stamp::of(entry));
                }
            }
            Event::MessageUnreachable { message } => {
                if let Some(message) = self.get_mut(*message) {
                    message.unreachable.get_or_insert(Stamp::of(entry));
                }
            }
            Event::InjectReworded { inject, text } => {
                self.reworded = Some((*inject, text.clone()));
            }
            Event::ActionTaken {
                act: HumanAct::Add { from, text, .. },
            } => self.added = Some((entry.number, Some(from.clone()), text.clone())),
            Event::ActionTaken {
                act: HumanAct::Tell { text, .. },
            } => self.added = Some((entry.number, None, text.clone())),
            _ => {}
        }
    }

    fn send(&mut self, id: MessageId, entry: &Entry) {
        let Event::MessageSent {
            kind,
            origin,
            to,
            people,
            channel,
            reveals,
            ..
        } = &entry.event
        else {
            return;
        };
        // A number that is taken belongs to whoever had it first.
        let Err(place) = self.place(id) else { return };
        let (said_by, words) = self.words(origin, entry).unzip();
        let message = Message {
            id,
            kind: *kind,
            origin: origin.clone(),
            from: entry.actor.person(),
            to: *to,
            reveals: reveals.clone(),
            said_by: said_by.flatten(),
            words,
            sendings: vec![Sending {
                sent: Stamp::of(entry),
                people: people.clone(),
                channel: *channel,
                again: None,
            }],
            standing: Standing::Unnoticed,
            noticed_by: None,
            noticed: None,
            read: None,
            withdrawn: None,
            unreachable: None,
            misread_by: None,
        };
        self.all.insert(place, message);
    }

    /// What somebody wrote of a message that is sent, and in whose name where that is not their own.
    fn words(&mut self, origin: &Origin, entry: &Entry) -> Option<(Option<String>, String)> {
        match origin {
            Origin::Facilitator { .. } | Origin::Own { .. } => {
                let added = self.added.take();
                let (_, from, text) = added.filter(|(of, ..)| entry.cause == Some(*of))?;
                Some((from, text))
            }
            Origin::Inject { inject, .. } => {
                let reworded = self.reworded.take();
                let (_, text) = reworded.filter(|(of, _)| of == inject)?;
                Some((None, text))
            }
            _ => None,
        }
    }

    fn send_on(
        &mut self,
        id: MessageId,
        entry: &Entry,
        (people, channel): (&Few<PersonId>, Option<ChannelId>),
        again: Option<Resend>,
    ) {
        if let Some(message) = self.get_mut(id) {
            message.sendings.push(Sending {
                sent: Stamp::of(entry),
                people: people.clone(),
                channel,
                again,
            });
        }
    }

    fn notice(&mut self, id: MessageId, person: PersonId, entry: &Entry) {
        if self.get(id).is_none_or(|message| !message.waits()) {
            return;
        }
        self.take_out(id);
        let Some(message) = self.get_mut(id) else {
            return;
        };
        message.standing = Standing::Noticed(person);
        message.noticed_by = Some(person);
        message.noticed.get_or_insert(Stamp::of(entry));
        if let Some(inbox) = self.inboxes.get_mut(person.index()) {
            inbox.push(id);
        }
    }

    fn begin(&mut self, id: MessageId, person: PersonId) {
        self.take_out(id);
        if let Some(message) = self.get_mut(id) {
            message.standing = Standing::BeingRead(person);
        }
        if let Some(reading) = self.reading.get_mut(person.index()) {
            *reading = Some(id);
        }
    }

    fn finish(&mut self, id: MessageId, person: PersonId, entry: &Entry) {
        self.settle(id, Standing::Read(person));
        if let Some(message) = self.get_mut(id) {
            message.read.get_or_insert(Stamp::of(entry));
        }
    }

    /// Nobody has a message before them any more.
    fn settle(&mut self, id: MessageId, standing: Standing) {
        self.take_out(id);
        if let Some(message) = self.get_mut(id) {
            message.standing = standing;
        }
    }

    /// Takes a message out of the hands of who has it.
    fn take_out(&mut self, id: MessageId) {
        let Some(Standing::Noticed(person) | Standing::BeingRead(person)) =
            self.get(id).map(|message| message.standing)
        else {
            return;
        };
        if let Some(inbox) = self.inboxes.get_mut(person.index()) {
            inbox.retain(|held| *held != id);
        }
        if let Some(reading) = self.reading.get_mut(person.index()) {
            reading.take_if(|read| *read == id);
        }
    }

    /// Where a message is, or would be. They are numbered from 1, so in a whole record each is in the place
    /// of its number.
    fn place(&self, id: MessageId) -> Result<usize, usize> {
        let usual = (id.0 as usize).wrapping_sub(1);
        match self.all.get(usual) {
            Some(there) if there.id == id => Ok(usual),
            None if self.all.last().is_none_or(|last| last.id < id) => Err(self.all.len()),
            _ => self.all.binary_search_by_key(&id, |message| message.id),
        }
    }

    fn get_mut(&mut self, id: MessageId) -> Option<&mut Message> {
        let place = self.place(id).ok()?;
        Some(&mut self.all[place])
    }

    /// What kind of message one is, where it comes from and to which role it was sent, by the entries of a
    /// record.
    pub fn sent(entries: &[Entry], wanted: MessageId) -> Option<(MessageKind, &Origin, RoleId)> {
        entries.iter().find_map(|entry| match &entry.event {
            Event::MessageSent {
                message,
                kind,
                origin,
                to,
                ..
            } if *message == wanted => Some((*kind, origin, *to)),
            _ => None,
        })
    }

    /// A message, where the record speaks of it.
    pub fn get(&self, id: MessageId) -> Option<&Message> {
        let place = self.place(id).ok()?;
        Some(&self.all[place])
    }

    /// Every message, in the order of their numbers.
    pub fn all(&self) -> &[Message] {
        &self.all
    }

    /// What a person noticed and did not begin to read, in the order of noticing.
    pub fn inbox(&self, person: PersonId) -> &[MessageId] {
        self.inboxes.get(person.index()).map_or(&[], Vec::as_slice)
    }

    /// What a person is reading.
    pub fn reading(&self, person: PersonId) -> Option<MessageId> {
        self.reading.get(person.index()).copied().flatten()
    }

    /// The messages that a person has read, in the order of their numbers.
    pub fn read_by(&self, person: PersonId) -> impl Iterator<Item = &Message> {
        let all = self.all.iter();
        all.filter(move |message| message.standing == Standing::Read(person))
    }
}
