//! To whom word goes, and how long it takes to be noticed and read.

use super::staffing::{at, called, needs_approval, runs, times, triage};
use crate::exercise::{
    Addressee, AssetId, BasisPoints, ChannelId, ChannelKind, Condition, Difficulty, Effect,
    ExerciseTime, Experience, Fact, Few, Function, GroupId, InjectId, Law, Measure, MessageId,
    Object, Parts, PersonId, Phase, RoleId, Severity, SourceId, SourceKind, Span, StakeholderKind,
    StepId, TaskId, WeeklyHours,
};
use crate::record::{Actor, Event, MessageKind, Origin, Outcome, Resend};
use crate::simulation::agenda::Rank;
use crate::simulation::assets::Assets;
use crate::simulation::fixture::{
    self, act, agenda_and_out, channel, inject, office_hours, parts, person, source, task,
    with_channels,
};
use crate::simulation::messages::{Draft, Messages, Wanted, escalate, send};
use crate::simulation::people::People;
use crate::simulation::{human, incidents};

/// The analyst ada is off; bo deputises and is on call.
fn off_and_on_call() -> Parts {
    let mut parts = parts();
    parts.organisation.people = vec![person("ada"), person("bo")];
    for person in &mut parts.organisation.people {
        person.shift = WeeklyHours::default();
    }
    parts.organisation.people[1].on_call = WeeklyHours::always();
    parts
}

fn draft(kind: MessageKind, severity: Severity) -> Draft {
    Draft {
        kind,
        origin: Origin::Facilitator { ordinal: 1 },
        to: RoleId::new(0),
        via: None,
        reveals: Vec::new(),
        about: Few::new(),
        incident: None,
        severity,
        again: true,
        present: Few::new(),
        called: Few::new(),
        asked_by: Few::new(),
        actor: Actor::Rules {},
        cause: 0,
    }
}

/// To whom a message goes, and over which channel; then how it is sent again, until it lies there.
fn sent(parts: Parts, draft: Draft) -> (Vec<PersonId>, Option<ChannelId>, Vec<(Resend, Span)>) {
    let stage = fixture::stage(parts);
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let (mut agenda, mut out) = agenda_and_out(&stage);
    let (mut messages, mut people, mut assets) =
        (Messages::default(), People::default(), Assets::default());
    people.reset(scene, &[], &[]);
    assets.reset(scene);
    let (m, p, a) = (&mut messages, &people, &assets);
    let id = send(m, p, a, &mut agenda, &mut out, scene, draft);
    let mut waits = Vec::new();
    for _ in 0..3 {
        escalate(
            &mut messages,
            &people,
            &assets,
            &mut agenda,
            &mut out,
            scene,
            (id, &[]),
        );
        waits.push(
            agenda
                .due(Rank::Escalation, id.0 as usize)
                .map(|due| due - scene.now),
        );
    }
    let events = fixture::events(&out);
    let Event::MessageSent {
        people, channel, ..
    } = events[0]
    else {
        panic!("it is sent first")
    };
    let stages = events.iter().filter_map(|event| match event {
        Event::MessageResent { stage, .. } => Some(*stage),
        _ => None,
    });
    let again = stages.zip(waits.into_iter().flatten()).collect();
    (people.to_vec(), *channel, again)
}

#[test]
fn a_live_voice_at_an_empty_desk_diverts_to_who_is_on_call() {
    let mut parts = off_and_on_call();
    parts.organisation.roles[0].holders = vec![PersonId::new(0), PersonId::new(1)];
    let desk = channel("desk", ChannelKind::DeskPhone);
    let phone = channel("phone", ChannelKind::MobilePhone);
    with_channels(&mut parts, vec![desk, phone]);
    let mut call = draft(MessageKind::Inject, Severity::Medium);
    call.via = Some(crate::simulation::messages::Wanted::Channel(
        ChannelId::new(0),
    ));
    let (people, channel, _) = sent(parts, call);
    assert_eq!(
        (people, channel),
        (vec![PersonId::new(1)], Some(ChannelId::new(1)))
    );
}

