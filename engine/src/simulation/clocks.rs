//! Clocks: obligations to tell somebody by a time that is counted from a trigger.

#[cfg(test)]
mod tests;

use super::agenda::{Agenda, Rank};
use super::calendar;
use super::out::{Changed, Out};
use super::scene::Scene;
use crate::exercise::{
    Content, ExerciseTime, IncidentId, ObligationId, Span, StakeholderKind, TaskId, Trigger,
};
use crate::record::{Event, Verdict};
use bevy_ecs::component::Component;

/// The clocks of a run: one for each obligation and incident.
#[derive(Debug, Component, Default)]
pub(crate) struct Clocks {
    incidents: usize,
    /// By obligation, then incident.
    clocks: Vec<Clock>,
}

/// How an obligation stands for an incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Clock {
    /// Somebody knows enough.
    constructive: bool,
    /// Somebody said so.
    stated: bool,
    /// The clock that runs, or ran.
    running: Option<Running>,
    /// The stakeholder was told.
    told: Option<Told>,
    /// When truth called for it.
    called: Option<ExerciseTime>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Running {
    due: ExerciseTime,
    entry: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Told {
    /// When first.
    at: ExerciseTime,
    /// Whether all that had to be said was said by the time it was due.
    complete: bool,
}

/// What was told, to whom, and by which task of the plan, if by one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice<'a> {
    /// About which incident.
    pub(crate) incident: IncidentId,
    /// Who was told.
    pub(crate) stakeholder: StakeholderKind,
    /// By which task; `None` where somebody told them on their own.
    pub(crate) task: Option<TaskId>,
    /// What was said.
    pub(crate) content: &'a [Content],
}

/// How long somebody may take to find out enough, once truth calls for a clock, before nobody
/// having recognised it counts.
const TO_RECOGNISE: Span = Span::DAY;

impl Clocks {
    /// Lets no clock run.
    pub(crate) fn reset(&mut self, scene: Scene) {
        let exercise = scene.exercise();
        self.incidents = exercise.scenario().incidents.len();
        let obligations = exercise.plan().obligations.len();
        self.clocks.clear();
        self.clocks
            .resize(obligations * self.incidents, Clock::default());
    }

    fn slot(&self, obligation: ObligationId, incident: IncidentId) -> usize {
        obligation.index() * self.incidents + incident.index()
    }

    fn of(&mut self, obligation: ObligationId, incident: IncidentId) -> &mut Clock {
        let slot = self.slot(obligation, incident);
        &mut self.clocks[slot]
    }

    fn get(&self, obligation: ObligationId, incident: IncidentId) -> &Clock {
        &self.clocks[self.slot(obligation, incident)]
    }

    fn pair(&self, slot: usize) -> (ObligationId, IncidentId) {
        (
            ObligationId::new(slot / self.incidents),
            IncidentId::new(slot % self.incidents),
        )
    }

    /// Whether somebody already knows enough, or already said so.
    pub(crate) fn is_aware(
        &self,
        obligation: ObligationId,
        incident: IncidentId,
        stated: bool,
    ) -> bool {
        let clock = self.get(obligation, incident);
        if stated {
            clock.stated
        } else {
            clock.constructive
        }
    }

    /// When a clock that started is due.
    #[cfg(test)]
    pub(crate) fn due(
        &self,
        obligation: ObligationId,
        incident: IncidentId,
    ) -> Option<ExerciseTime> {
        self.get(obligation, incident)
            .running
            .map(|clock| clock.due)
    }

    /// Whether a clock started and nobody was told yet, in time or late.
    pub(crate) fn is_open(&self, obligation: ObligationId, incident: IncidentId) -> bool {
        let clock = self.get(obligation, incident);
        clock.running.is_some() && clock.told.is_none()
    }

    /// Whether a clock started and what it asks for was told, in time or late.
    #[cfg(test)]
    pub(crate) fn is_met(&self, obligation: ObligationId, incident: IncidentId) -> bool {
        let clock = self.get(obligation, incident);
        clock.running.is_some() && clock.told.is_some()
    }

    /// Whether truth already called for a clock.
    pub(crate) fn is_called_for(&self, obligation: ObligationId, incident: IncidentId) -> bool {
        self.get(obligation, incident).called.is_some()
    }

