//! What the night makes of reading and of work.

use super::super::fixture::{inject, task};
use super::exercise;
use super::presence::{office, play};
use crate::exercise::{ExerciseTime, Law, Measure, Parts, Phase, Severity, Span, TaskId};
use crate::record::{Event, PauseReason, Record};
use crate::simulation::{Provenance, Setup, simulate};

/// STARTEX is at nine, and Ada, who gets up at eight, goes to bed at midnight at the latest.
const MIDNIGHT: Span = Span::hours(15);

/// From when to when each message was read.
fn readings(record: &Record) -> Vec<(Span, Span)> {
    let times = |is: fn(&Event) -> bool| {
        let entries = record.entries.iter();
        let entries = entries.filter(move |entry| is(&entry.event));
        entries.map(|entry| Span(entry.at.0))
    };
    let begun = times(|event| matches!(event, Event::ReadingStarted { .. }));
    let ended = times(|event| matches!(event, Event::MessageRead { .. }));
    begun.zip(ended).collect()
}

fn ordinary(severity: Severity) -> Parts {
    let mut parts = office(Span::HOUR, severity);
    parts.organisation.tireless = false;
    parts
}

const fn at(span: Span) -> ExerciseTime {
    ExerciseTime(span.0)
}

#[test]
fn who_was_called_out_of_bed_takes_no_longer_for_the_second_message() {
    let mut parts = ordinary(Severity::Low);
    let mut second = inject("second");
    parts.scenario.injects[0].at = Some(at(Span::hours(18)));
    second.at = Some(at(Span::hours(18)));
    parts.scenario.injects.push(second);
    parts.plan.tasks.clear();
    let readings = readings(&play(parts));
    let length = |place: usize| readings[place].1 - readings[place].0;
    assert_eq!(readings.len(), 2);
    assert_eq!(length(0), length(1) + Span::minutes(15));
}

#[test]
fn who_was_called_out_of_bed_goes_back_there_before_they_have_been_up_for_a_day() {
    // In bed from half past midnight, called at two: a fifth of the night was slept.
    let mut parts = office(Span::hours(40), Severity::High);
    parts.scenario.injects[0].at = Some(at(Span::hours(17)));
    let record = play(parts);
    let rests = record.entries.iter().find_map(|entry| match entry.event {
        Event::RestBegan { .. } => Some(Span(entry.at.0)),
        _ => None,
    });
    let rests = rests.expect("she goes to rest");
    assert!(
        Span::hours(19) < rests && rests < Span::hours(21),
        "{rests:?}"
    );
}

#[test]
fn who_handles_a_message_answers_it_before_bed_and_has_half_an_hour_for_it() {
    // Ten hours of papers, which come in the evening of a shift that lasts until midnight.
    let mut parts = ordinary(Severity::Low);
    for hours in &mut parts.organisation.people[0].shift.0 {
        hours.until = 24 * 60;
    }
    parts.scenario.injects[0].attachments = vec!["papers".to_owned(); 200];
    parts.plan.tasks.clear();
    let (mut early, mut late) = (0, 0);
    for minutes in [12 * 60, 14 * 60, 14 * 60 + 40] {
        parts.scenario.injects[0].at = Some(at(Span::minutes(minutes)));
        let exercise = exercise(parts.clone());
        for run in 0..20 {
            let record = simulate(&exercise, &Setup::of(1, run), Provenance::default());
            for (begun, ended) in readings(&record) {
                let left = MIDNIGHT - begun;
                if begun >= MIDNIGHT {
                    continue;
                }
                assert_eq!(ended - begun, left.max(Span::minutes(30)));
                early += usize::from(left > Span::minutes(30));
                late += usize::from(left < Span::minutes(30));
            }
        }
    }
    assert!(early > 3 && late > 3, "{early} early and {late} late");
}

/// She gets up at five, and is on her shift until ten in the evening: at nine she has to rest.
fn long_day(takes: Span, severity: Severity) -> Parts {
    let mut parts = office(takes, severity);
    let ada = &mut parts.organisation.people[0];
    ada.awake_before_shift = Some(Span::hours(4));
    for hours in &mut ada.shift.0 {
        hours.until = 22 * 60;
    }
    parts
}

const NINE: Span = Span::hours(12);

#[test]
fn only_urgent_work_is_finished_before_bed() {
    let paused = |severity| {
        let record = play(long_day(NINE + Span::minutes(20), severity));
        record.entries.iter().find_map(|entry| match entry.event {
            Event::TaskPaused { reason, .. } => Some((Span(entry.at.0), reason)),
            _ => None,
        })
    };
    assert_eq!(paused(Severity::High), None);
    assert_eq!(paused(Severity::Medium), Some((NINE, PauseReason::Rest)));
}

/// When somebody first leaves the room that the first task opens.
fn left(mut parts: Parts) -> Option<Span> {
    let mut assemble = task("assemble", Phase::Assessment, Measure::Activate);
    assemble.takes = Law::Fixed(Span::MINUTE);
    parts.plan.tasks[0].after = vec![TaskId::new(0)];
    parts.plan.tasks.insert(0, assemble);
    let record = play(parts);
    record.entries.iter().find_map(|entry| match entry.event {
        Event::RoomLeft { .. } => Some(Span(entry.at.0)),
        _ => None,
    })
}

#[test]
fn who_goes_off_duty_or_to_rest_leaves_the_room() {
    let day = office(Span::hours(40), Severity::Medium);
    assert_eq!(left(day), Some(Span::hours(8)));
    let long = long_day(Span::hours(40), Severity::Medium);
    assert_eq!(left(long), Some(NINE));
}
