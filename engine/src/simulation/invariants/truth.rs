//! What is true was seen: a look at everything finds nothing that looks at what changed did not.

use crate::exercise::{
    AssetId, Condition, IncidentId, InjectId, Mark, Measure, ObligationId, Phase, StepId, Trigger,
};
use crate::simulation::incidents::{Danger, Reading, Surroundings};
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::view::MissingWork;

/// The first thing that a look at everything finds, in words.
pub(super) fn unseen(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let before = unlisted_asset(lane)
        .or_else(|| startable_step(lane, scene))
        .or_else(|| armable_inject(lane, scene))
        .or_else(|| containment(lane, scene));
    if !lane.people.act() {
        return before;
    }
    before
        .or_else(|| uncalled_clock(lane, scene))
        .or_else(|| changing_phase(lane, scene))
        .or_else(|| complete_phase(lane, scene))
        .or_else(|| end(lane, scene))
}

fn unlisted_asset(lane: &Lane<'_>) -> Option<String> {
    let mut incidents = lane.incidents.ids();
    let wrong = incidents.find(|incident| !lane.assets.lists_all(*incident))?;
    Some(format!("assets of {wrong:?} are not listed as they are"))
}

fn startable_step(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    let mut holds = |condition: &Condition, of| view.truth(condition, of).is_some();
    let startable = lane.attack.startable(scene, &mut holds);
    Some(format!("{:?} could start", startable.first()?))
}

fn armable_inject(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    let truth = |when: &Condition, of| view.truth(when, of);
    let mut injects = (0..scene.exercise().scenario().injects.len()).map(InjectId::new);
    let overlooked = injects.find(|id| lane.story.armable(scene, *id, &truth).is_some());
    let held = lane.story.held().iter();
    let mut told = held.copied().filter(|id| view.revealed(*id));
    let overlooked = overlooked.or_else(|| told.next())?;
    Some(format!("{overlooked:?} could come"))
}

/// Of exactly those incidents it is said that they are contained, of which a look at every asset and every
/// step says so: one that did something, can do no more, and left no asset both affected and open.
fn containment(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    let exercise = scene.exercise();
    let assets = || (0..exercise.organisation().assets.len()).map(AssetId::new);
    let steps = || (0..exercise.scenario().steps.len()).map(StepId::new);
    lane.incidents.ids().find_map(|incident| {
        let mut holds = |condition: &Condition| view.truth(condition, incident).is_some();
        let did = steps().any(|step| {
            let own = exercise.step(step).incident == incident;
            own && !lane.attack.affected_by(step).is_empty()
        });
        let open = assets()
            .any(|asset| lane.assets.is_affected(incident, asset) && !lane.assets.contained(asset));
        let goes_on = lane
            .attack
            .can_still_harm(lane.assets, scene, incident, &mut holds);
        let contained = did && !open && !goes_on;
        let said = lane.incidents.get(incident).danger == Danger::Contained;
        (contained != said).then(|| format!("{incident:?} is contained: {contained}, said: {said}"))
    })
}

fn uncalled_clock(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let calls = |obligation: ObligationId, incident: IncidentId| {
        let Trigger::Aware { what, .. } = &scene.exercise().obligation(obligation).from else {
            return false;
        };
        lane.incidents.mark(incident, Mark::Observable).is_some()
            && !lane.clocks.is_called_for(obligation, incident)
            && lane.view(scene).truth(what, incident).is_some()
    };
    let obligations = 0..scene.exercise().plan().obligations.len();
    obligations.map(ObligationId::new).find_map(|obligation| {
        let mut incidents = lane.incidents.ids();
        let overlooked = incidents.find(|incident| calls(obligation, *incident))?;
        Some(format!("{overlooked:?} calls for {obligation:?}"))
    })
}

fn changing_phase(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    lane.incidents.ids().find_map(|incident| {
        let around = Surroundings {
            attack: lane.attack,
            assets: lane.assets,
            clocks: lane.clocks,
            scene,
            incident,
            review: lane
                .work
                .first_ready(scene.exercise(), incident, Measure::Review),
        };
        let holds = |condition: &Condition| view.truth(condition, incident).is_some();
        let reading = Reading::of(lane.incidents, &around, &holds);
        lane.incidents.overlooked(&around, &reading)
    })
}

/// A phase that looks complete to who leads, and of which nobody said so.
fn complete_phase(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    lane.incidents.ids().find_map(|incident| {
        let (manager, _) = lane.incidents.get(incident).manager?;
        if lane.people.get(manager).is_human() {
            return None;
        }
        let phases = Phase::ALL.iter().copied();
        let mut open = phases.filter(|of| !lane.incidents.is_declared_complete(incident, *of));
        let complete = |phase: &Phase| {
            let mut missing = MissingWork::default();
            let looks = view.phase_looks_complete(incident, *phase, &mut missing);
            looks.is_some()
        };
        let phase = open.find(complete)?;
        Some(format!("{phase:?} of {incident:?} looks complete"))
    })
}

fn end(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let over = lane.view(scene).is_over();
    over.then(|| "the exercise should have ended".to_owned())
}
