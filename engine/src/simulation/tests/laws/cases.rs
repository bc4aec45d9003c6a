//! Situations that are easy to get wrong, each by itself.

mod incident;
mod people;

use crate::exercise::{Parts, TaskId};
use crate::record::{EndKind, Event, Record};

/// The clinic of whole runs, without friction, so that times can be told beforehand.
fn clinic() -> Parts {
    let mut parts = crate::simulation::tests::clinic();
    parts.organisation.tireless = true;
    parts
}

fn end(record: &Record) -> Option<EndKind> {
    record.entries.iter().find_map(|entry| match entry.event {
        Event::ExerciseEnded { end } => Some(end),
        _ => None,
    })
}

fn count(record: &Record, is: impl Fn(&Event) -> bool) -> usize {
    record
        .entries
        .iter()
        .filter(|entry| is(&entry.event))
        .count()
}

fn starts(event: &Event, of: usize) -> bool {
    matches!(event, Event::TaskStarted { instance, .. } if instance.task == TaskId::new(of))
}

fn ends(event: &Event, of: usize) -> bool {
    matches!(event, Event::TaskEnded { instance, .. } if instance.task == TaskId::new(of))
}
