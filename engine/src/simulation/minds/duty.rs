//! Duties: facts that are passed on to who sees to an obligation.

use super::{Asked, Mind, Minds, incident_of};
use crate::exercise::{Exercise, Few, IncidentId, Knowable, ObligationId, RoleId, StepId, Trigger};
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

/// What the triggers of obligations ask for, and who is to know it.
#[derive(Debug)]
pub(crate) struct Duties {
    /// By obligation: what its trigger asks for, and who sees to it.
    all: Vec<(Asked, Option<RoleId>)>,
    /// Those that ask for anything and to which somebody sees.
    asking: Vec<ObligationId>,
    /// The same, by kind of the facts that they ask for.
    by_kind: Vec<Vec<ObligationId>>,
    /// The same, by step.
    by_step: Vec<Vec<ObligationId>>,
}

impl Duties {
    /// What the obligations of an exercise ask for.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let obligations = exercise.plan().obligations.iter();
        let all = obligations.map(|obligation| {
            let asked = match &obligation.from {
                Trigger::Aware { what, .. } => Asked::by(what),
                Trigger::After(_) => Asked::default(),
            };
            // Nobody is charged with what the plan does not speak of.
            let to = exercise.roles(obligation.by).first();
            (asked, to.copied().filter(|_| obligation.is_in_plan()))
        });
        let steps = exercise.scenario().steps.len();
        let mut duties = Self {
            all: all.collect(),
            asking: Vec::new(),
            by_kind: vec![Vec::new(); Asked::KINDS],
            by_step: vec![Vec::new(); steps],
        };
        for (i, (asked, to)) in duties.all.iter().enumerate() {
            let id = ObligationId::new(i);
            if to.is_none() || asked.kinds().next().is_none() {
                continue;
            }
            duties.asking.push(id);
            for kind in asked.kinds() {
                duties.by_kind[kind].push(id);
            }
            for step in (0..steps).filter(|i| asked.names(Knowable::Step(StepId::new(*i)))) {
                duties.by_step[step].push(id);
            }
        }
        duties
    }

    /// The obligations that ask for a fact.
    fn asking_for(&self, fact: Knowable) -> &[ObligationId] {
        match fact {
            Knowable::Step(step) => &self.by_step[step.index()],
            other => &self.by_kind[Asked::kind(other)],
        }
    }
}

/// What may still have to be passed on for an obligation and an incident.
#[derive(Debug)]
pub(super) struct Unsettled {
    /// The roles that learned something it asks for and have not been looked at since, in order.
    from: Vec<RoleId>,
    /// Facts that were passed on.
    passed_on: Known,
}

impl Unsettled {
    /// With room for what can be learned in an exercise.
    pub(super) fn with_room(exercise: &Exercise) -> Self {
        Self {
            from: Vec::new(),
            passed_on: Known::with_room(exercise),
        }
    }

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
    let duties = &scene.stage.duties;
    let asking = if now_real {
        &duties.asking
    } else {
        duties.asking_for(fact)
    };
    if asking.is_empty() {
        return;
    }
    let exercise = scene.exercise();
    let incident = incident_of(exercise, fact);
    // Nobody passes on what nobody has found to be real yet.
    if !minds.role(role).has(Knowable::Real(incident)) {
        return;
    }
    let incidents = exercise.scenario().incidents.len();
    for obligation in asking {
        let place = obligation.index() * incidents + incident.index();
        let to = duties.all[obligation.index()].1;
        let news = || {
            to.is_some_and(|to| !minds.role(to).has(fact))
                && !minds.unsettled[place].passed_on.has(fact)
        };
        if now_real || news() {
            minds.unsettled[place].add(role);
            minds.any_unsettled = true;
        }
    }
}

/// Facts that the trigger of an obligation names, known to some role and not yet passed on to who
/// sees to it.
pub(crate) fn duties(minds: &mut Minds, scene: Scene<'_>) -> Few<Duty> {
    let incidents = scene.exercise().scenario().incidents.len();
    let mut duties = Few::new();
    if !std::mem::take(&mut minds.any_unsettled) {
        return duties;
    }
    let Minds {
        roles,
        unsettled,
        any_unsettled,
        ..
    } = minds;
    for (place, unsettled) in unsettled.iter_mut().enumerate() {
        if unsettled.from.is_empty() {
            continue;
        }
        let what = (
            ObligationId::new(place / incidents),
            IncidentId::new(place % incidents),
        );
        duties.extend(duty(roles, unsettled, scene, what));
        // Others may have something as well, once this has been told.
        *any_unsettled |= !unsettled.from.is_empty();
    }
    duties
}

/// What the first role passes on that has something to; those before it have nothing.
fn duty(
    roles: &[Mind],
    unsettled: &mut Unsettled,
    scene: Scene<'_>,
    (obligation, incident): (ObligationId, IncidentId),
) -> Option<Duty> {
    let (asked, to) = &scene.stage.duties.all[obligation.index()];
    let to = (*to)?;
    while let Some(from) = unsettled.from.first().copied() {
        let (mind, other) = (&roles[from.index()], &roles[to.index()]);
        let mut cause = None;
        let beyond = mind.known.beyond(&other.known, scene.exercise(), incident);
        beyond.for_each(|fact| {
            if asked.names(fact) && unsettled.passed_on.learn(fact, scene.now) {
                cause = cause.max(mind.entry(fact));
            }
        });
        let Some(cause) = cause else {
            unsettled.from.remove(0);
            continue;
        };
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
