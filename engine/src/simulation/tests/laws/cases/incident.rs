//! Phases, clocks, the end of an exercise, and plans that lack what they should have.

use super::super::runner::{known_from_startex, made, mark, plain, time_of};
use super::{clinic, count, end, ends, starts};
use crate::evaluation::{Baselines, evaluate};
use crate::exercise::{
    AssetId, AssetState, Condition, Exercise, ExerciseTime, Fact, Function, IncidentId, Knowable,
    Law, Limit, Mark, Measure, Object, Parts, Phase, Span, StakeholderKind, Target, Task, Trigger,
};
use crate::record::{Action, Edit, EndKind, Event, HumanAct, Record, Refusal, Verdict};
use crate::simulation::{Provenance, Setup, Simulation, fixture, simulate};
use std::sync::Arc;

const AUTHORITY: StakeholderKind = StakeholderKind::DataProtectionAuthority;

#[test]
fn work_that_waits_for_a_fact_that_nobody_can_learn_never_starts_and_the_run_stalls() {
    let mut parts = clinic();
    let cause = Knowable::Cause(IncidentId::new(0));
    parts.plan.tasks[1].when = Some(Condition::Is(Fact::Known(cause)));
    let record = plain(&made(parts), 1, 0);
    assert_eq!(
        count(&record, |event| ends(event, 0)),
        1,
        "what needs no cause is done"
    );
    assert_eq!(count(&record, |event| starts(event, 1)), 0);
    assert_eq!(end(&record), Some(EndKind::Stalled));
}

#[test]
fn after_endex_nothing_happens_and_open_work_is_closed() {
    let mut parts = clinic();
    known_from_startex(&mut parts);
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::HOUR));
    parts.plan.tasks = vec![Task {
        when: Some(Condition::All(vec![])),
        takes: Law::Fixed(Span::hours(3)),
        ..fixture::task("a", Phase::Response, Measure::Brief)
    }];
    let mut simulation = Simulation::new(made(parts), &[Setup::of(1, 0)]);
    simulation.advance_to(ExerciseTime(Span::HOUR.0));
    let entries = simulation.entries(0);
    assert_eq!(simulation.ended(0), Some(EndKind::Condition));
    assert!(
        entries
            .iter()
            .any(|e| matches!(e.event, Event::TaskClosed { .. }))
    );
    simulation.submit(
        0,
        Action {
            at: ExerciseTime(Span::hours(2).0),
            person: None,
            does: HumanAct::Pause {},
            hand: None,
        },
    );
    simulation.finish();
    let mut after = simulation.entries(0);
    let late = after.pop().expect("what came too late leaves an entry");
    let reason = Refusal::AfterTheEnd;
    let act = HumanAct::Pause {};
    assert_eq!(late.event, Event::ActionRejected { act, reason });
    assert_eq!(after, entries);
}

/// An analyst who triages and then tells the authority, within a limit from knowing.
fn telling(within: Span) -> Record {
    let mut parts = clinic();
    parts.organisation.stakeholders = vec![fixture::stakeholder("authority", AUTHORITY)];
    let tell = Task {
        after: vec![crate::exercise::TaskId::new(0)],
        takes: Law::Fixed(Span::hours(5)),
        does: vec![fixture::act(
            Measure::Notify,
            Object::Stakeholder(AUTHORITY),
        )],
        ..fixture::task("b-tell", Phase::Response, Measure::Notify)
    };
    parts.plan.tasks = vec![
        fixture::task("a-triage", Phase::Assessment, Measure::Triage),
        tell,
    ];
    let mut obligation = fixture::obligation("tell", AUTHORITY);
    obligation.within = Limit::Elapsed(within);
    if let Trigger::Aware { who, .. } = &mut obligation.from {
        *who = vec![Function::Analyst];
    }
    parts.plan.obligations = vec![obligation];
    plain(&made(parts), 1, 0)
}

fn verdict(record: &Record) -> Option<Verdict> {
    record.entries.iter().find_map(|entry| match entry.event {
        Event::ObligationClosed { verdict, .. } => Some(verdict),
        _ => None,
    })
}

#[test]
fn a_clock_is_met_at_its_very_deadline_and_breached_a_millisecond_after_it() {
    let easy = telling(Span::DAY);
    let started = time_of(&easy, |event| matches!(event, Event::ClockStarted { .. }));
    let told = time_of(&easy, |event| {
        matches!(event, Event::StakeholderNotified { .. })
    });
    let breached = |event: &Event| matches!(event, Event::ObligationBreached { .. });
    let just = telling(told - started);
    assert_eq!(
        (verdict(&just), count(&just, breached)),
        (Some(Verdict::Met), 0)
    );
    let late = telling(Span((told - started).0 - 1));
    assert_eq!(verdict(&late), Some(Verdict::Late));
    let later = telling(Span((told - started).0 - 2));
    assert_eq!(verdict(&later), Some(Verdict::Late));
    let due = time_of(&later, |event| matches!(event, Event::ClockStarted { .. }))
        + Span((told - started).0 - 2);
    assert_eq!(time_of(&later, breached), due + Span(1));
}

#[test]
fn a_clock_that_truth_calls_for_and_nobody_knows_enough_for_is_not_recognised() {
    let mut parts = clinic();
    parts.plan.tasks.truncate(0);
    parts.organisation.stakeholders = vec![fixture::stakeholder("authority", AUTHORITY)];
    let mut obligation = fixture::obligation("tell", AUTHORITY);
    obligation.within = Limit::Elapsed(Span::hours(72));
    parts.plan.obligations = vec![obligation];
    // Somebody sees it, nobody finds out that it is real, and it goes on for ten days.
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::days(10)));
    let record = plain(&made(parts.clone()), 1, 0);
    assert!(mark(&record, Mark::Seen) < ExerciseTime(i64::MAX));
    assert_eq!(verdict(&record), Some(Verdict::NotRecognised));
    // A day to find out and three to tell have not passed.
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::days(3)));
    assert_ne!(
        verdict(&plain(&made(parts), 1, 0)),
        Some(Verdict::NotRecognised)
    );
}

