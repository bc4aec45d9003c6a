//! Giving out work looks only at who and what stands otherwise. Here everybody and all that waits is
//! looked at, in debug builds: nothing more is found.

use super::preempting::ABOVE;
use super::{assigning, route};
use crate::exercise::PersonId;
use crate::simulation::lane::Lane;
use crate::simulation::people::Busy;
use crate::simulation::scene::{Policy, Scene};
use crate::simulation::work::{self, State};

/// What a look at everything finds that was overlooked, in words; `None`: nothing.
pub(crate) fn overlooked(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    if lane.run.ended.is_some() || !lane.people.act() {
        return None;
    }
    let (people, assets) = (&lane.people, &lane.assets);
    let messages = &lane.messages;
    let copy = messages.planned_otherwise(people, assets, lane.agenda, scene);
    let copy = copy.map(|slot| format!("copy {slot} of a message is noticed at another time"));
    copy.or_else(|| reader(lane, scene)).or_else(|| {
        let gives_out = scene.policy != Policy::NoResponse;
        gives_out.then(|| piece(lane, scene)).flatten()
    })
}

/// Somebody who could read.
fn reader(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let could_read = |person: &PersonId| {
        let someone = lane.people.get(*person);
        let idle = someone.busy == Busy::Free && !someone.inbox.is_empty();
        idle && !lane.people.is_played(*person) && lane.people.on_duty(scene, *person)
    };
    let reader = lane.people.ids().find(could_read)?;
    Some(format!("{reader:?} could read"))
}

/// A piece that could be started, or for which somebody is to be asked or called, or laid aside.
fn piece(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let (work, people) = (&lane.work, &lane.people);
    let waiting = |(_, piece): &(usize, &work::Piece)| piece.state == State::Waiting;
    let waiting = work.pieces().filter(waiting).map(|(index, _)| index);
    let waiting: Vec<usize> = waiting.collect();
    if waiting != work.waiting() {
        return Some("other work waits than is listed".to_owned());
    }
    let listed = |person: &PersonId| {
        let theirs = |index: &usize| work::concerns(work, scene, *index, *person);
        work.is_waiting_for(scene, *person) == waiting.iter().any(theirs)
    };
    if let Some(person) = people.ids().find(|person| !listed(person)) {
        return Some(format!("other work waits for {person:?} than is listed"));
    }
    let weighed = |incident| work.severity(incident) == route::severity(lane, scene, incident);
    if !waiting.is_empty() && !lane.incidents.ids().all(weighed) {
        return Some("an incident is more or less severe than work is given out by".to_owned());
    }
    let found = waiting.into_iter().find_map(|index| {
        let found = if work::assignment(work, people, scene, index).is_some() {
            "could be started"
        } else if assigning::calls(lane, scene, index) {
            "has somebody to be asked or called"
        } else if work::held_up_by(work, people, scene, index, ABOVE).is_some() {
            "has lesser work to be laid aside for it"
        } else {
            return None;
        };
        Some(format!("{:?} {found}", work.piece(index).instance))
    });
    found.or_else(|| in_hand(lane, scene))
}

/// A piece that somebody could take back.
fn in_hand(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let (work, people, agenda) = (&lane.work, &lane.people, &*lane.agenda);
    // What humans start or hand over is looked at when it is due.
    let simulated =
        |change: &work::Change| !people.is_played(change.from) && !people.is_played(change.to);
    let mut running = work.pieces();
    running.find_map(|(index, piece)| {
        let runs = piece.state == State::Running;
        let better = || work::taken_back(work, people, agenda, scene, index, simulated);
        (runs && better().is_some()).then(|| format!("{:?} could be taken back", piece.instance))
    })
}
