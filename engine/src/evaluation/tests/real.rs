//! What holds for every evaluation of a real run.

use super::town::{run, town};
use crate::evaluation::fixture::minutes;
use crate::evaluation::{
    Baselines, Evaluation, Finding, FindingKind, PhaseEvaluation, TracePart, evaluate,
};
use crate::exercise::{BasisPoints, Exercise, ExerciseTime};
use crate::record::{Event, Record};
use crate::simulation::Policy;
use std::collections::BTreeSet;
use std::mem::discriminant;

/// How many runs a property is looked at on.
const RUNS: u64 = 300;

/// How many for those that judge many records for each.
const FEW: u64 = 60;

fn each(runs: u64, mut look: impl FnMut(&Exercise, &Record, &Evaluation)) {
    let town = town();
    for index in 0..runs {
        let policy = match index % 10 {
            8 => Policy::NoResponse,
            9 => Policy::Ideal,
            _ => Policy::People,
        };
        let record = run(&town, index, policy);
        look(&town, &record, &judged(&town, &record));
    }
}

fn judged(exercise: &Exercise, record: &Record) -> Evaluation {
    evaluate(exercise, record, Baselines::default())
}

/// Numbers that look random and are the same in every run of a test.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// The record without some of its entries.
fn without(record: &Record, numbers: &BTreeSet<u32>) -> Record {
    let mut left = record.clone();
    left.entries.retain(|e| !numbers.contains(&e.number));
    left
}

fn assert_telescopes(phase: &PhaseEvaluation, ended: ExerciseTime, parts: &[TracePart]) {
    let Some((_, origin)) = phase.origin else {
        assert!(parts.is_empty());
        return;
    };
    let until = phase.completed.map_or(ended, |timed| timed.at);
    if parts.is_empty() {
        let nothing = phase.not_scored.is_some() || until <= origin.at;
        assert!(nothing, "{:?} has time without parts", phase.phase);
        return;
    }
    assert_eq!(parts[0].from, origin.at, "{}", phase.phase);
    assert_eq!(parts[parts.len() - 1].until, until, "{}", phase.phase);
    for pair in parts.windows(2) {
        assert_eq!(pair[0].until, pair[1].from, "{:?}", minutes(parts));
    }
    assert!(parts.iter().all(|part| part.from < part.until));
}

#[test]
fn the_time_of_every_phase_is_the_sum_of_its_parts_to_the_millisecond() {
    each(RUNS, |_, _, evaluation| {
        for incident in &evaluation.incidents {
            for phase in &incident.phases {
                assert_telescopes(phase, evaluation.ended_at, &phase.made_of);
            }
        }
    });
}

#[test]
fn every_objective_has_one_rating_and_every_share_is_within_its_bounds() {
    each(RUNS, |exercise, record, evaluation| {
        let objectives = exercise.scenario().objectives.len();
        assert_eq!(evaluation.objectives.len(), objectives);
        let within = |share: Option<BasisPoints>| share.is_none_or(|s| s <= BasisPoints::ONE);
        for phase in evaluation.incidents.iter().flat_map(|of| &of.phases) {
            let shares = [
                phase.timeliness,
                phase.coverage,
                phase.judgement,
                phase.score,
            ];
            assert!(shares.into_iter().all(within));
            let weights: u16 = phase.weights.iter().map(|weight| weight.0).sum();
            assert_eq!(weights, if phase.score.is_some() { 10_000 } else { 0 });
            assert_eq!(phase.score.is_none(), phase.not_scored.is_some());
        }
        if let Some(score) = &evaluation.score {
            assert!(score.score <= score.carried_out && score.carried_out <= score.mean);
            let weights: u16 = score.weights.iter().map(|weight| weight.0).sum();
            assert_eq!(weights, 10_000);
        }
        for finding in evaluation.every_finding() {
            let cited = &finding.evidence;
            assert!((1..=Finding::MAX_EVIDENCE).contains(&cited.len()));
            assert!(cited.is_sorted());
            let exist = cited.iter().all(|number| record.entry(*number).is_some());
            assert!(exist, "{finding:?}");
            assert_eq!(finding.kind.is_strength(), finding.cause.is_none());
        }
    });
}

