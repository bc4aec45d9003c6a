//! Who is told sooner knows sooner, and what follows follows sooner, where nothing else is to be done.
//!
//! In general it need not be so: somebody told just before the end of a shift may lie in bed when the
//! next one, told a little later, is called by phone.

use super::runner::{Runner, Verdict, holds_and_can_fail, made, mark, spoiled};
use crate::exercise::{
    Addressee, AssetKind, ChannelKind, Day, Effect, Exercise, ExerciseTime, Function, Law, Mark,
    Measure, PersonId, Phase, RoleId, Sight, SourceKind, Span, TaskId, WeeklyHours,
};
use crate::generator::Numbers;
use crate::record::{Event, Record};
use crate::simulation::fixture;
use std::sync::Arc;

/// The latest of all detections.
const LATEST: Span = Span::hours(60);

/// An encrypted database that a source sees after a time, a recipient with one channel, and a lead who
/// is always there.
fn watched(seed: u64, round_the_clock: bool, after: Span) -> Arc<Exercise> {
    let n = &mut Numbers::new(seed);
    let mut parts = fixture::parts();
    parts.startex += n.minutes(10_080).0;
    parts.onset = ExerciseTime(-n.minutes(300).0);
    let organisation = &mut parts.organisation;
    let kinds = [
        ChannelKind::Chat,
        ChannelKind::Mail,
        ChannelKind::MobilePhone,
    ];
    organisation.channels = vec![fixture::channel("only", n.pick(&kinds))];
    organisation.people = ["analyst", "lead"].map(fixture::person).to_vec();
    if !round_the_clock {
        let analyst = &mut organisation.people[0];
        analyst.shift = fixture::office_hours();
        analyst.on_call = n.pick(&[WeeklyHours::default(), WeeklyHours::always()]);
        let away = Day::from_civil(2026, 3, 3).0 + n.below(8) as i32;
        analyst.leave = n.pick(&[vec![], vec![(Day(away), Day(away + 2))]]);
    }
    organisation.roles = vec![fixture::role("analyst"), fixture::role("lead")];
    let mut functions = vec![Function::PointOfContact, Function::Analyst];
    functions.sort_unstable();
    organisation.roles[1]
        .functions
        .retain(|function| !functions.contains(function));
    organisation.roles[0].functions = functions;
    organisation.roles[1].holders = vec![PersonId::new(1)];
    organisation.assets = vec![fixture::records("records", AssetKind::Database, 10)];
    organisation.sources = vec![fixture::source("watch", SourceKind::Edr)];
    organisation.sources[0].escalates = n.percent(50);
    organisation.sources[0].sees = vec![Sight {
        after: Law::Fixed(after),
        ..fixture::sight()
    }];
    // The asset's owner is never there, and learns of no outage.
    let mut owner = fixture::person("owner");
    owner.shift = WeeklyHours::default();
    organisation.people.push(owner);
    let mut owns = fixture::role("owner");
    owns.functions = vec![Function::AssetOwner];
    owns.holders = vec![PersonId::new(2)];
    organisation.roles.push(owns);
    organisation.assets[0].owner = Some(RoleId::new(2));
    parts.plan.escalation.to.clear();
    parts.scenario.steps = vec![fixture::step("encrypt", Effect::Encrypt)];
    let task = |name, phase, measure, after: &[usize]| crate::exercise::Task {
        after: after.iter().copied().map(TaskId::new).collect(),
        takes: Law::Fixed(Span::minutes(10 + 7 * i64::from(measure as u8 % 5))),
        ..fixture::task(name, phase, measure)
    };
    let mut tasks = vec![
        task("a-triage", Phase::Assessment, Measure::Triage, &[]),
        task("b-declare", Phase::Assessment, Measure::Declare, &[0]),
        task("c-isolate", Phase::Response, Measure::Isolate, &[1]),
        task("d-restore", Phase::Recovery, Measure::Restore, &[2]),
    ];
    tasks[1].by = Addressee::Function(Function::IncidentManager);
    for task in &mut tasks[2..] {
        task.by = Addressee::Function(Function::Handler);
        let affected = crate::exercise::Selector::Affected;
        task.does[0].on = crate::exercise::Object::Assets(affected);
    }
    parts.plan.tasks = tasks;
    made(parts)
}

