//! Golden records: the same definitions, seed and run give the same bytes, here and anywhere.
//!
//! `golden.txt` holds the SHA-256 of the record of each shipped scenario. A change of the rules
//! changes them; then the change log of `docs/semantics.md` needs a line that names the rule and the
//! first eight digits of the new file's own hash, which is what the second test asks for.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const SCENARIOS: [&str; 3] = [
    "invoice-fraud",
    "ransomware-friday-evening",
    "supplier-data-leak",
];

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes what is written");
        text
    })
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.txt")
}

fn record(scenario: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("record.jsonl");
    let mut command = assert_cmd::Command::cargo_bin("hotwash").expect("the binary is built");
    command
        .env_clear()
        .current_dir(folder.path())
        .args([
            "simulate",
            scenario,
            "--seed",
            "1",
            "--run",
            "0",
            "--no-advice",
            "--record",
        ])
        .arg(&path)
        .assert()
        .success();
    std::fs::read(&path).expect("the record was written")
}

#[test]
fn the_records_of_the_shipped_scenarios_are_what_they_were() {
    let lines: Vec<String> = SCENARIOS
        .iter()
        .map(|scenario| format!("{} {scenario}", hex(&record(scenario))))
        .collect();
    let now = lines.join("\n") + "\n";
    if std::env::var_os("HOTWASH_BLESS").is_some() {
        std::fs::write(golden(), &now).expect("the file can be written");
    }
    let before = std::fs::read_to_string(golden()).expect("the golden hashes are committed");
    assert_eq!(
        now, before,
        "the rules have changed: name the rule in the change log of docs/semantics.md and run this test with HOTWASH_BLESS=1"
    );
}

#[test]
fn the_change_log_of_the_rules_names_the_golden_records() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace");
    let rules =
        std::fs::read_to_string(root.join("docs/semantics.md")).expect("the rules are written");
    let log = rules
        .split("## Change log of the rules")
        .nth(1)
        .expect("the rules have a change log");
    let last = log
        .lines()
        .rfind(|line| line.starts_with("- "))
        .expect("the change log has a line");
    let golden = std::fs::read(golden()).expect("the golden hashes are committed");
    let fingerprint = &hex(&golden)[..8];
    assert!(
        last.contains(fingerprint),
        "the last line of the change log does not name {fingerprint}"
    );
}
