//! What `why` answers, and how it says that it cannot.

use crate::hotwash::Hotwash;

fn played() -> Hotwash {
    let hotwash = Hotwash::new();
    let play = "simulate ransomware-friday-evening -s 1 --record r.jsonl";
    hotwash.run(play).text(0);
    hotwash
}

#[test]
fn why_says_one_sentence_then_the_entries_then_what_would_have_had_to_be_otherwise() {
    let hotwash = played();
    insta::assert_snapshot!(
        "why_a_task_done",
        hotwash.run("why r.jsonl task:cut-off").text(0)
    );
    let never = hotwash.on_columns(60).run("why r.jsonl end-sessions");
    insta::assert_snapshot!("why_a_task_that_never_began", never.text(0));
    let phase = hotwash.run("why r.jsonl phase:response");
    insta::assert_snapshot!("why_a_phase", phase.text(0));
}

#[test]
fn scripts_read_the_same_answer() {
    let hotwash = played();
    let json = hotwash
        .run("why r.jsonl phase:response --format json")
        .json(0);
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["asked"], "phase:response");
    assert_eq!(json["fate"], "Complete");
    let judged = hotwash.run("evaluate r.jsonl --format json").json(0);
    let made_of = judged["phases"][2]["made_of"]
        .as_array()
        .expect("a list")
        .len();
    assert_eq!(json["made_of"].as_array().expect("a list").len(), made_of);
    let first = json["links"][0]["entry"].as_u64();
    assert!(first.is_some_and(|entry| entry > 0), "{json}");
}

#[test]
fn what_cannot_be_asked_says_what_can() {
    let hotwash = played();
    let said = |what: &str| hotwash.run_with(["why", "r.jsonl", what]).complaint(3);
    assert!(
        said("cutoff").contains("Did you mean task:cut-off"),
        "{}",
        said("cutoff")
    );
    assert!(
        said("moon:rise").contains("The kinds are task, person"),
        "{}",
        said("moon:rise")
    );
    assert!(
        said("#99999").contains("Its entries go from #1 to #"),
        "{}",
        said("#99999")
    );
    // Two things have this name.
    let several = said("network");
    assert!(several.contains("stands for several things"), "{several}");
    assert!(several.contains("role:network, asset:network"), "{several}");
}

#[test]
fn a_record_that_was_cut_is_answered_as_far_as_it_goes() {
    let hotwash = played();
    let text = hotwash.read("r.jsonl");
    let lines: Vec<&str> = text.lines().take(200).collect();
    hotwash.write("cut.jsonl", lines.join("\n") + "\n");
    let said = hotwash.run("why cut.jsonl task:close").text(1);
    assert!(said.contains("as far as the record goes"), "{said}");
}

/// Two acts that nobody could do.
const ACTS: &str = "Actions(\n    acts: [\n        (at: \"5m\", person: \"kofi\", does: Start(\"cut-off\")),\n        (at: \"6m\", person: \"kofi\", does: Approve(\"cut-off\")),\n    ],\n)\n";

#[test]
fn acts_that_were_refused_are_counted_listed_and_explained() {
    let hotwash = Hotwash::new();
    hotwash.write("acts.ron", ACTS);
    let play = "simulate ransomware-friday-evening -s 1 --actions acts.ron --record r.jsonl";
    let page = hotwash.run(play).text(0);
    assert!(page.contains("2 of 2 acts were refused."), "{page}");
    let page = hotwash.run("evaluate r.jsonl --full").text(0);
    assert!(page.contains("2 of 2 acts were refused."), "{page}");
    assert!(page.contains("ACTS THAT WERE REFUSED"), "{page}");
    let from = page.find("ACTS THAT WERE REFUSED").expect("it is there");
    let lines: Vec<&str> = page[from..].lines().take(12).collect();
    insta::assert_snapshot!("acts_that_were_refused", lines.join("\n"));
    let report = hotwash.run("report r.jsonl").text(0);
    assert!(report.contains("## Acts that were refused"), "{report}");
    let entry = hotwash.read("r.jsonl");
    let refused = entry
        .lines()
        .position(|line| line.contains("\"ActionRejected\""));
    let number = refused.expect("an act was refused");
    let said = hotwash.run(&format!("why r.jsonl #{number}")).text(0);
    insta::assert_snapshot!("why_an_act_was_refused", said);
}
