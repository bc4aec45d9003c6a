//! What humans do, as the world takes it: what they start occupies them as it would anybody.

use super::assigning;
use crate::exercise::{
    Act, Category, IncidentId, Instance, Mark, Measure, MessageId, Object, PersonId, RoleId,
    Severity, TaskId,
};
use crate::record::{Action, Actor, Event, HumanAct, PauseReason, SkipReason};
use crate::simulation::agenda::Rank;
use crate::simulation::incidents;
use crate::simulation::lane::LaneItem;
use crate::simulation::messages::MessageState;
use crate::simulation::out::Changed;
use crate::simulation::people::{self, Busy};
use crate::simulation::scene::{Scene, Stage};
use crate::simulation::story::{self, InjectState};
use crate::simulation::verbs::word;
use crate::simulation::work::{self, Approval, Assignment, Readiness, State};
use crate::simulation::{assets, clocks};

/// Applies an act of a human, or rejects it with a reason. Both are recorded.
pub(crate) fn apply(lane: &mut LaneItem<'_, '_>, stage: &Stage, action: &Action) {
    let scene = lane.scene(stage);
    let actor = match action.person {
        Some(person) => Actor::Played { person },
        None => Actor::Facilitator {},
    };
    if let Err(reason) = possible(lane, scene, action) {
        let event = Event::ActionRejected {
            act: action.does.clone(),
            reason,
        };
        lane.out.emit(actor, None, event);
        return;
    }
    let event = Event::ActionTaken {
        act: action.does.clone(),
    };
    let cause = lane.out.emit(actor.clone(), None, event);
    match action.person {
        Some(person) => player(lane, scene, (person, actor), &action.does, cause),
        None => facilitator(lane, scene, &action.does, cause),
    }
    lane.out.mark(Changed::ALL);
}

/// Whether an act is possible now, or why it is not.
fn possible(lane: &LaneItem<'_, '_>, scene: Scene<'_>, action: &Action) -> Result<(), String> {
    let facilitates = matches!(
        action.does,
        HumanAct::MoveClock { .. }
            | HumanAct::Fire { .. }
            | HumanAct::Hold { .. }
            | HumanAct::Skip { .. }
            | HumanAct::Edit { .. }
            | HumanAct::Add { .. }
            | HumanAct::Overrule { .. }
    );
    let Some(person) = action.person else {
        return if facilitates {
            Ok(())
        } else {
            Err("only a person can do this".to_owned())
        };
    };
    if facilitates {
        return Err("only the facilitator can do this".to_owned());
    }
    if !lane.people.get(person).played {
        return Err("nobody plays this person".to_owned());
    }
    match &action.does {
        HumanAct::Start { task } => can_start(lane, scene, person, *task).map(|_| ()),
        HumanAct::Acknowledge { message } | HumanAct::Read { message } => {
            can_read(lane, person, *message)
        }
        HumanAct::Approve { task, .. } => {
            let waits = waiting_piece(lane, *task, |piece| piece.approval == Approval::Asked);
            waits
                .map(|_| ())
                .ok_or_else(|| "nobody has asked for this approval".to_owned())
        }
        HumanAct::Decide { choice } => match lane.story.decision(choice.decision) {
            story::DecisionState::Open(..) => Ok(()),
            _ => Err("this decision is not open".to_owned()),
        },
        _ => Ok(()),
    }
}

fn can_read(lane: &LaneItem<'_, '_>, person: PersonId, message: MessageId) -> Result<(), String> {
    if !lane.messages.exists(message) {
        return Err("there is no such message".to_owned());
    }
    match lane.messages.get(message).state {
        MessageState::Noticed(by) if by == person => Ok(()),
        _ => Err("this message is not in the person's inbox".to_owned()),
    }
}

fn waiting_piece(
    lane: &LaneItem<'_, '_>,
    task: TaskId,
    test: impl Fn(&work::Piece) -> bool,
) -> Option<usize> {
    let waiting = lane.work.pieces().filter(|(_, piece)| {
        piece.instance.task == task && piece.state == State::Waiting && test(piece)
    });
    waiting.map(|(index, _)| index).next()
}

