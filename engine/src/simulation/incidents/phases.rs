//! When a phase is reached and complete: the criteria of `docs/semantics.md`, one function a phase.
//!
//! Marks go by the measure of a task; its phase decides coverage only. A part that no task of the
//! plan can meet does not hold a phase up, except parts that are read from the truth.

use super::recovery::{nothing_to_recover, recovery_clock, recovery_complete};
use super::{Incidents, State, mark};
use crate::exercise::{
    Act, AssetId, AssetKind, Condition, Effect, EvidenceItem, Exercise, IncidentId, Mark, Measure,
    Object, ObligationId, Phase, StepId, Task,
};
use crate::record::{Actor, Event};
use crate::simulation::agenda::Agenda;
use crate::simulation::assets::Assets;
use crate::simulation::attack::Attack;
use crate::simulation::clocks::Clocks;
use crate::simulation::out::{Changed, Out};
use crate::simulation::scene::Scene;

/// What the criteria of phases look at.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) attack: &'a Attack,
    pub(crate) assets: &'a Assets,
    pub(crate) clocks: &'a Clocks,
    pub(crate) scene: Scene<'a>,
    /// Whether a condition of the plan's own criteria holds.
    pub(crate) holds: &'a dyn Fn(&Condition, IncidentId) -> bool,
}

impl<'a> Surroundings<'a> {
    pub(super) fn exercise(&self) -> &'a Exercise {
        self.scene.exercise()
    }

    /// Whether the plan has a task for a measure.
    pub(super) fn has_task(&self, measure: Measure) -> bool {
        !self.exercise().tasks_taking(measure).is_empty()
    }
}

/// Work with some acts started: phases that start with it are reached.
pub(crate) fn phase_started(
    incidents: &mut Incidents,
    incident: IncidentId,
    acts: &[Act],
    entry: u32,
) {
    let measures = || acts.iter().map(|act| act.measure);
    let state = incidents.get_mut(incident);
    for phase in Phase::ALL {
        let starts = measures().any(|measure| starts_phase(*phase, measure));
        let contained = *phase != Phase::Resolution
            || state.contained_first.is_some()
            || measures().any(Measure::contains);
        let slot = &mut state.phases[phase.index()];
        if starts && contained && slot.started.is_none() {
            slot.started = Some(entry);
        }
    }
}

/// Whether the start of work with a measure reaches a phase.
const fn starts_phase(phase: Phase, measure: Measure) -> bool {
    match phase {
        Phase::Identification | Phase::Closure => false,
        Phase::Assessment => {
            matches!(
                measure,
                Measure::Triage | Measure::Investigate | Measure::Declare
            )
        }
        Phase::Response => measure.contains() || matches!(measure, Measure::Activate),
        Phase::Resolution => matches!(
            measure,
            Measure::Evict
                | Measure::Revoke
                | Measure::Patch
                | Measure::Harden
                | Measure::FindCause
                | Measure::RotateCredentials
        ),
        Phase::Recovery => matches!(
            measure,
            Measure::Restore | Measure::Rebuild | Measure::Failover
        ),
    }
}

/// Looks at the phases of every incident on the settled state.
pub(crate) fn consider(
    incidents: &mut Incidents,
    agenda: &mut Agenda,
    out: &mut Out,
    around: &Surroundings<'_>,
    closure_ready: &dyn Fn(IncidentId) -> Option<u32>,
) {
    for incident in incidents.ids() {
        if incidents.mark(incident, Mark::Observable).is_none() {
            continue;
        }
        recovery_clock(incidents, agenda, around, incident);
        for phase in Phase::ALL {
            consider_phase(incidents, out, around, (incident, *phase), closure_ready);
        }
    }
}

