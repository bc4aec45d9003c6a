//! The acts by which an expectation is answered, and by whom.

use super::objects;
use crate::evaluation::facts::Facts;
use crate::evaluation::model::{Act, AskedFor, Timed};
use crate::exercise::{
    Act as Asked, AssetId, Back, EvidenceItem, Expectation, ExpectationId, IncidentId, Instance,
    Measure, Object, RoleId, StakeholderKind,
};
use crate::record::{Entry, Event};

/// By whom an act may have been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doer {
    /// By somebody who has the function that is expected.
    OfFunction,
    /// By anybody.
    Anybody,
}

/// The first act that answers an expectation on an asset, or as such. Where something had to be done
/// first, and was not, none does.
pub(super) fn first(
    facts: &Facts<'_>,
    id: ExpectationId,
    asset: Option<AssetId>,
    by: Doer,
) -> Option<Act> {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let wanted = expectation.asks.done()?;
    let act = first_of(facts, expectation, wanted, asset, |entry| {
        by == Doer::Anybody || has_function(facts, id, entry)
    })?;
    let before = expectation.before.as_ref();
    let overtaken = before.and_then(|before| {
        let on = if objects::selector(before).is_some() {
            asset
        } else {
            None
        };
        first_of(facts, expectation, before, on, |_| true)
    });
    if overtaken.is_some_and(|overtaken| (overtaken.at, overtaken.number) < (act.at, act.number)) {
        return None;
    }
    Some(described(act))
}

/// The acts on what was asked for by which somebody without the function would have answered, the first
/// on each.
pub(super) fn by_others(facts: &Facts<'_>, id: ExpectationId, items: &[AskedFor]) -> Vec<Act> {
    let open = items.iter().filter(|item| item.act.is_none());
    let acts = open.filter_map(|item| first(facts, id, item.asset, Doer::Anybody));
    let mut acts: Vec<Act> = acts.collect();
    acts.sort_by_key(|act| act.done.entry);
    acts.dedup_by_key(|act| act.done.entry);
    acts
}

/// The first entry by which an act was done, on an asset where it is about assets.
pub(super) fn first_of<'a>(
    facts: &Facts<'a>,
    expectation: &Expectation,
    act: &Asked,
    asset: Option<AssetId>,
    by: impl Fn(&Entry) -> bool,
) -> Option<&'a Entry> {
    let incident = expectation.incident;
    let took = |entry: &Entry| {
        let selector = objects::selector(act).zip(asset);
        selector.is_none_or(|(selector, asset)| {
            objects::took(facts, incident, (act.measure, selector), asset, entry.at)
        })
    };
    let wanted = |entry: &&Entry| took(entry) && by(entry);
    match &act.on {
        Object::Evidence(item, _) => secured(facts, incident, asset, *item).find(wanted),
        Object::Stakeholder(kind) => told(facts, incident, *kind).find(wanted),
        Object::Assets(_) if asset.is_some() => {
            // Those on an asset are listed from the last one on.
            let taken = facts.taken.on(asset?);
            let taken = taken.filter(|taken| taken.instance.incident == incident);
            let taken = taken.filter(|taken| serves(taken.measure, act.measure));
            taken.map(|taken| taken.entry).filter(wanted).last()
        }
        Object::Assets(_) | Object::Incident => {
            let taken = facts.taken.iter();
            let taken = taken.filter(|taken| {
                taken.effect && taken.measure == act.measure && taken.instance.incident == incident
            });
            taken.map(|taken| taken.entry).find(wanted)
        }
    }
}

pub(super) fn secured<'f, 'a>(
    facts: &'f Facts<'a>,
    incident: IncidentId,
    asset: Option<AssetId>,
    item: Option<EvidenceItem>,
) -> impl Iterator<Item = &'a Entry> + 'f {
    let secured = facts.preserved.iter().filter(move |(entry, on, what)| {
        asset.is_none_or(|asset| asset == *on)
            && item.is_none_or(|item| item == *what)
            && instance(entry).is_some_and(|by| by.incident == incident)
    });
    secured.map(|(entry, _, _)| *entry)
}

pub(super) fn told<'f, 'a>(
    facts: &'f Facts<'a>,
    incident: IncidentId,
    kind: StakeholderKind,
) -> impl Iterator<Item = &'a Entry> + 'f {
    let told = facts.told.iter().copied();
    told.filter(move |entry| match entry.event {
        Event::StakeholderNotified {
            instance,
            stakeholder,
            ..
        } => stakeholder == kind && instance.incident == incident,
        _ => false,
    })
}

/// Whether a measure does what another is for: a restored asset need not be built anew as well.
pub(in crate::evaluation) fn serves(taken: Measure, wanted: Measure) -> bool {
    let wanted_back = wanted.row().brings_back;
    let wanted_back = matches!(wanted_back, Some(Back::Whole | Back::Data));
    taken == wanted || (taken.brings_back_whole() && wanted_back)
}

/// Whether an act was done by somebody who has the function of an expectation: the role in which the work
/// ended has it, the role took a piece of the function's own work by escalation, or the doer has it beside
/// the roles held.
fn has_function(facts: &Facts<'_>, id: ExpectationId, entry: &Entry) -> bool {
    let expected = facts.criteria.expected(id);
    let Some((instance, role)) = instance(entry).zip(role(entry)) else {
        return false;
    };
    let owners = facts.exercise.roles(facts.exercise.task(instance.task).by);
    let of_function = |role: &RoleId| expected.of.contains(role);
    let escalated = || {
        !owners.contains(&role)
            && facts.criteria.escalates_to.contains(&role)
            && owners.iter().any(of_function)
    };
    let as_well = || {
        let person = entry.actor.person();
        person.is_some_and(|person| expected.also.contains(&person))
    };
    of_function(&role) || escalated() || as_well()
}

const fn instance(entry: &Entry) -> Option<Instance> {
    match entry.event {
        Event::MeasureTaken { instance, .. }
        | Event::EvidencePreserved { instance, .. }
        | Event::StakeholderNotified { instance, .. } => Some(instance),
        _ => None,
    }
}

const fn role(entry: &Entry) -> Option<RoleId> {
    match entry.event {
        Event::MeasureTaken { role, .. }
        | Event::EvidencePreserved { role, .. }
        | Event::StakeholderNotified { role, .. } => Some(role),
        _ => None,
    }
}

pub(super) fn described(entry: &Entry) -> Act {
    Act {
        done: Timed::of(entry),
        role: role(entry).unwrap_or(RoleId::new(0)),
        person: entry.actor.person(),
    }
}
