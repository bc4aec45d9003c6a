//! Why a task or a phase went as it did.

use super::model::How;
use super::model::{Fate, Needed, Why};
use super::{Asked, Case, Timed, add, is_work, lack, link, links, longest, waited};
use crate::exercise::{IncidentId, Instance, Phase, Span, TaskId};
use crate::record::{Event, Outcome};

/// Why a task went as it did: the piece of it that waited longest before anybody began it.
pub(super) fn task(case: &Case<'_>, asked: Asked, id: TaskId) -> Why {
    let Some(instance) = gating(case, id) else {
        return never(case, asked, id);
    };
    let mut why = piece(case, asked, instance);
    let of_task = |other: &Instance| other.task == id && *other != instance;
    let works = case.facts.works.iter().map(|(other, _)| other);
    why.others = works.filter(of_task).collect();
    why
}

/// The piece that waited longest to be begun, of the main incident where it has any; of those that waited
/// alike the last.
fn gating(case: &Case<'_>, id: TaskId) -> Option<Instance> {
    let waited = |incident: IncidentId| {
        let works = case.facts.works.of_task(id, incident).iter();
        let ready = works.filter_map(|(instance, work)| {
            let ready = work.ready().or_else(|| work.last_milestone())?;
            let left_out = work.skipped().is_some();
            let until = work.started().map_or(case.facts.ended_at, |it| it.at);
            let wait = if left_out {
                Span::ZERO
            } else {
                until - ready.at
            };
            Some((wait, ready.number, *instance))
        });
        ready.max().map(|(.., instance)| instance)
    };
    let mut all = (0..case.evaluation.incidents.len()).map(IncidentId::new);
    waited(case.main()).or_else(|| all.find_map(waited))
}

/// From when the time of a piece is counted: the first sign of its incident, or for what is done once more
/// whatever called for that.
fn origin(case: &Case<'_>, instance: Instance) -> Option<Timed> {
    let once = case.facts.exercise.task(instance.task).each == crate::exercise::Each::Incident;
    let work = case.facts.works.get(instance)?;
    if instance.ordinal > 1 && once {
        let called = work.ready().and_then(|ready| case.facts.cause(ready));
        return called.map(Timed::of);
    }
    case.origin(instance.incident)
}

/// Why one piece of work went as it did.
pub(super) fn piece(case: &Case<'_>, asked: Asked, instance: Instance) -> Why {
    let from = origin(case, instance);
    let incident = instance.incident;
    let Some(work) = case.facts.works.get(instance) else {
        return never(case, asked, instance.task);
    };
    if let Some(claimed) = work.claimed() {
        let outcome = match claimed.event {
            Event::TaskEnded { outcome, .. } => outcome,
            _ => Outcome::Done,
        };
        let mut why = Why::new(case, asked, incident, Fate::Ended(instance, outcome));
        why.lead_to(case, from, claimed);
        return why;
    }
    if let Some((entry, reason)) = work.skipped() {
        let mut why = Why::new(case, asked, incident, Fate::LeftOut(instance.task, reason));
        why.lead_to(case, from, entry);
        return why;
    }
    let in_vain = [Outcome::Failed, Outcome::NoTarget];
    for outcome in in_vain {
        if let Some(ended) = work.ended(outcome) {
            let mut why = Why::new(case, asked, incident, Fate::Ended(instance, outcome));
            why.lead_to(case, from, ended);
            return why;
        }
    }
    let begun = work.started().is_some();
    let mut why = Why::new(case, asked, incident, Fate::Open { instance, begun });
    why.lead_to_end(case, from, instance);
    why
}

/// Why a task never became ready.
fn never(case: &Case<'_>, asked: Asked, id: TaskId) -> Why {
    let incident = case.main();
    let mut why = Why::new(case, asked, incident, Fate::NeverReady(id));
    let lacks = lack::of_task(case, incident, id);
    why.lack(case, case.origin(incident), lacks);
    why
}

/// Why a phase of the main incident went as it did. Its time is that of its evaluation.
pub(super) fn phase(case: &Case<'_>, asked: Asked, phase: Phase) -> Why {
    let facts = case.facts;
    let incident = case.main();
    let judged = &case.evaluation.main().phases[phase.index()];
    let course = facts.course(incident);
    if let Some(entry) = course.not_applicable(phase) {
        let mut why = Why::new(case, asked, incident, Fate::NotApplicable(phase));
        why.lead_to(case, None, entry);
        return why;
    }
    let origin = judged.origin.map(|(_, timed)| timed);
    if let Some(completed) = course.completed(phase) {
        let mut why = Why::new(case, asked, incident, Fate::Complete(phase));
        why.from = origin.filter(|origin| origin.at < completed.at);
        why.until = Some(Timed::of(completed));
        why.made_of.clone_from(&judged.made_of);
        let from = why.from.map_or(completed.at, |from| from.at);
        add(&mut why.links, links(facts, from, completed));
        why.wait = longest(facts, &why.made_of);
        why.need_sooner();
        return why;
    }
    let reached = course.reached(phase).is_some();
    let fate = Fate::NotComplete { phase, reached };
    let mut why = Why::new(case, asked, incident, fate);
    why.lack(case, origin, lack::of_phase(case, incident, phase));
    // The time of a phase is that of its evaluation, whatever its root waited for.
    why.from = origin;
    why.until = case.ended();
    why.made_of.clone_from(&judged.made_of);
    let root_waited = why.wait.take();
    let at_end = why.made_of.last().filter(|part| !is_work(part.category));
    why.wait = root_waited.or_else(|| at_end.map(|part| waited(facts, *part)));
    why.needed
        .retain(|needed| !matches!(needed, Needed::Sooner(_)));
    why.need_sooner();
    if let Some(entry) = course.reached(phase) {
        add(&mut why.links, [link(entry, How::Last)]);
    }
    why
}
