//! How each expectation was answered, by the acts of the record alone.
//!
//! [`verdicts`] is called once for each run, by the reader of its record. What is asked for is found by
//! `objects`, who did it and when by `acts`; here both are held against the time that there was. It never
//! looks at the state that the acts left: what was done counts, also where it was undone later. What must not be
//! done is judged by `restraint`, what only a person can judge by `observed`.

mod acts;
mod objects;
mod observed;
mod order;
mod restraint;

use super::facts::Facts;
use super::model::{Act, AskedFor, ExpectationVerdict, NotExercised, Standing, Timed};
use super::share::Fine;
use crate::exercise::{
    Asks, AssetId, BasisPoints, ExerciseTime, Expectation, ExpectationId, Object, Span, StepId,
};
use acts::Doer;
pub(super) use acts::serves;
pub(super) use objects::{calling, holds, is_described, selector, speaks_of_state};

/// How every expectation was answered, in the order of ids.
pub(super) fn verdicts(facts: &Facts<'_>) -> Vec<ExpectationVerdict> {
    let expectations = 0..facts.exercise.scenario().expectations.len();
    let ids = expectations.map(ExpectationId::new);
    ids.map(|id| verdict(facts, id)).collect()
}

fn verdict(facts: &Facts<'_>, id: ExpectationId) -> ExpectationVerdict {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let mut verdict = ExpectationVerdict {
        expectation: id,
        standing: Standing::Met,
        share: BasisPoints::ONE,
        critical: facts.criteria.expected(id).critical,
        asked: facts.delivery(expectation.inject).map(Timed::of),
        due: due_at(facts, expectation),
        items: Vec::new(),
        by_others: Vec::new(),
        broken: Vec::new(),
        judged: Vec::new(),
    };
    match &expectation.asks {
        Asks::Does(_) => answer(facts, &mut verdict),
        Asks::Refrains(act, until) => restraint::judge(facts, &mut verdict, act, until.as_ref()),
        Asks::Observed => observed::judge(facts, &mut verdict),
    }
    // What was met all the same was met.
    if facts.excused[id.index()].is_some() && verdict.standing != Standing::Met {
        verdict.standing = Standing::Excused;
    }
    verdict
}

/// Judges an expectation that something is done.
fn answer(facts: &Facts<'_>, verdict: &mut ExpectationVerdict) {
    let id = verdict.expectation;
    verdict.items = items(facts, id, verdict.due);
    for item in verdict.items.iter_mut().filter(|item| item.act.is_none()) {
        item.overtaken = order::overtaken(facts, id, item.asset);
    }
    verdict.by_others = acts::by_others(facts, id, &verdict.items);
    verdict.share = of_items(&verdict.items).rounded();
    verdict.standing = standing(facts, verdict);
}

/// From when an expectation counts its time: from the delivery of its inject, or from its mark where that came.
fn since(facts: &Facts<'_>, expectation: &Expectation) -> Option<Timed> {
    let asked = facts.delivery(expectation.inject)?;
    let mark = expectation.since;
    let mark = mark.and_then(|mark| facts.course(expectation.incident).mark(mark));
    Some(Timed::of(mark.unwrap_or(asked)))
}

/// Until when an expectation is answered in time: from the delivery of its inject, or from its mark where
/// that came.
fn due_at(facts: &Facts<'_>, expectation: &Expectation) -> Option<ExerciseTime> {
    if expectation.asks == Asks::Observed {
        return None;
    }
    let from = since(facts, expectation)?;
    let until = from.at.max(ExerciseTime::STARTEX) + expectation.within;
    // What must not be done for good has no time by which it is over.
    let for_good = expectation.asks.done().is_none() && expectation.within == Span::FOR_GOOD;
    (!for_good).then_some(until)
}

