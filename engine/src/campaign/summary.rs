//! What a campaign says: every figure with its error.

mod load;
mod made_of;

pub use load::{PersonSummary, RoleSummary, TaskSummary};
pub use made_of::{MadeOfTime, ShareOf};

use super::row::{Gate, PhaseRow};
use super::statistics::{Chance, Mean, NEVER, Quantile, Sums, quantile};
use super::tally::{Kept, Tally};
use crate::exercise::{BasisPoints, Exercise, ExerciseTime, IncidentId, ObligationId, Phase, Span};
use crate::record::{EndKind, Verdict};
use std::collections::BTreeMap;

/// The chance with which the intervals of a campaign's figures fail.
const FAILS: f64 = 0.05;
/// The quantiles that are shown.
const SHOWN: [BasisPoints; 5] = [
    BasisPoints(1_000),
    BasisPoints(2_500),
    BasisPoints(5_000),
    BasisPoints(7_500),
    BasisPoints(9_000),
];

/// Everything that is said about a campaign of one exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// How many runs it is of.
    pub runs: u64,
    /// The exercise score.
    pub score: ScoreSummary,
    /// The phases of the main incident, in order.
    pub phases: Vec<PhaseSummary>,
    /// From the first sign until the incident was declared.
    pub to_declare: Times,
    /// From the first sign that somebody read until the incident was contained for good, of the runs in
    /// which there was something to contain.
    pub to_contain: Times,
    /// Each clock of each incident.
    pub clocks: Vec<ClockSummary>,
    /// Each role, in the order of ids.
    pub roles: Vec<RoleSummary>,
    /// Each person, in the order of ids.
    pub people: Vec<PersonSummary>,
    /// Each task, in the order of ids.
    pub tasks: Vec<TaskSummary>,
    /// What the incident cost.
    pub impact: ImpactSummary,
    /// How runs ended, the most frequent first.
    pub ends: Vec<(EndKind, Chance)>,
}

/// Five quantiles: the tenth, the quarter, the half, three quarters and nine tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiles<T> {
    /// 10 %.
    pub p10: Quantile<T>,
    /// 25 %.
    pub p25: Quantile<T>,
    /// 50 %.
    pub p50: Quantile<T>,
    /// 75 %.
    pub p75: Quantile<T>,
    /// 90 %.
    pub p90: Quantile<T>,
}

impl<T: Copy + Ord> Quantiles<T> {
    fn of(mut values: Vec<T>) -> Option<Self> {
        values.sort_unstable();
        let at = |i: usize| quantile(&values, SHOWN[i]);
        Some(Self {
            p10: at(0)?,
            p25: at(1)?,
            p50: at(2)?,
            p75: at(3)?,
            p90: at(4)?,
        })
    }
}

/// Passed or not, and how well runs were carried out, in basis points.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreSummary {
    /// How often a run was passed.
    pub passed: Chance,
    /// How often the score was partial. A partial score says less than it seems, and reaches no level.
    pub partial: Chance,
    /// The mean of how well runs were carried out; `None` where no run could be scored.
    pub carried_out: Option<Mean>,
    /// Quantiles of it.
    pub quantiles: Option<Quantiles<BasisPoints>>,
    /// How many runs were carried out how well, in whole points from 0 to 100.
    pub by_point: Vec<u64>,
    /// The mean of the number for ranking.
    pub score: Option<Mean>,
    /// Quantiles of that number. None where it is made of two kinds of runs, so that its median says
    /// only which kind is the more frequent.
    pub scores: Option<Quantiles<BasisPoints>>,
    /// How often a gate applied.
    pub gated: Chance,
    /// How often each gate was among those that applied, the most often first.
    pub gates: Vec<(Gate, Chance)>,
    /// The mean of how well those runs were carried out to which the first of these gates did not apply; `None` where
    /// there is no gate, or it applied to all.
    pub carried_out_else: Option<Mean>,
    /// How often each objective was rated how, by objective, then from P to N.
    pub ratings: Vec<[u64; 5]>,
    /// What the default yardstick makes of the runs, where the organisation's is softer.
    pub by_default: Option<ByDefault>,
}

