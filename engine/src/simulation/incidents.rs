//! Incidents: their marks, how they are classified, and their phases.

mod containment;
mod lifecycle;
mod phases;
mod recovery;
mod taken;

pub(crate) use containment::{Danger, is_harmless, settle_containment};
pub(crate) use lifecycle::Lifecycle;
pub(crate) use phases::{
    Reading, Surroundings, consider, looks_at_world, phase_started, waits_for_review,
};

use super::out::{Changed, Out};
use super::scene::Scene;
use crate::exercise::{
    AssetId, Category, ExerciseTime, Few, Function, IncidentId, Mark, Measure, PersonId, Phase,
    Priority, RoleId, Severity, TaskId,
};
use crate::record::{Actor, Event};
use bevy_ecs::component::Component;
use taken::Taken;

/// Who classifies: in which role, and by which work of the plan, where it is such.
pub(crate) type ClassifiedBy = (RoleId, Option<TaskId>);

/// A classification as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classified {
    pub(crate) severity: Severity,
    /// What the severity table gave on what was known.
    pub(crate) table: Severity,
    /// By whom.
    pub(crate) by: ClassifiedBy,
    pub(crate) entry: u32,
}

/// A phase of an incident as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PhaseState {
    /// The entry of the work whose start reached it.
    pub(crate) started: Option<u32>,
    pub(crate) reached: Option<u32>,
    pub(crate) completed: Option<u32>,
    pub(crate) not_applicable: bool,
    /// The team says that it is complete.
    pub(crate) declared: Option<u32>,
    /// It was re-opened by this entry, and is not complete again; whether the team has learned of it.
    pub(crate) renewed: Option<(u32, bool)>,
}

/// An incident of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    pub(crate) marks: [Option<(ExerciseTime, u32)>; 5],
    pub(crate) classified: Option<Classified>,
    pub(crate) rejected: Option<u32>,
    pub(crate) scope: Option<u32>,
    /// By asset: whether a statement of scope named it, or it was a reason to look again.
    in_scope: Vec<bool>,
    /// The newest entry about assets that was held against these statements.
    scope_seen: u32,
    pub(crate) manager: Option<(PersonId, u32)>,
    pub(crate) phases: [PhaseState; 6],
    /// The last entry by which each measure took effect for this incident.
    pub(crate) taken: Taken,
    /// The first containment measure that took effect.
    pub(crate) contained_first: Option<u32>,
    /// Whether work of Resolution was started before that.
    pub(crate) resolved_early: bool,
    /// The last entry by which a containment measure took effect.
    contained_last: Option<u32>,
    /// What it can still do.
    pub(crate) danger: Danger,
    /// The first entry by which others restored something that they run and that it affected.
    pub(crate) restored_by_others: Option<u32>,
    /// By asset: the last entry by which it was verified.
    verified: Vec<Option<u32>>,
    /// Since when all that was affected serves and is verified, and the entry that made it so.
    pub(crate) recovered_since: Option<(ExerciseTime, u32)>,
    /// The entry by which a phase re-opened last that is not complete again.
    renewed: Option<u32>,
    /// Whether anything of this changed since its phases were looked at.
    moved: bool,
}

impl State {
    /// A phase re-opens by an entry, of which the team has yet to hear; or is complete again.
    fn renew(&mut self, phase: Phase, by: Option<u32>) {
        self.phases[phase.index()].renewed = by.map(|entry| (entry, false));
        let phases = self.phases.iter();
        let entries = phases.filter_map(|phase| phase.renewed.map(|(entry, _)| entry));
        self.renewed = entries.max();
    }

    /// Whether a phase re-opened that is not complete again.
    pub(crate) const fn is_renewed(&self) -> bool {
        self.renewed.is_some()
    }
}

/// The incidents of a run.
#[derive(Debug, Clone, Component, Default)]
pub(crate) struct Incidents {
    all: Vec<State>,
}

impl Incidents {
    pub(crate) fn reset(&mut self, scene: Scene<'_>) {
        let assets = scene.exercise().organisation().assets.len();
        let incidents = scene.exercise().scenario().incidents.len();
        self.all.resize_with(incidents, State::default);
        for state in &mut self.all {
            let mut verified = std::mem::take(&mut state.verified);
            verified.clear();
            verified.resize(assets, None);
            let mut in_scope = std::mem::take(&mut state.in_scope);
            in_scope.clear();
            in_scope.resize(assets, false);
            *state = State {
                in_scope,
                verified,
                ..State::default()
            };
        }
    }

