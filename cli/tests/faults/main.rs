//! Small exercises, each of which once showed a fault of the judging, and what is right.

use hotwash_engine::evaluation::{Baselines, Evaluation, Standing, evaluate};
use hotwash_engine::exercise::{Exercise, ExpectationId, Identified};
use hotwash_engine::record::Record;
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use hotwash_reports::{Document, Options, markdown};
use hotwash_scenarios::diagnostic::{Look, render};
use hotwash_scenarios::{Source, Start, ready};
use std::path::Path;
use std::sync::Arc;

/// A run of one of the exercises beside this file, with its baselines.
struct Played {
    exercise: Arc<Exercise>,
    record: Record,
    evaluation: Evaluation,
}

fn text(name: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults");
    let text = std::fs::read_to_string(folder.join(name)).expect("it lies beside the test");
    Source::new(name.to_owned(), text)
}

fn play(name: &str) -> Played {
    let texts = [text(name)];
    let bound = ready(&texts, &Start::default());
    let bound = bound.unwrap_or_else(|all| panic!("{}", render(&all, &texts, Look::default())));
    let exercise = Arc::new(bound.bound.exercise);
    let run = |policy| {
        let setup = Setup::of(1, 0).with_policy(policy);
        simulate(&exercise, &setup, Provenance::default())
    };
    let record = run(Policy::People);
    let (no_response, ideal) = (run(Policy::NoResponse), run(Policy::Ideal));
    let baselines = Baselines {
        no_response: Some(&no_response),
        ideal: Some(&ideal),
    };
    let evaluation = evaluate(&exercise, &record, baselines);
    Played {
        exercise,
        record,
        evaluation,
    }
}

impl Played {
    fn stands(&self, expectation: &str) -> Standing {
        let id = ExpectationId::find(self.exercise.names(), expectation).expect("it is expected");
        self.evaluation.expectations[id.index()].standing
    }

    /// The whole report.
    fn report(&self) -> String {
        let options = Options::default();
        let document = Document::of(&self.exercise, &self.record, &self.evaluation, &options);
        markdown::render(&document)
    }
}

#[test]
fn evidence_that_was_secured_after_the_account_was_disabled_is_missed_whenever_anybody_asks() {
    for name in ["before.ron", "before2.ron"] {
        assert_eq!(play(name).stands("first"), Standing::Missed, "{name}");
    }
}

#[test]
fn what_is_expected_of_legal_advice_is_not_met_by_the_analyst_who_is_named() {
    let played = play("of.ron");
    assert_eq!(played.stands("by-legal"), Standing::Missed);
    let report = played.report();
    assert!(report.contains("done by the analyst"), "{report}");
}

#[test]
fn who_declared_is_said_by_the_role_in_which_it_was_done() {
    let report = play("label.ron").report();
    assert!(report.contains("Incident declared by the"), "{report}");
    assert!(
        !report.to_lowercase().contains("by the communications lead"),
        "{report}"
    );
}
