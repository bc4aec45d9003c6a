//! The yardstick: the organisation's, and what of it is softer than the default.

use super::binder::Binder;
use super::condition::Decisions;
use super::ledger::Ledger;
use super::plan::around;
use crate::defaults;
use crate::definition;
use hotwash_engine::exercise::{
    BasisPoints, Criterion, Limit, Organisation, Phase, Scoring, Severity, SeverityRule, Softer,
    Span, Target, Yardstick,
};

/// The yardstick of an organisation that sets none.
pub(super) fn default(organisation: &Organisation) -> Yardstick {
    let backups = super::plan::backups(organisation);
    with_rules(defaults::rules(&backups, organisation.revenue))
}

fn with_rules(rules: Vec<SeverityRule>) -> Yardstick {
    let targets = Phase::ALL.iter().flat_map(|phase| {
        let of = |severity: &Severity| default_target(*phase, *severity);
        Severity::ALL.iter().map(of)
    });
    Yardstick {
        targets: targets.collect(),
        rules,
        reassess_within: defaults::REASSESS,
        criteria: Vec::new(),
        scoring: Scoring {
            phases: defaults::PHASE_WEIGHTS.map(BasisPoints),
            parts: defaults::PART_WEIGHTS.map(BasisPoints),
            reached_share: BasisPoints(defaults::REACHED_SHARE),
        },
    }
}

/// The default target of a phase at a severity.
pub(super) const fn default_target(phase: Phase, severity: Severity) -> Target {
    let cell = defaults::cell(phase, severity);
    Target {
        phase,
        severity,
        reached: cell.reached,
        completed: cell.completed,
        origin: None,
    }
}

impl Binder {
    /// What the organisation is judged by, and the default where that is stricter.
    pub(super) fn yardstick(
        &mut self,
        given: Option<&definition::Yardstick>,
        organisation: &Organisation,
        decisions: &Decisions,
    ) -> (Yardstick, Option<Softer>) {
        let default = default(organisation);
        let Some(given) = given else {
            return (default, None);
        };
        self.ledger.given(1);
        // What it leaves open is the default's, and stands among the defaults of the plan.
        let listed = std::mem::take(&mut self.ledger);
        let own = Yardstick {
            targets: self.targets(&given.targets),
            rules: if given.rules.is_empty() {
                default.rules.clone()
            } else {
                self.rules(&given.rules, decisions)
            },
            reassess_within: self.by_severity(
                given.reassess_within.as_ref(),
                "",
                "",
                defaults::REASSESS,
            ),
            criteria: self.criteria(&given.criteria, decisions),
            scoring: self.scoring(given.scoring.as_ref()),
        };
        let _: Ledger = std::mem::replace(&mut self.ledger, listed);
        let cells = softer(&own, &default);
        let beside = (!cells.is_empty()).then_some(Softer { cells, default });
        (own, beside)
    }

    fn criteria(
        &mut self,
        given: &[definition::Criterion],
        decisions: &Decisions,
    ) -> Vec<Criterion> {
        let mut criteria: Vec<Criterion> = Vec::new();
        for one in given {
            let around = around(decisions, "yardstick");
            criteria.push(Criterion {
                phase: one.phase.value,
                entry: self.condition_if(one.entry.as_ref(), around),
                exit: self.condition_if(one.exit.as_ref(), around),
            });
        }
        criteria.sort_by_key(|of| of.phase);
        criteria
    }
}

/// What of a yardstick is softer than the default, in words. Of a severity table, of criteria and of weights
/// of its own nobody can tell, so they are named as well.
fn softer(own: &Yardstick, default: &Yardstick) -> Vec<String> {
    let mut cells = Vec::new();
    for target in &default.targets {
        let (phase, severity) = (target.phase, target.severity);
        let mine = own.target(phase, severity);
        let pairs = [
            ("reached", mine.and_then(|of| of.reached), target.reached),
            (
                "complete",
                mine.and_then(|of| of.completed),
                target.completed,
            ),
        ];
        for (what, mine, usual) in pairs {
            if usual.is_some_and(|usual| mine.is_none_or(|mine| most(mine) > most(usual))) {
                cells.push(format!("{phase} {what} at {severity}"));
            }
        }
        if mine.is_some_and(|of| of.origin.is_some()) {
            cells.push(format!("{phase} at {severity} from a mark of its own"));
        }
    }
    for severity in Severity::ALL {
        let i = severity.index();
        if own.reassess_within[i] > default.reassess_within[i] {
            cells.push(format!("classified anew at {severity}"));
        }
    }
    if own.rules != default.rules {
        cells.push("a severity table of its own".to_owned());
    }
    if own.scoring != default.scoring {
        cells.push("weights of its own".to_owned());
    }
    let criteria = own.criteria.iter();
    cells.extend(criteria.map(|of| format!("a criterion of its own for {}", of.phase)));
    cells
}

/// The longest time that a limit can give.
const fn most(limit: Limit) -> Span {
    match limit {
        Limit::Elapsed(span) => span,
        Limit::Days(days) => Span::days(days as i64 + 1),
        Limit::BusinessDays(days) => Span::days(days as i64 * 7 / 5 + 3),
        Limit::Months(months) => Span::days(months as i64 * 31),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_target_a_missing_one_and_a_later_look_are_softer_and_a_shorter_one_is_not() {
        let default = with_rules(Vec::new());
        assert!(softer(&default, &default).is_empty());
        let mut own = default.clone();
        own.targets[0].completed = Some(Limit::Elapsed(Span::minutes(1)));
        assert!(softer(&own, &default).is_empty());
        own.targets[0].completed = Some(Limit::Elapsed(Span::days(90)));
        own.targets[1].completed = None;
        own.reassess_within[3] = Span::days(1);
        own.scoring.phases[0].0 += 1;
        let cells = [
            "Identification complete at Low",
            "Identification complete at Medium",
            "classified anew at Critical",
            "weights of its own",
        ];
        assert_eq!(softer(&own, &default), cells);
    }
}
