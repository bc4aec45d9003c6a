//! A better holder who comes free takes work back.

use super::super::fixture::{person, task};
use super::exercise;
use super::presence::{office, play};
use crate::exercise::{
    ExerciseTime, Experience, Law, Measure, Parts, PersonId, Phase, RoleId, Severity, Span, TaskId,
};
use crate::record::{Action, Event, HumanAct, PauseReason, Record, Refusal, Which};
use crate::replay;
use crate::simulation::{Provenance, Setup, simulate};

fn ada() -> PersonId {
    PersonId::new(0)
}

fn bob() -> PersonId {
    PersonId::new(1)
}

/// Ada holds the role, Bob stands in and has little experience. A task of an hour keeps Ada from the other, which takes
/// so long and is for both of them: Bob may begin it, since it waited too long.
pub(super) fn stood_in(takes: Span) -> Parts {
    let mut parts = office(takes, Severity::High);
    parts.organisation.tireless = false;
    let mut bob = person("bob");
    bob.experience = [Experience::Little; 6];
    parts.organisation.people[0].shift = bob.shift.clone();
    parts.organisation.people.push(bob);
    parts.organisation.roles[0].deputies = vec![PersonId::new(1)];
    let mut first = task("a-first", Phase::Response, Measure::Preserve);
    first.takes = Law::Fixed(Span::hours(2));
    parts.plan.tasks.insert(0, first);
    parts
}

/// Who worked from when on what, with the time of taking it over.
fn hands(record: &Record, of: TaskId) -> Vec<(ExerciseTime, Vec<PersonId>, Span)> {
    let hands = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            } if instance.task == of => Some((entry.at, people.to_vec(), Span::ZERO)),
            Event::TaskResumed {
                instance,
                people,
                handover,
                ..
            } if instance.task == of => Some((entry.at, people.to_vec(), *handover)),
            _ => None,
        });
    hands.collect()
}

fn laid_aside(record: &Record, why: PauseReason) -> Vec<ExerciseTime> {
    let is_it = |event: &Event| matches!(event, Event::TaskPaused { reason, .. } if *reason == why);
    let aside = record.entries.iter().filter(|entry| is_it(&entry.event));
    aside.map(|entry| entry.at).collect()
}

fn taken_back(record: &Record) -> usize {
    laid_aside(record, PauseReason::BetterHands).len()
}

/// The work that Bob may begin for Ada.
fn second() -> Which {
    Which::of(TaskId::new(1))
}

/// The run of some parts in which one of them is played from their simulated acts, but for what they did about the
/// second task from an instant on; in the place of that they do this.
fn played(
    parts: Parts,
    who: PersonId,
    from: ExerciseTime,
    instead: Option<(ExerciseTime, HumanAct)>,
) -> Record {
    let simulated = play(parts.clone());
    let mut setup: Setup = replay::played_by(&simulated, vec![who]);
    let is_about = |act: &HumanAct| match act {
        HumanAct::Start { task, .. } | HumanAct::HandOver { task, .. } => *task == second(),
        _ => false,
    };
    setup
        .actions
        .retain(|action| action.at < from || !is_about(&action.does));
    setup.actions.extend(instead.map(|(at, does)| Action {
        at,
        person: Some(who),
        does,
        hand: None,
    }));
    simulate(&exercise(parts), &setup, Provenance::default())
}

fn refused(record: &Record) -> Vec<Refusal> {
    let entries = record.entries.iter();
    let refused = entries.filter_map(|entry| match entry.event {
        Event::ActionRejected { reason, .. } => Some(reason),
        _ => None,
    });
    refused.collect()
}

fn starts() -> HumanAct {
    HumanAct::Start {
        task: second(),
        with: Vec::new(),
    }
}

fn hands_over() -> HumanAct {
    HumanAct::HandOver {
        task: second(),
        to: RoleId::new(0),
    }
}

#[test]
fn who_holds_the_role_takes_back_what_a_deputy_does_once_they_are_free() {
    let record = play(stood_in(Span::hours(12)));
    let hands = hands(&record, TaskId::new(1));
    assert_eq!(taken_back(&record), 1, "{hands:?}");
    let [(began, first, _), (back, second, handover), ..] = &hands[..] else {
        panic!("{hands:?}");
    };
    assert_eq!((&first[..], &second[..]), (&[bob()][..], &[ada()][..]));
    assert!(began < back && *handover > Span::ZERO, "{hands:?}");
    // What was done counts: twelve hours at the pace of both, and the time to take it over.
    let ended = record.entries.iter().find_map(|entry| match entry.event {
        Event::TaskEnded { instance, .. } if instance.task == TaskId::new(1) => Some(entry.at),
        _ => None,
    });
    let done = (*back - *began).0 * 1_000 / 1_300;
    let left = Span::hours(12).0 - done;
    let expected = *back + *handover + Span(left);
    let ended = ended.expect("it is done");
    assert!(
        (ended - expected).0.abs() < Span::MINUTE.0 * 90,
        "{ended:?} {expected:?}"
    );
}

