//! Small definitions, valid and not, each with what has to be said about it.
//!
//! The first line of an invalid case is a comment with codes and places, such as
//! `// HW0213 3:20, HW0302 5:9`: each has to be reported there, and no other error anywhere. A
//! valid case has no error.

use hotwash_scenarios::diagnostic::{Code, Diagnostic, Level};
use hotwash_scenarios::{Source, Start, bind, check, read, rehearse};
use std::collections::BTreeSet;
use std::path::Path;

/// What no small file can show: `bad_input.rs` and `alone.rs` do.
const TOO_LARGE_FOR_A_CASE: [Code; 2] = [Code::TooLarge, Code::PlayedInPart];

/// Everything that is said about a case; a case of a missing part is bound all the same.
fn problems(source: &Source) -> Vec<Diagnostic> {
    let loaded = read(std::slice::from_ref(source));
    let mut problems = loaded.problems;
    problems.extend(check(&loaded.definitions));
    let sound = problems.iter().all(|problem| problem.level != Level::Error);
    let definitions = &loaded.definitions;
    let alone = announced(source)
        .iter()
        .any(|(code, _)| *code == Code::MissingPart);
    if sound && (alone || definitions.exercise().is_some()) {
        match bind(definitions, &Start::default()) {
            Ok(bound) => {
                problems.extend(rehearse(definitions, &bound));
                problems.extend(bound.warnings);
            }
            Err(errors) => problems.extend(errors),
        }
    }
    problems
}

/// The cases of a folder, by name.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads its own cases, whichever there are"
)]
fn cases(folder: &str) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(folder);
    let files = folder.read_dir().expect("the folder of cases is there");
    let mut paths: Vec<_> = files
        .map(|file| file.expect("it can be listed").path())
        .collect();
    paths.sort();
    let source = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path);
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        Source::new(name, text.expect("a case is UTF-8"))
    };
    paths.into_iter().map(source).collect()
}

/// What the first line of a case announces: codes and places.
fn announced(source: &Source) -> Vec<(Code, String)> {
    let line = source.text.lines().next().unwrap_or_default();
    let line = line.trim_start_matches('\u{feff}').trim_start_matches("/*");
    let said = line.trim_start_matches('/').trim_end_matches("*/").trim();
    if !said.starts_with("HW") {
        return Vec::new();
    }
    let one = |part: &str| {
        let (code, place) = part.trim().split_once(' ').expect("a code and a place");
        let known = Code::from_id(code).unwrap_or_else(|| panic!("{}: {code}", source.name));
        (known, place.to_owned())
    };
    said.split(',').map(one).collect()
}

fn place(source: &Source, problem: &Diagnostic) -> String {
    let (line, column) = source.line_and_column(problem.place().start);
    format!("{line}:{column}")
}

#[test]
fn every_invalid_case_gives_its_codes_at_their_places_and_no_other_error() {
    let mut wrong = Vec::new();
    for source in cases("invalid") {
        let expected = announced(&source);
        let found: Vec<(Code, String)> = problems(&source)
            .iter()
            .filter(|problem| {
                problem.level == Level::Error
                    || expected.iter().any(|(code, _)| *code == problem.code)
            })
            .map(|problem| (problem.code, place(&source, problem)))
            .collect();
        let unlike = expected.iter().any(|one| !found.contains(one))
            || found.iter().any(|one| !expected.contains(one));
        if unlike {
            let told: Vec<String> = found
                .iter()
                .map(|(code, place)| format!("{code} {place}"))
                .collect();
            wrong.push(format!("{}: {}", source.name, told.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "found instead:\n{}", wrong.join("\n"));
}

#[test]
fn every_valid_case_gives_no_error() {
    let sources = cases("valid");
    assert!(sources.len() >= 5);
    for source in sources {
        let errors: Vec<String> = problems(&source)
            .into_iter()
            .filter(|problem| problem.level == Level::Error)
            .map(|problem| problem.message)
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", source.name);
    }
}

#[test]
fn every_code_has_an_invalid_case() {
    let shown: BTreeSet<Code> = cases("invalid")
        .iter()
        .flat_map(announced)
        .map(|(code, _)| code)
        .collect();
    let lacking: Vec<&Code> = Code::ALL
        .iter()
        .filter(|code| !shown.contains(code) && !TOO_LARGE_FOR_A_CASE.contains(code))
        .collect();
    assert!(lacking.is_empty(), "no case for {lacking:?}");
}
