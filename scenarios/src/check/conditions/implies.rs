//! Which facts follow from which, whatever happens in an exercise.
//!
//! Asked of single facts only, by the rules of `conditions`. It knows no scenario and no plan.

use crate::definition::{About, Condition, Name, Selector};
use hotwash_engine::exercise::AssetState;

/// Whether a fact is there whenever another one is.
pub(super) fn implies(one: &Condition, other: &Condition) -> bool {
    use Condition as C;
    match (one, other) {
        (C::AlertRaised, C::AlertRaised)
        | (C::PersonalDataInvolved, C::PersonalDataInvolved)
        | (C::Impact, C::Impact)
        | (C::Scope, C::Scope) => true,
        (C::MessageRead(one), C::MessageRead(other)) => one.value == other.value,
        (C::Done(one), C::Done(other))
        | (C::Reached(one), C::Reached(other))
        | (C::InjectDelivered(one), C::InjectDelivered(other)) => is_same(one, other),
        (C::Decided(one, choice), C::Decided(other, chosen)) => {
            is_same(one, other) && is_same(choice, chosen)
        }
        (C::Taken(one, on), C::Taken(other, wanted)) => {
            let selected = |(on, wanted): (&_, &_)| is_within(on, wanted);
            let on = on.as_ref().map(|on| &on.value);
            let wanted = wanted.as_ref().map(|wanted| &wanted.value);
            one.value == other.value && (wanted.is_none() || on.zip(wanted).is_some_and(selected))
        }
        (C::InState(on, one), C::InState(wanted, other)) => {
            one.value == other.value && is_within(&on.value, &wanted.value)
        }
        (C::SeverityAtLeast(one), C::SeverityAtLeast(other)) => one.value >= other.value,
        (C::PhaseReached(one) | C::PhaseCompleted(one), C::PhaseReached(other))
        | (C::PhaseCompleted(one), C::PhaseCompleted(other)) => one.value == other.value,
        (C::Known(one), C::Known(other)) => parts(&one.value) == parts(&other.value),
        (C::RecordsExposed(one), C::RecordsExposed(other)) => one.value >= other.value,
        (C::MoneyLost(one), C::MoneyLost(other)) => one.value >= other.value,
        (C::Notified(one), C::Notified(other)) => one.value == other.value,
        (C::Elapsed(one), C::Elapsed(other)) => one.value >= other.value,
        (C::Since(mark, one), C::Since(other_mark, other)) => {
            mark.value == other_mark.value && one.value >= other.value
        }
        _ => false,
    }
}

/// Whether two facts can never be there together: of a decision one option is taken.
pub(super) fn exclude(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (Condition::Decided(one, choice), Condition::Decided(other, chosen)) => {
            is_same(one, other) && !is_same(choice, chosen)
        }
        _ => false,
    }
}

/// Whether a fact stays once it is there. States of assets pass, measures are lifted, and a classification is
/// changed.
pub(super) const fn lasts(fact: &Condition) -> bool {
    use Condition as C;
    matches!(
        fact,
        C::Reached(_)
            | C::InjectDelivered(_)
            | C::Decided(..)
            | C::Elapsed(_)
            | C::Since(..)
            | C::MoneyLost(_)
            | C::RecordsExposed(_)
            | C::Notified(_)
            | C::MessageRead(_)
            | C::AlertRaised
    )
}

fn is_same(one: &Name, other: &Name) -> bool {
    one.value == other.value
}

/// Whether every asset that one choice selects is selected by the other as well.
fn is_within(one: &Selector, other: &Selector) -> bool {
    use Selector as S;
    match (one, other) {
        (_, S::Everything) | (S::Affected, S::Affected) => true,
        (_, S::All(other)) => other.iter().all(|other| is_within(one, &other.value)),
        (S::All(one), _) => one.iter().any(|one| is_within(&one.value, other)),
        (S::Kind(one), S::Kind(other)) => one.value == other.value,
        (S::Asset(one), S::Asset(other)) => is_same(one, other),
        (S::Holding(one), S::Holding(other)) => one.value == other.value,
        (S::Valued(one, least), S::Valued(other, other_least)) => {
            one.value == other.value && least.value >= other_least.value
        }
        (S::InState(one), S::InState(other)) => one.value == other.value,
        _ => false,
    }
}

/// Something that can be known, without the places where it is written: its kind, its name, the state.
fn parts(about: &About) -> (u8, Option<&str>, Option<AssetState>) {
    let (kind, name, state) = match about {
        About::Alerted(of) => (0, of.as_ref(), None),
        About::Real(of) => (1, of.as_ref(), None),
        About::Declared(of) => (2, of.as_ref(), None),
        About::PersonalData(of) => (3, of.as_ref(), None),
        About::Scope(of) => (4, of.as_ref(), None),
        About::Cause(of) => (5, of.as_ref(), None),
        About::Step(name) => (6, Some(name), None),
        About::Asset(name, state) => (7, Some(name), Some(state.value)),
    };
    (kind, name.map(|name| name.as_str()), state)
}
