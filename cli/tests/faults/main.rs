//! Small exercises, each of which once showed a fault of the judging, and what is right.

mod paired;

use hotwash_engine::evaluation::{
    Baselines, CoverageStatus, Evaluation, ItemKind, Standing, evaluate,
};
use hotwash_engine::exercise::{
    AssetId, Exercise, ExpectationId, Identified, Mark, Measure, Phase, Span, TaskId,
};
use hotwash_engine::record::{Event, Record};
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

/// What is not right yet, and what is shown instead. Who mends it takes the row away.
const KNOWN_FAILURES: [(&str, &str); 0] = [];

/// Asserts that something is right, or is one of the known failures and still is.
fn right(what: &str, holds: bool, shown: &str) {
    let known = KNOWN_FAILURES.iter().find(|(of, _)| *of == what);
    assert_eq!(holds, known.is_none(), "{what}: {shown}; known: {known:?}");
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
    assert!(
        report.contains("did, of whom it was not expected"),
        "{report}"
    );
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

#[test]
fn a_task_behind_one_that_does_not_apply_is_not_missed() {
    let played = play("after.ron");
    let id = TaskId::find(played.exercise.names(), "vendor-impact").expect("it is planned");
    let phases = played.evaluation.main().phases.iter();
    let items = phases.flat_map(|phase| &phase.coverage_items);
    let missed =
        items.filter(|item| item.kind == ItemKind::Task(id) && item.status != CoverageStatus::Done);
    assert_eq!(missed.count(), 0);
    let report = played.report();
    let told = |line: &str| line.contains("vendor-impact") && line.contains("missed");
    assert!(!report.lines().any(told), "{report}");
}

#[test]
fn what_others_run_and_no_backup_holds_is_restored_by_them_alone() {
    let played = play("nobackup.ron");
    let ehr = AssetId::find(played.exercise.names(), "ehr").expect("it is there");
    let backed_up = &played.exercise.asset(ehr).backed_up_by;
    assert_eq!(backed_up.as_deref(), Some(&[][..]));
    let events = || played.record.entries.iter().map(|entry| &entry.event);
    let by_us = events().any(|event| {
        matches!(event, Event::MeasureTaken { measure: Measure::Restore, asset: Some(of), .. } if *of == ehr)
    });
    assert!(!by_us);
    let by_them =
        |event: &&Event| matches!(event, Event::TheirsRestored { asset } if *asset == ehr);
    assert_eq!(events().filter(by_them).count(), 1);
}

#[test]
fn a_target_that_names_only_reached_is_shown_as_reached() {
    let played = play("reached2.ron");
    let response = &played.evaluation.main().phases[Phase::Response.index()];
    let [reached, completed] = response.timing;
    assert!(reached.taken.is_some_and(|taken| taken < Span::HOUR));
    assert_eq!(completed.target, None);
    let report = played.report();
    let row = report.lines().find(|line| line.starts_with("| Response |"));
    let row = row.expect("the ladder has it").to_owned();
    assert!(row.contains("| reached |"), "{row}");
}

#[test]
fn a_target_of_the_plan_that_names_only_reached_is_kept_and_judges_nothing() {
    let played = play("reached.ron");
    let response = &played.evaluation.main().phases[Phase::Response.index()];
    assert_eq!(response.own_kept, Some(true));
    assert!(response.timing[1].target.is_some());
    let sign = played
        .evaluation
        .main()
        .mark(Mark::Seen)
        .expect("it was read");
    let cut = response.completed.expect("it was cut off");
    assert!(cut.at - sign.at >= Span::hours(20));
    let report = played.report();
    let shown = report.lines().find(|line| line.contains("after that sign"));
    let shown = shown.unwrap_or_default().to_owned();
    assert_eq!(
        played.evaluation.main().contained_after(),
        Some(cut.at - sign.at)
    );
    let minutes = ((cut.at - sign.at).0 + 30_000) / 60_000;
    let words = format!("{} h {} min after that sign", minutes / 60, minutes % 60);
    let told = shown.contains(&words);
    right("the headline counts from the first sign read", told, &shown);
    assert!(
        report.contains("in the score: Response was to be reached in 1 h, which was kept."),
        "{report}"
    );
}
