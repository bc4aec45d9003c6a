//! How long work of a role waits while the one who holds it works on something else.

use crate::runs::Run;
use hotwash_engine::exercise::{ExerciseTime, Instance, PersonId, RoleId, Span};
use hotwash_engine::record::Event;
use std::collections::BTreeMap;

type Stretch = (ExerciseTime, ExerciseTime);

/// How long pieces of work of a role waited in a run while its only holder worked for another role.
pub(crate) fn waited_for_other_work(run: &Run, role: &str) -> Span {
    let exercise = &run.exercise;
    let roles = 0..exercise.organisation().roles.len();
    let mut roles = roles.map(RoleId::new);
    let role = roles.find(|id| exercise.role(*id).slug.as_str() == role);
    let role = role.expect("the role is there");
    let [holder] = exercise.role(role).holders[..] else {
        panic!("the role has one holder")
    };
    let busy = busy_for_others(run, holder, role);
    let overlap = |(from, until): &Stretch| {
        let parts = busy.iter();
        let parts = parts.map(|(a, b)| (*b.min(until) - *a.max(from)).max(Span::ZERO));
        parts.sum::<Span>()
    };
    waits(run, role).iter().map(overlap).sum()
}

/// When a person worked, in another role.
fn busy_for_others(run: &Run, holder: PersonId, role: RoleId) -> Vec<Stretch> {
    let mut open: BTreeMap<Instance, ExerciseTime> = BTreeMap::new();
    let mut busy = Vec::new();
    for entry in &run.record.entries {
        match &entry.event {
            Event::TaskStarted {
                instance,
                people,
                role: of,
                ..
            }
            | Event::TaskResumed {
                instance,
                people,
                role: of,
                ..
            } if people.contains(&holder) && *of != role => {
                open.entry(*instance).or_insert(entry.at);
            }
            Event::TaskPaused { instance, .. } | Event::TaskEnded { instance, .. } => {
                busy.extend(open.remove(instance).map(|from| (from, entry.at)));
            }
            _ => {}
        }
    }
    busy.extend(
        open.into_values()
            .map(|from| (from, run.evaluation.ended_at)),
    );
    busy
}

/// From when each piece of work of a role could start until it did, or the end.
fn waits(run: &Run, role: RoleId) -> Vec<Stretch> {
    let exercise = &run.exercise;
    let of_role = |instance: &Instance| {
        let by = exercise.task(instance.task).by;
        exercise.roles(by).contains(&role)
    };
    let mut open: BTreeMap<Instance, ExerciseTime> = BTreeMap::new();
    let mut waits = Vec::new();
    for entry in &run.record.entries {
        match &entry.event {
            Event::TaskReady { instance, .. } if of_role(instance) => {
                open.insert(*instance, entry.at);
            }
            Event::TaskStarted { instance, .. } | Event::TaskSkipped { instance, .. } => {
                waits.extend(open.remove(instance).map(|from| (from, entry.at)));
            }
            _ => {}
        }
    }
    waits.extend(
        open.into_values()
            .map(|from| (from, run.evaluation.ended_at)),
    );
    waits
}
