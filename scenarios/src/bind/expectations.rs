//! Expectations of injects, as one list.

use super::binder::{Binder, tidy};
use super::condition::{Around, Decisions};
use super::names::{Index, sorted};
use super::obligations::fresh;
use crate::defaults::{self, ILLUSTRATIVE, LANGUAGE};
use crate::definition::{self, Addressee, Name, Weight};
use crate::diagnostic::{Code, Diagnostic, nearest};
use hotwash_engine::exercise::{
    Asks, Expectation, ExpectationId, Function, IncidentId, InjectId, Slug, Span,
};
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
        (main, decisions): (IncidentId, &Decisions),
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
                let by = format!("expectation {slug}");
                let around = Around {
                    incident,
                    decisions,
                    wanted_by: &by,
                };
                let to = one.of.as_ref().unwrap_or(&inject.to);
                let of = self.addressee(to, Function::IncidentManager, &by);
                let asks = self.asks(one, around);
                all.extend(asks.map(|asks| {
                    let inject = InjectId::new(at);
                    self.expectation(one, (slug, inject, incident), (of, asks))
                }));
            }
        }
        all.sort_by(|a, b| a.slug.cmp(&b.slug));
        all
    }

    /// What an expectation asks for. One that asks for nothing has been reported.
    fn asks(&mut self, one: &definition::Expectation, around: Around<'_>) -> Option<Asks> {
        let by = around.wanted_by;
        if let Some(does) = &one.does {
            return Some(Asks::Does(self.act(does, by)));
        }
        if let Some(not) = &one.not {
            let until = self.condition_if(one.until.as_ref(), around);
            return Some(Asks::Refrains(self.act(not, by), until));
        }
        one.observe.as_ref().map(|_| Asks::Observed)
    }

    fn expectation(
        &mut self,
        one: &definition::Expectation,
        (slug, inject, incident): (Slug, InjectId, IncidentId),
        (of, asks): (hotwash_engine::exercise::Addressee, Asks),
    ) -> Expectation {
        let place = format!("scenario.expectations.{slug}");
        let by = format!("expectation {slug}");
        let ledger = &mut self.ledger;
        ledger.given(2);
        let given = one.within.as_ref();
        let within = match &asks {
            Asks::Does(_) => ledger.or(given, &place, "within", defaults::WITHIN, ILLUSTRATIVE),
            Asks::Refrains(..) if given.is_none() => {
                ledger.assume(&place, "within", "until the end".to_owned(), LANGUAGE);
                Span::FOR_GOOD
            }
            Asks::Refrains(..) => given.map_or(Span::FOR_GOOD, |span| span.value),
            Asks::Observed => Span::FOR_GOOD,
        };
        let weight = Weight(defaults::WEIGHT);
        let weight = ledger.or(one.weight.as_ref(), &place, "weight", weight, ILLUSTRATIVE);
        let before = one.before.as_ref().map(|before| self.act(before, &by));
        let text = one.text.as_ref().map(|text| text.value.clone());
        Expectation {
            slug,
            inject,
            incident,
            of,
            asks,
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

/// What is expected, such as `IncidentManager: Declare`, `Not DisableAccount`, or what somebody should see.
fn in_words(one: &definition::Expectation) -> String {
    if let Some(observe) = &one.observe {
        return observe.value.clone();
    }
    let of = match &one.of {
        Some(Addressee::Function(function)) => format!("{}: ", function.value.name()),
        Some(Addressee::Role(role)) => format!("{}: ", role.value),
        None => String::new(),
    };
    let not = if one.not.is_some() { "not " } else { "" };
    let Some(act) = one.does.as_ref().or(one.not.as_ref()) else {
        return String::new();
    };
    let measure = act.value.measure.value;
    match act.value.stakeholder {
        Some(told) => format!("{of}{not}{measure} {}", told.value),
        None => format!("{of}{not}{measure}"),
    }
}
