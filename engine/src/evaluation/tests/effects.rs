//! What counts as done, and what is judged, by its true effect.

use crate::evaluation::fixture::{ISOLATE, NOTHING, RESTORE, Story, plan_and_attack, work};
use crate::evaluation::{
    CoverageItem, CoverageStatus, Evaluation, ItemKind, JudgedItem, JudgedKind,
};
use crate::exercise::{
    AssetId, AssetKind, AssetState, BasisPoints, Condition, Criterion, Data, Effect, EvidenceItem,
    Fact, IncidentId, Measure, Money, PerRecord, Phase, RoleId, Selector, StepId, TaskId,
};
use crate::record::{EndKind, Event};
use crate::simulation::fixture;

fn item(evaluation: &Evaluation, of: Phase, kind: ItemKind) -> Option<CoverageItem> {
    let items = &evaluation.main().phases[of.index()].coverage_items;
    items.iter().find(|item| item.kind == kind).cloned()
}

fn judged(evaluation: &Evaluation, of: Phase, kind: JudgedKind) -> Option<JudgedItem> {
    let items = &evaluation.main().phases[of.index()].judged_items;
    items.iter().find(|item| item.kind == kind).cloned()
}

fn without_effect(story: &mut Story, at: i64, task: usize, measure: Measure) {
    let taken = Event::MeasureTaken {
        instance: work(task),
        role: RoleId::new(0),
        measure,
        asset: Some(AssetId::new(0)),
        effect: false,
    };
    story.add(at, NOTHING, taken);
}

#[test]
fn a_measure_that_took_no_effect_on_an_asset_covers_nothing_there() {
    for (effect, status) in [
        (true, CoverageStatus::Done),
        (false, CoverageStatus::Missed),
    ] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let done = story.done(30, 40, declared, ISOLATE);
        if effect {
            story.taken(40, done, ISOLATE, Measure::Isolate, 0);
        } else {
            without_effect(&mut story, 40, ISOLATE, Measure::Isolate);
        }
        story.end(400, EndKind::Condition);
        let isolate = ItemKind::Task(TaskId::new(ISOLATE));
        let item = item(&story.evaluation(), Phase::Response, isolate).unwrap();
        assert_eq!(item.status, status);
    }
}

#[test]
fn an_asset_that_was_built_anew_need_not_be_restored_as_well() {
    for (measure, share) in [
        (Measure::Rebuild, BasisPoints::ONE),
        (Measure::Failover, BasisPoints::ONE),
        (Measure::Isolate, BasisPoints::ZERO),
    ] {
        let mut parts = plan_and_attack();
        parts.scenario.steps[0].effect = Effect::Encrypt;
        let (mut story, declared) = Story::declared(parts);
        let done = story.done(30, 40, declared, RESTORE);
        story.taken(40, done, RESTORE, measure, 0);
        story.end(400, EndKind::Condition);
        let restore = ItemKind::Task(TaskId::new(RESTORE));
        let item = item(&story.evaluation(), Phase::Recovery, restore).unwrap();
        assert_eq!(item.done, share, "{measure:?}");
    }
}

#[test]
fn a_phase_with_a_rule_of_its_own_for_its_end_lacks_no_standard_part() {
    for own in [false, true] {
        let mut parts = plan_and_attack();
        let exit = Condition::Is(Fact::InState(Selector::Everything, AssetState::Isolated));
        parts.yardstick.criteria = vec![Criterion {
            phase: Phase::Response,
            entry: None,
            exit: own.then_some(exit),
        }];
        let (mut story, _) = Story::declared(parts);
        story.end(400, EndKind::Condition);
        let evaluation = story.evaluation();
        let preserve = item(
            &evaluation,
            Phase::Response,
            ItemKind::Missing(Measure::Preserve),
        );
        assert_eq!(preserve.is_some(), !own);
        let cause = ItemKind::Missing(Measure::FindCause);
        assert!(item(&evaluation, Phase::Resolution, cause).is_some());
    }
}

#[test]
fn every_item_that_a_measure_destroys_was_secured_first_or_the_order_was_not_sound() {
    for (disk_at, sound) in [(50, true), (70, false)] {
        let (mut story, declared) = Story::declared(plan_and_attack());
        let secured = |item| Event::EvidencePreserved {
            instance: work(ISOLATE),
            role: RoleId::new(0),
            asset: AssetId::new(0),
            item,
        };
        story.add(40, declared, secured(EvidenceItem::Memory));
        if sound {
            story.add(disk_at, declared, secured(EvidenceItem::Disk));
        }
        story.taken(60, declared, RESTORE, Measure::Rebuild, 0);
        if !sound {
            story.add(disk_at, declared, secured(EvidenceItem::Disk));
        }
        story.end(400, EndKind::Condition);
        let kind = JudgedKind::PreserveFirst(AssetId::new(0));
        let item = judged(&story.evaluation(), Phase::Response, kind).unwrap();
        assert_eq!(item.sound, sound, "the disk at {disk_at}");
    }
}

#[test]
fn the_order_is_that_of_measures_that_took_effect() {
    let (mut story, declared) = Story::declared(plan_and_attack());
    without_effect(&mut story, 40, RESTORE, Measure::Restore);
    story.taken(50, declared, RESTORE, Measure::Evict, 0);
    story.taken(60, declared, RESTORE, Measure::Restore, 0);
    story.end(400, EndKind::Condition);
    let kind = JudgedKind::EvictFirst(AssetId::new(0));
    let item = judged(&story.evaluation(), Phase::Recovery, kind).unwrap();
    assert!(item.sound);
}

