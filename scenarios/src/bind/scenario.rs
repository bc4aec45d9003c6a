//! The scenario: incidents, attack, objectives, end.

use super::binder::{Binder, texts, tidy, title};
use super::condition::{Around, Decisions};
use super::decisions::AllDecisions;
use super::expectations::ExpectationNames;
use super::names::{Index, sorted};
use crate::defaults::{self, ILLUSTRATIVE, LANGUAGE};
use crate::definition::{self, Factor};
use crate::source::Spanned;
use hotwash_engine::exercise::{
    BasisPoints, Category, Condition, Fact, Incident, IncidentId, Money, Objective, Phase, Pick,
    Prompt, Scenario, Severity, Slug, Span, Step, StepId,
};

/// The id of the incident of a scenario that has only one.
const MAIN: &str = "main";

impl Binder {
    /// The scenario.
    pub(super) fn scenario(
        &mut self,
        given: &definition::Scenario,
        slug: Slug,
        decisions: &AllDecisions,
    ) -> Scenario {
        const PLACE: &str = "scenario";
        let incidents = self.incidents(given);
        let first = given.incidents.first();
        let main = first.and_then(|first| self.names.incidents.find(first.id.as_str()));
        let main = IncidentId::new(main.unwrap_or(0));
        self.ledger.given(1);
        let difficulty = given.difficulty.as_ref();
        let difficulty = self.ledger.or(
            difficulty,
            PLACE,
            "difficulty",
            defaults::DIFFICULTY,
            ILLUSTRATIVE,
        );
        let early = self.ledger.or(
            given.early.as_ref(),
            PLACE,
            "early",
            defaults::EARLY,
            LANGUAGE,
        );
        let expectations = ExpectationNames::of(given);
        let of_injects = &decisions.of_injects;
        Scenario {
            slug,
            title: given.title.value.clone(),
            difficulty,
            synopsis: title(given.synopsis.as_ref(), ""),
            actor: title(given.actor.as_ref(), ""),
            sources: texts(&given.sources),
            steps: self.steps(given, main, of_injects),
            injects: self.injects(given, main, decisions),
            expectations: self.expectations(given, (main, of_injects), &expectations),
            objectives: self.objectives(given, main, &expectations, of_injects),
            ends: self.ends(given, main, of_injects),
            debrief: texts(&given.debrief),
            prompts: prompts(&given.prompts),
            early,
            awaits_injects: given.ends.is_none(),
            incidents,
            main,
        }
    }

    fn incidents(&mut self, given: &definition::Scenario) -> Vec<Incident> {
        let tags = &given.tags;
        if given.incidents.is_empty() {
            let slug = Slug::new(MAIN).expect("it keeps to the alphabet");
            self.names.incidents = Index::new(vec![slug.clone()]);
            let truth = given.truth.as_ref();
            return vec![self.one_incident(slug, truth, tags, "scenario.truth")];
        }
        let mut incidents = Vec::new();
        for incident in sorted(&given.incidents) {
            let slug = incident.id.value.clone();
            let place = format!("scenario.incidents.{slug}.truth");
            let truth = Some(&incident.truth);
            incidents.push(self.one_incident(slug, truth, tags, &place));
        }
        incidents
    }

    fn one_incident(
        &mut self,
        slug: Slug,
        truth: Option<&definition::Truth>,
        tags: &[definition::Text],
        place: &str,
    ) -> Incident {
        let ledger = &mut self.ledger;
        let severity = truth.and_then(|truth| truth.severity.as_ref());
        let severity = ledger.or(severity, place, "severity", Severity::High, ILLUSTRATIVE);
        let category = truth.and_then(|truth| truth.category.as_ref());
        let category = ledger.or(category, place, "category", Category::Other, ILLUSTRATIVE);
        let personal = truth.and_then(|truth| truth.personal_data.as_ref());
        let personal_data = ledger.or(personal, place, "personal_data", false, ILLUSTRATIVE);
        let real = truth.and_then(|truth| truth.real.as_ref());
        let real = ledger.or(real, place, "real", true, LANGUAGE);
        let own = truth.map_or(&[][..], |truth| &truth.tags);
        Incident {
            slug,
            severity,
            category,
            personal_data,
            real,
            tags: tidy([texts(tags), texts(own)].concat()),
        }
    }

    /// The incident that something names, or the main one.
    pub(super) fn incident_of(
        &mut self,
        name: Option<&definition::Name>,
        main: IncidentId,
    ) -> IncidentId {
        let found = name.and_then(|name| self.incident(name));
        found.map_or(main, IncidentId::new)
    }

