//! The scores of real runs of what ships, against a plain re-implementation that was written from the
//! text of the rules (`docs/scoring.md`) and shares no code with the engine. Floats are allowed here.

mod applicable;
mod coverage;
mod expected;
mod gates;
mod judgement;
mod proportion;
mod severity;
mod times;

use hotwash_engine::evaluation::{
    Baselines, CoverageStatus, Evaluation, ItemKind, JudgedKind, NotScored, PhaseEvaluation,
    Rating, evaluate,
};
use hotwash_engine::exercise::{
    Act, Exercise, Expectation, IncidentId, Mark, Object, Phase, Severity, Span,
};
use hotwash_engine::record::{Entry, Event, Outcome, Record};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use hotwash_scenarios::{Kind, Source, Start, find, ready};
use std::sync::{Arc, LazyLock};

/// What an expectation wants done. No scenario that ships asks that something is not done, or that somebody sees it.
fn wanted(expectation: &Expectation) -> &Act {
    expectation.asks.done().expect("what ships asks for acts")
}

const SCENARIOS: [&str; 3] = [
    "invoice-fraud",
    "ransomware-friday-evening",
    "supplier-data-leak",
];

/// How many runs of each scenario are looked at.
const RUNS: u64 = 40;

fn clinic(scenario: &str) -> Arc<Exercise> {
    let source = |kind, id| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    };
    let sources = [
        source(Kind::Organisation, "marram-street-clinic"),
        source(Kind::Plan, "clinic-response-plan"),
        source(Kind::Scenario, scenario),
    ];
    let ready = ready(&sources, &Start::default()).expect("what ships binds");
    Arc::new(ready.bound.exercise)
}

/// A run, with the one on the same draws in which nobody acts.
struct Run {
    exercise: Arc<Exercise>,
    record: Record,
    without: Record,
    evaluation: Evaluation,
}

impl Run {
    fn of(exercise: &Arc<Exercise>, run: u64) -> Self {
        let played = |policy| {
            let setup = Setup::of(1, run).with_policy(policy);
            simulate(exercise, &setup, Provenance::default())
        };
        let (record, without) = (played(Policy::People), played(Policy::NoResponse));
        let beside = Baselines {
            no_response: Some(&without),
            ideal: None,
        };
        Self {
            evaluation: evaluate(exercise, &record, beside),
            exercise: Arc::clone(exercise),
            record,
            without,
        }
    }

    fn oracle(&self) -> Oracle<'_> {
        Oracle {
            exercise: &self.exercise,
            entries: &self.record.entries,
            without: &self.without.entries,
            incident: self.evaluation.main,
            severity: self.evaluation.main().scored_severity,
        }
    }
}

/// The runs, made once for all tests.
static ALL: LazyLock<Vec<Run>> = LazyLock::new(|| {
    let of = |scenario| {
        let exercise = clinic(scenario);
        (0..RUNS).map(move |run| Run::of(&exercise, run))
    };
    SCENARIOS.into_iter().flat_map(of).collect()
});

/// The rules, in words that a spreadsheet could follow.
struct Oracle<'a> {
    exercise: &'a Exercise,
    entries: &'a [Entry],
    /// Those of the run in which nobody acts.
    without: &'a [Entry],
    incident: IncidentId,
    severity: Severity,
}

