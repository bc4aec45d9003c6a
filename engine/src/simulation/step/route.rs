//! Which rules react to which event: the wiring between concerns.

use super::{acts, assigning, decisions, renewed, sightings};
use crate::exercise::{
    Act, AssetId, AssetState, Few, IncidentId, Instance, Knowable, Mark, Measure, MessageId,
    Object, PersonId, RoleId, Selector,
};
use crate::record::{Event, MessageKind, Origin, Outcome};
use crate::simulation::lane::{Lane, view};
use crate::simulation::out::{Changed, Echo};
use crate::simulation::scene::Scene;
use crate::simulation::verbs::measures;
use crate::simulation::verbs::measures::Deed;
use crate::simulation::verbs::word;
use crate::simulation::work;
use crate::simulation::work::{Look, Readiness};
use crate::simulation::{assets, clocks, incidents, messages, minds, monitoring, people, timers};

/// Lets the rules react to every event that they have not reacted to, until none is left.
#[inline]
pub(crate) fn settle_events(lane: &mut Lane<'_>, scene: Scene<'_>) {
    if !lane.out.is_settled() {
        settle(lane, scene);
    }
    lane.run.handled += lane.out.count();
}

// Mostly there is nothing to settle, and nothing is to be made ready for it.
#[inline(never)]
fn settle(lane: &mut Lane<'_>, scene: Scene<'_>) {
    while let Some((number, echo)) = lane.out.take_echo() {
        react(lane, scene, echo, number);
    }
}

/// The rules that an event concerns.
fn react(lane: &mut Lane<'_>, scene: Scene<'_>, echo: Echo, number: u32) {
    lane.watch.doubts.event(scene.stage, echo);
    match echo {
        Echo::StepTookEffect { step, asset } => {
            sightings::struck(lane, scene, (step, asset), number);
            renewed::struck(lane, scene, (step, asset), number);
        }
        Echo::AssetChanged { asset, state, on } => {
            asset_changed(lane, scene, asset, (state, on), number);
        }
        Echo::SignalRaised {
            source,
            step,
            asset,
        } => sightings::signal_raised(lane, scene, (source, step, asset), number),
        Echo::FalseAlarmRaised { source } => {
            sightings::false_alarm_raised(lane, scene, source, number);
        }
        Echo::StaffReported { group, step, asset } => {
            sightings::staff_reported(lane, scene, (group, step, asset), number);
        }
        Echo::InjectDelivered { inject } => {
            let ordinal = lane.story.delivery_count(inject);
            word::inject(lane, scene, inject, ordinal, number);
        }
        Echo::MessageSent { message } => sightings::sent(lane, scene, message, number),
        Echo::MessageNoticed { message, person } => {
            noticed(lane, scene, (message, person), number);
        }
        Echo::PersonReached { person } => {
            lane.out.mark(Changed::PEOPLE);
            replan_attention(lane, scene, person);
        }
        Echo::ReadingStarted { message } => {
            messages::milestone(lane.messages, message, number, false);
        }
        Echo::MessageRead { message, person } => read(lane, scene, (message, person), number),
        Echo::FactLearned { role, fact } => learned(lane, scene, (role, fact), number),
        Echo::RoomOpened => {
            minds::gather(lane.minds, lane.people, lane.agenda, lane.out, scene);
        }
        Echo::TaskBegan { instance } => started(lane, scene, instance, number),
        Echo::TaskPaused { instance } => paused(lane, scene, instance),
        Echo::TheirsRestored { asset } => others_restored(lane, scene, asset, number),
        Echo::TaskSkipped { instance } => {
            assets::restoring_ended(lane.assets, lane.out, scene, instance, number);
            lane.out.mark(Changed::WORK);
        }
        Echo::TaskEnded { instance, outcome } => ended(lane, scene, instance, outcome, number),
        Echo::MarkReached { incident, mark } => {
            timers::mark_reached(lane.agenda, scene, incident, mark);
            lane.out.mark(Changed::INCIDENT);
        }
        Echo::PhaseReopened { incident } => renewed::reopened(lane, scene, incident, number),
        Echo::Decided { choice, incident } => {
            decisions::decided(lane, scene, choice, incident, number);
        }
        other => react_to_deeds(lane, scene, other, number),
    }
}

