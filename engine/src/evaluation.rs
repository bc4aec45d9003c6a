//! What a run was worth: a pure function of its exercise and its record.
//!
//! [`evaluate`] reads the record once (`facts`), then judges: when each phase came (`timing`) and
//! what the time was made of (`trace`), what was covered (`coverage`), what was judged
//! (`judgement`), what it cost (`impact`); from these the scores, the ratings and the findings.
//! It looks at nothing but the exercise and the record, and it is total: a record with entries
//! missing is judged by what is left.

mod as_said;
mod board;
mod correction;
mod coverage;
mod criteria;
mod expectations;
mod facts;
mod finding;
mod findings;
#[cfg(test)]
mod fixture;
mod gates;
mod impact;
mod judgement;
mod key;
mod model;
mod obligations;
mod proportion;
mod ratings;
mod said;
mod scores;
mod share;
mod stake;
#[cfg(test)]
mod tests;
mod timing;
mod trace;
mod truth;
pub mod why;

pub use correction::Correction;
pub use finding::{Finding, FindingKind, FindingSubject};
pub use key::{EvaluationKey, FindingKey};
pub use model::{
    Act, AskedFor, BaselineImpact, Beside, Breach, ByPlan, Category, ClockStart, Containment,
    CoverageItem, CoverageStatus, Deduction, Evaluation, Excused, ExerciseScore,
    ExpectationVerdict, Gate, GateReason, Impact, IncidentEvaluation, ItemKind, JudgedItem,
    JudgedKind, Judgement, NotExercised, NotScored, ObjectiveRating, ObligationVerdict, OutageOf,
    Overtaken, OwnCriterion, PartialReason, PhaseEvaluation, Rating, Said, ScoreBy, Standing,
    Timed, Timing, TracePart,
};
pub use scores::{GATES_LEAVE, partial_by_definition};

use crate::exercise::{BasisPoints, Exercise, ExerciseTime, IncidentId, Mark, Phase, Yardstick};
use crate::record::{EndKind, Entry, Record};
use coverage::Item;
use criteria::Criteria;
use facts::Facts;
use findings::{Bearing, Case};
use gates::Reasoned;
use proportion::{NoResponse, Proportion};
use ratings::Grounds;
use scores::{Parts, Whole};
use share::Fine;
use std::borrow::Cow;
use std::sync::Arc;
use truth::Truth;

/// The records of the two runs beside which impact is shown, on the same draws.
#[derive(Debug, Clone, Copy, Default)]
pub struct Baselines<'a> {
    /// Nobody ever starts a task.
    pub no_response: Option<&'a Record>,
    /// Every required task starts when its true condition holds, without waits and errors.
    pub ideal: Option<&'a Record>,
}

/// What a run was worth.
pub fn evaluate(exercise: &Exercise, record: &Record, baselines: Baselines<'_>) -> Evaluation {
    let criteria = Criteria::of(exercise);
    evaluate_facts(
        &Facts::read(exercise, &criteria, &as_said::as_said(&record.entries)),
        baselines,
    )
}

/// What a run was worth in numbers, without what is found in it: what a campaign keeps of a run. The
/// judgements are those of [`evaluate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// How it ended; `None` where the record has no ENDEX.
    pub end: Option<EndKind>,
    /// When it ended.
    pub ended_at: ExerciseTime,
    /// When people began to act, where that was before STARTEX.
    pub began_early: Option<Timed>,
    /// The exercise score; `None` where nothing could be scored.
    pub score: Option<ExerciseScore>,
    /// The main incident.
    pub main: IncidentEvaluation,
    /// How each objective was rated, in the order of ids.
    pub ratings: Vec<Rating>,
    /// Every clock.
    pub obligations: Vec<ObligationVerdict>,
    /// What the incident cost.
    pub impact: BaselineImpact,
}

/// Judges runs of one exercise, one after another: what they are judged by is found once.
#[derive(Debug)]
pub struct Judge {
    exercise: Arc<Exercise>,
    criteria: Criteria,
}

impl Judge {
    /// Makes ready what is the same for all runs.
    pub fn new(exercise: &Arc<Exercise>) -> Self {
        Self {
            exercise: Arc::clone(exercise),
            criteria: Criteria::of(exercise),
        }
    }

    /// The exercise.
    pub const fn exercise(&self) -> &Arc<Exercise> {
        &self.exercise
    }

