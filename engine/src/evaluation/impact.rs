//! What the incident cost.

use super::facts::{Facts, StateSpan};
use super::model::{BaselineImpact, OutageOf};
use crate::exercise::{AssetId, AssetState, Money, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The impact of a run.
pub(super) fn impact(facts: &Facts<'_>) -> BaselineImpact {
    let outages = outages(facts);
    let stolen: i64 = facts.hits.iter().map(|hit| hit.money.0).sum();
    let assets: BTreeSet<AssetId> = facts.hits.iter().map(|hit| hit.asset).collect();
    BaselineImpact {
        outage: outages.iter().map(|of| of.outage).sum(),
        loss: Money(loss_by_outage(facts, &outages).saturating_add(stolen - facts.returned)),
        records: records(facts),
        assets: assets.len() as u32,
        data_lost: facts.data_lost,
        outages,
    }
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

/// An asset cannot lose more records than it holds, however often they are taken.
fn records(facts: &Facts<'_>) -> u64 {
    let mut by_asset: BTreeMap<AssetId, u64> = BTreeMap::new();
    for hit in &facts.hits {
        let lost = by_asset.entry(hit.asset).or_default();
        *lost = (*lost + hit.records).min(facts.exercise.asset(hit.asset).holds.max(hit.records));
    }
    by_asset.values().sum()
}

/// The outages of every asset that had one, longest first.
fn outages(facts: &Facts<'_>) -> Vec<OutageOf> {
    let down = facts
        .states
        .iter()
        .filter(|span| span.state == AssetState::OutOfService);
    let mut by_asset: BTreeMap<AssetId, Vec<&StateSpan<'_>>> = BTreeMap::new();
    for span in down {
        by_asset.entry(span.asset).or_default().push(span);
    }
    let mut outages: Vec<OutageOf> = by_asset
        .iter()
        .filter_map(|(asset, spans)| outage(facts, *asset, spans))
        .collect();
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
        past_rto: rto.is_some_and(|rto| length(longest) > rto),
        evidence: [longest.from.number, end?.number],
    })
}
