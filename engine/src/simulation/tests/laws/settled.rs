//! The invariants of settled instants hold in every run of a debug build, or it panics; here each is
//! shown to find a world that was tampered with.

use crate::exercise::{Each, ExerciseTime, Instance, Object, PersonId, Phase};
use crate::generator::{self, Numbers};
use crate::simulation::agenda::Rank;
use crate::simulation::lane::Lane;
use crate::simulation::people::Busy;
use crate::simulation::scene::Scene;
use crate::simulation::work::{Approval, Readiness as _, State};
use crate::simulation::{Setup, Simulation, invariants};

/// Tampers with worlds halfway, and fails unless it is found out, in these words.
fn found_out(words: &str, tamper: impl Fn(&mut Lane<'_>, Scene<'_>) -> bool) {
    let mut tampered = 0;
    for seed in 0..60 {
        let mut simulation = Simulation::new(generator::exercise(seed), &[Setup::of(seed, 1)]);
        simulation.advance_to(ExerciseTime(Numbers::new(seed).minutes(1_500).0));
        let broken = simulation.with_lane(0, |lane, stage| {
            let moment = lane.moment();
            let scene = Scene::new(stage, &moment);
            assert_eq!(invariants::broken(lane, scene), None);
            let done = lane.run.ended.is_none() && tamper(lane, scene);
            done.then(|| invariants::broken(lane, scene))
        });
        if let Some(broken) = broken {
            let broken = broken.unwrap_or_default();
            assert!(broken.contains(words), "exercise {seed}: `{broken}`");
            tampered += 1;
        }
    }
    assert!(tampered > 0, "nothing to tamper with");
}

/// Somebody at work, with the piece.
fn at_work(lane: &Lane<'_>) -> Option<(PersonId, usize)> {
    lane.people
        .ids()
        .find_map(|person| match lane.people.get(person).busy {
            Busy::Working(piece) => Some((person, piece)),
            _ => None,
        })
}

#[test]
fn work_that_runs_without_its_people_is_found() {
    found_out("runs without", |lane, _| {
        let Some((person, _)) = at_work(lane) else {
            return false;
        };
        lane.people.get_mut(person).busy = Busy::Free;
        true
    });
}

#[test]
fn somebody_who_does_two_things_is_found() {
    found_out("which does not know", |lane, _| {
        let Some((worker, piece)) = at_work(lane) else {
            return false;
        };
        let other = lane
            .people
            .ids()
            .find(|person| *person != worker && lane.people.get(*person).busy == Busy::Free);
        if let Some(other) = other {
            lane.people.get_mut(other).busy = Busy::Working(piece);
        }
        other.is_some()
    });
}

#[test]
fn somebody_idle_while_work_waits_is_found() {
    found_out("waits while", |lane, scene| {
        let Some((_, index)) = at_work(lane) else {
            return false;
        };
        let doers = lane.work.piece(index).people.clone();
        for person in doers {
            lane.people.get_mut(person).busy = Busy::Free;
        }
        let piece = lane.work.piece_mut(index);
        piece.state = State::Waiting;
        piece.told = true;
        piece.approval = Approval::Given;
        // Whoever works on past a shift may not start anew: the holder has to be there.
        let instance = lane.work.piece(index).instance;
        let task = scene.exercise().task(instance.task);
        let mut holders = scene.exercise().roles(task.by).iter();
        task.people == 1
            && holders.any(|role| {
                let mut holders = scene.exercise().role(*role).holders.iter();
                holders.any(|p| lane.people.is_free(*p) && lane.people.on_duty(scene, *p))
            })
    });
}

#[test]
fn mail_that_somebody_free_does_not_read_is_found() {
    found_out("does not read", |lane, scene| {
        let free = lane.people.ids().find(|person| {
            let someone = lane.people.get(*person);
            someone.busy == Busy::Free && lane.people.on_duty(scene, *person)
        });
        if let Some(person) = free {
            lane.people
                .get_mut(person)
                .inbox
                .push(crate::exercise::MessageId(1));
        }
        free.is_some()
    });
}

#[test]
fn a_task_that_is_due_and_was_not_woken_is_found() {
    let mut suppressed = 0;
    for seed in 0..60 {
        let mut simulation = Simulation::new(generator::exercise(seed), &[Setup::of(seed, 1)]);
        simulation.advance_to(ExerciseTime(Numbers::new(seed).minutes(1_500).0));
        simulation.with_lane(0, |lane, stage| {
            let moment = lane.moment();
            let scene = Scene::new(stage, &moment);
            assert_eq!(invariants::overlooked(lane, scene), None);
            let Some(instance) = idle_again(lane, scene) else {
                return;
            };
            let cause = lane.out.last();
            lane.work.again(instance.task, instance.incident, cause);
            while lane.work.take_touched().is_some() {}
            let found = invariants::overlooked(lane, scene).unwrap_or_default();
            let named = format!("{:?}", instance.task);
            assert!(found.contains(&named), "exercise {seed}: `{found}`");
            suppressed += 1;
        });
    }
    assert!(suppressed > 0, "no wake to suppress");
}

/// Work that is done, needs nothing but what came before it, and could be done again.
fn idle_again(lane: &Lane<'_>, scene: Scene<'_>) -> Option<Instance> {
    let view = lane.view(scene);
    let could = |instance: &Instance| {
        let task = scene.exercise().task(instance.task);
        let plain = task.each == Each::Incident
            && task.phase != Phase::Closure
            && task.when.is_none()
            && task.from_severity.is_none()
            && task.delay.is_none()
            && task.does.iter().all(|act| act.on == Object::Incident);
        plain
            && lane.run.ended.is_none()
            && view.is_open(instance.incident)
            && lane.work.open(instance.task, instance.incident).is_none()
    };
    let pieces = lane.work.pieces();
    let mut done = pieces.filter(|(_, piece)| matches!(piece.state, State::Done(_)));
    done.find_map(|(_, piece)| could(&piece.instance).then_some(piece.instance))
}

#[test]
fn what_is_left_over_of_an_instant_is_found() {
    found_out("was not handled", |lane, _| {
        let now = lane.run.now;
        lane.agenda.schedule(Rank::Timer, 0, now);
        true
    });
}