    /// The first due time of a clock that runs, if it is no further away than this.
    pub(crate) fn next_due_within(&self, scene: Scene, span: Span) -> Option<ExerciseTime> {
        let running = self.clocks.iter().filter(|clock| clock.told.is_none());
        running
            .filter_map(|clock| clock.running)
            .map(|clock| clock.due)
            .filter(|due| scene.now <= *due && *due <= scene.now + span)
            .min()
    }
}

/// A function that an obligation names knows enough, or a player says so. The first of the two
/// starts the clock; a clock that starts with another one being met has no awareness of its own.
pub(crate) fn aware(
    clocks: &mut Clocks,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    (obligation, incident): (ObligationId, IncidentId),
    stated: bool,
    cause: u32,
) {
    if is_chained(scene, obligation) || clocks.is_aware(obligation, incident, stated) {
        return;
    }
    let clock = clocks.of(obligation, incident);
    if stated {
        clock.stated = true;
    } else {
        clock.constructive = true;
    }
    let event = Event::ObligationAware {
        obligation,
        incident,
        stated,
    };
    let entry = out.rule(Some(cause), event);
    start(clocks, agenda, out, scene, (obligation, incident), entry);
}

/// Whether a clock starts with another one being met.
fn is_chained(scene: Scene, obligation: ObligationId) -> bool {
    let from = &scene.exercise().obligation(obligation).from;
    matches!(from, Trigger::After(_))
}

/// Starts a clock, unless it started before. Whoever was told before has been told in time.
fn start(
    clocks: &mut Clocks,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    (obligation, incident): (ObligationId, IncidentId),
    cause: u32,
) {
    let slot = clocks.slot(obligation, incident);
    let clock = &mut clocks.clocks[slot];
    if clock.running.is_some() {
        return;
    }
    let due = due(scene, obligation, scene.now);
    let event = Event::ClockStarted {
        obligation,
        incident,
        due,
    };
    let entry = out.rule(Some(cause), event);
    out.mark(Changed::STORY);
    clock.running = Some(Running { due, entry });
    if clock.told.is_some() {
        met(clocks, agenda, out, scene, (obligation, incident), entry);
    } else {
        agenda.schedule(Rank::ObligationLimit, slot, due + Span::SHORTEST);
    }
}

/// When a term of an obligation is over that is counted from an instant, in the calendar of whom it
/// is owed to.
fn due(scene: Scene, obligation: ObligationId, from: ExerciseTime) -> ExerciseTime {
    let obligation = scene.exercise().obligation(obligation);
    let stakeholders = &scene.exercise().organisation().stakeholders;
    let recipient = stakeholders.iter().find(|one| one.kind == obligation.to);
    calendar::due(scene.exercise(), recipient, from, obligation.within)
}

/// What an obligation asks for was told: its clock stops, and those that wait for it start.
fn met(
    clocks: &mut Clocks,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    (obligation, incident): (ObligationId, IncidentId),
    cause: u32,
) {
    let event = Event::ObligationMet {
        obligation,
        incident,
    };
    let entry = out.rule(Some(cause), event);
    out.mark(Changed::STORY);
    agenda.cancel(Rank::ObligationLimit, clocks.slot(obligation, incident));
    let all = scene.exercise().plan().obligations.iter().enumerate();
    for (child, _) in all.filter(|(_, other)| other.from == Trigger::After(obligation)) {
        let child = ObligationId::new(child);
        start(clocks, agenda, out, scene, (child, incident), entry);
    }
}

/// A stakeholder was told: every obligation of this incident that this notification meets is met.
///
/// It meets an obligation if its task is the obligation's, or says that it notifies for it; where
/// the obligation names no task, or the notification is nobody's task, it meets it if the
/// stakeholder is the one to be told. A clock that starts because of it waits for the next one.
pub(crate) fn notified(
    clocks: &mut Clocks,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    notice: Notice,
    cause: u32,
) {
    let incident = notice.incident;
    let all = 0..scene.exercise().plan().obligations.len();
    let could: Vec<ObligationId> = all
        .map(ObligationId::new)
        .filter(|obligation| meets(scene, notice, *obligation))
        .filter(|obligation| {
            !is_chained(scene, *obligation) || clocks.get(*obligation, incident).running.is_some()
        })
        .collect();
    for obligation in could {
        let needs = &scene.exercise().obligation(obligation).content;
        let complete = needs.iter().all(|needed| notice.content.contains(needed));
        let clock = clocks.of(obligation, incident);
        let in_time = clock.running.is_none_or(|clock| scene.now <= clock.due);
        if let Some(told) = &mut clock.told {
            told.complete |= complete && in_time;
            continue;
        }
        let at = scene.now;
        clock.told = Some(Told { at, complete });
        if clock.running.is_some() {
            met(clocks, agenda, out, scene, (obligation, incident), cause);
        }
    }
    out.mark(Changed::STORY);
}

