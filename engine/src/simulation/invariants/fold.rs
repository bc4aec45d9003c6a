//! The situation folded from the record equals the world that made the record.
//!
//! What is left out is unsaid on purpose, or works inside of a rule: what people noticed and read before they
//! act; what was told before a clock began, which is no matter of that clock; what still prepares to come, as
//! a delay that was drawn.

mod doing;
mod telling;

use crate::exercise::{AssetId, IncidentId, PersonId, RoleId};
use crate::record::Presence;
use crate::simulation::lane::Lane;
use crate::simulation::people::Busy;
use crate::simulation::scene::{Policy, Scene};
use crate::situation::Situation;

/// The first respect in which the record says otherwise than the world, in words.
pub(crate) fn otherwise(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let situation = lane.mirror.situation()?;
    participants(lane, scene, situation)
        .or_else(|| presences(lane, scene, situation))
        .or_else(|| rooms(lane, scene, situation))
        .or_else(|| telling::inboxes(lane, situation))
        .or_else(|| telling::messages(lane, situation))
        .or_else(|| telling::knowledge(lane, scene, situation))
        .or_else(|| telling::clocks(lane, scene, situation))
        .or_else(|| doing::work(lane, situation))
        .or_else(|| doing::assets(lane, scene, situation))
        .or_else(|| doing::attack(lane, scene, situation))
        .or_else(|| doing::courses(lane, situation))
        .or_else(|| doing::story(lane, scene, situation))
        .map(|what| format!("the record says otherwise: {what}"))
}

/// What is not so, where the two differ.
fn differ<T: PartialEq + std::fmt::Debug>(what: &str, world: &T, record: &T) -> Option<String> {
    (world != record).then(|| format!("{what} is {world:?}, recorded as {record:?}"))
}

fn incidents(scene: Scene<'_>) -> impl Iterator<Item = IncidentId> {
    (0..scene.exercise().scenario().incidents.len()).map(IncidentId::new)
}

fn assets(scene: Scene<'_>) -> impl Iterator<Item = AssetId> {
    (0..scene.exercise().organisation().assets.len()).map(AssetId::new)
}

fn roles(scene: Scene<'_>) -> impl Iterator<Item = RoleId> {
    (0..scene.exercise().organisation().roles.len()).map(RoleId::new)
}

fn participants(lane: &Lane<'_>, scene: Scene<'_>, situation: &Situation) -> Option<String> {
    let (control, there) = (situation.control(), situation.participants());
    let moved = control.moved_until().is_some_and(|until| scene.now < until);
    let of_person = |person: PersonId| {
        let humans = lane.people.get(person).is_human();
        let stand_in = lane.people.has_stand_in(person);
        let recorded = (there.is_human(person), there.has_stand_in(person));
        differ("who plays", &(humans, stand_in), &recorded)
    };
    differ("act", &lane.people.act(), &control.people_act())
        .or_else(|| {
            let paused = control.paused().is_some();
            differ("paused", &lane.humans.is_paused(), &paused)
        })
        .or_else(|| differ("moved", &lane.humans.is_moved_over(scene.now), &moved))
        .or_else(|| differ("here", &lane.humans.here(), &there.here()))
        .or_else(|| lane.people.ids().find_map(of_person))
}

fn presences(lane: &Lane<'_>, scene: Scene<'_>, situation: &Situation) -> Option<String> {
    // Who comes or goes between two instants is stated at the next.
    let between = lane.out.now() != scene.now;
    if between || scene.policy != Policy::People || !lane.people.act() {
        return None;
    }
    let there = situation.presences();
    lane.people.ids().find_map(|person| {
        let rests = lane.people.rests(scene, person);
        let presence = match lane.people.presence(scene, person) {
            Presence::Off if !rests && lane.people.is_on_leave(scene, person) => Presence::OnLeave,
            presence => presence,
        };
        let recorded = there.rests_until(person).is_some();
        differ("rest", &(person, rests), &(person, recorded)).or_else(|| {
            // Who rests while on leave is away, whatever that is called.
            let recorded = there.presence(person);
            let away = rests && recorded == Presence::OnLeave;
            let recorded = if away { Presence::Off } else { recorded };
            differ("presence", &(person, presence), &(person, recorded))
        })
    })
}

fn rooms(lane: &Lane<'_>, scene: Scene<'_>, situation: &Situation) -> Option<String> {
    let rooms = situation.rooms();
    incidents(scene).find_map(|incident| {
        let open = rooms.opened(incident).is_some();
        differ("room", &lane.minds.has_room(incident), &open).or_else(|| {
            lane.people.ids().find_map(|person| {
                let there = lane.minds.is_present(incident, person);
                let recorded = rooms.is_present(incident, person);
                differ("in the room", &(person, there), &(person, recorded))
            })
        })
    })
}

/// What somebody is reading, if they act by now.
fn reads(lane: &Lane<'_>, person: PersonId) -> Option<crate::exercise::MessageId> {
    match lane.people.get(person).busy {
        Busy::Reading { message, .. } => Some(message),
        Busy::Free | Busy::Working(_) => None,
    }
}
