//! Two exercises on the same draws, run by run.

use super::criterion::{Criterion, Effect};
use super::row::PhaseRow;
use super::statistics::{
    Discordant, Interval, Mean, MedianDifference, NEVER, Paired, median_difference,
};
use super::tally::{Kept, Tally};
use crate::exercise::{Exercise, Identified, ObligationId, Phase, Span};
use std::collections::BTreeMap;

/// How often all intervals of a comparison together fail to hold their figures.
const FAILS: f64 = 0.05;

/// What became of runs of one exercise in another, on the same draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// How many pairs of runs.
    pub runs: u64,
    /// In how many of them the two came out otherwise in anything that is compared.
    pub differing: u64,
    /// Whether it was passed.
    pub passed: Discordant,
    /// The interval of the difference of the chances to pass.
    pub passed_interval: Option<Interval>,
    /// The number for ranking, in basis points.
    pub score: Difference,
    /// How well it was carried out, in basis points.
    pub carried_out: Difference,
    /// From the first sign until it was declared, in milliseconds, restricted to the limit.
    pub to_declare: Difference,
    /// The phases in which there was something to do in both.
    pub phases: Vec<PhaseDifference>,
    /// The clocks of the main incident that both have.
    pub clocks: Vec<ClockDifference>,
    /// The outage summed over assets, in milliseconds.
    pub outage: Difference,
    /// The loss in minor units of money.
    pub loss: Difference,
    /// What the second gains by each criterion of which there are runs, in the order in which they count.
    pub effects: Vec<Effect>,
}

/// The mean difference of a figure, second less first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Wins, ties and losses.
    pub paired: Paired,
    /// The mean difference. All intervals of a comparison hold together in 95 of 100.
    pub mean: Option<Mean>,
}

/// How a phase came out.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseDifference {
    /// Which.
    pub phase: Phase,
    /// Its restricted mean time, in milliseconds, from where its target counts: nothing that a team
    /// does moves that, so who declares sooner does not seem slower in what follows.
    pub time: Difference,
    /// Its median time, counted likewise.
    pub median: Option<MedianDifference>,
    /// Whether it was in time.
    pub in_time: Discordant,
    /// The interval of the difference of chances.
    pub in_time_interval: Option<Interval>,
}

/// How a clock came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockDifference {
    /// The obligation, in the first exercise.
    pub obligation: ObligationId,
    /// Whether it was kept.
    pub kept: Discordant,
    /// The interval of the difference of chances.
    pub interval: Option<Interval>,
}

impl Comparison {
    /// Compares the runs that both have.
    pub fn of(first: (&Exercise, &Tally), second: (&Exercise, &Tally), seed: u64) -> Self {
        let other: BTreeMap<u64, &Kept> =
            second.1.kept.iter().map(|kept| (kept.run, kept)).collect();
        let matched = first.1.kept.iter();
        let matched = matched.filter_map(|kept| Some((kept, *other.get(&kept.run)?)));
        let pairs = Pairs {
            all: matched.collect(),
            clocks: matching_clocks(first.0, second.0),
            limits: [first.0, second.0].map(|exercise| Span(exercise.parts().limit.0)),
        };
        let mut comparison = pairs.compare(seed);
        let fails = comparison.hold_together();
        comparison.effects = pairs.effects(fails);
        comparison
    }

    /// Whether the two came out alike in every run.
    pub const fn is_identical(&self) -> bool {
        self.differing == 0
    }

    /// What the second gains by a criterion; `None` where there are no runs of it.
    pub fn effect(&self, by: Criterion) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.by == by)
    }

    /// Which of the two is better, by the first criterion in which anything surely differs; `None`: nothing does.
    pub fn verdict(&self) -> Option<Verdict> {
        let sure = self.effects.iter();
        let sure: Vec<(Criterion, bool)> = sure
            .filter_map(|effect| Some((effect.by, effect.is_better()?)))
            .collect();
        let (first, better) = *sure.first()?;
        let against = sure
            .iter()
            .filter(|(_, of)| *of != better)
            .map(|(by, _)| *by);
        let against: Vec<Criterion> = against.collect();
        let is_mixed = first.is_weighty() && against.iter().any(|by| by.is_weighty());
        Some(Verdict {
            better,
            by: first,
            against,
            is_mixed,
        })
    }

    /// Gives every interval the width at which all of them hold together (Bonferroni), and returns how often one
    /// of them fails.
    fn hold_together(&mut self) -> f64 {
        // The criteria and the time to declare; what is shown of a criterion is the same mean.
        let means = self.effects.len() + 1;
        let chances = 1 + self.phases.len() + self.clocks.len();
        let fails = FAILS / f64::from((means + chances) as u32);
        let phases = self.phases.iter_mut().map(|phase| &mut phase.time);
        let single = [
            &mut self.score,
            &mut self.carried_out,
            &mut self.to_declare,
            &mut self.outage,
            &mut self.loss,
        ];
        for difference in single.into_iter().chain(phases) {
            difference.mean = difference.paired.estimate(fails);
        }
        self.passed_interval = self.passed.interval(fails);
        for phase in &mut self.phases {
            phase.in_time_interval = phase.in_time.interval(fails);
        }
        for clock in &mut self.clocks {
            clock.interval = clock.kept.interval(fails);
        }
        fails
    }
}

/// Which of two is better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is the second.
    pub better: bool,
    /// The first criterion in which anything surely differs.
    pub by: Criterion,
    /// Later ones in which the other is surely better.
    pub against: Vec<Criterion>,
    /// Whether one of these counts as much, so that neither is better: both are among harm, critical
    /// objectives, harm of one's own and duties.
    pub is_mixed: bool,
}