#[test]
fn from_high_up_word_goes_over_an_interrupting_channel() {
    for (severity, expected) in [(Severity::Medium, 0), (Severity::High, 1)] {
        let mut parts = parts();
        let mail = channel("mail", ChannelKind::Mail);
        let phone = channel("phone", ChannelKind::MobilePhone);
        with_channels(&mut parts, vec![mail, phone]);
        let (_, channel, _) = sent(parts, draft(MessageKind::HandOn, severity));
        assert_eq!(channel, Some(ChannelId::new(expected)), "{severity:?}");
    }
}

#[test]
fn what_nobody_notices_goes_to_the_deputies_and_on_after_the_time_of_its_severity() {
    let mut parts = off_and_on_call();
    parts.organisation.roles[0].deputies = vec![PersonId::new(1)];
    let (.., again) = sent(parts, draft(MessageKind::HandOn, Severity::High));
    let quarter = Span::minutes(15);
    let stages = [Resend::OtherChannel, Resend::Deputies, Resend::Escalation];
    assert_eq!(again, stages.map(|stage| (stage, quarter)));
}

#[test]
fn attention_that_gathered_at_home_counts_at_work() {
    let mut parts = parts();
    parts.organisation.people[0].shift = office_hours();
    let stage = fixture::stage(parts);
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let mut people = People::default();
    people.reset(scene, &[], &[]);
    people.begin_to_act(&mut agenda_and_out(&stage).0);
    let ada = PersonId::new(0);
    // Two of three hours at home, and the third part of eight minutes at work.
    let from = at(Span::hours(22));
    let noticed = people.notice_time(scene, ada, ChannelKind::Chat, from, 1 << 32);
    let late = noticed.expect("it is noticed") - at(Span::DAY);
    assert!((late - Span(160_000)).0.abs() <= 1, "{late:?}");
}

#[test]
fn who_is_reached_over_an_interrupting_channel_is_on_duty_until_the_end_of_the_next_shift() {
    for (kind, reached) in [(ChannelKind::Chat, false), (ChannelKind::MobilePhone, true)] {
        let mut parts = parts();
        parts.organisation.people[0].shift = office_hours();
        parts.organisation.channels = vec![channel("line", kind)];
        let mut call = inject("call");
        call.at = Some(at(Span::hours(9)));
        call.via = Some(kind);
        parts.scenario.injects = vec![call];
        let end_of_shift = at(Span::hours(32));
        let mut until = Vec::new();
        for record in runs(parts, 20) {
            until.extend(record.entries.iter().filter_map(|entry| match entry.event {
                Event::PersonReached { until, .. } => Some(until),
                _ => None,
            }));
        }
        assert_eq!(!until.is_empty(), reached, "{kind:?}");
        assert!(until.iter().all(|until| *until == end_of_shift));
    }
}

/// A message of each class, in no order of classes, to somebody who has a phone, chat and mail.
fn one_of_each() -> Vec<(Draft, &'static str)> {
    let (source, step, asset) = (SourceId::new(0), StepId::new(0), AssetId::new(0));
    let group = GroupId::new(0);
    let inject = |ordinal| Origin::Inject {
        inject: InjectId::new(0),
        ordinal,
    };
    let by = |kind, origin, channel| {
        let mut draft = draft(kind, Severity::Medium);
        draft.origin = origin;
        draft.via = Some(Wanted::Channel(ChannelId::new(channel)));
        draft
    };
    let team = Origin::Facilitator { ordinal: 1 };
    let (alert, mail) = (MessageKind::Alert, MessageKind::Inject);
    let false_alarm = Origin::FalseAlarm { source, ordinal: 1 };
    let signal = Origin::Signal {
        source,
        step,
        asset,
    };
    let staff = Origin::Staff { group, step, asset };
    vec![
        (by(mail, inject(2), 1), "newsletter"),
        (by(mail, inject(1), 1), "mail"),
        (by(alert, false_alarm, 1), "false alarm"),
        (by(alert, signal, 1), "true alarm"),
        (by(MessageKind::ApprovalRequest, team.clone(), 1), "request"),
        (by(MessageKind::HandOn, team, 1), "hand-on"),
        (by(alert, staff, 1), "colleague"),
        (by(mail, inject(1), 0), "chat"),
        (by(mail, inject(1), 2), "call"),
    ]
}

