//! When injects and steps come, and when an expectation is missed.

use super::staffing::{at, called, runs, times};
use crate::exercise::{
    Condition, ExerciseTime, Fact, IncidentId, InjectId, Law, Mark, Severity, Span,
};
use crate::record::Event;
use crate::simulation::fixture::{agenda_and_out, inject, parts, scene, stage};
use crate::simulation::story::{self, DueInject, Readings, Story};

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
fn the_condition_of_an_inject_is_read_again_when_its_delay_is_over() {
    let mut late = inject("late");
    late.when = Some(Condition::Is(Fact::Elapsed(Span::ZERO)));
    late.delay = Some(Law::Fixed(Span::HOUR));
    (late.at, late.reveals) = (None, Vec::new());
    let mut parts = parts();
    parts.scenario.injects = vec![late];
    let stage = stage(parts);
    let scene = scene(&stage, ExerciseTime::STARTEX);
    let (mut agenda, mut out) = agenda_and_out(&stage);
    let mut story = Story::default();
    story.reset(scene, &mut agenda);
    let id = InjectId::new(0);
    let held = |_: &Condition, _: IncidentId| Some(3);
    let lost = |_: &Condition, _: IncidentId| None;
    assert_eq!(story.armable(scene, id, &held), Some(3));
    story::arm(&mut story, &mut agenda, scene, id, 3);
    assert_eq!(story.armable(scene, id, &held), None);
    let readings = Readings::of(scene, id, &lost, true);
    let again = story::due(&mut story, &mut out, id, scene, readings);
    assert_eq!(again, DueInject::Nothing);
    assert_eq!(
        story.armable(scene, id, &held),
        Some(3),
        "it waits for its condition anew"
    );
    story::arm(&mut story, &mut agenda, scene, id, 3);
    let readings = Readings::of(scene, id, &held, true);
    let again = story::due(&mut story, &mut out, id, scene, readings);
    assert_eq!(again, DueInject::Deliver(Some(3)));
}

/// When an inject came whose only condition is a fact, beside an alteration at one hour.
fn when(fact: Fact) -> Vec<ExerciseTime> {
    let mut parts = called(Vec::new());
    parts.scenario.injects[0].at = Some(at(Span::HOUR));
    let mut other = inject("other");
    (other.at, other.when) = (None, Some(Condition::Is(fact)));
    parts.scenario.injects.push(other);
    let of_other = |event: &Event| matches!(event, Event::InjectDelivered { inject } if *inject == InjectId::new(1));
    times(&runs(parts, 1)[0], of_other)
}

#[test]
fn since_holds_from_the_very_instant_at_which_the_time_is_over() {
    let observable = at(Span::HOUR);
    assert_eq!(
        when(Fact::Since(Mark::Observable, Span::hours(5))),
        [observable + Span::hours(5)]
    );
    assert_eq!(
        when(Fact::Elapsed(Span::hours(5))),
        [at(Span::hours(5))],
        "as Elapsed does"
    );
}

#[test]
fn the_true_severity_is_at_least_itself() {
    assert_eq!(
        when(Fact::SeverityAtLeast(Severity::High)),
        [ExerciseTime::STARTEX]
    );
    assert_eq!(when(Fact::SeverityAtLeast(Severity::Critical)), []);
}

/// When an exercise ends whose end condition holds after an hour, with one more inject.
fn end_with(awaits: bool, more: impl Fn(&mut crate::exercise::Inject)) -> ExerciseTime {
    let mut parts = called(Vec::new());
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::HOUR));
    parts.scenario.awaits_injects = awaits;
    let mut late = inject("late");
    late.at = Some(at(Span::hours(9)));
    more(&mut late);
    parts.scenario.injects = vec![late];
    parts.scenario.expectations = Vec::new();
    parts.scenario.objectives = Vec::new();
    let record = &runs(parts, 1)[0];
    times(record, |event| matches!(event, Event::ExerciseEnded { .. }))[0]
}

#[test]
fn an_exercise_that_awaits_its_injects_is_held_open_by_those_that_are_still_to_come() {
    let hour = at(Span::HOUR);
    let fact = |fact| Some(Condition::Is(fact));
    assert_eq!(end_with(false, |_| {}), hour, "it names its end itself");
    assert_eq!(end_with(true, |_| {}), at(Span::hours(9)));
    assert_eq!(end_with(true, |late| late.noise = true), hour, "noise");
    let prevented =
        |late: &mut crate::exercise::Inject| late.unless = fact(Fact::Elapsed(Span::HOUR));
    assert_eq!(end_with(true, prevented), hour, "it is prevented");
    let later = |late: &mut crate::exercise::Inject| {
        late.unless = fact(Fact::Elapsed(Span::hours(3)));
    };
    assert_eq!(end_with(true, later), at(Span::hours(3)), "prevented later");
    let never = |late: &mut crate::exercise::Inject| {
        late.at = None;
        late.when = fact(Fact::Notified(crate::exercise::StakeholderKind::Media));
    };
    assert_eq!(end_with(true, never), hour, "nothing brings it about");
    let delayed = |late: &mut crate::exercise::Inject| {
        late.at = None;
        late.when = fact(Fact::Elapsed(Span::minutes(30)));
        late.delay = Some(Law::Fixed(Span::hours(2)));
    };
    let then = at(Span::minutes(150));
    assert_eq!(end_with(true, delayed), then, "its delay runs");
    let repeats = |late: &mut crate::exercise::Inject| late.repeats = Some(Law::Fixed(Span::HOUR));
    assert_eq!(
        end_with(true, repeats),
        at(Span::hours(9)),
        "once is enough"
    );
}
