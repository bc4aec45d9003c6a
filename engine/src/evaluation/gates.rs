//! Because of what a run is not passed. What rests on the same counts once.

use super::facts::Facts;
use super::model::{GateReason, ObjectiveRating, ObligationVerdict, Rating};
use super::obligations::is_broken;
use crate::exercise::{
    ExpectationId, IncidentId, Object, ObjectiveId, ObligationId, StakeholderKind,
};
use crate::record::Verdict;

/// A gate before it is known how many there are.
pub(super) type Reasoned = (GateReason, Vec<u32>);

/// What a gate rests on: two that rest on the same count once.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Basis {
    /// A duty of one law to one recipient, for one incident.
    Duty(String, StakeholderKind, IncidentId),
    /// A duty of law that the plan does not speak of.
    NotInPlan(ObligationId, IncidentId),
    /// An expectation.
    Expectation(ExpectationId),
    /// The entry of the act that answered, too late, too little, or in vain.
    Act(u32),
    /// The success condition of an objective.
    Success(ObjectiveId),
}

/// The gates of a run, in the order in which they count: duties of law, objectives, own harm.
pub(super) fn gates(
    facts: &Facts<'_>,
    obligations: &[ObligationVerdict],
    ratings: &[ObjectiveRating],
    own_harm: &[Reasoned],
) -> Vec<Reasoned> {
    let mut used: Vec<Basis> = Vec::new();
    let mut gates: Vec<Reasoned> = Vec::new();
    for of in obligations.iter().filter(|of| stands_in_the_way(facts, of)) {
        let Some(basis) = statutory(facts, of.obligation, of.incident) else {
            continue;
        };
        if !used.contains(&basis) {
            used.push(basis);
            let reason = GateReason::Obligation(of.obligation, of.incident, of.verdict);
            gates.push((reason, of.evidence.clone()));
        }
    }
    for rating in ratings.iter().filter(|of| of.rating == Rating::U) {
        let objective = &facts.exercise.scenario().objectives[rating.objective.index()];
        let failures = failures(facts, obligations, rating);
        let fresh = |bases: &Vec<Basis>| !bases.iter().any(|basis| used.contains(basis));
        if !objective.critical.is_empty() && failures.iter().any(fresh) {
            used.extend(failures.into_iter().flatten());
            gates.push((
                GateReason::Objective(rating.objective),
                rating.evidence.clone(),
            ));
        }
    }
    gates.extend(own_harm.iter().cloned());
    gates
}

/// Whether because of a duty, where it is one of law, a run is not passed.
fn stands_in_the_way(facts: &Facts<'_>, of: &ObligationVerdict) -> bool {
    is_broken(of.verdict) || is_left_to_nobody(facts, of)
}

/// Whether a duty of law that the plan does not speak of still ran when the team ended the exercise: nobody would
/// ever have told. Where something else ended it, there was time left.
fn is_left_to_nobody(facts: &Facts<'_>, of: &ObligationVerdict) -> bool {
    let duty = facts.exercise.obligation(of.obligation);
    of.verdict == Verdict::Running && !duty.is_in_plan() && !facts.cut_short
}

fn statutory(facts: &Facts<'_>, obligation: ObligationId, incident: IncidentId) -> Option<Basis> {
    let duty = facts.exercise.obligation(obligation);
    let law = duty.law.clone()?;
    if !duty.is_in_plan() {
        return Some(Basis::NotInPlan(obligation, incident));
    }
    Some(Basis::Duty(law, duty.to, incident))
}

/// What an objective that could not be performed rests on: for each expectation that failed it, all that
/// this rests on. An expectation to tell somebody whom a duty names that stands in the way rests on that duty.
fn failures(
    facts: &Facts<'_>,
    obligations: &[ObligationVerdict],
    rating: &ObjectiveRating,
) -> Vec<Vec<Basis>> {
    let scenario = facts.exercise.scenario();
    let objective = &scenario.objectives[rating.objective.index()];
    let failed = objective
        .critical
        .iter()
        .filter(|id| !rating.met.contains(id) || rating.too_late.contains(id))
        .filter(|id| !rating.not_exercised.contains(id) && !rating.excused.contains(id));
    let mut failures: Vec<Vec<Basis>> = Vec::new();
    for id in failed {
        let expectation = &scenario.expectations[id.index()];
        let duty = obligations
            .iter()
            .filter(|of| stands_in_the_way(facts, of))
            .find(|of| {
                let to = facts.exercise.obligation(of.obligation).to;
                let told = expectation.asks.done().map(|act| &act.on);
                of.incident == expectation.incident && told == Some(&Object::Stakeholder(to))
            });
        let of_duty = duty.and_then(|of| statutory(facts, of.obligation, of.incident));
        failures.push(match of_duty {
            Some(duty) => vec![duty],
            None => std::iter::once(Basis::Expectation(*id))
                .chain(act(facts, *id).map(Basis::Act))
                .collect(),
        });
    }
    if failures.is_empty() {
        failures.push(vec![Basis::Success(rating.objective)]);
    }
    failures
}

/// The act that answered or broke an expectation first, where one did.
fn act(facts: &Facts<'_>, id: ExpectationId) -> Option<u32> {
    let acts = facts.expected[id.index()].acts();
    acts.map(|act| act.done.entry).min()
}
