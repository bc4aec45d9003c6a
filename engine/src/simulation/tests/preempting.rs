//! What interrupts work: a far more severe incident, and a request that weighs as much.

use super::super::fixture::{self, inject, parts, person, role, task};
use super::presence::play;
use crate::exercise::{
    Addressee, Condition, ExerciseTime, Fact, Function, IncidentId, Knowable, Law, Measure, Parts,
    PersonId, Phase, Reveal, Severity, SeverityRule, Span,
};
use crate::record::{Event, PauseReason, Record};

/// Two incidents, the second of which becomes known after an hour and is of a severity; the first is
/// taken to be Medium.
pub(super) fn two(severity: Severity) -> Parts {
    let mut parts = parts();
    parts.organisation.tireless = true;
    parts.plan.classification.rules = vec![SeverityRule {
        level: severity,
        impact: None,
        when: Condition::Is(Fact::Known(Knowable::PersonalData(IncidentId::new(0)))),
    }];
    parts.scenario.incidents.push(fixture::incident("second"));
    let mut first = inject("first");
    first.reveals = vec![Reveal::Real];
    let mut second = inject("second");
    second.at = Some(ExerciseTime(Span::HOUR.0));
    second.incident = IncidentId::new(1);
    second.reveals = vec![Reveal::PersonalData, Reveal::Real];
    parts.scenario.injects = vec![first, second];
    let mut work = task("work", Phase::Response, Measure::Investigate);
    work.takes = Law::Fixed(Span::hours(10));
    parts.plan.tasks = vec![work];
    parts
}

fn when(record: &Record, is: impl Fn(&Event) -> bool) -> Option<Span> {
    let mut entries = record.entries.iter();
    let found = entries.find(|entry| is(&entry.event))?;
    Some(Span(found.at.0))
}

fn started(record: &Record, incident: usize) -> Span {
    let of = IncidentId::new(incident);
    let found = when(
        record,
        |event| matches!(event, Event::TaskStarted { instance, .. } if instance.incident == of),
    );
    found.expect("the work starts")
}

fn laid_aside(record: &Record, why: PauseReason) -> Option<Span> {
    when(
        record,
        |event| matches!(event, Event::TaskPaused { reason, .. } if *reason == why),
    )
}

#[test]
fn an_incident_two_severities_higher_interrupts_work_and_one_a_severity_higher_waits() {
    let critical = play(two(Severity::Critical));
    let aside = laid_aside(&critical, PauseReason::HigherPriority);
    let aside = aside.expect("the first is laid aside");
    assert_eq!(aside, started(&critical, 1));
    assert!(aside < Span::HOUR + Span::MINUTE, "{aside:?}");
    // What was done of it is kept: it is done ten hours of work and a take-over after the other.
    let ended = |record: &Record| {
        when(
            record,
            |event| matches!(event, Event::TaskEnded { instance, .. } if instance.incident == IncidentId::new(0)),
        )
    };
    let both = ended(&critical).expect("it is done");
    assert!(both < Span::hours(20) + Span::minutes(31), "{both:?}");

    let high = play(two(Severity::High));
    assert_eq!(laid_aside(&high, PauseReason::HigherPriority), None);
    assert!(started(&high, 1) >= Span::hours(10));
}

/// Bo works on the second incident from the start, and is asked to approve work for the first.
fn asked(severity: Severity) -> Record {
    let mut parts = two(severity);
    parts.organisation.people.push(person("bo"));
    parts.organisation.roles = vec![role("analyst"), role("board")];
    parts.organisation.roles[0].functions = vec![Function::Analyst];
    parts.organisation.roles[0].may = Vec::new();
    parts.organisation.roles[1].functions = vec![Function::Executive, Function::PointOfContact];
    parts.organisation.roles[1].functions.sort_unstable();
    parts.organisation.roles[1].holders = vec![PersonId::new(1)];
    let deed = &mut parts.plan.tasks[0];
    deed.approval = Some(Addressee::Function(Function::Executive));
    let mut vigil = task("zz-vigil", Phase::Response, Measure::Investigate);
    vigil.by = Addressee::Function(Function::Executive);
    vigil.takes = Law::Fixed(Span::hours(10));
    parts.plan.tasks.push(vigil);
    let [first, second] = &mut parts.scenario.injects[..] else {
        panic!("there are two");
    };
    first.at = Some(ExerciseTime(Span::HOUR.0));
    second.at = Some(ExerciseTime::STARTEX);
    second.to = Addressee::Function(Function::Executive);
    play(parts)
}

#[test]
fn a_request_for_approval_interrupts_only_work_of_lower_or_equal_priority() {
    let given = |record: &Record| {
        when(record, |event| matches!(event, Event::ApprovalGiven { .. })).expect("it is given")
    };
    let equal = asked(Severity::Medium);
    assert!(given(&equal) < Span::hours(2));
    assert!(laid_aside(&equal, PauseReason::Interrupted).is_some());
    let higher = asked(Severity::Critical);
    assert!(given(&higher) >= Span::hours(10));
    assert_eq!(laid_aside(&higher, PauseReason::Interrupted), None);
}
