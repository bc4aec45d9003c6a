//! Whole runs against theory, on exercises in which nothing else costs time: everybody is there
//! around the clock, never tires, never errs, and reads within a millisecond.

use crate::exercise::{
    Each, Exercise, ExerciseTime, Law, Measure, Parts, Person, PersonId, Phase, Reveal, Span, Task,
    TaskId,
};
use crate::record::{Event, Record};
use crate::simulation::draw::{Dice, Purpose, Subject};
use crate::simulation::{Provenance, Setup, fixture, simulate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many people who hold the one role, an alert at STARTEX, and these tasks.
fn crew(people: usize, tasks: Vec<Task>) -> Parts {
    let mut parts = fixture::parts();
    let organisation = &mut parts.organisation;
    organisation.tireless = true;
    let person = |i: usize| Person {
        ..fixture::person(&format!("p{i:03}"))
    };
    organisation.people = (0..people).map(person).collect();
    organisation.roles[0].holders = (0..people).map(PersonId::new).collect();
    parts.plan.tasks = tasks;
    parts.scenario.injects = vec![crate::exercise::Inject {
        reveals: vec![Reveal::Real],
        ..fixture::inject("alert")
    }];
    parts
}

fn play(parts: Parts, run: u64) -> Record {
    let exercise = Arc::new(Exercise::new(parts).unwrap());
    simulate(&exercise, &Setup::of(11, run), Provenance::default())
}

/// By task and ordinal: when it became ready, started and ended.
fn times(record: &Record) -> BTreeMap<(usize, u16), [ExerciseTime; 3]> {
    let mut times: BTreeMap<(usize, u16), [ExerciseTime; 3]> = BTreeMap::new();
    for entry in &record.entries {
        let (instance, milestone) = match &entry.event {
            Event::TaskReady { instance, .. } => (instance, 0),
            Event::TaskStarted { instance, .. } => (instance, 1),
            Event::TaskEnded { instance, .. } => (instance, 2),
            _ => continue,
        };
        let of = times
            .entry((instance.task.index(), instance.ordinal))
            .or_insert([ExerciseTime::NEVER; 3]);
        of[milestone] = entry.at;
    }
    times
}

struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 += 1;
        Dice::new(3, 3).part(Subject(self.0), Purpose::Choice, 0, n as u64) as usize
    }
}

/// Tasks at random, each after some of those before it.
fn network(numbers: &mut Numbers, len: usize) -> Vec<Task> {
    let task = |i: usize| {
        let before = (0..i).filter(|_| numbers.below(4) == 0);
        Task {
            after: before.map(TaskId::new).collect(),
            takes: Law::Fixed(Span::minutes(1 + numbers.below(90) as i64)),
            ..fixture::task(&format!("t{i:02}"), Phase::Response, Measure::Brief)
        }
    };
    (0..len).map(task).collect()
}

fn fixed(task: &Task) -> Span {
    match task.takes {
        Law::Fixed(span) => span,
        _ => unreachable!("these tasks take a fixed time"),
    }
}

#[test]
fn with_people_enough_a_plan_takes_as_long_as_its_longest_path() {
    let mut numbers = Numbers(0);
    for _ in 0..25 {
        let tasks = network(&mut numbers, 14);
        let found = times(&play(crew(14, tasks.clone()), 0));
        let start = found[&(0, 1)][0];
        let mut ends: Vec<ExerciseTime> = Vec::new();
        for (i, task) in tasks.iter().enumerate() {
            let before = task.after.iter().map(|before| ends[before.index()]);
            ends.push(before.max().unwrap_or(start) + fixed(task));
            assert_eq!(found[&(i, 1)][2], ends[i], "task {i}");
        }
    }
}

#[test]
fn with_people_enough_longer_tasks_end_nothing_earlier() {
    let mut numbers = Numbers(1 << 20);
    for _ in 0..25 {
        let tasks = network(&mut numbers, 12);
        let mut longer = tasks.clone();
        for task in &mut longer {
            if numbers.below(3) == 0 {
                task.takes = Law::Fixed(fixed(task) + Span::minutes(numbers.below(60) as i64));
            }
        }
        let (one, other) = (
            times(&play(crew(12, tasks), 0)),
            times(&play(crew(12, longer), 0)),
        );
        for (task, [_, _, ended]) in &one {
            assert!(*ended <= other[task][2]);
        }
    }
}

#[test]
fn twenty_equal_tasks_take_one_person_twenty_times_as_long() {
    let task = |i: usize| fixture::task(&format!("t{i:02}"), Phase::Response, Measure::Brief);
    let found = times(&play(crew(1, (0..20).map(task).collect()), 0));
    let start = found[&(0, 1)][0];
    let mut ends: Vec<Span> = found.values().map(|[_, _, ended]| *ended - start).collect();
    ends.sort_unstable();
    let expected: Vec<Span> = (1..=20).map(|n| Span::minutes(10 * n)).collect();
    assert_eq!(ends, expected);
}

/// Alerts that come at random over a phone, each of which is a task for whoever is free.
fn line(people: usize, between: Law, takes: Law) -> Parts {
    let task = Task {
        each: Each::Message,
        takes,
        ..fixture::task("serve", Phase::Assessment, Measure::Brief)
    };
    let mut parts = crew(people, vec![task]);
    parts.scenario.injects[0].repeats = Some(between);
    parts.limit = ExerciseTime(Span::days(3).0);
    parts
}

