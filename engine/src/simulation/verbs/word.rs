//! Word: which message is sent when something happens. A verb shared by all concerns.

use crate::exercise::{
    Addressee, AssetId, AssetState, Few, Function, IncidentId, InjectId, Instance, Knowable,
    MessageId, PersonId, RoleId, Severity,
};
use crate::record::{Actor, MessageKind, Origin};
use crate::simulation::lane::Lane;
use crate::simulation::messages::{self, Draft, Wanted};
use crate::simulation::minds;
use crate::simulation::scene::Scene;
use crate::simulation::work::{self, Readiness};
use smallvec::smallvec;

/// The first role that is addressed, else whoever takes reports, else nobody.
fn role_of(scene: Scene<'_>, to: Addressee) -> Option<RoleId> {
    let fallbacks = [
        Function::PointOfContact,
        Function::Analyst,
        Function::IncidentManager,
    ];
    let exercise = scene.exercise();
    let direct = exercise.roles(to).first().copied();
    direct.or_else(|| {
        fallbacks
            .iter()
            .find_map(|f| exercise.roles(Addressee::Function(*f)).first().copied())
    })
}

/// A message without more than it needs.
fn draft(kind: MessageKind, origin: Origin, to: RoleId, cause: u32) -> Draft {
    Draft {
        kind,
        origin,
        to,
        via: None,
        reveals: Vec::new(),
        about: Few::new(),
        incident: None,
        severity: Severity::Medium,
        again: false,
        present: Few::new(),
        called: Few::new(),
        asked_by: Few::new(),
        actor: Actor::Rules {},
        cause,
    }
}

fn send(lane: &mut Lane<'_>, scene: Scene<'_>, draft: Draft) -> MessageId {
    let (people, assets) = (&lane.people, &lane.assets);
    let id = messages::send(
        lane.messages,
        people,
        assets,
        lane.agenda,
        lane.out,
        scene,
        draft,
    );
    for instance in lane.messages.about(id) {
        lane.work.add_letter(instance, id);
    }
    id
}

/// How severe an incident is taken to be, which decides how urgent word of it is.
fn severity(lane: &Lane<'_>, scene: Scene<'_>, incident: IncidentId) -> Severity {
    lane.view(scene).severity(incident)
}

/// A source tells whom it has to about something it saw, or thinks it saw.
pub(crate) fn alert(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    source: crate::exercise::SourceId,
    origin: Origin,
    facts: &[Knowable],
    incident: Option<IncidentId>,
    cause: u32,
) {
    let described = &scene.exercise().organisation().sources[source.index()];
    let Some(to) = role_of(scene, described.tells) else {
        return;
    };
    let mut draft = draft(MessageKind::Alert, origin, to, cause);
    draft.via = described.via.map(Wanted::Channel);
    draft.reveals = lane.out.facts(facts.iter().copied());
    draft.incident = incident;
    draft.again = described.escalates;
    send(lane, scene, draft);
}

/// Staff report what they saw.
pub(crate) fn staff_report(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    group: crate::exercise::GroupId,
    origin: Origin,
    facts: &[Knowable],
    incident: IncidentId,
    cause: u32,
) {
    let Some(to) = role_of(scene, Addressee::Function(Function::PointOfContact)) else {
        return;
    };
    let mut draft = draft(MessageKind::Alert, origin, to, cause);
    draft.via = scene.exercise().organisation().groups[group.index()]
        .channel
        .map(Wanted::Channel);
    draft.reveals = lane.out.facts(facts.iter().copied());
    draft.incident = Some(incident);
    send(lane, scene, draft);
}

/// The role that is told of an outage of an asset: its owner's, else that which takes reports.
pub(crate) fn owner_of(scene: Scene<'_>, asset: AssetId) -> Option<RoleId> {
    let owner = scene.exercise().asset(asset).owner.map(Addressee::Role);
    let contact = Addressee::Function(Function::PointOfContact);
    role_of(scene, owner.unwrap_or(contact))
}

