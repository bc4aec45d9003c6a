//! Passed or not, and how well it was carried out.

use super::town::{run, town};
use crate::evaluation::criteria::Criteria;
use crate::evaluation::facts::Facts;
use crate::evaluation::fixture::{RESTORE, Story, incident, plan_and_attack, target};
use crate::evaluation::share::Fine;
use crate::evaluation::timing;
use crate::evaluation::{
    Baselines, Evaluation, ExerciseScore, GateReason, ObjectiveRating, PartialReason, Rating, Run,
    evaluate, impact_of,
};
use crate::exercise::{
    BasisPoints, Condition, Exercise, Fact, Law, Limit, Phase, Severity, Softer, Span, Stage,
    Target,
};
use crate::record::EndKind;
use crate::simulation::Policy;
use std::sync::Arc;

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
        let run = Run::judged(&facts, impact_of(&facts, Baselines::default()), &mut || {
            None
        });
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
                    gates.any(
                        |gate| matches!(gate.reason, GateReason::Objective(of) if of.index() == i),
                    )
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
        let evaluation = evaluate(&town, &record, Baselines::default());
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

#[test]
fn a_task_with_a_time_of_its_own_makes_the_score_partial() {
    let of = |because: Option<&str>| {
        let mut parts = plan_and_attack();
        let slow = parts
            .plan
            .tasks
            .iter_mut()
            .find(|task| !task.does.is_empty());
        let task = slow.expect("it has a task that takes a measure");
        task.takes = Law::Fixed(Span(1_000));
        task.because = because.map(str::to_owned);
        let (mut story, _) = Story::declared(parts);
        story.end(400, EndKind::Condition);
        let score = story.evaluation().score.expect("it is scored");
        let own = |of: &&PartialReason| matches!(of, PartialReason::OwnTimes(_));
        score.partial.iter().filter(own).count()
    };
    assert_eq!(of(Some("a switch does it")), 1);
    assert_eq!(of(None), 0);
}

/// The town with a plan that asks something else of itself, and weighs it otherwise.
fn with_another_ambition(town: &Exercise) -> Arc<Exercise> {
    let mut parts = town.parts().clone();
    let plan = &mut parts.plan;
    plan.targets = vec![Target {
        phase: Phase::Response,
        severity: Severity::Critical,
        reached: None,
        completed: Some(Limit::Elapsed(Span::minutes(1))),
        origin: None,
    }];
    plan.scoring.phases = [0, 0, 0, 0, 0, 10_000].map(BasisPoints);
    plan.scoring.parts = [0, 10_000, 0].map(BasisPoints);
    plan.classification.reassess_within = [Span::minutes(1); 4];
    for (i, task) in plan.tasks.iter_mut().enumerate() {
        task.weight = 100 * i as u32;
    }
    let passed = Condition::Is(Fact::Elapsed(Span::minutes(1)));
    plan.lifecycle = vec![Stage {
        name: "All".to_owned(),
        phase: Phase::Response,
        entry: Some(passed.clone()),
        exit: Some(passed),
    }];
    Arc::new(Exercise::new(parts).expect("it is a town"))
}

#[test]
fn targets_weights_and_criteria_of_a_plan_change_no_score() {
    let town = town();
    let other = with_another_ambition(&town);
    for index in 0..20 {
        let of = |exercise: &Arc<Exercise>| {
            let record = run(exercise, index, Policy::People);
            let evaluation = evaluate(exercise, &record, Baselines::default());
            (record.entries, evaluation)
        };
        let (entries, mut as_planned) = of(&town);
        let (others, mut ambitious) = of(&other);
        assert_eq!(entries, others);
        let criterion = ambitious.main().phases[Phase::Response.index()].own_criteria[0];
        assert!(criterion.expect("the plan has one").met.is_some());
        for score in [&mut as_planned.score, &mut ambitious.score] {
            let score = score.as_mut().expect("the town can be scored");
            score.by_plan = None;
        }
        assert_eq!(as_planned.score, ambitious.score);
        let phases = |of: &Evaluation| {
            let phases = of.main().phases.iter();
            let judged = phases.map(|of| (of.score, of.timing, of.judged_items.clone()));
            judged.collect::<Vec<_>>()
        };
        assert_eq!(phases(&as_planned), phases(&ambitious));
        assert_eq!(as_planned.findings, ambitious.findings);
    }
}

#[test]
fn a_softer_yardstick_has_the_score_by_the_default_beside_it() {
    let strict = plan_and_attack();
    let mut parts = strict.clone();
    parts.yardstick.targets[2].completed = Some(Limit::Elapsed(Span::days(10)));
    parts.softer = Some(Softer {
        cells: vec!["no target".to_owned()],
        default: strict.yardstick.clone(),
    });
    let of = |parts| {
        let (mut story, declared) = Story::declared(parts);
        story.completed(500, declared, Phase::Response);
        story.end(900, EndKind::Condition);
        story.evaluation().score.expect("it is scored")
    };
    let (strict, soft) = (of(strict), of(parts));
    let beside = soft.by_default.expect("it is softer");
    assert!(soft.carried_out > strict.carried_out);
    assert_eq!(beside.carried_out, strict.carried_out);
    assert_eq!((beside.passed, beside.score), (strict.passed, strict.score));
    assert!(strict.by_default.is_none());
}

/// The exact share of time of a phase that is complete at these minutes.
fn share(phase: Phase, completed: i64) -> Fine {
    let mut parts = plan_and_attack();
    parts.yardstick.targets.push(target(Phase::Closure));
    let exercise = Arc::new(Exercise::new(parts.clone()).expect("it is an exercise"));
    let mut story = Story::started(parts);
    let hit = story.hit(0, 0);
    let reached = story.reached(1, hit, phase);
    let done = story.done(1, completed, reached, RESTORE);
    story.completed(completed, done, phase);
    story.end(1_000, EndKind::Condition);
    let record = story.record();
    let criteria = Criteria::of(&exercise);
    let facts = Facts::read(&exercise, &criteria, &record.entries);
    let times = timing::times(&facts, incident(), phase, Severity::High, None);
    times
        .timeliness
        .expect("it has a target and its time was up")
}

#[test]
fn an_earlier_milestone_is_worth_more_from_its_target_on_and_before_it_never_less() {
    for phase in Phase::ALL {
        // The clock of each starts at most three hours after the first visible step, and its target is
        // an hour.
        let mut before = None;
        for completed in (1..1_000).rev().step_by(9) {
            let share = share(*phase, completed);
            assert!(before <= Some(share), "{phase} at {completed}");
            assert!(
                completed < 241 || before < Some(share),
                "{phase} at {completed}"
            );
            before = Some(share);
        }
        assert_eq!(before, Some(Fine::ONE));
    }
}
