//! Which of two exercises is better, held against figures worked out from the rows a second way.
#![expect(
    clippy::cast_precision_loss,
    reason = "figures are worked out in the plainest way there is"
)]

use crate::campaign::statistics::MIN_DIFFERING;
use crate::campaign::{Change, Comparison, Criterion, Row, Tally, play};
use crate::evaluation::GateReason;
use crate::exercise::{Exercise, IncidentId, Money, ObjectiveId, Phase, Span};
use crate::generator;
use crate::record::Verdict;
use std::sync::Arc;

const SEED: u64 = 3;
const RUNS: u64 = 60;
/// So many standard errors from zero is sure by any interval of these pages, and so few is not.
const SURE: f64 = 12.0;
const UNSURE: f64 = 2.0;

/// What counts, in the order of the documentation: a name, and what a row has of it; more is worse.
type Figure = (Criterion, fn(&Row, Span) -> Option<f64>);

fn figures() -> Vec<Figure> {
    fn time(row: &Row, limit: Span, phase: Phase) -> Option<f64> {
        let of = row.phases[phase.index()];
        let reached = of.against_target.map_or(limit.0, |time| time.0);
        of.applies.then(|| reached.min(limit.0) as f64)
    }
    fn reasons(row: &Row, wanted: fn(&GateReason) -> bool) -> f64 {
        let mut found: Vec<&GateReason> = row.gates.iter().filter(|of| wanted(of)).collect();
        found.dedup();
        found.len() as f64
    }
    vec![
        (Criterion::Harm, |row, _| Some(f64::from(row.impact.harms))),
        (Criterion::Objectives, |row, _| {
            Some(reasons(row, |of| matches!(of, GateReason::Objective(_))))
        }),
        (Criterion::OwnHarm, |row, _| {
            Some(reasons(row, |of| matches!(of, GateReason::OwnHarm(_))))
        }),
        (Criterion::Duties, |row, _| {
            let missed = row.clocks.iter().filter(|clock| {
                matches!(
                    clock.verdict,
                    Verdict::Late
                        | Verdict::Breached
                        | Verdict::NotRecognised
                        | Verdict::WrongRecipient
                        | Verdict::Incomplete
                )
            });
            Some(missed.count() as f64)
        }),
        (Criterion::CarriedOut, |row, _| {
            Some(-f64::from(row.score?.carried_out.0))
        }),
        (Criterion::Score, |row, _| {
            Some(-f64::from(row.score?.score.0))
        }),
        (Criterion::Phase(Phase::Identification), |row, limit| {
            time(row, limit, Phase::Identification)
        }),
        (Criterion::Phase(Phase::Assessment), |row, limit| {
            time(row, limit, Phase::Assessment)
        }),
        (Criterion::Phase(Phase::Response), |row, limit| {
            time(row, limit, Phase::Response)
        }),
        (Criterion::Phase(Phase::Resolution), |row, limit| {
            time(row, limit, Phase::Resolution)
        }),
        (Criterion::Phase(Phase::Recovery), |row, limit| {
            time(row, limit, Phase::Recovery)
        }),
        (Criterion::Phase(Phase::Closure), |row, limit| {
            time(row, limit, Phase::Closure)
        }),
        (Criterion::Loss, |row, _| Some(row.impact.loss.0 as f64)),
        (Criterion::Outage, |row, _| Some(row.impact.outage.0 as f64)),
        (Criterion::Records, |row, _| Some(row.impact.records as f64)),
    ]
}

/// How many standard errors the mean difference lies from zero; positive where the second is better. Nothing
/// where too few runs differ.
fn errors_from_zero(first: &[Row], second: &[Row], limits: [Span; 2], of: Figure) -> Option<f64> {
    let pairs = first.iter().zip(second);
    let gains = pairs.filter_map(|(a, b)| Some(of.1(a, limits[0])? - of.1(b, limits[1])?));
    let gains: Vec<f64> = gains.collect();
    let differing = gains.iter().filter(|gain| **gain != 0.0).count() as u64;
    if differing < MIN_DIFFERING {
        return None;
    }
    let n = gains.len() as f64;
    let mean = gains.iter().sum::<f64>() / n;
    let spread: f64 = gains.iter().map(|gain| (gain - mean) * (gain - mean)).sum();
    let error = (spread / (n - 1.0) / n).sqrt();
    Some(if error == 0.0 {
        mean.signum() * f64::INFINITY
    } else {
        mean / error
    })
}

