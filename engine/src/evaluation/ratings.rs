//! The rating of each objective, by rule.

use super::expectations;
use super::facts::Facts;
use super::finding::{FindingKind, FindingSubject};
use super::findings::Bearing;
use super::model::{
    ExpectationVerdict, ObjectiveRating, ObligationVerdict, Rating, Standing, Timed,
};
use super::obligations::is_broken;
use super::truth::{Truth, first_held, held_at};
use crate::exercise::{
    BasisPoints, Capability, ExerciseTime, ExpectationId, Objective, ObjectiveId,
};
use crate::record::{Entry, Event};

/// A critical expectation of which less than this was done makes its objective one that could not be
/// performed. Illustrative.
const HALF: BasisPoints = BasisPoints(5_000);
/// How many entries at most prove how an expectation was answered.
const PROOFS: usize = 8;

/// What the objectives are rated by before anything is found: enough for the gates.
#[derive(Debug)]
pub(super) struct Grounds<'a> {
    /// Each objective: not exercised, unable to be performed, or performed.
    pub(super) ratings: Vec<ObjectiveRating>,
    /// When the harm of each came about, where it did.
    harms: Vec<Option<&'a Entry>>,
}

impl<'a> Grounds<'a> {
    /// Sees how every objective stands.
    pub(super) fn read(facts: &Facts<'a>) -> Self {
        let harms = harms(facts);
        let objectives = (0..facts.exercise.scenario().objectives.len()).map(ObjectiveId::new);
        let ratings = objectives.map(|id| stand(facts, id, harms[id.index()]));
        Self {
            ratings: ratings.collect(),
            harms,
        }
    }

    /// Whether anything that is found could change a rating.
    pub(super) fn are_open(&self) -> bool {
        self.ratings.iter().any(|of| of.rating == Rating::P)
    }

    /// Rates every objective. `findings` are the areas for improvement, each with the objectives that it
    /// bears on.
    pub(super) fn rate(
        &self,
        facts: &Facts<'_>,
        obligations: &[ObligationVerdict],
        findings: &[Bearing],
    ) -> Vec<ObjectiveRating> {
        let mut ratings = self.ratings.clone();
        for of in &mut ratings {
            if of.rating == Rating::P {
                of.rating = challenges(facts, of, obligations, findings, &self.harms);
            }
        }
        ratings
    }
}

/// When the harm of each objective came about, where it did.
fn harms<'a>(facts: &Facts<'a>) -> Vec<Option<&'a Entry>> {
    let scenario = facts.exercise.scenario();
    scenario
        .objectives
        .iter()
        .map(|objective| {
            let harm = objective.harm.as_ref()?;
            let incident = incident_of(facts, objective);
            *first_held(facts, incident, &[harm], Truth::holds).first()?
        })
        .collect()
}

fn incident_of(facts: &Facts<'_>, objective: &Objective) -> crate::exercise::IncidentId {
    let scenario = facts.exercise.scenario();
    let first = objective.critical.first().or(objective.supporting.first());
    first.map_or(scenario.main, |id| {
        scenario.expectations[id.index()].incident
    })
}

fn stand(facts: &Facts<'_>, id: ObjectiveId, harm: Option<&Entry>) -> ObjectiveRating {
    let objective = &facts.exercise.scenario().objectives[id.index()];
    let mut of = ObjectiveRating {
        objective: id,
        rating: Rating::N,
        met: Vec::new(),
        late: Vec::new(),
        partly: Vec::new(),
        missed: Vec::new(),
        too_late: Vec::new(),
        harm: harm.map(Timed::of),
        not_exercised: Vec::new(),
        excused: Vec::new(),
        evidence: Vec::new(),
    };
    for expectation in objective.critical.iter().chain(&objective.supporting) {
        sort_in(facts, &mut of, &facts.expected[expectation.index()]);
    }
    for expectation in &objective.critical {
        too_late(facts, &mut of, &facts.expected[expectation.index()], harm);
    }
    if objective.success.is_some() {
        of.evidence.extend(facts.ended.map(|entry| entry.number));
    }
    let failed = failed(facts, objective);
    of.evidence.extend(failed.map(|entry| entry.number));
    of.rating = performed(facts, &of, failed.is_some());
    of.evidence.sort_unstable();
    of.evidence.dedup();
    of
}

/// Notes how an expectation stands.
fn sort_in(facts: &Facts<'_>, of: &mut ObjectiveRating, verdict: &ExpectationVerdict) {
    let list = match verdict.standing {
        Standing::Met => &mut of.met,
        Standing::Late => &mut of.late,
        Standing::Partly => &mut of.partly,
        Standing::Missed => &mut of.missed,
        Standing::NotExercised(_) => &mut of.not_exercised,
        Standing::Excused => &mut of.excused,
    };
    list.push(verdict.expectation);
    let evidence = &mut of.evidence;
    match verdict.standing {
        Standing::NotExercised(_) => {}
        Standing::Excused => {
            let entry = facts.excused[verdict.expectation.index()];
            evidence.extend(entry.map(|entry| entry.number));
        }
        Standing::Met | Standing::Late | Standing::Partly | Standing::Missed => {
            evidence.extend(verdict.proofs().take(PROOFS));
            let open = matches!(verdict.standing, Standing::Missed | Standing::Partly);
            evidence.extend(facts.ended.filter(|_| open).map(|entry| entry.number));
        }
    }
}

