//! Leave is absence, whatever else is said of who is on it.

use super::presence::{office, play};
use crate::exercise::{Day, ExerciseTime, Parts, Severity, Span};
use crate::record::{Event, PauseReason, Record};

/// STARTEX is on Tuesday at nine.
const MIDNIGHT: Span = Span::hours(15);

/// Ada works from noon to eight in the evening, and is on leave from Wednesday to Thursday. What she hears of is
/// urgent, and takes ten hours.
fn evening() -> Parts {
    let mut parts = office(Span::hours(10), Severity::High);
    for hours in &mut parts.organisation.people[0].shift.0 {
        (hours.from, hours.until) = (12 * 60, 20 * 60);
    }
    let wednesday = Day::from_civil(2026, 3, 4);
    parts.organisation.people[0].leave = vec![(wednesday, Day(wednesday.0 + 1))];
    parts
}

fn from(parts: &mut Parts, hours: i64) {
    parts.scenario.injects[0].at = Some(ExerciseTime(Span::hours(hours).0));
}

fn pauses(record: &Record) -> Vec<(Span, PauseReason)> {
    let pauses = record.entries.iter().filter_map(|entry| match entry.event {
        Event::TaskPaused { reason, .. } => Some((Span(entry.at.0), reason)),
        _ => None,
    });
    pauses.collect()
}

#[test]
fn work_is_laid_aside_when_its_doer_goes_on_leave() {
    let mut parts = evening();
    // Begun at five in the afternoon, and gone on with past the shift.
    from(&mut parts, 8);
    assert_eq!(pauses(&play(parts))[0], (MIDNIGHT, PauseReason::ShiftEnd));
}

#[test]
fn who_was_reached_counts_as_reached_no_longer_on_leave() {
    let mut parts = evening();
    from(&mut parts, 12);
    let record = play(parts);
    let until = record.entries.iter().find_map(|entry| match entry.event {
        Event::PersonReached { until, .. } => Some(Span(until.0)),
        _ => None,
    });
    // The next shift that she works is that of Friday.
    assert_eq!(
        until,
        Some(Span::DAY + Span::DAY + Span::DAY + Span::hours(11))
    );
    assert_eq!(pauses(&record)[0], (MIDNIGHT, PauseReason::ShiftEnd));
}

#[test]
fn who_is_on_leave_notices_nothing() {
    let mut parts = evening();
    from(&mut parts, 20);
    let noticed = play(parts)
        .entries
        .iter()
        .find_map(|entry| match entry.event {
            Event::MessageNoticed { .. } => Some(Span(entry.at.0)),
            _ => None,
        });
    let friday = MIDNIGHT + Span::DAY + Span::DAY;
    assert!(noticed.is_some_and(|when| when >= friday), "{noticed:?}");
}
