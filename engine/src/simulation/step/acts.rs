//! What humans do, as the world takes it: what they start occupies them as it would anybody.

mod attendance;
mod choices;
mod own;
mod possible;

pub(super) use choices::{
    accept_change, accept_start, agreed, answer, completion, decision, reads, wanted,
};

pub(crate) use self::possible::possible;
use self::possible::{Starting, can_start, running, waiting};
use super::assigning;
use super::decisions::decision_due;
use super::shifts;
use super::taking_back::go_on;
use crate::exercise::{
    Category, DecisionId, IncidentId, Mark, MessageId, PersonId, RoleId, Severity,
};
use crate::record::{
    Action, Actor, EndKind, Event, Hand, HumanAct, PauseReason, Refusal, SkipReason, Which, Whose,
};
use crate::simulation::agenda::Rank;
use crate::simulation::incidents;
use crate::simulation::lane::Lane;
use crate::simulation::messages::Messages;
use crate::simulation::out::Changed;
use crate::simulation::people::{self, Busy, People};
use crate::simulation::scene::Scene;
use crate::simulation::story::{self, DecisionState, InjectState};
use crate::simulation::verbs::word;
use crate::simulation::work::{self, Approval, Readiness};
use crate::simulation::{assets, clocks};
use smallvec::smallvec;

/// The next act of a human that takes effect at this instant. What would occupy somebody who is busy
/// waits until they are free.
pub(super) fn next(lane: &mut Lane<'_>) -> Option<Action> {
    let (people, messages) = (&*lane.people, &*lane.messages);
    let waits = |action: &Action| is_held_up(people, messages, action);
    lane.humans.take(|action| !waits(action))
}

/// Whether an act would wait, since its doer is busy.
pub(crate) fn waits(lane: &Lane<'_>, action: &Action) -> bool {
    is_held_up(lane.people, lane.messages, action)
}

fn is_held_up(people: &People, messages: &Messages, action: &Action) -> bool {
    let Some(person) = action.person.filter(|person| people.is_played(*person)) else {
        return false;
    };
    let busy = people.get(person).busy;
    match &action.does {
        HumanAct::Start { .. } | HumanAct::Take { .. } => busy != Busy::Free,
        // A call is taken in the middle of work, any other message when it is done.
        HumanAct::Read { message } => match busy {
            Busy::Free => false,
            Busy::Reading { .. } => true,
            Busy::Working(_) => messages.exists(*message) && !messages.interrupts(*message, person),
        },
        _ => false,
    }
}

/// Applies an act of a human, or rejects it with a reason. Both are recorded.
pub(super) fn apply(lane: &mut Lane<'_>, scene: Scene<'_>, action: Action) {
    if let Err(reason) = possible(lane, scene, &action) {
        reject(lane, action, reason);
        return;
    }
    let actor = actor_of(&action);
    let cause = note_taken(lane, &action);
    if action.does.remark().is_some() {
        lane.humans.say(cause, &action.does);
        return;
    }
    match action.person {
        _ if action.does.is_attendance() => attendance::apply(lane, scene, &action.does, cause),
        _ if action.does.is_control() => control(lane, scene, actor, &action.does, cause),
        Some(person) => player(lane, scene, (person, actor), &action.does, cause),
        None => facilitator(lane, scene, &action.does, cause),
    }
    lane.out.mark(Changed::ALL);
}

/// Rejects what is still due when the exercise ends.
pub(super) fn reject_the_rest(lane: &mut Lane<'_>) {
    while let Some(action) = lane.humans.take(|_| true) {
        reject(lane, action, Refusal::TooLate);
    }
}

/// What comes after ENDEX: what is about an exercise that is over is taken, all else is rejected.
pub(super) fn afterwards(lane: &mut Lane<'_>, scene: Scene<'_>) {
    while let Some(action) = lane.humans.take(|_| true) {
        let refused = if action.does.may_follow_end() {
            possible(lane, scene, &action).err()
        } else {
            Some(Refusal::AfterTheEnd)
        };
        if let Some(reason) = refused {
            reject(lane, action, reason);
        } else {
            let entry = note_taken(lane, &action);
            lane.humans.say(entry, &action.does);
        }
    }
    lane.out.ignore_echoes();
}

