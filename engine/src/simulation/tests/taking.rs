//! What is refused of acts that somebody else enters or that are one's own, and what becomes of these.

use super::{clinic, exercise};
use crate::exercise::{
    Act, AssetId, ChannelId, ChannelKind, EvidenceItem, ExerciseTime, Function, Law, Measure,
    Object, Parts, PersonId, RoleId, Selector, Span, StakeholderKind,
};
use crate::record::{Action, Event, Hand, HumanAct, Record, Refusal, Which};
use crate::simulation::fixture::{channel, stakeholder};
use crate::simulation::{Provenance, Setup, Simulation, simulate};

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

fn act(minutes: i64, person: Option<PersonId>, does: HumanAct) -> Action {
    Action {
        at: at(minutes),
        person,
        does,
        hand: None,
    }
}

fn take(minutes: i64, person: PersonId, measure: Measure, on: Object) -> Action {
    let act = Act { measure, on };
    self::act(minutes, Some(person), HumanAct::Take { act })
}

fn on(asset: AssetId) -> Object {
    Object::Assets(Selector::Asset(asset))
}

/// Both people played, and nothing done but these acts. Amara can do what the analyst does.
fn run(mut parts: Parts, actions: Vec<Action>) -> Record {
    parts.organisation.people[0].also = vec![Function::Analyst];
    let setup = Setup {
        played: vec![amara(), jonas()],
        actions,
        ..Setup::of(1, 0)
    };
    simulate(&exercise(parts), &setup, Provenance::default())
}

