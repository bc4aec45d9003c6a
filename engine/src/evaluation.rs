//! What a run was worth: a pure function of its exercise and its record.
//!
//! [`evaluate`] reads the record once (`facts`), then judges: when each phase came (`timing`) and
//! what the time was made of (`trace`), what was covered (`coverage`), what was judged
//! (`judgement`), what it cost (`impact`); from these the scores, the ratings and the findings.
//! It looks at nothing but the exercise and the record, and it is total: a record with entries
//! missing is judged by what is left.

mod board;
mod correction;
mod coverage;
mod criteria;
mod facts;
mod finding;
mod findings;
#[cfg(test)]
mod fixture;
mod gates;
mod impact;
mod judgement;
mod model;
mod obligations;
mod ratings;
mod scores;
mod share;
#[cfg(test)]
mod tests;
mod timing;
mod trace;
mod truth;

pub use correction::Correction;
pub use finding::{Finding, FindingKind, FindingSubject};
pub use model::{
    BaselineImpact, Category, ClockStart, CoverageItem, CoverageStatus, Deduction, Evaluation,
    Excused, ExerciseScore, Gate, GateReason, Impact, IncidentEvaluation, ItemKind, JudgedItem,
    JudgedKind, NotScored, ObjectiveRating, ObligationVerdict, OutageOf, PartialReason,
    PhaseEvaluation, Rating, ScoreBy, Timed, Timing, TracePart,
};
pub use scores::GATES_LEAVE;

use crate::exercise::{BasisPoints, Exercise, ExerciseTime, IncidentId, Mark, Phase};
use crate::record::{EndKind, Entry, Event, Record};
use coverage::Item;
use criteria::Criteria;
use facts::Facts;
use findings::{Bearing, Case};
use ratings::Grounds;
use scores::{Parts, Whole};
use share::Fine;
use std::sync::Arc;

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
        &Facts::read(exercise, &criteria, &record.entries),
        baselines,
    )
}

/// What a run was worth in numbers, without what is found in it: what a campaign keeps of a run. The
/// judgements are those of [`evaluate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// How it ended.
    pub end: EndKind,
    /// When it ended.
    pub ended_at: ExerciseTime,
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

/// What a run was worth in numbers.
pub fn verdicts(exercise: &Exercise, record: &Record) -> Verdicts {
    let criteria = Criteria::of(exercise);
    verdicts_on(&Facts::read(exercise, &criteria, &record.entries))
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

    /// What the run of these entries was worth in numbers: see [`verdicts`].
    pub fn verdicts(&self, entries: &[Entry]) -> Verdicts {
        verdicts_on(&Facts::read(&self.exercise, &self.criteria, entries))
    }
}

fn verdicts_on(facts: &Facts<'_>) -> Verdicts {
    let mut run = Run::judged(facts, impact_of(facts, Baselines::default()));
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
        score,
        main: run.incidents.swap_remove(facts.exercise.scenario().main.index()),
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
    impact: Impact,
}

impl<'a> Run<'a> {
    fn judged(facts: &Facts<'a>, impact: Impact) -> Self {
        let obligations = obligations::verdicts(facts);
        let ids = (0..facts.courses.len()).map(IncidentId::new);
        let judged: Vec<Judged> = ids.map(|of| judge(facts, of, &obligations)).collect();
        let scores = judged[facts.exercise.scenario().main.index()].scores;
        let (incidents, items) = judged.into_iter().map(Judged::with_items_shown).unzip();
        Self {
            obligations,
            grounds: Grounds::read(facts),
            incidents,
            items,
            scores,
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
        }
    }

    /// How each objective is rated, by what was found.
    fn rate(&self, facts: &Facts<'_>, found: &[Bearing]) -> Vec<ObjectiveRating> {
        self.grounds.rate(facts, &self.obligations, found)
    }

    /// The score of the exercise: that of its main incident.
    fn score(&self, facts: &Facts<'_>, objectives: &[ObjectiveRating]) -> Option<ExerciseScore> {
        let main = facts.exercise.scenario().main.index();
        let phases = &self.incidents[main].phases;
        let whole = Whole {
            phases,
            scores: self.scores,
            objectives,
            gates: gates::gates(facts, &self.obligations, objectives, &[]),
        };
        let (mut score, carried_out) = scores::exercise_score(facts, whole)?;
        score.by = scores::by_actor(facts, carried_out, &self.items[main], phases);
        Some(score)
    }
}

fn evaluate_facts(facts: &Facts<'_>, baselines: Baselines<'_>) -> Evaluation {
    let run = Run::judged(facts, impact_of(facts, baselines));
    let case = run.case(facts);
    let found = findings::findings(&case);
    let to_improve: Vec<Bearing> = found.iter().filter_map(Bearing::of).collect();
    let objectives = run.rate(facts, &to_improve);
    let findings = findings::with_objectives(&case, found, &objectives);
    let mut score = run.score(facts, &objectives);
    if let Some(score) = &mut score {
        score.ceiling = baselines.ideal.and_then(|ideal| ceiling(facts, ideal));
    }
    Evaluation {
        end: facts.end,
        ended_at: facts.ended_at,
        entries: facts.entries.len() as u32,
        score,
        incidents: run.incidents,
        main: facts.exercise.scenario().main,
        objectives,
        obligations: run.obligations,
        excused: excused(facts),
        impact: run.impact,
        findings,
    }
}

/// The expectations that were excused, with the reason given.
fn excused(facts: &Facts<'_>) -> Vec<Excused> {
    let entries = facts.excused.iter().flatten();
    entries
        .filter_map(|entry| match &entry.event {
            Event::ExpectationExcused {
                expectation,
                reason,
            } => Some(Excused {
                expectation: *expectation,
                reason: reason.clone(),
                entry: entry.number,
            }),
            _ => None,
        })
        .collect()
}

/// How well the ideal run was carried out.
fn ceiling(facts: &Facts<'_>, ideal: &Record) -> Option<BasisPoints> {
    let mut facts = Facts::read(facts.exercise, facts.criteria, &ideal.entries);
    facts.omniscient = true;
    let score = verdicts_on(&facts).score;
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

fn judge(facts: &Facts<'_>, incident: IncidentId, obligations: &[ObligationVerdict]) -> Judged {
    let course = facts.course(incident);
    let items = coverage::items(facts, incident);
    let judged = judgement::items(facts, incident, obligations);
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
        phases: phases.map(|(phase, _)| phase),
    };
    Judged {
        incident,
        scores,
        items,
        soundness: judged,
    }
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
        declared_complete: course.declared_complete(phase).map(Timed::of),
        reopened: course
            .reopened
            .iter()
            .filter(|(_, of)| *of == phase)
            .count() as u32,
        timing: times.timing,
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