    /// What the run of these entries was worth in numbers. The entries of the run on the same draws in
    /// which nobody acts are asked for where the judgement hangs on them, which is seldom.
    pub fn verdicts(
        &self,
        entries: &[Entry],
        mut no_response: impl FnMut() -> Vec<Entry>,
    ) -> Verdicts {
        let facts = Facts::read(&self.exercise, &self.criteria, entries);
        let no_response: NoResponse<'_, '_> = &mut || Some(Cow::Owned(no_response()));
        let mut verdicts = verdicts_on(&facts, no_response);
        if let Some(score) = &mut verdicts.score {
            score.by_default = by_default(&facts, no_response);
        }
        verdicts
    }
}

fn verdicts_on(facts: &Facts<'_>, no_response: NoResponse<'_, '_>) -> Verdicts {
    let mut run = Run::judged(facts, impact_of(facts, Baselines::default()), no_response);
    let found = if run.grounds.are_open() {
        findings::bearing(&run.case(facts))
    } else {
        Vec::new()
    };
    let objectives = run.rate(facts, &found);
    let score = run.score(facts, &objectives);
    Verdicts {
        end: facts.end,
        ended_at: facts.ended_at,
        began_early: facts.began_early.map(Timed::of),
        score,
        main: run
            .incidents
            .swap_remove(facts.exercise.scenario().main.index()),
        ratings: objectives.iter().map(|of| of.rating).collect(),
        obligations: run.obligations,
        impact: run.impact.actual,
    }
}

/// What is judged of a run before anything is found in it.
struct Run<'a> {
    obligations: Vec<ObligationVerdict>,
    grounds: Grounds<'a>,
    /// Each incident.
    incidents: Vec<IncidentEvaluation>,
    /// What should have been done for each, as finely as it is counted.
    items: Vec<Vec<Item>>,
    /// The scores of the main incident's phases, as finely as they are counted.
    scores: [Option<Fine>; 6],
    /// Whether the measures were in proportion.
    proportion: Option<Proportion>,
    nothing_of_ours: bool,
    impact: Impact,
}

impl<'a> Run<'a> {
    fn judged(facts: &Facts<'a>, impact: Impact, no_response: NoResponse<'_, '_>) -> Self {
        let obligations = obligations::verdicts(facts);
        let proportion = proportion::proportion(facts, no_response);
        let ids = (0..facts.courses.len()).map(IncidentId::new);
        let judged: Vec<Judged> = ids
            .map(|of| judge(facts, of, &obligations, proportion.as_ref()))
            .collect();
        let scores = judged[facts.exercise.scenario().main.index()].scores;
        let (incidents, items) = judged.into_iter().map(Judged::with_items_shown).unzip();
        Self {
            obligations,
            grounds: Grounds::read(facts),
            incidents,
            items,
            scores,
            proportion,
            nothing_of_ours: stake::nothing_of_ours(facts, no_response),
            impact,
        }
    }

    /// What the rules of findings look at.
    fn case<'c>(&'c self, facts: &'c Facts<'c>) -> Case<'c> {
        Case {
            facts,
            incidents: &self.incidents,
            items: &self.items,
            obligations: &self.obligations,
            impact: &self.impact,
            proportion: self.proportion.as_ref(),
        }
    }

    /// How each objective is rated, by what was found.
    fn rate(&self, facts: &Facts<'_>, found: &[Bearing]) -> Vec<ObjectiveRating> {
        self.grounds.rate(facts, &self.obligations, found)
    }

    /// The score of the exercise: that of its main incident.
    /// Without ENDEX there is none: nobody knows what was still to come.
    fn score(&self, facts: &Facts<'_>, objectives: &[ObjectiveRating]) -> Option<ExerciseScore> {
        facts.ended?;
        let main = facts.exercise.scenario().main.index();
        let phases = &self.incidents[main].phases;
        let out = self.proportion.iter().filter(|of| of.is_out());
        let own_harm = out.map(|of| {
            let reason = GateReason::OwnHarm(facts.exercise.scenario().main);
            (reason, of.evidence.clone())
        });
        let own_harm: Vec<Reasoned> = own_harm.collect();
        let whole = Whole {
            phases,
            scores: self.scores,
            objectives,
            gates: gates::gates(facts, &self.obligations, objectives, &own_harm),
            nothing_of_ours: self.nothing_of_ours,
        };
        let (mut score, carried_out) = scores::exercise_score(facts, whole)?;
        score.by = scores::by_actor(facts, carried_out, &self.items[main], phases);
        Some(score)
    }
}

