//! Acts that a scribe enters for who did them.

use super::{clinic, exercise};
use crate::evaluation::{Baselines, Evaluation, JudgedItem, JudgedKind, evaluate};
use crate::exercise::{
    Act, AssetId, AssetState, Category, Condition, ExerciseTime, Fact, Function, Mark, Measure,
    Object, PersonId, Phase, Selector, Severity, SeverityRule, Span,
};
use crate::record::{Action, Event, Hand, HumanAct, Record, Refusal};
use crate::replay;
use crate::simulation::{Provenance, Setup, simulate};

const fn at(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

/// An act of the lead, entered at a minute, as of another where a scribe enters it.
fn act(minutes: i64, said: Option<i64>, does: HumanAct) -> Action {
    Action {
        at: at(minutes),
        person: Some(PersonId::new(0)),
        does,
        hand: said.map(|said| Hand {
            scribe: "Noor".to_owned(),
            said: at(said),
        }),
    }
}

fn run(actions: Vec<Action>) -> Record {
    let setup = Setup {
        played: vec![PersonId::new(0)],
        actions,
        ..Setup::of(1, 0)
    };
    // The lead can do what the analyst does.
    let mut parts = clinic();
    parts.organisation.people[0].also = vec![Function::Analyst];
    let record = simulate(&exercise(parts), &setup, Provenance::default());
    let again = replay::replay(&record);
    assert_eq!(replay::first_difference(&record, &again), None);
    record
}

fn judged(record: &Record) -> Evaluation {
    evaluate(&record.header.exercise, record, Baselines::default())
}

fn refused(record: &Record) -> Vec<Refusal> {
    let reasons = record.entries.iter().filter_map(|entry| match entry.event {
        Event::ActionRejected { reason, .. } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

fn declared(record: &Record) -> Option<ExerciseTime> {
    let mark =
        |event: &Event| matches!(event, Event::MarkReached { mark, .. } if *mark == Mark::Declared);
    let entry = record.entries.iter().find(|entry| mark(&entry.event))?;
    Some(entry.at)
}

#[test]
fn what_a_scribe_enters_takes_effect_then_and_is_judged_by_when_it_was_done() {
    let late = run(vec![act(120, Some(80), HumanAct::Declare {})]);
    let in_time = run(vec![act(80, None, HumanAct::Declare {})]);
    assert_eq!(
        (declared(&late), declared(&in_time)),
        (Some(at(120)), Some(at(80)))
    );
    let (late, in_time) = (judged(&late), judged(&in_time));
    let marked = |of: &Evaluation| of.main().marks[Mark::Declared.index()].map(|of| of.at);
    assert_eq!(marked(&late), Some(at(80)));
    assert_eq!(marked(&in_time), Some(at(80)));
    let entered: Vec<_> = late.entered.iter().map(|of| (of.said, of.at)).collect();
    assert_eq!(entered, [(at(80), at(120))]);
    assert!(in_time.entered.is_empty());
}

#[test]
fn what_it_does_to_assets_counts_from_when_it_was_entered() {
    let isolate = HumanAct::Take {
        act: Act {
            measure: Measure::Isolate,
            on: Object::Assets(Selector::Asset(AssetId::new(1))),
        },
    };
    let record = run(vec![act(60, Some(20), isolate.clone())]);
    let at_once = run(vec![act(60, None, isolate)]);
    let cut = |record: &Record| {
        let mut entries = record.entries.iter();
        let taken = |event: &Event| matches!(event, Event::MeasureTaken { asset: Some(_), .. });
        entries
            .find(|entry| taken(&entry.event))
            .map(|entry| entry.at)
    };
    assert!(cut(&record).is_some_and(|when| when > at(60)));
    assert_eq!(cut(&record), cut(&at_once));
}

#[test]
fn an_act_is_entered_by_somebody_with_a_name_within_an_hour_and_not_for_the_future() {
    let nameless = Action {
        hand: Some(Hand {
            scribe: " ".to_owned(),
            said: at(100),
        }),
        ..act(110, None, HumanAct::Declare {})
    };
    let record = run(vec![
        act(30, Some(-5), HumanAct::Declare {}),
        act(90, Some(29), HumanAct::Declare {}),
        act(100, Some(101), HumanAct::Declare {}),
        nameless,
    ]);
    let expected = [
        Refusal::TooFarBack,
        Refusal::TooFarBack,
        Refusal::TooEarly,
        Refusal::NoName,
    ];
    assert_eq!(refused(&record), expected);
    let hands = |event: &Event| matches!(event, Event::EnteredByHand { .. });
    let entries = record.entries.iter();
    assert_eq!(entries.filter(|entry| hands(&entry.event)).count(), 4);
    assert_eq!(
        refused(&run(vec![act(90, Some(30), HumanAct::Declare {})])),
        []
    );
}

/// The analyst played, who reads the alert when it is noticed; a table that calls for more once it is known what
/// is down.
fn run_of_analyst(classified: Action) -> Record {
    let mut parts = clinic();
    parts.yardstick.rules = vec![SeverityRule {
        level: Severity::High,
        impact: None,
        when: Condition::Is(Fact::InState(Selector::Everything, AssetState::Encrypted)),
    }];
    let analyst = PersonId::new(1);
    let with = |actions| Setup {
        played: vec![analyst],
        actions,
        ..Setup::of(1, 0)
    };
    let idle = simulate(
        &exercise(parts.clone()),
        &with(Vec::new()),
        Provenance::default(),
    );
    let noticed = idle.entries.iter().find_map(|entry| match entry.event {
        Event::MessageNoticed { message, person } if person == analyst => Some((message, entry.at)),
        _ => None,
    });
    let (message, noticed) = noticed.expect("the analyst notices the alert");
    let read = Action {
        at: noticed,
        person: Some(analyst),
        does: HumanAct::Read { message },
        hand: None,
    };
    let classified = Action {
        person: Some(analyst),
        ..classified
    };
    let setup = with(vec![read, classified]);
    simulate(&exercise(parts), &setup, Provenance::default())
}

#[test]
fn a_classification_that_is_entered_later_is_judged_by_what_was_known_when_it_was_given() {
    let classify = |minutes, said| {
        let high = HumanAct::Classify {
            severity: Severity::High,
            category: Category::MaliciousCode,
        };
        run_of_analyst(act(minutes, said, high))
    };
    let sound = |record: &Record| {
        let evaluation = judged(record);
        let mut items = evaluation.main().phases[Phase::Assessment.index()]
            .judged_items
            .iter();
        let is_it = |of: &&JudgedItem| matches!(of.kind, JudgedKind::Classification { .. });
        items.find(is_it).map(|item| item.sound)
    };
    // The alert comes after 65 minutes: what is given before is given on nothing known.
    let (before, after) = (classify(60, None), classify(110, None));
    assert_eq!((sound(&before), sound(&after)), (Some(false), Some(true)));
    assert_eq!(sound(&classify(110, Some(60))), Some(false));
}