#[test]
fn people_read_by_kind_and_sender_and_nothing_waits_for_two_hours_for_that() {
    let mut parts = called(Vec::new());
    parts.organisation.sources = vec![source("siem", SourceKind::Siem)];
    parts.organisation.groups = vec![fixture::group("wards")];
    let kinds = [
        ("chat", ChannelKind::Chat),
        ("mail", ChannelKind::Mail),
        ("phone", ChannelKind::MobilePhone),
    ];
    with_channels(
        &mut parts,
        kinds.map(|(name, kind)| channel(name, kind)).to_vec(),
    );
    let stage = fixture::stage(parts);
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let (mut agenda, mut out) = agenda_and_out(&stage);
    let (mut messages, mut people, mut assets) =
        (Messages::default(), People::default(), Assets::default());
    people.reset(scene, &[], &[]);
    assets.reset(scene);
    let drafts = one_of_each().into_iter();
    let sent: Vec<(MessageId, &str)> = drafts
        .map(|(draft, what)| {
            let (m, p, a) = (&mut messages, &people, &assets);
            (send(m, p, a, &mut agenda, &mut out, scene, draft), what)
        })
        .collect();
    let order = |after: Span| {
        let scene = fixture::scene(&stage, at(after));
        let mut order = sent.clone();
        order.sort_by_key(|(id, _)| messages.turn(scene, *id, PersonId::new(0)));
        order.into_iter().map(|(_, what)| what).collect::<Vec<_>>()
    };
    let by_class = [
        "call",
        "hand-on",
        "colleague",
        "chat",
        "request",
        "false alarm",
        "true alarm",
        "mail",
        "newsletter",
    ];
    assert_eq!(order(Span::hours(2) - Span(1)), by_class);
    let by_age: Vec<&str> = sent.iter().map(|(_, what)| *what).collect();
    assert_eq!(order(Span::hours(2)), by_age);
    // What comes from a person comes before work as well; for the rest nobody lays down what there is to do.
    for (message, what) in &sent {
        let from_people = by_class[..5].contains(what);
        let presses = |after| {
            let scene = fixture::scene(&stage, at(after));
            messages.presses(scene, *message, PersonId::new(0))
        };
        assert_eq!(presses(Span::hours(2) - Span(1)), from_people, "{what}");
        assert!(presses(Span::hours(2)), "{what}");
    }
}

#[test]
fn a_false_alarm_takes_as_long_as_nothing_else() {
    let mut parts = parts();
    let mut siem = source("siem", SourceKind::Siem);
    siem.false_alarms = Some(Law::Fixed(Span::hours(5)));
    parts.organisation.sources = vec![siem];
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::days(5)));
    let record = &runs(parts, 1)[0];
    let begun = times(record, |event| {
        matches!(event, Event::ReadingStarted { .. })
    });
    let read = times(record, |event| matches!(event, Event::MessageRead { .. }));
    let mut spans: Vec<Span> = begun
        .iter()
        .zip(&read)
        .map(|(from, to)| *to - *from)
        .collect();
    spans.sort_unstable();
    let middle = spans[spans.len() / 2];
    assert!(
        (Span::minutes(15)..Span::minutes(40)).contains(&middle),
        "{middle:?}"
    );
}

