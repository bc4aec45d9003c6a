//! How duties of law are judged, whether or not the plan speaks of them.

use crate::evaluation::fixture::{NOTHING, Story, incident, plan_and_attack};
use crate::evaluation::{
    Finding, FindingKind, FindingSubject, GateReason, JudgedKind, PartialReason, Rating,
};
use crate::exercise::{
    Asks, Clause, ExerciseTime, Limit, Measure, Object, ObligationId, Parts, Phase, Span, TaskId,
};
use crate::record::{EndKind, Event, Verdict};
use crate::simulation::fixture::{act, slug};

const BOUND: Clause = Clause::Bound { within: None };

/// An attack after which two duties of one law to one authority stand like this.
fn story(clause: Clause, verdict: Verdict, change: impl FnOnce(&mut Parts)) -> Story {
    ending(EndKind::Condition, clause, verdict, change)
}

fn ending(
    end: EndKind,
    clause: Clause,
    verdict: Verdict,
    change: impl FnOnce(&mut Parts),
) -> Story {
    let mut parts = plan_and_attack();
    let duty = &mut parts.plan.obligations[0];
    duty.clause = clause;
    if clause == Clause::Missing {
        duty.task = None;
    }
    let mut twin = duty.clone();
    twin.slug = slug("tell-more");
    parts.plan.obligations.push(twin);
    change(&mut parts);
    let (mut story, _) = Story::declared(parts);
    for obligation in [0, 1].map(ObligationId::new) {
        let incident = incident();
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
    story.end(2_000, end);
    story
}

fn gates(clause: Clause, verdict: Verdict) -> usize {
    let evaluation = story(clause, verdict, |_| {}).evaluation();
    let gates = evaluation.score.unwrap().gates;
    let of_law = |reason: &GateReason| matches!(reason, GateReason::Obligation(..));
    assert!(gates.iter().all(|gate| of_law(&gate.reason)));
    gates.len()
}

#[test]
fn each_duty_of_law_that_the_plan_leaves_out_is_a_gate_unless_it_is_met_all_the_same() {
    for broken in [Verdict::Breached, Verdict::Late, Verdict::NotRecognised] {
        assert_eq!(gates(Clause::Missing, broken), 2, "{broken:?}");
        assert_eq!(gates(BOUND, broken), 1, "{broken:?}");
    }
    assert_eq!(gates(Clause::Missing, Verdict::Met), 0);
}

#[test]
fn a_duty_that_the_plan_leaves_out_and_that_runs_when_the_team_ends_the_exercise_is_a_gate() {
    let gates = |end, clause, verdict| {
        let evaluation = ending(end, clause, verdict, |_| {}).evaluation();
        evaluation.score.unwrap().gates.len()
    };
    let running = Verdict::Running;
    assert_eq!(gates(EndKind::Stalled, Clause::Missing, running), 2);
    assert_eq!(gates(EndKind::Stalled, BOUND, running), 0);
    assert_eq!(gates(EndKind::Limit, Clause::Missing, running), 0);
    assert_eq!(
        gates(EndKind::Stalled, Clause::Missing, Verdict::NotTriggered),
        0
    );
}

#[test]
fn an_objective_that_rests_on_a_duty_left_to_nobody_is_no_second_gate() {
    let mut parts = plan_and_attack();
    let duty = &mut parts.plan.obligations[0];
    (duty.clause, duty.task) = (Clause::Missing, None);
    let telling = Object::Stakeholder(duty.to);
    parts.scenario.expectations[0].asks = Asks::Does(act(Measure::Notify, telling));
    let (mut story, _) = Story::declared(parts);
    story.inject(35, NOTHING);
    let (obligation, incident) = (ObligationId::new(0), incident());
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
        verdict: Verdict::Running,
    };
    story.add(2_000, started, closed);
    story.end(2_000, EndKind::Condition);
    let evaluation = story.evaluation();
    assert_eq!(evaluation.objectives[0].rating, Rating::U);
    let gates = evaluation.score.unwrap().gates;
    let reasons: Vec<GateReason> = gates.iter().map(|gate| gate.reason).collect();
    let duty = GateReason::Obligation(obligation, incident, Verdict::Running);
    assert_eq!(reasons, [duty]);
}