    pub(crate) fn get(&self, incident: IncidentId) -> &State {
        &self.all[incident.index()]
    }

    /// The state of an incident that changes now, so that its phases are looked at again.
    pub(crate) fn get_mut(&mut self, incident: IncidentId) -> &mut State {
        let state = &mut self.all[incident.index()];
        state.moved = true;
        state
    }

    /// The phases of an incident are to be looked at again, for something changed beside its own state.
    pub(crate) fn stir(&mut self, incident: IncidentId) {
        self.all[incident.index()].moved = true;
    }

    /// Takes whether anything of an incident changed since this was last asked.
    pub(crate) fn take_moved(&mut self, incident: IncidentId) -> bool {
        std::mem::take(&mut self.all[incident.index()].moved)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = IncidentId> + use<> {
        (0..self.all.len()).map(IncidentId::new)
    }

    /// When an incident came to a mark, and with which entry.
    pub(crate) fn mark(&self, incident: IncidentId, mark: Mark) -> Option<(ExerciseTime, u32)> {
        self.get(incident).marks[mark.index()]
    }
}

/// An incident comes to a mark, once.
pub(crate) fn mark(
    incidents: &mut Incidents,
    out: &mut Out,
    scene: Scene<'_>,
    (incident, mark): (IncidentId, Mark),
    actor: Actor,
    cause: Option<u32>,
) {
    if incidents.mark(incident, mark).is_some() {
        return;
    }
    let entry = out.emit(actor, cause, Event::MarkReached { incident, mark });
    incidents.get_mut(incident).marks[mark.index()] = Some((scene.now, entry));
    out.mark(Changed::INCIDENT);
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

/// An incident is declared; somebody leads it from now on: who declared, if that is an incident
/// manager, else a holder of that role who is named.
pub(crate) fn declare(
    incidents: &mut Incidents,
    out: &mut Out,
    scene: Scene<'_>,
    incident: IncidentId,
    (actor, person): (Actor, Option<PersonId>),
    cause: u32,
) {
    mark(
        incidents,
        out,
        scene,
        (incident, Mark::Declared),
        actor,
        Some(cause),
    );
    if incidents.get(incident).manager.is_some() {
        return;
    }
    let exercise = scene.exercise();
    let managers = exercise.roles(crate::exercise::Addressee::Function(
        Function::IncidentManager,
    ));
    let leads = |person: PersonId| {
        managers.iter().any(|role| {
            let role = exercise.role(*role);
            role.holders.contains(&person) || role.deputies.contains(&person)
        })
    };
    let named = managers
        .iter()
        .find_map(|role| exercise.role(*role).holders.first());
    let manager = person.filter(|p| leads(*p)).or(named.copied()).or(person);
    if let Some(person) = manager {
        let event = Event::ManagerAssigned { incident, person };
        let entry = out.rule(Some(cause), event);
        incidents.get_mut(incident).manager = Some((person, entry));
    }
}

/// An incident is classified, or classified anew.
pub(crate) fn classify(
    incidents: &mut Incidents,
    out: &mut Out,
    incident: IncidentId,
    (by, severity, category, priority): (ClassifiedBy, Severity, Category, Priority),
    table: Severity,
    (actor, cause): (Actor, u32),
) {
    let event = Event::Classified {
        incident,
        role: by.0,
        severity,
        category,
        priority,
    };
    let entry = out.emit(actor, Some(cause), event);
    let classified = Classified {
        severity,
        table,
        by,
        entry,
    };
    incidents.get_mut(incident).classified = Some(classified);
    out.mark(Changed::INCIDENT);
}

/// It is stated what is affected.
pub(crate) fn state_scope(
    incidents: &mut Incidents,
    out: &mut Out,
    incident: IncidentId,
    assets: Few<AssetId>,
    cause: u32,
) {
    let state = incidents.get_mut(incident);
    for asset in &assets {
        state.in_scope[asset.index()] = true;
    }
    let entry = out.rule(Some(cause), Event::ScopeStated { incident, assets });
    state.scope = state.scope.or(Some(entry));
    out.mark(Changed::INCIDENT);
}

/// Whether something was learned of assets, by an entry, that was not held against the statements of scope.
pub(crate) fn is_news_of_scope(incidents: &Incidents, incident: IncidentId, learned: u32) -> bool {
    let state = incidents.get(incident);
    state.scope.is_some() && learned > state.scope_seen
}

/// Whether one of some assets, as known by an entry, was in no statement of scope, nor a reason to look
/// again; from now on they all count as seen.
pub(crate) fn left_out(
    incidents: &mut Incidents,
    incident: IncidentId,
    affected: impl Iterator<Item = AssetId>,
    learned: u32,
) -> bool {
    let state = &mut incidents.all[incident.index()];
    state.scope_seen = learned;
    let mut any = false;
    for asset in affected {
        any |= !std::mem::replace(&mut state.in_scope[asset.index()], true);
    }
    any
}

/// It is decided that it is not an incident.
pub(crate) fn reject(
    incidents: &mut Incidents,
    out: &mut Out,
    incident: IncidentId,
    person: PersonId,
    (actor, cause): (Actor, u32),
) {
    let entry = out.emit(
        actor,
        Some(cause),
        Event::IncidentRejected { incident, person },
    );
    incidents.get_mut(incident).rejected = Some(entry);
    out.mark(Changed::INCIDENT);
}

impl Incidents {
    /// Whether the team says that a phase is complete.
    pub(crate) fn is_declared_complete(&self, incident: IncidentId, phase: Phase) -> bool {
        self.get(incident).phases[phase.index()].declared.is_some()
    }
}

/// The team says that a phase is complete.
pub(crate) fn declare_complete(
    incidents: &mut Incidents,
    out: &mut Out,
    (incident, phase): (IncidentId, Phase),
    (actor, cause): (Actor, u32),
) {
    if incidents.is_declared_complete(incident, phase) {
        return;
    }
    let event = Event::PhaseDeclaredComplete { incident, phase };
    let entry = out.emit(actor, Some(cause), event);
    incidents.get_mut(incident).phases[phase.index()].declared = Some(entry);
    out.mark(Changed::INCIDENT);
}

/// The entry by which a phase of an incident re-opened last that is not complete again.
pub(crate) fn renewed_since(incidents: &Incidents, incident: IncidentId) -> Option<u32> {
    incidents.get(incident).renewed
}

/// The team learns that phases which it had completed are open again. Returns those of which it had
/// not heard; what it said of them no longer stands.
pub(crate) fn tell_renewed(
    incidents: &mut Incidents,
    out: &mut Out,
    incident: IncidentId,
    cause: u32,
) -> Few<Phase> {
    let phases = &mut incidents.get_mut(incident).phases;
    let mut fresh = Few::new();
    for phase in Phase::ALL {
        let state = &mut phases[phase.index()];
        if let Some((_, told @ false)) = &mut state.renewed {
            *told = true;
            if state.declared.take().is_some() {
                let phase = *phase;
                out.rule(Some(cause), Event::DeclarationFell { incident, phase });
            }
            fresh.push(*phase);
        }
    }
    fresh
}

/// Others restored something that they run and that an incident affected.
pub(crate) fn restored_by_others(incidents: &mut Incidents, incident: IncidentId, entry: u32) {
    incidents
        .get_mut(incident)
        .restored_by_others
        .get_or_insert(entry);
}

/// A measure took effect for an incident.
pub(crate) fn measure_taken(
    incidents: &mut Incidents,
    incident: IncidentId,
    measure: Measure,
    asset: Option<AssetId>,
    entry: u32,
) {
    let state = incidents.get_mut(incident);
    state.taken.insert(measure, entry);
    if measure.contains() {
        state.contained_first = state.contained_first.or(Some(entry));
        if state.resolved_early {
            let resolution = &mut state.phases[Phase::Resolution.index()];
            resolution.started = resolution.started.or(Some(entry));
        }
        state.contained_last = Some(entry);
    }
    if let (Measure::Verify, Some(asset)) = (measure, asset) {
        state.verified[asset.index()] = Some(entry);
    }
}
