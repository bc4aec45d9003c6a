//! `hotwash key`.

use crate::hotwash::Hotwash;
use std::collections::BTreeSet;

#[test]
fn a_new_key_is_written_and_shows_its_public_half_alone() {
    let hotwash = Hotwash::new();
    let said = hotwash.run("key new team.key").text(0);
    let file = hotwash.read("team.key");
    let value = |name: &str| {
        let line = file.lines().find_map(|line| line.strip_prefix(name));
        line.expect("a key file has both halves").to_owned()
    };
    assert!(said.contains(&value("public ")), "{said}");
    assert!(!said.contains(&value("secret ")), "{said}");
}

#[test]
fn every_key_is_another() {
    let hotwash = Hotwash::new();
    let keys: BTreeSet<String> = (0..8)
        .map(|n| {
            let name = format!("{n}.key");
            hotwash.run(&format!("key new {name}")).text(0);
            hotwash.read(&name)
        })
        .collect();
    assert_eq!(keys.len(), 8);
}

#[test]
fn a_key_file_is_never_overwritten() {
    let hotwash = Hotwash::new();
    hotwash.write("team.key", "mine");
    let complaint = hotwash.run("key new team.key").complaint(3);
    insta::assert_snapshot!(complaint, @"error: `team.key` exists, and a key is never overwritten");
    assert_eq!(hotwash.read("team.key"), "mine");
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_a_key() {
    use std::os::unix::fs::PermissionsExt;
    let hotwash = Hotwash::new();
    hotwash.run("key new team.key").text(0);
    let found = std::fs::metadata(hotwash.path("team.key")).expect("it was written");
    assert_eq!(found.permissions().mode() & 0o077, 0);
}
