//! Decisions: they come up, and a simulated decider takes them.

use super::acts;
use crate::exercise::{DecisionId, IncidentId, OptionId, Soundness};
use crate::record::{Actor, Chosen};
use crate::simulation::agenda::Rank;
use crate::simulation::draw::Purpose;
use crate::simulation::human;
use crate::simulation::lane::LaneItem;
use crate::simulation::scene::{Policy, Scene};
use crate::simulation::story::{self, DecisionState};
use crate::simulation::verbs::measures;
use crate::simulation::work::Readiness;

/// Decisions of the plan that come up.
pub(super) fn consider_decisions(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>) {
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
pub(super) fn decision_due(lane: &mut LaneItem<'_, '_>, scene: Scene<'_>, id: DecisionId) {
    let DecisionState::Open(incident, opened) = lane.story.decision(id) else {
        return;
    };
    let decision = scene.exercise().plan().decision(id);
    let roles = scene.exercise().roles(decision.by);
    let holder = roles
        .iter()
        .flat_map(|role| scene.exercise().role(*role).holders.clone())
        .next();
    if let Some(person) = holder.filter(|person| lane.people.is_played(*person)) {
        if let Some((choice, cause)) = acts::decision(lane, scene, person, id) {
            let by = (lane.people.actor(person), cause);
            story::decide(&mut lane.story, &mut lane.out, choice, by);
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
        let of = crate::simulation::draw::Subject::of("option", &option.1.slug);
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
