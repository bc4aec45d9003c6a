//! Reading: it occupies people, and who was called out of bed takes longer for the first message.

use super::{Busy, People};
use crate::exercise::{MessageId, PersonId, Span};
use crate::record::Event;
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::human;
use crate::simulation::messages::Messages;
use crate::simulation::out::{Changed, Out};
use crate::simulation::scene::{Policy, Scene};

impl People {
    /// For how long a person handles a message at most: they answer before they go to bed.
    fn before_bed(&self, scene: Scene<'_>, person: PersonId) -> Span {
        let rests = self.act() && scene.policy == Policy::People;
        if !rests || self.is_in_turn(scene, person) {
            return Span(i64::MAX);
        }
        let left = human::LONGEST_AWAKE - self.awake(scene, person);
        left.max(human::FINISH_WITHIN)
    }

    /// How much longer a person takes for a message who was called out of bed for it.
    fn gets_up(&mut self, scene: Scene<'_>, person: PersonId) -> Span {
        if std::mem::take(&mut self.all[person.index()].drowsy) {
            human::getting_up(scene)
        } else {
            Span::ZERO
        }
    }
}

/// Somebody begins to read.
pub(crate) fn start_reading(
    people: &mut People,
    messages: &Messages,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (message, person): (MessageId, PersonId),
) {
    read_on(people, messages, agenda, scene, (message, person));
    let actor = people.actor(person);
    let cause = messages.get(message).last_entry;
    out.emit(
        actor,
        Some(cause),
        Event::ReadingStarted { message, person },
    );
}

/// A message occupies somebody for as long as they take to handle it.
pub(crate) fn read_on(
    people: &mut People,
    messages: &Messages,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    (message, person): (MessageId, PersonId),
) {
    people.take_from_inbox(person, message);
    let interrupted = match people.get(person).busy {
        Busy::Working(piece) => Some(piece),
        _ => None,
    };
    let reading = Busy::Reading {
        message,
        interrupted,
    };
    people.occupy(person, reading);
    let span = messages.handling(scene, message, person) + people.gets_up(scene, person);
    let span = span.min(people.before_bed(scene, person));
    agenda.after(Rank::ReadingEnded, person.index(), scene.now, span);
}

/// Reading ended. Returns the message, and the work that goes on.
pub(crate) fn reading_ended(
    people: &mut People,
    messages: &Messages,
    out: &mut Out,
    person: PersonId,
) -> Option<usize> {
    let Busy::Reading {
        message,
        interrupted,
    } = people.get(person).busy
    else {
        return None;
    };
    people.occupy(person, interrupted.map_or(Busy::Free, Busy::Working));
    out.mark(Changed::PEOPLE);
    let actor = people.actor(person);
    let cause = messages.get(message).last_entry;
    out.emit(actor, Some(cause), Event::MessageRead { message, person });
    interrupted
}

/// The message that a free person reads next, of those that they may read now.
pub(crate) fn next_to_read(
    people: &People,
    messages: &Messages,
    scene: Scene<'_>,
    person: PersonId,
    may_read: impl Fn(MessageId) -> bool,
) -> Option<MessageId> {
    let inbox = people.get(person).inbox.iter().copied();
    let readable = inbox.filter(|message| may_read(*message));
    readable.min_by_key(|message| messages.turn(scene, *message, person))
}
