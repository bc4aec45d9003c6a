//! What a campaign keeps: a few integers of each run, and sums over all.

use super::row::{ClockRow, Gate, ImpactRow, MadeOf, PhaseRow, RoleLoad, Row, ScoreRow, TaskLoad};
use super::statistics::{NEVER, Ratio, Sums};
use crate::evaluation::{Category, Rating};
use crate::exercise::{Exercise, Phase, RoleId, Span};
use crate::record::EndKind;
use std::collections::{BTreeMap, BTreeSet};

/// Runs of one exercise and seed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// The limit of the exercise: what was not reached counts as that.
    pub(super) limit: Span,
    pub(super) kept: Vec<Kept>,
    pub(super) made_of: MadeOfSums,
    /// In how many runs each gate applied.
    pub(super) gates: BTreeMap<Gate, u64>,
    /// How well those runs were carried out to which each gate applied, in basis points.
    pub(super) carried_out_with: BTreeMap<Gate, Sums>,
    pub(super) roles: Vec<RoleSum>,
    pub(super) people: Vec<PersonSum>,
    pub(super) tasks: Vec<TaskSum>,
}

/// What is kept of each run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) run: u64,
    pub(super) end: EndKind,
    pub(super) score: Option<ScoreRow>,
    pub(super) ratings: Box<[Rating]>,
    pub(super) phases: [PhaseRow; 6],
    pub(super) to_declare: Option<Span>,
    /// Whether it counts for how long it took to contain it.
    pub(super) counts_to_contain: bool,
    pub(super) to_contain: Option<Span>,
    pub(super) clocks: Box<[ClockRow]>,
    pub(super) impact: ImpactRow,
    /// How many critical objectives could not be performed.
    pub(super) failed_objectives: u16,
    /// Whether the response itself did harm out of proportion.
    pub(super) own_harm: bool,
}

/// What the times to phases were made of, over runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MadeOfSums {
    /// By phase: the time to it, of the runs in which there was any.
    pub(super) whole: [Sums; 6],
    /// By phase: of that time, what lies in runs in which the phase was not complete.
    pub(super) open: [Ratio; 6],
    /// Each part, of the runs that had it.
    pub(super) parts: BTreeMap<(Phase, Category, Option<RoleId>), Ratio>,
    /// The parts of each category, whoever they were of.
    pub(super) categories: BTreeMap<(Phase, Category), Ratio>,
}

/// The loads of a role over runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RoleSum {
    pub(super) laden: Sums,
    pub(super) worked: Sums,
    pub(super) waited: Sums,
    pub(super) held_up: Sums,
    /// The time at work of the time with open work.
    pub(super) busy: Ratio,
    /// The time that phases waited for it, of all that they waited for anybody.
    pub(super) of_all_waits: Ratio,
    pub(super) queue: u16,
    pub(super) queues: Sums,
}

/// The loads of a person over runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PersonSum {
    pub(super) working: Sums,
    pub(super) reading: Sums,
    pub(super) inbox: u16,
}

/// The work of a task over runs, by its pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TaskSum {
    pub(super) came_up: u64,
    pub(super) started: Ratio,
    pub(super) waited: Ratio,
    pub(super) approval: Ratio,
    pub(super) worked: Ratio,
}

impl MadeOfSums {
    fn add(&mut self, parts: &[MadeOf], phases: &[PhaseRow; 6]) {
        let mut whole = [0; 6];
        let mut categories: BTreeMap<(Phase, Category), i64> = BTreeMap::new();
        for part in parts {
            whole[part.phase.index()] += part.span.0;
            let category = categories.entry((part.phase, part.category));
            *category.or_default() += part.span.0;
        }
        for part in parts {
            let sum = self.parts.entry(part.key()).or_default();
            sum.add(part.span.0, whole[part.phase.index()]);
        }
        for (key, time) in categories {
            let sum = self.categories.entry(key).or_default();
            sum.add(time, whole[key.0.index()]);
        }
        for (i, whole) in whole.into_iter().enumerate().filter(|(_, it)| *it > 0) {
            self.whole[i].add(whole);
            let open = phases[i].completed.is_none();
            self.open[i].add(if open { whole } else { 0 }, whole);
        }
    }
}

impl RoleSum {
    /// Counts a run in which phases waited so long for the role, of so much for all roles.
    fn add(&mut self, role: &RoleLoad, held_up: i64, all: i64) {
        self.laden.add(role.laden.0);
        self.worked.add(role.busy.0);
        self.waited.add(role.waited.0);
        self.held_up.add(held_up);
        self.busy.add(role.busy.0, role.laden.0);
        self.of_all_waits.add(held_up, all);
        self.queue = self.queue.max(role.queue);
        self.queues.add(i64::from(role.queue));
    }
}

