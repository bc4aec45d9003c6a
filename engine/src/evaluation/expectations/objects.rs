//! The assets that an expectation asks for.
//!
//! By name, kind or value it asks for all of them. By state it asks for those that were hit, as far as an
//! investigation would have found them, and that its measure is for.

use crate::evaluation::facts::{Calls, Facts, Hit, Taken};
use crate::evaluation::model::AskedFor;
use crate::exercise::{
    Act, Asset, AssetId, AssetKind, AssetState, Back, CalledBy, ExerciseTime, Expectation,
    ExpectationId, IncidentId, Measure, Object, Selector, StepId,
};
use crate::simulation::evidence_items;

/// The selector of an act on assets.
pub(in crate::evaluation) const fn selector(act: &Act) -> Option<&Selector> {
    match &act.on {
        Object::Assets(selector) | Object::Evidence(_, selector) => Some(selector),
        Object::Incident | Object::Stakeholder(_) => None,
    }
}

/// Whether a selector goes by what happens to assets, and not by what they are.
pub(in crate::evaluation) fn speaks_of_state(selector: &Selector) -> bool {
    match selector {
        Selector::InState(_) | Selector::Affected => true,
        Selector::Both(all) => all.iter().any(speaks_of_state),
        _ => false,
    }
}

/// Whether an asset is one that a selector describes, whatever its state.
pub(in crate::evaluation) fn is_described(
    described: &Asset,
    id: AssetId,
    selector: &Selector,
) -> bool {
    match selector {
        Selector::Everything | Selector::InState(_) | Selector::Affected => true,
        Selector::Kind(kind) => described.kind == *kind,
        Selector::Asset(named) => *named == id,
        Selector::Holding(data) => described.holds(*data),
        Selector::Valued(dimension, least) => described.value(*dimension) >= *least,
        Selector::Both(all) => all.iter().all(|one| is_described(described, id, one)),
    }
}

/// Whether an asset has what an act is taken on: not every kind holds every item of evidence.
pub(in crate::evaluation) fn holds(described: &Asset, act: &Act) -> bool {
    let Object::Evidence(item, _) = act.on else {
        return true;
    };
    let items = evidence_items(described.kind);
    item.map_or(!items.is_empty(), |item| items.contains(&item))
}

/// Whether a selector took an asset at an instant. What was affected until then counts as affected.
pub(super) fn took(
    facts: &Facts<'_>,
    incident: IncidentId,
    (measure, selector): (Measure, &Selector),
    asset: AssetId,
    at: ExerciseTime,
) -> bool {
    match selector {
        Selector::Affected => {
            let mut hits = hits(facts, incident, asset, at);
            let brings_back = calling(measure).meet(Calls::DOWN);
            hits.any(Hit::affects) || (brings_back && was_down(facts, incident, asset, at))
        }
        Selector::InState(state) => {
            let mut spans = facts.states.of(asset).filter(|span| span.state == *state);
            spans.any(|span| span.from.at <= at && span.until.is_none_or(|until| until.at >= at))
        }
        Selector::Both(all) => all
            .iter()
            .all(|one| took(facts, incident, (measure, one), asset, at)),
        other => is_described(facts.exercise.asset(asset), asset, other),
    }
}

/// The assets that an expectation asks for at an instant, in order. `apart`: a step whose hits do not
/// count.
pub(super) fn asked_for<'f>(
    facts: &'f Facts<'_>,
    id: ExpectationId,
    until: ExerciseTime,
    apart: Option<StepId>,
) -> impl Iterator<Item = AssetId> + 'f {
    let expectation = &facts.exercise.scenario().expectations[id.index()];
    let expected = facts.criteria.expected(id);
    let asked = expected.assets.iter().copied();
    asked.filter(move |asset| {
        !expected.by_state
            || (facts.is_found(expectation.incident, *asset, until)
                && is_for(facts, expectation, *asset, until, apart))
    })
}

/// Whether what had happened to an asset until an instant calls for the measure of an expectation.
fn is_for(
    facts: &Facts<'_>,
    expectation: &Expectation,
    asset: AssetId,
    until: ExerciseTime,
    apart: Option<StepId>,
) -> bool {
    let incident = expectation.incident;
    let Some(act) = expectation.asks.act() else {
        return false;
    };
    let calling = calling(act.measure);
    let mut hits = hits(facts, incident, asset, until).filter(|hit| Some(hit.step) != apart);
    let was_hit = hits.any(|hit| Calls::of(hit).meet(calling));
    let was_down = calling.meet(Calls::DOWN) && was_down(facts, incident, asset, until);
    let wiped = calling.meet(Calls::LOST) && was_in(facts, asset, AssetState::Wiped, until);
    (was_hit || was_down || wiped) && had_the_states(facts, act, asset, until)
}

