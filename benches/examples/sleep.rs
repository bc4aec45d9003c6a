//! The sleep of the people of the shipped ransomware scenario: who was awake when, and how long.
//!
//! `cargo run --release -p hotwash-benches --example sleep` prints figures of 1,000 runs: the longest time
//! that anybody was awake, and the share of runs in which everybody who could cut servers off slept at once.
//! With `picture` it prints them as a picture (SVG): a row for each person, a column for each quarter of an
//! hour, the darker the more of the runs the person slept in. People are asleep on their usual nights, which
//! no call and no work keeps them from, and while the record says that they rest.

use hotwash_benches::shipped;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Measure, PersonId, Span};
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate, usual_nights};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

const RUNS: u64 = 1_000;
const HOURS: usize = 84;
const STEP: Span = Span::minutes(15);
const STEPS: usize = HOURS * 4;

/// A stretch of time.
type Stretch = (ExerciseTime, ExerciseTime);

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let scenario = shipped()
        .into_iter()
        .find(|(id, _)| id.starts_with("ransomware"));
    let Some((id, exercise)) = scenario else {
        return Ok(());
    };
    let sums = Sums::of(&exercise);
    if std::env::args().any(|argument| argument == "picture") {
        return sums.picture(&mut out, &exercise);
    }
    writeln!(out, "{id}, {RUNS} runs")?;
    sums.figures(&mut out)
}

struct Sums {
    /// By person, then step: in how many runs they slept.
    asleep: Vec<Vec<u64>>,
    /// By run: the longest time that anybody who took part was awake.
    longest: Vec<Span>,
    /// In how many runs somebody was called out of bed, and how often in all.
    woken: (u64, u64),
    /// In how many runs all who could cut off slept at once before they did, and the same of the rests alone.
    all_asleep: (u64, u64),
}

impl Sums {
    fn of(exercise: &Arc<Exercise>) -> Self {
        let people = exercise.organisation().people.len();
        let mut sums = Self {
            asleep: vec![vec![0; STEPS]; people],
            longest: Vec::new(),
            woken: (0, 0),
            all_asleep: (0, 0),
        };
        let cutters = who_cuts_off(exercise);
        for run in 0..RUNS {
            let record = simulate(exercise, &Setup::of(1, run), Provenance::default());
            let night = Nights::of(exercise, run, &record);
            for (person, slept) in sums.asleep.iter_mut().enumerate() {
                for (step, sum) in slept.iter_mut().enumerate() {
                    *sum += u64::from(within(&night.asleep[person], at(step)));
                }
            }
            let ended = record
                .entries
                .last()
                .map_or(ExerciseTime::STARTEX, |e| e.at);
            sums.longest.push(night.longest(ended));
            sums.woken.0 += u64::from(night.woken > 0);
            sums.woken.1 += night.woken;
            let cut = cut_off(&record).unwrap_or(ended);
            let steps = || (0..STEPS).map(at).take_while(|at| *at < cut);
            let all = |of: &[Vec<Stretch>]| {
                let mut steps = steps();
                steps.any(|at| cutters.iter().all(|one| within(&of[one.index()], at)))
            };
            sums.all_asleep.0 += u64::from(all(&night.asleep));
            sums.all_asleep.1 += u64::from(all(&night.rests));
        }
        sums
    }

    fn figures(mut self, out: &mut impl Write) -> io::Result<()> {
        self.longest.sort_unstable();
        let hours = |span: Span| format!("{}.{} h", span.0 / 3_600_000, span.0 / 360_000 % 10);
        let quantile = |share: usize| hours(self.longest[(self.longest.len() - 1) * share / 100]);
        writeln!(
            out,
            "longest time that anybody was awake: half of all runs up to {}, nine in ten up to {}, all up to {}",
            quantile(50),
            quantile(90),
            quantile(100)
        )?;
        let share = |runs: u64| format!("{} %", runs * 1_000 / RUNS / 10);
        let (runs, times) = self.woken;
        writeln!(
            out,
            "somebody was called out of bed in {} of runs, {times} times in all",
            share(runs)
        )?;
        let (asleep, rests) = self.all_asleep;
        writeln!(
            out,
            "all who could cut off slept at once before it was done in {} of runs, and rested at once in {}",
            share(asleep),
            share(rests)
        )
    }

    fn picture(&self, out: &mut impl Write, exercise: &Exercise) -> io::Result<()> {
        let (left, top, high, wide) = (90, 40, 24, 3);
        let people = &exercise.organisation().people;
        let size = (left + STEPS * wide + 20, top + people.len() * high + 40);
        writeln!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>"#,
            size.0, size.1
        )?;
        writeln!(
            out,
            r#"<text x="{left}" y="18">Asleep, in how many of {RUNS} runs (white: none, dark: all), by local time from STARTEX</text>"#
        )?;
        for (row, person) in people.iter().enumerate() {
            let y = top + row * high;
            writeln!(out, r#"<text x="8" y="{}">{}</text>"#, y + 16, person.slug)?;
            for step in 0..STEPS {
                let grey = 255 - self.asleep[row][step] * 220 / RUNS;
                writeln!(
                    out,
                    r#"<rect x="{}" y="{y}" width="{wide}" height="{}" fill="rgb({grey},{grey},255)"/>"#,
                    left + step * wide,
                    high - 2
                )?;
            }
        }
        for step in (0..STEPS).step_by(24) {
            let (_, time) = exercise.local(at(step));
            writeln!(
                out,
                r#"<text x="{}" y="{}">{:02}:{:02}</text>"#,
                left + step * wide,
                top + people.len() * high + 16,
                time.0 / 3_600_000,
                time.0 / 60_000 % 60
            )?;
        }
        writeln!(out, "</svg>")
    }
}

