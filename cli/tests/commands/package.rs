//! `hotwash new` and `hotwash schema`: what an author starts from.

use crate::hotwash::Hotwash;
use std::fs;

#[test]
fn a_new_package_holds_what_can_be_edited() {
    let hotwash = Hotwash::new();
    insta::assert_snapshot!(hotwash.run("new clinic").text(0), @r"
    Made clinic with hotwash.toml, organisation.ron, plan.ron, scenario.ron.
    Next: cd clinic && hotwash
    ");
    assert!(hotwash.read("clinic/plan.ron").contains("Plan("));
    hotwash.run("new example --from example").text(0);
    assert!(
        hotwash
            .read("example/organisation.ron")
            .contains("Marram Street")
    );
    let small = hotwash.run("new small --from small").text(0);
    assert!(
        small.starts_with("Made small with hotwash.toml, exercise.ron."),
        "{small}"
    );
}

#[test]
fn a_new_package_overwrites_nothing() {
    let hotwash = Hotwash::new();
    fs::create_dir(hotwash.path("clinic")).expect("the folder takes folders");
    hotwash.write("clinic/plan.ron", "mine");
    hotwash.run("new clinic").complaint(3);
    assert_eq!(hotwash.read("clinic/plan.ron"), "mine");
    assert!(!hotwash.path("clinic/organisation.ron").exists());
}

#[test]
fn every_kind_of_definition_has_a_schema() {
    for kind in ["organisation", "plan", "scenario", "exercise"] {
        let schema = Hotwash::new().run(&format!("schema {kind}")).json(0);
        assert_eq!(schema["type"], "object");
    }
}
