//! From a run to its row.

use super::load::{Loads, Reader};
use super::row::{ClockRow, ImpactRow, MadeOf, PhaseRow, Row, ScoreRow};
use crate::evaluation::{
    BaselineImpact, Judge, NotScored, ObligationVerdict, PhaseEvaluation, Verdicts,
};
use crate::exercise::{Exercise, Mark, Span};
use crate::record::Entry;
use crate::simulation::{Policy, Setup, Simulation};
use std::sync::Arc;

/// Plays one run and keeps what a campaign keeps of it.
pub fn play(exercise: &Arc<Exercise>, seed: u64, run: u64) -> Row {
    Player::new(exercise, seed).play(run)
}

/// Plays runs of one exercise and seed, one after another, on one thread.
pub struct Player {
    seed: u64,
    simulation: Simulation,
    /// For the runs in which nobody acts, from the first that is asked for.
    silent: Option<Simulation>,
    judge: Judge,
    reader: Reader,
}

impl Player {
    /// Makes ready what is the same in all runs.
    pub fn new(exercise: &Arc<Exercise>, seed: u64) -> Self {
        let first = Setup::of(seed, 0);
        Self {
            seed,
            simulation: Simulation::new(Arc::clone(exercise), &[first]),
            silent: None,
            judge: Judge::new(exercise),
            reader: Reader::new(exercise),
        }
    }

    /// Plays one run. What was played before has no bearing on it.
    pub fn play(&mut self, run: u64) -> Row {
        let setup = Setup::of(self.seed, run);
        self.simulation.reset(0, &setup);
        self.simulation.finish();
        let (judge, reader, silent) = (&self.judge, &mut self.reader, &mut self.silent);
        self.simulation.with_entries(0, |entries| {
            let verdicts = judge.verdicts(entries, || {
                let setup = setup.clone().with_policy(Policy::NoResponse);
                without_response(silent, judge.exercise(), &setup)
            });
            let loads = reader.read(entries, verdicts.ended_at);
            row(run, &verdicts, loads)
        })
    }
}

/// The entries of the run on the same draws in which nobody acts. The simulation is made when it is first
/// asked for, and serves every later run of the exercise.
pub fn without_response(
    silent: &mut Option<Simulation>,
    exercise: &Arc<Exercise>,
    setup: &Setup,
) -> Vec<Entry> {
    let simulation = silent
        .get_or_insert_with(|| Simulation::new(Arc::clone(exercise), std::slice::from_ref(setup)));
    simulation.reset(0, setup);
    simulation.finish();
    simulation.with_entries(0, <[Entry]>::to_vec)
}

fn row(run: u64, evaluation: &Verdicts, loads: Loads) -> Row {
    let main = &evaluation.main;
    let sign = main.first_sign(evaluation.began_early.is_some());
    let declared = main.mark(Mark::Declared);
    let to_declare = sign.zip(declared);
    Row {
        run,
        end: evaluation
            .end
            .expect("a run of a campaign is played to ENDEX"),
        ended_at: evaluation.ended_at,
        score: evaluation.score.as_ref().map(|score| ScoreRow {
            gated: !score.gates.is_empty(),
            partial: !score.partial.is_empty(),
            carried_out: score.carried_out,
            score: score.score,
            by_default: score.by_default,
        }),
        gates: evaluation
            .score
            .iter()
            .flat_map(|score| score.gates.iter().map(|gate| gate.reason))
            .collect(),
        ratings: evaluation.ratings.clone(),
        phases: std::array::from_fn(|i| phase(&main.phases[i])),
        to_declare: to_declare.map(|(sign, declared)| (declared.at - sign.at).max(Span::ZERO)),
        contained: main.contained.stands(),
        to_contain: main.contained_after(),
        clocks: clocks(&evaluation.obligations),
        made_of: made_of(&main.phases),
        roles: loads.roles,
        people: loads.people,
        tasks: loads.tasks,
        impact: impact(&evaluation.impact),
    }
}

fn phase(of: &PhaseEvaluation) -> PhaseRow {
    let [reached, completed] = of.timing;
    let judged = if completed.target.is_none() && reached.target.is_some() {
        reached
    } else {
        completed
    };
    let applies = !matches!(
        of.not_scored,
        Some(NotScored::NotApplicable | NotScored::NotInPlan)
    );
    let in_time = judged.target.and_then(|target| match judged.taken {
        Some(taken) => Some(taken <= target),
        // Without a score there was not time enough for it to be missed.
        None => judged.score.map(|_| false),
    });
    PhaseRow {
        applies,
        origin: of.origin.map(|(_, origin)| origin.at),
        reached: of.reached.map(|at| at.at),
        completed: of.completed.map(|at| at.at),
        target: judged.target,
        against_target: judged.taken,
        in_time: in_time.filter(|_| applies),
        own_kept: of.own_kept.filter(|_| applies),
        score: of.score,
        parts: [of.timeliness, of.coverage, of.judgement],
    }
}

fn clocks(clocks: &[ObligationVerdict]) -> Vec<ClockRow> {
    let row = clocks.iter().map(|clock| ClockRow {
        obligation: clock.obligation,
        incident: clock.incident,
        verdict: clock.verdict,
        due: clock.due,
        met: clock.met.map(|met| met.at),
    });
    row.collect()
}

/// The time of each category and role, summed over the parts of each phase.
fn made_of(phases: &[PhaseEvaluation; 6]) -> Vec<MadeOf> {
    let parts = phases.iter().map(|phase| phase.made_of.len()).sum();
    let mut sums: Vec<MadeOf> = Vec::with_capacity(parts);
    for phase in phases {
        let from = sums.len();
        sums.extend(phase.made_of.iter().map(|part| MadeOf {
            phase: phase.phase,
            category: part.category,
            role: part.role,
            span: part.until - part.from,
        }));
        sums[from..].sort_unstable_by_key(|of| (of.category, of.role));
    }
    sums.dedup_by(|later, first| {
        let same = later.key() == first.key();
        if same {
            first.span += later.span;
        }
        same
    });
    sums.retain(|of| of.span > Span::ZERO);
    sums
}

fn impact(of: &BaselineImpact) -> ImpactRow {
    ImpactRow {
        outage: of.outage,
        loss: of.loss,
        records: of.records,
        assets: of.assets,
        harms: of.harms,
        data_lost: of.data_lost,
    }
}