fn evaluate_facts(facts: &Facts<'_>, baselines: Baselines<'_>) -> Evaluation {
    let no_response = &mut || {
        let record = baselines.no_response?;
        Some(Cow::Borrowed(&record.entries[..]))
    };
    let run = Run::judged(facts, impact_of(facts, baselines), no_response);
    let case = run.case(facts);
    let found = findings::findings(&case);
    let to_improve = found.iter().filter_map(|of| Bearing::of(&of.finding));
    let to_improve: Vec<Bearing> = to_improve.collect();
    let objectives = run.rate(facts, &to_improve);
    let mut score = run.score(facts, &objectives);
    let gates = score.as_ref().map_or(&[][..], |score| &score.gates);
    let findings = findings::with_objectives(&case, found, &objectives, gates);
    if let Some(score) = &mut score {
        score.ideal = baselines
            .ideal
            .and_then(|ideal| ideally(facts, ideal, no_response));
        score.by_default = by_default(facts, no_response);
        score.by_plan = by_plan(facts, no_response);
    }
    Evaluation {
        end: facts.end,
        ended_at: facts.ended_at,
        began_early: facts.began_early.map(Timed::of),
        entries: facts.entries.len() as u32,
        score,
        incidents: run.incidents,
        main: facts.exercise.scenario().main,
        objectives,
        expectations: facts.expected.clone(),
        obligations: run.obligations,
        excused: said::excused(facts),
        said: said::said(facts),
        entered: said::entered(facts),
        impact: run.impact,
        findings,
    }
}

/// What the default yardstick makes of a run, where the organisation's is softer.
fn by_default(facts: &Facts<'_>, no_response: NoResponse<'_, '_>) -> Option<Beside> {
    let softer = facts.exercise.parts().softer.as_ref()?;
    let score = by_another(facts, (&softer.default, false), no_response)?;
    Some(Beside {
        passed: score.passed,
        carried_out: score.carried_out,
        score: score.score,
    })
}

/// How well a run was carried out by what its plan asks of itself, where that is anything of its own.
fn by_plan(facts: &Facts<'_>, no_response: NoResponse<'_, '_>) -> Option<BasisPoints> {
    let plan = facts.exercise.plan();
    let own = Yardstick {
        criteria: facts.yardstick.criteria.clone(),
        ..Yardstick::of_plan(plan)
    };
    let weighs = plan
        .tasks
        .iter()
        .any(|task| task.weight != coverage::WEIGHT);
    if own == *facts.yardstick && !weighs {
        return None;
    }
    by_another(facts, (&own, true), no_response).map(|score| score.carried_out)
}

/// The score of a run by another yardstick. The phases are reached and complete by that under which the
/// run was played.
fn by_another(
    facts: &Facts<'_>,
    (yardstick, plan_weighs): (&Yardstick, bool),
    no_response: NoResponse<'_, '_>,
) -> Option<ExerciseScore> {
    let mut facts = Facts::read(facts.exercise, facts.criteria, facts.entries);
    (facts.yardstick, facts.plan_weighs) = (yardstick, plan_weighs);
    verdicts_on(&facts, no_response).score
}

/// How well the ideal run was carried out.
fn ideally(
    facts: &Facts<'_>,
    ideal: &Record,
    no_response: NoResponse<'_, '_>,
) -> Option<BasisPoints> {
    let mut facts = Facts::read(facts.exercise, facts.criteria, &ideal.entries);
    facts.omniscient = true;
    let score = verdicts_on(&facts, no_response).score;
    score.map(|score| score.carried_out)
}

fn impact_of(facts: &Facts<'_>, baselines: Baselines<'_>) -> Impact {
    let of = |record: &Record| {
        impact::impact(&Facts::read(
            facts.exercise,
            facts.criteria,
            &record.entries,
        ))
    };
    Impact {
        actual: impact::impact(facts),
        no_response: baselines.no_response.map(of),
        ideal: baselines.ideal.map(of),
    }
}

/// An incident with what its scores were made of, as finely as they are counted.
struct Judged {
    incident: IncidentEvaluation,
    scores: [Option<Fine>; 6],
    items: Vec<Item>,
    soundness: Vec<(Phase, JudgedItem)>,
}

