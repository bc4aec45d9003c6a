//! What every model has of a run: its start, its chance, and the events that it cancels at the end.

use nexosim::simulation::EventKey;
use nexosim::time::MonotonicTime;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Milestones of all runs; there is one thread.
pub static MILESTONES: AtomicU64 = AtomicU64::new(0);

pub fn note() {
    MILESTONES.fetch_add(1, Ordering::Relaxed);
}

#[derive(Serialize, Deserialize)]
pub struct Run {
    pub start: MonotonicTime,
    pub rng: Pcg64Mcg,
    pub keys: Vec<EventKey>,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            start: MonotonicTime::EPOCH,
            rng: Pcg64Mcg::seed_from_u64(0),
            keys: Vec::new(),
        }
    }
}

impl Run {
    pub fn begin(&mut self, now: MonotonicTime, seed: u64, model: u64) {
        self.stop();
        self.start = now;
        self.rng = Pcg64Mcg::seed_from_u64(seed.wrapping_mul(64) + model);
    }

    pub fn stop(&mut self) {
        for key in self.keys.drain(..) {
            key.cancel();
        }
    }

    /// Milliseconds since the start of the run.
    pub fn now(&self, now: MonotonicTime) -> i64 {
        now.duration_since(self.start).as_millis() as i64
    }
}

pub fn milliseconds(span: i64) -> Duration {
    Duration::from_millis(span.max(1) as u64)
}
