//! How well it is found what is wrong with an organisation and its plan.
//!
//! `cargo run --release -p hotwash-benches --example planted -- [WHAT [SIZE]]`, where WHAT is one of:
//!
//! - `plants`: one weakness is planted in each of 24 generated organisations, of eight kinds: is what mends it
//!   among the first three? SIZE: shared runs, 200 where nothing is said.
//! - `first`: are the first three of a search those of playing every change on many fresh runs, on each shipped
//!   scenario? SIZE: fresh runs, 1,000.
//! - `held`: do the gains that searches print hold the truth? SIZE: searches, each with a seed of its own, 40.
//! - `proposals`: what findings propose, how often it is shown, what it gains, and how many findings a run has.
//!   SIZE: seeds of each shipped scenario, 30.
//! - `verdicts`: changes of which it is known what they do, by the verdict of a comparison. SIZE: pairs, 300.
//!
//! Without any, all are run, which takes hours.

mod first;
mod held;
mod kinds;
mod plants;
mod proposals;
mod search;
mod verdicts;

use std::io::{Result, stdout};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next();
    let size = arguments.next().and_then(|size| size.parse().ok());
    let asked = |name: &str| what.as_deref().is_none_or(|what| what == name);
    let mut out = stdout().lock();
    if asked("plants") {
        plants::print(&mut out, size.unwrap_or(200))?;
    }
    if asked("first") {
        first::print(&mut out, size.unwrap_or(1_000))?;
    }
    if asked("held") {
        held::print(&mut out, size.unwrap_or(40))?;
    }
    if asked("proposals") {
        proposals::print(&mut out, size.unwrap_or(30))?;
    }
    if asked("verdicts") {
        verdicts::print(&mut out, size.unwrap_or(300))?;
    }
    Ok(())
}