impl TaskSum {
    fn add(&mut self, task: &TaskLoad) {
        let (ready, started) = (i64::from(task.ready), i64::from(task.started));
        self.came_up += u64::from(task.ready > 0);
        self.started.add(started, ready);
        self.waited.add(task.waited.0, ready);
        self.approval.add(task.approval.0, ready);
        self.worked.add(task.worked.0, started);
    }
}

/// By role, how long phases waited for somebody in it or for its approval.
fn held_up(parts: &[MadeOf], roles: usize) -> Vec<i64> {
    let waits = [
        Category::WaitingForPerson,
        Category::Asleep,
        Category::FalseAlarms,
        Category::WaitingForApproval,
    ];
    let mut held = vec![0; roles];
    for part in parts.iter().filter(|part| waits.contains(&part.category)) {
        if let Some(role) = part.role {
            held[role.index()] += part.span.0;
        }
    }
    held
}

impl Tally {
    /// Nothing yet of an exercise.
    pub fn new(exercise: &Exercise) -> Self {
        let organisation = exercise.organisation();
        Self {
            limit: Span(exercise.parts().limit.0),
            kept: Vec::new(),
            made_of: MadeOfSums::default(),
            gates: BTreeMap::new(),
            carried_out_with: BTreeMap::new(),
            roles: vec![RoleSum::default(); organisation.roles.len()],
            people: vec![PersonSum::default(); organisation.people.len()],
            tasks: vec![TaskSum::default(); exercise.plan().tasks.len()],
        }
    }

    /// The tally of some runs.
    pub fn of(exercise: &Exercise, rows: impl IntoIterator<Item = Row>) -> Self {
        let mut tally = Self::new(exercise);
        for row in rows {
            tally.add(row);
        }
        tally
    }

    /// Counts a run.
    pub fn add(&mut self, row: Row) {
        self.made_of.add(&row.made_of, &row.phases);
        let gates: BTreeSet<Gate> = row.gates.iter().map(|reason| Gate::of(*reason)).collect();
        let closing = gates.iter();
        let failed_objectives = closing.filter(|gate| matches!(gate, Gate::Objective(_)));
        let failed_objectives = failed_objectives.count() as u16;
        let own_harm = gates.iter().any(|gate| matches!(gate, Gate::OwnHarm(_)));
        for gate in gates {
            *self.gates.entry(gate).or_default() += 1;
            if let Some(score) = row.score {
                let sums = self.carried_out_with.entry(gate).or_default();
                sums.add(i64::from(score.carried_out.0));
            }
        }
        let held = held_up(&row.made_of, self.roles.len());
        let all = held.iter().sum();
        for ((sum, role), held) in self.roles.iter_mut().zip(&row.roles).zip(held) {
            sum.add(role, held, all);
        }
        for (sum, person) in self.people.iter_mut().zip(&row.people) {
            sum.working.add(person.working.0);
            sum.reading.add(person.reading.0);
            sum.inbox = sum.inbox.max(person.inbox);
        }
        for (sum, task) in self.tasks.iter_mut().zip(&row.tasks) {
            sum.add(task);
        }
        let counts_to_contain = row.counts_to_contain();
        self.kept.push(Kept {
            run: row.run,
            end: row.end,
            score: row.score,
            ratings: row.ratings.into(),
            phases: row.phases,
            to_declare: row.to_declare,
            counts_to_contain,
            to_contain: row.to_contain,
            clocks: row.clocks.into(),
            impact: row.impact,
            failed_objectives,
            own_harm,
        });
    }

    /// How many runs it counts.
    pub fn runs(&self) -> u64 {
        self.kept.len() as u64
    }

    /// The numbers for ranking, in basis points.
    pub fn scores(&self) -> Sums {
        let scores = self.kept.iter().filter_map(|kept| kept.score);
        Sums::of(scores.map(|score| i64::from(score.score.0)))
    }

    /// How well runs were carried out, in basis points.
    pub fn carried_out(&self) -> Sums {
        let scores = self.kept.iter().filter_map(|kept| kept.score);
        Sums::of(scores.map(|score| i64::from(score.carried_out.0)))
    }

    /// The times of a phase that are held against its target, sorted, with [`NEVER`] for the runs in
    /// which it was not reached.
    pub fn times(&self, phase: Phase) -> Vec<Span> {
        let phases = self.kept.iter().map(|kept| &kept.phases[phase.index()]);
        let applying = phases.filter(|of| of.applies);
        let mut times: Vec<Span> = applying
            .map(|of| of.against_target.unwrap_or(NEVER))
            .collect();
        times.sort_unstable();
        times
    }

    /// Puts the runs in the order of their indices, so that nothing depends on how they came in.
    pub fn sort(&mut self) {
        self.kept.sort_by_key(|kept| kept.run);
    }
}
