//! When people looked into false alarms and false leads, and when they slept.

use super::Letters;
use crate::exercise::{Exercise, ExerciseTime, MessageId, PersonId};
use crate::record::Entry;

/// The stretches in which people looked into false alarms, in the order in which they began.
#[derive(Debug, Default)]
pub(crate) struct Alarms {
    /// Who; from when; until when, once they had read it.
    read: Vec<(PersonId, ExerciseTime, Option<ExerciseTime>)>,
}

impl Alarms {
    /// Somebody begins to read a message.
    pub(super) fn begin(
        &mut self,
        exercise: &Exercise,
        letters: &Letters<'_>,
        entry: &Entry,
        (message, person): (MessageId, PersonId),
    ) {
        let letter = letters.get(message);
        if letter.is_some_and(|letter| letter.is_false_alarm(exercise)) {
            self.read.push((person, entry.at, None));
        }
    }

    /// Somebody has read what they read.
    pub(super) fn end(&mut self, entry: &Entry, person: PersonId) {
        let mut latest = self.read.iter_mut().rev();
        if let Some((_, _, until @ None)) = latest.find(|(of, ..)| *of == person) {
            *until = Some(entry.at);
        }
    }

    /// The stretches between two instants in which one of some people looked into a false alarm, without
    /// overlap, in the order of time.
    pub(crate) fn between(
        &self,
        people: &[PersonId],
        (from, until): (ExerciseTime, ExerciseTime),
    ) -> Vec<(ExerciseTime, ExerciseTime, ())> {
        let theirs = self
            .read
            .iter()
            .filter(|(person, ..)| people.contains(person));
        let within = theirs.filter_map(|(_, start, end)| {
            let (start, end) = ((*start).max(from), end.map_or(until, |end| end.min(until)));
            (start < end).then_some((start, end, ()))
        });
        apart(within.collect())
    }
}

/// When people slept who had worked for as long as anybody can.
#[derive(Debug, Default)]
pub(crate) struct Nights(Vec<(PersonId, ExerciseTime, ExerciseTime)>);

impl Nights {
    /// Somebody goes to rest.
    pub(super) fn add(&mut self, person: PersonId, from: ExerciseTime, until: ExerciseTime) {
        self.0.push((person, from, until));
    }

    /// The stretches between two instants in which one of some people slept.
    pub(crate) fn between(
        &self,
        people: &[PersonId],
        (from, until): (ExerciseTime, ExerciseTime),
    ) -> impl Iterator<Item = (ExerciseTime, ExerciseTime)> {
        let theirs = self.0.iter().filter(|(who, ..)| people.contains(who));
        let within = theirs.map(move |(_, start, end)| ((*start).max(from), (*end).min(until)));
        within.filter(|(start, end)| start < end)
    }
}

/// Stretches without overlap, in the order of time: what two share belongs to the first.
pub(crate) fn apart<T: Ord + Copy>(
    mut stretches: Vec<(ExerciseTime, ExerciseTime, T)>,
) -> Vec<(ExerciseTime, ExerciseTime, T)> {
    stretches.sort_unstable();
    let mut apart: Vec<(ExerciseTime, ExerciseTime, T)> = Vec::new();
    for (start, end, whose) in stretches {
        let start = apart.last().map_or(start, |last| start.max(last.1));
        if start < end {
            apart.push((start, end, whose));
        }
    }
    apart
}
