//! What the time to a milestone was made of.
//!
//! Every entry names the one that brought it about last. Walking that chain back from a milestone to
//! an origin, each interval belongs to one category, by the kind of the entry that ended it. The
//! intervals telescope: they sum to the whole, to the millisecond, whatever is missing.

use super::facts::{Facts, apart};
use super::model::{Category, TracePart};
use crate::exercise::{
    AssetState, Back, ExerciseTime, IncidentId, Instance, Knowable, MessageId, Phase, RoleId,
};
use crate::knowledge::affects;
use crate::record::{EndKind, Entry, Event, MessageKind};

/// What an interval was, and whose.
#[derive(Debug, Clone, Copy)]
struct What {
    category: Category,
    instance: Option<Instance>,
    role: Option<RoleId>,
}

impl From<Category> for What {
    fn from(category: Category) -> Self {
        Self {
            category,
            instance: None,
            role: None,
        }
    }
}

/// How many parts the time to a milestone has room for from the first.
const USUAL: usize = 32;

/// What the time from an origin to an entry was made of, in the order of time.
pub(super) fn trace(
    facts: &Facts<'_>,
    incident: IncidentId,
    origin: ExerciseTime,
    milestone: &Entry,
) -> Vec<TracePart> {
    let mut parts = Vec::with_capacity(USUAL);
    let mut later = milestone;
    while later.at > origin {
        let earlier = before(facts, later);
        let from = earlier.map_or(origin, |entry| entry.at.max(origin));
        push(facts, incident, &mut parts, from, later);
        match earlier {
            Some(entry) => later = entry,
            None => break,
        }
    }
    parts.reverse();
    merge(parts)
}

/// What the time from an origin to ENDEX was made of for a phase that was not complete by then.
pub(super) fn trace_open(
    facts: &Facts<'_>,
    incident: IncidentId,
    phase: Phase,
    origin: ExerciseTime,
) -> Vec<TracePart> {
    let open = open_part(facts, incident, phase);
    let from = open
        .map_or(origin, |(entry, _)| entry.at.max(origin))
        .min(facts.ended_at);
    let what = match open {
        Some((entry, Some(instance))) => waits_for(facts, entry, instance),
        _ => idle(facts, incident, phase),
    };
    let mut parts = open.map_or_else(Vec::new, |(entry, _)| trace(facts, incident, origin, entry));
    let number = facts.ended.or(facts.entries.last()).map_or(0, |e| e.number);
    if from < facts.ended_at {
        parts.push(part(what, from, facts.ended_at, number));
    }
    merge(parts)
}

/// What the time from an origin to the end was made of for a piece of work that was open then.
pub(super) fn trace_piece(
    facts: &Facts<'_>,
    instance: Instance,
    origin: ExerciseTime,
) -> Vec<TracePart> {
    let work = facts.works.get(instance);
    let Some(last) = work.and_then(super::facts::Work::last_milestone) else {
        return Vec::new();
    };
    let mut parts = trace(facts, instance.incident, origin, last);
    let from = last.at.max(origin).min(facts.ended_at);
    if from < facts.ended_at {
        let what = waits_for(facts, last, instance);
        let number = facts.ended.or(facts.entries.last()).map_or(0, |e| e.number);
        parts.push(part(what, from, facts.ended_at, number));
    }
    merge(parts)
}

/// The entry from which an interval began. An act of a human has no cause of its own; the work that
/// it started had been ready or approved, and that is where the demand came from.
pub(super) fn before<'a>(facts: &Facts<'a>, later: &Entry) -> Option<&'a Entry> {
    let cause = facts.cause(later)?;
    let Event::ActionTaken { .. } = cause.event else {
        return Some(cause);
    };
    let Event::TaskStarted { instance, .. } = later.event else {
        return Some(cause);
    };
    let asked = facts.works.get(instance).and_then(|work| {
        let mut earlier = facts.works.backwards(work);
        earlier.find(|entry| {
            let demand = matches!(
                entry.event,
                Event::TaskReady { .. } | Event::TaskTold { .. } | Event::ApprovalGiven { .. }
            );
            demand && entry.number < later.number && entry.at <= later.at
        })
    });
    asked.or(Some(cause))
}

fn part(what: What, from: ExerciseTime, until: ExerciseTime, entry: u32) -> TracePart {
    TracePart {
        category: what.category,
        from,
        until,
        entry,
        instance: what.instance,
        role: what.role,
    }
}