#[test]
fn an_asset_loses_no_more_records_than_it_holds_however_often_they_leave() {
    let mut parts = plan_and_attack();
    parts.organisation.assets[0].holds = 1_000;
    parts.organisation.assets[1].holds = 1_000;
    parts.scenario.steps = vec![fixture::step("leak", Effect::Exfiltrate)];
    let mut story = Story::started(parts);
    let mut leak = |at: i64, asset: usize, records: u64| {
        let leaked = Event::StepTookEffect {
            step: StepId::new(0),
            asset: AssetId::new(asset),
            records,
            money: Money(0),
        };
        story.add(at, NOTHING, leaked);
    };
    leak(10, 0, 600);
    leak(20, 0, 600);
    leak(30, 1, 300);
    story.end(400, EndKind::Condition);
    assert_eq!(story.evaluation().impact.actual.records, 1_300);
}

#[test]
fn what_is_published_is_a_part_of_what_was_taken() {
    let mut parts = plan_and_attack();
    parts.organisation.assets[0].holds = 1_000;
    parts.scenario.steps = vec![
        fixture::step("leak", Effect::Exfiltrate),
        fixture::step("publish", Effect::Expose),
    ];
    let mut story = Story::started(parts);
    for (at, step, records) in [(10, 0, 600), (20, 1, 20), (30, 1, 500)] {
        let leaked = Event::StepTookEffect {
            step: StepId::new(step),
            asset: AssetId::new(0),
            records,
            money: Money(0),
        };
        story.add(at, NOTHING, leaked);
    }
    story.end(400, EndKind::Condition);
    assert_eq!(story.evaluation().impact.actual.records, 600);
}

#[test]
fn records_that_are_out_cost_their_price_once_by_the_dearest_data_that_an_asset_holds() {
    let mut parts = plan_and_attack();
    parts.organisation.per_record = PerRecord {
        records: Money(100),
        personal_data: Money(500),
        special_category: Money(2_000),
    };
    let kinds: [&[Data]; 3] = [
        &[],
        &[Data::PersonalData],
        &[Data::PersonalData, Data::SpecialCategory],
    ];
    let prices = [100, 500, 2_000];
    for (data, price) in kinds.into_iter().zip(prices) {
        let mut parts = parts.clone();
        parts.organisation.assets[0].holds = 1_000;
        parts.organisation.assets[0].data = data.to_vec();
        parts.scenario.steps = vec![
            fixture::step("leak", Effect::Exfiltrate),
            fixture::step("publish", Effect::Expose),
        ];
        let mut story = Story::started(parts);
        for (at, step, records) in [(10, 0, 600), (20, 1, 500)] {
            let leaked = Event::StepTookEffect {
                step: StepId::new(step),
                asset: AssetId::new(0),
                records,
                money: Money(0),
            };
            story.add(at, NOTHING, leaked);
        }
        story.end(400, EndKind::Condition);
        let impact = story.evaluation().impact.actual;
        assert_eq!(impact.loss_of_records, Money(600 * price));
        assert_eq!(impact.loss, Money(600 * price));
    }
}

#[test]
fn data_that_is_encrypted_at_the_end_is_never_restored() {
    let encrypted = |on| Event::AssetChanged {
        asset: AssetId::new(0),
        incident: Some(IncidentId::new(0)),
        state: AssetState::Encrypted,
        on,
    };
    for (restored, never) in [(true, vec![]), (false, vec![AssetId::new(0)])] {
        let mut story = Story::started(plan_and_attack());
        story.add(10, NOTHING, encrypted(true));
        if restored {
            story.add(20, NOTHING, encrypted(false));
        }
        story.end(400, EndKind::Condition);
        assert_eq!(story.evaluation().impact.actual.never_restored, never);
    }
}

#[test]
fn an_account_that_was_closed_is_not_asked_to_be_cut_off_as_well() {
    for (kind, measure, status) in [
        (AssetKind::Account, Measure::DisableAccount, None),
        (AssetKind::Account, Measure::Revoke, None),
        (
            AssetKind::Account,
            Measure::Evict,
            Some(CoverageStatus::Missed),
        ),
        (
            AssetKind::FileServer,
            Measure::DisableAccount,
            Some(CoverageStatus::Missed),
        ),
    ] {
        let mut parts = plan_and_attack();
        parts.organisation.assets.truncate(1);
        parts.organisation.assets[0].kind = kind;
        let (mut story, declared) = Story::declared(parts);
        story.taken(40, declared, RESTORE, measure, 0);
        story.end(400, EndKind::Condition);
        let isolate = ItemKind::Task(TaskId::new(ISOLATE));
        let item = item(&story.evaluation(), Phase::Response, isolate);
        assert_eq!(item.map(|item| item.status), status, "{kind}, {measure}");
    }
}

#[test]
fn what_was_put_right_need_not_be_restored_unless_it_was_lost_as_well() {
    for (effect, status) in [
        (Effect::Alter, None),
        (Effect::Encrypt, Some(CoverageStatus::Missed)),
    ] {
        let mut parts = plan_and_attack();
        parts.organisation.assets.truncate(1);
        parts.scenario.steps[0].effect = effect;
        let (mut story, declared) = Story::declared(parts);
        story.taken(40, declared, ISOLATE, Measure::Correct, 0);
        story.end(400, EndKind::Condition);
        let restore = ItemKind::Task(TaskId::new(RESTORE));
        let item = item(&story.evaluation(), Phase::Recovery, restore);
        assert_eq!(item.map(|item| item.status), status, "{effect}");
    }
}