#[test]
fn a_phase_may_be_re_opened_twice_and_is_reached_once() {
    let mut parts = clinic();
    parts.plan.tasks.remove(2);
    parts.plan.tasks[0].after = vec![crate::exercise::TaskId::new(2)];
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::days(20)));
    let edit = |day: i64, on| Action {
        at: ExerciseTime(Span::days(day).0),
        person: None,
        does: HumanAct::Overrule {
            change: Edit {
                asset: AssetId::new(0),
                state: AssetState::Compromised,
                on,
            },
        },
        hand: None,
    };
    let mut setup = Setup::of(1, 0);
    setup.actions = vec![
        edit(8, true),
        edit(9, false),
        edit(11, true),
        edit(12, false),
    ];
    let record = simulate(&made(parts), &setup, Provenance::default());
    let marks = record.entries.iter().filter_map(|entry| match entry.event {
        Event::PhaseReached {
            phase: Phase::Response,
            ..
        } => Some("reached"),
        Event::PhaseCompleted {
            phase: Phase::Response,
            ..
        } => Some("completed"),
        Event::PhaseReopened {
            phase: Phase::Response,
            ..
        } => Some("re-opened"),
        _ => None,
    });
    let marks: Vec<&str> = marks.collect();
    assert_eq!(
        marks,
        [
            "reached",
            "completed",
            "re-opened",
            "completed",
            "re-opened",
            "completed"
        ]
    );
}

#[test]
fn an_attack_that_was_over_before_it_is_declared_is_responded_to_from_the_declaration_on() {
    let mut parts = clinic();
    parts.onset = ExerciseTime(-Span::days(2).0);
    let declare = crate::exercise::TaskId::new(0);
    parts.plan.tasks = vec![
        Task {
            after: vec![crate::exercise::TaskId::new(1)],
            ..parts.plan.tasks[0].clone()
        },
        parts.plan.tasks[3].clone(),
    ];
    // What the attack did is put right before anybody declares it.
    let mut setup = Setup::of(1, 0);
    setup.actions = vec![Action {
        at: ExerciseTime(Span::minutes(10).0),
        person: None,
        does: HumanAct::Overrule {
            change: Edit {
                asset: AssetId::new(1),
                state: AssetState::OutOfService,
                on: false,
            },
        },
        hand: None,
    }];
    parts.scenario.injects[0].reveals = vec![crate::exercise::Reveal::Step(
        crate::exercise::StepId::new(0),
    )];
    let record = simulate(&made(parts), &setup, Provenance::default());
    let declared = mark(&record, Mark::Declared);
    assert!(declared < ExerciseTime(i64::MAX));
    assert_eq!(count(&record, |event| ends(event, declare.index())), 1);
    for phase in [true, false] {
        let at = time_of(&record, |event| match event {
            Event::PhaseReached {
                phase: Phase::Response,
                ..
            } => phase,
            Event::PhaseCompleted {
                phase: Phase::Response,
                ..
            } => !phase,
            _ => false,
        });
        assert_eq!(at, declared, "reached: {phase}");
    }
}

#[test]
fn a_thin_plan_runs_and_its_score_is_said_to_be_partial() {
    let mut parts = clinic();
    parts.plan.tasks = vec![parts.plan.tasks[3].clone()];
    parts.yardstick.targets = targets();
    let exercise = made(parts);
    let record = plain(&exercise, 1, 0);
    assert_eq!(end(&record), Some(EndKind::Stalled));
    let evaluation = evaluate(&exercise, &record, Baselines::default());
    let score = evaluation.score.expect("something can be scored");
    assert!(!score.partial.is_empty() && !score.passed);
}

/// The same targets at every severity.
fn targets() -> Vec<Target> {
    let severities = crate::exercise::Severity::ALL.iter();
    let pairs = Phase::ALL
        .iter()
        .flat_map(|phase| severities.clone().map(|s| (*phase, *s)));
    let target = |(phase, severity)| Target {
        phase,
        severity,
        reached: Some(Limit::Elapsed(Span::hours(2))),
        completed: Some(Limit::Elapsed(Span::hours(12))),
        origin: None,
    };
    pairs.map(target).collect()
}

/// The score of the clinic where declaring takes so long.
fn score(declaring: Span, run: u64) -> u16 {
    let mut parts: Parts = crate::simulation::tests::clinic();
    parts.yardstick.targets = targets();
    parts.plan.tasks[0].takes = Law::Fixed(declaring);
    // Isolating does not wait for it: only the mark is late.
    parts.plan.tasks[1].after = vec![crate::exercise::TaskId::new(3)];
    let exercise: Arc<Exercise> = made(parts);
    let record = plain(&exercise, 4, run);
    let evaluation = evaluate(&exercise, &record, Baselines::default());
    evaluation
        .score
        .expect("the clinic can be scored")
        .carried_out
        .0
}

#[test]
fn who_declares_late_does_not_look_better() {
    let mut worse = 0;
    for run in 0..20 {
        let scores = [10, 120, 600, 3_000].map(|minutes| score(Span::minutes(minutes), run));
        let falls = scores.windows(2).all(|pair| pair[0] >= pair[1]);
        assert!(falls, "run {run}: {scores:?}");
        worse += usize::from(scores[3] < scores[0]);
    }
    assert!(
        worse > 10,
        "declaring very late costs points: {worse} of 20"
    );
}