/// Whether somebody can start a task now, and in which role.
fn can_start(
    lane: &LaneItem<'_, '_>,
    scene: Scene<'_>,
    person: PersonId,
    task: TaskId,
) -> Result<(usize, RoleId), String> {
    if lane.people.get(person).busy != Busy::Free {
        return Err("the person is busy".to_owned());
    }
    let Some(index) = waiting_piece(lane, task, |_| true) else {
        return Err("this task is not ready".to_owned());
    };
    let described = scene.exercise().task(task);
    let Some(role) = work::role_for(&lane.work, &lane.people, scene, index, person) else {
        return Err("the person has no role for this task".to_owned());
    };
    let approved = described.approval.is_none()
        || lane.work.piece(index).approval == Approval::Given
        || work::has_authority(&lane.people, scene, described, role, person);
    if approved {
        Ok((index, role))
    } else {
        Err("this task needs approval".to_owned())
    }
}

fn player(
    lane: &mut LaneItem<'_, '_>,
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
                let (work, people) = (&mut lane.work, &lane.people);
                work::interrupt(work, people, &mut lane.agenda, &mut lane.out, scene, piece);
            }
            people::start_reading(
                &mut lane.people,
                &lane.messages,
                &mut lane.agenda,
                &mut lane.out,
                scene,
                what,
            );
        }
        HumanAct::Start { task } => start(lane, scene, person, *task),
        HumanAct::Approve { task, granted } => {
            decide_approval(lane, person, (*task, *granted), cause);
        }
        HumanAct::AskApproval { task } => ask(lane, scene, (*task, actor), cause),
        HumanAct::Decide { choice } => {
            lane.agenda.cancel(Rank::Decision, choice.decision.index());
            story::decide(&mut lane.story, &mut lane.out, *choice, (actor, cause));
        }
        HumanAct::StateAware { obligation } => {
            let incident = current(lane, scene);
            let (what, clocks) = ((*obligation, incident), &mut lane.clocks);
            clocks::aware(
                clocks,
                &mut lane.agenda,
                &mut lane.out,
                scene,
                what,
                true,
                cause,
            );
        }
        HumanAct::DeclareComplete { phase } => {
            let what = (current(lane, scene), *phase);
            incidents::declare_complete(&mut lane.incidents, &mut lane.out, what, (actor, cause));
        }
        HumanAct::HandOver { task, .. } => hand_over(lane, scene, *task),
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
    lane: &mut LaneItem<'_, '_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    act: &HumanAct,
    cause: u32,
) {
    let incident = current(lane, scene);
    match act {
        HumanAct::Report {} => {
            let mark = (incident, Mark::Reported);
            incidents::mark(
                &mut lane.incidents,
                &mut lane.out,
                scene,
                mark,
                actor,
                Some(cause),
            );
        }
        HumanAct::Declare {} => {
            let by = (actor, Some(person));
            incidents::declare(
                &mut lane.incidents,
                &mut lane.out,
                scene,
                incident,
                by,
                cause,
            );
        }
        HumanAct::Classify { severity, category } => {
            classify(lane, scene, (person, actor), (*severity, *category), cause);
        }
        HumanAct::Take { act } => take(lane, scene, (person, actor), act, cause),
        _ => {}
    }
}

