//! Twice as long in everything is twice as long in all, with the same scores.
//!
//! Not where a calendar, a habit of people or a rule sets a time of its own, which no author can
//! double: so people are tireless and there round the clock, nobody is in a room (it shares after two
//! minutes), what was restored is not watched for four or twenty-four hours, an outage is told by a
//! monitor of the organisation's own, and clocks run in hours, from what somebody knows: a clock that
//! nobody recognises waits for a day first, and nobody's harm is priced, since it is held against eight
//! hours of everything. Nor where somebody takes over what another began, which takes five minutes at least. The
//! watch and that day are held to their hours by tests of their own.

use super::expected::without_calendar;
use super::runner::{Runner, Verdict, holds_and_can_fail, made, spoiled};
use crate::evaluation::{Baselines, JudgedKind, evaluate};
use crate::exercise::{
    AssetState, Condition, Criterion, ExerciseTime, Fact, Function, Law, Limit, Money, Parts,
    Phase, Selector, Sight, SourceKind, Span, Team, Trigger,
};
use crate::generator;
use crate::record::{Event, Record, Verdict as Closed};
use crate::simulation::fixture;

/// What rounding to a millisecond, and reading in one, may come to in a run.
const ROUNDING: i64 = 1_000;

/// An exercise in which every time is one that an author gave.
fn timeless(seed: u64) -> Parts {
    let mut parts = generator::parts(seed);
    without_calendar(&mut parts);
    parts.organisation.tireless = true;
    parts.organisation.teams = vec![Team {
        slug: fixture::slug("nobody"),
        roles: vec![],
        quorum: 1,
        bridge: None,
    }];
    let mut monitor = fixture::source("zz-monitor", SourceKind::AvailabilityMonitor);
    monitor.sees = vec![Sight {
        after: Law::Fixed(Span::minutes(7)),
        ..fixture::sight()
    }];
    parts.organisation.sources.push(monitor);
    // Until nobody recognised a duty a day passes, however long all else takes.
    for asset in &mut parts.organisation.assets {
        asset.data.clear();
        // Nobody restores what they run for us within four hours, however fast all else is.
        asset.restores_in = asset.restores_in.take().map(|_| Law::Fixed(Span::hours(9)));
        // Own harm is held against eight hours of all assets, however long all else takes.
        asset.worth_per_hour = Money(0);
    }
    for (i, duty) in parts.plan.obligations.iter_mut().enumerate() {
        if let Trigger::Aware { who, what } = &mut duty.from {
            *who = Function::ALL.to_vec();
            *what = Condition::Is(Fact::AlertRaised);
        }
        duty.within = Limit::Elapsed(Span::hours(5 * (i as i64 + 1)));
        duty.rest_within = duty.rest_within.map(|_| Limit::Elapsed(Span::hours(30)));
    }
    let down = Fact::InState(Selector::Everything, AssetState::OutOfService);
    // The log is kept within half an hour of each act, however long that took.
    for task in &mut parts.plan.tasks {
        task.keeps_log = true;
    }
    parts.yardstick.criteria = vec![Criterion {
        phase: Phase::Recovery,
        entry: None,
        exit: Some(Condition::Not(Box::new(Condition::Is(down)))),
    }];
    parts
}

fn twice(span: &mut Span) {
    span.0 *= 2;
}

fn twice_law(law: &mut Law) {
    match law {
        Law::Fixed(span) | Law::About(span) => twice(span),
        Law::Range { low, high } => [low, high].into_iter().for_each(twice),
        Law::Triangle {
            least,
            likely,
            most,
        } => [least, likely, most].into_iter().for_each(twice),
        Law::Observed(spans) => spans.iter_mut().for_each(twice),
    }
}

fn twice_condition(condition: &mut Condition) {
    match condition {
        Condition::All(of) | Condition::Any(of) => of.iter_mut().for_each(twice_condition),
        Condition::Not(of) => twice_condition(of),
        Condition::Is(Fact::Elapsed(span) | Fact::Since(_, span)) => twice(span),
        Condition::Is(_) => {}
    }
}

fn twice_limit(limit: &mut Limit) {
    if let Limit::Elapsed(span) = limit {
        twice(span);
    }
}

fn twice_at(at: &mut ExerciseTime) {
    at.0 *= 2;
}

