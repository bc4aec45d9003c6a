//! What was expected and was overtaken by something else, where the plan leaves the order open.

use crate::evaluation::fixture::{ISOLATE, NOTHING, RESTORE, Story, plan_and_attack};
use crate::evaluation::{Correction, Evaluation, Finding, FindingKind, Standing};
use crate::exercise::{
    Asks, AssetId, CauseCode, Condition, EvidenceItem, Fact, Measure, Object, Parts, Phase,
    Selector, TaskId,
};
use crate::record::{EndKind, Event};
use crate::simulation::fixture::{act, task};

/// The task that secures memory, after those of [`plan_and_attack`].
const IMAGE: usize = 6;

/// Memory of what is affected is expected to be secured before it is restored; the plan has a task for each
/// and leaves the order open.
fn memory_first() -> Parts {
    let mut parts = plan_and_attack();
    let on = || Object::Evidence(Some(EvidenceItem::Memory), Selector::Affected);
    let mut image = task("x-image", Phase::Response, Measure::Preserve);
    image.does = vec![act(Measure::Preserve, on())];
    parts.plan.tasks.push(image);
    let expectation = &mut parts.scenario.expectations[0];
    expectation.asks = Asks::Does(act(Measure::Preserve, on()));
    expectation.before = Some(act(Measure::Restore, Object::Assets(Selector::Affected)));
    parts
}

/// A restore at 50 destroys the memory of the first asset.
fn restored(parts: Parts) -> (Evaluation, u32) {
    let (mut story, _) = Story::declared(parts);
    story.inject(35, NOTHING);
    let taken = story.taken(50, NOTHING, RESTORE, Measure::Restore, 0);
    let lost = Event::EvidenceLost {
        asset: AssetId::new(0),
        item: EvidenceItem::Memory,
    };
    story.add(50, taken, lost);
    story.end(400, EndKind::Condition);
    (story.evaluation(), taken)
}

fn missed(evaluation: &Evaluation) -> &Finding {
    let mut found = evaluation.every_finding();
    let missed = |of: &&Finding| of.kind == FindingKind::Missed && of.corrections.len() == 1;
    found.find(missed).expect("it is missed")
}

#[test]
fn a_restore_that_overtakes_the_image_of_the_memory_is_the_reason_where_the_plan_leaves_the_order_open()
 {
    let (evaluation, taken) = restored(memory_first());
    let verdict = &evaluation.expectations[0];
    assert_eq!(verdict.standing, Standing::Missed);
    let of = verdict.items[0].overtaken.expect("it was overtaken");
    assert_eq!((of.measure, of.done.entry), (Measure::Restore, taken));
    let found = missed(&evaluation);
    assert_eq!(found.cause, Some(CauseCode::UnclearProcedure));
    let order = Correction::SetOrder {
        first: Measure::Preserve,
        before: Measure::Restore,
    };
    assert_eq!(found.corrections, [order]);
    assert!(found.evidence.contains(&taken));
}

#[test]
fn where_the_plan_says_the_order_the_order_is_not_the_reason() {
    let image = TaskId::new(IMAGE);
    let directly = |parts: &mut Parts| parts.plan.tasks[RESTORE].after = vec![image];
    let by_another = |parts: &mut Parts| {
        parts.plan.tasks[RESTORE].after = vec![TaskId::new(ISOLATE)];
        parts.plan.tasks[ISOLATE].after = vec![image];
    };
    let by_condition = |parts: &mut Parts| {
        let when = Condition::Is(Fact::Done(image));
        parts.plan.tasks[RESTORE].when = Some(when);
    };
    let by_none = |parts: &mut Parts| {
        parts.plan.tasks.pop();
    };
    let turned = |parts: &mut Parts| parts.plan.tasks[IMAGE].after = vec![TaskId::new(RESTORE)];
    let changes: [&dyn Fn(&mut Parts); 5] =
        [&directly, &by_another, &by_condition, &by_none, &turned];
    for (i, change) in changes.into_iter().enumerate() {
        let mut parts = memory_first();
        change(&mut parts);
        let (evaluation, _) = restored(parts);
        assert_eq!(evaluation.expectations[0].items[0].overtaken, None, "{i}");
    }
}

#[test]
fn what_nobody_did_at_all_was_not_overtaken() {
    for (isolated, overtaken) in [(Some(50), true), (None, false)] {
        let mut parts = memory_first();
        parts.scenario.expectations[0].asks =
            Asks::Does(act(Measure::Isolate, Object::Assets(Selector::Affected)));
        let (mut story, _) = Story::declared(parts);
        story.inject(35, NOTHING);
        story.taken(40, NOTHING, RESTORE, Measure::Restore, 0);
        if let Some(at) = isolated {
            story.taken(at, NOTHING, ISOLATE, Measure::Isolate, 0);
        }
        story.end(400, EndKind::Condition);
        let verdict = story.evaluation().expectations[0].clone();
        assert_eq!(verdict.standing, Standing::Missed);
        assert_eq!(verdict.items[0].overtaken.is_some(), overtaken);
    }
}
