//! Where a measure is due: on assets to which that happened which calls for it.

use crate::evaluation::fixture::{NOTHING, RESTORE, Story, incident, plan_and_attack};
use crate::evaluation::{Evaluation, ItemKind};
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
