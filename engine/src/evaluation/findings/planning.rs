//! Findings about the plan itself.

use super::judging::started;
use super::roots::Root;
use super::{Case, Draft};
use crate::evaluation::Correction;
use crate::evaluation::coverage::{needed, portion};
use crate::evaluation::finding::{Finding, FindingKind, FindingSubject};
use crate::evaluation::model::{CoverageStatus, ItemKind, NotScored};
use crate::exercise::{
    CauseCode, ChannelId, Day, IncidentId, Measure, Object, ObligationId, StakeholderId,
};
use crate::record::Event;

/// What: a phase, a part of its criterion, or an act that was expected has no task in the plan, or a duty of law
/// no clause.
/// Why: nobody can be blamed for what nobody is told to do.
pub(super) fn not_in_plan(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let mut drafts = Vec::new();
    for of in case.incidents {
        for phase in &of.phases {
            if phase.not_scored == Some(NotScored::NotInPlan) {
                let subject = FindingSubject::Phase(of.incident, phase.phase);
                let worth = 100_000;
                let parts = needed(case.facts, of.incident, phase.phase);
                let helps = parts.iter().map(|part| Correction::AddTask(part.usual));
                let draft = Draft::new(FindingKind::NotInPlan, subject, worth)
                    .seen([ended])
                    .try_these(helps);
                drafts.push(draft);
            }
        }
        drafts.extend(gaps(case, of.incident));
    }
    drafts.extend(super::duty::not_in_plan(case));
    drafts
}

fn gaps<'a>(case: &'a Case<'_>, incident: IncidentId) -> impl Iterator<Item = Draft> + 'a {
    let items = case.items[incident.index()].iter();
    let gaps = items.filter(move |item| {
        let phase = &case.incidents[incident.index()].phases[item.phase.index()];
        item.status == CoverageStatus::GapOfPlan && phase.not_scored.is_none()
    });
    gaps.filter_map(move |item| {
        let scenario = case.facts.exercise.scenario();
        let (subject, help) = match item.kind {
            ItemKind::Missing(measure) => (
                FindingSubject::Measure(incident, measure),
                Correction::AddTask(measure),
            ),
            ItemKind::Task(task) => (FindingSubject::Task(task), Correction::ClarifyTask(task)),
            ItemKind::Expectation(id) => {
                let act = scenario.expectations[id.index()].asks.done()?;
                let help = match (act.measure, &act.on) {
                    (Measure::Notify, Object::Stakeholder(kind)) => {
                        Correction::AddNotification(*kind)
                    }
                    (measure, _) => Correction::AddTask(measure),
                };
                (FindingSubject::Expectation(id), help)
            }
        };
        let portion = portion(&case.items[incident.index()], item).rounded();
        let worth = case.worth(incident, item.phase, 1, u64::from(portion.0), 10_000);
        let draft = Draft::new(FindingKind::NotInPlan, subject, worth)
            .because(CauseCode::NoProcedure)
            .citing(case.facts.ended.map(|entry| entry.number))
            .citing(item.evidence.iter().copied())
            .try_these([help]);
        Some(draft)
    })
}

