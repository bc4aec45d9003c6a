//! How long `check` and one judged run take as a list of an exercise grows to its limit.
//!
//! `cargo run --release -p hotwash-benches --example limits [KIND ..]` doubles the number of things of each kind up
//! to the limit of a list, and shows for each how long it took to read and check, to play the attack alone, and
//! to simulate and judge one run with its baselines. Times are of the processor. A kind whose last doubling takes
//! more than three times as long is marked; above a minute no more is tried.

mod kinds;

use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use hotwash_scenarios::{Source, Start, bind, check, limits, read, rehearse};
use kinds::{KINDS, Kind};
use std::io::{self, Write, stdout};
use std::sync::Arc;
use std::time::Duration;

/// A time above which nothing larger is tried.
const LONG: Duration = Duration::from_mins(1);
/// How many things of a kind there may be beside those that are counted.
const BESIDE: usize = 66;
/// The smallest number of things.
const LEAST: usize = 512;

fn main() -> io::Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let mut out = stdout().lock();
    writeln!(
        out,
        "| what | number | read and checked | played alone | simulated and judged | events |\n\
         | --- | --- | --- | --- | --- | --- |"
    )?;
    for kind in KINDS {
        if !asked.is_empty() && !asked.iter().any(|name| name == kind.name) {
            continue;
        }
        grow(&mut out, kind)?;
    }
    Ok(())
}

fn grow(out: &mut impl Write, kind: &Kind) -> io::Result<()> {
    let mut before: Option<[Duration; 3]> = None;
    let most = kind.most.min(limits::ITEMS);
    let mut number = LEAST.min(most);
    loop {
        let (took, events) = measure(&(kind.text)(number.saturating_sub(BESIDE)))?;
        let shown: Vec<String> = (0..3)
            .map(|i| {
                let much = before.is_some_and(|before| {
                    took[i] > 3 * before[i] && took[i] > Duration::from_millis(100)
                });
                let mark = if much { " (!)" } else { "" };
                format!("{:.2} s{mark}", took[i].as_secs_f64())
            })
            .collect();
        writeln!(
            out,
            "| {} | {number} | {} | {events} |",
            kind.name,
            shown.join(" | ")
        )?;
        out.flush()?;
        if number >= most || took.iter().any(|took| *took > LONG) {
            return Ok(());
        }
        before = Some(took);
        number = (2 * number).min(most);
    }
}

/// How long an exercise takes to be checked, to be rehearsed, and to be simulated and judged; its events.
fn measure(text: &str) -> io::Result<([Duration; 3], usize)> {
    let started = spent()?;
    let sources = [Source::new("limits.ron", text.to_owned())];
    let loaded = read(&sources);
    let mut problems = loaded.problems;
    problems.extend(check(&loaded.definitions));
    let bound = bind(&loaded.definitions, &Start::default());
    let bound = bound.map_err(|refused| {
        let first = refused.first();
        io::Error::other(first.map_or_else(String::new, |of| of.message.clone()))
    })?;
    let checked = spent()?.saturating_sub(started);

    let started = spent()?;
    rehearse(&loaded.definitions, &bound);
    let rehearsed = spent()?.saturating_sub(started);

    let started = spent()?;
    let exercise = Arc::new(bound.exercise);
    let play = |policy| {
        let setup = Setup::of(1, 0).with_policy(policy);
        simulate(&exercise, &setup, Provenance::default())
    };
    let record = play(Policy::People);
    let (no_response, ideal) = (play(Policy::NoResponse), play(Policy::Ideal));
    let baselines = Baselines {
        no_response: Some(&no_response),
        ideal: Some(&ideal),
    };
    let judged = evaluate(&exercise, &record, baselines);
    std::hint::black_box(judged);
    Ok((
        [checked, rehearsed, spent()?.saturating_sub(started)],
        record.entries.len(),
    ))
}

/// The time of the processor that this process has spent. It reads `/proc`, so it needs Linux.
fn spent() -> io::Result<Duration> {
    let said = std::fs::read_to_string("/proc/self/schedstat")?;
    let first = said.split_whitespace().next().unwrap_or_default();
    first
        .parse()
        .map(Duration::from_nanos)
        .map_err(io::Error::other)
}
