//! The page of limits says what the code holds.

use hotwash_scenarios::limits;

/// The page for people.
const PAGE: &str = include_str!("../../docs/limits.md");
/// The constants.
const CODE: &str = include_str!("../src/limits.rs");

/// The names of the constants in the code.
fn names() -> Vec<&'static str> {
    let lines = CODE
        .lines()
        .filter_map(|line| line.strip_prefix("pub const "));
    lines.filter_map(|line| line.split(':').next()).collect()
}

/// What the page says of a constant.
fn said(name: &str) -> Option<u64> {
    let row = PAGE
        .lines()
        .find(|line| line.ends_with(&format!("| `{name}` |")))?;
    let number = row.split('|').nth(2)?.trim().replace(',', "");
    number.parse().ok()
}

#[test]
fn each_limit_stands_on_the_page_as_it_is() {
    let held: [(&str, u64); 14] = [
        ("FILE_BYTES", limits::FILE_BYTES as u64),
        ("TOKENS", limits::TOKENS as u64),
        ("DEPTH", limits::DEPTH as u64),
        ("PROBLEMS_PER_FILE", limits::PROBLEMS_PER_FILE as u64),
        ("FILES", limits::FILES as u64),
        ("ITEMS", limits::ITEMS as u64),
        ("DAYS", limits::DAYS.unsigned_abs()),
        ("REPAIR_TOKENS", limits::REPAIR_TOKENS as u64),
        ("REPAIR_WINDOW", limits::REPAIR_WINDOW as u64),
        ("REPAIR_TRIES", limits::REPAIR_TRIES as u64),
        ("REPAIRS", limits::REPAIRS as u64),
        ("REPAIR_WORK", limits::REPAIR_WORK as u64),
        ("REHEARSAL_ENTRIES", u64::from(limits::REHEARSAL_ENTRIES)),
        ("MESSAGES", limits::MESSAGES),
    ];
    for (name, value) in held {
        assert_eq!(said(name), Some(value), "{name}");
    }
    let all: Vec<&str> = held.iter().map(|(name, _)| *name).collect();
    for name in names() {
        assert!(all.contains(&name), "`{name}` is not held against the page");
    }
}
