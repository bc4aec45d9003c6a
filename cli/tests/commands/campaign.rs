//! `hotwash campaign` and `hotwash campaign merge`.

use crate::hotwash::Hotwash;
use serde_json::Value;

/// A whole exercise on one screen, whose runs are short.
const SMALL: &str = "harbour-street-clinic";

fn campaign(hotwash: &Hotwash, more: &str) -> Value {
    hotwash
        .run(&format!("campaign {SMALL} --format json {more}"))
        .json(0)
}

#[test]
fn a_campaign_says_the_same_on_any_number_of_threads_and_from_merged_parts() {
    let hotwash = Hotwash::new();
    let whole = campaign(&hotwash, "--runs 60 --threads 1");
    assert_eq!(whole, campaign(&hotwash, "--runs 60 --threads 2"));
    let mut files = String::new();
    for part in 1..=5 {
        let file = format!("{part}.csv");
        let said = campaign(
            &hotwash,
            &format!("--runs 60 --part {part}/5 --rows {file}"),
        );
        assert_eq!(said["runs"], 12);
        files = format!("{file} {files}");
    }
    let merge = format!("campaign merge {files} --scenario {SMALL} --format json");
    assert_eq!(hotwash.run(&merge).json(0), whole);
    let twice = format!("campaign merge 1.csv 2.csv 1.csv --scenario {SMALL}");
    let complaint = hotwash.run(&twice).complaint(3);
    assert!(complaint.contains("run 0 is in `1.csv` twice"));
    let gap = format!("campaign merge 5.csv 2.csv --scenario {SMALL}");
    let text = hotwash.run(&gap).text(0);
    assert!(
        text.contains("PARTIAL: runs 0 to 11, 24 to 47 are missing."),
        "{text}"
    );
}

#[test]
fn files_that_are_no_parts_of_a_campaign_are_refused_with_what_to_do() {
    let hotwash = Hotwash::new();
    campaign(&hotwash, "--runs 3 --rows whole.csv");
    campaign(&hotwash, "--runs 3 --seed 2 --rows seed.csv");
    campaign(&hotwash, "--runs 3 --start any-hour --rows hours.csv");
    let whole = hotwash.read("whole.csv");
    hotwash.write("copy.csv", whole.clone());
    hotwash.write("cut.csv", &whole[..whole.len() - 2]);
    hotwash.write(
        "columns.csv",
        whole.lines().next().unwrap().to_owned() + "\n",
    );
    hotwash.write("json.csv", "{\"runs\": 3}");
    let refused = [
        (
            "whole.csv copy.csv",
            "run 0 is in `whole.csv` and in `copy.csv`",
            "Leave one",
        ),
        ("cut.csv", "it was cut off in line 4", "Play its part again"),
        ("json.csv", "it is no file of rows", "campaign --rows"),
        ("columns.csv", "the files hold no rows", "campaign --rows"),
        (
            "whole.csv seed.csv",
            "`seed.csv` cannot be put together: it has another seed",
            "--seed",
        ),
        (
            "hours.csv",
            "at any hour of the week",
            "Add `--start any-hour`",
        ),
        (
            "whole.csv --start any-hour",
            "started as scripted",
            "Leave out `--start",
        ),
        ("none.csv", "there is no file `none.csv`", ""),
    ];
    for (files, why, cure) in refused {
        let asked = format!("campaign merge {files} --scenario {SMALL}");
        let complaint = hotwash.run(&asked).complaint(3);
        assert!(
            complaint.contains(why) && complaint.contains(cure),
            "{complaint}"
        );
    }
    let complaint = hotwash.run("campaign merge whole.csv").complaint(3);
    assert!(
        complaint.contains("its columns are not those"),
        "{complaint}"
    );
    assert!(complaint.contains("Name the scenario"), "{complaint}");
}

/// The commands that are said to be typed next, each from a line of its own.
fn next(text: &str) -> Vec<&str> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("Next:"));
    let first = lines.next().map(|line| line.trim_start_matches("Next:"));
    let all = first.into_iter().chain(lines).map(str::trim);
    let commands = all.map(|line| line.split("  #").next().unwrap_or_default().trim());
    commands.filter(|line| !line.is_empty()).collect()
}

