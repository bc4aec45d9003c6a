//! Who takes which piece of work, and starting it.

use super::crafts::can_do_own;
use super::own::by_its_taker;
use super::pace::{begin_segment, duration};
use super::{Approval, Look, Piece, Segment, State, Work};
use crate::exercise::{
    Addressee, ExerciseTime, Few, IncidentId, Measure, PersonId, Phase, Priority, RoleId, Span,
    Task,
};
use crate::record::{Event, Reach};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::human;
use crate::simulation::out::{Changed, Out};
use crate::simulation::people::{Busy, People};
use crate::simulation::scene::{Policy, Scene};

/// A piece of work with who is to do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) piece: usize,
    pub(crate) people: Few<PersonId>,
    pub(crate) role: RoleId,
}

/// The order in which work is taken: priority, kind, when it became ready, task, incident, ordinal.
pub(super) type Order = (Priority, u8, ExerciseTime, usize, IncidentId, u16);

impl Work {
    /// The place of a task's kind in that order.
    pub(crate) fn urgency(task: &Task) -> u8 {
        // What everybody else waits for comes first.
        let leads = [Measure::Declare, Measure::Classify, Measure::Activate];
        let of_lead = leads
            .iter()
            .position(|measure| task.takes_measure(*measure));
        match (of_lead, task.phase) {
            (Some(0), _) => 0,
            (Some(1), _) => 1,
            (Some(_), _) => 2,
            (None, Phase::Response) => 3,
            // What was reported is registered before it is judged.
            (None, _) if task.takes_measure(Measure::Report) => 4,
            (None, Phase::Assessment) => 5,
            (None, Phase::Identification) => 6,
            (None, Phase::Resolution) => 7,
            (None, Phase::Recovery) => 8,
            (None, Phase::Closure) => 9,
        }
    }
}

pub(super) fn order(scene: Scene<'_>, piece: &Piece) -> Order {
    let instance = piece.instance;
    (
        piece.priority,
        scene.stage.urgencies[instance.task.index()],
        piece.ready_at,
        instance.task.index(),
        instance.incident,
        instance.ordinal,
    )
}

/// The best waiting piece for which enough eligible people are free, with the best of them. What
/// humans start now takes the place of what would be chosen for them.
pub(crate) fn next_assignment(
    work: &mut Work,
    people: &People,
    scene: Scene<'_>,
    wanted: &[Assignment],
) -> Option<Assignment> {
    let order = |assignment: &&Assignment| order(scene, work.piece(assignment.piece));
    let by_human = wanted.iter().min_by_key(order);
    let bound = by_human.as_ref().map(order);
    let find = |work: &Work, index| assignment(work, people, scene, index);
    let chosen = work.first(scene, Look::START, bound, find);
    chosen.or_else(|| by_human.cloned())
}

/// The people who start a piece now, if enough eligible ones are free.
pub(crate) fn assignment(
    work: &Work,
    people: &People,
    scene: Scene<'_>,
    index: usize,
) -> Option<Assignment> {
    let piece = work.piece(index);
    if let Some(own) = by_its_taker(people, scene, piece, index) {
        return Some(own);
    }
    let task = scene.exercise().task(piece.instance.task);
    let needed = usize::from(task.people.max(1));
    let nobody_knows = !piece.told && piece.before.is_empty();
    if nobody_knows && scene.policy != Policy::Ideal {
        return None;
    }
    for role in takers(scene, piece) {
        if scene.policy == Policy::Ideal {
            let holders = scene.exercise().role(role).holders.iter().copied();
            return Some(Assignment {
                piece: index,
                people: holders.take(needed).collect(),
                role,
            });
        }
        let mut able: Few<PersonId> = Few::new();
        for person in candidates(people, scene, piece, role) {
            let free = people.is_free(person) && !people.is_played(person);
            if free && is_eligible(people, scene, (piece, task), role, person) {
                able.push(person);
            }
        }
        if able.len() >= needed {
            able.sort_by_key(|person| preference(people, scene, piece, task, role, *person));
            able.truncate(needed);
            return Some(Assignment {
                piece: index,
                people: able,
                role,
            });
        }
    }
    None
}

