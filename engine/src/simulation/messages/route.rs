//! Sending: to whom a message goes, and over which channel.

use super::calls::{approvers, call, callable};
use super::{Copy, Message, MessageState, Messages, Reading, channel_works};
use crate::exercise::{
    ChannelId, ChannelKind, Escalation, Exercise, Few, Function, IncidentId, Instance, Knowable,
    MessageId, PersonId, RoleId, Severity,
};
use crate::record::{Actor, Event, MessageKind, Origin, Presence};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::assets::Assets;
use crate::simulation::out::Out;
use crate::simulation::people::People;
use crate::simulation::scene::Scene;
use crate::simulation::set::Set;
use smallvec::{SmallVec, smallvec};

/// A message that is to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: MessageKind,
    pub(crate) origin: Origin,
    pub(crate) to: RoleId,
    /// The channel that plan, source or inject asks for.
    pub(crate) via: Option<Wanted>,
    pub(crate) reveals: Vec<Knowable>,
    pub(crate) about: Few<Instance>,
    pub(crate) incident: Option<IncidentId>,
    pub(crate) severity: Severity,
    /// Whether it is sent again while nobody notices it.
    pub(crate) again: bool,
    /// Holders of the role who are in the room, and are told in person.
    pub(crate) present: Few<PersonId>,
    /// Who is called, where it is a call.
    pub(crate) called: Few<PersonId>,
    /// Whose request it is, where approval is asked for: it goes to others, if any may give it.
    pub(crate) asked_by: Few<PersonId>,
    pub(crate) actor: Actor,
    pub(crate) cause: u32,
}

/// A channel that somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// This one.
    Channel(ChannelId),
    /// One of this kind.
    Kind(ChannelKind),
}

/// Some of those who get a message, and how.
pub(super) struct Delivery {
    pub(super) people: Few<PersonId>,
    pub(super) channel: Option<ChannelId>,
    pub(super) kind: ChannelKind,
}

/// All who get a message: mostly over one channel or two.
pub(super) type Deliveries = SmallVec<[Delivery; 2]>;

/// Sends a message.
pub(crate) fn send(
    messages: &mut Messages,
    people: &People,
    assets: &Assets,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene<'_>,
    draft: Draft,
) -> MessageId {
    let mut deliveries = deliver_by(people, assets, scene, &draft);
    let mut deliveries = deliveries.drain(..);
    let delivery = deliveries.next().unwrap_or_else(Delivery::to_nobody);
    let id = MessageId(messages.all.len() as u32 + 1);
    let first = messages.revealed.len();
    messages.revealed.extend_from_slice(&draft.reveals);
    messages.all.push(Message {
        kind: draft.kind,
        subject: scene.message(&draft.origin, draft.to),
        origin: draft.origin.clone(),
        to: draft.to,
        reveals: first..messages.revealed.len(),
        incident: draft.incident,
        state: MessageState::Unnoticed,
        reading: Reading::Fresh,
        again: draft.again,
        noticed: scene.now,
        severity: draft.severity,
        stage: 0,
        last_entry: 0,
        topics: None,
        copies: None,
        pending: None,
    });
    for instance in draft.about {
        messages.add_topic(id, instance);
    }
    copy_to(messages, people, assets, agenda, scene, id, &delivery);
    let event = Event::MessageSent {
        message: id,
        kind: draft.kind,
        origin: draft.origin,
        to: draft.to,
        people: delivery.people,
        channel: delivery.channel,
        reveals: draft.reveals,
    };
    let entry = out.emit(draft.actor.clone(), Some(draft.cause), event);
    messages.get_mut(id).last_entry = entry;
    for delivery in deliveries {
        copy_to(messages, people, assets, agenda, scene, id, &delivery);
        let event = Event::MessageCopied {
            message: id,
            people: delivery.people,
            channel: delivery.channel,
        };
        messages.get_mut(id).last_entry = out.emit(draft.actor.clone(), Some(entry), event);
    }
    if people.act() {
        await_notice(messages, agenda, scene, id);
    }
    id
}

/// A message that is sent again while nobody notices it is so after the time of its severity.
pub(super) fn await_notice(
    messages: &Messages,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    id: MessageId,
) {
    let message = messages.get(id);
    if message.again && message.reading == Reading::Fresh {
        let after = scene.exercise().plan().escalation.after[message.severity.index()];
        agenda.schedule(Rank::Escalation, id.0 as usize, scene.now + after);
    }
}