/// What the default yardstick makes of runs that are judged by a softer one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByDefault {
    /// How often a run was passed.
    pub passed: Chance,
    /// The mean of how well runs were carried out, in basis points.
    pub carried_out: Option<Mean>,
    /// The mean of the number for ranking, in basis points.
    pub score: Option<Mean>,
}

/// Times over runs, where some may not have got there.
#[derive(Debug, Clone, PartialEq)]
pub struct Times {
    /// How often it was not reached, of the runs in which there was something to reach.
    pub not_reached: Chance,
    /// Quantiles, with what was not reached as longer than any time.
    pub quantiles: Option<Quantiles<Span>>,
    /// The restricted mean in milliseconds: what was not reached counts as the exercise's limit.
    pub restricted_mean: Option<Mean>,
}

/// One phase.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseSummary {
    /// Which.
    pub phase: Phase,
    /// In how many runs there was something to do in it.
    pub applies: Chance,
    /// From the origin that is shown for it until it was complete.
    pub times: Times,
    /// From the origin from which its target counts, until what the target is for; without a target,
    /// until it was complete. What came before that origin took no time.
    pub against_target: Times,
    /// The target that most runs were held against.
    pub target: Option<Span>,
    /// Whether other runs had another.
    pub targets_differ: bool,
    /// How often its target was met, of the runs where it was decided.
    pub in_time: Chance,
    /// How often the plan's own target was met, likewise; it scores nothing.
    pub own_kept: Chance,
    /// Its score in basis points.
    pub score: Option<Mean>,
    /// How often it was left out of the score though there was something to do in it, of the runs that were
    /// scored: the exercise ended before its time was up, or there was nothing to judge it by.
    pub left_out: Chance,
    /// What the time to it was made of.
    pub made_of: MadeOfTime,
}

/// One clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSummary {
    /// The obligation.
    pub obligation: ObligationId,
    /// The incident.
    pub incident: IncidentId,
    /// How often its deadline was kept, of the runs in which that was decided.
    pub kept: Chance,
    /// Runs that ended before it was.
    pub open: u64,
    /// Runs in which nothing called for it.
    pub idle: u64,
}

/// What the incident cost.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpactSummary {
    /// Outage summed over assets, in milliseconds.
    pub outage: Option<Mean>,
    /// Quantiles of it.
    pub outages: Option<Quantiles<Span>>,
    /// Loss in minor units of money.
    pub loss: Option<Mean>,
    /// Quantiles of it.
    pub losses: Option<Quantiles<i64>>,
    /// Records that left or lie open.
    pub records: Option<Mean>,
}

impl Summary {
    /// Sums up a tally.
    pub fn of(exercise: &Exercise, tally: &Tally) -> Self {
        let limit = exercise.parts().limit;
        let runs = tally.runs();
        let declare = tally.kept.iter().map(|kept| kept.to_declare);
        let contain = tally.kept.iter().filter(|kept| kept.counts_to_contain);
        let contain = contain.map(|kept| kept.to_contain);
        Self {
            runs,
            score: score(tally),
            phases: Phase::ALL
                .iter()
                .map(|phase| summary_of_phase(tally, *phase, limit))
                .collect(),
            to_declare: Times::of(declare, limit),
            to_contain: Times::of(contain, limit),
            clocks: clocks(&tally.kept),
            roles: load::roles(tally),
            people: load::people(tally),
            tasks: load::tasks(tally),
            impact: impact(&tally.kept),
            ends: ends(&tally.kept),
        }
    }

