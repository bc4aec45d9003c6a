//! Ratings of objectives, and the gates over the score.

use crate::evaluation::fixture::{
    ISOLATE, NOTHING, NOTIFY, RESTORE, Story, incident, plan_and_attack,
};
use crate::evaluation::{Evaluation, Rating};
use crate::exercise::{
    Asks, AssetState, BasisPoints, Capability, Category, Condition, ExpectationId, Fact, InjectId,
    Measure, Object, ObligationId, Parts, Phase, Priority, RoleId, Selector, Severity, Span,
    StakeholderKind,
};
use crate::record::{EndKind, Event, SkipReason, Verdict};
use crate::simulation::fixture;

/// The inject comes at 35 and the expectation is met five minutes later.
fn in_time(story: &mut Story) {
    let call = story.inject(35, NOTHING);
    story.declares(40, call);
}

fn close_duty(story: &mut Story, verdict: Verdict) {
    let (obligation, incident) = (ObligationId::new(0), incident());
    let closed = Event::ObligationClosed {
        obligation,
        incident,
        verdict,
    };
    story.add(400, NOTHING, closed);
}

fn never() -> Condition {
    Condition::Is(Fact::InState(Selector::Everything, AssetState::Wiped))
}

/// The ratings of all objectives at the end after 400 minutes.
fn ratings(mut story: Story) -> Vec<Rating> {
    story.end(400, EndKind::Condition);
    let evaluation = story.evaluation();
    evaluation.objectives.iter().map(|of| of.rating).collect()
}

#[test]
fn what_comes_before_the_harm_is_not_too_late_and_did_not_prevent_it() {
    for (met_at, rating) in [(50, Rating::M), (51, Rating::U)] {
        let mut parts = plan_and_attack();
        let harm = Fact::Elapsed(Span::minutes(50));
        parts.scenario.objectives[0].harm = Some(Condition::Is(harm));
        let (mut story, _) = Story::declared(parts);
        let call = story.inject(35, NOTHING);
        if met_at == 50 {
            story.declares(met_at, call);
        }
        // The harm is read where something changes in its instant.
        story.state(50, NOTHING, 1, AssetState::Exposed, true);
        if met_at > 50 {
            story.declares(met_at, call);
        }
        story.completed(60, NOTHING, Phase::Assessment);
        assert_eq!(ratings(story), [rating], "met at {met_at}");
    }
}

#[test]
fn an_objective_whose_time_was_not_up_at_the_limit_is_not_failed() {
    for (limit, end, rating) in [
        (401, EndKind::Limit, Rating::P),
        (400, EndKind::Limit, Rating::U),
        (401, EndKind::Stalled, Rating::U),
    ] {
        let mut parts = plan_and_attack();
        let objective = &mut parts.scenario.objectives[0];
        (objective.success, objective.limit) = (Some(never()), Some(Span::minutes(limit)));
        let (mut story, declared) = Story::declared(parts);
        in_time(&mut story);
        story.completed(45, declared, Phase::Assessment);
        story.end(400, end);
        let evaluation = story.evaluation();
        assert_eq!(evaluation.objectives[0].rating, rating, "{limit} {end:?}");
    }
}

/// One objective of communication, and another one that asks to tell the authority.
fn told_elsewhere(verdict: Verdict) -> Vec<Rating> {
    let mut parts = plan_and_attack();
    parts.scenario.objectives[0].capability = Capability::Communicate;
    let authority = Object::Stakeholder(StakeholderKind::SectorRegulator);
    let asked = fixture::act(Measure::Notify, authority);
    parts
        .scenario
        .expectations
        .push(fixture::expectation("told", asked));
    let mut other = fixture::objective("o2", Capability::Respond);
    other.critical = vec![ExpectationId::new(1)];
    parts.scenario.objectives.push(other);
    let (mut story, _) = Story::declared(parts);
    let call = story.inject(35, NOTHING);
    story.declares(40, call);
    story.tells(40, call);
    close_duty(&mut story, verdict);
    ratings(story)
}

#[test]
fn a_duty_of_law_that_was_broken_bears_on_every_objective_of_communication() {
    assert_eq!(told_elsewhere(Verdict::Met)[0], Rating::P);
    assert_eq!(told_elsewhere(Verdict::Late)[0], Rating::M);
}

