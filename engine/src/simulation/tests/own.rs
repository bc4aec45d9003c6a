//! Measures outside the plan: `Take`.

use super::{clinic, exercise};
use crate::exercise::{
    Act, Asset, AssetId, AssetKind, ExerciseTime, Function, Measure, Object, Parts, PersonId,
    Selector, Span, StakeholderKind, TaskId, WeeklyHours,
};
use crate::record::{Action, Entry, Event, HumanAct, Record, Refusal};
use crate::replay;
use crate::simulation::fixture::asset;
use crate::simulation::{Provenance, Setup, simulate};

/// Leads, and may take every measure.
fn amara() -> PersonId {
    PersonId::new(0)
}

/// The analyst.
fn jonas() -> PersonId {
    PersonId::new(1)
}

fn backup() -> AssetId {
    AssetId::new(0)
}

fn records() -> AssetId {
    AssetId::new(1)
}

const fn at(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

fn take(minutes: i64, person: PersonId, measure: Measure, on: Object) -> Action {
    Action {
        at: at(minutes),
        person: Some(person),
        does: HumanAct::Take {
            act: Act { measure, on },
        },
        hand: None,
    }
}

fn on(asset: AssetId) -> Object {
    Object::Assets(Selector::Asset(asset))
}

/// Both people played, and nothing done but these acts. Amara can do what the analyst does.
fn run(mut parts: Parts, actions: Vec<Action>) -> Record {
    parts.organisation.people[0].also = vec![Function::Analyst];
    run_as_is(parts, actions)
}

fn run_as_is(parts: Parts, actions: Vec<Action>) -> Record {
    let setup = Setup {
        played: vec![amara(), jonas()],
        actions,
        ..Setup::of(1, 0)
    };
    let record = simulate(&exercise(parts), &setup, Provenance::default());
    let again = replay::replay(&record);
    assert_eq!(replay::first_difference(&record, &again), None);
    record
}

fn refused(record: &Record) -> Vec<Refusal> {
    let reasons = record.entries.iter().filter_map(|entry| match entry.event {
        Event::ActionRejected { reason, .. } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

fn where_<'r>(record: &'r Record, test: impl Fn(&Event) -> bool + 'r) -> Vec<&'r Entry> {
    let entries = record.entries.iter();
    entries.filter(|entry| test(&entry.event)).collect()
}

fn taken(record: &Record, of: Measure) -> Vec<(AssetId, ExerciseTime)> {
    let taken = record.entries.iter().filter_map(|entry| match entry.event {
        Event::MeasureTaken {
            measure,
            asset: Some(asset),
            effect: true,
            ..
        } if measure == of => Some((asset, entry.at)),
        _ => None,
    });
    taken.collect()
}

fn starts(record: &Record) -> Vec<(TaskId, ExerciseTime, Vec<PersonId>)> {
    let starts = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            } => Some((instance.task, entry.at, people.to_vec())),
            _ => None,
        });
    starts.collect()
}

/// Sound work of somebody who never tires, so that the first attempt counts.
fn tireless() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    parts
}

#[test]
fn a_measure_of_ones_own_takes_the_time_of_the_plans_task_with_it() {
    let mut parts = tireless();
    parts.plan.tasks[1].takes = crate::exercise::Law::Fixed(Span::minutes(25));
    let record = run(
        parts,
        vec![take(5, amara(), Measure::Isolate, on(records()))],
    );
    assert_eq!(refused(&record), []);
    assert_eq!(taken(&record, Measure::Isolate), [(records(), at(30))]);
    let of_plan = record.header.exercise.plan().tasks.len();
    let own: Vec<_> = starts(&record);
    assert_eq!(own.len(), 1, "{own:?}");
    assert!(own[0].0.index() >= of_plan && own[0].2 == [amara()]);
}

#[test]
fn a_measure_that_no_task_takes_takes_the_time_of_the_defaults_and_at_least_its_floor() {
    let mut parts = clinic();
    parts.organisation.assets.push(Asset {
        ..asset("web", AssetKind::FileServer)
    });
    let web = AssetId::new(2);
    let record = run(parts, vec![take(5, amara(), Measure::Shutdown, on(web))]);
    let took = taken(&record, Measure::Shutdown);
    assert_eq!(took.len(), 1, "{:?}", refused(&record));
    assert!(took[0].1 >= at(5) + Measure::Shutdown.floor().time);
    assert!(took[0].1 > at(6), "{took:?}");
}

#[test]
fn who_takes_a_measure_on_several_things_does_one_after_the_other() {
    let mut parts = tireless();
    parts.plan.tasks[1].takes = crate::exercise::Law::Fixed(Span::minutes(25));
    let everything = Object::Assets(Selector::Everything);
    let record = run(parts, vec![take(5, amara(), Measure::Isolate, everything)]);
    assert_eq!(
        taken(&record, Measure::Isolate),
        [(backup(), at(30)), (records(), at(55))]
    );
}

#[test]
fn who_is_not_there_takes_no_measure() {
    for change in [
        |parts: &mut Parts| parts.organisation.people[0].shift = WeeklyHours::default(),
        |parts: &mut Parts| {
            let (day, _) = exercise(clinic()).local(ExerciseTime::STARTEX);
            parts.organisation.people[0].leave = vec![(day, day)];
        },
    ] {
        let mut parts = clinic();
        change(&mut parts);
        let record = run(
            parts,
            vec![take(5, amara(), Measure::Isolate, on(records()))],
        );
        assert_eq!(refused(&record), [Refusal::NotThere]);
        assert_eq!(starts(&record), []);
    }
}