fn consider_phase(
    incidents: &mut Incidents,
    out: &mut Out,
    around: &Surroundings<'_>,
    (incident, phase): (IncidentId, Phase),
    closure_ready: &dyn Fn(IncidentId) -> Option<u32>,
) {
    let state = incidents.get(incident);
    let before = state.phases[phase.index()];
    if before.not_applicable {
        // Nothing was down then; something is now.
        if around.assets.ever_affected(incident).next().is_some() {
            incidents.get_mut(incident).phases[phase.index()].not_applicable = false;
            reopen(incidents, out, around, (incident, phase));
        }
        return;
    }
    if phase == Phase::Recovery
        && before.reached.is_none()
        && nothing_to_recover(state, around, incident)
    {
        out.rule(
            state.phases[Phase::Response.index()].completed,
            Event::PhaseNotApplicable { incident, phase },
        );
        incidents.get_mut(incident).phases[phase.index()].not_applicable = true;
        out.mark(Changed::INCIDENT);
        return;
    }
    let reached_by = before
        .reached
        .or_else(|| reached(state, around, (incident, phase), closure_ready));
    let Some(cause) = reached_by else { return };
    if before.reached.is_none() {
        let entry = out.rule(Some(cause), Event::PhaseReached { incident, phase });
        incidents.get_mut(incident).phases[phase.index()].reached = Some(entry);
        out.mark(Changed::INCIDENT);
    }
    let complete = completed(incidents.get(incident), around, (incident, phase));
    match (before.completed, complete) {
        (None, Some(cause)) => {
            let cause = if cause == 0 { reached_by } else { Some(cause) };
            let entry = out.rule(cause, Event::PhaseCompleted { incident, phase });
            let state = &mut incidents.get_mut(incident).phases[phase.index()];
            (state.completed, state.renewed) = (Some(entry), None);
            out.mark(Changed::INCIDENT);
        }
        (Some(_), None) if is_reopened(incidents.get(incident), around, phase) => {
            reopen(incidents, out, around, (incident, phase));
        }
        _ => {}
    }
}

/// Whether a phase whose criterion no longer holds is open again. Closure is only where that on which it
/// stands is.
fn is_reopened(state: &State, around: &Surroundings<'_>, phase: Phase) -> bool {
    match phase {
        Phase::Identification | Phase::Assessment => false,
        Phase::Response | Phase::Resolution | Phase::Recovery => true,
        Phase::Closure => own_criterion(around, phase, false).is_none() && is_over(state).is_none(),
    }
}

/// A phase is open again. What was done in it once everything served is no longer what it was.
fn reopen(
    incidents: &mut Incidents,
    out: &mut Out,
    around: &Surroundings<'_>,
    (incident, phase): (IncidentId, Phase),
) {
    let event = Event::PhaseReopened { incident, phase };
    let entry = out.rule(Some(around.assets.last_change()), event);
    let state = incidents.get_mut(incident);
    state.phases[phase.index()].completed = None;
    state.phases[phase.index()].renewed = Some((entry, false));
    let no_longer_stands: &[Measure] = match phase {
        Phase::Recovery => &[Measure::Accept],
        Phase::Closure => &CLOSING,
        _ => &[],
    };
    for measure in no_longer_stands {
        state.taken.remove(*measure);
    }
    out.mark(Changed::INCIDENT);
}

/// The entry on which Closure stands: Recovery is complete, or Response where nothing was down; or it is
/// no incident.
fn is_over(state: &State) -> Option<u32> {
    let recovery = &state.phases[Phase::Recovery.index()];
    let response = &state.phases[Phase::Response.index()];
    let without_recovery = recovery.not_applicable.then_some(response.completed);
    let over = recovery.completed.or(state.rejected);
    over.or(without_recovery.flatten())
}

/// The measures of Closure.
const CLOSING: [Measure; 4] = [
    Measure::Review,
    Measure::IssueReport,
    Measure::AssignAction,
    Measure::Close,
];

/// The entry that reached a phase.
fn reached(
    state: &State,
    around: &Surroundings<'_>,
    (incident, phase): (IncidentId, Phase),
    closure_ready: &dyn Fn(IncidentId) -> Option<u32>,
) -> Option<u32> {
    if let Some(own) = own_criterion(around, phase, true) {
        return (around.holds)(own, incident).then(|| around.assets.last_change());
    }
    let phases = &state.phases;
    match phase {
        Phase::Identification => state.marks[Mark::Seen.index()].map(|(_, entry)| entry),
        Phase::Closure => {
            let over = is_over(state)?;
            let scheduled = if around.has_task(Measure::Review) {
                closure_ready(incident)?
            } else {
                over
            };
            Some(over.max(scheduled))
        }
        // An attack that ended by itself needs no containment: Response starts when it is declared.
        Phase::Response => phases[phase.index()].started.or_else(|| {
            let declared = state.marks[Mark::Declared.index()].map(|(_, entry)| entry)?;
            response_complete(state, around, incident).map(|truth| truth.max(declared))
        }),
        other => phases[other.index()].started,
    }
}