fn limit(exercise: &Exercise) -> Span {
    Span(exercise.parts().limit.0)
}

fn rows(exercise: &Arc<Exercise>) -> Vec<Row> {
    (0..RUNS).map(|run| play(exercise, SEED, run)).collect()
}

/// The law of a comparison. Returns whether there was a verdict.
fn holds(first: (&Exercise, &[Row]), second: (&Exercise, &[Row]), what: &str) -> bool {
    let tally = |of: (&Exercise, &[Row])| Tally::of(of.0, of.1.iter().cloned());
    let (a, b) = (tally(first), tally(second));
    let there = Comparison::of((first.0, &a), (second.0, &b), SEED);
    let back = Comparison::of((second.0, &b), (first.0, &a), SEED);
    let limits = [limit(first.0), limit(second.0)];
    let far: Vec<(Criterion, f64)> = figures()
        .into_iter()
        .map(|of| {
            (
                of.0,
                errors_from_zero(first.1, second.1, limits, of).unwrap_or(0.0),
            )
        })
        .collect();
    let sure = far.iter().find(|(_, errors)| errors.abs() > SURE);
    let Some(verdict) = there.verdict() else {
        assert_eq!(
            sure, None,
            "{what}: a sure difference is no \"no difference\""
        );
        assert_eq!(back.verdict(), None, "{what}");
        return false;
    };
    if let Some((by, _)) = sure {
        assert!(verdict.by <= *by, "{what}: {by:?} is sure, {verdict:?}");
    }
    let errors = |by: Criterion| far.iter().find(|of| of.0 == by).map_or(0.0, |of| of.1);
    let towards = |better: bool, by: Criterion| {
        let gain = errors(by);
        gain.abs() > UNSURE && (gain > 0.0) == better
    };
    assert!(
        towards(verdict.better, verdict.by),
        "{what}: {verdict:?} {far:?}"
    );
    for by in &verdict.against {
        assert!(
            *by > verdict.by && towards(!verdict.better, *by),
            "{what}: {by:?}"
        );
    }
    for (by, errors) in far
        .iter()
        .filter(|of| of.1.abs() > SURE && of.0 > verdict.by)
    {
        let said = verdict.against.contains(by);
        assert_eq!(said, (*errors > 0.0) != verdict.better, "{what}: {by:?}");
    }
    let turned = back.verdict().expect("it is as sure from the other side");
    assert_eq!(
        (verdict.by, verdict.better),
        (turned.by, !turned.better),
        "{what}"
    );
    assert_eq!(
        (verdict.against, verdict.is_mixed),
        (turned.against, turned.is_mixed)
    );
    true
}

#[test]
fn a_sure_difference_is_a_verdict_that_names_it_and_the_sides_turn_it_round() {
    let mut verdicts = 0;
    for seed in [2, 5, 7] {
        let exercise = generator::exercise(seed);
        let base = rows(&exercise);
        let probes = Change::probes(&exercise).into_iter();
        let taking = probes.filter(|of| of.takes_away());
        let changes = taking.chain(Change::improvements(&exercise)).step_by(7);
        for change in changes.take(12) {
            let Some(made) = change.made(&exercise) else {
                continue;
            };
            let what = format!("{change:?} of {seed}");
            let found = holds((&exercise, &base), (&made, &rows(&made)), &what);
            verdicts += usize::from(found);
        }
    }
    assert!(verdicts > 0, "something differs surely");
}

