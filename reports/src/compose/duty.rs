//! Whether anybody of a role was there, for telling waits apart.

use hotwash_engine::exercise::{Exercise, ExerciseTime, RoleId};
use hotwash_engine::record::{Presence, Record};
use hotwash_engine::situation::presences::Presences;

/// Who was on duty, and since when.
pub(super) struct Duty<'a> {
    exercise: &'a Exercise,
    presences: Presences,
}

impl<'a> Duty<'a> {
    pub(super) fn new(exercise: &'a Exercise, record: &Record) -> Self {
        let mut presences = Presences::new(exercise);
        for entry in &record.entries {
            presences.apply(entry);
        }
        Self {
            exercise,
            presences,
        }
    }

    /// Cuts a wait for a role into stretches, each with whether anybody was on duty.
    pub(super) fn cut(
        &self,
        role: RoleId,
        from: ExerciseTime,
        until: ExerciseTime,
    ) -> Vec<(ExerciseTime, ExerciseTime, bool)> {
        let role = self.exercise.role(role);
        let people = || role.holders.iter().chain(&role.deputies).copied();
        let of_all = people().flat_map(|person| self.presences.turns(person));
        let within = of_all.map(|(at, _)| *at);
        let mut ends: Vec<ExerciseTime> = within.filter(|at| from < *at && *at < until).collect();
        ends.push(until);
        ends.sort_unstable();
        ends.dedup();
        let mut pieces: Vec<(ExerciseTime, ExerciseTime, bool)> = Vec::new();
        let mut at = from;
        for next in ends.into_iter().filter(|end| from < *end) {
            let on_duty = |person| self.presences.presence_at(person, at) == Presence::OnDuty;
            let there = people().any(on_duty);
            match pieces.last_mut() {
                Some((_, end, before)) if *before == there => *end = next,
                _ => pieces.push((at, next, there)),
            }
            at = next;
        }
        pieces
    }
}