fn reject(lane: &mut Lane<'_>, action: Action, reason: Refusal) {
    let (actor, hand) = (actor_of(&action), action.hand);
    let event = Event::ActionRejected {
        act: action.does,
        reason,
    };
    let entry = lane.out.emit(actor, None, event);
    note_hand(lane, hand.as_ref(), entry);
}

/// An act is taken, by whose hand ever. Returns its entry.
fn note_taken(lane: &mut Lane<'_>, action: &Action) -> u32 {
    let event = Event::ActionTaken {
        act: action.does.clone(),
    };
    let entry = lane.out.emit(actor_of(action), None, event);
    note_hand(lane, action.hand.as_ref(), entry);
    entry
}

/// An act was entered by somebody else.
fn note_hand(lane: &mut Lane<'_>, hand: Option<&Hand>, entry: u32) {
    if let Some(hand) = hand {
        let event = Event::EnteredByHand {
            scribe: hand.scribe.clone(),
            said: hand.said,
        };
        lane.out.emit(Actor::Facilitator {}, Some(entry), event);
    }
}

const fn actor_of(action: &Action) -> Actor {
    match action.person {
        Some(person) => Actor::Played { person },
        None if matches!(action.does.whose(), Whose::Evaluator) => Actor::Evaluator {},
        None => Actor::Facilitator {},
    }
}

fn player(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    act: &HumanAct,
    cause: u32,
) {
    match act {
        HumanAct::Acknowledge { message } => acknowledge(lane, person, *message, cause),
        HumanAct::Read { message } => {
            let what = (*message, person);
            if let Busy::Working(piece) = lane.people.get(person).busy {
                let work = &mut *lane.work;
                work::interrupt(work, lane.agenda, lane.out, scene, piece);
            }
            people::start_reading(
                lane.people,
                lane.messages,
                lane.agenda,
                lane.out,
                scene,
                what,
            );
        }
        HumanAct::Start { task, with } => start(lane, scene, person, (*task, with)),
        HumanAct::Approve { task, granted } => {
            let asked = |piece: &work::Piece| piece.approval == Approval::Asked;
            if let Some(index) = waiting(lane, *task, asked) {
                decide_approval(lane, scene, index, (person, *granted), cause);
            }
        }
        HumanAct::AskApproval { task } => ask(lane, scene, (*task, actor), cause),
        HumanAct::Decide { choice } => {
            lane.agenda.cancel(Rank::Decision, choice.decision.index());
            story::decide(lane.story, lane.out, *choice, (actor, cause));
        }
        HumanAct::StateAware { obligation } => {
            let incident = current(lane, scene);
            let (what, clocks) = ((*obligation, incident), &mut lane.clocks);
            clocks::aware(clocks, lane.agenda, lane.out, scene, what, true, cause);
        }
        HumanAct::DeclareComplete { phase, incident } => {
            let what = (incident.unwrap_or_else(|| current(lane, scene)), *phase);
            incidents::declare_complete(lane.incidents, lane.out, what, (actor, cause));
        }
        HumanAct::HandOver { task, to } => hand_over(lane, scene, person, (*task, *to), cause),
        HumanAct::Tell { to, .. } => {
            let what = (*to, current(lane, scene));
            word::tell(lane, scene, (person, actor), what, cause);
        }
        HumanAct::Ask { .. } => lane.humans.ask(cause),
        HumanAct::Log { .. } => {
            let event = Event::LogWritten {
                incident: current(lane, scene),
                about: cause,
            };
            lane.out.emit(actor, Some(cause), event);
        }
        other => verbs(lane, scene, (person, actor), other, cause),
    }
}