/// Doubles every time that an author gives.
fn double(parts: &mut Parts) {
    twice_at(&mut parts.onset);
    twice_at(&mut parts.limit);
    let organisation = &mut parts.organisation;
    for asset in &mut organisation.assets {
        asset.restores_in.iter_mut().for_each(twice_law);
        let spans = [&mut asset.rto, &mut asset.rpo, &mut asset.logs_kept];
        spans.into_iter().flatten().for_each(twice);
    }
    for source in &mut organisation.sources {
        source
            .sees
            .iter_mut()
            .for_each(|sight| twice_law(&mut sight.after));
        source.false_alarms.iter_mut().for_each(twice_law);
        if let Some(schedule) = &mut source.schedule {
            twice_at(&mut schedule.first);
            twice(&mut schedule.every);
        }
    }
    for group in &mut organisation.groups {
        twice_law(&mut group.after);
    }
    let plan = &mut parts.plan;
    for task in &mut plan.tasks {
        twice_law(&mut task.takes);
        task.delay.iter_mut().for_each(twice_law);
        task.when.iter_mut().for_each(twice_condition);
    }
    plan.decisions
        .iter_mut()
        .for_each(|decision| twice_law(&mut decision.takes));
    plan.escalation.after.iter_mut().for_each(twice);
    plan.classification
        .reassess_within
        .iter_mut()
        .for_each(twice);
    let yardstick = &mut parts.yardstick;
    yardstick.reassess_within.iter_mut().for_each(twice);
    let targets = plan.targets.iter_mut().chain(&mut yardstick.targets);
    let targets = targets.flat_map(|target| [&mut target.reached, &mut target.completed]);
    for limit in targets.into_iter().flatten() {
        twice_limit(limit);
    }
    for duty in &mut plan.obligations {
        twice_limit(&mut duty.within);
        duty.rest_within.iter_mut().for_each(twice_limit);
    }
    let scenario = &mut parts.scenario;
    for step in &mut scenario.steps {
        twice_law(&mut step.takes);
        step.delay.iter_mut().for_each(twice_law);
        step.at.iter_mut().for_each(twice_at);
    }
    for inject in &mut scenario.injects {
        inject.at.iter_mut().for_each(twice_at);
        inject.delay.iter_mut().for_each(twice_law);
        inject.repeats.iter_mut().for_each(twice_law);
    }
    for expectation in &mut scenario.expectations {
        twice(&mut expectation.within);
    }
    twice_condition(&mut scenario.ends);
}

/// What happened when, without what only says how long something takes.
fn told(record: &Record) -> Vec<(String, i64)> {
    let entries = record.entries.iter();
    entries
        .map(|entry| {
            let event = format!("{:?}", entry.event);
            let kind = event.split([' ', '{']).next().unwrap_or_default();
            (
                format!("{} {kind} {:?}", entry.number, entry.cause),
                entry.at.0,
            )
        })
        .collect()
}

fn scores(record: &Record) -> Vec<Option<i64>> {
    let evaluation = evaluate(&record.header.exercise, record, Baselines::default());
    let phases = evaluation.main().phases.iter();
    let parts = phases.flat_map(|phase| [phase.timeliness, phase.coverage, phase.judgement]);
    let all = evaluation.score.as_ref().map(|score| score.carried_out);
    parts
        .chain([all])
        .map(|share| share.map(|share| i64::from(share.0)))
        .collect()
}

/// Whether truth called for a duty that nobody recognised.
fn unrecognised(record: &Record) -> bool {
    record.entries.iter().any(|entry| match entry.event {
        Event::ObligationClosed { verdict, .. } => verdict == Closed::NotRecognised,
        _ => false,
    })
}

/// What was judged otherwise.
fn items(one: &Record, other: &Record) -> String {
    let judged = |record: &Record| -> Vec<(JudgedKind, bool)> {
        let evaluation = evaluate(&record.header.exercise, record, Baselines::default());
        let phases = evaluation.main().phases.iter();
        let items = phases.flat_map(|phase| phase.judged_items.clone());
        items.map(|item| (item.kind, item.sound)).collect()
    };
    format!("{:?} became {:?}", judged(one), judged(other))
}

/// Whether somebody took over what another began.
fn handed_over(record: &Record) -> bool {
    let mut entries = record.entries.iter();
    entries.any(|entry| matches!(entry.event, Event::HandoverEnded { .. }))
}

fn twice_as_long(run: Runner<'_>) -> Verdict {
    let mut left_out = 0;
    for seed in 0..30 {
        let once = made(timeless(seed));
        let mut parts = timeless(seed);
        double(&mut parts);
        let doubled = made(parts);
        let (a, b) = (run(&once, seed, 0), run(&doubled, seed, 0));
        if handed_over(&a) && handed_over(&b) {
            left_out += 1;
            continue;
        }
        for ((what, at), (same, twice)) in told(&a).iter().zip(&told(&b)) {
            if what != same || (at * 2 - twice).abs() > ROUNDING {
                return Err(format!(
                    "exercise {seed}: {what} at {at}, {same} at {twice}"
                ));
            }
        }
        if a.entries.len() != b.entries.len() {
            return Err(format!("exercise {seed}: more or less happens"));
        }
        // Until nobody recognised a duty a day passes, however long all else takes.
        if unrecognised(&a) || unrecognised(&b) {
            continue;
        }
        let (single, double) = (a, b);
        let (a, b) = (scores(&single), scores(&double));
        let near = |(a, b): (&Option<i64>, &Option<i64>)| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 2,
            (a, b) => a == b,
        };
        if !a.iter().zip(&b).all(near) {
            return Err(format!(
                "exercise {seed}: {a:?} became {b:?}; {}",
                items(&single, &double)
            ));
        }
    }
    if left_out > 5 {
        return Err(format!("{left_out} exercises say nothing"));
    }
    Ok(())
}

#[test]
fn twice_as_long_in_everything_takes_twice_as_long_and_scores_alike() {
    let rested = spoiled(|parts| parts.organisation.tireless = false);
    let late_targets = spoiled(|parts| {
        for target in &mut parts.yardstick.targets {
            target.reached = Some(Limit::Elapsed(Span::hours(2)));
            target.completed = Some(Limit::Elapsed(Span::hours(8)));
        }
    });
    let same_clocks = spoiled(|parts| {
        for duty in &mut parts.plan.obligations {
            duty.within = Limit::Elapsed(Span::hours(9));
        }
    });
    holds_and_can_fail(
        twice_as_long,
        &[
            ("people take their own time", &rested),
            ("a target stays as it was", &late_targets),
            ("a clock stays as it was", &same_clocks),
        ],
    );
}
