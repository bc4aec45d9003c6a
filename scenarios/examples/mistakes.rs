//! Counts how forgotten quotes are told: `cargo run -p hotwash-scenarios --example mistakes`.
//!
//! Every quote of every shipped definition is forgotten once, and one in each of 500 that are generated. A
//! test does the same with a sample (`tests/mistakes`).

#![expect(clippy::disallowed_macros, reason = "an example prints")]

#[path = "../tests/mistakes/generated.rs"]
mod generated;
#[path = "../tests/mistakes/quotes.rs"]
mod quotes;

use generated::{Draws, definition};
use hotwash_scenarios::library;
use quotes::{Told, quotes};

fn main() {
    let mut shipped = Told::default();
    for item in library() {
        for quote in quotes(item.text) {
            shipped.forget(item.file, item.text, quote);
        }
    }
    let mut made = Told::default();
    for number in 0..500 {
        let text = definition(number);
        let all = quotes(&text);
        let quote = all[Draws::of(number + 7_000).below(all.len())];
        made.forget(&format!("generated-{number}.ron"), &text, quote);
    }
    for (name, told) in [("shipped", shipped), ("generated", made)] {
        println!("{name}: {told}");
        for line in told.badly.iter().take(60) {
            println!("    {line}");
        }
    }
}
