//! `hotwash simulate`.

use crate::hotwash::Hotwash;
use serde_json::Value;
use std::collections::BTreeSet;

/// What scripts rely on at the top of the JSON view.
const TOP: [&str; 19] = [
    "schema_version",
    "engine_version",
    "mode",
    "assisted",
    "scenario",
    "organisation",
    "plan",
    "seed",
    "run",
    "startex",
    "score",
    "gates",
    "phases",
    "incidents",
    "objectives",
    "obligations",
    "impact",
    "findings",
    "gaps",
];

/// What scripts rely on in each phase.
const PHASE: [&str; 14] = [
    "phase",
    "origin",
    "origin_ms",
    "reached_ms",
    "completed_ms",
    "declared_complete_ms",
    "reopened",
    "target_ms",
    "timeliness",
    "coverage",
    "judgement",
    "score",
    "not_scored_because",
    "made_of",
];

fn keys(value: &Value) -> BTreeSet<&str> {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

#[test]
fn without_a_command_the_built_in_example_is_played() {
    let hotwash = Hotwash::new();
    let alone = hotwash.run("").text(0);
    assert!(alone.contains("EXERCISE"), "{alone}");
    assert_eq!(alone, hotwash.run("simulate").text(0));
    assert!(
        alone.lines().all(|line| line.chars().count() <= 80),
        "{alone}"
    );
    assert!(alone.is_ascii(), "no locale names UTF-8");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_story() {
    let hotwash = Hotwash::new();
    let first = hotwash
        .run("simulate -s 7 --format json --record a.jsonl")
        .text(0);
    let second = hotwash
        .run("simulate -s 7 --format json --record b.jsonl")
        .text(0);
    assert_eq!(first, second);
    assert_eq!(hotwash.read("a.jsonl"), hotwash.read("b.jsonl"));
    hotwash.run("simulate -s 8 --record c.jsonl").text(0);
    assert_ne!(hotwash.read("a.jsonl"), hotwash.read("c.jsonl"));
    hotwash
        .run("simulate -s 7 --run 1 --record d.jsonl")
        .text(0);
    assert_ne!(hotwash.read("a.jsonl"), hotwash.read("d.jsonl"));
}

#[test]
fn scripts_find_what_they_rely_on() {
    let json = Hotwash::new().run("simulate --format json").json(0);
    let found = keys(&json);
    for key in TOP.into_iter().chain(["defaults"]) {
        assert!(found.contains(key), "{key} is missing");
    }
    let phases = json["phases"].as_array().expect("a list");
    assert_eq!(phases.len(), 6);
    for phase in phases {
        for key in PHASE {
            assert!(keys(phase).contains(key), "{key} is missing in {phase}");
        }
    }
    assert_eq!(json["mode"], "Simulated");
}

#[test]
fn every_scenario_of_the_library_is_played() {
    let hotwash = Hotwash::new();
    let listing = hotwash.run("library --format json").json(0);
    for kind in ["scenarios", "exercises"] {
        for item in listing[kind].as_array().expect("a list") {
            let id = item["id"].as_str().expect("an id");
            let json = hotwash.run(&format!("simulate {id} --format json")).json(0);
            assert!(json["entries"].is_null() || json["entries"].as_u64() > Some(1));
        }
    }
}

#[test]
fn a_new_package_is_played_from_within() {
    let hotwash = Hotwash::new();
    for start in ["template", "example", "small"] {
        hotwash.run(&format!("new {start} --from {start}")).text(0);
        hotwash.within(start).run("").text(0);
    }
    let plan = hotwash
        .within("template")
        .run("simulate --format json")
        .json(0);
    let elsewhere = hotwash
        .run("simulate --package template --format json")
        .json(0);
    assert_eq!(plan["score"], elsewhere["score"]);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let hotwash = Hotwash::new();
    hotwash.write("r.jsonl", "mine");
    let said = hotwash.run("simulate --record r.jsonl").complaint(3);
    assert!(said.contains("`r.jsonl` exists"), "{said}");
    assert_eq!(hotwash.read("r.jsonl"), "mine");
}

#[test]
fn definitions_that_cannot_be_played_are_shown_and_nothing_is_run() {
    let hotwash = Hotwash::new();
    hotwash.run("new a").text(0);
    let plan = hotwash
        .read("a/plan.ron")
        .replace("by: Analyst,", "by: Analist,");
    hotwash.write("a/plan.ron", plan);
    let said = hotwash.run("simulate --package a").complaint(3);
    assert!(said.contains("error[HW0213]"), "{said}");
    assert!(said.contains("Nothing was run"), "{said}");
}

#[test]
fn a_file_of_another_kind_is_told() {
    let hotwash = Hotwash::new();
    hotwash.run("new a").text(0);
    for arguments in [
        "simulate a/plan.ron",
        "simulate -p a/scenario.ron",
        "simulate -o a/hotwash.toml",
        "simulate a",
        "simulate ./a",
        "simulate a/missing.ron",
        "simulate --package a/plan.ron",
    ] {
        let said = hotwash.run(arguments).complaint(3);
        assert!(said.contains("error"), "{arguments}: {said}");
    }
}

#[test]
fn what_an_exercise_stands_on_is_listed() {
    let said = Hotwash::new().run("simulate --explain").text(0);
    assert!(said.to_lowercase().contains("default"), "{said}");
}

#[test]
fn a_closed_pipe_is_no_complaint() {
    let hotwash = Hotwash::new();
    let (code, stderr) = hotwash.run_into_closed_pipe("simulate --format json");
    assert_eq!((code, stderr.as_str()), (0, ""));
}

#[test]
fn an_exercise_may_say_its_seed_and_the_option_comes_before_it() {
    let hotwash = Hotwash::new();
    let text = include_str!("../../../scenarios/content/exercises/harbour-street-clinic.ron");
    let seeded = text.replacen("Exercise(", "Exercise(seed: 7,", 1);
    hotwash.write("plain.ron", text);
    hotwash.write("seeded.ron", &seeded);
    let seed = |command: &str| {
        let told = hotwash.run(command).text(0);
        let told: Value = serde_json::from_str(&told).expect("JSON");
        told["seed"].clone()
    };
    assert_eq!(seed("simulate ./plain.ron --format json"), 1);
    assert_eq!(seed("simulate ./seeded.ron --format json"), 7);
    assert_eq!(seed("simulate ./seeded.ron --seed 3 --format json"), 3);
}