fn meets(scene: Scene, notice: Notice, obligation: ObligationId) -> bool {
    let described = scene.exercise().obligation(obligation);
    let same = described.to == notice.stakeholder;
    let Some(task) = notice.task else {
        return same;
    };
    match (described.task, scene.exercise().task(task).notifies_for) {
        (_, Some(of)) if of == obligation => true,
        (Some(of), _) => of == task,
        (None, Some(_)) => false,
        (None, None) => same,
    }
}

/// A clock ran out, and nobody was told.
pub(crate) fn limit(clocks: &Clocks, out: &mut Out, slot: usize) {
    let (obligation, incident) = clocks.pair(slot);
    let clock = &clocks.clocks[slot];
    let Some(running) = clock.running.filter(|_| clock.told.is_none()) else {
        return;
    };
    let event = Event::ObligationBreached {
        obligation,
        incident,
    };
    out.rule(Some(running.entry), event);
    out.mark(Changed::STORY);
}

/// Truth calls for a clock. Whether anybody who should know enough does is another question.
pub(crate) fn called_for(
    clocks: &mut Clocks,
    out: &mut Out,
    scene: Scene,
    (obligation, incident): (ObligationId, IncidentId),
    cause: Option<u32>,
) {
    let clock = clocks.of(obligation, incident);
    if clock.called.is_some() {
        return;
    }
    clock.called = Some(scene.now);
    if clock.running.is_none() {
        let event = Event::ObligationCalledFor {
            obligation,
            incident,
        };
        out.rule(cause, event);
    }
}

/// Says how every clock stands, at ENDEX. `owned`: whether somebody sees to a clock that is not due.
pub(crate) fn close(
    clocks: &Clocks,
    out: &mut Out,
    scene: Scene,
    owned: &mut dyn FnMut(ObligationId, IncidentId) -> bool,
) {
    for slot in 0..clocks.clocks.len() {
        let (obligation, incident) = clocks.pair(slot);
        let handed_on = &mut || owned(obligation, incident);
        let verdict = verdict(clocks, scene, slot, handed_on);
        let event = Event::ObligationClosed {
            obligation,
            incident,
            verdict,
        };
        let cause = clocks.clocks[slot].running.map(|clock| clock.entry);
        out.rule(cause, event);
    }
}

fn verdict(clocks: &Clocks, scene: Scene, slot: usize, owned: &mut dyn FnMut() -> bool) -> Verdict {
    let (obligation, _) = clocks.pair(slot);
    let clock = &clocks.clocks[slot];
    match (clock.running, clock.told) {
        (Some(running), Some(told)) if told.at > running.due => Verdict::Late,
        (Some(_), Some(told)) if told.complete => Verdict::Met,
        (Some(_), Some(_)) => Verdict::Incomplete,
        (Some(running), None) if scene.now > running.due => Verdict::Breached,
        (Some(_), None) if owned() => Verdict::HandedOn,
        (Some(_), None) => Verdict::Running,
        (None, told) => match (clock.called, told) {
            (Some(_), Some(told)) if told.complete => Verdict::Met,
            (Some(_), Some(_)) => Verdict::Incomplete,
            (Some(called), None) => {
                // Nobody ever knew enough: the term counts from when somebody should have.
                let until = due(scene, obligation, called + TO_RECOGNISE);
                if scene.now > until {
                    Verdict::NotRecognised
                } else {
                    Verdict::Running
                }
            }
            (None, Some(_)) => Verdict::Needless,
            (None, None) => Verdict::NotTriggered,
        },
    }
}
