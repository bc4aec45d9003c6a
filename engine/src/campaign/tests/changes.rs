//! Comparisons and single changes.

use crate::campaign::statistics::MIN_DIFFERING;
use crate::campaign::{Change, Comparison, Factor, Hours, Order, Tally, play, what_if};
use crate::exercise::{AssetKind, Condition, Exercise, Law, Parts, Selector, TaskId};
use crate::generator;
use crate::simulation::fixture::{asset, inject, person, role};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn tally(exercise: &Arc<Exercise>, seed: u64, runs: u64) -> Tally {
    Tally::of(exercise, (0..runs).map(|index| play(exercise, seed, index)))
}

fn compare(first: &Arc<Exercise>, second: &Arc<Exercise>, runs: u64) -> Comparison {
    let (a, b) = (tally(first, 3, runs), tally(second, 3, runs));
    Comparison::of((first, &a), (second, &b), 3)
}

/// The same exercise with other titles, and with a person, a role, an asset and an inject that are
/// of no use to anybody.
fn decorated(mut parts: Parts) -> Arc<Exercise> {
    let organisation = &mut parts.organisation;
    organisation.people.push(person("zzz-idle"));
    organisation.roles.push(crate::exercise::Role {
        functions: Vec::new(),
        holders: Vec::new(),
        ..role("zzz-idle")
    });
    let shelf = asset("zzz-shelf", AssetKind::PaperArchive);
    organisation.assets.push(shelf);
    organisation.name = "Another name".to_owned();
    for task in &mut parts.plan.tasks {
        task.title = format!("Other words for {}", task.slug);
    }
    let mut never = inject("zzz-never");
    never.at = None;
    never.when = Some(Condition::Any(Vec::new()));
    parts.scenario.injects.push(never);
    Arc::new(Exercise::new(parts).expect("it is as valid as before"))
}

#[test]
fn names_and_what_nobody_uses_change_nothing_in_any_run() {
    for seed in [1, 2, 3, 5, 8] {
        let mut copy = generator::parts(seed);
        // A step on everything would be taken on the shelf too.
        for step in &mut copy.scenario.steps {
            if step.targets == Selector::Everything {
                step.targets = Selector::Kind(AssetKind::FileServer);
            }
        }
        let plain = Arc::new(Exercise::new(copy.clone()).unwrap());
        let comparison = compare(&plain, &decorated(copy), 10);
        assert!(comparison.is_identical(), "exercise {seed}: {comparison:?}");
    }
}

#[test]
fn differences_are_counted_run_by_run() {
    let exercise = generator::exercise(6);
    let change = Change::Task(TaskId::new(0), Factor::Twice);
    let slower = change.made(&exercise).unwrap();
    let runs = 40;
    let found = compare(&exercise, &slower, runs);
    let score = |exercise: &Arc<Exercise>, index| {
        let row = play(exercise, 3, index);
        Some(i64::from(row.score?.carried_out.0))
    };
    let mut sum = 0;
    let mut counts = [0_u64; 3];
    let mut scored = 0;
    for index in 0..runs {
        let pair = score(&exercise, index).zip(score(&slower, index));
        if let Some((a, b)) = pair {
            scored += 1;
            sum += b - a;
            counts[(1 - (b - a).signum()) as usize] += 1;
        }
    }
    let paired = found.carried_out.paired;
    assert_eq!([paired.wins, paired.ties, paired.losses], counts);
    assert_eq!(paired.n(), scored);
    if let Some(mean) = found.carried_out.mean {
        assert!((mean.value * f64::from(scored as u32) - f64::from(sum as i32)).abs() < 1e-6);
        assert_eq!(mean.interval.is_some(), paired.differing() >= MIN_DIFFERING);
    }
    let turned = compare(&slower, &exercise, runs);
    assert_eq!(turned.carried_out.paired.wins, paired.losses);
    assert_eq!(turned.differing, found.differing);
}

#[test]
fn every_single_change_makes_a_valid_exercise_that_differs_in_one_thing() {
    for seed in 0..12 {
        let exercise = generator::exercise(seed);
        for change in Change::probes(&exercise) {
            let made = change.made(&exercise);
            let made = made.unwrap_or_else(|| panic!("{change:?} of {seed}"));
            if let Change::WithoutChannel(_) = change {
                let left = made.organisation().channels.len() + 1;
                assert_eq!(left, exercise.organisation().channels.len());
            }
            if let Change::Task(task, Factor::Twice) = change
                && let (Law::Fixed(before), Law::Fixed(after)) =
                    (&exercise.task(task).takes, &made.task(task).takes)
            {
                assert_eq!(after.0, 2 * before.0);
            }
        }
    }
}

