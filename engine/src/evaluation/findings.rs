//! What to keep and what to improve.
//!
//! Each rule is one function over what happened, never over names. A rule cites the entries that
//! prove what it says: without them it says nothing. What is said to be missing cites what called
//! for it and the entry that closed it, so that a record which was cut off has nothing missing.

mod damage;
mod doing;
mod duty;
mod harming;
mod judging;
mod linking;
mod planning;
mod reaching;
mod roots;
mod staffing;
mod timing;

use super::coverage::{Item, tasks_of};
use super::facts::Facts;
use super::finding::{Finding, FindingKind, FindingSubject};
use super::model::{
    Category, Gate, GateReason, Impact, IncidentEvaluation, ObjectiveRating, ObligationVerdict,
    Rating,
};
use super::proportion::Proportion;
use super::{Correction, correction};
use crate::exercise::{CauseCode, IncidentId, Measure, ObjectiveId, Phase, RoleId, TaskId};
use crate::record::Entry;
use roots::{Found, Root};
use std::collections::BTreeSet;

/// Everything that the rules look at.
pub(super) struct Case<'a> {
    /// The record.
    pub(super) facts: &'a Facts<'a>,
    /// What is said of each incident.
    pub(super) incidents: &'a [IncidentEvaluation],
    /// What should have been done for each incident.
    pub(super) items: &'a [Vec<Item>],
    /// Each clock.
    pub(super) obligations: &'a [ObligationVerdict],
    /// What it cost.
    pub(super) impact: &'a Impact,
    /// Whether the measures were in proportion.
    pub(super) proportion: Option<&'a Proportion>,
}

/// A rule's finding before it is put in its place.
struct Draft {
    kind: FindingKind,
    subject: FindingSubject,
    cause: Option<CauseCode>,
    weight: u64,
    evidence: Vec<u32>,
    corrections: Vec<Correction>,
    roots: Vec<Root>,
}

impl Draft {
    fn new(kind: FindingKind, subject: FindingSubject, weight: u64) -> Self {
        Self {
            kind,
            subject,
            cause: correction::usual_cause(kind),
            weight,
            evidence: Vec::new(),
            corrections: Vec::new(),
            roots: Vec::new(),
        }
    }

    fn because(mut self, cause: CauseCode) -> Self {
        self.cause = Some(cause);
        self
    }

    /// Cites entries by number. The first ones are kept where they are too many.
    fn citing(mut self, numbers: impl IntoIterator<Item = u32>) -> Self {
        for number in numbers {
            if self.evidence.len() < Finding::MAX_EVIDENCE && !self.evidence.contains(&number) {
                self.evidence.push(number);
            }
        }
        self
    }

    /// Cites entries.
    fn seen<'a>(self, entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        self.citing(entries.into_iter().map(|entry| entry.number))
    }

    /// Says without what it would not have come about.
    fn rooted(mut self, roots: impl IntoIterator<Item = Root>) -> Self {
        self.roots.extend(roots);
        self
    }

    /// Says what would help.
    fn try_these(mut self, corrections: impl IntoIterator<Item = Correction>) -> Self {
        for correction in corrections {
            if !self.corrections.contains(&correction) {
                self.corrections.push(correction);
            }
        }
        self
    }
}

/// A strength weighs so many times less than what the same score costs when it is lost, so that
/// what is to be improved comes first.
const STRENGTH: u64 = 25;

