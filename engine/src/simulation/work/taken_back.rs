//! Work in hands that are not the best for it, and who of those who are free takes it back.
//!
//! Called where people are given something to do, once nothing else was found for them, and where a human starts what
//! somebody else does. It changes nothing: whoever calls it lays the work aside and starts it anew. It must never name
//! somebody who fits no better than the doer.

use super::pace::done_by;
use super::queue::{Assignment, acts_in, eligible, order, preference, roles_of};
use super::{Piece, State, Work};
use crate::exercise::{ExerciseTime, Experience, Instance, PersonId, RoleId, Span, Task};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::human::{self, FINISH_WITHIN, LONGEST_AWAKE};
use crate::simulation::people::{Busy, People};
use crate::simulation::scene::{Policy, Scene};
use smallvec::smallvec;
use std::cmp::Reverse;

/// Whoever takes work back is there for it for so long at least, or to its end.
const STAYS: Span = Span::HOUR;

/// How well somebody fits a piece; what is less is better: whose work it is before who stands in for them, and these
/// before those to whom it escalated; then as among several who could start it.
type Fit = (u8, bool, bool, usize, Reverse<Experience>);

/// A piece that may go from one pair of hands to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    /// The piece, by its index.
    pub(crate) piece: usize,
    /// What it is.
    pub(crate) instance: Instance,
    /// Who does it.
    pub(crate) from: PersonId,
    /// Who would go on with it.
    pub(crate) to: PersonId,
    /// In which role.
    pub(crate) role: RoleId,
}

impl Change {
    /// Going on with it in the other hands.
    pub(crate) fn assignment(&self) -> Assignment {
        Assignment {
            piece: self.piece,
            people: smallvec![self.to],
            role: self.role,
        }
    }
}

impl Work {
    /// A piece runs from now on. It may be in lesser hands than there are.
    pub(super) fn note_hands(&mut self, scene: Scene<'_>, index: usize) {
        let piece = &self.pieces[index];
        let may_be_lesser = scene.policy == Policy::People
            && is_for_one(scene, piece)
            && others(scene, piece).next().is_some();
        if may_be_lesser && !self.other_hands.contains(&index) {
            self.other_hands.push(index);
        }
    }

    /// Somebody or something stands otherwise, so that work may be in lesser hands. As time goes by, and nothing else,
    /// it never comes to be: whoever would gain by taking it back gains less.
    pub(crate) const fn doubt_hands(&mut self) {
        self.hands_in_doubt = true;
    }

    /// Nobody takes anything back as all stand now.
    pub(crate) const fn trust_hands(&mut self) {
        self.hands_in_doubt = false;
    }

    /// Whether any work may be in lesser hands than there are.
    pub(crate) const fn has_other_hands(&self) -> bool {
        self.hands_in_doubt && !self.other_hands.is_empty()
    }
}

/// Whether one person does a piece, and not as a measure of their own.
fn is_for_one(scene: Scene<'_>, piece: &Piece) -> bool {
    let task = scene.exercise().task(piece.instance.task);
    task.people <= 1 && piece.people.len() == 1 && piece.own.is_none()
}

/// Those who could fit a piece better than who does it: of the roles whose work it is, others than who does it;
/// deputies only where no holder does.
fn others<'a>(scene: Scene<'a>, piece: &'a Piece) -> impl Iterator<Item = PersonId> + 'a {
    let doer = piece.people.first().copied();
    let roles = roles_of(scene, piece).iter();
    let roles = roles.map(move |role| scene.exercise().role(*role));
    let held = roles
        .clone()
        .any(|role| doer.is_some_and(|of| role.holders.contains(&of)));
    let all = roles.flat_map(move |role| {
        let deputies = if held { &[] } else { &role.deputies[..] };
        role.holders.iter().chain(deputies).copied()
    });
    all.filter(move |person| Some(*person) != doer)
}

/// The first piece, in the order of work, that somebody who is free takes back, if those who are human agree.
pub(crate) fn next_taken_back(
    work: &mut Work,
    people: &People,
    agenda: &Agenda,
    scene: Scene<'_>,
    agreed: impl Fn(&Change) -> bool,
) -> Option<Change> {
    let pieces = &work.pieces;
    work.other_hands
        .retain(|index| pieces[*index].state == State::Running);
    let found = work.other_hands.iter();
    let found = found.filter_map(|index| taken_back(work, people, agenda, scene, *index, &agreed));
    found.min_by_key(|of| order(scene, work.piece(of.piece)))
}

