//! Work: the tasks of the plan as pieces of work, from ready to ended.

mod applied;
mod crafts;
mod each;
mod finish;
mod held_up;
mod hours;
mod own;
mod pace;
mod per_asset;
mod queue;
mod ready;
mod skipped;
mod taken_back;
mod waiting;

pub(crate) use applied::TAKING_OUT;
pub(crate) use crafts::{Crafts, can_do_own};
pub(crate) use each::Occasions;
pub(crate) use finish::{await_taker, end, hand_to, interrupt, pause, resume_interrupted, skip};
pub(crate) use held_up::{held_up_by, next_held_up};
pub(crate) use hours::opens;
pub(crate) use own::{Own, asked_by, take_up};
pub(crate) use pace::{Segment, goes_on};
pub(crate) use queue::{
    Assignment, acts_as, assignable, assignment, concerns, has_authority, lies_before,
    next_assignment, role_for, roles_of, start, team,
};
pub(crate) use ready::{
    DueTask, Found, Readiness, Standing, called_up, delayed, make_ready, readiness,
};
pub(crate) use skipped::may_follow_nothing;
pub(crate) use taken_back::{Change, next_taken_back, taken_back, takes_over};
pub(crate) use waiting::Look;

use super::scene::Scene;
use crate::exercise::{
    AssetId, Each, ExerciseTime, Few, IncidentId, Instance, MessageId, PersonId, Priority, RoleId,
    Span, TaskId,
};
use crate::record::{Actor, MessageKind, Outcome, Reach};
use applied::Applied;
use bevy_ecs::component::Component;
use hours::Hours;
use waiting::Waiting;

/// How a piece of work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It could start; approval may be missing, or somebody who knows of it and is free.
    Waiting,
    /// Somebody works on it.
    Running,
    /// It was claimed done; `true` where it truly is.
    Done(bool),
    /// It was given up.
    Failed,
    /// It ended without anything to do it on.
    NoTarget,
    /// It was left out.
    Skipped,
}

/// Whether a piece of work needs approval, and has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Approval {
    /// None is needed by whom it is given to, or none at all.
    NotAsked,
    /// It was asked for.
    Asked,
    /// It was given.
    Given,
}

/// A piece of work.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) instance: Instance,
    pub(crate) state: State,
    pub(crate) approval: Approval,
    /// Whether somebody of its role knows of it.
    pub(crate) told: bool,
    /// Who may take it, by how long it has waited.
    pub(crate) reach: Reach,
    /// How often its wait was looked at.
    pub(crate) waits: u8,
    pub(crate) priority: Priority,
    pub(crate) ready_at: ExerciseTime,
    /// The entry with which it became ready.
    pub(crate) ready_entry: u32,
    /// The entry that made it startable last: ready, told, approved.
    pub(crate) startable: u32,
    /// The entry of its last milestone.
    pub(crate) last_entry: u32,
    /// The entry with which it ended.
    pub(crate) ended: Option<u32>,
    /// The asset it is done on, where the plan does it once for each.
    pub(crate) target: Option<AssetId>,
    pub(crate) people: Few<PersonId>,
    /// Who started it last, and gets the credit.
    pub(crate) actor: Actor,
    pub(crate) role: Option<RoleId>,
    /// The role to which it was handed over.
    pub(crate) handed_to: Option<RoleId>,
    /// A human who read the request for its approval, and has not answered.
    pub(crate) asked: Option<PersonId>,
    pub(crate) attempt: u16,
    /// Work done before this segment.
    pub(crate) done: Span,
    /// Work left when this segment started.
    pub(crate) left: Span,
    /// The least time of its first attempt, by what it is done on.
    pub(crate) floor: Span,
    /// When this segment of work started, and whether it is a take-over first.
    pub(crate) segment: Option<Segment>,
    /// Who was called because nobody was there.
    pub(crate) called: Few<PersonId>,
    /// Who took it as a measure of their own and goes on with it by themselves, until it is laid aside.
    pub(crate) own: Option<PersonId>,
    /// The people who did what came before.
    pub(crate) before: Few<PersonId>,
    /// The messages about it, in the order in which they came to be.
    pub(crate) letters: Few<MessageId>,
}

