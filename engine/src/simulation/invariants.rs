//! What holds at every settled instant, checked in debug builds.
//!
//! Each invariant says in its own, simpler words what the rules come to: it calls none of them, so
//! that an error in a rule is not repeated here. That nothing was overlooked alone asks the rules, of
//! everything: there it is who was asked that is in question.

pub(crate) mod fold;
mod truth;

use super::agenda::Rank;
use super::human::{FINISH_WITHIN, LONGEST_AWAKE};
use super::lane::Lane;
use super::messages::MessageState;
use super::people::Busy;
use super::scene::{Policy, Scene};
use super::work::{Approval, Piece, Readiness as _, Standing, State};
use crate::exercise::{PersonId, Phase, RoleId, Severity, Span, Task};
use crate::record::Reach;

/// Nobody works or reads who counts as awake for longer.
const NEVER_AWAKE_FOR: Span = Span::hours(26);
/// A plan with at most so many tasks is looked at as a whole at every instant.
const SMALL_PLAN: usize = 12;
/// A larger one at instants whose last entry has a number that this divides.
const ONE_ENTRY_IN: u32 = 8;

/// The first invariant that does not hold, in words; `None`: all of them hold.
pub(crate) fn broken(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    if lane.run.ended.is_some() {
        return None;
    }
    let looks = looks_at_everything(lane, scene);
    let unseen = || looks.then(|| truth::unseen(lane, scene)).flatten();
    let otherwise = || fold::otherwise(lane, scene);
    unsettled(lane, scene).or_else(unseen).or_else(|| {
        // In an ideal response work does not occupy anybody, without a response nobody works.
        if scene.policy != Policy::People {
            return otherwise();
        }
        occupied(lane)
            .or_else(|| idle_work(lane, scene))
            .or_else(|| idle_reader(lane, scene))
            .or_else(|| sleepless(lane, scene))
            .or_else(|| unsaid(lane, scene))
            .or_else(|| lesser_work(lane, scene))
            .or_else(|| looks.then(|| overlooked(lane, scene)).flatten())
            .or_else(otherwise)
    })
}

/// Looking at the whole plan is dear: where it has many tasks, that is done after some instants only.
/// What was overlooked stays so until something else wakes its task, so it is found a little later.
fn looks_at_everything(lane: &Lane<'_>, scene: Scene<'_>) -> bool {
    let large = scene.exercise().plan().tasks.len() > SMALL_PLAN;
    !large || lane.out.last().is_multiple_of(ONE_ENTRY_IN)
}

/// Nothing is due that would be found by looking at every task, and was not by looking at those alone
/// that were woken: unless its delay runs.
pub(crate) fn overlooked(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    if !lane.people.act() {
        return None;
    }
    let view = lane.view(scene);
    let standing = lane
        .incidents
        .ids()
        .map(|incident| Standing::of(scene, view.severity(incident), view.urgency(incident)));
    let standing: Vec<Standing> = standing.collect();
    let due = lane.work.all_due(scene, &view, &standing);
    let due = due.first()?;
    Some(format!("{due:?} was overlooked"))
}

/// Nothing is left over for an instant that is over.
fn unsettled(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let due = lane.agenda.next_time().filter(|at| *at <= scene.now)?;
    let at = due.0;
    Some(format!("something was due at {at} and was not handled"))
}

/// The record says how everybody stands, from when people act.
fn unsaid(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let mut people = lane.people.ids().filter(|_| lane.people.act());
    let person = people.find(|person| !lane.people.is_stated(scene, *person))?;
    Some(format!("{person:?} stands otherwise than the record says"))
}