impl Oracle<'_> {
    fn at(&self, wanted: impl Fn(&Event) -> bool) -> Option<i64> {
        let first = self.entries.iter().find(|entry| wanted(&entry.event));
        first.map(|entry| entry.at.0)
    }

    fn mark(&self, wanted: Mark) -> Option<i64> {
        self.at(|event| {
            matches!(event, Event::MarkReached { incident, mark }
                if *incident == self.incident && *mark == wanted)
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an exercise is far shorter than 2^53 ms"
)]
const fn float(ms: i64) -> f64 {
    ms as f64
}

fn mean(weighted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (sum, weights) = weighted.fold((0.0, 0.0), |(sum, all), (w, x)| (sum + w * x, all + w));
    (weights > 0.0).then(|| sum / weights)
}

/// The same up to one basis point: the engine rounds once, and floats do not round at all.
fn assert_close(found: Option<u16>, wanted: Option<f64>, what: &str) {
    match (found, wanted) {
        (None, None) => {}
        (Some(found), Some(wanted)) => {
            let off = (f64::from(found) - wanted).abs();
            assert!(off <= 1.0, "{what}: {found} should be {wanted}");
        }
        other => panic!("{what}: {other:?}"),
    }
}

/// What should have been done and what was judged, of the whole incident.
type All = (Vec<coverage::Item>, Vec<judgement::Judged>);

fn phase_score(oracle: &Oracle<'_>, (items, judged): &All, phase: &PhaseEvaluation) -> Option<f64> {
    let exercise = oracle.exercise;
    let timeliness = oracle.timeliness(phase.phase);
    let what = format!("{} of {}", phase.phase, exercise.scenario().slug);
    assert_close(
        phase.timeliness.map(|share| share.0),
        timeliness,
        &format!("timeliness of {what}"),
    );
    if oracle.does_not_apply(phase.phase) && oracle.completed(phase.phase).is_none() {
        assert_eq!(phase.not_scored, Some(NotScored::NotApplicable), "{what}");
        return None;
    }
    let coverage = coverage::share(items, phase.phase);
    let told: Vec<_> = items
        .iter()
        .filter(|item| item.phase == phase.phase)
        .map(|item| (&item.what, item.expected, item.weight, item.done))
        .collect();
    let found: Vec<String> = phase
        .coverage_items
        .iter()
        .map(|item| {
            let name = match item.kind {
                ItemKind::Task(task) => exercise.task(task).slug.to_string(),
                ItemKind::Expectation(id) => exercise.scenario().expectations[id.index()]
                    .slug
                    .to_string(),
                ItemKind::Missing(measure) => format!("missing {measure}"),
            };
            format!("{name} {} {}", item.weight, item.done.0)
        })
        .collect();
    assert_close(
        phase.coverage.map(|share| share.0),
        coverage.map(|share| 10_000.0 * share),
        &format!("coverage of {what}: {found:?} should be {told:?}"),
    );
    let told: Vec<_> = judged
        .iter()
        .filter(|(of, ..)| *of == phase.phase)
        .collect();
    let sound = mean(
        told.iter()
            .map(|(_, weight, share)| (*weight, 10_000.0 * share)),
    );
    assert_close(
        phase.judgement.map(|share| share.0),
        sound,
        &format!(
            "judgement of {what}: {:?} should be {:?}",
            phase.judged_items, told
        ),
    );
    if oracle.had_no_time(phase.phase) {
        assert_eq!(phase.not_scored, Some(NotScored::NoTime), "{what}");
        return None;
    }
    let weights = exercise.yardstick().scoring.parts;
    let parts = [timeliness, coverage.map(|share| 10_000.0 * share), sound];
    mean((0..3).filter_map(|i| Some((f64::from(weights[i].0), parts[i]?))))
}

#[test]
fn scores_are_what_the_text_of_the_rules_gives() {
    for run in ALL.iter() {
        let (oracle, main) = (run.oracle(), run.evaluation.main());
        assert_eq!(main.scored_severity, oracle.knowable());
        let weights = run.exercise.yardstick().scoring.phases;
        let all = (oracle.items(), oracle.judged());
        let mut scores = Vec::new();
        for (phase, weight) in main.phases.iter().zip(weights) {
            let score = phase_score(&oracle, &all, phase);
            assert_close(
                phase.score.map(|share| share.0),
                score,
                "the score of a phase",
            );
            scores.extend(score.map(|score| (f64::from(weight.0), score)));
        }
        let score = run.evaluation.score.as_ref();
        assert_close(
            score.map(|of| of.mean.0),
            mean(scores.into_iter()),
            "the score",
        );
    }
}

#[test]
fn it_is_contained_from_the_first_sign_read_by_the_last_time_that_it_came_to_be() {
    let mut sooner = 0;
    for run in ALL.iter() {
        let (oracle, main) = (run.oracle(), run.evaluation.main());
        let after = main.contained_after().map(|after| after.0);
        assert_eq!(after, oracle.contained_after());
        assert_eq!(
            main.contained.stands(),
            Some(main.contained.lasting.is_some())
        );
        // Response is complete no sooner than it is contained.
        let response = oracle.completed(Phase::Response);
        let contained = main.contained.lasting.map(|of| of.at.0);
        if let Some(response) = response {
            assert!(contained.is_some_and(|contained| contained <= response));
            sooner += u32::from(contained < Some(response));
        }
    }
    assert!(sooner > 0, "evidence is never what Response waits for");
}

#[test]
fn what_was_carried_out_is_the_mean_of_the_phases_less_what_the_ratings_cost() {
    for run in ALL.iter() {
        let score = run.evaluation.score.as_ref().expect("it is scored");
        let costs = run.evaluation.objectives.iter().map(|of| match of.rating {
            Rating::U => 400.0,
            Rating::M => 150.0,
            Rating::S => 25.0,
            Rating::P | Rating::N => 0.0,
        });
        let carried_out = (f64::from(score.mean.0) - costs.sum::<f64>()).max(0.0);
        assert_close(
            Some(score.carried_out.0),
            Some(carried_out),
            "what was carried out",
        );
    }
}

#[test]
fn ratings_go_as_far_as_the_expectations_and_the_harm_say() {
    for run in ALL.iter() {
        let oracle = run.oracle();
        for of in &run.evaluation.objectives {
            let objective = &run.exercise.scenario().objectives[of.objective.index()];
            let (worst, best) = oracle.rating(objective);
            let is_within = best <= of.rating && of.rating <= worst;
            assert!(
                is_within,
                "{} of {} is {:?}, from {best:?} to {worst:?}",
                objective.slug,
                run.exercise.scenario().slug,
                of.rating
            );
        }
    }
}

#[test]
fn gates_are_broken_duties_of_law_objectives_that_failed_and_harm_of_ones_own() {
    for run in ALL.iter() {
        let oracle = run.oracle();
        let score = run.evaluation.score.as_ref().expect("it is scored");
        let gates = oracle.gates();
        assert_eq!(
            score.gates.len(),
            gates.len(),
            "{:?}: {gates:?}",
            score.gates
        );
        let left = match gates.len() {
            0 => 1.0,
            n => 0.59 * 0.83_f64.powi(n as i32 - 1),
        };
        let expected = f64::from(score.carried_out.0) * left;
        assert!((f64::from(score.score.0) - expected).abs() <= 1.0);
        let whole = !oracle.is_partial();
        assert_eq!(score.passed, gates.is_empty() && whole);
    }
}

#[test]
fn harm_of_ones_own_and_what_it_is_held_against_are_counted_to_the_minor_unit() {
    for run in ALL.iter() {
        let response = &run.evaluation.main().phases[Phase::Response.index()];
        let mut kinds = response.judged_items.iter().map(|item| item.kind);
        let amounts = kinds.find_map(|kind| match kind {
            JudgedKind::Proportion {
                own,
                without,
                bearable,
            } => Some([own, without, bearable].map(|money| float(money.0))),
            _ => None,
        });
        let [own, without, bearable] = amounts.expect("something is at stake");
        let harm = run.oracle().own_harm().expect("something is at stake");
        assert!((own - harm.own).abs() <= 1.0, "{own}: {}", harm.own);
        assert!((bearable - harm.bearable).abs() <= 1.0);
        // It is looked at only where there is harm of one's own.
        assert!(own == 0.0 || (without - harm.without).abs() <= 1.0);
    }
}

#[test]
fn a_task_of_the_incident_is_covered_if_and_only_if_it_was_truly_done() {
    for Run {
        exercise,
        record,
        evaluation,
        ..
    } in ALL.iter()
    {
        for phase in &evaluation.main().phases {
            for item in &phase.coverage_items {
                let ItemKind::Task(id) = item.kind else {
                    continue;
                };
                let task = exercise.task(id);
                let on_assets = task
                    .does
                    .iter()
                    .any(|act| matches!(act.on, Object::Assets(_) | Object::Evidence(..)));
                let each = task.each != hotwash_engine::exercise::Each::Incident;
                if on_assets || each {
                    continue;
                }
                let done = record.entries.iter().any(|entry| {
                    matches!(entry.event, Event::TaskEnded { instance, outcome: Outcome::Done }
                        if instance.task == id && instance.incident == evaluation.main)
                });
                let covered = matches!(item.status, CoverageStatus::Done | CoverageStatus::Late);
                assert_eq!(covered, done, "{}", task.slug);
            }
        }
    }
}

#[test]
fn every_shipped_scenario_ends_with_one_rating_per_objective_and_traces_that_sum() {
    for Run {
        exercise,
        evaluation,
        ..
    } in ALL.iter()
    {
        let objectives = exercise.scenario().objectives.len();
        assert_eq!(evaluation.objectives.len(), objectives);
        for phase in evaluation.incidents.iter().flat_map(|of| &of.phases) {
            let Some((_, origin)) = phase.origin.filter(|_| !phase.made_of.is_empty()) else {
                continue;
            };
            let until = phase
                .completed
                .map_or(evaluation.ended_at, |timed| timed.at);
            let sum: Span = phase
                .made_of
                .iter()
                .map(|part| part.until - part.from)
                .sum();
            assert_eq!(sum, until - origin.at, "{}", phase.phase);
        }
    }
}
