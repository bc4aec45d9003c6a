//! `hotwash compare`, `campaign --what-if` and `campaign --svg`.

use crate::hotwash::Hotwash;
use hotwash_scenarios::{Kind, find};
use serde_json::Value;

const SMALL: &str = "harbour-street-clinic";

fn text_of(kind: Kind, id: &str) -> String {
    find(kind, id).expect("it ships").text.to_owned()
}

/// The shipped clinic with one thing put in the place of another.
fn clinic(hotwash: &Hotwash, file: &str, from: &str, to: &str) {
    let text = text_of(Kind::Organisation, "marram-street-clinic");
    assert!(text.contains(from), "the clinic has changed: {from}");
    hotwash.write(file, text.replacen(from, to, 1));
}

#[test]
fn a_plan_in_another_order_with_other_names_is_identical_in_every_run() {
    let hotwash = Hotwash::new();
    let plan = text_of(Kind::Plan, "clinic-response-plan");
    let (head, rest) = plan
        .split_once("    tasks: [\n")
        .expect("the plan lists tasks");
    let (tasks, tail) = rest.split_once("\n    ],").expect("the list of tasks ends");
    // A task begins on a line of its own; the last goes first.
    let last = tasks.rfind("\n        (id: ").expect("there are tasks");
    let (before, moved) = tasks.split_at(last);
    let moved = moved.trim_end().trim_end_matches(',');
    let turned = format!("{head}    tasks: [{moved},\n{before}\n    ],{tail}");
    let turned = turned.replacen("title: \"Judge", "title: \"Look at", 1);
    assert_ne!(turned, plan);
    hotwash.write("turned.ron", turned);
    let asked = "compare clinic-response-plan turned.ron --runs 12";
    let text = hotwash.run(asked).text(0);
    assert!(text.contains("Identical in all 12 runs."), "{text}");
    let value = hotwash.run(&format!("{asked} --format json")).json(0);
    assert_eq!(value["identical"], true);
    assert_eq!(value["differing"], 0);
}

