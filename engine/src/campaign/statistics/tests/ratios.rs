//! Ratios of sums and their intervals.

use super::near;
use crate::campaign::statistics::{Interval, Mean, Ratio, Sums, float, student_quantile};

/// A whole number below `n`, by `SplitMix64`.
fn below(state: &mut u64, n: u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((u128::from(z ^ (z >> 31)) * u128::from(n)) >> 64) as u64
}

/// Runs of up to a week, some without any time, in which a part is a share that grows with the length,
/// and in half of the others nothing.
fn runs(state: &mut u64, n: usize) -> Vec<(i64, i64)> {
    const WEEK: u64 = 7 * 24 * 3_600_000;
    let mut run = || {
        let whole = below(state, WEEK) * below(state, WEEK) / WEEK;
        let part = whole * (WEEK / 4 + below(state, WEEK / 2) + whole / 4) / WEEK;
        match below(state, 8) {
            0 => (0, 0),
            1..=3 => (0, whole as i64),
            _ => (part as i64, whole as i64),
        }
    };
    (0..n).map(|_| run()).collect()
}

fn number(n: i64) -> f64 {
    float(i128::from(n))
}

/// The ratio and its standard error from what is left of each run, in floats.
fn by_residuals(pairs: &[(i64, i64)]) -> (f64, f64, f64) {
    let pairs: Vec<(f64, f64)> = pairs
        .iter()
        .filter(|(_, whole)| *whole > 0)
        .map(|(part, whole)| (number(*part), number(*whole)))
        .collect();
    let n = float(pairs.len() as i128);
    let whole: f64 = pairs.iter().map(|(_, whole)| whole).sum();
    let ratio = pairs.iter().map(|(part, _)| part).sum::<f64>() / whole;
    let squares = pairs.iter().map(|(part, whole)| {
        let left = part - ratio * whole;
        left * left
    });
    let variance = squares.sum::<f64>() / (n - 1.0) / n;
    (ratio, libm::sqrt(variance) / (whole / n), n)
}

fn ends(mean: Option<Mean>) -> Interval {
    mean.unwrap().interval.unwrap()
}

#[test]
fn the_error_of_a_ratio_is_that_of_what_it_leaves_of_each_run() {
    let mut state = 3;
    for n in [2, 3, 10, 100, 2_000] {
        let pairs = [runs(&mut state, n), vec![(5, 9), (1, 7)]].concat();
        let ratio = Ratio::of(pairs.iter().copied());
        let (value, error, n) = by_residuals(&pairs);
        let half = student_quantile(0.05, n - 1.0) * error;
        let share = ratio.share(0.05).unwrap();
        near(share.value, value, 1e-12);
        near(float(i128::from(share.n)), n, 0.0);
        let odds = |share: f64| libm::log(share / (1.0 - share));
        let reach = half / value / (1.0 - value);
        near(odds(ends(Some(share)).high) - odds(value), reach, 1e-6);
        near(odds(value) - odds(ends(Some(share)).low), reach, 1e-6);
        let quotient = ends(ratio.quotient(0.05));
        near(libm::log(quotient.high / value), half / value, 1e-6);
        near(libm::log(value / quotient.low), half / value, 1e-6);
    }
}

#[test]
fn the_error_of_a_ratio_is_that_of_drawing_its_runs_anew() {
    let mut state = 11;
    let pairs = runs(&mut state, 300);
    let (_, error, _) = by_residuals(&pairs);
    let mut drawn = Sums::default();
    for _ in 0..2_000 {
        let again = (0..pairs.len()).map(|_| pairs[below(&mut state, 300) as usize]);
        drawn.add((1e9 * Ratio::of(again).value().unwrap()) as i64);
    }
    let deviation = libm::sqrt(drawn.variance().unwrap()) / 1e9;
    near(deviation / error, 1.0, 0.06);
}

#[test]
fn intervals_of_shares_and_quotients_hold_what_they_promise() {
    let mut state = 5;
    let pool = runs(&mut state, 20_000);
    let truth = Ratio::of(pool.iter().copied()).value().unwrap();
    for size in [50, 300] {
        let (mut shares, mut quotients) = ((0, 0), (0, 0));
        for _ in 0..2_000 {
            let drawn = (0..size).map(|_| pool[below(&mut state, 20_000) as usize]);
            let ratio = Ratio::of(drawn);
            for (found, missed) in [
                (ratio.share(0.05), &mut shares),
                (ratio.quotient(0.05), &mut quotients),
            ] {
                let interval = ends(found);
                missed.0 += u32::from(interval.high < truth);
                missed.1 += u32::from(interval.low > truth);
            }
        }
        // 100 of 2,000 miss it, with a standard error of 10; of few runs, which hold few of the long ones,
        // some more.
        let most = if size == 50 { 150 } else { 130 };
        for (low, high) in [shares, quotients] {
            assert!((70..=most).contains(&(low + high)), "{low} {high}");
            assert!(low > 0 && high > 0, "{low} {high}");
        }
    }
}

#[test]
fn a_ratio_depends_on_its_runs_alone() {
    let mut state = 8;
    let pairs = runs(&mut state, 200);
    let ratio = Ratio::of(pairs.iter().copied());
    assert_eq!(ratio, Ratio::of(pairs.iter().rev().copied()));
    // A run in which there is nothing says nothing, and parts of nothing need not be counted.
    let empty = pairs.iter().copied().chain([(0, 0), (0, 0)]);
    assert_eq!(ratio, Ratio::of(empty));
    let some = pairs.iter().filter(|(part, _)| *part > 0);
    let whole = pairs.iter().map(|it| it.1).filter(|whole| *whole > 0);
    let some = Ratio::of(some.copied()).within(Sums::of(whole));
    assert_eq!(some, ratio);
    // What is said of a share is said of the rest.
    let rest = Ratio::of(pairs.iter().map(|(part, whole)| (whole - part, *whole)));
    let (here, there) = (ends(ratio.share(0.05)), ends(rest.share(0.05)));
    near(here.low, 1.0 - there.high, 1e-9);
    near(here.high, 1.0 - there.low, 1e-9);
}

#[test]
fn what_is_alike_in_all_runs_is_sure_and_one_run_is_not() {
    let sure = |pairs: &[(i64, i64)], value: f64| {
        let ratio = Ratio::of(pairs.iter().copied());
        for found in [ratio.share(0.05), ratio.quotient(0.05)] {
            let interval = ends(found);
            for found in [found.unwrap().value, interval.low, interval.high] {
                near(found, value, 0.0);
            }
        }
    };
    sure(&[(1, 3), (1, 3), (1, 3)], 1.0 / 3.0);
    sure(&[(1, 4), (7, 28), (100, 400)], 0.25);
    sure(&[(4, 4), (28, 28), (5, 5)], 1.0);
    sure(&[(0, 4), (0, 28)], 0.0);
    let third = ends(Ratio::of([(1, 3), (1_000_003, 3_000_009)]).share(0.05));
    near(third.half(), 0.0, 1e-6);
    let one = Ratio::of([(1, 3), (0, 0)]).share(0.05).unwrap();
    assert_eq!((one.n, one.interval), (1, None));
    assert_eq!(Ratio::of([(0, 0)]).share(0.05), None);
    assert_eq!(Ratio::default().quotient(0.05), None);
}
