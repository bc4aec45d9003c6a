//! Who had how much to do in a run, read off its entries.

use super::row::{PersonLoad, RoleLoad, TaskLoad};
use crate::exercise::{Exercise, ExerciseTime, Instance, MessageId, PersonId, RoleId, Span};
use crate::record::{Entry, Event, Outcome, Record};

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
        let (roles, people) = (organisation.roles.len(), organisation.people.len());
        let tasks = exercise.plan().tasks.len();
        let mut reader = Reader {
            exercise,
            loads: Self {
                roles: vec![RoleLoad::default(); roles],
                people: vec![PersonLoad::default(); people],
                tasks: vec![TaskLoad::default(); tasks],
            },
            works: (0..tasks).map(|_| Vec::new()).collect(),
            roles: vec![Counts::default(); roles],
            inboxes: vec![Vec::new(); people],
            reading: vec![None; people],
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
struct Work<'a> {
    instance: Instance,
    role: Option<RoleId>,
    ready: ExerciseTime,
    asked: Option<ExerciseTime>,
    ever_started: bool,
    /// Since when it is worked on, and by whom.
    doers: Option<(ExerciseTime, &'a [PersonId])>,
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
    /// By task: the pieces that are not over.
    works: Vec<Vec<Work<'a>>>,
    roles: Vec<Counts>,
    /// By person: the messages that lie noticed and unread.
    inboxes: Vec<Vec<MessageId>>,
    /// By person: what is being read, and since when.
    reading: Vec<Option<(ExerciseTime, MessageId)>>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, entry: &'a Entry) {
        let at = entry.at;
        match &entry.event {
            Event::TaskReady { instance, .. } | Event::TaskReopened { instance } => {
                self.ready(at, *instance);
            }
            Event::ApprovalAsked { instance, .. } => {
                if let Some(work) = self.work(*instance) {
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
                self.reading[person.index()] = Some((at, *message));
            }
            Event::MessageRead { message, person } => self.finished_reading(at, *message, *person),
            Event::MessageWithdrawn { message } => {
                for inbox in &mut self.inboxes {
                    inbox.retain(|noticed| noticed != message);
                }
            }
            _ => {}
        }
    }

    /// A piece of work that is not over.
    fn work(&mut self, instance: Instance) -> Option<&mut Work<'a>> {
        let mut works = self.works[instance.task.index()].iter_mut();
        works.find(|work| work.instance == instance)
    }

    fn ready(&mut self, at: ExerciseTime, instance: Instance) {
        if self.work(instance).is_some() {
            return;
        }
        let by = self.exercise.task(instance.task).by;
        let role = self.exercise.roles(by).first().copied();
        self.works[instance.task.index()].push(Work {
            instance,
            role,
            ready: at,
            asked: None,
            ever_started: false,
            doers: None,
        });
        self.loads.tasks[instance.task.index()].ready += 1;
        self.count(at, role, 1, 0);
    }

    fn answered(&mut self, at: ExerciseTime, instance: Instance) {
        let asked = self.work(instance).and_then(|work| work.asked.take());
        if let Some(asked) = asked {
            self.loads.tasks[instance.task.index()].approval += at - asked;
        }
    }

    fn start(
        &mut self,
        at: ExerciseTime,
        instance: Instance,
        people: &'a [PersonId],
        role: RoleId,
    ) {
        self.ready(at, instance);
        self.lay_aside(at, instance);
        let Some(work) = self.work(instance) else {
            return;
        };
        work.doers = Some((at, people));
        let before = work.role.replace(role);
        let first = !std::mem::replace(&mut work.ever_started, true);
        let waited = at - work.ready;
        if first {
            let task = &mut self.loads.tasks[instance.task.index()];
            task.started += 1;
            task.waited += waited;
        }
        self.count(at, before, -1, 0);
        self.count(at, Some(role), 0, 1);
    }

    /// The work on a piece stops, and it lies ready again.
    fn lay_aside(&mut self, at: ExerciseTime, instance: Instance) {
        let Some(work) = self.work(instance) else {
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
        let works = &mut self.works[instance.task.index()];
        let place = works.iter().position(|work| work.instance == instance);
        if let Some(work) = place.map(|place| works.swap_remove(place)) {
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
        if !inbox.contains(&message) {
            inbox.push(message);
        }
        let load = &mut self.loads.people[person.index()];
        load.inbox = load.inbox.max(inbox.len() as u16);
    }

    fn finished_reading(&mut self, at: ExerciseTime, message: MessageId, person: PersonId) {
        self.inboxes[person.index()].retain(|noticed| *noticed != message);
        if let Some((since, read)) = self.reading[person.index()].take()
            && read == message
        {
            self.loads.people[person.index()].reading += at - since;
        }
    }

    fn close(&mut self, at: ExerciseTime) {
        let open = self.works.iter().flatten().map(|work| work.instance);
        let open: Vec<Instance> = open.collect();
        for instance in open {
            self.over(at, instance);
        }
    }
}
