//! Expectations in the view for scripts.

use super::{at, id};
use crate::json::model::{ActOf, AskedFor, BrokenBy, Expectation, JudgedBy, OvertakenBy, Points};
use crate::json::word;
use hotwash_engine::evaluation::{Act, Evaluation, ExpectationVerdict, Standing};
use hotwash_engine::exercise::{Asks, Exercise};

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
    let broken = verdict.broken.iter().map(|breach| BrokenBy {
        asset: breach.asset.map(|asset| id(exercise, asset)),
        act: act(exercise, breach.act),
    });
    let judged = verdict.judged.iter().map(|judged| JudgedBy {
        by: judged.by.clone(),
        tick: word::tick(judged.tick),
        entry: judged.entry,
    });
    Expectation {
        expectation: id(exercise, verdict.expectation),
        inject: id(exercise, definition.inject),
        incident: id(exercise, definition.incident),
        asks: match definition.asks {
            Asks::Does(_) => "done",
            Asks::Refrains(..) => "not_done",
            Asks::Observed => "observed",
        },
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
        broken_by: broken.collect(),
        judged_by: judged.collect(),
    }
}

fn act(exercise: &Exercise, act: Act) -> ActOf {
    ActOf {
        at_ms: act.done.at.0,
        role: id(exercise, act.role),
        entry: act.done.entry,
    }
}
