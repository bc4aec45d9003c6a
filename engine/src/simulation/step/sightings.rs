//! Sightings: what sources and staff see of the attack, and how word of it starts.

use crate::exercise::{
    AssetId, AssetState, GroupId, IncidentId, Knowable, Mark, MessageId, SourceId, StepId,
};
use crate::knowledge::state_after;
use crate::record::Origin;
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::scene::Scene;
use crate::simulation::verbs::word;
use crate::simulation::{assets, incidents, monitoring};

/// A source raised a signal: it tells whom it has to.
pub(super) fn signal_raised(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (source, step, asset): (SourceId, StepId, AssetId),
    cause: u32,
) {
    let origin = Origin::Signal {
        source,
        step,
        asset,
    };
    let (incident, facts) = facts_of(scene, step, asset);
    observable(lane, scene, incident, cause);
    word::alert(lane, scene, source, origin, &facts, Some(incident), cause);
}

/// A source raised an alarm about nothing: it tells whom it has to.
pub(super) fn false_alarm_raised(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    source: SourceId,
    cause: u32,
) {
    let ordinal = lane.monitoring.false_alarms(source);
    let origin = Origin::FalseAlarm { source, ordinal };
    word::alert(lane, scene, source, origin, &[], None, cause);
}

/// Staff report what they saw.
pub(super) fn staff_reported(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (group, step, asset): (GroupId, StepId, AssetId),
    cause: u32,
) {
    let origin = Origin::Staff { group, step, asset };
    let (incident, mut facts) = facts_of(scene, step, asset);
    if !lane.attack.affected_by(step).contains(&asset) {
        // What went down with something else is not what the step made of that.
        facts[2] = Knowable::Asset(incident, asset, AssetState::OutOfService);
    }
    observable(lane, scene, incident, cause);
    word::staff_report(lane, scene, group, origin, &facts, incident, cause);
}

/// A message was sent: what it reveals can be observed.
pub(super) fn sent(lane: &mut Lane<'_>, scene: Scene<'_>, message: MessageId, cause: u32) {
    let seen = |of| lane.incidents.mark(of, Mark::Observable).is_some();
    if lane.incidents.ids().all(seen) {
        return;
    }
    let mut before = None;
    for incident in lane
        .messages
        .reveals(message)
        .iter()
        .filter_map(|fact| fact.incident())
    {
        if before.replace(incident) != Some(incident) {
            let mark = (incident, Mark::Observable);
            incidents::observed(lane.incidents, lane.out, scene, mark, cause);
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
