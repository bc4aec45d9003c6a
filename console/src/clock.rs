//! What time it is: on the wall, as the binary says, and in the exercise, at the pace that was set.

use hotwash_engine::exercise::{ExerciseTime, Span};
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock on the wall.
pub trait Clock: Send + Sync {
    /// What it shows, in ms since 1970 UTC.
    fn now(&self) -> i64;
    /// Moves it on by so many ms, where that can be done by hand. Returns whether it was done.
    fn move_by(&self, ms: i64) -> bool {
        let _ = ms;
        false
    }
    /// Whether it only goes where it is moved.
    fn is_moved_by_hand(&self) -> bool {
        false
    }
}

/// A clock that stands until it is moved: for tests of the pages.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// A clock that shows this.
    pub const fn at(ms: i64) -> Self {
        Self(AtomicI64::new(ms))
    }
}

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
    fn move_by(&self, ms: i64) -> bool {
        self.0.fetch_add(ms.max(0), Ordering::SeqCst);
        true
    }
    fn is_moved_by_hand(&self) -> bool {
        true
    }
}

/// How the time of an exercise goes with the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pacing {
    /// What time it was in the exercise ..
    pub(crate) at: ExerciseTime,
    /// .. when the clock on the wall showed this.
    pub(crate) wall: i64,
    /// Thousandths of the speed of the clock on the wall.
    pub(crate) thousandths: u32,
    /// Whether it goes.
    pub(crate) runs: bool,
}

impl Pacing {
    /// What time it is in the exercise, while the wall shows this. A clock that was set back stands until it has
    /// caught up.
    pub(crate) fn exercise_time(&self, wall: i64) -> ExerciseTime {
        if !self.runs {
            return self.at;
        }
        let passed = wall.saturating_sub(self.wall).max(0);
        let ms = passed.saturating_mul(i64::from(self.thousandths)) / 1_000;
        self.at + Span(ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exercise_goes_at_its_pace_and_never_back() {
        let pacing = Pacing {
            at: ExerciseTime(500),
            wall: 1_000,
            thousandths: 6_000,
            runs: true,
        };
        assert_eq!(pacing.exercise_time(1_010), ExerciseTime(560));
        assert_eq!(pacing.exercise_time(0), ExerciseTime(500));
        let stands = Pacing {
            runs: false,
            ..pacing
        };
        assert_eq!(stands.exercise_time(9_000), ExerciseTime(500));
    }
}
