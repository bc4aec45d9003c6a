//! One step: everything that happens at one instant, in its order.
//!
//! What is due is taken by rank and slot. When none is left, conditions whose facts changed are
//! looked at on the settled state. When both are quiet, people are assigned. Then human acts stamped
//! with the instant, one after the other, each followed by all of this.

use super::agenda::{Due, Rank};
use super::draw::Purpose;
use super::incidents::{self, Surroundings};
use super::lane::{LaneItem, view};
use super::out::Changed;
use super::people::{self, Busy};
use super::route::{self, settle_events};
use super::scene::{Policy, Scene, Stage};
use super::story::{self, DecisionState, DueInject};
use super::work::{self, Approval, Ended, Readiness, State};
use super::{
    acts, assets, attack, clocks, human, measures, messages, minds, monitoring, timers, word,
};
use crate::exercise::{
    Condition, DecisionId, ExerciseTime, ExpectationId, IncidentId, InjectId, Instance, Mark,
    MessageId, ObligationId, OptionId, PersonId, Phase, RoleId, Severity, Soundness, Span, TaskId,
    Trigger,
};
use crate::record::{Actor, Chosen, EndKind, Event, PauseReason};

/// Entries handled within one instant before a run is given up as one that never settles.
pub(crate) const MAX_PER_INSTANT: u32 = 20_000;

/// Runs a lane up to and including an instant, or to its end.
pub(crate) fn advance(lane: &mut LaneItem<'_, '_>, stage: &Stage, until: ExerciseTime) {
    if !lane.run.started {
        open(lane, stage);
    }
    while lane.run.ended.is_none() {
        let agenda = lane.agenda.next_time();
        let humans = lane.humans.next_time().map(|at| at.max(lane.run.now));
        let Some(next) = agenda.into_iter().chain(humans).min() else {
            break;
        };
        if next > until {
            break;
        }
        lane.run.now = next;
        lane.run.handled = 0;
        lane.out.advance(next);
        instant(lane, stage);
        if stalled(lane, stage) {
            finish(lane, stage, EndKind::Stalled);
        }
    }
    lane.run.now = lane.run.now.max(until.min(stage.exercise.parts().limit));
}

/// Schedules what is known from the start.
fn open(lane: &mut LaneItem<'_, '_>, stage: &Stage) {
    lane.run.started = true;
    let scene = lane.scene(stage);
    attack::open(&mut lane.attack, &mut lane.agenda, scene);
    monitoring::open(&mut lane.monitoring, &mut lane.agenda, scene);
    timers::open(&mut lane.agenda, scene);
    lane.agenda
        .schedule(Rank::Endex, 0, stage.exercise.parts().limit);
}

/// Everything that happens at one instant.
fn instant(lane: &mut LaneItem<'_, '_>, stage: &Stage) {
    let now = lane.run.now;
    if now == ExerciseTime::STARTEX {
        lane.out.rule(None, Event::ExerciseStarted {});
    }
    while lane.run.ended.is_none() {
        if lane.run.handled > MAX_PER_INSTANT || lane.agenda.overflowed() {
            lane.out.rule(
                None,
                Event::LimitHit {
                    limit: "entries per instant".to_owned(),
                },
            );
            finish(lane, stage, EndKind::LimitBroken);
            return;
        }
        if let Some(due) = lane.agenda.take(now) {
            lane.run.handled += 1;
            handle(lane, stage, due);
            settle_events(lane, stage);
        } else if lane.out.has_changed() {
            let changed = lane.out.take_changed();
            consider(lane, stage, changed);
            settle_events(lane, stage);
        } else if now >= ExerciseTime::STARTEX && assign(lane, stage) {
            settle_events(lane, stage);
        } else if let Some(action) = lane.humans.take(now) {
            acts::apply(lane, stage, &action);
            settle_events(lane, stage);
        } else {
            break;
        }
    }
    if lane.run.ended.is_none() {
        plan_calendar(lane, stage);
    }
}

