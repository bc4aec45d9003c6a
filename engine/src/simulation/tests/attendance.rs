//! Who takes part: people who come, go and sit elsewhere, and those who stand in for them.

use super::{clinic, exercise};
use crate::exercise::{ExerciseTime, PersonId, Span};
use crate::record::{Action, Actor, Attendance, Event, HumanAct, Record, Refusal, Seat};
use crate::replay;
use crate::simulation::{Provenance, Setup, simulate};

const AMARA: usize = 0;
const JONAS: usize = 1;

const fn at(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

fn plays(person: usize) -> Seat {
    Seat::Plays {
        person: PersonId::new(person),
    }
}

fn join(who: &str, seat: Seat) -> HumanAct {
    HumanAct::Join {
        who: who.to_owned(),
        seat,
    }
}

fn run(played: &[usize], absent: &[usize], acts: &[(i64, HumanAct)]) -> Record {
    let people = |of: &[usize]| of.iter().map(|person| PersonId::new(*person)).collect();
    let actions = acts.iter().map(|(minutes, does)| Action {
        at: at(*minutes),
        person: None,
        does: does.clone(),
        hand: None,
    });
    let setup = Setup {
        played: people(played),
        absent: people(absent),
        actions: actions.collect(),
        ..Setup::of(1, 0)
    };
    let record = simulate(&exercise(clinic()), &setup, Provenance::default());
    let again = replay::replay(&record);
    assert_eq!(replay::first_difference(&record, &again), None);
    record
}

/// Who acts between two times, as somebody of the organisation.
fn acting(record: &Record, from: i64, until: i64) -> Vec<&Actor> {
    let within = record.entries.iter();
    let within = within.filter(|entry| entry.at >= at(from) && entry.at < at(until));
    let actors = within.map(|entry| &entry.actor);
    actors.filter(|actor| actor.person().is_some()).collect()
}

/// What was said of who takes part.
fn said(record: &Record) -> Vec<&'static str> {
    let names = record.entries.iter().map(|entry| entry.event.name());
    let of = ["Joined", "Left", "SeatChanged", "StandInChanged"];
    names.filter(|name| of.contains(name)).collect()
}

fn refused(record: &Record) -> Vec<Refusal> {
    let refused = record.entries.iter().filter_map(|entry| match entry.event {
        Event::ActionRejected { reason, .. } => Some(reason),
        _ => None,
    });
    refused.collect()
}

#[test]
fn for_people_who_were_invited_and_are_absent_a_stand_in_acts_as_they_would() {
    let (simulated, absent) = (run(&[], &[], &[]), run(&[], &[AMARA, JONAS], &[]));
    assert_eq!(replay::first_parting(&simulated, &absent), None);
    let actors = acting(&absent, 0, 1_000_000);
    assert!(!actors.is_empty());
    assert!(
        actors
            .iter()
            .all(|actor| matches!(actor, Actor::StandIn { .. }))
    );
    let invited = &absent.header.attendance;
    assert!(invited.iter().all(|(_, how)| *how == Attendance::Absent));
    assert_eq!(invited.len(), 2);
}

#[test]
fn who_comes_takes_the_place_of_the_stand_in_and_who_goes_leaves_it_to_one() {
    let leave = HumanAct::Leave {
        who: "Noor".to_owned(),
    };
    let acts = [(60, join("Noor", plays(JONAS))), (600, leave)];
    let record = run(&[], &[AMARA, JONAS], &acts);
    let stand_in = "StandInChanged";
    assert_eq!(said(&record), ["Joined", stand_in, "Left", stand_in]);
    let jonas = PersonId::new(JONAS);
    let of_jonas = |from, until| {
        let actors = acting(&record, from, until).into_iter();
        actors
            .filter(|actor| actor.person() == Some(jonas))
            .collect::<Vec<_>>()
    };
    // Noor does nothing, and nobody does it for her.
    let noor = of_jonas(61, 600);
    assert!(
        noor.iter()
            .all(|actor| matches!(actor, Actor::Played { .. }))
    );
    let after = of_jonas(600, 1_000_000);
    assert!(!after.is_empty());
    assert!(
        after
            .iter()
            .all(|actor| matches!(actor, Actor::StandIn { .. }))
    );
}

#[test]
fn two_may_play_one_person_and_a_stand_in_comes_when_both_are_gone() {
    let change = HumanAct::ChangeSeat {
        who: "Noor".to_owned(),
        seat: Seat::Evaluator {},
    };
    let leave = HumanAct::Leave {
        who: "Tomas".to_owned(),
    };
    let acts = [
        (1, join("Noor", plays(JONAS))),
        (2, join("Tomas", plays(JONAS))),
        (3, change),
        (4, leave),
    ];
    let stand_in = "StandInChanged";
    let record = run(&[], &[], &acts);
    let expected = ["Joined", "Joined", "SeatChanged", "Left", stand_in];
    assert_eq!(said(&record), expected);
}

#[test]
fn what_is_not_so_cannot_be_changed() {
    let stand_in = |person: usize, on| HumanAct::StandIn {
        person: PersonId::new(person),
        on,
    };
    let leave = HumanAct::Leave {
        who: "Ines".to_owned(),
    };
    let acts = [
        (1, join(" ", Seat::Observer {})),
        (2, join("Noor", Seat::Observer {})),
        (3, join("Noor", plays(AMARA))),
        (4, leave),
        (5, stand_in(JONAS, true)),
        (6, stand_in(AMARA, true)),
        (7, stand_in(AMARA, true)),
        (8, stand_in(AMARA, false)),
    ];
    let record = run(&[AMARA], &[], &acts);
    assert_eq!(
        refused(&record),
        [
            Refusal::NoName,
            Refusal::HereAlready,
            Refusal::NotHere,
            Refusal::NobodyPlays,
            Refusal::SoAlready,
        ]
    );
    assert_eq!(
        said(&record),
        ["Joined", "StandInChanged", "StandInChanged"]
    );
}
