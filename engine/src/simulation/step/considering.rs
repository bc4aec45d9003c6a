//! Looking at everything whose facts changed, on the settled state.
//!
//! Nearly every look finds that there is nothing to look at. What is done for each thing to which there is
//! stands in functions that are not inlined: else the compiler makes ready for all of them in advance.

use super::decisions::consider_decisions;
use super::finish;
use super::{acts, route};
use crate::exercise::{
    Addressee, Condition, ExerciseTime, Few, IncidentId, InjectId, Instance, Mark, Measure,
    ObligationId, PersonId, Phase, RoleId, StepId, Trigger,
};
use crate::record::{Actor, EndKind};
use crate::simulation::agenda::Rank;
use crate::simulation::incidents::{self, Reading, Surroundings};
use crate::simulation::lane::{Lane, view};
use crate::simulation::out::Changed;
use crate::simulation::scene::{Policy, Scene};
use crate::simulation::step::rescoping::rescope;
use crate::simulation::step::route::settle_events;
use crate::simulation::story::{self};
use crate::simulation::verbs::{measures, word};
use crate::simulation::work::{self, DueTask, Readiness, Standing};
use crate::simulation::{attack, clocks, minds, watch};
use smallvec::smallvec;
use std::ops::Range;

/// Looks at everything whose facts changed, on the settled state.
pub(super) fn consider(lane: &mut Lane<'_>, scene: Scene<'_>, changed: Changed) {
    let truth = Changed::WORLD
        .and(Changed::STORY)
        .and(Changed::INCIDENT)
        .and(Changed::WORK)
        .and(Changed::TIME);
    lane.watch.doubts.changed(scene.stage, changed);
    if changed.touches(truth) {
        if lane.watch.doubts.any() || lane.attack.has_opened() {
            consider_attack(lane, scene);
        }
        consider_story(lane, scene, changed.and(lane.out.changed()));
    }
    if !lane.people.act() {
        if changed.touches(truth) {
            consider_containment(lane, scene, changed.and(lane.out.changed()));
        }
        return;
    }
    if scene.policy == Policy::Ideal {
        know_everything(lane, scene);
    }
    let known = Changed::KNOWLEDGE.and(truth);
    if changed.touches(known) {
        lane.watch.time_passed(scene);
        watch::gather(lane, scene, changed.and(lane.out.changed()));
        consider_clocks(lane, scene);
    }
    minds::gather(lane.minds, lane.people, lane.agenda, lane.out, scene);
    if changed.touches(Changed::KNOWLEDGE) {
        for duty in minds::duties(lane.minds, scene) {
            word::duty(lane, scene, &duty);
        }
    }
    if changed.touches(known) {
        reassess(lane, scene);
        rescope(lane, scene);
        complete_notifications(lane, scene);
        // Clocks, duties and rooms seldom change anything at which somebody else looks.
        if lane.out.has_changed() || watch::has_news(lane) {
            watch::gather(lane, scene, lane.out.changed());
        }
        consider_work(lane, scene);
        consider_decisions(lane, scene);
    }
    if changed.touches(truth) {
        let changed = changed.and(lane.out.changed());
        consider_containment(lane, scene, changed);
        consider_phases(lane, scene, changed);
    }
    if changed.touches(known) {
        declare_complete(lane, scene);
    }
    if changed.touches(truth) {
        consider_end(lane, scene);
    }
}

/// Steps that may start now, or whose conditions look at something that changed.
fn consider_attack(lane: &mut Lane<'_>, scene: Scene<'_>) {
    let mut steps = lane.attack.take_opened();
    let mut from = 0;
    while let Some(step) = lane.watch.doubts.take_step(scene.stage, from) {
        from = step.index() + 1;
        steps.push(step);
    }
    if !steps.is_empty() {
        start_steps(lane, scene, &mut steps);
    }
    lane.attack.give_back(steps);
}

