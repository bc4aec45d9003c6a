//! A change on the same draws, run after run until its intervals are narrow enough.

use super::claim::{Claim, Finding, Weighed};
use super::lab::{Course, Lab, Reach, on_all_threads};
use std::sync::{Arc, Mutex};

/// How often all intervals of a law together fail to hold their figures.
const FAILS: f64 = 0.01;
/// With how many runs a comparison of the long form begins.
const FIRST: u64 = 250;

/// What is compared, and what is said of it.
#[derive(Debug)]
pub struct Trial {
    /// The scenario.
    pub scenario: &'static str,
    /// What was changed.
    pub change: String,
    /// The runs before.
    pub before: Arc<Course>,
    /// The runs after.
    pub after: Arc<Course>,
    /// What is said.
    pub claims: Vec<Claim>,
    /// How many runs it has in the short form.
    pub short: u64,
}

/// Compares every trial of a law.
pub fn compare(lab: &Lab, law: &'static str, trials: Vec<Trial>) -> Vec<Finding> {
    let wanted = trials
        .into_iter()
        .filter(|trial| trial.change.contains(lab.only));
    let trials: Vec<Trial> = wanted.collect();
    let claims: usize = trials.iter().map(|trial| trial.claims.len()).sum();
    let fails = FAILS / f64::from(claims.max(1) as u32);
    // A trial is dropped with its runs when it is done: there may be hundreds.
    let waiting: Vec<Mutex<Option<Trial>>> =
        trials.into_iter().map(|it| Mutex::new(Some(it))).collect();
    let found = on_all_threads(waiting.len(), |i| {
        let mut place = waiting[i].lock().expect("each is taken once");
        let trial = place.take().expect("each is taken once");
        judged(&trial, law, lab.reach, fails)
    });
    found.into_iter().flatten().collect()
}

fn judged(trial: &Trial, law: &'static str, reach: Reach, fails: f64) -> Vec<Finding> {
    let mut weighed: Vec<Weighed> = trial.claims.iter().copied().map(Weighed::new).collect();
    let (first, most) = match reach {
        Reach::Short { most } => (trial.short.min(most), trial.short.min(most)),
        Reach::Long { most } => (FIRST.min(most), most),
    };
    let (mut done, mut next, mut out_of_order) = (0, first, 0);
    loop {
        let (before, after) = (trial.before.runs(done..next), trial.after.runs(done..next));
        for (before, after) in before.iter().zip(&after) {
            for of in &mut weighed {
                of.add(before, after);
            }
            let worse = after.carried_out < before.carried_out;
            out_of_order += u64::from(worse && after.out_of_order && !before.out_of_order);
        }
        done = next;
        // Only how narrow the intervals are decides when it ends, never what they say.
        if done >= most || weighed.iter().all(|of| of.is_narrow(fails)) {
            break;
        }
        next = (done + done / 2).min(most);
    }
    let names = (trial.scenario, trial.change.as_str());
    let found = weighed.iter().map(|of| of.finding(law, names, fails));
    let mut found: Vec<Finding> = found.collect();
    if out_of_order > 0 {
        for finding in &mut found {
            let order = format!("order: {out_of_order} runs");
            let note = [finding.note.as_str(), &order].join(" ");
            note.trim().clone_into(&mut finding.note);
        }
    }
    found
}
