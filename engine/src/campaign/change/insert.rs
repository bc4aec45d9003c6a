//! A person or a channel that is new: it stands at its place in the list, and ids behind it move.

use crate::exercise::{
    Channel, ChannelId, ChannelKind, Organisation, Parts, Person, PersonId, RoleId, Slug,
    WeeklyHours,
};

/// The id of a channel that hangs on nothing.
pub const NEW_CHANNEL: &str = "out-of-band";

/// What ends the ids of people who come beside the first of a role.
const MORE: [&str; 8] = [
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
];

/// The id of one more person for a role, which nobody has yet; `None`: there are too many already.
pub fn new_person(role: &Slug, people: &[Person]) -> Option<Slug> {
    let free = |slug: &Slug| people.iter().all(|person| person.slug != *slug);
    let named = |more: &str| Slug::new(&format!("{role}-{more}"));
    MORE.iter().filter_map(|more| named(more)).find(free)
}

/// Puts one more person into a role, who keeps these hours and can be reached as the first holder can.
pub(super) fn insert_person(parts: &mut Parts, role: RoleId, shift: WeeklyHours) -> Option<()> {
    let organisation = &mut parts.organisation;
    let described = &organisation.roles[role.index()];
    let first = organisation.people[described.holders.first()?.index()].clone();
    let slug = new_person(&described.slug, &organisation.people)?;
    // Who is not on call has no telephone to carry as a matter of course.
    let channels = if first.channels == usual_channels(organisation, true) {
        usual_channels(organisation, false)
    } else {
        first.channels
    };
    let at = organisation.people.partition_point(|of| of.slug < slug);
    let moved = |of: &mut PersonId| {
        if of.index() >= at {
            *of = PersonId::new(of.index() + 1);
        }
    };
    for role in &mut organisation.roles {
        role.holders.iter_mut().for_each(moved);
        role.deputies.iter_mut().for_each(moved);
    }
    let person = Person {
        slug,
        shift,
        on_call: WeeklyHours::default(),
        leave: Vec::new(),
        trained_days_ago: [None; 6],
        experience: Default::default(),
        also: Vec::new(),
        awake_before_shift: None,
        keeps_holidays: first.keeps_holidays,
        channels,
        notice: first.notice,
    };
    organisation.people.insert(at, person);
    let holders = &mut organisation.roles[role.index()].holders;
    holders.push(PersonId::new(at));
    holders.sort_unstable();
    Some(())
}

/// The channels on which somebody is reached of whom nothing else is said.
pub(super) fn usual_channels(organisation: &Organisation, on_call: bool) -> Vec<ChannelId> {
    let channels = organisation.channels.iter().enumerate();
    let usual = channels.filter(|(_, of)| of.kind.is_usual(on_call));
    usual.map(|(i, _)| ChannelId::new(i)).collect()
}

/// Puts a channel that hangs on nothing into the list, and gives it to everybody. `None`: there is one.
pub(super) fn insert_channel(parts: &mut Parts) -> Option<()> {
    let channels = &parts.organisation.channels;
    let there = |of: &Channel| of.out_of_band || of.slug.as_str() == NEW_CHANNEL;
    if channels.iter().any(there) {
        return None;
    }
    let slug = Slug::new(NEW_CHANNEL)?;
    let at = channels.partition_point(|of| of.slug < slug);
    renumber_channels(parts, |of| {
        Some(ChannelId::new(of.index() + usize::from(of.index() >= at)))
    });
    let organisation = &mut parts.organisation;
    let channel = Channel {
        slug,
        kind: ChannelKind::OutOfBand,
        depends_on: Vec::new(),
        out_of_band: true,
        acknowledgeable: true,
        verified_days_ago: Some(1),
    };
    organisation.channels.insert(at, channel);
    for person in &mut organisation.people {
        person.channels.push(ChannelId::new(at));
        person.channels.sort_unstable();
    }
    Some(())
}

/// Gives every channel that is named anywhere another id; what has none is named no more.
pub(super) fn renumber_channels(parts: &mut Parts, new: impl Fn(ChannelId) -> Option<ChannelId>) {
    let one = |of: &mut Option<ChannelId>| *of = of.and_then(&new);
    let many = |of: &mut Vec<ChannelId>| *of = of.iter().copied().filter_map(&new).collect();
    let organisation = &mut parts.organisation;
    let people = organisation.people.iter_mut();
    people.for_each(|of| many(&mut of.channels));
    let stakeholders = organisation.stakeholders.iter_mut();
    stakeholders.for_each(|of| many(&mut of.channels));
    organisation
        .teams
        .iter_mut()
        .for_each(|of| one(&mut of.bridge));
    organisation
        .sources
        .iter_mut()
        .for_each(|of| one(&mut of.via));
    organisation
        .groups
        .iter_mut()
        .for_each(|of| one(&mut of.channel));
    parts.plan.tasks.iter_mut().for_each(|of| one(&mut of.via));
}