#[test]
fn what_is_refused_is_refused_for_what_is_known_and_not_for_what_is_true() {
    let affected = || Object::Assets(Selector::Affected);
    let early = |parts| run(parts, vec![take(1, amara(), Measure::Isolate, affected())]);
    // Hit long before, hit never: nobody knows, and the answer is the same.
    let mut hit = clinic();
    hit.onset = ExerciseTime(-Span::hours(5).0);
    let mut unhurt = clinic();
    unhurt.scenario.steps[0].at = Some(ExerciseTime(Span::hours(20).0));
    for parts in [hit, unhurt] {
        let record = early(parts);
        assert_eq!(refused(&record), [Refusal::NothingKnown]);
    }
}

#[test]
fn our_people_cannot_take_in_hand_what_others_run() {
    let mut parts = clinic();
    parts.organisation.assets[1].kind = AssetKind::Supplier;
    let record = run(
        parts,
        vec![take(5, amara(), Measure::Restore, on(records()))],
    );
    assert_eq!(refused(&record), [Refusal::NotOurs]);
}

#[test]
fn a_measure_of_ones_own_waits_for_the_approval_that_the_plan_asks_for() {
    let mut parts = clinic();
    parts.organisation.roles[0].may.clear();
    let lead = crate::exercise::Addressee::Function(crate::exercise::Function::IncidentManager);
    parts.plan.tasks[1].approval = Some(lead);
    let act = take(5, jonas(), Measure::Isolate, on(records()));
    let waits = run(parts.clone(), vec![act.clone()]);
    assert_eq!(
        where_(&waits, |event| matches!(event, Event::ApprovalAsked { .. })).len(),
        1
    );
    assert_eq!(starts(&waits), [], "nobody approved");
    let own = exercise(parts.clone()).own_task(&Act {
        measure: Measure::Isolate,
        on: on(records()),
    });
    let approve = Action {
        at: at(40),
        person: Some(amara()),
        does: HumanAct::Approve {
            task: crate::record::Which::of(own.expect("it has a task")),
            granted: true,
        },
        hand: None,
    };
    let approved = run(parts, vec![act, approve]);
    assert_eq!(refused(&approved), []);
    let begun = starts(&approved);
    assert_eq!(begun.len(), 1, "{begun:?}");
    assert_eq!((begun[0].1, &begun[0].2[..]), (at(40), &[jonas()][..]));
}

#[test]
fn what_is_under_way_is_not_taken_up_again() {
    let act = |minutes, person| take(minutes, person, Measure::Isolate, on(records()));
    let record = run(clinic(), vec![act(5, amara()), act(6, jonas())]);
    assert_eq!(refused(&record), [Refusal::UnderWay]);
}

#[test]
fn evidence_is_secured_and_stakeholders_are_told_by_measures_of_ones_own() {
    let evidence = Object::Evidence(None, Selector::Asset(records()));
    let patients = Object::Stakeholder(StakeholderKind::Customers);
    let acts = vec![
        take(1, jonas(), Measure::Preserve, evidence),
        take(5, amara(), Measure::Notify, patients),
    ];
    let record = run(clinic(), acts);
    assert_eq!(refused(&record), []);
    let preserved = where_(&record, |event| {
        matches!(event, Event::EvidencePreserved { .. })
    });
    let told = where_(&record, |event| {
        matches!(event, Event::StakeholderNotified { .. })
    });
    assert!(!preserved.is_empty() && preserved[0].at > at(1) + Span::minutes(1));
    assert!(told.len() == 1 && told[0].at > at(5) + Span::minutes(1));
}

#[test]
fn work_of_the_plan_that_takes_the_measure_is_what_begins_where_it_waits() {
    let idle = run(clinic(), Vec::new());
    let noticed = idle.entries.iter().find_map(|entry| match entry.event {
        Event::MessageNoticed { message, person } => Some((message, person, entry.at)),
        _ => None,
    });
    let (message, person, when) = noticed.expect("the alert is noticed");
    let read = Action {
        at: when + Span::minutes(1),
        person: Some(person),
        does: HumanAct::Read { message },
        hand: None,
    };
    let later = when + Span::hours(3);
    let triage = Action {
        at: later,
        ..take(0, jonas(), Measure::Triage, Object::Incident)
    };
    let record = run(clinic(), vec![read, triage]);
    let begun = starts(&record);
    assert!(
        begun.len() == 1 && begun[0].0 == TaskId::new(3),
        "{begun:?} {:?}",
        refused(&record)
    );
}

#[test]
fn a_hands_on_measure_is_taken_by_who_can_do_it_and_the_others_by_anybody() {
    let isolate = |person| take(5, person, Measure::Isolate, on(records()));
    let unskilled = run_as_is(tireless(), vec![isolate(amara())]);
    assert_eq!(refused(&unskilled), [Refusal::LacksSkill]);
    assert_eq!(taken(&unskilled, Measure::Isolate), []);
    let analyst = run_as_is(tireless(), vec![isolate(jonas())]);
    assert_eq!(refused(&analyst), []);
    // Telling somebody asks for no skill, nor does what is the work of one's role by the plan.
    let patients = Object::Stakeholder(StakeholderKind::Patients);
    let tell = take(5, amara(), Measure::Notify, patients);
    assert_eq!(refused(&run_as_is(tireless(), vec![tell])), []);
    let mut parts = tireless();
    parts.plan.tasks[1].by = crate::exercise::Addressee::Function(Function::IncidentManager);
    assert_eq!(refused(&run_as_is(parts, vec![isolate(amara())])), []);
}
