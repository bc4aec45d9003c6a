//! Whether anybody of a role was there, for telling waits apart.

use hotwash_engine::exercise::{Day, Exercise, ExerciseTime, Person, PersonId, RoleId, Span};
use hotwash_engine::record::{Event, Record};

/// Who was on duty, by shift or because a call reached them.
pub(super) struct Duty<'a> {
    exercise: &'a Exercise,
    reached: Vec<(PersonId, ExerciseTime, ExerciseTime)>,
}

/// Waits are told apart at quarters of an hour, which is finer than shifts are written.
const STEP: Span = Span::minutes(15);

impl<'a> Duty<'a> {
    pub(super) fn new(exercise: &'a Exercise, record: &Record) -> Self {
        let reached = record.entries.iter().filter_map(|entry| match entry.event {
            Event::PersonReached { person, until } => Some((person, entry.at, until)),
            _ => None,
        });
        Self {
            exercise,
            reached: reached.collect(),
        }
    }

    /// Cuts a wait for a role into stretches, each with whether anybody was on duty.
    pub(super) fn cut(
        &self,
        role: RoleId,
        from: ExerciseTime,
        until: ExerciseTime,
    ) -> Vec<(ExerciseTime, ExerciseTime, bool)> {
        let mut pieces: Vec<(ExerciseTime, ExerciseTime, bool)> = Vec::new();
        let mut at = from;
        while at < until {
            let next = ExerciseTime((at.0.div_euclid(STEP.0) + 1) * STEP.0).min(until);
            let there = self.anybody(role, at);
            match pieces.last_mut() {
                Some((_, end, before)) if *before == there => *end = next,
                _ => pieces.push((at, next, there)),
            }
            at = next;
        }
        pieces
    }

    fn anybody(&self, role: RoleId, at: ExerciseTime) -> bool {
        let role = self.exercise.role(role);
        let mut people = role.holders.iter().chain(&role.deputies);
        people.any(|person| self.on_duty(*person, at))
    }

    fn on_duty(&self, person: PersonId, at: ExerciseTime) -> bool {
        let mut reached = self.reached.iter();
        reached.any(|(who, from, until)| *who == person && *from <= at && at < *until)
            || self.on_shift(&self.exercise.organisation().people[person.index()], at)
    }

    fn on_shift(&self, person: &Person, at: ExerciseTime) -> bool {
        let (day, time) = self.exercise.local(at);
        let minute = time.0 / Span::MINUTE.0;
        let off = |day: Day| {
            let holidays = &self.exercise.organisation().holidays;
            (person.keeps_holidays && holidays.binary_search(&day).is_ok())
                || person
                    .leave
                    .iter()
                    .any(|(first, last)| *first <= day && day <= *last)
        };
        let yesterday = Day(day.0 - 1);
        person.shift.0.iter().any(|hours| {
            let (from, until) = (i64::from(hours.from), i64::from(hours.until));
            let today = hours.weekday == day.weekday() && !off(day);
            let before = hours.weekday == yesterday.weekday() && !off(yesterday);
            (today && (from..until).contains(&minute))
                || (before && (from..until).contains(&(minute + 1_440)))
        })
    }
}
