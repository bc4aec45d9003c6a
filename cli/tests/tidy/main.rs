//! The habits of the house, held by a test instead of by a reviewer's eye.
//!
//! Each rule is a function from a source to its breaches. Beside it stands a test that feeds it a
//! spoiled snippet, so that a rule which can no longer fail is found out.

mod edges;
mod floats;
mod folds;
mod formats;
mod held;
mod length;
mod libraries;
mod phrases;
mod siblings;
mod source;
mod weight;
mod words;

use source::{Breach, Source, sources, texts};

/// Fails with one line for each breach.
fn hold(rule: &str, breaches: &[Breach]) {
    let list: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{rule}:\n{}", list.join("\n"));
}

fn hold_in_sources(rule: &str, check: fn(&Source) -> Vec<Breach>) {
    let breaches: Vec<Breach> = sources().iter().flat_map(check).collect();
    hold(rule, &breaches);
}

#[test]
fn crates_know_only_what_stands_below_them() {
    hold("crate edges", &edges::breaches());
    hold_in_sources("the ECS stays inside the simulation", edges::ecs_outside);
}

#[test]
fn the_binary_is_made_of_few_crates() {
    hold("crates", &weight::breaches());
}

#[test]
fn formats_refuse_what_they_do_not_know() {
    hold_in_sources("deny_unknown_fields", formats::tolerant);
    hold_in_sources("no flatten, no untagged", formats::vague);
}

#[test]
fn records_exercises_and_scores_hold_no_floats() {
    hold_in_sources("no floats", floats::breaches);
}

#[test]
fn functions_and_files_stay_short() {
    hold_in_sources("functions", length::functions);
    hold_in_sources("files", length::files);
}

#[test]
fn rules_of_the_simulation_do_not_call_their_siblings() {
    hold_in_sources("siblings", siblings::breaches);
}

#[test]
fn libraries_touch_nothing_outside() {
    hold_in_sources("libraries", libraries::breaches);
}

#[test]
fn what_an_event_means_is_said_in_the_fold_and_by_those_who_are_listed() {
    let breaches = folds::breaches(page("ARCHITECTURE.md"), &sources());
    hold("events", &breaches);
}

fn page(path: &str) -> &'static source::Text {
    let mut texts = texts().iter();
    let found = texts.find(|text| text.path == path);
    found.unwrap_or_else(|| panic!("{path} is written"))
}

#[test]
fn every_rule_names_a_test_that_holds_it() {
    let tests = held::tests(&sources());
    hold("rules", &held::rules(page("docs/semantics.md"), &tests));
    // Not each section of the rules of judging ends with a table; the rows that there are name tests.
    let mut of_judging = held::rules(page("docs/scoring.md"), &tests);
    of_judging.retain(|breach| !breach.what.starts_with("no test holds"));
    hold("rules of judging", &of_judging);
}

#[test]
fn every_default_says_where_it_comes_from_and_is_held_against_the_code() {
    hold(
        "defaults",
        &held::defaults(page("docs/defaults.md"), &sources()),
    );
}

#[test]
fn texts_for_people_have_no_turn_of_phrase_that_is_read_twice() {
    let breaches: Vec<Breach> = texts().iter().flat_map(phrases::breaches).collect();
    hold("phrases", &breaches);
}

#[test]
fn nothing_unfinished_and_no_place_of_one_machine_is_left() {
    let breaches: Vec<Breach> = texts().iter().flat_map(words::breaches).collect();
    hold("words", &breaches);
}
