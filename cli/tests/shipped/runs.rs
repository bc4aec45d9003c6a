//! Shipped definitions, with changes, and their runs.

use hotwash_engine::evaluation::{Baselines, Evaluation, evaluate};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::Record;
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::diagnostic::{Look, render};
use hotwash_scenarios::{Kind, Source, Start, find, ready};
use std::sync::{Arc, LazyLock};

pub(crate) const SCENARIOS: [&str; 3] = [
    "invoice-fraud",
    "ransomware-friday-evening",
    "supplier-data-leak",
];

/// How many runs of each scenario are shared by the tests.
const RUNS: u64 = 40;

/// The clinic, its plan and a scenario.
pub(crate) fn texts(scenario: &str) -> Vec<Source> {
    let source = |kind, id| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    };
    vec![
        source(Kind::Organisation, "marram-street-clinic"),
        source(Kind::Plan, "clinic-response-plan"),
        source(Kind::Scenario, scenario),
    ]
}

/// The same with one text in place of another, which stands there once.
pub(crate) fn with(texts: &[Source], from: &str, to: &str) -> Vec<Source> {
    let found: usize = texts.iter().map(|of| of.text.matches(from).count()).sum();
    assert_eq!(found, 1, "{from}");
    let changed = texts.iter();
    changed
        .map(|of| Source::new(of.name.clone(), of.text.replace(from, to)))
        .collect()
}

pub(crate) fn exercise(texts: &[Source]) -> Arc<Exercise> {
    let ready = ready(texts, &Start::default());
    let ready = ready.unwrap_or_else(|all| panic!("{}", render(&all, texts, Look::default())));
    Arc::new(ready.bound.exercise)
}

pub(crate) fn run(exercise: &Arc<Exercise>, index: u64) -> Record {
    simulate(exercise, &Setup::of(1, index), Provenance::default())
}

pub(crate) fn judge(exercise: &Exercise, record: &Record) -> Evaluation {
    evaluate(exercise, record, Baselines::default())
}

/// A run and how it is judged.
pub(crate) struct Run {
    pub(crate) exercise: Arc<Exercise>,
    pub(crate) record: Record,
    pub(crate) evaluation: Evaluation,
}

/// The first runs of what some texts say.
pub(crate) fn runs_of(texts: &[Source], count: u64) -> Vec<Run> {
    let exercise = exercise(texts);
    let runs = (0..count).map(|index| {
        let record = run(&exercise, index);
        let evaluation = judge(&exercise, &record);
        Run {
            exercise: Arc::clone(&exercise),
            record,
            evaluation,
        }
    });
    runs.collect()
}

/// The runs of each scenario, made once for all tests.
pub(crate) static ALL: LazyLock<Vec<Vec<Run>>> = LazyLock::new(|| {
    let all = SCENARIOS.into_iter();
    all.map(|scenario| runs_of(&texts(scenario), RUNS))
        .collect()
});
