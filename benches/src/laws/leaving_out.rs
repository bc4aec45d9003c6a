//! Law 14: a step of good practice that is left out is no gain.

use super::Law;
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::lab::{Ground, Lab};
use super::trial::{Trial, compare};
use crate::{clinic_with_plan, shipped_plan};
use std::sync::Arc;

/// Law 14.
pub const LAW: Law = Law {
    name: "14 leaving out",
    says: "A step that is left out is no gain: without any one of its tasks, the plan is not surely carried out \
           better by more than half a point, nor surely passed in more than two of a hundred runs more.",
    find: leaving_out,
};

/// In how many runs a task is tried whose measure another one implies, and in how many any other.
const IMPLIED: u64 = 300;
const SHORT: u64 = 30;
const SLACK: f64 = 0.5;
const RUNS: f64 = 2.0;
/// Tasks of which another does the work where there are none: leaving them out is the most tempting.
const DONE_BY_OTHERS: [&str; 5] = [
    "call-team",
    "check-restored",
    "classify",
    "scope",
    "take-report",
];

/// The plan without one of its tasks: what came after it comes after what came before it.
fn leaving_out(lab: &Lab) -> Vec<Finding> {
    let tasks = tasks(shipped_plan());
    let trials: Vec<Trial> = lab
        .grounds
        .iter()
        .flat_map(|of| tasks.iter().map(move |task| trial(lab, of, task)))
        .collect();
    compare(lab, LAW.name, trials)
}

fn trial(lab: &Lab, ground: &Ground, task: &str) -> Trial {
    let plan = without(shipped_plan(), task);
    let often = DONE_BY_OTHERS.contains(&task);
    Trial {
        scenario: ground.id,
        change: format!("without {task}"),
        before: Arc::clone(&ground.shipped),
        after: lab.course(clinic_with_plan(ground.id, &plan)),
        claims: vec![
            Claim::new(Figure::CarriedOut, Says::NotHigher(SLACK)),
            Claim::new(Figure::Passed, Says::NotHigher(RUNS)),
        ],
        short: if often { IMPLIED } else { SHORT },
    }
}

const BEGINS: &str = "\n        (id: \"";
const LIST: &str = "\n    tasks: [";
const END: &str = "\n    ],\n";

/// Where the tasks of a plan stand in its text.
fn list(plan: &str) -> std::ops::Range<usize> {
    let from = plan.find(LIST).expect("a plan has tasks") + LIST.len();
    from..from + plan[from..].find(END).expect("they end")
}

/// The tasks of a plan, each of which begins at a line of its own.
fn tasks(plan: &str) -> Vec<String> {
    let pieces = plan[list(plan)].split(BEGINS).skip(1);
    pieces
        .map(|piece| piece.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

/// The text of a plan without a task, and without what names it.
fn without(plan: &str, task: &str) -> String {
    let range = list(plan);
    let begins = format!("{BEGINS}{task}\"");
    let at = range.start
        + plan[range.clone()]
            .find(&begins)
            .expect("it is in the plan");
    let rest = &plan[at + 1..range.end];
    let length = rest.find(BEGINS).unwrap_or(rest.len());
    let gone = &plan[at..at + 1 + length];
    let before = after(gone, "after").unwrap_or_default();
    let name = format!("\"{task}\"");
    let mut left = String::new();
    for (i, line) in plan.replace(gone, "").split('\n').enumerate() {
        if i > 0 {
            left.push('\n');
        }
        left.push_str(&relinked(line, &name, before));
    }
    left.replace(&format!(", then: [Start({name})]"), "")
        .replace(&format!(", task: {name}"), "")
}

/// What stands in such a list of a task.
fn after<'a>(text: &'a str, field: &str) -> Option<&'a str> {
    let head = format!("{field}: [");
    let from = text.find(&head)? + head.len();
    Some(&text[from..from + text[from..].find(']')?])
}

/// A line in which what came after a task comes after what came before it.
fn relinked(line: &str, name: &str, before: &str) -> String {
    let mut line = line.to_owned();
    for field in ["after", "after_any"] {
        let Some(old) = after(&line, field).filter(|of| of.contains(name)) else {
            continue;
        };
        let mut new: Vec<&str> = Vec::new();
        for of in old.split(", ").flat_map(|of| {
            let of = if of == name { before } else { of };
            of.split(", ")
        }) {
            if !of.is_empty() && !new.contains(&of) {
                new.push(of);
            }
        }
        let was = format!("{field}: [{old}], ");
        let is = if new.is_empty() {
            String::new()
        } else {
            format!("{field}: [{}], ", new.join(", "))
        };
        line = line.replace(&was, &is);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_after_a_task_comes_after_what_came_before_it() {
        let plan = shipped_plan();
        let left = without(plan, "classify");
        assert!(!left.contains("classify\""));
        assert_eq!(tasks(&left).len() + 1, tasks(plan).len());
        let briefs = &left[left
            .find("\"brief-management\"")
            .expect("it is still there")..];
        assert_eq!(after(briefs, "after"), Some("\"triage\""));
        // The first of all has nothing before it, and the last of the list is one of it.
        assert!(!without(plan, "triage").contains("\"triage\""));
        assert!(!without(plan, "close").contains("id: \"close\""));
    }

    #[test]
    fn the_tasks_of_which_others_do_the_work_are_in_the_plan() {
        let all = tasks(shipped_plan());
        assert!(
            DONE_BY_OTHERS
                .iter()
                .all(|task| all.contains(&(*task).to_owned()))
        );
    }
}
