//! Whether the intervals of shares of time and of how busy roles are hold what they promise.
//!
//! `cargo run --release -p hotwash-benches --example honest_shares [RUNS]` plays one pool of runs of the
//! built-in example, 40,000 where nothing is said, and draws campaigns of several sizes from it with
//! replacement. It is counted in how many of them the interval holds the ratio of sums of the whole pool:
//! of the shares of the time to each phase that make up 2 % of it or more, and of how busy each role is.

use hotwash_benches::{clinic, rows};
use hotwash_engine::campaign::Row;
use hotwash_engine::campaign::statistics::Ratio;
use hotwash_engine::evaluation::Category;
use hotwash_engine::exercise::{Exercise, Identified, Phase, RoleId};
use std::collections::BTreeSet;
use std::io::{Write, stdout};
use std::sync::Arc;

const POOL: u64 = 40_000;
const SIZES: [usize; 3] = [100, 300, 1_000];
/// How many campaigns are drawn of each size.
const DRAWN: u32 = 4_000;
/// Smaller shares are left out.
const LEAST: f64 = 0.02;

/// A part and its whole in each run.
struct Figure {
    name: String,
    pairs: Vec<(i64, i64)>,
}

fn main() -> std::io::Result<()> {
    let asked = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let exercise = clinic();
    let pool = pool(&exercise, asked.unwrap_or(POOL));
    let mut out = stdout().lock();
    writeln!(
        out,
        "| figure | of the pool | 100 runs | 300 runs | 1,000 runs |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- |")?;
    for figure in figures(&exercise, &pool) {
        let truth = Ratio::of(figure.pairs.iter().copied()).value();
        let Some(truth) = truth.filter(|truth| *truth >= LEAST) else {
            continue;
        };
        let held = SIZES.map(|size| format!("{:.1} %", 100.0 * held(&figure.pairs, size, truth)));
        let (name, share) = (figure.name, 100.0 * truth);
        writeln!(out, "| {name} | {share:.1} % | {} |", held.join(" | "))?;
    }
    Ok(())
}

fn pool(exercise: &Arc<Exercise>, runs: u64) -> Vec<Row> {
    let mut pool = Vec::new();
    rows(exercise, 20_262, runs, |row| pool.push(row));
    pool
}

fn figures(exercise: &Exercise, pool: &[Row]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for phase in Phase::ALL.iter().copied() {
        let parts = pool.iter().flat_map(|row| &row.made_of);
        let of_phase = parts.filter(|part| part.phase == phase);
        let categories: BTreeSet<Category> = of_phase.map(|part| part.category).collect();
        let time = |row: &Row, only: Option<Category>| -> i64 {
            let parts = row.made_of.iter().filter(|part| part.phase == phase);
            let parts = parts.filter(|part| only.is_none_or(|only| part.category == only));
            parts.map(|part| part.span.0).sum()
        };
        figures.extend(categories.into_iter().map(|category| {
            Figure {
                name: format!("{phase}, {category:?}"),
                pairs: pool
                    .iter()
                    .map(|row| (time(row, Some(category)), time(row, None)))
                    .collect(),
            }
        }));
    }
    let roles = 0..exercise.organisation().roles.len();
    figures.extend(roles.map(|i| {
        Figure {
            name: format!("busy, {}", RoleId::new(i).slug(exercise.names())),
            pairs: pool
                .iter()
                .map(|row| (row.roles[i].busy.0, row.roles[i].laden.0))
                .collect(),
        }
    }));
    figures
}

/// In which share of the campaigns that are drawn the interval holds the truth.
fn held(pairs: &[(i64, i64)], size: usize, truth: f64) -> f64 {
    let mut state = size as u64;
    let mut held = 0;
    for _ in 0..DRAWN {
        let drawn = (0..size).map(|_| pairs[below(&mut state, pairs.len())]);
        let share = Ratio::of(drawn).share(0.05);
        let interval = share.and_then(|share| share.interval);
        held += u32::from(interval.is_some_and(|it| (it.low..=it.high).contains(&truth)));
    }
    f64::from(held) / f64::from(DRAWN)
}

/// A whole number below `n`, by `SplitMix64`.
fn below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    usize::try_from((u128::from(z) * n as u128) >> 64).unwrap_or(0)
}
