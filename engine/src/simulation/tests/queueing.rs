//! Who takes a piece of work, when it is ready, and what becomes of word about it.

use super::exercise;
use super::staffing::{at, called, runs, times, triage};
use crate::exercise::{
    Addressee, ChannelKind, Condition, Consequence, ExerciseTime, Experience, Fact, Function, Law,
    Measure, Notice, Parts, PersonId, Phase, RoleId, Severity, SeverityRule, SourceKind, Span,
    Task, TaskId, WeeklyHours,
};
use crate::record::{Event, MessageKind, PauseReason, Record};
use crate::simulation::fixture::{
    choice, decision, inject, office_hours, person, role, source, task,
};
use crate::simulation::{Provenance, Setup, simulate};

fn ada() -> PersonId {
    PersonId::new(0)
}

fn bo() -> PersonId {
    PersonId::new(1)
}

fn starts(record: &Record, task: usize) -> Vec<(ExerciseTime, Vec<PersonId>)> {
    let of_task = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            } if instance.task == TaskId::new(task) => Some((entry.at, people.to_vec())),
            _ => None,
        });
    of_task.collect()
}

fn log(name: &str, takes: Span) -> Task {
    let mut log = task(name, Phase::Response, Measure::Log);
    log.takes = Law::Fixed(takes);
    log
}

/// Ada is the analyst, Bo the chief information security officer, to whom work is escalated.
fn analyst_and_chief(tasks: Vec<Task>) -> Parts {
    let mut parts = called(tasks);
    parts.organisation.tireless = true;
    parts.organisation.people = vec![person("ada"), person("bo")];
    parts.organisation.roles = vec![role("analyst"), role("chief")];
    parts.organisation.roles[0].functions = vec![Function::Analyst];
    parts.organisation.roles[1].functions = vec![Function::Ciso];
    parts.organisation.roles[1].holders = vec![bo()];
    parts
}

#[test]
fn work_that_somebody_of_the_role_can_come_for_does_not_go_to_the_escalation_target() {
    let tasks = || vec![log("a-long", Span::hours(9)), log("b-waits", Span::HOUR)];
    let there = runs(analyst_and_chief(tasks()), 1).remove(0);
    let [(long, _)] = &starts(&there, 0)[..] else {
        panic!("the first is begun once")
    };
    assert_eq!(starts(&there, 1), [(*long + Span::hours(9), vec![ada()])]);
    // Where nobody of the role can come, it does.
    let mut parts = analyst_and_chief(tasks());
    parts.organisation.people[0].shift = WeeklyHours::default();
    parts.organisation.people[0].channels.clear();
    parts.scenario.injects[0].to = Addressee::Function(Function::Ciso);
    parts.organisation.roles[1].functions = vec![Function::Ciso, Function::PointOfContact];
    parts.organisation.roles[1].functions.sort_unstable();
    parts.plan.tasks[0].by = Addressee::Role(RoleId::new(1));
    parts.plan.tasks[1].by = Addressee::Role(RoleId::new(0));
    parts.plan.tasks[1].after = vec![TaskId::new(0)];
    let away = runs(parts, 1).remove(0);
    let taken: Vec<Vec<PersonId>> = starts(&away, 1).into_iter().map(|(_, by)| by).collect();
    assert_eq!(taken, [[bo()]]);
}

#[test]
fn of_two_who_are_alike_the_one_with_fewer_roles_takes_the_work() {
    for many in [true, false] {
        let mut parts = called(vec![triage(Span::HOUR)]);
        parts.organisation.people = vec![person("ada"), person("bo")];
        parts.organisation.roles = vec![role("analyst"), role("other")];
        parts.organisation.roles[0].holders = vec![ada(), bo()];
        parts.organisation.roles[1].functions = vec![Function::Legal];
        let other = if many { ada() } else { bo() };
        parts.organisation.roles[1].holders = vec![other];
        let record = &runs(parts, 1)[0];
        let expected = if many { bo() } else { ada() };
        assert_eq!(starts(record, 0)[0].1, [expected]);
    }
}

