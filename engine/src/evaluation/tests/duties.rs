//! Duties of law: what their clocks come to, and which of them gate.

use crate::evaluation::fixture::{NOTHING, Story, incident, plan_and_attack};
use crate::evaluation::{GateReason, Rating};
use crate::exercise::{Asks, ExerciseTime, Measure, ObligationId, Span, StakeholderKind};
use crate::record::{EndKind, Event, Verdict};

/// A duty whose clock ran from 40 for a day and came to a verdict.
fn with_duty(story: &mut Story, obligation: usize, verdict: Verdict) {
    let (obligation, incident) = (ObligationId::new(obligation), incident());
    let due = ExerciseTime(Span::DAY.0);
    let started = Event::ClockStarted {
        obligation,
        incident,
        due,
    };
    let started = story.add(40, NOTHING, started);
    let closed = Event::ObligationClosed {
        obligation,
        incident,
        verdict,
    };
    story.add(2_000, started, closed);
}

#[test]
fn a_duty_that_is_required_after_all_runs_on_in_a_record_that_is_not_finished() {
    let (obligation, incident) = (ObligationId::new(0), incident());
    let verdict = |after_all: bool| {
        let (mut story, _) = Story::declared(plan_and_attack());
        let aware = Event::ObligationAware {
            obligation,
            incident,
            stated: false,
        };
        let aware = story.add(40, NOTHING, aware);
        let due = ExerciseTime(Span::DAY.0);
        let started = Event::ClockStarted {
            obligation,
            incident,
            due,
        };
        story.add(40, aware, started);
        let waived = Event::ObligationNotRequired {
            obligation,
            incident,
            sound: true,
        };
        let waived = story.add(60, NOTHING, waived);
        if after_all {
            let fell = Event::ObligationRequiredAfterAll {
                obligation,
                incident,
            };
            story.add(90, waived, fell);
        }
        story.evaluation().obligations[0].verdict
    };
    assert_eq!(verdict(false), Verdict::NotRequired);
    assert_eq!(verdict(true), Verdict::Running);
}

#[test]
fn two_clocks_of_one_law_to_one_recipient_are_one_gate_and_of_two_laws_two() {
    for (law, gates) in [("Act", 1), ("Other", 2)] {
        let mut parts = plan_and_attack();
        let mut twin = parts.plan.obligations[0].clone();
        twin.slug = crate::simulation::fixture::slug("tell-more");
        twin.law = Some(law.to_owned());
        parts.plan.obligations.push(twin);
        let (mut story, _) = Story::declared(parts);
        with_duty(&mut story, 0, Verdict::Breached);
        with_duty(&mut story, 1, Verdict::Late);
        story.end(2_000, EndKind::Condition);
        let score = story.evaluation().score.unwrap();
        assert_eq!(score.gates.len(), gates);
        assert!(
            score
                .gates
                .is_sorted_by(|one, next| one.leaves > next.leaves)
        );
        assert_eq!(score.gates.last().unwrap().leaves, score.score);
    }
}

#[test]
fn a_duty_without_law_is_no_gate() {
    let mut parts = plan_and_attack();
    parts.plan.obligations[0].law = None;
    let (mut story, _) = Story::declared(parts);
    with_duty(&mut story, 0, Verdict::Breached);
    story.end(2_000, EndKind::Condition);
    assert!(story.evaluation().score.unwrap().gates.is_empty());
}

#[test]
fn an_objective_that_rests_on_a_broken_duty_is_no_second_gate() {
    let mut parts = plan_and_attack();
    let authority = crate::exercise::Object::Stakeholder(StakeholderKind::SectorRegulator);
    parts.scenario.expectations[0].asks = Asks::Does(crate::exercise::Act {
        measure: Measure::Notify,
        on: authority,
    });
    let (mut story, _) = Story::declared(parts);
    story.inject(35, NOTHING);
    with_duty(&mut story, 0, Verdict::Breached);
    story.end(2_000, EndKind::Condition);
    let evaluation = story.evaluation();
    assert_eq!(evaluation.objectives[0].rating, Rating::U);
    let gates = evaluation.score.unwrap().gates;
    assert_eq!(gates.len(), 1);
    assert!(matches!(gates[0].reason, GateReason::Obligation(..)));
}