/// A piece of work for people who are named, joined by the best others who are free where it takes
/// more. `strictly`: in a role in which each of them may start it now; else in the first in which
/// each acts at all. `None`: they cannot, or are too few or too many.
pub(crate) fn team(
    work: &Work,
    people: &People,
    scene: Scene<'_>,
    (index, named): (usize, &[PersonId]),
    strictly: bool,
) -> Option<Assignment> {
    let piece = work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    let needed = usize::from(task.people.max(1));
    if named.len() > needed || named.iter().any(|person| !people.is_free(*person)) {
        return None;
    }
    let may = |role: &RoleId| {
        let able: Few<PersonId> = eligible(people, scene, piece, task, *role).collect();
        named.iter().all(|person| able.contains(person))
    };
    let acts = |role: &RoleId| {
        let mut named = named.iter();
        named.all(|person| acts_in(scene, piece, *role, *person))
    };
    let with_role = |role: RoleId| {
        let able = eligible(people, scene, piece, task, role);
        let mut others: Few<PersonId> = able
            .filter(|person| {
                !people.is_played(*person) && people.is_free(*person) && !named.contains(person)
            })
            .collect();
        others.sort_by_key(|person| preference(people, scene, piece, task, role, *person));
        let missing = needed - named.len();
        (others.len() >= missing).then(|| {
            let mut team = Few::from_slice(named);
            team.extend_from_slice(&others[..missing]);
            team.sort_by_key(|person| preference(people, scene, piece, task, role, *person));
            Assignment {
                piece: index,
                people: team,
                role,
            }
        })
    };
    let mut able = takers(scene, piece).filter(may);
    let strict = able.find_map(with_role);
    if strictly {
        return strict;
    }
    let mut acting = takers(scene, piece).filter(acts);
    strict.or_else(|| acting.find_map(with_role))
}

/// The roles whose work a piece is: those its task is addressed to, or the one it was handed over to.
pub(crate) fn roles_of<'a>(scene: Scene<'a>, piece: &Piece) -> &'a [RoleId] {
    let exercise = scene.exercise();
    match piece.handed_to {
        Some(role) => exercise.roles(Addressee::Role(role)),
        None => exercise.owners(exercise.task(piece.instance.task)),
    }
}

/// The roles that may take a piece: those whose work it is; after a long wait the escalation
/// target's as well.
pub(super) fn takers<'a>(
    scene: Scene<'a>,
    piece: &Piece,
) -> impl Iterator<Item = RoleId> + use<'a> {
    let own = roles_of(scene, piece);
    let targets = if piece.reach == Reach::Target {
        &scene.stage.escalates_to[..]
    } else {
        &[]
    };
    let extra = targets.iter().filter(move |role| !own.contains(role));
    own.iter().chain(extra).copied()
}

/// Whether a piece is a person's to do: they hold a role that may take it, or stand in for it.
pub(crate) fn concerns(work: &Work, scene: Scene<'_>, index: usize, person: PersonId) -> bool {
    is_theirs(scene, work.piece(index), person)
}

/// Whether a person who acts in a role can do a piece: whose work it is can, with their deputies; of those
/// to whom it escalates, who holds a function of the same family, where it is hands-on work.
fn is_able(scene: Scene<'_>, piece: &Piece, role: RoleId, person: PersonId) -> bool {
    let task = piece.instance.task;
    if scene.exercise().is_own(task) {
        return can_do_own(scene, task, person);
    }
    let needed = scene.stage.crafts[task.index()];
    let skills = scene.stage.skills[person.index()];
    skills.suffice(needed) || roles_of(scene, piece).contains(&role)
}

/// Whether a person holds a role or stands in for it, there or not, and can do a piece in it.
pub(super) fn acts_in(scene: Scene<'_>, piece: &Piece, role: RoleId, person: PersonId) -> bool {
    let described = scene.exercise().role(role);
    let holds = described.holders.contains(&person);
    (holds || described.deputies.contains(&person)) && is_able(scene, piece, role, person)
}

