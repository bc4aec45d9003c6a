//! Decisions: they come up, a simulated decider takes them, and something follows.

use super::acts;
use crate::exercise::{
    Consequence, DecisionId, IncidentId, ObligationId, OptionId, Soundness, TaskId,
};
use crate::record::{Actor, Chosen, Event, SkipReason};
use crate::simulation::agenda::Rank;
use crate::simulation::draw::Purpose;
use crate::simulation::human;
use crate::simulation::lane::Lane;
use crate::simulation::out::Changed;
use crate::simulation::scene::{Policy, Scene};
use crate::simulation::story::{self, DecisionState};
use crate::simulation::verbs::measures;
use crate::simulation::work::{self, Readiness, State};
use crate::simulation::{assets, clocks};

/// Decisions of the plan that come up.
pub(super) fn consider_decisions(lane: &mut Lane<'_>, scene: Scene<'_>) {
    let mut from = 0;
    while let Some(id) = lane.watch.next_decision(scene, from) {
        from = id.index() + 1;
        for incident in lane.incidents.ids() {
            consider_decision(lane, scene, (id, incident));
        }
    }
}

// Decisions seldom come up, and nothing is to be made ready for them.
#[inline(never)]
fn consider_decision(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    (id, incident): (DecisionId, IncidentId),
) {
    let decision = scene.exercise().plan().decision(id);
    // It comes up once.
    let closed = lane.story.decision(id) == DecisionState::Closed;
    let Some(when) = decision.when.as_ref().filter(|_| closed) else {
        lane.watch.take_decision(scene, incident, id);
        return;
    };
    if !lane.view(scene).is_open(incident) || !lane.watch.take_decision(scene, incident, id) {
        return;
    }
    let roles = scene.exercise().roles(decision.by);
    let view = lane.view(scene);
    if view.alerted(roles, incident).is_none() {
        return;
    }
    if let Some(cause) = view.believed(when, roles, incident) {
        open_decision(lane, scene, (id, incident), cause);
    }
}

/// A decision comes up; a simulated decider takes time to take it.
pub(crate) fn open_decision(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    what: (DecisionId, IncidentId),
    cause: u32,
) {
    if scene.policy == Policy::NoResponse {
        return;
    }
    if story::open_decision(lane.story, lane.out, what, cause).is_some() {
        let law = &scene.exercise().plan().decision(what.0).takes;
        let span = scene
            .dice
            .duration(law, scene.decision(what.0), Purpose::Deciding, 0);
        lane.agenda
            .after(Rank::Decision, what.0.index(), scene.now, span);
    }
}

/// A simulated decider decides: well or badly, by what is known and by experience.
pub(super) fn decision_due(lane: &mut Lane<'_>, scene: Scene<'_>, id: DecisionId) {
    let DecisionState::Open(incident, opened) = lane.story.decision(id) else {
        return;
    };
    let decision = scene.exercise().plan().decision(id);
    let roles = scene.exercise().roles(decision.by);
    let holder = roles
        .iter()
        .flat_map(|role| scene.exercise().role(*role).holders.iter().copied())
        .next();
    // For who sleeps or is away the rules decide.
    let there = holder.filter(|person| lane.people.on_duty(scene, *person));
    if let Some(person) = there.filter(|person| lane.people.is_played(*person)) {
        if let Some((choice, cause)) = acts::decision(lane, scene, person, id) {
            let by = (lane.people.actor(person), cause);
            story::decide(lane.story, lane.out, choice, by);
        }
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
    let fits = |option: &crate::exercise::Choice| {
        let judged = option.judged.as_ref();
        judged.is_none_or(|judged| *judged == Soundness::Sound) == soundly
    };
    let none_fits = !decision.options.iter().any(fits);
    let options = decision.options.iter().enumerate();
    let open = options.filter(|(_, option)| none_fits || fits(option));
    let drawn = |(_, option): &(usize, &crate::exercise::Choice)| {
        let of = crate::simulation::draw::Subject::of("option", &option.slug);
        scene.dice.bits(subject.with(of), Purpose::Choice, 1)
    };
    let Some(chosen) = open.min_by_key(drawn) else {
        return;
    };
    let choice = Chosen {
        decision: id,
        option: OptionId::new(chosen.0),
    };
    let actor = there.map_or(Actor::Rules {}, |person| lane.people.actor(person));
    story::decide(lane.story, lane.out, choice, (actor, opened));
}

/// A decision was taken: what follows from its option.
pub(super) fn decided(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    choice: Chosen,
    incident: IncidentId,
    cause: u32,
) {
    let decision = scene.exercise().plan().decision(choice.decision);
    let option = &decision.options[choice.option.index()];
    for consequence in &option.then {
        match *consequence {
            Consequence::Undo(measure) => {
                let by = (Actor::Rules {}, Some(cause));
                assets::undo(lane.assets, lane.out, scene, measure, by);
            }
            Consequence::Start(task) => lane.work.force(task, incident, cause),
            Consequence::Omit(task) => omit(lane, scene, (task, incident), cause),
            Consequence::Fire(inject) => super::fire(lane, scene, inject, Some(cause)),
            Consequence::NotRequired(obligation) => {
                let sound = !matches!(option.judged, Some(Soundness::Unsound(_)));
                not_required(lane, scene, (obligation, incident), sound, cause);
            }
            Consequence::Skip(inject) => {
                lane.story.set_inject(inject, story::InjectState::Skipped);
                let event = Event::InjectSkipped {
                    inject,
                    reason: SkipReason::Decided,
                };
                lane.out.rule(Some(cause), event);
            }
        }
    }
    lane.out.mark(Changed::ALL);
}

/// A duty is documented as not required: nobody is to do what would meet it, and only it.
fn not_required(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    of: (ObligationId, IncidentId),
    sound: bool,
    cause: u32,
) {
    clocks::not_required(lane.clocks, lane.agenda, lane.out, scene, of, sound, cause);
    let duties = &scene.exercise().plan().obligations;
    let Some(task) = duties[of.0.index()].task else {
        return;
    };
    let shared = duties.iter().filter(|duty| duty.task == Some(task)).count() > 1;
    if !shared {
        omit(lane, scene, (task, of.1), cause);
    }
}

fn omit(lane: &mut Lane<'_>, scene: Scene<'_>, (task, incident): (TaskId, IncidentId), cause: u32) {
    lane.work.omit(task, incident);
    let open = lane.work.open(task, incident);
    if let Some(index) = open.filter(|index| lane.work.piece(*index).state == State::Waiting) {
        let what = (index, SkipReason::Decided);
        work::skip(lane.work, lane.agenda, lane.out, scene, what, cause);
    }
}
