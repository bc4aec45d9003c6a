//! How long the plan's own work takes, along the tasks that come after one another.
//!
//! The rules of `advice` ask it. It knows nothing of people, hours and messages: whatever waits for those
//! comes on top.

use hotwash_engine::exercise::{Exercise, Law, Span, Task, TaskId};

/// What a chain of tasks costs, where each task costs something of its own.
pub(super) struct Chains<'e, C> {
    exercise: &'e Exercise,
    cost: C,
    ends: Vec<Option<Span>>,
}

impl<'e, C: Fn(&Task) -> Span> Chains<'e, C> {
    pub(super) fn new(exercise: &'e Exercise, cost: C) -> Self {
        let ends = vec![None; exercise.plan().tasks.len()];
        Self {
            exercise,
            cost,
            ends,
        }
    }

    /// When a task ends at the earliest: after all that it comes after, and the first of those of which one is
    /// enough. The tasks form no circle.
    pub(super) fn end(&mut self, id: TaskId) -> Span {
        if let Some(known) = self.ends.get(id.index()).copied().flatten() {
            return known;
        }
        let exercise = self.exercise;
        let task = exercise.task(id);
        let all = task.after.iter().map(|before| self.end(*before)).max();
        let any = task.after_any.iter().map(|before| self.end(*before)).min();
        let start = all.max(any).unwrap_or(Span::ZERO);
        let end = start + (self.cost)(task);
        if let Some(slot) = self.ends.get_mut(id.index()) {
            *slot = Some(end);
        }
        end
    }

    /// The longest chain.
    pub(super) fn longest(&mut self) -> Span {
        let tasks = self.exercise.plan().tasks.len();
        let ends = (0..tasks).map(|i| self.end(TaskId::new(i)));
        ends.max().unwrap_or(Span::ZERO)
    }
}

/// The usual time of a task on one asset, with the plan's own delay.
pub(super) fn usual(exercise: &Exercise, task: &Task) -> Span {
    task.delay.as_ref().map_or(Span::ZERO, median) + median(&task.takes).max(floor(exercise, task))
}

/// The time below which a task on one asset hardly ever stays, with the plan's own delay.
pub(super) fn quickest(exercise: &Exercise, task: &Task) -> Span {
    task.delay.as_ref().map_or(Span::ZERO, least) + least(&task.takes).max(floor(exercise, task))
}

/// The least time of a task on one asset, unless it is played as it is written.
fn floor(exercise: &Exercise, task: &Task) -> Span {
    if exercise.is_played_as_written(task) {
        return Span::ZERO;
    }
    task.floor(|_| 1)
}

/// What a duration hardly ever stays below: the lower end of a range, which one draw of twenty is shorter than.
fn least(law: &Law) -> Span {
    match law {
        Law::Fixed(span) => *span,
        Law::Range { low, .. } => *low,
        Law::Triangle { least, .. } => *least,
        // Of an exponential duration one draw of twenty is shorter than 0.051 of the mean.
        Law::About(mean) => Span(mean.0 / 1_000 * 51),
        Law::Observed(spans) => spans.iter().copied().min().unwrap_or(Span::ZERO),
    }
}

/// The usual time from one to the next of what comes again and again.
pub(super) fn spacing(law: &Law) -> Span {
    match law {
        Law::About(mean) => *mean,
        _ => median(law),
    }
}

/// The median of a duration.
fn median(law: &Law) -> Span {
    match law {
        Law::Fixed(span) => *span,
        // Log-normal: the geometric mean of two percentiles that lie alike on both sides.
        Law::Range { low, high } => root(i128::from(low.0) * i128::from(high.0)),
        Law::Triangle {
            least,
            likely,
            most,
        } => median_of_triangle(*least, *likely, *most),
        // The natural logarithm of 2, in thousandths.
        Law::About(mean) => Span(mean.0 / 1_000 * 693 + mean.0 % 1_000 * 693 / 1_000),
        Law::Observed(spans) => {
            let mut sorted = spans.clone();
            sorted.sort_unstable();
            sorted
                .get((sorted.len().max(1) - 1) / 2)
                .copied()
                .unwrap_or(Span::ZERO)
        }
    }
}

fn median_of_triangle(least: Span, likely: Span, most: Span) -> Span {
    let width = i128::from((most - least).0);
    let (left, right) = (
        i128::from((likely - least).0),
        i128::from((most - likely).0),
    );
    if left >= right {
        least + root(width * left / 2)
    } else {
        most - root(width * right / 2)
    }
}

/// The whole square root.
fn root(square: i128) -> Span {
    let root = square.max(0).isqrt();
    Span(i64::try_from(root).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_lie_where_half_of_the_draws_do() {
        let range = Law::Range {
            low: Span::minutes(4),
            high: Span::minutes(9),
        };
        assert_eq!(median(&range), Span::minutes(6));
        let even = Law::Triangle {
            least: Span::minutes(10),
            likely: Span::minutes(20),
            most: Span::minutes(30),
        };
        assert_eq!(median(&even), Span::minutes(20));
        assert_eq!(median(&Law::About(Span(1_000_000))), Span(693_000));
        let observed = [3, 1, 2].map(Span::minutes).to_vec();
        assert_eq!(median(&Law::Observed(observed)), Span::minutes(2));
    }

    #[test]
    fn the_least_of_a_duration_lies_below_its_median() {
        let laws = [
            Law::Fixed(Span::minutes(4)),
            Law::Range {
                low: Span::minutes(4),
                high: Span::minutes(9),
            },
            Law::Triangle {
                least: Span::minutes(10),
                likely: Span::minutes(20),
                most: Span::minutes(30),
            },
            Law::About(Span(1_000_000)),
            Law::Observed([3, 1, 2].map(Span::minutes).to_vec()),
        ];
        for law in laws {
            assert!(least(&law) <= median(&law), "{law:?}");
        }
    }
}