/// Acts that are a measure by themselves.
fn verbs(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    act: &HumanAct,
    cause: u32,
) {
    let incident = current(lane, scene);
    match act {
        HumanAct::Report {} => {
            let mark = (incident, Mark::Reported);
            incidents::mark(lane.incidents, lane.out, scene, mark, actor, Some(cause));
        }
        HumanAct::Declare {} => {
            let by = (actor, Some(person));
            incidents::declare(lane.incidents, lane.out, scene, incident, by, cause);
        }
        HumanAct::Classify { severity, category } => {
            classify(lane, scene, (person, actor), (*severity, *category), cause);
        }
        HumanAct::Take { act } => own::take(lane, scene, (person, actor), act, cause),
        _ => {}
    }
}

/// The incident that players mean: the first that is open, else the main one.
fn current(lane: &Lane<'_>, scene: Scene<'_>) -> IncidentId {
    let main = scene.exercise().scenario().main;
    let view = lane.view(scene);
    if view.is_open(main) {
        return main;
    }
    lane.incidents
        .ids()
        .find(|incident| view.is_open(*incident))
        .unwrap_or(main)
}

/// Confirms that a message was read: no time passes.
fn acknowledge(lane: &mut Lane<'_>, person: PersonId, message: MessageId, cause: u32) {
    lane.people.take_from_inbox(person, message);
    let actor = lane.people.actor(person);
    lane.out
        .emit(actor, Some(cause), Event::MessageRead { message, person });
}

fn start(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    (which, with): (Which, &[PersonId]),
) {
    match can_start(lane, scene, person, (which, with)) {
        Ok(Starting::Waiting(assignment)) => assigning::start(lane, scene, &assignment),
        Ok(Starting::InHand(change)) => go_on(lane, scene, &change),
        Err(_) => {}
    }
}

/// Approval of a piece of work is given or refused.
pub(super) fn decide_approval(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    index: usize,
    (person, granted): (PersonId, bool),
    cause: u32,
) {
    if granted {
        assigning::approve(lane, index, person, cause);
        return;
    }
    let instance = lane.work.piece(index).instance;
    let event = Event::ApprovalRefused { instance, person };
    let refused = lane.out.emit(lane.people.actor(person), Some(cause), event);
    let what = (index, SkipReason::Refused);
    work::skip(lane.work, lane.agenda, lane.out, scene, what, refused);
}

fn ask(lane: &mut Lane<'_>, scene: Scene<'_>, (which, actor): (Which, Actor), cause: u32) {
    let not_asked = |piece: &work::Piece| piece.approval == Approval::NotAsked;
    let Some(index) = waiting(lane, which, not_asked) else {
        return;
    };
    let instance = lane.work.piece(index).instance;
    let from = work::roles_of(scene, lane.work.piece(index))
        .first()
        .copied();
    if word::ask_approval(lane, scene, instance, (from, actor), cause) {
        lane.work.piece_mut(index).approval = Approval::Asked;
    }
}

/// Work is laid aside for a role, which is told by a hand-on.
fn hand_over(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    (which, to): (Which, RoleId),
    cause: u32,
) {
    let Some(index) = running(lane, which, person) else {
        return;
    };
    let piece = lane.work.piece(index);
    let (instance, from) = (piece.instance, piece.role.unwrap_or(to));
    let what = (index, PauseReason::HandedOver);
    shifts::lay_aside(lane, scene, what);
    work::hand_to(lane.work, lane.out, scene, index, to);
    let from = (from, lane.people.actor(person));
    word::hand_on(lane, scene, from, to, smallvec![instance], cause);
}

fn classify(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    (severity, category): (Severity, Category),
    cause: u32,
) {
    let incident = current(lane, scene);
    let priority = lane.view(scene).priority(incident);
    let Some(role) = scene.exercise().roles_held(person).first().copied() else {
        return;
    };
    let by = (role, None);
    let table = lane.view(scene).severity_for(by, incident);
    let given = (by, severity, category, priority);
    incidents::classify(
        lane.incidents,
        lane.out,
        incident,
        given,
        table,
        (actor, cause),
    );
}

