//! Hours of others: nobody outside is told in the middle of the night.

use super::super::fixture::{act, inject, parts, stakeholder, task};
use super::exercise;
use crate::exercise::{
    Condition, DayHours, ExerciseTime, Law, Measure, Object, Parts, Phase, Reveal, Span,
    StakeholderKind, WeeklyHours,
};
use crate::record::{Action, Event, HumanAct, Record, Refusal};
use crate::simulation::{Provenance, Setup, simulate};

/// Every day from eight to eight.
fn daytime() -> WeeklyHours {
    let day = |weekday| DayHours {
        weekday,
        from: 8 * 60,
        until: 20 * 60,
    };
    WeeklyHours((0..7).map(day).collect())
}

/// An exercise that starts at three in the morning, in which somebody is to be told.
fn at_three(kind: StakeholderKind, hours: Option<WeeklyHours>) -> Parts {
    let mut parts = parts();
    parts.organisation.tireless = true;
    // The fixture starts at nine.
    parts.startex -= Span::hours(6).0;
    let mut told = stakeholder("told", kind);
    told.hours = hours;
    parts.organisation.stakeholders = vec![told];
    let mut call = inject("call");
    call.reveals = vec![Reveal::Real];
    parts.scenario.injects = vec![call];
    let mut tell = task("tell", Phase::Response, Measure::Notify);
    tell.does = vec![act(Measure::Notify, Object::Stakeholder(kind))];
    tell.takes = Law::Fixed(Span::minutes(20));
    parts.plan.tasks = vec![tell];
    parts
}

fn play(parts: Parts) -> Record {
    simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default())
}

fn told(record: &Record) -> Option<Span> {
    record.entries.iter().find_map(|entry| match entry.event {
        Event::StakeholderNotified { .. } => Some(Span(entry.at.0)),
        _ => None,
    })
}

fn awaited(record: &Record) -> Vec<ExerciseTime> {
    let awaited = record.entries.iter().filter_map(|entry| match entry.event {
        Event::TaskAwaitsHours { until, .. } => Some(until),
        _ => None,
    });
    awaited.collect()
}

#[test]
fn who_has_hours_is_told_in_them_and_the_record_says_that_work_waits_for_them() {
    let record = play(at_three(StakeholderKind::Patients, Some(daytime())));
    let eight = Span::hours(5);
    assert_eq!(awaited(&record), [ExerciseTime(eight.0)]);
    let told = told(&record).expect("they are told");
    assert!(
        told >= eight + Span::minutes(20) && told < eight + Span::HOUR,
        "{told:?}"
    );
    let ready = record
        .entries
        .iter()
        .find(|entry| matches!(entry.event, Event::TaskReady { .. }));
    let ready = ready.expect("it is ready");
    let cause = ready
        .cause
        .map(|cause| &record.entries[cause as usize - 1].event);
    assert_eq!(ready.at.0, eight.0);
    assert!(
        matches!(cause, Some(Event::TaskAwaitsHours { .. })),
        "{cause:?}"
    );
}

#[test]
fn who_is_there_at_any_hour_is_told_at_once_and_so_is_an_authority() {
    let soon = Span::HOUR;
    let none = play(at_three(StakeholderKind::Patients, None));
    assert!(told(&none) < Some(soon) && awaited(&none).is_empty());
    let authority = StakeholderKind::DataProtectionAuthority;
    let record = play(at_three(authority, Some(daytime())));
    assert!(told(&record) < Some(soon) && awaited(&record).is_empty());
    // Nor does a task wait that tells an authority as well.
    let mut both = at_three(StakeholderKind::Patients, Some(daytime()));
    let also = act(Measure::Notify, Object::Stakeholder(authority));
    both.plan.tasks[0].does.push(also);
    assert!(awaited(&play(both)).is_empty());
}

#[test]
fn one_of_a_kind_who_is_there_is_enough() {
    let mut parts = at_three(StakeholderKind::Suppliers, Some(daytime()));
    parts
        .organisation
        .stakeholders
        .push(stakeholder("z-duty-line", StakeholderKind::Suppliers));
    assert!(awaited(&play(parts)).is_empty());
}

#[test]
fn the_delay_of_the_plan_runs_first_and_what_is_due_in_their_hours_waits_no_more() {
    let mut parts = at_three(StakeholderKind::Patients, Some(daytime()));
    parts.plan.tasks[0].delay = Some(Law::Fixed(Span::hours(6)));
    let record = play(parts);
    assert!(awaited(&record).is_empty());
    assert!(told(&record) > Some(Span::hours(6)));
}

#[test]
fn a_measure_of_ones_own_that_tells_somebody_is_refused_out_of_their_hours() {
    let patients = StakeholderKind::Patients;
    let mut parts = at_three(patients, Some(daytime()));
    parts.plan.tasks.clear();
    let mut work = task("work", Phase::Response, Measure::Investigate);
    work.when = Some(Condition::All(Vec::new()));
    parts.plan.tasks.push(work);
    let take = Action {
        at: ExerciseTime(Span::HOUR.0),
        person: Some(crate::exercise::PersonId::new(0)),
        does: HumanAct::Take {
            act: act(Measure::Notify, Object::Stakeholder(patients)),
        },
        hand: None,
    };
    let setup = Setup {
        played: vec![crate::exercise::PersonId::new(0)],
        actions: vec![take],
        ..Setup::of(1, 0)
    };
    let record = simulate(&exercise(parts), &setup, Provenance::default());
    let refused = record.entries.iter().find_map(|entry| match entry.event {
        Event::ActionRejected { reason, .. } => Some(reason),
        _ => None,
    });
    assert_eq!(refused, Some(Refusal::OutOfHours));
}
