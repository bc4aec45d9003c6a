//! Laws that hold on the average, tried on the same draws with and without what they are about.
//!
//! Each mean of paired differences is compared with its standard error over independent pairs. The
//! seeds are fixed, so a test passes always or never; on other seeds a law that says nothing would
//! pass by chance once in a million (4.75 standard errors, one-sided).

use super::runner::{Runner, Verdict, holds_and_can_fail, made, mark, spoiled};
use crate::evaluation::{Baselines, evaluate};
use crate::exercise::{
    AssetKind, AssetState, ChannelKind, Condition, Difficulty, Effect, Exercise, ExerciseTime,
    Experience, Fact, ImpactDimension, Limit, Mark, Measure, Parts, Phase, Reveal, Selector,
    Severity, SeverityRule, Span, StepId, TaskId, WeeklyHours,
};
use crate::generator;
use crate::simulation::fixture;
use std::sync::Arc;

/// A count as a number to reckon with.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("counts of tests are small"))
}

/// Standard errors by which a mean has to differ from nothing.
const SURE: f64 = 4.75;

/// How many standard errors the mean of some differences is above nothing.
fn standard_errors(differences: &[f64]) -> f64 {
    let n = number(differences.len());
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|d| (d - mean) * (d - mean)).sum();
    mean / (squares / (n - 1.0) / n).sqrt().max(f64::MIN_POSITIVE)
}

fn surely_above(what: &str, differences: &[f64]) -> Verdict {
    let sure = standard_errors(differences);
    if sure > SURE {
        Ok(())
    } else {
        Err(format!("{what}: {sure:.1} standard errors only"))
    }
}

/// A generated exercise whose people keep office hours and are reached by mail alone, from onset at a
/// time of the week of 3 March.
fn office(seed: u64, startex: Span) -> Arc<Exercise> {
    let mut parts = generator::parts(seed);
    parts.startex = fixture::TUESDAY_MORNING + startex.0;
    parts.onset = ExerciseTime::STARTEX;
    parts.scenario.injects[0].at = Some(ExerciseTime(Span::minutes(20).0));
    parts.organisation.holidays.clear();
    for channel in &mut parts.organisation.channels {
        channel.kind = ChannelKind::Mail;
        channel.depends_on.clear();
    }
    for person in &mut parts.organisation.people {
        person.shift = fixture::office_hours();
        person.on_call = WeeklyHours::default();
        person.leave.clear();
    }
    made(parts)
}

/// Hours until an instant, restricted to five days.
fn hours(at: ExerciseTime) -> f64 {
    let restricted = at.min(ExerciseTime(Span::days(5).0));
    number((restricted.0 / Span::MINUTE.0) as usize) / 60.0
}

/// From its onset on, the incident is seen, reported and declared later when it begins on Friday at six
/// in the evening than on Tuesday at nine in the morning, by the paired restricted mean.
fn fridays_are_slower(run: Runner<'_>) -> Verdict {
    let friday = Span::days(3) + Span::hours(9);
    let mut later = Vec::new();
    for seed in 0..80 {
        let waited = |startex| {
            let exercise = office(seed, startex);
            let record = run(&exercise, seed, 0);
            let marks = [Mark::Seen, Mark::Reported, Mark::Declared];
            let marks = marks.map(|asked| hours(mark(&record, asked)));
            marks.iter().sum::<f64>() / 3.0
        };
        later.push(waited(friday) - waited(Span::ZERO));
    }
    surely_above("Friday evening", &later)
}

#[test]
fn an_office_is_slower_on_friday_evening_than_on_tuesday_morning() {
    let calendar_off = spoiled(|parts| {
        for person in &mut parts.organisation.people {
            person.shift = WeeklyHours::always();
        }
        for group in &mut parts.organisation.groups {
            group.hours = WeeklyHours::always();
        }
        parts.organisation.hours = WeeklyHours::always();
    });
    holds_and_can_fail(
        fridays_are_slower,
        &[("the calendar is off", &calendar_off)],
    );
}

/// Takes everything that depends on the day and the hour out of an exercise.
pub(super) fn without_calendar(parts: &mut Parts) {
    let organisation = &mut parts.organisation;
    organisation.hours = WeeklyHours::always();
    organisation.holidays.clear();
    for person in &mut organisation.people {
        person.shift = WeeklyHours::always();
        person.on_call = WeeklyHours::default();
        person.leave.clear();
    }
    for group in &mut organisation.groups {
        group.hours = WeeklyHours::always();
    }
    for asset in &mut organisation.assets {
        // Copies are made at local midnight and from there.
        asset.backed_up_every = None;
    }
    for obligation in &mut parts.plan.obligations {
        obligation.within = Limit::Elapsed(Span::hours(72));
    }
}

