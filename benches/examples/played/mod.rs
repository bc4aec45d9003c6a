//! Playing runs one after another without a world.

use hotwash_engine::exercise::Exercise;
use hotwash_engine::simulation::PlainLane;
use std::ops::Range;
use std::sync::Arc;

/// Plays runs in a plain lane that is used again, not recorded, and counts their events.
pub(crate) fn plain(exercise: &Arc<Exercise>, seed: u64, runs: Range<u64>) -> u64 {
    let setup = |run| hotwash_benches::unrecorded(seed, run);
    let mut lane = PlainLane::new(Arc::clone(exercise), &setup(runs.start));
    let mut events = 0;
    for run in runs {
        lane.reset(&setup(run));
        lane.finish();
        events += u64::from(lane.events());
    }
    events
}
