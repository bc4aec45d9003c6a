//! What is done with a record: verify, replay, evaluate, report.

use crate::hotwash::Hotwash;
use serde_json::Value;
use std::fs;

/// A folder with the record of a run, sealed, and the JSON view of the run.
fn played() -> (Hotwash, String) {
    let hotwash = Hotwash::new();
    hotwash.run("key new team.key").text(0);
    let said = hotwash
        .run("simulate -s 3 --record r.jsonl --seal team.key --format json")
        .text(0);
    (hotwash, said)
}

/// The entries of a record file.
fn entries(hotwash: &Hotwash, name: &str) -> Vec<Value> {
    let text = hotwash.read(name);
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"));
    lines
        .filter_map(|line: Value| line.get("entry").cloned())
        .collect()
}

/// What happened when, without the acts of humans themselves, the numbers of entries, and the order
/// within an instant. What is said at ENDEX comes too late for a human.
fn story(entries: &[Value]) -> Vec<(i64, String)> {
    let at = |entry: &Value| entry["at"].as_i64().expect("an entry has a time");
    let end = entries.last().map(at);
    let told = entries.iter().filter_map(|entry| {
        let mut event = entry["event"].clone();
        let late = Some(at(entry)) == end && event.get("PhaseDeclaredComplete").is_some();
        if late || event.get("ActionTaken").is_some() {
            return None;
        }
        if let Some(written) = event.get_mut("LogWritten") {
            written["about"] = Value::Null;
        }
        Some((at(entry), event.to_string()))
    });
    let mut story: Vec<_> = told.collect();
    story.sort();
    story
}

#[test]
fn verify_replay_and_evaluate_agree_with_the_run() {
    let (hotwash, said) = played();
    let verified = hotwash.run("verify r.jsonl --key team.key").text(0);
    assert!(verified.contains("in order"), "{verified}");
    let replayed = hotwash.run("replay r.jsonl").text(0);
    assert!(replayed.starts_with("The same: "), "{replayed}");
    assert_eq!(hotwash.run("evaluate r.jsonl --format json").text(0), said);
}

#[test]
fn a_changed_record_is_named_by_its_line_and_not_used() {
    let (hotwash, _) = played();
    let text = hotwash.read("r.jsonl");
    let changed = text.replacen("\"number\":9,", "\"number\":8,", 1);
    assert_ne!(text, changed);
    hotwash.write("changed.jsonl", &changed);
    let said = hotwash.run("verify changed.jsonl").text(1);
    assert!(said.contains("NOT IN ORDER in line 10"), "{said}");
    let json = hotwash.run("verify changed.jsonl --format json").json(1);
    assert_eq!(json["problem"]["line"], 10);
    for command in ["evaluate", "report", "replay"] {
        let said = hotwash
            .run(&format!("{command} changed.jsonl"))
            .complaint(3);
        assert!(said.contains("line 10"), "{said}");
    }
}

#[test]
fn a_seal_is_demanded_by_its_key() {
    let (hotwash, _) = played();
    hotwash.run("key new other.key").text(0);
    let said = hotwash.run("verify r.jsonl --key other.key").text(1);
    assert!(said.contains("sealed by another key"), "{said}");
    hotwash.run("simulate -s 3 --record open.jsonl").text(0);
    let said = hotwash.run("verify open.jsonl").text(0);
    assert!(said.contains("Sealed by    nobody"), "{said}");
    let said = hotwash.run("verify open.jsonl --key team.key").text(1);
    assert!(said.contains("it is not sealed"), "{said}");
}

#[test]
fn a_record_that_was_cut_is_used_up_to_the_cut() {
    let (hotwash, _) = played();
    let text = hotwash.read("r.jsonl");
    hotwash.write("cut.jsonl", &text[..text.len() / 2]);
    let answer = hotwash.run("evaluate cut.jsonl");
    assert!(answer.stderr.contains("is cut off"), "{}", answer.stderr);
    let said = answer.text(1);
    assert!(said.contains("Not finished, or cut after entry "), "{said}");
    let said = hotwash.run("replay cut.jsonl").text(1);
    assert!(said.contains("before ENDEX"), "{said}");
}