/// Everybody does one thing at a time: who works, works on a running piece that names them, and whom
/// a running piece names works on it, or lays it aside for as long as a call takes.
fn occupied(lane: &Lane<'_>) -> Option<String> {
    for person in lane.people.ids() {
        let (Busy::Working(piece)
        | Busy::Reading {
            interrupted: Some(piece),
            ..
        }) = lane.people.get(person).busy
        else {
            continue;
        };
        let piece = lane.work.piece(piece);
        if piece.state != State::Running || !piece.people.contains(&person) {
            let instance = piece.instance;
            return Some(format!(
                "{person:?} works on {instance:?}, which does not know"
            ));
        }
    }
    let running = |(_, piece): &(usize, &Piece)| piece.state == State::Running;
    lane.work
        .pieces()
        .filter(running)
        .find_map(|(index, piece)| {
            let away = piece
                .people
                .iter()
                .find(|person| !is_on(lane, **person, index));
            if let Some(person) = away {
                return Some(format!("{:?} runs without {person:?}", piece.instance));
            }
            let ends = lane.agenda.due(Rank::WorkEnded, index).is_some();
            (ends != piece.segment.is_some())
                .then(|| format!("{:?} runs and ends: {ends}", piece.instance))
        })
}

fn is_on(lane: &Lane<'_>, person: PersonId, index: usize) -> bool {
    match lane.people.get(person).busy {
        Busy::Working(piece) => piece == index,
        Busy::Reading { interrupted, .. } => interrupted == Some(index),
        Busy::Free => false,
    }
}

/// Nobody is free while work waits that they know of and may start.
fn idle_work(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let waiting = |(_, piece): &(usize, &Piece)| piece.state == State::Waiting;
    lane.work.pieces().filter(waiting).find_map(|(_, piece)| {
        let task = scene.exercise().task(piece.instance.task);
        let by = scene.exercise().owners(task);
        let whose = piece.handed_to.as_ref().map_or(by, std::slice::from_ref);
        let enough = whose.iter().copied().find_map(|role| {
            let able = could_start(lane, scene, piece, task, role);
            (able.len() >= usize::from(task.people.max(1))).then_some(able)
        });
        enough.map(|able| format!("{:?} waits while {able:?} could do it", piece.instance))
    })
}

/// The people of a role who are free and could start a piece at once.
fn could_start(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    piece: &Piece,
    task: &Task,
    role: RoleId,
) -> Vec<PersonId> {
    let described = scene.exercise().role(role);
    let there = |person: &PersonId| lane.people.on_duty(scene, *person);
    let holder_there = described.holders.iter().any(there);
    let mut able = described.holders.clone();
    if !holder_there || piece.reach > Reach::Holders {
        able.extend(&described.deputies);
    }
    able.retain(|person| {
        let someone = lane.people.get(*person);
        let free = someone.busy == Busy::Free && !lane.people.is_played(*person);
        let fit = lane.people.awake(scene, *person) <= LONGEST_AWAKE;
        let knows = piece.told || piece.before.contains(person);
        // A measure outside the plan is for who took it up; whether others have the skill is not asked here.
        let able = !scene.exercise().is_own(piece.instance.task) || piece.before.contains(person);
        free && fit
            && able
            && knows
            && there(person)
            && may(lane, scene, (piece, task), role, *person)
    });
    able
}

/// Whether a person may start a piece in a role without asking anybody any more.
fn may(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    (piece, task): (&Piece, &Task),
    role: RoleId,
    person: PersonId,
) -> bool {
    let Some(approver) = task.approval else {
        return true;
    };
    let exercise = scene.exercise();
    let own = &exercise.role(role).may;
    let all_own = !task.does.is_empty() && task.does.iter().all(|act| own.contains(&act.measure));
    let decides = exercise.roles(approver).iter().any(|role| {
        let role = exercise.role(*role);
        let holder_there = role.holders.iter().any(|h| lane.people.on_duty(scene, *h));
        role.holders.contains(&person) || (!holder_there && role.deputies.contains(&person))
    });
    let roles = exercise
        .roles(approver)
        .iter()
        .map(|role| exercise.role(*role));
    let mut others = roles.flat_map(|role| role.holders.iter().chain(&role.deputies));
    let alone = others.all(|other| *other == person);
    piece.approval == Approval::Given || all_own || (decides && alone)
}

