//! Expectations: what players should do after an inject, and whether they did.

use crate::exercise::{Act, AssetId, ExpectationId, IncidentId, InjectId, Measure, Object};
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::story;
use crate::simulation::verbs::word;

pub(super) fn delivered(lane: &mut Lane<'_>, scene: Scene<'_>, inject: InjectId, cause: u32) {
    let ordinal = lane.story.delivery_count(inject);
    word::inject(lane, scene, inject, ordinal, cause);
    let incidents = &lane.incidents;
    let since = |incident, mark| incidents.mark(incident, mark).map(|(at, _)| at);
    let opened = story::open_expectations(lane.story, lane.agenda, scene, inject, cause, &since);
    for expectation in opened {
        if done_before(lane, scene, expectation) {
            story::meet(lane.story, lane.agenda, lane.out, expectation, cause);
        }
    }
}

/// Whether the team had done what an expectation asks for before anybody asked.
pub(super) fn done_before(lane: &Lane<'_>, scene: Scene<'_>, id: ExpectationId) -> bool {
    let expectation = &scene.exercise().scenario().expectations[id.index()];
    let incident = expectation.incident;
    let taken = lane
        .incidents
        .get(incident)
        .taken
        .get(expectation.act.measure)
        .is_some();
    match &expectation.act.on {
        Object::Incident | Object::Evidence(..) => taken,
        Object::Stakeholder(kind) => lane.story.notified(*kind).is_some(),
        Object::Assets(selector) => {
            let all = 0..scene.exercise().organisation().assets.len();
            all.map(AssetId::new).any(|asset| {
                lane.assets.in_effect(expectation.act.measure, asset)
                    && lane.assets.selects(scene, selector, asset, Some(incident))
            })
        }
    }
}

/// What was done, in the terms of expectations.
pub(super) enum Done {
    Measure(Measure, Option<AssetId>),
    Evidence(crate::exercise::EvidenceItem, AssetId),
    Told(crate::exercise::StakeholderKind),
}

pub(super) fn meet_expectations(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
    done: &Done,
    cause: u32,
) {
    for (i, expectation) in scene.exercise().scenario().expectations.iter().enumerate() {
        let id = ExpectationId::new(i);
        if expectation.incident != incident
            || !lane.story.can_be_met(id)
            || !answers(lane, scene, incident, &expectation.act, done)
        {
            continue;
        }
        let too_late = expectation.before.as_ref().is_some_and(|before| {
            lane.incidents
                .get(incident)
                .taken
                .get(before.measure)
                .is_some()
        });
        if !too_late {
            story::meet(lane.story, lane.agenda, lane.out, id, cause);
        }
    }
}

/// Whether what was done is what an act asks for.
pub(super) fn answers(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
    act: &Act,
    done: &Done,
) -> bool {
    let selected = |selector, asset| {
        lane.assets.selects(scene, selector, asset, Some(incident))
            || lane
                .assets
                .ever_affected(incident)
                .any(|affected| affected == asset)
    };
    match (&act.on, done) {
        (Object::Incident, Done::Measure(measure, _)) => *measure == act.measure,
        (Object::Assets(selector), Done::Measure(measure, Some(asset))) => {
            *measure == act.measure && selected(selector, *asset)
        }
        (Object::Evidence(item, selector), Done::Evidence(kept, asset)) => {
            item.is_none_or(|item| item == *kept) && selected(selector, *asset)
        }
        (Object::Stakeholder(kind), Done::Told(told)) => kind == told,
        _ => false,
    }
}
