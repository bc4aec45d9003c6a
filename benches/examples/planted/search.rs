//! Searches of the size of `hotwash improve`, without its combinations.

use hotwash_engine::campaign::{Change, Ground, Hours, Order, Size, Tried, try_changes};
use hotwash_engine::exercise::Exercise;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// As many as `hotwash improve` keeps.
const SCREENED: usize = 30;
const KEPT: usize = 10;

/// What `hotwash improve` finds with this seed and so many shared runs, by rank.
pub fn search(exercise: &Arc<Exercise>, seed: u64, runs: u64) -> Vec<Tried> {
    let size = Size {
        screened: SCREENED,
        kept: KEPT,
        fresh: runs..3 * runs,
    };
    tried(exercise, seed, 0..runs, &size)
}

/// Every change on the same fresh runs, by rank. What makes no difference in twenty others is left out.
pub fn every(exercise: &Arc<Exercise>, seed: u64, fresh: Range<u64>) -> Vec<Tried> {
    let size = Size {
        screened: usize::MAX,
        kept: usize::MAX,
        fresh: fresh.clone(),
    };
    tried(exercise, seed, fresh.end..fresh.end + 20, &size)
}

fn tried(exercise: &Arc<Exercise>, seed: u64, runs: Range<u64>, size: &Size) -> Vec<Tried> {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed,
        runs,
        hours: Hours::AsScripted,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let ground = Ground { order, weight: 1 };
    let all = Change::improvements(exercise);
    let go = AtomicBool::new(false);
    let trials = try_changes(&[ground], all, size, &go, |_, _| {});
    trials.expect("nobody stops it").best
}

/// Those that surely help, by rank.
pub fn helping(tried: Vec<Tried>) -> Vec<Tried> {
    tried.into_iter().filter(Tried::helps).collect()
}