/// Adds an interval, the latest piece first. The time before an inject during which an earlier
/// signal lay unnoticed was not spent waiting for the inject, nor that in which somebody slept, or looked
/// into a false alarm, waiting for them.
fn push(
    facts: &Facts<'_>,
    incident: IncidentId,
    parts: &mut Vec<TracePart>,
    from: ExerciseTime,
    later: &Entry,
) {
    if from >= later.at {
        return;
    }
    let what = what(facts, later);
    let apart = match what.category {
        Category::WaitingForInject => unnoticed(facts, incident, from, later),
        Category::WaitingForPerson | Category::DeliveryAndNotice => {
            elsewhere(facts, what, from, later)
        }
        _ => Vec::new(),
    };
    let mut until = later.at;
    for (start, end, other) in apart.into_iter().rev() {
        if end < until {
            parts.push(part(what, end, until, later.number));
        }
        parts.push(part(other, start, end.min(until), later.number));
        until = start;
    }
    if from < until {
        parts.push(part(what, from, until, later.number));
    }
}

/// The stretches between an instant and an inject during which a revealing message lay unnoticed,
/// without overlap, in the order of time.
fn unnoticed(
    facts: &Facts<'_>,
    incident: IncidentId,
    from: ExerciseTime,
    inject: &Entry,
) -> Vec<(ExerciseTime, ExerciseTime, What)> {
    let stretches = facts.revealing(incident).filter_map(|letter| {
        let sent = letter.sent()?;
        let noticed = letter.noticed().map_or(inject.at, |entry| entry.at);
        let (start, end) = (sent.at.max(from), noticed.min(inject.at));
        (start < end).then_some((start, end, letter.to()?))
    });
    let lay = |role| What {
        role: Some(role),
        ..Category::DeliveryAndNotice.into()
    };
    let stretches = apart(stretches.collect()).into_iter();
    stretches
        .map(|(start, end, role)| (start, end, lay(role)))
        .collect()
}

/// The stretches before somebody noticed something or took it up during which they slept, or looked into a
/// false alarm.
fn elsewhere(
    facts: &Facts<'_>,
    what: What,
    from: ExerciseTime,
    later: &Entry,
) -> Vec<(ExerciseTime, ExerciseTime, What)> {
    let people = match &later.event {
        Event::ReadingStarted { person, .. } | Event::MessageNoticed { person, .. } => {
            std::slice::from_ref(person)
        }
        Event::TaskStarted { people, .. } | Event::TaskResumed { people, .. } => people,
        _ => return Vec::new(),
    };
    let within = (from, later.at);
    let asleep = facts.nights.between(people, within);
    let asleep = asleep.map(|(start, end)| (start, end, Category::Asleep));
    let alarms = facts.alarms.between(people, within).into_iter();
    let alarms = alarms.map(|(start, end, ())| (start, end, Category::FalseAlarms));
    let taken_up = what.category == Category::WaitingForPerson;
    let all = asleep.chain(alarms.filter(|_| taken_up));
    let of = |category| What { category, ..what };
    apart(all.collect())
        .into_iter()
        .map(|(start, end, category)| (start, end, of(category)))
        .collect()
}

/// What the time that ended with an entry was.
fn what(facts: &Facts<'_>, later: &Entry) -> What {
    let work = |category, instance: Instance| What {
        category,
        instance: Some(instance),
        role: role_of(facts, instance),
    };
    match &later.event {
        Event::MessageSent { message, .. } => sending(facts, *message, later),
        Event::MessageCopied { message, .. }
        | Event::MessageResent { message, .. }
        | Event::MessageMisread { message, .. }
        | Event::BeganEarly { message, .. }
        | Event::MessageNoticed { message, .. } => {
            message_part(facts, *message, Category::DeliveryAndNotice)
        }
        Event::ReadingStarted { message, .. } => {
            message_part(facts, *message, Category::WaitingForPerson)
        }
        Event::MessageRead { message, .. } => message_part(facts, *message, Category::Reading),
        Event::FactLearned { role, .. } => What {
            role: Some(*role),
            ..Category::DeliveryAndNotice.into()
        },
        Event::TaskReady { instance, .. } => work(before_ready(facts, later), *instance),
        Event::TaskTold { instance } => work(Category::DeliveryAndNotice, *instance),
        Event::ApprovalAsked { instance, of } => What {
            role: Some(*of),
            ..work(Category::WaitingForApproval, *instance)
        },
        Event::ApprovalGiven { instance, .. } | Event::ApprovalRefused { instance, .. } => What {
            role: asked_of(facts, *instance).or(role_of(facts, *instance)),
            ..work(Category::WaitingForApproval, *instance)
        },
        Event::TaskStarted { instance, .. } | Event::TaskResumed { instance, .. } => {
            work(Category::WaitingForPerson, *instance)
        }
        Event::HandoverEnded { instance } => work(Category::HandingOver, *instance),
        Event::TaskReopened { instance } => work(Category::Redoing, *instance),
        Event::TaskPaused { instance, .. }
        | Event::TaskEnded { instance, .. }
        | Event::MeasureTaken { instance, .. }
        | Event::EvidencePreserved { instance, .. }
        | Event::StakeholderNotified { instance, .. } => working(facts, *instance, later),
        Event::PersonReached { .. } | Event::RoomJoined { .. } | Event::ActionTaken { .. } => {
            Category::WaitingForPerson.into()
        }
        Event::InjectDelivered { .. } => Category::WaitingForInject.into(),
        Event::PhaseCompleted { .. } => Category::Watching.into(),
        other => plain(other).into(),
    }
}