/// Work for two: ada has little experience, bo much.
fn for_two(takes: Span) -> Parts {
    let mut together = task("work", Phase::Response, Measure::Activate);
    (together.people, together.takes) = (2, Law::Fixed(takes));
    let mut parts = called(vec![together]);
    parts.organisation.people = vec![person("ada"), person("bo")];
    parts.organisation.people[0].experience = [Experience::Little; 6];
    parts.organisation.people[1].experience = [Experience::Much; 6];
    parts.organisation.roles = vec![role("first"), role("second")];
    parts.organisation.roles[0].holders = vec![ada(), bo()];
    parts.organisation.roles[1].functions = vec![Function::Legal];
    parts.organisation.roles[1].holders = vec![bo()];
    parts
}

#[test]
fn several_people_work_at_the_pace_of_the_slowest() {
    let record = &runs(for_two(Span::hours(2)), 1)[0];
    let (from, by) = starts(record, 0).remove(0);
    assert_eq!(by.len(), 2);
    let ended = times(record, |event| matches!(event, Event::TaskEnded { .. }));
    // Somebody with little experience takes three tenths longer.
    assert_eq!(ended[0] - from, Span::minutes(156));
}

#[test]
fn work_for_two_goes_on_when_the_last_of_them_is_back_from_the_phone() {
    let mut overlapping = 0;
    for run in 0..6 {
        let mut parts = for_two(Span::hours(20));
        for (name, to, minutes) in [("p", 0, 60), ("q", 1, 10)] {
            let mut ring = inject(name);
            ring.to = Addressee::Role(RoleId::new(to));
            ring.at = Some(at(Span::hours(6)));
            // Three minutes, and as long again for each attachment.
            ring.attachments = vec!["list.txt".to_owned(); minutes / 3 - 1];
            parts.scenario.injects.push(ring);
        }
        let setup = Setup::of(1, run);
        let record = simulate(&exercise(parts), &setup, Provenance::default());
        let after = at(Span::hours(5));
        let late = |wanted: fn(&Event) -> bool| {
            let mut all = times(&record, wanted);
            all.retain(|at| *at > after);
            all
        };
        let begun = late(|event| matches!(event, Event::ReadingStarted { .. }));
        let read = late(|event| matches!(event, Event::MessageRead { .. }));
        let paused = late(|event| {
            let reason = PauseReason::Interrupted;
            matches!(event, Event::TaskPaused { reason: of, .. } if *of == reason)
        });
        let resumed = late(|event| matches!(event, Event::TaskResumed { .. }));
        if begun.len() < 2 || begun[1] >= read[0] {
            continue;
        }
        overlapping += 1;
        assert_eq!(paused.len(), 1, "run {run}");
        assert_eq!(resumed[0], read[1], "run {run}");
    }
    assert!(overlapping > 0);
}

/// A plan by whose table the incident is of a severity.
fn of_severity(level: Severity, mut parts: Parts) -> Parts {
    parts.plan.classification.rules = vec![SeverityRule {
        level,
        impact: None,
        when: Condition::All(Vec::new()),
    }];
    parts
}

#[test]
fn a_task_is_ready_from_its_severity_on() {
    for (severity, starts_at_all) in [
        (Severity::Medium, false),
        (Severity::High, true),
        (Severity::Critical, true),
    ] {
        let mut urgent = triage(Span::HOUR);
        urgent.from_severity = Some(Severity::High);
        let parts = of_severity(severity, called(vec![urgent]));
        let record = &runs(parts, 1)[0];
        assert_eq!(!starts(record, 0).is_empty(), starts_at_all, "{severity}");
    }
}

