//! The scenario: incidents, attack, injects, expectations, objectives.

use super::expression::of_sender;
use super::names::{MAIN, in_order};
use super::organisation::{all_words, function, title, words};
use super::{Binder, id_of, sorted};
use crate::definition::{self, Pick, Reveal};
use crate::source::Source;
use hotwash_engine::exercise::{
    self as engine, BasisPoints, Category, DecisionId, Expectation, Function, Incident, IncidentId,
    Inject, InjectId, Money, Objective, Prompt, Scenario, Severity, Slug, Span, Step,
};

impl Binder<'_> {
    pub(super) fn scenario(&mut self, sources: &[Source]) -> Scenario {
        let given = self.scenario;
        let main = self.main();
        let ends = match &given.ends {
            Some(ends) => self.condition(ends, main),
            None => {
                let shown = "Closure is complete";
                self.ledger
                    .table("scenario.ends", shown, super::ledger::ILLUSTRATIVE);
                engine::Condition::Is(engine::Fact::PhaseCompleted(engine::Phase::Closure))
            }
        };
        let prompts = given.prompts.iter().map(|prompt| Prompt {
            when: prompt.when.value.clone(),
            say: prompt.say.value.clone(),
        });
        Scenario {
            slug: id_of(given.id.as_ref(), given.place, sources, "scenario"),
            title: given.title.value.clone(),
            version: title(given.version.as_ref(), "1"),
            difficulty: given.difficulty.map_or(3, |given| given.value),
            synopsis: words(given.synopsis.as_ref()),
            actor: words(given.actor.as_ref()),
            sources: all_words(&given.sources),
            incidents: self.incidents(),
            main,
            steps: self.steps(main),
            injects: self.injects(main),
            expectations: self.expectations(main),
            objectives: self.objectives(main),
            ends,
            debrief: all_words(&given.debrief),
            prompts: prompts.collect(),
        }
    }

    /// The main incident: the first that is listed.
    fn main(&self) -> IncidentId {
        let first = self.scenario.incidents.first();
        let id = first.map_or(MAIN, |incident| incident.id.value.as_str());
        IncidentId::new(self.lists.incidents.find(id).unwrap_or(0))
    }

    fn incidents(&mut self) -> Vec<Incident> {
        let scenario = self.scenario;
        if scenario.incidents.is_empty() {
            let slug = Slug::new(MAIN).expect("the word is an id");
            let title = scenario.title.value.clone();
            return vec![self.one_incident(slug, title, scenario.truth.as_ref())];
        }
        let given = in_order(&scenario.incidents, |x| &x.id);
        let bound = given.into_iter().map(|given| {
            let title = title(given.title.as_ref(), given.id.value.as_str());
            self.one_incident(given.id.value.clone(), title, Some(&given.truth))
        });
        bound.collect()
    }

    fn one_incident(
        &mut self,
        slug: Slug,
        title: String,
        truth: Option<&definition::Truth>,
    ) -> Incident {
        let place = |field: &str| format!("scenario.truth.{field}");
        let severity = truth.and_then(|truth| truth.severity.as_ref());
        let category = truth.and_then(|truth| truth.category.as_ref());
        let tags = truth.iter().flat_map(|truth| &truth.tags);
        Incident {
            slug,
            title,
            severity: self
                .ledger
                .take(severity, || place("severity"), Severity::High, "High"),
            category: self
                .ledger
                .take(category, || place("category"), Category::Other, "Other"),
            personal_data: truth
                .and_then(|truth| truth.personal_data)
                .is_some_and(|given| given.value),
            real: truth
                .and_then(|truth| truth.real)
                .is_none_or(|given| given.value),
            tags: sorted(
                all_words(&self.scenario.tags)
                    .into_iter()
                    .chain(tags.map(|tag| tag.value.clone())),
            ),
        }
    }

    fn steps(&mut self, main: IncidentId) -> Vec<Step> {
        let given = in_order(&self.scenario.attack, |x| &x.id);
        given
            .into_iter()
            .map(|given| self.one_step(given, main))
            .collect()
    }

    fn one_step(&mut self, given: &definition::Step, main: IncidentId) -> Step {
        let incident = self.incident(given.incident.as_ref(), main);
        let targets = &given.targets.value;
        let effect = &given.effect.value;
        let technique = given.technique.as_ref();
        Step {
            slug: given.id.value.clone(),
            incident,
            technique: technique.map_or_else(String::new, |id| id.value.0.clone()),
            after: self.each(&given.after, Self::step),
            after_any: self.each(&given.after_any, Self::step),
            when: self.optional(given.when.as_ref(), incident),
            unless: self.optional(given.unless.as_ref(), incident),
            at: given.at.map(|at| at.value),
            delay: given.delay.as_ref().map(|law| law.value.clone()),
            takes: given.takes.value.clone(),
            pick: match targets.pick {
                Pick::One => engine::Pick::One,
                Pick::AtMost(count) => engine::Pick::AtMost(count),
                Pick::Each => engine::Pick::Each,
            },
            targets: self.selector(&targets.of),
            effect: effect.effect,
            share: effect.share.map_or(BasisPoints::ONE, |share| share.value),
            money: effect.money.map_or(Money(0), |money| money.value),
            visibility: given.visibility.map_or(1_000, |factor| factor.value.0),
            stopped_by: sorted(given.stopped_by.iter().map(|measure| measure.value)),
            chance: given.chance.map_or(BasisPoints::ONE, |chance| chance.value),
        }
    }

    fn injects(&mut self, main: IncidentId) -> Vec<Inject> {
        let given = in_order(&self.scenario.injects, |x| &x.id);
        given
            .into_iter()
            .map(|given| self.one_inject(given, main))
            .collect()
    }

    fn one_inject(&mut self, given: &definition::Inject, main: IncidentId) -> Inject {
        let incident = self.incident(given.incident.as_ref(), main);
        let reveals = given.reveals.iter().filter_map(|reveal| {
            Some(match &reveal.value {
                Reveal::Impact => engine::Reveal::Impact,
                Reveal::Step(step) => engine::Reveal::Step(self.step(step)?),
                Reveal::PersonalData | Reveal::PersonalDataInvolved => engine::Reveal::PersonalData,
                Reveal::Cause => engine::Reveal::Cause,
                Reveal::Real => engine::Reveal::Real,
            })
        });
        let reveals = reveals.collect();
        let to = self.addressee(&given.to);
        let decide = given.decide.as_ref();
        Inject {
            slug: given.id.value.clone(),
            incident,
            at: given.at.map(|at| at.value),
            when: self.optional(given.when.as_ref(), incident),
            unless: self.optional(given.unless.as_ref(), incident),
            delay: given.delay.as_ref().map(|law| law.value.clone()),
            from: given.from.value.clone(),
            sender: given.sender.map(|sender| of_sender(sender.value)),
            to: to.unwrap_or(function(Function::PointOfContact)),
            via: given.via.map(|kind| kind.value),
            text: given.text.value.clone(),
            attachments: all_words(&given.attachments),
            reveals,
            noise: given.noise.is_some_and(|noise| noise.value),
            false_lead: given.false_lead.is_some_and(|lead| lead.value),
            repeats: given.repeats.as_ref().map(|law| law.value.clone()),
            again: given.again.is_some_and(|again| again.value),
            decide: decide
                .and_then(|decision| self.lists.decisions.find(decision.id.value.as_str()))
                .map(DecisionId::new),
            questions: all_words(&given.questions),
        }
    }

    fn expectations(&mut self, main: IncidentId) -> Vec<Expectation> {
        let mut bound = Vec::new();
        for inject in &self.scenario.injects {
            let id = inject.id.value.as_str();
            let at = InjectId::new(self.lists.injects.find(id).unwrap_or(0));
            let incident = self.incident(inject.incident.as_ref(), main);
            for given in &inject.expect {
                bound.push(self.one_expectation(given, at, incident));
            }
        }
        bound.sort_by(|a, b| a.slug.cmp(&b.slug));
        bound
    }

    fn one_expectation(
        &mut self,
        given: &definition::Expectation,
        inject: InjectId,
        incident: IncidentId,
    ) -> Expectation {
        let place = || format!("scenario.injects.expect.{}.within", given.id.value);
        let within = self
            .ledger
            .take(given.within.as_ref(), place, Span::hours(4), "4h");
        let of = self.addressee(&given.of);
        Expectation {
            slug: given.id.value.clone(),
            inject,
            incident,
            of: of.unwrap_or(function(Function::IncidentManager)),
            act: self.act(&given.does),
            within,
            since: given.since.map(|mark| mark.value),
            before: given.before.as_ref().map(|act| self.act(act)),
            weight: given.weight.map_or(100, |weight| weight.value.0),
            text: words(given.text.as_ref()),
        }
    }

    fn objectives(&mut self, main: IncidentId) -> Vec<Objective> {
        let given = in_order(&self.scenario.objectives, |x| &x.id);
        let bound = given.into_iter().map(|given| Objective {
            slug: given.id.value.clone(),
            capability: given.capability.value,
            text: given.text.value.clone(),
            critical: self.each(&given.critical, Self::expectation),
            supporting: self.each(&given.supporting, Self::expectation),
            success: self.optional(given.success.as_ref(), main),
            limit: given.limit.map(|span| span.value),
            harm: self.optional(given.harm.as_ref(), main),
        });
        bound.collect()
    }
}
