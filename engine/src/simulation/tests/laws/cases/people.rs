//! People, their approvals and what stands between them.

use super::super::runner::{known_from_startex, made, plain, time_of};
use super::{clinic, count, end, ends, starts};
use crate::exercise::{
    Addressee, AssetId, AssetKind, ChannelId, ChannelKind, Condition, Effect, ExerciseTime,
    Function, IncidentId, Law, Measure, Parts, PersonId, Phase, Reveal, Selector, Span, StepId,
    Task, TaskId, WeeklyHours,
};
use crate::record::{Action, EndKind, Event, HumanAct, Resend, Which};
use crate::simulation::{Provenance, Setup, fixture, simulate};

const LEAD: Addressee = Addressee::Function(Function::IncidentManager);
const ANALYST: Addressee = Addressee::Function(Function::Analyst);

/// Work that is ready from STARTEX on.
fn work(name: &str, by: Addressee, takes: Span) -> Task {
    Task {
        by,
        when: Some(Condition::All(vec![])),
        takes: Law::Fixed(takes),
        ..fixture::task(name, Phase::Response, Measure::Brief)
    }
}

/// Two people who may do nothing without being asked.
fn cautious() -> Parts {
    let mut parts = clinic();
    known_from_startex(&mut parts);
    for role in &mut parts.organisation.roles {
        role.may.clear();
    }
    parts
}

#[test]
fn two_roles_that_approve_each_other_do_not_dead_lock() {
    let mut parts = cautious();
    parts.plan.tasks = vec![
        Task {
            approval: Some(LEAD),
            ..work("a", ANALYST, Span::HOUR)
        },
        Task {
            approval: Some(ANALYST),
            ..work("b", LEAD, Span::HOUR)
        },
    ];
    let record = plain(&made(parts), 1, 0);
    for task in [0, 1] {
        assert_eq!(count(&record, |event| ends(event, task)), 1, "task {task}");
    }
    assert_eq!(
        count(&record, |e| matches!(e, Event::ApprovalGiven { .. })),
        2
    );
}

#[test]
fn a_request_over_the_channel_that_the_attack_took_is_put_again_over_another() {
    let request = |phone: bool| {
        let mut parts = cautious();
        let organisation = &mut parts.organisation;
        organisation.assets = vec![fixture::asset("server", AssetKind::MailServer)];
        organisation.channels = vec![fixture::channel("mail", ChannelKind::Mail)];
        organisation.channels[0].depends_on = vec![AssetId::new(0)];
        if phone {
            organisation
                .channels
                .push(fixture::channel("phone", ChannelKind::MobilePhone));
        }
        for person in &mut organisation.people {
            person.channels = (0..organisation.channels.len())
                .map(ChannelId::new)
                .collect();
        }
        let mut encrypt = fixture::step("encrypt", Effect::Encrypt);
        encrypt.targets = Selector::Kind(AssetKind::MailServer);
        encrypt.takes = Law::Fixed(Span::minutes(10));
        parts.scenario.steps = vec![encrypt];
        parts.plan.tasks = vec![Task {
            approval: Some(LEAD),
            via: Some(ChannelId::new(0)),
            delay: Some(Law::Fixed(Span::HOUR)),
            ..work("a", ANALYST, Span::HOUR)
        }];
        plain(&made(parts), 1, 0)
    };
    let given = |event: &Event| matches!(event, Event::ApprovalGiven { .. });
    let by_phone = request(true);
    let asked = time_of(&by_phone, |event| {
        matches!(event, Event::ApprovalAsked { .. })
    });
    let again = time_of(&by_phone, |event| {
        let phone = Some(ChannelId::new(1));
        matches!(event, Event::MessageResent { stage: Resend::OtherChannel, channel, .. }
            if *channel == phone)
    });
    assert_eq!(again, asked + Span::HOUR, "the escalation time at Medium");
    assert!(time_of(&by_phone, given) > again);
    assert_eq!(count(&by_phone, |event| ends(event, 0)), 1);
    let without = request(false);
    assert_eq!(
        (count(&without, given), count(&without, |e| starts(e, 0))),
        (0, 0)
    );
}

#[test]
fn with_everybody_off_duty_nothing_is_seen_and_the_run_still_ends() {
    let mut parts = clinic();
    for person in &mut parts.organisation.people {
        person.shift = WeeklyHours::default();
        person.notice = vec![];
        person.channels.clear();
    }
    parts.organisation.tireless = false;
    let mut locked = fixture::inject("locked");
    locked.via = Some(ChannelKind::Mail);
    locked.reveals = vec![Reveal::Real, Reveal::Step(StepId::new(0))];
    parts.scenario.injects = vec![locked];
    parts.organisation.channels = vec![fixture::channel("mail", ChannelKind::Mail)];
    let record = plain(&made(parts), 1, 0);
    let happens = |event: &Event| {
        matches!(
            event,
            Event::MessageRead { .. } | Event::TaskStarted { .. } | Event::FactLearned { .. }
        )
    };
    assert_eq!(count(&record, happens), 0);
    assert_eq!(end(&record), Some(EndKind::Stalled));
}