#[test]
fn everybody_played_from_what_was_simulated_gives_the_same_story() {
    let (hotwash, _) = played();
    hotwash
        .run("replay r.jsonl --actions-out all.ron --everybody")
        .text(0);
    hotwash
        .run("simulate -s 3 --actions all.ron --record again.jsonl")
        .text(0);
    let (was, is) = (
        story(&entries(&hotwash, "r.jsonl")),
        story(&entries(&hotwash, "again.jsonl")),
    );
    let differing = was.iter().zip(&is).find(|(was, is)| was != is);
    assert_eq!(differing, None);
    assert_eq!(was.len(), is.len());
    let said = hotwash.run("replay again.jsonl").text(0);
    assert!(said.starts_with("The same: "), "{said}");
}

#[test]
fn an_act_that_names_nobody_known_is_shown_at_its_place() {
    let hotwash = Hotwash::new();
    hotwash.write("acts.ron", "Actions(\n    acts: [\n        (at: \"5m\", person: \"nobody\", does: Declare),\n    ],\n)\n");
    let said = hotwash.run("simulate --actions acts.ron").complaint(3);
    assert!(said.contains("acts.ron:3:"), "{said}");
    assert!(said.contains("no person `nobody`"), "{said}");
}

#[test]
fn a_report_is_markdown() {
    let (hotwash, _) = played();
    let report = hotwash.run("report r.jsonl").text(0);
    assert!(report.starts_with("# "), "{report}");
    hotwash.run("report r.jsonl --output aar.md").text(0);
    assert_eq!(hotwash.read("aar.md"), report);
    hotwash.run("report r.jsonl --output aar.md").complaint(3);
}

#[test]
fn a_file_that_is_no_record_is_told_calmly() {
    let hotwash = Hotwash::new();
    let missing = hotwash.run("verify r.jsonl").complaint(3);
    insta::assert_snapshot!(missing, @"error: there is no file `r.jsonl`");
    fs::create_dir(hotwash.path("r.jsonl")).expect("the folder takes folders");
    let folder = hotwash.run("verify r.jsonl").complaint(3);
    insta::assert_snapshot!(folder, @"error: `r.jsonl` is a folder, not a file");
    for content in [&b""[..], b"\n", b"{}", b"\xff\xfe\n", b"{\"prev\":\n"] {
        hotwash.write("bad.jsonl", content);
        let said = hotwash.run("verify bad.jsonl").text(1);
        assert!(said.contains("NOT IN ORDER in line 1"), "{said}");
        hotwash.run("evaluate bad.jsonl").complaint(3);
    }
}

#[test]
fn a_document_to_hand_over_is_one_file_that_stands_alone() {
    let (hotwash, _) = played();
    hotwash
        .run("report r.jsonl --document aar --tlp green --output aar.html")
        .text(0);
    let page = hotwash.read("aar.html");
    assert!(
        page.starts_with("<!doctype html>") || page.trim_start().starts_with("<!doctype html>")
    );
    for outside in ["http://", "https://", "<script", "<link", "src="] {
        assert!(!page.contains(outside), "the page asks for {outside}");
    }
    assert!(page.contains("TLP:GREEN") && page.contains("EXERCISE"));
    let short = hotwash.run("report r.jsonl --document short").text(0);
    assert!(short.len() < page.len() / 2);
    let said = hotwash
        .run("report r.jsonl --document aar --output aar.docx")
        .complaint(3);
    assert!(said.contains("a file that ends in `.html`"), "{said}");
    let said = hotwash
        .run("report r.jsonl --document aar --output aar.html")
        .complaint(3);
    assert!(said.contains("exists, and is left alone"), "{said}");
}
