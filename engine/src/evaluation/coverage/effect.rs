//! The share of the assets that an act was due on, on which it truly took effect.

use super::is_taken_on_assets;
use crate::evaluation::facts::{Facts, Hit};
use crate::evaluation::share::Fine;
use crate::exercise::{
    Act, AssetId, AssetState, Effect, EvidenceItem, IncidentId, Measure, Object, Selector,
};
use crate::simulation::evidence_items;

/// What an act was due on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Due {
    /// It is not counted by assets: it was done, or it was not.
    AsSuch,
    /// On these assets; with none, it was not called for.
    On(Vec<AssetId>),
}

/// What an act was due on, in truth.
pub(super) fn due(facts: &Facts<'_>, incident: IncidentId, act: &Act) -> Due {
    let (Object::Assets(selector) | Object::Evidence(_, selector)) = &act.on else {
        return Due::AsSuch;
    };
    if !is_taken_on_assets(act.measure) {
        return Due::AsSuch;
    }
    let mut hit = called_for(facts, incident, act.measure);
    hit.retain(|asset| selects(facts, selector, *asset) && holds(facts, act, *asset));
    // A measure on assets that are named whatever their state is called for by the plan alone.
    if hit.is_empty() && !speaks_of_state(selector) {
        Due::AsSuch
    } else {
        Due::On(hit)
    }
}

/// Whether an asset has what an act is taken on: not every kind has every item of evidence.
fn holds(facts: &Facts<'_>, act: &Act, asset: AssetId) -> bool {
    let Object::Evidence(item, _) = act.on else {
        return true;
    };
    let items = evidence_items(facts.exercise.asset(asset).kind);
    item.map_or(!items.is_empty(), |item| items.contains(&item))
}

/// The share of the due assets on which an act took effect, with the entries that prove it.
pub(super) fn share(
    facts: &Facts<'_>,
    incident: IncidentId,
    act: &Act,
    due: &[AssetId],
) -> (Fine, Vec<u32>) {
    let item = match act.on {
        Object::Evidence(item, _) => item,
        _ => None,
    };
    let proofs: Vec<u32> = due
        .iter()
        .filter_map(|asset| proof(facts, incident, act.measure, item, *asset))
        .collect();
    let share = Fine::ratio(proofs.len() as u64, due.len() as u64);
    (share.unwrap_or(Fine::ONE), proofs)
}

/// The assets to which something happened that calls for a measure on them, in order.
fn called_for(facts: &Facts<'_>, incident: IncidentId, measure: Measure) -> Vec<AssetId> {
    let calls = |hit: &Hit<'_>| match measure {
        Measure::Evict => hit.effect == Effect::Compromise,
        Measure::RecallPayment => hit.effect == Effect::Steal,
        Measure::Takedown => hit.effect == Effect::Expose || hit.affects(),
        _ => hit.affects(),
    };
    let hits = facts.hits.iter().filter(|hit| hit.incident == incident);
    let hit = hits.filter(|hit| calls(hit)).map(|hit| hit.asset);
    let mut assets: Vec<AssetId> = hit.collect();
    if matches!(
        measure,
        Measure::Verify | Measure::Accept | Measure::Reconnect
    ) {
        assets.extend(down(facts, incident));
    }
    assets.sort_unstable();
    assets.dedup();
    assets
}

/// The assets that an incident took out of service, each as often as it did.
fn down(facts: &Facts<'_>, incident: IncidentId) -> impl Iterator<Item = AssetId> {
    let spans = facts.states.iter().filter(move |span| {
        span.incident == Some(incident) && span.state == AssetState::OutOfService
    });
    spans.map(|span| span.asset)
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
        Selector::InState(state) => facts
            .states
            .iter()
            .any(|span| span.asset == asset && span.state == *state),
        Selector::Both(all) => all.iter().all(|one| selects(facts, one, asset)),
    }
}

fn speaks_of_state(selector: &Selector) -> bool {
    match selector {
        Selector::InState(_) | Selector::Affected => true,
        Selector::Both(all) => all.iter().any(speaks_of_state),
        _ => false,
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
    let taken = facts.taken.iter().find(|taken| {
        taken.instance.incident == incident
            && taken.asset == Some(asset)
            && taken.effect
            && serves(taken.measure, measure)
    });
    taken
        .map(|taken| taken.entry.number)
        .or_else(|| over(facts, measure, asset))
}

/// Whether a measure does what another is for: a restored asset need not be built anew as well.
fn serves(taken: Measure, wanted: Measure) -> bool {
    let brings_back = |measure| {
        matches!(
            measure,
            Measure::Restore | Measure::Rebuild | Measure::Failover
        )
    };
    taken == wanted || (brings_back(taken) && brings_back(wanted))
}

/// The entry by which the state that a measure is to end was over, however that came about.
fn over(facts: &Facts<'_>, measure: Measure, asset: AssetId) -> Option<u32> {
    let state = match measure {
        Measure::Evict => AssetState::Compromised,
        Measure::Takedown => AssetState::Exposed,
        _ => return None,
    };
    let mut spans = facts
        .states
        .iter()
        .filter(|span| span.asset == asset && span.state == state);
    let last = spans.next_back()?;
    last.until.map(|entry| entry.number)
}