#[test]
fn a_deputy_for_the_analyst_contains_the_attack_sooner() {
    let hotwash = Hotwash::new();
    let to = "holders: [\"jonas\"], deputies: [\"tomas\"]";
    clinic(&hotwash, "helped.ron", "holders: [\"jonas\"]", to);
    let asked = "compare marram-street-clinic helped.ron --runs 120";
    let value = hotwash.run(&format!("{asked} --format json")).json(0);
    let phases = value["phases"].as_array().unwrap();
    let response = phases.iter().find(|of| of["phase"] == "Response").unwrap();
    // A mean hangs on the few runs in which nothing is ever contained; signs do not.
    let counted = |of: &Value| ["more", "same", "less"].map(|key| of[key].as_u64().unwrap());
    let [later, same, sooner] = counted(&response["restricted_mean_ms"]);
    assert_eq!(later + same + sooner, 120);
    assert!(sooner > 2 * later, "{sooner} sooner, {later} later");
    let [better, _, worse] = counted(&value["carried_out"]);
    assert!(better > 2 * worse, "{better} better, {worse} worse");
    let differing = value["differing"].as_u64().unwrap();
    let text = hotwash.run(&format!("{asked} --full")).text(0);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(&format!("The two differ in {differing} of 120")),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn both_sides_are_judged_by_what_the_first_is_judged_by() {
    let hotwash = Hotwash::new();
    let targets = "Identification: \"90d\", Assessment: \"90d\", Response: \"90d\", Resolution: \"90d\", \
                   Recovery: \"90d\", Closure: \"90d\"";
    let (from, own) = (
        "    time_zone:",
        format!("    yardstick: (targets: {{{targets}}}),\n    time_zone:"),
    );
    clinic(&hotwash, "soft.ron", from, &own);
    let carried_out = |organisation: &str| {
        let asked = format!("campaign --organisation {organisation} --runs 12 --format json");
        hotwash.run(&asked).json(0)["score"]["carried_out"]["value"]
            .as_f64()
            .unwrap()
    };
    // By its own yardstick each has scores of its own, and on the same draws.
    assert!(carried_out("soft.ron") > carried_out("marram-street-clinic") + 1.0);
    for (first, second) in [
        ("marram-street-clinic", "soft.ron"),
        ("soft.ron", "marram-street-clinic"),
    ] {
        let text = hotwash
            .run(&format!("compare {first} {second} --runs 12 --full"))
            .text(0);
        assert!(text.contains("Identical in all 12 runs."), "{text}");
        let words: Vec<&str> = text.split_whitespace().collect();
        let softer = words.join(" ");
        let softer = softer
            .matches("yardstick is softer than the default")
            .count();
        assert_eq!(softer, usize::from(first == "soft.ron"), "{text}");
    }
}

#[test]
fn a_deputy_for_a_role_that_has_nothing_to_do_changes_nothing() {
    let hotwash = Hotwash::new();
    let roles = "        (id: \"finance\",        title";
    for (file, deputies) in [("one.ron", ""), ("two.ron", ", deputies: [\"yara\"]")] {
        let guards = format!(
            "        (id: \"guards\", function: PhysicalSecurity, holders: [\"felix\"]{deputies}),\n{roles}"
        );
        clinic(&hotwash, file, roles, &guards);
    }
    let text = hotwash.run("compare one.ron two.ron --runs 12").text(0);
    assert!(text.contains("Identical in all 12 runs."), "{text}");
}

#[test]
fn one_thing_alone_is_compared_with_what_is_played_otherwise() {
    let hotwash = Hotwash::new();
    let text = hotwash
        .run("compare clinic-response-plan --runs 3 --scenario invoice-fraud")
        .text(0);
    assert!(text.contains("Identical in all 3 runs."), "{text}");
    let complaint = hotwash
        .run("compare clinic-response-plan invoice-fraud")
        .complaint(3);
    assert!(
        complaint.contains("only things of one kind are compared"),
        "{complaint}"
    );
    let complaint = hotwash.run("compare no-such-thing").complaint(3);
    assert!(
        complaint.contains("no organisation, plan, scenario or package"),
        "{complaint}"
    );
}

/// The threads of a process.
#[cfg(target_os = "linux")]
fn threads(process: u32) -> Vec<String> {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task"));
    let tasks = tasks.into_iter().flatten().filter_map(Result::ok);
    tasks
        .map(|task| task.file_name().to_string_lossy().into_owned())
        .collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_comparison_that_is_interrupted_is_labelled_and_keeps_its_first_pairs() {
    let hotwash = Hotwash::new();
    let slower = text_of(Kind::Exercise, SMALL).replacen("10m to 60m", "20m to 120m", 1);
    hotwash.write("slower.ron", slower);
    let asked = format!("compare {SMALL} slower.ron --format json");
    let endless = format!("{asked} --runs 100000000 --threads 1");
    let mut child = hotwash.start(&endless);
    // One thread reads the command line and one hears of Ctrl-C. Each side of a turn is played on a new one:
    // with the third of these, both have played a turn.
    let mut seen = std::collections::BTreeSet::new();
    while seen.len() < 2 + 3 {
        seen.extend(threads(child.id()));
        assert!(child.try_wait().is_ok_and(|ended| ended.is_none()));
        std::thread::yield_now();
    }
    let output = crate::hotwash::interrupted(child);
    let mut partial: Value = serde_json::from_slice(&output.stdout).expect("it is JSON alone");
    let pairs = partial["runs"].as_u64().unwrap();
    let notices = partial["notices"].take();
    let notice = notices[0].as_str().unwrap();
    let label = "PARTIAL: interrupted after ";
    let shown = notice.strip_prefix(label).expect(notice);
    let shown = shown.strip_suffix(" of 100,000,000 pairs of runs.");
    assert_eq!(shown.unwrap().replace(',', ""), pairs.to_string());
    // It says what a comparison of so many runs says.
    let mut whole = hotwash.run(&format!("{asked} --runs {pairs}")).json(0);
    // What was played is said of each side, and that it is partial of neither.
    let notices = whole["notices"].take();
    assert_eq!(notices.as_array().map(Vec::len), Some(2), "{notices}");
    assert!(whole["differing"].as_u64().unwrap() > 0, "{whole}");
    assert_eq!(partial, whole);
}

#[test]
fn single_changes_are_tried_and_drawn() {
    let hotwash = Hotwash::new();
    let asked = format!("campaign {SMALL} --runs 40 --what-if");
    let value = hotwash.run(&format!("{asked} --format json")).json(0);
    let of = &value["what_if"];
    assert!(of["tried"].as_u64().unwrap() > 10, "{of}");
    assert_eq!(of["rounds"][2]["runs"], 40);
    assert!(of["confirmed"].as_array().unwrap().len() <= 10);
    let text = hotwash.run(&format!("{asked} --svg pictures")).text(0);
    assert!(text.contains("WHAT MATTERS MOST"), "{text}");
    for name in ["distribution", "chances", "tornado"] {
        let picture = hotwash.read(&format!("pictures/{name}.svg"));
        assert!(
            picture.starts_with("<svg") && picture.contains("<title>"),
            "{name}"
        );
    }
    let again = hotwash.run(&format!("campaign {SMALL} --runs 2 --svg pictures"));
    assert!(again.complaint(3).contains("exists"));
}
