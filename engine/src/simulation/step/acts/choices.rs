//! Acts that take the place of a choice which the engine makes for people whom nobody plays. Each is
//! looked for at the point at which that choice would have been made, so that people who are played
//! from the acts of a simulation live its story.

use super::possible::{pieces, team_of};
use super::{current, note_taken};
use crate::exercise::{DecisionId, IncidentId, Instance, MessageId, PersonId, Phase};
use crate::record::{Chosen, HumanAct};
use crate::simulation::humans::Humans;
use crate::simulation::lane::Lane;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;
use crate::simulation::work::{self, Approval, Assignment, Change, State};

/// Takes what a person does now, if it is this, and records it. Returns its entry.
fn accept(
    lane: &mut Lane<'_>,
    person: PersonId,
    test: impl Fn(&HumanAct) -> bool,
) -> Option<(HumanAct, u32)> {
    if lane.humans.due().is_empty() || !lane.people.is_played(person) {
        return None;
    }
    let action = lane.humans.take_of(person, test)?;
    let entry = note_taken(lane, &action);
    Some((action.does, entry))
}

/// The message that somebody reads now, of some in the inbox.
pub(in crate::simulation::step) fn reads(
    lane: &mut Lane<'_>,
    person: PersonId,
    of: &[MessageId],
) -> Option<MessageId> {
    let wanted = |act: &HumanAct| match act {
        HumanAct::Read { message } => of.contains(message),
        _ => false,
    };
    match accept(lane, person, wanted)?.0 {
        HumanAct::Read { message } => Some(message),
        _ => None,
    }
}

/// What humans start now as anybody would: who is free, there, knows of it and may.
pub(in crate::simulation::step) fn wanted(lane: &Lane<'_>, scene: Scene<'_>) -> Vec<Assignment> {
    let due = lane.humans.due();
    if due.is_empty() {
        return Vec::new();
    }
    let wanted = due.iter().filter_map(|action| {
        let person = action.person.filter(|of| lane.people.is_played(*of))?;
        let HumanAct::Start { task, with } = &action.does else {
            return None;
        };
        let team = team_of(person, with);
        let mut pieces = pieces(lane, *task, State::Waiting);
        pieces.find_map(|index| work::team(lane.work, lane.people, scene, (index, &team), true))
    });
    wanted.collect()
}

/// The act by which a human starts this, if it was one.
pub(in crate::simulation::step) fn accept_start(lane: &mut Lane<'_>, assignment: &Assignment) {
    let instance = lane.work.piece(assignment.piece).instance;
    for person in &assignment.people {
        let others = |with: &[PersonId]| with.iter().all(|of| assignment.people.contains(of));
        let this = |act: &HumanAct| match act {
            HumanAct::Start { task, with } => task.fits(instance) && others(with),
            _ => false,
        };
        if accept(lane, *person, this).is_some() {
            return;
        }
    }
}

/// Whether an act is that by which a human starts what somebody else does.
fn takes(act: &HumanAct, change: &Change) -> bool {
    match act {
        HumanAct::Start { task, with } => {
            task.fits(change.instance) && with.iter().all(|of| *of == change.to)
        }
        _ => false,
    }
}

/// Whether an act is that by which a human lets go what they do.
fn lets_go(act: &HumanAct, change: &Change) -> bool {
    match act {
        HumanAct::HandOver { task, to } => task.fits(change.instance) && *to == change.role,
        _ => false,
    }
}

/// Whether work goes to other hands as far as humans have a say in it: who is to go on with it starts it, and from
/// who is to lose it to somebody who is simulated it comes by their handing it over.
pub(in crate::simulation::step) fn agreed(
    people: &People,
    humans: &Humans,
    change: &Change,
) -> bool {
    let says = |person, this: fn(&HumanAct, &Change) -> bool| {
        let mut due = humans.due().iter();
        due.any(|action| action.person == Some(person) && this(&action.does, change))
    };
    if people.is_played(change.to) {
        says(change.to, takes)
    } else {
        !people.is_played(change.from) || says(change.from, lets_go)
    }
}

/// The act by which work goes to other hands, if it was one.
pub(in crate::simulation::step) fn accept_change(lane: &mut Lane<'_>, change: &Change) {
    if lane.people.is_played(change.to) {
        accept(lane, change.to, |act| takes(act, change));
    } else {
        accept(lane, change.from, |act| lets_go(act, change));
    }
}

/// How somebody who has read the request answers it now.
pub(in crate::simulation::step) fn answer(
    lane: &mut Lane<'_>,
    person: PersonId,
    index: usize,
) -> Option<(bool, u32)> {
    let piece = lane.work.piece(index);
    if piece.state != State::Waiting || piece.approval != Approval::Asked {
        return None;
    }
    let instance: Instance = piece.instance;
    let this =
        |act: &HumanAct| matches!(act, HumanAct::Approve { task, .. } if task.fits(instance));
    match accept(lane, person, this)? {
        (HumanAct::Approve { granted, .. }, entry) => Some((granted, entry)),
        _ => None,
    }
}

/// What the decider chooses now.
pub(in crate::simulation::step) fn decision(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    id: DecisionId,
) -> Option<(Chosen, u32)> {
    let options = scene.exercise().plan().decision(id).options.len();
    let this = |act: &HumanAct| match act {
        HumanAct::Decide { choice } => choice.decision == id && choice.option.index() < options,
        _ => false,
    };
    match accept(lane, person, this)? {
        (HumanAct::Decide { choice }, entry) => Some((choice, entry)),
        _ => None,
    }
}

/// Whether who leads says now that a phase is complete.
pub(in crate::simulation::step) fn completion(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    what: (IncidentId, Phase),
) -> Option<u32> {
    if lane.humans.due().is_empty() {
        return None;
    }
    let meant = current(lane, scene);
    let this = |act: &HumanAct| match act {
        HumanAct::DeclareComplete { phase, incident } => {
            (incident.unwrap_or(meant), *phase) == what
        }
        _ => false,
    };
    accept(lane, person, this).map(|(_, entry)| entry)
}