/// Handles one thing that is due: one line for each rank.
fn handle(lane: &mut LaneItem<'_, '_>, stage: &Stage, due: Due) {
    let scene = lane.scene(stage);
    let slot = due.slot;
    match due.rank {
        Rank::Calendar => presence_changed(lane, scene, PersonId::new(slot)),
        Rank::WorkEnded => work_ended(lane, scene, slot),
        Rank::StepDelay => attack::delay_over(&mut lane.attack, &mut lane.out, scene, slot),
        Rank::StepEffect => {
            attack::effect_due(&mut lane.attack, &lane.assets, &mut lane.out, scene, slot);
        }
        Rank::Expiry => assets::expired(&mut lane.assets, &mut lane.out, slot),
        Rank::Sighting => {
            monitoring::sighting_due(&lane.monitoring, &lane.assets, &mut lane.out, scene, slot)
        }
        Rank::FalseAlarm => {
            let monitoring = &mut lane.monitoring;
            let assets = &lane.assets;
            monitoring::false_alarm_due(
                monitoring,
                assets,
                &mut lane.agenda,
                &mut lane.out,
                scene,
                slot,
            );
        }
        Rank::Outage => outage(lane, scene, slot),
        Rank::Delivery => {
            messages::delivered(
                &mut lane.messages,
                &lane.people,
                &mut lane.agenda,
                &mut lane.out,
                slot,
            );
        }
        Rank::RoomShare => {
            minds::share(&mut lane.minds, &mut lane.out, scene, IncidentId::new(slot))
        }
        Rank::ReadingEnded => reading_ended(lane, scene, PersonId::new(slot)),
        Rank::Escalation => {
            let (people, assets) = (&lane.people, &lane.assets);
            let id = MessageId(slot as u32);
            messages::escalate(
                &mut lane.messages,
                people,
                assets,
                &mut lane.agenda,
                &mut lane.out,
                scene,
                id,
            );
        }
        Rank::WorkEscalation => work_waits(lane, scene, slot),
        Rank::PlanDelay => {
            lane.work.delay_over(slot);
            lane.out.mark(Changed::WORK);
        }
        Rank::ExpectationLimit => {
            story::miss(&mut lane.story, &mut lane.out, ExpectationId::new(slot))
        }
        Rank::ObligationLimit => clocks::limit(&lane.clocks, &mut lane.out, slot),
        Rank::Decision => decision_due(lane, scene, DecisionId::new(slot)),
        Rank::Inject => inject_due(lane, scene, InjectId::new(slot)),
        Rank::Timer => lane
            .out
            .mark(Changed::TIME.and(Changed::INCIDENT).and(Changed::ALL)),
        Rank::Endex => finish(lane, stage, EndKind::Limit),
    }
}

fn outage(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, slot: usize) {
    let Some(asset) = monitoring::outage_due(&lane.assets, slot) else {
        return;
    };
    let Some(outage) = lane.assets.outage(asset) else {
        return;
    };
    let ordinal = lane.assets.outages(asset);
    word::outage(lane, scene, asset, ordinal, outage.incident, outage.entry);
}

/// A person's shift began or ended, or the time for which they were reached did.
fn presence_changed(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, person: PersonId) {
    lane.out.mark(Changed::PEOPLE);
    if lane.people.on_duty(scene, person) {
        return;
    }
    minds::leave(&mut lane.minds, person);
    let Busy::Working(index) = lane.people.get(person).busy else {
        return;
    };
    if let Some(reason) = reason_to_stop(lane, scene, person, index) {
        let what = (index, reason);
        work::pause(
            &mut lane.work,
            &mut lane.people,
            &mut lane.agenda,
            &mut lane.out,
            scene,
            what,
        );
    } else {
        lane.people.get_mut(person).overtime = true;
    }
}

/// Why somebody whose shift has ended lays work aside; `None`: goes on.
fn reason_to_stop(
    lane: &LaneItem<'_, '_>,
    scene: Scene<'_>,
    person: PersonId,
    index: usize,
) -> Option<PauseReason> {
    if lane.people.awake(scene, person) >= human::LONGEST_AWAKE {
        return Some(PauseReason::Rest);
    }
    let due = lane.agenda.due(Rank::WorkEnded, index)?;
    if due - scene.now <= human::FINISH_WITHIN {
        return None;
    }
    let incident = lane.work.piece(index).instance.incident;
    let urgent = route::severity(lane, scene, incident) >= Severity::High;
    let taken_over = work::assignable(&lane.work, &lane.people, scene, index);
    (!urgent || taken_over).then_some(PauseReason::ShiftEnd)
}