#[test]
fn what_an_outage_holds_up_is_not_noticed() {
    let mut parts = called(Vec::new());
    parts.scenario.steps[0].effect = Effect::Disrupt;
    parts.organisation.channels[0].depends_on = vec![AssetId::new(0)];
    parts.scenario.injects[0].via = Some(ChannelKind::MobilePhone);
    parts.scenario.injects[0].reveals.clear();
    let record = &runs(parts, 1)[0];
    let call = record.entries.iter().find_map(|entry| match entry.event {
        Event::MessageSent {
            message,
            origin: Origin::Inject { .. },
            ..
        } => Some(message),
        _ => None,
    });
    let call = call.expect("the call is made");
    let noticed =
        |event: &Event| matches!(event, Event::MessageNoticed { message, .. } if *message == call);
    assert!(times(record, noticed).is_empty());
}

#[test]
fn errors_are_likelier_in_diagnosis_and_under_stress_and_two_in_three_are_noticed() {
    let stage = fixture::stage(parts());
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let ada = &person("ada");
    let chances = |phase, severity| {
        let (noticed, unnoticed): (BasisPoints, BasisPoints) =
            human::error_chances(scene, ada, phase, Difficulty::Routine, severity, Span::HOUR);
        (noticed.0, unnoticed.0)
    };
    assert_eq!(chances(Phase::Assessment, Severity::Medium), (67, 33));
    assert_eq!(chances(Phase::Recovery, Severity::Medium), (7, 3));
    assert_eq!(chances(Phase::Assessment, Severity::High), (134, 66));
    assert_eq!(chances(Phase::Assessment, Severity::Critical), (334, 166));
}

#[test]
fn redoing_takes_half_the_time() {
    let mut triage = triage(Span::HOUR);
    triage.difficulty = Difficulty::High;
    let mut parts = called(vec![triage]);
    parts.organisation.people[0].experience = [Experience::Little; 6];
    let mut redone = 0;
    for record in runs(parts, 60) {
        let began = times(&record, |e| {
            matches!(e, Event::TaskStarted { attempt: 2, .. })
        });
        let Some(from) = began.first() else { continue };
        let ended = times(&record, |e| matches!(e, Event::TaskEnded { .. }));
        // Somebody with little experience takes three tenths longer.
        assert_eq!(ended[1] - *from, Span::minutes(39));
        redone += 1;
    }
    assert!(redone > 3);
}

#[test]
fn telling_somebody_cannot_go_wrong_unnoticed() {
    let mut tell = task("tell", Phase::Assessment, Measure::Notify);
    tell.does = vec![act(
        Measure::Notify,
        Object::Stakeholder(StakeholderKind::Bank),
    )];
    tell.difficulty = Difficulty::High;
    let mut parts = called(vec![tell]);
    parts.organisation.people[0].experience = [Experience::Little; 6];
    for record in runs(parts, 100) {
        let flawed = |event: &Event| {
            matches!(
                event,
                Event::TaskEnded {
                    outcome: Outcome::Flawed,
                    ..
                }
            )
        };
        assert!(times(&record, flawed).is_empty());
    }
}

#[test]
fn a_deputy_of_the_incident_manager_who_declares_leads() {
    let mut parts = parts();
    parts.organisation.people = vec![person("ada"), person("bo")];
    parts.organisation.roles[0].deputies = vec![PersonId::new(1)];
    let stage = fixture::stage(parts);
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let (_, mut out) = agenda_and_out(&stage);
    let mut all = incidents::Incidents::default();
    all.reset(scene);
    let incident = crate::exercise::IncidentId::new(0);
    let bo = (Actor::Rules {}, Some(PersonId::new(1)));
    incidents::declare(&mut all, &mut out, scene, incident, bo, 0);
    assert_eq!(
        all.get(incident).manager.map(|(person, _)| person),
        Some(PersonId::new(1))
    );
}

