//! `hotwash check` and `hotwash explain`.

use crate::hotwash::Hotwash;

#[test]
fn a_new_package_has_no_errors() {
    let hotwash = Hotwash::new();
    for start in ["template", "example", "small"] {
        hotwash.run(&format!("new {start} --from {start}")).text(0);
        hotwash.run(&format!("check --package {start}")).text(0);
    }
}

#[test]
fn an_error_is_shown_at_its_place_with_its_cure() {
    let hotwash = Hotwash::new();
    hotwash.write("plan.ron", "Plan(\n    tasks: [\n        (id: \"triage\", phase: Assessment, by: Analist, takes: \"5m\"),\n    ],\n)\n");
    let said = hotwash.run("check --errors-only --files plan.ron").text(1);
    insta::assert_snapshot!(said);
    let json = hotwash
        .run("check --errors-only --files plan.ron --format json")
        .json(1);
    let problem = &json["problems"][0];
    assert_eq!(problem["code"], "HW0213");
    assert_eq!(problem["nearest"], "Analyst");
    assert_eq!(problem["labels"][0]["line"], 3);
}

#[test]
fn bad_input_gets_a_clear_message_and_no_panic() {
    let hotwash = Hotwash::new();
    let nested = "[".repeat(10_000);
    let texts: [(&str, &[u8]); 7] = [
        ("empty.ron", b""),
        ("nested.ron", nested.as_bytes()),
        ("quotes.ron", "Plan(version: “1”)".as_bytes()),
        ("other.ron", b"Recipe(eggs: 2)"),
        ("marked.ron", b"\xef\xbb\xbfPlan()"),
        ("open.ron", b"Plan(tasks: ["),
        ("nan.ron", b"Plan(scoring: (timeliness: NaN))"),
    ];
    for (name, bytes) in texts {
        hotwash.write(name, bytes);
        let said = hotwash.run(&format!("check --files {name}")).text(1);
        assert!(said.contains("error[HW"), "{name}: {said}");
        assert!(said.contains(name), "{name}: {said}");
    }
}

#[test]
fn files_that_cannot_be_read_exit_with_3() {
    let hotwash = Hotwash::new();
    hotwash.write("binary.ron", [0xff, 0xfe, 0x00]);
    hotwash.write("large.ron", vec![b' '; 50 * 1024 * 1024]);
    let cases = [
        ("missing.ron", "there is no file"),
        (".", "is a folder"),
        ("binary.ron", "is not text"),
        ("large.ron", "is larger than"),
    ];
    for (name, reason) in cases {
        let said = hotwash.run(&format!("check --files {name}")).complaint(3);
        assert!(said.contains(reason), "{name}: {said}");
    }
}

#[test]
fn names_that_the_library_does_not_have_are_told_with_those_it_has() {
    let hotwash = Hotwash::new();
    let said = hotwash.run("check flood").complaint(3);
    assert!(
        said.contains("the library has no scenario `flood`"),
        "{said}"
    );
    assert!(said.contains("ransomware-friday-evening"), "{said}");
    let said = hotwash.run("check --package nowhere").complaint(3);
    assert!(said.contains("`nowhere` is no package"), "{said}");
}

#[test]
fn a_package_is_found_from_a_folder_below_it() {
    let hotwash = Hotwash::new();
    hotwash.run("new clinic").text(0);
    hotwash.write("clinic/hotwash.toml", "plan = \"typo.ron\"\n");
    std::fs::create_dir_all(hotwash.path("clinic/a/b")).expect("the folder takes folders");
    let said = hotwash.within("clinic/a/b").run("check").complaint(3);
    assert!(said.contains("../../typo.ron"), "{said}");
    hotwash.write("clinic/hotwash.toml", "plam = \"typo.ron\"\n");
    let said = hotwash.run("check --package clinic").complaint(3);
    assert!(said.contains("plam"), "{said}");
}

#[test]
fn a_code_is_explained_in_any_case() {
    let hotwash = Hotwash::new();
    let said = hotwash.run("explain hw0213").text(0);
    assert!(said.starts_with("HW0213 (error)"), "{said}");
    hotwash.run("explain HW9999").complaint(3);
}
