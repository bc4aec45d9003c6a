//! Statistics against printed tables, exact sums and brute force.

mod means;
mod ratios;

use super::order::{NEVER, Quantile};
use super::{
    Chance, Discordant, Sums, binomial_at_most, enough_for, median_difference, quantile, runs_for,
    student_quantile, student_tails,
};
use crate::exercise::{BasisPoints, Span};

fn near(found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{found}, not {wanted}");
}

/// Binomial chances by multiplying out, from 0 hits on.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut row = vec![1.0];
    for _ in 0..n {
        let mut next = vec![0.0; row.len() + 1];
        for (k, chance) in row.iter().enumerate() {
            next[k] += chance * (1.0 - p);
            next[k + 1] += chance * p;
        }
        row = next;
    }
    row
}

#[test]
fn students_quantiles_are_those_of_printed_tables() {
    for (tails, degrees, t) in [
        (0.05, 1.0, 12.706_205),
        (0.05, 4.0, 2.776_445),
        (0.05, 10.0, 2.228_139),
        (0.01, 10.0, 3.169_273),
        (0.05, 30.0, 2.042_272),
        (0.05, 120.0, 1.979_930),
        (0.001, 60.0, 3.460_200),
        (0.001, 100.0, 3.390_491),
        (0.05, 1e8, 1.959_964),
    ] {
        near(student_quantile(tails, degrees), t, 1e-5);
        near(student_tails(t, degrees), tails, 1e-6);
    }
}

#[test]
fn a_quantile_leaves_just_its_chance_beyond_it() {
    for degrees in [1.0, 1.5, 2.0, 3.0, 5.0, 9.0, 49.0, 299.0, 9_999.0, 1e6] {
        for tails in [0.999, 0.5, 0.1, 0.05, 0.01, 0.002_5, 1e-5, 1e-9] {
            let t = student_quantile(tails, degrees);
            near(student_tails(t, degrees) / tails, 1.0, 1e-7);
        }
        assert!(student_quantile(1.0, degrees) < 1e-9);
    }
}

#[test]
fn binomial_chances_are_their_exact_sums() {
    for n in [1, 2, 7, 36, 150] {
        for p in [0.01, 0.1, 0.5, 0.77, 0.9] {
            let mut sum = 0.0;
            for (k, chance) in binomial(n, p).into_iter().enumerate() {
                sum += chance;
                near(binomial_at_most(k as u64, n, p), sum, 1e-11);
            }
        }
    }
    // By the normal law with continuity correction, far in the tail of a large sample.
    near(binomial_at_most(499_000, 1_000_000, 0.5), 0.022_804, 1e-6);
}

#[test]
fn wilsons_intervals_are_those_of_newcombe() {
    // Newcombe (1998), table I, method 3.
    for (hits, n, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let interval = Chance { hits, n }.interval().unwrap();
        near(interval.low, low, 5e-5);
        near(interval.high, high, 5e-5);
        let mirrored = Chance { hits: n - hits, n }.interval().unwrap();
        near(mirrored.low, 1.0 - high, 5e-5);
        near(mirrored.high, 1.0 - low, 5e-5);
    }
    assert_eq!(Chance::default().interval(), None);
}

#[test]
fn mcnemars_chance_is_an_exact_sum() {
    let of = |gained, lost| {
        Discordant {
            gained,
            lost,
            n: 100,
        }
        .p_value()
    };
    near(of(2, 9), 2.0 * 67.0 / 2048.0, 1e-12);
    near(of(9, 2), 2.0 * 67.0 / 2048.0, 1e-12);
    near(of(0, 6), 2.0 / 64.0, 1e-12);
    near(of(5, 5), 1.0, 1e-12);
    near(of(0, 0), 1.0, 0.0);
}

#[test]
fn agresti_and_mins_interval_covers_what_it_promises() {
    // Summed over every outcome of 40 pairs, of which 20 % gain and 10 % lose.
    let (n, gain, loss) = (40_u64, 0.2, 0.1);
    let mut covered = 0.0;
    for (differing, chance) in binomial(n, gain + loss).into_iter().enumerate() {
        for (gained, split) in binomial(differing as u64, gain / (gain + loss))
            .into_iter()
            .enumerate()
        {
            let pairs = Discordant {
                gained: gained as u64,
                lost: (differing - gained) as u64,
                n,
            };
            let interval = pairs.interval(0.05).unwrap();
            if (interval.low..=interval.high).contains(&(gain - loss)) {
                covered += chance * split;
            }
        }
    }
    assert!((0.945..0.975).contains(&covered), "{covered}");
}

