//! Law 12: implausible wins nothing.

use super::Law;
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::lab::{Ground, Lab};
use super::trial::{Trial, compare};
use crate::clinic_with_plan;
use std::sync::Arc;

/// The second half of law 12.
pub const LAW: Law = Law {
    name: "12 implausible",
    says: "Implausible wins nothing: a plan of a few tasks with many measures each for one person scores \
           surely below the shipped plan.",
    find: implausible,
};

const SHORT: u64 = 120;
/// How many kin are tried, in the short form and in the long one.
const KIN: [u64; 2] = [6, 100];

/// The plan of four tasks of a minute by the service desk, with which it began.
const OMNI: &str = include_str!("../../../cli/tests/plausible/omni.ron");

#[path = "../../../cli/tests/kin/mod.rs"]
mod kin;

/// The plan of four tasks, and a hundred of its kin, against the shipped plan in each scenario.
fn implausible(lab: &Lab) -> Vec<Finding> {
    let trials: Vec<Trial> = lab.grounds.iter().flat_map(|of| trials(lab, of)).collect();
    compare(lab, LAW.name, trials)
}

fn trials(lab: &Lab, ground: &Ground) -> Vec<Trial> {
    let kin = (0..lab.runs(KIN[0], KIN[1])).map(|seed| (format!("kin {seed}"), kin::plan(seed)));
    let all = [("omni".to_owned(), OMNI.to_owned())]
        .into_iter()
        .chain(kin);
    all.map(|(change, plan)| Trial {
        scenario: ground.id,
        change,
        before: Arc::clone(&ground.shipped),
        after: lab.course(clinic_with_plan(ground.id, &plan)),
        claims: vec![Claim::new(Figure::Score, Says::Lower(0.0))],
        short: SHORT,
    })
    .collect()
}