fn refused(record: &Record) -> Vec<Refusal> {
    let reasons = record.entries.iter().filter_map(|entry| match entry.event {
        Event::ActionRejected { reason, .. } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

fn count(record: &Record, is: impl Fn(&Event) -> bool) -> usize {
    let entries = record.entries.iter();
    entries.filter(|entry| is(&entry.event)).count()
}

#[test]
fn a_scribe_enters_what_a_person_did_and_nothing_of_the_facilitators() {
    let entered = Action {
        hand: Some(Hand {
            scribe: "Noor".to_owned(),
            said: at(20),
        }),
        ..act(30, None, HumanAct::Pause {})
    };
    assert_eq!(
        refused(&run(clinic(), vec![entered])),
        [Refusal::OnlyAPerson]
    );
}

#[test]
fn the_stop_word_is_also_of_those_for_whom_a_stand_in_acts() {
    let stand_in = HumanAct::StandIn {
        person: amara(),
        on: true,
    };
    let acts = vec![
        act(5, None, stand_in),
        act(10, Some(amara()), HumanAct::Declare {}),
        act(15, Some(amara()), HumanAct::StopWord {}),
    ];
    let record = run(clinic(), acts);
    assert_eq!(refused(&record), [Refusal::StandInActs]);
    let paused = count(&record, |event| matches!(event, Event::ExercisePaused {}));
    assert_eq!(paused, 1);
}

#[test]
fn evidence_is_secured_where_the_kind_of_asset_can_hold_it() {
    let memory = |asset| Object::Evidence(Some(EvidenceItem::Memory), Selector::Asset(asset));
    let acts = vec![
        take(1, amara(), Measure::Preserve, memory(backup())),
        take(2, amara(), Measure::Preserve, memory(records())),
    ];
    let record = run(clinic(), acts);
    assert_eq!(refused(&record), [Refusal::NotSo]);
    let secured = |event: &Event| matches!(event, Event::EvidencePreserved { .. });
    assert_eq!(count(&record, secured), 1);
}

#[test]
fn nobody_can_be_told_over_channels_that_do_not_work() {
    let mut parts = clinic();
    let mut post = channel("post", ChannelKind::Mail);
    post.depends_on = vec![records()];
    parts.organisation.channels.push(post);
    let mut patients = stakeholder("patients", StakeholderKind::Customers);
    patients.channels = vec![ChannelId::new(1)];
    parts.organisation.stakeholders = vec![patients];
    let told = Object::Stakeholder(StakeholderKind::Customers);
    // The records are taken in the first hour, and their mail with them.
    let early = take(5, amara(), Measure::Notify, told.clone());
    let late = take(100, jonas(), Measure::Notify, told);
    let record = run(parts, vec![early, late]);
    assert_eq!(refused(&record), [Refusal::NobodyReached]);
}

#[test]
fn where_the_plan_has_no_task_with_it_who_leads_approves_a_measure_on_assets_or_towards_others() {
    let mut parts = clinic();
    parts.organisation.roles[0].may.clear();
    let told = Object::Stakeholder(StakeholderKind::Customers);
    for (measure, on, asks) in [
        (Measure::Shutdown, on(records()), 1),
        (Measure::Notify, told, 1),
        (Measure::Log, Object::Incident, 0),
    ] {
        let record = run(parts.clone(), vec![take(5, jonas(), measure, on)]);
        assert_eq!(refused(&record), []);
        let asked = |event: &Event| matches!(event, Event::ApprovalAsked { .. });
        assert_eq!(count(&record, asked), asks, "{measure:?}");
    }
}

#[test]
fn who_is_on_leave_does_nothing_for_the_organisation_and_may_take_notes() {
    let mut parts = clinic();
    let (today, _) = exercise(clinic()).local(ExerciseTime::STARTEX);
    parts.organisation.people[1].leave = vec![(today, today)];
    let text = || "it began at nine".to_owned();
    let acts = vec![
        act(5, Some(jonas()), HumanAct::Log { text: text() }),
        act(6, Some(jonas()), HumanAct::Note { text: text() }),
    ];
    let record = run(parts, acts);
    assert_eq!(refused(&record), [Refusal::NotThere]);
    let taken = |event: &Event| matches!(event, Event::ActionTaken { .. });
    assert_eq!(count(&record, taken), 1);
}

#[test]
fn what_is_said_after_endex_lies_a_millisecond_behind_it_at_least() {
    let setup = Setup {
        actions: vec![act(2, None, HumanAct::End {})],
        ..Setup::of(1, 0)
    };
    let mut simulation = Simulation::new(exercise(clinic()), std::slice::from_ref(&setup));
    simulation.advance_to(at(2));
    let text = "that was short".to_owned();
    simulation.submit(0, act(1, None, HumanAct::Note { text }));
    simulation.finish();
    let entries = simulation.take_entries(0);
    let last: Vec<ExerciseTime> = entries.iter().rev().take(2).map(|entry| entry.at).collect();
    assert_eq!(last, [at(2) + Span(1), at(2)]);
}

#[test]
fn a_measure_of_ones_own_that_was_handed_over_is_no_longer_ones_own() {
    let mut parts = clinic();
    parts.plan.tasks[1].takes = Law::Fixed(Span::hours(4));
    let taken = Act {
        measure: Measure::Isolate,
        on: on(records()),
    };
    let own = exercise(parts.clone())
        .own_task(&taken)
        .expect("it has a task");
    let hand_over = HumanAct::HandOver {
        task: Which::of(own),
        to: RoleId::new(1),
    };
    let acts = vec![
        take(5, amara(), Measure::Isolate, taken.on),
        act(65, Some(amara()), hand_over),
    ];
    let record = run(parts, acts);
    assert_eq!(refused(&record), []);
    // Nobody goes on with it unless told to.
    let goes_on = |event: &Event| matches!(event, Event::TaskResumed { .. });
    assert_eq!(count(&record, goes_on), 0);
}

#[test]
fn a_measure_is_taken_on_what_ones_own_roles_know_of() {
    let idle = run(clinic(), Vec::new());
    let noticed = idle.entries.iter().find_map(|entry| match entry.event {
        Event::MessageNoticed { message, person } => Some((message, person, entry.at)),
        _ => None,
    });
    let (message, reader, when) = noticed.expect("the alert is noticed");
    assert_eq!(reader, jonas());
    let read = Action {
        at: when,
        ..act(0, Some(jonas()), HumanAct::Read { message })
    };
    let affected = || Object::Assets(Selector::Affected);
    let later = |person| Action {
        at: when + Span::HOUR,
        ..take(0, person, Measure::Isolate, affected())
    };
    // Jonas knows what the alert said, and Amara does not.
    let known = run(clinic(), vec![read.clone(), later(jonas())]);
    assert_eq!(refused(&known), []);
    let unknown = run(clinic(), vec![read, later(amara())]);
    assert_eq!(refused(&unknown), [Refusal::NothingKnown]);
}