    fn steps(
        &mut self,
        given: &definition::Scenario,
        main: IncidentId,
        decisions: &Decisions,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        for step in sorted(&given.attack) {
            let place = format!("scenario.attack.{}", step.id.value);
            let by = format!("step {}", step.id.value);
            let incident = self.incident_of(step.incident.as_ref(), main);
            let around = Around {
                incident,
                decisions,
                wanted_by: &by,
            };
            self.ledger.given(3);
            let visibility = step.visibility.as_ref();
            let visibility =
                self.ledger
                    .or(visibility, &place, "visibility", Factor(1_000), LANGUAGE);
            let chance = step.chance.as_ref();
            let chance = self
                .ledger
                .or(chance, &place, "chance", BasisPoints::ONE, LANGUAGE);
            let effect = &step.effect.value;
            let pick = match step.targets.value.pick {
                definition::Pick::One => Pick::One,
                definition::Pick::AtMost(count) => Pick::AtMost(count),
                definition::Pick::Each => Pick::Each,
            };
            let technique = step.technique.as_ref();
            steps.push(Step {
                slug: step.id.value.clone(),
                incident,
                technique: technique.map_or_else(String::new, |id| id.value.0.clone()),
                after: self.steps_before(&step.after),
                after_any: self.steps_before(&step.after_any),
                when: self.condition_if(step.when.as_ref(), around),
                unless: self.condition_if(step.unless.as_ref(), around),
                at: step.at.map(|at| self.time(at.value)),
                delay: step.delay.as_ref().map(|law| law.value.clone()),
                takes: step.takes.value.clone(),
                pick,
                targets: self.selector(&step.targets.value.of, &by),
                effect: effect.effect,
                share: effect.share.map_or(BasisPoints::ONE, |share| share.value),
                money: effect.money.map_or(Money(0), |money| money.value),
                visibility: visibility.0,
                stopped_by: tidy(step.stopped_by.iter().map(|it| it.value).collect()),
                chance,
            });
        }
        steps
    }

    fn steps_before(&mut self, names: &[definition::Name]) -> Vec<StepId> {
        let found = names.iter().filter_map(|name| self.step(name));
        tidy(found.map(StepId::new).collect())
    }

    fn objectives(
        &mut self,
        given: &definition::Scenario,
        main: IncidentId,
        expectations: &ExpectationNames,
        decisions: &Decisions,
    ) -> Vec<Objective> {
        let mut objectives = Vec::new();
        for objective in sorted(&given.objectives) {
            let by = format!("objective {}", objective.id.value);
            let around = Around {
                incident: main,
                decisions,
                wanted_by: &by,
            };
            self.ledger.given(1);
            objectives.push(Objective {
                slug: objective.id.value.clone(),
                capability: objective.capability.value,
                text: objective.text.value.clone(),
                critical: self.expected(&objective.critical, expectations),
                supporting: self.expected(&objective.supporting, expectations),
                success: self.condition_if(objective.success.as_ref(), around),
                limit: objective.limit.map(|span| span.value),
                harm: self.condition_if(objective.harm.as_ref(), around),
            });
        }
        objectives
    }

    fn ends(
        &mut self,
        given: &definition::Scenario,
        main: IncidentId,
        decisions: &Decisions,
    ) -> Condition {
        let around = Around {
            incident: main,
            decisions,
            wanted_by: "end",
        };
        if let Some(ends) = &given.ends {
            self.ledger.given(1);
            return self.condition(ends, around);
        }
        let written = "PhaseCompleted(Closure), once no inject is still to come".to_owned();
        self.ledger
            .assume("scenario", "ends", written, ILLUSTRATIVE);
        Condition::Is(Fact::PhaseCompleted(Phase::Closure))
    }
}

/// The limit that an end condition gives by itself: the least `Elapsed` that alone makes it hold.
pub(super) fn limit_in(ends: Option<&Spanned<definition::Condition>>) -> Option<Span> {
    fn alone(condition: &definition::Condition) -> Option<Span> {
        match condition {
            definition::Condition::Elapsed(span) => Some(span.value),
            definition::Condition::Any(of) => of.iter().filter_map(|one| alone(one)).min(),
            definition::Condition::All(of) => {
                let all: Option<Vec<Span>> = of.iter().map(|one| alone(one)).collect();
                all.and_then(|all| all.into_iter().max())
            }
            _ => None,
        }
    }
    alone(ends?)
}

/// Prompts for the facilitator.
pub(super) fn prompts(given: &[definition::Prompt]) -> Vec<Prompt> {
    let one = |prompt: &definition::Prompt| Prompt {
        when: prompt.when.value.clone(),
        say: prompt.say.value.clone(),
    };
    given.iter().map(one).collect()
}
