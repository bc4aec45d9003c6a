//! Who works, and when, in whole runs of one or two people.

use crate::exercise::{
    Addressee, AssetKind, ChannelKind, Content, Day, Difficulty, Each, Effect, Exercise,
    ExerciseTime, Experience, Function, Knowable, Law, Limit, Mark, Measure, Parts, PersonId,
    Phase, Reveal, Soundness, SourceKind, Span, StakeholderKind, StepId, TaskId, WeeklyHours,
};
use crate::record::{Event, MessageKind, Outcome, PauseReason, Record};
use crate::simulation::fixture::{
    asset, channel, choice, decision, inject, obligation, office_hours, parts, person, role,
    source, step, task,
};
use crate::simulation::{Provenance, Setup, simulate};
use std::sync::Arc;

/// The records of so many runs.
pub(super) fn runs(parts: Parts, count: u64) -> Vec<Record> {
    let exercise = Arc::new(Exercise::new(parts).expect("a fixture is valid"));
    (0..count)
        .map(|index| simulate(&exercise, &Setup::of(1, index), Provenance::default()))
        .collect()
}

pub(super) fn times(record: &Record, wanted: impl Fn(&Event) -> bool) -> Vec<ExerciseTime> {
    let found = record.entries.iter().filter(|entry| wanted(&entry.event));
    found.map(|entry| entry.at).collect()
}

pub(super) fn at(span: Span) -> ExerciseTime {
    ExerciseTime::STARTEX + span
}

/// A call about an incident on one altered server, and the tasks that follow from it.
pub(super) fn called(tasks: Vec<crate::exercise::Task>) -> Parts {
    let mut parts = parts();
    parts.organisation.assets = vec![asset("files", AssetKind::FileServer)];
    parts.scenario.steps = vec![step("alter", Effect::Alter)];
    let mut call = inject("call");
    call.at = Some(at(Span::hours(2)));
    call.reveals = vec![Reveal::Step(StepId::new(0))];
    parts.scenario.injects = vec![call];
    parts.plan.tasks = tasks;
    parts
}

pub(super) fn triage(takes: Span) -> crate::exercise::Task {
    let mut triage = task("triage", Phase::Assessment, Measure::Triage);
    triage.takes = Law::Fixed(takes);
    triage
}

fn is_start(event: &Event) -> bool {
    matches!(event, Event::TaskStarted { .. })
}

#[test]
fn who_is_off_may_notice_a_message_and_reads_it_on_duty() {
    let mut parts = parts();
    parts.organisation.people[0].shift = office_hours();
    parts.organisation.channels = vec![channel("chat", ChannelKind::Chat)];
    let mut call = inject("call");
    call.at = Some(at(Span::hours(10)));
    call.via = Some(ChannelKind::Chat);
    parts.scenario.injects = vec![call];
    let morning = at(Span::DAY);
    let mut early = 0;
    for record in runs(parts, 40) {
        let noticed = times(&record, |e| matches!(e, Event::MessageNoticed { .. }));
        early += noticed.iter().filter(|noticed| **noticed < morning).count();
        for read in times(&record, |e| matches!(e, Event::ReadingStarted { .. })) {
            assert!(read >= morning, "read at {read:?}");
        }
    }
    assert!(early > 10, "only {early} of 40 noticed it before");
}

#[test]
fn nobody_works_on_leave_nor_who_keeps_holidays_on_one() {
    let tuesday = Day::from_civil(2026, 3, 3);
    let on_wednesday = |parts: Parts| {
        let starts = times(&runs(parts, 1)[0], is_start);
        assert_eq!(starts.len(), 1);
        assert!(starts[0] >= at(Span::hours(15)), "{starts:?}");
    };
    let mut away = called(vec![triage(Span::HOUR)]);
    away.organisation.channels = vec![channel("mail", ChannelKind::Mail)];
    away.organisation.people[0].leave = vec![(tuesday, tuesday)];
    on_wednesday(away);
    let mut holiday = called(vec![triage(Span::HOUR)]);
    holiday.organisation.channels = vec![channel("mail", ChannelKind::Mail)];
    holiday.organisation.holidays = vec![tuesday];
    holiday.organisation.people[0].keeps_holidays = true;
    on_wednesday(holiday);
}

