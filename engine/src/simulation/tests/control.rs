//! The clock of an exercise: stopped, gone on with, ended by the facilitator.

use super::{clinic, exercise};
use crate::evaluation::{Baselines, evaluate};
use crate::exercise::{ExerciseTime, PersonId, Span};
use crate::record::{Action, Actor, EndKind, Event, HumanAct, Record, Refusal};
use crate::replay;
use crate::simulation::{Provenance, Setup, Simulation, simulate};

const fn at(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

fn run(played: &[PersonId], acts: &[(i64, Option<PersonId>, HumanAct)]) -> Record {
    let actions = acts.iter().map(|(minutes, person, does)| Action {
        at: at(*minutes),
        person: *person,
        does: does.clone(),
        hand: None,
    });
    let setup = Setup {
        played: played.to_vec(),
        actions: actions.collect(),
        ..Setup::of(1, 0)
    };
    let mut parts = clinic();
    parts.onset = at(-60);
    let record = simulate(&exercise(parts), &setup, Provenance::default());
    let again = replay::replay(&record);
    assert_eq!(replay::first_difference(&record, &again), None);
    record
}

/// What happened when, without what was done with the clock.
fn story(record: &Record) -> Vec<(ExerciseTime, Event)> {
    let controls = |event: &Event| {
        matches!(
            event,
            Event::ActionTaken { .. }
                | Event::ActionRejected { .. }
                | Event::ExercisePaused {}
                | Event::ExerciseResumed {}
                | Event::PaceChanged { .. }
                | Event::StopWordSaid {}
                | Event::LogWritten { .. }
        )
    };
    let told = record
        .entries
        .iter()
        .filter(|entry| !controls(&entry.event));
    told.map(|entry| (entry.at, entry.event.clone())).collect()
}

fn names(record: &Record) -> Vec<&'static str> {
    let shown = record.entries.iter().filter(|entry| {
        matches!(
            entry.event,
            Event::ActionRejected { .. }
                | Event::ExercisePaused {}
                | Event::ExerciseResumed {}
                | Event::PaceChanged { .. }
                | Event::StopWordSaid {}
        )
    });
    shown.map(|entry| entry.event.name()).collect()
}

#[test]
fn a_pause_and_a_pace_stand_in_the_record_and_take_no_exercise_time() {
    let record = run(
        &[],
        &[
            (10, None, HumanAct::Pause {}),
            (11, None, HumanAct::Pause {}),
            (40, None, HumanAct::Resume {}),
            (41, None, HumanAct::Resume {}),
            (50, None, HumanAct::Pace { thousandths: 2_500 }),
            (51, None, HumanAct::Pace { thousandths: 0 }),
        ],
    );
    let (paused, resumed) = ("ExercisePaused", "ExerciseResumed");
    let rejected = "ActionRejected";
    assert_eq!(
        names(&record),
        [paused, rejected, resumed, rejected, "PaceChanged", rejected]
    );
    assert_eq!(story(&record), story(&run(&[], &[])));
}

#[test]
fn the_stop_word_is_anybodys_and_pauses_once() {
    let amara = PersonId::new(0);
    let record = run(
        &[amara],
        &[
            (10, Some(amara), HumanAct::StopWord {}),
            (12, None, HumanAct::StopWord {}),
            (20, Some(amara), HumanAct::Resume {}),
        ],
    );
    let said = "StopWordSaid";
    assert_eq!(
        names(&record),
        [said, "ExercisePaused", said, "ActionRejected"]
    );
    let first = record
        .entries
        .iter()
        .find(|entry| entry.event.name() == said);
    let by = &first.expect("it was said").actor;
    assert_eq!(*by, Actor::Played { person: amara });
}