#[test]
fn what_is_taken_away_is_not_there() {
    for seed in 0..12 {
        let exercise = generator::exercise(seed);
        for change in Change::probes(&exercise) {
            let made = change.made(&exercise).expect("it is valid");
            let roles = &made.organisation().roles;
            match change {
                // Who is taken away is away all the time, and still holds what they hold.
                Change::WithoutPerson(person) => {
                    assert_eq!(roles, &exercise.organisation().roles);
                    let gone = &made.organisation().people[person.index()];
                    let days = [made.parts().onset, made.parts().limit].map(|at| made.local(at).0);
                    let away = |day| {
                        gone.leave
                            .iter()
                            .any(|(first, last)| *first <= day && day <= *last)
                    };
                    assert!(days.into_iter().all(away), "{change:?}");
                }
                Change::WithoutDeputy(role, person) => {
                    let before = &exercise.role(role).deputies;
                    assert!(before.contains(&person));
                    assert_eq!(roles[role.index()].deputies.len() + 1, before.len());
                }
                _ => {}
            }
        }
    }
}

#[test]
fn what_matters_most_is_shown_as_it_was_on_fresh_runs() {
    let fresh = 500..530;
    let go = AtomicBool::new(false);
    // One with more changes than twice what the last round tries, so that every round leaves some out,
    // with changes that matter, and with a score in every run, as only scored runs are compared.
    let order = |exercise: &Arc<Exercise>, threads| Order {
        exercise: Arc::clone(exercise),
        seed: 2,
        runs: 0..12,
        hours: Hours::AsScripted,
        threads,
    };
    let matters = |exercise: &Arc<Exercise>| {
        let found = what_if(&order(exercise, 2), fresh.clone(), &go, |_, _| {});
        found.is_some_and(|found| {
            let compared = |(_, gain): &(Change, crate::campaign::statistics::Paired)| {
                gain.wins + gain.ties + gain.losses
            };
            !found.confirmed.is_empty() && compared(&found.changes[0]) == 12
        })
    };
    let many = |exercise: &Arc<Exercise>| Change::probes(exercise).len() > 60 && matters(exercise);
    let exercise = (0..40).map(generator::exercise).find(many);
    let exercise = exercise.expect("one in forty has changes enough, and some that matter");
    let order = |threads| order(&exercise, threads);
    let mut steps = 0;
    let found = what_if(&order(2), fresh.clone(), &go, |_, _| steps += 1).unwrap();
    assert_eq!(
        Some(&found),
        what_if(&order(1), fresh.clone(), &go, |_, _| {}).as_ref()
    );
    assert_eq!(found.tried, Change::probes(&exercise).len());
    assert_eq!(found.changes.len(), found.tried);
    let on: Vec<u64> = found.rounds.iter().map(|round| round.runs).collect();
    let of: Vec<usize> = found.rounds.iter().map(|round| round.changes).collect();
    assert_eq!(on, [2, 3, 12]);
    assert!(
        of[0] == found.tried && of[1] < of[0] && of[2] < of[1],
        "{of:?}"
    );
    let runs = |(_, gain): &(Change, crate::campaign::statistics::Paired)| {
        gain.wins + gain.ties + gain.losses
    };
    let tried: Vec<u64> = found.changes.iter().map(runs).collect();
    let expected = (0..found.tried).map(|place| on[of.iter().rposition(|of| place < *of).unwrap()]);
    assert_eq!(tried, expected.collect::<Vec<u64>>());
    assert!(steps >= found.tried && !found.confirmed.is_empty());
    let effects: Vec<f64> = found
        .confirmed
        .iter()
        .map(|of| of.mean.map_or(0.0, |mean| mean.value.abs()))
        .collect();
    assert!(
        effects.windows(2).all(|pair| pair[0] >= pair[1]),
        "{effects:?}"
    );
    let groups: Vec<usize> = found.confirmed.iter().map(|of| of.group).collect();
    assert!(groups[0] == 1 && groups.windows(2).all(|pair| pair[1] - pair[0] <= 1));
    let first = &found.confirmed[0];
    let variant = first.change.made(&exercise).unwrap();
    let score = |exercise: &Arc<Exercise>, index| {
        play(exercise, 2, index)
            .score
            .map(|of| i64::from(of.carried_out.0))
    };
    let pairs = fresh.filter_map(|index| score(&exercise, index).zip(score(&variant, index)));
    assert_eq!(first.gain, crate::campaign::statistics::Paired::of(pairs));
    go.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(what_if(&order(1), 0..1, &go, |_, _| {}), None);
}