impl Judged {
    /// The incident with the items of each phase as they are shown, and what was to be covered as finely
    /// as it is counted.
    fn with_items_shown(self) -> (IncidentEvaluation, Vec<Item>) {
        let mut incident = self.incident;
        for item in &self.items {
            let phase = &mut incident.phases[item.phase.index()];
            phase.coverage_items.push(item.shown());
        }
        for (phase, item) in self.soundness {
            incident.phases[phase.index()].judged_items.push(item);
        }
        (incident, self.items)
    }
}

fn judge(
    facts: &Facts<'_>,
    incident: IncidentId,
    obligations: &[ObligationVerdict],
    proportion: Option<&Proportion>,
) -> Judged {
    let course = facts.course(incident);
    let items = coverage::items(facts, incident);
    let mut judged = judgement::items(facts, incident, obligations);
    let main = incident == facts.exercise.scenario().main;
    judged.extend(proportion.filter(|_| main).map(judgement::in_proportion));
    let scored_severity = board::knowable_severity(facts, incident);
    let classified = course
        .classified
        .last()
        .map(|(entry, _, severity, _)| (*severity, entry.number));
    let phases: [(PhaseEvaluation, Option<Fine>); 6] = std::array::from_fn(|i| {
        let phase = Phase::ALL[i];
        let declared = classified.map(|(severity, _)| severity);
        let times = timing::times(facts, incident, phase, scored_severity, declared);
        let parts = Parts {
            parts: [
                times.timeliness,
                coverage::share(&items, phase),
                judgement::share(&judged, phase),
            ],
            not_scored: times.not_scored,
        };
        phase_evaluation(facts, incident, phase, &times, parts)
    });
    let scores = std::array::from_fn(|i| phases[i].1);
    let incident = IncidentEvaluation {
        incident,
        marks: std::array::from_fn(|i| course.mark(Mark::ALL[i]).map(Timed::of)),
        true_severity: facts.exercise.scenario().incidents[incident.index()].severity,
        scored_severity,
        classified,
        contained: timing::containment(facts, course),
        phases: phases.map(|(phase, _)| phase),
    };
    Judged {
        incident,
        scores,
        items,
        soundness: judged,
    }
}

/// When the criteria that the plan itself sets for a phase were first met.
fn own_criteria(
    facts: &Facts<'_>,
    incident: IncidentId,
    phase: Phase,
) -> [Option<OwnCriterion>; 2] {
    let stages = &facts.exercise.plan().lifecycle;
    let of_phase = || stages.iter().filter(|stage| stage.phase == phase);
    let entry = of_phase().find_map(|stage| stage.entry.as_ref());
    let exit = of_phase()
        .filter_map(|stage| stage.exit.as_ref())
        .next_back();
    [entry, exit].map(|criterion| {
        let held = truth::first_held(facts, incident, &[criterion?], Truth::holds);
        let met = held.first().copied().flatten().map(Timed::of);
        Some(OwnCriterion { met })
    })
}

fn phase_evaluation(
    facts: &Facts<'_>,
    incident: IncidentId,
    phase: Phase,
    times: &timing::Times,
    parts: Parts,
) -> (PhaseEvaluation, Option<Fine>) {
    let course = facts.course(incident);
    let scored = scores::phase_score(facts, parts);
    let applies = course.not_applicable(phase).is_none();
    let made_of = match (times.origin, course.completed(phase)) {
        (Some((_, origin)), Some(completed)) => trace::trace(facts, incident, origin.at, completed),
        (Some((_, origin)), None) if applies => {
            trace::trace_open(facts, incident, phase, origin.at)
        }
        _ => Vec::new(),
    };
    let shown = parts.parts.map(|part| part.map(Fine::rounded));
    let evaluation = PhaseEvaluation {
        phase,
        origin: times.origin,
        scored_from: times.scored_from,
        reached: course.reached(phase).map(Timed::of),
        completed: course.completed(phase).map(Timed::of),
        fulfilled: timing::scored_end(facts, course, phase).map(Timed::of),
        declared_complete: course.declared_complete(phase).map(Timed::of),
        reopened: course
            .reopened
            .iter()
            .filter(|(_, of)| *of == phase)
            .count() as u32,
        timing: times.timing,
        own_kept: times.own_kept,
        own_criteria: own_criteria(facts, incident, phase),
        clock_moved: times.clock_moved,
        timeliness: shown[0],
        coverage: shown[1],
        judgement: shown[2],
        weights: scored.weights,
        score: scored.score.map(Fine::rounded),
        not_scored: scored.not_scored,
        made_of,
        coverage_items: Vec::new(),
        judged_items: Vec::new(),
    };
    (evaluation, scored.score)
}
