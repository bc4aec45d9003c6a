//! Renewed attack: the tasks of a phase that re-opened are armed anew once the team learns of it.
//!
//! That a phase re-opens is the truth. The team learns of it by the first word of trouble after that:
//! an alert or an inject that is read, or a fact that nobody knew before.

use crate::exercise::{
    AssetId, Each, IncidentId, Knowable, Measure, Phase, RoleId, StepId, Task, TaskId,
};
use crate::knowledge::{affects, state_after};
use crate::record::MessageKind;
use crate::simulation::incidents;
use crate::simulation::lane::Lane;
use crate::simulation::messages::Message;
use crate::simulation::scene::{Policy, Scene};

/// A message was read.
pub(super) fn read(lane: &mut Lane<'_>, scene: Scene<'_>, message: &Message, cause: u32) {
    let fresh = matches!(message.kind, MessageKind::Alert | MessageKind::Inject);
    if let Some(incident) = message.incident.filter(|_| fresh) {
        learned(lane, scene, incident, &message.reveals, cause);
    }
}

/// A role learned a fact: it is news if no other role knew it.
pub(super) fn fact(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (role, fact): (RoleId, Knowable),
    cause: u32,
) {
    let incident = match fact {
        Knowable::Step(step) => Some(scene.exercise().step(step).incident),
        other => other.incident(),
    };
    let Some(incident) = incident else { return };
    if incidents::renewed_since(lane.incidents, incident).is_none() {
        return;
    }
    let roles = (0..scene.exercise().organisation().roles.len()).map(RoleId::new);
    let mut others = roles.filter(|other| *other != role);
    if others.all(|other| !lane.minds.role(other).has(fact)) {
        learned(lane, scene, incident, &[fact], cause);
    }
}

/// A phase re-opened: in an ideal response everybody knows at once.
pub(super) fn reopened(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId, cause: u32) {
    if scene.policy == Policy::Ideal {
        let facts = lane.view(scene).true_facts(incident);
        learned(lane, scene, incident, &facts, cause);
    }
}

/// A step took effect on an asset: in an ideal response everybody knows at once, and whatever was done
/// there before is known to be undone.
pub(super) fn struck(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (step, asset): (StepId, AssetId),
    cause: u32,
) {
    let of = scene.exercise().step(step);
    let open_again = incidents::renewed_since(lane.incidents, of.incident).is_some();
    if scene.policy == Policy::Ideal && open_again {
        let state = state_after(of.effect);
        let facts = [Knowable::Asset(of.incident, asset, state)];
        do_again(lane, scene, of.incident, &facts, (cause, cause));
    }
}

fn learned(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
    facts: &[Knowable],
    cause: u32,
) {
    if let Some(since) = incidents::renewed_since(lane.incidents, incident) {
        do_again(lane, scene, incident, facts, (since, cause));
    }
}

/// What was done before an entry on the assets that some facts name no longer stands, and the tasks of
/// phases that are open again are ready again.
fn do_again(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
    facts: &[Knowable],
    (since, cause): (u32, u32),
) {
    let trouble = facts.iter().any(|fact| match fact {
        Knowable::Asset(_, _, state) => affects(*state),
        Knowable::Step(_) => true,
        _ => false,
    });
    if !trouble {
        return;
    }
    let fresh = incidents::tell_renewed(lane.incidents, incident);
    lane.watch.missing(incident).ask_again();
    let named: Vec<AssetId> = facts
        .iter()
        .filter_map(|fact| match fact {
            Knowable::Asset(_, asset, state) if affects(*state) => Some(*asset),
            _ => None,
        })
        .collect();
    for (i, task) in scene.exercise().plan().tasks.iter().enumerate() {
        if task.each == Each::Asset && reopens(task.phase) {
            for asset in &named {
                let id = TaskId::new(i);
                if undo(lane, task, incident, (&[*asset], since)) {
                    lane.work.asset_recurs(id, incident, cause, *asset);
                }
            }
        }
        if is_armed_anew(task) {
            let (id, first) = (TaskId::new(i), fresh.contains(&task.phase));
            let undone = undo(lane, task, incident, (&named, since));
            let done = lane.work.claimed_done(id, incident).is_some();
            if (first || undone) && done && lane.work.open(id, incident).is_none() {
                lane.work.again(id, incident, cause);
            }
        }
    }
}

/// What a task did before the phase re-opened, on assets that are in trouble again, has to be done
/// again. Says whether it did anything there.
fn undo(
    lane: &mut Lane<'_>,
    task: &Task,
    incident: IncidentId,
    (named, since): (&[AssetId], u32),
) -> bool {
    let measures: Vec<Measure> = task.does.iter().map(|act| act.measure).collect();
    let mut undone = false;
    for asset in named {
        let taken = lane.work.unapply(incident, &measures, *asset, since);
        undone |= !taken.is_empty();
    }
    undone
}

/// Whether a task of a phase that re-opened has to be done again as a whole: not one that is done once
/// for each occurrence, nor one that only tells people or assembles them, for they have been told.
fn is_armed_anew(task: &Task) -> bool {
    let tells = |measure| {
        matches!(
            measure,
            Measure::Notify
                | Measure::Brief
                | Measure::Activate
                | Measure::Escalate
                | Measure::HandOver
                | Measure::Decide
        )
    };
    let only_tells = !task.does.is_empty() && task.does.iter().all(|act| tells(act.measure));
    reopens(task.phase) && task.each == Each::Incident && !only_tells
}

/// Whether a phase can be open again.
const fn reopens(phase: Phase) -> bool {
    !matches!(phase, Phase::Identification | Phase::Assessment)
}
