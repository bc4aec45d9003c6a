//! No text for people has a turn of phrase that readers had to read twice.

use crate::source::{Breach, Text};

/// The turns of phrase, with what is said instead.
const PHRASES: &str = include_str!("../phrases.txt");

/// Where texts for people are written.
const FOLDERS: [&str; 6] = [
    "reports/src",
    "cli/src",
    "app/src",
    "scenarios/src",
    "scenarios/content",
    "docs",
];

/// The turns of phrase.
fn phrases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = PHRASES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" => "))
}

/// Such turns of phrase in a text for people.
pub(crate) fn breaches(text: &Text) -> Vec<Breach> {
    let readme = text.path == "README.md";
    if !readme && !FOLDERS.iter().any(|folder| text.path.starts_with(folder)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in text.text.lines().enumerate() {
        for (phrase, instead) in phrases() {
            if line.contains(phrase) {
                found.push(Breach {
                    path: text.path.clone(),
                    line: index + 1,
                    what: format!("`{phrase}`: say \"{instead}\""),
                });
            }
        }
    }
    found
}

#[test]
fn a_turn_of_phrase_is_found_in_texts_for_people_alone() {
    assert!(phrases().count() > 20);
    let text = |path: &str| Text {
        path: path.to_owned(),
        text: "fine\nThe call reached nobody.\n".to_owned(),
    };
    let lines = |path| -> Vec<usize> { breaches(&text(path)).iter().map(|of| of.line).collect() };
    assert_eq!(lines("docs/x.md"), [2]);
    assert_eq!(lines("README.md"), [2]);
    assert_eq!(lines("engine/src/x.rs"), [0; 0]);
}