#[test]
fn with_half_an_hour_left_work_is_finished_at_the_end_of_a_shift() {
    for (takes, paused) in [(30, false), (90, true)] {
        let mut parts = called(vec![triage(Span::minutes(takes))]);
        parts.organisation.people[0].shift = office_hours();
        // The shift ends after eight hours.
        parts.scenario.injects[0].at = Some(at(Span::minutes(460)));
        let mut ran_over = 0;
        for record in runs(parts, 20) {
            let five = at(Span::hours(8));
            let starts = times(&record, is_start);
            if starts.first().is_none_or(|start| *start >= five) {
                continue;
            }
            let left = (starts[0] + Span::minutes(takes)) - five;
            let stops = times(&record, |event| {
                matches!(
                    event,
                    Event::TaskPaused {
                        reason: PauseReason::ShiftEnd,
                        ..
                    }
                )
            });
            assert_eq!(!stops.is_empty(), left > Span::minutes(30) && paused);
            ran_over += usize::from(left > Span::ZERO);
        }
        assert!(ran_over > 5);
    }
}

#[test]
fn only_an_interrupting_message_preempts_work() {
    for (kind, preempts) in [(ChannelKind::Mail, false), (ChannelKind::MobilePhone, true)] {
        let mut parts = called(vec![triage(Span::hours(20))]);
        parts.organisation.channels = vec![channel("line", kind)];
        let mut second = inject("second");
        second.at = Some(at(Span::hours(8)));
        second.via = Some(kind);
        parts.scenario.injects.push(second);
        let record = &runs(parts, 1)[0];
        let stops = times(record, |event| {
            matches!(
                event,
                Event::TaskPaused {
                    reason: PauseReason::Interrupted,
                    ..
                }
            )
        });
        assert_eq!(stops.len(), usize::from(preempts), "{kind:?}");
    }
}

/// An analyst who needs an executive's approval to declare, and the executive.
pub(super) fn needs_approval() -> Parts {
    let mut declare = task("declare", Phase::Assessment, Measure::Declare);
    declare.approval = Some(Addressee::Function(Function::Executive));
    declare.after = vec![TaskId::new(1)];
    let mut parts = called(vec![declare, triage(Span::HOUR)]);
    parts.organisation.people = vec![person("ada"), person("bo")];
    parts.organisation.roles = vec![role("analyst"), role("board")];
    parts.organisation.roles[0].functions = vec![Function::Analyst];
    parts.organisation.roles[0].may = Vec::new();
    parts.organisation.roles[1].functions = vec![Function::Executive];
    parts.organisation.roles[1].holders = vec![PersonId::new(1)];
    parts
}

fn asked(record: &Record) -> usize {
    times(record, |event| matches!(event, Event::ApprovalAsked { .. })).len()
}

fn declared_from(record: &Record) -> Option<ExerciseTime> {
    let starts = times(
        record,
        |event| matches!(event, Event::TaskStarted { instance, .. } if instance.task == TaskId::new(0)),
    );
    starts.first().copied()
}

#[test]
fn work_that_needs_approval_starts_when_it_was_asked_for_and_given() {
    let record = &runs(needs_approval(), 1)[0];
    assert_eq!(asked(record), 1);
    let given = times(record, |event| matches!(event, Event::ApprovalGiven { .. }));
    let started = declared_from(record).expect("it starts after all");
    assert_eq!(given.len(), 1);
    assert_eq!(started, given[0]);
}

#[test]
fn who_may_take_the_measure_asks_nobody() {
    let mut parts = needs_approval();
    parts.organisation.roles[0].may = vec![Measure::Declare];
    let record = &runs(parts, 1)[0];
    assert_eq!(asked(record), 0);
    assert!(declared_from(record).is_some());
}

#[test]
fn who_would_approve_their_own_request_asks_the_next_who_may() {
    let mut parts = needs_approval();
    parts.organisation.people[1].shift = WeeklyHours::default();
    parts.organisation.roles[1].deputies = vec![PersonId::new(0)];
    let record = &runs(parts.clone(), 1)[0];
    assert_eq!(asked(record), 1);
    let first = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageSent {
            kind: MessageKind::ApprovalRequest,
            people,
            ..
        } => Some(people.to_vec()),
        _ => None,
    });
    assert_eq!(first, Some(vec![PersonId::new(1)]));
    // Where nobody else may, they decide.
    parts.organisation.roles[1].holders = vec![PersonId::new(0)];
    parts.organisation.roles[1].deputies.clear();
    let record = &runs(parts, 1)[0];
    assert_eq!(asked(record), 0);
    assert!(declared_from(record).is_some());
}