#[test]
fn a_finding_on_what_an_objective_shows_makes_it_some_challenges() {
    for (given, rating) in [(Severity::High, Rating::P), (Severity::Low, Rating::S)] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let classified = Event::Classified {
            incident: incident(),
            role: RoleId::new(0),
            severity: given,
            category: Category::Other,
            priority: Priority::P2,
        };
        story.add(30, declared, classified);
        story.completed(30, declared, Phase::Assessment);
        in_time(&mut story);
        assert_eq!(ratings(story), [rating], "{given}");
    }
}

#[test]
fn a_measure_that_harms_another_objective_is_a_major_challenge() {
    for (by_the_measure, rating) in [(true, Rating::M), (false, Rating::P)] {
        let mut parts = plan_and_attack();
        let affected = Object::Assets(Selector::Affected);
        parts.scenario.expectations[0].asks = Asks::Does(fixture::act(Measure::Isolate, affected));
        let mut other = fixture::objective("o2", Capability::Recover);
        let down = Fact::InState(Selector::Everything, AssetState::OutOfService);
        other.harm = Some(Condition::Is(down));
        parts.scenario.objectives.push(other);
        let (mut story, declared) = Story::declared(parts);
        story.completed(30, declared, Phase::Assessment);
        story.inject(35, NOTHING);
        let isolated = story.done(35, 40, declared, ISOLATE);
        let taken = story.taken(40, isolated, ISOLATE, Measure::Isolate, 0);
        let cause = if by_the_measure { taken } else { NOTHING };
        story.state(40, cause, 0, AssetState::OutOfService, true);
        assert_eq!(ratings(story)[0], rating);
    }
}

#[test]
fn an_objective_without_critical_items_that_failed_is_no_gate() {
    for (critical, gates) in [(true, 1), (false, 0)] {
        let mut parts = plan_and_attack();
        let objective = &mut parts.scenario.objectives[0];
        objective.success = Some(never());
        if !critical {
            objective.supporting = std::mem::take(&mut objective.critical);
        }
        let (mut story, _) = Story::declared(parts);
        in_time(&mut story);
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        assert_eq!(evaluation.objectives[0].rating, Rating::U);
        let score = evaluation.score.expect("it is scored");
        assert_eq!(score.gates.len(), gates);
    }
}

/// Everything is done within an hour, and the duty comes to a verdict.
fn well_done(verdict: Verdict) -> Evaluation {
    let (mut story, declared) = Story::declared(plan_and_attack());
    in_time(&mut story);
    story.completed(40, declared, Phase::Assessment);
    let mut last = declared;
    for (task, measure) in [(ISOLATE, Measure::Isolate), (RESTORE, Measure::Restore)] {
        last = story.done(40, 50, last, task);
        story.taken(50, last, task, measure, 0);
    }
    last = story.done(50, 60, last, NOTIFY);
    for phase in [Phase::Response, Phase::Recovery] {
        story.completed(60, last, phase);
    }
    close_duty(&mut story, verdict);
    story.end(400, EndKind::Condition);
    story.evaluation()
}

#[test]
fn a_gate_leaves_at_most_59_and_without_one_nothing_is_lost() {
    let score = |verdict| well_done(verdict).score.expect("it is scored");
    let kept = score(Verdict::Met);
    assert!(kept.gates.is_empty(), "{kept:?}");
    assert_eq!(kept.score, kept.carried_out);
    let late = score(Verdict::Late);
    assert!(late.carried_out > BasisPoints(5_900), "{late:?}");
    assert!(late.score <= BasisPoints(5_900), "{late:?}");
}

#[test]
fn an_expectation_is_met_by_having_acted_first_critical_or_not() {
    for critical in [true, false] {
        let mut parts: Parts = plan_and_attack();
        let objective = &mut parts.scenario.objectives[0];
        if !critical {
            objective.supporting = std::mem::take(&mut objective.critical);
        }
        let (mut story, declared) = Story::declared(parts);
        story.declares(30, declared);
        story.completed(30, declared, Phase::Assessment);
        let (inject, reason) = (InjectId::new(0), SkipReason::Prevented);
        story.add(50, NOTHING, Event::InjectSkipped { inject, reason });
        let expectation = crate::evaluation::ItemKind::Expectation(ExpectationId::new(0));
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        assert_eq!(evaluation.objectives[0].rating, Rating::P);
        let mut items = evaluation.main().phases[Phase::Assessment.index()]
            .coverage_items
            .iter();
        assert!(items.any(|item| item.kind == expectation));
    }
}
