//! When injects and steps come, and when an expectation is missed.

use super::staffing::{at, called, runs, times, triage};
use crate::exercise::{Condition, ExerciseTime, Fact, Measure, Object, Span};
use crate::record::Event;
use crate::simulation::fixture::{act, expectation, inject};

#[test]
fn a_step_whose_unless_holds_never_starts_and_an_inject_is_skipped() {
    let now = || Some(Condition::Is(Fact::Elapsed(Span::ZERO)));
    let mut parts = called(Vec::new());
    parts.scenario.steps[0].at = Some(at(Span::HOUR));
    parts.scenario.steps[0].unless = now();
    let mut other = inject("other");
    other.unless = now();
    parts.scenario.injects = vec![other];
    let record = &runs(parts, 1)[0];
    let count = |wanted: fn(&Event) -> bool| times(record, wanted).len();
    assert_eq!(count(|event| matches!(event, Event::StepStarted { .. })), 0);
    assert_eq!(
        count(|event| matches!(event, Event::InjectDelivered { .. })),
        0
    );
    assert_eq!(
        count(|event| matches!(event, Event::InjectSkipped { .. })),
        1
    );
}

#[test]
fn an_inject_that_reveals_a_step_waits_for_it() {
    let mut parts = called(Vec::new());
    parts.scenario.injects[0].at = Some(ExerciseTime::STARTEX);
    let record = &runs(parts, 1)[0];
    let delivered = times(record, |event| {
        matches!(event, Event::InjectDelivered { .. })
    });
    assert_eq!(delivered, vec![at(Span::HOUR)]);
}

#[test]
fn an_expectation_is_missed_after_its_limit_and_can_still_be_met() {
    let mut parts = called(vec![triage(Span::HOUR)]);
    let asked = act(Measure::Triage, Object::Incident);
    parts.scenario.expectations = vec![expectation("triaged", asked)];
    let record = &runs(parts, 1)[0];
    let missed = times(record, |event| {
        matches!(event, Event::ExpectationMissed { .. })
    });
    let met = times(record, |event| {
        matches!(event, Event::ExpectationMet { .. })
    });
    // The call comes after two hours, and the answer is due within one.
    assert_eq!(missed, vec![at(Span::hours(3)) + Span(1)]);
    assert!(met.len() == 1 && met[0] > missed[0]);
}
