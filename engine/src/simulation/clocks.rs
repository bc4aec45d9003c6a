//! Clocks: obligations to tell somebody by a time that is counted from a trigger.

mod closing;
mod telling;
#[cfg(test)]
mod tests;

pub(crate) use closing::close;
pub(crate) use telling::notified;

use super::agenda::{Agenda, Rank};
use super::calendar;
use super::out::{Changed, Out};
use super::scene::Scene;
use crate::exercise::{
    Content, ExerciseTime, IncidentId, Limit, ObligationId, Span, StakeholderKind, TaskId, Trigger,
};
use crate::record::Event;
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
    /// Its task told another stakeholder.
    misdirected: bool,
    /// It was decided that it is not required: when, and whether the decision is sound.
    waived: Option<(ExerciseTime, bool)>,
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
    /// Whether all that had to be said was said by the time it was due, in one notification.
    complete: bool,
    /// What was said in all of them together.
    said: Said,
    /// When all that had to be said had been said.
    all_at: Option<ExerciseTime>,
}

/// Which pieces of content were said: one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Said(u8);

impl Said {
    pub(crate) fn of(content: &[Content]) -> Self {
        content
            .iter()
            .fold(Self::default(), |said, one| Self(said.0 | 1 << *one as u8))
    }

    const fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    const fn covers(self, needed: Self) -> bool {
        self.0 & needed.0 == needed.0
    }
}

/// What was told, to whom, and by which task of the plan, if by one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice {
    /// About which incident.
    pub(crate) incident: IncidentId,
    /// Who was told.
    pub(crate) stakeholder: StakeholderKind,
    /// By which task; `None` where somebody told them on their own.
    pub(crate) task: Option<TaskId>,
    /// What was said.
    pub(crate) said: Said,
}

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
        clock.running.is_some() && clock.told.is_none() && clock.waived.is_none()
    }

    /// Whether somebody was told in time and in part, and the rest may still follow.
    pub(crate) fn rest_may_follow(
        &self,
        scene: Scene,
        (obligation, incident): (ObligationId, IncidentId),
    ) -> bool {
        let clock = self.get(obligation, incident);
        let open = clock.told.filter(|told| told.all_at.is_none());
        open.is_some_and(|told| {
            rest_due(scene, obligation, told).is_some_and(|due| scene.now <= due)
        })
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
        let running = self
            .clocks
            .iter()
            .filter(|clock| clock.told.is_none() && clock.is_required());
        running
            .filter_map(|clock| clock.running)
            .map(|clock| clock.due)
            .filter(|due| scene.now <= *due && *due <= scene.now + span)
            .min()
    }
}

/// How an obligation stands for an incident, for who holds the record against the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Whether somebody knows enough, and whether somebody said so.
    pub(crate) aware: [bool; 2],
    /// When it is due, once it started.
    pub(crate) due: Option<ExerciseTime>,
    /// Whether its clock started and what it asks for was told.
    pub(crate) met: bool,
    /// Whether truth called for it.
    pub(crate) called: bool,
    /// Whether its task told somebody else.
    pub(crate) misdirected: bool,
    /// Whether the decision that it is not required stands, where there was one.
    pub(crate) not_required: Option<bool>,
}

impl Clocks {
    /// How an obligation stands for an incident.
    pub(crate) fn reading(&self, obligation: ObligationId, incident: IncidentId) -> Reading {
        let clock = self.get(obligation, incident);
        Reading {
            aware: [clock.constructive, clock.stated],
            due: clock.running.map(|running| running.due),
            met: clock.running.is_some() && clock.told.is_some(),
            called: clock.called.is_some(),
            misdirected: clock.misdirected,
            not_required: clock.waived.map(|(_, sound)| sound),
        }
    }
}

impl Clock {
    /// Whether no sound decision says that it is not required.
    fn is_required(&self) -> bool {
        !self.waived.is_some_and(|(_, sound)| sound)
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
    if clock.running.is_some() || !clock.is_required() {
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
    let within = scene.exercise().obligation(obligation).within;
    term(scene, obligation, from, within)
}

/// When the rest of a first notification is due, where the law lets it follow.
fn rest_due(scene: Scene, obligation: ObligationId, told: Told) -> Option<ExerciseTime> {
    let within = scene.exercise().obligation(obligation).rest_within?;
    Some(term(scene, obligation, told.at, within))
}

fn term(scene: Scene, obligation: ObligationId, from: ExerciseTime, within: Limit) -> ExerciseTime {
    let to = scene.exercise().obligation(obligation).to;
    let stakeholders = &scene.exercise().organisation().stakeholders;
    let recipient = stakeholders.iter().find(|one| one.kind == to);
    calendar::due(scene.exercise(), recipient, from, within)
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

/// It was decided that an obligation is not required. A sound decision stops its clock; one that is
/// not sound is documented and stops nothing. None is sound on a duty of law that truth calls for, whatever
/// the plan says of its options.
pub(crate) fn not_required(
    clocks: &mut Clocks,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    (obligation, incident): (ObligationId, IncidentId),
    sound: bool,
    cause: u32,
) {
    let slot = clocks.slot(obligation, incident);
    let clock = &mut clocks.clocks[slot];
    if clock.told.is_some() || clock.waived.is_some() {
        return;
    }
    let of_law = scene.exercise().obligation(obligation).is_of_law();
    let sound = sound && !(of_law && clock.called.is_some());
    clock.waived = Some((scene.now, sound));
    let event = Event::ObligationNotRequired {
        obligation,
        incident,
        sound,
    };
    out.rule(Some(cause), event);
    if sound {
        agenda.cancel(Rank::ObligationLimit, slot);
    }
    out.mark(Changed::STORY);
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
    let of_law = scene.exercise().obligation(obligation).is_of_law();
    let clock = clocks.of(obligation, incident);
    if clock.called.is_some() {
        return;
    }
    clock.called = Some(scene.now);
    // Whatever the plan had decided of a duty of law before, no longer stands.
    let mut fell = false;
    if let (true, Some((_, sound))) = (of_law, &mut clock.waived) {
        fell = std::mem::replace(sound, false);
    }
    if clock.running.is_none() {
        let event = Event::ObligationCalledFor {
            obligation,
            incident,
        };
        out.rule(cause, event);
    }
    if fell {
        let event = Event::ObligationRequiredAfterAll {
            obligation,
            incident,
        };
        out.rule(cause, event);
    }
}
