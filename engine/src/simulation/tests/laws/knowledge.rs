//! What holds of knowledge in every record: how it comes about, and that nobody acts without it.

use super::records::{Broken, first, hold_with_people, must};
use crate::exercise::{
    AssetId, AssetState, Knowable, Measure, MessageId, Object, RoleId, Selector, TaskId,
};
use crate::record::{Entry, Event, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a task is done on affected assets alone.
fn on_affected(record: &Record, task: TaskId) -> bool {
    let mut does = record.header.exercise.task(task).does.iter();
    does.all(|act| {
        matches!(
            &act.on,
            Object::Assets(Selector::Affected) | Object::Evidence(_, Selector::Affected)
        )
    })
}

/// A backup that is out is restored before the asset for which it is needed, and a plan may name
/// assets by their kind.
fn measures_on_known_assets(record: &Record) -> Result<(), Broken> {
    let mut known: BTreeSet<AssetId> = BTreeSet::new();
    for entry in &record.entries {
        match &entry.event {
            Event::FactLearned {
                fact: Knowable::Asset(_, asset, _),
                ..
            } => {
                known.insert(*asset);
            }
            Event::MeasureTaken {
                instance,
                asset: Some(asset),
                measure,
                ..
            } => {
                let fine = *measure == Measure::Restore
                    || known.contains(asset)
                    || !on_affected(record, instance.task);
                must(fine, entry, "nobody knows of this asset")?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn measures_are_taken_on_assets_that_somebody_knows_of() {
    hold_with_people(measures_on_known_assets, |record| {
        let exercise = std::sync::Arc::clone(&record.header.exercise);
        let taken = record.entries.iter().find_map(|entry| match entry.event {
            Event::MeasureTaken {
                instance,
                asset: Some(asset),
                measure,
                ..
            } if measure != Measure::Restore => {
                let does = &exercise.task(instance.task).does;
                does.iter()
                    .all(|act| act.on == Object::Assets(Selector::Affected))
                    .then_some(asset)
            }
            _ => None,
        });
        record.entries.retain(|entry| {
            !matches!(entry.event, Event::FactLearned { fact: Knowable::Asset(_, asset, _), .. }
                if Some(asset) == taken)
        });
        taken.is_some()
    });
}

/// The messages of a record with what they reveal and to which role they went.
type Letters = BTreeMap<MessageId, (RoleId, Vec<Knowable>)>;

/// Whether an entry is a way by which a role may come to know a fact.
fn teaches(
    record: &Record,
    letters: &Letters,
    entry: &Entry,
    role: RoleId,
    fact: Knowable,
) -> bool {
    let exercise = &record.header.exercise;
    match &entry.event {
        // What was read said so, and whoever read it has the role, or read it for the role.
        Event::MessageRead { message, person } => {
            let (to, reveals) = &letters[message];
            let held = exercise.roles_held(*person).contains(&role) || *to == role;
            held && reveals.contains(&fact)
        }
        // Somebody in the room had learned the same, or what one learned shows that data cannot be used.
        Event::FactLearned {
            fact: shared,
            role: by,
        } => {
            let down = matches!(
                shared,
                Knowable::Asset(_, _, AssetState::Encrypted | AssetState::OutOfService)
                    | Knowable::Step(_)
            );
            let concluded = matches!(fact, Knowable::PersonalData(_)) && *by == role && down;
            *shared == fact || concluded
        }
        // Work that ended found it, and whoever did it has the role, or did it in the role.
        Event::TaskEnded { instance, .. } | Event::MeasureTaken { instance, .. } => {
            let started = record.entries[..entry.number as usize].iter().rev();
            let mut by = started.filter_map(|started| match &started.event {
                Event::TaskStarted {
                    instance: i,
                    people,
                    role,
                    ..
                }
                | Event::TaskResumed {
                    instance: i,
                    people,
                    role,
                    ..
                } if i == instance => Some((people, role)),
                _ => None,
            });
            by.next().is_some_and(|(people, acting)| {
                let mut held = people.iter().flat_map(|p| exercise.roles_held(*p));
                *acting == role || held.any(|held| *held == role)
            })
        }
        // A human does in one stroke what finished work does.
        Event::ActionTaken { .. } => true,
        _ => false,
    }
}

fn learned_from_something(record: &Record) -> Result<(), Broken> {
    let mut letters = Letters::new();
    for entry in &record.entries {
        match &entry.event {
            Event::MessageSent {
                message,
                to,
                reveals,
                ..
            } => {
                letters.insert(*message, (*to, reveals.clone()));
            }
            Event::FactLearned { role, fact } => {
                let cause = entry.cause.and_then(|cause| record.entry(cause));
                let fine =
                    cause.is_some_and(|cause| teaches(record, &letters, cause, *role, *fact));
                must(fine, entry, &format!("learned from {cause:?}"))?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn what_is_learned_was_read_done_or_shared_before() {
    let learned = |event: &Event| matches!(event, Event::FactLearned { .. });
    hold_with_people(learned_from_something, move |record| {
        let found = first(record, learned);
        if let Some(at) = found {
            record.entries[at].cause = None;
        }
        found.is_some()
    });
    hold_with_people(learned_from_something, move |record| {
        let found = first(record, learned);
        if let Some(at) = found {
            // The message that was read says nothing of it any more.
            let cause = record.entries[at]
                .cause
                .and_then(|cause| record.entry(cause));
            let Some(Event::MessageRead { message: read, .. }) = cause.map(|c| c.event.clone())
            else {
                return false;
            };
            for entry in &mut record.entries {
                if let Event::MessageSent {
                    message, reveals, ..
                } = &mut entry.event
                    && *message == read
                {
                    reveals.clear();
                }
            }
        }
        found.is_some()
    });
}

/// Nobody learns twice what they know.
fn learned_once(record: &Record) -> Result<(), Broken> {
    let mut known: BTreeSet<(RoleId, Knowable)> = BTreeSet::new();
    for entry in &record.entries {
        if let Event::FactLearned { role, fact } = entry.event {
            must(known.insert((role, fact)), entry, "known before")?;
        }
    }
    Ok(())
}

#[test]
fn a_role_learns_a_fact_once() {
    hold_with_people(learned_once, |record| {
        super::records::repeat_first(record, |event| matches!(event, Event::FactLearned { .. }))
    });
}
