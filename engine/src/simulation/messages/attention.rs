//! Attention: when a person notices a copy of a message, planned once and again when that changes.
//!
//! When it is depends on the calendar of the person, on whether they were reached or rest, and on
//! whether the channel works. Of the copies of a message only the one that is noticed first is pending: with
//! it the message is noticed. So only the copies of somebody who was reached or went to rest are planned
//! anew, and, once a channel works again, those that could not be planned because it did not.

use super::{MessageState, Messages, Reading, channel_works};
use crate::exercise::{ExerciseTime, MessageId, PersonId};
use crate::record::MessageKind;
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::assets::Assets;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;

impl Messages {
    /// A copy lies unnoticed from now on.
    pub(super) fn lies(&mut self, slot: usize, person: PersonId) {
        if self.unnoticed.len() <= person.index() {
            self.unnoticed.resize_with(person.index() + 1, Vec::new);
        }
        self.unnoticed[person.index()].push(slot);
        let message = self.copies[slot].message;
        if self.get(message).kind == MessageKind::CallOut {
            if self.calls.len() <= person.index() {
                self.calls.resize_with(person.index() + 1, Vec::new);
            }
            self.calls[person.index()].push(message);
        }
    }

    fn is_unnoticed(&self, slot: usize) -> bool {
        self.get(self.copies[slot].message).state == MessageState::Unnoticed
    }

    pub(super) fn is_held_up(&self, assets: &Assets, scene: Scene<'_>, slot: usize) -> bool {
        let channel = self.copies[slot].channel;
        channel.is_some_and(|channel| !channel_works(scene, assets, channel))
    }

    fn noticed_at(&self, people: &People, scene: Scene<'_>, slot: usize) -> Option<ExerciseTime> {
        let copy = &self.copies[slot];
        match self.get(copy.message).reading {
            // Who read it already takes it up when they are there.
            Reading::Misread(reader) if reader == copy.person => {
                people.there_from(scene, copy.person, copy.kind, copy.from)
            }
            Reading::Misread(_) => None,
            Reading::Fresh | Reading::Understood => {
                people.notice_time(scene, copy.person, copy.kind, copy.from, copy.demand)
            }
        }
    }

    /// Plans when a copy is noticed. What an outage holds up gathers no attention; it is sent again, or
    /// lies there until the channel works. What was delivered before the outage is noticed all the same, and
    /// by nobody in their sleep.
    pub(super) fn plan(
        &mut self,
        people: &People,
        assets: &Assets,
        agenda: &mut Agenda,
        scene: Scene<'_>,
        slot: usize,
    ) {
        let delivered = self.copies[slot].at.is_some();
        if !delivered && self.is_held_up(assets, scene, slot) {
            self.held_up.push(slot);
            return;
        }
        let at = self.noticed_at(people, scene, slot);
        self.copies[slot].at = at.map(|at| at.max(scene.now));
        self.await_first(agenda, self.copies[slot].message);
    }

    /// The copy of a message that is noticed first, and when.
    fn first(&self, id: MessageId) -> Option<(ExerciseTime, usize)> {
        let copies = self.copies(id);
        let planned = copies.filter_map(|slot| Some((self.copies[slot].at?, slot)));
        planned.min()
    }

    /// The first copy of a message is pending, and no other.
    fn await_first(&mut self, agenda: &mut Agenda, id: MessageId) {
        let first = self.first(id);
        let slot = first.map(|(_, slot)| slot);
        let before = std::mem::replace(&mut self.get_mut(id).pending, slot);
        if let Some(other) = before.filter(|_| before != slot) {
            agenda.cancel(Rank::Delivery, other);
        }
        if let Some((at, slot)) = first {
            agenda.schedule(Rank::Delivery, slot, at);
        }
    }

    /// A copy that is noticed at another time than is planned, of all that lie unnoticed and are not held up
    /// by an outage, or one that is not pending although it is the first, or pending although it is not.
    pub(crate) fn planned_otherwise(
        &self,
        people: &People,
        assets: &Assets,
        agenda: &Agenda,
        scene: Scene<'_>,
    ) -> Option<usize> {
        (0..self.copies.len()).find(|slot| {
            let copy = &self.copies[*slot];
            let first = self.first(copy.message).filter(|(_, first)| first == slot);
            let due = first.map(|(at, _)| at);
            let held_up = self.is_held_up(assets, scene, *slot);
            let undelivered = held_up && copy.at.is_none();
            let planned = undelivered || self.noticed_at(people, scene, *slot) == copy.at;
            let awaited = due == agenda.due(Rank::Delivery, *slot);
            self.is_unnoticed(*slot) && !(planned && awaited)
        })
    }
}

/// A person was reached, or went to rest: they notice what lies unnoticed at another time.
pub(crate) fn presence_changed(
    messages: &mut Messages,
    people: &People,
    assets: &Assets,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    person: PersonId,
) {
    let Some(unnoticed) = messages.unnoticed.get_mut(person.index()) else {
        return;
    };
    let mut slots = std::mem::take(unnoticed);
    slots.retain(|slot| messages.is_unnoticed(*slot));
    for slot in &slots {
        messages.plan(people, assets, agenda, scene, *slot);
    }
    messages.unnoticed[person.index()] = slots;
}

/// A channel works again, or no longer does: what was held up is noticed after all.
pub(crate) fn channels_changed(
    messages: &mut Messages,
    people: &People,
    assets: &Assets,
    agenda: &mut Agenda,
    scene: Scene<'_>,
) {
    // Those that are still held up are added behind the others.
    let held_up = messages.held_up.len();
    for place in 0..held_up {
        let slot = messages.held_up[place];
        if messages.is_unnoticed(slot) {
            messages.plan(people, assets, agenda, scene, slot);
        }
    }
    messages.held_up.drain(..held_up);
}
