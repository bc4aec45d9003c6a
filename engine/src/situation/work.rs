//! Every piece of work: how it stands, who does it, what it waits for.

use super::Stamp;
use crate::exercise::{
    AssetId, Exercise, Few, IncidentId, Instance, PersonId, Priority, RoleId, Span, TaskId,
};
use crate::record::{Entry, Event, Outcome, PauseReason, Reach, SkipReason};

/// Every piece of work that the record speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// By task, then in the order of incident and ordinal.
    by_task: Vec<Vec<Piece>>,
    /// By incident: the roles that finished work of it, in the order in which they did first.
    finished: Vec<Vec<RoleId>>,
}

/// How a piece of work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It could start: somebody who knows of it and is free may be missing, or approval.
    Waiting,
    /// It was laid aside for this reason, and waits for somebody to go on with it.
    Paused(PauseReason),
    /// Somebody takes it over, before it goes on.
    TakingOver,
    /// Somebody works on it.
    Running,
    /// Whoever works on it was interrupted by a call.
    Interrupted,
    /// It was claimed done, and is.
    Done,
    /// It was claimed done, and is without effect, which nobody noticed.
    Flawed,
    /// An error was noticed; it is done again at once.
    Redoing,
    /// An error came to light that nobody had noticed: it counts no longer, and is to be done anew.
    Reopened,
    /// It was given up after too many attempts.
    Failed,
    /// It ended without anything to do it on.
    NoTarget,
    /// It was left out.
    Skipped(SkipReason),
}

/// Whether a piece of work has approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// Nobody asked for any.
    NotAsked,
    /// This role was asked.
    Asked(RoleId),
    /// This person gave it.
    Given(PersonId),
    /// This person refused it.
    Refused(PersonId),
}

/// A request for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// When approval was asked for.
    pub asked: Stamp,
    /// Of which role.
    pub of: RoleId,
    /// When it was given or refused.
    pub answered: Option<Stamp>,
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Which.
    pub instance: Instance,
    /// How it stands.
    pub state: State,
    /// Since when it stands so.
    pub since: Stamp,
    /// When it became ready.
    pub ready: Stamp,
    /// Its place in the queue, as it became ready.
    pub priority: Option<Priority>,
    /// The asset for which it is done, where the plan does it once for each.
    pub on: Option<AssetId>,
    /// Whether somebody of its role knows of it.
    pub told: bool,
    /// Who may take it, by how long it has waited.
    pub reach: Reach,
    /// Whether it has approval.
    pub approval: Approval,
    /// Each time that approval was asked for: when, of which role, and when that was answered.
    pub requests: Few<Request>,
    /// Who works on it, or did last: the doer first, then who helps.
    pub people: Few<PersonId>,
    /// Everybody who ever worked on it, in the order in which they first did.
    pub hands: Few<PersonId>,
    /// In which role.
    pub role: Option<RoleId>,
    /// The role to which it was handed over.
    pub handed_to: Option<RoleId>,
    /// Which attempt it is, from 1; 0 before the first.
    pub attempt: u16,
    /// The work that was done when it was last laid aside.
    pub done: Span,
    /// When it was still open at ENDEX.
    pub closed: Option<Stamp>,
    /// Who might take it before the last entry about it: for who tells people that they no longer may.
    pub(super) was: Open,
}

/// To whom a piece of work is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// Whether somebody of its role knows of it.
    pub(super) told: bool,
    /// The role to which it was handed over.
    pub(super) handed_to: Option<RoleId>,
    /// By how long it has waited.
    pub(super) reach: Reach,
}

impl State {
    /// Whether it is neither ended nor left out.
    pub const fn is_open(self) -> bool {
        self.waits() || self.is_under_way()
    }

    /// Whether it waits for somebody to begin, or to go on.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Waiting | Self::Paused(_))
    }

    /// Whether somebody has it in hand.
    pub const fn is_under_way(self) -> bool {
        matches!(
            self,
            Self::Running | Self::TakingOver | Self::Interrupted | Self::Redoing
        )
    }
}

