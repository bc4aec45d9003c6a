//! Renewed attack: the tasks of a phase that re-opened are armed anew once the team learns of it.
//!
//! That a phase re-opens is the truth. The team learns of it by the first word of trouble after that:
//! an alert or an inject that is read, or a fact that nobody knew before.

use crate::exercise::{
    AssetId, AssetState, CalledBy, Each, Effect, Few, IncidentId, Knowable, Measure, MessageId,
    Phase, RoleId, StepId, Task, TaskId,
};
use crate::knowledge::{affects, state_after};
use crate::record::MessageKind;
use crate::simulation::incidents;
use crate::simulation::lane::Lane;
use crate::simulation::scene::{Policy, Scene};

/// A message was read.
pub(super) fn read(lane: &mut Lane<'_>, scene: Scene<'_>, id: MessageId, cause: u32) {
    let message = lane.messages.get(id);
    let fresh = matches!(message.kind, MessageKind::Alert | MessageKind::Inject);
    let Some(incident) = message.incident.filter(|_| fresh) else {
        return;
    };
    if let Some(since) = incidents::renewed_since(lane.incidents, incident) {
        let told = lane.messages.reveals(id).iter().copied();
        let news = told.filter(|fact| !is_old(lane, scene, *fact, since));
        let trouble = Trouble::of(news);
        learned(lane, scene, incident, &trouble, cause);
    }
}

/// Whether a fact is no news after an entry: somebody knew it before, and who looks finds it mended.
fn is_old(lane: &Lane<'_>, scene: Scene<'_>, fact: Knowable, since: u32) -> bool {
    let mended = match fact {
        Knowable::Asset(_, asset, state) => !lane.assets.in_state(scene, asset, state),
        _ => true,
    };
    let mut roles = (0..scene.exercise().organisation().roles.len()).map(RoleId::new);
    mended && roles.any(|role| lane.minds.entry(role, fact).is_some_and(|by| by < since))
}

/// The trouble of which some facts tell.
struct Trouble {
    /// Whether they tell of any: of a step of the attack, or of assets that it affects.
    any: bool,
    /// What happened to which assets.
    on: Few<(AssetId, AssetState)>,
}

impl Trouble {
    fn of(facts: impl IntoIterator<Item = Knowable>) -> Self {
        let (mut any, mut on) = (false, Few::new());
        for fact in facts {
            match fact {
                Knowable::Asset(_, asset, state) => {
                    any |= affects(state);
                    on.push((asset, state));
                }
                Knowable::Step(_) => any = true,
                _ => {}
            }
        }
        Self { any, on }
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
        learned(lane, scene, incident, &Trouble::of([fact]), cause);
    }
}

/// A phase re-opened: in an ideal response everybody knows at once.
pub(super) fn reopened(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId, cause: u32) {
    if scene.policy == Policy::Ideal {
        // What was mended since is no trouble any more.
        let lasts = |fact: &Knowable| match fact {
            Knowable::Asset(_, asset, state) => lane.assets.in_state(scene, *asset, *state),
            _ => true,
        };
        let trouble = Trouble::of(lane.view(scene).true_facts(incident).filter(lasts));
        learned(lane, scene, incident, &trouble, cause);
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
        let trouble = Trouble::of([Knowable::Asset(of.incident, asset, state)]);
        do_again(lane, scene, of.incident, &trouble, (cause, cause));
    }
}

fn learned(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
    trouble: &Trouble,
    cause: u32,
) {
    if let Some(since) = incidents::renewed_since(lane.incidents, incident) {
        do_again(lane, scene, incident, trouble, (since, cause));
    }
}

/// What was done before an entry on the assets that some facts name no longer stands, and the tasks of
/// phases that are open again are ready again.
fn do_again(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
    trouble: &Trouble,
    (since, cause): (u32, u32),
) {
    if !trouble.any {
        return;
    }
    let fresh = incidents::tell_renewed(lane.incidents, lane.out, incident, cause);
    let named = &trouble.on[..];
    for (i, task) in scene.exercise().plan().tasks.iter().enumerate() {
        if task.each == Each::Asset && reopens(task.phase) {
            for one in named {
                let id = TaskId::new(i);
                if undo(lane, task, incident, (&[*one], since)) {
                    lane.work.asset_recurs(id, incident, cause, one.0);
                }
            }
        }
        if is_armed_anew(task) {
            let (id, first) = (TaskId::new(i), fresh.contains(&task.phase));
            let undone = undo(lane, task, incident, (named, since));
            let done = lane.work.claimed_done(id, incident).is_some();
            if (first || undone) && done && lane.work.open(id, incident).is_none() {
                lane.work.again(id, incident, cause);
            }
        }
    }
}

/// What a task did before the phase re-opened, on assets that are in trouble again, has to be done
/// again, as far as the trouble undoes it. Says whether it did anything there.
fn undo(
    lane: &mut Lane<'_>,
    task: &Task,
    incident: IncidentId,
    (named, since): (&[(AssetId, AssetState)], u32),
) -> bool {
    let mut undone = false;
    for (asset, state) in named {
        let measures = task.does.iter().map(|act| act.measure);
        let measures: Few<Measure> = measures.filter(|of| undoes(*state, *of)).collect();
        let taken = lane.work.unapply(incident, &measures, *asset, since);
        undone |= !taken.is_empty();
    }
    undone
}

/// Whether a measure has to be taken again on an asset once that is in a state again: all that was done
/// where the asset is affected; where data or money left, only what was done against that.
fn undoes(state: AssetState, measure: Measure) -> bool {
    match state {
        AssetState::Exposed => measure.is_undone_by(Effect::Expose),
        AssetState::Exfiltrated => measure.row().called_by == CalledBy::Theft,
        other => affects(other),
    }
}

/// Whether a task of a phase that re-opened has to be done again as a whole: not one that is done once
/// for each occurrence, nor one that only tells people or assembles them, for they have been told.
fn is_armed_anew(task: &Task) -> bool {
    let only_tells = !task.does.is_empty() && task.does.iter().all(|act| act.measure.row().tells);
    reopens(task.phase) && task.each == Each::Incident && !only_tells
}

/// Whether a phase can be open again.
const fn reopens(phase: Phase) -> bool {
    !matches!(phase, Phase::Identification | Phase::Assessment)
}
