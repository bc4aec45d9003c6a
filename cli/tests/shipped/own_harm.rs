//! Whoever cuts off what is affected does no harm of their own: H is 0 for the shipped plan.

use crate::runs::{ALL, SCENARIOS};
use hotwash_engine::evaluation::{Baselines, Evaluation, JudgedKind, evaluate};
use hotwash_engine::exercise::{AssetId, Exercise, Money, Phase, Span};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::collections::BTreeSet;

/// How many runs of each scenario are looked at.
const RUNS: usize = 30;

/// The harm of one's own, as it is judged.
fn judged(evaluation: &Evaluation) -> Money {
    let response = &evaluation.main().phases[Phase::Response.index()];
    let own = response
        .judged_items
        .iter()
        .find_map(|item| match item.kind {
            JudgedKind::Proportion { own, .. } => Some(own),
            _ => None,
        });
    own.expect("something is at stake")
}

/// Whether an asset is one of these, or rests on one.
fn hangs_on(exercise: &Exercise, asset: AssetId, some: &BTreeSet<AssetId>) -> bool {
    let mut below = exercise.asset(asset).depends_on.iter();
    some.contains(&asset) || below.any(|on| hangs_on(exercise, *on, some))
}

#[test]
fn the_shipped_plan_does_no_harm_of_its_own_in_any_scenario() {
    let mut taken_down = 0;
    for (scenario, runs) in SCENARIOS.iter().zip(ALL.iter()) {
        for (index, run) in runs.iter().take(RUNS).enumerate() {
            let exercise = &run.exercise;
            let silent = Setup::of(1, index as u64).with_policy(Policy::NoResponse);
            let silent = simulate(exercise, &silent, Provenance::default());
            let baselines = Baselines {
                no_response: Some(&silent),
                ideal: None,
            };
            let evaluation = evaluate(exercise, &run.record, baselines);
            assert_eq!(judged(&evaluation), Money(0), "{scenario}, run {index}");
            // Asset by asset: what went down by an own measure was hit, would have been, or rests on such.
            let impact = &evaluation.impact;
            let without = impact.no_response.as_ref().expect("it was given");
            let both = impact.actual.outages.iter().chain(&without.outages);
            let hit: BTreeSet<AssetId> = both.filter(|of| of.hit).map(|of| of.asset).collect();
            let own = impact.actual.outages.iter();
            for outage in own.filter(|of| of.own > Span::ZERO) {
                taken_down += 1;
                let is_right = hangs_on(exercise, outage.asset, &hit);
                let asset = &exercise.asset(outage.asset).slug;
                assert!(is_right, "{scenario}, run {index}: {asset}");
            }
        }
    }
    assert!(
        taken_down > RUNS,
        "only {taken_down} outages by own measures"
    );
}
