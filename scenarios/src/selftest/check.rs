//! A quantity that theory knows, beside what the engine made of it.

use super::statistics::{normal_tails, spread};
use hotwash_engine::campaign::statistics::student_tails;
use serde::Serialize;
use std::fmt::Debug;

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// What is compared, with its unit.
    pub quantity: String,
    /// How it is compared.
    pub comparison: Comparison,
}

/// How theory and engine are compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Comparison {
    /// Case by case; each has to be equal.
    Exact(Exact),
    /// A mean or a share, within the error of its sample.
    Estimate(Estimate),
}

/// Cases that have to be equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exact {
    /// How many were compared.
    pub cases: usize,
    /// How many are equal.
    pub agreeing: usize,
    /// The first that is not: what it is, what was expected and what came.
    pub difference: Option<String>,
}

/// A number with the error of its sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// What theory says.
    pub theory: f64,
    /// What came of the simulation.
    pub simulated: f64,
    /// The standard error of what came.
    pub standard_error: f64,
    /// How many standard errors lie between them.
    pub score: f64,
    /// By which law the score is judged.
    pub reference: Reference,
    /// The chance of a score at least so far from 0 if theory holds.
    pub p: f64,
    /// How many independent observations it is made of.
    pub observations: u64,
}

/// The law of a score under theory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Reference {
    /// Student's t: the error is estimated from independent runs.
    Student,
    /// The normal law: theory gives the error as well.
    Normal,
}

impl Check {
    /// A mean over independent observations, whose error is estimated from their spread.
    pub(super) fn mean(quantity: impl Into<String>, theory: f64, observed: &[f64]) -> Self {
        let (simulated, standard_error) = spread(observed);
        let score = (simulated - theory) / standard_error;
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let degrees = observed.len() as f64 - 1.0;
        Self::estimate(
            quantity,
            Estimate {
                theory,
                simulated,
                standard_error,
                score,
                reference: Reference::Student,
                p: student_tails(score, degrees),
                observations: observed.len() as u64,
            },
        )
    }

    /// The share of independent trials that succeeded, each with the chance that theory gives.
    pub(super) fn share(quantity: impl Into<String>, theory: f64, of: (u64, u64)) -> Self {
        let (successes, trials) = of;
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let (successes, n) = (successes as f64, trials as f64);
        let (simulated, standard_error) = (successes / n, libm::sqrt(theory * (1.0 - theory) / n));
        let score = (simulated - theory) / standard_error;
        Self::estimate(
            quantity,
            Estimate {
                theory,
                simulated,
                standard_error,
                score,
                reference: Reference::Normal,
                p: normal_tails(score),
                observations: trials,
            },
        )
    }

    /// Whether it agrees with theory; of an estimate, if its p-value is at least this.
    pub fn agrees(&self, least_p: f64) -> bool {
        match &self.comparison {
            Comparison::Exact(exact) => exact.cases > 0 && exact.agreeing == exact.cases,
            // Written so that what is no number does not agree.
            Comparison::Estimate(estimate) => estimate.p >= least_p,
        }
    }

    fn estimate(quantity: impl Into<String>, estimate: Estimate) -> Self {
        Self {
            quantity: quantity.into(),
            comparison: Comparison::Estimate(estimate),
        }
    }

    /// Cases, each with what is expected and what came.
    pub(super) fn exact(quantity: impl Into<String>, cases: Cases) -> Self {
        Self {
            quantity: quantity.into(),
            comparison: Comparison::Exact(cases.0),
        }
    }
}

/// Cases that are compared one by one.
#[derive(Debug)]
pub(super) struct Cases(Exact);

impl Cases {
    pub(super) const fn new() -> Self {
        Self(Exact {
            cases: 0,
            agreeing: 0,
            difference: None,
        })
    }

    /// Compares one case.
    pub(super) fn equal<T: PartialEq + Debug>(&mut self, what: &str, expected: &T, came: &T) {
        self.holds(expected == came, || {
            format!("{what}: expected {expected:?}, came {came:?}")
        });
    }

    /// Notes whether one case is as it should be.
    pub(super) fn holds(&mut self, agrees: bool, difference: impl FnOnce() -> String) {
        self.0.cases += 1;
        if agrees {
            self.0.agreeing += 1;
        } else if self.0.difference.is_none() {
            self.0.difference = Some(difference());
        }
    }
}
