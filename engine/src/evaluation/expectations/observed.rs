//! What only a person can judge: what evaluators ticked, by the id of the expectation.
//!
//! Each evaluator has one word, the last. That something was not seen is no word on it.

use crate::evaluation::facts::Facts;
use crate::evaluation::model::{ExpectationVerdict, Judgement, NotExercised, Standing};
use crate::evaluation::share::Fine;
use crate::exercise::{BasisPoints, ExpectationId};
use crate::record::{Entry, Event, HumanAct, Tick, Ticked};

/// Judges what only a person can judge.
pub(super) fn judge(facts: &Facts<'_>, verdict: &mut ExpectationVerdict) {
    let mut judged: Vec<Judgement> = Vec::new();
    for entry in facts.entries {
        let Some((of, corrected)) = tick(facts, verdict.expectation, entry) else {
            continue;
        };
        judged.retain(|before| before.by != of.by && Some(before.entry) != corrected);
        judged.push(of);
    }
    judged.retain(|of| of.tick != Tick::NotSeen);
    let halves = judged.iter().map(|of| match of.tick {
        Tick::Met => 2,
        Tick::Partly => 1,
        Tick::Not | Tick::NotSeen => 0,
    });
    let halves: u64 = halves.sum();
    let all = 2 * judged.len() as u64;
    verdict.share = Fine::ratio(halves, all).unwrap_or(Fine::ZERO).rounded();
    verdict.standing = match verdict.share {
        _ if judged.is_empty() => Standing::NotExercised(NotExercised::NotJudged),
        BasisPoints::ONE => Standing::Met,
        BasisPoints::ZERO => Standing::Missed,
        _ => Standing::Partly,
    };
    verdict.judged = judged;
}

/// What an entry says of an expectation, and the entry that it takes the place of.
fn tick(facts: &Facts<'_>, id: ExpectationId, entry: &Entry) -> Option<(Judgement, Option<u32>)> {
    let Event::ActionTaken { act } = &entry.event else {
        return None;
    };
    let HumanAct::Tick { what, how, remark } = act else {
        return None;
    };
    let slug = &facts.exercise.scenario().expectations[id.index()].slug;
    let is_it = match what {
        Ticked::Expectation { expectation } => *expectation == id,
        Ticked::KeyPoint { id } => id == slug.as_str(),
    };
    let of = Judgement {
        by: remark.by.clone(),
        tick: *how,
        entry: entry.number,
    };
    is_it.then_some((of, remark.corrects))
}
