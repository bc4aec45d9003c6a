//! One mistake is one error, at its place.
//!
//! The whole of what is sampled here is counted by `--example mistakes`.

mod generated;
mod ids;
mod quotes;

use generated::{Draws, definition};
use hotwash_scenarios::{Source, library, read};
use quotes::{Told, quotes};

/// Of the quotes of the shipped files, every so many is forgotten.
const STRIDE: usize = 17;
/// So many generated files lose a quote each.
const FILES: u64 = 120;

/// The share, in percent, in which the first error stands on the line of the quote.
const FIRST: usize = 95;
/// The share in which it is one error.
const ONE: usize = 90;

fn holds(told: &Told) {
    let told_well = told.first * 100 >= told.of * FIRST && told.one * 100 >= told.of * ONE;
    assert!(told.of >= 100 && told_well, "{told}\n{:#?}", told.badly);
}

#[test]
fn what_is_generated_is_sound() {
    for number in 0..500 {
        let text = definition(number);
        let problems = read(&[Source::new("generated.ron", text.clone())]).problems;
        assert!(problems.is_empty(), "{number}: {problems:#?}\n{text}");
    }
}

#[test]
fn a_forgotten_quote_is_one_error_on_its_line() {
    let mut shipped = Told::default();
    for item in library() {
        for quote in quotes(item.text).into_iter().step_by(STRIDE) {
            shipped.forget(item.file, item.text, quote);
        }
    }
    holds(&shipped);
}

#[test]
fn a_forgotten_quote_of_any_layout_is_one_error_on_its_line() {
    let mut made = Told::default();
    for number in 0..FILES {
        let text = definition(number);
        let all = quotes(&text);
        let quote = all[Draws::of(number + 7_000).below(all.len())];
        made.forget(&format!("generated-{number}.ron"), &text, quote);
    }
    holds(&made);
}