/// The incident that players mean: the first that is open, else the main one.
fn current(lane: &LaneItem<'_, '_>, scene: Scene<'_>) -> IncidentId {
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
fn acknowledge(lane: &mut LaneItem<'_, '_>, person: PersonId, message: MessageId, cause: u32) {
    lane.people.get_mut(person).inbox.retain(|m| *m != message);
    let actor = lane.people.actor(person);
    lane.out
        .emit(actor, Some(cause), Event::MessageRead { message, person });
}

fn start(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, person: PersonId, task: TaskId) {
    let Ok((piece, role)) = can_start(lane, scene, person, task) else {
        return;
    };
    let assignment = work::join(
        &lane.work,
        &lane.people,
        scene,
        Assignment {
            piece,
            people: vec![person],
            role,
        },
    );
    let (work, people) = (&mut lane.work, &mut lane.people);
    work::start(
        work,
        people,
        &mut lane.agenda,
        &mut lane.out,
        scene,
        &assignment,
    );
}

fn decide_approval(
    lane: &mut LaneItem<'_, '_>,
    person: PersonId,
    (task, granted): (TaskId, bool),
    cause: u32,
) {
    let Some(index) = waiting_piece(lane, task, |piece| piece.approval == Approval::Asked) else {
        return;
    };
    if granted {
        assigning::approve(lane, index, person, cause);
        return;
    }
    let instance = lane.work.piece(index).instance;
    let event = Event::ApprovalRefused { instance, person };
    let refused = lane.out.emit(lane.people.actor(person), Some(cause), event);
    let what = (index, SkipReason::Refused);
    work::skip(
        &mut lane.work,
        &mut lane.agenda,
        &mut lane.out,
        what,
        refused,
    );
}

fn ask(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, (task, actor): (TaskId, Actor), cause: u32) {
    let Some(index) = waiting_piece(lane, task, |piece| piece.approval == Approval::NotAsked)
    else {
        return;
    };
    let instance = lane.work.piece(index).instance;
    let from = scene
        .exercise()
        .roles(scene.exercise().task(task).by)
        .first()
        .copied();
    if word::ask_approval(lane, scene, instance, (from, actor), cause) {
        lane.work.piece_mut(index).approval = Approval::Asked;
    }
}

fn hand_over(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, task: TaskId) {
    let running = lane
        .work
        .pieces()
        .find(|(_, piece)| piece.instance.task == task && piece.state == State::Running);
    let Some(index) = running.map(|(index, _)| index) else {
        return;
    };
    let what = (index, PauseReason::HandedOver);
    work::pause(
        &mut lane.work,
        &mut lane.people,
        &mut lane.agenda,
        &mut lane.out,
        scene,
        what,
    );
}

fn classify(
    lane: &mut LaneItem<'_, '_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    (severity, category): (Severity, Category),
    cause: u32,
) {
    let incident = current(lane, scene);
    let priority = lane.view(scene).priority(incident);
    let table = lane.view(scene).board_severity(incident);
    let Some(role) = scene.exercise().roles_held(person).first().copied() else {
        return;
    };
    let given = (role, severity, category, priority);
    incidents::classify(
        &mut lane.incidents,
        &mut lane.out,
        incident,
        given,
        table,
        (actor, cause),
    );
}

/// A measure of one's own: a task of the plan with that measure is started if one is ready; else it
/// is taken at once on what the person knows.
fn take(
    lane: &mut LaneItem<'_, '_>,
    scene: Scene<'_>,
    (person, actor): (PersonId, Actor),
    act: &Act,
    cause: u32,
) {
    let of_plan = scene.exercise().plan().tasks_taking(act.measure);
    let ready: Vec<TaskId> = of_plan.collect();
    for task in &ready {
        if can_start(lane, scene, person, *task).is_ok() {
            start(lane, scene, person, *task);
            return;
        }
    }
    let has_role = !scene.exercise().roles_held(person).is_empty();
    let Some(task) = ready.first().filter(|_| has_role) else {
        return;
    };
    let incident = current(lane, scene);
    let instance = Instance {
        task: *task,
        incident,
        ordinal: 1,
    };
    if let (Object::Assets(selector), true) = (&act.on, act.measure != Measure::Preserve) {
        let targets = lane
            .view(scene)
            .known_targets(act.measure, selector, incident);
        for asset in targets {
            let taking = assets::Taking {
                instance,
                measure: act.measure,
                asset,
                actor: actor.clone(),
                cause: Some(cause),
            };
            assets::take(&mut lane.assets, &mut lane.out, scene, taking);
        }
    }
}

fn facilitator(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, act: &HumanAct, cause: u32) {
    match act {
        HumanAct::Fire { inject } => super::fire(lane, scene, *inject, Some(cause)),
        HumanAct::Hold { inject } => {
            lane.agenda.cancel(Rank::Inject, inject.index());
            lane.story.set_inject(*inject, InjectState::Paused);
        }
        HumanAct::Skip { inject } => {
            lane.agenda.cancel(Rank::Inject, inject.index());
            lane.story.set_inject(*inject, InjectState::Skipped);
            let event = Event::InjectSkipped {
                inject: *inject,
                reason: SkipReason::Facilitator,
            };
            lane.out.emit(Actor::Facilitator {}, Some(cause), event);
        }
        HumanAct::Edit { inject, text } => lane.story.edit(*inject, text.clone()),
        HumanAct::Add { to, .. } => word::facilitator(lane, scene, *to, cause),
        HumanAct::Overrule { change } => {
            assets::overrule(&mut lane.assets, &mut lane.out, scene, *change, cause);
        }
        _ => {}
    }
}
