//! The share of the assets that an act was due on, on which it truly took effect.

use super::is_taken_on_assets;
use crate::evaluation::expectations::{calling, holds, serves, speaks_of_state};
use crate::evaluation::facts::{Calls, Facts, Struck};
use crate::exercise::{
    Act, AssetId, AssetKind, Back, EvidenceItem, IncidentId, Measure, Object, Selector,
};

/// What an act was due on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// It is not counted by assets: it was done, or it was not.
    AsSuch,
    /// On so many assets; with none, it was not called for.
    On {
        /// How many.
        assets: u64,
        /// On how many of these it took effect.
        done: u64,
    },
}

/// What an act was due on, in truth. The entries that prove its effect on some of that are added to
/// `proofs`.
pub(super) fn due(
    facts: &Facts<'_>,
    incident: IncidentId,
    act: &Act,
    proofs: &mut Vec<u32>,
) -> Due {
    let (item, selector) = match &act.on {
        Object::Assets(selector) => (None, selector),
        Object::Evidence(item, selector) => (*item, selector),
        _ => return Due::AsSuch,
    };
    if !is_taken_on_assets(act.measure) {
        return Due::AsSuch;
    }
    let calling = calling(act.measure);
    let from = (facts.struck).partition_point(|of| of.incident < incident);
    let of_incident = facts.struck[from..].iter();
    let of_incident = of_incident.take_while(|of| of.incident == incident);
    let called = of_incident.filter(|of| of.calls.meet(calling));
    // What others run is not ours to work on.
    let called = called.filter(|of| facts.exercise.allows(act.measure, of.asset));
    let (mut assets, mut done) = (0, 0);
    for of in called {
        let asset = of.asset;
        if selects(facts, selector, asset) && holds(facts.exercise.asset(asset), act) {
            let proof = proof(facts, incident, act.measure, item, asset);
            if proof.is_none() && is_needless(facts, act.measure, *of) {
                continue;
            }
            assets += 1;
            done += u64::from(proof.is_some());
            proofs.extend(proof);
        }
    }
    // A measure on assets that are named whatever their state is called for by the plan alone.
    if assets == 0 && !speaks_of_state(selector) {
        Due::AsSuch
    } else {
        Due::On { assets, done }
    }
}

/// Whether a selector ever chose an asset, in truth.
fn selects(facts: &Facts<'_>, selector: &Selector, asset: AssetId) -> bool {
    let described = facts.exercise.asset(asset);
    match selector {
        // What called for the measure made it affected.
        Selector::Everything | Selector::Affected => true,
        Selector::Kind(kind) => described.kind == *kind,
        Selector::Asset(named) => *named == asset,
        Selector::Holding(data) => described.holds(*data),
        Selector::Valued(dimension, least) => described.value(*dimension) >= *least,
        Selector::InState(state) => facts.states.of(asset).any(|span| span.state == *state),
        Selector::Both(all) => all.iter().all(|one| selects(facts, one, asset)),
    }
}

/// The entry by which an asset got what a measure is for, by whichever work.
fn proof(
    facts: &Facts<'_>,
    incident: IncidentId,
    measure: Measure,
    item: Option<EvidenceItem>,
    asset: AssetId,
) -> Option<u32> {
    if measure == Measure::Preserve {
        let secured = facts
            .preserved
            .iter()
            .find(|(_, on, what)| *on == asset && item.is_none_or(|item| item == *what));
        return secured.map(|(entry, _, _)| entry.number);
    }
    let taken = facts.taken.on(asset);
    let first = taken
        .filter(|taken| taken.instance.incident == incident && serves(taken.measure, measure))
        .last();
    first
        .map(|taken| taken.entry.number)
        .or_else(|| over(facts, measure, asset))
}

/// Whether something else that was done made a measure needless on an asset: an account that was closed
/// need not be cut off, and what was altered and no worse and was put right need not be restored.
fn is_needless(facts: &Facts<'_>, measure: Measure, of: Struck) -> bool {
    let taken = |is: fn(Measure) -> bool| {
        let mut on = facts.taken.on(of.asset);
        on.any(|taken| taken.instance.incident == of.incident && is(taken.measure))
    };
    match measure {
        cut if cut.cuts_off() => {
            let account = facts.exercise.asset(of.asset).kind == AssetKind::Account;
            account && taken(|measure| measure.row().closes_account)
        }
        back if back.brings_back_whole() => {
            let right = |measure: Measure| measure.row().brings_back == Some(Back::Data);
            !of.calls.meet(Calls::LOST) && taken(right)
        }
        _ => false,
    }
}

/// The entry by which the state that a measure is to end was over, however that came about.
fn over(facts: &Facts<'_>, measure: Measure, asset: AssetId) -> Option<u32> {
    let state = measure.row().called_by.ends()?;
    let last = facts.states.of(asset).find(|span| span.state == state)?;
    last.until.map(|entry| entry.number)
}
