//! Changes that are tried: what helps comes first, and every figure is that of fresh runs.

use crate::campaign::{
    Batch, Change, Criterion, Effect, Ground, Here, Hours, Order, Outcome, Plays, Size, Tally,
    Trials, Tried, play, together, try_changes,
};
use crate::exercise::{Exercise, Law, Measure, Span, TaskId};
use crate::generator;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const SEED: u64 = 3;
const SIZE: Size = Size {
    screened: 6,
    kept: 4,
    fresh: 100..160,
};

fn ground(exercise: &Arc<Exercise>, threads: usize) -> Ground {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed: SEED,
        runs: 0..40,
        hours: Hours::AsScripted,
        threads,
    };
    Ground { order, weight: 1 }
}

fn tried(grounds: &[Ground], changes: Vec<Change>) -> Trials {
    here(grounds, |plays| try_changes(grounds, changes, &SIZE, plays)).expect("nobody stops it")
}

/// A search that is played here.
fn here<T>(grounds: &[Ground], search: impl FnOnce(&mut dyn Plays) -> T) -> T {
    search(&mut Here {
        grounds,
        stop: &AtomicBool::new(false),
        progress: &mut |_, _| {},
    })
}

/// Plays every lot in three parts, the last first, and puts them together.
struct InParts<'a>(&'a [Ground]);

impl Plays for InParts<'_> {
    fn outcomes(&mut self, batch: &Batch<'_>) -> Option<Vec<Vec<Outcome>>> {
        let go = AtomicBool::new(false);
        let lots = batch.lots.iter().map(|lot| {
            let length = lot.runs.end - lot.runs.start;
            let edge = |part: u64| lot.runs.start + length * part / 3;
            let mut parts: Vec<Vec<Outcome>> = Vec::new();
            for part in (0..3).rev() {
                let order = &self.0[lot.ground].order;
                parts.insert(0, lot.play(order, edge(part)..edge(part + 1), &go)?);
            }
            Some(parts.concat())
        });
        lots.collect()
    }
}

/// A generated exercise whose plan waits two days before each task that contains, and such a task.
fn delayed() -> (Arc<Exercise>, TaskId) {
    let found = (0..60).find_map(|seed| {
        let mut parts = generator::parts(seed);
        let contains = |of: &crate::exercise::Task| {
            of.phase == crate::exercise::Phase::Response
                && of
                    .does
                    .iter()
                    .any(|act| act.measure.contains() && act.measure != Measure::Block)
        };
        let task = parts.plan.tasks.iter().position(contains)?;
        parts.plan.tasks[task].delay = Some(Law::Fixed(Span::days(2)));
        let exercise = Arc::new(Exercise::new(parts).ok()?);
        let change = Change::WithoutDelay(TaskId::new(task));
        let trials = tried(&[ground(&exercise, 2)], vec![change]);
        trials
            .best
            .first()?
            .helps()
            .then_some((exercise, TaskId::new(task)))
    });
    found.expect("in one of sixty a delay of two days does harm")
}

#[test]
fn what_was_planted_comes_first_and_what_does_nothing_last() {
    let (exercise, task) = delayed();
    let mut changes = Change::improvements(&exercise);
    let planted = Change::WithoutDelay(task);
    assert!(changes.contains(&planted));
    changes.retain(|change| {
        let verified = matches!(
            change,
            Change::VerifyChannel(_) | Change::VerifyStakeholder(_)
        );
        *change == planted || verified
    });
    let trials = tried(&[ground(&exercise, 2)], changes.clone());
    assert_eq!(trials.tried, changes.len());
    assert_eq!(trials.best[0].changes, [planted]);
    assert_eq!((trials.best[0].rank, trials.best.len()), (1, 1));
    // Contacts play no part in a run.
    assert_eq!(trials.idle.len() + 1, changes.len());
}