/// A rule of findings.
type Rule = fn(&Case<'_>) -> Vec<Draft>;

/// The rules for areas for improvement that may bear on an objective.
const BEARING: &[Rule] = &[
    timing::time_lost,
    timing::not_completed,
    timing::reopened,
    timing::declared_too_early,
    duty::not_kept,
    doing::missed,
    doing::met_late,
    doing::partly_done,
    doing::flawed,
    harming::own_harm,
    doing::healthy_asset_hit,
    doing::evidence_destroyed,
    doing::restored_too_early,
    judging::wrong_classification,
    judging::unsound_decision,
    judging::log_not_kept,
    reaching::no_deputy,
    staffing::nobody_can,
    staffing::own_approval,
    reaching::unseen,
    reaching::deadlock,
    damage::rto_exceeded,
    damage::data_loss_exceeded,
    planning::not_in_plan,
    planning::overdue,
];

/// The rules for what bears on none, and for strengths, objectives apart.
const OTHERS: &[Rule] = &[
    timing::in_time,
    duty::kept,
    doing::evidence_secured,
    reaching::nobody_reached,
    damage::appetite_exceeded,
    damage::attack_stopped,
];

/// An area for improvement, as far as it bears on objectives.
#[derive(Debug, Clone)]
pub(super) struct Bearing {
    /// Which rule found it.
    pub(super) kind: FindingKind,
    /// What it is about.
    pub(super) subject: FindingSubject,
    /// The objectives that it bears on.
    pub(super) objectives: Vec<ObjectiveId>,
}

impl Bearing {
    /// What a finding says of objectives; none for a strength.
    pub(super) fn of(finding: &Finding) -> Option<Self> {
        (!finding.kind.is_strength()).then(|| Self {
            kind: finding.kind,
            subject: finding.subject,
            objectives: finding.objectives.clone(),
        })
    }
}

/// What would be found that bears on objectives: enough to rate them, without the findings themselves.
pub(super) fn bearing(case: &Case<'_>) -> Vec<Bearing> {
    let drafts = BEARING.iter().flat_map(|rule| rule(case));
    let cited = drafts.filter(|draft| !draft.evidence.is_empty());
    cited
        .map(|draft| Bearing {
            kind: draft.kind,
            subject: draft.subject,
            objectives: borne_on(case, &draft),
        })
        .collect()
}

/// The objectives on which a draft bears. What the exercise itself brought about is nobody's performance.
fn borne_on(case: &Case<'_>, draft: &Draft) -> Vec<ObjectiveId> {
    let reason = draft.cause.filter(|_| !draft.kind.is_strength());
    if reason == Some(CauseCode::ExerciseArtefact) {
        Vec::new()
    } else {
        linking::objectives(case, draft.kind, draft.subject)
    }
}

/// Everything that the rules find, the most important first, each by itself.
pub(super) fn findings(case: &Case<'_>) -> Vec<Found> {
    let drafts = BEARING.iter().chain(OTHERS).flat_map(|rule| rule(case));
    let mut findings: Vec<Found> = drafts
        .filter(|draft| !draft.evidence.is_empty())
        .map(|draft| finish(case, draft))
        .collect();
    order(&mut findings);
    let_one_speak(&mut findings);
    order(&mut findings);
    findings
}

/// Where one rule finds the same of many things, the worst speaks for them: the others keep a small
/// part of their weight, so that a list that starts with what matters does not repeat itself.
fn let_one_speak(findings: &mut [Found]) {
    let mut spoken: Vec<FindingKind> = Vec::new();
    for Found { finding, .. } in findings.iter_mut() {
        let repeats = matches!(
            finding.kind,
            FindingKind::EvidenceDestroyed
                | FindingKind::RestoredTooEarly
                | FindingKind::OwnHarm
                | FindingKind::HealthyAssetHit
                | FindingKind::ObjectiveExceeded
                | FindingKind::DataLossExceeded
                | FindingKind::NobodyReached
                | FindingKind::Unseen
                | FindingKind::MetLate
                | FindingKind::Overdue
        );
        if repeats && spoken.contains(&finding.kind) {
            finding.weight /= 20;
        } else {
            spoken.push(finding.kind);
        }
    }
}

/// Adds the objectives that were performed without challenges, puts first what closed the gate, and hangs on one
/// finding what has the same root.
pub(super) fn with_objectives(
    case: &Case<'_>,
    mut findings: Vec<Found>,
    ratings: &[ObjectiveRating],
    gates: &[Gate],
) -> Vec<Finding> {
    let Some(ended) = case.facts.ended else {
        return roots::gathered(findings);
    };
    for rating in ratings.iter().filter(|of| of.rating == Rating::P) {
        let subject = FindingSubject::Objective(rating.objective);
        // What was achieved in a harder exercise comes first (illustrative).
        let weight = 100 * u64::from(case.facts.exercise.scenario().difficulty) + 200;
        let draft = Draft::new(FindingKind::ObjectiveAchieved, subject, weight)
            .seen([ended])
            .citing(rating.evidence.iter().copied());
        findings.push(finish(case, draft));
    }
    // That work took its time is what everybody has: a rating may rest on it, and nothing is to be improved by
    // saying so.
    findings.retain(|Found { finding, .. }| {
        let work = Category::Working;
        !matches!(finding.kind, FindingKind::TimeLost { category, .. } if category == work)
    });
    order(&mut findings);
    findings.sort_by_key(|of| !gates.iter().any(|gate| closed(gate, &of.finding)));
    roots::gathered(findings)
}

/// Whether a finding says why a gate was closed: it is about the duty that was not kept, or rests on the entry
/// on which the gate rests.
fn closed(gate: &Gate, finding: &Finding) -> bool {
    if finding.kind.is_strength() {
        return false;
    }
    match gate.reason {
        GateReason::Obligation(duty, incident, _) => {
            finding.subject == FindingSubject::Obligation(duty, incident)
        }
        GateReason::Objective(objective) => {
            let rests = |entry: &u32| gate.evidence.contains(entry);
            finding.objectives.contains(&objective) && finding.evidence.iter().any(rests)
        }
        GateReason::OwnHarm(_) => finding.kind == FindingKind::OwnHarm,
    }
}

fn finish(case: &Case<'_>, mut draft: Draft) -> Found {
    draft.evidence.sort_unstable();
    let objectives = borne_on(case, &draft);
    let finding = Finding {
        kind: draft.kind,
        cause: draft.cause.filter(|_| !draft.kind.is_strength()),
        subject: draft.subject,
        objectives,
        weight: draft.weight,
        evidence: draft.evidence,
        corrections: draft.corrections,
        controls: controls(case, draft.subject),
        hung: Vec::new(),
    };
    Found {
        finding,
        roots: draft.roots,
    }
}

/// The controls of the tasks that a finding is about.
fn controls(case: &Case<'_>, subject: FindingSubject) -> Vec<String> {
    let exercise = case.facts.exercise;
    let tasks: Vec<TaskId> = match subject {
        FindingSubject::Task(task) | FindingSubject::Role(_, Some(task)) => vec![task],
        FindingSubject::Expectation(id) => tasks_of(exercise, id),
        FindingSubject::Obligation(duty, _) => exercise.obligation(duty).task.into_iter().collect(),
        FindingSubject::Measure(_, measure) => exercise.plan().tasks_taking(measure).collect(),
        _ => Vec::new(),
    };
    let named = tasks.iter().flat_map(|task| &exercise.task(*task).controls);
    let named: BTreeSet<&String> = named.collect();
    named.into_iter().cloned().collect()
}

fn order(findings: &mut [Found]) {
    findings.sort_by_key(|Found { finding: of, .. }| {
        (std::cmp::Reverse(of.weight), of.kind, of.subject)
    });
}

impl Case<'_> {
    /// What a share of one part of a phase's score is worth, in hundredths of a basis point of the
    /// exercise score: `part` 0 is timeliness, 1 coverage, 2 judgement.
    fn worth(
        &self,
        incident: IncidentId,
        phase: Phase,
        part: usize,
        share: u64,
        whole: u64,
    ) -> u64 {
        let scoring = &self.facts.yardstick.scoring;
        let weights = self.incidents[incident.index()].phases[phase.index()].weights;
        let used = if weights[part].0 > 0 {
            weights[part]
        } else {
            scoring.parts[part]
        };
        let of_phase = u64::from(scoring.phases[phase.index()].0) * u64::from(used.0) / 100;
        let main = incident == self.facts.exercise.scenario().main;
        let full = if main { of_phase } else { of_phase / 2 };
        full * share.min(whole) / whole.max(1)
    }

    /// The roles that do a task.
    fn roles(&self, task: TaskId) -> &[RoleId] {
        let exercise = self.facts.exercise;
        exercise.roles(exercise.task(task).by)
    }

    /// Whether nobody stands in for a role.
    fn lacks_deputy(&self, role: RoleId) -> bool {
        self.facts.exercise.role(role).deputies.is_empty()
    }

    /// What would have somebody there for a role.
    fn staffing(&self, role: RoleId) -> Vec<Correction> {
        let described = self.facts.exercise.role(role);
        let people = &self.facts.exercise.organisation().people;
        let on_call = described
            .holders
            .iter()
            .any(|person| !people[person.index()].on_call.0.is_empty());
        let mut helps = Vec::new();
        if described.deputies.is_empty() {
            helps.push(Correction::NameDeputy(role));
        }
        if !on_call {
            helps.push(Correction::PutOnCall(role));
        }
        helps.push(Correction::Relieve(role));
        helps
    }

    /// The measures that a task takes.
    fn measures(&self, task: TaskId) -> impl Iterator<Item = Measure> + '_ {
        let acts = self.facts.exercise.task(task).does.iter();
        acts.map(|act| act.measure)
    }
}