/// The waits of a run, without those at its start, and of tasks that were still open.
fn waits(record: &Record) -> Vec<Span> {
    let times = times(record);
    let served = times
        .values()
        .filter(|[_, started, _]| *started < ExerciseTime::NEVER);
    served
        .skip(40)
        .map(|[ready, started, _]| *started - *ready)
        .collect()
}

/// The mean wait and the share who waited over independent runs, each with its standard error.
#[expect(clippy::cast_precision_loss, reason = "counts and times are small")]
fn measured(parts: &Parts, runs: u64) -> [(f64, f64); 2] {
    let of_run = |run| {
        let waits = waits(&play(parts.clone(), run));
        let sum: f64 = waits.iter().map(|wait| wait.0 as f64).sum();
        // Reading takes a millisecond or two, which is no wait.
        let waited = waits.iter().filter(|wait| **wait > Span(5)).count() as f64;
        [sum / waits.len() as f64, waited / waits.len() as f64]
    };
    let all: Vec<[f64; 2]> = (0..runs).map(of_run).collect();
    [0, 1].map(|which| {
        let values = all.iter().map(|run| run[which]);
        let mean = values.clone().sum::<f64>() / runs as f64;
        let squares = values.map(|value| (value - mean) * (value - mean));
        let variance = squares.sum::<f64>() / (runs - 1) as f64;
        (mean, libm::sqrt(variance / runs as f64))
    })
}

/// How many independent runs a mean is taken over.
const RUNS: u64 = 14;

/// Erlang's formula: the chance to wait for one of c servers under a load of `rho` each.
fn erlang_c(servers: u32, rho: f64) -> f64 {
    let offered = f64::from(servers) * rho;
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..servers {
        term *= offered / f64::from(k);
        sum += term;
    }
    let last = term * offered / f64::from(servers) / (1.0 - rho);
    last / (sum + last)
}

#[test]
fn random_work_waits_as_queueing_theory_says() {
    let between = Span::minutes(10);
    for servers in [1_u32, 2, 5] {
        let service = Span(between.0 * 7 / 10 * i64::from(servers));
        let parts = line(servers as usize, Law::About(between), Law::About(service));
        let [(wait, error), (share, share_error)] = measured(&parts, RUNS);
        let chance = erlang_c(servers, 0.7);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a time in milliseconds is small"
        )]
        let expected = chance * service.0 as f64 / (f64::from(servers) * 0.3);
        assert!(
            (share - chance).abs() < 4.0 * share_error,
            "{servers}: {share} {chance}"
        );
        assert!(
            (wait - expected).abs() < 4.0 * error,
            "{servers}: {wait} {expected} {error}"
        );
    }
}

#[test]
fn a_single_server_waits_by_the_spread_of_its_service() {
    let between = Span::minutes(10);
    let minutes = |n| Span::minutes(n).0;
    // Pollaczek and Khinchine: by the mean and the mean square of the service.
    let triangle = Law::Triangle {
        least: Span::ZERO,
        likely: Span::minutes(3),
        most: Span::minutes(18),
    };
    let (a, b, c) = (0, minutes(3), minutes(18));
    let square = (a * a + b * b + c * c + a * b + a * c + b * c) / 6;
    let fixed = Law::Fixed(Span::minutes(7));
    for (law, square) in [(fixed, minutes(7) * minutes(7)), (triangle, square)] {
        let parts = line(1, Law::About(between), law);
        let [(wait, error), _] = measured(&parts, RUNS);
        #[expect(
            clippy::cast_precision_loss,
            reason = "squares of minutes in ms fit a double"
        )]
        let expected = square as f64 / between.0 as f64 / (2.0 * 0.3);
        assert!(
            (wait - expected).abs() < 4.0 * error,
            "{wait} {expected} {error}"
        );
    }
}

#[test]
fn the_greatest_of_many_random_times_is_the_sum_of_their_parts() {
    // The mean of the greatest of n exponential times is the mean times 1 + 1/2 + .. + 1/n.
    let (n, mean) = (8, Span::minutes(30));
    let task = |i: usize| Task {
        takes: Law::About(mean),
        ..fixture::task(&format!("t{i}"), Phase::Response, Measure::Brief)
    };
    let parts = crew(n, (0..n).map(task).collect());
    let runs = 500;
    #[expect(
        clippy::cast_precision_loss,
        reason = "times in milliseconds are small"
    )]
    let greatest = |run| {
        let times = times(&play(parts.clone(), run));
        let ends = times.values().map(|[ready, _, ended]| (*ended - *ready).0);
        ends.max().unwrap() as f64
    };
    let all: Vec<f64> = (0..runs).map(greatest).collect();
    #[expect(clippy::cast_precision_loss, reason = "counts and times are small")]
    let (runs, mean) = (runs as f64, mean.0 as f64);
    let found = all.iter().sum::<f64>() / runs;
    let variance = all.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / (runs - 1.0);
    let harmonic: f64 = (1..=8).map(|k| 1.0 / f64::from(k)).sum();
    let error = libm::sqrt(variance / runs);
    assert!(
        (found - mean * harmonic).abs() < 4.0 * error,
        "{found} {error}"
    );
}