/// Somebody who works on past the shift stops when awake for too long.
fn rest(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    let tired: Vec<usize> = lane
        .people
        .ids()
        .filter(|person| lane.people.get(*person).overtime)
        .filter(|person| lane.people.awake(scene, *person) >= human::LONGEST_AWAKE)
        .filter_map(|person| match lane.people.get(person).busy {
            Busy::Working(index) => Some(index),
            _ => None,
        })
        .collect();
    for index in tired {
        let what = (index, PauseReason::Rest);
        work::pause(
            &mut lane.work,
            &mut lane.people,
            &mut lane.agenda,
            &mut lane.out,
            scene,
            what,
        );
    }
}

fn work_ended(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, index: usize) {
    let piece = lane.work.piece(index);
    let instance = piece.instance;
    let does = &scene.exercise().task(instance.task).does;
    let severity = route::severity(lane, scene, instance.incident);
    let has_target = does.is_empty() || piece.target.is_some() || {
        let view = lane.view(scene);
        let task = scene.exercise().task(instance.task);
        let found = |act| view.targets(act, task, instance.incident);
        does.iter()
            .any(|act| found(act).is_none_or(|found| !found.assets.is_empty()))
    };
    let what = (index, severity, has_target, measures::can_be_flawed(does));
    let ended = work::end(
        &mut lane.work,
        &mut lane.people,
        &mut lane.agenda,
        &mut lane.out,
        scene,
        what,
    );
    let _ = matches!(ended, Ended::With(..));
}

fn reading_ended(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, person: PersonId) {
    let interrupted =
        people::reading_ended(&mut lane.people, &lane.messages, &mut lane.out, person);
    if let Some(index) = interrupted {
        let (work, people) = (&mut lane.work, &lane.people);
        work::resume_interrupted(work, people, &mut lane.agenda, &mut lane.out, scene, index);
    }
}

/// Work has waited for the escalation time: deputies may take it, then the escalation target, who is
/// called.
fn work_waits(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, index: usize) {
    let piece = lane.work.piece(index);
    if piece.state != State::Waiting || piece.escalated >= 2 {
        return;
    }
    let (instance, cause) = (piece.instance, piece.startable);
    lane.work.piece_mut(index).escalated += 1;
    lane.out.mark(Changed::WORK);
    let severity = route::severity(lane, scene, instance.incident);
    let after = scene.exercise().plan().escalation.after[severity.index()];
    lane.agenda
        .schedule(Rank::WorkEscalation, index, scene.now + after);
    if work::assignable(&lane.work, &lane.people, scene, index) || !lane.work.piece(index).told {
        return;
    }
    let task = scene.exercise().task(instance.task);
    let escalated = lane.work.piece(index).escalated;
    let to: Vec<RoleId> = if escalated == 1 {
        scene.exercise().roles(task.by).to_vec()
    } else {
        let targets = &scene.exercise().plan().escalation.to;
        targets
            .iter()
            .flat_map(|to| scene.exercise().roles(*to))
            .copied()
            .take(1)
            .collect()
    };
    for role in to {
        let from = route::handed_by(lane, scene, instance);
        let actor = word::voice(lane, scene, from.unwrap_or(role));
        word::call_out(lane, scene, instance, role, (from, actor), cause);
    }
}

fn inject_due(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, id: InjectId) {
    lane.out.mark(Changed::TIME);
    let revealed = lane.view(scene).revealed(id);
    let mut story = std::mem::take(&mut *lane.story);
    let due = {
        let snapshot = story.clone();
        let view = super::view::View {
            story: &snapshot,
            ..view!(lane, scene)
        };
        let mut holds = |condition: &Condition, incident| view.truth(condition, incident);
        story::due(&mut story, &mut lane.out, id, scene, &mut holds, revealed)
    };
    *lane.story = story;
    if let DueInject::Deliver(cause) = due {
        let by = (Actor::Rules {}, cause);
        story::deliver(
            &mut lane.story,
            &mut lane.agenda,
            &mut lane.out,
            scene,
            id,
            by,
        );
    }
}

/// An inject is delivered whatever its conditions say.
pub(crate) fn fire(
    lane: &mut LaneItem<'_, '_>,
    scene: Scene<'_>,
    id: InjectId,
    cause: Option<u32>,
) {
    lane.agenda.cancel(Rank::Inject, id.index());
    let by = (Actor::Rules {}, cause);
    story::deliver(
        &mut lane.story,
        &mut lane.agenda,
        &mut lane.out,
        scene,
        id,
        by,
    );
}

