//! Shares of time and loads of a summary against the rows that they are of, run by run.

use crate::campaign::statistics::{Mean, Ratio, Sums};
use crate::campaign::{Hours, MadeOf, Order, Row, ShareOf, Summary, Tally, run};
use crate::evaluation::Category;
use crate::generator;
use std::sync::atomic::AtomicBool;

fn campaign(seed: u64) -> (Vec<Row>, Summary) {
    let order = Order {
        exercise: generator::exercise(seed),
        seed: 3,
        runs: 0..30,
        hours: Hours::AsScripted,
        threads: 1,
    };
    let mut rows = Vec::new();
    run(&order, &AtomicBool::new(false), |row| rows.push(row));
    let tally = Tally::of(&order.exercise, rows.clone());
    (rows, Summary::of(&order.exercise, &tally))
}

/// The time in a run of the parts that are meant.
fn time(row: &Row, meant: impl Fn(&MadeOf) -> bool) -> i64 {
    let parts = row.made_of.iter().filter(|part| meant(part));
    parts.map(|part| part.span.0).sum()
}

/// The mean of a run.
fn mean(rows: &[Row], of: impl Fn(&Row) -> i64) -> Option<Mean> {
    Sums::of(rows.iter().map(of)).estimate(0.05)
}

/// A part and its whole, run by run.
fn ratio(rows: &[Row], part: impl Fn(&Row) -> i64, whole: impl Fn(&Row) -> i64) -> Ratio {
    Ratio::of(rows.iter().map(|row| (part(row), whole(row))))
}

#[test]
fn shares_of_time_are_ratios_of_sums_with_the_errors_of_their_runs() {
    let (mut parts, mut unsure) = (0, 0);
    for seed in [2, 6, 11, 13] {
        let (rows, summary) = campaign(seed);
        for of in &summary.phases {
            let phase = of.phase;
            let whole = |row: &Row| time(row, |it| it.phase == phase);
            assert_eq!(of.made_of.whole, mean(&rows, whole));
            let open = |row: &Row| {
                let is = row.phases[phase.index()].completed.is_none();
                if is { whole(row) } else { 0 }
            };
            let share = ratio(&rows, open, whole).share(0.05);
            assert_eq!(of.made_of.open, share);
            let check = |share: &ShareOf, part: &dyn Fn(&Row) -> i64| {
                assert_eq!(Some(share.mean), mean(&rows, part));
                let ratio = ratio(&rows, part, whole);
                assert_eq!(Some(share.share), ratio.share(0.05));
                share.share.interval.is_some_and(|of| of.half() > 0.0)
            };
            for share in &of.made_of.parts {
                let key = (phase, share.category, share.role);
                let part = |row: &Row| time(row, |it| it.key() == key);
                parts += 1;
                unsure += u32::from(check(share, &part));
            }
            for share in &of.made_of.categories {
                let is = |it: &MadeOf| (it.phase, it.category) == (phase, share.category);
                check(share, &|row| time(row, is));
            }
            let all = |shares: &[ShareOf]| {
                shares
                    .iter()
                    .map(|share| share.share.value)
                    .fold(1.0, |rest, share| rest - share)
            };
            for shares in [&of.made_of.parts, &of.made_of.categories] {
                assert!(shares.is_empty() || all(shares).abs() < 1e-9);
                assert!(shares.is_sorted_by(|a, b| a.mean.value >= b.mean.value));
            }
        }
    }
    assert!(parts > 50 && unsure > parts / 2, "{unsure} of {parts}");
}

#[test]
fn loads_are_means_of_runs_and_how_busy_a_role_is_a_ratio_of_sums() {
    let waits = [
        Category::WaitingForPerson,
        Category::Asleep,
        Category::FalseAlarms,
        Category::WaitingForApproval,
    ];
    let (mut busy, mut held) = (0, 0);
    for seed in [2, 6, 11, 13] {
        let (rows, summary) = campaign(seed);
        for (i, of) in summary.roles.iter().enumerate() {
            let waited = |row: &Row, all: bool| {
                time(row, |it| {
                    waits.contains(&it.category)
                        && (if all {
                            it.role.is_some()
                        } else {
                            it.role == Some(of.role)
                        })
                })
            };
            assert_eq!(of.worked, mean(&rows, |row| row.roles[i].busy.0));
            assert_eq!(of.laden, mean(&rows, |row| row.roles[i].laden.0));
            assert_eq!(of.waited, mean(&rows, |row| row.roles[i].waited.0));
            assert_eq!(of.held_up, mean(&rows, |row| waited(row, false)));
            let queue = |row: &Row| i64::from(row.roles[i].queue);
            assert_eq!(of.mean_queue, mean(&rows, queue));
            let at_work = ratio(&rows, |row| row.roles[i].busy.0, |row| row.roles[i].laden.0);
            assert_eq!(of.busy, at_work.share(0.05));
            let of_all = ratio(&rows, |row| waited(row, false), |row| waited(row, true));
            assert_eq!(of.of_all_waits, of_all.share(0.05));
            busy += u32::from(of.busy.is_some());
            held += u32::from(of.held_up.is_some_and(|held| held.value > 0.0));
        }
        for (i, of) in summary.people.iter().enumerate() {
            assert_eq!(of.worked, mean(&rows, |row| row.people[i].working.0));
            assert_eq!(of.read, mean(&rows, |row| row.people[i].reading.0));
        }
        for (i, of) in summary.tasks.iter().enumerate() {
            let ready = |row: &Row| i64::from(row.tasks[i].ready);
            let started = |row: &Row| i64::from(row.tasks[i].started);
            assert_eq!(of.started, ratio(&rows, started, ready).share(0.05));
            let per = |time: &dyn Fn(&Row) -> i64, pieces: &dyn Fn(&Row) -> i64| {
                ratio(&rows, time, pieces).quotient(0.05)
            };
            assert_eq!(of.wait, per(&|row| row.tasks[i].waited.0, &ready));
            assert_eq!(of.approval, per(&|row| row.tasks[i].approval.0, &ready));
            assert_eq!(of.work, per(&|row| row.tasks[i].worked.0, &started));
        }
    }
    assert!(busy > 8 && held > 4, "{busy} {held}");
}
