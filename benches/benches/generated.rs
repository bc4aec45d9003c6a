//! How long small exercises take that were generated, of many shapes instead of one.

use criterion::{Criterion, criterion_group, criterion_main};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::generator;
use hotwash_engine::simulation::{Setup, Simulation};
use std::hint::black_box;
use std::sync::Arc;

/// How many exercises are run, one after the other.
const EXERCISES: u64 = 64;

fn small_exercises(criterion: &mut Criterion) {
    let exercises: Vec<Arc<Exercise>> = (0..EXERCISES).map(generator::exercise).collect();
    criterion.bench_function("64 small exercises, not recorded", |bencher| {
        bencher.iter(|| {
            for (seed, exercise) in (0..).zip(&exercises) {
                let setup = Setup {
                    recording: false,
                    ..Setup::of(seed, 1)
                };
                let mut simulation = Simulation::new(Arc::clone(exercise), &[setup]);
                simulation.finish();
                black_box(simulation.events(0));
            }
        });
    });
}

criterion_group!(benches, small_exercises);
criterion_main!(benches);
