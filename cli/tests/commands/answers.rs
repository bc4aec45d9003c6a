//! `--format json` answers in JSON, whatever happens, in every command that has it.

use crate::hotwash::{Answer, Hotwash};
use std::collections::BTreeSet;

/// What each command is asked, and how it ends: all goes well, something is found, it cannot be done, and the
/// command line cannot be read.
const ASKED: &[(&str, i32)] = &[
    ("simulate", 0),
    ("simulate --explain", 0),
    ("simulate ./bad.ron", 3),
    ("simulate nowhere", 3),
    ("simulate --record r.jsonl", 3),
    ("simulate --record s.jsonl --seal nowhere.key", 3),
    ("simulate --actions nowhere.ron", 3),
    ("simulate --seed many", 2),
    ("campaign --runs 2", 0),
    ("campaign --runs 2 --require score>=100", 1),
    ("campaign --runs 2 --part 1/2 --rows rows.csv", 0),
    ("campaign --runs 2 --part 1/2 --rows rows.csv", 0),
    ("campaign --runs 2 --part auto/2", 3),
    ("campaign nowhere", 3),
    ("campaign --runs none", 2),
    ("campaign merge rows.csv", 0),
    ("campaign merge nowhere.csv", 3),
    ("campaign merge", 2),
    ("campaign emit nowhere", 2),
    ("compare ransomware invoice-fraud --runs 2", 0),
    ("compare ransomware clinic-response-plan", 3),
    (
        "compare ransomware invoice-fraud --runs 2 --merge nowhere",
        2,
    ),
    ("compare emit nowhere", 2),
    ("improve nowhere", 3),
    ("improve --runs 8 --part 1/2 --round 1 --rows nowhere", 3),
    ("improve --runs", 2),
    ("improve emit nowhere", 2),
    ("check", 0),
    ("check ./bad.ron", 1),
    ("check nowhere", 3),
    ("check --files nowhere.ron", 3),
    ("library", 0),
    ("library everything at once", 2),
    ("evaluate r.jsonl", 0),
    ("evaluate cut.jsonl", 1),
    ("evaluate changed.jsonl", 3),
    ("evaluate nowhere.jsonl", 3),
    ("evaluate", 2),
    ("why r.jsonl phase:response", 0),
    ("why r.jsonl nothing", 3),
    ("why nowhere.jsonl phase:response", 3),
    ("why", 2),
    ("verify r.jsonl", 0),
    ("verify changed.jsonl", 1),
    ("verify nowhere.jsonl", 3),
    ("verify", 2),
    ("selftest --seed many", 2),
    ("schema exercise", 0),
];

fn prepared() -> Hotwash {
    let hotwash = Hotwash::new();
    hotwash.run("simulate --record r.jsonl").text(0);
    let text = hotwash.read("r.jsonl");
    hotwash.write(
        "changed.jsonl",
        text.replacen("\"number\":9,", "\"number\":8,", 1),
    );
    hotwash.write("cut.jsonl", &text[..text.len() / 2]);
    hotwash.write("bad.ron", "Exercise(");
    hotwash
}

#[test]
fn whatever_happens_the_answer_is_one_value_in_json() {
    let hotwash = prepared();
    let mut wrong = Vec::new();
    for (command, code) in ASKED {
        let said = hotwash.run(&format!("{command} --format json"));
        let answer = serde_json::from_str::<serde_json::Value>(&said.stdout);
        let answer = answer.unwrap_or_default();
        let error = &answer["error"];
        let told = if *code > 1 {
            let message = error["message"].as_str().unwrap_or_default();
            let first = message.lines().next().unwrap_or_default();
            error["exit_code"] == *code && !first.is_empty() && said.stderr.contains(first)
        } else {
            answer.is_object() && error.is_null()
        };
        if said.code != *code || !told {
            let Answer {
                code,
                stdout,
                stderr,
            } = said;
            wrong.push(format!("{command}: {code}: {stdout}{stderr}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_wrong_with_definitions_stands_in_the_answer() {
    let hotwash = prepared();
    let answer = hotwash.run("simulate ./bad.ron --format json").json(3);
    let checked = hotwash.run("check ./bad.ron --format json").json(1);
    assert_eq!(answer["error"]["problems"], checked["problems"]);
    assert_ne!(checked["problems"][0]["code"], serde_json::Value::Null);
}

#[test]
fn every_command_that_has_the_option_is_asked() {
    let hotwash = Hotwash::new();
    let mut lacking = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(command) = open.pop() {
        let help = hotwash.run(&format!("{command} --help")).text(0);
        if help.contains("- json:") && !command.is_empty() {
            let of = |(asked, _): &(&str, i32)| asked.starts_with(command.trim());
            if !ASKED.iter().any(of) {
                lacking.insert(command.clone());
            }
        }
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let names = listed.take_while(|line| line.starts_with("  "));
        let names = names.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        let names = names.filter(|name| !name.is_empty() && *name != "help");
        open.extend(names.map(|name| format!("{command} {name}")));
    }
    assert!(lacking.is_empty(), "nobody asks {lacking:?}");
}