#[test]
fn a_deputy_starts_at_once_without_a_holder_and_else_after_the_escalation_time() {
    let starts = |holder_is_there: bool| {
        let mut declare = task("declare", Phase::Assessment, Measure::Declare);
        declare.by = Addressee::Function(Function::IncidentManager);
        declare.after = vec![TaskId::new(2)];
        let mut busy = task("manage", Phase::Response, Measure::Log);
        busy.by = Addressee::Function(Function::IncidentManager);
        busy.takes = Law::Fixed(Span::hours(20));
        let mut parts = needs_approval();
        parts.plan.tasks = vec![declare, busy, triage(Span::HOUR)];
        parts.organisation.roles[1].functions = vec![Function::IncidentManager];
        parts.organisation.roles[1].deputies = vec![PersonId::new(0)];
        let mut call = parts.scenario.injects[0].clone();
        call.slug = fixture::slug("manager");
        call.to = Addressee::Function(Function::IncidentManager);
        parts.scenario.injects.push(call);
        if !holder_is_there {
            parts.organisation.people[1].shift = WeeklyHours::default();
            parts.plan.tasks[1].optional = true;
            parts.scenario.injects.pop();
        }
        let record = runs(parts, 1).remove(0);
        let of = |task: usize, event: &Event| match event {
            Event::TaskStarted {
                instance, people, ..
            } => instance.task == TaskId::new(task) && people[0] == PersonId::new(0),
            _ => false,
        };
        let triaged = times(
            &record,
            |event| matches!(event, Event::TaskEnded { instance, .. } if instance.task == TaskId::new(2)),
        );
        let declared = times(&record, |event| of(0, event));
        *declared.first().expect("the deputy declares") - triaged[0]
    };
    assert_eq!(starts(false), Span::ZERO);
    let waited = starts(true);
    assert!(
        waited > Span::ZERO && waited <= Span::hours(2),
        "{waited:?}"
    );
}

/// To whom a request for approval that nobody notices is sent again: the role has a holder and two deputies.
fn asked_again(asked_by: &[usize]) -> Vec<PersonId> {
    let mut parts = off_and_on_call();
    parts.organisation.people.push(person("cy"));
    parts.organisation.roles[0].deputies = vec![PersonId::new(1), PersonId::new(2)];
    let stage = fixture::stage(parts);
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let (mut agenda, mut out) = agenda_and_out(&stage);
    let (mut messages, mut people, mut assets) =
        (Messages::default(), People::default(), Assets::default());
    people.reset(scene, &[], &[]);
    assets.reset(scene);
    let mut request = draft(MessageKind::ApprovalRequest, Severity::High);
    request.asked_by = asked_by.iter().map(|i| PersonId::new(*i)).collect();
    let own = request.asked_by.clone();
    let (m, p, a) = (&mut messages, &people, &assets);
    let id = send(m, p, a, &mut agenda, &mut out, scene, request);
    for _ in 0..3 {
        let what = (id, &own[..]);
        escalate(m, p, a, &mut agenda, &mut out, scene, what);
    }
    let events = fixture::events(&out);
    let again = events.iter().filter_map(|event| match event {
        Event::MessageSent { people, .. } | Event::MessageResent { people, .. } => Some(people),
        _ => None,
    });
    let mut all: Vec<PersonId> = again.flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn a_request_that_is_sent_again_does_not_reach_whose_it_is_unless_nobody_else_may_give_it() {
    let ids = |ids: &[usize]| -> Vec<PersonId> { ids.iter().map(|i| PersonId::new(*i)).collect() };
    assert_eq!(asked_again(&[]), ids(&[0, 1, 2]));
    assert_eq!(asked_again(&[1]), ids(&[0, 2]));
    assert_eq!(asked_again(&[0, 1]), ids(&[2]));
    assert_eq!(asked_again(&[0, 1, 2]), ids(&[0, 1, 2]));
}
