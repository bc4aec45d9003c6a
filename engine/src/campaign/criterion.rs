//! By what two plays of the same runs are held against each other, in the order in which it counts.

use super::row::Gate;
use super::statistics::{MIN_DIFFERING, Paired, Stratified, mean_of};
use super::tally::{Kept, Tally};

/// What counts, the first first: a later one decides only where nothing before it surely differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// The harm that came: each effect that a step of the attack had on an asset, once.
    Harm,
    /// Critical objectives that could not be performed, and harm done by the response itself: what closes
    /// the gate.
    Gates,
    /// Duties with a deadline that were not kept.
    Duties,
    /// How well it was carried out, in basis points.
    CarriedOut,
    /// Money lost, in minor units.
    Loss,
}

impl Criterion {
    /// All of them, in the order in which they count.
    pub const ALL: [Self; 5] = [
        Self::Harm,
        Self::Gates,
        Self::Duties,
        Self::CarriedOut,
        Self::Loss,
    ];

    /// The position in that order.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// What a run has of it, turned so that more is better; `None` where it was not scored.
    fn of(self, kept: &Kept) -> Option<i64> {
        Some(match self {
            Self::Harm => -i64::from(kept.impact.harms),
            Self::Gates => -i64::from(kept.closing),
            Self::Duties => {
                let broken = kept
                    .clocks
                    .iter()
                    .filter(|clock| clock.kept() == Some(false));
                -(broken.count() as i64)
            }
            Self::CarriedOut => i64::from(kept.score?.carried_out.0),
            Self::Loss => -kept.impact.loss.0,
        })
    }
}

/// How many reasons close the gate of a run, duties apart, which count by themselves.
pub(super) fn closing(gates: impl IntoIterator<Item = Gate>) -> u16 {
    let closing = gates.into_iter().filter(|gate| match gate {
        Gate::Objective(_) | Gate::OwnHarm(_) => true,
        Gate::Obligation(..) => false,
    });
    closing.count() as u16
}

/// What a run has of each criterion, in the order of [`Criterion::ALL`], turned so that more is better; `None`
/// where it was not scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome(pub [Option<i64>; 5]);

impl Outcome {
    /// The differences of a criterion, run by run, the second's less the first's.
    pub(super) fn gain(first: &[Self], second: &[Self], by: Criterion) -> Paired {
        let pairs = first.iter().zip(second);
        Paired::of(pairs.filter_map(|(a, b)| Some((a.0[by.index()]?, b.0[by.index()]?))))
    }
}

impl Tally {
    /// What each run has of each criterion.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let kept = self.kept.iter();
        kept.map(|kept| Outcome(Criterion::ALL.map(|by| by.of(kept))))
            .collect()
    }

    /// The differences of a criterion, run by run, the other's less this one's; more is better.
    pub fn gain(&self, other: &Self, by: Criterion) -> Paired {
        let pairs = self.kept.iter().zip(&other.kept);
        Paired::of(pairs.filter_map(|(a, b)| Some((by.of(a)?, by.of(b)?))))
    }
}

/// What a change does by one criterion, over all scenarios that it was tried in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The criterion.
    pub by: Criterion,
    /// In how many runs it made a difference.
    pub differing: u64,
    /// The mean gain a run, weighted by scenario; more is better. Its interval holds together with all
    /// others of the search; it is missing where fewer than [`MIN_DIFFERING`] runs differ.
    pub gain: Option<Stratified>,
}

impl Effect {
    /// The effect of the second of each pair of runs.
    pub(super) fn of_runs(by: Criterion, pairs: &[(&Kept, &Kept)], fails: f64) -> Self {
        let known = pairs
            .iter()
            .filter_map(|(a, b)| Some((by.of(a)?, by.of(b)?)));
        let gain = Paired::of(known);
        Self::of_gains(by, &[(1, gain)], fails)
    }

    /// The effect by the differences in each scenario, with the weights of the scenarios.
    pub(super) fn of_gains(by: Criterion, gains: &[(u64, Paired)], fails: f64) -> Self {
        let differing = gains.iter().map(|(_, gain)| gain.differing()).sum();
        let sums: Vec<_> = gains
            .iter()
            .map(|(weight, gain)| (*weight, gain.sums()))
            .collect();
        let mean = mean_of(&sums, fails);
        let gain = mean.map(|mean| Stratified {
            interval: mean.interval.filter(|_| differing >= MIN_DIFFERING),
            ..mean
        });
        Self {
            by,
            differing,
            gain,
        }
    }

    /// The mean gain; 0 where nothing is known of it.
    pub fn mean(&self) -> f64 {
        self.gain.map_or(0.0, |gain| gain.value)
    }

    /// Whether it surely gains, or surely loses; `None`: neither is sure.
    pub fn is_better(&self) -> Option<bool> {
        let interval = self.gain?.interval?;
        let sure = interval.is_clear_of_zero();
        sure.then_some(interval.low > 0.0)
    }
}
