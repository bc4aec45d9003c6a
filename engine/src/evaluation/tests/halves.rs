//! Coverage: half from what was expected, half from the plan's tasks.

use crate::evaluation::PhaseEvaluation;
use crate::evaluation::fixture::{NOTHING, Story, plan_and_attack};
use crate::exercise::{Measure, Parts, Phase, Task};
use crate::record::EndKind;
use crate::simulation::fixture;

fn phase(parts: Parts, phase: Phase, tell: impl FnOnce(&mut Story, u32)) -> PhaseEvaluation {
    let (mut story, declared) = Story::declared(parts);
    tell(&mut story, declared);
    story.end(400, EndKind::Condition);
    story.evaluation().main().phases[phase.index()].clone()
}

fn coverage(parts: Parts, of: Phase, tell: impl FnOnce(&mut Story, u32)) -> u16 {
    phase(parts, of, tell)
        .coverage
        .expect("there is something to cover")
        .0
}

#[test]
fn a_half_that_has_nothing_leaves_the_whole_to_the_other() {
    let ask = |story: &mut Story, _| {
        story.inject(35, NOTHING);
    };
    // Both tasks of Assessment are done; what is expected in it is missed, where it is asked for.
    assert_eq!(
        coverage(plan_and_attack(), Phase::Assessment, |_, _| {}),
        10_000
    );
    assert_eq!(coverage(plan_and_attack(), Phase::Assessment, ask), 5_000);
    let mut parts = plan_and_attack();
    for task in &mut parts.plan.tasks {
        task.optional = true;
    }
    assert_eq!(coverage(parts, Phase::Assessment, ask), 0);
}

#[test]
fn a_measure_that_the_plan_asks_for_twice_counts_once() {
    let told = |story: &mut Story, declared| {
        story.done(30, 40, declared, crate::evaluation::fixture::NOTIFY);
    };
    let once = coverage(plan_and_attack(), Phase::Response, told);
    let mut parts = plan_and_attack();
    for name in ["zz-1", "zz-2", "zz-3"] {
        let again = fixture::task_on_affected(name, Phase::Response, Measure::Isolate);
        parts.plan.tasks.push(again);
    }
    let often = phase(parts, Phase::Response, told);
    assert!(once > 0);
    assert_eq!(often.coverage.map(|of| of.0), Some(once));
    let weighing = often.coverage_items.iter().filter(|item| item.weight > 0);
    // Isolating, telling, and the evidence for which there is no task.
    assert_eq!(weighing.count(), 3);
}

fn without_measure(name: &str) -> Task {
    let mut task = fixture::task(name, Phase::Response, Measure::Isolate);
    task.does.clear();
    task
}

#[test]
fn tasks_without_a_measure_count_together_as_one() {
    let share = |names: &[&str]| {
        let mut parts = plan_and_attack();
        let tasks = names.iter().map(|name| without_measure(name));
        parts.plan.tasks.extend(tasks);
        coverage(parts, Phase::Response, |story, declared| {
            story.done(30, 40, declared, 6);
        })
    };
    // Beside isolating, telling and the evidence, none of which was done.
    assert_eq!(share(&["zz-1"]), 2_500);
    assert_eq!(share(&["zz-1", "zz-2"]), 1_250);
    assert_eq!(share(&["zz-1", "zz-2", "zz-3", "zz-4"]), 625);
}

#[test]
fn no_weight_of_a_task_scores() {
    let mut parts = plan_and_attack();
    let told = |story: &mut Story, declared| {
        story.done(30, 40, declared, crate::evaluation::fixture::NOTIFY);
    };
    let plain = coverage(parts.clone(), Phase::Response, told);
    parts.plan.tasks[crate::evaluation::fixture::NOTIFY].weight = 90_000;
    assert_eq!(coverage(parts, Phase::Response, told), plain);
}
