//! What the README and the documentation tell people to type works.

use assert_cmd::Command;
use hotwash_scenarios::diagnostic::{Look, reference, render};
use hotwash_scenarios::{Kind, Source, Start, actions, find, language_page, load, ready};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A fenced block of the README.
struct Block {
    line: usize,
    language: String,
    text: String,
}

fn page(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the crate lies in the workspace")
}

/// The README and every page of the documentation.
fn pages() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("docs")).expect("there is documentation");
    let pages = folder.map(|entry| entry.expect("it can be listed").path());
    let mut pages: Vec<PathBuf> = pages
        .filter(|page| page.extension() == Some("md".as_ref()))
        .collect();
    pages.push(root().join("README.md"));
    pages
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block {
                    line: index + 1,
                    language: language.to_owned(),
                    text: String::new(),
                });
            }
            (None, Some(block)) => block.text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence of the README is not closed");
    found
}

/// What the built binary is asked for by a line of a console block; `None` for what is no command of
/// it, such as `./test`.
fn arguments(line: &str) -> Option<Vec<&str>> {
    let command = line.strip_prefix("$ ")?.split('#').next()?.trim();
    let command = command.strip_prefix("cargo run --release").map_or_else(
        || command.strip_prefix("hotwash"),
        |rest| Some(rest.trim_start().strip_prefix("--").unwrap_or(rest)),
    )?;
    Some(command.split_whitespace().collect())
}

#[test]
fn the_commands_of_the_readme_run_in_their_order() {
    let folder = TempDir::new().expect("a folder for the test");
    let mut run = 0;
    for block in blocks(&page(&root().join("README.md"))) {
        if block.language != "console" {
            continue;
        }
        for arguments in block.text.lines().filter_map(arguments) {
            let output = Command::cargo_bin("hotwash")
                .expect("the binary was built for this test")
                .current_dir(folder.path())
                .env_clear()
                .env("COLUMNS", "80")
                .args(&arguments)
                .output()
                .expect("the binary runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success(),
                "line {}: {arguments:?}: {said}",
                block.line
            );
            run += 1;
        }
    }
    assert!(run > 0, "the README shows no command");
}

/// Run with `INSTA_UPDATE=always` to accept another look.
#[test]
fn the_campaign_of_the_readme_is_what_the_binary_prints() {
    let path = root().join("README.md");
    let readme = page(&path);
    let shown = blocks(&readme)
        .into_iter()
        .find(|block| block.text.starts_with("CAMPAIGN"));
    let shown = shown.expect("the README shows a campaign").text;
    let folder = TempDir::new().expect("a folder for the test");
    let output = Command::cargo_bin("hotwash")
        .expect("the binary was built for this test")
        .current_dir(folder.path())
        .env_clear()
        .envs([("COLUMNS", "80"), ("NO_COLOR", "1"), ("LANG", "C.UTF-8")])
        .arg("campaign")
        .output()
        .expect("the binary runs");
    let printed = String::from_utf8(output.stdout).expect("output is text");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, readme.replacen(&shown, &printed, 1)).expect("the README can be written");
        return;
    }
    assert!(
        printed == shown,
        "the README shows another campaign than this; accept it with INSTA_UPDATE=always:\n{printed}"
    );
}

#[test]
fn every_definition_that_is_shown_can_be_used() {
    let shipped = [
        (Kind::Organisation, "marram-street-clinic"),
        (Kind::Plan, "clinic-response-plan"),
        (Kind::Scenario, "ransomware-friday-evening"),
    ];
    let shipped = shipped.map(|(kind, id)| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    });
    let ready = ready(&shipped, &Start::default()).expect("what ships can be played");
    let exercise = ready.bound.exercise;
    let mut shown = 0;
    for path in pages() {
        for block in blocks(&page(&path))
            .into_iter()
            .filter(|block| block.language == "ron")
        {
            let source = Source::new(format!("{}:{}", path.display(), block.line), block.text);
            let outcome = if source.text.starts_with("Actions(") {
                actions(&source, &exercise).map(|_| ())
            } else {
                load(std::slice::from_ref(&source)).map(|_| ())
            };
            let told =
                |problems: &[_]| render(problems, std::slice::from_ref(&source), Look::default());
            outcome.unwrap_or_else(|problems| panic!("{}", told(&problems)));
            shown += 1;
        }
    }
    assert!(shown >= 2, "only {shown} definitions are shown");
}

/// Run with `INSTA_UPDATE=always` to accept a change of the list.
#[test]
fn the_page_of_diagnostics_is_made_from_their_list() {
    let path = root().join("docs/diagnostics.md");
    let made = reference();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &made).expect("the page can be written");
    }
    assert!(
        page(&path) == made,
        "docs/diagnostics.md is not what the list of codes says"
    );
}

/// Run with `INSTA_UPDATE=always` to accept a change of the language.
#[test]
fn the_page_of_the_language_is_made_from_its_declarations() {
    let path = root().join("docs/language.md");
    let made = language_page();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &made).expect("the page can be written");
    }
    assert!(
        page(&path) == made,
        "docs/language.md is not what the declarations say; accept it with INSTA_UPDATE=always"
    );
}

#[test]
fn what_the_page_from_plan_says_to_write_occurs_in_its_exercise() {
    let text = page(&root().join("docs/from-plan.md"));
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let exercise = blocks(&text).pop().expect("the page shows an exercise");
    let exercise = squeezed(&exercise.text);
    let mut rows = 0;
    for line in text.lines().filter(|line| line.starts_with("| \"")) {
        let written = line.split(" | ").nth(1).expect("a row has three cells");
        let written = written.trim().trim_matches('`');
        assert!(exercise.contains(&squeezed(written)), "{written}");
        rows += 1;
    }
    assert!(rows > 25, "only {rows} rows");
}

#[test]
fn every_page_that_is_linked_exists() {
    for path in pages() {
        let text = page(&path);
        let folder = path.parent().expect("a page lies in a folder");
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let file = target.split('#').next().unwrap_or_default();
            assert!(
                folder.join(file).exists(),
                "{} links {target}",
                path.display()
            );
        }
    }
}

#[test]
fn console_lines_map_to_arguments() {
    assert_eq!(arguments("$ cargo run --release"), Some(vec![]));
    assert_eq!(
        arguments("$ cargo run --release -- library"),
        Some(vec!["library"])
    );
    let verify = Some(vec!["verify", "r.jsonl"]);
    assert_eq!(arguments("$ hotwash verify r.jsonl   # why"), verify);
    assert_eq!(arguments("$ ./test"), None);
    assert_eq!(arguments("output"), None);
}