    /// The clock of an obligation for the main incident, or for the first that it is about.
    pub fn clock(&self, obligation: ObligationId, main: IncidentId) -> Option<&ClockSummary> {
        let mut of = self.clocks.iter().filter(|it| it.obligation == obligation);
        of.clone()
            .find(|it| it.incident == main)
            .or_else(|| of.next())
    }
}

impl Times {
    pub(super) fn of(times: impl Iterator<Item = Option<Span>>, limit: ExerciseTime) -> Self {
        let times: Vec<Span> = times.map(|time| time.unwrap_or(NEVER)).collect();
        let mut not_reached = Chance::default();
        let mut sums = Sums::default();
        for time in &times {
            not_reached.add(*time == NEVER);
            sums.add(time.0.min(limit.0));
        }
        Self {
            not_reached,
            quantiles: Quantiles::of(times),
            restricted_mean: sums.estimate(FAILS),
        }
    }
}

/// From which share of runs with a gate on, and of runs without, the number for ranking has no median
/// that is worth saying. Illustrative.
const TWO_KINDS: u64 = 10;

/// Whether both runs with a gate and runs without are more than so many in a hundred.
const fn is_of_two_kinds(gated: Chance) -> bool {
    let least = gated.n * TWO_KINDS;
    gated.hits * 100 > least && (gated.n - gated.hits) * 100 > least
}

fn score(tally: &Tally) -> ScoreSummary {
    let scores = || tally.kept.iter().filter_map(|kept| kept.score);
    let [mut passed, mut partial, mut gated] = [Chance::default(); 3];
    let mut by_point = vec![0; 101];
    for score in scores() {
        passed.add(score.is_passed());
        partial.add(score.partial);
        gated.add(score.gated);
        by_point[usize::from((score.carried_out.0 + 50) / 100).min(100)] += 1;
    }
    let mean = |points: &mut dyn Iterator<Item = BasisPoints>| {
        Sums::of(points.map(|points| i64::from(points.0))).estimate(FAILS)
    };
    let applied = |(gate, hits): (&Gate, &u64)| {
        let n = gated.n;
        (*gate, Chance { hits: *hits, n })
    };
    let mut by_gate: Vec<(Gate, Chance)> = tally.gates.iter().map(applied).collect();
    by_gate.sort_by_key(|(gate, chance)| (std::cmp::Reverse(chance.hits), *gate));
    let of_one_kind = scores().filter(|_| !is_of_two_kinds(gated));
    ScoreSummary {
        passed,
        partial,
        carried_out: mean(&mut scores().map(|score| score.carried_out)),
        quantiles: Quantiles::of(scores().map(|score| score.carried_out).collect()),
        by_point,
        score: mean(&mut scores().map(|score| score.score)),
        scores: Quantiles::of(of_one_kind.map(|score| score.score).collect()),
        gated,
        carried_out_else: carried_out_else(tally, by_gate.first().map(|(gate, _)| *gate)),
        gates: by_gate,
        ratings: ratings(tally),
        by_default: by_default(tally),
    }
}

/// How well those runs were carried out to which a gate did not apply.
fn carried_out_else(tally: &Tally, gate: Option<Gate>) -> Option<Mean> {
    let with = tally.carried_out_with.get(&gate?)?;
    tally.carried_out().without(*with).estimate(FAILS)
}

fn by_default(tally: &Tally) -> Option<ByDefault> {
    let scores = tally.kept.iter().filter_map(|kept| kept.score);
    let (mut passed, [mut carried_out, mut score]) = (Chance::default(), [Sums::default(); 2]);
    for beside in scores.filter_map(|score| score.by_default) {
        passed.add(beside.passed);
        carried_out.add(i64::from(beside.carried_out.0));
        score.add(i64::from(beside.score.0));
    }
    (passed.n > 0).then(|| ByDefault {
        passed,
        carried_out: carried_out.estimate(FAILS),
        score: score.estimate(FAILS),
    })
}

