//! Where a measure is due: on assets to which that happened which calls for it.

use crate::evaluation::fixture::{NOTHING, RESTORE, Story, incident, plan_and_attack};
use crate::evaluation::{Evaluation, ItemKind, JudgedKind};
use crate::exercise::{
    Act, AssetId, AssetState, CalledBy, Effect, MEASURES, Measure, Object, OnAssets, Phase,
    Selector, TaskId,
};
use crate::record::{EndKind, Event};

/// Whether a measure on what is affected was due in a run in which this happened to an asset.
fn is_due(measure: Measure, effect: Effect, outage: bool) -> bool {
    let mut parts = plan_and_attack();
    parts.organisation.assets.truncate(1);
    parts.scenario.steps[0].effect = effect;
    let on = match measure {
        Measure::Preserve => Object::Evidence(None, Selector::Affected),
        _ => Object::Assets(Selector::Affected),
    };
    parts.plan.tasks[RESTORE].does = vec![Act { measure, on }];
    let (mut story, _) = Story::declared(parts);
    if outage {
        let down = Event::AssetChanged {
            asset: AssetId::new(0),
            incident: Some(incident()),
            state: AssetState::OutOfService,
            on: true,
        };
        story.add(30, NOTHING, down);
    }
    story.end(400, EndKind::Condition);
    asks_for(&story.evaluation())
}

fn asks_for(evaluation: &Evaluation) -> bool {
    let items = &evaluation.main().phases[Phase::Recovery.index()].coverage_items;
    let task = ItemKind::Task(TaskId::new(RESTORE));
    items.iter().any(|item| item.kind == task)
}

const fn calls(by: CalledBy, effect: Effect, outage: bool) -> bool {
    let harm = effect.row().affects;
    match by {
        CalledBy::Harm => harm,
        CalledBy::Foothold => matches!(effect, Effect::Compromise),
        CalledBy::Altering => matches!(effect, Effect::Alter),
        CalledBy::Theft => matches!(effect, Effect::Steal),
        CalledBy::Loss => matches!(effect, Effect::Encrypt | Effect::Alter | Effect::Disrupt),
        CalledBy::Publishing => matches!(effect, Effect::Expose),
        CalledBy::HarmOrOutage => harm || outage,
    }
}

#[test]
fn a_measure_is_due_where_what_calls_for_it_happened() {
    let on_assets = |row: &&crate::exercise::MeasureRow| row.on_assets != OnAssets::No;
    for row in MEASURES.iter().filter(on_assets) {
        for effect in Effect::ALL {
            for outage in [false, true] {
                let due = is_due(row.measure, *effect, outage);
                let called = calls(row.called_by, *effect, outage);
                assert_eq!(due, called, "{} after {effect}, {outage}", row.measure);
            }
        }
    }
}

/// The measures of which something is so, in their order.
fn that(is_so: impl Fn(Measure) -> bool) -> Vec<Measure> {
    let all = Measure::ALL.iter().copied();
    all.filter(|measure| is_so(*measure)).collect()
}

#[test]
fn what_is_made_anew_is_so_after_the_eviction_and_is_restored_or_built_anew() {
    let is_judged = |measure| {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let done = story.done(30, 40, declared, RESTORE);
        story.taken(40, done, RESTORE, Measure::Evict, 0);
        let done = story.done(50, 60, declared, RESTORE);
        story.taken(60, done, RESTORE, measure, 0);
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        let recovery = &evaluation.main().phases[Phase::Recovery.index()];
        let mut items = recovery.judged_items.iter();
        items.any(|item| matches!(item.kind, JudgedKind::EvictFirst(_)))
    };
    assert_eq!(that(is_judged), [Measure::Rebuild, Measure::Restore]);
}

#[test]
fn the_entry_is_closed_by_a_patch_or_by_hardening_and_by_nothing_else() {
    let closes = |measure| {
        let mut parts = plan_and_attack();
        for task in &mut parts.plan.tasks {
            task.does.retain(|act| act.measure == Measure::Declare);
        }
        parts.plan.tasks[RESTORE].does.push(Act {
            measure,
            on: Object::Incident,
        });
        let (mut story, _) = Story::declared(parts);
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        let resolution = &evaluation.main().phases[Phase::Resolution.index()];
        let mut items = resolution.coverage_items.iter();
        !items.any(|item| item.kind == ItemKind::Missing(Measure::Harden))
    };
    assert_eq!(that(closes), [Measure::Patch, Measure::Harden]);
}
