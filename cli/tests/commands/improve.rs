//! `hotwash improve`, and what findings propose.

use crate::hotwash::Hotwash;
use serde_json::Value;

const SMALL: &str = "harbour-street-clinic";

#[test]
fn what_helps_is_written_and_compares_as_better() {
    let hotwash = Hotwash::new();
    let asked = format!("improve {SMALL} --runs 40 --changes 2 --seed 5");
    let found = hotwash
        .run(&format!("{asked} --format json --write better"))
        .json(0);
    assert_eq!(found["schema_version"], 2);
    let best = found["best"].as_array().expect("a list");
    let first = &best[0];
    assert_eq!(
        first["helps"], true,
        "something helps a clinic of two people"
    );
    assert!(
        first["written"]
            .as_array()
            .is_some_and(|places| !places.is_empty())
    );
    let ranks: Vec<u64> = best.iter().filter_map(|of| of["rank"].as_u64()).collect();
    assert!(ranks.windows(2).all(|two| two[0] <= two[1]), "{ranks:?}");
    hotwash.run("check --package better --errors-only").text(0);
    let summary = hotwash.read("better/SUMMARY.md");
    let said = first["changes"][0].as_str().expect("a text");
    assert!(
        summary.to_lowercase().contains(&said.to_lowercase()),
        "{summary}"
    );
    let compared = format!("compare {SMALL} better/{SMALL}.ron --runs 120 --seed 5 --format json");
    assert_eq!(hotwash.run(&compared).json(0)["verdict"], "better");
    let again = hotwash.run(&format!("{asked} --write better"));
    assert_eq!(again.code, 3, "a folder that is there is left alone");
}

#[test]
fn a_cost_that_is_none_is_refused_with_its_line_and_the_kinds() {
    let hotwash = Hotwash::new();
    hotwash.write("costs", "deputy = 2\nsecond-shfit = 12\n");
    let refused = hotwash.run(&format!("improve {SMALL} --runs 8 --costs costs"));
    assert_eq!(refused.code, 3);
    let said = refused.stderr;
    assert!(
        said.contains("`costs`, line 2") && said.contains("second-shift"),
        "{said}"
    );
}

#[test]
fn a_kind_with_two_costs_a_scenario_named_twice_and_no_changes_at_all_are_refused() {
    let hotwash = Hotwash::new();
    hotwash.write("costs", "deputy = 2\n# dear\ndeputy = 3\n");
    let refused = hotwash.run(&format!("improve {SMALL} --runs 8 --costs costs"));
    assert_eq!(refused.code, 3);
    assert!(
        refused.stderr.contains("`costs`, line 3"),
        "{}",
        refused.stderr
    );
    let refused = hotwash.run("improve invoice-fraud invoice-fraud --runs 8");
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("named twice"), "{}", refused.stderr);
    assert_eq!(hotwash.run(&format!("improve {SMALL} --changes 0")).code, 2);
}

#[test]
fn it_is_said_why_nothing_can_be_found() {
    let hotwash = Hotwash::new();
    let few = hotwash.run(&format!("improve {SMALL} --runs 4")).text(0);
    assert!(few.contains("too few to be sure"), "{few}");
    let dear = hotwash
        .run(&format!("improve {SMALL} --runs 4 --cost 0"))
        .text(0);
    assert!(dear.contains("No change can be tried"), "{dear}");
}

#[test]
fn scenarios_of_two_organisations_are_not_improved_together() {
    let hotwash = Hotwash::new();
    let refused = hotwash.run(&format!("improve {SMALL} invoice-fraud --runs 8"));
    assert_eq!(refused.code, 3);
    assert!(
        refused.stderr.contains("one organisation and one plan"),
        "{}",
        refused.stderr
    );
}

#[test]
fn the_same_record_has_the_same_advice_and_only_what_helped() {
    let hotwash = Hotwash::new();
    hotwash
        .run(&format!("simulate {SMALL} --record r.jsonl"))
        .text(0);
    let asked = "evaluate r.jsonl --format json --advice";
    let (one, other) = (hotwash.run(asked), hotwash.run(asked));
    assert_eq!(one.stdout, other.stdout);
    let plain = hotwash.run("evaluate r.jsonl --format json").json(0);
    let tried = |of: &Value| {
        let findings = of["findings"].as_array().expect("a list").iter();
        let tried = findings.filter_map(|finding| finding["tried"].as_array());
        tried.map(Vec::len).sum::<usize>()
    };
    assert_eq!(tried(&plain), 0);
    let played = one.json(0);
    let text = hotwash.run_with(["evaluate", "r.jsonl", "--full"]).text(0);
    assert_eq!(tried(&played) > 0, text.contains("Try: "), "{text}");
    assert!(
        !hotwash
            .run("evaluate r.jsonl --full")
            .text(0)
            .contains("Try: ")
    );
}
