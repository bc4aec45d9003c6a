//! Who takes part: people who come, go and sit elsewhere, and those who stand in for them.

use super::possible::{Possible, unless};
use crate::exercise::PersonId;
use crate::record::{Actor, Event, HumanAct, Refusal};
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;

/// Whether an act that is about who takes part is possible now.
pub(super) fn possible(lane: &Lane<'_>, act: &HumanAct) -> Possible {
    match act {
        HumanAct::Join { who, .. } => {
            unless(who.trim().is_empty(), Refusal::NoName)?;
            unless(lane.humans.seat(who).is_some(), Refusal::HereAlready)
        }
        HumanAct::Leave { who } => unless(lane.humans.seat(who).is_none(), Refusal::NotHere),
        HumanAct::ChangeSeat { who, seat } => {
            let sits = lane.humans.seat(who);
            unless(sits.is_none(), Refusal::NotHere)?;
            unless(sits == Some(seat), Refusal::SoAlready)
        }
        HumanAct::StandIn { person, on } => {
            let human = lane.people.get(*person).is_human();
            unless(!human, Refusal::NobodyPlays)?;
            unless(lane.people.has_stand_in(*person) == *on, Refusal::SoAlready)?;
            unless(!on && !is_there(lane, *person), Refusal::NobodyPlays)
        }
        _ => Ok(()),
    }
}

/// Whether a human is there who plays a person.
fn is_there(lane: &Lane<'_>, person: PersonId) -> bool {
    lane.people.is_played_from_the_start(person) || lane.humans.is_seated(person)
}

/// Somebody comes, goes or sits elsewhere, or a stand-in takes a place.
pub(super) fn apply(lane: &mut Lane<'_>, scene: Scene<'_>, act: &HumanAct, cause: u32) {
    match act {
        HumanAct::Join { who, seat } => {
            lane.humans.sit(who, Some(seat.clone()));
            let (who, seat) = (who.clone(), seat.clone());
            let taken = seat.person();
            let cause = say(lane, cause, Event::Joined { who, seat });
            seated(lane, scene, (None, taken), cause);
        }
        HumanAct::Leave { who } => {
            if let Some(seat) = lane.humans.sit(who, None) {
                let (who, left) = (who.clone(), seat.person());
                let cause = say(lane, cause, Event::Left { who, seat });
                seated(lane, scene, (left, None), cause);
            }
        }
        HumanAct::ChangeSeat { who, seat } => {
            if let Some(from) = lane.humans.sit(who, Some(seat.clone())) {
                let (who, to) = (who.clone(), seat.clone());
                let seats = (from.person(), to.person());
                let cause = say(lane, cause, Event::SeatChanged { who, from, to });
                seated(lane, scene, seats, cause);
            }
        }
        HumanAct::StandIn { person, on } => put(lane, scene, (*person, *on), cause),
        _ => {}
    }
}

fn say(lane: &mut Lane<'_>, cause: u32, event: Event) -> u32 {
    lane.out.emit(Actor::Facilitator {}, Some(cause), event)
}

/// A seat was left, another taken. Where nobody is left to play a person a stand-in does; whoever comes takes the
/// place of one.
fn seated(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (left, taken): (Option<PersonId>, Option<PersonId>),
    cause: u32,
) {
    if let Some(person) = left
        && !is_there(lane, person)
        && !lane.people.has_stand_in(person)
    {
        put(lane, scene, (person, true), cause);
    }
    if let Some(person) = taken {
        lane.people.play(person);
        if lane.people.has_stand_in(person) {
            put(lane, scene, (person, false), cause);
        }
    }
}

fn put(lane: &mut Lane<'_>, scene: Scene<'_>, (person, on): (PersonId, bool), cause: u32) {
    lane.people.put_stand_in(person, on);
    say(lane, cause, Event::StandInChanged { person, on });
    if on && lane.people.act() {
        super::stand_in(lane, scene, Some(person));
    }
}
