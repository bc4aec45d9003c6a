//! Findings about judgement.

use super::{Case, Draft};
use crate::evaluation::Correction;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::evaluation::judgement::acts_to_log;
use crate::evaluation::model::{ByPlan, JudgedItem, JudgedKind};
use crate::exercise::{CauseCode, Function, IncidentId, Phase, RoleId};
use crate::record::Event;

fn unsound<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (IncidentId, Phase, &'a JudgedItem)> {
    case.incidents.iter().flat_map(|of| {
        of.phases.iter().flat_map(move |phase| {
            let items = phase.judged_items.iter().filter(|item| !item.sound);
            items.map(move |item| (of.incident, phase.phase, item))
        })
    })
}

/// What an item costs in the exercise score.
fn cost(case: &Case<'_>, incident: IncidentId, phase: Phase, item: &JudgedItem) -> u64 {
    let all = &case.incidents[incident.index()].phases[phase.index()].judged_items;
    let whole: u64 = all.iter().map(|other| u64::from(other.weight)).sum();
    case.worth(incident, phase, 2, u64::from(item.weight), whole)
}

/// What: a severity was given that the yardstick's table does not give on what was known, or it was not
/// given anew in time when new facts changed it.
/// Why: who is called, and how fast, hangs on it. Where the plan's own table gives it, people did as they
/// were told, and the table is the cause.
pub(super) fn wrong_classification(case: &Case<'_>) -> Vec<Draft> {
    let wrong =
        unsound(case).filter(|(_, _, item)| matches!(item.kind, JudgedKind::Classification { .. }));
    wrong
        .map(|(incident, phase, item)| {
            let classified = &case.facts.course(incident).classified;
            let role = classified.first().map(|(_, role, ..)| *role);
            let subject = role.map_or(FindingSubject::Phase(incident, phase), |role| {
                FindingSubject::Role(role, None)
            });
            let worth = cost(case, incident, phase, item);
            let draft = Draft::new(FindingKind::WrongClassification, subject, worth)
                .seen(classified.iter().take(9).map(|(entry, ..)| *entry))
                .citing(item.evidence.iter().copied());
            match item.kind {
                JudgedKind::Classification { by_plan, .. } if by_plan != ByPlan::No => draft
                    .because(CauseCode::WrongProcedure)
                    .try_these([Correction::MendSeverityTable(by_plan)]),
                _ => draft.try_these(role.map(Correction::TrainClassifying)),
            }
        })
        .collect()
}

/// What: a decision was not sound on what was known.
/// Why: the next one like it should be.
pub(super) fn unsound_decision(case: &Case<'_>) -> Vec<Draft> {
    let drafts = unsound(case).filter_map(|(incident, phase, item)| {
        let JudgedKind::Decision(decision) = item.kind else {
            return None;
        };
        let subject = FindingSubject::Decision(decision);
        let draft = Draft::new(
            FindingKind::UnsoundDecision,
            subject,
            cost(case, incident, phase, item),
        );
        let by = case.facts.exercise.plan().decision(decision).by;
        let roles = case.facts.exercise.roles(by);
        let train = roles.iter().map(|role| Correction::Train(*role, phase));
        Some(draft.citing(item.evidence.iter().copied()).try_these(train))
    });
    drafts.collect()
}

/// What: acts of a serious incident were not logged in time.
/// Why: without a log nobody can say later who knew and did what.
pub(super) fn log_not_kept(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let drafts = unsound(case).filter_map(|(incident, phase, item)| {
        if item.kind != JudgedKind::IncidentLog {
            return None;
        }
        let acts: Vec<_> = acts_to_log(case.facts, incident).collect();
        let unlogged = acts.iter().filter(|(_, logged)| logged.is_none());
        let worth = cost(case, incident, phase, item);
        let subject = FindingSubject::Phase(incident, phase);
        Some(
            Draft::new(FindingKind::LogNotKept, subject, worth)
                .seen([ended])
                .seen(unlogged.take(11).map(|(act, _)| *act))
                .try_these(scribe(case).map(Correction::NameScribe)),
        )
    });
    drafts.collect()
}

/// Who should keep the log: whoever has the function, else who leads.
fn scribe(case: &Case<'_>) -> Option<RoleId> {
    let of = |function| {
        let addressee = crate::exercise::Addressee::Function(function);
        case.facts.exercise.roles(addressee).first().copied()
    };
    of(Function::Scribe).or_else(|| of(Function::IncidentManager))
}

/// The entry by which an exercise started.
pub(super) fn started<'a>(case: &Case<'a>) -> Option<&'a crate::record::Entry> {
    let mut entries = case.facts.entries.iter();
    entries.find(|entry| matches!(entry.event, Event::ExerciseStarted {}))
}
