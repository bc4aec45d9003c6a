//! Timers: conditions that count time are looked at again when their time has come.

use super::agenda::{Agenda, Rank};
use super::scene::{Scene, Stage};
use crate::exercise::{
    AssetId, AssetState, Condition, ExerciseTime, Fact, IncidentId, Knowable, Mark, Span, Trigger,
};

/// The slots of watches for recurrence: one for each incident.
const WATCHES: usize = 0;
/// The slots of times since STARTEX.
const ELAPSED: usize = 8_192;
/// The slot of the first look at everything.
const FIRST_LOOK: usize = 16_383;
/// The slots of times since marks.
const SINCE: usize = 16_384;
/// The slots of outages that pass their objective, in truth and as known.
const PAST_RTO: usize = 262_144;

/// The slot of the watch for recurrence of an incident.
pub(crate) const fn watch(incident: IncidentId) -> usize {
    WATCHES + incident.index()
}

/// Schedules the timers that are known from the start.
pub(crate) fn open(agenda: &mut Agenda, scene: Scene<'_>) {
    let mut times: Vec<Span> = facts(scene.stage)
        .into_iter()
        .filter_map(|fact| match fact {
            Fact::Elapsed(span) => Some(*span),
            _ => None,
        })
        .chain([Span::ZERO])
        .collect();
    times.sort_unstable();
    times.dedup();
    for (i, span) in times.into_iter().enumerate() {
        agenda.schedule(Rank::Timer, ELAPSED + i, ExerciseTime::STARTEX + span);
    }
    agenda.schedule(Rank::Timer, FIRST_LOOK, scene.exercise().parts().onset);
}

/// An incident came to a mark: what counts from it is looked at in its time.
pub(crate) fn mark_reached(
    agenda: &mut Agenda,
    scene: Scene<'_>,
    incident: IncidentId,
    mark: Mark,
) {
    let incidents = scene.exercise().scenario().incidents.len();
    let counted = facts(scene.stage)
        .into_iter()
        .filter_map(|fact| match fact {
            Fact::Since(of, span) if *of == mark => Some(*span),
            _ => None,
        });
    let spans: std::collections::BTreeSet<Span> = counted.collect();
    for (i, span) in spans.into_iter().enumerate() {
        let slot = SINCE + (mark.index() * 1_024 + i) * incidents + incident.index();
        agenda.after(Rank::Timer, slot, scene.now, span);
    }
}

/// An asset went out of service: it is looked at again when its objective has passed.
pub(crate) fn out_of_service(agenda: &mut Agenda, scene: Scene<'_>, asset: AssetId) {
    if let Some(rto) = scene.exercise().asset(asset).rto {
        agenda.after(
            Rank::Timer,
            PAST_RTO + 2 * asset.index(),
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
    let slot = PAST_RTO + 2 * asset.index() + 1;
    if let (Some(rto), None) = (
        scene.exercise().asset(asset).rto,
        agenda.due(Rank::Timer, slot),
    ) {
        agenda.after(Rank::Timer, slot, scene.now, rto + Span(1));
    }
}

/// Every fact that a condition of the exercise asks for.
fn facts(stage: &Stage) -> Vec<&Fact> {
    let parts = stage.exercise.parts();
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
        plan.lifecycle
            .iter()
            .flat_map(|stage| stage.entry.iter().chain(&stage.exit)),
    );
    for obligation in &plan.obligations {
        if let Trigger::Aware { what, .. } = &obligation.from {
            all.push(what);
        }
    }
    all.into_iter().flat_map(Condition::facts).collect()
}