/// Nobody who is there and free leaves messages unread; what lies in an inbox was noticed.
fn idle_reader(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    lane.people.ids().find_map(|person| {
        let someone = lane.people.get(person);
        let free = someone.busy == Busy::Free && !lane.people.is_played(person);
        let first = *someone.inbox.first()?;
        if free && lane.people.on_duty(scene, person) {
            return Some(format!("{person:?} is free and does not read {first:?}"));
        }
        let unread = |id| lane.messages.get(id).state == MessageState::Noticed(person);
        let stray = someone.inbox.iter().find(|id| !unread(**id))?;
        Some(format!(
            "{stray:?} lies in the inbox of {person:?} unnoticed"
        ))
    })
}

/// Nobody is there outside the shift for longer than anybody stays awake, unless a call lasts.
fn sleepless(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    lane.people.ids().find_map(|person| {
        let reads = matches!(lane.people.get(person).busy, Busy::Reading { .. });
        let on_shift = scene.calendar().duty(person).contains(scene.now);
        let there = lane.people.on_duty(scene, person) && !on_shift;
        let awake = lane.people.awake(scene, person);
        let busy = lane.people.get(person).busy;
        if busy != Busy::Free && awake > NEVER_AWAKE_FOR {
            return Some(format!("{person:?} is {busy:?} after {awake:?} awake"));
        }
        // Who is called when they should be in bed goes back there at the next millisecond.
        let goes = lane.agenda.due(Rank::Calendar, person.index());
        let goes = goes.is_some_and(|at| at <= scene.now + Span(1));
        let rests = !reads && !goes && !contains(lane, scene, person);
        (there && rests && awake >= LONGEST_AWAKE).then(|| format!("{person:?} should rest"))
    })
}

/// Whether somebody is about to finish work of Response.
fn contains(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId) -> bool {
    let Busy::Working(index) = lane.people.get(person).busy else {
        return false;
    };
    let task = lane.work.piece(index).instance.task;
    let due = lane.agenda.due(Rank::WorkEnded, index);
    let soon = due.is_some_and(|due| due - scene.now <= FINISH_WITHIN);
    soon && scene.exercise().task(task).phase == Phase::Response
}

/// Nobody works for an incident of Low or Medium severity while such work of a Critical one waits as
/// they alone could start at once.
fn lesser_work(lane: &Lane<'_>, scene: Scene<'_>) -> Option<String> {
    let view = lane.view(scene);
    let severity = |piece: &Piece| view.severity(piece.instance.incident);
    let urgent = lane.work.pieces().filter(|(_, piece)| {
        let task = scene.exercise().task(piece.instance.task);
        piece.state == State::Waiting
            && piece.told
            && task.approval.is_none()
            && task.people <= 1
            && severity(piece) == Severity::Critical
    });
    urgent.into_iter().find_map(|(_, piece)| {
        let task = scene.exercise().task(piece.instance.task);
        let whose = piece.handed_to.as_ref();
        let whose = whose.map_or(scene.exercise().roles(task.by), std::slice::from_ref);
        let holders = whose
            .iter()
            .flat_map(|role| &scene.exercise().role(*role).holders);
        let lesser = |person: &&PersonId| match lane.people.get(**person).busy {
            Busy::Working(on) => {
                let fit = lane.people.awake(scene, **person) <= LONGEST_AWAKE;
                let there = lane.people.on_duty(scene, **person);
                let free_to = fit && there && !lane.people.is_played(**person);
                let on = lane.work.piece(on);
                free_to && severity(on) <= Severity::Medium && on.priority > piece.priority
            }
            _ => false,
        };
        let person = holders.into_iter().find(lesser)?;
        Some(format!(
            "{person:?} does lesser work while {:?} waits",
            piece.instance
        ))
    })
}
