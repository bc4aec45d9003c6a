//! When a phase is reached and complete: the criteria of `docs/semantics.md`, one function a phase.
//!
//! Marks go by the measure of a task; its phase decides coverage only. A part that no task of the
//! plan can meet does not hold a phase up, except parts that are read from the truth.

use super::recovery::{nothing_to_recover, recovery_clock, recovery_complete};
use super::{Danger, Incidents, State};
use crate::exercise::{
    Act, AssetId, AssetKind, Condition, EvidenceItem, Exercise, IncidentId, Mark, Measure, Phase,
    StepId,
};
use crate::record::Event;
use crate::simulation::agenda::Agenda;
use crate::simulation::assets::Assets;
use crate::simulation::attack::Attack;
use crate::simulation::clocks::Clocks;
use crate::simulation::out::{Changed, Out};
use crate::simulation::scene::Scene;

/// What the criteria of an incident's phases look at.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) attack: &'a Attack,
    pub(crate) assets: &'a Assets,
    pub(crate) clocks: &'a Clocks,
    pub(crate) scene: Scene<'a>,
    /// The incident.
    pub(crate) incident: IncidentId,
    /// The entry with which its review became ready.
    pub(crate) review: Option<u32>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn exercise(&self) -> &'a Exercise {
        self.scene.exercise()
    }

    /// Whether the yardstick sets a criterion of its own for reaching a phase, or for completing it.
    fn sets_own(&self, phase: Phase, entry: bool) -> bool {
        self.scene.stage.lifecycle.sets_own(phase, entry)
    }

    /// Whether the plan has a task for a measure.
    pub(super) fn has_task(&self, measure: Measure) -> bool {
        !self.exercise().tasks_taking(measure).is_empty()
    }
}

/// What conditions say of an incident's phases, as they were before any of them changed.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// By phase: whether the yardstick's own criteria hold, for reaching it and for completing it.
    own: [[bool; 2]; Phase::ALL.len()],
    /// The entry since which the criterion of Response is met in truth.
    response: Option<u32>,
}

impl Reading {
    /// Reads the conditions.
    pub(crate) fn of(
        incidents: &Incidents,
        around: &Surroundings<'_>,
        holds: &dyn Fn(&Condition) -> bool,
    ) -> Self {
        let lifecycle = &around.scene.stage.lifecycle;
        let mut reading = Self::default();
        for phase in lifecycle.owned() {
            let own = |entry| lifecycle.own(around.exercise(), *phase, entry);
            let holds = |entry| own(entry).is_some_and(holds);
            reading.own[phase.index()] = [holds(true), holds(false)];
        }
        let state = incidents.get(around.incident);
        // Before it is declared nobody asks whether Response is complete.
        if state.marks[Mark::Declared.index()].is_some() {
            reading.response = response_complete(state, around);
        }
        reading
    }