/// Whether an asset had been in each state that the selector of an act names.
fn had_the_states(facts: &Facts<'_>, act: &Act, asset: AssetId, until: ExerciseTime) -> bool {
    fn had(facts: &Facts<'_>, of: &Selector, asset: AssetId, until: ExerciseTime) -> bool {
        match of {
            Selector::InState(state) => was_in(facts, asset, *state, until),
            Selector::Both(all) => all.iter().all(|one| had(facts, one, asset, until)),
            _ => true,
        }
    }
    selector(act).is_none_or(|of| had(facts, of, asset, until))
}

/// What happens to an asset and calls for a measure on it.
pub(in crate::evaluation) const fn calling(measure: Measure) -> Calls {
    match measure.row().called_by {
        CalledBy::Harm => Calls::AFFECTED,
        CalledBy::Foothold => Calls::FOOTHOLD,
        CalledBy::Altering => Calls::ALTERED,
        CalledBy::Loss => Calls::LOST.and(Calls::ALTERED),
        CalledBy::Theft => Calls::STOLEN,
        CalledBy::Publishing => Calls::EXPOSED,
        CalledBy::HarmOrOutage => Calls::AFFECTED.and(Calls::DOWN),
    }
}

/// Whether the need for an act on an asset was met in time in another way: what is contained need not be
/// cut off as well, unless it was merely switched off; a foothold that is gone need not be removed.
pub(super) fn is_needless(
    facts: &Facts<'_>,
    expectation: &Expectation,
    item: &AskedFor,
    until: ExerciseTime,
) -> bool {
    let (Some(asset), Some(act)) = (item.asset, expectation.asks.done()) else {
        return false;
    };
    let wanted = act.measure;
    let contained = || {
        let mut taken = facts.taken.on(asset);
        taken.any(|taken| {
            taken.entry.at <= until
                && taken.instance.incident == expectation.incident
                && contains_there(facts, taken, until)
                && taken.measure.row().leaves != Some(AssetState::Off)
                && taken.measure != wanted
        })
    };
    let corrected = || {
        let mut taken = facts.taken.on(asset);
        taken.any(|taken| {
            taken.entry.at <= until && taken.measure.row().brings_back == Some(Back::Data)
        })
    };
    if wanted.cuts_off() {
        return contained();
    }
    // What was put right and no worse need not be restored.
    if wanted.brings_back_whole() {
        let mut hits = hits(facts, expectation.incident, asset, until);
        return !hits.any(|hit| Calls::of(hit).meet(Calls::LOST)) && corrected();
    }
    let ends = wanted.row().called_by.ends();
    ends.is_some_and(|state| is_over(facts, asset, state, until))
}

/// Whether a measure contained the asset on which it was taken, as far as what affected that until an instant
/// goes.
fn contains_there(facts: &Facts<'_>, taken: &Taken<'_>, until: ExerciseTime) -> bool {
    let Some(asset) = taken.asset else {
        return false;
    };
    let hits = facts.hits.iter();
    let mut affecting = hits
        .take_while(|hit| hit.entry.at <= until)
        .filter(|hit| hit.asset == asset && hit.affects())
        .peekable();
    let was_hit = affecting.peek().is_some();
    let names = |hit: &Hit<'_>| {
        facts
            .exercise
            .step(hit.step)
            .stopped_by
            .contains(&taken.measure)
    };
    let is_account = facts.exercise.asset(asset).kind == AssetKind::Account;
    taken
        .measure
        .contains_there(is_account, was_hit && affecting.all(names))
}

/// Whether a state of an asset was over by an instant.
fn is_over(facts: &Facts<'_>, asset: AssetId, state: AssetState, until: ExerciseTime) -> bool {
    let mut spans = facts.states.of(asset).filter(|span| span.state == state);
    // The last one comes first.
    spans.next().is_some_and(|span| {
        let over = span.until.map(|entry| entry.at);
        over.is_some_and(|over| over <= until)
    })
}

fn hits<'f, 'a>(
    facts: &'f Facts<'a>,
    incident: IncidentId,
    asset: AssetId,
    until: ExerciseTime,
) -> impl Iterator<Item = &'f Hit<'a>> {
    let hits = facts.hits.iter();
    let hits = hits.take_while(move |hit| hit.entry.at <= until);
    hits.filter(move |hit| hit.asset == asset && hit.incident == incident)
}

fn was_in(facts: &Facts<'_>, asset: AssetId, state: AssetState, until: ExerciseTime) -> bool {
    let mut spans = facts.states.of(asset);
    spans.any(|span| span.state == state && span.from.at <= until)
}

/// Whether an asset was out of service because of an incident until an instant.
fn was_down(facts: &Facts<'_>, incident: IncidentId, asset: AssetId, until: ExerciseTime) -> bool {
    let mut spans = facts.states.of(asset);
    spans.any(|span| {
        span.state == AssetState::OutOfService
            && span.incident == Some(incident)
            && span.from.at <= until
    })
}
