//! Looking at everything whose facts changed, on the settled state.

use super::decisions::consider_decisions;
use super::finish;
use super::{acts, route};
use crate::exercise::{
    Condition, ExerciseTime, InjectId, Instance, Mark, Measure, ObligationId, Phase, RoleId,
    Trigger,
};
use crate::record::EndKind;
use crate::simulation::agenda::Rank;
use crate::simulation::incidents::{self, Surroundings};
use crate::simulation::lane::{Lane, view};
use crate::simulation::out::Changed;
use crate::simulation::scene::{Policy, Scene, Stage};
use crate::simulation::step::route::settle_events;
use crate::simulation::story::{self};
use crate::simulation::verbs::{measures, word};
use crate::simulation::work::{self, Readiness, Standing};
use crate::simulation::{attack, clocks, minds, watch};

/// Looks at everything whose facts changed, on the settled state.
pub(super) fn consider(lane: &mut Lane<'_>, stage: &Stage, changed: Changed) {
    let scene = lane.scene(stage);
    let truth = Changed::WORLD
        .and(Changed::STORY)
        .and(Changed::INCIDENT)
        .and(Changed::WORK)
        .and(Changed::TIME);
    if changed.touches(truth) {
        consider_attack(lane, scene);
        consider_story(lane, scene, changed.and(lane.out.changed()));
    }
    if lane.run.now < ExerciseTime::STARTEX {
        return;
    }
    if scene.policy == Policy::Ideal {
        know_everything(lane, scene);
    }
    let known = Changed::KNOWLEDGE.and(truth);
    if changed.touches(known) {
        let changed = changed.and(lane.out.changed());
        watch::gather(lane, scene, changed);
        consider_clocks(lane, scene, changed);
    }
    minds::gather(lane.minds, lane.people, lane.agenda, lane.out, scene);
    if changed.touches(Changed::KNOWLEDGE) {
        for duty in minds::duties(lane.minds, scene) {
            word::duty(lane, scene, &duty);
        }
    }
    if changed.touches(known) {
        reassess(lane, scene);
        complete_notifications(lane, scene);
        let changed = changed.and(lane.out.changed());
        watch::gather(lane, scene, changed);
        consider_work(lane, scene);
        consider_decisions(lane, scene);
    }
    if changed.touches(truth) {
        consider_phases(lane, scene);
        consider_end(lane, stage);
    }
}

pub(super) fn consider_attack(lane: &mut Lane<'_>, scene: Scene<'_>) {
    let ready = {
        let view = view!(lane, scene);
        let mut holds = |condition: &Condition, of| view.truth(condition, of).is_some();
        attack::startable(lane.attack, scene, &mut holds)
    };
    for step in ready {
        let (attack, assets) = (&mut lane.attack, &lane.assets);
        attack::start(attack, assets, lane.agenda, lane.out, scene, step);
    }
}

pub(super) fn consider_story(lane: &mut Lane<'_>, scene: Scene<'_>, changed: Changed) {
    let view = view!(lane, scene);
    let truth = |when: &Condition, of| view.truth(when, of);
    let armable = story::armable(lane.story, scene, changed, &truth);
    let held = lane.story.held().filter(|id| view.revealed(*id));
    let held: Vec<InjectId> = held.collect();
    for (id, cause) in armable {
        story::arm(lane.story, lane.agenda, scene, id, cause);
    }
    for id in held {
        lane.agenda.schedule(Rank::Inject, id.index(), scene.now);
    }
}

/// In an ideal response everybody knows what is true, once it can be observed.
fn know_everything(lane: &mut Lane<'_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let known = lane.view(scene).everything_true(incident);
        lane.minds.set_truth(incident, known);
    }
}

/// Clocks whose condition is known to hold, and those for which truth calls.
pub(super) fn consider_clocks(lane: &mut Lane<'_>, scene: Scene<'_>, changed: Changed) {
    let exercise = scene.exercise();
    for (o, obligation) in exercise.plan().obligations.iter().enumerate() {
        let Trigger::Aware { who, what } = &obligation.from else {
            continue;
        };
        for incident in lane.incidents.ids() {
            let id = ObligationId::new(o);
            let asks = !lane.clocks.is_aware(id, incident, false);
            if asks && lane.watch.take_clock(scene, incident, id) {
                let aware = who.iter().filter_map(|function| {
                    let roles = exercise.roles(crate::exercise::Addressee::Function(*function));
                    let each = roles.iter();
                    each.filter_map(|r| lane.view(scene).believed(what, &[*r], incident))
                        .min()
                });
                if let Some(cause) = aware.min() {
                    let (what, clocks) = ((id, incident), &mut lane.clocks);
                    clocks::aware(clocks, lane.agenda, lane.out, scene, what, false, cause);
                }
            }
            let seen = lane.incidents.mark(incident, Mark::Observable);
            let called = seen.is_some()
                && scene.stage.truths.obligations[o].touches(changed)
                && !lane.clocks.is_called_for(id, incident)
                && lane.view(scene).truth(what, incident).is_some();
            if let Some((_, cause)) = seen.filter(|_| called) {
                let what = (id, incident);
                clocks::called_for(lane.clocks, lane.out, scene, what, Some(cause));
            }
        }
    }
}