/// Starts those of some steps that may start now, in order.
#[inline(never)]
fn start_steps(lane: &mut Lane<'_>, scene: Scene<'_>, steps: &mut Vec<StepId>) {
    steps.sort_unstable();
    steps.dedup();
    let view = view!(lane, scene);
    let mut holds = |condition: &Condition, of| view.truth(condition, of).is_some();
    steps.retain(|step| lane.attack.is_startable(scene, *step, &mut holds));
    for step in steps.drain(..) {
        let (attack, assets) = (&mut lane.attack, &lane.assets);
        attack::start(attack, assets, lane.agenda, lane.out, scene, step);
    }
}

/// Injects whose conditions look at something that changed, and those that wait for what they reveal.
fn consider_story(lane: &mut Lane<'_>, scene: Scene<'_>, changed: Changed) {
    if lane.watch.doubts.any() {
        let mut from = 0;
        while let Some(id) = lane.watch.doubts.take_inject(scene.stage, from) {
            from = id.index() + 1;
            consider_inject(lane, scene, id);
        }
    }
    if changed.touches(Changed::WORLD) && !lane.story.held().is_empty() {
        let view = view!(lane, scene);
        for id in lane.story.held().iter().filter(|id| view.revealed(**id)) {
            lane.agenda.schedule(Rank::Inject, id.index(), scene.now);
        }
    }
}

#[inline(never)]
fn consider_inject(lane: &mut Lane<'_>, scene: Scene<'_>, id: InjectId) {
    let view = view!(lane, scene);
    let truth = |when: &Condition, of| view.truth(when, of);
    if let Some(cause) = lane.story.armable(scene, id, &truth) {
        story::arm(lane.story, lane.agenda, scene, id, cause);
    }
}

/// In an ideal response everybody knows what is true, once it can be observed.
fn know_everything(lane: &mut Lane<'_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let mut known = lane.minds.take_truth(incident);
        lane.view(scene).tell_everything(incident, &mut known);
        lane.minds.set_truth(incident, known);
    }
}

/// Clocks whose condition is known to hold, and those for which truth calls.
fn consider_clocks(lane: &mut Lane<'_>, scene: Scene<'_>) {
    if lane.out.has_changed() {
        lane.watch.doubts.changed(scene.stage, lane.out.changed());
    }
    let mut from = 0;
    while let Some(id) = lane.watch.next_clock(scene, from) {
        from = id.index() + 1;
        for incident in lane.incidents.ids() {
            consider_clock(lane, scene, (id, incident));
        }
    }
}

#[inline(never)]
fn consider_clock(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (id, incident): (ObligationId, IncidentId),
) {
    let exercise = scene.exercise();
    let asks = lane.watch.take_clock(scene, incident, id);
    let doubted = lane.watch.doubts.take_obligation(scene, id, incident);
    let Trigger::Aware { who, what } = &exercise.obligation(id).from else {
        return;
    };
    if asks && !lane.clocks.is_aware(id, incident, false) {
        let aware = who.iter().filter_map(|function| {
            let roles = exercise.roles(Addressee::Function(*function)).iter();
            roles
                .filter_map(|role| lane.view(scene).believed(what, &[*role], incident))
                .min()
        });
        if let Some(cause) = aware.min() {
            let (what, clocks) = ((id, incident), &mut lane.clocks);
            clocks::aware(clocks, lane.agenda, lane.out, scene, what, false, cause);
        }
    }
    let seen = lane.incidents.mark(incident, Mark::Observable);
    let called = doubted
        && seen.is_some()
        && !lane.clocks.is_called_for(id, incident)
        && lane.view(scene).truth(what, incident).is_some();
    if let Some((_, cause)) = seen.filter(|_| called) {
        let what = (id, incident);
        clocks::called_for(lane.clocks, lane.out, scene, what, Some(cause));
    }
}

/// Where facts that became known change what the severity table gives, Classify is ready again.
fn reassess(lane: &mut Lane<'_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let Some(classified) = lane.incidents.get(incident).classified else {
            continue;
        };
        let learned = lane.minds.board_newest(incident);
        if scene.policy == Policy::Ideal || learned <= classified.entry {
            continue;
        }
        if lane.view(scene).severity_for(classified.by, incident) == classified.table {
            continue;
        }
        for task in scene.exercise().tasks_taking(Measure::Classify) {
            if lane.work.open(*task, incident).is_none() {
                lane.work.again(*task, incident, learned);
            }
        }
    }
}