impl Piece {
    /// To whom it is open now.
    pub(super) const fn open(&self) -> Open {
        Open {
            told: self.told,
            handed_to: self.handed_to,
            reach: self.reach,
        }
    }

    /// Who does it, in name: the first of those who work on it.
    pub fn doer(&self) -> Option<PersonId> {
        self.people.first().copied()
    }

    /// The role of whom approval is asked, while nobody answered.
    pub const fn waits_for_approval_of(&self) -> Option<RoleId> {
        match (self.state.waits(), self.approval) {
            (true, Approval::Asked(of)) => Some(of),
            _ => None,
        }
    }

    fn new(instance: Instance, ready: Stamp) -> Self {
        Self {
            instance,
            state: State::Waiting,
            since: ready,
            ready,
            priority: None,
            on: None,
            told: false,
            reach: Reach::Holders,
            approval: Approval::NotAsked,
            requests: Few::new(),
            people: Few::new(),
            hands: Few::new(),
            role: None,
            handed_to: None,
            attempt: 0,
            done: Span::ZERO,
            closed: None,
            was: Open::default(),
        }
    }

    fn stand(&mut self, state: State, since: Stamp) {
        (self.state, self.since) = (state, since);
    }

    /// Lets an entry about it happen.
    fn apply(&mut self, entry: &Entry) {
        let now = Stamp::of(entry);
        self.was = self.open();
        match &entry.event {
            Event::TaskReady { priority, .. } => self.priority = Some(*priority),
            Event::TaskAimed { asset, .. } => self.on = Some(*asset),
            Event::TaskTold { .. } => self.told = true,
            Event::TaskEscalated { reach, .. } => self.reach = *reach,
            Event::ApprovalAsked { of, .. } => {
                self.approval = Approval::Asked(*of);
                // Who asks again waits on.
                let waits = self.requests.last().is_some_and(|of| of.answered.is_none());
                if !waits {
                    self.requests.push(Request {
                        asked: now,
                        of: *of,
                        answered: None,
                    });
                }
            }
            Event::ApprovalGiven { person, .. } => self.answer(Approval::Given(*person), now),
            Event::ApprovalRefused { person, .. } => self.answer(Approval::Refused(*person), now),
            Event::TaskStarted {
                people,
                role,
                attempt,
                ..
            } => {
                self.attempt = *attempt;
                self.take_up((people, *role), State::Running, now);
            }
            Event::TaskResumed {
                people,
                role,
                handover,
                ..
            } => {
                let state = if *handover > Span::ZERO {
                    State::TakingOver
                } else {
                    State::Running
                };
                self.take_up((people, *role), state, now);
            }
            Event::HandoverEnded { .. } => self.stand(State::Running, now),
            Event::TaskPaused { reason, done, .. } => self.pause(*reason, *done, now),
            Event::TaskHandedOver { to, .. } => {
                self.handed_to = Some(*to);
                self.told = false;
                self.reach = Reach::Holders;
            }
            Event::TaskEnded { outcome, .. } => self.stand(after(*outcome), now),
            Event::TaskSkipped { reason, .. } => self.stand(State::Skipped(*reason), now),
            Event::TaskReopened { .. } => self.stand(State::Reopened, now),
            Event::TaskClosed { .. } => self.closed = Some(now),
            _ => {}
        }
    }

    fn answer(&mut self, how: Approval, now: Stamp) {
        self.approval = how;
        if let Some(request) = self.requests.last_mut() {
            request.answered.get_or_insert(now);
        }
    }

    fn take_up(&mut self, (people, role): (&Few<PersonId>, RoleId), state: State, now: Stamp) {
        self.people.clone_from(people);
        for person in people {
            if !self.hands.contains(person) {
                self.hands.push(*person);
            }
        }
        self.role = Some(role);
        self.stand(state, now);
    }