/// Round the clock and without a calendar, it does not matter when an incident begins.
fn any_time_is_alike(run: Runner<'_>) -> Verdict {
    for seed in 0..40 {
        let told = |shift: Span| {
            let mut parts = generator::parts(seed);
            without_calendar(&mut parts);
            parts.startex += shift.0;
            run(&made(parts), seed, 0).entries
        };
        if told(Span::ZERO) != told(Span::hours(81) + Span(12_345)) {
            return Err(format!("exercise {seed} depends on when it starts"));
        }
    }
    Ok(())
}

#[test]
fn round_the_clock_and_without_calendar_any_start_is_alike() {
    let keeps_hours = spoiled(|parts| {
        for person in &mut parts.organisation.people {
            person.shift = fixture::office_hours();
        }
    });
    let backs_up = spoiled(|parts| {
        for asset in &mut parts.organisation.assets {
            asset.backed_up_every = Some(Span::hours(5));
        }
    });
    holds_and_can_fail(
        any_time_is_alike,
        &[
            ("people keep hours", &keeps_hours),
            ("copies have times", &backs_up),
        ],
    );
}

/// A team that is new to hard work, trained yesterday or never.
fn team(trained: bool) -> Arc<Exercise> {
    let mut parts = fixture::parts();
    parts.organisation.assets = vec![
        fixture::asset("backup", AssetKind::BackupOffline),
        fixture::records("records", AssetKind::Database, 1_000),
    ];
    let person = &mut parts.organisation.people[0];
    person.experience = [Experience::Little; 6];
    person.trained_days_ago = [trained.then_some(1); 6];
    let mut encrypt = fixture::step("encrypt", Effect::Encrypt);
    encrypt.targets = Selector::Kind(AssetKind::Database);
    parts.scenario.steps = vec![encrypt];
    let mut locked = fixture::inject("locked");
    locked.at = Some(ExerciseTime(Span::hours(2).0));
    locked.reveals = vec![Reveal::Impact, Reveal::Step(StepId::new(0))];
    parts.scenario.injects = vec![locked];
    parts.plan.classification.rules = vec![SeverityRule {
        level: Severity::Critical,
        impact: Some(ImpactDimension::Operations),
        when: Condition::Is(Fact::InState(Selector::Everything, AssetState::Encrypted)),
    }];
    let on = fixture::task_on_affected;
    let mut tasks = vec![
        fixture::task("a-triage", Phase::Assessment, Measure::Triage),
        fixture::task("b-scope", Phase::Assessment, Measure::Scope),
        fixture::task("c-declare", Phase::Assessment, Measure::Declare),
        on("d-isolate", Phase::Response, Measure::Isolate),
        on("e-evict", Phase::Resolution, Measure::Evict),
        on("f-restore", Phase::Recovery, Measure::Restore),
    ];
    for (i, task) in tasks.iter_mut().enumerate().skip(1) {
        task.after = vec![TaskId::new(i - 1)];
        task.difficulty = Difficulty::High;
    }
    tasks[0].difficulty = Difficulty::High;
    parts.plan.tasks = tasks;
    made(parts)
}

/// What a run covered, in basis points, by the mean over the phases of the main incident.
fn coverage(exercise: &Exercise, record: &crate::record::Record) -> f64 {
    let evaluation = evaluate(exercise, record, Baselines::default());
    let covered = evaluation.main().phases.iter();
    let covered: Vec<f64> = covered
        .filter_map(|phase| phase.coverage.map(|share| f64::from(share.0)))
        .collect();
    covered.iter().sum::<f64>() / number(covered.len().max(1))
}

fn training_helps(run: Runner<'_>) -> Verdict {
    let (trained, new) = (team(true), team(false));
    let mut more = Vec::new();
    for index in 0..300 {
        let covered = |exercise: &Arc<Exercise>| coverage(exercise, &run(exercise, 5, index));
        more.push(covered(&trained) - covered(&new));
    }
    surely_above("coverage of the trained", &more)
}

#[test]
fn an_untrained_team_covers_less() {
    let flipped = spoiled(|parts| {
        for person in &mut parts.organisation.people {
            person.trained_days_ago = person.trained_days_ago.map(|days| match days {
                Some(_) => None,
                None => Some(1),
            });
        }
    });
    let ignored = spoiled(|parts| {
        for person in &mut parts.organisation.people {
            person.trained_days_ago = [None; 6];
        }
    });
    holds_and_can_fail(
        training_helps,
        &[
            ("skill counts the other way", &flipped),
            ("training is ignored", &ignored),
        ],
    );
}
