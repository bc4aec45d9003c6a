//! Expectations: what players should do after an inject, and by when.

use super::{Item, Unit};
use super::effect::{Due, due};
use crate::evaluation::facts::Facts;
use crate::evaluation::model::{CoverageStatus, ItemKind};
use crate::evaluation::share::Fine;
use crate::exercise::{ExerciseTime, ExpectationId, IncidentId, Measure, Object};
use crate::record::{Entry, Event, SkipReason};

/// How an expectation stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::evaluation) enum Standing<'a> {
    /// Met in time, or by having acted before it could be asked.
    Met(&'a Entry),
    /// Met after its time.
    Late(&'a Entry),
    /// Its time passed, or the exercise ended after it, and it was not met.
    Missed(&'a Entry),
    /// Its inject never came, or its time was not up at ENDEX.
    NotExercised,
    /// The facilitator excused it: the exercise itself stood in its way.
    Excused,
}

/// How an expectation stands. `critical` says whether an objective cannot do without it.
pub(in crate::evaluation) fn standing<'a>(
    facts: &Facts<'a>,
    id: ExpectationId,
    critical: bool,
) -> Standing<'a> {
    if facts.excused[id.index()].is_some() {
        return Standing::Excused;
    }
    let (met, missed) = facts.answer(id);
    let due = due_at(facts, id);
    match (met, missed) {
        (Some(met), Some(missed)) if missed.number < met.number => Standing::Late(met),
        (Some(met), _) if due.is_some_and(|due| met.at > due) => Standing::Late(met),
        (Some(met), _) => Standing::Met(met),
        (None, Some(missed)) => Standing::Missed(missed),
        (None, None) => unanswered(facts, id, critical, due),
    }
}

fn unanswered<'a>(
    facts: &Facts<'a>,
    id: ExpectationId,
    critical: bool,
    due: Option<ExerciseTime>,
) -> Standing<'a> {
    let inject = facts.exercise.scenario().expectations[id.index()].inject;
    match facts.delivery(inject) {
        Some(_) => match (facts.ended, due) {
            (Some(ended), Some(due)) if due < ended.at => Standing::Missed(ended),
            _ => Standing::NotExercised,
        },
        None if critical => acted_first(facts, id).map_or(Standing::NotExercised, Standing::Met),
        None => Standing::NotExercised,
    }
}

/// When an expectation is due: from the delivery of its inject, or from its mark.
pub(in crate::evaluation) fn due_at(facts: &Facts<'_>, id: ExpectationId) -> Option<ExerciseTime> {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let from = match expectation.since {
        Some(mark) => facts.course(expectation.incident).mark(mark)?,
        None => facts.delivery(expectation.inject)?,
    };
    Some(from.at.max(ExerciseTime::STARTEX) + expectation.within)
}

/// The act by which a team made an inject needless, where it did what the inject's expectation asks
/// before the inject could come.
fn acted_first<'a>(facts: &Facts<'a>, id: ExpectationId) -> Option<&'a Entry> {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let prevented = facts.skipped[expectation.inject.index()].is_none_or(|entry| {
        matches!(
            entry.event,
            Event::InjectSkipped {
                reason: SkipReason::Prevented,
                ..
            }
        )
    });
    let told = || {
        let Object::Stakeholder(kind) = expectation.act.on else {
            return None;
        };
        facts.entries.iter().find(
            |e| matches!(e.event, Event::StakeholderNotified { stakeholder, .. } if stakeholder == kind),
        )
    };
    let taken = || {
        let measure = expectation.act.measure;
        let mut taken = facts.taken.iter();
        taken
            .find(|taken| {
                taken.measure == measure
                    && taken.effect
                    && taken.instance.incident == expectation.incident
            })
            .map(|taken| taken.entry)
    };
    if !prevented {
        return None;
    }
    if expectation.act.measure == Measure::Notify {
        told()
    } else {
        taken()
    }
}

/// The items of an incident's expectations that applied.
pub(super) fn items(facts: &Facts<'_>, incident: IncidentId) -> Vec<Item> {
    let expectations = facts.exercise.scenario().expectations.iter().enumerate();
    expectations
        .filter(|(_, expectation)| expectation.incident == incident)
        .filter_map(|(i, _)| item(facts, incident, ExpectationId::new(i)))
        .collect()
}

fn item(facts: &Facts<'_>, incident: IncidentId, id: ExpectationId) -> Option<Item> {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let expected = facts.criteria.expected(id);
    let called = facts.delivery(expectation.inject);
    let (status, answered) = match standing(facts, id, expected.critical) {
        Standing::Met(entry) => (CoverageStatus::Done, entry),
        Standing::Late(entry) => (CoverageStatus::Late, entry),
        Standing::Missed(entry) if expected.has_no_task => (CoverageStatus::GapOfPlan, entry),
        Standing::Missed(entry) => (CoverageStatus::Missed, entry),
        Standing::NotExercised | Standing::Excused => return None,
    };
    let full = match status {
        CoverageStatus::Done => Fine::ONE,
        CoverageStatus::Late if expected.has_target => Fine::ONE,
        CoverageStatus::Late => Fine::mean([(1, Fine::ONE), (1, Fine::ZERO)])?,
        _ => Fine::ZERO,
    };
    let called = called.into_iter().chain([answered]);
    let mut evidence: Vec<u32> = called.map(|entry| entry.number).collect();
    let (done, status) = by_effect(facts, incident, id, (full, status), &mut evidence);
    Some(Item {
        kind: ItemKind::Expectation(id),
        phase: expected.phase,
        weight: expectation.weight,
        unit: Unit::Expected(expected.first_alike),
        done,
        status,
        evidence,
    })
}

/// What was done counts by its true effect on what it was due on. The entries that prove it are added
/// to `proofs`.
fn by_effect(
    facts: &Facts<'_>,
    incident: IncidentId,
    id: ExpectationId,
    (full, status): (Fine, CoverageStatus),
    proofs: &mut Vec<u32>,
) -> (Fine, CoverageStatus) {
    if full == Fine::ZERO {
        return (full, status);
    }
    let act = &facts.exercise.scenario().expectations[id.index()].act;
    let share = match due(facts, incident, act, proofs) {
        Due::On { assets, done } => Fine::ratio(done, assets),
        Due::AsSuch => None,
    };
    match share {
        None | Some(Fine::ONE) => (full, status),
        Some(Fine::ZERO) => (Fine::ZERO, CoverageStatus::Flawed),
        Some(part) => (full.times(part), CoverageStatus::Partly),
    }
}
