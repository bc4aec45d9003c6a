//! Law is not the plan's to leave out: what the clinic's plan says of its duties may cost points and wins none.

use hotwash_engine::evaluation::{Baselines, Evaluation, GateReason, PartialReason, evaluate};
use hotwash_engine::exercise::{Clause, Exercise, GapKind, Obligation, Parts};
use hotwash_engine::record::Verdict;
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::{Kind, Source, Start, find, library, ready};
use std::sync::Arc;

/// Runs of each plan, on the same draws. The differences are many standard errors wide at this number.
const RUNS: u64 = 60;

/// The quantile of Student's law for a one-sided 99.9 % at 59 degrees of freedom.
const QUANTILE: f64 = 3.23;

fn text(kind: Kind, id: &str) -> String {
    find(kind, id).expect("the library has it").text.to_owned()
}

fn scenarios() -> impl Iterator<Item = &'static str> {
    let items = library().iter().filter(|item| item.kind == Kind::Scenario);
    items.map(|item| item.id)
}

/// The clinic in a scenario, with another organisation and plan.
fn clinic(scenario: &str, change: impl Fn(String, String) -> (String, String)) -> Arc<Exercise> {
    let (organisation, plan) = change(
        text(Kind::Organisation, "marram-street-clinic"),
        text(Kind::Plan, "clinic-response-plan"),
    );
    let sources = [
        Source::new("organisation.ron", organisation),
        Source::new("plan.ron", plan),
        Source::new("scenario.ron", text(Kind::Scenario, scenario)),
    ];
    let ready = ready(&sources, &Start::default());
    let ready = ready.unwrap_or_else(|problems| panic!("{scenario}: {problems:#?}"));
    Arc::new(ready.bound.exercise)
}

fn with_plan(scenario: &str, change: impl Fn(&str) -> String) -> Arc<Exercise> {
    clinic(scenario, |organisation, plan| (organisation, change(&plan)))
}

/// The plan without its communication plan.
fn without_clauses(plan: &str) -> String {
    let (head, rest) = plan.split_once("    communication: [").expect("it has one");
    let (_, tail) = rest.split_once("\n    ],\n").expect("it ends");
    format!("{head}{tail}")
}

/// The plan without its communication plan and the tasks that tell somebody outside.
fn silent(plan: &str) -> String {
    let plan = without_clauses(plan);
    let mut pieces = plan.split("        (id: ");
    let head = pieces.next().unwrap_or_default().to_owned();
    let kept = pieces.filter(|task| !task.contains("does: Notify("));
    let plan = kept.fold(head, |plan, task| format!("{plan}        (id: {task}"));
    // What a decision starts is gone as well.
    plan.replace(", then: [Start(\"tell-patients\")]", "")
}

fn judged(exercise: &Arc<Exercise>, run: u64) -> Evaluation {
    let record = simulate(exercise, &Setup::of(7, run), Provenance::default());
    evaluate(exercise, &record, Baselines::default())
}

/// In hundredths of a point.
fn score(evaluation: &Evaluation) -> i32 {
    let score = evaluation.score.as_ref().expect("it is scored");
    i32::from(score.score.0)
}

fn gates_of_law(evaluation: &Evaluation) -> usize {
    let score = evaluation.score.as_ref().expect("it is scored");
    let gates = score.gates.iter();
    let of_law = |reason: &GateReason| matches!(reason, GateReason::Obligation(..));
    gates.filter(|gate| of_law(&gate.reason)).count()
}