/// Sends copies of a message to people over a channel, and plans when each notices.
fn copy_to(
    messages: &mut Messages,
    people: &People,
    assets: &Assets,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    id: MessageId,
    delivery: &Delivery,
) {
    let from = scene.now;
    let subject = messages.get(id).subject;
    for person in &delivery.people {
        let demand = scene.dice.demand(subject.with(scene.person(*person)));
        let slot = messages.copies.len();
        messages.copies.push(Copy {
            message: id,
            person: *person,
            channel: delivery.channel,
            kind: delivery.kind,
            from,
            demand,
            at: None,
            next: None,
        });
        let message = messages.get_mut(id);
        let (first, last) = message.copies.unwrap_or((slot, slot));
        message.copies = Some((first, slot));
        if last != slot {
            messages.copies[last].next = Some(slot);
        }
        messages.lies(slot, *person);
        messages.plan(people, assets, agenda, scene, slot);
    }
}

/// Who gets a message over which channels: first those who have the one that is chosen for all, then
/// each of the others on the best that they have.
fn deliver_by(people: &People, assets: &Assets, scene: Scene<'_>, draft: &Draft) -> Deliveries {
    if !draft.present.is_empty() {
        return smallvec![Delivery {
            people: draft.present.clone(),
            channel: None,
            kind: ChannelKind::InPerson,
        }];
    }
    if draft.kind == MessageKind::CallOut {
        return call(assets, scene, &draft.called);
    }
    let asked;
    let all = if draft.kind == MessageKind::ApprovalRequest {
        asked = approvers(scene, draft);
        &asked[..]
    } else {
        holders(scene, draft.to)
    };
    let there = all.iter().any(|person| people.on_duty(scene, *person));
    let channel = choose(scene, assets, draft, (all, there));
    let kind = kind_of(scene, channel);
    let mut deliveries = if kind.on_site_only() {
        live_voice(people, assets, scene, (draft, all), channel, kind)
    } else {
        smallvec![Delivery {
            people: having(scene, all, channel),
            channel,
            kind,
        }]
    };
    let lack = |person: &PersonId| channel.is_some_and(|channel| !has(scene, *person, channel));
    let others = all.iter().copied().filter(lack);
    let by = |person: PersonId| {
        let there = people.on_duty(scene, person);
        let channel = choose(scene, assets, draft, (&[person], there))?;
        let voice = kind_of(scene, Some(channel));
        // Nobody is there to hear it: it becomes voice mail.
        let mail = voice.on_site_only() && !there;
        let kind = if mail { ChannelKind::Mail } else { voice };
        Some((channel, kind))
    };
    group(&mut deliveries, others, by);
    deliveries
}

impl Delivery {
    /// Nobody can be reached.
    fn to_nobody() -> Self {
        Self {
            people: Few::new(),
            channel: None,
            kind: ChannelKind::Mail,
        }
    }
}

/// Adds people to deliveries, each over a channel of their own; without one, they are left out.
pub(super) fn group(
    deliveries: &mut Deliveries,
    people: impl Iterator<Item = PersonId>,
    by: impl Fn(PersonId) -> Option<(ChannelId, ChannelKind)>,
) {
    for person in people {
        let Some((channel, kind)) = by(person) else {
            continue;
        };
        let same =
            |delivery: &&mut Delivery| (delivery.channel, delivery.kind) == (Some(channel), kind);
        match deliveries.iter_mut().find(same) {
            Some(delivery) => delivery.people.push(person),
            None => deliveries.push(Delivery {
                people: smallvec![person],
                channel: Some(channel),
                kind,
            }),
        }
    }
}

/// Those of some people who have a channel. Without any, nobody is reached, except in an organisation
/// that lists none: it has mail.
fn having(scene: Scene<'_>, people: &[PersonId], channel: Option<ChannelId>) -> Few<PersonId> {
    let unlisted = scene.exercise().organisation().channels.is_empty();
    let having =
        |person: &PersonId| channel.map_or(unlisted, |channel| has(scene, *person, channel));
    people.iter().copied().filter(having).collect()
}

/// Whether a person can be reached on a channel at all.
pub(super) fn has(scene: Scene<'_>, person: PersonId, channel: ChannelId) -> bool {
    scene.stage.reached_by[person.index()].contains(channel.index())
}

