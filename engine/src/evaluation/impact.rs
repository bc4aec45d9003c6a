//! What the incident cost.

use super::facts::{Facts, Hit, StateSpan};
use super::model::{BaselineImpact, OutageOf};
use super::proportion::{is_hit, own_outages};
use crate::exercise::{AssetId, AssetState, Money, Span};
use crate::leak::Leak;
use std::collections::BTreeSet;

/// The impact of a run.
pub(super) fn impact(facts: &Facts<'_>) -> BaselineImpact {
    let outages = outages(facts);
    let stolen: i64 = facts.hits.iter().map(|hit| hit.money.0).sum();
    let mut hits: Vec<&Hit<'_>> = facts.hits.iter().collect();
    hits.sort_by_key(|hit| hit.asset);
    let by_asset = || hits.chunk_by(|one, other| one.asset == other.asset);
    let loss_of_records = loss_of_records(facts, by_asset());
    let loss = loss_by_outage(facts, &outages).saturating_add(stolen - facts.returned);
    BaselineImpact {
        outage: outages.iter().map(|of| of.outage).sum(),
        loss: Money(loss.saturating_add(loss_of_records.0)),
        loss_of_records,
        records: by_asset().map(|hits| records(facts, hits)).sum(),
        assets: by_asset().count() as u32,
        harms: harms(&hits),
        data_lost: facts.data_lost,
        never_restored: never_restored(facts),
        outages,
    }
}

/// How many effects the attack had, each on an asset counted once.
fn harms(hits: &[&Hit<'_>]) -> u32 {
    let effects: BTreeSet<_> = hits.iter().map(|hit| (hit.asset, hit.effect)).collect();
    effects.len() as u32
}

/// What the records that are out cost at the organisation's price.
fn loss_of_records<'h, 'a: 'h>(
    facts: &Facts<'_>,
    by_asset: impl Iterator<Item = &'h [&'h Hit<'a>]>,
) -> Money {
    let price = facts.exercise.organisation().per_record;
    let loss = by_asset.filter_map(|hits| {
        let on = price.on(facts.exercise.asset(hits.first()?.asset));
        Some(i128::from(records(facts, hits)) * i128::from(on.0))
    });
    Money(i64::try_from(loss.sum::<i128>()).unwrap_or(i64::MAX))
}

/// The assets whose data is encrypted or wiped at the end.
fn never_restored(facts: &Facts<'_>) -> Vec<AssetId> {
    let gone = |span: &&StateSpan<'_>| {
        let lost = matches!(span.state, AssetState::Encrypted | AssetState::Wiped);
        lost && span.until.is_none()
    };
    let gone = facts.states.iter().filter(gone).map(|span| span.asset);
    let gone: BTreeSet<AssetId> = gone.collect();
    gone.into_iter().collect()
}

/// Rates are integrated over all outages before anything is divided.
fn loss_by_outage(facts: &Facts<'_>, outages: &[OutageOf]) -> i64 {
    let per_hour = |of: &OutageOf| i128::from(facts.exercise.asset(of.asset).loss_per_hour.0);
    let sum: i128 = outages
        .iter()
        .map(|of| i128::from(of.outage.0) * per_hour(of))
        .sum();
    let hour = i128::from(Span::HOUR.0);
    i64::try_from((sum + hour / 2).div_euclid(hour)).unwrap_or(i64::MAX)
}

/// What one asset lost: each record once, however often it leaves.
fn records(facts: &Facts<'_>, hits: &[&Hit<'_>]) -> u64 {
    let mut leak = Leak::default();
    for hit in hits {
        let holds = facts.exercise.asset(hit.asset).holds;
        leak.add(hit.effect, hit.records, holds);
    }
    leak.records()
}

/// The outages of every asset that had one, longest first.
fn outages(facts: &Facts<'_>) -> Vec<OutageOf> {
    let states = facts.states.iter();
    let down = states.filter(|span| span.state == AssetState::OutOfService);
    let mut down: Vec<&StateSpan<'_>> = down.collect();
    down.sort_by_key(|span| span.asset);
    let by_asset = down.chunk_by(|one, other| one.asset == other.asset);
    let outages = by_asset.filter_map(|spans| outage(facts, spans.first()?.asset, spans));
    let mut outages: Vec<OutageOf> = outages.collect();
    for own in own_outages(facts) {
        if let Some(of) = outages.iter_mut().find(|of| of.asset == own.asset) {
            of.own += own.span;
        }
    }
    outages.sort_by_key(|of| (std::cmp::Reverse(of.outage), of.asset));
    outages
}

fn outage(facts: &Facts<'_>, asset: AssetId, spans: &[&StateSpan<'_>]) -> Option<OutageOf> {
    let length = |span: &StateSpan<'_>| {
        let until = span.until.map_or(facts.ended_at, |entry| entry.at);
        (until - span.from.at).max(Span::ZERO)
    };
    let longest = spans.iter().max_by_key(|span| length(span))?;
    let end = longest.until.or(facts.ended).or(facts.entries.last());
    let rto = facts.exercise.asset(asset).rto;
    Some(OutageOf {
        asset,
        outage: spans.iter().map(|span| length(span)).sum(),
        longest: length(longest),
        own: Span::ZERO,
        hit: is_hit(facts, asset),
        past_rto: rto.is_some_and(|rto| length(longest) > rto),
        evidence: [longest.from.number, end?.number],
    })
}
