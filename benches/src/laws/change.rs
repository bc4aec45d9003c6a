//! The same exercise with something changed.

use hotwash_engine::exercise::{Exercise, Law, Measure, Parts, Phase, Span, Task};
use std::sync::Arc;

/// The exercise with its parts changed.
pub fn varied(exercise: &Exercise, change: impl FnOnce(&mut Parts)) -> Arc<Exercise> {
    let mut parts = exercise.parts().clone();
    change(&mut parts);
    Arc::new(Exercise::new(parts).expect("a changed exercise is one"))
}

/// How much faster work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// It takes one half of its time.
    Half,
    /// A quarter.
    Quarter,
    /// A tenth.
    Tenth,
    /// A second, whatever it took: it is played at the floors of its measures.
    Second,
    /// A second, and the plan gives a reason, so that there are no floors.
    NoFloor,
}

impl Speed {
    /// All, the slowest first.
    pub const ALL: [Self; 5] = [
        Self::Half,
        Self::Quarter,
        Self::Tenth,
        Self::Second,
        Self::NoFloor,
    ];

    /// How it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Half => "1/2",
            Self::Quarter => "1/4",
            Self::Tenth => "1/10",
            Self::Second => "1s",
            Self::NoFloor => "1s without floors",
        }
    }

    /// Makes a task so fast.
    pub fn apply(self, task: &mut Task) {
        task.takes = match self {
            Self::Half => scaled(&task.takes, 500),
            Self::Quarter => scaled(&task.takes, 250),
            Self::Tenth => scaled(&task.takes, 100),
            Self::Second | Self::NoFloor => Law::Fixed(Span::SECOND),
        };
        if self == Self::NoFloor {
            task.because = Some("how fast it could be is tried".to_owned());
        }
    }
}

fn scaled(law: &Law, permille: i64) -> Law {
    each(law, |span| span.scaled(permille))
}

/// A law with each of its times changed.
pub fn each(law: &Law, to: impl Fn(Span) -> Span) -> Law {
    match law {
        Law::Fixed(span) => Law::Fixed(to(*span)),
        Law::Range { low, high } => Law::Range {
            low: to(*low),
            high: to(*high),
        },
        Law::Triangle {
            least,
            likely,
            most,
        } => Law::Triangle {
            least: to(*least),
            likely: to(*likely),
            most: to(*most),
        },
        Law::About(mean) => Law::About(to(*mean)),
        Law::Observed(spans) => Law::Observed(spans.iter().map(|span| to(*span)).collect()),
    }
}

/// Every task at a speed, or those of a phase, or one by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All tasks.
    All,
    /// Those of a phase.
    Of(Phase),
    /// One.
    One(usize),
}

impl Which {
    /// Whether a task is among them.
    pub fn takes(self, place: usize, task: &Task) -> bool {
        match self {
            Self::All => true,
            Self::Of(phase) => task.phase == phase,
            Self::One(one) => one == place,
        }
    }

    /// How it is written.
    pub fn name(self, exercise: &Exercise) -> String {
        match self {
            Self::All => "all tasks".to_owned(),
            Self::Of(phase) => format!("tasks of {phase}"),
            Self::One(place) => exercise.plan().tasks[place].slug.to_string(),
        }
    }
}

/// The exercise with some tasks at a speed.
pub fn at_speed(exercise: &Exercise, which: Which, speed: Speed) -> Arc<Exercise> {
    varied(exercise, |parts| {
        for (place, task) in parts.plan.tasks.iter_mut().enumerate() {
            if which.takes(place, task) {
                speed.apply(task);
            }
        }
    })
}

/// Lets the plan wait so much longer before a task.
pub fn wait(task: &mut Task, by: Span) {
    task.delay = Some(match &task.delay {
        Some(delay) => each(delay, |span| span + by),
        None => Law::Fixed(by),
    });
}

/// Whether a task tells somebody: its content has to be known first.
pub fn tells(task: &Task) -> bool {
    task.takes_measure(Measure::Notify) || task.notifies_for.is_some()
}
