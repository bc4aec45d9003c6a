//! The plan as a whole: lifecycle, targets, classification, escalation, programme, scoring.

use super::binder::{Binder, tidy, title};
use super::condition::{Around, Decisions};
use super::dues::Due;
use super::ledger::Written;
use super::names::sorted;
use super::yardstick::default_target;
use crate::defaults::{self, ILLUSTRATIVE};
use crate::definition::{self, BySeverity};
use hotwash_engine::exercise::{
    AssetKind, BasisPoints, Classification, Escalation, Function, IncidentId, Organisation, Phase,
    Plan, Programme, Scoring, Severity, SeverityRule, Span, Stage, Target,
};

/// What a plan's conditions are about: the incident that they are looked at for.
pub(super) fn around<'a>(decisions: &'a Decisions, wanted_by: &'a str) -> Around<'a> {
    Around {
        incident: IncidentId::new(0),
        decisions,
        wanted_by,
    }
}

impl Binder {
    /// The plan without its decisions, which those of the injects join.
    pub(super) fn plan(
        &mut self,
        given: &definition::Plan,
        dues: &[Due<'_>],
        organisation: &Organisation,
        decisions: &Decisions,
    ) -> Plan {
        let classification = self.classification(given, organisation, decisions);
        let owner = given.owner.as_ref();
        let approved_by = given.approved_by.as_ref();
        let rules = &classification.rules;
        let clocks = self.clocks(given, dues);
        let tasks = self.tasks(given, dues, &clocks, rules, decisions);
        let obligations = self.obligations(given, dues, &clocks, rules, decisions);
        Plan {
            title: title(given.title.as_ref(), "Incident response plan"),
            version: title(given.version.as_ref(), "1"),
            owner: owner.map(|one| self.addressee(one, Function::Ciso, "plan")),
            approved_by: approved_by.map(|one| self.addressee(one, Function::Executive, "plan")),
            reviewed_on: given.reviewed_on.map(|day| day.value),
            next_review: given.next_review.map(|day| day.value),
            lifecycle: self.lifecycle(given, decisions),
            targets: self.targets(&given.targets),
            classification,
            tasks,
            decisions: Vec::new(),
            escalation: self.escalation(given),
            obligations,
            programme: self.programme(given),
            scoring: self.scoring(given.scoring.as_ref()),
        }
    }

    /// The plan's own stages. One that stands for several phases is entered with the first and left
    /// with the last.
    fn lifecycle(&mut self, given: &definition::Plan, decisions: &Decisions) -> Vec<Stage> {
        if given.lifecycle.is_empty() {
            let phases = Phase::ALL.iter().map(|phase| phase.name());
            let names: Vec<&str> = phases.collect();
            self.ledger
                .assume("plan", "lifecycle", names.join(", "), "ISO/IEC 27035");
            let stage = |phase: &Phase| Stage {
                name: phase.name().to_owned(),
                phase: *phase,
                entry: None,
                exit: None,
            };
            return Phase::ALL.iter().map(stage).collect();
        }
        self.ledger.given(given.lifecycle.len());
        let mut stages = Vec::new();
        for stage in &given.lifecycle {
            let by = format!("stage {}", stage.name.value);
            let around = around(decisions, &by);
            let entry = self.condition_if(stage.entry.as_ref(), around);
            let exit = self.condition_if(stage.exit.as_ref(), around);
            let last = stage.phase.len().saturating_sub(1);
            for (i, phase) in stage.phase.iter().enumerate() {
                stages.push(Stage {
                    name: stage.name.value.clone(),
                    phase: phase.value,
                    entry: entry.clone().filter(|_| i == 0),
                    exit: exit.clone().filter(|_| i == last),
                });
            }
        }
        stages
    }

    /// The targets that are given, and the default's for what is not.
    pub(super) fn targets(
        &mut self,
        given: &definition::Map<Phase, definition::TargetEntry>,
    ) -> Vec<Target> {
        let mut targets = Vec::new();
        for phase in Phase::ALL {
            let entries = given.get(phase).map_or(&[][..], |entry| &entry.0);
            let mut default = Vec::new();
            for severity in Severity::ALL {
                let own = entries
                    .iter()
                    .find(|target| target.severity.is_some_and(|of| of.value == *severity));
                let any = || entries.iter().find(|target| target.severity.is_none());
                let Some(target) = own.or_else(any) else {
                    let cell = defaults::cell(*phase, *severity);
                    default.push((*severity, cell));
                    targets.push(default_target(*phase, *severity));
                    continue;
                };
                targets.push(Target {
                    phase: *phase,
                    severity: *severity,
                    reached: target.reached.map(|limit| limit.value),
                    completed: target.completed.map(|limit| limit.value),
                    origin: target.from.map(|mark| mark.value),
                });
            }
            let place = format!("plan.targets.{phase}");
            if default.is_empty() {
                self.ledger.given(1);
            } else {
                let written = cells(&default);
                self.ledger.assume(&place, "", written, ILLUSTRATIVE);
            }
        }
        targets
    }

    fn classification(
        &mut self,
        given: &definition::Plan,
        organisation: &Organisation,
        decisions: &Decisions,
    ) -> Classification {
        const PLACE: &str = "plan.classification";
        let given = given.classification.as_ref();
        let rules = given.map_or(&[][..], |given| &given.rules);
        let rules = if rules.is_empty() {
            let table = "a table by dimension of impact".to_owned();
            self.ledger.assume(PLACE, "rules", table, ILLUSTRATIVE);
            defaults::rules(&backups(organisation), organisation.revenue)
        } else {
            self.ledger.given(rules.len());
            self.rules(rules, decisions)
        };
        let by = given.map_or(&[][..], |given| &given.by);
        let by = if by.is_empty() {
            let who = defaults::CLASSIFIES;
            self.ledger
                .assume(PLACE, "by", who.name().to_owned(), ILLUSTRATIVE);
            vec![self.function(who, "classification")]
        } else {
            self.ledger.given(1);
            self.addressees(by, defaults::CLASSIFIES, "classification")
        };
        let mut priorities = defaults::PRIORITIES;
        let own = given.map_or(&[][..], |given| &given.priorities.0);
        for (severity, row) in own {
            for (urgency, priority) in &row.0 {
                priorities[severity.value.index()][urgency.value.index()] = priority.value;
            }
        }
        if own.is_empty() {
            let table = "a table by severity and urgency".to_owned();
            self.ledger.assume(PLACE, "priorities", table, ILLUSTRATIVE);
        } else {
            self.ledger.given(1);
        }
        let reassess = given.and_then(|given| given.reassess_within.as_ref());
        Classification {
            rules,
            priorities,
            by,
            reassess_within: self.by_severity(
                reassess,
                PLACE,
                "reassess_within",
                defaults::REASSESS,
            ),
        }
    }

    /// The rules in an order that does not depend on how they were listed: the worst of those that
    /// hold counts, wherever it stands.
    pub(super) fn rules(
        &mut self,
        given: &[definition::SeverityRule],
        decisions: &Decisions,
    ) -> Vec<SeverityRule> {
        let mut rules = Vec::new();
        for rule in given {
            rules.push(SeverityRule {
                level: rule.level.value,
                impact: rule.impact.as_ref().map(|impact| impact.value),
                when: self.condition(&rule.when, around(decisions, "classification")),
            });
        }
        rules.sort_by_cached_key(|rule| (rule.level, rule.impact, format!("{:?}", rule.when)));
        rules
    }

    pub(super) fn by_severity(
        &mut self,
        given: Option<&BySeverity<Span>>,
        place: &str,
        field: &str,
        default: [Span; 4],
    ) -> [Span; 4] {
        let all = [
            Severity::Low,
            Severity::Medium,
            Severity::High,
            Severity::Critical,
        ];
        all.map(|severity| {
            let own = given.and_then(|given| given.get(severity));
            let field = format!("{field}.{severity}");
            let default = default[severity.index()];
            self.ledger.or(own, place, &field, default, ILLUSTRATIVE)
        })
    }

    fn escalation(&mut self, given: &definition::Plan) -> Escalation {
        const PLACE: &str = "plan.escalation";
        let given = given.escalation.as_ref();
        let after = given.and_then(|given| given.after.as_ref());
        let after = self.by_severity(after, PLACE, "after", defaults::ESCALATION);
        let to = given.map_or(&[][..], |given| &given.to);
        let to = if to.is_empty() {
            let names = defaults::ESCALATED_TO.map(Function::name).join(", ");
            self.ledger.assume(PLACE, "to", names, ILLUSTRATIVE);
            let to = defaults::ESCALATED_TO;
            to.map(|function| self.function(function, "escalation"))
                .to_vec()
        } else {
            self.ledger.given(1);
            let to = to.iter();
            to.map(|one| self.addressee(one, Function::Executive, "escalation"))
                .collect()
        };
        Escalation { after, to }
    }

    fn programme(&mut self, given: &definition::Plan) -> Vec<Programme> {
        let mut programme = Vec::new();
        for item in sorted(&given.programme) {
            self.ledger.given(1);
            let phases = tidy(item.phases.iter().map(|phase| phase.value).collect());
            let all = || Phase::ALL.to_vec();
            programme.push(Programme {
                slug: item.id.value.clone(),
                phases: if phases.is_empty() { all() } else { phases },
                every_days: item.every.value.0,
                last_days_ago: item.last.map(|age| self.days_ago(age.value)),
            });
        }
        programme
    }

    /// The weights. Where a plan weighs phases, one that it does not name weighs nothing.
    pub(super) fn scoring(&mut self, given: Option<&definition::Scoring>) -> Scoring {
        const PLACE: &str = "plan.scoring";
        let own = given
            .map(|given| &given.phases)
            .filter(|own| !own.0.is_empty());
        let mut phases = defaults::PHASE_WEIGHTS.map(BasisPoints);
        if let Some(own) = own {
            self.ledger.given(1);
            for phase in Phase::ALL {
                let weight = own.get(phase).map(|weight| weight.value);
                phases[phase.index()] = weight.unwrap_or(BasisPoints::ZERO);
            }
        } else {
            let written = phases.map(|weight| weight.written()).join(", ");
            self.ledger.assume(PLACE, "phases", written, ILLUSTRATIVE);
        }
        let [timeliness, coverage, judgement] = defaults::PART_WEIGHTS.map(BasisPoints);
        let ledger = &mut self.ledger;
        let mut part = |part: Option<crate::source::Spanned<BasisPoints>>, field, default| {
            ledger.or(part.as_ref(), PLACE, field, default, ILLUSTRATIVE)
        };
        let parts = [
            part(given.and_then(|it| it.timeliness), "timeliness", timeliness),
            part(given.and_then(|it| it.coverage), "coverage", coverage),
            part(given.and_then(|it| it.judgement), "judgement", judgement),
        ];
        let reached = BasisPoints(defaults::REACHED_SHARE);
        let reached_share = part(given.and_then(|it| it.reached), "reached", reached);
        self.check_weights(given, &phases, &parts);
        Scoring {
            phases,
            parts,
            reached_share,
        }
    }

    fn check_weights(
        &mut self,
        given: Option<&definition::Scoring>,
        phases: &[BasisPoints],
        parts: &[BasisPoints],
    ) {
        use crate::diagnostic::{Code, Diagnostic};
        let sum = |of: &[BasisPoints]| of.iter().map(|w| u32::from(w.0)).sum::<u32>();
        for (what, weights) in [("phases", phases), ("parts of a phase score", parts)] {
            if let Some(given) = given.filter(|_| sum(weights) != 10_000) {
                let message = format!("the weights of the {what} do not sum to 1");
                self.problems
                    .push(Diagnostic::new(Code::Weights, message, given.place));
            }
        }
    }
}

/// The kinds of backup that an organisation has.
pub(super) fn backups(organisation: &Organisation) -> Vec<AssetKind> {
    let kinds = organisation.assets.iter().map(|asset| asset.kind);
    tidy(kinds.filter(|kind| kind.is_backup()).collect())
}

/// Default targets in one line, such as `Critical 30m / 4h, High 1h / 8h`.
fn cells(all: &[(Severity, defaults::Cell)]) -> String {
    let one = |(severity, cell): &(Severity, defaults::Cell)| {
        let limits = [cell.reached, cell.completed].into_iter().flatten();
        let limits: Vec<String> = limits.map(|limit| limit.written()).collect();
        format!("{severity} {}", limits.join(" / "))
    };
    let all: Vec<String> = all.iter().rev().map(one).collect();
    all.join(", ")
}