/// A measure was taken, evidence secured, or a stakeholder told.
fn react_to_deeds(lane: &mut Lane<'_>, scene: Scene<'_>, echo: Echo, number: u32) {
    let (of, measure, asset) = match echo {
        Echo::MeasureTaken {
            instance,
            measure,
            asset,
            effect: true,
        } => (instance, measure, asset),
        Echo::EvidencePreserved {
            instance, asset, ..
        } => (instance, Measure::Preserve, Some(asset)),
        Echo::StakeholderNotified { instance, .. } => (instance, Measure::Notify, None),
        _ => return,
    };
    incidents::measure_taken(lane.incidents, of.incident, measure, asset, number);
    if let Echo::StakeholderNotified {
        stakeholder, said, ..
    } = echo
    {
        let notice = clocks::Notice {
            incident: of.incident,
            stakeholder,
            task: Some(of.task),
            said,
        };
        clocks::notified(lane.clocks, lane.agenda, lane.out, scene, notice, number);
    } else {
        lane.out.mark(Changed::WORLD.and(Changed::INCIDENT));
    }
}

/// An asset came into a state, or left it.
fn asset_changed(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    asset: AssetId,
    (state, on): (AssetState, bool),
    number: u32,
) {
    let outage = state == AssetState::OutOfService;
    lane.out.mark(Changed::WORLD);
    if outage && on {
        timers::out_of_service(lane.agenda, scene, asset);
        monitoring::outage_began(lane.assets, lane.agenda, scene, asset);
    }
    if !on {
        measures::backup_is_back(lane, scene, asset, number);
    }
    if outage && !on {
        measures::serves_again(lane, scene, asset, number);
    }
    if outage {
        channels_changed(lane, scene, asset);
    }
}

/// Whoever runs an asset says that it is restored: that counts as if we had brought it back.
fn others_restored(lane: &mut Lane<'_>, scene: Scene<'_>, asset: AssetId, number: u32) {
    let act = Act {
        measure: Measure::Restore,
        on: Object::Assets(Selector::Asset(asset)),
    };
    for incident in lane.incidents.ids() {
        if lane.assets.was_affected(incident, asset) {
            lane.work.apply(incident, &act, asset, number);
            incidents::restored_by_others(lane.incidents, incident, number);
            // What was tried before that was in vain.
            let again = [Measure::Reconnect, Measure::Accept];
            for measure in lane.work.unapply(incident, &again, asset, u32::MAX) {
                for task in scene.exercise().tasks_taking(measure) {
                    lane.work.again_on(scene, (*task, incident), number, asset);
                }
            }
        }
    }
    lane.out.mark(Changed::WORLD.and(Changed::WORK));
}

/// Channels that depend on an asset work again, or no longer do: what was held up is noticed, and other
/// people can be called.
fn channels_changed(lane: &mut Lane<'_>, scene: Scene<'_>, asset: AssetId) {
    if scene.stage.carries[asset.index()] {
        let (people, assets) = (&lane.people, &lane.assets);
        messages::channels_changed(lane.messages, people, assets, lane.agenda, scene);
        lane.work.wake_all(Look::CALL);
    }
}

/// Somebody was reached or went to rest: they notice messages at another time.
pub(super) fn replan_attention(lane: &mut Lane<'_>, scene: Scene<'_>, person: PersonId) {
    let (people, assets) = (&lane.people, &lane.assets);
    messages::presence_changed(lane.messages, people, assets, lane.agenda, scene, person);
}

/// A role learned a fact.
fn learned(lane: &mut Lane<'_>, scene: Scene<'_>, (role, fact): (RoleId, Knowable), number: u32) {
    minds::plan_share(lane.minds, lane.agenda, scene, role, fact);
    timers::fact_learned(lane.agenda, scene, fact);
    lane.work.learned(scene, fact, number);
    renewed::fact(lane, scene, (role, fact), number);
}

/// Work was laid aside: somebody has to take it up again.
fn paused(lane: &mut Lane<'_>, scene: Scene<'_>, instance: Instance) {
    let severity = severity(lane, scene, instance.incident);
    work::await_taker(lane.work, lane.agenda, scene, instance, severity);
    lane.out.mark(Changed::WORK);
}

