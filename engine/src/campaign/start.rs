//! At which hour the runs of a campaign start.

use super::play::Player;
use super::row::Row;
use crate::exercise::{Exercise, Span};
use crate::simulation::{Dice, Purpose, Subject};
use std::collections::BTreeMap;
use std::sync::Arc;

/// At which hour runs start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hours {
    /// As the exercise says.
    #[default]
    AsScripted,
    /// At any of the 168 hours of the week from then on, each as likely as the others, by the chance of
    /// each run.
    AnyOfWeek,
}

/// The hours of a week.
const WEEK: u64 = 168;

impl Hours {
    /// How many hours after its scripted start a run begins.
    pub const fn after_start(self, seed: u64, run: u64) -> u64 {
        match self {
            Self::AsScripted => 0,
            Self::AnyOfWeek => Dice::new(seed, run).part(Subject(0), Purpose::StartHour, 0, WEEK),
        }
    }
}

/// The same exercise, so many hours later. Whatever counts from STARTEX moves with it; the calendar
/// does not.
pub fn later(exercise: &Arc<Exercise>, hours: u64) -> Arc<Exercise> {
    if hours == 0 {
        return Arc::clone(exercise);
    }
    let by = Span::hours(hours as i64);
    let mut parts = exercise.parts().clone();
    parts.startex += by.0;
    for (from, _) in &mut parts.organisation.zone.offsets {
        *from = *from - by;
    }
    let moved = Exercise::new(parts);
    Arc::new(moved.expect("an exercise that starts later is as valid as before"))
}

/// Plays runs that start at different hours, on one thread.
pub(super) struct Players {
    exercise: Arc<Exercise>,
    seed: u64,
    hours: Hours,
    of_hour: BTreeMap<u64, Player>,
}

impl Players {
    pub(super) fn new(exercise: &Arc<Exercise>, seed: u64, hours: Hours) -> Self {
        Self {
            exercise: Arc::clone(exercise),
            seed,
            hours,
            of_hour: BTreeMap::new(),
        }
    }

    pub(super) fn play(&mut self, run: u64) -> Row {
        let hour = self.hours.after_start(self.seed, run);
        let (exercise, seed) = (&self.exercise, self.seed);
        let player = self
            .of_hour
            .entry(hour)
            .or_insert_with(|| Player::new(&later(exercise, hour), seed));
        player.play(run)
    }
}
