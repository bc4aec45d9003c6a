//! Changes that are tried: alone, on shared runs, the best again on fresh ones, and then together.
//!
//! Front ends ask it what helps. Everything is held against the exercise as it is on the same draws, run by
//! run. What is shown was played on fresh runs, so that nothing is shown for having been lucky; it never
//! ranks by what a change did where it was chosen.

mod rank;
mod together;

pub use together::{Allowed, together};

use super::change::Change;
use super::criterion::{Criterion, Effect};
use super::runner::{Order, run};
use super::tally::Tally;
use super::what_if::Round;
use crate::exercise::Exercise;
use rank::ranked;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How often all intervals of a search together fail to hold their figures.
const FAILS: f64 = 0.05;

/// A scenario in which changes are tried, with the runs that all share.
#[derive(Debug, Clone)]
pub struct Ground {
    /// What is played as it is.
    pub order: Order,
    /// The weight of the scenario among the others.
    pub weight: u64,
}

/// How much is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// How many changes are tried on all shared runs: of more, those that do best on a part of them.
    pub screened: usize,
    /// How many of these are tried again on fresh runs.
    pub kept: usize,
    /// The fresh runs.
    pub fresh: Range<u64>,
}

/// Changes that were tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Trials {
    /// How many changes were tried.
    pub tried: usize,
    /// The rounds in which that was done.
    pub rounds: Vec<Round>,
    /// On how many fresh runs of each scenario the best were tried again.
    pub fresh: u64,
    /// The best, by rank.
    pub best: Vec<Tried>,
    /// Changes that made no difference in any run.
    pub idle: Vec<Change>,
}

/// Changes that were played together on fresh runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The changes.
    pub changes: Vec<Change>,
    /// What they do by each criterion, in the order of [`Criterion::RANKING`].
    pub effects: [Effect; Criterion::RANKING.len()],
    /// From 1; those that cannot be told apart share it.
    pub rank: usize,
}

impl Tried {
    /// What they do by a criterion; `None` where changes are not ranked by it.
    pub fn effect(&self, by: Criterion) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.by == by)
    }

    /// The first criterion by which they surely differ from what is played as it is, and whether for the
    /// better.
    pub fn verdict(&self) -> Option<(Criterion, bool)> {
        let sure = self.effects.iter();
        let mut sure = sure.filter_map(|effect| Some((effect.by, effect.is_better()?)));
        sure.next()
    }

    /// Whether they surely help: they are better by the first criterion in which anything surely differs.
    pub fn helps(&self) -> bool {
        self.verdict().is_some_and(|(_, better)| better)
    }
}

/// Changes in every scenario, and what became of their runs so far.
struct Variant {
    changes: Vec<Change>,
    exercises: Vec<Arc<Exercise>>,
    tallies: Vec<Tally>,
}

impl Variant {
    /// `None` where the changes make no exercise of one of the grounds.
    fn new(changes: Vec<Change>, grounds: &[Ground]) -> Option<Self> {
        let made = |ground: &Ground| Change::all_made(&changes, &ground.order.exercise);
        let exercises: Option<Vec<_>> = grounds.iter().map(made).collect();
        let exercises = exercises?;
        Some(Self {
            tallies: exercises.iter().map(|of| Tally::new(of)).collect(),
            changes,
            exercises,
        })
    }

    /// What is played as it is.
    fn base(grounds: &[Ground]) -> Self {
        let exercises: Vec<_> = grounds
            .iter()
            .map(|of| Arc::clone(&of.order.exercise))
            .collect();
        Self {
            changes: Vec::new(),
            tallies: exercises.iter().map(|of| Tally::new(of)).collect(),
            exercises,
        }
    }

    /// The same without its runs.
    fn afresh(&self) -> Self {
        Self {
            changes: self.changes.clone(),
            exercises: self.exercises.clone(),
            tallies: self.exercises.iter().map(|of| Tally::new(of)).collect(),
        }
    }

    /// Plays runs of every ground. `None` where it was stopped.
    fn play(&mut self, grounds: &[Ground], runs: &Range<u64>, stop: &AtomicBool) -> Option<()> {
        for ((ground, exercise), tally) in
            grounds.iter().zip(&self.exercises).zip(&mut self.tallies)
        {
            let order = Order {
                exercise: Arc::clone(exercise),
                runs: runs.clone(),
                ..ground.order.clone()
            };
            run(&order, stop, |row| tally.add(row));
        }
        (!stop.load(Ordering::Relaxed)).then_some(())
    }

    /// What it does beside another.
    fn effect(&self, base: &Self, grounds: &[Ground], by: Criterion, fails: f64) -> Effect {
        let weights = grounds.iter().map(|ground| ground.weight);
        let tallies = base.tallies.iter().zip(&self.tallies);
        let pairs: Vec<_> = weights.zip(tallies).map(|(w, (a, b))| (w, a, b)).collect();
        Effect::of(by, &pairs, fails)
    }