/// Runs on the same draws.
struct Pairs<'a> {
    all: Vec<(&'a Kept, &'a Kept)>,
    /// The positions of the same clocks, with the obligation where it is of the main incident.
    clocks: Vec<(usize, usize, Option<ObligationId>)>,
    limits: [Span; 2],
}

fn matching_clocks(
    first: &Exercise,
    second: &Exercise,
) -> Vec<(usize, usize, Option<ObligationId>)> {
    let duties = first.plan().obligations.len();
    let incidents = first.scenario().incidents.len();
    let mut found = Vec::new();
    for incident in (0..incidents).map(crate::exercise::IncidentId::new) {
        let name = incident.slug(first.names()).as_str();
        let Some(other) = crate::exercise::IncidentId::find(second.names(), name) else {
            continue;
        };
        for duty in (0..duties).map(ObligationId::new) {
            let name = duty.slug(first.names()).as_str();
            let Some(also) = ObligationId::find(second.names(), name) else {
                continue;
            };
            let here = incident.index() * duties + duty.index();
            let there = other.index() * second.plan().obligations.len() + also.index();
            let main = incident == first.scenario().main;
            found.push((here, there, main.then_some(duty)));
        }
    }
    found
}

impl Pairs<'_> {
    fn compare(&self, seed: u64) -> Comparison {
        let applying = |phase: &&Phase| {
            let i = phase.index();
            let both = |(a, b): &(&Kept, &Kept)| a.phases[i].applies && b.phases[i].applies;
            self.all.iter().any(both)
        };
        let phases = Phase::ALL.iter().filter(applying);
        let main = self.clocks.iter();
        let main = main.filter_map(|(a, b, duty)| Some((*a, *b, (*duty)?)));
        Comparison {
            runs: self.all.len() as u64,
            differing: self.all.iter().filter(|pair| !self.alike(pair)).count() as u64,
            passed: self.passed(),
            passed_interval: None,
            score: self.difference(|kept, _| Some(i64::from(kept.score?.score.0))),
            carried_out: self.difference(|kept, _| Some(i64::from(kept.score?.carried_out.0))),
            to_declare: self
                .difference(|kept, limit| Some(kept.to_declare.unwrap_or(limit).min(limit).0)),
            phases: phases.map(|phase| self.phase(*phase, seed)).collect(),
            clocks: main.map(|(a, b, duty)| self.clock(a, b, duty)).collect(),
            outage: self.difference(|kept, _| Some(kept.impact.outage.0)),
            loss: self.difference(|kept, _| Some(kept.impact.loss.0)),
            effects: self.effects(FAILS),
        }
    }

    /// What the second gains by each criterion of which there are runs.
    fn effects(&self, fails: f64) -> Vec<Effect> {
        let effects = Criterion::ALL.iter();
        let effects = effects.map(|by| Effect::of_runs(*by, &self.all, self.limits, fails));
        effects.filter(|effect| effect.gain.is_some()).collect()
    }

    /// In which runs the one was passed and the other was not.
    fn passed(&self) -> Discordant {
        let mut passed = Discordant::default();
        for (a, b) in &self.all {
            if let (Some(a), Some(b)) = (a.score, b.score) {
                passed.add(a.is_passed(), b.is_passed());
            }
        }
        passed
    }

    /// Whether a pair came out alike in everything that is compared.
    fn alike(&self, (a, b): &(&Kept, &Kept)) -> bool {
        let clocks = || {
            self.clocks.iter().all(|(here, there, _)| {
                let (a, b) = (&a.clocks[*here], &b.clocks[*there]);
                a.verdict == b.verdict && a.met == b.met && a.due == b.due
            })
        };
        a.end == b.end
            && a.score == b.score
            && a.phases == b.phases
            && a.to_declare == b.to_declare
            && a.impact == b.impact
            && clocks()
    }

    fn difference(&self, figure: impl Fn(&Kept, Span) -> Option<i64>) -> Difference {
        let pairs = self
            .all
            .iter()
            .filter_map(|(a, b)| Some((figure(a, self.limits[0])?, figure(b, self.limits[1])?)));
        Difference {
            paired: Paired::of(pairs),
            mean: None,
        }
    }

    fn phase(&self, phase: Phase, seed: u64) -> PhaseDifference {
        let i = phase.index();
        let both = || {
            let pairs = self.all.iter().map(|(a, b)| (&a.phases[i], &b.phases[i]));
            pairs.filter(|(a, b)| a.applies && b.applies)
        };
        let times: Vec<(Span, Span)> = both()
            .map(|(a, b)| {
                let time = |of: &PhaseRow| of.against_target.unwrap_or(NEVER);
                (time(a), time(b))
            })
            .collect();
        let [first, second] = self.limits;
        let restricted = times
            .iter()
            .map(|(a, b)| (a.min(&first).0, b.min(&second).0));
        let mut in_time = Discordant::default();
        for (a, b) in both() {
            if let (Some(a), Some(b)) = (a.in_time, b.in_time) {
                in_time.add(a, b);
            }
        }
        PhaseDifference {
            phase,
            time: Difference {
                paired: Paired::of(restricted),
                mean: None,
            },
            median: median_difference(&times, seed),
            in_time,
            in_time_interval: None,
        }
    }

    fn clock(&self, here: usize, there: usize, obligation: ObligationId) -> ClockDifference {
        let mut kept = Discordant::default();
        for (a, b) in &self.all {
            if let (Some(a), Some(b)) = (a.clocks[here].kept(), b.clocks[there].kept()) {
                kept.add(a, b);
            }
        }
        ClockDifference {
            obligation,
            kept,
            interval: None,
        }
    }
}
