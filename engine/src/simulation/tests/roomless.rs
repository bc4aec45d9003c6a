//! Work on assets while the incident has no room: what its doers know counts as on the board.

use super::super::fixture::{
    asset, inject, parts, person, role, slug, step, task, task_on_affected,
};
use super::exercise;
use crate::exercise::{
    Addressee, AssetId, AssetKind, AssetState, Condition, Effect, ExerciseTime, Fact, Function,
    Measure, Parts, PersonId, Phase, Reveal, RoleId, Selector, Severity, SeverityRule, Span,
    StepId, TaskId, Team,
};
use crate::record::{Event, Outcome, Record};
use crate::simulation::{Provenance, Setup, simulate};

const CALLED: Span = Span::minutes(65);
const CALLED_AGAIN: Span = Span::minutes(305);

/// Two shares that are struck one after the other, and three people with a role each: an analyst, who
/// isolates, somebody of the desk and a lead. Nothing in the plan declares or assembles anybody.
fn lone() -> Parts {
    let mut parts = parts();
    let organisation = &mut parts.organisation;
    organisation.tireless = true;
    organisation.people = vec![person("amara"), person("bao"), person("chen")];
    organisation.roles = vec![role("analyst"), role("desk"), role("lead")];
    let functions = [
        Function::Analyst,
        Function::PointOfContact,
        Function::IncidentManager,
    ];
    for (i, function) in functions.into_iter().enumerate() {
        organisation.roles[i].functions = vec![function];
        organisation.roles[i].holders = vec![PersonId::new(i)];
    }
    organisation.assets = vec![
        asset("share-a", AssetKind::FileServer),
        asset("share-b", AssetKind::FileServer),
    ];
    for (i, at) in [(0, Span::ZERO), (1, Span::minutes(240))] {
        let mut encrypt = step(&format!("encrypt-{i}"), Effect::Encrypt);
        encrypt.targets = Selector::Asset(AssetId::new(i));
        encrypt.at = Some(ExerciseTime(at.0));
        parts.scenario.steps.push(encrypt);
    }
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::hours(12)));
    parts.plan.tasks = vec![task_on_affected(
        "isolate",
        Phase::Response,
        Measure::Isolate,
    )];
    parts
}

/// Somebody is told what a step did.
fn told(parts: &mut Parts, name: &str, to: Function, at: Span, step: usize) {
    let mut call = inject(name);
    call.to = Addressee::Function(to);
    call.at = Some(ExerciseTime(at.0));
    call.reveals = vec![Reveal::Step(StepId::new(step))];
    parts.scenario.injects.push(call);
}

fn play(parts: Parts) -> Record {
    simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default())
}

/// When each asset was cut off, in order.
fn isolated(record: &Record) -> Vec<(Span, AssetId)> {
    let taken = record.entries.iter().filter_map(|entry| match entry.event {
        Event::MeasureTaken {
            measure: Measure::Isolate,
            asset: Some(asset),
            effect: true,
            ..
        } => Some((Span(entry.at.0), asset)),
        _ => None,
    });
    taken.collect()
}

#[test]
fn without_a_room_the_first_work_is_done_on_what_its_doer_knows_and_again_on_what_it_learns() {
    let mut parts = lone();
    told(&mut parts, "call-a", Function::Analyst, CALLED, 0);
    told(&mut parts, "call-b", Function::Analyst, CALLED_AGAIN, 1);
    let record = play(parts);
    let [(first, share_a), (second, share_b)] = isolated(&record)[..] else {
        panic!("two shares are cut off: {:?}", isolated(&record));
    };
    assert_eq!((share_a, share_b), (AssetId::new(0), AssetId::new(1)));
    assert!(CALLED < first && first < CALLED_AGAIN && CALLED_AGAIN < second);
    // It is ready at the very instant at which a target is learned of, and because of that.
    let ready = record.entries.iter().filter_map(|entry| {
        let is = matches!(entry.event, Event::TaskReady { .. });
        is.then(|| &record.entries[entry.cause.unwrap() as usize - 1])
            .map(|cause| (entry.at, cause))
    });
    for (at, cause) in ready {
        assert!(matches!(cause.event, Event::FactLearned { .. }) && cause.at == at);
    }
}

