//! Who had how much to do in a run, read off its entries.

use super::row::{PersonLoad, RoleLoad, TaskLoad};
use crate::exercise::{Exercise, ExerciseTime, Instance, MessageId, PersonId, RoleId, Span};
use crate::record::{Entry, Event, Outcome};
use std::sync::Arc;

/// The loads of a run.
#[derive(Debug)]
pub(super) struct Loads {
    pub(super) roles: Vec<RoleLoad>,
    pub(super) people: Vec<PersonLoad>,
    pub(super) tasks: Vec<TaskLoad>,
}

/// A piece of work that is not over.
#[derive(Debug, Clone)]
struct Work {
    instance: Instance,
    role: Option<RoleId>,
    ready: ExerciseTime,
    asked: Option<ExerciseTime>,
    ever_started: bool,
    /// Since when it is worked on, and the place of the entry that says by whom.
    doers: Option<(ExerciseTime, usize)>,
}

/// The work of a role at an instant, since when this is so.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    since: ExerciseTime,
    waiting: u16,
    working: u16,
}

/// Reads the loads of runs of one exercise, one after another: its lists are kept for the next run.
#[derive(Debug)]
pub(super) struct Reader {
    exercise: Arc<Exercise>,
    /// By task: the pieces that are not over.
    works: Vec<Vec<Work>>,
    roles: Vec<Counts>,
    /// By person: the messages that lie noticed and unread.
    inboxes: Vec<Vec<MessageId>>,
    /// By person: what is being read, and since when.
    reading: Vec<Option<(ExerciseTime, MessageId)>>,
}

impl Reader {
    /// Nothing read yet.
    pub(super) fn new(exercise: &Arc<Exercise>) -> Self {
        let organisation = exercise.organisation();
        let (roles, people) = (organisation.roles.len(), organisation.people.len());
        Self {
            exercise: Arc::clone(exercise),
            works: vec![Vec::new(); exercise.plan().tasks.len()],
            roles: vec![Counts::default(); roles],
            inboxes: vec![Vec::new(); people],
            reading: vec![None; people],
        }
    }

    /// Reads the entries of a run that ended at this instant once.
    pub(super) fn read(&mut self, entries: &[Entry], ended_at: ExerciseTime) -> Loads {
        self.works.iter_mut().for_each(Vec::clear);
        self.roles.fill(Counts::default());
        self.inboxes.iter_mut().for_each(Vec::clear);
        self.reading.fill(None);
        let mut reading = Reading {
            loads: Loads {
                roles: vec![RoleLoad::default(); self.roles.len()],
                people: vec![PersonLoad::default(); self.reading.len()],
                tasks: vec![TaskLoad::default(); self.works.len()],
            },
            of: self,
            entries,
        };
        for (place, entry) in entries.iter().enumerate() {
            reading.read(place, entry);
        }
        reading.close(ended_at);
        reading.loads
    }
}

/// One run that is being read.
struct Reading<'a> {
    of: &'a mut Reader,
    entries: &'a [Entry],
    loads: Loads,
}

