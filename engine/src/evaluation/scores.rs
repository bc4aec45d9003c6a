//! The score of a phase and of the exercise, and the gates over it.

use super::coverage::Item;
use super::facts::Facts;
use super::model::{
    ExerciseScore, Gate, GateReason, JudgedItem, NotScored, ObjectiveRating, ObligationVerdict,
    PhaseEvaluation, Rating, ScoreBy,
};
use super::obligations::is_broken;
use super::share::{Fine, renormalised};
use crate::exercise::{
    BasisPoints, ExpectationId, IncidentId, Object, ObligationId, Phase, StakeholderKind,
};
use crate::record::Actor;

/// What one gate leaves, and what two or more do.
pub const GATE_CAPS: [BasisPoints; 2] = [BasisPoints(5_900), BasisPoints(4_900)];

/// The three parts of a phase's score, as finely as they are counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    /// Timeliness, coverage and judgement.
    pub(super) parts: [Option<Fine>; 3],
    /// Why it is left out.
    pub(super) not_scored: Option<NotScored>,
}

/// The score of a phase, the weights in effect, and why it has none.
#[derive(Debug, Clone, Copy)]
pub(super) struct PhaseScore {
    pub(super) score: Option<Fine>,
    pub(super) weights: [BasisPoints; 3],
    pub(super) not_scored: Option<NotScored>,
}

/// Scores a phase: the mean of the parts that there are, by the weights of the plan.
pub(super) fn phase_score(facts: &Facts<'_>, parts: Parts) -> PhaseScore {
    let weights = facts.exercise.plan().scoring.parts;
    if parts.not_scored.is_some() {
        return PhaseScore {
            score: None,
            weights: [BasisPoints::ZERO; 3],
            not_scored: parts.not_scored,
        };
    }
    let weighted = |i: usize| Some((u64::from(weights[i].0), parts.parts[i]?));
    let score = Fine::mean((0..3).filter_map(weighted));
    let in_effect = [0, 1, 2].map(|i| parts.parts[i].map(|_| weights[i]));
    PhaseScore {
        score,
        weights: renormalised(in_effect),
        not_scored: score.is_none().then_some(NotScored::NothingToScore),
    }
}

/// The mean of the phases that have a score, by the weights of the plan.
pub(super) fn mean_of_phases(facts: &Facts<'_>, scores: [Option<Fine>; 6]) -> Option<Fine> {
    let weights = facts.exercise.plan().scoring.phases;
    Fine::mean((0..6).filter_map(|i| Some((u64::from(weights[i].0), scores[i]?))))
}

/// The score of the exercise.
pub(super) fn exercise_score(
    facts: &Facts<'_>,
    scores: [Option<Fine>; 6],
    phases: &[PhaseEvaluation; 6],
    gates: Vec<Gate>,
    by: Vec<(ScoreBy, BasisPoints)>,
) -> Option<ExerciseScore> {
    let weights = facts.exercise.plan().scoring.phases;
    let before_gates = mean_of_phases(facts, scores)?.rounded();
    let in_effect: [Option<BasisPoints>; 6] =
        std::array::from_fn(|i| scores[i].map(|_| weights[i]));
    let cap = gates.last().map_or(BasisPoints::ONE, |gate| gate.cap);
    Some(ExerciseScore {
        before_gates,
        after_gates: before_gates.min(cap),
        gates,
        weights: renormalised(in_effect),
        partial: all_is_theirs(facts)
            || phases
                .iter()
                .any(|phase| phase.not_scored == Some(NotScored::NotInPlan)),
        all_is_theirs: all_is_theirs(facts),
        ceiling: None,
        by,
    })
}

/// Whether all that the main incident hit is run by others: most of the response was not ours to give.
fn all_is_theirs(facts: &Facts<'_>) -> bool {
    let main = facts.exercise.scenario().main;
    let mut hits = facts
        .hits
        .iter()
        .filter(|hit| hit.incident == main)
        .peekable();
    hits.peek().is_some() && hits.all(|hit| !facts.exercise.asset(hit.asset).is_ours())
}

/// What a gate rests on: two that rest on the same count once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Basis {
    /// A duty of one law to one recipient, for one incident.
    Duty(String, StakeholderKind, IncidentId),
    /// An expectation.
    Expectation(ExpectationId),
    /// The success condition of an objective.
    Success(crate::exercise::ObjectiveId),
}

