//! Work, assets, the attack, incidents and the story, as recorded and as they are.

use super::{assets as all_assets, differ, incidents};
use crate::exercise::{
    AssetId, AssetState, DecisionId, EvidenceItem, ExpectationId, InjectId, Mark, Measure, Phase,
    StepId,
};
use crate::simulation::incidents::Danger;
use crate::simulation::lane::Lane;
use crate::simulation::scene::Scene;
use crate::simulation::story::{DecisionState, InjectState};
use crate::simulation::work::{Approval, Piece, State};
use crate::situation::story::{Decision, InjectState as Recorded};
use crate::situation::work::{self, Approval as Given};
use crate::situation::{Situation, Stamp};

pub(super) fn work(lane: &Lane<'_>, situation: &Situation) -> Option<String> {
    let recorded = situation.work().pieces().count();
    differ("pieces of work", &lane.work.len(), &recorded).or_else(|| {
        lane.work.pieces().find_map(|(_, piece)| {
            let instance = piece.instance;
            let Some(recorded) = situation.work().get(instance) else {
                return Some(format!("{instance:?} was never ready"));
            };
            of_piece(piece, recorded).map(|what| format!("{instance:?}: {what}"))
        })
    })
}

fn of_piece(piece: &Piece, recorded: &work::Piece) -> Option<String> {
    let state = match recorded.state {
        work::State::Waiting | work::State::Paused(_) => State::Waiting,
        work::State::Running
        | work::State::TakingOver
        | work::State::Interrupted
        | work::State::Redoing => State::Running,
        work::State::Done => State::Done(true),
        work::State::Flawed => State::Done(false),
        work::State::Failed | work::State::Reopened => State::Failed,
        work::State::NoTarget => State::NoTarget,
        work::State::Skipped(_) => State::Skipped,
    };
    let approval = match recorded.approval {
        Given::NotAsked => Approval::NotAsked,
        // Refused work is left out, and nobody asks for it any more.
        Given::Asked(_) | Given::Refused(_) => Approval::Asked,
        Given::Given(_) => Approval::Given,
    };
    let interrupted = piece.state == State::Running && piece.segment.is_none();
    let taken_over = piece.segment.is_some_and(|segment| segment.handover);
    let recorded_break = recorded.state == work::State::Interrupted;
    let recorded_handover = recorded.state == work::State::TakingOver;
    differ("state", &piece.state, &state)
        .or_else(|| differ("approval", &piece.approval, &approval))
        .or_else(|| differ("told", &piece.told, &recorded.told))
        .or_else(|| differ("reach", &piece.reach, &recorded.reach))
        .or_else(|| differ("people", &piece.people, &recorded.people))
        .or_else(|| differ("role", &piece.role, &recorded.role))
        .or_else(|| differ("handed to", &piece.handed_to, &recorded.handed_to))
        .or_else(|| differ("target", &piece.target, &recorded.on))
        .or_else(|| differ("attempt", &piece.attempt, &recorded.attempt))
        .or_else(|| differ("interrupted", &interrupted, &recorded_break))
        .or_else(|| differ("taken over", &taken_over, &recorded_handover))
        .or_else(|| differ("ready", &piece.ready_at, &recorded.ready.at))
}

/// The states that records speak of for each incident apart.
const BY_ATTACK: [AssetState; 5] = [
    AssetState::Compromised,
    AssetState::Encrypted,
    AssetState::Exfiltrated,
    AssetState::Altered,
    AssetState::Exposed,
];

pub(super) fn assets(lane: &Lane<'_>, scene: Scene<'_>, situation: &Situation) -> Option<String> {
    let recorded = situation.assets();
    let asset = |asset: AssetId| {
        of_asset(lane, scene, situation, asset).map(|what| format!("{asset:?}: {what}"))
    };
    let mut money = 0;
    let records = incidents(scene).find_map(|incident| {
        money += lane.assets.money_lost(incident).0;
        let out = lane.assets.records_exposed(incident);
        differ("records out", &out, &recorded.records_out(incident))
    });
    records
        .or_else(|| differ("money lost", &money, &recorded.money_lost().0))
        .or_else(|| all_assets(scene).find_map(asset))
}

fn of_asset(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    situation: &Situation,
    asset: AssetId,
) -> Option<String> {
    let recorded = situation.assets();
    let mut states = AssetState::ALL.iter().copied();
    let in_state = states.find_map(|state| {
        // Whether an asset is past its objective follows from its outage.
        let said = state != AssetState::PastRto;
        let holds = said && lane.assets.in_state(scene, asset, state);
        let same = said && recorded.in_state(asset, state);
        differ("state", &(state, holds), &(state, same))
    });
    let by_incident = || {
        incidents(scene).find_map(|incident| {
            BY_ATTACK.iter().find_map(|state| {
                let holds = lane.assets.in_state_by(scene, asset, *state, incident);
                let same = recorded.in_state_by(asset, *state, incident);
                differ("state by incident", &(*state, holds), &(*state, same))
            })
        })
    };
    let measures = || {
        Measure::ALL.iter().find_map(|measure| {
            let holds = lane.assets.in_effect(*measure, asset);
            let same = recorded.in_effect(*measure, asset);
            differ("in effect", &(*measure, holds), &(*measure, same))
        })
    };
    let evidence = || {
        EvidenceItem::ALL.iter().find_map(|item| {
            let kept = lane.assets.is_preserved(asset, *item);
            let same = recorded.is_preserved(asset, *item);
            differ("preserved", &(*item, kept), &(*item, same)).or_else(|| {
                let gone = recorded.is_lost(asset, *item);
                let there = lane.assets.is_there(asset, *item);
                (gone && there).then(|| format!("{item:?} is there, and was lost"))
            })
        })
    };
    let since = || {
        let recorded = recorded.out_since(asset).map(|since| since.at);
        differ("out since", &lane.assets.out_since(asset), &recorded)
    };
    in_state
        .or_else(by_incident)
        .or_else(measures)
        .or_else(evidence)
        .or_else(since)
}

