//! Who had how much to do in a run, read off its entries.

use super::row::{PersonLoad, RoleLoad, TaskLoad};
use crate::exercise::{Exercise, ExerciseTime, Instance, MessageId, PersonId, RoleId, Span};
use crate::record::{Entry, Event, Outcome, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The loads of a run.
#[derive(Debug)]
pub(super) struct Loads {
    pub(super) roles: Vec<RoleLoad>,
    pub(super) people: Vec<PersonLoad>,
    pub(super) tasks: Vec<TaskLoad>,
}

impl Loads {
    /// Reads the entries once.
    pub(super) fn of(exercise: &Exercise, record: &Record, ended_at: ExerciseTime) -> Self {
        let organisation = exercise.organisation();
        let mut reader = Reader {
            exercise,
            loads: Self {
                roles: vec![RoleLoad::default(); organisation.roles.len()],
                people: vec![PersonLoad::default(); organisation.people.len()],
                tasks: vec![TaskLoad::default(); exercise.plan().tasks.len()],
            },
            works: BTreeMap::new(),
            roles: vec![Counts::default(); organisation.roles.len()],
            inboxes: vec![BTreeSet::new(); organisation.people.len()],
            reading: BTreeMap::new(),
        };
        for entry in &record.entries {
            reader.read(entry);
        }
        reader.close(ended_at);
        reader.loads
    }
}

/// A piece of work that is not over.
#[derive(Debug, Clone)]
struct Work {
    role: Option<RoleId>,
    ready: ExerciseTime,
    asked: Option<ExerciseTime>,
    ever_started: bool,
    /// Since when it is worked on, and by whom.
    doers: Option<(ExerciseTime, Vec<PersonId>)>,
}

/// The work of a role at an instant, since when this is so.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    since: ExerciseTime,
    waiting: u16,
    working: u16,
}

struct Reader<'a> {
    exercise: &'a Exercise,
    loads: Loads,
    works: BTreeMap<Instance, Work>,
    roles: Vec<Counts>,
    inboxes: Vec<BTreeSet<MessageId>>,
    reading: BTreeMap<PersonId, (ExerciseTime, MessageId)>,
}

impl Reader<'_> {
    fn read(&mut self, entry: &Entry) {
        let at = entry.at;
        match &entry.event {
            Event::TaskReady { instance, .. } | Event::TaskReopened { instance } => {
                self.ready(at, *instance);
            }
            Event::ApprovalAsked { instance, .. } => {
                if let Some(work) = self.works.get_mut(instance) {
                    work.asked.get_or_insert(at);
                }
            }
            Event::ApprovalGiven { instance, .. } | Event::ApprovalRefused { instance, .. } => {
                self.answered(at, *instance);
            }
            Event::TaskStarted {
                instance,
                people,
                role,
                ..
            }
            | Event::TaskResumed {
                instance,
                people,
                role,
                ..
            } => self.start(at, *instance, people, *role),
            Event::TaskPaused { instance, .. }
            | Event::TaskEnded {
                instance,
                outcome: Outcome::Redo,
            } => self.lay_aside(at, *instance),
            Event::TaskEnded { instance, .. }
            | Event::TaskSkipped { instance, .. }
            | Event::TaskClosed { instance } => self.over(at, *instance),
            Event::MessageNoticed { message, person } => self.noticed(*message, *person),
            Event::ReadingStarted { message, person } => {
                self.reading.insert(*person, (at, *message));
            }
            Event::MessageRead { message, person } => self.finished_reading(at, *message, *person),
            Event::MessageWithdrawn { message } => {
                for inbox in &mut self.inboxes {
                    inbox.remove(message);
                }
            }
            _ => {}
        }
    }

    fn ready(&mut self, at: ExerciseTime, instance: Instance) {
        if self.works.contains_key(&instance) {
            return;
        }
        let by = self.exercise.task(instance.task).by;
        let role = self.exercise.roles(by).first().copied();
        let work = Work {
            role,
            ready: at,
            asked: None,
            ever_started: false,
            doers: None,
        };
        self.works.insert(instance, work);
        self.loads.tasks[instance.task.index()].ready += 1;
        self.count(at, role, 1, 0);
    }

    fn answered(&mut self, at: ExerciseTime, instance: Instance) {
        let asked = self.works.get_mut(&instance).and_then(|w| w.asked.take());
        if let Some(asked) = asked {
            self.loads.tasks[instance.task.index()].approval += at - asked;
        }
    }

    fn start(&mut self, at: ExerciseTime, instance: Instance, people: &[PersonId], role: RoleId) {
        self.ready(at, instance);
        self.lay_aside(at, instance);
        let Some(work) = self.works.get_mut(&instance) else {
            return;
        };
        let task = &mut self.loads.tasks[instance.task.index()];
        if !work.ever_started {
            work.ever_started = true;
            task.started += 1;
            task.waited += at - work.ready;
        }
        let before = work.role.replace(role);
        work.doers = Some((at, people.to_vec()));
        self.count(at, before, -1, 0);
        self.count(at, Some(role), 0, 1);
    }

    /// The work on a piece stops, and it lies ready again.
    fn lay_aside(&mut self, at: ExerciseTime, instance: Instance) {
        let Some(work) = self.works.get_mut(&instance) else {
            return;
        };
        let Some((since, people)) = work.doers.take() else {
            return;
        };
        let role = work.role;
        self.loads.tasks[instance.task.index()].worked += at - since;
        for person in people {
            self.loads.people[person.index()].working += at - since;
        }
        self.count(at, role, 1, -1);
    }

    fn over(&mut self, at: ExerciseTime, instance: Instance) {
        self.lay_aside(at, instance);
        self.answered(at, instance);
        if let Some(work) = self.works.remove(&instance) {
            if !work.ever_started {
                self.loads.tasks[instance.task.index()].waited += at - work.ready;
            }
            self.count(at, work.role, -1, 0);
        }
    }

    /// Counts the time since the last change of a role's work, then changes it.
    fn count(&mut self, at: ExerciseTime, role: Option<RoleId>, waiting: i32, working: i32) {
        let Some(role) = role else {
            return;
        };
        let counts = &mut self.roles[role.index()];
        let load = &mut self.loads.roles[role.index()];
        let span = at - counts.since;
        if counts.waiting + counts.working > 0 {
            load.laden += span;
        }
        if counts.working > 0 {
            load.busy += span;
        }
        load.waited += Span(span.0 * i64::from(counts.waiting));
        let add = |n: u16, by: i32| u16::try_from(i32::from(n) + by).unwrap_or(0);
        // What lies ready for no time at all is no queue.
        if span > Span::ZERO {
            load.queue = load.queue.max(counts.waiting);
        }
        *counts = Counts {
            since: at,
            waiting: add(counts.waiting, waiting),
            working: add(counts.working, working),
        };
    }

    fn noticed(&mut self, message: MessageId, person: PersonId) {
        let inbox = &mut self.inboxes[person.index()];
        inbox.insert(message);
        let load = &mut self.loads.people[person.index()];
        load.inbox = load.inbox.max(inbox.len() as u16);
    }

    fn finished_reading(&mut self, at: ExerciseTime, message: MessageId, person: PersonId) {
        self.inboxes[person.index()].remove(&message);
        if let Some((since, read)) = self.reading.remove(&person)
            && read == message
        {
            self.loads.people[person.index()].reading += at - since;
        }
    }

    fn close(&mut self, at: ExerciseTime) {
        let open: Vec<Instance> = self.works.keys().copied().collect();
        for instance in open {
            self.over(at, instance);
        }
    }
}
