//! Duties: facts that are passed on to who sees to an obligation.

use super::{Asked, Minds};
use crate::exercise::{Exercise, Few, IncidentId, Knowable, ObligationId, RoleId};
use crate::knowledge::Known;
use crate::simulation::scene::Scene;

/// A role that has to be told facts for an obligation, by a role that knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Duty {
    pub(crate) obligation: ObligationId,
    pub(crate) incident: IncidentId,
    pub(crate) from: RoleId,
    pub(crate) to: RoleId,
    pub(crate) cause: u32,
}

/// What may still have to be passed on for an obligation and an incident.
#[derive(Debug, Clone, Default)]
pub(super) struct Unsettled {
    /// The roles that learned something it asks for and have not been looked at since, in order.
    from: Vec<RoleId>,
    /// Facts that were passed on.
    passed_on: Known,
}

impl Unsettled {
    /// Nobody has anything to pass on, and nothing was.
    pub(super) fn clear(&mut self) {
        self.from.clear();
        self.passed_on.clear();
    }

    fn add(&mut self, role: RoleId) {
        if let Err(place) = self.from.binary_search(&role) {
            self.from.insert(place, role);
        }
    }
}

/// A role that knows an incident to be real learned a fact: it may have to pass it on to those who see to
/// an obligation that asks for it, or all that it knows now that it knows that.
pub(super) fn unsettle(minds: &mut Minds, scene: Scene<'_>, role: RoleId, fact: Knowable) {
    let now_real = matches!(fact, Knowable::Real(_));
    if !now_real && !scene.stage.asked_at_all.names(fact) {
        return;
    }
    let exercise = scene.exercise();
    let incident = match fact {
        Knowable::Step(step) => exercise.step(step).incident,
        other => other
            .incident()
            .expect("every other fact names its incident"),
    };
    // Nobody passes on what nobody has found to be real yet.
    if !minds.role(role).has(Knowable::Real(incident)) {
        return;
    }
    let incidents = exercise.scenario().incidents.len();
    for (o, asked) in scene.stage.asked.iter().enumerate() {
        let place = o * incidents + incident.index();
        let news = || {
            let by = exercise.obligation(ObligationId::new(o)).by;
            let to = exercise.roles(by).first();
            to.is_some_and(|to| !minds.role(*to).has(fact))
                && !minds.unsettled[place].passed_on.has(fact)
        };
        if now_real || (asked.names(fact) && news()) {
            minds.unsettled[place].add(role);
            minds.any_unsettled = true;
        }
    }
}

/// Facts that the trigger of an obligation names, known to some role and not yet passed on to who
/// sees to it.
pub(crate) fn duties(minds: &mut Minds, scene: Scene<'_>) -> Few<Duty> {
    let exercise = scene.exercise();
    let incidents = exercise.scenario().incidents.len();
    let mut duties = Few::new();
    if !std::mem::take(&mut minds.any_unsettled) {
        return duties;
    }
    for place in 0..minds.unsettled.len() {
        if minds.unsettled[place].from.is_empty() {
            continue;
        }
        let what = (
            ObligationId::new(place / incidents),
            IncidentId::new(place % incidents),
        );
        let mut unsettled = std::mem::take(&mut minds.unsettled[place]);
        match exercise.roles(exercise.obligation(what.0).by).first() {
            Some(to) => duties.extend(duty(minds, &mut unsettled, scene, what, *to)),
            None => unsettled.from.clear(),
        }
        // Others may have something as well, once this has been told.
        minds.any_unsettled |= !unsettled.from.is_empty();
        minds.unsettled[place] = unsettled;
    }
    duties
}

/// What the first role passes on that has something to; those before it have nothing.
fn duty(
    minds: &Minds,
    unsettled: &mut Unsettled,
    scene: Scene<'_>,
    (obligation, incident): (ObligationId, IncidentId),
    to: RoleId,
) -> Option<Duty> {
    let exercise = scene.exercise();
    let asked = &scene.stage.asked[obligation.index()];
    while let Some(from) = unsettled.from.first().copied() {
        let named = || named(minds, exercise, asked, incident, (from, to));
        let fresh = named().filter(|fact| !unsettled.passed_on.has(*fact));
        let entries = fresh.filter_map(|fact| minds.role(from).entry(fact));
        let Some(cause) = entries.max() else {
            unsettled.from.remove(0);
            continue;
        };
        for fact in named() {
            unsettled.passed_on.learn(fact, scene.now);
        }
        return Some(Duty {
            obligation,
            incident,
            from,
            to,
            cause,
        });
    }
    None
}

/// What one role knows and another does not, of what is asked for.
fn named<'a>(
    minds: &'a Minds,
    exercise: &'a Exercise,
    asked: &'a Asked,
    incident: IncidentId,
    (from, to): (RoleId, RoleId),
) -> impl Iterator<Item = Knowable> + 'a {
    let facts = minds.role(from).of(exercise, incident);
    facts.filter(move |fact| asked.names(*fact) && !minds.role(to).has(*fact))
}
