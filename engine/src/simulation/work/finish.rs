//! How work ends, is laid aside and goes on.

use super::pace::{begin_segment, done_by, duration, error_chances};
use super::{Piece, State, Work, outcome};
use crate::exercise::{Few, IncidentId, Instance, Measure, RoleId, Severity, Span, TaskId};
use crate::record::{Actor, Event, Outcome, PauseReason, Reach, SkipReason};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::draw::Purpose;
use crate::simulation::human::MAX_ATTEMPTS;
use crate::simulation::out::{Changed, Out};
use crate::simulation::people::{Busy, People};
use crate::simulation::scene::Scene;

impl Work {
    /// The roles in which pieces of a task were claimed done for an incident.
    pub(crate) fn done_by(
        &self,
        task: TaskId,
        incident: IncidentId,
    ) -> impl Iterator<Item = RoleId> {
        let pieces = self.slot_of(task, incident).pieces.iter();
        let done = pieces.map(|i| &self.pieces[*i]);
        let done = done.filter(|piece| matches!(piece.state, State::Done(_)));
        done.filter_map(|piece| piece.role)
    }
}

impl Work {
    /// Whether a task that was done is to be done again.
    pub(crate) fn is_due_again(&self, task: TaskId, incident: IncidentId) -> bool {
        self.slot_of(task, incident).again.is_some()
    }

    /// The entry with which work with a measure was last claimed done for an incident.
    pub(crate) fn claimed_measure(
        &self,
        exercise: &crate::exercise::Exercise,
        incident: IncidentId,
        measure: Measure,
    ) -> Option<u32> {
        let tasks = exercise.all_taking(measure);
        tasks
            .filter_map(|task| self.claimed_done(task, incident))
            .max()
    }

    /// The last piece of a task that was claimed done for an incident.
    pub(crate) fn last_done(&self, task: TaskId, incident: IncidentId) -> Option<&Piece> {
        let pieces = self
            .slot_of(task, incident)
            .pieces
            .iter()
            .rev()
            .map(|i| &self.pieces[*i]);
        pieces
            .into_iter()
            .find(|piece| matches!(piece.state, State::Done(_)))
    }

    /// The entry with which a task that takes a measure first became ready for an incident.
    pub(crate) fn first_ready(
        &self,
        exercise: &crate::exercise::Exercise,
        incident: IncidentId,
        measure: Measure,
    ) -> Option<u32> {
        let tasks = exercise.all_taking(measure);
        let first = tasks.filter_map(|task| self.slot_of(task, incident).pieces.first());
        first.map(|piece| self.pieces[*piece].ready_entry).min()
    }
}

/// Work is the deed of who started it, also where a stand-in or a human sees it through.
fn actor(work: &Work, index: usize) -> Actor {
    work.piece(index).actor.clone()
}

/// The time of a piece is up. `has_target` says whether there is anything to do it on,
/// `can_be_flawed` whether an error can go unnoticed.
pub(crate) fn end(
    work: &mut Work,
    people: &mut People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (index, severity, has_target, can_be_flawed): (usize, Severity, bool, bool),
) {
    if work
        .piece(index)
        .segment
        .is_some_and(|segment| segment.handover)
    {
        handover_ended(work, people, agenda, out, scene, index);
        return;
    }
    let (noticed, unnoticed) = error_chances(work, people, scene, index, severity);
    let piece = work.piece(index);
    let (instance, attempt) = (piece.instance, piece.attempt);
    let subject = scene.work(instance);
    let roll = scene
        .dice
        .part(subject, Purpose::TaskError, u64::from(attempt), 10_000);
    let outcome = if !has_target {
        Outcome::NoTarget
    } else if roll < noticed && attempt < MAX_ATTEMPTS {
        Outcome::Redo
    } else if roll < noticed {
        Outcome::Failed
    } else {
        outcome(!can_be_flawed || roll >= noticed + unnoticed)
    };
    let cause = piece.last_entry;
    let entry = out.emit(
        actor(work, index),
        Some(cause),
        Event::TaskEnded { instance, outcome },
    );
    out.mark(Changed::WORK);
    work.piece_mut(index).last_entry = entry;
    if outcome == Outcome::Redo {
        redo(work, people, agenda, out, scene, index);
        return;
    }
    close(work, people, out, scene, (index, outcome, entry));
}

fn redo(
    work: &mut Work,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    index: usize,
) {
    let actor = actor(work, index);
    let piece = work.piece_mut(index);
    piece.attempt += 1;
    let (instance, attempt) = (piece.instance, piece.attempt);
    piece.left = duration(scene, instance, attempt, piece.floor);
    let role = piece.role.expect("work that was started has a role");
    let event = Event::TaskStarted {
        instance,
        people: Few::from_slice(&piece.people),
        role,
        attempt,
    };
    piece.last_entry = out.emit(actor, Some(piece.last_entry), event);
    begin_segment(work, people, agenda, scene, index);
}

fn close(
    work: &mut Work,
    people: &mut People,
    out: &mut Out,
    scene: Scene<'_>,
    (index, outcome, entry): (usize, Outcome, u32),
) {
    let state = match outcome {
        Outcome::Done => State::Done(true),
        Outcome::Flawed => State::Done(false),
        Outcome::NoTarget => State::NoTarget,
        Outcome::Failed | Outcome::Redo => State::Failed,
    };
    work.change(scene, index, |piece| {
        piece.segment = None;
        piece.ended = Some(entry);
        piece.state = state;
    });
    free(work, people, out, index);
}