#[test]
fn what_is_nearly_done_and_what_is_in_good_hands_stays_where_it_is() {
    // Bob has a little of it left when Ada is free.
    assert_eq!(taken_back(&play(stood_in(Span::minutes(100)))), 0);
    // Bob is as good as she is, so that it would only cost the time to take it over.
    let mut parts = stood_in(Span::hours(12));
    parts.organisation.people[1].experience = [Experience::Nominal; 6];
    assert_eq!(taken_back(&play(parts)), 0);
    // Bob holds it, and she stands in, however good she is.
    let mut parts = stood_in(Span::hours(12));
    parts.organisation.people[0].experience = [Experience::Much; 6];
    parts.organisation.roles[0].holders = vec![bob()];
    parts.organisation.roles[0].deputies = vec![ada()];
    assert_eq!(taken_back(&play(parts)), 0);
}

#[test]
fn a_human_who_fits_better_takes_work_back_by_starting_it_and_not_otherwise() {
    let parts = || stood_in(Span::hours(12));
    let simulated = laid_aside(&play(parts()), PauseReason::BetterHands)[0];
    let left = played(parts(), ada(), simulated, None);
    assert_eq!((taken_back(&left), refused(&left)), (0, Vec::new()));
    let later = simulated + Span::minutes(40);
    let taken = played(parts(), ada(), simulated, Some((later, starts())));
    assert_eq!(laid_aside(&taken, PauseReason::BetterHands), [later]);
    assert_eq!(refused(&taken), []);
    // Whether it gains anything is theirs to judge: Bob has little of it left.
    let parts = || stood_in(Span::minutes(100));
    let began = hands(&play(parts()), TaskId::new(1))[0].0;
    let late = began + Span::minutes(125);
    let taken = played(parts(), ada(), began, Some((late, starts())));
    assert_eq!(laid_aside(&taken, PauseReason::BetterHands), [late]);
}

#[test]
fn a_human_who_fits_no_better_cannot_start_what_somebody_does() {
    let parts = stood_in(Span::hours(12));
    let first = TaskId::new(0);
    let hands = hands(&play(parts.clone()), first);
    let (began, doers, _) = &hands[0];
    assert_eq!(doers[..], [ada()]);
    let starts = HumanAct::Start {
        task: Which::of(first),
        with: Vec::new(),
    };
    let setup = Setup {
        played: vec![bob()],
        actions: vec![Action {
            at: *began + Span::HOUR,
            person: Some(bob()),
            does: starts,
            hand: None,
        }],
        ..Setup::of(1, 0)
    };
    let record = simulate(&exercise(parts), &setup, Provenance::default());
    assert_eq!(refused(&record), [Refusal::UnderWay]);
    assert_eq!(taken_back(&record), 0);
}

#[test]
fn what_a_human_does_stays_with_them_until_they_hand_it_over() {
    let parts = || stood_in(Span::hours(12));
    let simulated = laid_aside(&play(parts()), PauseReason::BetterHands)[0];
    let kept = played(parts(), bob(), simulated, None);
    assert_eq!((taken_back(&kept), refused(&kept)), (0, Vec::new()));
    let later = simulated + Span::minutes(40);
    let let_go = played(parts(), bob(), simulated, Some((later, hands_over())));
    assert_eq!(laid_aside(&let_go, PauseReason::BetterHands), [later]);
    assert_eq!(laid_aside(&let_go, PauseReason::HandedOver), []);
    let next = hands(&let_go, TaskId::new(1))[1].clone();
    assert_eq!((next.0, &next.1[..]), (later, &[ada()][..]));
    // Where nobody would take it back, the role is told, and takes it by the usual rules.
    let parts = || stood_in(Span::minutes(100));
    let began = hands(&play(parts()), TaskId::new(1))[0].0;
    let late = began + Span::minutes(125);
    let told = played(parts(), bob(), late, Some((late, hands_over())));
    assert_eq!(laid_aside(&told, PauseReason::HandedOver), [late]);
    assert_eq!(taken_back(&told), 0);
}