/// Where the law lets the rest of a notification follow, the task that told is ready again once all
/// of it can be said.
fn complete_notifications(lane: &mut Lane<'_>, scene: Scene<'_>) {
    for id in &scene.stage.told_in_parts {
        let obligation = scene.exercise().obligation(*id);
        let Some(task) = obligation.task else {
            continue;
        };
        for incident in lane.incidents.ids() {
            let follows = lane.clocks.rest_may_follow(scene, (*id, incident));
            if !follows || lane.work.open(task, incident).is_some() {
                continue;
            }
            let known = measures::is_informed(lane, scene, incident, &obligation.content);
            if let (true, Some(told)) = (known, lane.work.claimed_done(task, incident)) {
                let learned = lane.minds.board_newest(incident);
                lane.work.again(task, incident, learned.max(told));
            }
        }
    }
}

/// Work that becomes ready, is told of, and asks for approval.
fn consider_work(lane: &mut Lane<'_>, scene: Scene<'_>) {
    let view = view!(lane, scene);
    let mut prioritised = false;
    for incident in lane.incidents.ids() {
        let watch = &mut *lane.watch;
        let urgency = watch.urgency(incident, |on| view.urgency_by(incident, on));
        let standing = Standing::of(scene, view.severity(incident), urgency);
        prioritised |= watch.stands(scene, incident, standing);
    }
    work::readiness(lane.work, lane.watch, scene, &view);
    let before = lane.work.len();
    let mut place = 0;
    while let Some(due) = lane.watch.due.get(place).copied() {
        place += 1;
        make_ready(lane, scene, due);
    }
    lane.watch.due.clear();
    if prioritised {
        let watch = &lane.watch;
        lane.work
            .rekey(|incident| watch.standing(incident).priority);
    }
    if before < lane.work.len() {
        hand_on_fresh(lane, scene, before..lane.work.len());
    }
}

#[inline(never)]
fn make_ready(lane: &mut Lane<'_>, scene: Scene<'_>, due: DueTask) {
    if let Some(cause) = work::delayed(lane.work, lane.agenda, lane.out, scene, &due) {
        let (work, agenda, out) = (&mut lane.work, &mut lane.agenda, &mut lane.out);
        let standing = lane.watch.standing(due.incident);
        work::make_ready(work, agenda, out, scene, standing, due, cause);
    }
}

/// New work is known at once to a role that made it ready itself; another is told by who finished
/// what came before.
#[inline(never)]
fn hand_on_fresh(lane: &mut Lane<'_>, scene: Scene<'_>, fresh: Range<usize>) {
    let mut letters: Few<((RoleId, RoleId, u32), Few<Instance>)> = Few::new();
    for index in fresh {
        let piece = lane.work.piece(index);
        let (instance, ready) = (piece.instance, piece.last_entry);
        let task = scene.exercise().task(instance.task);
        let roles = scene.exercise().owners(task);
        let from = route::handed_by(lane, scene, instance);
        let Some(from) = from.filter(|from| !roles.contains(from)) else {
            work::called_up(lane.work, lane.out, index, ready);
            continue;
        };
        for to in roles {
            match letters
                .iter_mut()
                .find(|((f, t, _), _)| (f, t) == (&from, to))
            {
                Some((_, about)) => about.push(instance),
                None => letters.push(((from, *to, ready), smallvec![instance])),
            }
        }
    }
    for ((from, to, cause), about) in letters {
        let actor = word::voice(lane, scene, from);
        word::hand_on(lane, scene, (from, actor), to, about, cause);
    }
}

/// Whether incidents are contained, where something changed that this goes by: the world, or what a step
/// of the attack waits for.
fn consider_containment(lane: &mut Lane<'_>, scene: Scene<'_>, changed: Changed) {
    for incident in lane.incidents.ids() {
        let doubted = lane.watch.doubts.take_phases(scene.stage, incident);
        if doubted {
            lane.incidents.stir(incident);
        }
        if doubted || changed.touches(Changed::WORLD) {
            consider_containment_of(lane, scene, incident);
        }
    }
}

