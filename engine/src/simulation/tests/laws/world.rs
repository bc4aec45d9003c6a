//! What holds of the attack and the assets in every record, worked out from its entries alone.

use super::records::{Broken, first, hold, must, remove_first, repeat_first};
use crate::exercise::{
    AssetId, AssetKind, AssetState, Effect, IncidentId, Instance, Measure, StepId, TaskId,
};
use crate::record::{Entry, Event, Outcome, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The truth about assets as the entries so far tell it.
#[derive(Default)]
struct Told {
    states: BTreeSet<(AssetId, Option<IncidentId>, AssetState)>,
    measures: BTreeSet<(AssetId, Measure)>,
    disrupted: BTreeSet<AssetId>,
    /// What work took out of service while it restores it or builds it anew.
    restoring: BTreeSet<(Instance, AssetId)>,
}

impl Told {
    /// Hears of work that takes something out of service for as long as it goes on.
    fn hear_of_work(&mut self, entry: &Entry, record: &Record) {
        match &entry.event {
            Event::AssetChanged {
                asset,
                state: AssetState::OutOfService,
                on: true,
                ..
            } => {
                let cause = entry
                    .cause
                    .map(|number| &record.entries[number as usize - 1]);
                if let Some(
                    Event::TaskStarted { instance, .. } | Event::TaskResumed { instance, .. },
                ) = cause.map(|cause| &cause.event)
                {
                    self.restoring.insert((*instance, *asset));
                }
            }
            Event::TaskEnded { instance, outcome } if *outcome != Outcome::Redo => {
                self.restoring.retain(|(by, _)| by != instance);
            }
            Event::TaskSkipped { instance, .. } => {
                self.restoring.retain(|(by, _)| by != instance);
            }
            _ => {}
        }
    }

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
            Event::TheirsRestored { asset } => {
                self.disrupted.remove(asset);
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
            || self.restoring.iter().any(|(_, on)| *on == asset)
            || below.iter().any(|other| self.is_down(record, *other))
    }
}

fn states_in_turn(record: &Record) -> Result<(), Broken> {
    let mut on: BTreeSet<(AssetId, Option<IncidentId>, AssetState)> = BTreeSet::new();
    for entry in &record.entries {
        if let Event::AssetChanged {
            asset,
            incident,
            state,
            on: now,
        } = entry.event
        {
            let key = (asset, incident, state);
            let changed = if now { on.insert(key) } else { on.remove(&key) };
            must(changed, entry, "a state that it was in before")?;
        }
    }
    Ok(())
}

fn changed(event: &Event) -> bool {
    matches!(event, Event::AssetChanged { .. })
}

#[test]
fn states_of_assets_come_and_go_in_turn() {
    hold(states_in_turn, |record| repeat_first(record, changed));
}

fn steps_in_turn(record: &Record) -> Result<(), Broken> {
    let mut open: BTreeMap<StepId, BTreeSet<AssetId>> = BTreeMap::new();
    let mut ended: BTreeSet<StepId> = BTreeSet::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::StepStarted { step, targets } => open
                .insert(*step, targets.iter().copied().collect())
                .is_none(),
            Event::StepTookEffect { step, asset, .. }
            | Event::StepStopped { step, asset, .. }
            | Event::StepFailed { step, asset } => open
                .get_mut(step)
                .is_some_and(|targets| targets.remove(asset)),
            Event::StepEnded { step, .. } => ended.insert(*step),
            _ => true,
        };
        must(fine, entry, "a step cannot do this now")?;
    }
    let last = record.entries.last().expect("a record has entries");
    let steps = record.header.exercise.scenario().steps.len();
    must(ended.len() == steps, last, "a step was not closed")
}

#[test]
fn every_step_that_starts_ends_and_settles_each_target_at_most_once() {
    let effect = |event: &Event| matches!(event, Event::StepTookEffect { .. });
    let ended = |event: &Event| matches!(event, Event::StepEnded { .. });
    hold(steps_in_turn, move |record| repeat_first(record, effect));
    hold(steps_in_turn, move |record| remove_first(record, ended));
}

