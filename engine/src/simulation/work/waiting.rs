//! The pieces that wait: in order, by the roles that they concern, and those to be looked at.
//!
//! A piece that could not be started, or for which nobody was to be asked or called, is not looked at
//! again until something wakes it: it stands otherwise itself, or somebody does who could take it or
//! approve it, or a channel does, or how severe an incident is taken to be. Waking too many changes
//! nothing but time: looking at a piece twice gives the same.

use super::queue::{Order, approvers, order, takers};
use super::{Approval, Piece, State, Work};
use crate::exercise::{IncidentId, PersonId, Priority, RoleId, Severity};
use crate::simulation::scene::{Policy, Scene};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// For what a piece is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Look(u8);

impl Look {
    /// Whether somebody is to be asked for approval, or called.
    pub(crate) const CALL: Self = Self(1);
    /// Whether it can be started.
    pub(crate) const START: Self = Self(1 << 1);
    /// Whether lesser work is to be laid aside for it.
    pub(crate) const PREEMPT: Self = Self(1 << 2);
    /// For all of that.
    pub(crate) const ALL: Self = Self(7);

    /// For what of one or the other.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn touches(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The pieces that are to be looked at, and some that no longer wait.
#[derive(Debug, Clone, Default)]
struct Woken {
    /// For what anything is looked at in this run at all.
    at_all: Look,
    /// By piece: for what it is to be looked at.
    looks: Vec<Look>,
    to_call: BinaryHeap<Reverse<usize>>,
    to_start: Vec<usize>,
    to_preempt: Vec<usize>,
}

impl Woken {
    fn reset(&mut self, at_all: Look) {
        self.at_all = at_all;
        self.looks.clear();
        self.to_call.clear();
        self.to_start.clear();
        self.to_preempt.clear();
    }

    fn wake(&mut self, index: usize, look: Look) {
        let held = &mut self.looks[index];
        let fresh = Look(look.0 & self.at_all.0 & !held.0);
        if fresh == Look::default() {
            return;
        }
        *held = held.and(fresh);
        if fresh.touches(Look::CALL) {
            self.to_call.push(Reverse(index));
        }
        if fresh.touches(Look::START) {
            self.to_start.push(index);
        }
        if fresh.touches(Look::PREEMPT) {
            self.to_preempt.push(index);
        }
    }

    fn sleep(&mut self, index: usize, look: Look) {
        self.looks[index].0 &= !look.0;
    }

    /// Those to be looked at for something of which there is a first.
    fn list(&mut self, look: Look) -> &mut Vec<usize> {
        if look == Look::START {
            &mut self.to_start
        } else {
            &mut self.to_preempt
        }
    }
}

/// The work that waits in a run.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    /// The pieces that wait, in order.
    pieces: Vec<usize>,
    /// By role: the pieces that those of the role may take.
    taken_by: Vec<Vec<usize>>,
    /// By role: the pieces that are its to approve.
    approved_by: Vec<Vec<usize>>,
    /// The roles for which work waits, or no longer does, since that was last taken.
    turned: Vec<RoleId>,
    woken: Woken,
    /// How severe each incident was taken to be when work was last given out.
    severities: Vec<Option<Severity>>,
    /// The priority of the work of each incident.
    priorities: Vec<Option<Priority>>,
}

impl Waiting {
    pub(super) fn reset(&mut self, scene: Scene<'_>) {
        let incidents = scene.exercise().scenario().incidents.len();
        let roles = scene.exercise().organisation().roles.len();
        self.pieces.clear();
        for lists in [&mut self.taken_by, &mut self.approved_by] {
            lists.iter_mut().for_each(Vec::clear);
            lists.resize_with(roles, Vec::new);
        }
        self.turned.clear();
        self.woken.reset(match scene.policy {
            Policy::People if incidents > 1 => Look::ALL,
            Policy::People | Policy::Ideal => Look::CALL.and(Look::START),
            Policy::NoResponse => Look::default(),
        });
        self.severities.clear();
        self.severities.resize(incidents, None);
        self.priorities.clear();
        self.priorities.resize(incidents, None);
    }

