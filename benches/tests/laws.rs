//! The laws of judging, with as many runs as fit, and spoiled judges that each of them finds.
//!
//! The example `laws` holds them in their long form. What does not hold yet stands in
//! `benches/src/laws/known.rs` and is seen to fail here.

use hotwash_benches::laws::spoiled::{self, Spoil};
use hotwash_benches::laws::{
    Finding, Lab, Law, Reach, duty, faster, ideal, implausible, known, leak, leaving_out,
    objectives, own_harm, seeing, waiting, yardstick,
};
use std::sync::LazyLock;

/// The shipped scenarios, whose runs all laws share.
static LAB: LazyLock<Lab> = LazyLock::new(|| Lab::new(Reach::TEST));

/// Fails unless a law holds but for what is known, and what is known not to hold is seen to fail.
fn hold(law: Law) {
    let found = (law.find)(&LAB);
    assert!(!found.is_empty(), "{} tries nothing", law.name);
    let surprises = known::surprises(&found, false);
    assert!(
        surprises.is_empty(),
        "{}\n{}",
        law.says,
        surprises.join("\n")
    );
}

#[test]
fn faster_is_never_worse() {
    hold(faster::LAW);
}

#[test]
fn where_nobody_waits_for_anybody_faster_is_not_worse_in_any_run() {
    hold(faster::MONOTONE);
}

#[test]
fn waiting_is_never_rewarded() {
    hold(waiting::LAW);
}

#[test]
fn seeing_is_worth_something() {
    hold(seeing::LAW);
}

#[test]
fn the_yardstick_is_not_the_plans() {
    hold(yardstick::LAW);
}

#[test]
fn law_is_not_the_plans_to_leave_out() {
    hold(duty::LAW);
}

#[test]
fn harm_of_ones_own_counts() {
    hold(own_harm::LAW);
}

#[test]
fn what_is_out_is_out_once() {
    hold(leak::LAW);
}

#[test]
fn what_an_objective_claims_is_true_in_the_run() {
    hold(objectives::LAW);
}

#[test]
fn implausible_wins_nothing() {
    hold(implausible::LAW);
}

#[test]
fn knowing_and_not_waiting_is_worth_something() {
    hold(ideal::LAW);
}

#[test]
fn a_step_that_is_left_out_is_no_gain() {
    hold(leaving_out::LAW);
}

/// A law with a judge that is at fault, and the changes by which the law has to find it.
type Fault = (Law, Spoil, &'static str);

const FAULTS: [Fault; 12] = [
    (faster::LAW, spoiled::quick_is_careless, "close at 1/10"),
    (faster::MONOTONE, spoiled::quick_is_careless, "at 1s"),
    (waiting::LAW, spoiled::waiting_is_wise, "close waits"),
    (
        seeing::LAW,
        spoiled::blind_is_bliss,
        "without access-review",
    ),
    (yardstick::LAW, spoiled::modest_is_good, "no targets"),
    (duty::LAW, spoiled::law_is_the_plans, "no duties"),
    (own_harm::LAW, spoiled::more_is_better, "Isolate"),
    (leak::LAW, spoiled::leaks_count_again, "3d"),
    (objectives::LAW, spoiled::better_than_best, "all wait 4h"),
    (implausible::LAW, spoiled::few_tasks_few_faults, "omni"),
    (ideal::LAW, spoiled::better_than_best, ""),
    (
        leaving_out::LAW,
        spoiled::less_is_more,
        "without keep-watch",
    ),
];

/// A fault of a point that is there in every run is seen in few.
const FEW: Reach = Reach::Short { most: 30 };

fn broken(found: &[Finding]) -> Vec<&str> {
    let broken = found.iter().filter(|it| !it.holds);
    broken.map(|it| it.change.as_str()).collect()
}

#[test]
fn each_law_finds_a_judge_that_is_at_fault() {
    for (law, spoil, change) in FAULTS {
        let lab = Lab::with(FEW, Some(spoil), change);
        let found = (law.find)(&lab);
        let places = broken(&found);
        let everywhere = found.iter().filter(|it| it.change.contains(change));
        assert!(
            places.len() >= lab.grounds.len().min(everywhere.count()),
            "{} does not find its spoiled judge: {places:?}",
            law.name
        );
    }
}

#[test]
fn every_known_failure_is_of_a_law_and_said_once() {
    for (i, known) in known::KNOWN.iter().enumerate() {
        let laws = hotwash_benches::laws::LAWS;
        assert!(laws.iter().any(|law| law.name == known.law), "{known:?}");
        let key = (known.law, known.scenario, known.change, known.claim);
        let others = &known::KNOWN[..i];
        let again = others
            .iter()
            .any(|of| (of.law, of.scenario, of.change, of.claim) == key);
        assert!(!again, "{known:?} is said twice");
    }
}
