//! What is true was seen: a look at everything finds nothing that looks at what changed did not.

use crate::exercise::{
    Condition, ExerciseTime, Fact, IncidentId, InjectId, Mark, Measure, ObligationId, Trigger,
};
use crate::simulation::incidents::{Reading, Surroundings};
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;

/// The first thing that a look at everything finds, in words.
pub(super) fn unseen(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let before = unlisted_asset(lane)
        .or_else(|| startable_step(lane, scene))
        .or_else(|| armable_inject(lane, scene));
    if scene.now < ExerciseTime::STARTEX {
        return before;
    }
    before
        .or_else(|| uncalled_clock(lane, scene))
        .or_else(|| changing_phase(lane, scene))
        .or_else(|| end(lane, scene))
}

/// Whether a condition asks for a message that was read. That somebody read alone makes nobody look at the
/// truth: what asks for it waits for the next thing that happens.
fn reads(condition: &Condition) -> bool {
    let mut reads = false;
    condition.each_fact(&mut |fact| reads |= matches!(fact, Fact::MessageRead(_)));
    reads
}

fn unlisted_asset(lane: &Lane<'_>) -> Option<String> {
    let mut incidents = lane.incidents.ids();
    let wrong = incidents.find(|incident| !lane.assets.lists_all(*incident))?;
    Some(format!("assets of {wrong:?} are not listed as they are"))
}

fn startable_step(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    let mut holds = |condition: &Condition, of| view.truth(condition, of).is_some();
    let mut steps = lane.attack.startable(scene, &mut holds).into_iter();
    let overlooked = steps.find(|step| {
        let step = scene.exercise().step(*step);
        !step.when.iter().chain(&step.unless).any(reads)
    });
    Some(format!("{:?} could start", overlooked?))
}

fn armable_inject(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    let truth = |when: &Condition, of| view.truth(when, of);
    let mut injects = (0..scene.exercise().scenario().injects.len()).map(InjectId::new);
    let overlooked = injects.find(|id| {
        let reads = scene
            .exercise()
            .inject(*id)
            .when
            .as_ref()
            .is_some_and(reads);
        !reads && lane.story.armable(scene, *id, &truth).is_some()
    });
    let held = lane.story.held().iter();
    let mut told = held.copied().filter(|id| view.revealed(*id));
    let overlooked = overlooked.or_else(|| told.next())?;
    Some(format!("{overlooked:?} could come"))
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
    let steps = &scene.exercise().scenario().steps;
    let steps = steps
        .iter()
        .flat_map(|step| step.when.iter().chain(&step.unless));
    let stages = &scene.exercise().plan().lifecycle;
    let mut own = stages.iter().flat_map(|of| of.entry.iter().chain(&of.exit));
    if steps.into_iter().chain(&mut own).any(reads) {
        return None;
    }
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

fn end(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let scenario = scene.exercise().scenario();
    let holds = lane
        .view(scene)
        .truth(&scenario.ends, scenario.main)
        .is_some();
    (holds && !reads(&scenario.ends)).then(|| "the exercise should have ended".to_owned())
}
