//! Ends of shifts, overtime, and what becomes of work that is laid aside.

use super::super::fixture::{inject, office_hours, parts, person, task};
use super::exercise;
use crate::exercise::{
    Condition, ExerciseTime, Law, Measure, Parts, PersonId, Phase, Reveal, Severity, SeverityRule,
    Span, TaskId,
};
use crate::record::{Event, PauseReason, Record};
use crate::simulation::{Provenance, Setup, simulate};

/// How long people sleep in a laboratory.
const NIGHT: Span = Span::minutes(450);

/// Office hours from nine to five; STARTEX is at nine. One person, awake since eight, and a task.
pub(super) fn office(takes: Span, severity: Severity) -> Parts {
    let mut parts = parts();
    parts.organisation.tireless = true;
    let mut ada = person("ada");
    ada.shift = office_hours();
    parts.organisation.people = vec![ada];
    let mut call = inject("call");
    call.reveals = vec![Reveal::Real];
    parts.scenario.injects = vec![call];
    let mut work = task("work", Phase::Response, Measure::Investigate);
    work.takes = Law::Fixed(takes);
    parts.plan.tasks = vec![work];
    parts.plan.classification.rules = vec![SeverityRule {
        level: severity,
        impact: None,
        when: Condition::All(Vec::new()),
    }];
    parts
}

pub(super) fn play(parts: Parts) -> Record {
    simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default())
}

fn pauses(record: &Record) -> Vec<(Span, PauseReason)> {
    let pauses = record.entries.iter().filter_map(|entry| match entry.event {
        Event::TaskPaused { reason, .. } => Some((Span(entry.at.0), reason)),
        _ => None,
    });
    pauses.collect()
}

#[test]
fn overtime_ends_at_the_sixteenth_hour_awake_though_nothing_else_happens_then() {
    let record = play(office(Span::hours(40), Severity::High));
    let midnight = Span::hours(15);
    assert_eq!(pauses(&record)[0], (midnight, PauseReason::Rest));
    let next = record.entries.iter().find_map(|entry| match entry.event {
        Event::TaskResumed { .. } => Some(Span(entry.at.0)),
        _ => None,
    });
    // A call of the night is noticed when the rest is over, an hour before the next shift.
    let rested = midnight + NIGHT;
    let next = next.expect("the work goes on");
    assert!(rested < next && next < rested + Span::MINUTE, "{next:?}");
}

#[test]
fn urgent_containment_that_is_nearly_done_is_finished_before_bed() {
    let midnight = Span::hours(15);
    let long = midnight + Span::minutes(29);
    let finished = play(office(long, Severity::High));
    assert_eq!(pauses(&finished), []);
    let longer = midnight + Span::minutes(31);
    let laid_aside = play(office(longer, Severity::High));
    assert_eq!(pauses(&laid_aside)[0], (midnight, PauseReason::Rest));
    let mut parts = office(long, Severity::High);
    parts.plan.tasks[0].phase = Phase::Resolution;
    assert_eq!(pauses(&play(parts))[0], (midnight, PauseReason::Rest));
}

#[test]
fn who_is_called_out_of_bed_takes_a_quarter_of_an_hour_longer_for_the_first_message() {
    let takes = |hours| {
        let mut parts = office(Span::HOUR, Severity::High);
        parts.organisation.tireless = false;
        parts.scenario.injects[0].at = Some(ExerciseTime(Span::hours(hours).0));
        let record = play(parts);
        let mut begun = None;
        let ended = record.entries.iter().find_map(|entry| {
            if matches!(entry.event, Event::ReadingStarted { .. }) {
                begun = begun.or(Some(entry.at));
            }
            matches!(entry.event, Event::MessageRead { .. }).then_some(entry.at)
        });
        ended.expect("somebody reads it") - begun.expect("somebody begins to")
    };
    // At six in the evening Ada is up, at two in the morning she sleeps.
    assert_eq!(takes(17) - takes(9), Span::minutes(15));
}

#[test]
fn at_the_end_of_a_shift_half_an_hour_of_work_is_finished_and_more_is_laid_aside() {
    let end = Span::hours(8);
    // Being told and reading take a few milliseconds before the work starts.
    let short = play(office(end + Span::minutes(29), Severity::Medium));
    assert_eq!(pauses(&short), []);
    let long = play(office(end + Span::minutes(31), Severity::Medium));
    assert_eq!(pauses(&long)[0], (end, PauseReason::ShiftEnd));
    let urgent = play(office(end + Span::minutes(31), Severity::High));
    assert_eq!(pauses(&urgent), [], "nobody else could take it over");
}

