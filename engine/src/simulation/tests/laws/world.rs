//! What holds of the attack and the assets in every record, worked out from its entries alone.

use super::entries::{broken, policy, records};
use crate::exercise::{
    AssetId, AssetKind, AssetState, Effect, IncidentId, Knowable, Measure, Object, Selector,
    StepId, TaskId,
};
use crate::record::{Event, Record};
use crate::simulation::Policy;
use std::collections::{BTreeMap, BTreeSet};

/// The truth about assets as the entries so far tell it.
#[derive(Default)]
struct Told {
    states: BTreeSet<(AssetId, Option<IncidentId>, AssetState)>,
    measures: BTreeSet<(AssetId, Measure)>,
    disrupted: BTreeSet<AssetId>,
}

impl Told {
    fn hear(&mut self, event: &Event, record: &Record) {
        match event {
            Event::AssetChanged {
                asset,
                incident,
                state,
                on,
            } => {
                let key = (*asset, *incident, *state);
                if *on {
                    self.states.insert(key);
                } else {
                    self.states.remove(&key);
                }
            }
            Event::MeasureTaken {
                asset: Some(asset),
                measure,
                effect: true,
                ..
            } => {
                self.measures.insert((*asset, *measure));
                let renews = [Measure::Restore, Measure::Rebuild, Measure::Failover];
                if renews.contains(measure) {
                    self.disrupted.remove(asset);
                }
            }
            Event::MeasureLifted { asset, measure } => {
                self.measures.remove(&(*asset, *measure));
            }
            Event::StepTookEffect { step, asset, .. }
                if record.header.exercise.step(*step).effect == Effect::Disrupt =>
            {
                self.disrupted.insert(*asset);
            }
            _ => {}
        }
    }

    fn is(&self, asset: AssetId, state: AssetState) -> bool {
        self.states
            .iter()
            .any(|(of, _, is)| *of == asset && *is == state)
    }

    /// Whether an asset serves, worked out anew.
    fn is_down(&self, record: &Record, asset: AssetId) -> bool {
        let states = [
            AssetState::Encrypted,
            AssetState::Isolated,
            AssetState::Off,
            AssetState::Wiped,
        ];
        let described = record.header.exercise.asset(asset);
        let disabled = [Measure::DisableAccount, Measure::Revoke]
            .iter()
            .any(|measure| self.measures.contains(&(asset, *measure)));
        let rotated = self.measures.contains(&(asset, Measure::RotateCredentials));
        let below = &described.depends_on;
        (described.kind == AssetKind::Account && disabled && !rotated)
            || states.iter().any(|state| self.is(asset, *state))
            || self.disrupted.contains(&asset)
            || below.iter().any(|other| self.is_down(record, *other))
    }
}

#[test]
fn an_asset_is_out_of_service_exactly_while_something_keeps_it_from_serving() {
    for (seed, record) in records() {
        let mut told = Told::default();
        let entries = &record.entries;
        for (i, entry) in entries.iter().enumerate() {
            told.hear(&entry.event, record);
            let settled = entries.get(i + 1).is_none_or(|next| next.at > entry.at);
            for asset in 0..record.header.exercise.organisation().assets.len() {
                let asset = AssetId::new(asset);
                let says = told.is(asset, AssetState::OutOfService);
                if settled && says != told.is_down(record, asset) {
                    let what = format!("asset {} is said to be down: {says}", asset.index());
                    broken(seed, record, entry.number, &what);
                }
            }
        }
    }
}

#[test]
fn no_step_takes_effect_where_a_measure_that_stops_it_is_in_effect() {
    let mut stopped = 0;
    for (seed, record) in records() {
        let mut told = Told::default();
        for entry in &record.entries {
            let measured = |step: StepId, asset: AssetId| {
                let by = &record.header.exercise.step(step).stopped_by;
                by.iter()
                    .any(|measure| told.measures.contains(&(asset, *measure)))
            };
            match &entry.event {
                Event::StepTookEffect { step, asset, .. } | Event::StepFailed { step, asset }
                    if measured(*step, *asset) =>
                {
                    broken(
                        seed,
                        record,
                        entry.number,
                        "a measure should have stopped it",
                    );
                }
                Event::StepStopped { .. } => stopped += 1,
                _ => {}
            }
            told.hear(&entry.event, record);
        }
    }
    assert!(stopped > 0, "the exercises must stop some steps");
}

