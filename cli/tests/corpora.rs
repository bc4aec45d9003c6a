//! Tests against material that this project did not write, in `../shared/corpora`.

use hotwash_scenarios::{Kind, library};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn corpora() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("../../shared/corpora")
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the corpora can be listed") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The files whose names end so.
fn with_extension(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = files(&corpora().join(folder));
    found.retain(|path| path.extension().is_some_and(|e| e == extension));
    assert!(!found.is_empty(), "no .{extension} in {folder}");
    found
}

fn json(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("a file of the corpora is text");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The techniques of ATT&CK that are neither revoked nor deprecated, by id.
fn techniques() -> BTreeMap<String, String> {
    let list = json(&corpora().join("attack/attack-patterns-lookup-v18.1.json"));
    let patterns = list["attack_patterns"].as_array().expect("a list");
    let text = |pattern: &Value, key: &str| pattern[key].as_str().unwrap_or_default().to_owned();
    patterns
        .iter()
        .filter(|pattern| pattern["revoked"] == false && pattern["deprecated"] == false)
        .map(|pattern| (text(pattern, "external_id"), text(pattern, "name")))
        .collect()
}

/// The technique ids that a text quotes, such as `T1021.002`; an address quotes it as `T1021/002`.
fn quoted_techniques(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '/'));
    words
        .filter_map(|word| word.find("T1").map(|at| &word[at..]))
        .filter(|word| word.len() >= 5 && word[1..5].bytes().all(|b| b.is_ascii_digit()))
        .map(|word| word.replace('/', "."))
        .collect()
}

#[test]
fn every_technique_of_the_library_exists() {
    let known = techniques();
    assert!(known.len() > 600, "only {} techniques", known.len());
    for item in library() {
        let quoted = quoted_techniques(item.text);
        for id in &quoted {
            assert!(known.contains_key(id), "{}: {id}", item.file);
        }
        let attacks = matches!(item.kind, Kind::Scenario | Kind::Exercise);
        assert_eq!(
            !quoted.is_empty(),
            attacks || item.id == "marram-street-clinic"
        );
    }
}

#[test]
fn what_looks_like_a_technique_is_found_in_any_quotation() {
    let text = r#"(technique: "T1021.002"), see https://attack.mitre.org/techniques/T1490 and
        https://attack.mitre.org/techniques/T1567/002, not T10 or "T1a""#;
    assert_eq!(quoted_techniques(text), ["T1021.002", "T1490", "T1567.002"]);
}

#[test]
fn every_json_file_of_the_corpora_can_be_parsed() {
    let folders = ["attack", "cacao", "msel", "oscal"];
    for path in folders.iter().flat_map(|f| with_extension(f, "json")) {
        json(&path);
    }
    for path in with_extension("attack-flow", "afb") {
        assert!(json(&path)["schema"].is_string(), "{}", path.display());
    }
}

#[test]
fn every_action_and_playbook_in_yaml_is_text_with_a_title() {
    for path in with_extension("react", "yml") {
        let text = fs::read_to_string(&path).expect("a file of the corpora is text");
        let titled = text.lines().any(|line| line.starts_with("title:"));
        assert!(titled, "{}", path.display());
    }
}

#[test]
fn every_spreadsheet_is_a_zip_archive() {
    for path in with_extension("msel", "xlsx") {
        let bytes = fs::read(&path).expect("a file of the corpora can be read");
        assert!(bytes.starts_with(b"PK\x03\x04"), "{}", path.display());
    }
}

#[test]
fn the_incident_log_has_one_row_per_incident() {
    let text = fs::read_to_string(corpora().join("incident-log/service-desk-incidents.csv"))
        .expect("the log is text");
    let mut rows = text.lines();
    let columns = rows.next().expect("a heading").split(',').count();
    let whole = rows.filter(|row| row.split(',').count() == columns).count();
    assert_eq!(whole, 14_950);
}

#[test]
fn the_plans_in_prose_are_text() {
    for path in with_extension("plans", "md") {
        let text = fs::read_to_string(&path).expect("a file of the corpora is text");
        assert!(!text.trim().is_empty(), "{}", path.display());
    }
}

#[test]
fn any_outside_file_as_a_definition_gives_problems_and_no_panic() {
    let mut tried = 0;
    for path in files(&corpora()) {
        let bytes = fs::read(&path).expect("a file of the corpora can be read");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let source = hotwash_scenarios::Source::new(path.display().to_string(), text);
        let problems =
            hotwash_scenarios::load(&[source]).expect_err("none of them is a definition");
        assert!(!problems.is_empty(), "{}", path.display());
        tried += 1;
    }
    assert!(tried > 50, "only {tried} files");
}
