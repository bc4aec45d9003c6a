//! What a campaign keeps: a few integers of each run, and sums over all.

use super::row::{ClockRow, Gate, ImpactRow, PhaseRow, Row, ScoreRow};
use super::statistics::{NEVER, Sums};
use crate::evaluation::Category;
use crate::exercise::{Exercise, Phase, RoleId, Span};
use crate::record::EndKind;
use std::collections::{BTreeMap, BTreeSet};

/// Runs of one exercise and seed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    pub(super) kept: Vec<Kept>,
    pub(super) made_of: BTreeMap<(Phase, Category, Option<RoleId>), i128>,
    /// In how many runs each gate capped the score.
    pub(super) gates: BTreeMap<Gate, u64>,
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
    pub(super) phases: [PhaseRow; 6],
    pub(super) to_declare: Option<Span>,
    pub(super) clocks: Box<[ClockRow]>,
    pub(super) impact: ImpactRow,
}

/// The loads of a role over runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RoleSum {
    pub(super) laden: i128,
    pub(super) busy: i128,
    pub(super) waited: i128,
    pub(super) queue: u16,
    pub(super) queues: u64,
}

/// The loads of a person over runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PersonSum {
    pub(super) working: i128,
    pub(super) reading: i128,
    pub(super) inbox: u16,
}

/// The work of a task over runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TaskSum {
    pub(super) runs: u64,
    pub(super) ready: u64,
    pub(super) started: u64,
    pub(super) waited: i128,
    pub(super) approval: i128,
    pub(super) worked: i128,
}

impl Tally {
    /// Nothing yet of an exercise.
    pub fn new(exercise: &Exercise) -> Self {
        let organisation = exercise.organisation();
        Self {
            kept: Vec::new(),
            made_of: BTreeMap::new(),
            gates: BTreeMap::new(),
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
        for part in &row.made_of {
            let key = (part.phase, part.category, part.role);
            *self.made_of.entry(key).or_default() += i128::from(part.span.0);
        }
        let gates: BTreeSet<Gate> = row.gates.iter().map(|reason| Gate::of(*reason)).collect();
        for gate in gates {
            *self.gates.entry(gate).or_default() += 1;
        }
        for (sum, role) in self.roles.iter_mut().zip(&row.roles) {
            sum.laden += i128::from(role.laden.0);
            sum.busy += i128::from(role.busy.0);
            sum.waited += i128::from(role.waited.0);
            sum.queue = sum.queue.max(role.queue);
            sum.queues += u64::from(role.queue);
        }
        for (sum, person) in self.people.iter_mut().zip(&row.people) {
            sum.working += i128::from(person.working.0);
            sum.reading += i128::from(person.reading.0);
            sum.inbox = sum.inbox.max(person.inbox);
        }
        for (sum, task) in self.tasks.iter_mut().zip(&row.tasks) {
            sum.runs += u64::from(task.ready > 0);
            sum.ready += u64::from(task.ready);
            sum.started += u64::from(task.started);
            sum.waited += i128::from(task.waited.0);
            sum.approval += i128::from(task.approval.0);
            sum.worked += i128::from(task.worked.0);
        }
        self.kept.push(Kept {
            run: row.run,
            end: row.end,
            score: row.score,
            phases: row.phases,
            to_declare: row.to_declare,
            clocks: row.clocks.into(),
            impact: row.impact,
        });
    }

    /// How many runs it counts.
    pub fn runs(&self) -> u64 {
        self.kept.len() as u64
    }

    /// The scores after the gates, in basis points.
    pub fn scores(&self) -> Sums {
        let scores = self.kept.iter().filter_map(|kept| kept.score);
        Sums::of(scores.map(|score| i64::from(score.after_gates.0)))
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
