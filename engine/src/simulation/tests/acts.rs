//! What humans do in a small exercise.

use super::{clinic, exercise};
use crate::evaluation::{Baselines, ScoreBy, evaluate};
use crate::exercise::{
    Addressee, ExerciseTime, Function, InjectId, Law, Measure, Parts, PersonId, Phase, RoleId,
    Span, Target, TaskId,
};
use crate::record::{Action, Actor, Entry, Event, HumanAct, PauseReason, Record, Refusal, Which};
use crate::replay;
use crate::simulation::fixture::{person, role, task};
use crate::simulation::{Provenance, Setup, Simulation, simulate};

fn amara() -> PersonId {
    PersonId::new(0)
}

fn jonas() -> PersonId {
    PersonId::new(1)
}

fn declare() -> TaskId {
    TaskId::new(0)
}

fn isolate() -> TaskId {
    TaskId::new(1)
}

const fn at(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

fn act(minutes: i64, person: Option<PersonId>, does: HumanAct) -> Action {
    Action {
        at: at(minutes),
        person,
        does,
        hand: None,
    }
}

fn start(task: TaskId) -> HumanAct {
    HumanAct::Start {
        task: Which::of(task),
        with: Vec::new(),
    }
}

fn played(people: &[PersonId], actions: Vec<Action>) -> Setup {
    Setup {
        played: people.to_vec(),
        actions,
        ..Setup::of(1, 0)
    }
}

fn run(parts: Parts, setup: &Setup) -> Record {
    let record = simulate(&exercise(parts), setup, Provenance::default());
    let again = replay::replay(&record);
    assert_eq!(replay::first_difference(&record, &again), None);
    record
}

fn started(record: &Record, task: TaskId) -> Vec<&Entry> {
    let of = |entry: &&Entry| {
        matches!(&entry.event, Event::TaskStarted { instance, .. } | Event::TaskResumed { instance, .. }
            if instance.task == task)
    };
    record.entries.iter().filter(of).collect()
}

fn rejected(record: &Record) -> Vec<Refusal> {
    let reasons = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::ActionRejected { reason, .. } => Some(*reason),
            _ => None,
        });
    reasons.collect()
}

fn move_clock(from: i64, to: i64) -> Action {
    act(from, None, HumanAct::MoveClock { to: at(to) })
}

#[test]
fn nobody_acts_for_a_person_who_is_played_until_the_clock_is_moved_on() {
    let idle = run(clinic(), &played(&[amara(), jonas()], Vec::new()));
    assert!(started(&idle, declare()).is_empty());
    let moved = run(
        clinic(),
        &played(&[amara(), jonas()], vec![move_clock(180, 6_000)]),
    );
    let by = |entry: &Entry| matches!(entry.actor, Actor::StandIn { .. });
    let declared = started(&moved, declare());
    assert!(
        !declared.is_empty()
            && declared
                .iter()
                .all(|entry| by(entry) && entry.at >= at(180))
    );
    let someone = moved
        .entries
        .iter()
        .filter(|entry| entry.actor.person().is_some());
    assert!(someone.filter(|entry| entry.at >= at(180)).all(by));
}

#[test]
fn after_the_clock_was_moved_on_people_are_played_again() {
    let people = [amara(), jonas()];
    let through = run(clinic(), &played(&people, vec![move_clock(0, 100_000)]));
    let isolated = started(&through, isolate())[0].at;
    // The clock stands still again just before the work would start, and just when it would.
    for (to, starts) in [(isolated, false), (isolated + Span(1), true)] {
        let action = act(0, None, HumanAct::MoveClock { to });
        let record = run(clinic(), &played(&people, vec![action]));
        assert_eq!(!started(&record, isolate()).is_empty(), starts);
    }
}

#[test]
fn the_world_goes_on_as_if_all_were_simulated_while_the_clock_is_moved_on() {
    let simulated = run(clinic(), &Setup::of(1, 0));
    let moved = run(
        clinic(),
        &played(&[amara(), jonas()], vec![move_clock(0, 100_000)]),
    );
    let told = |record: &Record| -> Vec<_> {
        let entries = record.entries.iter();
        let told = entries.filter(|entry| {
            !matches!(
                entry.event,
                Event::ActionTaken { .. } | Event::LogWritten { .. }
            )
        });
        told.map(|entry| (entry.at, entry.event.clone())).collect()
    };
    assert_eq!(told(&simulated), told(&moved));
}

