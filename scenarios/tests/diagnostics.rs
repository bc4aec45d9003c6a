//! The codes of diagnostics, and the files that `hotwash new` writes.

use hotwash_scenarios::diagnostic::{Code, Level, explain};
use hotwash_scenarios::{Source, Start, TEMPLATES, bind, check, read, rehearse};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn no_two_codes_share_an_id() {
    let ids: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(ids.len(), Code::ALL.len());
    assert!(
        Code::ALL
            .iter()
            .all(|code| Code::from_id(code.id()) == Some(*code))
    );
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        let explained = explain(*code);
        let texts = [
            explained.title,
            explained.why,
            explained.cure,
            explained.example,
            explained.mended,
        ];
        assert!(texts.iter().all(|text| !text.is_empty()), "{code}");
        assert_ne!(explained.example, explained.mended, "{code}");
    }
}

/// What is mended by writing something else altogether.
const REPLACED: [Code; 3] = [Code::EmptyFile, Code::TooDeep, Code::Extension];

#[test]
fn what_is_mended_is_what_was_wrong() {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.len() > 1)
            .map(str::to_lowercase)
            .collect()
    };
    for code in Code::ALL.iter().filter(|code| !REPLACED.contains(code)) {
        let explained = explain(*code);
        let (wrong, right) = (words(explained.example), words(explained.mended));
        assert!(
            wrong.intersection(&right).next().is_some(),
            "{code}: {} has nothing to do with {}",
            explained.mended,
            explained.example
        );
    }
}

#[test]
fn the_files_of_a_new_package_are_sound_and_not_weak() {
    let is_definition = |file: &str| Path::new(file).extension().is_some_and(|end| end == "ron");
    let files = TEMPLATES.iter().filter(|file| is_definition(file.file));
    let sources: Vec<Source> = files
        .map(|file| Source::new(file.file, file.text))
        .collect();
    let loaded = read(&sources);
    let mut problems = loaded.problems;
    problems.extend(check(&loaded.definitions));
    let bound = bind(&loaded.definitions, &Start::default()).expect("they make an exercise");
    problems.extend(rehearse(&loaded.definitions, &bound));
    problems.extend(bound.warnings);
    problems.retain(|problem| problem.level != Level::Note);
    assert!(problems.is_empty(), "{problems:#?}");
}
