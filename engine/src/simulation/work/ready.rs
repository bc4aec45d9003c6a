//! When a piece of work becomes ready.

use super::skipped::{is_free, may_follow_nothing};
use super::{Approval, Delay, Piece, State, Work, hours, per_asset};
use crate::exercise::{
    Act, AssetId, Each, Few, IncidentId, Instance, Object, PersonId, Phase, Priority, RoleId,
    Severity, Span, StakeholderKind, Task, TaskId, Urgency,
};
use crate::record::{Actor, Event, Reach};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::draw::Purpose;
use crate::simulation::out::{Changed, Out};
use crate::simulation::scene::Scene;
use crate::simulation::watch::Watch;

/// What a task needs to know of the world to become ready, asked for by its rule.
pub(crate) trait Readiness {
    /// Whether the condition of a task holds for an incident, as its role sees it; with the entry
    /// that made it so.
    fn condition(&self, task: &Task, incident: IncidentId) -> Option<u32>;
    /// Whether there are assets on which a measure could be taken now, as the board knows; with the entry of
    /// the newest. `None`: the measure needs no asset. Without a room that is also what those know whose
    /// work the task is, and who does it.
    fn targets(
        &self,
        act: &Act,
        task: &Task,
        incident: IncidentId,
        doers: &[RoleId],
    ) -> Option<Found>;
    /// Whether there is a target for a measure of a task of which something was learned, or which was brought
    /// back, after an entry.
    fn sees_more(&self, task: TaskId, incident: IncidentId, since: u32) -> bool;
    /// The newest entry by which the board learned anything of an asset, or without a room those whose
    /// work a task is, or the team claims to have done something to an asset.
    fn newest(&self, task: &Task, incident: IncidentId) -> u32;
    /// Shows the assets on which a task could do something now, in order, each with the entry by which it
    /// came to be so.
    fn each_open(&self, task: TaskId, incident: IncidentId, show: &mut dyn FnMut(AssetId, u32));
    /// Whether a task is for an asset, or for any, on which it was not done: also where it has to wait.
    fn wants(&self, task: TaskId, incident: IncidentId, on: Option<AssetId>) -> bool;
    /// Whether a task does not apply to an incident, as far as is known once it can be said.
    fn does_not_apply(&self, task: TaskId, incident: IncidentId) -> bool;
    /// Whether a stakeholder can be told: one of the channels over which it is reached works.
    fn can_be_told(&self, stakeholder: StakeholderKind) -> bool;
    /// The severity as it is taken to be.
    fn severity(&self, incident: IncidentId) -> Severity;
    /// The priority of its work.
    fn priority(&self, incident: IncidentId) -> Priority;
    /// Whether an incident is still worked on.
    fn is_open(&self, incident: IncidentId) -> bool;
    /// Whether the tasks of Closure may start, with the entry that says so.
    fn closure_may_start(&self, incident: IncidentId) -> Option<u32>;
}

/// The targets found for a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Found {
    /// Whether there are assets on which it is not yet in effect.
    pub(crate) any: bool,
    /// The entry by which the newest of them became known.
    pub(crate) entry: Option<u32>,
}

/// How an incident stands for its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The severity as it is taken to be.
    pub(crate) severity: Severity,
    /// The priority of its work.
    pub(crate) priority: Priority,
}

impl Standing {
    /// How an incident stands now.
    pub(crate) fn of(scene: Scene<'_>, severity: Severity, urgency: Urgency) -> Self {
        let table = &scene.exercise().plan().classification;
        Self {
            severity,
            priority: table.priority(severity, urgency),
        }
    }
}

/// A task for which a piece of work is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DueTask {
    pub(crate) task: TaskId,
    pub(crate) incident: IncidentId,
    /// The entry that made it so.
    pub(crate) cause: u32,
    /// The asset it is for, where there is one piece for each.
    pub(crate) asset: Option<AssetId>,
}

/// Lists the tasks for which a piece of work is due now, before their own delay, of those that are to be
/// looked at.
pub(crate) fn readiness(work: &Work, watch: &mut Watch, scene: Scene<'_>, view: &dyn Readiness) {
    for incident in watch.incidents() {
        if !view.is_open(incident) {
            continue;
        }
        let severity = watch.standing(incident).severity;
        let mut next = TaskId::new(0);
        while let Some(task) = watch.take_task(scene, incident, next) {
            next = TaskId::new(task.index() + 1);
            look_at(work, watch, scene, view, (task, incident), severity);
        }
    }
}

