//! People who are away, who cannot do what has to be done, or who would approve their own request.

use hotwash_engine::evaluation::{Baselines, Evaluation, FindingKind, FindingSubject, evaluate};
use hotwash_engine::exercise::{Exercise, Identified, Measure, PersonId, RoleId, TaskId};
use hotwash_engine::record::{Actor, Event, MessageKind, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::diagnostic::Code;
use hotwash_scenarios::{Source, Start, bind, check, load};
use std::sync::Arc;

const LEAVE: &str = include_str!("staff/leave.ron");
const STRANGER: &str = include_str!("staff/stranger.ron");
const PEOPLE: &str = include_str!("staff/people.ron");
const SELF_APPROVAL: &str = include_str!("staff/self-approval.ron");
const LABEL: &str = include_str!("staff/label.ron");

fn exercise(text: &str) -> Arc<Exercise> {
    let definitions = load(&[Source::new("case.ron", text)]).expect("it can be read");
    let bound = bind(&definitions, &Start::default()).expect("it binds");
    Arc::new(bound.exercise)
}

fn play(exercise: &Arc<Exercise>, run: u64) -> Record {
    simulate(exercise, &Setup::of(1, run), Provenance::default())
}

fn judged(exercise: &Arc<Exercise>, record: &Record) -> Evaluation {
    evaluate(exercise, record, Baselines::default())
}

fn warned(text: &str, of: Code) -> bool {
    let definitions = load(&[Source::new("case.ron", text)]).expect("it can be read");
    check(&definitions).iter().any(|problem| problem.code == of)
}

fn person(exercise: &Exercise, slug: &str) -> PersonId {
    PersonId::find(exercise.names(), slug).expect("they are there")
}

fn task(exercise: &Exercise, slug: &str) -> TaskId {
    TaskId::find(exercise.names(), slug).expect("it is there")
}

/// What is found about a task, of some kind.
fn found(exercise: &Arc<Exercise>, record: &Record, slug: &str) -> Vec<FindingKind> {
    let subject = FindingSubject::Task(task(exercise, slug));
    let evaluation = judged(exercise, record);
    let about = evaluation
        .every_finding()
        .filter(|of| of.subject == subject);
    about.map(|finding| finding.kind).collect()
}

/// Who starts a task, in which role.
fn started(record: &Record, of: TaskId) -> Option<(Vec<PersonId>, RoleId)> {
    record.entries.iter().find_map(|entry| match &entry.event {
        Event::TaskStarted {
            instance,
            people,
            role,
            ..
        } if instance.task == of => Some((people.to_vec(), *role)),
        _ => None,
    })
}

#[test]
fn who_is_on_leave_is_neither_reached_nor_acts() {
    let exercise = exercise(LEAVE);
    let nadia = person(&exercise, "nadia");
    for run in 0..20 {
        for entry in &play(&exercise, run).entries {
            let acts = entry.actor == Actor::Simulated { person: nadia };
            let reached =
                matches!(entry.event, Event::PersonReached { person, .. } if person == nadia);
            assert!(!acts && !reached, "{entry:?}");
        }
    }
}

#[test]
fn hands_on_work_waits_for_who_can_do_it_and_the_finding_is_that_nobody_can() {
    let exercise = exercise(STRANGER);
    let record = play(&exercise, 0);
    let director = person(&exercise, "director");
    let declared = started(&record, task(&exercise, "declare"));
    assert_eq!(declared.map(|(people, _)| people), Some(vec![director]));
    for entry in &record.entries {
        if let Event::TaskStarted {
            instance, people, ..
        } = &entry.event
        {
            let slug = exercise.task(instance.task).slug.as_str();
            let hands_on = ["off", "evict", "cause"].contains(&slug);
            assert!(!hands_on || !people.contains(&director), "{slug}");
        }
    }
    let kinds = found(&exercise, &record, "off");
    let nobody_can = |kind: &FindingKind| matches!(kind, FindingKind::NobodyCan { .. });
    assert!(kinds.iter().any(nobody_can), "{kinds:?}");
    // An organisation may say that somebody can do it all the same.
    let also = STRANGER.replace(
        r#"roles: ["director"], on_call"#,
        r#"roles: ["director"], also: [Handler], on_call"#,
    );
    assert_ne!(also, STRANGER);
    let exercise = self::exercise(&also);
    let record = play(&exercise, 0);
    let off = started(&record, task(&exercise, "off"));
    assert_eq!(off.map(|(people, _)| people), Some(vec![director]));
}

#[test]
fn what_takes_more_people_than_there_are_is_warned_of_and_found() {
    assert!(warned(PEOPLE, Code::TooFewPeople));
    let exercise = exercise(PEOPLE);
    let record = play(&exercise, 0);
    assert_eq!(started(&record, task(&exercise, "review")), None);
    let kinds = found(&exercise, &record, "review");
    let short = FindingKind::NobodyCan { needs: 3, could: 1 };
    assert!(kinds.contains(&short), "{kinds:?}");
}

#[test]
fn who_would_approve_their_own_request_asks_the_next_who_may() {
    assert!(warned(SELF_APPROVAL, Code::OwnApproval));
    let exercise = exercise(SELF_APPROVAL);
    let record = play(&exercise, 0);
    let (carla, diego) = (person(&exercise, "carla"), person(&exercise, "diego"));
    let asked = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageSent {
            kind: MessageKind::ApprovalRequest,
            people,
            ..
        } => Some(people.to_vec()),
        _ => None,
    });
    assert_eq!(asked, Some(vec![diego]));
    let given = record.entries.iter().find_map(|entry| match entry.event {
        Event::ApprovalGiven { person, .. } => Some(person),
        _ => None,
    });
    let kinds = found(&exercise, &record, "tell");
    assert_eq!(
        given == Some(carla),
        kinds.contains(&FindingKind::OwnApproval)
    );
    // Where nobody else may, it is done, and found.
    let alone = SELF_APPROVAL.replace(r#"(id: "diego", roles: ["authority"]"#, r#"(id: "diego""#);
    assert_ne!(alone, SELF_APPROVAL);
    let exercise = self::exercise(&alone);
    let record = play(&exercise, 0);
    assert!(started(&record, task(&exercise, "tell")).is_some());
    assert!(found(&exercise, &record, "tell").contains(&FindingKind::OwnApproval));
}

#[test]
fn who_did_the_work_is_named_with_the_role_in_which_it_was_done() {
    let exercise = exercise(LABEL);
    let coordinator = RoleId::find(exercise.names(), "coordinator").expect("it is there");
    let role = play(&exercise, 0)
        .entries
        .iter()
        .find_map(|entry| match entry.event {
            Event::MeasureTaken {
                measure: Measure::Declare,
                role,
                ..
            } => Some(role),
            _ => None,
        });
    assert_eq!(role, Some(coordinator));
}
