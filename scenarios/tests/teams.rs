//! The order of teams: on the same draws a prompt team does better than one that declares late, that
//! better than one that triages late, and all of them better than one that does nothing. And teams
//! that lack something essential still come to an end that says why.

use hotwash_engine::evaluation::{
    Baselines, Evaluation, Finding, FindingKind, GateReason, evaluate,
};
use hotwash_engine::exercise::{Exercise, Law, Measure, Parts, Span};
use hotwash_engine::record::{EndKind, Record};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use hotwash_scenarios::{Kind, Source, Start, find, library, ready};
use std::sync::Arc;

/// Runs of each team. The differences below are many standard errors wide at this number.
const RUNS: u64 = 320;

/// How late the late teams are.
const LATE: Span = Span::hours(4);

struct Texts {
    organisation: String,
    plan: Option<String>,
    scenario: String,
}

fn text(kind: Kind, id: &str) -> String {
    find(kind, id).expect("the library has it").text.to_owned()
}

fn clinic(scenario: &str) -> Texts {
    Texts {
        organisation: text(Kind::Organisation, "marram-street-clinic"),
        plan: Some(text(Kind::Plan, "clinic-response-plan")),
        scenario: text(Kind::Scenario, scenario),
    }
}

fn scenarios() -> impl Iterator<Item = &'static str> {
    let items = library().iter().filter(|item| item.kind == Kind::Scenario);
    items.map(|item| item.id)
}

impl Texts {
    fn bind(&self) -> Arc<Exercise> {
        let mut sources = vec![
            Source::new("organisation.ron", &self.organisation),
            Source::new("scenario.ron", &self.scenario),
        ];
        let plan = self.plan.as_ref().map(|plan| Source::new("plan.ron", plan));
        sources.extend(plan);
        let ready = ready(&sources, &Start::default()).expect("the definitions bind");
        Arc::new(ready.bound.exercise)
    }

    /// The same with a part of the organisation's text replaced.
    fn with(mut self, old: &str, new: &str) -> Self {
        assert!(self.organisation.contains(old), "`{old}` is not there");
        self.organisation = self.organisation.replace(old, new);
        self
    }
}

/// The same exercise, in which every task that takes one of these measures waits so long before it can
/// start.
fn delayed(exercise: &Exercise, measures: &[Measure], by: Span) -> Arc<Exercise> {
    let mut parts: Parts = exercise.parts().clone();
    for task in &mut parts.plan.tasks {
        if measures.iter().any(|measure| task.takes_measure(*measure)) {
            task.delay = Some(Law::Fixed(by));
        }
    }
    Arc::new(Exercise::new(parts).expect("a delay is all that changed"))
}

fn record(exercise: &Arc<Exercise>, run: u64, policy: Policy) -> Record {
    let setup = Setup::of(1, run).with_policy(policy);
    simulate(exercise, &setup, Provenance::default())
}

fn judged(exercise: &Arc<Exercise>, run: u64, policy: Policy) -> Evaluation {
    evaluate(
        exercise,
        &record(exercise, run, policy),
        Baselines::default(),
    )
}

fn score(evaluation: &Evaluation) -> i64 {
    let score = evaluation.score.as_ref().expect("it is scored");
    i64::from(score.carried_out.0)
}

/// The scores of a team in every run.
fn scores(exercise: &Arc<Exercise>, policy: Policy, so_many: u64) -> Vec<i64> {
    let half = |first: u64| {
        let exercise = Arc::clone(exercise);
        std::thread::spawn(move || {
            let runs = (first..so_many).step_by(2);
            runs.map(|run| (run, score(&judged(&exercise, run, policy))))
                .collect::<Vec<_>>()
        })
    };
    let halves = [half(0), half(1)];
    let mut all: Vec<(u64, i64)> = halves
        .into_iter()
        .flat_map(|half| half.join().expect("runs do not panic"))
        .collect();
    all.sort_unstable();
    all.into_iter().map(|(_, score)| score).collect()
}

/// The mean of paired differences and its standard error, in basis points.
fn paired(better: &[i64], worse: &[i64]) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "scores are below 10,000")]
    let differences: Vec<f64> = better
        .iter()
        .zip(worse)
        .map(|(a, b)| (a - b) as f64)
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a few dozen runs")]
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

/// With fixed seeds there is no chance in the verdict; were the seeds drawn anew, a difference of
/// nothing would look like one of more than 3 standard errors in about 1 of 700 cases.
fn assert_better(scenario: &str, what: &str, better: &[i64], worse: &[i64]) {
    let (mean, error) = paired(better, worse);
    assert!(
        mean > 3.0 * error && mean > 0.0,
        "{scenario}: {what}: {mean:.0} basis points, standard error {error:.0}"
    );
}

#[test]
fn on_every_scenario_prompt_teams_beat_late_ones_and_late_ones_those_that_do_nothing() {
    for scenario in scenarios() {
        let exercise = clinic(scenario).bind();
        let prompt = scores(&exercise, Policy::People, RUNS);
        let declares_late = delayed(&exercise, &[Measure::Declare], LATE);
        let declares_late = scores(&declares_late, Policy::People, RUNS);
        // Nobody looks into a report either: else the report is taken while triage waits.
        let triages_late = delayed(&exercise, &[Measure::Triage, Measure::Report], LATE);
        let triages_late = scores(&triages_late, Policy::People, RUNS);
        let nothing = scores(&exercise, Policy::NoResponse, RUNS);
        assert_better(
            scenario,
            "prompt over declaring late",
            &prompt,
            &declares_late,
        );
        assert_better(
            scenario,
            "declaring late over triaging late",
            &declares_late,
            &triages_late,
        );
        assert_better(
            scenario,
            "triaging late over nothing",
            &triages_late,
            &nothing,
        );
        let most = nothing.iter().max().expect("there are runs");
        assert!(*most <= 500, "{scenario}: doing nothing scores {most}");
    }
}

