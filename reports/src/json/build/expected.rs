//! Expectations in the view for scripts.

use super::{at, id};
use crate::json::model::{ActOf, AskedFor, Expectation, OvertakenBy, Points};
use crate::json::word;
use hotwash_engine::evaluation::{Act, Evaluation, ExpectationVerdict, Standing};
use hotwash_engine::exercise::Exercise;

/// How each expectation was answered.
pub(super) fn all(exercise: &Exercise, evaluation: &Evaluation) -> Vec<Expectation> {
    let expectations = evaluation.expectations.iter();
    expectations.map(|of| one(exercise, of)).collect()
}

fn one(exercise: &Exercise, verdict: &ExpectationVerdict) -> Expectation {
    let definition = &exercise.scenario().expectations[verdict.expectation.index()];
    let items = verdict.items.iter().map(|item| AskedFor {
        asset: item.asset.map(|asset| id(exercise, asset)),
        act: item.act.map(|of| act(exercise, of)),
        in_time: item.in_time,
        overtaken_by: item.overtaken.map(|of| OvertakenBy {
            measure: of.measure.name(),
            at_ms: of.done.at.0,
            entry: of.done.entry,
        }),
    });
    let others = verdict.by_others.iter();
    Expectation {
        expectation: id(exercise, verdict.expectation),
        inject: id(exercise, definition.inject),
        incident: id(exercise, definition.incident),
        standing: word::standing(verdict.standing),
        not_exercised_because: match verdict.standing {
            Standing::NotExercised(why) => Some(word::not_exercised(why)),
            _ => None,
        },
        done: Points(verdict.share),
        critical: verdict.critical,
        asked_ms: at(verdict.asked),
        due_ms: verdict.due.map(|due| due.0),
        items: items.collect(),
        by_others: others.map(|of| act(exercise, *of)).collect(),
    }
}

fn act(exercise: &Exercise, act: Act) -> ActOf {
    ActOf {
        at_ms: act.done.at.0,
        role: id(exercise, act.role),
        entry: act.done.entry,
    }
}
