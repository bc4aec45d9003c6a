//! What must not be done: whether nobody did it while it was not to be done.
//!
//! It is judged by the acts of the record, like all that is expected: by that measure and no other, on what the
//! selector took when it was taken, by whomever.

use super::{acts, is_on_assets, objects, since};
use crate::evaluation::facts::Facts;
use crate::evaluation::model::{Breach, ExpectationVerdict, NotExercised, Standing, Timed};
use crate::evaluation::truth::first_held_from;
use crate::exercise::{
    Act, AssetId, BasisPoints, Condition, ExerciseTime, Expectation, IncidentId, Object,
};
use crate::record::Entry;

/// Judges an expectation that something is not done.
pub(super) fn judge(
    facts: &Facts<'_>,
    verdict: &mut ExpectationVerdict,
    act: &Act,
    until: Option<&Condition>,
) {
    let expectation = &facts.exercise.scenario().expectations[verdict.expectation.index()];
    let Some(from) = since(facts, expectation) else {
        return not_exercised(verdict, NotExercised::NeverAsked);
    };
    let lifted =
        until.and_then(|until| first_held_from(facts, expectation.incident, until, from.entry));
    let window = Window {
        from,
        lifted,
        until: verdict.due,
    };
    let breach = |asset| breach(facts, expectation.incident, act, asset, window);
    if is_on_assets(expectation) {
        let all = (0..facts.exercise.organisation().assets.len()).map(AssetId::new);
        verdict.broken = all.filter_map(|asset| breach(Some(asset))).collect();
    } else {
        verdict.broken = breach(None).into_iter().collect();
    }
    verdict
        .broken
        .sort_by_key(|breach| (breach.act.done.entry, breach.asset));
    if !verdict.broken.is_empty() {
        (verdict.share, verdict.standing) = (BasisPoints::ZERO, Standing::Missed);
    } else if is_on_assets(expectation) && !has_object(facts, verdict, expectation, window) {
        not_exercised(verdict, NotExercised::NothingToActOn);
    }
}

const fn not_exercised(verdict: &mut ExpectationVerdict, why: NotExercised) {
    verdict.share = BasisPoints::ZERO;
    verdict.standing = Standing::NotExercised(why);
}

/// From when until when something must not be done.
#[derive(Clone, Copy)]
struct Window {
    from: Timed,
    /// The entry from which on it may be done.
    lifted: Option<u32>,
    /// The time from which on it may be done.
    until: Option<ExerciseTime>,
}

impl Window {
    fn holds(self, entry: &Entry) -> bool {
        entry.number > self.from.entry
            && self.lifted.is_none_or(|lifted| entry.number < lifted)
            && self.until.is_none_or(|until| entry.at < until)
    }
}

/// The first act that must not have been done, on an asset where it is about assets.
fn breach(
    facts: &Facts<'_>,
    incident: IncidentId,
    act: &Act,
    asset: Option<AssetId>,
    window: Window,
) -> Option<Breach> {
    let took = |entry: &Entry| {
        let selector = objects::selector(act).zip(asset);
        selector.is_none_or(|(selector, asset)| {
            objects::took(facts, incident, (act.measure, selector), asset, entry.at)
        })
    };
    let wanted = |entry: &&Entry| window.holds(entry) && took(entry);
    let found = match &act.on {
        Object::Evidence(item, _) => acts::secured(facts, incident, asset, *item).find(wanted),
        Object::Stakeholder(kind) => acts::told(facts, incident, *kind).find(wanted),
        Object::Assets(_) | Object::Incident => {
            let taken = facts.taken.iter();
            let taken = taken.filter(|taken| {
                taken.effect
                    && taken.measure == act.measure
                    && taken.instance.incident == incident
                    && (asset.is_none() || taken.asset == asset)
            });
            taken.map(|taken| taken.entry).find(wanted)
        }
    };
    let act = acts::described(found?);
    Some(Breach { asset, act })
}

/// Whether there was anything on which it could have been done.
fn has_object(
    facts: &Facts<'_>,
    verdict: &ExpectationVerdict,
    expectation: &Expectation,
    window: Window,
) -> bool {
    let expected = facts.criteria.expected(verdict.expectation);
    let Some((act, selector)) = expectation
        .asks
        .act()
        .and_then(|act| Some((act, objects::selector(act)?)))
    else {
        return true;
    };
    if !expected.by_state {
        return !expected.assets.is_empty();
    }
    let lifted = window.lifted.and_then(|number| facts.entry(number));
    let lifted = lifted.map_or(facts.ended_at, |entry| entry.at);
    let until = window.until.map_or(lifted, |until| until.min(lifted));
    let mut assets = expected.assets.iter();
    assets.any(|asset| {
        let incident = expectation.incident;
        objects::took(facts, incident, (act.measure, selector), *asset, until)
    })
}
