//! What was missing for what never came, down to the root: a rule over the plan and the record.
//!
//! A task waits for what the plan names before it, its condition, its severity, something to do it on; a phase
//! for the work that its criterion asks for. Each is looked at as the record stands at its end. A circle is
//! followed once.

use super::Case;
use super::model::{Lack, Missing, Thing};
use super::unmet;
use crate::evaluation::coverage::{Part, needed};
use crate::exercise::{
    Act, AssetId, ChannelId, Each, IncidentId, Instance, Knowable, Mark, Object, Phase, RoleId,
    Selector, Task, TaskId,
};
use crate::knowledge::affects;
use crate::record::Outcome;

/// Why a task never became ready, each lack because of the next.
pub(super) fn of_task(case: &Case<'_>, incident: IncidentId, task: TaskId) -> Vec<Lack> {
    walk(case, incident, Thing::Task(task))
}

/// Why a phase was not complete where no work of it was open.
pub(super) fn of_phase(case: &Case<'_>, incident: IncidentId, phase: Phase) -> Vec<Lack> {
    walk(case, incident, Thing::Phase(phase))
}

fn walk(case: &Case<'_>, incident: IncidentId, from: Thing) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = Vec::new();
    let mut next = Some(from);
    while let Some(of) = next {
        if lacks.iter().any(|lack| lack.of == of) {
            break;
        }
        let missing = match of {
            Thing::Task(task) => missing_for(case, incident, task),
            Thing::Phase(phase) => missing_in(case, incident, phase),
            Thing::Itself => break,
        };
        let entry = last_word(case, incident, &missing);
        next = match missing {
            Missing::Before(task) | Missing::AnyBefore(task) => Some(Thing::Task(task)),
            Missing::Phase(phase) => Some(Thing::Phase(phase)),
            _ => None,
        };
        lacks.push(Lack { of, missing, entry });
    }
    lacks
}

/// What kept a task of which no piece was ever done: an open piece of it, how it ended, or what it lacked.
fn missing_for(case: &Case<'_>, incident: IncidentId, id: TaskId) -> Missing {
    let pieces = case.facts.works.of_task(id, incident);
    if let Some((instance, _)) = pieces.iter().find(|(_, work)| work.is_open()) {
        return Missing::Open(*instance);
    }
    if let Some((instance, outcome)) = pieces.iter().find_map(|(instance, work)| {
        let in_vain = [Outcome::Failed, Outcome::NoTarget];
        let ended = in_vain.into_iter().find(|of| work.ended(*of).is_some());
        Some((*instance, ended?))
    }) {
        return Missing::Ended(instance, outcome);
    }
    not_ready(case, incident, id)
}

fn not_ready(case: &Case<'_>, incident: IncidentId, id: TaskId) -> Missing {
    let task = case.facts.exercise.task(id);
    let course = case.facts.course(incident);
    if course.mark(Mark::Observable).is_none() {
        return Missing::Sign;
    }
    let roles = case.facts.exercise.owners(task);
    let condition = || {
        let when = task.when.as_ref()?;
        unmet::of_plan(case.facts, &case.end, when, roles, incident)
    };
    let alert = || {
        let alerted = crate::exercise::Knowable::Alerted(incident);
        let knows = case.end.known_by(roles).has(alerted);
        let role = roles.first().filter(|_| task.is_first() && !knows)?;
        Some(Missing::Alert(*role))
    };
    let over = || course.rejected.map(|_| Missing::Over);
    let closure = || {
        let recovery = course.completed(Phase::Recovery).is_some()
            || (course.not_applicable(Phase::Recovery).is_some()
                && course.completed(Phase::Response).is_some());
        (task.phase == Phase::Closure && !recovery).then_some(Missing::Phase(Phase::Recovery))
    };
    let unmet = condition();
    // What was never true was never called for, whatever comes before it.
    let never = unmet.clone().filter(|of| {
        matches!(
            of,
            Missing::Fact {
                true_since: None,
                wanted: true,
                ..
            }
        )
    });
    over()
        .or(never)
        .or_else(|| predecessor(case, incident, task))
        .or(unmet)
        .or_else(alert)
        .or_else(|| severity(case, incident, task))
        .or_else(closure)
        .or_else(|| target(case, incident, (task, roles)))
        .or_else(|| channel(case, task))
        .or_else(|| task.delay.as_ref().map(|_| Missing::Delay))
        .unwrap_or(Missing::Unknown)
}

