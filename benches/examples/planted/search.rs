//! Searches of the size of `hotwash improve`.

use hotwash_engine::campaign::{
    Allowed, Change, Ground, Here, Hours, Order, Plays, Size, Tried, together, try_changes,
};
use hotwash_engine::exercise::Exercise;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// As many as `hotwash improve` keeps.
const SCREENED: usize = 30;
const KEPT: usize = 10;

/// What `hotwash improve` finds with this seed and so many shared runs, by rank.
pub(crate) fn search(exercise: &Arc<Exercise>, seed: u64, runs: u64) -> Vec<Tried> {
    let size = Size {
        screened: SCREENED,
        kept: KEPT,
        fresh: runs..3 * runs,
    };
    tried(exercise, seed, 0..runs, &size)
}

/// The exercise with what helps most together; `None` where that is no exercise.
pub(crate) fn improved(exercise: &Arc<Exercise>) -> Option<Arc<Exercise>> {
    const RUNS: u64 = 60;
    const MOST: usize = 6;
    let size = Size {
        screened: SCREENED,
        kept: KEPT,
        fresh: RUNS..3 * RUNS,
    };
    let grounds = [ground(exercise, 7, 0..RUNS)];
    let all = Change::improvements(exercise);
    let found = here(&grounds, |plays| {
        let trials = try_changes(&grounds, all, &size, plays)?;
        let any = |_: &[Change]| true;
        together(&grounds, &trials, (MOST, &any as Allowed<'_>), &size, plays)
    });
    match found.last() {
        Some(best) => Change::all_made(&best.changes, exercise),
        None => Some(Arc::clone(exercise)),
    }
}

/// Every change on the same fresh runs, by rank. What makes no difference in twenty others is left out.
pub(crate) fn every(exercise: &Arc<Exercise>, seed: u64, fresh: Range<u64>) -> Vec<Tried> {
    let size = Size {
        screened: usize::MAX,
        kept: usize::MAX,
        fresh: fresh.clone(),
    };
    tried(exercise, seed, fresh.end..fresh.end + 20, &size)
}

fn tried(exercise: &Arc<Exercise>, seed: u64, runs: Range<u64>, size: &Size) -> Vec<Tried> {
    let all = Change::improvements(exercise);
    let grounds = [ground(exercise, seed, runs)];
    here(&grounds, |plays| try_changes(&grounds, all, size, plays)).best
}

/// A search that is played on this machine.
fn here<T>(grounds: &[Ground], search: impl FnOnce(&mut dyn Plays) -> Option<T>) -> T {
    let mut here = Here {
        grounds,
        stop: &AtomicBool::new(false),
        progress: &mut |_, _| {},
    };
    search(&mut here).expect("nobody stops it")
}

fn ground(exercise: &Arc<Exercise>, seed: u64, runs: Range<u64>) -> Ground {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed,
        runs,
        hours: Hours::AsScripted,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    Ground { order, weight: 1 }
}

/// Those that surely help, by rank.
pub(crate) fn helping(tried: Vec<Tried>) -> Vec<Tried> {
    tried.into_iter().filter(Tried::helps).collect()
}