/// The milestones of a response, whatever came first or last.
fn milestones(record: &Record) -> Vec<(String, ExerciseTime)> {
    let told = record.entries.iter().filter(|entry| {
        matches!(
            entry.event,
            Event::MarkReached { .. }
                | Event::PhaseReached { .. }
                | Event::PhaseCompleted { .. }
                | Event::TaskStarted { .. }
                | Event::TaskEnded { .. }
        )
    });
    let mut told: Vec<_> = told.map(|e| (format!("{:?}", e.event), e.at)).collect();
    told.sort();
    told
}

/// Two detections of an exercise, the later first.
fn two(seed: u64) -> (Span, Span) {
    let n = &mut Numbers::new(seed + 500);
    let late = n.minutes(LATEST.0 as usize / 60_000 - 1);
    (late, Span(late.0 * n.below(1_000) as i64 / 1_000))
}

/// Whatever somebody's calendar: told earlier, by the same channel, means knowing no later.
fn seen_no_later(run: Runner<'_>) -> Verdict {
    let mut sooner = 0;
    for seed in 0..60 {
        let (late, early) = two(seed);
        let seen = |after| mark(&run(&watched(seed, false, after), seed, 0), Mark::Seen);
        let (late, early) = (seen(late), seen(early));
        if early > late {
            return Err(format!("exercise {seed}: seen at {early:?}, not {late:?}"));
        }
        sooner += usize::from(early < late);
    }
    (sooner > 0)
        .then_some(())
        .ok_or_else(|| "never sooner".to_owned())
}

/// Where people are there round the clock and nothing else is to be done: no milestone is later.
fn nothing_later(run: Runner<'_>) -> Verdict {
    for seed in 0..30 {
        let (late, early) = two(seed);
        let told = |after| milestones(&run(&watched(seed, true, after), seed, 0));
        let (late, early) = (told(late), told(early));
        if early.len() != late.len() || early.len() < 12 {
            return Err(format!(
                "exercise {seed}: other milestones: {early:?} {late:?}"
            ));
        }
        for ((what, early), (same, late)) in early.iter().zip(&late) {
            if what != same || early > late {
                return Err(format!(
                    "exercise {seed}: {what} {early:?}, {same} {late:?}"
                ));
            }
        }
    }
    Ok(())
}

#[test]
fn earlier_detection_is_never_known_later_by_the_same_recipient_over_the_same_channel() {
    let turned = spoiled(turn);
    // The condition that the recipient is the same is needed: an early word to somebody else.
    let elsewhere = spoiled(|parts| {
        let Law::Fixed(after) = parts.organisation.sources[0].sees[0].after else {
            return;
        };
        if after < Span::hours(10) {
            parts.organisation.sources[0].tells = Addressee::Function(Function::Handler);
            parts.organisation.people[1].shift = WeeklyHours::default();
        }
    });
    holds_and_can_fail(
        seen_no_later,
        &[
            ("late is early", &turned),
            ("somebody else is told", &elsewhere),
        ],
    );
}

#[test]
fn earlier_detection_makes_nothing_later_where_nothing_competes() {
    let turned = spoiled(turn);
    let hasty = spoiled(|parts| {
        // Whoever is told early works slower.
        let Law::Fixed(after) = parts.organisation.sources[0].sees[0].after else {
            return;
        };
        let more = Span((LATEST - after).0 * 2);
        parts.plan.tasks[1].takes = Law::Fixed(Span::MINUTE + more);
    });
    holds_and_can_fail(
        nothing_later,
        &[("late is early", &turned), ("early is slow", &hasty)],
    );
}

/// The time after which a source sees counts the other way round.
fn turn(parts: &mut crate::exercise::Parts) {
    let sight = &mut parts.organisation.sources[0].sees[0];
    if let Law::Fixed(after) = sight.after {
        sight.after = Law::Fixed(LATEST - after);
    }
}