#[test]
fn intervals_of_quantiles_have_the_ranks_of_printed_tables() {
    let at = |n: i64, share| {
        let sorted: Vec<Span> = (1..=n).map(Span).collect();
        let Quantile { value, interval } = quantile(&sorted, BasisPoints(share)).unwrap();
        (value.0, interval.map(|(low, high)| (low.0, high.0)))
    };
    // Medians: Conover, Practical Nonparametric Statistics.
    assert_eq!(at(20, 5_000), (10, Some((6, 15))));
    assert_eq!(at(30, 5_000), (15, Some((10, 21))));
    assert_eq!(at(100, 5_000), (50, Some((40, 61))));
    assert_eq!(at(5, 5_000), (3, None));
    assert_eq!(at(35, 1_000), (4, None));
    assert_eq!(at(36, 1_000).1.map(|it| it.0), Some(1));
    for (share, n) in [(5_000, 6), (1_000, 36), (9_000, 36), (2_500, 13)] {
        assert_eq!(enough_for(BasisPoints(share)), n, "{share}");
    }
}

#[test]
fn an_interval_of_a_quantile_covers_95_percent_and_is_as_short_as_that_allows() {
    for n in [36_u64, 100, 300] {
        for share in [1_000_u16, 2_500, 5_000, 9_000] {
            let sorted: Vec<Span> = (1..=n as i64).map(Span).collect();
            let found = quantile(&sorted, BasisPoints(share)).unwrap();
            let (low, high) = found.interval.unwrap();
            let chances = binomial(n, f64::from(share) / 10_000.0);
            // Fewer than `low` runs below the quantile: it lies below the interval.
            let under = |ranks: i64| chances[..ranks as usize].iter().sum::<f64>();
            let over = |rank: i64| chances[rank as usize..].iter().sum::<f64>();
            assert!(under(low.0) <= 0.025 && over(high.0) <= 0.025);
            assert!(under(low.0 + 1) > 0.025 && over(high.0 - 1) > 0.025);
        }
    }
}

#[test]
fn what_too_many_runs_never_reached_is_not_reached() {
    let mut times = vec![Span(5); 60];
    times.extend([NEVER; 40]);
    assert_eq!(quantile(&times, BasisPoints(5_000)).unwrap().value, Span(5));
    let slow = quantile(&times, BasisPoints(9_000)).unwrap();
    assert_eq!((slow.value, slow.interval), (NEVER, Some((NEVER, NEVER))));
    assert_eq!(quantile::<Span>(&[], BasisPoints(5_000)), None);
}

#[test]
fn sums_are_exact_and_free_of_order() {
    let numbers: Vec<i64> = (0..1_000)
        .map(|i| 2_592_000_000 + (i * 7_919) % 13)
        .collect();
    let whole = Sums::of(numbers.iter().copied());
    let parts = numbers.chunks(77).rev();
    let merged = parts.fold(Sums::default(), |sums, part| {
        sums.and(Sums::of(part.iter().copied()))
    });
    assert_eq!(whole, merged);
    // The same spread about zero: nothing is lost to the great offset.
    let centred = Sums::of(numbers.iter().map(|n| n - 2_592_000_000));
    near(whole.variance().unwrap(), centred.variance().unwrap(), 1e-9);
}

#[test]
fn more_runs_are_asked_for_by_the_square_of_the_wish() {
    let n = runs_for(100.0, 1.0).unwrap();
    near(super::float(i128::from(n)), 384.1 + 1.0, 1.0);
    let finer = runs_for(100.0, 0.5).unwrap();
    near(super::float(i128::from(finer)), 4.0 * 384.15, 4.0);
    assert_eq!(runs_for(0.0, 1.0), None);
}

#[test]
fn a_constant_shift_is_found_exactly_by_the_bootstrap() {
    let pairs: Vec<_> = (0..200)
        .map(|i| (Span(i * 37 % 211), Span(i * 37 % 211 + 5)))
        .collect();
    let found = median_difference(&pairs, 1).unwrap();
    assert_eq!(found.value, Some(Span(5)));
    let interval = found.interval.unwrap();
    near(interval.low, 5.0, 0.0);
    near(interval.high, 5.0, 0.0);
    assert_eq!(median_difference(&pairs, 1), Some(found));
    let same: Vec<_> = pairs.iter().map(|(a, _)| (*a, *a)).collect();
    assert_eq!(median_difference(&same, 1).unwrap().interval, None);
}

#[test]
fn the_bootstrap_of_a_median_has_its_exact_law() {
    // Against a constant, a resampled median is at most the k-th value with the chance that a
    // binomial number of n trials with chance k / n is at least the median's rank.
    let n = 101_u64;
    let pairs: Vec<_> = (1..=n as i64).map(|i| (Span::ZERO, Span(i))).collect();
    let at_most = |k: u64| {
        let chance = super::float(i128::from(k)) / super::float(i128::from(n));
        1.0 - binomial_at_most(50, n, chance)
    };
    let exact = |level| (1..=n).find(|k| at_most(*k) >= level).unwrap();
    let interval = median_difference(&pairs, 7).unwrap().interval.unwrap();
    near(interval.low, super::float(i128::from(exact(0.025))), 1.0);
    near(interval.high, super::float(i128::from(exact(0.975))), 1.0);
}

#[test]
fn a_median_that_is_not_reached_has_no_difference() {
    let pairs: Vec<_> = (0..100).map(|i| (Span(i), NEVER)).collect();
    let found = median_difference(&pairs, 1).unwrap();
    assert_eq!((found.value, found.interval), (None, None));
}