/// Who takes a piece back now, of those who are free, if those who are human agree; `None`: it is in good hands, or
/// nearly done.
pub(crate) fn taken_back(
    work: &Work,
    people: &People,
    agenda: &Agenda,
    scene: Scene<'_>,
    index: usize,
    agreed: impl Fn(&Change) -> bool,
) -> Option<Change> {
    let piece = work.piece(index);
    let (from, now) = hands(work, people, scene, index)?;
    let due = agenda.due(Rank::WorkEnded, index)?;
    let task = scene.exercise().task(piece.instance.task);
    let of_role = |role: &RoleId| {
        let role = *role;
        let able = eligible(people, scene, piece, task, role);
        able.map(move |person| {
            (
                fit(people, scene, (piece, task), role, person),
                person,
                role,
            )
        })
    };
    let change = |to, role| Change {
        piece: index,
        instance: piece.instance,
        from,
        to,
        role,
    };
    let better = roles_of(scene, piece).iter().flat_map(of_role);
    let better = better.filter(|(fit, person, role)| {
        let fits = people.is_free(*person) && *fit < now;
        fits && agreed(&change(*person, *role)) && gains(people, scene, (piece, task), *person, due)
    });
    let (_, to, role) = better.min()?;
    Some(change(to, role))
}

/// In which role a person who fits a piece better than who does it goes on with it, whether or not it is done the
/// sooner by that; `None`: it is in good hands.
pub(crate) fn takes_over(
    work: &Work,
    people: &People,
    scene: Scene<'_>,
    index: usize,
    person: PersonId,
) -> Option<Change> {
    let piece = work.piece(index);
    let (from, now) = hands(work, people, scene, index)?;
    let task = scene.exercise().task(piece.instance.task);
    let acts = roles_of(scene, piece).iter().copied();
    let acts = acts.filter(|role| acts_in(scene, piece, *role, person));
    let better = acts.map(|role| (fit(people, scene, (piece, task), role, person), role));
    let (_, role) = better.filter(|(fit, _)| *fit < now).min()?;
    Some(Change {
        piece: index,
        instance: piece.instance,
        from,
        to: person,
        role,
    })
}

/// Who does a piece for one person at this moment, and how well they fit it.
fn hands(work: &Work, people: &People, scene: Scene<'_>, index: usize) -> Option<(PersonId, Fit)> {
    let piece = work.piece(index);
    let (doer, role) = (*piece.people.first()?, piece.role?);
    let works = people.get(doer).busy == Busy::Working(index);
    let task = scene.exercise().task(piece.instance.task);
    let fits = || fit(people, scene, (piece, task), role, doer);
    (works && is_for_one(scene, piece)).then(|| (doer, fits()))
}

/// How well somebody fits a piece in a role.
fn fit(
    people: &People,
    scene: Scene<'_>,
    (piece, task): (&Piece, &Task),
    role: RoleId,
    person: PersonId,
) -> Fit {
    let tier = if roles_of(scene, piece).contains(&role) {
        u8::from(!scene.exercise().role(role).holders.contains(&person))
    } else {
        2
    };
    let (lacks_authority, new_to_it, roles, experience, _) =
        preference(people, scene, piece, task, role, person);
    (tier, lacks_authority, new_to_it, roles, experience)
}

/// Whether a piece would be over so much sooner by somebody else, who stays long enough, that it is worth taking it
/// over.
fn gains(
    people: &People,
    scene: Scene<'_>,
    (piece, task): (&Piece, &Task),
    person: PersonId,
    due: ExerciseTime,
) -> bool {
    let done = done_by(piece, scene.now);
    let described = &scene.exercise().organisation().people[person.index()];
    let awake = people.awake(scene, person);
    let pace = human::pace(scene, described, task.phase, awake);
    let takes = human::handover(piece.done + done) + (piece.left - done).scaled(pace);
    let stays = scene.now + takes.min(STAYS);
    let leaves = people.next_change(scene, person);
    let rests = scene.now + (LONGEST_AWAKE - awake);
    let there = leaves.is_none_or(|at| stays <= at) && stays <= rests;
    there && scene.now + takes + FINISH_WITHIN <= due
}
