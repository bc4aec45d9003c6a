//! Why an entry stands in the record; of an act that was refused: why it was.

use super::model::{Fate, How, Lack, Missing, Needed, Thing, Why};
use super::{Asked, Case, End, add, lack, link};
use crate::evaluation::facts::Facts;
use crate::exercise::{IncidentId, TaskId};
use crate::record::{Entry, Event, HumanAct, Presence, Refusal};
use crate::situation::clocks::Clocks;
use crate::situation::courses::Courses;
use crate::situation::work::Work;

/// Why an entry came about; `None`: there is none.
pub(super) fn entry(case: &Case<'_>, asked: Asked, number: u32) -> Option<Why> {
    let entry = case.facts.entry(number)?;
    if let Event::ActionRejected { act, reason } = &entry.event {
        return Some(refused(case, asked, entry, (act, *reason)));
    }
    let incident = about(&entry.event).filter(|of| of.index() < case.evaluation.incidents.len());
    let incident = incident.unwrap_or(case.main());
    let mut why = Why::new(case, asked, incident, Fate::Happened);
    why.lead_to(case, None, entry);
    Some(why)
}

/// The incident that an event is about.
fn about(event: &Event) -> Option<IncidentId> {
    Courses::about(event)
        .or_else(|| Work::about(event).map(|of| of.incident))
        .or_else(|| Clocks::about(event).map(|(_, of)| of))
}

/// Why an act was refused: what was missing by then.
fn refused(
    case: &Case<'_>,
    asked: Asked,
    entry: &Entry,
    (act, reason): (&HumanAct, Refusal),
) -> Why {
    let incident = case.main();
    let mut why = Why::new(case, asked, incident, Fate::Refused(reason));
    why.needed.push(Needed::Allowed(reason));
    let until = case
        .facts
        .entries
        .partition_point(|it| it.number < entry.number);
    let entries = &case.facts.entries[..until];
    let facts = Facts::read(case.facts.exercise, case.facts.criteria, entries);
    let then = Case {
        facts: &facts,
        evaluation: case.evaluation,
        end: End::of(case.facts.exercise, &case.record.header, entries),
        record: case.record,
    };
    let lacks = lacked(&then, incident, entry, (act, reason));
    let said = lacks
        .iter()
        .filter_map(|lack| case.facts.entry(lack.entry?));
    add(&mut why.links, said.map(|of| link(of, How::Last)));
    add(&mut why.links, [link(entry, How::Answer)]);
    why.lacks = lacks;
    why
}

fn lacked(
    then: &Case<'_>,
    incident: IncidentId,
    entry: &Entry,
    (act, reason): (&HumanAct, Refusal),
) -> Vec<Lack> {
    let itself = |missing, entry| {
        vec![Lack {
            of: Thing::Itself,
            missing,
            entry,
        }]
    };
    let situation = then.end.situation();
    match (reason, entry.actor.person()) {
        (Refusal::NotReady, _) => {
            let Some(task) = task_of(act) else {
                return Vec::new();
            };
            let pieces = then.facts.works.of_task(task, incident);
            let begun = pieces.iter().rev().find_map(|(instance, work)| {
                work.started()?;
                Some((*instance, work.last_milestone()?.number))
            });
            match begun {
                Some((instance, last)) => itself(Missing::Already(instance), Some(last)),
                None => lack::of_task(then, incident, task),
            }
        }
        (Refusal::Busy | Refusal::UnderWay, Some(person)) => {
            let mut in_hand = situation.work().in_hand(person);
            let piece = in_hand.next();
            piece.map_or_else(Vec::new, |piece| {
                itself(Missing::Open(piece.instance), Some(piece.since.entry))
            })
        }
        (Refusal::NotThere, Some(person)) => {
            let there = situation.presences().presence(person);
            let rests = situation.presences().rests_until(person).is_some();
            let there = if rests { Presence::Off } else { there };
            itself(Missing::Presence(there), None)
        }
        (Refusal::NeedsApproval | Refusal::NotAsked, _) => {
            let asked = task_of(act).and_then(|task| {
                let mut pieces = situation.work().pieces();
                let piece = pieces.find(|piece| piece.instance.task == task)?;
                Some((
                    piece.instance,
                    piece.requests.last().map(|of| of.asked.entry),
                ))
            });
            asked.map_or_else(Vec::new, |(instance, asked)| {
                itself(Missing::Open(instance), asked)
            })
        }
        _ => Vec::new(),
    }
}

/// The task that an act is about.
const fn task_of(act: &HumanAct) -> Option<TaskId> {
    match act {
        HumanAct::Start { task, .. }
        | HumanAct::AskApproval { task }
        | HumanAct::Approve { task, .. }
        | HumanAct::HandOver { task, .. } => Some(task.task),
        _ => None,
    }
}