#[test]
fn the_facilitator_ends_an_exercise_at_that_instant_and_what_was_not_due_is_not_missed() {
    let early = run(&[], &[(-5, None, HumanAct::End {})]);
    assert_eq!(names(&early), ["ActionRejected"]);
    let record = run(&[], &[(1, None, HumanAct::End {})]);
    let last = record.entries.last().expect("it has ENDEX");
    let end = EndKind::Facilitator;
    assert_eq!(
        (last.at, &last.event),
        (at(1), &Event::ExerciseEnded { end })
    );
    let cause = last.cause.and_then(|cause| record.entry(cause));
    let act = HumanAct::End {};
    assert_eq!(cause.map(|of| &of.event), Some(&Event::ActionTaken { act }));
    let judged = evaluate(&record.header.exercise, &record, Baselines::default());
    assert_eq!(judged.end, Some(end));
    // It is judged as at a limit: whatever was not due yet is not missed.
    let mut limited = record.clone();
    let last = limited.entries.last_mut().expect("it has ENDEX");
    last.event = Event::ExerciseEnded {
        end: EndKind::Limit,
    };
    let other = evaluate(&limited.header.exercise, &limited, Baselines::default());
    assert_eq!(judged.score, other.score);
    assert_eq!(judged.main(), other.main());
    assert_eq!(judged.expectations, other.expectations);
}

#[test]
fn a_record_cut_before_endex_has_no_score_and_no_end() {
    let mut record = run(&[], &[]);
    let judge = |record: &Record| evaluate(&record.header.exercise, record, Baselines::default());
    assert!(judge(&record).score.is_some());
    while record.entries.pop().is_some() {
        let judged = judge(&record);
        assert_eq!((judged.end, &judged.score), (None, &None));
        let mut scores = judged.main().phases.iter().map(|phase| phase.score);
        assert!(scores.all(|score| score.is_none()));
    }
}

#[test]
fn what_is_early_late_or_after_the_end_leaves_an_entry_that_says_so() {
    let amara = PersonId::new(0);
    let report = || (HumanAct::Report {}, Some(amara));
    let acts = [
        (-30, report()),
        (2, report()),
        (30, report()),
        (90_000_000, report()),
    ];
    let mut acts: Vec<(i64, Option<PersonId>, HumanAct)> = acts
        .into_iter()
        .map(|(at, (does, person))| (at, person, does))
        .collect();
    acts.push((2, None, HumanAct::End {}));
    acts.push((2, Some(amara), HumanAct::Declare {}));
    let note = HumanAct::Note {
        text: "the radio was dead".to_owned(),
    };
    acts.push((45, Some(amara), note.clone()));
    let record = run(&[amara], &acts);
    let told = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::ActionRejected { reason, .. } => Some((entry.at, Some(*reason))),
            Event::ActionTaken { act } if *act == note => Some((entry.at, None)),
            Event::ExerciseEnded { .. } => Some((entry.at, None)),
            _ => None,
        });
    let told: Vec<_> = told.collect();
    let latest = record.header.exercise.parts().limit + crate::record::AFTERWARDS;
    assert_eq!(
        told,
        [
            (told[0].0, Some(Refusal::TooEarly)),
            (at(2), Some(Refusal::TooLate)),
            (at(2), None),
            (at(30), Some(Refusal::AfterTheEnd)),
            (at(45), None),
            (latest, Some(Refusal::AfterTheEnd)),
        ]
    );
    assert!(told[0].0 < ExerciseTime::STARTEX);
}

#[test]
fn entries_are_stamped_with_what_the_wall_showed_when_they_were_made() {
    let setup = Setup {
        wall: Some(1_000),
        ..Setup::of(1, 0)
    };
    let mut simulation = Simulation::new(exercise(clinic()), std::slice::from_ref(&setup));
    simulation.advance_to(at(70));
    let before = simulation.events(0);
    assert!(before > 0);
    simulation.tell_time(0, Some(2_000));
    simulation.finish();
    for entry in simulation.take_entries(0) {
        let shown = if entry.number <= before { 1_000 } else { 2_000 };
        assert_eq!(entry.wall, Some(shown));
    }
}
