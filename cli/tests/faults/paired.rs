//! Plans that once scored too well or too badly, against the shipped one on the same draws.

use hotwash_engine::campaign::statistics::{Interval, Paired};
use hotwash_engine::evaluation::{
    Baselines, Evaluation, Finding, FindingKind, FindingSubject, GateReason, evaluate,
};
use hotwash_engine::exercise::{Exercise, Phase};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use hotwash_scenarios::diagnostic::{Look, render};
use hotwash_scenarios::{Kind, Source, Start, find, ready};
use std::sync::Arc;

/// How many pairs show it.
const RUNS: u64 = 60;
/// How often an interval may miss.
const FAILS: f64 = 0.01;

fn shipped(kind: Kind, id: &str) -> Source {
    let item = find(kind, id).expect("it ships");
    Source::new(item.file, item.text)
}

/// The clinic with a plan, in a scenario.
fn clinic(plan: Source, scenario: &str) -> Exercise {
    let texts = [
        shipped(Kind::Organisation, "marram-street-clinic"),
        plan,
        shipped(Kind::Scenario, scenario),
    ];
    let bound = ready(&texts, &Start::default());
    let bound = bound.unwrap_or_else(|all| panic!("{}", render(&all, &texts, Look::default())));
    bound.bound.exercise
}

/// How each run of an exercise is judged, beside its baselines.
fn judged(exercise: Exercise) -> Vec<Evaluation> {
    let exercise = Arc::new(exercise);
    let one = |index| {
        let run = |policy| {
            let setup = Setup::of(1, index).with_policy(policy);
            simulate(&exercise, &setup, Provenance::default())
        };
        let (none, ideal) = (run(Policy::NoResponse), run(Policy::Ideal));
        let baselines = Baselines {
            no_response: Some(&none),
            ideal: Some(&ideal),
        };
        evaluate(&exercise, &run(Policy::People), baselines)
    };
    (0..RUNS).map(one).collect()
}

/// The shipped plan, and another that is judged by the same.
fn pairs(plan: Source, scenario: &str) -> [Vec<Evaluation>; 2] {
    let first = clinic(shipped(Kind::Plan, "clinic-response-plan"), scenario);
    let second = clinic(plan, scenario).judged_by(&first);
    [judged(first), judged(second.expect("it is an exercise"))]
}

/// The difference of a figure, second less first.
fn difference([first, second]: &[Vec<Evaluation>; 2], of: impl Fn(&Evaluation) -> i64) -> Interval {
    let both = first.iter().zip(second).map(|(a, b)| (of(a), of(b)));
    let mean = Paired::of(both).estimate(FAILS).expect("runs were played");
    let exact = Interval {
        low: mean.value,
        high: mean.value,
    };
    mean.interval.unwrap_or(exact)
}

/// How well a run was carried out, in hundredths of a point.
fn carried_out(run: &Evaluation) -> i64 {
    run.score
        .as_ref()
        .map_or(0, |score| i64::from(score.carried_out.0))
}

fn loss(run: &Evaluation) -> i64 {
    run.impact.actual.loss.0
}

#[test]
fn who_restores_ten_times_faster_does_not_score_lower_and_loses_less() {
    let pairs = pairs(
        super::text("quick-restore.ron"),
        "ransomware-friday-evening",
    );
    let out = difference(&pairs, carried_out);
    assert!(out.high >= -50.0, "{out:?}");
    let lost = difference(&pairs, loss);
    assert!(lost.high < 0.0, "{lost:?}");
}

#[test]
fn four_tasks_of_a_minute_score_below_the_shipped_plan() {
    let omni = Source::new("omni.ron", include_str!("../plausible/omni.ron"));
    let pairs = pairs(omni, "ransomware-friday-evening");
    let out = difference(&pairs, carried_out);
    assert!(out.high < 0.0, "{out:?}");
    // Its tasks tell the authorities, so no duty is broken; that no clause says so is a gap.
    let is_gap = |run: &Evaluation| {
        let duty = |of: &Finding| {
            of.kind == FindingKind::NotInPlan
                && matches!(of.subject, FindingSubject::Obligation(..))
        };
        run.every_finding().any(duty)
    };
    assert!(pairs[1].iter().all(is_gap));
}

#[test]
fn a_plan_of_seconds_is_played_at_the_floors_and_is_better_than_the_shipped_plan() {
    let instant = Source::new("instant.ron", include_str!("../plausible/instant.ron"));
    let pairs = pairs(instant, "ransomware-friday-evening");
    let recovered = |run: &&Evaluation| {
        let phase = &run.main().phases[Phase::Recovery.index()];
        phase.completed.is_some()
    };
    let recovered = pairs[1].iter().filter(recovered).count();
    assert!(
        recovered * 10 >= pairs[1].len() * 9,
        "recovered: {recovered}"
    );
    let out = difference(&pairs, carried_out);
    assert!(out.low > 0.0, "{out:?}");
}

#[test]
fn who_switches_everything_off_is_worse_for_the_harm_of_it() {
    let pairs = pairs(super::text("all-off.ron"), "supplier-data-leak");
    let out = difference(&pairs, carried_out);
    assert!(out.high < 0.0, "{out:?}");
    let lost = difference(&pairs, loss);
    assert!(lost.low > 0.0, "{lost:?}");
    let harmed = pairs[1].iter().filter(|run| did_harm(run)).count();
    assert!(harmed * 2 > pairs[1].len(), "own harm: {harmed}");
    assert!(!pairs[0].iter().any(did_harm));
}

/// Whether a run is not passed because of what its own measures did.
fn did_harm(run: &Evaluation) -> bool {
    let mut gates = run.score.iter().flat_map(|score| &score.gates);
    gates.any(|gate| matches!(gate.reason, GateReason::OwnHarm(_)))
}