impl Piece {
    /// Whether it is neither ended nor left out.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.state, State::Waiting | State::Running)
    }
}

/// What a task has come to for an incident.
#[derive(Debug, Clone, Default)]
struct Slot {
    /// Its pieces, in order.
    pieces: Vec<usize>,
    /// Conditions held and the plan's delay runs, or is over.
    delay: Delay,
    /// It is to be done again though its last piece ended: a phase re-opened, an error was found, or a
    /// decision says so; with the entry that says so.
    again: Option<u32>,
    /// Left out by a decision.
    omitted: bool,
    /// Alerts or messages for which a piece is due, with the entry of each.
    due: Vec<(u32, Option<AssetId>)>,
    /// Whether it waits for the hours of those whom it tells.
    hours: Hours,
}

impl Slot {
    /// Nothing was done yet.
    fn clear(&mut self) {
        self.pieces.clear();
        self.delay = Delay::NotYet;
        self.again = None;
        self.omitted = false;
        self.due.clear();
        self.hours = Hours::Open;
    }
}

impl Slot {
    /// A piece is made ready for the first occasion, or for those of an asset.
    fn answered(&mut self, asset: Option<AssetId>) {
        if asset.is_some() {
            self.due.retain(|(_, on)| *on != asset);
        } else if !self.due.is_empty() {
            self.due.remove(0);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Delay {
    #[default]
    NotYet,
    Running(u32),
    Over(u32),
}

/// The work of a run.
#[derive(Debug, Clone, Component, Default)]
pub(crate) struct Work {
    pieces: Vec<Piece>,
    waiting: Waiting,
    /// The pieces messages about which may not be needed any more, since that was last taken.
    answered: Vec<usize>,
    /// The messages of those, while they are looked at.
    unneeded: Vec<MessageId>,
    /// The assets on which a measure is taken, while that is done.
    targets: Vec<AssetId>,
    slots: Vec<Slot>,
    incidents: usize,
    /// The measures that the team claims to have taken on assets.
    applied: Applied,
    /// The tasks that stand otherwise since that was last taken.
    touched: Vec<(TaskId, IncidentId)>,
    /// The pieces that run and that others could do as well, in no order; and some that no longer run.
    other_hands: Vec<usize>,
    /// Whether anybody stands otherwise since nobody took work back.
    hands_in_doubt: bool,
}

impl Work {
    pub(crate) fn reset(&mut self, scene: Scene<'_>) {
        self.incidents = scene.exercise().scenario().incidents.len();
        self.pieces.clear();
        self.waiting.reset(scene);
        self.answered.clear();
        self.touched.clear();
        self.other_hands.clear();
        self.hands_in_doubt = false;
        let assets = scene.exercise().organisation().assets.len();
        self.applied.reset(self.incidents, assets);
        let tasks = scene.exercise().task_count();
        self.slots.iter_mut().for_each(Slot::clear);
        self.slots
            .resize_with(tasks * self.incidents, Slot::default);
    }

    /// Whether a task stands otherwise that was not taken.
    pub(crate) const fn has_touched(&self) -> bool {
        !self.touched.is_empty()
    }

    /// Takes a task that stands otherwise, with the incident, in no order.
    pub(crate) fn take_touched(&mut self) -> Option<(TaskId, IncidentId)> {
        self.touched.pop()
    }

    /// The number of a task for an incident, for the agenda.
    pub(crate) const fn slot(&self, task: TaskId, incident: IncidentId) -> usize {
        task.index() * self.incidents + incident.index()
    }

    fn slot_of(&self, task: TaskId, incident: IncidentId) -> &Slot {
        &self.slots[task.index() * self.incidents + incident.index()]
    }

    /// The slot of a task that stands otherwise from now on.
    fn slot_mut(&mut self, task: TaskId, incident: IncidentId) -> &mut Slot {
        self.touched.push((task, incident));
        &mut self.slots[task.index() * self.incidents + incident.index()]
    }

    /// A piece by its index.
    pub(crate) fn piece(&self, index: usize) -> &Piece {
        &self.pieces[index]
    }

    /// How many pieces there are.
    pub(crate) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Every piece, with its index.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (usize, &Piece)> {
        self.pieces.iter().enumerate()
    }

    /// The index of the first piece from one on that passes a test.
    pub(crate) fn next_piece(&self, from: usize, test: impl Fn(&Piece) -> bool) -> Option<usize> {
        let found = self.pieces[from..].iter().position(test)?;
        Some(from + found)
    }

    /// The index of a piece of work.
    pub(crate) fn find(&self, instance: Instance) -> Option<usize> {
        let slot = self.slot_of(instance.task, instance.incident);
        slot.pieces
            .get(usize::from(instance.ordinal).checked_sub(1)?)
            .copied()
    }

    /// The open piece of a task for an incident, if there is one.
    pub(crate) fn open(&self, task: TaskId, incident: IncidentId) -> Option<usize> {
        let mut pieces = self.slot_of(task, incident).pieces.iter().copied();
        pieces.rfind(|piece| self.pieces[*piece].is_open())
    }

    /// The entry with which a task was last claimed done for an incident.
    pub(crate) fn claimed_done(&self, task: TaskId, incident: IncidentId) -> Option<u32> {
        let slot = self.slot_of(task, incident);
        let last = &self.pieces[*slot.pieces.last()?];
        match last.state {
            State::Done(_) => last.ended,
            // Earlier pieces of an `each` task, or of one that is being done again, count on.
            _ => slot.pieces.iter().rev().find_map(|p| {
                let piece = &self.pieces[*p];
                piece
                    .ended
                    .filter(|_| matches!(piece.state, State::Done(_)))
            }),
        }
    }

    /// Whether a task will not be done for an incident: left out, refused or given up on.
    pub(crate) fn is_skipped(&self, task: TaskId, incident: IncidentId) -> bool {
        let slot = self.slot_of(task, incident);
        slot.omitted
            || slot
                .pieces
                .last()
                .is_some_and(|piece| self.pieces[*piece].state == State::Skipped)
    }

    /// A task is left out by a decision.
    pub(crate) fn omit(&mut self, task: TaskId, incident: IncidentId) {
        self.slot_mut(task, incident).omitted = true;
    }

    /// A task is to be done again on an asset, because of an entry: the piece for it, or the whole.
    pub(crate) fn again_on(
        &mut self,
        scene: Scene<'_>,
        (task, incident): (TaskId, IncidentId),
        cause: u32,
        asset: AssetId,
    ) {
        if scene.exercise().task(task).each == Each::Asset {
            if self.was_tried_on(task, incident, asset) {
                self.asset_recurs(task, incident, cause, asset);
            }
        } else if self.open(task, incident).is_none() {
            self.again(task, incident, cause);
        }
    }

    /// A task is to be done again, because of an entry.
    pub(crate) fn again(&mut self, task: TaskId, incident: IncidentId, cause: u32) {
        let slot = self.slot_mut(task, incident);
        if !slot.pieces.is_empty() {
            slot.again = Some(cause);
            slot.delay = Delay::NotYet;
        }
    }

    /// A task becomes ready whatever its conditions say, because of an entry.
    pub(crate) fn force(&mut self, task: TaskId, incident: IncidentId, cause: u32) {
        self.slot_mut(task, incident).again = Some(cause);
    }

    /// An asset for which an `each` task is due, once: whoever learns of it.
    pub(crate) fn asset_occurs(
        &mut self,
        task: TaskId,
        incident: IncidentId,
        cause: u32,
        asset: AssetId,
    ) {
        if !self.was_tried_on(task, incident, asset) {
            self.asset_recurs(task, incident, cause, asset);
        }
    }

    /// Whether an `each` task was done on an asset before.
    pub(crate) fn was_tried_on(&self, task: TaskId, incident: IncidentId, asset: AssetId) -> bool {
        let mut pieces = self.slot_of(task, incident).pieces.iter();
        pieces.any(|piece| self.pieces[*piece].target == Some(asset))
    }

    /// An asset for which an `each` task is due again, unless it is due or under way.
    pub(crate) fn asset_recurs(
        &mut self,
        task: TaskId,
        incident: IncidentId,
        cause: u32,
        asset: AssetId,
    ) {
        let slot = self.slot_of(task, incident);
        let due = slot.due.iter().any(|(_, on)| *on == Some(asset));
        let open = |piece: &usize| {
            let piece = &self.pieces[*piece];
            piece.target == Some(asset) && piece.is_open()
        };
        if !due && !slot.pieces.iter().any(open) {
            self.occurrence(task, incident, cause, Some(asset));
        }
    }

    /// An occurrence for which an `each` task is due.
    pub(crate) fn occurrence(
        &mut self,
        task: TaskId,
        incident: IncidentId,
        cause: u32,
        asset: Option<AssetId>,
    ) {
        self.slot_mut(task, incident).due.push((cause, asset));
    }

    /// The plan's delay before a task is over, or the hours have come for which it waited.
    pub(crate) fn delay_over(&mut self, slot: usize) {
        let task = TaskId::new(slot / self.incidents);
        self.touched
            .push((task, IncidentId::new(slot % self.incidents)));
        let slot = &mut self.slots[slot];
        slot.hours.come();
        if let Delay::Running(cause) = slot.delay {
            slot.delay = Delay::Over(cause);
        }
    }

    /// A message is about a piece of work.
    pub(crate) fn add_letter(&mut self, instance: Instance, message: MessageId) {
        if let Some(index) = self.find(instance) {
            self.pieces[index].letters.push(message);
        }
    }

    /// Takes the messages that nobody may need to read any more, in the order of sending.
    pub(crate) fn take_unneeded(&mut self) -> Vec<MessageId> {
        let mut letters = std::mem::take(&mut self.unneeded);
        letters.clear();
        for index in self.answered.drain(..) {
            letters.extend_from_slice(&self.pieces[index].letters);
        }
        letters.sort_unstable();
        letters.dedup();
        letters
    }

    /// An empty list of assets; it is to be given back, for its memory.
    pub(crate) fn take_targets(&mut self) -> Vec<AssetId> {
        let mut targets = std::mem::take(&mut self.targets);
        targets.clear();
        targets
    }

    /// Gives a list of assets back.
    pub(crate) fn keep_targets(&mut self, targets: Vec<AssetId>) {
        self.targets = targets;
    }

    /// Gives back what messages were taken into.
    pub(crate) fn keep_unneeded(&mut self, letters: Vec<MessageId>) {
        self.unneeded = letters;
    }

    /// Whether a message of a kind about a piece of work is still needed by who would read it.
    pub(crate) fn needs_message(&self, instance: Instance, kind: MessageKind) -> bool {
        let Some(piece) = self.find(instance).map(|index| &self.pieces[index]) else {
            return true;
        };
        match kind {
            MessageKind::ApprovalRequest => {
                piece.state == State::Waiting && piece.approval == Approval::Asked
            }
            _ => piece.state == State::Waiting,
        }
    }
}

/// The outcome of an attempt, in the words of the record.
pub(crate) const fn outcome(sound: bool) -> Outcome {
    if sound {
        Outcome::Done
    } else {
        Outcome::Flawed
    }
}
