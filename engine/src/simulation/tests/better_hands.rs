//! A better holder who comes free takes work back.

use super::super::fixture::{person, task};
use super::presence::{office, play};
use crate::exercise::{
    ExerciseTime, Experience, Law, Measure, Parts, PersonId, Phase, Severity, Span, TaskId,
};
use crate::record::{Event, PauseReason, Record};

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

fn taken_back(record: &Record) -> usize {
    let is_it = |event: &Event| matches!(event, Event::TaskPaused { reason, .. } if *reason == PauseReason::BetterHands);
    record
        .entries
        .iter()
        .filter(|entry| is_it(&entry.event))
        .count()
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