/// The clock of the exercise stops, goes on or goes otherwise, or the exercise ends.
fn control(lane: &mut Lane<'_>, scene: Scene<'_>, actor: Actor, act: &HumanAct, cause: u32) {
    match act {
        HumanAct::Pause {} => pause(lane, actor, cause),
        HumanAct::Resume {} => {
            lane.humans.pause(false);
            lane.out.emit(actor, Some(cause), Event::ExerciseResumed {});
        }
        HumanAct::Pace { thousandths } => {
            let event = Event::PaceChanged {
                thousandths: *thousandths,
            };
            lane.out.emit(actor, Some(cause), event);
        }
        HumanAct::StopWord {} => {
            let said = lane
                .out
                .emit(actor.clone(), Some(cause), Event::StopWordSaid {});
            if !lane.humans.is_paused() {
                pause(lane, actor, said);
            }
        }
        _ => super::finish(lane, scene, (EndKind::Facilitator, Some(cause))),
    }
}

fn pause(lane: &mut Lane<'_>, actor: Actor, cause: u32) {
    lane.humans.pause(true);
    lane.out.emit(actor, Some(cause), Event::ExercisePaused {});
}

fn facilitator(lane: &mut Lane<'_>, scene: Scene<'_>, act: &HumanAct, cause: u32) {
    match act {
        HumanAct::MoveClock { to } => {
            lane.humans.move_clock(*to);
            lane.people.let_stand_in(true);
            stand_in(lane, scene, None);
        }
        HumanAct::Fire { inject } => super::fire(lane, scene, *inject, Some(cause)),
        HumanAct::Hold { inject } => {
            lane.agenda.cancel(Rank::Inject, inject.index());
            lane.story.set_inject(*inject, InjectState::Paused);
            lane.out.mark(Changed::STORY);
        }
        HumanAct::Skip { inject } => {
            lane.agenda.cancel(Rank::Inject, inject.index());
            lane.story.set_inject(*inject, InjectState::Skipped);
            let event = Event::InjectSkipped {
                inject: *inject,
                reason: SkipReason::Facilitator,
            };
            lane.out.emit(Actor::Facilitator {}, Some(cause), event);
            lane.out.mark(Changed::STORY);
        }
        HumanAct::Excuse {
            expectation,
            reason,
        } => {
            story::excuse(lane.story, lane.out, (*expectation, reason), cause);
        }
        HumanAct::Edit { inject, text } => lane.story.edit(*inject, text.clone()),
        HumanAct::Add { to, .. } => word::facilitator(lane, scene, *to, cause),
        HumanAct::Answer { entry, .. } => lane.humans.answer(*entry),
        HumanAct::Overrule { change } => {
            assets::overrule(lane.assets, lane.out, scene, *change, cause);
        }
        _ => {}
    }
}

/// Stand-ins act from now on for everybody who is played, or for one, beginning with what waits for an answer.
fn stand_in(lane: &mut Lane<'_>, scene: Scene<'_>, only: Option<PersonId>) {
    for i in 0..scene.exercise().plan().decisions.len() {
        let id = DecisionId::new(i);
        let waits = matches!(lane.story.decision(id), DecisionState::Open(..))
            && lane.agenda.due(Rank::Decision, i).is_none();
        if waits {
            decision_due(lane, scene, id);
        }
    }
    let pieces = lane.work.pieces();
    let asked = pieces.filter_map(|(index, piece)| Some((index, piece.asked?, piece.startable)));
    let asked = asked.filter(|(_, person, _)| only.is_none_or(|only| only == *person));
    let asked: Vec<(usize, PersonId, u32)> = asked.collect();
    for (index, person, cause) in asked {
        assigning::approve(lane, index, person, cause);
    }
}