/// Lists a task that is due now.
fn look_at(
    work: &Work,
    watch: &mut Watch,
    scene: Scene<'_>,
    view: &dyn Readiness,
    what: (TaskId, IncidentId),
    severity: Severity,
) {
    if comes_after_repeated(work, scene, view, what, severity) {
        // Whatever changes next may let it be done.
        watch.look_again(what.0, what.1);
        return;
    }
    let unlocks = || unlocked(work, scene, what);
    let cause = watch.unlocked(what.0, what.1, unlocks);
    debug_assert_eq!(
        cause,
        unlocks(),
        "{what:?} stands otherwise, and nobody said so"
    );
    let Some(cause) = cause else { return };
    match due_now(work, scene, view, what, severity, cause) {
        Ok(due) => watch.due.push(due),
        // Whatever is learned next may show that what it waits for does not apply.
        Err(NotDue::WaitsForWord) => watch.look_again(what.0, what.1),
        Err(NotDue::Yet) => {}
    }
}

impl Work {
    /// The tasks for which a piece of work is due now and whose delay does not run, of the whole plan.
    pub(crate) fn all_due(
        &self,
        scene: Scene<'_>,
        view: &dyn Readiness,
        standing: &[Standing],
    ) -> Vec<DueTask> {
        let mut everything = Watch::default();
        everything.reset(scene);
        for (incident, standing) in everything.incidents().zip(standing) {
            everything.stands(scene, incident, *standing);
        }
        readiness(self, &mut everything, scene, view);
        let mut due = everything.due;
        due.retain(|due| {
            let slot = self.slot_of(due.task, due.incident);
            !matches!(slot.delay, Delay::Running(_)) && !slot.hours.is_awaited()
        });
        due
    }
}

/// Whether a task that is to be done again has to wait for one that comes before it in the plan: that is
/// being done again, or will be as soon as somebody gets to it. What is to be done again and finds nothing
/// to do holds nothing up, nor does what is done once for each occurrence.
fn comes_after_repeated(
    work: &Work,
    scene: Scene<'_>,
    view: &dyn Readiness,
    (id, incident): (TaskId, IncidentId),
    severity: Severity,
) -> bool {
    let mends = |task: &Task| {
        matches!(
            task.phase,
            Phase::Response | Phase::Resolution | Phase::Recovery
        ) || task.does.iter().any(|act| act.measure.looks())
    };
    if !work.is_due_again(id, incident) || !mends(scene.exercise().task(id)) {
        return false;
    }
    let mut before = Few::from_slice(&scene.exercise().task(id).after);
    let mut place = 0;
    while let Some(other) = before.get(place).copied() {
        let task = scene.exercise().task(other);
        let what = (other, incident);
        let under_way =
            work.slot_of(other, incident).pieces.len() > 1 && work.open(other, incident).is_some();
        let due = || {
            let cause = unlocked(work, scene, what);
            cause.is_some_and(|cause| due_now(work, scene, view, what, severity, cause).is_ok())
        };
        let repeated = under_way || (work.is_due_again(other, incident) && due());
        if repeated && task.each == Each::Incident && mends(task) {
            return true;
        }
        for further in &task.after {
            if !before.contains(further) {
                before.push(*further);
            }
        }
        place += 1;
    }
    false
}

/// The latest entry of what must come before a task, where the work lets it be due. `None`: only a
/// change of the task itself, or of one that it comes after, can make it due.
fn unlocked(work: &Work, scene: Scene<'_>, (id, incident): (TaskId, IncidentId)) -> Option<u32> {
    let task = scene.exercise().task(id);
    let slot = work.slot_of(id, incident);
    let idle = match task.each {
        Each::Incident => {
            let ended = !slot.pieces.is_empty() && slot.again.is_none();
            (ended && !task.acts_on_assets()) || work.open(id, incident).is_some()
        }
        Each::Asset if task.acts_on_assets() => false,
        Each::Asset | Each::Alert | Each::Message => slot.due.is_empty(),
    };
    if slot.omitted || idle {
        return None;
    }
    // What closes an incident once more comes in its order once more.
    let again_before = |before: &TaskId| {
        let closes = scene.exercise().task(*before).phase == Phase::Closure;
        closes && (work.is_due_again(*before, incident) || work.open(*before, incident).is_some())
    };
    if task.phase == Phase::Closure && task.after.iter().any(again_before) {
        return None;
    }
    predecessors(work, scene, task, incident)
}