    /// The entry since which the yardstick's own criterion holds, where it sets one.
    fn own(&self, around: &Surroundings<'_>, phase: Phase, entry: bool) -> Option<u32> {
        let holds = self.own[phase.index()][usize::from(!entry)];
        holds.then(|| around.assets.last_change())
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
    for phase in Phase::ALL {
        let state = incidents.get(incident);
        let starts = measures().any(|measure| measure.starts(*phase));
        let contained = *phase != Phase::Resolution
            || state.contained_first.is_some()
            || measures().any(Measure::contains);
        if !starts || state.phases[phase.index()].started.is_some() {
            continue;
        }
        let state = incidents.get_mut(incident);
        if contained {
            state.phases[phase.index()].started = Some(entry);
        } else {
            state.resolved_early = true;
        }
    }
}

/// Looks at the phases of an incident on the settled state.
pub(crate) fn consider(
    incidents: &mut Incidents,
    agenda: &mut Agenda,
    out: &mut Out,
    around: &Surroundings<'_>,
    reading: &Reading,
) {
    if incidents.mark(around.incident, Mark::Observable).is_none() {
        return;
    }
    recovery_clock(incidents, agenda, around);
    for phase in Phase::ALL {
        consider_phase(incidents, out, around, reading, *phase);
    }
}

impl Incidents {
    /// What a look at the phases of an incident would change now, in words.
    pub(crate) fn overlooked(
        &self,
        around: &Surroundings<'_>,
        reading: &Reading,
    ) -> Option<String> {
        let mut looked = self.clone();
        let (mut agenda, mut out) = (Agenda::default(), Out::default());
        let onset = around.scene.exercise().parts().onset;
        agenda.reset(onset);
        out.reset(onset, true);
        consider(&mut looked, &mut agenda, &mut out, around, reading);
        let since = |of: &Self| of.get(around.incident).recovered_since;
        let (before, after) = (since(self), since(&looked));
        let event = out.entries().first().map(|entry| &entry.event);
        (event.is_some() || before != after)
            .then(|| format!("{event:?} was overlooked, recovered {before:?}, {after:?}"))
    }
}

/// Whether the world has a say in the phases of an incident: Response asks for it once it is declared,
/// Resolution and Recovery once their work began.
pub(crate) fn looks_at_world(incidents: &Incidents, incident: IncidentId) -> bool {
    let state = incidents.get(incident);
    let begun = |phase: Phase| state.phases[phase.index()].started.is_some();
    state.marks[Mark::Declared.index()].is_some()
        || begun(Phase::Resolution)
        || begun(Phase::Recovery)
}

/// Whether an incident is over and its Closure waits for the review to become ready.
pub(crate) fn waits_for_review(incidents: &Incidents, incident: IncidentId) -> bool {
    let state = incidents.get(incident);
    state.phases[Phase::Closure.index()].reached.is_none() && is_over(state).is_some()
}

fn consider_phase(
    incidents: &mut Incidents,
    out: &mut Out,
    around: &Surroundings<'_>,
    reading: &Reading,
    phase: Phase,
) {
    let incident = around.incident;
    let state = incidents.get(incident);
    let before = state.phases[phase.index()];
    if before.not_applicable {
        // Nothing was down then; something is now.
        if around.assets.ever_affected(incident).next().is_some() {
            incidents.get_mut(incident).phases[phase.index()].not_applicable = false;
            reopen(incidents, out, around, phase);
        }
        return;
    }
    if phase == Phase::Recovery && before.reached.is_none() && nothing_to_recover(state, around) {
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
        .or_else(|| reached(state, around, reading, phase));
    let Some(cause) = reached_by else { return };
    if before.reached.is_none() {
        let entry = out.rule(Some(cause), Event::PhaseReached { incident, phase });
        incidents.get_mut(incident).phases[phase.index()].reached = Some(entry);
        out.mark(Changed::INCIDENT);
    }
    let complete = completed(incidents.get(incident), around, reading, phase);
    match (before.completed, complete) {
        (None, Some(cause)) => {
            let cause = if cause == 0 { reached_by } else { Some(cause) };
            let entry = out.rule(cause, Event::PhaseCompleted { incident, phase });
            let state = incidents.get_mut(incident);
            state.phases[phase.index()].completed = Some(entry);
            state.renew(phase, None);
            out.mark(Changed::INCIDENT);
        }
        (Some(_), None) if is_reopened(incidents.get(incident), around, phase) => {
            reopen(incidents, out, around, phase);
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
        Phase::Closure => !around.sets_own(phase, false) && is_over(state).is_none(),
    }
}

/// A phase is open again. What was done in it once everything served is no longer what it was.
fn reopen(incidents: &mut Incidents, out: &mut Out, around: &Surroundings<'_>, phase: Phase) {
    let incident = around.incident;
    let event = Event::PhaseReopened { incident, phase };
    let entry = out.rule(Some(around.assets.last_change()), event);
    let state = incidents.get_mut(incident);
    state.phases[phase.index()].completed = None;
    state.renew(phase, Some(entry));
    let no_longer_stands: &[Measure] = match phase {
        Phase::Recovery => &[Measure::Accept],
        Phase::Closure => Measure::OF_CLOSURE,
        _ => &[],
    };
    for measure in no_longer_stands {
        state.taken.remove(*measure);
    }
    let closed = state.phases[Phase::Closure.index()].completed.is_some();
    out.mark(Changed::INCIDENT);
    // An incident that was closed is worked on again, also where nothing has to be brought back.
    if phase == Phase::Response && closed && !around.sets_own(Phase::Closure, false) {
        reopen(incidents, out, around, Phase::Closure);
    }
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

/// The entry that reached a phase.
fn reached(
    state: &State,
    around: &Surroundings<'_>,
    reading: &Reading,
    phase: Phase,
) -> Option<u32> {
    if around.sets_own(phase, true) {
        return reading.own(around, phase, true);
    }
    let phases = &state.phases;
    match phase {
        Phase::Identification => state.marks[Mark::Seen.index()].map(|(_, entry)| entry),
        Phase::Closure => {
            let over = is_over(state)?;
            let scheduled = if around.has_task(Measure::Review) {
                around.review?
            } else {
                over
            };
            Some(over.max(scheduled))
        }
        // An attack that ended by itself needs no containment: Response starts when it is declared.
        Phase::Response => phases[phase.index()]
            .started
            .or_else(|| since_declared(state, reading)),
        Phase::Recovery => recovery_began(state),
        other => phases[other.index()].started,
    }
}

/// The entry with which Recovery began: our own work, or that others restored what they run, once the
/// incident is declared.
pub(super) fn recovery_began(state: &State) -> Option<u32> {
    let declared = state.marks[Mark::Declared.index()].map(|(_, entry)| entry);
    let theirs = || Some(state.restored_by_others?.max(declared?));
    state.phases[Phase::Recovery.index()]
        .started
        .or_else(theirs)
}

/// The entry since which an incident is declared and the criterion of Response met.
fn since_declared(state: &State, reading: &Reading) -> Option<u32> {
    let declared = state.marks[Mark::Declared.index()].map(|(_, entry)| entry)?;
    reading.response.map(|truth| truth.max(declared))
}

/// The entry that completed a phase; 0 where nothing was left to do once it was reached.
fn completed(
    state: &State,
    around: &Surroundings<'_>,
    reading: &Reading,
    phase: Phase,
) -> Option<u32> {
    if around.sets_own(phase, false) {
        return reading.own(around, phase, false);
    }
    match phase {
        Phase::Identification => state.marks[Mark::Reported.index()].map(|(_, entry)| entry),
        Phase::Assessment => assessment_complete(state),
        Phase::Response => since_declared(state, reading),
        Phase::Resolution => resolution_complete(state, around),
        Phase::Recovery => recovery_complete(state, around),
        Phase::Closure => closure_complete(state, around),
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

/// In truth: the attack can do no more harm, what is affected is contained, and volatile evidence is secured or lost.
fn response_complete(state: &State, around: &Surroundings<'_>) -> Option<u32> {
    let assets = around.assets;
    let memory = EvidenceItem::Memory;
    // What others run nobody of us can image.
    let secured = |asset: &AssetId| {
        !around.exercise().asset(*asset).is_ours()
            || !assets.is_there(*asset, memory)
            || assets.is_preserved(*asset, memory)
    };
    if state.danger == Danger::Open {
        return None;
    }
    if around.scene.stage.secures_memory && !struck(around).all(secured) {
        return None;
    }
    let preserved = state.taken.get(Measure::Preserve).unwrap_or(0);
    let contained = state.contained_last.unwrap_or(0);
    Some(assets.last_change().max(contained).max(preserved))
}

/// The assets that the attack itself got at: not those that a measure took out of service.
fn struck<'a>(around: &Surroundings<'a>) -> impl Iterator<Item = &'a AssetId> + use<'a> {
    let (attack, lifecycle) = (around.attack, &around.scene.stage.lifecycle);
    let affecting = lifecycle.affecting(around.incident).iter();
    affecting.flat_map(|step| attack.affected_by(*step))
}

/// Cause and entry known; every foothold gone, the entry closed, exposed credentials replaced. What is not
/// ours is not ours to clean, patch or give new credentials: its footholds end when it is restored.
fn resolution_complete(state: &State, around: &Surroundings<'_>) -> Option<u32> {
    state.phases[Phase::Resolution.index()].started?;
    let mut last = 0;
    for measure in [Measure::FindCause, Measure::Evict] {
        if around.has_task(measure) {
            let needed = measure != Measure::Evict || !footless(around);
            if needed || state.taken.get(measure).is_some() {
                last = last.max(state.taken.get(measure)?);
            }
        }
    }
    let closing = Measure::CLOSING_THE_ENTRY;
    let can_close = |measure: &Measure| {
        let ours = !measure.needs_it_in_hand() || !all_is_theirs(around);
        ours && around.has_task(*measure)
    };
    if closing.iter().any(can_close) {
        last = last.max(closing.iter().filter_map(|m| state.taken.get(*m)).min()?);
    }
    if around.has_task(Measure::RotateCredentials) && credentials_exposed(around) {
        last = last.max(state.taken.get(Measure::RotateCredentials)?);
    }
    let (assets, incident) = (around.assets, around.incident);
    let clean = assets
        .ever_affected(incident)
        .filter(|asset| around.exercise().asset(*asset).is_ours())
        .all(|asset| !assets.has_foothold(incident, asset));
    clean.then_some(last)
}

/// Whether a step of the attack took effect on something of ours.
fn hit_ours(around: &Surroundings<'_>, step: StepId) -> bool {
    let mut hit = around.attack.affected_by(step).iter();
    hit.any(|asset| around.exercise().asset(*asset).is_ours())
}

/// Whether all that was ever affected is run by others.
fn all_is_theirs(around: &Surroundings<'_>) -> bool {
    let mut affected = around.assets.ever_affected(around.incident).peekable();
    affected.peek().is_some() && !affected.any(|asset| around.exercise().asset(asset).is_ours())
}

/// Whether the attack never had a foothold on anything of ours.
fn footless(around: &Surroundings<'_>) -> bool {
    let entering = around.scene.stage.lifecycle.entering(around.incident);
    let mut entered = entering.iter();
    !entered.any(|step| hit_ours(around, *step))
}

/// Whether the attack used or took credentials, or an account was affected.
fn credentials_exposed(around: &Surroundings<'_>) -> bool {
    let exposing = around.scene.stage.lifecycle.exposing(around.incident);
    let mut used = exposing.iter();
    let account = |asset: AssetId| {
        let asset = around.exercise().asset(asset);
        asset.kind == AssetKind::Account && asset.is_ours()
    };
    used.any(|step| hit_ours(around, *step))
        || around.assets.ever_affected(around.incident).any(account)
}

/// Review held, report issued, actions assigned, clocks kept or handed on, closed.
fn closure_complete(state: &State, around: &Surroundings<'_>) -> Option<u32> {
    is_over(state)?;
    let open_again = |phase: Phase| state.phases[phase.index()].renewed.is_some();
    if open_again(Phase::Closure) && open_again(Phase::Response) {
        return None;
    }
    let mut last = 0;
    for measure in Measure::OF_CLOSURE {
        if around.has_task(*measure) {
            last = last.max(state.taken.get(*measure)?);
        }
    }
    let mut kept_open_by = around.scene.stage.lifecycle.kept_open_by().iter();
    let open = kept_open_by.any(|of| around.clocks.is_open(*of, around.incident));
    (!open).then_some(last)
}