/// Whoever works on a piece is free for other work.
fn free(work: &Work, people: &mut People, out: &mut Out, index: usize) {
    for person in work.piece(index).people.iter().copied() {
        match people.get(person).busy {
            Busy::Working(on) if on == index => {
                people.occupy(person, Busy::Free);
                people.end_overtime(person);
            }
            Busy::Reading {
                message,
                interrupted: Some(on),
            } if on == index => {
                let reading = Busy::Reading {
                    message,
                    interrupted: None,
                };
                people.occupy(person, reading);
            }
            _ => {}
        }
    }
    out.mark(Changed::PEOPLE);
}

/// A take-over ended: the work itself goes on.
pub(crate) fn handover_ended(
    work: &mut Work,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    index: usize,
) {
    let actor = actor(work, index);
    let piece = work.piece_mut(index);
    let event = Event::HandoverEnded {
        instance: piece.instance,
    };
    piece.last_entry = out.emit(actor, Some(piece.last_entry), event);
    begin_segment(work, people, agenda, scene, index);
}

/// Counts the work of the running segment as done.
fn settle(work: &mut Work, agenda: &mut Agenda, scene: Scene<'_>, index: usize) {
    agenda.cancel(Rank::WorkEnded, index);
    let piece = work.piece_mut(index);
    if piece.segment.is_some() {
        let done = done_by(piece, scene.now);
        piece.segment = None;
        piece.done += done;
        piece.left = piece.left - done;
    }
}

/// Work is laid aside, and waits for somebody to go on with it.
pub(crate) fn pause(
    work: &mut Work,
    people: &mut People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (index, reason): (usize, PauseReason),
) {
    let actor = actor(work, index);
    settle(work, agenda, scene, index);
    work.change(scene, index, |piece| {
        // Whoever takes it over spends time on it, however little was done.
        piece.done = piece.done.max(Span::SHORTEST);
        piece.state = State::Waiting;
        piece.told = true;
        piece.own = None;
        wait_anew(piece);
    });
    let piece = work.piece_mut(index);
    let event = Event::TaskPaused {
        instance: piece.instance,
        reason,
        done: piece.done,
    };
    piece.last_entry = out.emit(actor, Some(piece.last_entry), event);
    free(work, people, out, index);
    out.mark(Changed::WORK);
}

/// A piece waits from now on, as if it had not waited before.
fn wait_anew(piece: &mut Piece) {
    piece.called.clear();
    piece.reach = Reach::Holders;
    piece.waits = 0;
}

/// Work that was laid aside is the work of a role from now on, which is still to hear of it.
pub(crate) fn hand_to(
    work: &mut Work,
    out: &mut Out,
    scene: Scene<'_>,
    index: usize,
    role: RoleId,
) {
    let actor = actor(work, index);
    let piece = work.piece_mut(index);
    let event = Event::TaskHandedOver {
        instance: piece.instance,
        to: role,
    };
    out.emit(actor, Some(piece.last_entry), event);
    work.change(scene, index, |piece| {
        piece.handed_to = Some(role);
        piece.told = false;
        wait_anew(piece);
    });
}

/// Work was laid aside, or became ready: it waits, at most for the escalation time of its severity
/// before somebody else may take it.
pub(crate) fn await_taker(
    work: &Work,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    instance: Instance,
    severity: Severity,
) {
    let waiting = work
        .find(instance)
        .filter(|index| work.piece(*index).state == State::Waiting);
    if let Some(index) = waiting {
        let after = scene.exercise().plan().escalation.after[severity.index()];
        agenda.schedule(Rank::WorkEscalation, index, scene.now + after);
    }
}

/// A call interrupts work: its time stands still until the call is over.
pub(crate) fn interrupt(
    work: &mut Work,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    index: usize,
) {
    let Some(segment) = work.piece(index).segment else {
        return;
    };
    let actor = actor(work, index);
    if segment.handover {
        // A take-over that is interrupted starts anew.
        agenda.cancel(Rank::WorkEnded, index);
    } else {
        settle(work, agenda, scene, index);
    }
    let piece = work.piece_mut(index);
    piece.segment = None;
    let event = Event::TaskPaused {
        instance: piece.instance,
        reason: PauseReason::Interrupted,
        done: piece.done,
    };
    piece.last_entry = out.emit(actor, Some(piece.last_entry), event);
}

/// The call is over: interrupted work goes on where it stood.
pub(crate) fn resume_interrupted(
    work: &mut Work,
    people: &People,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    index: usize,
) {
    if work.piece(index).state != State::Running || work.piece(index).segment.is_some() {
        return;
    }
    // With several doers, the last one to come back lets the work go on.
    let away = work.piece(index).people.iter().any(|person| {
        matches!(people.get(*person).busy, Busy::Reading { interrupted: Some(i), .. } if i == index)
    });
    if away {
        return;
    }
    let actor = actor(work, index);
    let piece = work.piece_mut(index);
    let role = piece.role.expect("work that was started has a role");
    let event = Event::TaskResumed {
        instance: piece.instance,
        people: Few::from_slice(&piece.people),
        role,
        handover: Span::ZERO,
    };
    piece.last_entry = out.emit(actor, Some(piece.last_entry), event);
    begin_segment(work, people, agenda, scene, index);
}

/// A piece is left out.
pub(crate) fn skip(
    work: &mut Work,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (index, reason): (usize, SkipReason),
    cause: u32,
) {
    agenda.cancel(Rank::WorkEscalation, index);
    let instance = work.piece(index).instance;
    let ended = out.rule(Some(cause), Event::TaskSkipped { instance, reason });
    work.change(scene, index, |piece| {
        piece.state = State::Skipped;
        piece.ended = Some(ended);
    });
    out.mark(Changed::WORK);
}
