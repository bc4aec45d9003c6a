//! Two classes of work, of which one goes first.

use super::check::Check;
use super::queues::{length, mean_wait, waits};
use super::theory::{Moments, cobham};
use super::trial::{Times, Trial, exercise, fill, times};

/// Minutes between two alerts of a class, on average.
const BETWEEN: f64 = 20.0;
/// Alerts of a class before the start is forgotten.
const WARM_UP: usize = 65;

pub(super) fn checks(trial: &Trial<'_>) -> Vec<Check> {
    let alerts = trial.runs(60, 200) as usize;
    let ends = length(2 * (WARM_UP + alerts));
    let exercise = exercise(&fill(include_str!("priority.ron"), &[("ends", &ends)]));
    let (mut urgent, mut routine) = (Vec::new(), Vec::new());
    for run in 0..trial.runs(10, 60) {
        let found = times(&trial.play(&exercise, run));
        let of = |task: &str| -> Vec<Times> {
            let pieces = found.iter().filter(|((of, _), _)| of == task);
            pieces.map(|(_, times)| *times).collect()
        };
        urgent.push(mean_wait(&waits(of("urgent").iter(), WARM_UP, alerts)));
        routine.push(mean_wait(&waits(of("routine").iter(), WARM_UP, alerts)));
    }
    let rate = 1.0 / BETWEEN;
    let theory = cobham(&[
        (rate, Moments::fixed(4.0)),
        (rate, Moments::exponential(10.0)),
    ]);
    vec![
        Check::mean("first class mean wait, min", theory[0], &urgent),
        Check::mean("second class mean wait, min", theory[1], &routine),
    ]
}