    /// A piece waits from now on.
    fn enter(&mut self, scene: Scene<'_>, index: usize, piece: &Piece) {
        if let Err(place) = self.pieces.binary_search(&index) {
            self.pieces.insert(place, index);
        }
        for role in takers(scene, piece) {
            let taken = &mut self.taken_by[role.index()];
            if taken.is_empty() {
                self.turned.push(role);
            }
            taken.push(index);
        }
        for role in approvers(scene, piece) {
            self.approved_by[role.index()].push(index);
        }
        if self.woken.looks.len() <= index {
            self.woken.looks.resize(index + 1, Look::default());
        }
        self.woken.wake(index, Look::ALL);
    }

    /// A piece that waited no longer does.
    fn leave(&mut self, scene: Scene<'_>, index: usize, piece: &Piece) {
        if let Ok(place) = self.pieces.binary_search(&index) {
            self.pieces.remove(place);
        }
        for role in takers(scene, piece) {
            let taken = &mut self.taken_by[role.index()];
            drop_one(taken, index);
            if taken.is_empty() {
                self.turned.push(role);
            }
        }
        for role in approvers(scene, piece) {
            drop_one(&mut self.approved_by[role.index()], index);
        }
    }
}

/// Takes a piece out of a list in no order.
fn drop_one(list: &mut Vec<usize>, index: usize) {
    if let Some(place) = list.iter().position(|held| *held == index) {
        list.swap_remove(place);
    }
}

impl Work {
    /// The pieces that wait, in order.
    pub(crate) fn waiting(&self) -> &[usize] {
        &self.waiting.pieces
    }

    /// Whether work waits that is a person's to do: whoever holds a role that may take it, or stands in
    /// for it.
    pub(crate) fn is_waiting_for(&self, scene: Scene<'_>, person: PersonId) -> bool {
        let mut roles = scene.stage.roles[person.index()].iter();
        roles.any(|role| !self.waiting.taken_by[role.index()].is_empty())
    }

    /// The next of the roles for which work waits, or no longer does.
    pub(crate) fn take_turned(&mut self) -> Option<RoleId> {
        self.waiting.turned.pop()
    }

    /// A piece stands otherwise from now on, in a way that may decide whether it waits, and for whom.
    pub(crate) fn change(
        &mut self,
        scene: Scene<'_>,
        index: usize,
        change: impl FnOnce(&mut Piece),
    ) {
        let (waiting, piece) = (&mut self.waiting, &mut self.pieces[index]);
        let before = piece.state;
        if before == State::Waiting {
            waiting.leave(scene, index, piece);
            self.answered.push(index);
        }
        change(piece);
        let incident = piece.instance.incident;
        if piece.state == State::Waiting {
            let priority = waiting.priorities[incident.index()];
            piece.priority = priority.unwrap_or(piece.priority);
            waiting.enter(scene, index, piece);
        }
        if piece.state != before {
            self.touched.push((piece.instance.task, incident));
        }
    }

    /// A new piece waits from now on.
    pub(super) fn add(&mut self, scene: Scene<'_>, piece: Piece) -> usize {
        let index = self.pieces.len();
        self.waiting.enter(scene, index, &piece);
        self.pieces.push(piece);
        index
    }

    /// A piece, to be changed: if it waits, it is looked at again.
    pub(crate) fn piece_mut(&mut self, index: usize) -> &mut Piece {
        let piece = &mut self.pieces[index];
        if piece.state == State::Waiting {
            self.waiting.woken.wake(index, Look::ALL);
        }
        piece
    }

    /// Approval of a piece was asked for: it gives no more to be asked.
    pub(crate) fn ask(&mut self, index: usize) {
        self.pieces[index].approval = Approval::Asked;
    }

    /// Approval of a piece is given, by an entry.
    pub(crate) fn approve(&mut self, index: usize, entry: u32) {
        let piece = self.piece_mut(index);
        piece.approval = Approval::Given;
        piece.startable = piece.startable.max(entry);
        piece.last_entry = entry;
        self.answered.push(index);
    }

    /// People were called to a piece: there is nobody more to be called.
    pub(crate) fn call(&mut self, index: usize, people: &[PersonId]) {
        self.pieces[index].called.extend_from_slice(people);
    }

