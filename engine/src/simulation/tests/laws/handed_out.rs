//! At every instant of a debug build everybody and all that waits is looked at, and nothing more is found
//! than was found by looking at who and what stands otherwise; here that is shown to find what was
//! overlooked.

use crate::exercise::{ExerciseTime, MessageId, PersonId, RoleId, Severity, Span};
use crate::generator::{self, Numbers};
use crate::simulation::agenda::Rank;
use crate::simulation::lane::Lane;
use crate::simulation::people::Busy;
use crate::simulation::scene::{Policy, Scene, Stage};
use crate::simulation::step::overlooked;
use crate::simulation::work::{self, Approval, State};
use crate::simulation::{Setup, Simulation};

/// Tampers with worlds halfway, without a word to anybody, and fails unless it is found out, in these
/// words.
fn found_out(words: &str, tamper: impl Fn(&mut Lane<'_>, Scene<'_>) -> bool) {
    let mut tampered = 0;
    for seed in 0..500 {
        let mut simulation = Simulation::new(generator::exercise(seed), &[Setup::of(seed, 1)]);
        simulation.advance_to(ExerciseTime(Numbers::new(seed).minutes(1_500).0));
        let found = simulation.with_lane(0, |lane, stage: &Stage| {
            let moment = lane.moment();
            let scene = Scene::new(stage, &moment);
            assert_eq!(overlooked(lane, scene), None);
            let done = lane.run.ended.is_none() && tamper(lane, scene);
            done.then(|| overlooked(lane, scene).unwrap_or_default())
        });
        if let Some(found) = found {
            assert!(found.contains(words), "exercise {seed}: `{found}`");
            tampered += 1;
        }
    }
    assert!(tampered > 0, "nothing to tamper with");
}

fn idle(lane: &Lane<'_>, scene: Scene<'_>) -> Option<PersonId> {
    let free = |person: &PersonId| lane.people.is_free(*person);
    let there = |person: &PersonId| lane.people.on_duty(scene, *person);
    lane.people.ids().filter(free).find(there)
}

#[test]
fn somebody_who_could_read_and_was_not_stirred_is_found() {
    found_out("could read", |lane, scene| {
        let idle = idle(lane, scene);
        if let Some(person) = idle {
            lane.people.get_mut(person).inbox.push(MessageId(1));
        }
        idle.is_some()
    });
}

#[test]
fn work_that_could_be_started_and_was_not_woken_is_found() {
    found_out("could be started", |lane, scene| {
        let at_work = lane.people.ids().find_map(|person| {
            let Busy::Working(index) = lane.people.get(person).busy else {
                return None;
            };
            let alone = lane.work.piece(index).people[..] == [person];
            let there = lane.people.on_duty(scene, person) && lane.people.is_fit(scene, person);
            let reads = !lane.people.get(person).inbox.is_empty();
            (alone && there && !reads).then_some((person, index))
        });
        let Some((person, index)) = at_work else {
            return false;
        };
        lane.people.get_mut(person).busy = Busy::Free;
        lane.work.change(scene, index, |piece| {
            piece.state = State::Waiting;
            piece.told = true;
            piece.approval = Approval::Given;
        });
        let task = scene.exercise().task(lane.work.piece(index).instance.task);
        let roles = work::roles_of(scene, lane.work.piece(index)).iter();
        let mut holders = roles.flat_map(|role| &scene.exercise().role(*role).holders);
        task.people <= 1 && holders.any(|holder| *holder == person)
    });
}

#[test]
fn a_message_that_is_noticed_at_another_time_than_planned_is_found() {
    found_out("is noticed at another time", |lane, _| {
        let planned = |slot: &usize| lane.agenda.due(Rank::Delivery, *slot).is_some();
        let planned = (0..1_000).find(planned);
        if let Some(slot) = planned {
            lane.agenda.cancel(Rank::Delivery, slot);
        }
        planned.is_some()
    });
}

#[test]
fn work_that_is_listed_for_others_than_it_waits_for_is_found() {
    found_out("than is listed", |lane, scene| {
        let roles = scene.exercise().organisation().roles.iter().enumerate();
        let idle = |person: &PersonId| !lane.work.is_waiting_for(scene, *person);
        let other = roles
            .into_iter()
            .find(|(_, role)| role.holders.iter().any(idle));
        let index = lane.work.waiting().first().copied();
        let (Some((role, _)), Some(index)) = (other, index) else {
            return false;
        };
        lane.work.piece_mut(index).handed_to = Some(RoleId::new(role));
        true
    });
}

#[test]
fn somebody_to_be_asked_who_was_not_is_found() {
    found_out("has somebody to be asked or called", |lane, scene| {
        let pieces = lane.work.waiting().iter().copied();
        let asked = pieces.into_iter().find(|index| {
            let asked = lane.work.piece(*index).approval == Approval::Asked;
            asked && !work::assignable(lane.work, lane.people, scene, *index)
        });
        let Some(index) = asked else {
            return false;
        };
        lane.work.piece_mut(index).approval = Approval::NotAsked;
        true
    });
}

#[test]
fn work_that_is_given_out_by_another_severity_than_is_known_is_found() {
    found_out("is more or less severe", |lane, scene| {
        let waits = scene.policy == Policy::People && !lane.work.waiting().is_empty();
        for incident in lane.incidents.ids().filter(|_| waits) {
            let other = match lane.work.severity(incident) {
                Severity::Critical => Severity::Low,
                _ => Severity::Critical,
            };
            lane.work.weigh(incident, other);
        }
        waits
    });
}

#[test]
fn work_that_could_be_taken_back_and_was_not_is_found() {
    found_out("could be taken back", |lane, scene| {
        let stays = |person: PersonId| {
            let leaves = lane.people.next_change(scene, person);
            let stays = leaves.is_none_or(|at| at - scene.now > Span::HOUR);
            stays && lane.people.awake(scene, person) < Span::hours(14)
        };
        let held = lane.people.ids().find_map(|holder| {
            let Busy::Working(index) = lane.people.get(holder).busy else {
                return None;
            };
            let piece = lane.work.piece(index);
            let role = scene.exercise().role(piece.role?);
            let alone = piece.people[..] == [holder] && piece.own.is_none();
            let alone = alone && scene.exercise().task(piece.instance.task).people <= 1;
            let reads = !lane.people.get(holder).inbox.is_empty();
            let holds = role.holders.contains(&holder) && !reads && stays(holder);
            let stands_in = |of: &&PersonId| {
                let free = lane.people.is_free(**of) && !role.holders.contains(of);
                free && lane.people.get(**of).inbox.is_empty()
            };
            let deputy = role.deputies.iter().find(stands_in)?;
            (alone && holds).then_some((holder, *deputy, index))
        });
        let Some((holder, deputy, index)) = held else {
            return false;
        };
        // The deputy has it in hand, and will for ten days; the holder is free.
        lane.people.get_mut(holder).busy = Busy::Free;
        lane.people.get_mut(deputy).busy = Busy::Working(index);
        lane.work.change(scene, index, |piece| {
            piece.people[0] = deputy;
            piece.approval = Approval::Given;
        });
        let later = scene.now + Span::days(10);
        lane.agenda.schedule(Rank::WorkEnded, index, later);
        let waits = lane.work.is_waiting_for(scene, holder);
        !waits
    });
}
