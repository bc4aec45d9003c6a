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
    BaselineImpact, Category, ClockStart, CoverageItem, CoverageStatus, Evaluation, Excused,
    ExerciseScore, Gate, GateReason, Impact, IncidentEvaluation, ItemKind, JudgedItem, JudgedKind,
    NotScored, ObjectiveRating, ObligationVerdict, OutageOf, PhaseEvaluation, Rating, ScoreBy,
    Timed, Timing, TracePart,
};
pub use scores::GATE_CAPS;

use crate::exercise::{BasisPoints, Exercise, ExerciseTime, IncidentId, Mark, Phase};
use crate::record::{EndKind, Entry, Event, Record};
use coverage::Item;
use criteria::Criteria;
use facts::Facts;
use findings::Case;
use ratings::Grounds;
use scores::Parts;
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

/// What a run was worth in numbers, without what is found in it and without the list of what was covered
/// and judged in each phase: what a campaign keeps of a run. The judgements are those of [`evaluate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// How it ended.
    pub end: EndKind,
    /// When it ended.
    pub ended_at: ExerciseTime,
    /// When people began to act, where that was before STARTEX.
    pub began_early: Option<Timed>,
    /// The exercise score; `None` where nothing could be scored.
    pub score: Option<ExerciseScore>,
    /// The main incident; its phases list no items.
    pub main: IncidentEvaluation,
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
    let common = Common::of(facts);
    let main = judge(facts, facts.exercise.scenario().main, &common.obligations);
    Verdicts {
        end: facts.end,
        ended_at: facts.ended_at,
        began_early: facts.began_early.map(Timed::of),
        score: common.score(facts, &main),
        main: main.incident,
        obligations: common.obligations,
        impact: impact::impact(facts),
    }
}

/// What is judged of a run as a whole, before any of its incidents.
struct Common<'a> {
    obligations: Vec<ObligationVerdict>,
    grounds: Grounds<'a>,
}

impl<'a> Common<'a> {
    fn of(facts: &Facts<'a>) -> Self {
        Self {
            obligations: obligations::verdicts(facts),
            grounds: Grounds::read(facts),
        }
    }

    /// The score of the exercise: that of its main incident.
    fn score(&self, facts: &Facts<'_>, main: &Judged) -> Option<ExerciseScore> {
        let gates = scores::gates(facts, &self.obligations, &self.grounds.ratings);
        let score = scores::mean_of_phases(facts, main.scores);
        let by = scores::by_actor(facts, score, &main.items, &main.soundness);
        scores::exercise_score(facts, main.scores, &main.incident.phases, gates, by)
    }
}

fn evaluate_facts(facts: &Facts<'_>, baselines: Baselines<'_>) -> Evaluation {
    let exercise = facts.exercise;
    let common = Common::of(facts);
    let incidents = (0..facts.courses.len()).map(IncidentId::new);
    let judged: Vec<Judged> = incidents
        .map(|incident| judge(facts, incident, &common.obligations))
        .collect();
    let mut score = common.score(facts, &judged[exercise.scenario().main.index()]);
    if let Some(score) = &mut score {
        score.ceiling = baselines.ideal.and_then(|ideal| ceiling(facts, ideal));
    }
    let impact = impact_of(facts, baselines);
    let judged = judged.into_iter().map(Judged::with_items_shown);
    let (incidents, items): (Vec<IncidentEvaluation>, Vec<Vec<Item>>) = judged.unzip();
    let case = Case {
        facts,
        incidents: &incidents,
        items: &items,
        obligations: &common.obligations,
        impact: &impact,
    };
    let found = findings::findings(&case);
    let to_improve: Vec<Finding> = found
        .iter()
        .filter(|finding| !finding.kind.is_strength())
        .cloned()
        .collect();
    let objectives = common.grounds.rate(facts, &common.obligations, &to_improve);
    let findings = findings::with_objectives(&case, found, &objectives);
    Evaluation {
        end: facts.end,
        ended_at: facts.ended_at,
        began_early: facts.began_early.map(Timed::of),
        entries: facts.entries.len() as u32,
        score,
        incidents,
        main: exercise.scenario().main,
        objectives,
        obligations: common.obligations,
        excused: excused(facts),
        impact,
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

/// The score of the ideal run before gates: what the plan allows at best.
fn ceiling(facts: &Facts<'_>, ideal: &Record) -> Option<BasisPoints> {
    let mut facts = Facts::read(facts.exercise, facts.criteria, &ideal.entries);
    facts.omniscient = true;
    let score = verdicts_on(&facts).score;
    score.map(|score| score.before_gates)
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
