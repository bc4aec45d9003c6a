//! Findings about what it cost.

use super::roots::{self, Root};
use super::{Case, Draft};
use crate::evaluation::Correction;
use crate::evaluation::facts::StateSpan;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::exercise::{AssetId, AssetState, CauseCode, Effect, RiskId, Span, StepId};
use crate::record::{Entry, Event, StepOutcome};
use std::collections::BTreeMap;

/// What: an asset was out of service for longer than its recovery time objective, or what stood on it was.
/// Why: the objective is what the business said it can bear. An asset that went down because another did is
/// for that one to answer: it is found of both, and hangs on the other.
pub(super) fn rto_exceeded(case: &Case<'_>) -> Vec<Draft> {
    let mut by_asset: BTreeMap<AssetId, Vec<StateSpan<'_>>> = BTreeMap::new();
    for span in case.facts.states.iter() {
        let rto = case.facts.exercise.asset(span.asset).rto;
        let down = span.state == AssetState::OutOfService;
        if down
            && length(case, span)
                .zip(rto)
                .is_some_and(|(it, rto)| it > rto)
        {
            by_asset.entry(span.asset).or_default().push(*span);
        }
    }
    let mut drafts: BTreeMap<AssetId, Draft> = BTreeMap::new();
    let mut stood_on: BTreeMap<AssetId, (StateSpan<'_>, Vec<StateSpan<'_>>)> = BTreeMap::new();
    for (asset, outages) in &by_asset {
        let longest = outages.iter().max_by_key(|span| length(case, span));
        let began = longest.map(|longest| (longest, roots::of_outage(case, longest)));
        let root = began.and_then(|(_, (_, root))| root);
        if let Some((longest, (first, _))) = began.filter(|(_, (of, _))| of.asset != *asset) {
            let (_, others) = stood_on.entry(first.asset).or_insert((first, Vec::new()));
            others.push(*longest);
        }
        let stands_on = began.map(|(_, (first, _))| Root::Down(first.asset));
        let draft = outage(case, *asset, outages).rooted(root).rooted(stands_on);
        drafts.insert(*asset, draft);
    }
    for (asset, (first, others)) in stood_on {
        let own = drafts.remove(&asset);
        let own = own.unwrap_or_else(|| outage(case, asset, &[first]));
        let (_, root) = roots::of_outage(case, &first);
        let with = own.rooted(root).rooted([Root::Down(asset)]);
        let begun = others.iter().map(|span| span.from);
        let weight = others.iter().map(|span| weight(case, span)).max();
        let spoken = Draft {
            // What others stand on speaks for them.
            weight: with.weight.max(weight.unwrap_or(0)) + 1,
            ..with.seen(begun)
        };
        drafts.insert(asset, spoken);
    }
    drafts.into_values().collect()
}

/// How long an outage lasted; `None` in a record that does not say.
fn length(case: &Case<'_>, span: &StateSpan<'_>) -> Option<Span> {
    let until = span.until.or(case.facts.ended)?;
    Some(until.at - span.from.at)
}

/// What an outage that was too long weighs: the longer, the more, up to a bound.
fn weight(case: &Case<'_>, span: &StateSpan<'_>) -> u64 {
    let hours = length(case, span).map_or(0, |of| of.0 / Span::HOUR.0);
    2_000 + hours.unsigned_abs().min(1_000)
}

fn outage(case: &Case<'_>, asset: AssetId, outages: &[StateSpan<'_>]) -> Draft {
    let weights = outages.iter().map(|span| weight(case, span));
    let begun = outages.iter().map(|span| span.from);
    let ended = outages
        .iter()
        .filter_map(|span| span.until.or(case.facts.ended));
    let kind = FindingKind::ObjectiveExceeded;
    let weight = weights.max().unwrap_or(0);
    Draft::new(kind, FindingSubject::Asset(asset), weight)
        .seen(begun.take(8))
        .seen(ended.take(4))
        .try_these([Correction::ProvideStandby(asset)])
}

