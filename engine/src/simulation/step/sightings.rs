//! Sightings: what sources and staff see of the attack, and how word of it starts.

use crate::exercise::{AssetId, IncidentId, Knowable, Mark, StepId};
use crate::knowledge::state_after;
use crate::record::{Event, Origin};
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::scene::Scene;
use crate::simulation::verbs::word;
use crate::simulation::{assets, incidents, monitoring};

/// A source raised a signal or an alarm about nothing, or staff report what they saw: they tell whom they
/// have to.
pub(super) fn raised(lane: &mut Lane<'_>, scene: Scene<'_>, event: &Event, cause: u32) {
    match *event {
        Event::SignalRaised {
            source,
            step,
            asset,
        } => {
            let origin = Origin::Signal {
                source,
                step,
                asset,
            };
            let (incident, facts) = facts_of(scene, step, asset);
            observable(lane, scene, incident, cause);
            word::alert(lane, scene, source, origin, &facts, Some(incident), cause);
        }
        Event::FalseAlarmRaised { source } => {
            let ordinal = lane.monitoring.false_alarms(source);
            let origin = Origin::FalseAlarm { source, ordinal };
            word::alert(lane, scene, source, origin, &[], None, cause);
        }
        Event::StaffReported { group, step, asset } => {
            let origin = Origin::Staff { group, step, asset };
            let (incident, facts) = facts_of(scene, step, asset);
            observable(lane, scene, incident, cause);
            word::staff_report(lane, scene, group, origin, &facts, incident, cause);
        }
        _ => {}
    }
}

/// A message was sent: what it reveals can be observed.
pub(super) fn sent(lane: &mut Lane<'_>, scene: Scene<'_>, reveals: &[Knowable], cause: u32) {
    let mut before = None;
    for incident in reveals.iter().filter_map(|fact| fact.incident()) {
        if before.replace(incident) != Some(incident) {
            observable(lane, scene, incident, cause);
        }
    }
}

/// An incident can be observed from its first signal or revealing message on.
fn observable(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId, cause: u32) {
    let mark = (incident, Mark::Observable);
    incidents::observed(lane.incidents, lane.out, scene, mark, cause);
}

pub(super) fn struck(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (step, asset): (StepId, AssetId),
    cause: u32,
) {
    assets::struck(
        lane.assets,
        lane.agenda,
        lane.out,
        scene,
        step,
        asset,
        cause,
    );
    let seen = (step, asset);
    monitoring::look(
        lane.monitoring,
        lane.assets,
        lane.agenda,
        scene,
        seen,
        cause,
    );
    lane.out.mark(Changed::WORLD);
}

/// What a signal about a step on an asset tells.
fn facts_of(scene: Scene<'_>, step: StepId, asset: AssetId) -> (IncidentId, [Knowable; 3]) {
    let described = scene.exercise().step(step);
    let incident = described.incident;
    let state = state_after(described.effect);
    let facts = [
        Knowable::Alerted(incident),
        Knowable::Step(step),
        Knowable::Asset(incident, asset, state),
    ];
    (incident, facts)
}