/// Everybody who holds a role, or stands in where nobody does.
pub(super) fn holders(scene: Scene<'_>, role: RoleId) -> &[PersonId] {
    let role = scene.exercise().role(role);
    if role.holders.is_empty() {
        &role.deputies
    } else {
        &role.holders
    }
}

/// A live voice reaches only somebody on site; else it diverts to the role's on-call person, then
/// to the point of contact, then becomes voice mail.
fn live_voice(
    people: &People,
    assets: &Assets,
    scene: Scene<'_>,
    (draft, all): (&Draft, &[PersonId]),
    channel: Option<ChannelId>,
    kind: ChannelKind,
) -> Deliveries {
    let contact = crate::exercise::Addressee::Function(Function::PointOfContact);
    let contacts = scene.exercise().roles(contact).iter().copied();
    // Nobody takes the call about a request of their own, unless nobody else is asked.
    let is_own = |person: &PersonId| draft.asked_by.contains(person) && !all.contains(person);
    for role in std::iter::once(draft.to).chain(contacts) {
        let of = if role == draft.to {
            all
        } else {
            holders(scene, role)
        };
        let mut there = having(scene, of, channel);
        there.retain(|person| people.on_duty(scene, *person) && !is_own(person));
        if !there.is_empty() {
            return smallvec![Delivery {
                people: there,
                channel,
                kind,
            }];
        }
        let on_call = callable(people, assets, scene, role, Presence::OnCall);
        let on_call = on_call.filter(|person| !is_own(person));
        let on_call = call(assets, scene, &on_call.collect::<Few<_>>());
        if !on_call.is_empty() {
            return on_call;
        }
    }
    smallvec![Delivery {
        people: having(scene, all, channel),
        channel,
        kind: ChannelKind::Mail,
    }]
}

/// The kind of a channel; an organisation without channels has mail.
pub(super) fn kind_of(scene: Scene<'_>, channel: Option<ChannelId>) -> ChannelKind {
    let channels = &scene.exercise().organisation().channels;
    channel.map_or(ChannelKind::Mail, |channel| channels[channel.index()].kind)
}

/// The channel that is asked for, if one of the people has it; else, from High up, the best working
/// one that interrupts; else mail or the next best that works.
fn choose(
    scene: Scene<'_>,
    assets: &Assets,
    draft: &Draft,
    (people, there): (&[PersonId], bool),
) -> Option<ChannelId> {
    let channels = &scene.exercise().organisation().channels;
    let usable = |channel: &ChannelId| people.iter().any(|p| has(scene, *p, *channel));
    let wanted = match draft.via {
        Some(Wanted::Channel(channel)) => Some(channel).filter(usable),
        Some(Wanted::Kind(kind)) => {
            let of_kind = channels.iter().enumerate().filter(|(_, c)| c.kind == kind);
            of_kind.map(|(i, _)| ChannelId::new(i)).find(usable)
        }
        None => None,
    };
    // A live voice is no choice where nobody is there to hear it.
    let first = |matches: &dyn Fn(ChannelKind) -> bool| {
        let heard = |kind: ChannelKind| there || !kind.on_site_only();
        best(scene, assets, people, |kind| heard(kind) && matches(kind))
    };
    let by_urgency = || {
        (draft.severity >= Severity::High)
            .then(|| first(&ChannelKind::interrupts))
            .flatten()
    };
    wanted
        .or_else(by_urgency)
        .or_else(|| first(&|kind| kind == ChannelKind::Mail))
        .or_else(|| first(&|kind| kind == ChannelKind::Chat))
        .or_else(|| first(&|_| true))
        .or_else(|| best(scene, assets, people, |_| true))
}

/// The best working channel of some kinds that one of the people has: those that reach people
/// anywhere before others, those meant for normal use before the out-of-band ones, then by id.
pub(super) fn best(
    scene: Scene<'_>,
    assets: &Assets,
    people: &[PersonId],
    matches: impl Fn(ChannelKind) -> bool,
) -> Option<ChannelId> {
    usable(scene, assets, people, matches).next()
}