/// Why a task is not due that the work lets be due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NotDue {
    /// Something has to change first at which it looks.
    Yet,
    /// Something that comes before it may turn out not to apply, whatever that goes by.
    WaitsForWord,
}

/// Why a task that the work lets be due is due for an incident, and for which asset.
fn due_now(
    work: &Work,
    scene: Scene<'_>,
    view: &dyn Readiness,
    (id, incident): (TaskId, IncidentId),
    severity: Severity,
    unlocked: u32,
) -> Result<DueTask, NotDue> {
    let task = scene.exercise().task(id);
    let slot = work.slot_of(id, incident);
    if task.from_severity.is_some_and(|from| severity < from) {
        return Err(NotDue::Yet);
    }
    let once = task.each == Each::Incident;
    let repeated = !slot.pieces.is_empty();
    let done_with = once && repeated && slot.again.is_none();
    if done_with && !has_unseen_target(work, view, task, (id, incident)) {
        return Err(NotDue::Yet);
    }
    if once && waits_for_assets(work, scene, view, (task, incident)) {
        return Err(NotDue::Yet);
    }
    let condition = view.condition(task, incident).ok_or(NotDue::Yet)?;
    if may_follow_nothing(task) && !is_free(work, scene, view, (task, incident)) {
        return Err(NotDue::WaitsForWord);
    }
    let (found, asset) = if once {
        let found = open_targets(view, task, incident).ok_or(NotDue::Yet)?;
        (found.entry.unwrap_or(0), None)
    } else {
        per_asset::next(work, scene, view, (id, incident)).ok_or(NotDue::Yet)?
    };
    let again = slot.again.unwrap_or(0);
    Ok(DueTask {
        task: id,
        incident,
        cause: unlocked.max(condition).max(found).max(again),
        asset,
    })
}

/// The entry by which a task was claimed done; 0 where it is left out.
pub(super) fn is_done(work: &Work, task: TaskId, incident: IncidentId) -> Option<u32> {
    work.claimed_done(task, incident)
        .or_else(|| work.is_skipped(task, incident).then_some(0))
}

/// Whether a task comes after one that is done once for each asset, and is still to be done on some.
fn waits_for_assets(
    work: &Work,
    scene: Scene<'_>,
    view: &dyn Readiness,
    (task, incident): (&Task, IncidentId),
) -> bool {
    task.after.iter().any(|id| {
        let before = scene.exercise().task(*id);
        let each = before.each == Each::Asset && before.acts_on_assets();
        each && (work.open(*id, incident).is_some() || view.wants(*id, incident, None))
    })
}

/// The latest entry of what must come first; `None`: something is missing. What the task may do without
/// where it does not apply, and what is looked at asset by asset, is not missing here.
fn predecessors(work: &Work, scene: Scene<'_>, task: &Task, incident: IncidentId) -> Option<u32> {
    let done = |before: &TaskId| is_done(work, *before, incident);
    let mut cause = 0;
    for before in &task.after {
        let free = may_follow_nothing(task) || per_asset::goes_by_asset(scene, task, *before);
        cause = cause.max(done(before).or(free.then_some(0))?);
    }
    if !task.after_any.is_empty() {
        let first = task.after_any.iter().filter_map(done).min();
        cause = cause.max(first.or(may_follow_nothing(task).then_some(0))?);
    }
    Some(cause)
}

/// The targets of all measures of a task: `None` where each measure needs one and none has any.
fn open_targets(view: &dyn Readiness, task: &Task, incident: IncidentId) -> Option<Found> {
    let mut all = Found::default();
    let mut free = task.does.is_empty();
    for act in &task.does {
        if matches!(act.on, Object::Stakeholder(kind) if !view.can_be_told(kind)) {
            continue;
        }
        match view.targets(act, task, incident, &[]) {
            None => free = true,
            Some(found) => {
                all.entry = all.entry.max(found.entry);
                all.any |= found.any;
            }
        }
    }
    (free || all.any).then_some(all)
}

/// Whether a task that was done finds targets that were not there then. Work that found nothing, or
/// failed, is tried again only for targets that became known, or were brought back, since.
fn has_unseen_target(
    work: &Work,
    view: &dyn Readiness,
    task: &Task,
    (id, incident): (TaskId, IncidentId),
) -> bool {
    let since = ended(work, (id, incident));
    view.newest(task, incident) > since && view.sees_more(id, incident, since)
}

