//! The yardstick: what an organisation is judged by, whatever its plan asks of itself.

use super::{BySeverity, Condition, Map, Scoring, SeverityRule, TargetEntry};
use crate::source::Spanned;
use hotwash_engine::exercise::{Phase, Span};

record! {
    /// What an organisation is judged by.
    Yardstick, "a yardstick" {
        /// How long each phase may take. Default: a table by phase and severity.
        targets: Map<Phase, TargetEntry>,
        /// The severity table by which a classification is sound. Default: a table by dimension of
        /// impact.
        rules: Vec<SeverityRule>,
        /// How long a classification stands while new facts change its result, for all severities
        /// or by severity. Default: 1h for Critical, 4h, 1d, 3d.
        reassess_within: Option<BySeverity<Span>>,
        /// When phases are reached and complete, where that is not the default rule.
        criteria: Vec<Criterion>,
        /// How scores are weighted. Default: a table.
        scoring: Option<Scoring>,
    }
}

record! {
    /// When a phase is reached and complete, instead of the default rule.
    Criterion, "a criterion" {
        /// The phase.
        phase: Spanned<Phase>,
        /// When it is reached. Default: the rule of the phase.
        entry: Option<Spanned<Condition>>,
        /// When it is complete. Default: the rule of the phase.
        exit: Option<Spanned<Condition>>,
    }
}
