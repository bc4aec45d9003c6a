//! What evaluators and others say about an exercise: it stands beside, and changes nothing.

use super::{clinic, exercise};
use crate::evaluation::{Baselines, Evaluation, evaluate};
use crate::exercise::{Day, ExerciseTime, PersonId, Span};
use crate::record::{Action, Actor, Event, HumanAct, Record, Refusal, Remark, Tick, Ticked};
use crate::replay;
use crate::simulation::{Provenance, Setup, simulate};

fn remark(by: &str, note: &str, corrects: Option<u32>) -> Remark {
    Remark {
        by: by.to_owned(),
        seen: None,
        note: note.to_owned(),
        corrects,
    }
}

fn tick(how: Tick, corrects: Option<u32>) -> HumanAct {
    HumanAct::Tick {
        what: Ticked::KeyPoint {
            id: "log-kept".to_owned(),
        },
        how,
        remark: Box::new(remark("Ines", "", corrects)),
    }
}

fn run(acts: &[(i64, Option<usize>, HumanAct)]) -> Record {
    let actions = acts.iter().map(|(minutes, person, does)| Action {
        at: ExerciseTime(Span::minutes(*minutes).0),
        person: person.map(PersonId::new),
        does: does.clone(),
        hand: None,
    });
    let setup = Setup {
        actions: actions.collect(),
        ..Setup::of(1, 0)
    };
    let record = simulate(&exercise(clinic()), &setup, Provenance::default());
    let again = replay::replay(&record);
    assert_eq!(replay::first_difference(&record, &again), None);
    record
}

fn judged(record: &Record) -> Evaluation {
    evaluate(&record.header.exercise, record, Baselines::default())
}

const LONG_AFTER: i64 = 400 * 24 * 60;

#[test]
fn what_is_said_during_an_exercise_or_after_it_stands_in_the_record_and_changes_no_figure() {
    let vote = HumanAct::Vote {
        what: "the phone list".to_owned(),
        remark: Box::new(remark("Noor", "", None)),
    };
    let commit = HumanAct::Commit {
        text: "a new list".to_owned(),
        owner: PersonId::new(0),
        due: Day(20_800),
        remark: Box::new(remark("Noor", "", None)),
    };
    let observe = HumanAct::Observe {
        entry: 1,
        remark: Box::new(remark("Ines", "quiet start", None)),
    };
    let acts = [
        (90, None, tick(Tick::Not, None)),
        (95, None, observe),
        (LONG_AFTER, None, vote),
        (LONG_AFTER + 1, None, commit),
    ];
    let (said, plain) = (judged(&run(&acts)), judged(&run(&[])));
    assert_eq!(said.said.len(), 4);
    assert_eq!((said.end, said.ended_at), (plain.end, plain.ended_at));
    let figures = |of: &Evaluation| {
        let score = of.score.as_ref().map(|score| (score.score, score.passed));
        let phases = of.main().phases.each_ref().map(|phase| phase.score);
        let ratings: Vec<_> = of.objectives.iter().map(|of| of.rating).collect();
        (score, phases, ratings, of.impact.actual.outage)
    };
    assert_eq!(figures(&said), figures(&plain));
    let record = run(&acts);
    let by = |event: &str| {
        let mut entries = record.entries.iter();
        let found = entries.find(|entry| match &entry.event {
            Event::ActionTaken { act } => act.name() == event,
            _ => false,
        });
        found.expect("it was said").actor.clone()
    };
    assert_eq!(by("Tick"), Actor::Evaluator {});
    assert_eq!(by("Vote"), Actor::Facilitator {});
}

#[test]
fn a_correction_names_the_entry_that_it_takes_the_place_of_and_both_stay() {
    let first = run(&[(90, None, tick(Tick::Not, None))]);
    let entry = judged(&first).said[0].entry;
    let acts = [
        (90, None, tick(Tick::Not, None)),
        (LONG_AFTER, None, tick(Tick::Partly, Some(entry))),
    ];
    let said = judged(&run(&acts)).said;
    assert_eq!(said.len(), 2);
    assert_eq!(said[0].corrected_by, Some(said[1].entry));
    assert_eq!(said[1].corrected_by, None);
}

#[test]
fn what_names_nothing_that_there_is_is_rejected() {
    let observe = HumanAct::Observe {
        entry: 100_000,
        remark: Box::new(remark("Ines", "?", None)),
    };
    let nobody = HumanAct::Vote {
        what: "x".to_owned(),
        remark: Box::new(remark(" ", "", None)),
    };
    let nothing = HumanAct::Vote {
        what: " ".to_owned(),
        remark: Box::new(remark("Ines", "", None)),
    };
    let record = run(&[
        (90, None, observe),
        (91, None, tick(Tick::Met, Some(1))),
        (92, None, nobody),
        (93, Some(0), tick(Tick::Met, None)),
        (LONG_AFTER, None, nothing),
    ]);
    let refused = record.entries.iter().filter_map(|entry| match entry.event {
        Event::ActionRejected { reason, .. } => Some(reason),
        _ => None,
    });
    let refused: Vec<Refusal> = refused.collect();
    assert_eq!(
        refused,
        [
            Refusal::NoSuchEntry,
            Refusal::NoSuchEntry,
            Refusal::NoName,
            Refusal::OnlyAnEvaluator,
            Refusal::NoText,
        ]
    );
}
