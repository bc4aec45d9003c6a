//! By what two plays of the same runs are held against each other, in the order in which it counts.

use super::statistics::{MIN_DIFFERING, NEVER, Paired, Stratified, mean_of};
use super::tally::{Kept, Tally};
use crate::exercise::{Phase, Span};

/// What counts, the first first: a later one decides only where nothing before it surely differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// The harm that came: each effect that a step of the attack had on an asset, once.
    Harm,
    /// Critical objectives that could not be performed.
    Objectives,
    /// Whether the response itself did harm out of proportion.
    OwnHarm,
    /// Duties with a deadline that were not kept.
    Duties,
    /// How well it was carried out, in basis points.
    CarriedOut,
    /// The number for ranking, in basis points.
    Score,
    /// The time to a phase, in milliseconds, from where its target counts; a phase that was not reached counts
    /// as the limit of the exercise.
    Phase(Phase),
    /// Money lost, in minor units.
    Loss,
    /// The outage summed over assets, in milliseconds.
    Outage,
    /// Records that left or lie open.
    Records,
}

impl Criterion {
    /// All of them, in the order in which they count: by these two exercises are compared.
    pub const ALL: [Self; 15] = [
        Self::Harm,
        Self::Objectives,
        Self::OwnHarm,
        Self::Duties,
        Self::CarriedOut,
        Self::Score,
        Self::Phase(Phase::Identification),
        Self::Phase(Phase::Assessment),
        Self::Phase(Phase::Response),
        Self::Phase(Phase::Resolution),
        Self::Phase(Phase::Recovery),
        Self::Phase(Phase::Closure),
        Self::Loss,
        Self::Outage,
        Self::Records,
    ];

    /// Those by which changes are ranked that are tried. Fewer, since every one makes all intervals wider.
    pub const RANKING: [Self; 6] = [
        Self::Harm,
        Self::Objectives,
        Self::OwnHarm,
        Self::Duties,
        Self::CarriedOut,
        Self::Loss,
    ];

    /// Whether it is of those that count before how well it was carried out: where two of these disagree,
    /// neither side is better.
    pub fn is_weighty(self) -> bool {
        self < Self::CarriedOut
    }

    /// What a run has of it, turned so that more is better; `None` where it was not scored, or does not apply.
    /// Times are restricted to the limit.
    fn of(self, kept: &Kept, limit: Span) -> Option<i64> {
        Some(match self {
            Self::Harm => -i64::from(kept.impact.harms),
            Self::Objectives => -i64::from(kept.failed_objectives),
            Self::OwnHarm => -i64::from(kept.own_harm),
            Self::Duties => {
                let broken = kept
                    .clocks
                    .iter()
                    .filter(|clock| clock.kept() == Some(false));
                -(broken.count() as i64)
            }
            Self::CarriedOut => i64::from(kept.score?.carried_out.0),
            Self::Score => i64::from(kept.score?.score.0),
            Self::Phase(phase) => {
                let phase = &kept.phases[phase.index()];
                let time = phase.against_target.unwrap_or(NEVER).min(limit);
                phase.applies.then_some(-time.0)?
            }
            Self::Loss => -kept.impact.loss.0,
            Self::Outage => -kept.impact.outage.0,
            Self::Records => {
                i64::try_from(kept.impact.records).map_or(i64::MIN, |records| -records)
            }
        })
    }
}

/// What a run has of each criterion by which changes are ranked, in the order of [`Criterion::RANKING`], turned so
/// that more is better; `None` where it was not scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome(pub [Option<i64>; Criterion::RANKING.len()]);

impl Outcome {
    /// What the run has of a criterion; `None` as well where changes are not ranked by it.
    fn of(&self, by: Criterion) -> Option<i64> {
        let place = Criterion::RANKING
            .iter()
            .position(|ranking| *ranking == by)?;
        self.0[place]
    }

    /// The differences of a criterion, run by run, the second's less the first's.
    pub(super) fn gain(first: &[Self], second: &[Self], by: Criterion) -> Paired {
        let pairs = first.iter().zip(second);
        Paired::of(pairs.filter_map(|(a, b)| Some((a.of(by)?, b.of(by)?))))
    }
}

impl Tally {
    /// What each run has of each criterion by which changes are ranked.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let kept = self.kept.iter();
        kept.map(|kept| Outcome(Criterion::RANKING.map(|by| by.of(kept, self.limit))))
            .collect()
    }

    /// The differences of a criterion, run by run, the other's less this one's; more is better.
    pub fn gain(&self, other: &Self, by: Criterion) -> Paired {
        let pairs = self.kept.iter().zip(&other.kept);
        gain(pairs, [self.limit, other.limit], by)
    }
}

/// The differences of a criterion over pairs of runs, second less first.
fn gain<'a>(
    pairs: impl Iterator<Item = (&'a Kept, &'a Kept)>,
    limits: [Span; 2],
    by: Criterion,
) -> Paired {
    Paired::of(pairs.filter_map(|(a, b)| Some((by.of(a, limits[0])?, by.of(b, limits[1])?))))
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
    /// The effect of what was played second, by pairs of tallies with the weights of their scenarios.
    pub fn of(by: Criterion, pairs: &[(u64, &Tally, &Tally)], fails: f64) -> Self {
        let gains = pairs.iter().map(|(weight, a, b)| (*weight, a.gain(b, by)));
        Self::of_gains(by, &gains.collect::<Vec<_>>(), fails)
    }

    /// The effect of the second of each pair of runs; the limits are those of the two exercises.
    pub(super) fn of_runs(
        by: Criterion,
        pairs: &[(&Kept, &Kept)],
        limits: [Span; 2],
        fails: f64,
    ) -> Self {
        let gain = gain(pairs.iter().copied(), limits, by);
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
