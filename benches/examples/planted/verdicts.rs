//! Changes of which it is known what they do, by the verdict of a comparison.

use hotwash_benches::clinic;
use hotwash_engine::campaign::{
    Change, Comparison, Criterion, Effect, Hours, Order, Tally, Verdict, run,
};
use hotwash_engine::exercise::{Exercise, Limit, Measure, RoleId, SourceId, Span, TaskId};
use std::io::{Result, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub(crate) fn print(out: &mut impl Write, pairs: u64) -> Result<()> {
    let exercise = clinic();
    let base = tally(&exercise, pairs);
    writeln!(
        out,
        "| change | by points alone | verdict | by | but |\n| --- | --- | --- | --- | --- |"
    )?;
    for (name, made) in changed(&exercise) {
        let other = tally(&made, pairs);
        let found = Comparison::of((&exercise, &base), (&made, &other), 1);
        let points = found.effect(Criterion::CarriedOut);
        let points = match points.and_then(Effect::is_better) {
            Some(true) => "better",
            Some(false) => "worse",
            None => "no difference",
        };
        let verdict = found.verdict();
        let word = word(verdict.as_ref(), found.is_identical());
        let gain = |by: Criterion| {
            let mean = found.effect(by).map_or(0.0, Effect::mean);
            format!("{by:?} {mean:+.2}")
        };
        let by = verdict.as_ref().map_or_else(String::new, |of| gain(of.by));
        let against = verdict.map_or_else(Vec::new, |of| of.against);
        let against: Vec<String> = against.into_iter().map(gain).collect();
        writeln!(
            out,
            "| {name} | {points} | {word} | {by} | {} |",
            against.join(", ")
        )?;
    }
    writeln!(out)
}

fn word(verdict: Option<&Verdict>, identical: bool) -> &'static str {
    match verdict {
        None if identical => "identical",
        None => "no difference",
        Some(of) if of.is_mixed => "mixed",
        Some(of) if of.better => "better",
        Some(_) => "worse",
    }
}

/// The built-in exercise with each of the changes.
fn changed(exercise: &Arc<Exercise>) -> Vec<(String, Arc<Exercise>)> {
    let isolates: Vec<TaskId> = exercise.tasks_taking(Measure::Isolate).to_vec();
    let asking = isolates
        .iter()
        .filter(|of| exercise.task(**of).approval.is_some());
    let mut changes: Vec<(String, Change)> = Vec::new();
    for task in asking {
        let slug = &exercise.task(*task).slug;
        let doer = exercise.roles(exercise.task(*task).by)[0];
        changes.push((
            format!("{slug} is authorised beforehand"),
            Change::May(doer, *task),
        ));
        changes.push((
            format!("{slug} needs no approval"),
            Change::WithoutApproval(*task),
        ));
    }
    let deputies = Change::improvements(exercise).into_iter();
    let deputies = deputies.filter(|of| matches!(of, Change::Deputy(..)));
    let mut named: Vec<RoleId> = Vec::new();
    for deputy in deputies {
        let Change::Deputy(role, _) = deputy else {
            continue;
        };
        if !named.contains(&role) {
            named.push(role);
            let slug = &exercise.role(role).slug;
            changes.push((format!("a deputy for {slug}"), deputy));
        }
    }
    for i in 0..exercise.organisation().sources.len() {
        let slug = &exercise.organisation().sources[i].slug;
        let change = Change::WithoutSource(SourceId::new(i));
        changes.push((format!("without {slug}"), change));
    }
    let made = changes.into_iter();
    let made = made.filter_map(|(name, change)| Some((name, change.made(exercise)?)));
    let mut made: Vec<(String, Arc<Exercise>)> = made.collect();
    made.extend(unmonitored(exercise).map(|of| ("no monitoring at all".to_owned(), of)));
    made.extend(patient(exercise).map(|of| ("targets of 30 days in the plan".to_owned(), of)));
    made
}

fn unmonitored(exercise: &Arc<Exercise>) -> Option<Arc<Exercise>> {
    let sources = 0..exercise.organisation().sources.len();
    let all: Vec<Change> = sources
        .map(|i| Change::WithoutSource(SourceId::new(i)))
        .collect();
    Change::all_made(&all, exercise)
}

/// The plan asks of itself no more than thirty days. Both sides are judged by one yardstick.
fn patient(exercise: &Arc<Exercise>) -> Option<Arc<Exercise>> {
    let mut parts = exercise.parts().clone();
    let month = Limit::Elapsed(Span::days(30));
    for target in &mut parts.plan.targets {
        (target.reached, target.completed) = (Some(month), Some(month));
    }
    Exercise::new(parts).ok().map(Arc::new)
}

fn tally(exercise: &Arc<Exercise>, pairs: u64) -> Tally {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed: 1,
        runs: 0..pairs,
        hours: Hours::AsScripted,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let mut tally = Tally::new(exercise);
    run(&order, &AtomicBool::new(false), |row| tally.add(row));
    tally.sort();
    tally
}
