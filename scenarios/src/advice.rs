//! What is weak about an exercise, found in what its definitions became together.

mod alone;

pub use alone::rehearse;

use crate::bind::Given;
use crate::definition::spelled;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use hotwash_engine::exercise::{
    Exercise, Law, Limit, Measure, Phase, Severity, Span, Task, TaskId,
};

/// What weakens an exercise, in the order of the phases.
pub(crate) fn advice(exercise: &Exercise, given: &Given<'_>) -> Vec<Diagnostic> {
    let phases = Phase::ALL.iter();
    phases
        .filter_map(|phase| target_too_short(exercise, *phase, given))
        .collect()
}

/// What: a phase whose own tasks, one after the other with their median durations and without any
/// wait, take longer than the phase may.
/// Why: such a target is missed by design, whoever responds.
/// Example: a target of `1h` for Response, and an isolation that takes `2h to 6h`.
fn target_too_short(exercise: &Exercise, phase: Phase, given: &Given<'_>) -> Option<Diagnostic> {
    let weekend = exercise.organisation().weekend.len();
    let missed = |severity: &Severity| {
        let limit = exercise.plan().target(phase, *severity)?.completed?;
        let work = longest(exercise, phase, *severity);
        (work > most(limit, weekend)).then_some((*severity, limit, work))
    };
    let missed: Vec<_> = Severity::ALL.iter().filter_map(missed).collect();
    let (_, limit, work) = missed.last()?;
    let severities: Vec<&str> = missed.iter().map(|(level, ..)| level.name()).collect();
    let own = given.plan.targets.0.iter();
    let own = own.clone().find(|(of, _)| of.value == phase);
    let place = own.map_or(start_of(given.plan.place), |(of, _)| of.place);
    let message = format!(
        "{phase} takes {} of work even without any wait, more than its target",
        spelled(minutes(*work))
    );
    let note = format!(
        "the target at {} is {}; medians along the longest chain of the phase's own measures",
        severities.join(", "),
        written(*limit)
    );
    Some(Diagnostic::new(Code::TargetTooShort, message, place).note(note))
}

fn written(limit: Limit) -> String {
    match limit {
        Limit::Elapsed(span) => spelled(span),
        Limit::Days(days) => format!("{days}d"),
        Limit::BusinessDays(days) => format!("{days}bd"),
        Limit::Months(months) => format!("{months}mo"),
    }
}

const fn start_of(place: Place) -> Place {
    Place {
        end: place.start,
        ..place
    }
}

/// Whole minutes, for people.
const fn minutes(span: Span) -> Span {
    Span::minutes(span.0 / Span::MINUTE.0)
}

/// The most time that a limit can give: days run on to midnight, business days over weekends of so many
/// days.
fn most(limit: Limit, weekend: usize) -> Span {
    let weekend = i64::try_from(weekend).unwrap_or(0).clamp(0, 6);
    match limit {
        Limit::Elapsed(span) => span,
        Limit::Days(days) => Span::days(i64::from(days) + 1),
        Limit::BusinessDays(days) => Span::days(i64::from(days) * 7 / (7 - weekend) + weekend + 1),
        Limit::Months(months) => Span::days(i64::from(months) * 31 + 1),
    }
}

/// The longest chain of required tasks that take a measure of this phase, by their medians.
fn longest(exercise: &Exercise, phase: Phase, severity: Severity) -> Span {
    let tasks = exercise.plan().tasks.len();
    let mut ends: Vec<Option<Span>> = vec![None; tasks];
    (0..tasks)
        .map(|i| end(exercise, phase, severity, TaskId::new(i), &mut ends))
        .max()
        .unwrap_or(Span::ZERO)
}

/// When a task ends, counting work of the phase only. The tasks form no circle.
fn end(
    exercise: &Exercise,
    phase: Phase,
    severity: Severity,
    id: TaskId,
    ends: &mut Vec<Option<Span>>,
) -> Span {
    if let Some(known) = ends[id.index()] {
        return known;
    }
    let task = exercise.task(id);
    let mut of = |before: &TaskId| end(exercise, phase, severity, *before, ends);
    let all = task.after.iter().map(&mut of).max();
    let any = task.after_any.iter().map(&mut of).min();
    let start = all.max(any).unwrap_or(Span::ZERO);
    let counts = belongs(task, phase)
        && !task.optional
        && task.from_severity.is_none_or(|from| from <= severity);
    let own = if counts {
        task.delay.as_ref().map_or(Span::ZERO, median)
            + median(&task.takes).max(floor(exercise, task))
    } else {
        Span::ZERO
    };
    ends[id.index()] = Some(start + own);
    start + own
}

/// The least time of a task on one asset, unless it is played as it is written.
fn floor(exercise: &Exercise, task: &Task) -> Span {
    if exercise.is_played_as_written(task) {
        return Span::ZERO;
    }
    task.floor(|_| 1)
}

/// Whether a task takes a measure by which its phase is completed.
fn belongs(task: &Task, phase: Phase) -> bool {
    // The triage gives the first statement of scope; what refines it may come later. The watch has
    // a term of its own, beside the target.
    let later = |measure: Measure| measure.looks() || measure == Measure::Watch;
    let mut acts = task.does.iter();
    acts.any(|act| act.measure.home() == Some(phase) && !later(act.measure))
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
    use crate::bind::{Start, bind};
    use crate::load::load;
    use crate::source::Source;

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

    fn warned(target: &str, takes: &str) -> usize {
        let text = format!(
            "Exercise(organisation: (name: \"A\", people: [(id: \"p\", roles: [\"r\"])], \
             roles: [(id: \"r\", function: Analyst)], assets: [(id: \"d\", kind: Database)]), \
             plan: (targets: {{Response: \"{target}\"}}, tasks: [(id: \"isolate\", phase: Response, \
             by: Analyst, takes: \"{takes}\", does: Isolate(Affected))]), \
             scenario: (title: \"T\", attack: []))"
        );
        let definitions = load(&[Source::new("e.ron", text)]).unwrap();
        let bound = bind(&definitions, &Start::default()).unwrap();
        bound.warnings.len()
    }

    #[test]
    fn a_target_below_the_median_of_the_work_is_told() {
        assert_eq!(warned("1h", "2h to 6h"), 1);
        assert_eq!(warned("4h", "2h to 6h"), 0);
    }
}