fn service_by_cause(record: &Record) -> Result<(), Broken> {
    let mut told = Told::default();
    let entries = &record.entries;
    for (i, entry) in entries.iter().enumerate() {
        told.hear(&entry.event, record);
        told.hear_of_work(entry, record);
        let settled = entries.get(i + 1).is_none_or(|next| next.at > entry.at);
        for asset in 0..record.header.exercise.organisation().assets.len() {
            let asset = AssetId::new(asset);
            let says = told.is(asset, AssetState::OutOfService);
            let fine = !settled || says == told.is_down(record, asset);
            must(
                fine,
                entry,
                "an asset is said to be down and is not, or the other way round",
            )?;
        }
    }
    Ok(())
}

#[test]
fn an_asset_is_out_of_service_exactly_while_something_keeps_it_from_serving() {
    // Where humans act, a facilitator may have changed assets as such.
    let simulated = |run: &super::records::Run| run.record.header.attendance.is_empty();
    super::records::hold_where(simulated, service_by_cause, |record| {
        remove_first(record, |event| {
            let down = AssetState::OutOfService;
            matches!(event, Event::AssetChanged { state, .. } if *state == down)
        })
    });
}

fn measures_stop_steps(record: &Record) -> Result<(), Broken> {
    let mut told = Told::default();
    for entry in &record.entries {
        if let Event::StepTookEffect { step, asset, .. } | Event::StepFailed { step, asset } =
            &entry.event
        {
            let by = &record.header.exercise.step(*step).stopped_by;
            let mut in_effect = by.iter().map(|measure| (*asset, *measure));
            let stopped = in_effect.any(|of| told.measures.contains(&of));
            must(!stopped, entry, "a measure should have stopped it")?;
        }
        told.hear(&entry.event, record);
    }
    Ok(())
}

#[test]
fn no_step_takes_effect_where_a_measure_that_stops_it_is_in_effect() {
    hold(measures_stop_steps, |record| {
        // A measure that stops a step comes to be in effect just before the step takes effect.
        let exercise = std::sync::Arc::clone(&record.header.exercise);
        let found = record.entries.iter().enumerate().find_map(|(at, entry)| {
            let Event::StepTookEffect { step, asset, .. } = entry.event else {
                return None;
            };
            let by = exercise.step(step).stopped_by.first()?;
            Some((at, asset, *by))
        });
        let Some((at, asset, measure)) = found else {
            return false;
        };
        let mut taken = record.entries[at].clone();
        taken.event = Event::MeasureTaken {
            role: crate::exercise::RoleId::new(0),
            instance: Instance {
                task: TaskId::new(0),
                incident: IncidentId::new(0),
                ordinal: 1,
            },
            measure,
            asset: Some(asset),
            effect: true,
        };
        record.entries.insert(at, taken);
        true
    });
}

fn attackers_have_a_foothold(record: &Record) -> Result<(), Broken> {
    let mut told = Told::default();
    let exercise = &record.header.exercise;
    for entry in &record.entries {
        if let Event::StepStarted { step, .. } = &entry.event {
            let mut after = exercise.step(*step).after.iter();
            let inside = after.any(|before| exercise.step(*before).effect == Effect::Compromise);
            let mut states = told.states.iter();
            let foothold = states.any(|(_, _, is)| *is == AssetState::Compromised);
            must(!inside || foothold, entry, "no foothold to start from")?;
        }
        told.hear(&entry.event, record);
    }
    Ok(())
}