#[test]
fn acts_of_people_while_the_clock_is_moved_on_are_rejected_since_a_stand_in_acts() {
    let actions = vec![
        move_clock(60, 600),
        act(120, Some(jonas()), start(isolate())),
        act(600, Some(jonas()), HumanAct::Report {}),
        act(601, None, HumanAct::MoveClock { to: at(500) }),
    ];
    let record = run(clinic(), &played(&[jonas()], actions));
    let expected = [Refusal::StandInActs, Refusal::TimeIsPast];
    assert_eq!(rejected(&record), expected);
}

#[test]
fn stand_ins_credit_nobody_and_a_phase_that_the_clock_was_moved_on_in_is_not_timed() {
    let mut parts = clinic();
    let hour = Some(crate::exercise::Limit::Elapsed(Span::hours(1)));
    for phase in Phase::ALL {
        for severity in crate::exercise::Severity::ALL {
            parts.yardstick.targets.push(Target {
                phase: *phase,
                severity: *severity,
                reached: None,
                completed: hour,
                origin: None,
            });
        }
    }
    let judge = |setup: &Setup| {
        let exercise = exercise(parts.clone());
        let record = simulate(&exercise, setup, Provenance::default());
        evaluate(&exercise, &record, Baselines::default())
    };
    let simulated = judge(&Setup::of(1, 0));
    let response = |evaluation: &crate::evaluation::Evaluation| {
        evaluation.main().phases[Phase::Response.index()].clone()
    };
    assert!(response(&simulated).timeliness.is_some());
    let moved = judge(&played(&[amara(), jonas()], vec![move_clock(0, 100_000)]));
    let phase = response(&moved);
    assert_eq!((phase.timeliness, phase.timing[1].target), (None, None));
    assert!(phase.clock_moved.is_some() && phase.coverage == response(&simulated).coverage);
    let score = moved.score.expect("coverage is scored");
    let of = |by| {
        score
            .by
            .iter()
            .find(|(who, _)| *who == by)
            .map(|(_, share)| share.0)
    };
    assert_eq!(of(ScoreBy::Played), Some(0));
    assert_eq!(of(ScoreBy::Simulated), Some(0));
    // Where nobody is played nobody is stood in for, and time counts.
    let alone = judge(&played(&[], vec![move_clock(0, 100_000)]));
    assert_eq!(response(&alone).timeliness, response(&simulated).timeliness);
    // What was over before is timed as ever.
    let end = simulated.ended_at;
    let late = Action {
        at: end,
        person: None,
        does: HumanAct::MoveClock {
            to: end + Span::DAY,
        },
        hand: None,
    };
    let late = judge(&Setup {
        actions: vec![late],
        ..Setup::of(1, 0)
    });
    assert_eq!(response(&late).timeliness, response(&simulated).timeliness);
}

/// A second analyst's role, with somebody in it.
fn with_a_second_role() -> Parts {
    let mut parts = clinic();
    parts.organisation.people.push(person("kofi"));
    let mut second = role("second");
    second.holders = vec![PersonId::new(2)];
    parts.organisation.roles.push(second);
    parts
}

#[test]
fn work_that_was_handed_over_is_taken_on_by_people_of_that_role_alone_once_they_hear_of_it() {
    let simulated = run(with_a_second_role(), &Setup::of(1, 0));
    let first = started(&simulated, isolate())[0].clone();
    let (kofi, second) = (PersonId::new(2), RoleId::new(2));
    let handed = Action {
        at: first.at + Span::minutes(10),
        person: Some(jonas()),
        does: HumanAct::HandOver {
            task: Which::of(isolate()),
            to: second,
        },
        hand: None,
    };
    let mut setup = replay::played_by(&simulated, vec![jonas()]);
    setup.actions.push(handed.clone());
    let record = run(with_a_second_role(), &setup);
    let paused = record.entries.iter().find(|entry| {
        matches!(
            entry.event,
            Event::TaskPaused {
                reason: PauseReason::HandedOver,
                ..
            }
        )
    });
    let paused = paused.expect("the work is laid aside");
    let after = |entry: &&Entry| entry.number > paused.number;
    let told =
        record.entries.iter().filter(after).find(
            |entry| matches!(entry.event, Event::MessageRead { person, .. } if person == kofi),
        );
    let resumed = started(&record, isolate())
        .into_iter()
        .find(after)
        .expect("it goes on");
    let Event::TaskResumed {
        people,
        role: taken_in,
        handover,
        ..
    } = &resumed.event
    else {
        panic!("it is taken over, not started anew");
    };
    assert_eq!((&people[..], *taken_in), (&[kofi][..], second));
    assert!(*handover > Span::ZERO && told.expect("the role is told").at <= resumed.at);
    // It cannot be handed over by somebody who does not work on it.
    let by_kofi = Action {
        person: Some(kofi),
        ..handed
    };
    let mut setup = replay::played_by(&simulated, vec![jonas(), kofi]);
    setup.actions.push(by_kofi);
    let refused = run(with_a_second_role(), &setup);
    assert_eq!(rejected(&refused), [Refusal::NotWorking]);
}