impl Reading<'_> {
    fn read(&mut self, place: usize, entry: &Entry) {
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
            Event::TaskStarted { instance, role, .. }
            | Event::TaskResumed { instance, role, .. } => {
                self.start(at, *instance, place, *role);
            }
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
                self.of.reading[person.index()] = Some((at, *message));
            }
            Event::MessageRead { message, person } => self.finished_reading(at, *message, *person),
            Event::MessageWithdrawn { message } => {
                for inbox in &mut self.of.inboxes {
                    inbox.retain(|noticed| noticed != message);
                }
            }
            _ => {}
        }
    }

    /// A piece of work that is not over.
    fn work(&mut self, instance: Instance) -> Option<&mut Work> {
        let mut works = self.of.works[instance.task.index()].iter_mut();
        works.find(|work| work.instance == instance)
    }

    fn ready(&mut self, at: ExerciseTime, instance: Instance) {
        if self.work(instance).is_some() {
            return;
        }
        let exercise = &self.of.exercise;
        let role = exercise.roles(exercise.task(instance.task).by).first();
        let role = role.copied();
        self.of.works[instance.task.index()].push(Work {
            instance,
            role,
            ready: at,
            asked: None,
            ever_started: false,
            doers: None,
        });
        self.loads.tasks[instance.task.index()].ready += 1;
        self.count(at, role, (1, 0));
    }

    fn answered(&mut self, at: ExerciseTime, instance: Instance) {
        let asked = self.work(instance).and_then(|work| work.asked.take());
        if let Some(asked) = asked {
            self.loads.tasks[instance.task.index()].approval += at - asked;
        }
    }

    fn start(&mut self, at: ExerciseTime, instance: Instance, place: usize, role: RoleId) {
        self.ready(at, instance);
        self.lay_aside(at, instance);
        let Some(work) = self.work(instance) else {
            return;
        };
        work.doers = Some((at, place));
        let before = work.role.replace(role);
        let first = !std::mem::replace(&mut work.ever_started, true);
        let waited = at - work.ready;
        if first {
            let task = &mut self.loads.tasks[instance.task.index()];
            task.started += 1;
            task.waited += waited;
        }
        if before == Some(role) {
            self.count(at, before, (-1, 1));
        } else {
            self.count(at, before, (-1, 0));
            self.count(at, Some(role), (0, 1));
        }
    }

    /// The work on a piece stops, and it lies ready again.
    fn lay_aside(&mut self, at: ExerciseTime, instance: Instance) {
        let Some(work) = self.work(instance) else {
            return;
        };
        let Some((since, place)) = work.doers.take() else {
            return;
        };
        let role = work.role;
        self.loads.tasks[instance.task.index()].worked += at - since;
        if let Event::TaskStarted { people, .. } | Event::TaskResumed { people, .. } =
            &self.entries[place].event
        {
            for person in people {
                self.loads.people[person.index()].working += at - since;
            }
        }
        self.count(at, role, (1, -1));
    }

    fn over(&mut self, at: ExerciseTime, instance: Instance) {
        self.lay_aside(at, instance);
        self.answered(at, instance);
        let works = &mut self.of.works[instance.task.index()];
        let place = works.iter().position(|work| work.instance == instance);
        if let Some(work) = place.map(|place| works.swap_remove(place)) {
            if !work.ever_started {
                self.loads.tasks[instance.task.index()].waited += at - work.ready;
            }
            self.count(at, work.role, (-1, 0));
        }
    }

    /// Counts the time since the last change of a role's work, then changes how many pieces wait and how
    /// many are worked on.
    fn count(&mut self, at: ExerciseTime, role: Option<RoleId>, (waiting, working): (i16, i16)) {
        let Some(role) = role else {
            return;
        };
        let counts = &mut self.of.roles[role.index()];
        let span = at - counts.since;
        // What lies ready for no time at all is no queue.
        if span > Span::ZERO {
            let load = &mut self.loads.roles[role.index()];
            if counts.waiting > 0 || counts.working > 0 {
                load.laden += span;
            }
            if counts.working > 0 {
                load.busy += span;
            }
            load.waited += Span(span.0 * i64::from(counts.waiting));
            load.queue = load.queue.max(counts.waiting);
            counts.since = at;
        }
        counts.waiting = counts.waiting.saturating_add_signed(waiting);
        counts.working = counts.working.saturating_add_signed(working);
    }

    fn noticed(&mut self, message: MessageId, person: PersonId) {
        let inbox = &mut self.of.inboxes[person.index()];
        if !inbox.contains(&message) {
            inbox.push(message);
        }
        let load = &mut self.loads.people[person.index()];
        load.inbox = load.inbox.max(inbox.len() as u16);
    }

    fn finished_reading(&mut self, at: ExerciseTime, message: MessageId, person: PersonId) {
        self.of.inboxes[person.index()].retain(|noticed| *noticed != message);
        if let Some((since, read)) = self.of.reading[person.index()].take()
            && read == message
        {
            self.loads.people[person.index()].reading += at - since;
        }
    }

    fn close(&mut self, at: ExerciseTime) {
        for task in 0..self.of.works.len() {
            while let Some(work) = self.of.works[task].first() {
                self.over(at, work.instance);
            }
        }
    }
}
