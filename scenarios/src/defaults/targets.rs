//! Target times by phase and true severity. Illustrative: no standard sets them.

use hotwash_engine::exercise::{Limit, Phase, Severity, Span};

/// The target of a phase at a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Until it is reached.
    pub(crate) reached: Option<Limit>,
    /// Until it is complete.
    pub(crate) completed: Option<Limit>,
}

const fn minutes(n: i64) -> Limit {
    Limit::Elapsed(Span::minutes(n))
}

const fn hours(n: i64) -> Limit {
    Limit::Elapsed(Span::hours(n))
}

/// The default target of a phase at a severity.
pub(crate) const fn cell(phase: Phase, severity: Severity) -> Cell {
    let column = severity as usize;
    let completed = match phase {
        Phase::Identification | Phase::Assessment => {
            [Limit::BusinessDays(1), hours(4), hours(1), minutes(30)]
        }
        Phase::Response => [Limit::BusinessDays(3), hours(24), hours(8), hours(4)],
        Phase::Resolution => [
            Limit::Days(20),
            Limit::Days(10),
            Limit::Days(5),
            Limit::Days(3),
        ],
        Phase::Recovery => [
            Limit::Days(20),
            Limit::Days(14),
            Limit::Days(7),
            Limit::Days(5),
        ],
        Phase::Closure => [
            Limit::BusinessDays(20),
            Limit::BusinessDays(20),
            Limit::BusinessDays(15),
            Limit::BusinessDays(10),
        ],
    };
    let reached = [Limit::BusinessDays(1), hours(4), hours(1), minutes(30)];
    Cell {
        reached: match phase {
            Phase::Response => Some(reached[column]),
            _ => None,
        },
        completed: Some(completed[column]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worse_incident_never_has_more_time() {
        let length = |limit: Option<Limit>| match limit {
            Some(Limit::Elapsed(span)) => span,
            Some(Limit::Days(days)) => Span::days(i64::from(days)),
            Some(Limit::BusinessDays(days)) => Span::days(i64::from(days) * 7 / 5 + 1),
            Some(Limit::Months(months)) => Span::days(i64::from(months) * 28),
            None => Span::ZERO,
        };
        for phase in Phase::ALL {
            for pair in Severity::ALL.windows(2) {
                let (mild, bad) = (cell(*phase, pair[0]), cell(*phase, pair[1]));
                assert!(length(mild.completed) >= length(bad.completed), "{phase}");
                assert!(length(mild.reached) >= length(bad.reached), "{phase}");
            }
        }
    }
}