#[test]
fn urgent_work_is_laid_aside_where_somebody_can_take_it_over() {
    let mut parts = office(Span::hours(10), Severity::High);
    let mut bob = person("bob");
    bob.shift = office_hours();
    for hours in &mut bob.shift.0 {
        (hours.from, hours.until) = (16 * 60, 24 * 60);
    }
    // He gets up at seven, although his shift begins late.
    bob.awake_before_shift = Some(Span::hours(9));
    parts.organisation.people.push(bob);
    parts.organisation.roles[0].holders = vec![PersonId::new(0), PersonId::new(1)];
    let record = play(parts);
    assert_eq!(pauses(&record)[0], (Span::hours(8), PauseReason::ShiftEnd));
    let resumed = record.entries.iter().any(|entry| {
        matches!(&entry.event, Event::TaskResumed { people, .. } if people[..] == [PersonId::new(1)])
    });
    assert!(resumed);
}

#[test]
fn work_that_was_laid_aside_waits_anew() {
    let mut parts = office(Span::hours(10), Severity::Medium);
    let mut bob = person("bob");
    bob.shift = office_hours();
    for hours in &mut bob.shift.0 {
        (hours.from, hours.until) = (16 * 60, 24 * 60);
    }
    // Ada and Carl hold the role, Bob stands in. Carl is busy all the time, Ada for ninety minutes.
    parts.organisation.people.extend([bob, person("carl")]);
    parts.organisation.roles[0].holders = vec![PersonId::new(0), PersonId::new(2)];
    parts.organisation.roles[0].deputies = vec![PersonId::new(1)];
    let busy = |name: &str, takes| {
        let mut busy = task(name, Phase::Response, Measure::Log);
        busy.takes = Law::Fixed(takes);
        busy
    };
    let others = [
        busy("a-first", Span::minutes(90)),
        busy("b-vigil", Span::hours(40)),
    ];
    parts.plan.tasks.splice(0..0, others);
    let record = play(parts);
    let of = TaskId::new(2);
    let ada = record.entries.iter().find_map(|entry| match &entry.event {
        Event::TaskStarted {
            instance, people, ..
        } if instance.task == of => Some((Span(entry.at.0), people.to_vec())),
        _ => None,
    });
    let (started, by) = ada.expect("the work starts");
    // It had waited for longer than an hour before.
    assert!(started > Span::minutes(90) && by == [PersonId::new(0)]);
    assert_eq!(pauses(&record)[0], (Span::hours(8), PauseReason::ShiftEnd));
    let bob = record.entries.iter().find_map(|entry| match &entry.event {
        Event::TaskResumed { people, .. } => Some((Span(entry.at.0), people.to_vec())),
        _ => None,
    });
    assert_eq!(bob, Some((Span::hours(9), vec![PersonId::new(1)])));
}

#[test]
fn who_has_rested_is_called_and_works_on_before_the_next_shift() {
    let mut parts = office(Span::hours(20), Severity::High);
    // The only shift of the week is over for another six days.
    parts.organisation.people[0]
        .shift
        .0
        .retain(|day| day.weekday == 1);
    let record = play(parts);
    let pauses = pauses(&record);
    assert_eq!(pauses, [(Span::hours(15), PauseReason::Rest)]);
    let ends = record.entries.iter().find_map(|entry| match entry.event {
        Event::TaskEnded { .. } => Some(Span(entry.at.0)),
        _ => None,
    });
    let ends = ends.expect("the work ends");
    // Five hours are left after the rest, and the time to take it over.
    assert!(ends < Span::hours(15 + 8 + 6), "{ends:?}");
}

#[test]
fn who_was_called_and_waits_rests_as_well_and_works_afterwards() {
    let mut parts = office(Span::HOUR, Severity::High);
    parts.organisation.people[0]
        .shift
        .0
        .retain(|day| day.weekday == 1);
    // Called in the evening, needed at three in the morning.
    parts.scenario.injects[0].at = Some(ExerciseTime(Span::hours(12).0));
    parts.plan.tasks[0].delay = Some(Law::Fixed(Span::hours(6)));
    let record = play(parts);
    let started = record.entries.iter().find_map(|entry| match entry.event {
        Event::TaskStarted { .. } => Some(Span(entry.at.0)),
        _ => None,
    });
    assert_eq!(started, Some(Span::hours(15) + NIGHT));
}

#[test]
fn work_done_counts_at_the_pace_at_which_it_was_begun() {
    let mut parts = office(Span::hours(40), Severity::High);
    parts.organisation.tireless = false;
    parts.scenario.injects[0].at = Some(ExerciseTime(Span::hours(1).0));
    let record = play(parts);
    let started = record.entries.iter().find_map(|entry| match entry.event {
        Event::TaskStarted { .. } => Some(Span(entry.at.0)),
        _ => None,
    });
    let started = started.expect("the work starts");
    let done = record.entries.iter().find_map(|entry| match entry.event {
        Event::TaskPaused {
            reason: PauseReason::Rest,
            done,
            ..
        } => Some(done),
        _ => None,
    });
    // Begun in the morning it goes at full pace, however tired its doer is at midnight.
    assert_eq!(done, Some(Span::hours(15) - started));
}
