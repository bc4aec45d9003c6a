//! What the README tells people to type works.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A fenced block of the README.
struct Block {
    line: usize,
    language: String,
    text: String,
}

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    fs::read_to_string(path).expect("there is a README")
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
    for block in blocks(&readme()) {
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