/// Notes a critical expectation that was not wholly answered when the harm came.
fn too_late(
    facts: &Facts<'_>,
    of: &mut ObjectiveRating,
    verdict: &ExpectationVerdict,
    harm: Option<&Entry>,
) {
    let judged = !matches!(
        verdict.standing,
        Standing::NotExercised(_) | Standing::Excused
    );
    let Some(harm) = harm.filter(|_| judged) else {
        return;
    };
    let by = match harm.event {
        Event::StepTookEffect { step, .. } => Some(step),
        _ => None,
    };
    if expectations::is_unanswered_at(facts, verdict, Timed::of(harm), by) {
        of.too_late.push(verdict.expectation);
        of.evidence.push(harm.number);
    }
}

/// Whether the success condition was false when it was looked at, with the entry of ENDEX where that
/// was then. A limit after ENDEX was never looked at.
fn failed<'a>(facts: &Facts<'a>, objective: &Objective) -> Option<&'a Entry> {
    let success = objective.success.as_ref()?;
    let ended = facts.ended?;
    let at = objective
        .limit
        .map_or(ended.at, |limit| ExerciseTime::STARTEX + limit);
    let looked = at <= ended.at || !facts.cut_short;
    let held = held_at(
        facts,
        incident_of(facts, objective),
        success,
        at.min(ended.at),
    );
    (looked && !held).then_some(ended)
}

/// Not exercised, unable to be performed, or performed, well or less so.
fn performed(facts: &Facts<'_>, of: &ObjectiveRating, failed: bool) -> Rating {
    let objective = &facts.exercise.scenario().objectives[of.objective.index()];
    let exercised = |id: &ExpectationId| !of.not_exercised.contains(id) && !of.excused.contains(id);
    let items = if objective.critical.is_empty() {
        &objective.supporting
    } else {
        &objective.critical
    };
    let by_success = objective.critical.is_empty() && objective.success.is_some();
    if !items.iter().any(exercised) && !by_success {
        return Rating::N;
    }
    let shares = objective.critical.iter().filter(|id| exercised(id));
    let shares = shares.map(|id| facts.expected[id.index()].share);
    let least = shares.min().unwrap_or(BasisPoints::ONE);
    if least < HALF || !of.too_late.is_empty() || failed {
        return Rating::U;
    }
    if least < BasisPoints::ONE || of.harm.is_some() {
        return Rating::M;
    }
    Rating::P
}

/// With how many challenges an objective was performed.
fn challenges(
    facts: &Facts<'_>,
    of: &ObjectiveRating,
    obligations: &[ObligationVerdict],
    findings: &[Bearing],
    harms: &[Option<&Entry>],
) -> Rating {
    let objective = &facts.exercise.scenario().objectives[of.objective.index()];
    let serious = findings
        .iter()
        .any(|finding| finding.objectives.contains(&of.objective) && is_serious(facts, finding));
    let broke_law = objective.capability == Capability::Communicate
        && obligations.iter().any(|duty| {
            is_broken(duty.verdict)
                && facts.exercise.obligation(duty.obligation).law.is_some()
                && duty.incident == incident_of(facts, objective)
        });
    if serious || broke_law || harmed_another(facts, of.objective, harms) {
        return Rating::M;
    }
    let linked = findings
        .iter()
        .any(|finding| finding.objectives.contains(&of.objective));
    let slips = ![&of.late, &of.partly, &of.missed]
        .iter()
        .all(|of| of.is_empty());
    if linked || slips {
        Rating::S
    } else {
        Rating::P
    }
}

/// Whether a finding says that a law or the plan was broken, or that a new risk was made.
fn is_serious(facts: &Facts<'_>, finding: &Bearing) -> bool {
    match finding.kind {
        FindingKind::RestoredTooEarly
        | FindingKind::EvidenceDestroyed
        | FindingKind::UnsoundDecision
        | FindingKind::HealthyAssetHit
        | FindingKind::OwnHarm
        | FindingKind::DeclaredTooEarly => true,
        FindingKind::ClockNotKept(verdict) => match finding.subject {
            FindingSubject::Obligation(duty, _) => {
                is_broken(verdict) && facts.exercise.obligation(duty).law.is_some()
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a measure that this objective asks for brought about the harm of another one.
fn harmed_another(facts: &Facts<'_>, id: ObjectiveId, harms: &[Option<&Entry>]) -> bool {
    let scenario = facts.exercise.scenario();
    let objective = &scenario.objectives[id.index()];
    let asked: Vec<_> = objective
        .critical
        .iter()
        .chain(&objective.supporting)
        .filter_map(|expectation| scenario.expectations[expectation.index()].asks.done())
        .map(|act| act.measure)
        .collect();
    let others = harms.iter().enumerate().filter(|(i, _)| *i != id.index());
    others.filter_map(|(_, harm)| *harm).any(|harm| {
        let Some(harm) = facts.entry(harm.number) else {
            return false;
        };
        let mut causes = facts.causes(harm);
        causes.any(|cause| {
            matches!(cause.event, Event::MeasureTaken { measure, .. }
                if asked.contains(&measure))
        })
    })
}