/// The plan's own criterion for a phase, if it sets one.
fn own_criterion<'a>(
    around: &Surroundings<'a>,
    phase: Phase,
    entry: bool,
) -> Option<&'a Condition> {
    let mut stages = around
        .exercise()
        .plan()
        .lifecycle
        .iter()
        .filter(|stage| stage.phase == phase);
    if entry {
        stages.find_map(|stage| stage.entry.as_ref())
    } else {
        stages.filter_map(|stage| stage.exit.as_ref()).next_back()
    }
}

/// The entry that completed a phase; 0 where nothing was left to do once it was reached.
fn completed(
    state: &State,
    around: &Surroundings<'_>,
    (incident, phase): (IncidentId, Phase),
) -> Option<u32> {
    if let Some(own) = own_criterion(around, phase, false) {
        return (around.holds)(own, incident).then(|| around.assets.last_change());
    }
    match phase {
        Phase::Identification => state.marks[Mark::Reported.index()].map(|(_, entry)| entry),
        Phase::Assessment => assessment_complete(state),
        Phase::Response => {
            let declared = state.marks[Mark::Declared.index()].map(|(_, entry)| entry)?;
            response_complete(state, around, incident).map(|truth| truth.max(declared))
        }
        Phase::Resolution => resolution_complete(state, around, incident),
        Phase::Recovery => recovery_complete(state, around, incident),
        Phase::Closure => closure_complete(state, around, incident),
    }
}

/// Declared, classified, scope stated and somebody leads; or decided that it is no incident.
fn assessment_complete(state: &State) -> Option<u32> {
    let complete = || {
        let declared = state.marks[Mark::Declared.index()]?.1;
        let parts = [
            declared,
            state.classified?.entry,
            state.scope?,
            state.manager?.1,
        ];
        parts.into_iter().max()
    };
    state.rejected.or_else(complete)
}

/// In truth: the attack can do no more harm, what is affected is contained, and volatile evidence is
/// secured or lost.
fn response_complete(
    state: &State,
    around: &Surroundings<'_>,
    incident: IncidentId,
) -> Option<u32> {
    let assets = around.assets;
    let mut affected = assets.affected(incident);
    let memory = EvidenceItem::Memory;
    let secured =
        |asset: &AssetId| !assets.is_there(*asset, memory) || assets.is_preserved(*asset, memory);
    let mut holds = |condition: &Condition| (around.holds)(condition, incident);
    if !affected.all(|asset| assets.contained(asset))
        || (around.scene.stage.secures_memory && !struck(around, incident).all(secured))
        || around
            .attack
            .can_still_harm(assets, around.scene, incident, &mut holds)
    {
        return None;
    }
    let preserved = state.taken.get(Measure::Preserve).unwrap_or(0);
    let last = assets
        .last_change()
        .max(state.contained_last())
        .max(preserved);
    Some(last)
}

/// The assets that the attack itself got at: not those that a measure took out of service.
fn struck<'a>(
    around: &Surroundings<'a>,
    incident: IncidentId,
) -> impl Iterator<Item = &'a AssetId> + use<'a> {
    let attack = around.attack;
    let steps = around.exercise().scenario().steps.iter().enumerate();
    let affecting = steps.filter(move |(_, step)| {
        let state = crate::knowledge::state_after(step.effect);
        step.incident == incident && crate::knowledge::affects(state)
    });
    affecting.flat_map(|(i, _)| attack.affected_by(StepId::new(i)))
}

