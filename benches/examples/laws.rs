//! Every law of judging as a table: scenario, change, before, after, interval.
//!
//! `cargo run --release -p hotwash-benches --example laws [LAW] [MOST]` tries the laws in their long form, or
//! those in whose name LAW stands, with at most MOST runs of a comparison (10,000 where nothing is
//! said). With `short` for MOST it tries the form of the tests. It ends with what is not known to fail and does, and with what is and does not; then its exit
//! code is 1.

use hotwash_benches::laws::{LAWS, Lab, Reach, known, table};
use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Instant;

const MOST: u64 = 10_000;

fn main() -> std::io::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let wanted = arguments.next().unwrap_or_default();
    let lab = Lab::new(match arguments.next().as_deref() {
        Some("short") => Reach::TEST,
        most => Reach::Long {
            most: most.and_then(|text| text.parse().ok()).unwrap_or(MOST),
        },
    });
    let mut out = stdout().lock();
    let mut surprises = Vec::new();
    for law in LAWS.iter().filter(|law| law.name.contains(&wanted)) {
        let begun = Instant::now();
        let found = (law.find)(&lab);
        writeln!(out, "\n{}: {}\n", law.name, law.says)?;
        write!(out, "{}", table::HEAD)?;
        for finding in &found {
            write!(out, "{}", table::row(finding))?;
        }
        writeln!(out, "\n{} claims, {:?}", found.len(), begun.elapsed())?;
        surprises.extend(known::surprises(&found, lab.is_long()));
    }
    writeln!(out, "\n{} surprises", surprises.len())?;
    for surprise in &surprises {
        writeln!(out, "{surprise}")?;
    }
    Ok(if surprises.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