/// Makes a row worse by one criterion, and by nothing else that counts.
fn worsen(row: &mut Row, by: Criterion) {
    let hour = Span::HOUR.0;
    match by {
        Criterion::Harm => row.impact.harms += 1,
        Criterion::Objectives => row.gates.push(GateReason::Objective(ObjectiveId::new(99))),
        Criterion::OwnHarm => row.gates.push(GateReason::OwnHarm(IncidentId::new(0))),
        Criterion::Duties => {
            let clock = row.clocks.first_mut().expect("there is a duty");
            clock.verdict = Verdict::Breached;
        }
        Criterion::CarriedOut => {
            let score = row.score.as_mut().expect("it is scored");
            score.carried_out.0 -= 1;
        }
        Criterion::Score => {
            let score = row.score.as_mut().expect("it is scored");
            score.score.0 -= 1;
        }
        Criterion::Phase(phase) => row.phases[phase.index()].against_target = Some(Span(2 * hour)),
        Criterion::Loss => row.impact.loss = Money(row.impact.loss.0 + 1),
        Criterion::Outage => row.impact.outage = Span(row.impact.outage.0 + 1),
        Criterion::Records => row.impact.records += 1,
    }
}

/// Rows that are alike in all that counts, with room to become worse.
fn plain(exercise: &Arc<Exercise>) -> Vec<Row> {
    let mut rows = rows(exercise);
    for row in &mut rows {
        row.gates.clear();
        for phase in &mut row.phases {
            (phase.applies, phase.against_target) = (true, Some(Span::HOUR));
        }
        for clock in &mut row.clocks {
            clock.verdict = Verdict::Met;
        }
        let score = row.score.as_mut().expect("it is scored");
        (score.carried_out.0, score.score.0) = (5_000, 4_000);
    }
    rows
}

#[test]
fn what_differs_by_one_criterion_alone_is_worse_by_that_one() {
    let fit = |exercise: &Arc<Exercise>| {
        let row = play(exercise, SEED, 0);
        row.score.is_some() && !row.clocks.is_empty() && limit(exercise) > Span::hours(2)
    };
    let exercise = (0..40).map(generator::exercise).find(fit);
    let exercise = exercise.expect("one of forty has a duty and a score");
    let base = plain(&exercise);
    assert_eq!(figures().len(), Criterion::ALL.len());
    for (place, by) in Criterion::ALL.into_iter().enumerate() {
        assert_eq!(figures()[place].0, by, "the order of the documentation");
        let mut worse = base.clone();
        for row in &mut worse {
            worsen(row, by);
        }
        let tallies = [&base, &worse].map(|rows| Tally::of(&exercise, rows.iter().cloned()));
        let found = Comparison::of((&exercise, &tallies[0]), (&exercise, &tallies[1]), SEED);
        let verdict = found.verdict();
        let verdict = verdict.unwrap_or_else(|| panic!("{by:?} is no \"no difference\""));
        assert_eq!((verdict.by, verdict.better), (by, false));
        assert!(verdict.against.is_empty() && !verdict.is_mixed);
        assert!(holds(
            (&exercise, &base),
            (&exercise, &worse),
            &format!("{by:?}")
        ));
    }
}

#[test]
fn two_that_count_most_and_disagree_are_mixed_and_a_later_one_is_a_but() {
    let fit = |exercise: &Arc<Exercise>| {
        let row = play(exercise, SEED, 0);
        row.score.is_some() && !row.clocks.is_empty()
    };
    let exercise = (0..40)
        .map(generator::exercise)
        .find(fit)
        .expect("there is one");
    let base = plain(&exercise);
    let against = |first: Criterion, second: Criterion| {
        let (mut one, mut other) = (base.clone(), base.clone());
        for (a, b) in one.iter_mut().zip(&mut other) {
            worsen(a, first);
            worsen(b, second);
        }
        let tallies = [&one, &other].map(|rows| Tally::of(&exercise, rows.iter().cloned()));
        let found = Comparison::of((&exercise, &tallies[0]), (&exercise, &tallies[1]), SEED);
        found.verdict().expect("two things differ")
    };
    for (i, first) in Criterion::ALL.into_iter().enumerate() {
        for second in Criterion::ALL.into_iter().skip(i + 1) {
            let verdict = against(first, second);
            assert_eq!(
                (verdict.by, verdict.better),
                (first, true),
                "{first:?} {second:?}"
            );
            assert_eq!(verdict.against, [second], "{first:?} {second:?}");
            assert_eq!(verdict.is_mixed, i < 4 && second < Criterion::CarriedOut);
        }
    }
}