/// The gates of a run, in the order in which they count.
pub(super) fn gates(
    facts: &Facts<'_>,
    obligations: &[ObligationVerdict],
    ratings: &[ObjectiveRating],
) -> Vec<Gate> {
    let mut used: Vec<Basis> = Vec::new();
    let mut gates: Vec<(GateReason, Vec<u32>)> = Vec::new();
    for of in obligations.iter().filter(|of| is_broken(of.verdict)) {
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
        let bases = bases(facts, obligations, rating);
        let critical = !facts.exercise.scenario().objectives[rating.objective.index()]
            .critical
            .is_empty();
        let fresh = bases.iter().any(|basis| !used.contains(basis));
        if critical && fresh {
            used.extend(bases);
            gates.push((
                GateReason::Objective(rating.objective),
                rating.evidence.clone(),
            ));
        }
    }
    let capped = gates.into_iter().enumerate();
    capped
        .map(|(i, (reason, evidence))| Gate {
            reason,
            cap: GATE_CAPS[i.min(GATE_CAPS.len() - 1)],
            evidence,
        })
        .collect()
}

fn statutory(facts: &Facts<'_>, obligation: ObligationId, incident: IncidentId) -> Option<Basis> {
    let duty = facts.exercise.obligation(obligation);
    let law = duty.law.clone()?;
    Some(Basis::Duty(law, duty.to, incident))
}

/// What an objective that could not be performed rests on. An expectation to tell somebody whom a
/// broken duty names rests on that duty.
fn bases(
    facts: &Facts<'_>,
    obligations: &[ObligationVerdict],
    rating: &ObjectiveRating,
) -> Vec<Basis> {
    let scenario = facts.exercise.scenario();
    let objective = &scenario.objectives[rating.objective.index()];
    let failed = objective
        .critical
        .iter()
        .filter(|id| !rating.met.contains(id) || rating.too_late.contains(id))
        .filter(|id| !rating.not_exercised.contains(id));
    let mut bases: Vec<Basis> = Vec::new();
    for id in failed {
        let expectation = &scenario.expectations[id.index()];
        let duty = obligations
            .iter()
            .filter(|of| is_broken(of.verdict))
            .find(|of| {
                let to = facts.exercise.obligation(of.obligation).to;
                of.incident == expectation.incident && expectation.act.on == Object::Stakeholder(to)
            });
        let of_duty = duty.and_then(|of| statutory(facts, of.obligation, of.incident));
        bases.push(of_duty.unwrap_or(Basis::Expectation(*id)));
    }
    if bases.is_empty() {
        bases.push(Basis::Success(rating.objective));
    }
    bases
}

/// Who earned the score: the share of what was covered and judged sound that each kind of actor
/// brought about. A stand-in's acts credit nobody. Empty where no human took part.
pub(super) fn by_actor(
    facts: &Facts<'_>,
    score: Option<Fine>,
    items: &[Item],
    judged: &[(Phase, JudgedItem)],
) -> Vec<(ScoreBy, BasisPoints)> {
    let Some(score) = score.filter(|_| facts.humans) else {
        return Vec::new();
    };
    let covered = items.iter().map(|item| {
        let earned = Fine::mean([(1, item.done)]).map_or(0, |done| u64::from(done.rounded().0));
        (item.evidence.last(), earned * u64::from(item.weight))
    });
    let sound = judged.iter().filter(|(_, item)| item.sound);
    let sound = sound.map(|(_, item)| (item.evidence.last(), 10_000 * u64::from(item.weight)));
    let mut earned = [0_u64; 3];
    let mut total = 0;
    for (entry, weight) in covered.chain(sound) {
        total += weight;
        let actor = entry.and_then(|number| who(facts, *number));
        if let Some(actor) = actor {
            earned[actor as usize] += weight;
        }
    }
    [ScoreBy::Played, ScoreBy::Simulated, ScoreBy::Facilitator]
        .into_iter()
        .filter_map(|by| {
            let share = Fine::ratio(earned[by as usize], total)?;
            Some((by, score.times(share).rounded()))
        })
        .collect()
}

/// Who brought an entry about: the nearest person or facilitator among its causes.
fn who(facts: &Facts<'_>, number: u32) -> Option<ScoreBy> {
    let entry = facts.entry(number)?;
    let actor = facts
        .causes(entry)
        .map(|entry| &entry.actor)
        .find(|actor| !matches!(actor, Actor::Rules {} | Actor::Attacker {}))?;
    match actor {
        Actor::Played { .. } => Some(ScoreBy::Played),
        Actor::Simulated { .. } => Some(ScoreBy::Simulated),
        Actor::Facilitator {} => Some(ScoreBy::Facilitator),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fine, GATE_CAPS};
    use crate::documented::{holds, row};
    use crate::exercise::Span;

    #[test]
    fn what_lateness_costs_and_what_gates_leave_is_documented() {
        let points = |basis_points: u16| format!("{} of 100", basis_points / 100);
        let after = |times: i64| {
            let score = Fine::of_time(Span::minutes(10 * times), Span::minutes(10));
            points(score.rounded().0)
        };
        holds(
            "score",
            &[
                row("for a time at its target", after(1)),
                row("for twice its target", after(2)),
                row("for four times its target", after(4)),
                row("left by one gate", points(GATE_CAPS[0].0)),
                row("left by two gates", points(GATE_CAPS[1].0)),
            ],
        );
    }
}
