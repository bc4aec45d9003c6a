//! Law 5: law is not the plan's to leave out.

use super::Law;
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::lab::{Ground, Lab};
use super::trial::{Trial, compare};
use crate::{clinic_with_plan, shipped_plan};
use std::sync::Arc;

/// Law 5.
pub const LAW: Law = Law {
    name: "5 duty",
    says: "Law is not the plan's to leave out: without its communication plan and the tasks that tell, the \
           score is surely five points lower; with the tasks and without the clauses it is never higher.",
    find: duty,
};

const SHORT: u64 = 120;
/// What leaving every duty out costs at least, in points.
const COSTS: f64 = 5.0;

/// The plan without its communication plan, with the tasks that tell and without them.
fn duty(lab: &Lab) -> Vec<Finding> {
    let trials: Vec<Trial> = lab.grounds.iter().flat_map(|of| trials(lab, of)).collect();
    compare(lab, LAW.name, trials)
}

fn trials(lab: &Lab, ground: &Ground) -> [Trial; 2] {
    let trial = |change: &str, plan: &str, says| Trial {
        scenario: ground.id,
        change: change.to_owned(),
        before: Arc::clone(&ground.shipped),
        after: lab.course(clinic_with_plan(ground.id, plan)),
        claims: vec![Claim::new(Figure::Score, says)],
        short: SHORT,
    };
    let clauses = without_clauses(shipped_plan());
    let tasks = without_telling(&clauses);
    [
        trial("no duties, no telling", &tasks, Says::Lower(COSTS)),
        trial("no duties", &clauses, Says::NotHigher(0.0)),
    ]
}

/// The text of a plan without its communication plan.
fn without_clauses(plan: &str) -> String {
    const HEAD: &str = "\n    communication: [";
    const END: &str = "\n    ],\n";
    let from = plan.find(HEAD).expect("the plan has one");
    let length = plan[from..].find(END).expect("it ends") + END.len();
    [&plan[..=from], &plan[from + length..]].concat()
}

/// The text of a plan without its tasks that tell somebody, each of which begins at a line of its own, and
/// without what starts them.
fn without_telling(plan: &str) -> String {
    const BEGINS: &str = "\n        (id: \"";
    let (mut kept, mut gone) = (String::new(), Vec::new());
    for (i, piece) in plan.split(BEGINS).enumerate() {
        let task = piece.split("\n\n").next().unwrap_or_default();
        if i > 0 && task.contains("does: Notify(") {
            gone.extend(task.split('"').next());
            // What follows the last task of a list does not belong to it.
            let rest = piece.find("\n\n").map_or("", |at| &piece[at..]);
            kept.push_str(rest);
        } else {
            kept.push_str(if i > 0 { BEGINS } else { "" });
            kept.push_str(piece);
        }
    }
    gone.iter().fold(kept, |kept, task| {
        kept.replace(&format!(", then: [Start(\"{task}\")]"), "")
    })
}
