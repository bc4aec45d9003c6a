//! Whether the intervals of a campaign hold what they promise.
//!
//! `cargo run --release -p hotwash-benches --example honest_intervals [RUNS]` plays one pool of runs of
//! a small exercise, 1,200,000 where nothing is said, and as many of the same exercise with one task
//! that takes twice as long. It is counted in how many campaigns each kind of interval holds the figure
//! of the whole pool, and in how many it lies wholly below or above it: first the pool is cut into
//! campaigns of 300, then campaigns of several sizes are drawn from it by chance, so many that the
//! error of the count is small.

use hotwash_benches::{one_screen, rows};
use hotwash_engine::campaign::statistics::{
    Chance, Interval, NEVER, Paired, Sums, binomial_at_most, quantile, student_quantile,
};
use hotwash_engine::campaign::{Change, Factor};
use hotwash_engine::exercise::{BasisPoints, Exercise, Identified, Phase, Span, TaskId};
use std::io::{Write, stdout};
use std::sync::Arc;

const POOL: u64 = 1_200_000;
const CAMPAIGN: usize = 300;
/// How many campaigns are drawn.
const DRAWN: u32 = 100_000;

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
    let first = seen(&exercise, runs);
    let pool: Vec<(Seen, Seen)> = first.into_iter().zip(seen(&slower, runs)).collect();
    let mut out = stdout().lock();
    writeln!(
        out,
        "| interval | campaigns | promised | held | too low | too high | standard error |\n\
         | --- | --- | --- | --- | --- | --- | --- |"
    )?;
    let mut line =
        |name: &str, promised: f64, count: &Count| writeln!(out, "{}", count.row(name, promised));
    let cut = || pool.chunks_exact(CAMPAIGN).map(<[_]>::to_vec);
    line("mean score", 0.95, &means(&pool, cut(), mean))?;
    line(
        "Wilson, Response in time",
        promised(&pool),
        &chances(&pool, cut()),
    )?;
    for share in [1_000, 5_000, 9_000] {
        let name = format!(
            "order statistics, {} % point of the time to Response",
            share / 100
        );
        line(&name, 0.95, &quantiles(&pool, cut(), BasisPoints(share)))?;
    }
    line(
        "paired difference of scores",
        0.95,
        &differences(&pool, cut()),
    )?;
    for size in [50, 100, CAMPAIGN, 1_000] {
        let drawn = || drawn(&pool, size);
        line(
            &format!("mean score, {size} runs drawn"),
            0.95,
            &means(&pool, drawn(), mean),
        )?;
        line(
            &format!("Student's, {size} runs drawn"),
            0.95,
            &means(&pool, drawn(), students),
        )?;
        line(
            &format!("paired difference, {size} runs drawn"),
            0.95,
            &differences(&pool, drawn()),
        )?;
    }
    for points in [100.0, 50.0] {
        let name = format!("mean score, drawn until sure to {} points", points / 100.0);
        line(&name, 0.95, &until(&pool, points))?;
    }
    Ok(())
}

fn seen(exercise: &Arc<Exercise>, runs: u64) -> Vec<Seen> {
    let mut pool = Vec::new();
    rows(exercise, 20_261, runs, |row| {
        let response = &row.phases[Phase::Response.index()];
        pool.push(Seen {
            score: row.score.map_or(0, |score| i64::from(score.carried_out.0)),
            in_time: response.in_time == Some(true),
            time: response.taken().unwrap_or(NEVER),
        });
    });
    pool
}

/// Where intervals lay.
#[derive(Default)]
struct Count {
    of: u32,
    held: u32,
    low: u32,
    high: u32,
}

impl Count {
    fn of(intervals: impl Iterator<Item = Option<Interval>>, truth: f64) -> Self {
        let mut count = Self::default();
        for interval in intervals {
            count.of += 1;
            let Some(interval) = interval else { continue };
            count.low += u32::from(interval.high < truth);
            count.high += u32::from(interval.low > truth);
            count.held += u32::from(holds(interval, truth));
        }
        count
    }

    fn row(&self, name: &str, promised: f64) -> String {
        let share = |part: u32| f64::from(part) / f64::from(self.of);
        let held = share(self.held);
        let error = (held * (1.0 - held) / f64::from(self.of)).sqrt();
        let [promised, held, low, high, error] =
            [promised, held, share(self.low), share(self.high), error].map(|part| 100.0 * part);
        format!(
            "| {name} | {} | {promised:.1} % | {held:.2} % | {low:.2} % | {high:.2} % | {error:.2} % |",
            self.of
        )
    }
}