/// What the time before a piece of work became ready was: it waited for the hours of others, or as the plan says.
fn before_ready(facts: &Facts<'_>, ready: &Entry) -> Category {
    match facts.cause(ready).map(|cause| &cause.event) {
        Some(Event::TaskAwaitsHours { .. }) => Category::HoursOfOthers,
        _ => Category::DelayOfPlan,
    }
}

/// The category of what happens by itself.
const fn plain(event: &Event) -> Category {
    match event {
        Event::StepStarted { .. }
        | Event::StepTookEffect { .. }
        | Event::StepStopped { .. }
        | Event::StepFailed { .. }
        | Event::StepEnded { .. }
        | Event::AssetChanged { .. }
        | Event::EvidenceLost { .. }
        | Event::SignalRaised { .. }
        | Event::FalseAlarmRaised { .. }
        | Event::StaffReported { .. }
        | Event::ExerciseStarted {} => Category::WaitingForDetection,
        Event::Decided { .. } | Event::DecisionOpened { .. } => Category::Working,
        Event::RoomOpened { .. } | Event::TaskAwaitsHours { .. } => Category::DelayOfPlan,
        _ => Category::Watching,
    }
}

/// The time before a message was sent: a monitor's own delay, or word that was being passed on.
fn sending(facts: &Facts<'_>, message: MessageId, sent: &Entry) -> What {
    let cause = facts.cause(sent).map(|entry| &entry.event);
    let from_world = matches!(
        cause,
        None | Some(
            Event::AssetChanged { .. }
                | Event::SignalRaised { .. }
                | Event::StepTookEffect { .. }
                | Event::StaffReported { .. }
                | Event::FalseAlarmRaised { .. }
        )
    );
    let usual = if from_world {
        Category::WaitingForDetection
    } else {
        Category::DeliveryAndNotice
    };
    message_part(facts, message, usual)
}

/// A stretch in the life of a message. All of a request for approval is waiting for it, and getting
/// hold of somebody is waiting for a person.
fn message_part(facts: &Facts<'_>, message: MessageId, usual: Category) -> What {
    let letter = facts.letters.get(message);
    let kind = letter.and_then(super::facts::Letter::kind);
    let category = match (kind, usual) {
        (Some(MessageKind::ApprovalRequest), _) => Category::WaitingForApproval,
        (Some(MessageKind::CallOut), Category::DeliveryAndNotice) => Category::WaitingForPerson,
        (_, usual) => usual,
    };
    let about = letter.and_then(|letter| match letter.origin()? {
        crate::record::Origin::CallOut { instance }
        | crate::record::Origin::Approval { instance } => Some(*instance),
        _ => None,
    });
    What {
        category,
        instance: about,
        role: letter.and_then(super::facts::Letter::to),
    }
}

fn working(facts: &Facts<'_>, instance: Instance, until: &Entry) -> What {
    let again = facts
        .works
        .get(instance)
        .is_some_and(|work| work.again_at(until.number));
    What {
        category: if again {
            Category::Redoing
        } else {
            Category::Working
        },
        instance: Some(instance),
        role: role_of(facts, instance),
    }
}

/// The role that did a piece of work, else the one that should have.
fn role_of(facts: &Facts<'_>, instance: Instance) -> Option<RoleId> {
    let done_by = facts.works.get(instance).and_then(super::facts::Work::role);
    let by = facts.exercise.task(instance.task).by;
    done_by.or_else(|| facts.exercise.roles(by).first().copied())
}