#[test]
fn what_is_said_to_be_typed_next_is_about_what_was_played_and_whole_on_any_screen() {
    let hotwash = Hotwash::new();
    let played = format!("{SMALL} --plan clinic-response-plan");
    let lists = format!("`hotwash simulate {played} --explain`");
    let asked = format!("campaign {played} --runs 2");
    let whole = format!("hotwash {asked} --full");
    let improve = format!("hotwash improve {played}");
    let any_hour = format!("hotwash campaign {played} --start any-hour");
    for columns in [40, 60, 80, 120] {
        let hotwash = hotwash.on_columns(columns);
        let text = hotwash.run(&asked).text(0);
        assert_eq!(next(&text), [&whole, &improve, &any_hour], "{columns}");
        let text = hotwash.run(&format!("{asked} --full")).text(0);
        assert_eq!(next(&text), [&improve, &any_hour], "{columns}");
        assert!(text.lines().any(|line| line.contains(&lists)), "{text}");
        let text = hotwash.run(&format!("simulate {played} --run 2")).text(0);
        let all = format!("hotwash simulate {played} --run 2 --full");
        let campaign = format!("hotwash campaign {played}");
        assert_eq!(next(&text), [&all, &campaign, &improve], "{columns}");
        let text = hotwash
            .run(&format!("simulate {played} --run 2 --full"))
            .text(0);
        let kept = format!("hotwash simulate {played} --run 2 --record r.jsonl");
        assert_eq!(next(&text), [&kept, &campaign, &improve], "{columns}");
        assert!(text.lines().any(|line| line.contains(&lists)), "{text}");
    }
    let text = hotwash.run(&format!("{asked} --start any-hour")).text(0);
    let whole = format!("hotwash campaign {played} --start any-hour --runs 2 --full");
    let improve = format!("hotwash improve {played} --start any-hour");
    assert_eq!(next(&text), [&whole, &improve]);
    let text = hotwash
        .run(&format!("campaign invoice-fraud {SMALL} --runs 2"))
        .text(0);
    let each = ["invoice-fraud", SMALL].map(|scenario| format!("hotwash campaign {scenario}"));
    assert_eq!(next(&text), each);
}

#[test]
fn a_run_of_the_rows_is_played_again_by_its_number() {
    let hotwash = Hotwash::new();
    for start in ["scripted", "any-hour"] {
        let file = format!("{start}.csv");
        campaign(&hotwash, &format!("--runs 4 --start {start} --rows {file}"));
        let text = hotwash.read(&file);
        let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let names = lines.next().unwrap();
        let last = lines.next_back().unwrap();
        let cell = |name| last[names.iter().position(|of| *of == name).unwrap()];
        let run = cell("run");
        assert_eq!(run, "3");
        let again = format!("simulate {SMALL} --run {run} --start {start} --format json");
        let run = hotwash.run(&again).json(0);
        let points: f64 = cell("score").parse().unwrap();
        let again = run["score"].as_f64().unwrap();
        assert!(
            (100.0 * again - points).abs() < 0.5,
            "{again}, not {points}"
        );
        assert_eq!(run["ended_ms"].to_string(), cell("ended_ms"));
        let complaint = hotwash
            .run(&format!("campaign {SMALL} --runs 1 --rows {file}"))
            .complaint(3);
        assert!(complaint.contains("exists"), "{complaint}");
    }
    let (scripted, any) = (hotwash.read("scripted.csv"), hotwash.read("any-hour.csv"));
    assert_ne!(scripted, any);
}

#[test]
fn a_level_that_is_missed_exits_with_1_and_is_said() {
    let hotwash = Hotwash::new();
    let ask = |level: &str| hotwash.run(&format!("campaign {SMALL} --runs 40 --require {level}"));
    let whole = |level: &str| hotwash.run(&format!("campaign --runs 6 --require {level}"));
    assert!(
        whole("score>=1")
            .text(0)
            .contains("met     score>=1: mean ")
    );
    let missed = whole("score>=100").text(1);
    assert!(missed.contains("MISSED  score>=100: mean "), "{missed}");
    let text = ask("chance(response)>=1").text(1);
    assert!(
        text.contains("MISSED  chance(response)>=1: surely at least 0."),
        "{text}"
    );
    assert!(
        ask("chance(lunch)>=1")
            .complaint(3)
            .contains("no clock and no phase `lunch`")
    );
    assert!(ask("lunch>=1").complaint(2).contains("a level is written"));
}

#[test]
fn no_level_is_reached_where_scores_are_partial_and_the_campaign_says_why() {
    let hotwash = Hotwash::new();
    for level in ["score>=1", "chance(response)>=0", "chance(passed)>=0"] {
        let asked = format!("campaign {SMALL} --runs 6 --require {level}");
        let text = hotwash.run(&asked).text(1);
        let missed = text.lines().find(|line| line.starts_with("MISSED"));
        let missed = missed.unwrap_or_else(|| panic!("{level}: {text}"));
        assert!(
            missed.contains("the score is partial in 6 of 6 runs"),
            "{text}"
        );
        let said: Vec<&str> = text.split_whitespace().collect();
        let said = said.join(" ");
        assert!(
            said.contains("the score is partial, so that it is not passed: "),
            "{text}"
        );
        assert!(said.contains("Closure is not in the plan"), "{text}");
    }
    let strata =
        "campaign ransomware-friday-evening harbour-street-clinic --runs 3 --require score>=1";
    let text = hotwash.run(strata).text(1);
    assert!(text.contains("MISSED  score>=1"), "{text}");
    assert!(text.contains("partial in 3 of 6 runs"), "{text}");
}