/// Looks at everything whose facts changed, on the settled state.
fn consider(lane: &mut LaneItem<'_, '_>, stage: &Stage, changed: Changed) {
    let scene = lane.scene(stage);
    rest(lane, scene);
    consider_attack(lane, scene);
    consider_story(lane, scene, changed);
    if lane.run.now < ExerciseTime::STARTEX {
        return;
    }
    consider_clocks(lane, scene);
    minds::gather(
        &mut lane.minds,
        &lane.people,
        &mut lane.agenda,
        &mut lane.out,
        scene,
    );
    for duty in minds::duties(&mut lane.minds, scene) {
        word::duty(lane, scene, &duty);
    }
    reassess(lane, scene);
    consider_work(lane, scene);
    consider_phases(lane, scene);
    consider_decisions(lane, scene);
    consider_end(lane, stage);
}

fn consider_attack(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    let ready = {
        let view = view!(lane, scene);
        let mut holds = |condition: &Condition, of| view.truth(condition, of).is_some();
        attack::startable(&lane.attack, scene, &mut holds)
    };
    for step in ready {
        let (attack, assets) = (&mut lane.attack, &lane.assets);
        attack::start(attack, assets, &mut lane.agenda, &mut lane.out, scene, step);
    }
}

fn consider_story(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, changed: Changed) {
    let _ = changed;
    let mut story = std::mem::take(&mut *lane.story);
    let snapshot = story.clone();
    let view = super::view::View {
        story: &snapshot,
        ..view!(lane, scene)
    };
    let mut holds = |condition: &Condition, incident| view.truth(condition, incident);
    let held: Vec<InjectId> = (0..scene.exercise().scenario().injects.len())
        .map(InjectId::new)
        .filter(|id| {
            matches!(snapshot.inject(*id), story::InjectState::Held(_)) && view.revealed(*id)
        })
        .collect();
    story::arm(&mut story, &mut lane.agenda, scene, &mut holds);
    *lane.story = story;
    for id in held {
        lane.agenda.schedule(Rank::Inject, id.index(), scene.now);
    }
}

/// Clocks whose condition is known to hold, and those for which truth calls.
fn consider_clocks(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    let exercise = scene.exercise();
    for (o, obligation) in exercise.plan().obligations.iter().enumerate() {
        let Trigger::Aware { who, what } = &obligation.from else {
            continue;
        };
        for incident in lane.incidents.ids() {
            let id = ObligationId::new(o);
            if !lane.clocks.is_aware(id, incident, false) {
                let aware = who.iter().filter_map(|function| {
                    let roles = exercise.roles(crate::exercise::Addressee::Function(*function));
                    let each = roles.iter();
                    each.filter_map(|r| lane.view(scene).believed(what, &[*r], incident))
                        .min()
                });
                if let Some(cause) = aware.min() {
                    let (what, clocks) = ((id, incident), &mut lane.clocks);
                    clocks::aware(
                        clocks,
                        &mut lane.agenda,
                        &mut lane.out,
                        scene,
                        what,
                        false,
                        cause,
                    );
                }
            }
            let seen = lane.incidents.mark(incident, Mark::Observable);
            let called =
                seen.is_some_and(|_| true) && lane.view(scene).truth(what, incident).is_some();
            if let Some((_, cause)) = seen.filter(|_| called) {
                let what = (id, incident);
                clocks::called_for(&mut lane.clocks, &mut lane.out, scene, what, Some(cause));
            }
        }
    }
}

/// Where facts that became known change what the severity table gives, Classify is ready again.
fn reassess(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let Some(classified) = lane.incidents.get(incident).classified else {
            continue;
        };
        let view = lane.view(scene);
        if scene.policy == Policy::Ideal || view.board_severity(incident) == classified.table {
            continue;
        }
        let roles = lane.minds.board_roles(scene.exercise(), incident);
        let cause = lane
            .minds
            .latest(roles, |_| true)
            .filter(|entry| *entry > classified.entry);
        let tasks: Vec<TaskId> = scene
            .exercise()
            .plan()
            .tasks_taking(crate::exercise::Measure::Classify)
            .collect();
        for (task, cause) in tasks.into_iter().zip(cause) {
            if lane.work.open(task, incident).is_none() {
                lane.work.again(task, incident, cause);
            }
        }
    }
}