#[test]
fn an_inject_whose_text_was_changed_is_delivered_with_the_new_one() {
    let edit = |minutes| {
        let text = "Nothing opens.".to_owned();
        act(
            minutes,
            None,
            HumanAct::Edit {
                inject: InjectId::new(0),
                text,
            },
        )
    };
    let record = run(
        clinic(),
        &Setup {
            actions: vec![edit(30)],
            ..Setup::of(1, 0)
        },
    );
    let delivered = record
        .entries
        .iter()
        .position(|entry| matches!(entry.event, Event::InjectDelivered { .. }));
    let next = &record.entries[delivered.expect("it is delivered") + 1];
    let Event::InjectReworded { text, .. } = &next.event else {
        panic!("the record says with which text");
    };
    assert_eq!(text, "Nothing opens.");
    let late = run(
        clinic(),
        &Setup {
            actions: vec![edit(90)],
            ..Setup::of(1, 0)
        },
    );
    assert_eq!(rejected(&late), [Refusal::DeliveredBefore]);
    let unchanged = |entry: &Entry| !matches!(entry.event, Event::InjectReworded { .. });
    assert!(late.entries.iter().all(unchanged));
}

#[test]
fn a_second_start_waits_until_the_first_work_is_done() {
    let mut parts = clinic();
    for name in ["x-first", "x-second"] {
        let mut more = task(name, Phase::Assessment, Measure::Investigate);
        more.by = Addressee::Function(Function::Analyst);
        more.after = vec![TaskId::new(3)];
        more.takes = Law::Fixed(Span::hours(1));
        parts.plan.tasks.push(more);
    }
    let (first, second) = (TaskId::new(4), TaskId::new(5));
    let simulated = run(parts.clone(), &Setup::of(1, 0));
    let mut setup = replay::played_by(&simulated, vec![jonas()]);
    let began = started(&simulated, first)[0].at;
    setup.actions.retain(|action| action.at < began);
    let by_jonas = |after: Span, task| Action {
        at: began + after,
        person: Some(jonas()),
        does: start(task),
        hand: None,
    };
    setup.actions.extend([
        by_jonas(Span::ZERO, second),
        by_jonas(Span::minutes(1), first),
    ]);
    let record = run(parts, &setup);
    let ended = record.entries.iter().find(
        |entry| matches!(entry.event, Event::TaskEnded { instance, .. } if instance.task == second),
    );
    assert_eq!(started(&record, second)[0].at, began);
    assert_eq!(started(&record, first)[0].at, ended.expect("it ends").at);
    assert_eq!(rejected(&record), []);
}

#[test]
fn advancing_in_slices_with_people_played_and_a_clock_that_is_moved_on_changes_nothing() {
    let simulated = run(clinic(), &Setup::of(3, 5));
    let mut setup = replay::played_by_everybody(&simulated);
    setup.actions.push(move_clock(150, 700));
    let once = simulate(&exercise(clinic()), &setup, Provenance::default());
    for slice in [1_234_567, 60_000 * 50, 7_777_777] {
        let mut sliced = Simulation::new(exercise(clinic()), std::slice::from_ref(&setup));
        let mut until = ExerciseTime(0);
        while until < at(60 * 24 * 30) && sliced.ended(0).is_none() {
            until = until + Span(slice);
            sliced.advance_to(until);
        }
        assert_eq!(sliced.take_entries(0), once.entries, "slices of {slice}");
    }
}