fn asked_of(facts: &Facts<'_>, instance: Instance) -> Option<RoleId> {
    match facts.works.get(instance)?.asked()?.event {
        Event::ApprovalAsked { of, .. } => Some(of),
        _ => None,
    }
}

/// The part of a phase that was open at the end and moved last: with the work it is, if it is work.
/// Without open work it is the last thing that was done in the phase, or for the incident.
fn open_part<'a>(
    facts: &Facts<'a>,
    incident: IncidentId,
    phase: Phase,
) -> Option<(&'a Entry, Option<Instance>)> {
    let mine = |instance: Instance| facts.exercise.task(instance.task).phase == phase;
    let works: Vec<_> = facts.works_of(incident).collect();
    let latest = |of_phase: bool, open: bool| {
        works
            .iter()
            .filter(|(instance, work)| (mine(*instance) || !of_phase) && work.is_open() == open)
            .filter_map(|(instance, work)| Some((work.last_milestone()?, *instance)))
            .max_by_key(|(entry, _)| entry.number)
    };
    let open = latest(true, true).or_else(|| latest(false, true));
    let done = || latest(true, false).or_else(|| latest(false, false));
    open.map(|(entry, instance)| (entry, Some(instance)))
        .or_else(|| done().map(|(entry, _)| (entry, None)))
        .or_else(|| {
            let mark = facts
                .course(incident)
                .mark_or_earlier(crate::exercise::Mark::Declared)?;
            Some((mark.1, None))
        })
}

/// What open work was waiting for when the exercise ended.
fn waits_for(facts: &Facts<'_>, last: &Entry, instance: Instance) -> What {
    let category = match &last.event {
        Event::TaskReady { .. } | Event::TaskReopened { .. } => Category::DeliveryAndNotice,
        Event::ApprovalAsked { .. } => Category::WaitingForApproval,
        Event::TaskStarted { .. } | Event::HandoverEnded { .. } => {
            return working(facts, instance, last);
        }
        Event::TaskEnded { .. } => Category::Redoing,
        _ => Category::WaitingForPerson,
    };
    let role = match category {
        Category::WaitingForApproval => asked_of(facts, instance),
        _ => None,
    };
    What {
        category,
        instance: Some(instance),
        role: role.or(role_of(facts, instance)),
    }
}

/// What a phase without open work was waiting for when the exercise ended.
fn idle(facts: &Facts<'_>, incident: IncidentId, phase: Phase) -> What {
    let unread = facts.revealing(incident).find(|letter| {
        letter.read().is_none() && letter.withdrawn().is_none() && letter.unreachable().is_none()
    });
    let hidden = facts
        .hits
        .iter()
        .any(|hit| hit.incident == incident && hit.affects() && !is_known(facts, hit));
    let category = match (facts.end, phase) {
        (Some(EndKind::Stalled), _) => Category::NothingCouldHappen,
        (_, Phase::Recovery) if is_watching(facts, incident) => Category::Watching,
        _ if unread.is_some() => Category::DeliveryAndNotice,
        _ if hidden => Category::WaitingForDetection,
        _ => Category::NothingCouldHappen,
    };
    What {
        role: unread.and_then(super::facts::Letter::to),
        ..category.into()
    }
}

fn is_known(facts: &Facts<'_>, hit: &super::facts::Hit<'_>) -> bool {
    facts
        .first_learned(|fact| {
            matches!(fact, Knowable::Asset(_, asset, state) if asset == hit.asset && affects(state))
        })
        .is_some()
}

/// Whether nothing of a recovery was left to do but to watch: something had been verified or brought back.
fn is_watching(facts: &Facts<'_>, incident: IncidentId) -> bool {
    facts.taken.iter().any(|taken| {
        let row = taken.measure.row();
        let back = matches!(row.brings_back, Some(Back::Whole | Back::Data));
        let checked = row.leaves == Some(AssetState::Verified);
        taken.instance.incident == incident && (back || checked) && taken.effect
    })
}

/// Joins neighbours that are the same thing.
fn merge(mut parts: Vec<TracePart>) -> Vec<TracePart> {
    parts.dedup_by(|part, last| {
        let same = last.until == part.from
            && last.category == part.category
            && last.instance == part.instance
            && last.role == part.role;
        if same {
            last.until = part.until;
            last.entry = part.entry;
        }
        same
    });
    parts
}
