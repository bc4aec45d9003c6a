//! Calls and requests: who can be called away from work, and over which channel; who is asked for an approval.

use super::route::{Deliveries, Delivery, Draft, best, group, has, holders, kind_of};
use crate::exercise::{ChannelKind, Few, PersonId, RoleId};
use crate::record::Presence;
use crate::simulation::assets::Assets;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;

/// Those who can be called for a role where they are, on call or at home: holders, else deputies.
pub(crate) fn callable<'a>(
    people: &'a People,
    assets: &'a Assets,
    scene: Scene<'a>,
    role: RoleId,
    where_they_are: Presence,
) -> impl Iterator<Item = PersonId> + 'a {
    let role = scene.exercise().role(role);
    let is_callable = move |person: &PersonId| {
        let presence = people.presence(scene, *person);
        presence == where_they_are && can_be_called(people, assets, scene, *person)
    };
    let holders = role.holders.iter().any(is_callable);
    let list = if holders {
        &role.holders
    } else {
        &role.deputies
    };
    list.iter().copied().filter(is_callable)
}

/// Whether a person would hear a call, sooner or later: they neither rest nor are on leave, and have a
/// channel that works and reaches people anywhere.
pub(crate) fn can_be_called(
    people: &People,
    assets: &Assets,
    scene: Scene<'_>,
    person: PersonId,
) -> bool {
    let unlisted = scene.exercise().organisation().channels.is_empty();
    let phone = || best(scene, assets, &[person], ChannelKind::reaches_anywhere).is_some();
    let away = people.rests(scene, person) || people.is_on_leave(scene, person);
    !away && (unlisted || phone())
}

/// Calls people, each on the best channel that they have, or on the one that most are called on.
pub(super) fn call(assets: &Assets, scene: Scene<'_>, called: &[PersonId]) -> Deliveries {
    let phone = |people: &[PersonId]| best(scene, assets, people, ChannelKind::reaches_anywhere);
    let Some(channel) = phone(called) else {
        let unlisted = scene.exercise().organisation().channels.is_empty();
        let mut deliveries = Deliveries::new();
        if unlisted && !called.is_empty() {
            deliveries.push(Delivery {
                people: Few::from_slice(called),
                channel: None,
                kind: ChannelKind::MobilePhone,
            });
        }
        return deliveries;
    };
    let by = |person: PersonId| {
        let own = if has(scene, person, channel) {
            Some(channel)
        } else {
            phone(&[person])
        };
        own.map(|channel| (channel, kind_of(scene, Some(channel))))
    };
    let mut deliveries = Deliveries::new();
    group(&mut deliveries, called.iter().copied(), by);
    deliveries
}

/// Those who are asked for an approval: holders of the role, else deputies, whose own request it is not; where it
/// is that of all of them, whoever holds the role.
pub(super) fn approvers(scene: Scene<'_>, draft: &Draft) -> Few<PersonId> {
    let asks = |person: &PersonId| draft.asked_by.contains(person);
    let role = scene.exercise().role(draft.to);
    let of = |people: &[PersonId]| -> Few<PersonId> {
        let others = people.iter().filter(|person| !asks(person));
        others.copied().collect()
    };
    let holders_of_it = of(&role.holders);
    if !holders_of_it.is_empty() {
        return holders_of_it;
    }
    let deputies = of(&role.deputies);
    if deputies.is_empty() {
        Few::from_slice(holders(scene, draft.to))
    } else {
        deputies
    }
}
