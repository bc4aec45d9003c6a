//! What is weak about an exercise, found in what its definitions became together.

mod alone;
mod expected;
mod messages;
mod start;
mod work;

pub use alone::{rehearse, rehearse_within};

use crate::bind::Given;
use crate::definition::spelled;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use hotwash_engine::exercise::{Exercise, Limit, Measure, Phase, Severity, Span, Task};
use work::Chains;

/// What weakens an exercise, in the order of the phases.
pub(crate) fn advice(exercise: &Exercise, given: &Given<'_>) -> Vec<Diagnostic> {
    let phases = Phase::ALL.iter();
    let mut found: Vec<Diagnostic> = phases
        .filter_map(|phase| target_too_short(exercise, *phase, given))
        .collect();
    found.extend(expected::unmet(exercise, given));
    found.extend(start::between_clocks(given));
    found.extend(messages::too_many(exercise, given));
    found
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
    let of_phase = |task: &Task| {
        let counts = belongs(task, phase)
            && !task.optional
            && task.from_severity.is_none_or(|from| from <= severity);
        if counts {
            work::usual(exercise, task)
        } else {
            Span::ZERO
        }
    };
    Chains::new(exercise, of_phase).longest()
}

/// Whether a task takes a measure by which its phase is completed.
fn belongs(task: &Task, phase: Phase) -> bool {
    // The triage gives the first statement of scope; what refines it may come later. The watch has
    // a term of its own, beside the target.
    let later = |measure: Measure| measure.looks() || measure == Measure::Watch;
    let mut acts = task.does.iter();
    acts.any(|act| act.measure.home() == Some(phase) && !later(act.measure))
}

#[cfg(test)]
mod tests {
    use crate::bind::{Start, bind};
    use crate::load::load;
    use crate::source::Source;

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
