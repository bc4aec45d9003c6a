//! What makes no difference to a run.

use super::exercises::{Numbers, any};
use crate::exercise::{AssetKind, Condition, Exercise, ExerciseTime, Parts, Span};
use crate::record::Entry;
use crate::replay;
use crate::simulation::fixture;
use crate::simulation::{Provenance, Setup, Simulation, simulate};
use std::sync::Arc;

/// How many exercises each law is tried on.
const EXERCISES: u64 = 8;

fn exercise(parts: Parts) -> Arc<Exercise> {
    Arc::new(Exercise::new(parts).unwrap())
}

fn entries(parts: Parts, run: u64) -> Vec<Entry> {
    simulate(&exercise(parts), &Setup::of(9, run), Provenance::default()).entries
}

/// Fails at the first entry in which two runs differ.
fn assert_same(seed: u64, one: &[Entry], other: &[Entry]) {
    for (a, b) in one.iter().zip(other) {
        assert_eq!(a, b, "exercise {seed}");
    }
    assert_eq!(one.len(), other.len(), "exercise {seed}");
}

#[test]
fn a_run_repeats_itself() {
    for seed in 0..EXERCISES {
        assert_same(seed, &entries(any(seed), 1), &entries(any(seed), 1));
    }
}

#[test]
fn a_run_among_many_is_the_run_alone() {
    for seed in 0..EXERCISES {
        let setups: Vec<Setup> = (0..5).map(|run| Setup::of(9, run)).collect();
        let mut together = Simulation::new(exercise(any(seed)), &setups);
        together.finish();
        for run in 0..5 {
            assert_same(
                seed,
                &together.take_entries(run),
                &entries(any(seed), run as u64),
            );
        }
    }
}

#[test]
fn a_lane_that_was_used_before_is_as_good_as_new() {
    for seed in 0..EXERCISES {
        let mut used = Simulation::new(exercise(any(seed)), &[Setup::of(9, 7)]);
        used.finish();
        used.reset(0, &Setup::of(9, 2));
        used.finish();
        assert_same(seed, &used.take_entries(0), &entries(any(seed), 2));
        let mut halfway = Simulation::new(exercise(any(seed)), &[Setup::of(9, 7)]);
        halfway.advance_to(ExerciseTime(Span::hours(5).0));
        halfway.reset(0, &Setup::of(9, 2));
        halfway.finish();
        assert_same(seed, &halfway.take_entries(0), &entries(any(seed), 2));
    }
}

#[test]
fn advancing_in_slices_is_advancing_at_once() {
    for seed in 0..EXERCISES {
        let mut numbers = Numbers::new(seed + 1_000);
        let mut sliced = Simulation::new(exercise(any(seed)), &[Setup::of(9, 3)]);
        let mut at = ExerciseTime(-Span::DAY.0);
        for _ in 0..60 {
            at = at + Span(1 + numbers.below(Span::hours(9).0 as usize) as i64);
            sliced.advance_to(at);
        }
        sliced.finish();
        assert_same(seed, &sliced.take_entries(0), &entries(any(seed), 3));
    }
}

#[test]
fn names_for_people_to_read_change_nothing() {
    for seed in 0..EXERCISES {
        let mut renamed = any(seed);
        renamed.organisation.name = "Other".to_owned();
        renamed.plan.title = "Other".to_owned();
        renamed.scenario.title = "Other".to_owned();
        for task in &mut renamed.plan.tasks {
            task.title = "Other".to_owned();
        }
        for asset in &mut renamed.organisation.assets {
            asset.title = "Other".to_owned();
        }
        assert_same(seed, &entries(renamed, 1), &entries(any(seed), 1));
    }
}

#[test]
fn what_is_never_used_changes_nothing() {
    for seed in 0..EXERCISES {
        let mut wider = any(seed);
        let organisation = &mut wider.organisation;
        let person = crate::exercise::Person {
            channels: organisation.people[0].channels.clone(),
            ..fixture::person("z-idle")
        };
        organisation.people.push(person);
        // On no network, and of a kind that no other asset relies on.
        organisation
            .assets
            .push(fixture::asset("z-shelf", AssetKind::PaperArchive));
        organisation.channels.push(fixture::channel(
            "z-letter",
            crate::exercise::ChannelKind::Letter,
        ));
        let never = crate::exercise::Inject {
            at: None,
            when: Some(Condition::Any(vec![])),
            ..fixture::inject("z-never")
        };
        wider.scenario.injects.push(never);
        // A first step is taken on any asset, so the one on the shelf must not be among them.
        let narrowed = |mut parts: Parts| {
            for step in &mut parts.scenario.steps {
                if step.targets == crate::exercise::Selector::Everything {
                    step.targets = crate::exercise::Selector::Kind(AssetKind::FileServer);
                }
            }
            parts
        };
        assert_same(
            seed,
            &entries(narrowed(wider), 1),
            &entries(narrowed(any(seed)), 1),
        );
    }
}

#[test]
fn a_record_replays_entry_for_entry() {
    for seed in 0..EXERCISES {
        let record = simulate(
            &exercise(any(seed)),
            &Setup::of(9, 4),
            Provenance::default(),
        );
        let again = replay::replay(&record);
        assert_eq!(
            replay::first_difference(&record, &again),
            None,
            "exercise {seed}"
        );
    }
}