/// What an expectation asked for, each item with the act that answers it.
fn items(facts: &Facts<'_>, id: ExpectationId, due: Option<ExerciseTime>) -> Vec<AskedFor> {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let in_time =
        |act: Option<Act>| act.is_some_and(|act| due.is_none_or(|due| act.done.at <= due));
    let item = |asset: Option<AssetId>| {
        let act = acts::first(facts, id, asset, Doer::OfFunction);
        AskedFor {
            asset,
            act,
            in_time: in_time(act),
            overtaken: None,
        }
    };
    if !is_on_assets(expectation) {
        return vec![item(None)];
    }
    let until = due.unwrap_or(facts.ended_at);
    let asked = objects::asked_for(facts, id, until, None);
    let needed: Vec<AskedFor> = asked
        .map(|asset| item(Some(asset)))
        .filter(|item| item.in_time || !objects::is_needless(facts, expectation, item, until))
        .collect();
    if !needed.is_empty() {
        return needed;
    }
    // There is nothing to ask for; whoever did it all the same has answered.
    let all = (0..facts.exercise.organisation().assets.len()).map(AssetId::new);
    let answered = all.map(|asset| item(Some(asset)));
    answered.filter(|item| item.act.is_some()).collect()
}

fn is_on_assets(expectation: &Expectation) -> bool {
    let on = expectation.asks.act().map(|act| &act.on);
    matches!(on, Some(Object::Assets(_) | Object::Evidence(..)))
}

/// The share of an expectation that was met.
pub(super) fn share(verdict: &ExpectationVerdict) -> Fine {
    if verdict.items.is_empty() {
        Fine::of(verdict.share)
    } else {
        of_items(&verdict.items)
    }
}

/// The share of what was asked for that was done: each item counts alike, and half where it came late.
fn of_items(items: &[AskedFor]) -> Fine {
    let halves = items.iter().map(|item| match (item.act, item.in_time) {
        (Some(_), true) => 2,
        (Some(_), false) => 1,
        (None, _) => 0,
    });
    Fine::ratio(halves.sum(), 2 * items.len() as u64).unwrap_or(Fine::ZERO)
}

fn standing(facts: &Facts<'_>, verdict: &ExpectationVerdict) -> Standing {
    let items = &verdict.items;
    let answered = items.iter().filter(|item| item.act.is_some()).count();
    if !items.is_empty() && items.iter().all(|item| item.in_time) {
        return Standing::Met;
    }
    if answered == 0 && verdict.asked.is_none() {
        return Standing::NotExercised(NotExercised::NeverAsked);
    }
    let cut_short = verdict.due.is_some_and(|due| due > facts.ended_at) && facts.cut_short;
    if cut_short || facts.ended.is_none() && answered < items.len() {
        return Standing::NotExercised(NotExercised::NoTime);
    }
    if items.is_empty() {
        return Standing::NotExercised(NotExercised::NothingToActOn);
    }
    match answered {
        0 => Standing::Missed,
        some if some < items.len() => Standing::Partly,
        _ => Standing::Late,
    }
}

/// Whether something that an expectation asks for was not done when a harm came: on an asset that was hit
/// until then, or until its limit where that came first, the harm's own step apart; or at all, where it
/// is not about assets.
pub(super) fn is_unanswered_at(
    facts: &Facts<'_>,
    verdict: &ExpectationVerdict,
    harm: Timed,
    by: Option<StepId>,
) -> bool {
    let expectation = &facts.exercise.scenario().expectations[verdict.expectation.index()];
    match expectation.asks {
        // What was done before the harm, and must not be, may have brought it about.
        Asks::Refrains(..) => {
            let mut broken = verdict.broken.iter();
            return broken.any(|breach| breach.act.done.entry < harm.entry);
        }
        // Nobody can tell when it was seen.
        Asks::Observed => return false,
        Asks::Does(_) => {}
    }
    let came_late = |item: &AskedFor| item.act.is_none_or(|act| act.done.entry > harm.entry);
    if !is_on_assets(expectation) {
        return verdict.items.iter().any(came_late);
    }
    let until = verdict.due.map_or(harm.at, |due| due.min(harm.at));
    let asked = objects::asked_for(facts, verdict.expectation, until, by);
    let open = asked.map(|asset| AskedFor {
        asset: Some(asset),
        act: acts::first(facts, verdict.expectation, Some(asset), Doer::OfFunction),
        in_time: false,
        overtaken: None,
    });
    let mut open = open.filter(came_late);
    open.any(|item| !objects::is_needless(facts, expectation, &item, harm.at))
}