/// What: the plan is past its review, an item of its programme past its date, or a stakeholder was
/// told over a contact that nobody had verified for a year.
/// Why: what is not kept up fails when it is needed.
pub(super) fn overdue(case: &Case<'_>) -> Vec<Draft> {
    let Some(started) = started(case) else {
        return Vec::new();
    };
    let exercise = case.facts.exercise;
    let plan = exercise.plan();
    let (today, _) = exercise.local(started.at);
    let mut drafts = Vec::new();
    let due = plan
        .next_review
        .or(plan.reviewed_on.map(|day| Day(day.0 + YEAR)));
    if due.is_some_and(|day| day < today) {
        let draft = Draft::new(FindingKind::Overdue, FindingSubject::Run, 700)
            .because(CauseCode::UnclearProcedure)
            .seen([started])
            .try_these([Correction::ReviewPlan]);
        drafts.push(draft);
    }
    for (place, item) in plan.programme.iter().enumerate() {
        let late = item.last_days_ago.is_none_or(|ago| ago > item.every_days);
        for phase in item.phases.iter().filter(|_| late) {
            let subject = FindingSubject::Phase(exercise.scenario().main, *phase);
            let draft = Draft::new(FindingKind::Overdue, subject, 300)
                .because(CauseCode::NotPractised)
                .rooted([Root::Programme(place)])
                .seen([started])
                .try_these([Correction::Practise(*phase)]);
            drafts.push(draft);
        }
    }
    drafts.extend(contacts(case));
    drafts.extend(channels(case));
    let main = exercise.scenario().main;
    for (i, duty) in plan.obligations.iter().enumerate() {
        let checked = duty.verified_on.is_none_or(|day| day.0 + YEAR >= today.0);
        if duty.law.is_some() && duty.is_in_plan() && (duty.source.is_empty() || !checked) {
            let subject = FindingSubject::Obligation(ObligationId::new(i), main);
            let draft = Draft::new(FindingKind::Overdue, subject, 250)
                .because(CauseCode::UnclearProcedure)
                .seen([started])
                .try_these([Correction::ReviewPlan]);
            drafts.push(draft);
        }
    }
    drafts
}

/// How long a plan may go without a review that has no date, a rule without being checked, and a
/// contact without being verified: a year (illustrative).
const YEAR: i32 = 365;
const CONTACT_DAYS: u32 = YEAR.unsigned_abs();

/// Channels whose contacts were last verified more than a year before, and over which somebody was
/// to be reached.
fn channels<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Draft> + 'a {
    let channels = case
        .facts
        .exercise
        .organisation()
        .channels
        .iter()
        .enumerate();
    let stale =
        channels.filter(|(_, of)| of.verified_days_ago.is_some_and(|ago| ago > CONTACT_DAYS));
    stale.filter_map(move |(i, _)| {
        let id = ChannelId::new(i);
        let used = case
            .facts
            .entries
            .iter()
            .filter(|entry| match &entry.event {
                Event::MessageSent { channel, .. }
                | Event::MessageCopied { channel, .. }
                | Event::MessageResent { channel, .. } => *channel == Some(id),
                _ => false,
            });
        let used: Vec<_> = used.take(Finding::MAX_EVIDENCE).collect();
        (!used.is_empty()).then(|| {
            Draft::new(FindingKind::Overdue, FindingSubject::Channel(id), 200)
                .because(CauseCode::OutdatedContact)
                .seen(used)
                .try_these([Correction::VerifyContacts(None)])
        })
    })
}

fn contacts<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Draft> + 'a {
    let stakeholders = &case.facts.exercise.organisation().stakeholders;
    let stale = stakeholders
        .iter()
        .enumerate()
        .filter(|(_, of)| of.verified_days_ago.is_none_or(|ago| ago > CONTACT_DAYS));
    let told = stale.filter_map(move |(i, of)| {
        let told: Vec<_> = case
            .facts
            .entries
            .iter()
            .filter(|entry| {
                matches!(entry.event, Event::StakeholderNotified { stakeholder, .. }
                    if stakeholder == of.kind)
            })
            .collect();
        (!told.is_empty()).then_some((StakeholderId::new(i), of.kind, told))
    });
    told.map(|(id, kind, told)| {
        let subject = FindingSubject::Stakeholder(id);
        Draft::new(FindingKind::Overdue, subject, 200)
            .because(CauseCode::OutdatedContact)
            .seen(told)
            .try_these([Correction::VerifyContacts(Some(kind))])
    })
}

#[cfg(test)]
mod tests {
    use super::YEAR;
    use crate::documented::{holds, row};

    #[test]
    fn when_something_is_overdue_is_documented() {
        let after = row("without a date of its own, after", format!("{YEAR} d"));
        holds("overdue", &[after]);
    }
}
