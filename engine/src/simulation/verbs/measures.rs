//! Taking a measure: what finished work does to the incident. A verb shared by people and plan.

mod in_vain;
mod on_assets;

pub(crate) use in_vain::{backup_is_back, serves_again};

use crate::exercise::{
    Act, Addressee, AssetId, Category, Content, Few, Function, IncidentId, Instance, Knowable,
    Mark, Measure, Money, Object, PersonId, RoleId, Severity,
};
use crate::record::{Actor, Event};
use crate::simulation::incidents;
use crate::simulation::lane::Lane;
use crate::simulation::minds;
use crate::simulation::out::Changed;
use crate::simulation::scene::{Policy, Scene};
use crate::simulation::set::Set;
use crate::simulation::verbs::measures::on_assets::take_on;
use crate::simulation::work::{Piece, Readiness, State};

/// Work that ended and claims to be done.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) instance: Instance,
    pub(crate) role: RoleId,
    pub(crate) people: Few<PersonId>,
    pub(crate) actor: Actor,
    /// Whether it truly is done.
    pub(crate) sound: bool,
    /// The asset it was for, where it is done once for each.
    pub(crate) target: Option<AssetId>,
    /// The entry with which it ended.
    pub(crate) cause: u32,
}

impl Deed {
    const fn incident(&self) -> IncidentId {
        self.instance.incident
    }
}

/// Whether an error in work with these measures can go unnoticed: who declares, tells, takes back into use or
/// closes sees that it is done.
pub(crate) fn can_be_flawed(acts: &[Act]) -> bool {
    acts.iter().any(|act| match act.on {
        Object::Assets(_) | Object::Evidence(..) => act.measure != Measure::Accept,
        Object::Stakeholder(_) => false,
        Object::Incident => act.measure.row().concludes,
    })
}

/// Takes one measure of finished work.
pub(crate) fn take(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, act: &Act) {
    match &act.on {
        Object::Assets(_) | Object::Evidence(..) => on_assets::on_assets(lane, scene, deed, act),
        Object::Stakeholder(kind) => notify(lane, scene, deed, *kind),
        Object::Incident => on_incident(lane, scene, deed, act.measure),
    }
}

fn learn(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, facts: &[Knowable]) {
    let out = &mut *lane.out;
    minds::learn(lane.minds, out, scene, deed.role, facts, deed.cause);
    for person in &deed.people {
        minds::person_learns(lane.minds, out, scene, *person, None, facts, deed.cause);
    }
}

fn notify(
    lane: &mut Lane<'_>,
    scene: Scene<'_>,
    deed: &Deed,
    stakeholder: crate::exercise::StakeholderKind,
) {
    let content = content_known(lane, scene, deed.incident());
    let event = Event::StakeholderNotified {
        instance: deed.instance,
        role: deed.role,
        stakeholder,
        content,
    };
    let entry = lane.out.emit(deed.actor.clone(), Some(deed.cause), event);
    lane.story.note_notified(stakeholder, entry);
    lane.out.mark(Changed::STORY);
}

/// What can be said about an incident: what its board knows and has done.
fn content_known(lane: &Lane<'_>, scene: Scene<'_>, incident: IncidentId) -> Few<Content> {
    let known = lane.minds.board(incident);
    let state = lane.incidents.get(incident);
    let ideal = scene.policy == Policy::Ideal;
    let mut content = Few::new();
    let mut add = |holds: bool, item: Content| {
        if holds || ideal {
            content.push(item);
        }
    };
    add(known.has(Knowable::Real(incident)), Content::Nature);
    add(
        known.has(Knowable::PersonalData(incident)),
        Content::PersonalData,
    );
    add(
        known.has(Knowable::Scope(incident)) || state.scope.is_some(),
        Content::Scope,
    );
    add(known.has(Knowable::Cause(incident)), Content::Cause);
    add(state.classified.is_some(), Content::Severity);
    add(
        state.taken.iter().any(|(measure, _)| measure.contains()),
        Content::Measures,
    );
    content
}

