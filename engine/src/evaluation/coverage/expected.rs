//! Expectations as items of coverage.

use super::{Item, Unit};
use crate::evaluation::expectations;
use crate::evaluation::facts::Facts;
use crate::evaluation::model::{CoverageStatus, ExpectationVerdict, ItemKind, Standing};
use crate::exercise::{IncidentId, Measure};
use crate::record::Entry;

/// How many entries at most prove what was done.
const PROOFS: usize = 8;

/// The items of an incident's expectations that were exercised.
pub(super) fn items(facts: &Facts<'_>, incident: IncidentId) -> Vec<Item> {
    let expectations = &facts.exercise.scenario().expectations;
    let of_incident = facts.expected.iter();
    let of_incident =
        of_incident.filter(|of| expectations[of.expectation.index()].incident == incident);
    of_incident
        .filter_map(|verdict| item(facts, verdict))
        .collect()
}

fn item(facts: &Facts<'_>, verdict: &ExpectationVerdict) -> Option<Item> {
    let id = verdict.expectation;
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let expected = facts.criteria.expected(id);
    let wanted = expectation.asks.done();
    let flawed = wanted.and_then(|act| flawed(facts, expectation.incident, act.measure));
    let (status, closed) = match verdict.standing {
        Standing::Met => (CoverageStatus::Done, None),
        Standing::Late => (CoverageStatus::Late, None),
        Standing::Partly => (CoverageStatus::Partly, facts.ended),
        // What was done although it must not be is proven by what was done.
        Standing::Missed if wanted.is_none() => (CoverageStatus::Missed, None),
        Standing::Missed if expected.has_no_task => (CoverageStatus::GapOfPlan, facts.ended),
        Standing::Missed if flawed.is_some() => (CoverageStatus::Flawed, flawed),
        Standing::Missed => (CoverageStatus::Missed, facts.ended),
        Standing::NotExercised(_) | Standing::Excused => return None,
    };
    let called = verdict.asked.map(|asked| asked.entry);
    let proofs = verdict.proofs().take(PROOFS);
    let mut evidence: Vec<u32> = called.into_iter().chain(proofs).collect();
    evidence.extend(closed.map(|entry| entry.number));
    evidence.dedup();
    Some(Item {
        kind: ItemKind::Expectation(id),
        phase: expected.phase,
        weight: expectation.weight,
        unit: Unit::Expected(expected.first_alike),
        done: expectations::share(verdict),
        status,
        evidence,
    })
}

/// The first entry by which a measure was claimed and had no effect.
fn flawed<'a>(facts: &Facts<'a>, incident: IncidentId, measure: Measure) -> Option<&'a Entry> {
    let mut taken = facts.taken.iter();
    let flawed = taken.find(|taken| {
        !taken.effect && taken.measure == measure && taken.instance.incident == incident
    });
    flawed.map(|taken| taken.entry)
}
