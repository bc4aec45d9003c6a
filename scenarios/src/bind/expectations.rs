//! Expectations of injects, as one list.

use super::binder::{Binder, tidy};
use super::names::{Index, sorted};
use super::obligations::fresh;
use crate::defaults::{self, ILLUSTRATIVE};
use crate::definition::{self, Addressee, Name, Weight};
use crate::diagnostic::{Code, Diagnostic, nearest};
use hotwash_engine::exercise::{Expectation, ExpectationId, Function, IncidentId, InjectId, Slug};
use std::collections::{BTreeMap, BTreeSet};

/// The slugs of all expectations.
#[derive(Debug, Default)]
pub(crate) struct ExpectationNames {
    /// Inject, own id, slug.
    all: Vec<(Slug, Slug, Slug)>,
    index: Index,
}

impl ExpectationNames {
    /// Names all expectations. One keeps its id, unless another inject has it too: then the
    /// inject's id stands before it.
    pub(crate) fn of(scenario: &definition::Scenario) -> Self {
        let injects = sorted(&scenario.injects);
        let of = |inject: &&definition::Inject| {
            let inject_id = inject.id.value.clone();
            let expected = sorted(&inject.expect).into_iter();
            let ids = expected.map(move |one| (inject_id.clone(), one.id.value.clone()));
            ids.collect::<Vec<_>>()
        };
        let pairs: Vec<(Slug, Slug)> = injects.iter().flat_map(of).collect();
        let mut taken = BTreeSet::new();
        let mut all = Vec::new();
        let mut times: BTreeMap<&Slug, usize> = BTreeMap::new();
        for (_, id) in &pairs {
            *times.entry(id).or_default() += 1;
        }
        for (inject, id) in &pairs {
            let unique = times.get(id) == Some(&1);
            let slug = if unique && !taken.contains(id) {
                id.clone()
            } else {
                fresh(&format!("{inject}.{id}"), &taken)
            };
            taken.insert(slug.clone());
            all.push((inject.clone(), id.clone(), slug));
        }
        let index = Index::new(taken.into_iter().collect());
        Self { all, index }
    }

    /// The slug of an expectation of an inject.
    pub(crate) fn slug(&self, inject: &Slug, id: &Slug) -> Option<&Slug> {
        // They stand in the order of injects and of their own ids.
        let place = |(i, own, _): &(Slug, Slug, Slug)| (i, own).cmp(&(inject, id));
        let found = self.all.binary_search_by(place).ok()?;
        self.all.get(found).map(|(_, _, slug)| slug)
    }

    /// Every expectation of that id: of all injects that have it.
    fn find(&self, id: &Slug) -> Vec<ExpectationId> {
        let own = self
            .all
            .iter()
            .filter(|(_, own, slug)| own == id || slug == id);
        let at = own.filter_map(|(_, _, slug)| self.index.find(slug.as_str()));
        at.map(ExpectationId::new).collect()
    }
}

impl Binder {
    /// The expectations, sorted by their slugs.
    pub(super) fn expectations(
        &mut self,
        given: &definition::Scenario,
        main: IncidentId,
        names: &ExpectationNames,
    ) -> Vec<Expectation> {
        let mut all = Vec::new();
        for inject in sorted(&given.injects) {
            let Some(at) = self.names.injects.find(inject.id.as_str()) else {
                continue;
            };
            let incident = self.incident_of(inject.incident.as_ref(), main);
            for one in sorted(&inject.expect) {
                let slug = names.slug(&inject.id.value, &one.id.value);
                let slug = slug.cloned().unwrap_or_else(|| one.id.value.clone());
                all.push(self.expectation(one, slug, InjectId::new(at), incident));
            }
        }
        all.sort_by(|a, b| a.slug.cmp(&b.slug));
        all
    }

    fn expectation(
        &mut self,
        one: &definition::Expectation,
        slug: Slug,
        inject: InjectId,
        incident: IncidentId,
    ) -> Expectation {
        let place = format!("scenario.expectations.{slug}");
        let by = format!("expectation {slug}");
        let ledger = &mut self.ledger;
        ledger.given(2);
        let within = one.within.as_ref();
        let within = ledger.or(within, &place, "within", defaults::WITHIN, ILLUSTRATIVE);
        let weight = Weight(defaults::WEIGHT);
        let weight = ledger.or(one.weight.as_ref(), &place, "weight", weight, ILLUSTRATIVE);
        let act = self.act(&one.does, &by);
        let before = one.before.as_ref().map(|before| self.act(before, &by));
        let text = one.text.as_ref().map(|text| text.value.clone());
        Expectation {
            slug,
            inject,
            incident,
            of: self.addressee(&one.of, Function::IncidentManager, &by),
            act,
            within,
            since: one.since.map(|mark| mark.value),
            before,
            weight: weight.0,
            text: text.unwrap_or_else(|| in_words(one)),
        }
    }

    /// The expectations that an objective names, sorted.
    pub(super) fn expected(
        &mut self,
        ids: &[Name],
        names: &ExpectationNames,
    ) -> Vec<ExpectationId> {
        let mut all = Vec::new();
        for id in ids {
            let found = names.find(&id.value);
            if found.is_empty() {
                let known = names.all.iter().map(|(_, own, _)| own.as_str());
                let near = nearest(id.as_str(), known);
                let message = format!("no expectation is called `{}`", id.value);
                self.problems.push(
                    Diagnostic::new(Code::UnknownExpectation, message, id.place)
                        .did_you_mean(near, true),
                );
            }
            all.extend(found);
        }
        tidy(all)
    }
}

/// What is expected, such as `IncidentManager: Declare`.
fn in_words(one: &definition::Expectation) -> String {
    let of = match &one.of {
        Addressee::Function(function) => function.value.name().to_owned(),
        Addressee::Role(role) => role.value.to_string(),
    };
    let measure = one.does.value.measure.value;
    match one.does.value.stakeholder {
        Some(told) => format!("{of}: {measure} {}", told.value),
        None => format!("{of}: {measure}"),
    }
}
