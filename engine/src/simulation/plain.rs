//! A run without a world, to measure what the world costs.

use super::Setup;
use super::lane::Concerns;
use super::scene::Stage;
use crate::exercise::Exercise;
use crate::record::Entry;
use std::sync::Arc;

/// A lane whose concerns are the fields of a struct, and not the components of an entity. The rules are
/// the same, compiled once.
pub struct PlainLane {
    stage: Stage,
    concerns: Concerns,
}

impl PlainLane {
    /// A lane for a run.
    pub fn new(exercise: Arc<Exercise>, setup: &Setup) -> Self {
        let mut lane = Self {
            stage: Stage::new(exercise),
            concerns: Concerns::default(),
        };
        lane.reset(setup);
        lane
    }

    /// Makes the lane ready for another run.
    pub fn reset(&mut self, setup: &Setup) {
        self.concerns.lane().reset(&self.stage, setup);
    }

    /// Runs to the end.
    pub fn finish(&mut self) {
        let mut lane = self.concerns.lane();
        lane.run.until = self.stage.exercise.parts().limit;
        lane.drain(&self.stage);
    }

    /// How many entries it has made, recorded or not.
    pub fn events(&mut self) -> u32 {
        self.concerns.lane().out.last()
    }

    /// Takes the entries.
    pub fn take_entries(&mut self) -> Vec<Entry> {
        self.concerns.lane().out.take_entries()
    }
}

#[cfg(test)]
mod tests {
    use super::PlainLane;
    use crate::generator;
    use crate::simulation::{Provenance, Setup, simulate};

    #[test]
    fn a_plain_lane_that_is_used_again_records_what_the_world_records() {
        for seed in 0..12 {
            let exercise = generator::exercise(seed);
            let mut lane = PlainLane::new(exercise.clone(), &Setup::of(seed, 0));
            for run in 0..2 {
                let setup = Setup::of(seed, run);
                lane.reset(&setup);
                lane.finish();
                let record = simulate(&exercise, &setup, Provenance::default());
                assert_eq!(lane.take_entries(), record.entries, "run {run} of {seed}");
            }
        }
    }
}