/// The roles of which somebody approves a piece, where it needs that.
pub(super) fn approvers<'a>(scene: Scene<'a>, piece: &Piece) -> &'a [RoleId] {
    let exercise = scene.exercise();
    let approver = exercise.task(piece.instance.task).approval;
    approver.map_or(&[], |approver| exercise.roles(approver))
}

/// The role in which a person would start a piece: the first in which they may now, else the first
/// that they hold or stand in for at all.
pub(crate) fn role_for(
    work: &Work,
    people: &People,
    scene: Scene<'_>,
    index: usize,
    person: PersonId,
) -> Option<RoleId> {
    let piece = work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    let may =
        |role: &RoleId| eligible(people, scene, piece, task, *role).any(|able| able == person);
    let acts = |role: &RoleId| acts_in(scene, piece, *role, person);
    let eligible = takers(scene, piece).find(may);
    eligible.or_else(|| takers(scene, piece).find(acts))
}

/// The people who may start a piece in a role now, busy or not: they are there, know of it, and may.
pub(super) fn eligible<'a>(
    people: &'a People,
    scene: Scene<'a>,
    piece: &'a Piece,
    task: &'a Task,
    role: RoleId,
) -> impl Iterator<Item = PersonId> + 'a {
    let eligible =
        move |person: &PersonId| is_eligible(people, scene, (piece, task), role, *person);
    candidates(people, scene, piece, role).filter(eligible)
}

/// Whether a person who is there knows of a piece and may start it.
fn is_eligible(
    people: &People,
    scene: Scene<'_>,
    (piece, task): (&Piece, &Task),
    role: RoleId,
    person: PersonId,
) -> bool {
    is_known_to(piece, person) && may_start(people, scene, (piece, task), role, person)
}

/// Whether a person knows of a piece, where it is theirs: their role was told, or they worked on it before.
fn is_known_to(piece: &Piece, person: PersonId) -> bool {
    piece.told || piece.before.contains(&person)
}

/// The people who are there for a piece in a role: the holders on duty; its deputies where there is
/// none, or the work waited too long.
fn candidates<'a>(
    people: &'a People,
    scene: Scene<'a>,
    piece: &'a Piece,
    role: RoleId,
) -> impl Iterator<Item = PersonId> + 'a {
    let there = move |person: &PersonId| people.on_duty(scene, *person);
    let described = scene.exercise().role(role);
    let stand_in = piece.reach >= Reach::Deputies || !described.holders.iter().any(there);
    let deputies = if stand_in {
        &described.deputies[..]
    } else {
        &[]
    };
    let all = described.holders.iter().chain(deputies);
    let able = move |person: &PersonId| is_able(scene, piece, role, *person);
    all.copied().filter(there).filter(able)
}

/// Whether a piece lies before somebody: they worked on it, or somebody whose work it is knows of it and they hold a
/// role that may take it, or stand in for it. Of any other they know nothing.
pub(crate) fn lies_before(scene: Scene<'_>, piece: &Piece, person: PersonId) -> bool {
    piece.before.contains(&person) || (piece.told && is_theirs(scene, piece, person))
}

fn is_theirs(scene: Scene<'_>, piece: &Piece, person: PersonId) -> bool {
    takers(scene, piece).any(|role| {
        let role = scene.exercise().role(role);
        role.holders.contains(&person) || role.deputies.contains(&person)
    })
}

/// Nobody starts work after so long awake, or without the approval it needs.
fn may_start(
    people: &People,
    scene: Scene<'_>,
    (piece, task): (&Piece, &Task),
    role: RoleId,
    person: PersonId,
) -> bool {
    let approved = task.approval.is_none()
        || piece.approval == Approval::Given
        || has_authority(people, scene, task, role, person);
    approved && people.is_fit(scene, person)
}