    fn pause(&mut self, reason: PauseReason, done: Span, now: Stamp) {
        self.done = done;
        if reason == PauseReason::Interrupted {
            self.stand(State::Interrupted, now);
        } else {
            self.told = true;
            self.reach = Reach::Holders;
            self.stand(State::Paused(reason), now);
        }
    }
}

/// How a piece stands after an attempt.
const fn after(outcome: Outcome) -> State {
    match outcome {
        Outcome::Done => State::Done,
        Outcome::Flawed => State::Flawed,
        Outcome::Redo => State::Redoing,
        Outcome::Failed => State::Failed,
        Outcome::NoTarget => State::NoTarget,
    }
}

impl Work {
    /// None yet.
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            by_task: vec![Vec::new(); exercise.task_count()],
            finished: vec![Vec::new(); exercise.scenario().incidents.len()],
        }
    }

    /// The piece of work that an event is about as it goes on; `None`: it is about none.
    pub const fn about(event: &Event) -> Option<Instance> {
        match event {
            Event::TaskReady { instance, .. }
            | Event::TaskAimed { instance, .. }
            | Event::TaskTold { instance }
            | Event::TaskEscalated { instance, .. }
            | Event::ApprovalAsked { instance, .. }
            | Event::ApprovalGiven { instance, .. }
            | Event::ApprovalRefused { instance, .. }
            | Event::TaskStarted { instance, .. }
            | Event::TaskPaused { instance, .. }
            | Event::TaskHandedOver { instance, .. }
            | Event::TaskResumed { instance, .. }
            | Event::HandoverEnded { instance }
            | Event::TaskEnded { instance, .. }
            | Event::TaskSkipped { instance, .. }
            | Event::TaskReopened { instance }
            | Event::TaskClosed { instance } => Some(*instance),
            _ => None,
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let Some(instance) = Self::about(&entry.event) else {
            return;
        };
        let Some(pieces) = self.by_task.get_mut(instance.task.index()) else {
            return;
        };
        let place = pieces.binary_search_by_key(&instance, |piece| piece.instance);
        let place = place.unwrap_or_else(|place| {
            pieces.insert(place, Piece::new(instance, Stamp::of(entry)));
            place
        });
        pieces[place].apply(entry);
        let role = pieces[place].role;
        if let Event::TaskEnded { outcome, .. } = &entry.event
            && outcome.claims_done()
            && let (Some(role), Some(finished)) =
                (role, self.finished.get_mut(instance.incident.index()))
            && !finished.contains(&role)
        {
            finished.push(role);
        }
    }

    /// A piece of work, where the record speaks of it.
    pub fn get(&self, instance: Instance) -> Option<&Piece> {
        let pieces = self.by_task.get(instance.task.index())?;
        let place = pieces.binary_search_by_key(&instance, |piece| piece.instance);
        Some(&pieces[place.ok()?])
    }

    /// Every piece of work: by task, then in order.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.by_task.iter().flatten()
    }

    /// The pieces of a task for an incident, in order.
    pub fn of_task(&self, task: TaskId, incident: IncidentId) -> impl Iterator<Item = &Piece> {
        let pieces = self.by_task.get(task.index());
        let pieces = pieces.map_or(&[][..], Vec::as_slice).iter();
        pieces.filter(move |piece| piece.instance.incident == incident)
    }

    /// The pieces that a person has in hand.
    pub fn in_hand(&self, person: PersonId) -> impl Iterator<Item = &Piece> {
        let under_way = self.pieces().filter(|piece| piece.state.is_under_way());
        under_way.filter(move |piece| piece.people.contains(&person))
    }

    /// Whether a role finished work of an incident.
    pub fn has_finished(&self, incident: IncidentId, role: RoleId) -> bool {
        let finished = self.finished.get(incident.index());
        finished.is_some_and(|roles| roles.contains(&role))
    }
}