/// Work that becomes ready, is told of, and asks for approval.
fn consider_work(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    let mut work = std::mem::take(&mut *lane.work);
    let snapshot = work.clone();
    let mut fresh = Vec::new();
    {
        let view = super::view::View {
            work: &snapshot,
            ..view!(lane, scene)
        };
        let ready = work::readiness(&mut work, &mut lane.agenda, scene, &view);
        for what in ready {
            let index = work::make_ready(
                &mut work,
                &mut lane.agenda,
                &mut lane.out,
                scene,
                &view,
                what,
            );
            fresh.push(index);
        }
        work.rekey(|incident| view.priority(incident));
    }
    *lane.work = work;
    hand_on_fresh(lane, scene, &fresh);
}

/// New work is known at once to a role that made it ready itself; another is told by who finished
/// what came before.
fn hand_on_fresh(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, fresh: &[usize]) {
    let mut letters: Vec<((RoleId, RoleId, u32), Vec<Instance>)> = Vec::new();
    for index in fresh {
        let piece = lane.work.piece(*index);
        let (instance, ready) = (piece.instance, piece.last_entry);
        let task = scene.exercise().task(instance.task);
        let roles = scene.exercise().roles(task.by);
        let from = route::handed_by(lane, scene, instance);
        let Some(from) = from.filter(|from| !roles.contains(from)) else {
            let role = from.or(roles.first().copied()).unwrap_or(RoleId::new(0));
            work::called_up(&mut lane.work, &mut lane.out, *index, role, ready);
            continue;
        };
        for to in roles {
            match letters
                .iter_mut()
                .find(|((f, t, _), _)| (f, t) == (&from, to))
            {
                Some((_, about)) => about.push(instance),
                None => letters.push(((from, *to, ready), vec![instance])),
            }
        }
    }
    for ((from, to, cause), about) in letters {
        let actor = word::voice(lane, scene, from);
        word::hand_on(lane, scene, (from, actor), to, about, cause);
    }
}

fn consider_phases(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    let mut incidents = std::mem::take(&mut *lane.incidents);
    let snapshot = incidents.clone();
    {
        let view = super::view::View {
            incidents: &snapshot,
            ..view!(lane, scene)
        };
        let holds = |condition: &Condition, incident| view.truth(condition, incident).is_some();
        let around = Surroundings {
            attack: &lane.attack,
            assets: &lane.assets,
            clocks: &lane.clocks,
            scene,
            holds: &holds,
        };
        let review = |incident| {
            let tasks = scene
                .exercise()
                .plan()
                .tasks_taking(crate::exercise::Measure::Review);
            tasks
                .filter_map(|task| lane.work.first_ready(task, incident))
                .min()
        };
        incidents::consider(
            &mut incidents,
            &mut lane.agenda,
            &mut lane.out,
            &around,
            &review,
        );
    }
    *lane.incidents = incidents;
    declare_complete(lane, scene);
}

/// Who leads says that a phase is complete when everything that the plan asks for is claimed done.
fn declare_complete(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let Some((manager, _)) = lane.incidents.get(incident).manager else {
            continue;
        };
        for phase in Phase::ALL {
            let state = lane.incidents.get(incident).phases[phase.index()];
            if state.declared.is_some() || lane.people.get(manager).played {
                continue;
            }
            if let Some(cause) = lane.view(scene).phase_looks_complete(incident, *phase) {
                let by = (lane.people.actor(manager), cause);
                let what = (incident, *phase);
                incidents::declare_complete(&mut lane.incidents, &mut lane.out, what, by);
            }
        }
    }
}

/// Decisions of the plan that come up.
fn consider_decisions(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
    for (d, decision) in scene.exercise().plan().decisions.iter().enumerate() {
        let id = DecisionId::new(d);
        let Some(when) = &decision.when else { continue };
        for incident in lane.incidents.ids() {
            if lane.story.decision(id) != DecisionState::Closed
                || !lane.view(scene).is_open(incident)
            {
                continue;
            }
            let roles = scene.exercise().roles(decision.by);
            if let Some(cause) = lane.view(scene).believed(when, roles, incident) {
                open_decision(lane, scene, (id, incident), cause);
            }
        }
    }
}

/// A decision comes up; a simulated decider takes time to take it.
pub(crate) fn open_decision(
    lane: &mut LaneItem<'_, '_>,
    scene: Scene<'_>,
    what: (DecisionId, IncidentId),
    cause: u32,
) {
    if scene.policy == Policy::NoResponse {
        return;
    }
    if story::open_decision(&mut lane.story, &mut lane.out, what, cause).is_some() {
        let law = &scene.exercise().plan().decision(what.0).takes;
        let span = scene
            .dice
            .duration(law, scene.decision(what.0), Purpose::Deciding, 0);
        lane.agenda
            .after(Rank::Decision, what.0.index(), scene.now, span);
    }
}

