//! Messages, inboxes, knowledge and clocks, as recorded and as they are.

use super::{differ, incidents, reads, roles};
use crate::exercise::{MessageId, ObligationId};
use crate::simulation::lane::Lane;
use crate::simulation::messages::MessageState;
use crate::simulation::scene::Scene;
use crate::situation::Situation;
use crate::situation::messages::Standing;

/// Until people act nothing is said of their inboxes.
pub(super) fn inboxes(lane: &Lane<'_>, situation: &Situation) -> Option<String> {
    if !lane.people.act() {
        return None;
    }
    let messages = situation.messages();
    lane.people.ids().find_map(|person| {
        let inbox = &lane.people.get(person).inbox[..];
        let recorded = messages.inbox(person);
        differ("inbox", &(person, inbox), &(person, recorded)).or_else(|| {
            let recorded = messages.reading(person);
            differ("reads", &(person, reads(lane, person)), &(person, recorded))
        })
    })
}

pub(super) fn messages(lane: &Lane<'_>, situation: &Situation) -> Option<String> {
    let recorded = situation.messages().all();
    let sent = differ("messages", &lane.messages.len(), &recorded.len());
    if sent.is_some() || !lane.people.act() {
        return sent;
    }
    recorded.iter().find_map(|message| {
        let state = match message.standing {
            Standing::Unnoticed => MessageState::Unnoticed,
            Standing::Noticed(person) | Standing::BeingRead(person) => {
                MessageState::Noticed(person)
            }
            Standing::Read(_) => MessageState::Read,
            Standing::Withdrawn | Standing::DealtWith => MessageState::Gone,
        };
        let id: MessageId = message.id;
        let reveals = || {
            let told = lane.messages.reveals(id);
            differ("revealed", &told, &&message.reveals[..])
        };
        differ("message", &(id, lane.messages.get(id).state), &(id, state)).or_else(reveals)
    })
}

pub(super) fn knowledge(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    situation: &Situation,
) -> Option<String> {
    let known = situation.knowledge();
    let of_role = |role| {
        let same = lane.minds.role(role) == known.known(role);
        (!same).then(|| format!("what {role:?} knows is not what it learned"))
    };
    let seated = |incident| {
        roles(scene).find_map(|role| {
            let on = lane.minds.is_on_board(incident, role);
            let recorded = situation.is_on_board(incident, role);
            differ("on the board", &(role, on), &(role, recorded))
        })
    };
    let board = |incident| {
        let same = *lane.minds.board(incident) == situation.board(incident);
        (!same).then(|| format!("the board of {incident:?} knows something else"))
    };
    roles(scene)
        .find_map(of_role)
        .or_else(|| incidents(scene).find_map(seated))
        .or_else(|| incidents(scene).find_map(board))
}

pub(super) fn clocks(lane: &Lane<'_>, scene: Scene<'_>, situation: &Situation) -> Option<String> {
    let obligations = 0..scene.exercise().plan().obligations.len();
    let mut pairs = obligations.flat_map(|of| {
        let of = ObligationId::new(of);
        incidents(scene).map(move |incident| (of, incident))
    });
    pairs.find_map(|(obligation, incident)| {
        let recorded = situation.clocks().get(obligation, incident);
        let world = lane.clocks.reading(obligation, incident);
        // Truth calls for a clock that runs already without a word.
        let called = recorded.called_for.is_some() || recorded.started.is_some();
        let world_called = world.called || world.due.is_some();
        let aware = [recorded.aware.is_some(), recorded.stated.is_some()];
        differ("due", &world.due, &recorded.due())
            .or_else(|| differ("aware", &world.aware, &aware))
            .or_else(|| differ("met", &world.met, &recorded.met.is_some()))
            .or_else(|| {
                let waived = recorded.not_required.map(|(_, sound)| sound);
                differ("not required", &world.not_required, &waived)
            })
            .or_else(|| {
                let misdirected = recorded.misdirected.is_some();
                differ("misdirected", &world.misdirected, &misdirected)
            })
            .or_else(|| differ("called for", &world_called, &called))
            .map(|what| format!("{obligation:?} of {incident:?}: {what}"))
    })
}
