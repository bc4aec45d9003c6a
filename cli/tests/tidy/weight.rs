//! How many crates a first `cargo run --release` compiles. Seconds depend on the machine, this does not.

use crate::source::{Breach, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The most crates that the binary may be made of, those for other platforms included: 180 for everything that
/// works without a server, and 40 for the server of a live drill (axum, tokio, tower-http, minijinja, cookie,
/// qrcode), which a default build has, since a trainer who has just built Hotwash wants to drill.
const CRATES: usize = 220;

/// A breach if the binary is made of more crates than that.
pub(crate) fn breaches() -> Vec<Breach> {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("the file is there");
    let lock = read("Cargo.lock");
    let count = crates(&lock, "hotwash-cli", |name| {
        let folder = name.strip_prefix("hotwash-")?;
        Some(direct(&read(&format!("{folder}/Cargo.toml"))))
    })
    .len();
    let breach = Breach {
        path: "Cargo.lock".to_owned(),
        line: 1,
        what: format!("the binary is made of {count} crates; {CRATES} are allowed"),
    };
    (count > CRATES).then_some(breach).into_iter().collect()
}

/// The names of a manifest's dependencies, without those of tests.
fn direct(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let tables = ["dependencies", "build-dependencies"];
    let tables = tables
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table());
    tables.flat_map(toml::Table::keys).cloned().collect()
}

/// All crates that a crate is made of, itself included, each as `name version` where the lock file
/// says so. A lock file does not part a crate of the house from its tests, so `own` gives the direct
/// dependencies of those.
fn crates(
    lock: &str,
    start: &str,
    own: impl Fn(&str) -> Option<BTreeSet<String>>,
) -> BTreeSet<String> {
    let lock: toml::Table = lock.parse().expect("the lock file is TOML");
    let packages = lock["package"].as_array().expect("it lists packages");
    let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap_or("").to_owned();
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages {
        let name = text(package, "name");
        let list = package.get("dependencies").and_then(toml::Value::as_array);
        let list = list.into_iter().flatten().filter_map(toml::Value::as_str);
        let kept = own(&name);
        let kept = list
            .filter(|need| {
                let need = need.split(' ').next().unwrap_or_default();
                kept.as_ref().is_none_or(|kept| kept.contains(need))
            })
            .map(str::to_owned)
            .collect();
        let full = format!("{name} {}", text(package, "version"));
        needs.insert(full, kept);
    }
    let mut found = BTreeSet::new();
    let mut open = vec![start.to_owned()];
    while let Some(name) = open.pop() {
        let full = needs
            .keys()
            .find(|full| **full == name || full.split(' ').next() == Some(&name));
        let full = full.expect("the lock file is complete").clone();
        if found.insert(full.clone()) {
            open.extend(needs[&full].iter().cloned());
        }
    }
    found
}

#[test]
fn crates_are_counted_without_those_of_tests() {
    let lock = "[[package]]\nname = \"a\"\nversion = \"1\"\ndependencies = [\"b\", \"tests\", \"c 2\"]\n\
        [[package]]\nname = \"b\"\nversion = \"1\"\ndependencies = [\"c 1\"]\n\
        [[package]]\nname = \"c\"\nversion = \"1\"\n\
        [[package]]\nname = \"c\"\nversion = \"2\"\n\
        [[package]]\nname = \"tests\"\nversion = \"1\"\n";
    let manifest = "[dependencies]\nb = \"1\"\nc = \"2\"\n[dev-dependencies]\ntests = \"1\"\n";
    let found = crates(lock, "a", |name| (name == "a").then(|| direct(manifest)));
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        ["a 1", "b 1", "c 1", "c 2"]
    );
}
