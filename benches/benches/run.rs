//! How long one run takes, alone and as one of many lanes, and how long judging it takes.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hotwash_benches::clinic;
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::simulation::{Provenance, Setup, Simulation, simulate};
use std::hint::black_box;
use std::sync::Arc;

/// Lanes of one world; a campaign advances so many together.
const LANES: u64 = 64;

fn one_run(criterion: &mut Criterion) {
    let exercise = clinic();
    criterion.bench_function("one run, recorded", |bencher| {
        let mut run = 0;
        bencher.iter(|| {
            run += 1;
            simulate(&exercise, &Setup::of(1, run), Provenance::default())
        });
    });
}

fn many_lanes(criterion: &mut Criterion) {
    let exercise = clinic();
    let setup = |run| Setup {
        recording: false,
        ..Setup::of(1, run)
    };
    let setups: Vec<Setup> = (0..LANES).map(setup).collect();
    criterion.bench_function("64 lanes, not recorded", |bencher| {
        bencher.iter_batched(
            || Simulation::new(Arc::clone(&exercise), &setups),
            |mut simulation| {
                simulation.finish();
                black_box(simulation.events(0))
            },
            BatchSize::LargeInput,
        );
    });
}

fn judging(criterion: &mut Criterion) {
    let exercise = clinic();
    let record = simulate(&exercise, &Setup::of(1, 0), Provenance::default());
    criterion.bench_function("judging one run", |bencher| {
        bencher.iter(|| evaluate(&exercise, black_box(&record), Baselines::default()));
    });
}

criterion_group!(benches, one_run, many_lanes, judging);
criterion_main!(benches);
