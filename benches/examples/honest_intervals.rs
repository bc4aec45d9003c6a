//! Whether the intervals of a campaign hold what they promise.
//!
//! `cargo run --release -p hotwash-benches --example honest_intervals [RUNS]` plays one pool of runs of
//! a small exercise, 1,200,000 where nothing is said, and as many of the same exercise with one task
//! that takes twice as long. The pool is cut into campaigns of 300, and for each kind of interval it is
//! counted in how many of them the figure of the whole pool lies.

use hotwash_benches::one_screen;
use hotwash_engine::campaign::statistics::{
    Chance, Interval, NEVER, Paired, Sums, binomial_at_most, quantile,
};
use hotwash_engine::campaign::{Change, Factor, Hours, Order, run};
use hotwash_engine::exercise::{BasisPoints, Exercise, Identified, Phase, Span, TaskId};
use std::io::{Write, stdout};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const POOL: u64 = 1_200_000;
const CAMPAIGN: usize = 300;
/// A campaign until an error is cut from a block of so many runs.
const BLOCK: usize = 4_096;

/// What is looked at in a run.
#[derive(Clone, Copy)]
struct Seen {
    score: i64,
    in_time: bool,
    time: Span,
}

fn main() -> std::io::Result<()> {
    let asked = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let runs = asked.unwrap_or(POOL);
    let exercise = one_screen();
    let triage = TaskId::find(exercise.names(), "triage").expect("the exercise has a triage");
    let slower = Change::Task(triage, Factor::Twice).made(&exercise);
    let slower = slower.expect("twice the time is a time");
    let (pool, other) = (seen(&exercise, runs), seen(&slower, runs));
    let mut out = stdout().lock();
    writeln!(out, "| interval | promised | held | standard error |")?;
    writeln!(out, "| --- | --- | --- | --- |")?;
    let mut line = |name: &str, promised: f64, (held, of): (usize, usize)| {
        let share = part(held, of);
        let error = (share * (1.0 - share) / part(of, 1)).sqrt();
        writeln!(
            out,
            "| {name} | {:.2} % | {:.2} % of {of} | {:.2} % |",
            100.0 * promised,
            100.0 * share,
            100.0 * error
        )
    };
    line("t, mean score", 0.95, means(&pool))?;
    let (promised, held) = chances(&pool);
    line("Wilson, Response in time", promised, held)?;
    for share in [1_000, 5_000, 9_000] {
        let name = format!(
            "order statistics, {} % point of the time to Response",
            share / 100
        );
        line(&name, 0.95, quantiles(&pool, BasisPoints(share)))?;
    }
    line("t, mean score, until sure to 1 point", 0.95, until(&pool))?;
    line(
        "t, paired difference of scores",
        0.95,
        differences(&pool, &other),
    )
}

fn seen(exercise: &Arc<Exercise>, runs: u64) -> Vec<Seen> {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed: 20_261,
        runs: 0..runs,
        hours: Hours::AsScripted,
        threads: std::thread::available_parallelism().map_or(1, Into::into),
    };
    let mut pool = Vec::new();
    run(&order, &AtomicBool::new(false), |row| {
        let response = &row.phases[Phase::Response.index()];
        pool.push(Seen {
            score: row.score.map_or(0, |score| i64::from(score.before_gates.0)),
            in_time: response.in_time == Some(true),
            time: response.taken().unwrap_or(NEVER),
        });
    });
    pool
}

#[expect(clippy::cast_precision_loss, reason = "counts of runs are small")]
fn part(count: usize, of: usize) -> f64 {
    count as f64 / of as f64
}

fn holds(interval: Interval, truth: f64) -> bool {
    (interval.low..=interval.high).contains(&truth)
}

/// In how many campaigns something holds, of how many.
fn counted(pool: &[Seen], holds: impl Fn(&[Seen]) -> bool) -> (usize, usize) {
    let campaigns = pool.chunks_exact(CAMPAIGN);
    let of = campaigns.len();
    (campaigns.filter(|campaign| holds(campaign)).count(), of)
}

fn scores(runs: &[Seen]) -> Sums {
    Sums::of(runs.iter().map(|run| run.score))
}

fn mean_holds(sums: Sums, truth: f64) -> bool {
    let interval = sums.estimate(0.05).and_then(|mean| mean.interval);
    interval.is_some_and(|interval| holds(interval, truth))
}

fn means(pool: &[Seen]) -> (usize, usize) {
    let truth = scores(pool).mean().unwrap_or(0.0);
    counted(pool, |campaign| mean_holds(scores(campaign), truth))
}

/// What Wilson's interval covers exactly at the pool's chance, and what it covered.
fn chances(pool: &[Seen]) -> (f64, (usize, usize)) {
    let chance = |runs: &[Seen]| {
        let mut chance = Chance::default();
        for run in runs {
            chance.add(run.in_time);
        }
        chance
    };
    let truth = chance(pool).value().unwrap_or(0.0);
    let n = CAMPAIGN as u64;
    let covering = (0..=n).filter(|hits| {
        let interval = Chance { hits: *hits, n }.interval();
        interval.is_some_and(|interval| holds(interval, truth))
    });
    let exactly = |hits: u64| {
        let below = if hits == 0 {
            0.0
        } else {
            binomial_at_most(hits - 1, n, truth)
        };
        binomial_at_most(hits, n, truth) - below
    };
    let held = counted(pool, |campaign| {
        let interval = chance(campaign).interval();
        interval.is_some_and(|interval| holds(interval, truth))
    });
    (covering.map(exactly).sum(), held)
}

fn quantiles(pool: &[Seen], at: BasisPoints) -> (usize, usize) {
    let sorted = |runs: &[Seen]| {
        let mut times: Vec<Span> = runs.iter().map(|run| run.time).collect();
        times.sort_unstable();
        times
    };
    let truth = quantile(&sorted(pool), at).map_or(NEVER, |of| of.value);
    counted(pool, |campaign| {
        let of = quantile(&sorted(campaign), at).and_then(|of| of.interval);
        of.is_some_and(|(low, high)| (low..=high).contains(&truth))
    })
}

/// Campaigns that end at the first look at which the mean is sure to one point.
fn until(pool: &[Seen]) -> (usize, usize) {
    let truth = scores(pool).mean().unwrap_or(0.0);
    let blocks = pool.chunks_exact(BLOCK);
    let of = blocks.len();
    let held = blocks.filter(|block| {
        let looks = [256, 512, 1_024, 2_048, BLOCK].map(|runs| scores(&block[..runs]));
        let sure = |sums: &Sums| {
            let interval = sums.estimate(0.05).and_then(|mean| mean.interval);
            interval.is_some_and(|interval| interval.half() <= 100.0)
        };
        let last = looks.iter().find(|sums| sure(sums)).unwrap_or(&looks[4]);
        mean_holds(*last, truth)
    });
    (held.count(), of)
}

fn differences(pool: &[Seen], other: &[Seen]) -> (usize, usize) {
    let paired =
        |a: &[Seen], b: &[Seen]| Paired::of(a.iter().zip(b).map(|(a, b)| (a.score, b.score)));
    let truth = paired(pool, other)
        .estimate(0.05)
        .map_or(0.0, |mean| mean.value);
    let campaigns = pool
        .chunks_exact(CAMPAIGN)
        .zip(other.chunks_exact(CAMPAIGN));
    let of = campaigns.len();
    let held = campaigns.filter(|(a, b)| {
        let mean = paired(a, b).estimate(0.05);
        mean.and_then(|mean| mean.interval)
            .is_some_and(|it| holds(it, truth))
    });
    (held.count(), of)
}
