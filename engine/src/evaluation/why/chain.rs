//! The entries on the way to one, and what kept those for whom it was waited.

use super::model::{How, Kept, KeptBy, Link, Wait};
use crate::evaluation::facts::Facts;
use crate::evaluation::model::{Category, TracePart};
use crate::evaluation::trace::before;
use crate::exercise::{ExerciseTime, Instance, PersonId, RoleId};
use crate::record::{Entry, Event, Presence};
use crate::situation::presences::Presences;
use std::collections::BTreeMap;

/// The link of an entry.
pub(super) const fn link(entry: &Entry, how: How) -> Link {
    Link {
        entry: entry.number,
        at: entry.at,
        how,
    }
}

/// The entries that brought one about, from the origin on, in order, with the entry itself.
pub(super) fn links(facts: &Facts<'_>, origin: ExerciseTime, entry: &Entry) -> Vec<Link> {
    let mut links = Vec::new();
    let mut later = entry;
    loop {
        let earlier = before(facts, later).filter(|_| later.at > origin);
        // Nothing but a start by a human has another origin than its cause.
        let caused =
            |earlier: &Entry| facts.cause(later).map(|it| it.number) == Some(earlier.number);
        let how = match earlier {
            None => How::First,
            Some(earlier) if caused(earlier) => How::Caused,
            Some(_) => How::CalledFor,
        };
        links.push(link(later, how));
        match earlier {
            Some(earlier) => later = earlier,
            None => break,
        }
    }
    links.reverse();
    links
}

/// Puts further links among others: each entry stands once, in order.
pub(super) fn add(links: &mut Vec<Link>, more: impl IntoIterator<Item = Link>) {
    for link in more {
        if let Err(place) = links.binary_search_by_key(&link.entry, |of| of.entry) {
            links.insert(place, link);
        }
    }
    // What was first is no more where something stands before it that brought nothing about.
    for link in links.iter_mut().skip(1) {
        if link.how == How::First {
            link.how = How::Answer;
        }
    }
}

/// Whether a part was spent on the work itself.
pub(super) const fn is_work(category: Category) -> bool {
    matches!(
        category,
        Category::Working | Category::Redoing | Category::HandingOver
    )
}

/// The longest part in which nobody worked on it, with what kept people meanwhile.
pub(super) fn longest(facts: &Facts<'_>, parts: &[TracePart]) -> Option<Wait> {
    let waits = parts.iter().filter(|part| !is_work(part.category));
    let longest = waits.max_by_key(|part| {
        let span = part.until - part.from;
        (span, std::cmp::Reverse(part.from))
    })?;
    Some(waited(facts, *longest))
}

/// A part as a wait.
pub(super) fn waited(facts: &Facts<'_>, part: TracePart) -> Wait {
    let for_people = matches!(
        part.category,
        Category::WaitingForPerson | Category::WaitingForApproval | Category::DeliveryAndNotice
    );
    let role = part.role.filter(|_| for_people);
    Wait {
        part,
        kept: role.map_or_else(Vec::new, |role| kept(facts, role, &part)),
    }
}

/// What kept the holders of a role in a part, the longest first.
fn kept(facts: &Facts<'_>, role: RoleId, part: &TracePart) -> Vec<Kept> {
    let holders = &facts.exercise.role(role).holders;
    let mut kept: Vec<Kept> = holders
        .iter()
        .filter_map(|person| keeps(facts, *person, part))
        .collect();
    kept.sort_by_key(|of| (std::cmp::Reverse(of.span), of.person));
    kept
}

/// What kept one person for the longest of a part.
fn keeps(facts: &Facts<'_>, person: PersonId, part: &TracePart) -> Option<Kept> {
    let mut sums: BTreeMap<KeptBy, (i64, u32)> = BTreeMap::new();
    let mut add = |by: KeptBy, from: ExerciseTime, until: ExerciseTime, entry: u32| {
        let span = until.min(part.until) - from.max(part.from);
        if span.0 > 0 {
            let sum = sums.entry(by).or_insert((0, entry));
            sum.0 += span.0;
        }
    };
    let mut at_work: BTreeMap<Instance, (ExerciseTime, u32)> = BTreeMap::new();
    let mut presences = Presences::new(facts.exercise);
    let mut away: (ExerciseTime, Presence, u32) = (ExerciseTime(i64::MIN), Presence::Off, 0);
    let mut said = false;
    for entry in facts.entries.iter().take_while(|it| it.at <= part.until) {
        match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            }
            | Event::TaskResumed {
                instance, people, ..
            } => {
                let is_own = part.instance == Some(*instance);
                if people.contains(&person) && !is_own {
                    at_work.insert(*instance, (entry.at, entry.number));
                }
            }
            Event::TaskEnded { instance, .. }
            | Event::TaskPaused { instance, .. }
            | Event::TaskClosed { instance } => {
                if let Some((from, number)) = at_work.remove(instance) {
                    add(KeptBy::Work(*instance), from, entry.at, number);
                }
            }
            Event::RestBegan { person: of, until } if *of == person => {
                add(KeptBy::Asleep, entry.at, *until, entry.number);
            }
            _ => {}
        }
        presences.apply(entry);
        let now = presences.presence(person);
        let since = presences.since(person).unwrap_or(entry.at);
        if (now, presences.since(person).is_some()) != (away.1, said) {
            if said && away.1 != Presence::OnDuty {
                add(KeptBy::Presence(away.1), away.0, since, away.2);
            }
            away = (since, now, entry.number);
            said = presences.since(person).is_some();
        }
    }
    for (instance, (from, number)) in at_work {
        add(KeptBy::Work(instance), from, part.until, number);
    }
    if said && away.1 != Presence::OnDuty {
        add(KeptBy::Presence(away.1), away.0, part.until, away.2);
    }
    let most = sums
        .into_iter()
        .max_by_key(|(by, (sum, _))| (*sum, std::cmp::Reverse(*by)))?;
    let (by, (span, entry)) = most;
    Some(Kept {
        person,
        by,
        span: crate::exercise::Span(span).min(part.until - part.from),
        entry,
    })
}
