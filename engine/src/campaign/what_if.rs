//! Which single change matters most: every change is tried on a few shared runs, those that seem to
//! matter most on more of them, in rounds, and the first of those again on fresh ones, so that nothing is
//! shown for having been lucky.

use super::change::Change;
use super::criterion::Criterion;
use super::runner::{Order, run};
use super::statistics::{Discordant, Interval, Mean, Paired};
use super::tally::Tally;
use crate::exercise::{Exercise, Phase};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How often all intervals together fail to hold their figures.
const FAILS: f64 = 0.05;
/// How many changes are tried on all shared runs.
const SCREENED: usize = 30;
/// How many changes are tried again.
const TOP: usize = 10;
/// From which loss of points on, in basis points, what is taken away is a single point of failure.
/// Illustrative.
const FAILURE: f64 = 500.0;
/// Or from which rise of the chance on that a phase is never complete. Illustrative.
const NEVER_COMPLETE: f64 = 0.25;

/// What single changes do to how well a run is carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// How many changes were tried.
    pub tried: usize,
    /// The rounds in which that was done, the first of which tried every change.
    pub rounds: Vec<Round>,
    /// On how many fresh runs the first were tried again.
    pub confirmed_on: u64,
    /// The changes that seemed to matter most, tried again: by what they did on fresh runs, the
    /// greatest effect first.
    pub confirmed: Vec<Confirmed>,
    /// Every change with what it did on shared runs, those first that were tried on more of them, and
    /// of these the greatest effect.
    pub changes: Vec<(Change, Paired)>,
}

/// A round of trying changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// How many changes it tried: those that seemed to matter most by the round before.
    pub changes: usize,
    /// On how many shared runs they were tried by its end.
    pub runs: u64,
}

/// A change that was tried on fresh runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmed {
    /// The change.
    pub change: Change,
    /// What it does to how well a run is carried out, in basis points.
    pub gain: Paired,
    /// Its mean; all intervals over all changes that were tried hold together in 95 of 100.
    pub mean: Option<Mean>,
    /// What it did when screened, in basis points: flattered by having been chosen for it.
    pub screened: f64,
    /// Changes with the same number cannot be told apart by their neighbours in this list.
    pub group: usize,
    /// The phases that are surely more often never complete.
    pub never_complete: Vec<(Phase, Interval)>,
}

impl Confirmed {
    /// Whether what was taken away is a single point of failure: the score surely falls by five points
    /// or more without it, or a phase is surely never complete in a quarter of runs more.
    pub fn is_failure(&self) -> bool {
        let taken_away = self.change.takes_away();
        let interval = self.mean.and_then(|mean| mean.interval);
        let falls = interval.is_some_and(|interval| interval.high <= -FAILURE);
        let stuck = |(_, interval): &(Phase, Interval)| interval.low >= NEVER_COMPLETE;
        taken_away && (falls || self.never_complete.iter().any(stuck))
    }
}

/// A change that is tried on shared runs.
struct Trial {
    change: Change,
    variant: Arc<Exercise>,
    tally: Tally,
    gain: Paired,
}

/// Tries every change on the runs of the order, and the ten that seem to matter most again on fresh
/// runs. `None` where it was stopped.
pub fn what_if(
    order: &Order,
    fresh: Range<u64>,
    stop: &AtomicBool,
    mut progress: impl FnMut(usize, usize),
) -> Option<WhatIf> {
    let play = |exercise: &Arc<Exercise>, runs: &Range<u64>, tally: &mut Tally| {
        let of = Order {
            exercise: Arc::clone(exercise),
            runs: runs.clone(),
            ..order.clone()
        };
        run(&of, stop, |row| tally.add(row));
        (!stop.load(Ordering::Relaxed)).then_some(())
    };
    let played = |exercise: &Arc<Exercise>, runs: &Range<u64>| {
        let mut tally = Tally::new(exercise);
        play(exercise, runs, &mut tally).map(|()| tally)
    };
    let mut trials = trials(&order.exercise);
    let all = trials.len();
    let rounds = rounds(all, length(&order.runs));
    let mut steps = 0..rounds.iter().map(|round| round.changes).sum::<usize>() + TOP;
    let of = steps.end;
    let mut advance = || progress(steps.next().unwrap_or(of), of);
    let base = played(&order.exercise, &order.runs)?;
    let mut next = order.runs.start;
    for round in &rounds {
        let runs = next..order.runs.start + round.runs;
        for trial in &mut trials[..round.changes] {
            advance();
            play(&trial.variant, &runs, &mut trial.tally)?;
            trial.gain = base.gain(&trial.tally, Criterion::CarriedOut);
        }
        trials[..round.changes].sort_by(by_effect);
        next = runs.end;
    }
    let base = played(&order.exercise, &fresh)?;
    let mut confirmed = Vec::new();
    let last = rounds.last().map_or(0, |round| round.changes);
    let mattering = trials[..last]
        .iter()
        .filter(|trial| trial.gain.differing() > 0);
    for trial in mattering.take(TOP) {
        advance();
        let tally = played(&trial.variant, &fresh)?;
        confirmed.push((confirm(trial, (&base, &tally), all), tally));
    }
    Some(WhatIf {
        tried: all,
        rounds,
        confirmed_on: length(&fresh),
        confirmed: grouped(confirmed, all),
        changes: trials
            .into_iter()
            .map(|trial| (trial.change, trial.gain))
            .collect(),
    })
}

