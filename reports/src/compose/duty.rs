//! Whether anybody of a role was there, for telling waits apart: as the record says, entry by entry.

use hotwash_engine::exercise::{Exercise, ExerciseTime, RoleId};
use hotwash_engine::record::{Event, Presence, Record};

/// Who was on duty, and since when.
pub(super) struct Duty<'a> {
    exercise: &'a Exercise,
    /// By person: from when on they were on duty or not, in order.
    turns: Vec<Vec<(ExerciseTime, bool)>>,
}

impl<'a> Duty<'a> {
    pub(super) fn new(exercise: &'a Exercise, record: &Record) -> Self {
        let mut turns = vec![Vec::new(); exercise.organisation().people.len()];
        for entry in &record.entries {
            let (person, from, there) = match entry.event {
                Event::PresenceChanged {
                    person,
                    presence,
                    since,
                } => (person, since, presence == Presence::OnDuty),
                Event::PersonReached { person, .. } => (person, entry.at, true),
                Event::RestBegan { person, .. } => (person, entry.at, false),
                _ => continue,
            };
            turns[person.index()].push((from, there));
        }
        Self { exercise, turns }
    }

    /// Cuts a wait for a role into stretches, each with whether anybody was on duty.
    pub(super) fn cut(
        &self,
        role: RoleId,
        from: ExerciseTime,
        until: ExerciseTime,
    ) -> Vec<(ExerciseTime, ExerciseTime, bool)> {
        let role = self.exercise.role(role);
        let people = || role.holders.iter().chain(&role.deputies);
        let of_all = people().flat_map(|person| &self.turns[person.index()]);
        let within = of_all.map(|(at, _)| *at);
        let mut ends: Vec<ExerciseTime> = within.filter(|at| from < *at && *at < until).collect();
        ends.push(until);
        ends.sort_unstable();
        ends.dedup();
        let mut pieces: Vec<(ExerciseTime, ExerciseTime, bool)> = Vec::new();
        let mut at = from;
        for next in ends.into_iter().filter(|end| from < *end) {
            let there = people().any(|person| is_there(&self.turns[person.index()], at));
            match pieces.last_mut() {
                Some((_, end, before)) if *before == there => *end = next,
                _ => pieces.push((at, next, there)),
            }
            at = next;
        }
        pieces
    }
}

/// Whether somebody was on duty at an instant, by the last turn that came by then.
fn is_there(turns: &[(ExerciseTime, bool)], at: ExerciseTime) -> bool {
    let passed = turns.iter().rev().find(|(from, _)| *from <= at);
    passed.is_some_and(|(_, there)| *there)
}
