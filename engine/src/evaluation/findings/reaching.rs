//! Findings about who was reached, who stood in, and what nobody saw.

use super::roots::{self, Root};
use super::{Case, Draft};
use crate::evaluation::Correction;
use crate::evaluation::facts::Work;
use crate::evaluation::finding::{FindingKind, FindingSubject};
use crate::exercise::{ExerciseTime, Instance, Knowable, PersonId, RoleId, Span, StepId, TaskId};
use crate::record::{EndKind, Entry, Event, MessageKind, Origin};
use std::collections::{BTreeMap, BTreeSet};

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
        let again = case.facts.letters.resent(id);
        let special = match letter.origin()? {
            Origin::Inject { inject, .. } => Some(Correction::AgreeChannel(*inject)),
            Origin::Signal { source, .. } => Some(Correction::EscalateAlerts(*source)),
            _ => None,
        };
        let subject = FindingSubject::Message(id);
        Some(
            Draft::new(FindingKind::NobodyReached, subject, 1_500)
                .rooted([Root::Unreached(to)])
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
/// while who holds it was not at work on something else; or somebody did it who neither holds the
/// role nor stands in.
/// Why: one absence stops the response.
pub(super) fn no_deputy(case: &Case<'_>) -> Vec<Draft> {
    let mut by_role: BTreeMap<RoleId, BTreeMap<TaskId, Waits<'_>>> = BTreeMap::new();
    let stretches = stretches(case);
    for (instance, work) in case.facts.works.iter() {
        let Some((role, waited, ready)) = waited(case, &stretches, instance, work) else {
            continue;
        };
        let tasks = by_role.entry(role).or_default();
        tasks
            .entry(instance.task)
            .or_default()
            .push((waited, ready, work));
    }
    let drafts = by_role.into_iter().flat_map(|(role, tasks)| {
        let sum = |waits: &Waits<'_>| waits.iter().map(|(waited, ..)| waited).sum::<i64>();
        let longest = tasks.values().map(sum).max();
        tasks.into_iter().map(move |(task, waits)| {
            let minutes = (sum(&waits) / Span::MINUTE.0).unsigned_abs().min(3_000);
            // One absence shows in many tasks; the one that waited longest speaks for them.
            let speaks = Some(sum(&waits)) == longest;
            let weight = if speaks { 500 + minutes } else { minutes / 100 };
            (role, task, weight, waits)
        })
    });
    drafts
        .map(|(role, task, weight, waits)| {
            let subject = FindingSubject::Role(role, Some(task));
            Draft::new(FindingKind::NoDeputy, subject, weight)
                .rooted(roots::of_absence(
                    role,
                    waits.iter().map(|(.., work)| *work),
                ))
                .seen(waits.iter().map(|(_, entry, _)| *entry))
                .try_these(case.staffing(role))
        })
        .collect()
}

/// How long each piece of work waited, with the entry by which it was ready, and the work.
type Waits<'a> = Vec<(i64, &'a Entry, &'a Work<'a>)>;

/// How long work waited in vain for a role without deputy.
fn waited<'a>(
    case: &Case<'a>,
    stretches: &[Stretch<'_>],
    instance: Instance,
    work: &Work<'a>,
) -> Option<(RoleId, i64, &'a Entry)> {
    let [role] = *case.roles(instance.task) else {
        return None;
    };
    let ready = work.ready()?;
    if !case.lacks_deputy(role) || work.skipped().is_some() {
        return None;
    }
    let holders = &case.facts.exercise.role(role).holders;
    let started = work.started();
    let from = work.approved().map_or(ready.at, |entry| entry.at);
    let until = started.or(case.facts.ended)?.at;
    let strange = started.is_some_and(|entry| match &entry.event {
        Event::TaskStarted { people, .. } => !people.iter().any(|who| holders.contains(who)),
        _ => false,
    });
    let severity = case.facts.exercise.scenario().incidents[instance.incident.index()].severity;
    let patience = case.facts.exercise.plan().escalation.after[severity.index()];
    // Nobody is at work for less than no time.
    if !strange && until - from <= patience {
        return None;
    }
    let idle = (until - from) - busy(stretches, holders, from, until);
    (idle > patience || strange).then_some((role, idle.0.max(0), ready))
}

/// A stretch of work: from when until when, and who did it.
pub(super) type Stretch<'a> = (ExerciseTime, ExerciseTime, &'a [PersonId]);

/// Every stretch of work that came to an end.
pub(super) fn stretches<'a>(case: &Case<'a>) -> Vec<Stretch<'a>> {
    let mut all = Vec::with_capacity(case.facts.works.iter().count());
    for (_, work) in case.facts.works.iter() {
        let mut over: Option<ExerciseTime> = None;
        for entry in case.facts.works.backwards(work) {
            match &entry.event {
                Event::TaskPaused { .. } | Event::TaskEnded { .. } => over = Some(entry.at),
                Event::TaskStarted { people, .. } | Event::TaskResumed { people, .. } => {
                    if let Some(end) = over.take() {
                        all.push((entry.at, end, &people[..]));
                    }
                }
                _ => {}
            }
        }
    }
    all
}

/// How long any of some people was at work in an interval; what they did at once counts once each.
pub(super) fn busy(
    stretches: &[Stretch<'_>],
    who: &[PersonId],
    from: ExerciseTime,
    until: ExerciseTime,
) -> Span {
    let mut total = Span::ZERO;
    for (begun, end, people) in stretches {
        if *end > from && *begun < until && people.iter().any(|person| who.contains(person)) {
            total += ((*end).min(until) - (*begun).max(from)).max(Span::ZERO);
        }
    }
    total
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
    let signals = case
        .facts
        .entries
        .iter()
        .filter_map(|entry| match entry.event {
            Event::SignalRaised { step, .. } | Event::StaffReported { step, .. } => Some(step),
            _ => None,
        });
    let signals: BTreeSet<StepId> = signals.collect();
    let seen = |step: StepId| {
        let signalled = signals.contains(&step);
        let known = case
            .facts
            .first_learned(|fact| fact == Knowable::Step(step));
        signalled || known.is_some()
    };
    let hidden = by_step.into_iter().filter(|(step, _)| !seen(*step));
    hidden
        .map(|(step, entries)| {
            Draft::new(FindingKind::Unseen, FindingSubject::Step(step), 800)
                .rooted([Root::Hidden(step)])
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
    if case.facts.end != Some(EndKind::Stalled) {
        return Vec::new();
    }
    let open = case.facts.works.iter().filter(|(_, work)| work.is_open());
    let mut waiting: Vec<(&Entry, Instance)> = open
        .filter_map(|(instance, work)| Some((work.last_milestone()?, instance)))
        .collect();
    waiting.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.number));
    let subject = match waiting.first() {
        Some((_, instance)) => FindingSubject::Task(instance.task),
        None => FindingSubject::Run,
    };
    let helps = waiting
        .iter()
        .map(|(_, instance)| Correction::FreeTask(instance.task));
    let stood = waiting
        .first()
        .map(|(_, of)| Root::Undone(of.incident, of.task));
    let draft = Draft::new(FindingKind::Deadlock, subject, 6_000)
        .rooted(stood)
        .seen([ended])
        .seen(waiting.iter().map(|(entry, _)| *entry))
        .try_these(helps.take(3));
    vec![draft]
}