#[test]
fn without_a_room_what_the_doer_of_a_predecessor_knows_counts() {
    let mut parts = lone();
    // Somebody of the desk knows of the share, and only looks on; the analyst knows of nothing.
    let mut look = task("a-report", Phase::Identification, Measure::Report);
    look.by = Addressee::Function(Function::PointOfContact);
    parts.plan.tasks.insert(0, look);
    parts.plan.tasks[1].after = vec![TaskId::new(0)];
    parts.scenario.steps.truncate(1);
    told(&mut parts, "call-a", Function::PointOfContact, CALLED, 0);
    let record = play(parts);
    assert_eq!(isolated(&record).len(), 1);
    let ready = record.entries.iter().find(|entry| {
        matches!(entry.event, Event::TaskReady { instance, .. } if instance.task == TaskId::new(1))
    });
    let told = record
        .entries
        .iter()
        .find(|entry| matches!(entry.event, Event::FactLearned { role, .. } if role.index() == 0));
    assert!(ready.unwrap().number < told.unwrap().number);
}

#[test]
fn without_a_room_what_only_another_role_knows_is_no_target() {
    let mut parts = lone();
    // The analyst hears that something happened, and the lead alone where.
    let mut rumour = inject("rumour");
    rumour.at = Some(ExerciseTime(CALLED.0));
    rumour.reveals = vec![Reveal::Real];
    parts.scenario.injects.push(rumour);
    let mut known = parts.clone();
    told(&mut parts, "told", Function::IncidentManager, CALLED, 0);
    told(&mut known, "told", Function::Analyst, CALLED, 0);
    let started = |record: &Record| {
        let ended = |event: &Event| {
            matches!(
                event,
                Event::TaskEnded {
                    outcome: Outcome::Done,
                    ..
                }
            )
        };
        record.entries.iter().any(|entry| ended(&entry.event))
    };
    let alerted = |record: &Record| {
        let learned = |event: &Event| {
            matches!(event, Event::FactLearned { role, fact: crate::exercise::Knowable::Alerted(_) }
                if role.index() == 0)
        };
        record.entries.iter().any(|entry| learned(&entry.event))
    };
    let (other, own) = (play(parts), play(known));
    assert!(alerted(&other) && !started(&other));
    assert!(started(&own));
}

#[test]
fn with_a_room_what_the_doer_alone_knows_is_no_target_until_it_is_on_the_board() {
    let mut parts = lone();
    // The lead declares, which opens a room of the lead and the desk.
    let mut declare = task("a-declare", Phase::Assessment, Measure::Declare);
    declare.by = Addressee::Function(Function::IncidentManager);
    parts.plan.tasks.insert(0, declare);
    parts.organisation.teams = vec![Team {
        slug: slug("team"),
        roles: vec![RoleId::new(1), RoleId::new(2)],
        quorum: 1,
        bridge: None,
    }];
    // Nobody of the room is told that a share is out of service.
    for share in &mut parts.organisation.assets {
        share.owner = Some(RoleId::new(0));
    }
    told(&mut parts, "call-a", Function::Analyst, CALLED, 0);
    let mut rumour = inject("rumour");
    rumour.to = Addressee::Function(Function::IncidentManager);
    rumour.reveals = vec![Reveal::Real];
    parts.scenario.injects.push(rumour);
    let record = play(parts);
    let opened = record
        .entries
        .iter()
        .find(|entry| matches!(entry.event, Event::RoomOpened { .. }));
    assert!(opened.unwrap().at < ExerciseTime(CALLED.0));
    assert_eq!(isolated(&record), []);
}

#[test]
fn without_a_room_who_classifies_goes_by_what_they_know_and_those_before_them() {
    for (comes_before, severity) in [(false, Severity::Low), (true, Severity::High)] {
        let mut parts = lone();
        parts.plan.classification.rules = vec![SeverityRule {
            level: Severity::High,
            impact: None,
            when: Condition::Is(Fact::InState(
                Selector::Asset(AssetId::new(0)),
                AssetState::Encrypted,
            )),
        }];
        // The desk reports what it knows of the first share; the lead hears of the second later.
        let mut report = task("a-report", Phase::Identification, Measure::Report);
        report.by = Addressee::Function(Function::PointOfContact);
        let mut classify = task("classify", Phase::Assessment, Measure::Classify);
        classify.by = Addressee::Function(Function::IncidentManager);
        classify.after = [TaskId::new(0)][..usize::from(comes_before)].to_vec();
        parts.plan.tasks = vec![report, classify];
        told(&mut parts, "call-a", Function::PointOfContact, CALLED, 0);
        told(
            &mut parts,
            "call-b",
            Function::IncidentManager,
            CALLED_AGAIN,
            1,
        );
        let record = play(parts);
        let mut given = record.entries.iter().filter_map(|entry| match entry.event {
            Event::Classified { severity, .. } => Some(severity),
            _ => None,
        });
        assert_eq!(given.next(), Some(severity), "{comes_before}");
    }
}