pub(super) fn attack(lane: &Lane<'_>, scene: Scene<'_>, situation: &Situation) -> Option<String> {
    let mut steps = (0..scene.exercise().scenario().steps.len()).map(StepId::new);
    steps.find_map(|step| {
        let progress = situation.attack().step(step)?;
        let affected = progress.affected.iter().map(|(asset, _)| *asset);
        let mut affected: Vec<AssetId> = affected.collect();
        affected.sort_unstable();
        differ("affected", &lane.attack.affected_by(step), &&affected[..]).or_else(|| {
            let first = progress.affected.first().map(|(_, when)| when.entry);
            differ("took effect", &lane.attack.took_effect(step), &first)
        })
    })
}

pub(super) fn courses(lane: &Lane<'_>, situation: &Situation) -> Option<String> {
    situation.courses().iter().find_map(|(incident, course)| {
        let state = lane.incidents.get(incident);
        let entry = |stamp: Option<Stamp>| stamp.map(|stamp| stamp.entry);
        let mark = |mark: &Mark| {
            let recorded = course.mark(*mark).map(|stamp| (stamp.at, stamp.entry));
            differ("mark", &state.marks[mark.index()], &recorded)
        };
        let phase = |phase: &Phase| {
            let (world, recorded) = (&state.phases[phase.index()], course.phase(*phase));
            let applies = recorded.not_applicable.is_none();
            differ("reached", &world.reached, &entry(recorded.reached))
                .or_else(|| differ("completed", &world.completed, &entry(recorded.completed)))
                .or_else(|| differ("declared", &world.declared, &entry(recorded.declared)))
                .or_else(|| differ("applies", &!world.not_applicable, &applies))
                .map(|what| format!("{phase:?}: {what}"))
        };
        let classified = || {
            let world = state.classified.map(|of| (of.severity, of.entry));
            let recorded = course.classified.map(|of| (of.severity, of.since.entry));
            differ("classified", &world, &recorded)
        };
        let others = || {
            let manager = course.manager.map(|(since, who)| (who, since.entry));
            let rejected = course.rejected.map(|(since, _)| since.entry);
            let contained = state.danger == Danger::Contained;
            differ("manager", &state.manager, &manager)
                .or_else(|| differ("rejected", &state.rejected, &rejected))
                .or_else(|| differ("scope", &state.scope, &entry(course.scope)))
                .or_else(|| differ("contained", &contained, &course.contained.is_some()))
        };
        let marks = Mark::ALL.iter().find_map(mark);
        marks
            .or_else(|| Phase::ALL.iter().find_map(phase))
            .or_else(classified)
            .or_else(others)
            .map(|what| format!("{incident:?}: {what}"))
    })
}

pub(super) fn story(lane: &Lane<'_>, scene: Scene<'_>, situation: &Situation) -> Option<String> {
    let (scenario, story) = (scene.exercise().scenario(), situation.story());
    let inject = |id: InjectId| {
        let recorded = story.inject(id)?;
        let state = match lane.story.inject(id) {
            InjectState::Waiting | InjectState::Armed(_) | InjectState::Held(_) => Recorded::ToCome,
            InjectState::Paused => Recorded::HeldBack,
            InjectState::Delivered => Recorded::Delivered,
            InjectState::Skipped => match recorded.state {
                Recorded::Skipped(reason) => Recorded::Skipped(reason),
                _ => return Some(format!("{id:?} was left out without a word")),
            },
        };
        let first = recorded.first.map(|first| first.entry);
        differ("inject", &(id, state), &(id, recorded.state))
            .or_else(|| differ("came", &lane.story.delivered(id), &first))
            .or_else(|| differ("times", &lane.story.delivery_count(id), &recorded.times))
            .or_else(|| differ("text", &lane.story.text(id), &recorded.text.as_deref()))
    };
    let decision = |id: DecisionId| {
        let world = match lane.story.decision(id) {
            DecisionState::Closed => None,
            DecisionState::Open(_, entry) => Some((None, entry)),
            DecisionState::Taken(option, entry) => Some((Some(option), entry)),
        };
        let recorded = match story.decision(id) {
            Decision::Closed => None,
            Decision::Open(since, _) => Some((None, since.entry)),
            Decision::Taken(when, option) => Some((Some(option), when.entry)),
        };
        differ("decision", &world, &recorded)
    };
    let excused = |id: ExpectationId| {
        let recorded = story.excused(id).is_some();
        differ("excused", &lane.story.is_excused(id), &recorded)
    };
    let told = || {
        let all = &scene.exercise().organisation().stakeholders;
        all.iter().find_map(|one| {
            let first = story.first_told(one.kind).map(|first| first.entry);
            differ("told", &lane.story.notified(one.kind), &first)
        })
    };
    let mut injects = (0..scenario.injects.len()).map(InjectId::new);
    let mut decisions = (0..scene.exercise().plan().decisions.len()).map(DecisionId::new);
    let mut expectations = (0..scenario.expectations.len()).map(ExpectationId::new);
    injects
        .find_map(inject)
        .or_else(|| decisions.find_map(decision))
        .or_else(|| expectations.find_map(excused))
        .or_else(told)
}
