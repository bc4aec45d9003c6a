//! The life of one piece of work.

use crate::exercise::{AssetId, IncidentId, Instance, Measure, RoleId, TaskId};
use crate::record::{Entry, Event, Outcome, SkipReason};

/// A measure that was taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken<'a> {
    /// The entry that says so.
    pub(crate) entry: &'a Entry,
    /// By which work.
    pub(crate) instance: Instance,
    /// The measure.
    pub(crate) measure: Measure,
    /// The asset; none: the incident as such.
    pub(crate) asset: Option<AssetId>,
    /// Whether it truly has an effect.
    pub(crate) effect: bool,
}

/// Every piece of work: by task, then in order.
#[derive(Debug)]
pub(crate) struct Works<'a> {
    by_task: Vec<Vec<(Instance, Work<'a>)>>,
}

impl<'a> Works<'a> {
    /// None yet, of so many tasks.
    pub(super) fn none(tasks: usize) -> Self {
        Self {
            by_task: (0..tasks).map(|_| Vec::new()).collect(),
        }
    }

    /// Notes an entry about a piece of work.
    pub(super) fn add(&mut self, instance: Instance, entry: &'a Entry) {
        let task = instance.task.index();
        if self.by_task.len() <= task {
            self.by_task.resize_with(task + 1, Vec::new);
        }
        let works = &mut self.by_task[task];
        let place = works.binary_search_by_key(&instance, |(of, _)| *of);
        let place = place.unwrap_or_else(|place| {
            works.insert(place, (instance, Work::default()));
            place
        });
        works[place].1.entries.push(entry);
    }

    /// A piece of work, where the record speaks of it.
    pub(crate) fn get(&self, instance: Instance) -> Option<&Work<'a>> {
        let works = self.by_task.get(instance.task.index())?;
        let place = works.binary_search_by_key(&instance, |(of, _)| *of).ok()?;
        Some(&works[place].1)
    }

    /// Every piece of work, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Instance, &Work<'a>)> {
        let works = self.by_task.iter().flatten();
        works.map(|(instance, work)| (*instance, work))
    }

    /// The work of a task for an incident, in order.
    pub(crate) fn of_task(&self, task: TaskId, incident: IncidentId) -> &[(Instance, Work<'a>)] {
        let works = self
            .by_task
            .get(task.index())
            .map_or(&[][..], Vec::as_slice);
        let from = works.partition_point(|(of, _)| of.incident < incident);
        let until = works.partition_point(|(of, _)| of.incident <= incident);
        &works[from..until]
    }
}

/// Every entry about one piece of work, in order.
#[derive(Debug, Default)]
pub(crate) struct Work<'a> {
    entries: Vec<&'a Entry>,
}

impl<'a> Work<'a> {
    /// Every entry about it.
    pub(crate) fn entries(&self) -> &[&'a Entry] {
        &self.entries
    }

    fn first(&self, wanted: impl Fn(&Event) -> bool) -> Option<&'a Entry> {
        self.entries.iter().copied().find(|e| wanted(&e.event))
    }

    fn last(&self, wanted: impl Fn(&Event) -> bool) -> Option<&'a Entry> {
        let mut backwards = self.entries.iter().rev().copied();
        backwards.find(|e| wanted(&e.event))
    }

    /// When it could first start.
    pub(crate) fn ready(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::TaskReady { .. }))
    }

    /// When it first started.
    pub(crate) fn started(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::TaskStarted { .. }))
    }

    /// When approval was first asked for.
    pub(crate) fn asked(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::ApprovalAsked { .. }))
    }

    /// When approval was given.
    pub(crate) fn approved(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::ApprovalGiven { .. }))
    }

    /// When an attempt first ended in one of these ways.
    pub(crate) fn ended(&self, wanted: impl Fn(Outcome) -> bool) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::TaskEnded { outcome, .. } if wanted(*outcome)))
    }

    /// When it was first truly done.
    pub(crate) fn done(&self) -> Option<&'a Entry> {
        self.ended(|outcome| outcome == Outcome::Done)
    }

    /// When it was first claimed done.
    pub(crate) fn claimed(&self) -> Option<&'a Entry> {
        self.ended(Outcome::claims_done)
    }

    /// When it was left out, and why.
    pub(crate) fn skipped(&self) -> Option<(&'a Entry, SkipReason)> {
        let entry = self.last(|event| matches!(event, Event::TaskSkipped { .. }))?;
        match entry.event {
            Event::TaskSkipped { reason, .. } => Some((entry, reason)),
            _ => None,
        }
    }

    /// The entry that says that it was open at ENDEX.
    pub(crate) fn closed(&self) -> Option<&'a Entry> {
        self.first(|event| matches!(event, Event::TaskClosed { .. }))
    }

    /// The last thing that happened to it before ENDEX closed it.
    pub(crate) fn last_milestone(&self) -> Option<&'a Entry> {
        self.last(|event| !matches!(event, Event::TaskClosed { .. }))
    }

    /// The role in which it was first done.
    pub(crate) fn role(&self) -> Option<RoleId> {
        match self.started()?.event {
            Event::TaskStarted { role, .. } => Some(role),
            _ => None,
        }
    }

    /// Whether it is still to be done: ready, and neither claimed done, given up nor left out since.
    pub(crate) fn is_open(&self) -> bool {
        match self.last_milestone().map(|entry| &entry.event) {
            Some(Event::TaskEnded { outcome, .. }) => *outcome == Outcome::Redo,
            None
            | Some(
                Event::TaskSkipped { .. }
                | Event::MeasureTaken { .. }
                | Event::EvidencePreserved { .. }
                | Event::StakeholderNotified { .. },
            ) => false,
            Some(_) => true,
        }
    }

    /// Whether what is done at an instant is done again: a further attempt, or reopened work.
    pub(crate) fn again_at(&self, number: u32) -> bool {
        let before = self.entries.iter().filter(|entry| entry.number <= number);
        before.fold(false, |again, entry| match entry.event {
            Event::TaskStarted { attempt, .. } => again || attempt > 1,
            Event::TaskReopened { .. } => true,
            _ => again,
        })
    }
}

/// The piece of work that an entry is about.
pub(super) const fn instance_of(event: &Event) -> Option<Instance> {
    match event {
        Event::TaskReady { instance, .. }
        | Event::TaskTold { instance }
        | Event::ApprovalAsked { instance, .. }
        | Event::ApprovalGiven { instance, .. }
        | Event::ApprovalRefused { instance, .. }
        | Event::TaskStarted { instance, .. }
        | Event::TaskPaused { instance, .. }
        | Event::TaskResumed { instance, .. }
        | Event::HandoverEnded { instance }
        | Event::TaskEnded { instance, .. }
        | Event::TaskSkipped { instance, .. }
        | Event::TaskReopened { instance }
        | Event::TaskClosed { instance }
        | Event::MeasureTaken { instance, .. }
        | Event::EvidencePreserved { instance, .. }
        | Event::StakeholderNotified { instance, .. } => Some(*instance),
        _ => None,
    }
}