/// Where facts that became known change what the severity table gives, Classify is ready again.
pub(super) fn reassess(lane: &mut Lane<'_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let Some(classified) = lane.incidents.get(incident).classified else {
            continue;
        };
        let view = lane.view(scene);
        if scene.policy == Policy::Ideal || view.board_severity(incident) == classified.table {
            continue;
        }
        let learned = lane.minds.board_newest(incident);
        if learned <= classified.entry {
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
    let exercise = scene.exercise();
    for (o, obligation) in exercise.plan().obligations.iter().enumerate() {
        let Some(task) = obligation.task.filter(|_| obligation.rest_within.is_some()) else {
            continue;
        };
        for incident in lane.incidents.ids() {
            let follows = lane
                .clocks
                .rest_may_follow(scene, (ObligationId::new(o), incident));
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
pub(super) fn consider_work(lane: &mut Lane<'_>, scene: Scene<'_>) {
    let (ready, standing) = {
        let view = view!(lane, scene);
        let incidents = lane.incidents.ids();
        let watch = &mut *lane.watch;
        let standing = incidents.map(|incident| {
            let urgency = watch.urgency(incident, || view.urgency(incident));
            Standing::of(scene, view.severity(incident), urgency)
        });
        let standing: Vec<Standing> = standing.collect();
        let ready = work::readiness(lane.work, lane.watch, scene, &view, &standing);
        (ready, standing)
    };
    let mut fresh = Vec::new();
    for due in ready {
        if let Some(cause) = work::delayed(lane.work, lane.agenda, scene, &due) {
            let (work, agenda, out) = (&mut lane.work, &mut lane.agenda, &mut lane.out);
            let standing = standing[due.incident.index()];
            let index = work::make_ready(work, agenda, out, scene, standing, due, cause);
            fresh.push(index);
        }
    }
    lane.work
        .rekey(|incident| standing[incident.index()].priority);
    hand_on_fresh(lane, scene, &fresh);
}

/// New work is known at once to a role that made it ready itself; another is told by who finished
/// what came before.
pub(super) fn hand_on_fresh(lane: &mut Lane<'_>, scene: Scene<'_>, fresh: &[usize]) {
    let mut letters: Vec<((RoleId, RoleId, u32), Vec<Instance>)> = Vec::new();
    for index in fresh {
        let piece = lane.work.piece(*index);
        let (instance, ready) = (piece.instance, piece.last_entry);
        let task = scene.exercise().task(instance.task);
        let roles = work::owners(scene.exercise(), task);
        let from = route::handed_by(lane, scene, instance);
        let Some(from) = from.filter(|from| !roles.contains(from)) else {
            work::called_up(lane.work, lane.out, *index, ready);
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

pub(super) fn consider_phases(lane: &mut Lane<'_>, scene: Scene<'_>) {
    let mut incidents = std::mem::take(&mut *lane.incidents);
    let snapshot = incidents.clone();
    {
        let view = crate::simulation::view::View {
            incidents: &snapshot,
            ..view!(lane, scene)
        };
        let holds = |condition: &Condition, incident| view.truth(condition, incident).is_some();
        let around = Surroundings {
            attack: lane.attack,
            assets: lane.assets,
            clocks: lane.clocks,
            scene,
            holds: &holds,
        };
        let review = |incident| {
            let tasks = scene.exercise().tasks_taking(Measure::Review).iter();
            tasks
                .filter_map(|task| lane.work.first_ready(*task, incident))
                .min()
        };
        incidents::consider(&mut incidents, lane.agenda, lane.out, &around, &review);
    }
    *lane.incidents = incidents;
    declare_complete(lane, scene);
}

/// Who leads says that a phase is complete when everything that the plan asks for is claimed done.
pub(super) fn declare_complete(lane: &mut Lane<'_>, scene: Scene<'_>) {
    for incident in lane.incidents.ids() {
        let Some((manager, _)) = lane.incidents.get(incident).manager else {
            continue;
        };
        for phase in Phase::ALL {
            let state = lane.incidents.get(incident).phases[phase.index()];
            let silent = lane.people.is_played(manager) && lane.humans.due().is_empty();
            if state.declared.is_some() || silent {
                continue;
            }
            if let Some(cause) = lane.view(scene).phase_looks_complete(incident, *phase) {
                let cause = if lane.people.is_played(manager) {
                    acts::completion(lane, scene, manager, (incident, *phase))
                } else {
                    Some(cause)
                };
                let Some(cause) = cause else { continue };
                let by = (lane.people.actor(manager), cause);
                let what = (incident, *phase);
                incidents::declare_complete(lane.incidents, lane.out, what, by);
            }
        }
    }
}

/// The exercise ends at the first settled instant at which its end condition holds.
pub(super) fn consider_end(lane: &mut Lane<'_>, stage: &Stage) {
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
