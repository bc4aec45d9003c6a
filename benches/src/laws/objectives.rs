//! Law 11: what an objective claims is true in the run.

use super::Law;
use super::change::{Speed, Which, at_speed, tells, varied, wait};
use super::claim::Finding;
use super::lab::{Lab, SEED, on_all_threads};
use super::own_harm::taken_on;
use hotwash_engine::campaign::Change;
use hotwash_engine::campaign::statistics::Discordant;
use hotwash_engine::evaluation::{Baselines, Evaluation, Rating, evaluate};
use hotwash_engine::exercise::{
    Condition, Exercise, Fact, Measure, ObjectiveId, Selector, SourceId, Span,
};
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::Arc;

/// Law 11.
pub const LAW: Law = Law {
    name: "11 objectives",
    says: "What an objective claims is true in the run: none is well performed where its harm came, and \
           where a change brings a harm surely oftener, its objective is not surely oftener well performed.",
    find: objectives,
};

const SHORT: u64 = 40;
const FAILS: f64 = 0.01;

/// How an objective stands in a run.
#[derive(Debug, Clone, Copy)]
struct Stands {
    harmed: bool,
    performed: bool,
}

/// What is changed of an exercise.
type Made = (&'static str, Arc<Exercise>);

/// Over the shipped exercises and changes like those of laws 1 to 6.
fn objectives(lab: &Lab) -> Vec<Finding> {
    let runs = lab.runs(SHORT, 1_000);
    let mut found = Vec::new();
    for ground in &lab.grounds {
        let exercise = &ground.shipped.exercise;
        let guarded = guarded(exercise);
        let mut variants = variants(exercise);
        variants.retain(|(name, _)| name.contains(lab.only));
        let stands: Vec<Vec<Vec<Stands>>> = on_all_threads(variants.len(), |i| {
            (0..runs)
                .map(|run| stands(lab, &variants[i].1, &guarded, run))
                .collect()
        });
        for (place, objective) in guarded.iter().enumerate() {
            let name = exercise.scenario().objectives[objective.index()]
                .slug
                .to_string();
            let of = |variant: usize| stands[variant].iter().map(move |run| run[place]);
            for (variant, (change, _)) in variants.iter().enumerate() {
                let change = format!("{name}, {change}");
                let broken = of(variant).zip(0..);
                let broken = broken.filter(|(it, _)| it.harmed && it.performed);
                let broken: Vec<u64> = broken.map(|(_, run)| run).collect();
                found.push(Finding::of_each_run(
                    LAW.name,
                    (ground.id, &change),
                    "P or S though its harm came: in no run",
                    (&broken, runs),
                ));
                if variant > 0 {
                    let pairs = of(0).zip(of(variant));
                    let claims = guarded.len() * (variants.len() - 1) * lab.grounds.len() * 2;
                    found.push(together(ground.id, &change, pairs, claims));
                }
            }
        }
    }
    found
}

/// Whether an objective is surely oftener well performed while its harm surely comes oftener.
fn together(
    scenario: &str,
    change: &str,
    pairs: impl Iterator<Item = (Stands, Stands)>,
    claims: usize,
) -> Finding {
    let fails = FAILS / f64::from(claims as u32);
    let (mut harmed, mut performed) = (Discordant::default(), Discordant::default());
    let mut before = 0;
    for (first, second) in pairs {
        harmed.add(first.harmed, second.harmed);
        performed.add(first.performed, second.performed);
        before += u32::from(first.performed);
    }
    let surely = |of: &Discordant| of.interval(fails).is_some_and(|it| it.low > 0.0);
    let share = |of: f64| 100.0 * of;
    let first = share(f64::from(before) / f64::from(harmed.n.max(1) as u32));
    Finding {
        law: LAW.name,
        scenario: scenario.to_owned(),
        change: change.to_owned(),
        claim: "P or S, %: not surely higher where its harm is".to_owned(),
        before: first,
        after: first + share(performed.value().unwrap_or(0.0)),
        interval: performed.interval(fails).map(|it| {
            hotwash_engine::campaign::statistics::Interval {
                low: share(it.low),
                high: share(it.high),
            }
        }),
        runs: performed.n,
        holds: !(surely(&harmed) && surely(&performed)),
        note: format!("harm {:+.0} %", share(harmed.value().unwrap_or(0.0))),
    }
}

/// The objectives that are to prevent a harm.
fn guarded(exercise: &Exercise) -> Vec<ObjectiveId> {
    let objectives = exercise.scenario().objectives.iter().enumerate();
    let with_harm = objectives.filter(|(_, it)| it.harm.is_some());
    with_harm.map(|(i, _)| ObjectiveId::new(i)).collect()
}

/// The exercise itself, and changes of it.
fn variants(exercise: &Arc<Exercise>) -> Vec<Made> {
    let mut blind = Arc::clone(exercise);
    for i in 0..exercise.organisation().sources.len() {
        let made = Change::WithoutSource(SourceId::new(i)).made(&blind);
        blind = made.expect("an exercise with a source less is one");
    }
    let late = varied(exercise, |parts| {
        let tasks = parts.plan.tasks.iter_mut();
        tasks
            .filter(|task| !tells(task))
            .for_each(|task| wait(task, Span::hours(4)));
    });
    let on = |selector| taken_on(exercise, ("cut-off", Measure::Isolate), selector);
    vec![
        ("as shipped", Arc::clone(exercise)),
        ("all at 1/2", at_speed(exercise, Which::All, Speed::Half)),
        ("all at 1s", at_speed(exercise, Which::All, Speed::Second)),
        ("all wait 4h", late),
        ("no source", blind),
        ("cut without asking", on(Selector::Affected)),
        ("cut everything", on(Selector::Everything)),
    ]
}

fn stands(lab: &Lab, exercise: &Arc<Exercise>, of: &[ObjectiveId], run: u64) -> Vec<Stands> {
    let record = simulate(exercise, &Setup::of(SEED, run), Provenance::default());
    let nobody = Setup::of(SEED, run).with_policy(Policy::NoResponse);
    let nobody = simulate(exercise, &nobody, Provenance::default());
    let baselines = Baselines {
        no_response: Some(&nobody),
        ideal: None,
    };
    let judged = evaluate(exercise, &record, baselines);
    // The fault of the spoiled judge of this law: whatever happened is called well done.
    let spoiled = lab.spoil.is_some();
    of.iter()
        .map(|id| Stands {
            harmed: harmed(exercise, &record, *id),
            performed: spoiled || performed(&judged, *id),
        })
        .collect()
}

fn performed(judged: &Evaluation, id: ObjectiveId) -> bool {
    let mut ratings = judged.objectives.iter();
    let rating = ratings.find(|it| it.objective == id).map(|it| it.rating);
    matches!(rating, Some(Rating::P | Rating::S))
}

/// Whether the harm of an objective came, read from the steps that took effect and from nothing that the
/// judge says.
fn harmed(exercise: &Exercise, record: &Record, id: ObjectiveId) -> bool {
    let objective = &exercise.scenario().objectives[id.index()];
    let harm = objective.harm.as_ref().expect("only those with a harm");
    came(harm, record)
}

fn came(harm: &Condition, record: &Record) -> bool {
    harm.holds(&mut |fact| match fact {
        Fact::Reached(step) => record.entries.iter().any(
            |entry| matches!(entry.event, Event::StepTookEffect { step: of, .. } if of == *step),
        ),
        other => panic!("say here how {other:?} is read from a record"),
    })
}
