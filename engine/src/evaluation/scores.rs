//! The score of a phase and of the exercise: passed or not, and how well it was carried out.

use super::coverage::Item;
use super::facts::Facts;
use super::gates::Reasoned;
use super::model::{
    Deduction, ExerciseScore, Gate, NotScored, ObjectiveRating, PartialReason, PhaseEvaluation,
    Rating, ScoreBy,
};
use super::share::{Fine, renormalised};
use super::timing;
use crate::exercise::{BasisPoints, Exercise, Phase};
use crate::record::Actor;

/// What the first gate leaves of what was carried out, and what each further one leaves of that.
pub const GATES_LEAVE: [BasisPoints; 2] = [BasisPoints(5_900), BasisPoints(8_300)];

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

/// Scores a phase: the mean of the parts that there are, by the weights of the yardstick.
pub(super) fn phase_score(facts: &Facts<'_>, parts: Parts) -> PhaseScore {
    let weights = facts.yardstick.scoring.parts;
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

/// The mean of the phases that have a score, by the weights of the yardstick.
pub(super) fn mean_of_phases(facts: &Facts<'_>, scores: [Option<Fine>; 6]) -> Option<Fine> {
    let weights = facts.yardstick.scoring.phases;
    Fine::mean((0..6).filter_map(|i| Some((u64::from(weights[i].0), scores[i]?))))
}

/// What a run is scored by as a whole.
pub(super) struct Whole<'a> {
    /// The main incident's phases.
    pub(super) phases: &'a [PhaseEvaluation; 6],
    /// Their scores, as finely as they are counted.
    pub(super) scores: [Option<Fine>; 6],
    /// How each objective was rated.
    pub(super) objectives: &'a [ObjectiveRating],
    /// Why it is not passed.
    pub(super) gates: Vec<Reasoned>,
    /// Whether nothing of the organisation's own was hit, nor would have been without a response.
    pub(super) nothing_of_ours: bool,
}

/// The score of the exercise, with what was carried out as finely as it is counted.
pub(super) fn exercise_score(facts: &Facts<'_>, whole: Whole<'_>) -> Option<(ExerciseScore, Fine)> {
    let weights = facts.yardstick.scoring.phases;
    let mean = mean_of_phases(facts, whole.scores)?;
    let deductions = deductions(whole.objectives);
    let costs = deductions.iter().map(|of| Fine::of(of.points));
    let carried_out = costs.fold(mean, Fine::less);
    let in_effect: [Option<BasisPoints>; 6] =
        std::array::from_fn(|i| whole.scores[i].map(|_| weights[i]));
    let partial = partial(facts, &whole);
    let gates = numbered(carried_out, whole.gates);
    let score = gates
        .last()
        .map_or(carried_out.rounded(), |gate| gate.leaves);
    let of = ExerciseScore {
        passed: gates.is_empty() && partial.is_empty(),
        carried_out: carried_out.rounded(),
        score,
        mean: mean.rounded(),
        deductions,
        gates,
        weights: renormalised(in_effect),
        partial,
        by_default: None,
        by_plan: None,
        ideal: None,
        by: Vec::new(),
    };
    Some((of, carried_out))
}

/// The points that a rating costs. Who does better in an objective never loses by it, so one that could
/// not be performed costs more than one performed with major challenges, whether or not it is a gate as
/// well.
const fn cost(rating: Rating) -> BasisPoints {
    match rating {
        Rating::U => BasisPoints(400),
        Rating::M => BasisPoints(150),
        Rating::S => BasisPoints(25),
        Rating::P | Rating::N => BasisPoints::ZERO,
    }
}

fn deductions(objectives: &[ObjectiveRating]) -> Vec<Deduction> {
    let costs = objectives.iter().map(|of| Deduction {
        objective: of.objective,
        rating: of.rating,
        points: cost(of.rating),
    });
    costs.filter(|of| of.points > BasisPoints::ZERO).collect()
}

/// The gates, each with what it and those before it leave.
fn numbered(carried_out: Fine, gates: Vec<Reasoned>) -> Vec<Gate> {
    let [first, further] = GATES_LEAVE.map(Fine::of);
    let mut left = carried_out;
    let mut factor = first;
    gates
        .into_iter()
        .map(|(reason, evidence)| {
            left = left.times(factor);
            factor = further;
            Gate {
                reason,
                leaves: left.rounded(),
                evidence,
            }
        })
        .collect()
}

