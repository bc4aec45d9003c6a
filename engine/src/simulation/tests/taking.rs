//! What is refused of acts that somebody else enters or that are one's own, and what becomes of these.

use super::{clinic, exercise};
use crate::exercise::{
    Act, Addressee, AssetId, ChannelId, ChannelKind, EvidenceItem, ExerciseTime, Function, Law,
    Measure, Object, Parts, PersonId, RoleId, Selector, Span, StakeholderKind,
};
use crate::record::{Action, EndKind, Event, Hand, HumanAct, Record, Refusal, Which};
use crate::simulation::fixture::{channel, stakeholder};
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

/// Both people played, and nothing done but these acts.
fn run(parts: Parts, actions: Vec<Action>) -> Record {
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

/// Jonas may do nothing without being asked, and isolating is approved by who leads.
fn asking() -> Parts {
    let mut parts = clinic();
    parts.organisation.roles[0].may.clear();
    parts.plan.tasks[1].approval = Some(Addressee::Function(Function::IncidentManager));
    parts
}

#[test]
fn while_a_measure_of_ones_own_is_new_nobody_is_escalated_to_and_the_run_comes_to_a_stand() {
    let act = take(5, jonas(), Measure::Isolate, on(records()));
    let record = run(asking(), vec![act]);
    let end = record.entries.last().map(|entry| &entry.event);
    let stalled = EndKind::Stalled;
    assert_eq!(end, Some(&Event::ExerciseEnded { end: stalled }));
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