#[test]
fn work_that_failed_or_has_an_unnoticed_error_takes_no_effect() {
    let mut triage = triage(Span::HOUR);
    triage.difficulty = Difficulty::High;
    let mut parts = called(vec![triage]);
    parts.organisation.people[0].experience = [Experience::Little; 6];
    let (mut failed, mut flawed) = (0, 0);
    for record in runs(parts, 1_500) {
        let ended = |wanted: Outcome| {
            let is = |event: &Event| matches!(event, Event::TaskEnded { outcome, .. } if *outcome == wanted);
            times(&record, is).len()
        };
        let taken = times(&record, |event| matches!(event, Event::MeasureTaken { .. }));
        let real = times(&record, |event| {
            matches!(
                event,
                Event::FactLearned {
                    fact: Knowable::Real(_),
                    ..
                }
            )
        });
        if ended(Outcome::Failed) > 0 {
            failed += 1;
            assert_eq!(taken.len(), 0);
        } else if ended(Outcome::Flawed) > 0 {
            flawed += 1;
            assert!(real.is_empty());
            let without =
                |event: &Event| matches!(event, Event::MeasureTaken { effect: false, .. });
            assert_eq!(times(&record, without).len(), taken.len());
        }
    }
    assert!(
        failed > 0 && flawed > 10,
        "{failed} failed, {flawed} flawed"
    );
}

#[test]
fn work_for_each_alert_comes_from_alerts_that_reveal_something() {
    for reveals in [true, false] {
        let mut each = triage(Span::HOUR);
        each.each = Each::Alert;
        let mut parts = called(vec![each]);
        let mut other = inject("other");
        other.at = Some(at(Span::hours(4)));
        if reveals {
            other.reveals = vec![Reveal::Step(StepId::new(0))];
        }
        parts.scenario.injects.push(other);
        let ready = times(&runs(parts, 1)[0], |event| {
            matches!(event, Event::TaskReady { .. })
        });
        assert_eq!(ready.len(), 1 + usize::from(reveals));
    }
}

#[test]
fn the_first_signal_makes_an_incident_observable() {
    let mut parts = called(Vec::new());
    parts.scenario.injects.clear();
    parts.organisation.sources = vec![source("siem", SourceKind::Siem)];
    let record = &runs(parts, 1)[0];
    let raised = times(record, |event| matches!(event, Event::SignalRaised { .. }));
    let observable = times(record, |event| {
        matches!(
            event,
            Event::MarkReached {
                mark: Mark::Observable,
                ..
            }
        )
    });
    assert_eq!(raised.len(), 1);
    assert_eq!(observable, raised);
}

#[test]
fn a_run_waits_for_a_clock_that_runs() {
    let mut parts = called(vec![triage(Span::HOUR)]);
    let mut duty = obligation("tell", StakeholderKind::SectorRegulator);
    duty.within = Limit::Elapsed(Span::days(3));
    parts.plan.obligations = vec![duty];
    let record = &runs(parts, 1)[0];
    let breached = times(record, |event| {
        matches!(event, Event::ObligationBreached { .. })
    });
    assert_eq!(breached.len(), 1);
    assert!(breached[0] > at(Span::days(3)));
}

#[test]
fn a_decision_is_sounder_when_what_it_needs_is_known() {
    let sound = |needs: Vec<Content>| {
        let mut parts = called(Vec::new());
        let (mut no, mut yes) = (choice("no"), choice("yes"));
        no.judged = Some(Soundness::Unsound("it costs".to_owned()));
        yes.judged = Some(Soundness::Sound);
        let mut asked = decision("pay", vec![no, yes]);
        asked.needs = needs;
        parts.plan.decisions = vec![asked];
        parts.scenario.injects[0].decide = Some(crate::exercise::DecisionId::new(0));
        let chosen = |record: &Record| {
            let yes = |event: &Event| matches!(event, Event::Decided { choice, .. } if choice.option.index() == 1);
            times(record, yes).len()
        };
        runs(parts, 400).iter().map(chosen).sum::<usize>()
    };
    let (informed, uninformed) = (sound(Vec::new()), sound(vec![Content::Cause]));
    // 0.85 and 0.55 of 400.
    assert!((310..=370).contains(&informed), "{informed}");
    assert!((185..=255).contains(&uninformed), "{uninformed}");
}
