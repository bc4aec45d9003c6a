//! Law 2: waiting is never rewarded.

use super::Law;
use super::change::{tells, varied, wait};
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::lab::{Ground, Lab};
use super::trial::{Trial, compare};
use hotwash_engine::exercise::Span;
use std::sync::Arc;

/// Law 2.
pub const LAW: Law = Law {
    name: "2 waiting",
    says: "Waiting is never rewarded: a delay that the plan adds to a task does not make the team carry out \
           better. Telling tasks are excepted: what they say must first be known.",
    find: waiting,
};

const SHORT: u64 = 40;
const SLACK: f64 = 0.5;
/// The delays that are added.
const DELAYS: [(&str, Span); 3] = [
    ("8h", Span::hours(8)),
    ("1h", Span::hours(1)),
    ("2d", Span::days(2)),
];

/// Each task but those that tell waits one hour, eight, or two days longer, and all of them together do:
/// the mean of what is carried out is never surely higher by more than half a point.
fn waiting(lab: &Lab) -> Vec<Finding> {
    let trials: Vec<Trial> = lab.grounds.iter().flat_map(|of| trials(lab, of)).collect();
    compare(lab, LAW.name, trials)
}

fn trials(lab: &Lab, ground: &Ground) -> Vec<Trial> {
    let exercise = &ground.shipped.exercise;
    let tasks = exercise.plan().tasks.iter().enumerate();
    let places: Vec<usize> = tasks
        .filter(|(_, task)| !tells(task))
        .map(|(place, _)| place)
        .collect();
    let delays = &DELAYS[..lab.runs(1, DELAYS.len() as u64) as usize];
    let mut trials = Vec::new();
    for (name, by) in delays {
        let mut add = |what: String, which: &[usize]| {
            let after = varied(exercise, |parts| {
                for place in which {
                    wait(&mut parts.plan.tasks[*place], *by);
                }
            });
            trials.push(Trial {
                scenario: ground.id,
                change: format!("{what} waits {name}"),
                before: Arc::clone(&ground.shipped),
                after: lab.course(after),
                claims: vec![Claim::new(Figure::CarriedOut, Says::NotHigher(SLACK))],
                short: SHORT,
            });
        };
        for place in &places {
            add(exercise.plan().tasks[*place].slug.to_string(), &[*place]);
        }
        add("every task".to_owned(), &places);
    }
    trials
}
