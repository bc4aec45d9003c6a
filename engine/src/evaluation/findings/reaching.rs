//! Findings about who was reached, who stood in, and what nobody saw.

use super::{Case, Draft};
use crate::evaluation::Correction;
use crate::evaluation::facts::Work;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::exercise::{CauseCode, Instance, Knowable, RoleId, StepId};
use crate::record::{EndKind, Entry, Event, MessageKind, Origin};
use std::collections::BTreeMap;

/// What: a message that mattered went through every stage and reached nobody.
/// Why: somebody thought that it had been said.
pub(super) fn nobody_reached(case: &Case<'_>) -> Vec<Draft> {
    let lost = case.facts.letters.iter().filter_map(|(id, letter)| {
        let unreachable = letter.unreachable()?;
        let matters = match letter.kind()? {
            MessageKind::HandOn | MessageKind::CallOut | MessageKind::ApprovalRequest => true,
            MessageKind::Alert | MessageKind::Inject => !letter.reveals().is_empty(),
            MessageKind::Consultation | MessageKind::Information => false,
        };
        if !matters || letter.read().is_some() {
            return None;
        }
        let to = letter.to()?;
        let again = letter
            .entries()
            .iter()
            .copied()
            .filter(|entry| matches!(entry.event, Event::MessageResent { .. }));
        let special = match letter.origin()? {
            Origin::Inject { inject, .. } => Some(Correction::AgreeChannel(*inject)),
            Origin::Signal { source, .. } => Some(Correction::EscalateAlerts(*source)),
            _ => None,
        };
        let subject = FindingSubject::Message(*id);
        Some(
            Draft::new(FindingKind::NobodyReached, subject, 1_500)
                .seen(letter.sent())
                .seen([unreachable])
                .seen(again.take(3))
                .try_these(special)
                .try_these([Correction::PutOnCall(to), Correction::AddChannel(to)]),
        )
    });
    lost.collect()
}

/// What: work waited longer than the plan's escalation time for a role for which nobody stands in,
/// or had to be done by somebody who neither holds it nor stands in.
/// Why: one absence stops the response.
pub(super) fn no_deputy(case: &Case<'_>) -> Vec<Draft> {
    let mut by_role: BTreeMap<(RoleId, crate::exercise::TaskId), Vec<(i64, &Entry)>> =
        BTreeMap::new();
    for (instance, work) in &case.facts.works {
        let Some((role, waited, ready)) = waited(case, *instance, work) else {
            continue;
        };
        let waits = by_role.entry((role, instance.task)).or_default();
        waits.push((waited, ready));
    }
    by_role
        .into_iter()
        .map(|((role, task), mut waits)| {
            waits.sort_by_key(|(waited, entry)| (-waited, entry.number));
            let minutes = waits.iter().map(|(waited, _)| waited / 60_000).sum::<i64>();
            let weight = 500 + minutes.unsigned_abs().min(3_000);
            let subject = FindingSubject::Role(role, Some(task));
            Draft::new(FindingKind::NoDeputy, subject, weight)
                .because(CauseCode::NoDeputy)
                .seen(waits.iter().map(|(_, entry)| *entry))
                .try_these(case.staffing(role))
        })
        .collect()
}

/// How long work waited in vain for a role without deputy.
fn waited<'a>(
    case: &Case<'a>,
    instance: Instance,
    work: &Work<'a>,
) -> Option<(RoleId, i64, &'a Entry)> {
    let role = *case.roles(instance.task).first()?;
    let ready = work.ready()?;
    let described = case.facts.exercise.role(role);
    if !described.deputies.is_empty() || work.skipped().is_some() {
        return None;
    }
    let started = work.started();
    let free_from = work.approved().map_or(ready.at, |entry| entry.at);
    let until = started.map_or(case.facts.ended_at, |entry| entry.at);
    let waited = until - free_from;
    let severity = case.facts.exercise.scenario().incidents[instance.incident.index()].severity;
    let patience = case.facts.exercise.plan().escalation.after[severity.index()];
    let strange = started.is_some_and(|entry| match &entry.event {
        Event::TaskStarted { people, .. } => !people
            .iter()
            .any(|person| described.holders.contains(person)),
        _ => false,
    });
    let others = case.roles(instance.task).len() > 1;
    let in_vain = waited > patience && !others && (started.is_some() || case.facts.ended.is_some());
    (in_vain || (strange && !others)).then_some((role, waited.0, ready))
}

/// What: a step of the attack took effect and no source, no staff and no message ever showed it.
/// Why: what nobody sees nobody stops.
pub(super) fn unseen(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    let mut by_step: BTreeMap<StepId, Vec<&Entry>> = BTreeMap::new();
    for hit in &case.facts.hits {
        by_step.entry(hit.step).or_default().push(hit.entry);
    }
    let seen = |step: StepId| {
        let signalled = case.facts.entries.iter().any(|entry| match entry.event {
            Event::SignalRaised { step: of, .. } | Event::StaffReported { step: of, .. } => {
                of == step
            }
            _ => false,
        });
        let known = case
            .facts
            .first_learned(|_, fact| fact == Knowable::Step(step));
        signalled || known.is_some()
    };
    let hidden = by_step.into_iter().filter(|(step, _)| !seen(*step));
    hidden
        .map(|(step, entries)| {
            Draft::new(FindingKind::Unseen, FindingSubject::Step(step), 800)
                .seen([ended])
                .seen(entries)
                .try_these([Correction::AddSight(step)])
        })
        .collect()
}

/// What: the run came to a stand, with work that waited for what could not come any more.
/// Why: in earnest it would wait for ever.
pub(super) fn deadlock(case: &Case<'_>) -> Vec<Draft> {
    let Some(ended) = case.facts.ended else {
        return Vec::new();
    };
    if case.facts.end != EndKind::Stalled {
        return Vec::new();
    }
    let open = case.facts.works.iter().filter(|(_, work)| work.is_open());
    let mut waiting: Vec<(&Entry, Instance)> = open
        .filter_map(|(instance, work)| Some((work.last_milestone()?, *instance)))
        .collect();
    waiting.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.number));
    let subject = match waiting.first() {
        Some((_, instance)) => FindingSubject::Task(instance.task),
        None => FindingSubject::Run,
    };
    let helps = waiting
        .iter()
        .map(|(_, instance)| Correction::FreeTask(instance.task));
    let draft = Draft::new(FindingKind::Deadlock, subject, 6_000)
        .seen([ended])
        .seen(waiting.iter().map(|(entry, _)| *entry))
        .try_these(helps.take(3));
    vec![draft]
}
