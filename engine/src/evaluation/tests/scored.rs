//! Passed or not, and how well it was carried out.

use super::town::{run, town};
use crate::evaluation::criteria::Criteria;
use crate::evaluation::facts::Facts;
use crate::evaluation::fixture::{NOTHING, Story, plan_and_attack};
use crate::evaluation::{
    Baselines, ExerciseScore, GateReason, ObjectiveRating, PartialReason, Rating, Run, impact_of,
};
use crate::exercise::{BasisPoints, ExpectationId, Phase};
use crate::record::{EndKind, Event};
use crate::simulation::Policy;

/// From best to worst; N costs and earns nothing, as P.
const RATINGS: [Rating; 4] = [Rating::P, Rating::S, Rating::M, Rating::U];

/// What a run would be worth with other ratings, all else held.
fn with(run: &Run<'_>, facts: &Facts<'_>, ratings: &[ObjectiveRating]) -> ExerciseScore {
    run.score(facts, ratings).expect("the town can be scored")
}

#[test]
fn score_and_ratings_agree() {
    let town = town();
    let criteria = Criteria::of(&town);
    let mut gates_gone = 0;
    for index in 0..6 {
        let record = run(&town, index, Policy::People);
        let facts = Facts::read(&town, &criteria, &record.entries);
        let run = Run::judged(&facts, impact_of(&facts, Baselines::default()));
        let found = run.rate(&facts, &[]);
        for i in 0..found.len() {
            for pair in RATINGS.windows(2) {
                let [better, worse] = [pair[0], pair[1]].map(|rating| {
                    let mut ratings = found.clone();
                    ratings[i].rating = rating;
                    with(&run, &facts, &ratings)
                });
                let points = |of: &ExerciseScore| {
                    let own = of.deductions.iter().find(|it| it.objective.index() == i);
                    own.map_or(0, |own| i32::from(own.points.0))
                };
                let gain = i32::from(better.carried_out.0) - i32::from(worse.carried_out.0);
                let printed = points(&worse) - points(&better);
                assert!(printed > 0);
                assert!(gain == printed || worse.carried_out == BasisPoints::ZERO);
                assert!(better.score >= worse.score && (better.passed || !worse.passed));
                let gated = |of: &ExerciseScore| {
                    let mut gates = of.gates.iter();
                    gates.any(|gate| matches!(gate.reason, GateReason::Objective(of) if of.index() == i))
                };
                assert!(!gated(&better));
                gates_gone += u32::from(gated(&worse));
            }
        }
    }
    assert!(gates_gone > 0);
}

#[test]
fn a_run_is_passed_without_a_gate_and_without_a_reason_to_be_partial() {
    let town = town();
    let mut seen = [false; 2];
    for index in 0..20 {
        let record = run(&town, index, Policy::People);
        let evaluation = crate::evaluation::evaluate(&town, &record, Baselines::default());
        let score = evaluation.score.expect("the town can be scored");
        assert_eq!(
            score.passed,
            score.gates.is_empty() && score.partial.is_empty()
        );
        seen[usize::from(score.passed)] = true;
    }
    assert!(seen[0]);
}

#[test]
fn a_laboratory_is_partial() {
    let mut parts = plan_and_attack();
    parts.organisation.tireless = true;
    let (mut story, _) = Story::declared(parts);
    story.end(400, EndKind::Condition);
    let score = story.evaluation().score.expect("it is scored");
    let reasons = [
        PartialReason::PhaseNotInPlan(Phase::Closure),
        PartialReason::Laboratory,
    ];
    assert_eq!(score.partial, reasons);
}

/// Two objectives that cannot do without an expectation each; one late act, or two, answer them after
/// the harm of both.
fn gates_of_late_acts(acts: usize) -> usize {
    let mut parts = plan_and_attack();
    let mut second = parts.scenario.expectations[0].clone();
    second.slug = crate::simulation::fixture::slug("declared-too");
    parts.scenario.expectations.push(second);
    let harm = crate::exercise::Condition::Is(crate::exercise::Fact::Elapsed(
        crate::exercise::Span::minutes(50),
    ));
    parts.scenario.objectives[0].harm = Some(harm);
    let mut objective = parts.scenario.objectives[0].clone();
    objective.slug = crate::simulation::fixture::slug("o2");
    objective.critical = vec![ExpectationId::new(1)];
    parts.scenario.objectives.push(objective);
    let (mut story, declared) = Story::declared(parts);
    let call = story.inject(35, NOTHING);
    let hit = story.hit(50, 1);
    story.state(50, hit, 1, crate::exercise::AssetState::Exposed, true);
    for expectation in [0, 1] {
        let expectation = ExpectationId::new(expectation);
        let act = if acts == 2 && expectation.index() == 1 { call } else { declared };
        story.add(60, act, Event::ExpectationMet { expectation });
    }
    story.end(400, EndKind::Condition);
    let gates = story.evaluation().score.expect("it is scored").gates;
    let objective = |gate: &&crate::evaluation::Gate| matches!(gate.reason, GateReason::Objective(_));
    gates.iter().filter(objective).count()
}

#[test]
fn two_objectives_that_one_act_answered_are_one_gate() {
    assert_eq!(gates_of_late_acts(1), 1);
    assert_eq!(gates_of_late_acts(2), 2);
}
