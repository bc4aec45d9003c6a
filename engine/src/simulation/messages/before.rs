//! Before people act they notice and read, and nothing more: no entry says so until they begin to act.
//!
//! What reveals nothing and was read is dealt with. What reveals something and was read was not understood:
//! it lies on top of its reader's inbox. What nobody read to its end lies unread, with the attention that
//! it gathered.

use super::route::await_notice;
use super::{MessageState, Messages, Reading, noticed};
use crate::exercise::{MessageId, PersonId};
use crate::record::Event;
use crate::simulation::agenda::Agenda;
use crate::simulation::assets::Assets;
use crate::simulation::out::Out;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;

/// A copy of a message is noticed by somebody who does not act yet.
pub(crate) fn noticed_before(
    messages: &mut Messages,
    people: &mut People,
    scene: Scene<'_>,
    slot: usize,
) {
    let (id, person) = (messages.copies[slot].message, messages.copies[slot].person);
    let message = messages.get_mut(id);
    if message.state == MessageState::Unnoticed {
        message.state = MessageState::Noticed(person);
        message.noticed = scene.now;
        message.pending = None;
        people.put_in_inbox(person, id);
    }
}

/// Somebody who does not act yet has read a message to its end. Says whether it revealed something.
pub(crate) fn read_before(messages: &mut Messages, (id, person): (MessageId, PersonId)) -> bool {
    let reveals = !messages.reveals(id).is_empty();
    let message = messages.get_mut(id);
    if reveals {
        message.reading = Reading::Misread(person);
    } else {
        message.state = MessageState::Gone;
        messages.dealt_with.push(id);
    }
    reveals
}

/// People begin to act: because of a message that somebody has just understood, where one is given.
pub(crate) fn begin(
    messages: &mut Messages,
    people: &mut People,
    assets: &Assets,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    understood: Option<(MessageId, PersonId)>,
) {
    if let Some((message, _)) = understood {
        messages.get_mut(message).reading = Reading::Understood;
    }
    messages.keep_attention(people, assets, scene);
    people.begin_to_act(agenda);
    messages.state_backlog(out);
    messages.held_up.clear();
    for place in 0..messages.all.len() {
        let id = MessageId(place as u32 + 1);
        if messages.get(id).state == MessageState::Unnoticed {
            await_notice(messages, agenda, scene, id);
            messages.plan_all(people, assets, agenda, scene, id);
        }
    }
    if let Some((message, person)) = understood {
        let sent = messages.get(message).last_entry;
        let event = Event::BeganEarly { message, person };
        let entry = out.emit(people.actor(person), Some(sent), event);
        messages.get_mut(message).last_entry = entry;
        noticed(messages, people, agenda, out, (message, person));
    }
}

impl Messages {
    /// Nobody has noticed from now on what nobody has read to its end, nor what was read and not
    /// understood; it keeps the attention that it gathered, and gathers more from now on.
    fn keep_attention(&mut self, people: &People, assets: &Assets, scene: Scene<'_>) {
        for place in 0..self.all.len() {
            let message = &mut self.all[place];
            if !message.waits() || message.reading == Reading::Understood {
                continue;
            }
            message.state = MessageState::Unnoticed;
            let mut next = message.copies.map(|(first, _)| first);
            while let Some(slot) = next {
                let held_up = self.is_held_up(assets, scene, slot);
                let copy = &mut self.copies[slot];
                if !held_up {
                    let time = (copy.from, scene.now);
                    let left = people.attend(scene, (copy.person, copy.kind), time, copy.demand);
                    copy.demand = left.err().unwrap_or(0);
                }
                copy.from = scene.now;
                copy.at = None;
                next = copy.next;
            }
        }
    }

    /// States what was dealt with, and what was read and not understood.
    fn state_backlog(&mut self, out: &mut Out) {
        self.dealt_with.sort_unstable();
        if !self.dealt_with.is_empty() {
            let messages = out.messages(&self.dealt_with);
            out.rule(None, Event::BacklogDealtWith { messages });
        }
        for (place, message) in self.all.iter_mut().enumerate() {
            if let Reading::Misread(person) = message.reading {
                let id = MessageId(place as u32 + 1);
                let event = Event::MessageMisread {
                    message: id,
                    person,
                };
                message.last_entry = out.rule(Some(message.last_entry), event);
            }
        }
    }

    fn plan_all(
        &mut self,
        people: &People,
        assets: &Assets,
        agenda: &mut Agenda,
        scene: Scene<'_>,
        id: MessageId,
    ) {
        let mut next = self.get(id).copies.map(|(first, _)| first);
        while let Some(slot) = next {
            self.plan(people, assets, agenda, scene, slot);
            next = self.copies[slot].next;
        }
    }
}
