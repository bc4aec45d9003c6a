//! What is planted in the clinic is found, and goes when it is taken away.

use crate::runs::{exercise, judge, run, texts, with};
use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::Exercise;
use std::collections::BTreeMap;

const RUNS: u64 = 12;

fn count(texts: &[hotwash_scenarios::Source]) -> BTreeMap<String, u32> {
    let exercise = exercise(texts);
    let mut all = BTreeMap::new();
    for index in 0..RUNS {
        let evaluation = judge(&exercise, &run(&exercise, index));
        for line in told(&evaluation, &exercise) {
            *all.entry(line).or_insert(0) += 1;
        }
    }
    all
}

fn told(of: &Evaluation, exercise: &Exercise) -> Vec<String> {
    let mut lines: Vec<String> = of.findings.iter().filter(|of| of.cause.is_some()).map(|of| format!("{:?} {:?} {:?}", of.kind, of.cause, of.subject)).collect();
    for phase in &of.main().phases {
        for part in &phase.made_of {
            lines.push(format!("PART {:?} {:?} {:?}", phase.phase, part.category, part.role.map(|r| exercise.role(r).slug.to_string())));
        }
    }
    lines
}

#[test]
fn explore() {
    for scenario in crate::runs::SCENARIOS {
        let base = texts(scenario);
        let before = count(&base);
        for (from, to) in [
            ("after: [\"declare\"], approval: Executive, takes: \"10m to 60m\"", "after: [\"declare\"], takes: \"10m to 60m\""),
            ("function: DataProtection, holders: [\"ines\"]", "function: DataProtection, holders: [\"ines\"], deputies: [\"jonas\", \"tomas\", \"maeve\"]"),
            ("function: BackupOperator, holders: [\"kofi\"]", "function: BackupOperator, holders: [\"felix\"]"),
        ] {
            let after = count(&with(&base, from, to));
            println!("== {scenario}: {from}");
            for (line, n) in &before {
                let m = after.get(line).copied().unwrap_or(0);
                if m != *n && !line.contains("share") { println!("{n:4} -> {m:4} {line}"); }
            }
        }
    }
}
