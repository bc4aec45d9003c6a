//! Timers: conditions that count time are looked at again when their time has come.

use super::agenda::{Agenda, Rank};
use super::scene::Scene;
use crate::exercise::{
    AssetId, AssetState, Condition, Exercise, ExerciseTime, Fact, IncidentId, Knowable, Mark, Span,
    Trigger,
};

/// What counts time, and where each kind of timer has its slots. They lie close together, because an agenda keeps a place
/// for every slot up to the highest one that was used: watches for recurrence by incident, outages that
/// pass their objective, in truth and as known, by asset; the first look at everything; times since
/// STARTEX; times since marks.
#[derive(Debug)]
pub(crate) struct Timers {
    incidents: usize,
    first_look: usize,
    since: usize,
    /// The times since STARTEX that are counted, in order.
    elapsed: Vec<Span>,
    /// By mark: the times since it that are counted, in order.
    counted: Vec<Vec<Span>>,
}

impl Timers {
    /// What the conditions of an exercise count.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let incidents = exercise.scenario().incidents.len();
        let first_look = incidents + 2 * exercise.organisation().assets.len();
        let mut elapsed = vec![Span::ZERO];
        let mut counted = vec![Vec::new(); Mark::ALL.len()];
        for fact in facts(exercise) {
            match fact {
                Fact::Elapsed(span) => elapsed.push(*span),
                Fact::Since(mark, span) => counted[mark.index()].push(*span),
                _ => {}
            }
        }
        let since = first_look + 1 + elapsed.len();
        for spans in counted.iter_mut().chain([&mut elapsed]) {
            spans.sort_unstable();
            spans.dedup();
        }
        Self {
            incidents,
            first_look,
            since,
            elapsed,
            counted,
        }
    }

    const fn slot_since(&self, nth: usize, mark: Mark, incident: IncidentId) -> usize {
        self.since + (nth * Mark::ALL.len() + mark.index()) * self.incidents + incident.index()
    }
}

/// The slot of an outage that passes its objective, in truth or as known.
fn past_rto(scene: Scene<'_>, asset: AssetId, known: bool) -> usize {
    let incidents = scene.exercise().scenario().incidents.len();
    incidents + 2 * asset.index() + usize::from(known)
}

/// The slot of the watch for recurrence of an incident.
pub(crate) const fn watch(incident: IncidentId) -> usize {
    incident.index()
}

/// Schedules the timers that are known from the start.
pub(crate) fn open(agenda: &mut Agenda, scene: Scene<'_>) {
    let timers = &scene.stage.timers;
    for (i, span) in timers.elapsed.iter().enumerate() {
        let slot = timers.first_look + 1 + i;
        agenda.schedule(Rank::Timer, slot, ExerciseTime::STARTEX + *span);
    }
    let onset = scene.exercise().parts().onset;
    agenda.schedule(Rank::Timer, timers.first_look, onset);
    // The onset is no entry: what counts from it is known from the start.
    for (i, span) in timers.counted[Mark::Onset.index()].iter().enumerate() {
        let slot = timers.slot_since(i, Mark::Onset, IncidentId::new(0));
        agenda.schedule(Rank::Timer, slot, onset + *span);
    }
}

/// An incident came to a mark: what counts from it is looked at in its time.
pub(crate) fn mark_reached(
    agenda: &mut Agenda,
    scene: Scene<'_>,
    incident: IncidentId,
    mark: Mark,
) {
    let timers = &scene.stage.timers;
    for (i, span) in timers.counted[mark.index()].iter().enumerate() {
        let slot = timers.slot_since(i, mark, incident);
        agenda.after(Rank::Timer, slot, scene.now, *span);
    }
}

/// An asset went out of service: it is looked at again when its objective has passed.
pub(crate) fn out_of_service(agenda: &mut Agenda, scene: Scene<'_>, asset: AssetId) {
    if let Some(rto) = scene.exercise().asset(asset).rto {
        agenda.after(
            Rank::Timer,
            past_rto(scene, asset, false),
            scene.now,
            rto + Span(1),
        );
    }
}

/// Somebody learned that an asset is out of service: the same, as known.
pub(crate) fn fact_learned(agenda: &mut Agenda, scene: Scene<'_>, fact: Knowable) {
    let Knowable::Asset(_, asset, AssetState::OutOfService | AssetState::Encrypted) = fact else {
        return;
    };
    let slot = past_rto(scene, asset, true);
    if let (Some(rto), None) = (
        scene.exercise().asset(asset).rto,
        agenda.due(Rank::Timer, slot),
    ) {
        agenda.after(Rank::Timer, slot, scene.now, rto + Span(1));
    }
}

/// Every fact that a condition of the exercise asks for.
fn facts(exercise: &Exercise) -> Vec<&Fact> {
    let parts = exercise.parts();
    let (plan, scenario) = (&parts.plan, &parts.scenario);
    let mut all: Vec<&Condition> = vec![&scenario.ends];
    all.extend(plan.tasks.iter().filter_map(|task| task.when.as_ref()));
    all.extend(
        plan.decisions
            .iter()
            .filter_map(|decision| decision.when.as_ref()),
    );
    all.extend(plan.classification.rules.iter().map(|rule| &rule.when));
    all.extend(
        scenario
            .steps
            .iter()
            .flat_map(|step| step.when.iter().chain(&step.unless)),
    );
    all.extend(
        scenario
            .injects
            .iter()
            .flat_map(|inject| inject.when.iter().chain(&inject.unless)),
    );
    all.extend(
        parts
            .yardstick
            .criteria
            .iter()
            .flat_map(|of| of.entry.iter().chain(&of.exit)),
    );
    for obligation in &plan.obligations {
        if let Trigger::Aware { what, .. } = &obligation.from {
            all.push(what);
        }
    }
    all.into_iter().flat_map(Condition::facts).collect()
}