/// The entry with which the last piece of a task ended; 0 where it did not.
fn ended(work: &Work, (id, incident): (TaskId, IncidentId)) -> u32 {
    let last = work.slot_of(id, incident).pieces.last();
    let ended = last.and_then(|piece| work.pieces[*piece].ended);
    ended.unwrap_or(0)
}

/// Lets the plan's delay run before a task becomes ready, and then the hours of others come; the entry that made
/// it ready, once they have.
pub(crate) fn delayed(
    work: &mut Work,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    due: &DueTask,
) -> Option<u32> {
    let cause = plan_delays(work, agenda, scene, due)?;
    let what = (due.task, due.incident);
    hours::awaited(work, agenda, out, scene, what, cause)
}

/// Lets the plan's delay run; the entry that made a task ready, once it is over.
fn plan_delays(
    work: &mut Work,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    due: &DueTask,
) -> Option<u32> {
    let (id, incident) = (due.task, due.incident);
    let Some(law) = &scene.exercise().task(id).delay else {
        return Some(due.cause);
    };
    let number = work.slot(id, incident);
    match work.slot_of(id, incident).delay {
        Delay::Over(cause) => Some(cause),
        Delay::Running(_) => None,
        Delay::NotYet => {
            let subject = scene.task(id, incident);
            let span = scene.dice.duration(law, subject, Purpose::TaskDelay, 0);
            agenda.after(Rank::PlanDelay, number, scene.now, span);
            work.slot_mut(id, incident).delay = Delay::Running(due.cause);
            None
        }
    }
}

/// A piece of work becomes ready, because of an entry.
pub(crate) fn make_ready(
    work: &mut Work,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    standing: Standing,
    DueTask {
        task,
        incident,
        asset,
        ..
    }: DueTask,
    cause: u32,
) {
    let slot = work.slot_mut(task, incident);
    slot.again = None;
    slot.delay = Delay::NotYet;
    slot.answered(asset);
    let ordinal = slot.pieces.len() as u16 + 1;
    let instance = Instance {
        task,
        incident,
        ordinal,
    };
    let priority = standing.priority;
    let before = doers_before(work, scene.exercise().task(task), incident);
    let entry = out.rule(
        (cause > 0).then_some(cause),
        Event::TaskReady { instance, priority },
    );
    if let Some(asset) = asset {
        out.rule(Some(entry), Event::TaskAimed { instance, asset });
    }
    out.mark(Changed::WORK);
    let piece = Piece {
        instance,
        state: State::Waiting,
        approval: Approval::NotAsked,
        told: false,
        reach: Reach::Holders,
        waits: 0,
        priority,
        ready_at: scene.now,
        ready_entry: entry,
        called: Few::new(),
        startable: entry,
        last_entry: entry,
        ended: None,
        target: asset,
        people: Few::new(),
        actor: Actor::Rules {},
        role: None,
        handed_to: None,
        asked: None,
        own: None,
        attempt: 0,
        done: Span::ZERO,
        left: Span::ZERO,
        floor: Span::ZERO,
        segment: None,
        before,
        letters: Few::new(),
    };
    let index = work.add(scene, piece);
    work.slot_mut(task, incident).pieces.push(index);
    let after = scene.exercise().plan().escalation.after[standing.severity.index()];
    agenda.schedule(Rank::WorkEscalation, index, scene.now + after);
}

fn doers_before(work: &Work, task: &Task, incident: IncidentId) -> Few<PersonId> {
    let before = task.after.iter().chain(&task.after_any);
    let pieces = before.filter_map(|t| work.slot_of(*t, incident).pieces.last());
    pieces
        .flat_map(|piece| work.pieces[*piece].people.iter().copied())
        .collect()
}

/// Somebody of a role came to know of a piece of work: it can be taken by that role.
pub(crate) fn called_up(work: &mut Work, out: &mut Out, index: usize, cause: u32) {
    let piece = work.piece_mut(index);
    if piece.told || piece.state != State::Waiting {
        return;
    }
    piece.told = true;
    let instance = piece.instance;
    let entry = out.rule(Some(cause), Event::TaskTold { instance });
    let piece = work.piece_mut(index);
    piece.startable = entry;
    piece.last_entry = entry;
    out.mark(Changed::WORK);
}