fn noticed(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (message, person): (MessageId, PersonId),
    cause: u32,
) {
    messages::milestone(lane.messages, message, cause, false);
    let what = (message, person);
    people::noticed(lane.people, lane.messages, lane.out, scene, what, cause);
    let people::Busy::Working(piece) = lane.people.get(person).busy else {
        return;
    };
    if lane.messages.interrupts(message, person) && outranks(lane, scene, message, piece) {
        if lane.people.is_played(person) && acts::reads(lane, person, &[message]).is_none() {
            return;
        }
        work::interrupt(lane.work, lane.agenda, lane.out, scene, piece);
        people::start_reading(
            lane.people,
            lane.messages,
            lane.agenda,
            lane.out,
            scene,
            what,
        );
    }
}

/// Whether word may interrupt a piece of work: all word may, but a request for approval only where what
/// is to be approved has at least the priority of the work.
fn outranks(lane: &Lane<'_>, scene: Scene<'_>, id: MessageId, piece: usize) -> bool {
    let message = lane.messages.get(id);
    let view = view!(lane, scene);
    let own = view.priority(lane.work.piece(piece).instance.incident);
    let about = lane.messages.about(id);
    let mut about = about.map(|of| view.priority(of.incident));
    message.kind != MessageKind::ApprovalRequest || about.any(|priority| priority <= own)
}

fn read(lane: &mut Lane<'_>, scene: Scene<'_>, (id, person): (MessageId, PersonId), cause: u32) {
    messages::milestone(lane.messages, id, cause, true);
    let message = lane.messages.get(id);
    let (acting, facts) = (Some(message.to), lane.messages.reveals(id));
    minds::person_learns(lane.minds, lane.out, scene, person, acting, facts, cause);
    lane.out.mark(scene.stage.truths.by_reading);
    if let Some(incident) = message.incident.filter(|_| !facts.is_empty()) {
        let mark = (incident, Mark::Seen);
        incidents::observed(lane.incidents, lane.out, scene, mark, cause);
    }
    renewed::read(lane, scene, id, cause);
    due_for_each_message(lane, scene, id, cause);
    let mut place = 0;
    let about = |lane: &Lane<'_>, place| lane.messages.about(id).nth(place);
    while let Some(instance) = about(lane, place) {
        place += 1;
        told(lane, scene, instance, id, (person, cause));
    }
    let Origin::Inject { inject, .. } = lane.messages.get(id).origin else {
        return;
    };
    let described = scene.exercise().inject(inject);
    if let Some(decision) = described.decide {
        decisions::open_decision(lane, scene, (decision, described.incident), cause);
    }
}

/// Somebody read of a piece of work: it can be started, or is approved.
fn told(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    instance: Instance,
    message: MessageId,
    (person, cause): (PersonId, u32),
) {
    let Some(index) = lane.work.find(instance) else {
        return;
    };
    if lane.messages.get(message).kind == MessageKind::ApprovalRequest {
        approval_read(lane, scene, index, (person, cause));
        return;
    }
    work::called_up(lane.work, lane.out, index, cause);
}

/// Somebody read a request for approval: who is played answers it now or later.
fn approval_read(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    index: usize,
    (person, cause): (PersonId, u32),
) {
    if !lane.people.is_played(person) {
        assigning::approve(lane, index, person, cause);
        return;
    }
    lane.work.piece_mut(index).asked = Some(person);
    if let Some((granted, cause)) = acts::answer(lane, person, index) {
        acts::decide_approval(lane, scene, index, (person, granted), cause);
    }
}

/// Tasks that are done once for each alert or message are due for this one. Word that the response
/// itself sends counts for neither: else work on a message would make work.
fn due_for_each_message(lane: &mut Lane<'_>, scene: Scene<'_>, id: MessageId, cause: u32) {
    let message = lane.messages.get(id);
    if matches!(message.kind, MessageKind::Alert | MessageKind::Inject) {
        let main = scene.exercise().scenario().main;
        let is_alert = !lane.messages.reveals(id).is_empty();
        let incident = message.incident.unwrap_or(main);
        let to = (message.to, is_alert);
        lane.work.read(scene, to, incident, cause);
    }
}