#[test]
fn every_figure_is_that_of_fresh_runs_on_the_same_draws() {
    let (exercise, task) = delayed();
    let change = Change::WithoutDelay(task);
    let made = change.made(&exercise).expect("it can be made");
    let trials = tried(&[ground(&exercise, 2)], vec![change]);
    let rows = |of: &Arc<Exercise>| {
        SIZE.fresh
            .map(|run| play(of, SEED, run))
            .collect::<Vec<_>>()
    };
    let (before, after) = (rows(&exercise), rows(&made));
    let harms: i64 = before
        .iter()
        .zip(&after)
        .map(|(a, b)| i64::from(a.impact.harms) - i64::from(b.impact.harms))
        .sum();
    let runs = SIZE.fresh.end - SIZE.fresh.start;
    let effect = |by| trials.best[0].effect(by).expect("it is ranked by this");
    let shown = effect(Criterion::Harm).mean() * f64::from(runs as u32);
    assert!(
        (shown - f64::from(harms as i32)).abs() < 1e-6,
        "{shown} for {harms}"
    );
    let tallies = [Tally::of(&exercise, before), Tally::of(&made, after)];
    for by in Criterion::RANKING {
        let pairs = [(1, &tallies[0], &tallies[1])];
        let fails = 0.05 / 6.0;
        assert_eq!(*effect(by), Effect::of(by, &pairs, fails));
        let turned = Effect::of(by, &[(1, &tallies[1], &tallies[0])], fails);
        assert!((turned.mean() + effect(by).mean()).abs() < 1e-9);
    }
}

#[test]
fn threads_and_a_second_scenario_of_no_weight_change_nothing() {
    let (exercise, task) = delayed();
    let changes = vec![Change::WithoutDelay(task), Change::OutOfBand];
    let one = tried(&[ground(&exercise, 1)], changes.clone());
    assert_eq!(one, tried(&[ground(&exercise, 2)], changes.clone()));
    let other = Ground {
        weight: 0,
        ..ground(&exercise, 2)
    };
    let both = tried(&[ground(&exercise, 2), other], changes);
    let means = |of: &Trials| -> Vec<Vec<f64>> {
        let effects = of
            .best
            .iter()
            .map(|of| of.effects.iter().map(Effect::mean).collect());
        effects.collect()
    };
    assert_eq!(means(&one), means(&both));
}

#[test]
fn changes_are_put_together_one_after_another_within_their_cost() {
    let (exercise, task) = delayed();
    let grounds = [ground(&exercise, 2)];
    let mut changes = Change::improvements(&exercise);
    changes.retain(|of| matches!(of, Change::WithoutDelay(_) | Change::SecondShift(_)));
    let trials = tried(&grounds, changes);
    let chain = |most: usize, cost: &dyn Fn(&[Change]) -> bool| {
        here(&grounds, |plays| {
            together(&grounds, &trials, (most, cost), &SIZE, plays)
        })
        .expect("nobody stops it")
    };
    let free = chain(3, &|_: &[Change]| true);
    assert!(!free.is_empty() && free.len() <= 3);
    for (i, tried) in free.iter().enumerate() {
        assert_eq!(tried.changes.len(), i + 1, "one more each");
        assert_eq!(tried.changes[..i], free[i.saturating_sub(1)].changes[..i]);
    }
    assert!(free[0].changes == [Change::WithoutDelay(task)] || free.len() > 1);
    let dear = chain(3, &|changes: &[Change]| changes.len() < 2);
    assert_eq!(dear.len(), 1);
    assert!(chain(3, &|_: &[Change]| false).is_empty());
}

#[test]
fn a_search_that_is_played_in_parts_finds_the_same() {
    let (exercise, _) = delayed();
    let grounds = [ground(&exercise, 2), ground(&exercise, 1)];
    let changes = Change::improvements(&exercise);
    assert!(changes.len() > SIZE.screened, "so that there are rounds");
    let search = |plays: &mut dyn Plays| -> (Trials, Vec<Tried>) {
        let trials = try_changes(&grounds, changes.clone(), &SIZE, plays).expect("it is played");
        let free = |_: &[Change]| true;
        let both = together(&grounds, &trials, (2, &free), &SIZE, plays).expect("it is played");
        (trials, both)
    };
    let once = here(&grounds, |plays| search(plays));
    assert!(once.0.rounds.len() > 1);
    assert_eq!(search(&mut InParts(&grounds)), once);
}