fn holds(interval: Interval, truth: f64) -> bool {
    (interval.low..=interval.high).contains(&truth)
}

/// Runs of the exercise and of the slower one, on the same draws.
type Runs = Vec<(Seen, Seen)>;

/// A whole number below `n`, by `SplitMix64`.
fn below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    usize::try_from((u128::from(z) * n as u128) >> 64).unwrap_or(0)
}

/// Campaigns of so many runs each, drawn from the pool with replacement.
fn drawn(pool: &[(Seen, Seen)], size: usize) -> impl Iterator<Item = Runs> {
    let mut state = size as u64;
    (0..DRAWN).map(move |_| {
        (0..size)
            .map(|_| pool[below(&mut state, pool.len())])
            .collect()
    })
}

fn scores(runs: &[(Seen, Seen)]) -> Sums {
    Sums::of(runs.iter().map(|(run, _)| run.score))
}

fn mean(sums: Sums) -> Option<Interval> {
    sums.estimate(0.05)?.interval
}

/// Student's own interval, for comparison.
fn students(sums: Sums) -> Option<Interval> {
    let n = f64::from(u32::try_from(sums.n()).ok()?);
    let (value, error) = (sums.mean()?, (sums.variance()? / n).sqrt());
    let half = student_quantile(0.05, n - 1.0) * error;
    Some(Interval {
        low: value - half,
        high: value + half,
    })
}

fn means(
    pool: &[(Seen, Seen)],
    campaigns: impl Iterator<Item = Runs>,
    interval: impl Fn(Sums) -> Option<Interval>,
) -> Count {
    let truth = scores(pool).mean().unwrap_or(0.0);
    Count::of(campaigns.map(|runs| interval(scores(&runs))), truth)
}

fn in_time(runs: &[(Seen, Seen)]) -> Chance {
    let mut chance = Chance::default();
    for (run, _) in runs {
        chance.add(run.in_time);
    }
    chance
}

fn chances(pool: &[(Seen, Seen)], campaigns: impl Iterator<Item = Runs>) -> Count {
    let truth = in_time(pool).value().unwrap_or(0.0);
    Count::of(campaigns.map(|runs| in_time(&runs).interval()), truth)
}

/// What Wilson's interval covers exactly at the pool's chance.
fn promised(pool: &[(Seen, Seen)]) -> f64 {
    let truth = in_time(pool).value().unwrap_or(0.0);
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
    covering.map(exactly).sum()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is lost is far below a millisecond's weight"
)]
fn quantiles(
    pool: &[(Seen, Seen)],
    campaigns: impl Iterator<Item = Runs>,
    at: BasisPoints,
) -> Count {
    let of = |runs: &[(Seen, Seen)]| {
        let mut times: Vec<Span> = runs.iter().map(|(run, _)| run.time).collect();
        times.sort_unstable();
        quantile(&times, at)
    };
    let truth = of(pool).map_or(NEVER, |of| of.value);
    let interval = |runs: Runs| {
        let (low, high) = of(&runs)?.interval?;
        Some(Interval {
            low: low.0 as f64,
            high: high.0 as f64,
        })
    };
    Count::of(campaigns.map(interval), truth.0 as f64)
}

fn differences(pool: &[(Seen, Seen)], campaigns: impl Iterator<Item = Runs>) -> Count {
    let paired = |runs: &[(Seen, Seen)]| {
        Paired::of(runs.iter().map(|(a, b)| (a.score, b.score))).estimate(0.05)
    };
    let truth = paired(pool).map_or(0.0, |mean| mean.value);
    Count::of(campaigns.map(|runs| paired(&runs)?.interval), truth)
}

/// Campaigns that end at the first look at which the mean is sure to so many basis points.
fn until(pool: &[(Seen, Seen)], points: f64) -> Count {
    let truth = scores(pool).mean().unwrap_or(0.0);
    let mut state = 1;
    let campaigns = (0..DRAWN).map(|_| {
        let (mut sums, mut look) = (Sums::default(), 256);
        loop {
            while sums.n() < look {
                sums.add(pool[below(&mut state, pool.len())].0.score);
            }
            let mean = sums.estimate(0.05)?;
            let interval = mean.interval?;
            if interval.reach(mean.value) <= points || look >= 1 << 16 {
                return Some(interval);
            }
            look *= 2;
        }
    });
    Count::of(campaigns, truth)
}