#[test]
fn a_step_of_an_attacker_inside_starts_only_within_reach_of_a_foothold() {
    hold(attackers_have_a_foothold, |record| {
        let foothold = |event: &Event| {
            let compromised = AssetState::Compromised;
            matches!(event, Event::AssetChanged { state, .. } if *state == compromised)
        };
        while remove_first(record, foothold) {}
        let exercise = std::sync::Arc::clone(&record.header.exercise);
        record.entries.iter().any(|entry| match &entry.event {
            Event::StepStarted { step, .. } => {
                let mut after = exercise.step(*step).after.iter();
                after.any(|before| exercise.step(*before).effect == Effect::Compromise)
            }
            _ => false,
        })
    });
}

/// Where an incident comes to be contained, everything that the entries say is encrypted, altered or held by
/// it is isolated, off, wiped, evicted or under a measure that contains; and until that is lost, nothing is
/// hit for the first time.
fn contained_in_truth(record: &Record) -> Result<(), Broken> {
    const AFFECTED: [AssetState; 3] = [
        AssetState::Compromised,
        AssetState::Encrypted,
        AssetState::Altered,
    ];
    const CUT: [AssetState; 4] = [
        AssetState::Isolated,
        AssetState::Off,
        AssetState::Wiped,
        AssetState::Evicted,
    ];
    let mut told = Told::default();
    let mut contained: BTreeSet<IncidentId> = BTreeSet::new();
    for entry in &record.entries {
        told.hear(&entry.event, record);
        match &entry.event {
            Event::Contained { incident } => {
                contained.insert(*incident);
                let affected = |of: &AssetState| AFFECTED.contains(of);
                let mut states = told.states.iter();
                let open = states.any(|(asset, behind, state)| {
                    let cut = CUT.iter().any(|cut| told.is(*asset, *cut));
                    let mut measures = Measure::ALL.iter().filter(|of| of.contains());
                    let under = measures.any(|of| told.measures.contains(&(*asset, *of)));
                    *behind == Some(*incident) && affected(state) && !cut && !under
                });
                must(!open, entry, "something affected is open")?;
            }
            Event::ContainmentLost { incident } => {
                contained.remove(incident);
            }
            Event::StepStarted { step, .. } => {
                // A step that starts can do harm, or does again what is done.
                let of = record.header.exercise.step(*step);
                let again = told.states.iter().any(|(_, behind, state)| {
                    *behind == Some(of.incident) && *state == of.effect.row().leaves
                });
                let follows = record.entries.iter().skip(entry.number as usize);
                let mut now = follows.take_while(|next| next.at == entry.at);
                let lost = now.any(|next| {
                    matches!(next.event, Event::ContainmentLost { incident } if incident == of.incident)
                });
                let fine = !contained.contains(&of.incident) || again || lost;
                must(fine, entry, "an attack goes on that is contained")?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn what_is_contained_is_cut_off_and_no_step_of_it_does_anything_new() {
    hold(contained_in_truth, |record| {
        // It is said as soon as something is encrypted or held.
        let affected = |event: &Event| {
            let states = [AssetState::Compromised, AssetState::Encrypted];
            matches!(event, Event::AssetChanged { state, on: true, .. } if states.contains(state))
        };
        let Some(at) = first(record, affected) else {
            return false;
        };
        let Event::AssetChanged {
            incident: Some(incident),
            ..
        } = record.entries[at].event
        else {
            return false;
        };
        let mut said = record.entries[at].clone();
        said.event = Event::Contained { incident };
        record.entries.insert(at + 1, said);
        true
    });
}

fn hauls_fit(record: &Record) -> Result<(), Broken> {
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
            let fine =
                (records > 0) == (by_theft && described.holds > 0) && records <= described.holds;
            must(fine, entry, "more records than the asset holds, or none")?;
        }
    }
    Ok(())
}

#[test]
fn records_that_left_are_those_of_their_assets() {
    hold(hauls_fit, |record| {
        let effect = |event: &Event| matches!(event, Event::StepTookEffect { .. });
        let found = first(record, effect);
        if let Some(at) = found
            && let Event::StepTookEffect { records, .. } = &mut record.entries[at].event
        {
            *records = 1_000_000;
        }
        found.is_some()
    });
}
