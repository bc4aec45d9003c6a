//! The plan: lifecycle, targets, classification, escalation, communication, scoring.

use super::clock::days_ago;
use super::ledger::ILLUSTRATIVE;
use super::names::{implied_task, in_order};
use super::organisation::{function, title, words};
use super::people::by_phase;
use super::tables::{PHASE_WEIGHTS, PRIORITIES, REASSESS, UNNOTICED, severity_rules, target_of};
use super::{Binder, sorted};
use crate::definition::{self, BySeverity};
use hotwash_engine::exercise::{
    Addressee, BasisPoints, Classification, Condition, Escalation, Fact, Function, IncidentId,
    Knowable, Obligation, Organisation, Phase, Plan, Programme, Scoring, Severity, SeverityRule,
    Span, Stage, Target, TaskId, Trigger, Urgency,
};

/// A plan speaks of whatever incident it is applied to; its conditions carry the first.
pub(super) fn any() -> IncidentId {
    IncidentId::new(0)
}

impl Binder<'_> {
    pub(super) fn plan(&mut self, organisation: &Organisation) -> Plan {
        let given = self.plan;
        Plan {
            title: title(given.title.as_ref(), "Incident response plan"),
            version: title(given.version.as_ref(), "1"),
            owner: given.owner.as_ref().and_then(|owner| self.addressee(owner)),
            approved_by: given.approved_by.as_ref().and_then(|by| self.addressee(by)),
            reviewed_on: given.reviewed_on.map(|day| day.value),
            next_review: given.next_review.map(|day| day.value),
            lifecycle: self.lifecycle(),
            targets: self.targets(),
            classification: self.classification(organisation),
            tasks: self.tasks(),
            decisions: self.decisions(),
            escalation: self.escalation(),
            obligations: self.obligations(),
            programme: self.programme(),
            scoring: self.scoring(),
        }
    }

    fn lifecycle(&mut self) -> Vec<Stage> {
        if self.plan.lifecycle.is_empty() {
            let stage = |phase: &Phase| Stage {
                name: phase.name().to_owned(),
                phase: *phase,
                entry: None,
                exit: None,
            };
            return Phase::ALL.iter().map(stage).collect();
        }
        let mut stages = Vec::new();
        for given in &self.plan.lifecycle {
            for phase in given.phase.iter() {
                stages.push(Stage {
                    name: given.name.value.clone(),
                    phase: phase.value,
                    entry: self.optional(given.entry.as_ref(), any()),
                    exit: self.optional(given.exit.as_ref(), any()),
                });
            }
        }
        stages
    }

    /// The plan's targets, and the usual ones for phases that it leaves out.
    fn targets(&mut self) -> Vec<Target> {
        let mut targets = Vec::new();
        for phase in Phase::ALL {
            let given = self.plan.targets.get(phase);
            if given.is_none() {
                let place = format!("plan.targets.{phase}");
                self.ledger.table(
                    place,
                    "by severity, from the table of defaults",
                    ILLUSTRATIVE,
                );
            }
            for severity in Severity::ALL {
                let Some(entry) = given else {
                    let (reached, completed) = target_of(*phase, *severity);
                    targets.push(Target {
                        phase: *phase,
                        severity: *severity,
                        reached,
                        completed: Some(completed),
                        origin: None,
                    });
                    continue;
                };
                self.ledger.given(1);
                let named = |target: &&definition::Target| {
                    target
                        .severity
                        .is_some_and(|named| named.value == *severity)
                };
                let for_all = |target: &&definition::Target| target.severity.is_none();
                let found = entry
                    .0
                    .iter()
                    .find(named)
                    .or_else(|| entry.0.iter().find(for_all));
                targets.extend(found.map(|target| Target {
                    phase: *phase,
                    severity: *severity,
                    reached: target.reached.map(|limit| limit.value),
                    completed: target.completed.map(|limit| limit.value),
                    origin: target.from.map(|mark| mark.value),
                }));
            }
        }
        targets
    }

    fn classification(&mut self, organisation: &Organisation) -> Classification {
        let given = self.plan.classification.as_ref();
        let rules = given.map_or(&[][..], |given| &given.rules);
        let rules = if rules.is_empty() {
            let shown = "the worst row of the table of defaults";
            self.ledger.table(
                "plan.classification.rules",
                shown,
                "ISO/IEC 27035, four classes",
            );
            severity_rules(any(), organisation.revenue)
        } else {
            self.ledger.given(rules.len());
            let bound = rules.iter().map(|rule| SeverityRule {
                level: rule.level.value,
                dimension: words(rule.dimension.as_ref()),
                when: self.condition(&rule.when, any()),
            });
            bound.collect()
        };
        let mut priorities = PRIORITIES;
        if given.is_none_or(|given| given.priorities.0.is_empty()) {
            let shown = "by severity and urgency, from the table of defaults";
            self.ledger
                .table("plan.classification.priorities", shown, ILLUSTRATIVE);
        }
        for severity in Severity::ALL {
            let row = given.and_then(|given| given.priorities.get(severity));
            for urgency in Urgency::ALL {
                if let Some(priority) = row.and_then(|row| row.get(urgency)) {
                    priorities[severity.index()][urgency.index()] = priority.value;
                }
            }
        }
        let by = given.map_or(&[][..], |given| &given.by);
        let by = if by.is_empty() {
            vec![function(Function::IncidentManager)]
        } else {
            self.addressees(by)
        };
        let reassess = given.and_then(|given| given.reassess_within.as_ref());
        Classification {
            rules,
            priorities,
            by,
            reassess_within: self.by_severity(
                reassess,
                "plan.classification.reassess_within",
                REASSESS,
                "1h for Critical, 4h, 1d, 3d",
            ),
        }
    }

    fn by_severity(
        &mut self,
        given: Option<&BySeverity<Span>>,
        place: &str,
        mut spans: [Span; 4],
        shown: &str,
    ) -> [Span; 4] {
        match given {
            None => self.ledger.table(place, shown, ILLUSTRATIVE),
            Some(given) => {
                self.ledger.given(1);
                for severity in Severity::ALL {
                    if let Some(span) = given.get(*severity) {
                        spans[severity.index()] = span.value;
                    }
                }
            }
        }
        spans
    }

    fn escalation(&mut self) -> Escalation {
        let given = self.plan.escalation.as_ref();
        let to = given.map_or(&[][..], |given| &given.to);
        let to: Vec<Addressee> = to.iter().filter_map(|to| self.addressee(to)).collect();
        let after = given.and_then(|given| given.after.as_ref());
        let after = self.by_severity(
            after,
            "plan.escalation.after",
            UNNOTICED,
            "15m from High up, else 1h",
        );
        if !to.is_empty() {
            return Escalation { after, to };
        }
        self.ledger
            .table("plan.escalation.to", "Ciso, then Executive", ILLUSTRATIVE);
        let to = vec![function(Function::Ciso), function(Function::Executive)];
        Escalation { after, to }
    }

    fn obligations(&mut self) -> Vec<Obligation> {
        let given = in_order(&self.plan.communication, |x| &x.id);
        given
            .into_iter()
            .map(|given| self.one_obligation(given))
            .collect()
    }

    fn one_obligation(&mut self, given: &definition::Obligation) -> Obligation {
        let task = match &given.task {
            Some(name) => self.task(name),
            None => self
                .lists
                .tasks
                .find(implied_task(given).as_str())
                .map(TaskId::new),
        };
        Obligation {
            slug: given.id.value.clone(),
            title: title(given.title.as_ref(), given.id.value.as_str()),
            to: given.to.value,
            law: given.law.as_ref().map(|law| law.value.clone()),
            source: words(given.source.as_ref()),
            verified_on: given.verified_on.map(|day| day.value),
            from: self.trigger(given),
            within: given.within.value,
            task,
            by: self.obliged(given),
            content: sorted(given.content.iter().map(|content| content.value)),
            weight: given.weight.map_or(200, |weight| weight.value.0),
        }
    }

    /// Who sees to an obligation: whom it names, else who does its task, else legal.
    pub(super) fn obliged(&mut self, given: &definition::Obligation) -> Addressee {
        let task = given.task.as_ref();
        let mut tasks = self.plan.tasks.iter();
        let does = task.and_then(|name| tasks.find(|task| task.id.value == name.value));
        let by = given.by.as_ref().or(does.map(|task| &task.by));
        let by = by.and_then(|by| self.addressee(by));
        by.unwrap_or(function(Function::Legal))
    }

    pub(super) fn trigger(&mut self, given: &definition::Obligation) -> Trigger {
        if let Some(parent) = &given.after
            && let Some(parent) = self.obligation(parent)
        {
            return Trigger::After(parent);
        }
        let usual = vec![
            Function::IncidentManager,
            Function::Legal,
            Function::DataProtection,
        ];
        let Some(aware) = &given.aware else {
            let place = format!("plan.communication.{}.aware", given.id.value);
            self.ledger
                .table(place, "it is real and High or worse", ILLUSTRATIVE);
            let what = Condition::All(vec![
                Condition::Is(Fact::Known(Knowable::Real(any()))),
                Condition::Is(Fact::SeverityAtLeast(Severity::High)),
            ]);
            return Trigger::Aware {
                who: sorted(usual),
                what,
            };
        };
        let who = aware.who.iter().map(|function| function.value);
        Trigger::Aware {
            who: sorted(if aware.who.is_empty() {
                usual
            } else {
                who.collect()
            }),
            what: self.condition(&aware.what, any()),
        }
    }

    fn programme(&mut self) -> Vec<Programme> {
        let given = in_order(&self.plan.programme, |x| &x.id);
        let bound = given.into_iter().map(|given| {
            let phases = given.phases.iter().map(|phase| phase.value);
            let all = given
                .phases
                .is_empty()
                .then_some(Phase::ALL.iter().copied());
            Programme {
                slug: given.id.value.clone(),
                title: title(given.title.as_ref(), given.id.value.as_str()),
                phases: sorted(phases.chain(all.into_iter().flatten())),
                every_days: given.every.value.0,
                last_days_ago: given.last.map(|age| days_ago(age.value, self.first_day)),
            }
        });
        bound.collect()
    }

    fn scoring(&mut self) -> Scoring {
        let given = self.plan.scoring.as_ref();
        if given.is_none() {
            self.ledger
                .table("plan.scoring", "from the table of defaults", ILLUSTRATIVE);
        }
        let part = |share: Option<BasisPoints>, usual| share.unwrap_or(BasisPoints(usual));
        let value =
            |given: Option<&crate::source::Spanned<BasisPoints>>| given.map(|share| share.value);
        Scoring {
            phases: by_phase(|phase| {
                let own = given.and_then(|given| given.phases.get(&phase));
                value(own).unwrap_or(PHASE_WEIGHTS[phase.index()])
            }),
            parts: [
                part(
                    value(given.and_then(|given| given.timeliness.as_ref())),
                    4_000,
                ),
                part(
                    value(given.and_then(|given| given.coverage.as_ref())),
                    4_000,
                ),
                part(
                    value(given.and_then(|given| given.judgement.as_ref())),
                    2_000,
                ),
            ],
            reached_share: part(value(given.and_then(|given| given.reached.as_ref())), 2_500),
        }
    }
}
