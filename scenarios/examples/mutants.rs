//! Reads definitions that were mutated at random: `cargo run -p hotwash-scenarios --example mutants -- 100000`.
//!
//! Nothing may panic or take long, and no cure may change what was valid. What a cure leads to is counted: with
//! several faults in a file, the next one often shows only once the first is cured.

#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "an example is told how much to do, measures time and prints"
)]

#[path = "../tests/mutated/changes.rs"]
mod changes;

use changes::{apply, changes, overreaches};
use hotwash_scenarios::diagnostic::{Diagnostic, Level};
use hotwash_scenarios::{Source, check, library, read};
use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::env;
use std::time::{Duration, Instant};

/// Everything that is wrong with a text.
fn errors(name: &str, text: &str) -> Vec<Diagnostic> {
    let loaded = read(&[Source::new(name, text)]);
    let mut problems = loaded.problems;
    problems.extend(check(&loaded.definitions));
    problems.retain(|problem| problem.level == Level::Error);
    problems
}

fn main() {
    let count = env::args().nth(1).and_then(|count| count.parse().ok());
    let count: usize = count.unwrap_or(10_000);
    let mut runner = TestRunner::deterministic();
    let strategy = (0_usize..6, vec(changes(), 1..4));
    let (mut slowest, mut cures, mut more) = (Duration::ZERO, 0_usize, 0_usize);
    let mut beyond = Vec::new();
    for number in 0..count {
        let tree = strategy.new_tree(&mut runner).expect("nothing is refused");
        let (file, changes) = tree.current();
        let item = &library()[file % library().len()];
        let mut bytes = item.text.as_bytes().to_vec();
        for change in &changes {
            apply(&mut bytes, change);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let started = Instant::now();
        let found = errors(item.file, &text);
        slowest = slowest.max(started.elapsed());
        for problem in &found {
            beyond.extend(
                overreaches(&text, problem)
                    .map(|what| format!("{number}: {}: {what}", problem.message)),
            );
        }
        let first = found.iter().find(|problem| {
            problem
                .cure
                .as_ref()
                .is_some_and(|cure| !cure.edits.is_empty())
        });
        if let Some(cure) = first.and_then(|problem| problem.cure.as_ref()) {
            let mut edits: Vec<_> = cure.edits.iter().collect();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.place));
            let mut mended = text.clone();
            for edit in edits {
                mended.replace_range(edit.place.range(), &edit.text);
            }
            cures += 1;
            more += usize::from(errors(item.file, &mended).len() > found.len());
        }
    }
    println!("{count} mutated texts were read, the slowest in {slowest:?}");
    println!("{} cures change what was valid", beyond.len());
    println!("{cures} cures applied: after {more} there are more errors than before");
    for what in beyond.iter().take(40) {
        println!("    {what}");
    }
}