/// The mean of differences in points, and how far it may be off.
fn mean(differences: &[i32]) -> (f64, f64) {
    let n = f64::from(u32::try_from(differences.len()).expect("there are few"));
    let all = differences.iter().map(|one| f64::from(*one) / 100.0);
    let mean = all.clone().sum::<f64>() / n;
    let spread = all.map(|one| (one - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, QUANTILE * (spread / n).sqrt())
}

#[test]
fn without_the_communication_plan_and_the_tasks_that_tell_a_team_is_gated_wherever_truth_calls() {
    for scenario in scenarios() {
        let (shipped, silent) = (
            with_plan(scenario, str::to_owned),
            with_plan(scenario, silent),
        );
        let (mut lower, mut called) = (Vec::new(), 0);
        for run in 0..RUNS {
            let (with, without) = (judged(&shipped, run), judged(&silent, run));
            lower.push(score(&without) - score(&with));
            let obligations = without.obligations.iter();
            let calls = obligations.filter(|of| {
                silent.obligation(of.obligation).clause == Clause::Missing
                    && of.verdict != Verdict::NotTriggered
            });
            if calls.count() > 0 {
                called += 1;
                assert!(
                    gates_of_law(&without) > 0,
                    "{scenario} run {run}: no gate of law"
                );
            }
        }
        let (mean, off) = mean(&lower);
        assert!(called > 0, "{scenario}: truth never calls");
        assert!(mean + off <= -5.0, "{scenario}: {mean} +/- {off}");
    }
}

#[test]
fn with_the_tasks_and_without_the_clauses_no_team_is_better_off_and_the_gaps_are_listed() {
    for scenario in scenarios() {
        let shipped = with_plan(scenario, str::to_owned);
        let unsaid = with_plan(scenario, without_clauses);
        let gaps = unsaid.parts().gaps.iter();
        let gaps = gaps.filter(|gap| gap.kind == GapKind::NoClause).count();
        assert_eq!(gaps, 5, "{scenario}");
        let differences = (0..RUNS).map(|run| {
            let (with, without) = (judged(&shipped, run), judged(&unsaid, run));
            score(&without) - score(&with)
        });
        let differences: Vec<i32> = differences.collect();
        let (mean, off) = mean(&differences);
        assert!(mean - off <= 0.0, "{scenario}: {mean} +/- {off}");
    }
}

/// The obligations by which is judged: their law, recipient, trigger, limit, content and weight.
fn of_law(exercise: &Exercise) -> Vec<String> {
    let all = exercise.plan().obligations.iter();
    let all = all.filter(|of| of.is_of_law());
    let mut said: Vec<String> = all
        .map(|of| {
            let what = (&of.law, of.to, of.within, &of.content, of.weight);
            format!("{what:?} {:?}", of.rest_within)
        })
        .collect();
    said.sort();
    said
}

#[test]
fn what_is_judged_of_law_is_the_same_whatever_the_plan_says_of_it() {
    let scenario = "supplier-data-leak";
    let shipped = of_law(&with_plan(scenario, str::to_owned));
    assert_eq!(shipped.len(), 5);
    assert_eq!(of_law(&with_plan(scenario, without_clauses)), shipped);
    assert_eq!(of_law(&with_plan(scenario, silent)), shipped);
    let longer = |plan: &str| {
        let own = "duty: \"gdpr-authority\", within: \"9d\", weight: 0.1, content: [Cause]";
        plan.replace("duty: \"gdpr-authority\"", own)
    };
    let longer = with_plan(scenario, longer);
    assert_eq!(of_law(&longer), shipped);
    let own = longer
        .plan()
        .obligations
        .iter()
        .find_map(Obligation::own_limit);
    assert!(own.is_some(), "the plan's own limit is kept beside it");
}

#[test]
fn a_clause_that_cites_the_law_is_as_good_as_one_that_names_the_duty() {
    let citing = |plan: &str| {
        let own = "law: \"GDPR, Art. 33\", to: DataProtectionAuthority, within: \"72h\"";
        plan.replace("duty: \"gdpr-authority\"", own)
    };
    let scenario = "supplier-data-leak";
    let (named, cited) = (
        with_plan(scenario, str::to_owned),
        with_plan(scenario, citing),
    );
    assert_eq!(named.plan().obligations, cited.plan().obligations);
    assert_eq!(named.plan().tasks, cited.plan().tasks);
}

#[test]
fn who_holds_data_of_persons_and_says_no_country_is_judged_by_no_law_and_only_in_part() {
    for scenario in scenarios() {
        let nowhere = clinic(scenario, |organisation, plan| {
            (organisation.replace("    country: \"IE\",\n", ""), plan)
        });
        assert!(nowhere.law_is_unknown());
        assert!(
            nowhere
                .plan()
                .obligations
                .iter()
                .all(|of| of.law.is_none() && !of.is_of_law())
        );
        let evaluation = judged(&nowhere, 0);
        let score = evaluation.score.as_ref().expect("it is scored");
        assert!(score.partial.contains(&PartialReason::LawUnknown) && !score.passed);
        assert_eq!(gates_of_law(&evaluation), 0);
    }
    let elsewhere = clinic("supplier-data-leak", |organisation, plan| {
        (organisation.replace("\"IE\"", "\"US\""), plan)
    });
    let parts: &Parts = elsewhere.parts();
    assert!(parts.law_is_unknown && of_law(&elsewhere).is_empty());
    let evaluation = judged(&elsewhere, 0);
    let score = evaluation.score.as_ref().expect("it is scored");
    assert!(score.partial.contains(&PartialReason::LawUnknown) && !score.passed);
    // A law that does not ship is taken at its word.
    let cited = clinic("supplier-data-leak", |organisation, plan| {
        let own = "    communication: [\n        (id: \"own\", to: SectorRegulator, law: \"Health Data Act\", within: \"3d\", by: Legal),";
        let plan = plan.replacen("    communication: [", own, 1);
        (organisation.replace("\"IE\"", "\"US\""), plan)
    });
    let of_word = cited.plan().obligations.iter();
    assert_eq!(of_word.filter(|of| of.law.is_some()).count(), 1);
    assert!(!cited.law_is_unknown());
}
