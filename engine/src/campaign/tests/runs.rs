//! Ranges of runs: threads, parts, interruption, hours.

use crate::campaign::{Comparison, Gate, Hours, Order, Row, Summary, Tally, later, play, run};
use crate::exercise::{BasisPoints, Phase, Span};
use crate::generator;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

fn order(exercise: u64, runs: Range<u64>, threads: usize) -> Order {
    Order {
        exercise: generator::exercise(exercise),
        seed: 4,
        runs,
        hours: Hours::AsScripted,
        threads,
    }
}

fn rows(order: &Order) -> Vec<Row> {
    let mut rows = Vec::new();
    let taken = run(order, &AtomicBool::new(false), |row| rows.push(row));
    assert_eq!(taken, rows.len() as u64);
    rows
}

#[test]
fn rows_come_in_order_and_are_the_same_on_any_number_of_threads() {
    let alone = rows(&order(3, 5..75, 1));
    let indices: Vec<u64> = alone.iter().map(|row| row.run).collect();
    assert_eq!(indices, (5..75).collect::<Vec<_>>());
    for threads in [2, 3] {
        assert_eq!(rows(&order(3, 5..75, threads)), alone);
    }
    assert_eq!(alone[7], play(&generator::exercise(3), 4, 12));
    assert_eq!(rows(&order(3, 5..5, 2)), []);
}

#[test]
fn five_parts_in_any_order_say_what_the_whole_says() {
    let whole = order(6, 0..60, 2);
    let all = rows(&whole);
    let summary = Summary::of(&whole.exercise, &Tally::of(&whole.exercise, all));
    let mut merged = Tally::new(&whole.exercise);
    for part in [3, 0, 4, 2, 1] {
        for row in rows(&order(6, part * 12..(part + 1) * 12, 1)) {
            merged.add(row);
        }
    }
    merged.sort();
    assert_eq!(Summary::of(&whole.exercise, &merged), summary);
}

#[test]
fn what_is_interrupted_keeps_the_runs_up_to_the_first_that_is_missing() {
    for threads in [1, 2] {
        let stop = AtomicBool::new(false);
        let mut kept = Vec::new();
        let taken = run(&order(3, 0..100_000, threads), &stop, |row| {
            kept.push(row.run);
            stop.store(kept.len() >= 40, Ordering::Relaxed);
        });
        assert!((40..10_000).contains(&taken), "{taken} on {threads}");
        assert_eq!(kept, (0..taken).collect::<Vec<_>>());
    }
}

#[test]
fn any_hour_is_any_hour_of_the_week_by_the_runs_own_chance() {
    let hour = |run| Hours::AnyOfWeek.after_start(4, run);
    let mut seen = [0_u32; 168];
    for run in 0..16_800 {
        seen[hour(run) as usize] += 1;
    }
    // A hundred each are expected; five standard deviations are allowed.
    assert!(seen.iter().all(|n| (50..=150).contains(n)), "{seen:?}");
    let any = Order {
        hours: Hours::AnyOfWeek,
        ..order(3, 0..6, 1)
    };
    for row in rows(&any) {
        let moved = later(&any.exercise, hour(row.run));
        assert_eq!(row, play(&moved, 4, row.run));
    }
}

#[test]
fn an_exercise_that_starts_later_reads_later_clocks() {
    let exercise = generator::exercise(3);
    let (day, time) = exercise.local(crate::exercise::ExerciseTime::STARTEX + Span::hours(31));
    let moved = later(&exercise, 31);
    let start = moved.local(crate::exercise::ExerciseTime::STARTEX);
    assert_eq!(start, (day, time));
}