/// When people slept in a run.
struct Nights {
    /// By person.
    asleep: Vec<Vec<Stretch>>,
    /// By person: the rests that the record tells of.
    rests: Vec<Vec<Stretch>>,
    /// By person: whether they did anything.
    acted: Vec<bool>,
    /// How often somebody was called out of bed.
    woken: u64,
}

impl Nights {
    fn of(exercise: &Arc<Exercise>, run: u64, record: &Record) -> Self {
        let usual = usual_nights(exercise, 1, run);
        let people = usual.len();
        let (mut rests, mut kept) = (vec![Vec::new(); people], vec![Vec::new(); people]);
        let mut called: Vec<(PersonId, ExerciseTime)> = Vec::new();
        let mut working = BTreeMap::new();
        for entry in &record.entries {
            match &entry.event {
                Event::RestBegan { person, until } => {
                    rests[person.index()].push((entry.at, *until));
                }
                Event::PersonReached { person, until } => {
                    called.push((*person, entry.at));
                    kept[person.index()].push((entry.at, *until));
                }
                Event::TaskStarted {
                    instance, people, ..
                }
                | Event::TaskResumed {
                    instance, people, ..
                } => {
                    working.insert(*instance, (entry.at, people.clone()));
                }
                Event::TaskEnded { instance, .. } | Event::TaskPaused { instance, .. } => {
                    if let Some((from, people)) = working.remove(instance) {
                        for person in people {
                            kept[person.index()].push((from, entry.at));
                        }
                    }
                }
                _ => {}
            }
        }
        let nights = |person: usize| -> Vec<Stretch> {
            let all = usual[person].iter().map(|night| (night.from, night.until));
            all.collect()
        };
        let woken = called
            .iter()
            .filter(|(person, at)| within(&nights(person.index()), *at));
        let woken = woken.count() as u64;
        let asleep = (0..people).map(|person| {
            let mut asleep = nights(person);
            for kept in &kept[person] {
                asleep = without(&asleep, *kept);
            }
            asleep.extend(&rests[person]);
            asleep.sort_unstable();
            asleep
        });
        Self {
            asleep: asleep.collect(),
            acted: kept.iter().map(|kept| !kept.is_empty()).collect(),
            rests,
            woken,
        }
    }

    /// The longest time that somebody who did anything was awake.
    fn longest(&self, ended: ExerciseTime) -> Span {
        let of = |asleep: &Vec<Stretch>| {
            let mut longest = Span::ZERO;
            for two in asleep
                .windows(2)
                .filter(|two| two[1].1 > ExerciseTime::STARTEX)
            {
                longest = longest.max(two[1].0.min(ended) - two[0].1);
            }
            longest
        };
        let acted = self
            .asleep
            .iter()
            .zip(&self.acted)
            .filter(|(_, acted)| **acted);
        acted
            .map(|(asleep, _)| of(asleep))
            .max()
            .unwrap_or_default()
    }
}

/// What is left of stretches without another.
fn without(stretches: &[Stretch], (from, until): Stretch) -> Vec<Stretch> {
    let mut left = Vec::new();
    for (start, end) in stretches.iter().copied() {
        left.extend([(start, end.min(from)), (start.max(until), end)]);
    }
    left.retain(|(start, end)| start < end);
    left
}

fn within(stretches: &[Stretch], at: ExerciseTime) -> bool {
    stretches
        .iter()
        .any(|(from, until)| *from <= at && at < *until)
}

fn at(step: usize) -> ExerciseTime {
    let steps = i64::try_from(step).unwrap_or(i64::MAX);
    ExerciseTime(STEP.0 * steps)
}

/// Those who hold a role whose task cuts off, or stand in for it.
fn who_cuts_off(exercise: &Exercise) -> Vec<PersonId> {
    let tasks = exercise.plan().tasks.iter();
    let tasks = tasks.filter(|task| task.takes_measure(Measure::Isolate));
    let roles = tasks.flat_map(|task| exercise.roles(task.by));
    let people = roles.flat_map(|role| {
        let role = exercise.role(*role);
        role.holders.iter().chain(&role.deputies).copied()
    });
    let mut people: Vec<PersonId> = people.collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// When something was first cut off.
fn cut_off(record: &Record) -> Option<ExerciseTime> {
    let isolated = record.entries.iter().find(|entry| {
        matches!(
            entry.event,
            Event::MeasureTaken {
                measure: Measure::Isolate,
                effect: true,
                ..
            }
        )
    });
    isolated.map(|entry| entry.at)
}