#[test]
fn what_would_be_in_vain_is_said_before_any_run_is_played() {
    let hotwash = Hotwash::new();
    hotwash
        .run(&format!("campaign {SMALL} --runs 1 --svg drawn"))
        .text(0);
    for (asked, why) in [
        (
            "--require chance(lunch)>=1",
            "no clock and no phase `lunch`",
        ),
        ("--svg drawn", "`drawn/distribution.svg` exists"),
        ("--part 1/5", "this part has no run"),
    ] {
        let asked = format!("campaign {SMALL} --runs 2 --rows rows.csv {asked}");
        let complaint = hotwash.run(&asked).complaint(3);
        assert!(complaint.contains(why), "{complaint}");
        assert!(!hotwash.path("rows.csv").exists(), "{asked}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_to_do() {
    let hotwash = Hotwash::new();
    let plan = hotwash_scenarios::find(hotwash_scenarios::Kind::Plan, "clinic-response-plan");
    hotwash.write("plan.ron", plan.expect("it ships").text);
    for (asked, code, why, cure) in [
        (
            "campaign plan.ron",
            3,
            "`plan.ron` is a plan, and no scenario",
            "Give it with `--plan plan.ron`.",
        ),
        (
            "simulate --organisation plan.ron",
            3,
            "is a plan, and no organisation",
            "`--plan plan.ron`",
        ),
        (
            "campaign invoice-fraud invoice-fraud",
            3,
            "`invoice-fraud` is named twice",
            "Name each once.",
        ),
        ("campaign --runs -5", 2, "whole number from 1 on", "--help"),
        ("compare x --matters -1", 2, "a number above 0", "--help"),
    ] {
        let complaint = hotwash.run(asked).complaint(code);
        assert!(
            complaint.contains(why) && complaint.contains(cure),
            "{complaint}"
        );
    }
}

#[test]
fn one_run_is_called_one_run_and_nothing_is_said_of_chance() {
    let hotwash = Hotwash::new();
    let text = hotwash.run(&format!("campaign {SMALL} --runs 1")).text(0);
    assert!(
        text.contains("assed in the one run. Carried out: "),
        "{text}"
    );
    for said in ["too few runs to say", "not surely"] {
        assert!(!text.contains(said), "{said}: {text}");
    }
}

#[test]
fn until_an_error_only_a_power_of_two_runs_are_played() {
    let hotwash = Hotwash::new();
    assert_eq!(campaign(&hotwash, "--until-error 50")["runs"], 256);
    let complaint = hotwash
        .run("campaign --until-error 1 --runs 5")
        .complaint(2);
    assert!(complaint.contains("cannot be used with"), "{complaint}");
}

#[test]
fn several_scenarios_are_weighed_by_the_risk_register() {
    let hotwash = Hotwash::new();
    let asked = "campaign invoice-fraud supplier-data-leak --runs 8";
    let value = hotwash.run(&format!("{asked} --format json")).json(0);
    assert_eq!(value["weighted_by_register"], true);
    let of = |key: &str, i: usize| value["strata"][i][key].clone();
    let weights: f64 = (0..2).map(|i| of("weight", i).as_f64().unwrap()).sum();
    assert!((weights - 1.0).abs() < 1e-3);
    let mean: f64 = (0..2)
        .map(|i| {
            let score = &of("campaign", i)["score"]["score"]["value"];
            of("weight", i).as_f64().unwrap() * score.as_f64().unwrap()
        })
        .sum();
    let said = value["score"]["value"].as_f64().unwrap();
    assert!((said - mean).abs() < 0.02, "{said}, not {mean}");
    let text = hotwash.run(asked).text(0);
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("weighted by the risk register"), "{text}");
    assert!(!words.contains("of their own"), "{text}");
    // What each scenario stands on is said of each.
    let text = hotwash
        .run(&format!("campaign invoice-fraud {SMALL} --runs 2"))
        .text(0);
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    for said in [
        "weighted alike, for the risk register does not name them all",
        "With an organisation and a plan of their own: The appointment book does not open.",
        "inputs of invoice are defaults",
        "inputs of harbour are defaults",
    ] {
        assert!(words.contains(said), "{said}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_interrupted_is_labelled_and_keeps_its_first_runs() {
    let hotwash = Hotwash::new();
    let asked = format!("campaign {SMALL} --runs 100000000 --rows rows.csv --threads 2");
    let child = hotwash.start(&asked);
    // The first rows are in the file: the campaign is under way.
    while std::fs::metadata(hotwash.path("rows.csv")).map_or(0, |file| file.len()) == 0 {
        std::thread::yield_now();
    }
    let output = crate::hotwash::interrupted(child);
    let text = String::from_utf8(output.stdout).expect("output is text");
    assert!(text.contains("PARTIAL: interrupted after "), "{text}");
    let rows = hotwash.read("rows.csv");
    let run = |line: &str| line.split(',').nth(3).unwrap().parse::<usize>().unwrap();
    for (i, line) in rows.lines().skip(1).enumerate() {
        assert_eq!(run(line), i);
    }
}
