//! Humans: their acts wait here until the step that handles them.

use crate::exercise::{ExerciseTime, PersonId};
use crate::record::{Action, HumanAct, Seat};
use bevy_ecs::component::Component;
use std::collections::VecDeque;

/// The acts of humans that are still to come, and how far the facilitator moves the clock on.
#[derive(Debug, Component, Default)]
pub(crate) struct Humans {
    /// In the order of time, then of arrival.
    coming: VecDeque<Action>,
    /// Those whose time has come, and that have not taken effect: of this instant, or by somebody who
    /// is still busy.
    due: Vec<Action>,
    moved_until: Option<ExerciseTime>,
    /// Whether the clock of the exercise was stopped. Exercise time is what passes while it is not, so a
    /// pause is seen in the record and in the wall times of its entries, and nowhere else.
    paused: bool,
    /// Who takes part by name, and where they sit; in the order in which they came.
    here: Vec<(String, Seat)>,
    /// In which entries somebody asked whoever runs the exercise, as long as nobody answered.
    asked: Vec<u32>,
    /// In which entries what kind of thing was said about the exercise.
    said: Vec<(u32, &'static str)>,
}

impl Humans {
    pub(crate) fn reset(&mut self, actions: &[Action]) {
        self.coming.clear();
        self.coming.extend(actions.iter().cloned());
        self.coming
            .make_contiguous()
            .sort_by_key(|action| action.at);
        self.due.clear();
        self.moved_until = None;
        self.paused = false;
        self.here.clear();
        self.said.clear();
        self.asked.clear();
    }

    /// Adds an act; one for an instant that is over takes effect at the next.
    pub(crate) fn submit(&mut self, action: Action) {
        let at = self
            .coming
            .partition_point(|waiting| waiting.at <= action.at);
        self.coming.insert(at, action);
    }

    /// When the next act is due.
    pub(crate) fn next_time(&self) -> Option<ExerciseTime> {
        self.coming.front().map(|action| action.at)
    }

    /// An instant begins: the acts up to it are due.
    pub(crate) fn begin(&mut self, now: ExerciseTime) {
        while let Some(action) = self.coming.pop_front_if(|action| action.at <= now) {
            self.due.push(action);
        }
    }

    /// The acts that are due, in their order.
    pub(crate) fn due(&self) -> &[Action] {
        &self.due
    }

    /// Takes the first act that is due and passes a test.
    pub(crate) fn take(&mut self, test: impl Fn(&Action) -> bool) -> Option<Action> {
        let found = self.due.iter().position(test)?;
        Some(self.due.remove(found))
    }

    /// Takes what a person does now, if it is this.
    pub(crate) fn take_of(
        &mut self,
        person: PersonId,
        test: impl Fn(&HumanAct) -> bool,
    ) -> Option<Action> {
        self.take(|action| action.person == Some(person) && test(&action.does))
    }

    /// The facilitator moves the clock on.
    pub(crate) fn move_clock(&mut self, to: ExerciseTime) {
        self.moved_until = self.moved_until.max(Some(to));
    }

    /// Somebody asked whoever runs the exercise, in this entry.
    pub(crate) fn ask(&mut self, entry: u32) {
        self.asked.push(entry);
    }

    /// Whether a question waits for an answer.
    pub(crate) fn is_asked(&self, entry: u32) -> bool {
        self.asked.contains(&entry)
    }

    /// A question was answered.
    pub(crate) fn answer(&mut self, entry: u32) {
        self.asked.retain(|asked| *asked != entry);
    }

    /// Something was said about the exercise in this entry.
    pub(crate) fn say(&mut self, entry: u32, act: &HumanAct) {
        if act.remark().is_some() {
            self.said.push((entry, act.name()));
        }
    }

    /// Whether something of the kind of this act was said in an entry.
    pub(crate) fn was_said(&self, entry: u32, act: &HumanAct) -> bool {
        self.said.contains(&(entry, act.name()))
    }

    /// Where somebody sits who takes part by name.
    pub(crate) fn seat(&self, who: &str) -> Option<&Seat> {
        let here = self.here.iter().find(|(name, _)| name == who);
        here.map(|(_, seat)| seat)
    }

    /// Somebody sits here from now on, or nowhere. Returns where they sat.
    pub(crate) fn sit(&mut self, who: &str, seat: Option<Seat>) -> Option<Seat> {
        let before = self.here.iter().position(|(name, _)| name == who);
        let before = before.map(|at| self.here.remove(at).1);
        self.here.extend(seat.map(|seat| (who.to_owned(), seat)));
        before
    }

    /// Who takes part by name, and where they sit.
    pub(crate) fn here(&self) -> &[(String, Seat)] {
        &self.here
    }

    /// Whether somebody who takes part by name plays a person.
    pub(crate) fn is_seated(&self, person: PersonId) -> bool {
        self.here
            .iter()
            .any(|(_, seat)| seat.person() == Some(person))
    }

    /// Whether the clock of the exercise was stopped.
    pub(crate) const fn is_paused(&self) -> bool {
        self.paused
    }

    /// The clock of the exercise is stopped, or goes on.
    pub(crate) const fn pause(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// Whether the clock is being moved on over an instant.
    pub(crate) fn is_moved_over(&self, now: ExerciseTime) -> bool {
        self.moved_until.is_some_and(|until| now < until)
    }
}
