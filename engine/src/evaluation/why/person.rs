//! Why somebody was waited for.

use super::model::{Fate, How, Needed, Why};
use super::{Asked, Case, Timed, add, link, links, waited};
use crate::evaluation::model::{Category, TracePart};
use crate::evaluation::trace::{trace, trace_piece};
use crate::exercise::{PersonId, RoleId};
use crate::record::{Entry, Event};

/// Whether an entry says that somebody began work.
type Did<'d> = &'d dyn Fn(&Entry) -> bool;

/// The most refused acts that are cited.
const CITED: usize = 12;

/// Why a person was waited for, in any role held.
pub(super) fn person(case: &Case<'_>, asked: Asked, id: PersonId) -> Why {
    let roles = case.facts.exercise.roles_held(id);
    let mine = |entry: &&Entry| entry.actor.person() == Some(id);
    let did = |entry: &Entry| match &entry.event {
        Event::TaskStarted {
            people, attempt, ..
        } => *attempt == 1 && people.contains(&id),
        _ => false,
    };
    let refused = case.facts.entries.iter().filter(mine);
    let refused = refused.filter(|entry| matches!(entry.event, Event::ActionRejected { .. }));
    of(case, asked, roles, (&did, refused.collect()))
}

/// Why a role was waited for.
pub(super) fn role(case: &Case<'_>, asked: Asked, id: RoleId) -> Why {
    let did = |entry: &Entry| match &entry.event {
        Event::TaskStarted { role, attempt, .. } => *attempt == 1 && *role == id,
        _ => false,
    };
    of(case, asked, &[id], (&did, Vec::new()))
}

fn of(
    case: &Case<'_>,
    asked: Asked,
    roles: &[RoleId],
    (did, refused): (Did<'_>, Vec<&Entry>),
) -> Why {
    let facts = case.facts;
    let begun = facts.entries.iter().filter(|entry| did(entry));
    let pieces = begun.clone().count() as u32;
    let times = refused.len() as u32;
    let Some((incident, part)) = longest_for(case, roles) else {
        let fate = Fate::NotWaitedFor {
            pieces,
            refused: times,
        };
        let mut why = Why::new(case, asked, case.main(), fate);
        if let Some(Event::ActionRejected { reason, .. }) = refused.first().map(|it| &it.event) {
            why.needed.push(Needed::Allowed(*reason));
        }
        let cited = refused.into_iter().take(CITED);
        add(&mut why.links, cited.map(|entry| link(entry, How::Answer)));
        let first_and_last = begun.clone().next().into_iter().chain(begun.last());
        add(
            &mut why.links,
            first_and_last.map(|entry| link(entry, How::Answer)),
        );
        return why;
    };
    let fate = Fate::WaitedFor {
        pieces,
        refused: times,
    };
    let mut why = Why::new(case, asked, incident, fate);
    why.until = Some(Timed {
        at: part.until,
        entry: part.entry,
    });
    why.made_of = vec![part];
    why.wait = Some(waited(facts, part));
    why.need_sooner();
    let last = facts.ended.map(|it| it.number);
    let open = part.instance.and_then(|of| facts.works.get(of));
    let open = open.and_then(super::super::facts::Work::last_milestone);
    let milestone = match open.filter(|_| last == Some(part.entry)) {
        Some(milestone) => Some(milestone),
        None => facts.entry(part.entry),
    };
    if let Some(milestone) = milestone {
        add(&mut why.links, links(facts, part.from, milestone));
        why.from = why.links.first().map(|first| Timed {
            at: part.from,
            entry: first.entry,
        });
    }
    if last == Some(part.entry) {
        why.end(case);
    }
    let cited = refused.into_iter().take(CITED);
    add(&mut why.links, cited.map(|entry| link(entry, How::Answer)));
    why
}

/// The longest part of the time to any phase, or to the beginning of any work, in which one of these roles was
/// waited for.
fn longest_for(
    case: &Case<'_>,
    roles: &[RoleId],
) -> Option<(crate::exercise::IncidentId, TracePart)> {
    let waits = |category| {
        matches!(
            category,
            Category::WaitingForPerson
                | Category::Asleep
                | Category::FalseAlarms
                | Category::WaitingForApproval
                | Category::DeliveryAndNotice
                | Category::Reading
        )
    };
    let facts = case.facts;
    let phases = case.evaluation.incidents.iter().flat_map(|of| {
        let parts = of.phases.iter().flat_map(|phase| &phase.made_of);
        parts.map(move |part| (of.incident, *part))
    });
    let pieces = facts.works.iter().flat_map(|(instance, work)| {
        let ready = work.ready().map(|ready| ready.at);
        let parts = ready.map_or_else(Vec::new, |ready| match work.started() {
            Some(started) => trace(facts, instance.incident, ready, started),
            None if work.is_open() => trace_piece(facts, instance, ready),
            None => Vec::new(),
        });
        parts.into_iter().map(move |part| (instance.incident, part))
    });
    let mine = phases.chain(pieces).filter(|(_, part)| {
        let role = part.role.is_some_and(|role| roles.contains(&role));
        role && waits(part.category)
    });
    mine.max_by_key(|(incident, part)| {
        let span = part.until - part.from;
        (span, std::cmp::Reverse((*incident, part.entry)))
    })
}