    /// Somebody stands otherwise: what they may take is looked at again, and what they approve if that
    /// is because they come or go.
    pub(crate) fn wake_for(
        &mut self,
        scene: Scene<'_>,
        person: PersonId,
        look: Look,
        and_approved: bool,
    ) {
        let waiting = &mut self.waiting;
        for role in &scene.stage.roles[person.index()] {
            for index in &waiting.taken_by[role.index()] {
                waiting.woken.wake(*index, look);
            }
            if and_approved {
                for index in &waiting.approved_by[role.index()] {
                    waiting.woken.wake(*index, look);
                }
            }
        }
    }

    /// All that waits is looked at again.
    pub(crate) fn wake_all(&mut self, look: Look) {
        for index in &self.waiting.pieces {
            self.waiting.woken.wake(*index, look);
        }
    }

    /// An incident is taken to be so severe when work is given out.
    pub(crate) fn weigh(&mut self, incident: IncidentId, severity: Severity) {
        let before = self.waiting.severities[incident.index()].replace(severity);
        if before != Some(severity) {
            self.wake_all(Look::CALL.and(Look::PREEMPT));
        }
    }

    /// How severe an incident was taken to be when work was last given out.
    pub(crate) fn severity(&self, incident: IncidentId) -> Severity {
        self.waiting.severities[incident.index()].unwrap_or(Severity::Low)
    }

    /// How severe the least severe incident was taken to be when work was last given out.
    pub(crate) fn least_severity(&self) -> Option<Severity> {
        self.waiting.severities.iter().copied().min().flatten()
    }

    /// Takes the first piece for which somebody is perhaps to be asked or called.
    pub(crate) fn take_to_call(&mut self) -> Option<usize> {
        while let Some(Reverse(index)) = self.waiting.woken.to_call.pop() {
            self.waiting.woken.sleep(index, Look::CALL);
            if self.pieces[index].state == State::Waiting {
                return Some(index);
            }
        }
        None
    }

    /// Whether any piece is to be looked at.
    pub(crate) fn has_woken(&self) -> bool {
        let woken = &self.waiting.woken;
        !(woken.to_call.is_empty() && woken.to_start.is_empty() && woken.to_preempt.is_empty())
    }

    /// Whether any piece is to be looked at for whether it can be started.
    pub(crate) const fn has_to_start(&self) -> bool {
        !self.waiting.woken.to_start.is_empty()
    }

    /// The first of the pieces that are to be looked at for which something is found, before a bound.
    /// Those for which nothing is found are not looked at again.
    pub(super) fn first<T>(
        &mut self,
        scene: Scene<'_>,
        look: Look,
        bound: Option<Order>,
        find: impl Fn(&Self, usize) -> Option<T>,
    ) -> Option<T> {
        if self.waiting.woken.list(look).is_empty() {
            return None;
        }
        let mut list = std::mem::take(self.waiting.woken.list(look));
        let (mut first, mut found, mut place) = (bound, None, 0);
        while let Some(index) = list.get(place).copied() {
            let piece = &self.pieces[index];
            let waits = piece.state == State::Waiting;
            let order = order(scene, piece);
            if waits && first.is_some_and(|first| order >= first) {
                place += 1;
                continue;
            }
            if let Some(of) = waits.then(|| find(self, index)).flatten() {
                (first, found) = (Some(order), Some(of));
                place += 1;
            } else {
                list.swap_remove(place);
                self.waiting.woken.sleep(index, look);
            }
        }
        *self.waiting.woken.list(look) = list;
        found
    }

    /// Waiting work takes its place in the queue anew.
    pub(crate) fn rekey(&mut self, priority: impl Fn(IncidentId) -> Priority) {
        let waiting = &mut self.waiting;
        for (i, held) in waiting.priorities.iter_mut().enumerate() {
            *held = Some(priority(IncidentId::new(i)));
        }
        for index in &waiting.pieces {
            let piece = &mut self.pieces[*index];
            let priority = waiting.priorities[piece.instance.incident.index()];
            piece.priority = priority.unwrap_or(piece.priority);
        }
    }
}
