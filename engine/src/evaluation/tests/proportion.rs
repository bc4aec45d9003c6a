//! The harm of one's own, beside that of the attack.

use super::town::{run, town};
use crate::evaluation::fixture::{ISOLATE, NOTHING, Story, plan_and_attack};
use crate::evaluation::{
    Baselines, Correction, Evaluation, Finding, FindingKind, FindingSubject, GateReason,
    JudgedItem, JudgedKind, evaluate,
};
use crate::exercise::{
    AssetId, AssetState, CauseCode, Measure, Money, Object, Parts, Phase, Selector, TaskId,
};
use crate::record::{EndKind, Record};
use crate::simulation::Policy;

/// Two assets, each worth a hundred an hour: eight hours of both are 1,600.
fn at_stake() -> Parts {
    let mut parts = plan_and_attack();
    for asset in &mut parts.organisation.assets {
        asset.worth_per_hour = Money(100);
    }
    parts
}

/// Cutting off takes the second asset down, which the attack did not hit, for so many hours.
fn cut_off(parts: &Parts, hours: i64) -> Record {
    let (mut story, declared) = Story::declared(parts.clone());
    let done = story.done(30, 40, declared, ISOLATE);
    story.state(40, done, 1, AssetState::OutOfService, true);
    story.end(40 + 60 * hours, EndKind::Condition);
    story.record()
}

/// Nobody acts; these assets are hit and go down at once.
fn without_response(parts: &Parts, hit: &[usize]) -> Record {
    let mut story = Story::started(parts.clone());
    for asset in hit {
        let hit = story.hit(0, *asset);
        story.state(0, hit, *asset, AssetState::OutOfService, true);
    }
    story.end(10_000, EndKind::Limit);
    story.record()
}

fn judged(record: &Record, without: &Record) -> (Evaluation, JudgedItem) {
    let baselines = Baselines {
        no_response: Some(without),
        ideal: None,
    };
    let evaluation = evaluate(&record.header.exercise, record, baselines);
    let response = &evaluation.main().phases[Phase::Response.index()];
    let mut items = response.judged_items.iter();
    let item = items.find(|item| matches!(item.kind, JudgedKind::Proportion { .. }));
    let item = item.expect("something is at stake").clone();
    (evaluation, item)
}

fn is_gated(evaluation: &Evaluation) -> bool {
    let gates = &evaluation.score.as_ref().expect("it is scored").gates;
    let mut gates = gates.iter();
    gates.any(|gate| matches!(gate.reason, GateReason::OwnHarm(_)))
}

/// What is found of own harm.
fn found(evaluation: &Evaluation) -> Option<&Finding> {
    let mut findings = evaluation.every_finding();
    findings.find(|of| of.kind == FindingKind::OwnHarm)
}

#[test]
fn own_harm_is_found_with_the_measure_that_brought_it_about_and_what_would_help() {
    let narrow = Correction::NarrowTask(TaskId::new(ISOLATE));
    let practise = Correction::Practise(Phase::Assessment);
    let by_state = (CauseCode::Misjudged, practise);
    let by_all = (CauseCode::WrongProcedure, narrow);
    let cases = [
        (Selector::Affected, by_state),
        (Selector::Everything, by_all),
    ];
    for (on, (reason, help)) in cases {
        let mut parts = at_stake();
        parts.plan.tasks[ISOLATE].does[0].on = Object::Assets(on);
        let (mut story, declared) = Story::declared(parts.clone());
        let done = story.done(30, 40, declared, ISOLATE);
        let taken = story.taken(40, done, ISOLATE, Measure::Isolate, 1);
        let down = story.state(40, taken, 1, AssetState::OutOfService, true);
        story.end(100, EndKind::Condition);
        let record = story.record();
        let (evaluation, _) = judged(&record, &without_response(&parts, &[0]));
        let found = found(&evaluation).expect("it did harm");
        assert_eq!(found.subject, FindingSubject::Asset(AssetId::new(1)));
        assert_eq!(found.evidence, [taken, down]);
        assert_eq!(found.cause, Some(reason));
        assert_eq!(found.corrections, [help]);
        let healthy = |of: &&Finding| of.kind == FindingKind::HealthyAssetHit;
        assert_eq!(evaluation.every_finding().find(healthy), None);
        // The attack would have hit it: no harm of one's own.
        let (evaluation, _) = judged(&record, &without_response(&parts, &[0, 1]));
        assert_eq!(self::found(&evaluation), None);
    }
}