/// Whether each of the duties is sound, by the phase in which it is judged.
fn judged(clause: Clause, verdict: Verdict, change: impl FnOnce(&mut Parts)) -> Vec<(Phase, bool)> {
    let evaluation = story(clause, verdict, change).evaluation();
    let phases = evaluation.main().phases.iter();
    let items = phases.flat_map(|phase| phase.judged_items.iter().map(|item| (phase.phase, item)));
    let duties = items.filter(|(_, item)| matches!(item.kind, JudgedKind::Obligation(_)));
    duties.map(|(phase, item)| (phase, item.sound)).collect()
}

#[test]
fn what_the_plan_leaves_out_and_nobody_was_told_is_not_kept_while_it_runs() {
    let of = |clause, verdict| judged(clause, verdict, |_| {});
    let all = |sound| vec![(Phase::Response, sound); 2];
    assert_eq!(of(Clause::Missing, Verdict::Running), all(false));
    assert_eq!(of(Clause::Missing, Verdict::Met), all(true));
    assert_eq!(of(BOUND, Verdict::Running), all(true));
    assert_eq!(of(Clause::Missing, Verdict::NotTriggered), []);
}

#[test]
fn a_duty_of_law_is_judged_in_response_wherever_the_plan_has_its_task() {
    let late = |parts: &mut Parts| {
        let task: TaskId = parts.plan.obligations[0].task.unwrap();
        parts.plan.tasks[task.index()].phase = Phase::Closure;
    };
    let of_law = judged(BOUND, Verdict::Met, late);
    assert_eq!(of_law, [(Phase::Response, true); 2]);
    let of_plan = judged(Clause::Own, Verdict::Met, late);
    assert_eq!(of_plan, [(Phase::Closure, true); 2]);
}

#[test]
fn what_the_plan_leaves_out_is_found_wherever_it_is_called_for() {
    let found = |clause, verdict| {
        let findings = story(clause, verdict, |_| {}).evaluation().findings;
        let duty = FindingSubject::Obligation(ObligationId::new(0), incident());
        let gaps = findings
            .iter()
            .flat_map(Finding::all)
            .filter(|of| of.kind == FindingKind::NotInPlan);
        gaps.filter(|of| of.subject == duty).count()
    };
    assert_eq!(found(Clause::Missing, Verdict::Breached), 1);
    assert_eq!(found(Clause::Missing, Verdict::Met), 1);
    assert_eq!(found(Clause::Missing, Verdict::NotTriggered), 0);
    assert_eq!(found(BOUND, Verdict::Breached), 0);
}

#[test]
fn a_limit_of_the_plan_beside_that_of_law_is_shown_and_changes_no_verdict() {
    let hours = |hours| Some(Limit::Elapsed(Span::hours(hours)));
    let of = |within| story(Clause::Bound { within }, Verdict::Met, |_| {}).evaluation();
    let (own, none) = (of(hours(2)), of(None));
    let started = ExerciseTime(Span::minutes(40).0);
    assert_eq!(own.obligations[0].own_due, Some(started + Span::hours(2)));
    assert_eq!(none.obligations[0].own_due, None);
    assert_eq!(own.score, none.score);
}

#[test]
fn a_score_without_a_law_is_partial() {
    let partial = |unknown| {
        let change = |parts: &mut Parts| parts.law_is_unknown = unknown;
        let evaluation = story(BOUND, Verdict::Met, change).evaluation();
        evaluation.score.unwrap().partial
    };
    assert!(partial(true).contains(&PartialReason::LawUnknown));
    assert!(!partial(false).contains(&PartialReason::LawUnknown));
}