#[test]
fn silence_does_not_escape_the_gates_of_law() {
    for scenario in scenarios() {
        let exercise = clinic(scenario).bind();
        for run in 0..RUNS {
            let evaluation = judged(&exercise, run, Policy::NoResponse);
            let score = evaluation.score.expect("it is scored");
            let by_law = |reason: &GateReason| matches!(reason, GateReason::Obligation(..));
            assert!(
                score.gates.iter().any(|gate| by_law(&gate.reason)),
                "{scenario} run {run}: no gate of law"
            );
        }
    }
}

#[test]
fn where_everybody_knows_and_nobody_waits_it_is_carried_out_better_than_by_people() {
    for scenario in scenarios() {
        let exercise = clinic(scenario).bind();
        let (mut ideals, mut reached) = (Vec::new(), Vec::new());
        for run in 0..RUNS / 2 {
            let ideal = record(&exercise, run, Policy::Ideal);
            let baselines = || Baselines {
                ideal: Some(&ideal),
                ..Baselines::default()
            };
            let people = record(&exercise, run, Policy::People);
            let people = evaluate(&exercise, &people, baselines());
            let best = people.score.as_ref().and_then(|score| score.ideal);
            let best = i64::from(best.expect("the ideal run was given").0);
            // Here the ideal response is judged by the truth, which it acts on; judged like a
            // team's, by what somebody was told, it can only lose.
            let itself = evaluate(&exercise, &ideal, baselines());
            assert!(score(&itself) <= best, "{scenario} run {run}");
            ideals.push(best);
            reached.push(score(&people));
        }
        assert_better(scenario, "the ideal over people", &ideals, &reached);
    }
}

/// Whether findings of these kinds are among those of some run.
fn finds(evaluations: &[Evaluation], wanted: impl Fn(&FindingKind) -> bool) -> bool {
    let findings = evaluations.iter().flat_map(|run| &run.findings);
    let mut findings = findings.flat_map(Finding::all);
    findings.any(|finding| wanted(&finding.kind))
}

/// Every run ends with an end that is none of ours to mend, and says what to improve.
fn ends_and_says_why(texts: &Texts) -> Vec<Evaluation> {
    let exercise = texts.bind();
    let runs = (0..RUNS / 2).map(|run| judged(&exercise, run, Policy::People));
    let evaluations: Vec<Evaluation> = runs.collect();
    for evaluation in &evaluations {
        assert_ne!(evaluation.end, Some(EndKind::LimitBroken));
        let mut findings = evaluation.findings.iter();
        assert!(findings.any(|finding| !finding.kind.is_strength()));
    }
    evaluations
}

#[test]
fn without_the_phones_of_their_own_a_team_still_comes_to_an_end_that_says_why() {
    for scenario in scenarios() {
        let texts = clinic(scenario)
            .with(", \"spare-phones\"]", "]")
            .with(
                "        (id: \"spare-phones\", kind: OutOfBand, out_of_band: true, verified_on: \"8mo\"),\n",
                "",
            );
        ends_and_says_why(&texts);
    }
}

#[test]
fn with_the_lead_on_leave_and_no_deputy_somebody_else_acts_and_it_is_found() {
    for scenario in scenarios() {
        let texts = clinic(scenario)
            .with(
                "(id: \"amara\",   on_call",
                "(id: \"amara\",   leave: [(\"2027-01-01\", \"2027-03-31\")], on_call",
            )
            .with(
                "holders: [\"amara\"], deputies: [\"oskar\"]",
                "holders: [\"amara\"]",
            );
        let evaluations = ends_and_says_why(&texts);
        assert!(
            finds(&evaluations, |kind| *kind == FindingKind::NoDeputy),
            "{scenario}: nobody says that the lead has no deputy"
        );
    }
}

#[test]
fn with_the_plan_of_one_screen_the_run_ends_and_names_what_is_not_in_the_plan() {
    let whole = text(Kind::Exercise, "harbour-street-clinic");
    let plan = one_screen_plan(&whole);
    for scenario in scenarios() {
        let texts = Texts {
            plan: Some(plan.clone()),
            ..clinic(scenario)
        };
        let evaluations = ends_and_says_why(&texts);
        assert!(
            finds(&evaluations, |kind| *kind == FindingKind::NotInPlan),
            "{scenario}"
        );
        for evaluation in &evaluations {
            let score = evaluation.score.as_ref().expect("it is scored");
            assert!(
                !score.partial.is_empty(),
                "{scenario}: a thin plan is scored as a whole one"
            );
        }
    }
}

/// The plan of an exercise in one file, as a file of its own.
fn one_screen_plan(whole: &str) -> String {
    let start = whole.find("plan: (").expect("it has a plan") + "plan: ".len();
    let mut depth = 0;
    for (i, byte) in whole[start..].bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return format!("Plan{}", &whole[start..=start + i]);
        }
    }
    panic!("its parentheses do not close")
}
