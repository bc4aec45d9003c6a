//! The engine against theory, where theory is exact.
//!
//! Every oracle is an exercise whose outcome somebody has worked out: by a formula of queueing theory
//! or probability, by hand, or by a second and simpler way of counting. The exercises are written in
//! the definition language like any other and run through the engine's public interface; what is
//! compared is read from their records. `docs/selftest.md` lists the oracles with their conditions,
//! formulas and sources.
//!
//! [`run`] is behind `hotwash selftest`, and the test suite asserts the same checks with fewer runs.

mod attention;
mod calendar;
mod chance;
mod check;
mod clocks;
mod escalation;
mod laws;
mod network;
mod outage;
mod priority;
mod queues;
mod statistics;
#[cfg(test)]
mod tests;
mod theory;
mod trial;
mod work;

pub use check::{Check, Comparison, Estimate, Exact, Reference};
pub use trial::{Effort, Runner, Trial};

use serde::Serialize;

/// The chance that a right engine fails some estimate of the table, at most (Bonferroni).
pub const FALSE_ALARM: f64 = 0.001;

/// A family of checks that share conditions and a source.
struct Oracle {
    title: &'static str,
    conditions: &'static str,
    checks: fn(&Trial<'_>) -> Vec<Check>,
}

const ORACLES: [Oracle; 11] = [
    Oracle {
        title: "PLANS",
        conditions: "tireless, people around the clock",
        checks: network::checks,
    },
    Oracle {
        title: "QUEUES",
        conditions: "tireless; alerts at random, first come first served",
        checks: queues::checks,
    },
    Oracle {
        title: "PRIORITY",
        conditions: "two classes, one person, work is not interrupted",
        checks: priority::checks,
    },
    Oracle {
        title: "WORK",
        conditions: "a person for each task",
        checks: work::checks,
    },
    Oracle {
        title: "CHANCE",
        conditions: "an attacker picks among equal assets",
        checks: chance::checks,
    },
    Oracle {
        title: "ATTENTION",
        conditions: "mail sent ten minutes before the end of a shift",
        checks: attention::checks,
    },
    Oracle {
        title: "ESCALATION",
        conditions: "a message that nobody can notice",
        checks: escalation::checks,
    },
    Oracle {
        title: "OUTAGE",
        conditions: "five assets that depend on each other",
        checks: outage::checks,
    },
    Oracle {
        title: "CALENDAR",
        conditions: "terms counted where the recipient is",
        checks: calendar::checks,
    },
    Oracle {
        title: "CLOCKS",
        conditions: "a report that is due after a warning",
        checks: clocks::checks,
    },
    Oracle {
        title: "LAWS",
        conditions: "due instants worked out by hand",
        checks: laws::checks,
    },
];

/// What came of all checks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// From what all chance was drawn.
    pub seed: u64,
    /// The chance that a right engine fails some estimate, at most.
    pub false_alarm: f64,
    /// The p-value below which an estimate fails: the chance above over the number of estimates.
    pub least_p: f64,
    /// The checks by family.
    pub families: Vec<Family>,
}

/// The checks of one oracle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Family {
    /// Its title.
    pub title: &'static str,
    /// Under which conditions its theory is exact.
    pub conditions: &'static str,
    /// Its checks.
    pub checks: Vec<Check>,
}

impl Report {
    /// Every check.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.families.iter().flat_map(|family| &family.checks)
    }

    /// Whether a check agrees with theory.
    pub fn agrees(&self, check: &Check) -> bool {
        check.agrees(self.least_p)
    }

    /// Whether every check agrees with theory.
    pub fn all_agree(&self) -> bool {
        self.checks().all(|check| self.agrees(check))
    }
}

/// Runs every oracle, and says before each how many are done, how many there are, and which is next.
pub fn run(trial: &Trial<'_>, progress: &mut dyn FnMut(usize, usize, &str)) -> Report {
    let mut families = Vec::new();
    for (done, oracle) in ORACLES.iter().enumerate() {
        progress(done, ORACLES.len(), oracle.title);
        families.push(Family {
            title: oracle.title,
            conditions: oracle.conditions,
            checks: (oracle.checks)(trial),
        });
    }
    let all = families.iter().flat_map(|family| &family.checks);
    let estimates = all.filter(|check| matches!(check.comparison, Comparison::Estimate(_)));
    #[expect(clippy::cast_precision_loss, reason = "a table has few rows")]
    let estimates = estimates.count().max(1) as f64;
    Report {
        seed: trial.seed,
        false_alarm: FALSE_ALARM,
        least_p: FALSE_ALARM / estimates,
        families,
    }
}