#[test]
fn a_record_with_any_entries_missing_is_judged_without_a_panic() {
    let mut numbers = Numbers(7);
    each(FEW, |exercise, record, _| {
        for share in [2, 3, 10, 50] {
            let keep = |_: &u32| numbers.next(share) == 0;
            let dropped = (1..=record.entries.len() as u32).filter(keep).collect();
            let left = without(record, &dropped);
            let evaluation = judged(exercise, &left);
            for phase in evaluation.incidents.iter().flat_map(|of| &of.phases) {
                assert_telescopes(phase, evaluation.ended_at, &phase.made_of);
            }
        }
    });
}

/// Whether an evaluation still says the same thing of the same thing.
fn says(evaluation: &Evaluation, finding: &Finding) -> bool {
    let same = |of: &&Finding| {
        discriminant(&of.kind) == discriminant(&finding.kind)
            && of.subject == finding.subject
            && phase_of(of.kind) == phase_of(finding.kind)
    };
    evaluation.every_finding().any(|of| same(&of))
}

fn phase_of(kind: FindingKind) -> Option<crate::exercise::Phase> {
    match kind {
        FindingKind::TimeLost { phase, .. } | FindingKind::NotCompleted { phase, .. } => {
            Some(phase)
        }
        FindingKind::Reopened(phase) | FindingKind::PhaseInTime(phase) => Some(phase),
        _ => None,
    }
}

#[test]
fn a_finding_vanishes_with_the_entries_that_it_cites() {
    each(FEW, |exercise, record, evaluation| {
        for finding in evaluation.every_finding() {
            let cited = finding.evidence.iter().copied().collect();
            let left = judged(exercise, &without(record, &cited));
            assert!(!says(&left, finding), "{finding:?}");
        }
    });
}

/// An entry and all its causes.
fn ancestry(record: &Record, numbers: &[u32]) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open: Vec<u32> = numbers.to_vec();
    while let Some(number) = open.pop() {
        if found.insert(number) {
            open.extend(record.entry(number).and_then(|entry| entry.cause));
        }
    }
    found
}

#[test]
fn a_finding_stays_when_entries_vanish_that_are_no_cause_of_it() {
    let mut numbers = Numbers(11);
    let (mut looked, mut changed) = (0_u32, Vec::new());
    each(FEW, |exercise, record, evaluation| {
        // That nothing stood in the way of an objective is said of the whole record.
        let of_entries = |of: &&Finding| of.kind != FindingKind::ObjectiveAchieved;
        for finding in evaluation.every_finding().filter(of_entries) {
            let kept = ancestry(record, &finding.evidence);
            // A record without its ENDEX is not finished, and says other things.
            let entries = record.entries.iter();
            let others: Vec<u32> = entries
                .filter(|entry| !matches!(entry.event, Event::ExerciseEnded { .. }))
                .map(|entry| entry.number)
                .filter(|number| !kept.contains(number))
                .collect();
            if others.is_empty() {
                continue;
            }
            let dropped = others[numbers.next(others.len())];
            let left = judged(exercise, &without(record, &BTreeSet::from([dropped])));
            looked += 1;
            if !says(&left, finding) {
                let event = record.entry(dropped).map(|entry| entry.event.clone());
                changed.push((finding.kind, finding.subject, event));
            }
        }
    });
    assert!(looked > 600);
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn the_ideal_response_scores_no_less_than_people_do() {
    let town = town();
    let mut worse = 0;
    for index in 0..20 {
        let record = run(&town, index, Policy::People);
        let ideal = run(&town, index, Policy::Ideal);
        let none = run(&town, index, Policy::NoResponse);
        let baselines = Baselines {
            no_response: Some(&none),
            ideal: Some(&ideal),
        };
        let evaluation = evaluate(&town, &record, baselines);
        let score = evaluation.score.unwrap();
        worse += u32::from(score.ideal.unwrap() < score.carried_out);
    }
    assert_eq!(worse, 0);
}
