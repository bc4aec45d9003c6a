//! Findings as a table for people.

use super::claim::Finding;
use std::fmt::Write as _;

/// The head of the table.
pub const HEAD: &str = "| law | scenario | change | claim | before | after | interval of the difference | runs | holds | note |\n\
     | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";

/// A row.
pub fn row(finding: &Finding) -> String {
    let interval = match finding.interval {
        Some(it) => format!("{:+.2} to {:+.2}", it.low, it.high),
        None => "each run".to_owned(),
    };
    let mut row = String::new();
    writeln!(
        row,
        "| {} | {} | {} | {} | {:.2} | {:.2} | {interval} | {} | {} | {} |",
        finding.law,
        finding.scenario,
        finding.change,
        finding.claim,
        finding.before,
        finding.after,
        finding.runs,
        if finding.holds { "yes" } else { "NO" },
        finding.note,
    )
    .expect("a text takes every line");
    row
}