/// Every change that can be made, before it is tried.
fn trials(exercise: &Arc<Exercise>) -> Vec<Trial> {
    let trial = |change: Change| {
        let variant = change.made(exercise)?;
        Some(Trial {
            change,
            tally: Tally::new(&variant),
            variant,
            gain: Paired::default(),
        })
    };
    Change::probes(exercise)
        .into_iter()
        .filter_map(trial)
        .collect()
}

/// The rounds in which so many changes are tried on so many shared runs: all on an eighth of them, half
/// of the changes on a quarter, few on all.
fn rounds(changes: usize, runs: u64) -> Vec<Round> {
    let few = changes.min(SCREENED);
    let of = [(changes, 8), (changes.div_ceil(2).max(few), 4), (few, 1)];
    let round = |(changes, part)| Round {
        changes,
        runs: runs.div_ceil(part),
    };
    of.map(round).to_vec()
}

/// The greatest effect first.
fn by_effect(a: &Trial, b: &Trial) -> std::cmp::Ordering {
    let by = effect(&b.gain).total_cmp(&effect(&a.gain));
    by.then(a.change.cmp(&b.change))
}

/// How many runs there are.
const fn length(runs: &Range<u64>) -> u64 {
    runs.end.saturating_sub(runs.start)
}

fn mean(gain: &Paired) -> f64 {
    gain.estimate(FAILS).map_or(0.0, |mean| mean.value)
}

fn effect(gain: &Paired) -> f64 {
    mean(gain).abs()
}

fn confirm(trial: &Trial, (base, tally): (&Tally, &Tally), tried: usize) -> Confirmed {
    let gain = base.gain(tally, Criterion::CarriedOut);
    let fails = FAILS / f64::from(tried.max(1) as u32);
    let never = |phase: &Phase| {
        let interval = base.lost(tally, *phase).interval(fails)?;
        // It is the second that loses the phase: the difference of chances is turned round.
        let more = interval.negated();
        (more.low > 0.0).then_some((*phase, more))
    };
    Confirmed {
        change: trial.change,
        mean: gain.estimate(fails),
        screened: mean(&trial.gain),
        gain,
        group: 0,
        never_complete: Phase::ALL.iter().filter_map(never).collect(),
    }
}

/// Sorts by effect and numbers the groups: a new one begins where a change surely differs from the
/// one before it, on the same draws.
fn grouped(mut confirmed: Vec<(Confirmed, Tally)>, tried: usize) -> Vec<Confirmed> {
    confirmed.sort_by(|(a, _), (b, _)| {
        let by = effect(&b.gain).total_cmp(&effect(&a.gain));
        by.then(a.change.cmp(&b.change))
    });
    let fails = FAILS / f64::from(tried.max(1) as u32);
    let mut group = 1;
    for i in 0..confirmed.len() {
        if i > 0 {
            let (before, this) = (&confirmed[i - 1].1, &confirmed[i].1);
            let apart = before
                .gain(this, Criterion::CarriedOut)
                .estimate(fails)
                .and_then(|it| it.interval);
            group += usize::from(apart.is_some_and(|apart| apart.is_clear_of_zero()));
        }
        confirmed[i].0.group = group;
    }
    confirmed
        .into_iter()
        .map(|(confirmed, _)| confirmed)
        .collect()
}

impl Tally {
    /// In which runs a phase was complete in the one and not in the other.
    fn lost(&self, other: &Self, phase: Phase) -> Discordant {
        let i = phase.index();
        let mut pairs = Discordant::default();
        for (a, b) in self.kept.iter().zip(&other.kept) {
            if a.phases[i].applies {
                let complete = |of: &super::tally::Kept| of.phases[i].completed.is_some();
                pairs.add(complete(a), complete(b));
            }
        }
        pairs
    }
}
