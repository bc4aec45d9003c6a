//! What nobody could do is warned of, and played as somebody could.

#[path = "../kin/mod.rs"]
mod kin;

use hotwash_engine::exercise::{Exercise, Law, Parts, Span, Task};
use hotwash_engine::record::Entry;
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::diagnostic::{Code, Look, render};
use hotwash_scenarios::{Kind, Source, Start, bind, check, find, library, load};
use std::sync::Arc;

/// The plan of the clinic, every task of it in a second.
const INSTANT: &str = include_str!("instant.ron");
/// A plan of four tasks.
const OMNI: &str = include_str!("omni.ron");
/// How many kin of it are looked at.
const KIN: u64 = 100;

fn shipped(kind: Kind, id: &str) -> Source {
    let item = find(kind, id).expect("it ships");
    Source::new(item.file, item.text)
}

/// The clinic with a plan, in a scenario.
fn with(plan: &str, scenario: &str) -> Vec<Source> {
    vec![
        shipped(Kind::Organisation, "marram-street-clinic"),
        Source::new("plan.ron", plan),
        shipped(Kind::Scenario, scenario),
    ]
}

fn exercise(sources: &[Source]) -> Exercise {
    let told = |problems: &[_]| render(problems, sources, Look::default());
    let definitions = load(sources).unwrap_or_else(|of| panic!("{}", told(&of)));
    let bound = bind(&definitions, &Start::default());
    bound.unwrap_or_else(|of| panic!("{}", told(&of))).exercise
}

fn scenarios() -> impl Iterator<Item = &'static str> {
    let scenarios = library().iter().filter(|item| item.kind == Kind::Scenario);
    scenarios.map(|item| item.id)
}

/// How many tasks of some definitions are warned of as too fast.
fn too_fast(sources: &[Source]) -> usize {
    let told = |problems: &[_]| render(problems, sources, Look::default());
    let definitions = load(sources).unwrap_or_else(|of| panic!("{}", told(&of)));
    let problems = check(&definitions);
    let of = problems
        .iter()
        .filter(|problem| problem.code == Code::TooFast);
    of.count()
}

#[test]
fn no_shipped_task_is_warned_of() {
    for item in library() {
        let source = Source::new(item.file, item.text);
        assert_eq!(too_fast(&[source]), 0, "{}", item.file);
    }
}

#[test]
fn instant_and_omni_are_warned_of_at_every_task() {
    for plan in [INSTANT, OMNI] {
        let source = Source::new("plan.ron", plan);
        assert_eq!(too_fast(&[source]), plan.matches("does: ").count());
    }
}

#[test]
fn every_kin_of_omni_can_be_played_and_is_warned_of_at_every_task() {
    for seed in 0..KIN {
        let plan = kin::plan(seed);
        let tasks = plan.matches("(id: \"task-").count();
        assert!((1..=6).contains(&tasks), "{plan}");
        assert_eq!(
            too_fast(&[Source::new("plan.ron", &plan[..])]),
            tasks,
            "{plan}"
        );
        exercise(&with(&plan, "ransomware-friday-evening"));
    }
}

/// The entries of some runs of an exercise in which tasks take other times.
fn entries(parts: &Parts, takes: impl Fn(&Task) -> Span) -> Vec<Vec<Entry>> {
    let mut parts = parts.clone();
    for task in &mut parts.plan.tasks {
        task.takes = Law::Fixed(takes(task));
    }
    let exercise = Arc::new(Exercise::new(parts).expect("it is valid"));
    let one = |run| simulate(&exercise, &Setup::of(1, run), Provenance::default()).entries;
    (0..3).map(one).collect()
}

#[test]
fn what_is_below_its_floors_gives_the_entries_of_the_same_at_its_floors() {
    let kin: Vec<String> = (0..10).map(kin::plan).collect();
    let kin = kin.iter().map(String::as_str);
    for plan in [INSTANT, OMNI].into_iter().chain(kin) {
        for scenario in scenarios() {
            let exercise = exercise(&with(plan, scenario));
            let floor = |task: &Task| task.floor(|_| 1);
            let at_floors = entries(exercise.parts(), floor);
            let below = entries(exercise.parts(), |_| Span::SECOND);
            assert!(below == at_floors, "{scenario}: {plan}");
        }
    }
}

#[test]
fn with_a_reason_each_task_of_instant_is_named_as_its_own() {
    let own = "takes: (\"1s\", because: \"A test\")";
    let reasoned = INSTANT.replace("takes: \"1s\"", own);
    // A decision is no task.
    let decision = format!("needs: [Scope], {own}");
    let reasoned = reasoned.replace(&decision, "needs: [Scope], takes: \"1s\"");
    let count = |plan: &str| {
        let exercise = exercise(&with(plan, "ransomware-friday-evening"));
        exercise.tasks_with_own_reason().count()
    };
    assert_eq!(count(INSTANT), 0);
    assert_eq!(count(&reasoned), INSTANT.matches("does: ").count());
    assert_eq!(too_fast(&[Source::new("plan.ron", reasoned)]), 0);
}
