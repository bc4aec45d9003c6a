//! A lane that has played before asks for no memory, and hardly any where it keeps its record.
//!
//! A campaign plays thousands of runs in a lane, so what counts is what a run asks for once its lane has
//! what it needs. The same runs are played in a lane again and again until none of them asks for any: lists
//! that are used again change places, so that it takes a few times until each is long enough. Debug builds
//! check each settled instant; that is left out, as it is no part of a run.

use hotwash_benches::{one_screen, peers, shipped, world};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::simulation::Setup;
use std::sync::Arc;

/// Enough runs for whatever is rare to occur.
const RUNS: u64 = 40;
/// How often they are played at most.
const TIMES: usize = 8;

/// How often the runs of an exercise ask for memory, each time that they are played, until that is seldom
/// enough.
fn requests(exercise: &Arc<Exercise>, recording: bool, allowed: u64) -> Vec<u64> {
    let mut simulation = world(exercise, 1, 0, 1);
    simulation.leave_unchecked();
    let mut counted = Vec::new();
    while counted.len() < TIMES && counted.last().is_none_or(|last| *last > allowed) {
        let asked = allocation_counter::measure(|| {
            for run in 0..RUNS {
                let setup = Setup {
                    recording,
                    ..Setup::of(1, run)
                };
                simulation.reset(0, &setup);
                simulation.finish();
            }
        });
        counted.push(asked.count_total);
    }
    counted
}

#[test]
fn a_lane_that_has_played_before_asks_for_no_memory() {
    let mut exercises = shipped();
    exercises.extend([("peers", peers()), ("one screen", one_screen())]);
    for (id, exercise) in exercises {
        // More than eight people in one event are a list of their own, which comes up in few runs. What the
        // messages of a record reveal lies in lists of earlier records, whichever comes first: now and then
        // one is too short.
        for (recording, allowed) in [(false, RUNS / 10), (true, RUNS)] {
            let counted = requests(&exercise, recording, allowed);
            let what = format!("{id}, recorded: {recording}, asked {counted:?} times");
            assert!(counted.last() <= Some(&allowed), "{what}");
            assert!(counted.first() > Some(&allowed), "{what}");
        }
    }
}