#[test]
fn own_harm_costs_its_share_of_what_can_be_borne() {
    let parts = at_stake();
    let without = without_response(&parts, &[]);
    for (hours, share) in [(0, 10_000), (4, 7_500), (8, 5_000), (16, 0), (40, 0)] {
        let (_, item) = judged(&cut_off(&parts, hours), &without);
        assert_eq!(item.share.0, share, "{hours} h");
    }
}

#[test]
fn more_harm_than_the_attack_would_have_done_is_a_gate() {
    let parts = at_stake();
    let harmless = without_response(&parts, &[]);
    assert!(!is_gated(&judged(&cut_off(&parts, 16), &harmless).0));
    assert!(is_gated(&judged(&cut_off(&parts, 17), &harmless).0));
    // The first asset down from the start costs more than the second from its cutting off.
    let harmful = without_response(&parts, &[0]);
    assert!(!is_gated(&judged(&cut_off(&parts, 17), &harmful).0));
}

#[test]
fn how_long_a_run_goes_on_excuses_no_harm_of_ones_own() {
    let mut parts = at_stake();
    parts.organisation.assets[0].worth_per_hour = Money(10);
    // Twenty hours of the second asset are 2,000, and eight of both 880. A thousand of the first are 10,000.
    let without = without_response(&parts, &[0]);
    for goes_on in [0, 1_000] {
        let (mut story, declared) = Story::declared(parts.clone());
        let done = story.done(30, 40, declared, ISOLATE);
        story.state(40, done, 1, AssetState::OutOfService, true);
        story.state(40 + 60 * 20, done, 1, AssetState::OutOfService, false);
        story.end(40 + 60 * (20 + goes_on), EndKind::Condition);
        let (evaluation, item) = judged(&story.record(), &without);
        let JudgedKind::Proportion { own, without, .. } = item.kind else {
            panic!("it is about proportion");
        };
        assert_eq!((own, without), (Money(2_000), Money(200)));
        assert!(is_gated(&evaluation), "{goes_on} h longer");
    }
}

#[test]
fn what_nobody_brings_back_is_down_as_long_as_there_is_own_harm() {
    let parts = at_stake();
    // Without response the first asset goes down, and soon nothing can happen any more.
    let mut story = Story::started(parts.clone());
    let hit = story.hit(0, 0);
    story.state(0, hit, 0, AssetState::OutOfService, true);
    story.end(60, EndKind::Stalled);
    let (_, item) = judged(&cut_off(&parts, 17), &story.record());
    let JudgedKind::Proportion { without, .. } = item.kind else {
        panic!("it is about proportion");
    };
    // Seventeen hours at a hundred an hour.
    assert_eq!(without, Money(1_700));
}

#[test]
fn what_the_attack_hit_or_would_have_hit_may_be_taken_down() {
    let parts = at_stake();
    let (evaluation, item) = judged(&cut_off(&parts, 40), &without_response(&parts, &[1]));
    assert_eq!(item.share.0, 10_000);
    assert!(!is_gated(&evaluation));
    let outage = &evaluation.impact.actual.outages[0];
    assert_eq!((outage.own, outage.hit), (outage.outage, false));
    // Down with something that was hit.
    let (mut story, declared) = Story::declared(parts.clone());
    let done = story.done(30, 40, declared, ISOLATE);
    let first = story.state(40, done, 0, AssetState::OutOfService, true);
    story.state(40, first, 1, AssetState::OutOfService, true);
    story.end(9_000, EndKind::Condition);
    let (_, item) = judged(&story.record(), &without_response(&parts, &[]));
    assert_eq!(item.share.0, 10_000);
}

#[test]
fn where_nothing_is_at_stake_nothing_is_judged() {
    let (mut story, _) = Story::declared(plan_and_attack());
    story.add(50, NOTHING, crate::record::Event::ExerciseStarted {});
    story.end(400, EndKind::Condition);
    let evaluation = story.evaluation();
    let response = &evaluation.main().phases[Phase::Response.index()];
    let mut kinds = response.judged_items.iter().map(|item| item.kind);
    assert!(!kinds.any(|kind| matches!(kind, JudgedKind::Proportion { .. })));
}

#[test]
fn there_is_no_own_harm_where_only_what_is_affected_is_cut_off() {
    let mut parts = town().parts().clone();
    for asset in &mut parts.organisation.assets {
        asset.worth_per_hour = Money(10_000);
    }
    let town = std::sync::Arc::new(crate::exercise::Exercise::new(parts).expect("it is a town"));
    for index in 0..30 {
        let record = run(&town, index, Policy::People);
        let without = run(&town, index, Policy::NoResponse);
        let (evaluation, item) = judged(&record, &without);
        assert_eq!(item.share.0, 10_000, "run {index}: {item:?}");
        assert!(!is_gated(&evaluation));
    }
}
