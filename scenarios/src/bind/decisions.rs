//! Decisions of the plan and of injects, as one list.

use super::binder::Binder;
use super::condition::{Around, Decisions};
use super::names::{Index, sorted};
use super::obligations::fresh;
use crate::defaults::{self, ILLUSTRATIVE};
use crate::definition::{self, Weight};
use hotwash_engine::exercise::{
    Choice, Condition, Consequence, Decision, DecisionId, Function, IncidentId, InjectId,
    ObligationId, Slug, Soundness, TaskId,
};
use std::collections::BTreeSet;

/// The ids of all decisions, and what each definition calls them.
#[derive(Debug, Default)]
pub(super) struct AllDecisions {
    /// As the plan's conditions call them.
    pub(super) of_plan: Decisions,
    /// As the scenario's conditions call them.
    pub(super) of_injects: Decisions,
    /// The slug of each inject's decision, by the inject's slug.
    slugs: Vec<(Slug, Slug)>,
    own: Vec<Slug>,
}

impl AllDecisions {
    /// Names all decisions. One of an inject keeps its id, unless another decision has it too: then
    /// the inject's id stands before it.
    pub(super) fn of(plan: &definition::Plan, scenario: &definition::Scenario) -> Self {
        let own = sorted(&plan.decisions);
        let mut taken: BTreeSet<Slug> = own.iter().map(|one| one.id.value.clone()).collect();
        let injects = sorted(&scenario.injects);
        let asked = injects.iter().filter_map(|inject| {
            let decision = inject.decide.as_ref()?;
            Some((*inject, decision))
        });
        let asked: Vec<_> = asked.collect();
        let mut slugs = Vec::new();
        for (inject, decision) in &asked {
            let id = &decision.id.value;
            let twins = asked.iter().filter(|(_, other)| other.id.value == *id);
            let slug = if twins.count() == 1 && !taken.contains(id) {
                id.clone()
            } else {
                fresh(&format!("{}.{id}", inject.id.value), &taken)
            };
            taken.insert(slug.clone());
            slugs.push((inject.id.value.clone(), slug));
        }
        let index = Index::new(taken.into_iter().collect());
        let at = |slug: &Slug| DecisionId::new(index.find(slug.as_str()).expect("it is listed"));
        let options = |decision: &definition::Decision| {
            let options = decision.options.iter();
            options.map(|option| option.id.value.clone()).collect()
        };
        let mut all = Self::default();
        for decision in own {
            let id = &decision.id.value;
            let entry = (at(id), options(decision));
            all.of_plan.0.insert(id.clone(), entry);
        }
        for ((_, decision), (_, slug)) in asked.iter().zip(&slugs) {
            let entry = (at(slug), options(decision));
            let names = &mut all.of_injects.0;
            names.entry(decision.id.value.clone()).or_insert(entry);
        }
        all.slugs = slugs;
        all.own = sorted(&plan.decisions)
            .into_iter()
            .map(|decision| decision.id.value.clone())
            .collect();
        all
    }

    /// The slugs of all decisions.
    pub(super) fn all(&self) -> impl Iterator<Item = &Slug> {
        let asked = self.slugs.iter().map(|(_, slug)| slug);
        self.own.iter().chain(asked)
    }

    /// The slug of an inject's decision.
    pub(super) fn slug_of(&self, inject: &Slug) -> Option<&Slug> {
        let found = self.slugs.iter().find(|(asks, _)| asks == inject);
        found.map(|(_, slug)| slug)
    }
}

impl Binder {
    /// All decisions, sorted by their slugs.
    pub(super) fn decisions(
        &mut self,
        plan: &definition::Plan,
        scenario: &definition::Scenario,
        all: &AllDecisions,
    ) -> Vec<Decision> {
        let mut decisions = Vec::new();
        for decision in sorted(&plan.decisions) {
            let by = format!("decision {}", decision.id.value);
            let around = Around {
                incident: IncidentId::new(0),
                decisions: &all.of_plan,
                wanted_by: &by,
            };
            let when = self.condition_if(decision.when.as_ref(), around);
            let slug = decision.id.value.clone();
            decisions.push(self.decision(decision, slug, None, when));
        }
        for inject in sorted(&scenario.injects) {
            let slug = all.slug_of(&inject.id.value);
            if let (Some(decision), Some(slug)) = (&inject.decide, slug) {
                let asked = Some(&inject.to);
                decisions.push(self.decision(decision, slug.clone(), asked, None));
            }
        }
        decisions.sort_by(|a, b| a.slug.cmp(&b.slug));
        decisions
    }

    fn decision(
        &mut self,
        decision: &definition::Decision,
        slug: Slug,
        asked: Option<&definition::Addressee>,
        when: Option<Condition>,
    ) -> Decision {
        let place = format!("decisions.{slug}");
        let by = format!("decision {slug}");
        let ledger = &mut self.ledger;
        ledger.given(2);
        let takes = decision.takes.as_ref();
        let takes = ledger.or(takes, &place, "takes", defaults::DECIDING, ILLUSTRATIVE);
        let weight = Weight(defaults::WEIGHT);
        let weight = ledger.or(
            decision.weight.as_ref(),
            &place,
            "weight",
            weight,
            ILLUSTRATIVE,
        );
        let phase = defaults::DECISION_PHASE;
        let phase = ledger.or(
            decision.phase.as_ref(),
            &place,
            "phase",
            phase,
            ILLUSTRATIVE,
        );
        let decider = decision.by.as_ref().or(asked);
        let leads = Function::IncidentManager;
        let decider = match decider {
            Some(one) => self.addressee(one, leads, &by),
            None => self.function(leads, &by),
        };
        let options = decision.options.iter();
        Decision {
            slug,
            question: decision.question.value.clone(),
            by: decider,
            when,
            options: options.map(|option| self.choice(option)).collect(),
            needs: super::binder::tidy(decision.needs.iter().map(|it| it.value).collect()),
            takes,
            weight: weight.0,
            phase,
        }
    }

    fn choice(&mut self, choice: &definition::Choice) -> Choice {
        use definition::Judged;
        let then = choice.then.iter();
        let then = then.filter_map(|one| self.consequence(one)).collect();
        let judged = choice.judged.as_ref().map(|judged| match &judged.value {
            Judged::Sound => Soundness::Sound,
            Judged::Unsound(reason) => Soundness::Unsound(reason.because.value.clone()),
        });
        Choice {
            slug: choice.id.value.clone(),
            text: choice.text.value.clone(),
            then,
            judged,
        }
    }

    fn consequence(&mut self, consequence: &definition::Consequence) -> Option<Consequence> {
        use definition::Consequence as Given;
        Some(match consequence {
            Given::Undo(measure) => Consequence::Undo(measure.value),
            Given::Start(task) => Consequence::Start(TaskId::new(self.task(task)?)),
            Given::Omit(task) => Consequence::Omit(TaskId::new(self.task(task)?)),
            Given::Fire(inject) => Consequence::Fire(InjectId::new(self.inject(inject)?)),
            Given::Skip(inject) => Consequence::Skip(InjectId::new(self.inject(inject)?)),
            Given::NotRequired(duty) => {
                Consequence::NotRequired(ObligationId::new(self.obligation(duty)?))
            }
        })
    }
}
