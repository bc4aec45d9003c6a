//! What definitions come to: the entries of a run after the header, how it is judged, and the gaps.

use hotwash_engine::evaluation::{Baselines, Evaluation, FindingSubject, evaluate};
use hotwash_engine::exercise::{Exercise, Identified};
use hotwash_engine::record::wire::Named;
use hotwash_engine::record::{Record, WireEntry};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_reports::{Document, Options, markdown};
use hotwash_scenarios::diagnostic::{Look, render};
use hotwash_scenarios::{Kind, Source, Start, bind, find, load};
use std::sync::Arc;

/// Some definitions.
#[derive(Clone)]
pub(crate) struct Case(Vec<Source>);

/// Entries, scores and findings, gaps: by the names of things, without their titles.
#[derive(PartialEq)]
pub(crate) struct Told {
    pub(crate) entries: Vec<WireEntry>,
    pub(crate) judged: Vec<String>,
    pub(crate) gaps: Vec<String>,
}

impl Case {
    /// The clinic with its plan and a scenario, or an exercise beside this file.
    pub(crate) fn of(name: &str) -> Self {
        if name == "rare" {
            let text = include_str!("rare.ron");
            return Self(vec![Source::new("rare.ron", text)]);
        }
        let source = |kind, id| {
            let item = find(kind, id).expect("it ships");
            Source::new(item.file, item.text)
        };
        Self(vec![
            source(Kind::Organisation, "marram-street-clinic"),
            source(Kind::Plan, "clinic-response-plan"),
            source(Kind::Scenario, name),
        ])
    }

    /// The same with one text in place of another.
    pub(crate) fn with(&self, from: &str, to: &str, everywhere: bool) -> Self {
        let found: usize = self.0.iter().map(|of| of.text.matches(from).count()).sum();
        assert!(
            found == 1 || everywhere && found > 0,
            "{found} times: {from}"
        );
        let changed = self.0.iter().map(|of| {
            let text = of.text.replace(from, to);
            Source::new(of.name.clone(), text)
        });
        Self(changed.collect())
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.0.iter().map(|of| of.text.clone()).collect()
    }

    /// The exercise, and the seed that its definitions ask for.
    pub(crate) fn exercise(&self) -> (Arc<Exercise>, u64) {
        let told = |problems: &[_]| render(problems, &self.0, Look::default());
        let definitions = load(&self.0).unwrap_or_else(|of| panic!("{}", told(&of)));
        let bound = bind(&definitions, &Start::default());
        let bound = bound.unwrap_or_else(|of| panic!("{}", told(&of)));
        (Arc::new(bound.exercise), bound.seed.unwrap_or(1))
    }

    /// The full report of the first run, as it is written to a file.
    pub(crate) fn report(&self) -> String {
        let (exercise, seed) = self.exercise();
        let record = simulate(&exercise, &Setup::of(seed, 0), Provenance::default());
        let evaluation = evaluate(&exercise, &record, Baselines::default());
        let options = Options::default();
        markdown::render(&Document::of(&exercise, &record, &evaluation, &options))
    }

    /// What comes of them in one run.
    pub(crate) fn told(&self, run: u64) -> Told {
        let (exercise, seed) = self.exercise();
        let record = simulate(&exercise, &Setup::of(seed, run), Provenance::default());
        let evaluation = evaluate(&exercise, &record, Baselines::default());
        Told {
            entries: entries(&record, &exercise),
            judged: judged(&evaluation, &exercise),
            gaps: exercise
                .parts()
                .gaps
                .iter()
                .map(|gap| format!("{gap:?}"))
                .collect(),
        }
    }
}

fn entries(record: &Record, exercise: &Exercise) -> Vec<WireEntry> {
    let names = exercise.names();
    record
        .entries
        .iter()
        .map(|entry| entry.write(names))
        .collect()
}

fn judged(of: &Evaluation, exercise: &Exercise) -> Vec<String> {
    let mut told = vec![format!("{:?}", of.score)];
    told.extend(
        of.incidents
            .iter()
            .flat_map(|of| &of.phases)
            .map(|of| format!("{of:?}")),
    );
    told.extend(of.expectations.iter().map(|of| {
        let id = of.expectation.slug(exercise.names());
        format!("{id} {of:?}")
    }));
    told.extend(of.objectives.iter().map(|of| format!("{of:?}")));
    told.extend(
        of.findings
            .iter()
            .map(|of| format!("{of:?} {}", subject(of.subject, exercise))),
    );
    told
}

/// The id of what a finding is about, where ids of things are not in the entries already.
fn subject(of: FindingSubject, exercise: &Exercise) -> String {
    let names = exercise.names();
    match of {
        FindingSubject::Risk(risk) => risk.slug(names).to_string(),
        FindingSubject::Stakeholder(stakeholder) => stakeholder.slug(names).to_string(),
        FindingSubject::Objective(objective) => objective.slug(names).to_string(),
        _ => String::new(),
    }
}
