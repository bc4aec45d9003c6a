//! Findings about clocks.

use super::roots::{self, Root};
use super::{Case, Draft, STRENGTH};
use crate::evaluation::Correction;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::evaluation::model::ObligationVerdict;
use crate::evaluation::obligations::{is_broken, is_judged, overrun, phase_of};
use crate::exercise::{CauseCode, Phase, Span};
use crate::record::Verdict;

/// What a gate takes, in hundredths of a basis point: far more than any item.
const GATE: u64 = 200_000;

/// What: a duty to notify was met late, breached, not recognised, or met without all its content.
/// Why: a duty of law caps the score; a duty of contract costs trust.
pub(super) fn not_kept(case: &Case<'_>) -> Vec<Draft> {
    let broken = case
        .obligations
        .iter()
        .filter(|of| is_broken(of.verdict) || of.verdict == Verdict::Incomplete);
    broken.map(|of| draft(case, of)).collect()
}

fn draft(case: &Case<'_>, of: &ObligationVerdict) -> Draft {
    let duty = case.facts.exercise.obligation(of.obligation);
    let phase = phase_of(case.facts.exercise, duty);
    let lawful = duty.law.is_some() && is_broken(of.verdict);
    let hours = (overrun(case.facts, of).0 / Span::HOUR.0).unsigned_abs();
    let weight = case.worth(of.incident, phase, 2, 1, 1) + hours.min(1_000);
    let kind = FindingKind::ClockNotKept(of.verdict);
    let subject = FindingSubject::Obligation(of.obligation, of.incident);
    let roles = case.facts.exercise.roles(duty.by);
    let mut helps: Vec<Correction> = roles
        .iter()
        .filter(|_| duty.is_in_plan())
        .map(|role| Correction::TellEarly(of.obligation, *role))
        .collect();
    match duty.task {
        None => helps.insert(0, Correction::AddNotification(duty.to)),
        Some(task) if matches!(of.verdict, Verdict::Incomplete | Verdict::WrongRecipient) => {
            helps.insert(0, Correction::ClarifyTask(task));
        }
        Some(_) => helps.extend(roles.first().map(|role| Correction::PutOnCall(*role))),
    }
    let aware = of.aware.map(|aware| aware.at);
    let late = duty.task.zip(aware);
    let root = late.and_then(|(task, from)| roots::of_task(case, of.incident, task, from));
    Draft::new(kind, subject, weight + if lawful { GATE } else { 0 })
        .because(cause(case, of))
        .rooted(root)
        .rooted([Root::Duty(of.obligation, of.incident)])
        .citing(of.evidence.iter().copied())
        .try_these(helps)
}

/// What: truth called for a duty of law, or somebody was aware of it, and no clause of the plan speaks of it.
/// Why: it was met by luck, if it was; nobody was charged with it.
pub(super) fn not_in_plan<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Draft> + 'a {
    let missing = case.obligations.iter().filter(|of| {
        let duty = case.facts.exercise.obligation(of.obligation);
        !duty.is_in_plan() && is_judged(of.verdict)
    });
    missing.map(|of| {
        let duty = case.facts.exercise.obligation(of.obligation);
        let subject = FindingSubject::Obligation(of.obligation, of.incident);
        let worth = case.worth(of.incident, Phase::Response, 2, 1, 1);
        Draft::new(FindingKind::NotInPlan, subject, worth)
            .because(CauseCode::NoProcedure)
            .rooted([Root::Duty(of.obligation, of.incident)])
            .citing(of.evidence.iter().copied())
            .try_these([Correction::AddNotification(duty.to)])
    })
}

/// Without a task nobody was to do it; without awareness nobody knew; else there was too little time
/// left for those who knew.
fn cause(case: &Case<'_>, of: &ObligationVerdict) -> CauseCode {
    let duty = case.facts.exercise.obligation(of.obligation);
    match (duty.task, of.verdict, of.aware) {
        (None, ..) => CauseCode::NoProcedure,
        (_, Verdict::Incomplete | Verdict::WrongRecipient, _) => CauseCode::UnclearProcedure,
        (_, Verdict::NotRecognised, _) | (_, _, None) => CauseCode::NotTrained,
        _ => {
            let roles = case.facts.exercise.roles(duty.by);
            if roles.iter().all(|role| case.lacks_deputy(*role)) {
                CauseCode::NoDeputy
            } else {
                CauseCode::Unreachable
            }
        }
    }
}

/// What: a clock ran and was met in time.
/// Why: what works is to be kept.
pub(super) fn kept(case: &Case<'_>) -> Vec<Draft> {
    let kept = case
        .obligations
        .iter()
        .filter(|of| matches!(of.verdict, Verdict::Met | Verdict::Phased));
    kept.map(|of| {
        let subject = FindingSubject::Obligation(of.obligation, of.incident);
        let worth = case.worth(of.incident, Phase::Response, 2, 1, STRENGTH);
        Draft::new(FindingKind::ClockKept, subject, worth).citing(of.evidence.iter().copied())
    })
    .collect()
}
