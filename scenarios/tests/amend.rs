//! What an improvement writes into the files of an author, held against what was tried.

use hotwash_engine::campaign::Change;
use hotwash_engine::exercise::{Exercise, TaskId};
use hotwash_scenarios::{Kind, Source, Start, find, is_same, library, ready, rewritten};
use std::collections::BTreeMap;

fn clinic() -> Vec<Source> {
    let text = |kind, id| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    };
    let scenario = library().iter().find(|item| item.kind == Kind::Scenario);
    let scenario = scenario.expect("a scenario ships");
    vec![
        text(Kind::Organisation, "marram-street-clinic"),
        text(Kind::Plan, "clinic-response-plan"),
        Source::new(scenario.file, scenario.text),
    ]
}

/// Texts of every kind: three files, one file, one that says everything, and one in JSON.
fn texts() -> Vec<Vec<Source>> {
    let small = find(Kind::Exercise, "harbour-street-clinic").expect("it ships");
    let every = include_str!("every_field/exercise.ron");
    vec![
        clinic(),
        vec![Source::new(small.file, small.text)],
        vec![Source::new("exercise.ron", every)],
        vec![Source::new(
            "exercise.json",
            include_str!("amend/small.json"),
        )],
    ]
}

fn bound(sources: &[Source]) -> Exercise {
    let ready = ready(sources, &Start::default());
    ready.expect("it can be played").bound.exercise
}

/// The name of a kind of change.
fn kind(change: Change) -> String {
    let shown = format!("{change:?}");
    shown.split('(').next().unwrap_or_default().to_owned()
}

/// Some improvements of every kind: all of a kind that has few, every so many of one that has many.
fn some(exercise: &Exercise, most: usize) -> Vec<Change> {
    let mut by_kind: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for change in Change::improvements(exercise) {
        by_kind.entry(kind(change)).or_default().push(change);
    }
    let chosen = by_kind.into_values().flat_map(|all| {
        let step = all.len().div_ceil(most);
        all.into_iter().step_by(step).collect::<Vec<Change>>()
    });
    chosen.collect()
}

/// Whether these changes can be written; fails if what is written loses a comment, or is not what was tried.
fn is_written(sources: &[Source], before: &Exercise, changes: &[Change]) -> bool {
    let Some(after) = Change::all_made(changes, before) else {
        return false;
    };
    let start = Start::default();
    let Ok(texts) = rewritten(sources, &start, before, &after) else {
        return false;
    };
    assert!(is_same(&bound(&texts), &after), "{changes:?}");
    assert_ne!(sources, texts, "{changes:?} writes nothing");
    for (old, new) in sources.iter().zip(&texts) {
        let comments = |of: &Source| {
            let lines = of.text.lines().filter_map(|line| line.split_once("//"));
            lines.map(|(_, said)| said.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(comments(old), comments(new), "{changes:?} loses a comment");
    }
    true
}

#[test]
fn every_improvement_can_be_written_into_the_files_of_a_package() {
    let sources = clinic();
    let before = bound(&sources);
    let all = some(&before, 5);
    assert!(all.len() > 80, "{}", all.len());
    for change in all {
        assert!(is_written(&sources, &before, &[change]), "{change:?}");
    }
}

#[test]
fn improvements_are_written_in_one_file_and_in_json_alike() {
    let mut kinds: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for sources in &texts()[1..] {
        let before = bound(sources);
        for change in Change::improvements(&before) {
            let written = is_written(sources, &before, &[change]);
            kinds.entry(kind(change)).or_default()[usize::from(written)] += 1;
        }
    }
    // What stands in no file cannot be written: a channel that is a default, a task that a clause implies.
    let never: Vec<&String> = kinds
        .iter()
        .filter(|(_, [_, yes])| *yes == 0)
        .map(|it| it.0)
        .collect();
    assert!(never.is_empty(), "{never:?} are never written: {kinds:?}");
    let [no, yes] = kinds.values().fold([0, 0], |[a, b], [c, d]| [a + c, b + d]);
    assert!(
        yes > 9 * no,
        "{no} of {} are not written: {kinds:?}",
        no + yes
    );
}

#[test]
fn improvements_are_written_together_as_they_are_tried_together() {
    for sources in texts() {
        let before = bound(&sources);
        let all = some(&before, 2);
        let pairs = all
            .iter()
            .enumerate()
            .map(|(i, first)| [*first, all[(i + 3) % all.len()]]);
        let written = pairs.filter(|pair| is_written(&sources, &before, pair));
        let written = written.count();
        assert!(3 * written > all.len(), "{written} of {}", all.len());
    }
}

#[test]
fn what_stands_in_no_file_is_refused() {
    let sources = clinic();
    let before = bound(&sources);
    let first = TaskId::new(0);
    let all = Change::improvements(&before).into_iter();
    let mut of_first =
        all.filter(|change| matches!(change, Change::HandOnOver(task, _) if *task == first));
    let change = of_first
        .next()
        .expect("the first task of the plan hands something on");
    let task = before.plan().tasks[0].slug.clone();
    let (id, other) = (format!("id: \"{task}\""), "id: \"another\"");
    let plan = Source::new(sources[1].name.clone(), sources[1].text.replace(&id, other));
    let after = change.made(&before).expect("it can be made");
    let texts = [sources[0].clone(), plan, sources[2].clone()];
    let refused = rewritten(&texts, &Start::default(), &before, &after);
    let refused = refused.expect_err("the task is not there").to_string();
    assert_eq!(
        refused,
        format!("task `{task}` does not stand in the files")
    );
}