#[inline(never)]
fn consider_containment_of(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId) {
    let view = view!(lane, scene);
    let holds = |condition: &Condition| view.truth(condition, incident).is_some();
    let world = (&*lane.attack, &*lane.assets);
    let harmless = incidents::is_harmless(world, scene, incident, &holds);
    let what = (incident, harmless);
    incidents::settle_containment(lane.incidents, lane.out, world, scene, what);
}

/// The phases of the incidents where something changed that they look at.
fn consider_phases(lane: &mut Lane<'_>, scene: Scene<'_>, changed: Changed) {
    for incident in lane.incidents.ids() {
        if may_change_phase(lane, incident, changed) {
            consider_phases_of(lane, scene, incident);
        }
    }
}

#[inline(never)]
fn consider_phases_of(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId) {
    let around = Surroundings {
        attack: lane.attack,
        assets: lane.assets,
        clocks: lane.clocks,
        scene,
        incident,
        review: lane
            .work
            .first_ready(scene.exercise(), incident, Measure::Review),
    };
    let view = view!(lane, scene);
    let holds = |condition: &Condition| view.truth(condition, incident).is_some();
    let reading = Reading::of(lane.incidents, &around, &holds);
    incidents::consider(lane.incidents, lane.agenda, lane.out, &around, &reading);
}

/// Whether something changed at which the phases of an incident look: its own state, the world, what
/// conditions ask for; a clock, where Closure may wait for it; or work, where it waits for the review.
fn may_change_phase(lane: &mut Lane<'_>, incident: IncidentId, changed: Changed) -> bool {
    let moved = lane.incidents.take_moved(incident);
    if lane.incidents.mark(incident, Mark::Observable).is_none() {
        return false;
    }
    let closes = || {
        let closure = &lane.incidents.get(incident).phases[Phase::Closure.index()];
        changed.touches(Changed::STORY) && closure.reached.is_some()
    };
    let reviews = || {
        let waits = incidents::waits_for_review(lane.incidents, incident);
        changed.touches(Changed::WORK) && waits
    };
    let world =
        || changed.touches(Changed::WORLD) && incidents::looks_at_world(lane.incidents, incident);
    moved || world() || closes() || reviews()
}

/// Who leads says that a phase is complete when everything that the plan asks for is claimed done.
fn declare_complete(lane: &mut Lane<'_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let Some((manager, _)) = lane.incidents.get(incident).manager else {
            continue;
        };
        let played = speaks(lane, scene, manager);
        let silent = played && lane.humans.due().is_empty();
        if silent {
            continue;
        }
        for phase in lane.watch.missing(incident).unsettled() {
            if !lane.incidents.is_declared_complete(incident, phase) {
                declare_phase(lane, scene, manager, (incident, phase));
            }
        }
    }
}

/// Whether a human speaks for who leads. For who sleeps or is away the rules say what is so.
fn speaks(lane: &Lane<'_>, scene: Scene<'_>, manager: PersonId) -> bool {
    lane.people.is_played(manager) && lane.people.on_duty(scene, manager)
}

#[inline(never)]
fn declare_phase(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    manager: PersonId,
    (incident, phase): (IncidentId, Phase),
) {
    let missing = lane.watch.missing(incident);
    let view = view!(lane, scene);
    let mut cause = view.phase_looks_complete(incident, phase, missing);
    if cause.is_some() && speaks(lane, scene, manager) {
        cause = acts::completion(lane, scene, manager, (incident, phase));
    }
    if let Some(cause) = cause {
        let actor = if lane.people.on_duty(scene, manager) {
            lane.people.actor(manager)
        } else {
            Actor::Rules {}
        };
        let by = (actor, cause);
        incidents::declare_complete(lane.incidents, lane.out, (incident, phase), by);
    }
}

/// The exercise ends at the first settled instant at which its end condition holds and no inject holds it open.
fn consider_end(lane: &mut Lane<'_>, scene: Scene<'_>) {
    if lane.run.now >= ExerciseTime::STARTEX
        && lane.watch.doubts.take_end(scene.stage)
        && lane.view(scene).is_over()
    {
        settle_events(lane, scene);
        finish(lane, scene, (EndKind::Condition, None));
    }
}