/// A simulated decider decides: well or badly, by what is known and by experience.
fn decision_due(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, id: DecisionId) {
    let DecisionState::Open(incident, opened) = lane.story.decision(id) else {
        return;
    };
    let decision = scene.exercise().plan().decision(id);
    let roles = scene.exercise().roles(decision.by);
    let holder = roles
        .iter()
        .flat_map(|role| scene.exercise().role(*role).holders.clone())
        .next();
    if holder.is_some_and(|person| lane.people.get(person).played) {
        return;
    }
    let informed = measures::is_informed(lane, scene, incident, &decision.needs);
    let experience = holder.map(|p| {
        scene
            .exercise()
            .organisation()
            .experience(p, decision.phase)
    });
    let chance = human::sound_choice(informed, experience.unwrap_or_default());
    let subject = scene.decision(id);
    let ideal = scene.policy == Policy::Ideal;
    let soundly = ideal || scene.dice.happens(subject, Purpose::Choice, 0, chance);
    let sound = |option: &&(usize, &crate::exercise::Choice)| {
        option
            .1
            .judged
            .as_ref()
            .is_none_or(|judged| *judged == Soundness::Sound)
            == soundly
    };
    let all: Vec<(usize, &crate::exercise::Choice)> = decision.options.iter().enumerate().collect();
    let mut open: Vec<&(usize, &crate::exercise::Choice)> = all.iter().filter(sound).collect();
    if open.is_empty() {
        open = all.iter().collect();
    }
    let drawn = |option: &&&(usize, &crate::exercise::Choice)| {
        let of = super::draw::Subject::of("option", &option.1.slug);
        scene.dice.bits(subject.with(of), Purpose::Choice, 1)
    };
    let Some(chosen) = open.iter().min_by_key(drawn) else {
        return;
    };
    let choice = Chosen {
        decision: id,
        option: OptionId::new(chosen.0),
    };
    let actor = holder.map_or(Actor::Rules {}, |person| lane.people.actor(person));
    story::decide(&mut lane.story, &mut lane.out, choice, (actor, opened));
}

/// Gives people something to do. Says whether anything came of it.
fn assign(lane: &mut LaneItem<'_, '_>, stage: &Stage) -> bool {
    let scene = lane.scene(stage);
    if scene.policy == Policy::NoResponse {
        return read_next(lane, scene);
    }
    read_next(lane, scene) || ask_and_call(lane, scene) || start_next(lane, scene)
}

/// Between tasks people empty their inbox first.
fn read_next(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) -> bool {
    let mut any = false;
    for person in lane.people.ids() {
        let someone = lane.people.get(person);
        let ready = someone.busy == Busy::Free && !someone.played && !someone.inbox.is_empty();
        if !ready || !lane.people.on_duty(scene, person) {
            continue;
        }
        if let Some(message) = people::next_to_read(&lane.people, &lane.messages, person) {
            let what = (message, person);
            people::start_reading(
                &mut lane.people,
                &lane.messages,
                &mut lane.agenda,
                &mut lane.out,
                scene,
                what,
            );
            any = true;
        }
    }
    any
}

/// Asks for approval where nobody there may decide alone, and calls people where nobody is there.
fn ask_and_call(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) -> bool {
    let waiting: Vec<usize> = lane
        .work
        .pieces()
        .filter(|(_, piece)| piece.state == State::Waiting && !piece.called)
        .map(|(index, _)| index)
        .collect();
    let mut any = false;
    for index in waiting {
        let piece = lane.work.piece(index).clone();
        let task = scene.exercise().task(piece.instance.task);
        let from = route::handed_by(lane, scene, piece.instance);
        let roles = scene.exercise().roles(task.by);
        if piece.told && piece.approval == Approval::NotAsked && task.approval.is_some() {
            if !work::assignable(&lane.work, &lane.people, scene, index) {
                let asks = from.or(roles.first().copied());
                let actor = word::voice(lane, scene, asks.unwrap_or(RoleId::new(0)));
                let cause = piece.startable;
                if word::ask_approval(lane, scene, piece.instance, (asks, actor), cause) {
                    lane.work.piece_mut(index).approval = Approval::Asked;
                    any = true;
                }
            }
        }
        let there = roles.iter().any(|role| {
            let role = scene.exercise().role(*role);
            role.holders
                .iter()
                .any(|person| lane.people.on_duty(scene, *person))
        });
        if !there {
            lane.work.piece_mut(index).called = true;
            for role in roles {
                let actor = word::voice(lane, scene, from.unwrap_or(*role));
                word::call_out(
                    lane,
                    scene,
                    piece.instance,
                    *role,
                    (from, actor),
                    piece.last_entry,
                );
                any = true;
            }
        }
    }
    any
}