/// What: more data was lost on restoring an asset than its recovery point objective accepts.
/// Why: the objective is what the business said it can bear.
pub(super) fn data_loss_exceeded(case: &Case<'_>) -> Vec<Draft> {
    let mut by_asset: BTreeMap<AssetId, Vec<&Entry>> = BTreeMap::new();
    for entry in case.facts.entries {
        if let Event::DataLost { asset, span } = entry.event {
            let rpo = case.facts.exercise.asset(asset).rpo;
            if rpo.is_some_and(|rpo| span > rpo) {
                by_asset.entry(asset).or_default().push(entry);
            }
        }
    }
    by_asset
        .into_iter()
        .map(|(asset, entries)| {
            let kind = FindingKind::DataLossExceeded;
            let lost = entries.first();
            let root = lost.and_then(|lost| roots::of_lost_data(case, asset, lost));
            Draft::new(kind, FindingSubject::Asset(asset), 1_800)
                .seen(entries)
                .rooted(root)
                .try_these([Correction::BackUpOftener(asset)])
        })
        .collect()
}

/// What: the loss or an outage of the run is more than the owner of a risk accepts that the scenario
/// exercises: the risk names the scenario, or one of its tags.
/// Why: the risk is to be treated, or accepted anew. Where it has an owner and a treatment, these
/// misjudge it; the oftener it is expected, the more it weighs (illustrative).
pub(super) fn appetite_exceeded(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let scenario = case.facts.exercise.scenario().slug.as_str();
    let risks = case.facts.exercise.organisation().risks.iter().enumerate();
    let tags =
        &case.facts.exercise.scenario().incidents[case.facts.exercise.scenario().main.index()].tags;
    let of_scenario = risks.filter(|(_, risk)| {
        let exercised = risk.scenario.as_ref();
        exercised.is_some_and(|id| id == scenario || tags.contains(id))
    });
    let actual = &case.impact.actual;
    let longest = actual.outages.iter().map(|of| of.longest).max();
    let exceeded = of_scenario.filter(|(_, risk)| {
        let loss = risk.appetite.is_some_and(|most| actual.loss > most);
        let outage = risk.accepted_outage.zip(longest);
        loss || outage.is_some_and(|(most, longest)| longest > most)
    });
    exceeded
        .map(|(i, described)| {
            let risk = RiskId::new(i);
            let is_treated = described.owner.is_some() && !described.treatment.is_empty();
            let outages = actual.outages.iter().map(|of| of.evidence[0]);
            let thefts = case
                .facts
                .hits
                .iter()
                .filter(|hit| hit.effect == Effect::Steal);
            Draft::new(
                FindingKind::AppetiteExceeded,
                FindingSubject::Risk(risk),
                1_200 + u64::from(described.per_thousand_years.min(500)),
            )
            .because(if is_treated {
                CauseCode::Misjudged
            } else {
                CauseCode::NoProcedure
            })
            .seen([ended])
            .seen(thefts.map(|hit| hit.entry).take(4))
            .citing(outages)
            .try_these([Correction::TreatRisk(risk)])
        })
        .collect()
}

/// What: a measure stopped the attack, and no step that ends it took effect.
/// Why: what works is to be kept.
pub(super) fn attack_stopped(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let steps = &case.facts.exercise.scenario().steps;
    let leads_on = |step: StepId| {
        let mut later = steps.iter();
        later.any(|later| later.after.contains(&step) || later.after_any.contains(&step))
    };
    let finished = case.facts.hits.iter().any(|hit| !leads_on(hit.step));
    let stopped: Vec<&Entry> = case
        .facts
        .entries
        .iter()
        .filter(|entry| match entry.event {
            Event::StepStopped { .. } => true,
            Event::StepEnded { outcome, .. } => outcome == StepOutcome::Stopped,
            _ => false,
        })
        .collect();
    if finished || stopped.is_empty() {
        return Vec::new();
    }
    let draft = Draft::new(FindingKind::AttackStopped, FindingSubject::Run, 4_000)
        .seen([ended])
        .seen(stopped);
    vec![draft]
}