/// An asset that does not serve makes itself felt with its owner.
pub(crate) fn outage(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    asset: AssetId,
    ordinal: u32,
    incident: Option<IncidentId>,
    cause: u32,
) {
    let Some(to) = owner_of(scene, asset) else {
        return;
    };
    let mut draft = draft(
        MessageKind::Alert,
        Origin::Outage { asset, ordinal },
        to,
        cause,
    );
    if let Some(incident) = incident {
        draft.reveals = lane.out.facts([
            Knowable::Alerted(incident),
            Knowable::Asset(incident, asset, AssetState::OutOfService),
        ]);
    }
    draft.incident = incident;
    send(lane, scene, draft);
}

/// An inject reaches those it is for.
pub(crate) fn inject(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    inject: InjectId,
    ordinal: u32,
    cause: u32,
) {
    let described = scene.exercise().inject(inject);
    let Some(to) = role_of(scene, described.to) else {
        return;
    };
    let mut reveals = lane.out.facts([]);
    lane.view(scene).facts_of_inject(inject, &mut reveals);
    let mut draft = draft(
        MessageKind::Inject,
        Origin::Inject { inject, ordinal },
        to,
        cause,
    );
    draft.via = described.via.map(Wanted::Kind);
    draft.incident = (!reveals.is_empty()).then_some(described.incident);
    draft.reveals = reveals;
    draft.again = described.again;
    send(lane, scene, draft);
}

/// The facilitator says something that the scenario does not hold.
pub(crate) fn facilitator(lane: &mut Lane<'_>, scene: Scene<'_>, to: RoleId, cause: u32) {
    let ordinal = lane.story.next_facilitator_message();
    let mut draft = draft(
        MessageKind::Inject,
        Origin::Facilitator { ordinal },
        to,
        cause,
    );
    draft.actor = Actor::Facilitator {};
    send(lane, scene, draft);
}

/// Somebody tells a role something in their own words: what they know of an incident goes with it.
pub(crate) fn tell(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    (to, incident): (RoleId, IncidentId),
    cause: u32,
) {
    let Some(from) = scene.exercise().roles_held(person).first().copied() else {
        return;
    };
    let ordinal = lane.story.next_own_message();
    let origin = Origin::Own { person, ordinal };
    let mut draft = draft(MessageKind::Information, origin, to, cause);
    fill_in(lane, scene, &mut draft, (from, actor), incident);
    draft.again = true;
    send(lane, scene, draft);
}

/// Finished work is handed on to a role, with all that the doer knows.
pub(crate) fn hand_on(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (from, doer): (RoleId, Actor),
    to: RoleId,
    about: Few<Instance>,
    cause: u32,
) {
    let first = about[0];
    let kind = MessageKind::HandOn;
    let mut draft = draft(kind, Origin::HandOn { instance: first }, to, cause);
    let task = scene.exercise().task(first.task);
    draft.via = task.via.map(Wanted::Channel);
    fill_in(lane, scene, &mut draft, (from, doer), first.incident);
    draft.about = about;
    draft.again = true;
    send(lane, scene, draft);
}

/// What a role knows of an incident goes into a message; members of the room get it in person.
fn fill_in(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    draft: &mut Draft,
    (from, actor): (RoleId, Actor),
    incident: IncidentId,
) {
    draft.reveals = lane.out.facts([]);
    let known = lane.minds.role(from);
    let facts = known.of(scene.exercise(), incident);
    facts.for_each(|fact| draft.reveals.push(fact));
    draft.incident = Some(incident);
    draft.severity = severity(lane, scene, incident);
    let is_there = |person: &PersonId| lane.minds.is_present(incident, *person);
    if actor.person().as_ref().is_some_and(is_there) {
        let holders = scene.exercise().role(draft.to).holders.iter();
        draft.present.extend(holders.copied().filter(is_there));
    }
    draft.actor = actor;
}

