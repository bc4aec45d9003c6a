//! The yardstick: what an organisation is judged by, whatever its plan asks of itself.

use super::{Condition, Phase, Plan, Scoring, Severity, SeverityRule, Span, Target};
use serde::{Deserialize, Serialize};

/// What a run is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yardstick {
    /// How long each phase may take; sorted by phase, severity.
    pub targets: Vec<Target>,
    /// The severity table: a classification is sound if it is what this gives.
    pub rules: Vec<SeverityRule>,
    /// How long a classification stands while new facts change its result, by severity, Low first.
    pub reassess_within: [Span; 4],
    /// When phases are reached and complete, where that is not the default rule; sorted by phase.
    pub criteria: Vec<Criterion>,
    /// How scores are weighted.
    pub scoring: Scoring,
}

/// When a phase is reached and complete, instead of the default rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The phase.
    pub phase: Phase,
    /// When it is reached.
    pub entry: Option<Condition>,
    /// When it is complete.
    pub exit: Option<Condition>,
}

/// The default yardstick, beside one of an organisation that is softer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Softer {
    /// What is softer than the default, in words.
    pub cells: Vec<String>,
    /// The default.
    pub default: Yardstick,
}

impl Yardstick {
    /// The target of a phase at a severity, where it has one.
    pub fn target(&self, phase: Phase, severity: Severity) -> Option<&Target> {
        target(&self.targets, phase, severity)
    }

    /// What of this can be said of any exercise, the rest as another has it: its targets, times and
    /// weights, and those of its tables that name nothing of an exercise by its id.
    #[must_use]
    pub fn carried_over_to(&self, other: &Self) -> Self {
        let rules = self.rules.iter().map(|rule| &rule.when);
        let criteria = self.criteria.iter();
        let criteria = criteria.flat_map(|of| of.entry.iter().chain(&of.exit));
        let anywhere = |mut of: &mut dyn Iterator<Item = &Condition>| {
            Iterator::all(&mut of, |condition| {
                !condition.facts().iter().any(|fact| fact.names())
            })
        };
        Self {
            rules: if anywhere(&mut { rules }) {
                self.rules.clone()
            } else {
                other.rules.clone()
            },
            criteria: if anywhere(&mut { criteria }) {
                self.criteria.clone()
            } else {
                other.criteria.clone()
            },
            ..self.clone()
        }
    }

    /// What a plan asks of itself.
    pub fn of_plan(plan: &Plan) -> Self {
        Self {
            targets: plan.targets.clone(),
            rules: plan.classification.rules.clone(),
            reassess_within: plan.classification.reassess_within,
            criteria: Vec::new(),
            scoring: plan.scoring.clone(),
        }
    }
}

/// The target of a phase at a severity among some, where it has one.
pub(super) fn target(targets: &[Target], phase: Phase, severity: Severity) -> Option<&Target> {
    let mut targets = targets.iter();
    targets.find(|target| target.phase == phase && target.severity == severity)
}