fn on_incident(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, measure: Measure) {
    let event = Event::MeasureTaken {
        instance: deed.instance,
        role: deed.role,
        measure,
        asset: None,
        effect: deed.sound,
    };
    let entry = lane.out.emit(deed.actor.clone(), Some(deed.cause), event);
    if measure == Measure::Classify {
        classify(lane, scene, deed, entry);
        return;
    }
    if !deed.sound {
        return;
    }
    match measure {
        Measure::Report | Measure::Log => registered(lane, scene, deed, entry),
        Measure::Triage => triage(lane, scene, deed, entry),
        Measure::Declare => declare(lane, scene, deed, entry),
        Measure::Reject => {
            if let Some(person) = deed.people.first().copied() {
                let by = (deed.actor.clone(), entry);
                incidents::reject(lane.incidents, lane.out, deed.incident(), person, by);
            }
        }
        Measure::Investigate => investigate(lane, scene, deed, entry),
        Measure::Scope => {
            investigate(lane, scene, deed, entry);
            learn(lane, scene, deed, &[Knowable::Scope(deed.incident())]);
        }
        Measure::FindCause => find_cause(lane, scene, deed),
        Measure::Activate => {
            minds::open_room(lane.minds, lane.out, scene, deed.incident(), entry);
        }
        Measure::RecallPayment => recall(lane, scene, deed, entry),
        _ => {}
    }
}

/// An event is registered with the point of contact, an analyst or the incident manager.
fn registered(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, entry: u32) {
    let registrars = [
        Function::PointOfContact,
        Function::Analyst,
        Function::IncidentManager,
    ];
    let registers = registrars.iter().any(|function| {
        scene
            .exercise()
            .roles(Addressee::Function(*function))
            .contains(&deed.role)
    });
    if registers {
        let mark = (deed.incident(), Mark::Reported);
        incidents::mark(
            lane.incidents,
            lane.out,
            scene,
            mark,
            deed.actor.clone(),
            Some(entry),
        );
    }
}

fn triage(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, entry: u32) {
    registered(lane, scene, deed, entry);
    let incident = deed.incident();
    if scene.exercise().scenario().incidents[incident.index()].real {
        learn(lane, scene, deed, &[Knowable::Real(incident)]);
    }
    state_scope(lane, scene, deed, entry);
}

/// What is affected is stated, as far as the board knows.
fn state_scope(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, entry: u32) {
    let board = lane.minds.board(deed.incident());
    let known = lane.minds.join(board, std::iter::once(deed.role));
    let affected = known.affected(scene.exercise(), deed.incident());
    let affected = lane.out.assets(affected);
    incidents::state_scope(lane.incidents, lane.out, deed.incident(), affected, entry);
}

fn declare(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, entry: u32) {
    let by = (deed.actor.clone(), deed.people.first().copied());
    incidents::declare(lane.incidents, lane.out, scene, deed.incident(), by, entry);
    learn(
        lane,
        scene,
        deed,
        &[
            Knowable::Declared(deed.incident()),
            Knowable::Real(deed.incident()),
        ],
    );
    if scene.exercise().tasks_taking(Measure::Classify).is_empty() {
        classify(lane, scene, deed, entry);
    }
    if scene.exercise().tasks_taking(Measure::Activate).is_empty() {
        minds::open_room(lane.minds, lane.out, scene, deed.incident(), entry);
    }
}

/// Severity by the table on what counts for who classifies; an error that nobody notices is one class off,
/// towards Medium.
fn classify(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, entry: u32) {
    let incident = deed.incident();
    let exercise = scene.exercise();
    let view = lane.view(scene);
    let classifier = (deed.role, Some(deed.instance.task));
    let right = if scene.policy == Policy::Ideal {
        exercise.scenario().incidents[incident.index()].severity
    } else {
        view.severity_for(classifier, incident)
    };
    let severity = match (deed.sound, right) {
        (true, right) => right,
        (false, Severity::Low) => Severity::Medium,
        (false, Severity::Medium | Severity::High) => Severity::Low,
        (false, Severity::Critical) => Severity::High,
    };
    let known = lane.minds.board(incident);
    let steps = known
        .of(exercise, incident)
        .any(|fact| matches!(fact, Knowable::Step(_)));
    let truth = exercise.scenario().incidents[incident.index()].category;
    let category = if steps || scene.policy == Policy::Ideal {
        truth
    } else {
        Category::Other
    };
    let urgency_priority = view.priority(incident);
    let priority = urgency_priority;
    let given = (classifier, severity, category, priority);
    let by = (deed.actor.clone(), entry);
    incidents::classify(lane.incidents, lane.out, incident, given, right, by);
}