/// Somebody is consulted or informed when work has ended.
pub(crate) fn spread(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    instance: Instance,
    (from, actor): (RoleId, Actor),
    cause: u32,
) {
    let task = scene.exercise().task(instance.task);
    let consulted = task
        .consulted
        .iter()
        .map(|to| (*to, MessageKind::Consultation));
    let informed = task
        .informed
        .iter()
        .map(|to| (*to, MessageKind::Information));
    let mut told: Few<RoleId> = smallvec![from];
    for (to, kind) in consulted.chain(informed) {
        for role in scene.exercise().roles(to) {
            if told.contains(role) {
                continue;
            }
            told.push(*role);
            let mut draft = draft(kind, Origin::HandOn { instance }, *role, cause);
            draft.via = task.via.map(Wanted::Channel);
            fill_in(
                lane,
                scene,
                &mut draft,
                (from, actor.clone()),
                instance.incident,
            );
            send(lane, scene, draft);
        }
    }
}

/// People are called to work for which nobody is there. Whoever has a call for the role unread learns of
/// further work by that one.
pub(crate) fn call_out(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    instance: Instance,
    (to, mut called): (RoleId, Few<PersonId>),
    (from, actor): (Option<RoleId>, Actor),
    cause: u32,
) {
    called.retain(|person| {
        let open = lane.messages.open_call(to, *person);
        if let Some(id) = open
            && !lane.messages.about(id).any(|of| of == instance)
        {
            lane.messages.add_topic(id, instance);
            lane.work.add_letter(instance, id);
        }
        open.is_none()
    });
    if called.is_empty() {
        return;
    }
    let mut draft = draft(
        MessageKind::CallOut,
        Origin::CallOut { instance },
        to,
        cause,
    );
    fill_in(
        lane,
        scene,
        &mut draft,
        (from.unwrap_or(to), actor),
        instance.incident,
    );
    draft.present.clear();
    draft.called = called;
    draft.about = smallvec![instance];
    draft.again = true;
    send(lane, scene, draft);
}

/// Approval is asked for. Returns whether there is anybody to ask.
pub(crate) fn ask_approval(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    instance: Instance,
    (from, actor): (Option<RoleId>, Actor),
    cause: u32,
) -> bool {
    let task = scene.exercise().task(instance.task);
    let Some(approver) = task.approval else {
        return false;
    };
    let Some(to) = scene.exercise().roles(approver).first().copied() else {
        return false;
    };
    let event = crate::record::Event::ApprovalAsked { instance, of: to };
    let asked = lane.out.emit(actor.clone(), Some(cause), event);
    let mut draft = draft(
        MessageKind::ApprovalRequest,
        Origin::Approval { instance },
        to,
        asked,
    );
    draft.via = task.via.map(Wanted::Channel);
    fill_in(
        lane,
        scene,
        &mut draft,
        (from.unwrap_or(to), actor),
        instance.incident,
    );
    draft.about = smallvec![instance];
    draft.asked_by = work::asked_by(lane.work, scene, instance);
    draft.again = true;
    send(lane, scene, draft);
    true
}

/// Facts that an obligation needs are passed on to who sees to it.
pub(crate) fn duty(lane: &mut Lane<'_>, scene: Scene<'_>, duty: &minds::Duty) {
    let origin = Origin::Duty {
        obligation: duty.obligation,
        incident: duty.incident,
    };
    let mut draft = draft(MessageKind::Information, origin, duty.to, duty.cause);
    let actor = voice(lane, scene, duty.from);
    fill_in(lane, scene, &mut draft, (duty.from, actor), duty.incident);
    draft.again = true;
    send(lane, scene, draft);
}

/// Who in a role speaks for it now: somebody on duty. Nobody speaks who is asleep or away: then what the
/// rules have said is the rules' own word.
pub(crate) fn voice(lane: &Lane<'_>, scene: Scene<'_>, role: RoleId) -> Actor {
    let described = scene.exercise().role(role);
    let all = || described.holders.iter().chain(&described.deputies).copied();
    let there = all().find(|person: &PersonId| lane.people.on_duty(scene, *person));
    there.map_or(Actor::Rules {}, |person| lane.people.actor(person))
}