/// A task that comes before and was neither done nor left out.
fn predecessor(case: &Case<'_>, incident: IncidentId, task: &Task) -> Option<Missing> {
    let over = |id: &TaskId| {
        let left_out = case.facts.works.of_task(*id, incident).last();
        let left_out = left_out.is_some_and(|(_, work)| work.skipped().is_some());
        left_out || case.end.is_done(*id, incident)
    };
    if let Some(before) = task.after.iter().find(|id| !over(id)) {
        return Some(Missing::Before(*before));
    }
    // What is done asset by asset is waited for until it is done on each.
    let by_asset = task.after.iter().find_map(|id| {
        let before = case.facts.exercise.task(*id);
        let pieces = case.facts.works.of_task(*id, incident).iter();
        let mut open = pieces.filter(|(_, work)| work.is_open());
        let each = before.each == Each::Asset && before.acts_on_assets();
        open.next().filter(|_| each).map(|(instance, _)| *instance)
    });
    if let Some(instance) = by_asset {
        return Some(Missing::Open(instance));
    }
    let none = !task.after_any.is_empty() && !task.after_any.iter().any(over);
    // Of several the one that came furthest says most.
    let furthest = task.after_any.iter().max_by_key(|id| {
        let pieces = case.facts.works.of_task(**id, incident);
        let last = pieces.iter().filter_map(|(_, work)| work.last_milestone());
        last.map(|entry| entry.number).max().unwrap_or(0)
    });
    furthest
        .filter(|_| none)
        .map(|before| Missing::AnyBefore(*before))
}

fn severity(case: &Case<'_>, incident: IncidentId, task: &Task) -> Option<Missing> {
    let from = task.from_severity?;
    let course = case.end.situation().courses().get(incident)?;
    let given = course.classified.map(|classified| classified.severity);
    let below = given.is_none_or(|given| given < from);
    below.then_some(Missing::Severity { from, given })
}

/// Whether a task had nothing to be done on, as far as those knew whose work it is.
fn target(
    case: &Case<'_>,
    incident: IncidentId,
    (task, roles): (&Task, &[RoleId]),
) -> Option<Missing> {
    if matches!(task.each, Each::Alert | Each::Message) {
        return roles.first().map(|role| Missing::Alert(*role));
    }
    let selectors: Vec<&Selector> = task.does.iter().filter_map(selector).collect();
    let on_assets = !selectors.is_empty() && selectors.len() == task.does.len();
    if !on_assets && task.each != Each::Asset {
        return None;
    }
    let known = case.end.board_for(incident, roles);
    let belief = case.end.belief(&known, incident);
    let mut assets = (0..case.facts.exercise.organisation().assets.len()).map(AssetId::new);
    let selects = |asset: AssetId| match selectors.as_slice() {
        [] => known.is_affected(case.facts.exercise, incident, asset),
        all => all.iter().any(|selector| belief.selects(selector, asset)),
    };
    Some(if assets.any(selects) {
        Missing::NotYet
    } else {
        Missing::Target
    })
}

const fn selector(act: &Act) -> Option<&Selector> {
    match &act.on {
        Object::Assets(selector) | Object::Evidence(_, selector) => Some(selector),
        Object::Incident | Object::Stakeholder(_) => None,
    }
}

/// Whether none of the channels worked over which whom a task tells is reached.
fn channel(case: &Case<'_>, task: &Task) -> Option<Missing> {
    let organisation = case.facts.exercise.organisation();
    let assets = case.end.situation().assets();
    let works = |channel: &ChannelId| {
        let of = &organisation.channels[channel.index()];
        of.depends_on
            .iter()
            .all(|asset| assets.out_since(*asset).is_none())
    };
    let reached = |kind| {
        let mut listed = organisation
            .stakeholders
            .iter()
            .filter(|of| of.kind == kind);
        let nobody = listed.clone().next().is_none();
        nobody || listed.any(|of| of.channels.is_empty() || of.channels.iter().any(works))
    };
    let told = task.does.iter().find_map(|act| match act.on {
        Object::Stakeholder(kind) if !reached(kind) => Some(kind),
        _ => None,
    });
    told.map(Missing::Channel)
}

