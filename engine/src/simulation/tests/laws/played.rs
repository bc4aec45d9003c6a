//! People who are played live by the rules of the others.

use super::super::better_hands::stood_in;
use super::super::presence::play as simulate_parts;
use crate::exercise::{Exercise, PersonId, Span};
use crate::generator::{Numbers, parts as any};
use crate::record::{Action, Event, HumanAct, PauseReason, Record};
use crate::replay;
use crate::simulation::{Provenance, Setup, simulate};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many exercises each law is tried on.
const EXERCISES: u64 = 24;

fn simulated(seed: u64) -> Record {
    let exercise = Arc::new(Exercise::new(any(seed)).unwrap());
    simulate(&exercise, &Setup::of(9, 5), Provenance::default())
}

fn play(record: &Record, setup: &Setup) -> Record {
    simulate(&record.header.exercise, setup, Provenance::default())
}

fn assert_same_story(seed: u64, one: &Record, other: &Record) {
    assert_eq!(replay::first_parting(one, other), None, "exercise {seed}");
}

fn some_of(numbers: &mut Numbers, record: &Record) -> Vec<PersonId> {
    let people = record.header.exercise.organisation().people.len();
    let everybody = (0..people).map(PersonId::new);
    everybody.filter(|_| numbers.percent(50)).collect()
}

#[test]
fn people_played_from_their_simulated_acts_live_the_same_story() {
    for seed in 0..EXERCISES {
        let record = simulated(seed);
        let played = play(&record, &replay::played_by_everybody(&record));
        assert_same_story(seed, &record, &played);
        let again = replay::replay(&played);
        assert_eq!(replay::first_difference(&played, &again), None);
    }
}

#[test]
fn some_people_played_among_others_live_the_same_story() {
    for seed in 0..EXERCISES {
        let record = simulated(seed);
        let some = some_of(&mut Numbers::new(seed + 5_000), &record);
        let played = play(&record, &replay::played_by(&record, some));
        assert_same_story(seed, &record, &played);
    }
}

/// What was done when, each thing once. Who of those who work on a piece together is said to have begun it
/// depends on who of them is played.
fn told(acts: &[Action]) -> BTreeSet<String> {
    let one = |act: &Action| match &act.does {
        HumanAct::Start { task, with } => {
            let people = with.iter().copied().chain(act.person);
            let people: BTreeSet<PersonId> = people.collect();
            format!("{:?} {task:?} {people:?}", act.at)
        }
        _ => format!("{act:?}"),
    };
    acts.iter().map(one).collect()
}

#[test]
fn what_people_did_who_were_played_is_exported_as_what_they_did_when_simulated() {
    for seed in 0..EXERCISES {
        let record = simulated(seed);
        let some = some_of(&mut Numbers::new(seed + 7_000), &record);
        let played = play(&record, &replay::played_by(&record, some));
        let (one, other) = (
            replay::acts_of_everybody(&record),
            replay::acts_of_everybody(&played),
        );
        assert_eq!(told(&one), told(&other), "exercise {seed}");
    }
}

#[test]
fn work_that_is_taken_back_is_so_whoever_of_the_two_is_played() {
    let (ada, bob) = (PersonId::new(0), PersonId::new(1));
    for hours in [6, 12, 30] {
        let record = simulate_parts(stood_in(Span::hours(hours)));
        let is_taken_back = |event: &Event| {
            let better = PauseReason::BetterHands;
            matches!(event, Event::TaskPaused { reason, .. } if *reason == better)
        };
        assert!(record.entries.iter().any(|it| is_taken_back(&it.event)));
        for some in [vec![ada], vec![bob], vec![ada, bob]] {
            let played = play(&record, &replay::played_by(&record, some));
            assert_same_story(hours as u64, &record, &played);
            let (one, other) = (
                replay::acts_of_everybody(&record),
                replay::acts_of_everybody(&played),
            );
            assert_eq!(told(&one), told(&other), "{hours} h");
        }
    }
}
