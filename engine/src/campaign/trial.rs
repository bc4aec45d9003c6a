//! Changes that are tried: alone, on shared runs, the best again on fresh ones, and then together.
//!
//! Front ends ask it what helps. Everything is held against the exercise as it is on the same draws, run by
//! run. What is shown was played on fresh runs, so that nothing is shown for having been lucky; it never
//! ranks by what a change did where it was chosen. It plays nothing itself: it asks for batches of runs, each of
//! which follows from the outcomes of those before it, so that a batch can be cut over machines ([`Plays`]).

mod plays;
mod rank;
mod together;
mod variant;

pub use plays::{Batch, Here, Lot, Plays};
pub use together::{Allowed, together};

use super::change::Change;
use super::criterion::{Criterion, Effect};
use super::runner::Order;
use super::what_if::Round;
use plays::play;
use rank::ranked;
use std::ops::Range;
use variant::Variant;

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

/// Tries changes alone on the runs of the grounds, and the best of them again on fresh runs. `None` where
/// nobody played what was asked for. What cannot be made in every ground is left out.
pub fn try_changes(
    grounds: &[Ground],
    candidates: Vec<Change>,
    size: &Size,
    plays: &mut dyn Plays,
) -> Option<Trials> {
    let made = candidates.into_iter();
    let mut variants: Vec<Variant> = made
        .filter_map(|change| Variant::new(vec![change], grounds))
        .collect();
    let tried = variants.len();
    let shared = shared(grounds);
    let rounds = rounds(tried, size.screened, shared.end - shared.start);
    let steps = rounds.iter().map(|round| round.changes).sum::<usize>() + size.kept.min(tried);
    let mut done = 0;
    let mut base = Variant::base(grounds);
    let mut base_runs = Some(shared.clone());
    let mut next = shared.start;
    for round in &rounds {
        let runs = next..shared.start + round.runs;
        let mut asked: Vec<(&mut Variant, Range<u64>)> = Vec::new();
        asked.extend(base_runs.take().map(|runs| (&mut base, runs)));
        let variants_of_round = variants[..round.changes].iter_mut();
        asked.extend(variants_of_round.map(|variant| (variant, runs.clone())));
        play(plays, asked, Some((done, steps)))?;
        done += round.changes;
        next = runs.end;
        let played: Vec<Variant> = variants.drain(..round.changes).collect();
        let ordered = by_each_criterion(played, &base, grounds);
        variants.splice(0..0, ordered);
    }
    let (moving, idle): (Vec<Variant>, Vec<Variant>) = variants
        .into_iter()
        .partition(|of| of.differs(&base, grounds));
    let mut base = base.afresh();
    let mut best: Vec<Variant> = moving.iter().take(size.kept).map(Variant::afresh).collect();
    let all = std::iter::once(&mut base).chain(&mut best);
    let asked = all.map(|variant| (variant, size.fresh.clone())).collect();
    play(plays, asked, Some((done, steps)))?;
    Some(Trials {
        tried,
        rounds,
        fresh: size.fresh.end - size.fresh.start,
        best: ranked(best, &base, grounds, FAILS / together_with(tried)),
        idle: idle.into_iter().flat_map(|of| of.changes).collect(),
    })
}

/// The runs that all changes share.
fn shared(grounds: &[Ground]) -> Range<u64> {
    let first = grounds.first();
    first.map_or(0..0, |ground| ground.order.runs.clone())
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