#[test]
fn what_a_decision_left_out_counts_as_done_for_what_comes_after() {
    let tasks = || {
        let mut second = log("b-second", Span::HOUR);
        second.after = vec![TaskId::new(0)];
        let mut first = log("a-first", Span::HOUR);
        first.when = Some(Condition::Is(Fact::Elapsed(Span::days(400))));
        vec![first, second]
    };
    let waits = &runs(called(tasks()), 1)[0];
    assert_eq!(starts(waits, 1), []);
    let mut parts = called(tasks());
    let mut leave_out = choice("leave-out");
    leave_out.then = vec![Consequence::Omit(TaskId::new(0))];
    parts.plan.decisions = vec![decision("needed", vec![leave_out])];
    parts.scenario.injects[0].decide = Some(crate::exercise::DecisionId::new(0));
    let record = &runs(parts, 1)[0];
    assert_eq!((starts(record, 0).len(), starts(record, 1).len()), (0, 1));
}

/// Nobody hears the phone at home: work that is ready in the evening waits for the morning.
fn overnight() -> Record {
    let mut work = triage(Span::HOUR);
    work.delay = Some(Law::Fixed(Span::hours(8)));
    let mut parts = of_severity(Severity::High, called(vec![work]));
    parts.organisation.people[0].shift = office_hours();
    parts.organisation.people[0].notice = vec![Notice {
        channel: ChannelKind::MobilePhone,
        on_duty: Span::minutes(3),
        off_duty: None,
    }];
    runs(parts, 1).remove(0)
}

#[test]
fn a_call_that_nobody_needs_any_more_when_work_starts_is_withdrawn_unread() {
    let record = overnight();
    let call = record.entries.iter().find_map(|entry| match entry.event {
        Event::MessageSent {
            message,
            kind: MessageKind::CallOut,
            ..
        } => Some(message),
        _ => None,
    });
    let call = call.expect("the analyst at home is called");
    let (morning, _) = starts(&record, 0)[0];
    assert_eq!(morning, at(Span::DAY));
    let withdrawn = times(
        &record,
        |event| matches!(event, Event::MessageWithdrawn { message } if *message == call),
    );
    assert_eq!(withdrawn, [morning]);
    let noticed =
        |event: &Event| matches!(event, Event::MessageNoticed { message, .. } if *message == call);
    assert_eq!(times(&record, noticed), []);
}

#[test]
fn an_alert_that_nobody_notices_is_sent_again_where_its_source_escalates() {
    for escalates in [true, false] {
        let mut parts = called(Vec::new());
        parts.scenario.injects.clear();
        let mut siem = source("siem", SourceKind::Siem);
        siem.escalates = escalates;
        parts.organisation.sources = vec![siem];
        parts.organisation.people[0].notice = vec![Notice {
            channel: ChannelKind::MobilePhone,
            on_duty: Span::days(4_000),
            off_duty: None,
        }];
        let record = &runs(parts, 1)[0];
        let again = times(record, |event| matches!(event, Event::MessageResent { .. }));
        assert_eq!(!again.is_empty(), escalates);
        let sent = times(record, |event| matches!(event, Event::MessageSent { .. }));
        assert_eq!(sent, [at(Span::minutes(61))]);
    }
}

#[test]
fn who_has_to_declare_and_to_classify_declares_first_whatever_the_tasks_are_called() {
    for (classify, declare) in [("a", "b"), ("b", "a")] {
        let after_triage = |name: &str, measure| {
            let mut after = task(name, Phase::Assessment, measure);
            after.after = vec![TaskId::new(2)];
            after
        };
        let mut tasks = vec![
            after_triage(classify, Measure::Classify),
            after_triage(declare, Measure::Declare),
            triage(Span::HOUR),
        ];
        tasks.sort_by(|a, b| a.slug.cmp(&b.slug));
        let place = |measure| {
            let mut of = tasks.iter();
            of.position(|task| task.takes_measure(measure))
        };
        let [classify, declare] = [Measure::Classify, Measure::Declare]
            .map(|measure| place(measure).expect("the plan has both"));
        let record = runs(called(tasks), 1).remove(0);
        let began = |task| starts(&record, task)[0].0;
        assert!(began(declare) < began(classify));
    }
}