fn start_next(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) -> bool {
    let Some(assignment) = work::next_assignment(&lane.work, &lane.people, scene) else {
        return false;
    };
    let (work, people) = (&mut lane.work, &mut lane.people);
    work::start(
        work,
        people,
        &mut lane.agenda,
        &mut lane.out,
        scene,
        &assignment,
    );
    true
}

/// Approval of a piece of work is given.
pub(crate) fn approve(lane: &mut LaneItem<'_, '_>, index: usize, person: PersonId, cause: u32) {
    let piece = lane.work.piece(index);
    if piece.approval != Approval::Asked || piece.state != State::Waiting {
        return;
    }
    let event = Event::ApprovalGiven {
        instance: piece.instance,
        person,
    };
    let entry = lane.out.emit(lane.people.actor(person), Some(cause), event);
    let piece = lane.work.piece_mut(index);
    piece.approval = Approval::Given;
    piece.startable = piece.startable.max(entry);
    piece.last_entry = entry;
    lane.out.mark(Changed::WORK);
}

/// Plans to look again when somebody comes or goes who is busy or for whom work waits.
fn plan_calendar(lane: &mut LaneItem<'_, '_>, stage: &Stage) {
    let scene = lane.scene(stage);
    if scene.policy != Policy::People {
        return;
    }
    for person in lane.people.ids() {
        let someone = lane.people.get(person);
        let busy = someone.busy != Busy::Free || !someone.inbox.is_empty();
        let needed = busy || work::waiting_for(&lane.work, scene, person);
        let from = scene.now.max(ExerciseTime::STARTEX);
        let change = people::next_change(scene, someone, person, from);
        match change.filter(|at| needed && *at <= scene.horizon()) {
            Some(at) => lane.agenda.schedule(Rank::Calendar, person.index(), at),
            None => lane.agenda.cancel(Rank::Calendar, person.index()),
        }
    }
}

/// The exercise ends at the first settled instant at which its end condition holds.
fn consider_end(lane: &mut LaneItem<'_, '_>, stage: &Stage) {
    let scene = lane.scene(stage);
    let scenario = scene.exercise().scenario();
    if lane
        .view(scene)
        .truth(&scenario.ends, scenario.main)
        .is_some()
    {
        settle_events(lane, stage);
        finish(lane, stage, EndKind::Condition);
    }
}

/// Whether nothing can happen any more.
fn stalled(lane: &LaneItem<'_, '_>, stage: &Stage) -> bool {
    let scene = lane.scene(stage);
    let over = lane.run.ended.is_some();
    let clock = lane.clocks.next_due_within(scene, Span::days(30)).is_some();
    !over
        && lane.agenda.is_idle()
        && !clock
        && lane.humans.next_time().is_none()
        && lane.run.now >= ExerciseTime::STARTEX
}

/// ENDEX: everything that is open is closed by an entry of its own.
fn finish(lane: &mut LaneItem<'_, '_>, stage: &Stage, end: EndKind) {
    let scene = lane.scene(stage);
    let open: Vec<Instance> = lane
        .work
        .pieces()
        .filter(|(_, piece)| piece.is_open())
        .map(|(_, piece)| piece.instance)
        .collect();
    for instance in open {
        let cause = lane
            .work
            .find(instance)
            .map(|index| lane.work.piece(index).last_entry);
        lane.out.rule(cause, Event::TaskClosed { instance });
    }
    attack::close(&mut lane.attack, &mut lane.out);
    let mut owned = |obligation, _| {
        !scene
            .exercise()
            .roles(scene.exercise().obligation(obligation).by)
            .is_empty()
    };
    clocks::close(&lane.clocks, &mut lane.out, scene, &mut owned);
    lane.out.rule(None, Event::ExerciseEnded { end });
    lane.run.ended = Some(end);
    while lane.out.next_fresh().is_some() {}
}