#[test]
fn a_step_of_an_attacker_inside_starts_only_within_reach_of_a_foothold() {
    for (seed, record) in records() {
        let mut told = Told::default();
        for entry in &record.entries {
            if let Event::StepStarted { step, .. } = &entry.event {
                let after = &record.header.exercise.step(*step).after;
                let inside = after.iter().any(|before| {
                    record.header.exercise.step(*before).effect == Effect::Compromise
                });
                let foothold = told
                    .states
                    .iter()
                    .any(|(_, _, is)| *is == AssetState::Compromised);
                if inside && !foothold {
                    broken(seed, record, entry.number, "no foothold to start from");
                }
            }
            told.hear(&entry.event, record);
        }
    }
}

#[test]
fn measures_are_taken_on_assets_that_somebody_knows_of() {
    for (seed, record) in records().filter(|(seed, _)| policy(*seed) == Policy::People) {
        let mut known: BTreeSet<AssetId> = BTreeSet::new();
        for entry in &record.entries {
            match &entry.event {
                Event::FactLearned {
                    fact: Knowable::Asset(_, asset, _),
                    ..
                } => {
                    known.insert(*asset);
                }
                // A backup that is out is restored before the asset for which it is needed, and a
                // plan may name assets by their kind.
                Event::MeasureTaken {
                    instance,
                    asset: Some(asset),
                    measure,
                    ..
                } if *measure != Measure::Restore
                    && !known.contains(asset)
                    && on_affected(record, instance.task) =>
                {
                    broken(seed, record, entry.number, "nobody knows of this asset");
                }
                _ => {}
            }
        }
    }
}

/// Whether a task is done on affected assets alone.
fn on_affected(record: &Record, task: TaskId) -> bool {
    let mut does = record.header.exercise.task(task).does.iter();
    does.all(|act| {
        matches!(
            &act.on,
            Object::Assets(Selector::Affected) | Object::Evidence(_, Selector::Affected)
        )
    })
}

#[test]
fn what_is_learned_was_read_done_or_shared_before() {
    for (seed, record) in records().filter(|(seed, _)| policy(*seed) == Policy::People) {
        for entry in &record.entries {
            let Event::FactLearned { .. } = entry.event else {
                continue;
            };
            let cause = entry.cause.and_then(|cause| record.entry(cause));
            let fine = cause.is_some_and(|cause| {
                matches!(
                    cause.event,
                    Event::MessageRead { .. }
                        | Event::TaskEnded { .. }
                        | Event::MeasureTaken { .. }
                        | Event::FactLearned { .. }
                        | Event::RoomOpened { .. }
                        | Event::RoomJoined { .. }
                        | Event::IncidentRejected { .. }
                )
            });
            if !fine {
                broken(
                    seed,
                    record,
                    entry.number,
                    &format!("learned from {cause:?}"),
                );
            }
        }
    }
}

#[test]
fn records_that_left_are_those_of_their_assets() {
    for (_, record) in records() {
        let mut taken: BTreeMap<AssetId, u64> = BTreeMap::new();
        for entry in &record.entries {
            if let Event::StepTookEffect {
                step,
                asset,
                records,
                ..
            } = entry.event
            {
                let described = record.header.exercise.asset(asset);
                let effect = record.header.exercise.step(step).effect;
                let by_theft = matches!(effect, Effect::Exfiltrate | Effect::Expose);
                assert_eq!(records > 0, by_theft && described.holds > 0);
                assert!(records <= described.holds);
                *taken.entry(asset).or_default() += records;
            }
        }
    }
}