/// Cause and entry known; every foothold gone, the entry closed, exposed credentials replaced.
fn resolution_complete(
    state: &State,
    around: &Surroundings<'_>,
    incident: IncidentId,
) -> Option<u32> {
    let mut parts = Vec::new();
    for measure in [Measure::FindCause, Measure::Evict] {
        if around.has_task(measure) {
            let needed = measure != Measure::Evict || !footless(around, incident);
            if needed || state.taken.get(measure).is_some() {
                parts.push(state.taken.get(measure)?);
            }
        }
    }
    let closing = [Measure::Patch, Measure::Harden];
    if closing.iter().any(|measure| around.has_task(*measure)) {
        parts.push(closing.iter().filter_map(|m| state.taken.get(*m)).min()?);
    }
    if around.has_task(Measure::RotateCredentials) && credentials_exposed(around, incident) {
        parts.push(state.taken.get(Measure::RotateCredentials)?);
    }
    let clean = around
        .assets
        .ever_affected(incident)
        .all(|asset| !around.assets.has_foothold(incident, asset));
    let done = clean && state.phases[Phase::Resolution.index()].started.is_some();
    done.then(|| parts.into_iter().max().unwrap_or(0))
}

/// Whether the attack never had a foothold.
fn footless(around: &Surroundings<'_>, incident: IncidentId) -> bool {
    let steps = around.exercise().scenario().steps.iter().enumerate();
    let mut entered = steps.filter(|(i, step)| {
        let id = crate::exercise::StepId::new(*i);
        step.incident == incident
            && step.effect == Effect::Compromise
            && around.attack.took_effect(id).is_some()
    });
    entered.next().is_none()
}

/// Whether the attack used or took credentials (ATT&CK: valid accounts, brute force, and credential
/// access), or an account was affected.
fn credentials_exposed(around: &Surroundings<'_>, incident: IncidentId) -> bool {
    const TECHNIQUES: [&str; 9] = [
        "T1078", "T1110", "T1003", "T1552", "T1555", "T1556", "T1528", "T1539", "T1557",
    ];
    let exercise = around.exercise();
    let steps = exercise.scenario().steps.iter().enumerate();
    let mut used = steps.filter(|(i, step)| {
        let took = around
            .attack
            .took_effect(crate::exercise::StepId::new(*i))
            .is_some();
        step.incident == incident
            && took
            && TECHNIQUES.iter().any(|t| step.technique.starts_with(t))
    });
    let account =
        |asset: &crate::exercise::AssetId| exercise.asset(*asset).kind == AssetKind::Account;
    used.next().is_some()
        || around
            .assets
            .ever_affected(incident)
            .any(|asset| account(&asset))
}

/// Review held, report issued, actions assigned, clocks kept or handed on, closed.
fn closure_complete(state: &State, around: &Surroundings<'_>, incident: IncidentId) -> Option<u32> {
    is_over(state)?;
    let mut last = 0;
    for measure in CLOSING {
        if around.has_task(measure) {
            last = last.max(state.taken.get(measure)?);
        }
    }
    let obligations = 0..around.exercise().plan().obligations.len();
    let open = obligations.map(ObligationId::new).any(|obligation| {
        // A clock of a month is handed on to an owner; it keeps nobody from closing.
        let limit = around.exercise().obligation(obligation).within;
        let long = matches!(limit, crate::exercise::Limit::Months(_));
        let can_be_met = meets(around.exercise(), obligation);
        !long && can_be_met && around.clocks.is_open(obligation, incident)
    });
    (!open).then_some(last)
}

/// Whether some task of the plan meets an obligation.
fn meets(exercise: &Exercise, obligation: ObligationId) -> bool {
    let to = exercise.obligation(obligation).to;
    let tells = |task: &Task| {
        let mut objects = task.does.iter().map(|act| &act.on);
        task.notifies_for == Some(obligation)
            || objects.any(|on| matches!(on, Object::Stakeholder(kind) if *kind == to))
    };
    let own = exercise.obligation(obligation).task.is_some();
    own || exercise.plan().tasks.iter().any(tells)
}

impl State {
    /// The last entry by which a containment measure took effect.
    fn contained_last(&self) -> u32 {
        let contains = self.taken.iter().filter(|(measure, _)| measure.contains());
        contains.map(|(_, entry)| entry).max().unwrap_or(0)
    }
}

/// A revealing message or a true signal exists, and is seen: the marks that words bring about.
pub(crate) fn observed(
    incidents: &mut Incidents,
    out: &mut Out,
    scene: Scene<'_>,
    (incident, of): (IncidentId, Mark),
    cause: u32,
) {
    mark(
        incidents,
        out,
        scene,
        (incident, of),
        Actor::Rules {},
        Some(cause),
    );
}