/// How often each objective was rated how.
fn ratings(tally: &Tally) -> Vec<[u64; 5]> {
    let objectives = tally.kept.first().map_or(0, |kept| kept.ratings.len());
    let mut counts = vec![[0; 5]; objectives];
    for kept in &tally.kept {
        for (count, rating) in counts.iter_mut().zip(&kept.ratings) {
            count[*rating as usize] += 1;
        }
    }
    counts
}

fn summary_of_phase(tally: &Tally, phase: Phase, limit: ExerciseTime) -> PhaseSummary {
    let rows = || tally.kept.iter().map(|kept| &kept.phases[phase.index()]);
    let applying = || rows().filter(|row| row.applies);
    let (mut in_time, mut own_kept) = (Chance::default(), Chance::default());
    let mut targets: BTreeMap<Span, u64> = BTreeMap::new();
    for row in applying() {
        if let Some(met) = row.in_time {
            in_time.add(met);
        }
        if let Some(met) = row.own_kept {
            own_kept.add(met);
        }
        if let Some(target) = row.target {
            *targets.entry(target).or_default() += 1;
        }
    }
    let with_score = tally.kept.iter().filter(|kept| kept.score.is_some());
    let mut left_out = Chance::default();
    for row in with_score.map(|kept| &kept.phases[phase.index()]) {
        left_out.add(row.applies && row.score.is_none());
    }
    let scores = rows().filter_map(|row| row.score).map(|it| i64::from(it.0));
    PhaseSummary {
        phase,
        applies: Chance {
            hits: applying().count() as u64,
            n: tally.runs(),
        },
        times: Times::of(applying().map(PhaseRow::taken), limit),
        against_target: Times::of(applying().map(|row| row.against_target), limit),
        target: targets
            .iter()
            .max_by_key(|(_, runs)| **runs)
            .map(|it| *it.0),
        targets_differ: targets.len() > 1,
        in_time,
        own_kept,
        score: Sums::of(scores).estimate(FAILS),
        left_out,
        made_of: MadeOfTime::of(tally, phase),
    }
}

fn clocks(kept: &[Kept]) -> Vec<ClockSummary> {
    let first = kept.first().map_or(&[][..], |kept| &kept.clocks);
    let mut clocks: Vec<ClockSummary> = first
        .iter()
        .map(|clock| ClockSummary {
            obligation: clock.obligation,
            incident: clock.incident,
            kept: Chance::default(),
            open: 0,
            idle: 0,
        })
        .collect();
    for kept in kept {
        for (clock, row) in clocks.iter_mut().zip(&kept.clocks) {
            match row.kept() {
                Some(met) => clock.kept.add(met),
                None if matches!(row.verdict, Verdict::NotTriggered | Verdict::Needless) => {
                    clock.idle += 1;
                }
                None => clock.open += 1,
            }
        }
    }
    clocks
}

fn impact(kept: &[Kept]) -> ImpactSummary {
    let outages = || kept.iter().map(|kept| kept.impact.outage);
    let losses = || kept.iter().map(|kept| kept.impact.loss.0);
    let records = kept.iter().map(|kept| kept.impact.records as i64);
    ImpactSummary {
        outage: Sums::of(outages().map(|outage| outage.0)).estimate(FAILS),
        outages: Quantiles::of(outages().collect()),
        loss: Sums::of(losses()).estimate(FAILS),
        losses: Quantiles::of(losses().collect()),
        records: Sums::of(records).estimate(FAILS),
    }
}

fn ends(kept: &[Kept]) -> Vec<(EndKind, Chance)> {
    let mut counts: BTreeMap<EndKind, u64> = BTreeMap::new();
    for kept in kept {
        *counts.entry(kept.end).or_default() += 1;
    }
    let n = kept.len() as u64;
    let mut ends: Vec<_> = counts
        .into_iter()
        .map(|(end, hits)| (end, Chance { hits, n }))
        .collect();
    ends.sort_by_key(|(_, chance)| std::cmp::Reverse(chance.hits));
    ends
}