/// Why scores of an exercise say less than they seem, in order: what its definitions give away before
/// anything happens. Where it is none of that, it is that nothing that was hit is the organisation's own.
pub fn partial_by_definition(exercise: &Exercise) -> Vec<PartialReason> {
    let phases = Phase::ALL.iter().copied();
    let missing = phases.filter(|phase| !timing::in_plan(exercise, *phase));
    let mut reasons: Vec<PartialReason> = missing.map(PartialReason::PhaseNotInPlan).collect();
    reasons.extend(in_every_run(exercise));
    reasons
}

/// The reasons that hold however a run goes.
fn in_every_run(exercise: &Exercise) -> Vec<PartialReason> {
    let mut reasons = Vec::new();
    if exercise.is_laboratory() {
        reasons.push(PartialReason::Laboratory);
    }
    let own = exercise.tasks_with_own_reason();
    reasons.extend(own.map(PartialReason::OwnTimes));
    if exercise.law_is_unknown() {
        reasons.push(PartialReason::LawUnknown);
    }
    reasons
}

/// Why the score of a run says less than it seems, in order.
fn partial(facts: &Facts<'_>, whole: &Whole<'_>) -> Vec<PartialReason> {
    let no_task = |of: &&PhaseEvaluation| of.not_scored == Some(NotScored::NotInPlan);
    let mut reasons: Vec<PartialReason> = whole
        .phases
        .iter()
        .filter(no_task)
        .map(|of| PartialReason::PhaseNotInPlan(of.phase))
        .collect();
    if whole.nothing_of_ours {
        reasons.push(PartialReason::NothingOfOurs);
    }
    reasons.extend(in_every_run(facts.exercise));
    reasons
}

/// Who earned the score: the share of what was covered and judged sound that each kind of actor
/// brought about. A stand-in's acts credit nobody. Empty where no human took part.
pub(super) fn by_actor(
    facts: &Facts<'_>,
    carried_out: Fine,
    items: &[Item],
    phases: &[PhaseEvaluation; 6],
) -> Vec<(ScoreBy, BasisPoints)> {
    if !facts.humans {
        return Vec::new();
    }
    let covered = items.iter().map(|item| {
        let earned = Fine::mean([(1, item.done)]).map_or(0, |done| u64::from(done.rounded().0));
        (item.evidence.last(), earned * u64::from(item.weight))
    });
    let judged = phases.iter().flat_map(|phase| &phase.judged_items);
    let sound = judged.filter(|item| item.share > BasisPoints::ZERO);
    let sound = sound.map(|item| {
        let earned = u64::from(item.share.0) * u64::from(item.weight);
        (item.evidence.last(), earned)
    });
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
            Some((by, carried_out.times(share).rounded()))
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
    use super::*;
    use crate::documented::{holds, row};
    use crate::evaluation::GateReason;
    use crate::exercise::{IncidentId, Span};

    fn left_by(gates: usize, carried_out: Fine) -> BasisPoints {
        let reason = GateReason::OwnHarm(IncidentId::new(0));
        let all = numbered(carried_out, vec![(reason, Vec::new()); gates]);
        all.last().map_or(carried_out.rounded(), |gate| gate.leaves)
    }

    #[test]
    fn what_lateness_ratings_and_gates_cost_is_documented() {
        let points = |basis_points: u16| {
            let (whole, rest) = (basis_points / 100, basis_points % 100);
            let rest = format!(".{rest:02}");
            format!(
                "{whole}{} of 100",
                rest.trim_end_matches('0').trim_end_matches('.')
            )
        };
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
                row("off for an objective rated S", points(cost(Rating::S).0)),
                row("off for an objective rated M", points(cost(Rating::M).0)),
                row("off for an objective rated U", points(cost(Rating::U).0)),
                row("left of 100 by one gate", points(left_by(1, Fine::ONE).0)),
                row("left of 100 by two gates", points(left_by(2, Fine::ONE).0)),
            ],
        );
    }

    #[test]
    fn no_score_with_a_gate_is_above_59_and_none_is_constant() {
        for gates in 1..6 {
            let mut before = None;
            for points in (0..=10_000).step_by(25) {
                let score = left_by(gates, Fine::of(BasisPoints(points)));
                assert!(score <= BasisPoints(5_900));
                assert!(before < Some(score), "{gates} gates, {points}");
                assert!(points == 0 || score < left_by(gates - 1, Fine::of(BasisPoints(points))));
                before = Some(score);
            }
        }
    }

    #[test]
    fn a_better_rating_never_costs_more() {
        let costs = [Rating::P, Rating::S, Rating::M, Rating::U].map(cost);
        assert!(costs.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(cost(Rating::N), BasisPoints::ZERO);
    }
}
