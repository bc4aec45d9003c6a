//! Why something went as it did: an answer from the record alone.
//!
//! [`why`] is called by whoever has a record and a question. It says what became of a thing, what it waited
//! for longest or what was missing at the end, by which entries that is known, and what would have had to be
//! otherwise. It follows causes of entries, parts of traces and the fold of the record; it judges nothing anew
//! and never looks at a world that made the record. It is total: forged and cut records give some answer.

mod asked;
mod chain;
mod entry;
mod expected;
mod lack;
mod model;
mod person;
#[cfg(test)]
mod tests;
mod unmet;
mod work;
mod world;

pub use asked::{Asked, NotAsked};
pub use model::{Fate, How, Kept, KeptBy, Lack, Link, Missing, Needed, Thing, Wait, Why};

use super::as_said::as_said;
use super::criteria::Criteria;
use super::facts::Facts;
use super::model::{Evaluation, Timed};
use super::trace::{before, trace, trace_piece};
use crate::exercise::{IncidentId, Instance};
use crate::record::{Entry, Record};
use chain::{add, is_work, link, links, longest, waited};
use unmet::End;

/// Why a thing went as it did; `None` where the record has no such entry or message.
pub fn why(record: &Record, evaluation: &Evaluation, asked: Asked) -> Option<Why> {
    whys(record, evaluation, &[asked]).pop().flatten()
}

/// The same for several things: the record is read once.
pub fn whys(record: &Record, evaluation: &Evaluation, asked: &[Asked]) -> Vec<Option<Why>> {
    let exercise = &record.header.exercise;
    let criteria = Criteria::of(exercise);
    let entries = as_said(&record.entries);
    let facts = Facts::read(exercise, &criteria, &entries);
    let case = Case {
        facts: &facts,
        evaluation,
        end: End::of(exercise, &record.header, &entries),
        record,
    };
    asked.iter().map(|asked| answer(&case, *asked)).collect()
}

/// What answers are made from.
pub(super) struct Case<'a> {
    facts: &'a Facts<'a>,
    evaluation: &'a Evaluation,
    end: End<'a>,
    record: &'a Record,
}

impl Case<'_> {
    const fn main(&self) -> IncidentId {
        self.evaluation.main
    }

    /// From when the time to something of an incident is counted: the first sign of it.
    fn origin(&self, incident: IncidentId) -> Option<Timed> {
        let early = self.evaluation.began_early.is_some();
        self.evaluation
            .incidents
            .get(incident.index())?
            .first_sign(early)
    }

    /// The end of the record: ENDEX, or its last entry.
    fn last(&self) -> Option<&Entry> {
        self.facts.ended.or(self.facts.entries.last())
    }

    fn ended(&self) -> Option<Timed> {
        let last = self.last()?;
        Some(Timed {
            at: self.facts.ended_at,
            entry: last.number,
        })
    }
}

fn answer(case: &Case<'_>, asked: Asked) -> Option<Why> {
    Some(match asked {
        Asked::Task(task) => work::task(case, asked, task),
        Asked::Phase(phase) => work::phase(case, asked, phase),
        Asked::Duty(duty) => expected::duty(case, asked, duty),
        Asked::Expectation(expectation) => expected::expectation(case, asked, expectation),
        Asked::Person(person) => person::person(case, asked, person),
        Asked::Role(role) => person::role(case, asked, role),
        Asked::Asset(asset) => world::asset(case, asked, asset),
        Asked::Step(step) => world::step(case, asked, step),
        Asked::Decision(decision) => world::decision(case, asked, decision),
        Asked::Inject(inject) => world::inject(case, asked, inject),
        Asked::Message(message) => world::message(case, asked, message)?,
        Asked::Entry(number) => entry::entry(case, asked, number)?,
    })
}

impl Why {
    /// Nothing is said yet but what became of it.
    const fn new(case: &Case<'_>, asked: Asked, incident: IncidentId, fate: Fate) -> Self {
        Self {
            asked,
            incident,
            fate,
            from: None,
            until: None,
            made_of: Vec::new(),
            wait: None,
            lacks: Vec::new(),
            links: Vec::new(),
            needed: Vec::new(),
            others: Vec::new(),
            finished: case.facts.ended.is_some(),
        }
    }

    /// Explains the way to an entry from an origin; from its beginning, where that is no earlier.
    fn lead_to(&mut self, case: &Case<'_>, origin: Option<Timed>, entry: &Entry) {
        let facts = case.facts;
        let origin = origin.filter(|origin| origin.at < entry.at);
        let from = origin.unwrap_or_else(|| Timed::of(root(facts, entry)));
        self.from = Some(from);
        self.until = Some(Timed::of(entry));
        self.made_of = trace(facts, self.incident, from.at, entry);
        add(&mut self.links, links(facts, from.at, entry));
        self.wait = longest(facts, &self.made_of);
        self.need_sooner();
    }

    /// Explains what work waited for that was open at the end.
    fn lead_to_end(&mut self, case: &Case<'_>, origin: Option<Timed>, instance: Instance) {
        let facts = case.facts;
        let work = facts.works.get(instance);
        let Some(last) = work.and_then(super::facts::Work::last_milestone) else {
            return self.end(case);
        };
        let origin = origin.filter(|origin| origin.at < last.at);
        let from = origin.unwrap_or_else(|| Timed::of(root(facts, last)));
        self.from = Some(from);
        self.until = case.ended();
        self.made_of = trace_piece(facts, instance, from.at);
        add(&mut self.links, links(facts, from.at, last));
        let at_end = self.made_of.last().filter(|part| !is_work(part.category));
        self.wait = match at_end {
            Some(part) => Some(waited(facts, *part)),
            None => longest(facts, &self.made_of),
        };
        self.need_sooner();
        self.end(case);
    }

    /// Says what was missing, with what the root of it waited for.
    fn lack(&mut self, case: &Case<'_>, origin: Option<Timed>, lacks: Vec<Lack>) {
        let root = lacks.last().map(|lack| lack.missing.clone());
        match root {
            Some(Missing::Open(instance)) => self.lead_to_end(case, origin, instance),
            Some(Missing::Ended(instance, outcome)) => {
                let work = case.facts.works.get(instance);
                if let Some(ended) = work.and_then(|work| work.ended(outcome)) {
                    self.lead_to(case, origin, ended);
                }
            }
            _ => {}
        }
        let said = lacks.iter().filter_map(|lack| {
            let entry = case.facts.entry(lack.entry?)?;
            let true_since = matches!(lack.missing, Missing::Fact { .. });
            Some(link(entry, if true_since { How::True } else { How::Last }))
        });
        add(&mut self.links, said);
        let told = lacks.last().filter(|root| root.missing != Missing::Unknown);
        self.needed.extend(told.cloned().map(Needed::There));
        self.lacks = lacks;
        self.end(case);
    }

    /// The record ends.
    fn end(&mut self, case: &Case<'_>) {
        add(
            &mut self.links,
            case.last().map(|last| link(last, How::End)),
        );
    }

    fn need_sooner(&mut self) {
        let part = self.wait.as_ref().map(|wait| wait.part);
        self.needed.extend(part.map(Needed::Sooner));
    }
}

/// The entry with which the way to another begins.
fn root<'a>(facts: &Facts<'a>, entry: &'a Entry) -> &'a Entry {
    let mut first = entry;
    while let Some(earlier) = before(facts, first) {
        first = earlier;
    }
    first
}