fn started(lane: &mut Lane<'_>, scene: Scene<'_>, instance: Instance, cause: u32) {
    let does = &scene.exercise().task(instance.task).does;
    incidents::phase_started(lane.incidents, instance.incident, does, cause);
    restoring(lane, scene, instance, cause);
    lane.out.mark(Changed::WORK.and(Changed::INCIDENT));
    withdraw(lane, cause);
}

/// Work that restores or builds anew takes out of service what serves.
fn restoring(lane: &mut Lane<'_>, scene: Scene<'_>, instance: Instance, cause: u32) {
    let task = scene.exercise().task(instance.task);
    let renews = |act: &&Act| act.measure.row().renews;
    let Some(index) = lane.work.find(instance) else {
        return;
    };
    let piece = lane.work.piece(index);
    let (actor, target, role) = (piece.actor.clone(), piece.target, piece.role);
    let mut on = lane.work.take_targets();
    for act in task.does.iter().filter(renews) {
        let view = lane.view(scene);
        match target {
            Some(asset) => on.push(asset),
            None => view.list_targets(act, task, instance.incident, role.as_slice(), &mut on),
        }
    }
    on.sort_unstable();
    on.dedup();
    if !on.is_empty() {
        let by = (actor, cause);
        assets::restoring_began(lane.assets, lane.out, scene, (instance, &on), by);
    }
    lane.work.keep_targets(on);
}

/// Withdraws what nobody needs to read any more.
pub(crate) fn withdraw(lane: &mut Lane<'_>, cause: u32) {
    let letters = lane.work.take_unneeded();
    let work = &lane.work;
    let needed = |instance, kind| work.needs_message(instance, kind);
    let (messages, people) = (&mut lane.messages, &mut lane.people);
    let what = (&letters[..], cause);
    messages::withdraw(messages, people, lane.agenda, lane.out, &needed, what);
    debug_assert_eq!(messages.unneeded(people, &needed), None);
    lane.work.keep_unneeded(letters);
}

fn ended(lane: &mut Lane<'_>, scene: Scene<'_>, instance: Instance, outcome: Outcome, cause: u32) {
    lane.out.mark(Changed::WORK);
    // What was being restored serves again before the measures are taken: a backup among it is there for
    // the others.
    if outcome != Outcome::Redo {
        assets::restoring_ended(lane.assets, lane.out, scene, instance, cause);
    }
    if !outcome.claims_done() {
        return;
    }
    let Some(index) = lane.work.find(instance) else {
        return;
    };
    let piece = lane.work.piece(index);
    let role = piece.role.expect("work that ended had a role");
    let (people, actor) = (Few::from_slice(&piece.people), piece.actor.clone());
    let deed = Deed {
        instance,
        role,
        people,
        actor: actor.clone(),
        sound: outcome == Outcome::Done,
        target: piece.target,
        cause,
    };
    minds::finished(lane.minds, role, instance.incident);
    for act in &scene.exercise().task(instance.task).does {
        measures::take(lane, scene, &deed, act);
    }
    if scene.exercise().task(instance.task).keeps_log {
        let event = Event::LogWritten {
            incident: instance.incident,
            about: cause,
        };
        lane.out.emit(actor.clone(), Some(cause), event);
    }
    word::spread(lane, scene, instance, (role, actor), cause);
    withdraw(lane, cause);
}

/// The role that did a predecessor of a task last, for hand-ons.
pub(crate) fn handed_by(lane: &Lane<'_>, scene: Scene<'_>, instance: Instance) -> Option<RoleId> {
    let task = scene.exercise().task(instance.task);
    let before = task.after.iter().chain(&task.after_any);
    let last = before.filter_map(|t| lane.work.last_done(*t, instance.incident));
    last.max_by_key(|piece| piece.ended)
        .and_then(|piece| piece.role)
}

/// The severity of an incident as it is taken to be.
pub(crate) fn severity(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
) -> crate::exercise::Severity {
    view!(lane, scene).severity(incident)
}