#[test]
fn a_request_that_is_answered_after_it_was_answered_is_rejected_and_starts_nothing() {
    let mut parts = cautious();
    parts.plan.tasks = vec![Task {
        approval: Some(LEAD),
        ..work("a", ANALYST, Span::HOUR)
    }];
    let lead = PersonId::new(0);
    let answer = |hours, granted| Action {
        at: ExerciseTime(Span::hours(hours).0),
        person: Some(lead),
        does: HumanAct::Approve {
            task: Which::of(TaskId::new(0)),
            granted,
        },
        hand: None,
    };
    let mut setup = Setup::of(1, 0);
    setup.played = vec![lead];
    setup.actions = vec![answer(2, false), answer(5, true)];
    let record = simulate(&made(parts), &setup, Provenance::default());
    assert_eq!(
        count(&record, |e| matches!(e, Event::ApprovalRefused { .. })),
        1
    );
    assert_eq!(
        count(&record, |e| matches!(e, Event::ActionRejected { .. })),
        1
    );
    assert_eq!(count(&record, |e| starts(e, 0)), 0);
}

#[test]
fn what_matters_less_waits_for_all_that_matters_more_and_then_is_done() {
    let mut parts = clinic();
    known_from_startex(&mut parts);
    let mut tasks: Vec<Task> = (0..6)
        .map(|i| Task {
            delay: (i > 0).then(|| Law::Fixed(Span::minutes(40 * i))),
            ..work(&format!("a{i}"), ANALYST, Span::HOUR)
        })
        .collect();
    tasks.push(Task {
        phase: Phase::Resolution,
        delay: Some(Law::Fixed(Span::minutes(10))),
        ..work("z", ANALYST, Span::HOUR)
    });
    parts.plan.tasks = tasks;
    let record = plain(&made(parts), 1, 0);
    let low = time_of(&record, |event| starts(event, 6));
    for urgent in 0..6 {
        let started = time_of(&record, |event| starts(event, urgent));
        assert!(started < low, "task {urgent}");
    }
    assert!(
        low < ExerciseTime(Span::hours(7).0),
        "it is done at last: {low:?}"
    );
}

#[test]
fn of_two_people_who_could_only_one_does_a_piece_of_work() {
    let mut parts = clinic();
    known_from_startex(&mut parts);
    parts.organisation.roles[0].holders = vec![PersonId::new(0), PersonId::new(1)];
    parts.plan.tasks = vec![
        work("a", ANALYST, Span::HOUR),
        work("b", ANALYST, Span::HOUR),
    ];
    let record = plain(&made(parts), 1, 0);
    let mut doers = Vec::new();
    let mut times = Vec::new();
    for entry in &record.entries {
        if let Event::TaskStarted { people, .. } = &entry.event {
            doers.push(people.to_vec());
            times.push(entry.at);
        }
    }
    doers.sort();
    assert_eq!(doers, [vec![PersonId::new(0)], vec![PersonId::new(1)]]);
    assert_eq!(times[0], times[1], "neither waits for the other");
}

#[test]
fn two_incidents_that_need_the_same_person_are_worked_on_in_turn() {
    let mut parts = clinic();
    known_from_startex(&mut parts);
    parts.scenario.incidents.push(fixture::incident("other"));
    let mut word = fixture::inject("word-other");
    word.incident = IncidentId::new(1);
    word.reveals = vec![Reveal::Real];
    parts.scenario.injects.push(word);
    parts.plan.tasks = vec![work("a", ANALYST, Span::hours(2))];
    let record = plain(&made(parts), 1, 0);
    let of = |i: usize, is: fn(&Event, usize) -> bool| {
        time_of(&record, |event| match event {
            Event::TaskStarted { instance, .. } | Event::TaskEnded { instance, .. } => {
                instance.incident == IncidentId::new(i) && is(event, 0)
            }
            _ => false,
        })
    };
    let (first, second) = ((of(0, starts), of(0, ends)), (of(1, starts), of(1, ends)));
    let (early, late) = if first < second {
        (first, second)
    } else {
        (second, first)
    };
    assert!(early.1 <= late.0, "{early:?} {late:?}");
    assert!(late.0 - early.1 < Span::MINUTE, "nobody idles between them");
    assert_eq!(late.1 - late.0, Span::hours(2));
}
