//! Before people act: they notice and read, and begin to act at STARTEX, or when somebody understands a
//! sign of the attack in a scenario that lets people begin early.

use crate::exercise::{BasisPoints, MessageId, PersonId};
use crate::simulation::draw::Purpose;
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::people::{self, Busy};
use crate::simulation::scene::Scene;
use crate::simulation::{human, messages};

/// People act from now on.
pub(super) fn begin(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    understood: Option<(MessageId, PersonId)>,
) {
    messages::begin(
        lane.messages,
        lane.people,
        lane.assets,
        lane.agenda,
        lane.out,
        scene,
        understood,
    );
    lane.people.state(lane.out, scene);
    lane.out.mark(Changed::ALL);
}

/// Somebody notices a message.
pub(super) fn noticed(lane: &mut Lane<'_>, scene: Scene<'_>, slot: usize) {
    messages::noticed_before(lane.messages, lane.people, scene, slot);
    lane.out.mark(Changed::PEOPLE);
}

/// Whoever is free reads on. Says whether anybody does.
pub(super) fn read_next(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    if !lane.people.has_stirred() {
        return false;
    }
    lane.people.look_at_stirred();
    let (mut any, mut place) = (false, 0);
    while let Some((person, _)) = lane.people.looked_at(place) {
        place += 1;
        if lane.people.is_free(person) && !lane.people.get(person).inbox.is_empty() {
            any |= read(lane, scene, person);
        }
    }
    any
}

fn read(lane: &mut Lane<'_>, scene: Scene<'_>, person: PersonId) -> bool {
    let (people, messages) = (&*lane.people, &*lane.messages);
    let may_read = |message| people.may_read(messages, scene, (message, person));
    let next = people::next_to_read(people, messages, scene, person, may_read);
    let Some(message) = next else {
        return false;
    };
    people::read_on(
        lane.people,
        lane.messages,
        lane.agenda,
        scene,
        (message, person),
    );
    true
}

/// Somebody has read a message to its end: it is dealt with, was not understood, or is what people begin
/// to act by.
pub(super) fn reading_ended(lane: &mut Lane<'_>, scene: Scene<'_>, person: PersonId) {
    let Busy::Reading { message, .. } = lane.people.get(person).busy else {
        return;
    };
    lane.people.occupy(person, Busy::Free);
    lane.out.mark(Changed::PEOPLE);
    let reveals = messages::read_before(lane.messages, (message, person));
    if reveals && understands(lane, scene, (message, person)) {
        begin(lane, scene, Some((message, person)));
    }
}

/// Whether who read a message understands what it says, and is still there to act on it. Whom a human
/// plays does not: the human comes at STARTEX.
fn understands(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    (message, person): (MessageId, PersonId),
) -> bool {
    let may = scene.exercise().scenario().early && !lane.people.get(person).is_human();
    let there = || {
        let reads = (message, person);
        lane.people.may_read(lane.messages, scene, reads)
    };
    let right = || {
        let chance = right_diagnosis(lane, scene, person);
        let subject = lane.messages.subject(message).with(scene.person(person));
        scene.dice.happens(subject, Purpose::Diagnosis, 0, chance)
    };
    may && there() && right()
}

fn right_diagnosis(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId) -> BasisPoints {
    let described = &scene.exercise().organisation().people[person.index()];
    human::right_diagnosis(scene, described, lane.people.awake(scene, person))
}
