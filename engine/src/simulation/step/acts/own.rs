//! `Take`: a measure of one's own. It is work like any other.
//!
//! Where work of the plan waits that takes this measure on this, that is what begins. Else pieces of their own
//! come to be, one for each asset, and the doer works on one after the other. What is refused is refused for
//! what the person knows, never for what is true.

use super::possible::{Possible, can_begin, known, unless};
use crate::exercise::{
    Act, AssetId, Exercise, IncidentId, Measure, Object, PersonId, RoleId, Selector,
};
use crate::record::{Actor, Refusal, Which};
use crate::simulation::evidence_items;
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::step::assigning;
use crate::simulation::verbs::word;
use crate::simulation::work::{
    self, Approval, Assignment, Own, Readiness, Standing, State, has_authority,
};

/// What taking a measure comes to.
enum Taking {
    /// Work of the plan begins.
    OfPlan(Assignment),
    /// Pieces of their own come to be.
    Own(Vec<Own>),
}

/// Whether a person can take a measure now, or why not.
pub(super) fn can_take(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId, act: &Act) -> Possible {
    taking(lane, scene, person, act).map(|_| ())
}

/// A person takes a measure, because of an entry.
pub(super) fn take(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    act: &Act,
    cause: u32,
) {
    match taking(lane, scene, person, act) {
        Ok(Taking::OfPlan(assignment)) => assigning::start(lane, scene, &assignment),
        Ok(Taking::Own(all)) => {
            for own in all {
                take_up(lane, scene, (own, &actor), cause);
            }
        }
        Err(_) => {}
    }
}

fn taking(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    act: &Act,
) -> Result<Taking, Refusal> {
    if let Some(assignment) = of_plan(lane, scene, person, act) {
        return Ok(Taking::OfPlan(assignment));
    }
    let role = role_of(scene, person, act.measure).ok_or(Refusal::HoldsNoRole)?;
    let task = scene.exercise().own_task(act).ok_or(Refusal::NotSo)?;
    unless(!work::can_do_own(scene, task, person), Refusal::LacksSkill)?;
    let incident = super::current(lane, scene);
    let on = match &act.on {
        Object::Incident => vec![None],
        Object::Stakeholder(kind) => {
            let reached = lane.view(scene).can_be_told(*kind);
            unless(!reached, Refusal::NobodyReached)?;
            let closed = work::opens(scene, scene.exercise().task(task)).is_some();
            unless(closed, Refusal::OutOfHours)?;
            vec![None]
        }
        Object::Assets(selector) | Object::Evidence(_, selector) => {
            let known = known_targets(lane, scene, person, (incident, act.measure, selector));
            unless(known.is_empty(), Refusal::NothingKnown)?;
            let exercise = scene.exercise();
            let ours = |asset: &AssetId| exercise.allows(act.measure, *asset);
            let ours: Vec<AssetId> = known.into_iter().filter(ours).collect();
            unless(ours.is_empty(), Refusal::NotOurs)?;
            let holds = |asset: &AssetId| holds_evidence(exercise, &act.on, *asset);
            let fit: Vec<_> = ours.into_iter().filter(holds).map(Some).collect();
            unless(fit.is_empty(), Refusal::NotSo)?;
            fit
        }
    };
    let own = |asset| Own {
        task,
        incident,
        asset,
        person,
        role,
    };
    let all: Vec<Own> = on.into_iter().map(own).collect();
    let fresh = |own: &Own| !lane.work.is_under_way(*own);
    let all: Vec<Own> = all.into_iter().filter(fresh).collect();
    unless(all.is_empty(), Refusal::UnderWay)?;
    Ok(Taking::Own(all))
}

/// Whether an asset is of a kind that holds the evidence that is wanted, where some is.
fn holds_evidence(exercise: &Exercise, on: &Object, asset: AssetId) -> bool {
    match on {
        Object::Evidence(item, _) => {
            let items = evidence_items(exercise.asset(asset).kind);
            item.map_or(!items.is_empty(), |item| items.contains(&item))
        }
        _ => true,
    }
}

/// Work of the plan that waits, takes this measure on this, and can be begun by a person.
fn of_plan(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId, act: &Act) -> Option<Assignment> {
    let exercise = scene.exercise();
    let mut tasks = exercise.tasks_taking(act.measure).iter();
    tasks.find_map(|task| {
        let same = exercise.task(*task).does.contains(act);
        known(lane, scene, (Which::of(*task), State::Waiting), person).find_map(|index| {
            let target = lane.work.piece(index).target.map(Selector::Asset);
            let on_target = target.map(Object::Assets).is_some_and(|on| on == act.on);
            let begins = || can_begin(lane, scene, person, (index, &[])).ok();
            (same || on_target).then(begins).flatten()
        })
    })
}

/// The role in which a person takes a measure of their own: one that may take it without asking, or one whose
/// work it is by the plan, else the first that they hold.
fn role_of(scene: Scene<'_>, person: PersonId, measure: Measure) -> Option<RoleId> {
    let exercise = scene.exercise();
    let held = exercise.roles_held(person);
    let may = |role: &&RoleId| exercise.role(**role).may.binary_search(&measure).is_ok();
    let tasks = exercise.tasks_taking(measure).iter();
    let owners: Vec<RoleId> = tasks
        .flat_map(|task| exercise.roles(exercise.task(*task).by))
        .copied()
        .collect();
    let owns = |role: &&RoleId| owners.contains(role);
    let able = held.iter().find(may).or_else(|| held.iter().find(owns));
    able.or(held.first()).copied()
}

/// The assets that a measure is for, on what a person's roles know.
fn known_targets(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    (incident, measure, selector): (IncidentId, Measure, &Selector),
) -> Vec<AssetId> {
    let own = scene.exercise().roles_held(person);
    let view = lane.view(scene);
    let known = view.board_of(incident, own);
    let targets = view.known_targets(measure, selector, incident, &known);
    targets.collect()
}

/// A piece comes to be, and its approval is asked for where it needs one.
fn take_up(lane: &mut Lane<'_>, scene: Scene<'_>, (own, actor): (Own, &Actor), cause: u32) {
    let view = lane.view(scene);
    let urgency = view.urgency(own.incident);
    let standing = Standing::of(scene, view.severity(own.incident), urgency);
    let what = (own, standing);
    let index = work::take_up(lane.work, lane.agenda, lane.out, scene, what, cause);
    let piece = lane.work.piece(index);
    let (instance, ready) = (piece.instance, piece.ready_entry);
    let task = scene.exercise().task(own.task);
    let asks =
        task.approval.is_some() && !has_authority(lane.people, scene, task, own.role, own.person);
    let from = (Some(own.role), actor.clone());
    if asks && word::ask_approval(lane, scene, instance, from, ready) {
        lane.work.piece_mut(index).approval = Approval::Asked;
    }
}