/// Whether a person, acting in a role, needs no approval for a task: the role may take its measures,
/// or the person holds, or now stands in for, the role that approves.
pub(crate) fn has_authority(
    people: &People,
    scene: Scene<'_>,
    task: &Task,
    role: RoleId,
    person: PersonId,
) -> bool {
    let exercise = scene.exercise();
    let Some(approver) = task.approval else {
        return true;
    };
    let may = &exercise.role(role).may;
    let allowed = !task.does.is_empty()
        && task
            .does
            .iter()
            .all(|act| may.binary_search(&act.measure).is_ok());
    let approving = exercise.roles(approver);
    // Who would approve their own request asks the next who may; where nobody else may, they decide.
    let all = || {
        let roles = approving.iter().map(|role| exercise.role(*role));
        roles.flat_map(|role| role.holders.iter().chain(&role.deputies))
    };
    let alone = || all().all(|other| *other == person);
    let acts = |role: &RoleId| acts_as(people, scene, *role, person);
    allowed || (approving.iter().any(acts) && alone())
}

/// Whether a person holds a role, or stands in for it because no holder is on duty.
pub(crate) fn acts_as(people: &People, scene: Scene<'_>, role: RoleId, person: PersonId) -> bool {
    let role = scene.exercise().role(role);
    let holder_there = role
        .holders
        .iter()
        .any(|holder| people.on_duty(scene, *holder));
    role.holders.contains(&person) || (role.deputies.contains(&person) && !holder_there)
}

/// Whether somebody who is there could take a piece without asking anybody, once they know of it.
pub(crate) fn assignable(work: &Work, people: &People, scene: Scene<'_>, index: usize) -> bool {
    let piece = work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    takers(scene, piece).any(|role| {
        let mut able = candidates(people, scene, piece, role);
        able.any(|person| may_start(people, scene, (piece, task), role, person))
    })
}

/// Who is best: with authority, having worked on a predecessor, with the fewest roles, the most
/// experience, the first slug.
pub(super) fn preference(
    people: &People,
    scene: Scene<'_>,
    piece: &Piece,
    task: &Task,
    role: RoleId,
    person: PersonId,
) -> (
    bool,
    bool,
    usize,
    std::cmp::Reverse<crate::exercise::Experience>,
    PersonId,
) {
    let exercise = scene.exercise();
    let lacks_authority = !has_authority(people, scene, task, role, person);
    let experience = exercise.organisation().experience(person, task.phase);
    let new_to_it = !piece.before.contains(&person);
    (
        lacks_authority,
        new_to_it,
        exercise.roles_held(person).len(),
        std::cmp::Reverse(experience),
        person,
    )
}

/// Work starts, or goes on after it was laid aside.
pub(crate) fn start(
    work: &mut Work,
    people: &mut People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (assignment, floor): (&Assignment, Span),
) -> u32 {
    let Assignment {
        piece: index,
        people: doers,
        role,
    } = assignment;
    if scene.policy == Policy::People {
        for person in doers {
            people.occupy(*person, Busy::Working(*index));
            people.begin_work(scene, *person);
        }
    }
    agenda.cancel(Rank::WorkEscalation, *index);
    let actor = doers
        .first()
        .map_or(crate::record::Actor::Rules {}, |p| people.actor(*p));
    work.change(scene, *index, |piece| {
        piece.state = State::Running;
        piece.people.clear();
        piece.people.extend_from_slice(doers);
        piece.actor = actor.clone();
        piece.role = Some(*role);
    });
    work.note_hands(scene, *index);
    let piece = work.piece_mut(*index);
    let again = piece.done > Span::ZERO;
    let instance = piece.instance;
    let entry = if again {
        let handover = human::handover(piece.done);
        let event = Event::TaskResumed {
            instance,
            people: Few::from_slice(doers),
            role: *role,
            handover,
        };
        let entry = out.emit(actor, Some(piece.last_entry), event);
        piece.segment = Some(Segment {
            from: scene.now,
            handover: true,
            pace: 1_000,
        });
        agenda.after(Rank::WorkEnded, *index, scene.now, handover);
        entry
    } else {
        piece.attempt += 1;
        let (attempt, cause) = (piece.attempt, piece.startable);
        let event = Event::TaskStarted {
            instance,
            people: Few::from_slice(doers),
            role: *role,
            attempt,
        };
        piece.floor = floor;
        piece.left = duration(scene, instance, attempt, floor);
        let entry = out.emit(actor, Some(cause), event);
        begin_segment(work, people, agenda, scene, *index);
        entry
    };
    work.piece_mut(*index).last_entry = entry;
    out.mark(Changed::WORK);
    entry
}