    fn effects(
        &self,
        base: &Self,
        grounds: &[Ground],
        fails: f64,
    ) -> [Effect; Criterion::RANKING.len()] {
        Criterion::RANKING.map(|by| self.effect(base, grounds, by, fails))
    }

    /// Whether anything came out otherwise.
    fn differs(&self, base: &Self, grounds: &[Ground]) -> bool {
        let effects = self.effects(base, grounds, FAILS);
        effects.iter().any(|effect| effect.differing > 0)
    }
}

/// Tries changes alone on the runs of the grounds, and the best of them again on fresh runs. `None` where it
/// was stopped. What cannot be made in every ground is left out. The progress is told before each step, with
/// the number of steps.
pub fn try_changes(
    grounds: &[Ground],
    candidates: Vec<Change>,
    size: &Size,
    stop: &AtomicBool,
    mut progress: impl FnMut(usize, usize),
) -> Option<Trials> {
    let made = candidates.into_iter();
    let mut variants: Vec<Variant> = made
        .filter_map(|change| Variant::new(vec![change], grounds))
        .collect();
    let tried = variants.len();
    let shared = grounds
        .first()
        .map_or(0..0, |ground| ground.order.runs.clone());
    let rounds = rounds(tried, size.screened, shared.end - shared.start);
    let steps = rounds.iter().map(|round| round.changes).sum::<usize>() + size.kept.min(tried);
    let mut done = 0;
    let mut advance = || {
        progress(done, steps);
        done += 1;
    };
    let mut base = Variant::base(grounds);
    base.play(grounds, &shared, stop)?;
    let mut next = shared.start;
    for round in &rounds {
        let runs = next..shared.start + round.runs;
        for variant in &mut variants[..round.changes] {
            advance();
            variant.play(grounds, &runs, stop)?;
        }
        next = runs.end;
        let played: Vec<Variant> = variants.drain(..round.changes).collect();
        let ordered = by_each_criterion(played, &base, grounds);
        variants.splice(0..0, ordered);
    }
    let (moving, idle): (Vec<Variant>, Vec<Variant>) = variants
        .into_iter()
        .partition(|of| of.differs(&base, grounds));
    let mut base = base.afresh();
    base.play(grounds, &size.fresh, stop)?;
    let mut best = Vec::new();
    for variant in moving.iter().take(size.kept) {
        advance();
        let mut fresh = variant.afresh();
        fresh.play(grounds, &size.fresh, stop)?;
        best.push(fresh);
    }
    Some(Trials {
        tried,
        rounds,
        fresh: size.fresh.end - size.fresh.start,
        best: ranked(best, &base, grounds, FAILS / together_with(tried)),
        idle: idle.into_iter().flat_map(|of| of.changes).collect(),
    })
}

/// Over how many intervals the error is shared out.
fn together_with(changes: usize) -> f64 {
    f64::from((changes.max(1) * Criterion::RANKING.len()) as u32)
}

/// The rounds in which so many changes are tried: all on an eighth of the runs, then twice as many as reach the
/// end on a quarter, then these on all. Few are tried on all runs at once.
fn rounds(changes: usize, screened: usize, runs: u64) -> Vec<Round> {
    let last = changes.min(screened);
    let round = |changes, part: u64| Round {
        changes,
        runs: runs.div_ceil(part),
    };
    if changes <= screened {
        return vec![round(changes, 1)];
    }
    let half = changes
        .div_ceil(2)
        .clamp(last, changes.min(3 * last).max(last));
    vec![round(changes, 8), round(half, 4), round(last, 1)]
}

/// Those first that do best by any criterion: the best by the first, the best by the second and so on, then
/// the second best by each.
fn by_each_criterion(variants: Vec<Variant>, base: &Variant, grounds: &[Ground]) -> Vec<Variant> {
    let mut orders: Vec<Vec<usize>> = Vec::new();
    for by in Criterion::RANKING {
        let gains: Vec<f64> = variants
            .iter()
            .map(|of| of.effect(base, grounds, by, FAILS).mean())
            .collect();
        let mut order: Vec<usize> = (0..variants.len()).filter(|i| gains[*i] > 0.0).collect();
        order.sort_by(|a, b| gains[*b].total_cmp(&gains[*a]).then(a.cmp(b)));
        orders.push(order);
    }
    let longest = orders.iter().map(Vec::len).max().unwrap_or(0);
    let mut chosen: Vec<usize> = Vec::new();
    for place in 0..longest {
        for order in &orders {
            if let Some(which) = order.get(place)
                && !chosen.contains(which)
            {
                chosen.push(*which);
            }
        }
    }
    chosen.extend(
        (0..variants.len())
            .filter(|i| !chosen.contains(i))
            .collect::<Vec<_>>(),
    );
    let mut variants: Vec<Option<Variant>> = variants.into_iter().map(Some).collect();
    let taken = chosen
        .into_iter()
        .filter_map(|which| variants[which].take());
    taken.collect()
}