#[test]
fn times_are_compared_from_where_targets_count() {
    let (mut compared, mut slower) = (0, 0);
    for seed in 0..12 {
        let order = order(seed, 0..20, 2);
        let exercise = &order.exercise;
        let here = rows(&order);
        // The other side declares an hour sooner, which makes nothing else sooner or later; every third
        // run takes a minute longer.
        let mut there = here.clone();
        for row in &mut there {
            let longer = Span::minutes(i64::from(row.run % 3 == 0));
            for phase in &mut row.phases {
                phase.origin = phase.origin.map(|origin| origin - Span::HOUR);
                phase.against_target = phase.against_target.map(|taken| taken + longer);
            }
        }
        let [a, b] = [&here, &there].map(|rows| Tally::of(exercise, rows.clone()));
        let found = Comparison::of((exercise, &a), (exercise, &b), 1);
        for phase in &found.phases {
            let rows = here
                .iter()
                .map(|row| (row.run, row.phases[phase.phase.index()]));
            let applying = rows.filter(|(_, phase)| phase.applies);
            let late = applying
                .clone()
                .filter(|(run, phase)| run % 3 == 0 && phase.against_target.is_some());
            assert_eq!(phase.time.paired.wins, late.count() as u64);
            assert_eq!(phase.time.paired.losses, 0);
            compared += applying.count();
            slower += phase.time.paired.wins;
        }
    }
    assert!(compared > 0 && slower > 0, "nothing was compared");
}

#[test]
fn a_summary_counts_what_its_rows_say() {
    for seed in [2, 6, 11] {
        let order = order(seed, 0..40, 2);
        let rows = rows(&order);
        let summary = Summary::of(&order.exercise, &Tally::of(&order.exercise, rows.clone()));
        assert_eq!(summary.runs, 40);
        for phase in &summary.phases {
            let index = phase.phase.index();
            let applying = rows.iter().filter(|row| row.phases[index].applies);
            let in_time = applying.clone().filter_map(|row| row.phases[index].in_time);
            assert_eq!(phase.in_time.n, in_time.clone().count() as u64);
            assert_eq!(
                phase.in_time.hits,
                in_time.filter(|met| *met).count() as u64
            );
            let open = applying
                .clone()
                .filter(|row| row.phases[index].taken().is_none());
            assert_eq!(phase.times.not_reached.hits, open.count() as u64);
            for of in [&phase.made_of.parts, &phase.made_of.categories] {
                let whole: f64 = of.iter().map(|part| part.share.value).sum();
                assert!(of.is_empty() || (whole - 1.0).abs() < 1e-9);
            }
        }
        let scores: Vec<BasisPoints> = rows
            .iter()
            .filter_map(|row| Some(row.score?.carried_out))
            .collect();
        let mut sorted = scores.clone();
        sorted.sort_unstable();
        if let Some(median) = summary.score.quantiles {
            assert_eq!(median.p50.value, sorted[sorted.len().div_ceil(2) - 1]);
        }
        let counted: u64 = summary.score.by_point.iter().sum();
        assert_eq!(counted, scores.len() as u64);
        assert_eq!(summary.phases[0].phase, Phase::Identification);
    }
}

#[test]
fn how_well_runs_go_without_their_first_gate_is_the_mean_of_the_runs_without_it() {
    let mut compared = 0;
    for exercise in 0..12 {
        let order = order(exercise, 0..40, 2);
        let rows = rows(&order);
        let tally = Tally::of(&order.exercise, rows.iter().cloned());
        let score = Summary::of(&order.exercise, &tally).score;
        let Some((first, _)) = score.gates.first() else {
            assert_eq!(score.carried_out_else, None);
            continue;
        };
        let without = rows.iter().filter(|row| {
            let mut gates = row.gates.iter().map(|reason| Gate::of(*reason));
            !gates.any(|gate| gate == *first)
        });
        let points = without.filter_map(|row| Some(f64::from(row.score?.carried_out.0)));
        let points: Vec<f64> = points.collect();
        let found = score.carried_out_else.map(|mean| (mean.n, mean.value));
        assert_eq!(found.map_or(0, |(n, _)| n), points.len() as u64);
        if let Some((n, value)) = found {
            #[expect(clippy::cast_precision_loss, reason = "a few dozen runs")]
            let mean = points.iter().sum::<f64>() / n as f64;
            assert!((value - mean).abs() < 1e-6, "{value} {mean}");
            compared += 1;
        }
    }
    assert!(compared > 2, "{compared}");
}