/// Every truly affected asset that a dependency or a path connects to a known one becomes known, and
/// errors that were made there come to light.
fn investigate(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, entry: u32) {
    let incident = deed.incident();
    let known = lane.minds.board(incident);
    let mut from = Set::none(scene.exercise().organisation().assets.len());
    for asset in known.affected(scene.exercise(), incident) {
        from.insert(asset.index());
    }
    let near = near(lane, scene, &from);
    let nothing_known = from.is_empty();
    let mut facts = lane.out.facts([]);
    let view = lane.view(scene);
    facts.extend(view.true_facts(incident).filter(|fact| match fact {
        Knowable::Asset(_, asset, _) => nothing_known || near.contains(asset.index()),
        _ => true,
    }));
    learn(lane, scene, deed, &facts);
    lane.out.keep(facts);
    reopen_flawed(lane, scene, deed.incident(), entry);
    state_scope(lane, scene, deed, entry);
}

/// The assets that a path or a dependency connects to known ones.
fn near(lane: &Lane<'_>, scene: Scene<'_>, known: &Set) -> Set {
    let known = || known.iter().map(AssetId::new);
    let mut near = lane.assets.spread(known(), &|_| true);
    for asset in known() {
        let below = scene.exercise().asset(asset).depends_on.iter();
        for other in below.chain(scene.stage.dependencies.above(asset)) {
            near.insert(other.index());
        }
    }
    near
}

/// Work that was claimed done and is not comes to light, and is to be done again.
fn reopen_flawed(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId, entry: u32) {
    let is_flawed =
        |piece: &Piece| piece.instance.incident == incident && piece.state == State::Done(false);
    let mut from = 0;
    while let Some(index) = lane.work.next_piece(from, is_flawed) {
        from = index + 1;
        comes_to_light(lane, scene, index, entry);
    }
}

/// That a piece was claimed done and is not comes to light, and it is to be done again.
fn comes_to_light(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize, entry: u32) {
    let piece = lane.work.piece(index);
    let (instance, target) = (piece.instance, piece.target);
    let failed = |piece: &mut Piece| piece.state = State::Failed;
    lane.work.change(scene, index, failed);
    let reopened = lane.out.rule(Some(entry), Event::TaskReopened { instance });
    lane.work.forget_applied(instance.incident, index);
    let what = (instance.task, instance.incident);
    // What is done once for each asset is done again on this one.
    match target {
        Some(asset) => lane.work.again_on(scene, what, reopened, asset),
        None => lane.work.again(instance.task, instance.incident, reopened),
    }
    lane.out.mark(Changed::WORK);
}

/// The entry becomes known: the steps that nothing came before, and their assets.
fn find_cause(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed) {
    let incident = deed.incident();
    let mut facts = lane.out.facts([Knowable::Cause(incident)]);
    let view = lane.view(scene);
    let first = |step: crate::exercise::StepId| {
        let step = scene.exercise().step(step);
        step.after.is_empty() && step.after_any.is_empty()
    };
    let entries = view
        .true_facts(incident)
        .filter(|fact| matches!(fact, Knowable::Step(step) if first(*step)));
    facts.extend(entries);
    learn(lane, scene, deed, &facts);
    lane.out.keep(facts);
}

/// Money that was taken is called back, wherever it was taken from.
fn recall(lane: &mut Lane<'_>, scene: Scene<'_>, deed: &Deed, entry: u32) {
    let steps = scene.exercise().scenario().steps.iter().enumerate();
    let thefts = steps
        .filter(|(_, step)| step.incident == deed.incident() && step.money > Money(0))
        .map(|(i, _)| crate::exercise::StepId::new(i));
    let mut robbed: Few<AssetId> = thefts
        .flat_map(|step| lane.attack.affected_by(step).iter().copied())
        .collect();
    robbed.sort_unstable();
    robbed.dedup();
    for asset in robbed {
        take_on(lane, scene, deed, (Measure::RecallPayment, asset), entry);
    }
}

/// Whether what a decision needs is known to the board.
pub(crate) fn is_informed(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    incident: IncidentId,
    needs: &[Content],
) -> bool {
    let known = content_known(lane, scene, incident);
    needs.iter().all(|need| known.contains(need))
}
