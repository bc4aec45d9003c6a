//! Who had how much to do over runs, and how the work of tasks fared.

use super::FAILS;
use crate::campaign::statistics::{Chance, Mean};
use crate::campaign::tally::{PersonSum, RoleSum, Tally, TaskSum};
use crate::exercise::{PersonId, RoleId, TaskId};

/// What a role had to do. Figures are means of a run, in milliseconds where they are times; `None` of no runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoleSummary {
    /// The role.
    pub role: RoleId,
    /// The share of the time with work of the role ready or under way in which somebody was at it, a ratio
    /// of sums; `None` where it never had any.
    pub busy: Option<Mean>,
    /// The time at work.
    pub worked: Option<Mean>,
    /// The time that work lay with the role.
    pub laden: Option<Mean>,
    /// The time that its work lay ready, summed over pieces of work.
    pub waited: Option<Mean>,
    /// The time that phases waited for somebody in the role or for its approval, summed over phases: work
    /// that waited and held nothing up is not in it.
    pub held_up: Option<Mean>,
    /// Its share of that time of all roles, a ratio of sums; `None` where phases waited for nobody.
    pub of_all_waits: Option<Mean>,
    /// The most pieces of work that lay ready at once in any run.
    pub queue: u16,
    /// The same of the mean run.
    pub mean_queue: Option<Mean>,
}

/// What a person had to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PersonSummary {
    /// The person.
    pub person: PersonId,
    /// The mean time at work of a run, in milliseconds.
    pub worked: Option<Mean>,
    /// The mean time reading.
    pub read: Option<Mean>,
    /// The most messages that lay noticed and unread at once in any run.
    pub inbox: u16,
}

/// How the work of a task fared. What is said of its pieces are ratios of sums, `None` of no pieces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskSummary {
    /// The task.
    pub task: TaskId,
    /// In how many runs it came up.
    pub came_up: Chance,
    /// The share of its pieces that were ever started.
    pub started: Option<Mean>,
    /// The mean wait of a piece from ready until started, left out or closed, in milliseconds.
    pub wait: Option<Mean>,
    /// The mean time of a piece from asking for approval until it was answered, in milliseconds; it may
    /// lie beside other waiting, or beside work.
    pub approval: Option<Mean>,
    /// The mean time at work of a piece that was started.
    pub work: Option<Mean>,
}

pub(super) fn roles(tally: &Tally) -> Vec<RoleSummary> {
    let summary = |(i, sum): (usize, &RoleSum)| RoleSummary {
        role: RoleId::new(i),
        busy: sum.busy.share(FAILS),
        worked: sum.worked.estimate(FAILS),
        laden: sum.laden.estimate(FAILS),
        waited: sum.waited.estimate(FAILS),
        held_up: sum.held_up.estimate(FAILS),
        of_all_waits: sum.of_all_waits.share(FAILS),
        queue: sum.queue,
        mean_queue: sum.queues.estimate(FAILS),
    };
    tally.roles.iter().enumerate().map(summary).collect()
}

pub(super) fn people(tally: &Tally) -> Vec<PersonSummary> {
    let summary = |(i, sum): (usize, &PersonSum)| PersonSummary {
        person: PersonId::new(i),
        worked: sum.working.estimate(FAILS),
        read: sum.reading.estimate(FAILS),
        inbox: sum.inbox,
    };
    tally.people.iter().enumerate().map(summary).collect()
}

pub(super) fn tasks(tally: &Tally) -> Vec<TaskSummary> {
    let summary = |(i, sum): (usize, &TaskSum)| TaskSummary {
        task: TaskId::new(i),
        came_up: Chance {
            hits: sum.came_up,
            n: tally.runs(),
        },
        started: sum.started.share(FAILS),
        wait: sum.waited.quotient(FAILS),
        approval: sum.approval.quotient(FAILS),
        work: sum.worked.quotient(FAILS),
    };
    tally.tasks.iter().enumerate().map(summary).collect()
}
