//! Coverage of what comes after tasks that do not apply.

use crate::evaluation::fixture::{NOTHING, Story, plan_and_attack};
use crate::evaluation::{Evaluation, ItemKind};
use crate::exercise::{
    AssetKind, AssetState, Condition, Fact, Measure, Phase, Selector, Task, TaskId,
};
use crate::record::EndKind;
use crate::simulation::fixture;

/// Three tasks of Recovery, one after another, the first of them for what never happens.
fn chain(second: Measure) -> Vec<Task> {
    let never = Fact::InState(Selector::Kind(AssetKind::Database), AssetState::Encrypted);
    let mut first = fixture::task("zz-1", Phase::Recovery, Measure::Brief);
    first.when = Some(Condition::Is(never));
    let mut second = fixture::task_on_affected("zz-2", Phase::Recovery, second);
    second.after = vec![TaskId::new(6)];
    let mut third = fixture::task("zz-3", Phase::Recovery, Measure::Watch);
    third.after = vec![TaskId::new(7)];
    vec![first, second, third]
}

/// Which of the three were asked for, where some of them were done.
fn asked_for(second: Measure, done: &[usize]) -> Vec<usize> {
    let mut parts = plan_and_attack();
    parts.plan.tasks.extend(chain(second));
    let (mut story, _) = Story::declared(parts);
    for task in done {
        story.done(30, 40, NOTHING, *task);
    }
    story.end(400, EndKind::Condition);
    asked(&story.evaluation())
}

fn asked(evaluation: &Evaluation) -> Vec<usize> {
    let recovery = &evaluation.main().phases[Phase::Recovery.index()];
    let items = recovery.coverage_items.iter();
    let tasks = items.filter_map(|item| match item.kind {
        ItemKind::Task(task) => Some(task.index()),
        _ => None,
    });
    tasks.filter(|task| *task >= 6).collect()
}

#[test]
fn who_does_what_was_not_called_for_is_asked_for_no_more_than_who_does_not() {
    assert!(asked_for(Measure::Verify, &[]).is_empty());
    assert!(asked_for(Measure::Verify, &[6, 7]).is_empty());
    assert!(asked_for(Measure::Verify, &[6, 7, 8]).is_empty());
}

#[test]
fn what_stays_due_by_a_criterion_and_what_comes_after_it_is_due_whether_or_not_it_was_done() {
    assert_eq!(asked_for(Measure::Accept, &[]), [7, 8]);
    assert_eq!(asked_for(Measure::Accept, &[7]), [7, 8]);
    assert_eq!(asked_for(Measure::Accept, &[7, 8]), [7, 8]);
}