/// What a phase without open work lacked.
fn missing_in(case: &Case<'_>, incident: IncidentId, phase: Phase) -> Missing {
    let facts = case.facts;
    let latest = |of_phase: bool| {
        let works = facts.works_of(incident).filter(|(instance, work)| {
            let mine = facts.exercise.task(instance.task).phase == phase;
            (mine || !of_phase) && work.is_open()
        });
        let moved = works.filter_map(|(of, work)| Some((work.last_milestone()?.number, of)));
        moved.max().map(|(_, instance)| Missing::Open(instance))
    };
    if facts.course(incident).mark(Mark::Observable).is_none() {
        return Missing::Sign;
    }
    latest(true)
        .or_else(|| part(case, incident, phase))
        .or_else(|| undone(case, incident, phase))
        .or_else(|| unseen(case, incident))
        .or_else(|| latest(false))
        .or_else(|| down(case, incident))
        .or_else(|| criterion(case, incident, phase))
        .unwrap_or(Missing::Unknown)
}

/// A part of the phase's criterion that nobody did.
fn part(case: &Case<'_>, incident: IncidentId, phase: Phase) -> Option<Missing> {
    let facts = case.facts;
    let done = |part: &Part| {
        facts.taken.iter().any(|taken| {
            let mine = taken.instance.incident == incident;
            mine && taken.effect && part.any.contains(&taken.measure)
        })
    };
    let part = needed(facts, incident, phase)
        .into_iter()
        .find(|part| !done(part))?;
    let tasks = part
        .any
        .iter()
        .flat_map(|of| facts.exercise.tasks_taking(*of));
    let open = tasks
        .clone()
        .find(|task| !case.end.is_done(**task, incident));
    match (open, tasks.clone().next()) {
        (Some(task), _) => Some(Missing::Before(*task)),
        (None, None) => Some(Missing::NotInPlan(part.usual)),
        (None, Some(_)) => None,
    }
}

/// A task of the phase that is required and was not done.
fn undone(case: &Case<'_>, incident: IncidentId, phase: Phase) -> Option<Missing> {
    let required = &case.facts.criteria.required[incident.index()];
    let mut tasks = required.iter();
    let open = tasks.find(|task| {
        let of = case.facts.exercise.task(**task);
        of.phase == phase && of.when.is_none() && !case.end.is_done(**task, incident)
    });
    open.map(|task| Missing::Before(*task))
}

/// An asset that was hit, and of which nobody ever knew.
fn unseen(case: &Case<'_>, incident: IncidentId) -> Option<Missing> {
    let hidden = case.facts.hits.iter().find(|hit| {
        let known = case.facts.first_learned(|fact| {
            matches!(fact, Knowable::Asset(_, asset, state) if asset == hit.asset && affects(state))
        });
        hit.incident == incident && hit.affects() && known.is_none()
    });
    hidden.map(|hit| Missing::Unseen(hit.asset))
}

/// An asset that was hit and did not serve at the end.
fn down(case: &Case<'_>, incident: IncidentId) -> Option<Missing> {
    let assets = case.end.situation().assets();
    let hit = case
        .facts
        .hits
        .iter()
        .find(|hit| hit.incident == incident && assets.out_since(hit.asset).is_some());
    hit.map(|hit| Missing::Down(hit.asset))
}

/// What the yardstick's own criterion of the phase asks for.
fn criterion(case: &Case<'_>, incident: IncidentId, phase: Phase) -> Option<Missing> {
    let mut criteria = case.facts.yardstick.criteria.iter();
    let exit = criteria.find(|of| of.phase == phase)?.exit.as_ref()?;
    unmet::of_truth(case.facts, exit, true, incident)
}

/// The last entry about what is missing.
fn last_word(case: &Case<'_>, incident: IncidentId, missing: &Missing) -> Option<u32> {
    let facts = case.facts;
    let course = facts.course(incident);
    let moved = |task: TaskId| {
        let pieces = facts.works.of_task(task, incident).iter();
        pieces
            .filter_map(|(_, work)| work.last_milestone())
            .map(|it| it.number)
            .max()
    };
    let of_piece = |of: Instance| facts.works.get(of)?.last_milestone();
    match missing {
        Missing::Before(task) | Missing::AnyBefore(task) => moved(*task),
        Missing::Open(of) | Missing::Ended(of, _) => of_piece(*of).map(|it| it.number),
        Missing::Fact { true_since, .. } => *true_since,
        Missing::Severity { .. } => course.classified.last().map(|(entry, ..)| entry.number),
        Missing::Phase(phase) => course.reached(*phase).map(|it| it.number),
        Missing::Over => course.rejected.map(|it| it.number),
        Missing::Unseen(asset) | Missing::Down(asset) => {
            let mut hits = facts.hits.iter();
            hits.find(|hit| hit.asset == *asset)
                .map(|hit| hit.entry.number)
        }
        _ => None,
    }
}
