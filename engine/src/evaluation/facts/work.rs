//! The life of one piece of work.

use super::chains::Chains;
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

/// Every measure that was taken, in order.
#[derive(Debug)]
pub(crate) struct Measures<'a> {
    taken: Vec<Taken<'a>>,
    /// Those that took effect on the same asset.
    chains: Chains,
}

impl<'a> Measures<'a> {
    /// None yet, on so many assets.
    pub(super) fn none(assets: usize) -> Self {
        Self {
            taken: Vec::new(),
            chains: Chains::none(assets),
        }
    }

    /// Notes a measure.
    pub(super) fn add(&mut self, taken: Taken<'a>) {
        self.chains.add(taken.asset.filter(|_| taken.effect));
        self.taken.push(taken);
    }

    /// Each of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Taken<'a>> {
        self.taken.iter()
    }

    /// Those that took effect on an asset, the last one first.
    pub(crate) fn on(&self, asset: AssetId) -> impl Iterator<Item = &Taken<'a>> {
        self.chains.of(asset).map(|place| &self.taken[place])
    }
}

/// Every piece of work: by task, then in order.
#[derive(Debug)]
pub(crate) struct Works<'a> {
    by_task: Vec<Vec<(Instance, Work<'a>)>>,
    /// Every entry about work, in order, each with the place of the one before it about the same piece.
    notes: Vec<(&'a Entry, Option<u32>)>,
}

impl<'a> Works<'a> {
    /// None yet, of so many tasks, with room for so many entries.
    pub(super) fn none(tasks: usize, room: usize) -> Self {
        Self {
            by_task: (0..tasks).map(|_| Vec::new()).collect(),
            notes: Vec::with_capacity(room),
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
        let work = &mut works[place].1;
        let note = self.notes.len() as u32;
        self.notes.push((entry, work.newest.replace(note)));
        work.add(entry);
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

    /// Every entry about a piece of work, the last one first.
    pub(crate) fn backwards(&self, work: &Work<'a>) -> impl Iterator<Item = &'a Entry> {
        let note = |place: Option<u32>| Some(&self.notes[place? as usize]);
        let notes = std::iter::successors(note(work.newest), move |(_, before)| note(*before));
        notes.map(|(entry, _)| *entry)
    }
}

/// What is asked of one piece of work: the first entry of each kind about it, but where it is said
/// otherwise.
#[derive(Debug, Default)]
pub(crate) struct Work<'a> {
    ready: Option<&'a Entry>,
    asked: Option<&'a Entry>,
    approved: Option<&'a Entry>,
    started: Option<&'a Entry>,
    /// By how the attempt ended.
    ended: [Option<&'a Entry>; 5],
    claimed: Option<&'a Entry>,
    closed: Option<&'a Entry>,
    /// A further attempt, or that it was opened again.
    again: Option<&'a Entry>,
    /// The last one.
    skipped: Option<&'a Entry>,
    /// The last one of any kind before ENDEX closed it.
    milestone: Option<&'a Entry>,
    /// Where the last entry about it is noted.
    newest: Option<u32>,
}

impl<'a> Work<'a> {
    fn add(&mut self, entry: &'a Entry) {
        if !matches!(entry.event, Event::TaskClosed { .. }) {
            self.milestone = Some(entry);
        }
        let first = match &entry.event {
            Event::TaskReady { .. } => &mut self.ready,
            Event::ApprovalAsked { .. } => &mut self.asked,
            Event::ApprovalGiven { .. } => &mut self.approved,
            Event::TaskStarted { attempt, .. } => {
                if *attempt > 1 {
                    self.again.get_or_insert(entry);
                }
                &mut self.started
            }
            Event::TaskReopened { .. } => &mut self.again,
            Event::TaskEnded { outcome, .. } => {
                if outcome.claims_done() {
                    self.claimed.get_or_insert(entry);
                }
                &mut self.ended[*outcome as usize]
            }
            Event::TaskClosed { .. } => &mut self.closed,
            Event::TaskSkipped { .. } => {
                self.skipped = Some(entry);
                return;
            }
            _ => return,
        };
        first.get_or_insert(entry);
    }

    /// When it could first start.
    pub(crate) const fn ready(&self) -> Option<&'a Entry> {
        self.ready
    }

    /// When it first started.
    pub(crate) const fn started(&self) -> Option<&'a Entry> {
        self.started
    }

    /// When approval was first asked for.
    pub(crate) const fn asked(&self) -> Option<&'a Entry> {
        self.asked
    }

    /// When approval was given.
    pub(crate) const fn approved(&self) -> Option<&'a Entry> {
        self.approved
    }

    /// When an attempt first ended in this way.
    pub(crate) const fn ended(&self, outcome: Outcome) -> Option<&'a Entry> {
        self.ended[outcome as usize]
    }

    /// When it was first truly done.
    pub(crate) const fn done(&self) -> Option<&'a Entry> {
        self.ended(Outcome::Done)
    }

    /// When it was first claimed done.
    pub(crate) const fn claimed(&self) -> Option<&'a Entry> {
        self.claimed
    }

    /// When it was left out, and why.
    pub(crate) const fn skipped(&self) -> Option<(&'a Entry, SkipReason)> {
        match self.skipped {
            Some(entry) => match entry.event {
                Event::TaskSkipped { reason, .. } => Some((entry, reason)),
                _ => None,
            },
            None => None,
        }
    }

    /// The entry that says that it was open at ENDEX.
    pub(crate) const fn closed(&self) -> Option<&'a Entry> {
        self.closed
    }

    /// The last thing that happened to it before ENDEX closed it.
    pub(crate) const fn last_milestone(&self) -> Option<&'a Entry> {
        self.milestone
    }

    /// The role in which it was first done.
    pub(crate) const fn role(&self) -> Option<RoleId> {
        match self.started {
            Some(entry) => match entry.event {
                Event::TaskStarted { role, .. } => Some(role),
                _ => None,
            },
            None => None,
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
        self.again.is_some_and(|entry| entry.number <= number)
    }
}
