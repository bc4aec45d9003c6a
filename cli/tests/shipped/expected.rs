//! That people with the function do what is expected of it.

use crate::runs::ALL;
use hotwash_engine::evaluation::Standing;
use hotwash_engine::exercise::{ExpectationId, Identified};
use std::collections::BTreeMap;

#[test]
fn nothing_is_unmet_because_somebody_without_the_function_did_it_in_more_than_a_tenth_of_runs() {
    let mut unmet: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut looked = 0;
    for runs in ALL.iter() {
        for run in runs {
            let names = run.exercise.names();
            let scenario = run.exercise.scenario().slug.as_str();
            for verdict in &run.evaluation.expectations {
                looked += 1;
                let open = matches!(verdict.standing, Standing::Missed | Standing::Partly);
                if open && !verdict.by_others.is_empty() {
                    let id: ExpectationId = verdict.expectation;
                    *unmet
                        .entry((scenario, id.slug(names).as_str()))
                        .or_default() += 1;
                }
            }
        }
    }
    assert!(looked > 1_000, "only {looked}");
    let runs = ALL[0].len();
    let often: Vec<_> = unmet
        .iter()
        .filter(|(_, count)| **count * 10 > runs)
        .collect();
    assert!(often.is_empty(), "of {runs} runs: {often:?}");
}
