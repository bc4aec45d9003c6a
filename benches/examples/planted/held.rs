//! Whether the gains that searches print hold the truth.

use crate::search::{helping, search};
use hotwash_benches::one_screen;
use hotwash_engine::campaign::{Change, Criterion, Effect, Hours, Order, Tally, run};
use hotwash_engine::exercise::Exercise;
use std::collections::BTreeMap;
use std::io::{Result, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const SHARED: u64 = 200;
/// Runs with another seed that stand for the truth.
const TRUTH: u64 = 20_000;

pub(crate) fn print(out: &mut impl Write, searches: u64) -> Result<()> {
    let exercise = one_screen();
    let base = truth(&exercise);
    let mut known: BTreeMap<Change, Tally> = BTreeMap::new();
    let (mut figures, mut held, mut whole) = (0_u64, 0_u64, 0_u64);
    for seed in 1..=searches {
        let mut all = true;
        for tried in helping(search(&exercise, seed, SHARED)) {
            let change = tried.changes[0];
            let tally = known.entry(change).or_insert_with(|| {
                let made = change.made(&exercise).expect("it was tried");
                truth(&made)
            });
            for by in Criterion::RANKING {
                let truth = Effect::of(by, &[(1, &base, tally)], 0.05);
                if let Some(holds) = tried.effect(by).and_then(|shown| holds(shown, &truth)) {
                    figures += 1;
                    held += u64::from(holds);
                    all &= holds;
                }
            }
        }
        whole += u64::from(all);
    }
    writeln!(
        out,
        "Of {figures} gains in {searches} searches {held} held the gain on {TRUTH} other runs; all of a search \
         did in {whole} of {searches}.\n"
    )
}

/// Whether an interval holds the truth, as far as that is known; `None` where there is no interval.
fn holds(shown: &Effect, truth: &Effect) -> Option<bool> {
    let interval = shown.gain?.interval?;
    let truth = truth.gain?;
    let error = truth.interval.map_or(0.0, |it| (it.high - it.low) / 2.0);
    Some(interval.low - error <= truth.value && truth.value <= interval.high + error)
}

fn truth(exercise: &Arc<Exercise>) -> Tally {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed: 0x5eed,
        runs: 0..TRUTH,
        hours: Hours::AsScripted,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let mut tally = Tally::new(exercise);
    run(&order, &AtomicBool::new(false), |row| tally.add(row));
    tally.sort();
    tally
}
