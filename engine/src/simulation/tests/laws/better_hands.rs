//! Work that is taken back goes to better hands, at once and not to and fro.

use super::super::better_hands::stood_in;
use super::super::presence::play;
use super::records::{Broken, must, runs};
use crate::exercise::{Exercise, Instance, PersonId, RoleId, Span};
use crate::record::{Event, PauseReason, Record};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How well somebody fits a task in a role: the less, the better. Whose work it is, then who stands in, then others;
/// and of alike ones not who has more roles and less experience as well.
fn tier(exercise: &Exercise, instance: Instance, person: PersonId, role: RoleId) -> u8 {
    let task = exercise.task(instance.task);
    let held = exercise.role(role).holders.contains(&person);
    let whose = exercise.roles(task.by).contains(&role);
    match (whose, held) {
        (true, true) => 0,
        (true, false) => 1,
        (false, _) => 2,
    }
}

/// Who takes work back goes on with it at that instant, stands no further from it than who did it, and what was done
/// is not lost; nobody takes the same work back twice from the same person while it is not laid aside otherwise.
fn better_and_not_to_and_fro(record: &Record) -> Result<(), Broken> {
    let exercise = &record.header.exercise;
    let mut doing: BTreeMap<Instance, (PersonId, RoleId)> = BTreeMap::new();
    let mut handed: BTreeSet<Instance> = BTreeSet::new();
    let mut had: BTreeMap<Instance, Vec<PersonId>> = BTreeMap::new();
    let mut done = BTreeMap::new();
    let mut taken = None;
    for entry in &record.entries {
        match &entry.event {
            Event::TaskHandedOver { instance, .. } => {
                handed.insert(*instance);
            }
            Event::TaskPaused {
                instance,
                reason,
                done: so_far,
            } => {
                let before = done.insert(*instance, *so_far);
                must(before.is_none_or(|of| of <= *so_far), entry, "loses work")?;
                let had = had.entry(*instance).or_default();
                match (reason, doing.get(instance)) {
                    (PauseReason::BetterHands, Some((doer, role))) => {
                        must(!had.contains(doer), entry, "goes to and fro")?;
                        had.push(*doer);
                        taken = Some((*instance, entry.at, *doer, *role));
                    }
                    (PauseReason::Interrupted, _) => {}
                    _ => had.clear(),
                }
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
            } => {
                if let Some((of, at, from, as_role)) = taken.filter(|taken| taken.0 == *instance) {
                    must(
                        of == *instance && at == entry.at,
                        entry,
                        "lay there meanwhile",
                    )?;
                    must(people[..] != [from], entry, "goes to who did it")?;
                    let tier = |person, role| tier(exercise, of, person, role);
                    let closer = Reverse(tier(people[0], *role)) >= Reverse(tier(from, as_role));
                    must(
                        closer || handed.contains(&of),
                        entry,
                        "goes to a worse holder",
                    )?;
                    taken = None;
                }
                doing.insert(*instance, (people[0], *role));
            }
            _ => {}
        }
        must(
            taken.is_none_or(|taken| taken.1 == entry.at),
            entry,
            "nobody goes on with it",
        )?;
    }
    Ok(())
}

fn is_taken_back(event: &Event) -> bool {
    matches!(event, Event::TaskPaused { reason, .. } if *reason == PauseReason::BetterHands)
}

#[test]
fn work_goes_to_better_hands_and_never_to_and_fro() {
    for run in runs() {
        let held = better_and_not_to_and_fro(&run.record);
        assert!(held.is_ok(), "exercise {}: {held:?}", run.seed);
    }
    for hours in [6, 12, 30] {
        let mut record = play(stood_in(Span::hours(hours)));
        assert_eq!(better_and_not_to_and_fro(&record), Ok(()));
        // Nobody goes on with it.
        let mut entries = record.entries.iter();
        let place = entries.position(|entry| is_taken_back(&entry.event));
        let place = place.expect("somebody takes it back");
        let resumed = |event: &Event| matches!(event, Event::TaskResumed { .. });
        let mut index = 0;
        record.entries.retain(|entry| {
            index += 1;
            index <= place + 1 || !resumed(&entry.event)
        });
        assert!(better_and_not_to_and_fro(&record).is_err(), "not found out");
    }
}
