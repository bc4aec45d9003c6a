//! Cutting off sooner saves assets and costs none, where the set is fixed and nothing depends on it.
//!
//! In general it can cost: an attacker who takes one target of several takes another where the first
//! is out of reach, and a step that ends sooner may be followed by one that comes before something else
//! is in place. So every step takes all it can reach, and there is one instant of isolation.

use super::runner::{Runner, Verdict, holds_and_can_fail, known_from_startex, made, spoiled};
use crate::exercise::{
    AssetId, AssetKind, BasisPoints, Condition, Effect, Exercise, Law, Measure, Object, Phase,
    Pick, Selector, Span, Step, StepId, Task,
};
use crate::generator::Numbers;
use crate::record::{Event, Record};
use crate::simulation::fixture;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The latest isolation.
const LATEST: Span = Span::hours(40);

/// An attack that spreads over a network of which the file servers are cut off after a time.
fn spreading(seed: u64, after: Span) -> Arc<Exercise> {
    let n = &mut Numbers::new(seed);
    let mut parts = fixture::parts();
    parts.organisation.tireless = true;
    let kinds = [
        AssetKind::FileServer,
        AssetKind::Workstation,
        AssetKind::Database,
    ];
    let assets = 4 + n.below(5);
    parts.organisation.assets = (0..assets)
        .map(|i| fixture::asset(&format!("a{i}"), n.pick(&kinds)))
        .collect();
    parts.organisation.assets[1].kind = AssetKind::FileServer;
    let ids: Vec<AssetId> = (0..assets).map(AssetId::new).collect();
    let pairs = ids.iter().flat_map(|a| ids.iter().map(move |b| (*a, *b)));
    let pairs: Vec<_> = pairs.filter(|(a, b)| a < b).collect();
    parts.organisation.network = Some(n.some(&pairs, 45));
    parts.scenario.steps = (0..3 + n.below(5)).map(|i| step(n, i)).collect();
    known_from_startex(&mut parts);
    parts.plan.tasks = vec![Task {
        takes: Law::Fixed(after),
        when: Some(Condition::All(vec![])),
        does: vec![fixture::act(
            Measure::Isolate,
            Object::Assets(Selector::Kind(AssetKind::FileServer)),
        )],
        ..fixture::task("isolate", Phase::Response, Measure::Isolate)
    }];
    made(parts)
}

fn step(n: &mut Numbers, i: usize) -> Step {
    let kinds = [
        AssetKind::FileServer,
        AssetKind::Workstation,
        AssetKind::Database,
    ];
    let kind = n.pick(&kinds);
    let targets = if i == 0 {
        Selector::Asset(AssetId::new(0))
    } else {
        n.pick(&[
            Selector::Everything,
            Selector::Everything,
            Selector::Kind(kind),
        ])
    };
    Step {
        after: if i == 0 {
            vec![]
        } else {
            vec![StepId::new(n.below(i))]
        },
        takes: n.law(500),
        delay: n.percent(30).then(|| n.law(300)),
        pick: Pick::Each,
        targets,
        chance: n.pick(&[BasisPoints::ONE, BasisPoints(6_000)]),
        stopped_by: if n.percent(50) {
            vec![Measure::Isolate]
        } else {
            vec![]
        },
        ..fixture::step(&format!("x{i}"), Effect::Compromise)
    }
}

/// What the attack did to which assets.
fn struck(record: &Record) -> BTreeSet<AssetId> {
    let effects = record.entries.iter().filter_map(|entry| match entry.event {
        Event::StepTookEffect { asset, .. } => Some(asset),
        _ => None,
    });
    effects.collect()
}

fn a_subset_is_compromised(run: Runner<'_>) -> Verdict {
    let mut fewer = 0;
    for seed in 0..120 {
        let n = &mut Numbers::new(seed + 900);
        let late = n.minutes(LATEST.0 as usize / 60_000 - 1);
        let early = Span(1 + late.0 * n.below(1_000) as i64 / 1_000);
        let late = struck(&run(&spreading(seed, late), seed, 0));
        let early = struck(&run(&spreading(seed, early), seed, 0));
        if !early.is_subset(&late) {
            return Err(format!(
                "exercise {seed}: {early:?} is no subset of {late:?}"
            ));
        }
        fewer += usize::from(early.len() < late.len());
    }
    (fewer > 5)
        .then_some(())
        .ok_or_else(|| format!("fewer in {fewer} exercises only"))
}

#[test]
fn isolating_a_fixed_set_earlier_leaves_a_subset_compromised() {
    let turned = spoiled(|parts| {
        if let Law::Fixed(after) = parts.plan.tasks[0].takes {
            parts.plan.tasks[0].takes = Law::Fixed(LATEST - after);
        }
    });
    let ignored = spoiled(|parts| parts.plan.tasks.clear());
    // The condition that every step takes all it can reach is needed.
    let choosy = spoiled(|parts| {
        for step in &mut parts.scenario.steps {
            step.pick = Pick::One;
        }
    });
    holds_and_can_fail(
        a_subset_is_compromised,
        &[
            ("late is early", &turned),
            ("isolation is ignored", &ignored),
            ("the attacker takes one of several", &choosy),
        ],
    );
}