/// The channels that one of some people has and that work, in the order in which senders think of them.
fn usable<'a>(
    scene: Scene<'a>,
    assets: &'a Assets,
    people: &'a [PersonId],
    matches: impl Fn(ChannelKind) -> bool + 'a,
) -> impl Iterator<Item = ChannelId> + 'a {
    let channels = &scene.exercise().organisation().channels;
    let in_order = scene.stage.channels.iter().copied();
    in_order
        .filter(move |id| matches(channels[id.index()].kind))
        .filter(move |id| people.iter().any(|person| has(scene, *person, *id)))
        .filter(move |id| channel_works(scene, assets, *id))
}

impl Messages {
    /// The channels of an organisation in the order in which senders think of them: first what reaches
    /// people anywhere, last what is kept for when the rest fails.
    pub(crate) fn channels(exercise: &Exercise) -> Vec<ChannelId> {
        let channels = &exercise.organisation().channels;
        let mut all: Vec<ChannelId> = (0..channels.len()).map(ChannelId::new).collect();
        all.sort_by_key(|id| {
            let channel = &channels[id.index()];
            (
                !channel.kind.reaches_anywhere(),
                channel.out_of_band,
                channel.kind.index(),
                *id,
            )
        });
        all
    }
}

impl Messages {
    /// By person: the channels on which they can be reached.
    pub(crate) fn reached_by(exercise: &Exercise) -> Vec<Set> {
        let organisation = exercise.organisation();
        let people = organisation.people.iter().map(|person| {
            let mut channels = Set::none(organisation.channels.len());
            for channel in &person.channels {
                channels.insert(channel.index());
            }
            channels
        });
        people.collect()
    }

    /// By asset: whether a channel depends on it.
    pub(crate) fn carriers(exercise: &Exercise) -> Vec<bool> {
        let organisation = exercise.organisation();
        let mut carriers = vec![false; organisation.assets.len()];
        for asset in organisation.channels.iter().flat_map(|c| &c.depends_on) {
            carriers[asset.index()] = true;
        }
        carriers
    }
}

/// Sends an unnoticed message again, to other people or over other channels: to each over the next best
/// that works and over which it was not sent to them yet. Returns who gets it over which; none, where
/// nobody has a channel that works.
pub(super) fn resend(
    messages: &mut Messages,
    people: &People,
    assets: &Assets,
    agenda: &mut Agenda,
    scene: Scene<'_>,
    id: MessageId,
    to: &[PersonId],
) -> Deliveries {
    let next = |to: &[PersonId]| next_channel(messages, assets, scene, id, to);
    let Some(first) = next(to) else {
        return Deliveries::new();
    };
    let by = |person: PersonId| {
        let own = if has(scene, person, first) {
            Some(first)
        } else {
            next(&[person])
        };
        own.map(|channel| (channel, kind_of(scene, Some(channel))))
    };
    let mut deliveries = Deliveries::new();
    group(&mut deliveries, to.iter().copied(), by);
    for delivery in &deliveries {
        copy_to(messages, people, assets, agenda, scene, id, delivery);
    }
    deliveries
}

/// The best channel on which a message is sent to people again.
fn next_channel(
    messages: &Messages,
    assets: &Assets,
    scene: Scene<'_>,
    id: MessageId,
    to: &[PersonId],
) -> Option<ChannelId> {
    let channels = &scene.exercise().organisation().channels;
    let calls = |kind: ChannelKind| kind.reaches_anywhere() || kind.interrupts();
    let tried = |channel: &ChannelId| {
        let mut copies = messages.copies(id).map(|slot| &messages.copies[slot]);
        copies.any(|copy| copy.channel == Some(*channel) && to.contains(&copy.person))
    };
    // One on which the sender sees that a message arrived: nobody wants to wonder twice.
    let seen = |channel: &ChannelId| {
        let channel = &channels[channel.index()];
        channel.acknowledgeable && channel.kind.reaches_anywhere()
    };
    usable(scene, assets, to, calls).min_by_key(|channel| (tried(channel), !seen(channel)))
}

/// The people of the first role that an escalation reaches in the end.
pub(super) fn escalation_target<'a>(scene: Scene<'a>, escalation: &Escalation) -> &'a [PersonId] {
    let roles = escalation
        .to
        .iter()
        .flat_map(|to| scene.exercise().roles(*to));
    roles
        .map(|role| holders(scene, *role))
        .find(|people| !people.is_empty())
        .unwrap_or_default()
}
