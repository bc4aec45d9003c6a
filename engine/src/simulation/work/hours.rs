//! Hours of others: a task that tells somebody waits until they can be told at all.
//!
//! Called where a task becomes ready. It must never delay what is told to an authority, nor a task that tells one.

use super::Work;
use crate::exercise::{
    ExerciseTime, IncidentId, Object, StakeholderId, StakeholderKind, Task, TaskId,
};
use crate::record::Event;
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::out::Out;
use crate::simulation::scene::Scene;

/// How a task waits for the hours of those whom it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Hours {
    /// It does not.
    #[default]
    Open,
    /// It does since an entry.
    Awaited(u32),
    /// They have come, which an entry foretold.
    Come(u32),
}

impl Hours {
    /// Whether they are awaited.
    pub(super) const fn is_awaited(self) -> bool {
        matches!(self, Self::Awaited(_))
    }

    /// They have come, if they were awaited.
    pub(super) fn come(&mut self) {
        if let Self::Awaited(entry) = *self {
            *self = Self::Come(entry);
        }
    }
}

/// When those whom a task tells can be told next; `None`: now.
pub(crate) fn opens(scene: Scene<'_>, task: &Task) -> Option<ExerciseTime> {
    let told = || {
        let acts = task.does.iter();
        acts.filter_map(|act| match act.on {
            Object::Stakeholder(kind) => Some(kind),
            _ => None,
        })
    };
    if told().any(StakeholderKind::is_authority) {
        return None;
    }
    told().filter_map(|kind| kind_opens(scene, kind)).max()
}

/// When one of a kind can be told next; `None`: now. Of whom the organisation lists none, no hours are known.
fn kind_opens(scene: Scene<'_>, kind: StakeholderKind) -> Option<ExerciseTime> {
    let listed = scene.exercise().organisation().stakeholders.iter();
    let listed = listed.enumerate().filter(|(_, of)| of.kind == kind);
    let mut next: Option<ExerciseTime> = None;
    for (i, _) in listed {
        let hours = scene.calendar().told(StakeholderId::new(i))?;
        if hours.contains(scene.now) {
            return None;
        }
        let opens = hours.next(scene.now).map(|hours| hours.from);
        next = next.into_iter().chain(opens).min();
    }
    next
}

/// Lets a task that is due because of an entry wait for the hours of those whom it tells; the entry that made it
/// ready, once they have come.
pub(super) fn awaited(
    work: &mut Work,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    (task, incident): (TaskId, IncidentId),
    cause: u32,
) -> Option<u32> {
    let number = work.slot(task, incident);
    let entry = match work.slot_of(task, incident).hours {
        Hours::Awaited(_) => return None,
        Hours::Come(entry) => Some(entry),
        Hours::Open => None,
    };
    let Some(until) = opens(scene, scene.exercise().task(task)) else {
        if entry.is_some() {
            work.slot_mut(task, incident).hours = Hours::Open;
        }
        return Some(entry.unwrap_or(cause));
    };
    let event = Event::TaskAwaitsHours {
        task,
        incident,
        until,
    };
    let entry = out.rule(Some(cause), event);
    agenda.schedule(Rank::PlanDelay, number, until);
    work.slot_mut(task, incident).hours = Hours::Awaited(entry);
    None
}
