//! The laws of judging: whoever does better scores better, whoever does worse scores worse.
//!
//! A law is a function of a [`Lab`], which holds every shipped scenario with the clinic, to
//! [`Finding`]s. It changes an exercise, plays it on the same draws as before, and says of each change
//! what was to be so and whether it is. No run is left out: what could not be scored counts as nothing
//! carried out.
//!
//! A claim rests on an interval. All intervals of a law hold together in 99 of 100 (Bonferroni), and in
//! its long form a comparison goes on until its interval is narrow enough for a fault of one point to be
//! seen ([`claim`]). That it would be seen is tested: each law has a spoiled judge ([`spoiled`]), at fault
//! by one point, and has to find it.
//!
//! `benches/tests/laws.rs` holds the laws with as many runs as fit into a test, the example `laws` in
//! their long form. What does not hold yet stands in one list ([`known`]) and is seen to fail.

pub mod change;
pub mod claim;
pub mod duty;
pub mod faster;
pub mod figures;
pub mod ideal;
pub mod implausible;
pub mod known;
pub mod lab;
pub mod leak;
pub mod leaving_out;
pub mod objectives;
pub mod own_harm;
pub mod seeing;
pub mod spoiled;
pub mod table;
pub mod trial;
pub mod waiting;
pub mod yardstick;

pub use claim::Finding;
pub use lab::{Lab, Reach};

/// A law.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    /// Its number and name, by which findings and known failures name it.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
    /// What it finds.
    pub find: fn(&Lab) -> Vec<Finding>,
}

/// Every law that has a runner here, in order. Laws 8, 9 and 10 are held by tests of the evaluation.
pub const LAWS: [Law; 12] = [
    faster::LAW,
    faster::MONOTONE,
    waiting::LAW,
    seeing::LAW,
    yardstick::LAW,
    duty::LAW,
    own_harm::LAW,
    leak::LAW,
    objectives::LAW,
    implausible::LAW,
    ideal::LAW,
    leaving_out::LAW,
];
