//! Rows against the runs that they are made of.

mod changes;
mod runs;
mod shares;
mod trials;
mod verdicts;

use super::load::Reader;
use super::{PersonLoad, Player, RoleLoad, Summary, Tally, TaskLoad, play};
use crate::evaluation::{Baselines, evaluate};
use crate::exercise::{
    Exercise, ExerciseTime, IncidentId, Instance, Limit, Measure, MessageId, PersonId, Phase,
    Priority, RoleId, Softer, Span, TaskId,
};
use crate::generator;
use crate::record::{Actor, Entry, Event, Outcome, PauseReason, Record};
use crate::simulation::fixture::{parts, person, task};
use crate::simulation::{Provenance, Setup, header, simulate};
use std::sync::Arc;

#[test]
fn a_row_is_the_same_alone_and_after_other_runs() {
    for seed in 0..12 {
        let exercise = generator::exercise(seed);
        let mut player = Player::new(&exercise, 5);
        let forwards: Vec<_> = (0..4).map(|run| player.play(run)).collect();
        let mut backwards: Vec<_> = (0..4).rev().map(|run| player.play(run)).collect();
        backwards.reverse();
        assert_eq!(forwards, backwards, "exercise {seed}");
        assert_eq!(forwards[3], play(&exercise, 5, 3), "exercise {seed}");
    }
}

#[test]
fn a_row_says_of_a_run_what_its_evaluation_says() {
    for seed in 20..40 {
        let exercise = generator::exercise(seed);
        let row = play(&exercise, 3, seed);
        let record = simulate(&exercise, &Setup::of(3, seed), Provenance::default());
        let evaluation = evaluate(&exercise, &record, Baselines::default());
        let score = row
            .score
            .map(|of| (of.is_passed(), of.carried_out, of.score));
        let whole = evaluation.score.as_ref();
        assert_eq!(score, whole.map(|of| (of.passed, of.carried_out, of.score)));
        let rated = evaluation.objectives.iter().map(|of| of.rating);
        assert_eq!(row.ratings, rated.collect::<Vec<_>>());
        let gates = evaluation.score.iter().flat_map(|score| &score.gates);
        let gates: Vec<_> = gates.map(|gate| gate.reason).collect();
        assert_eq!(row.gates, gates);
        for (kept, judged) in row.phases.iter().zip(&evaluation.main().phases) {
            assert_eq!(kept.score, judged.score);
            assert_eq!(kept.completed, judged.completed.map(|at| at.at));
            let [reached, completed] = judged.timing;
            let by_reached = completed.target.is_none() && reached.target.is_some();
            let timing = if by_reached { reached } else { completed };
            assert_eq!(kept.against_target, timing.taken);
            if let (Some(target), Some(in_time)) = (kept.target, kept.in_time) {
                let kept_to = kept.against_target.is_some_and(|taken| taken <= target);
                assert_eq!(in_time, kept_to);
            }
            let parts = row.made_of.iter().filter(|it| it.phase == judged.phase);
            let whole: Span = judged.made_of.iter().map(|it| it.until - it.from).sum();
            assert_eq!(parts.map(|it| it.span).sum::<Span>(), whole);
        }
    }
}

/// An exercise of which the default yardstick asks for every phase within a minute.
fn softer_than_a_minute(seed: u64) -> Arc<Exercise> {
    let mut parts = generator::exercise(seed).parts().clone();
    let mut default = parts.yardstick.clone();
    for target in &mut default.targets {
        target.completed = Some(Limit::Elapsed(Span::minutes(1)));
    }
    parts.softer = Some(Softer {
        cells: vec!["all targets".to_owned()],
        default,
    });
    Arc::new(Exercise::new(parts).unwrap())
}

#[test]
fn a_row_and_a_summary_say_what_the_default_makes_of_runs_judged_by_a_softer_yardstick() {
    let mut lower = 0;
    for seed in 20..32 {
        let exercise = softer_than_a_minute(seed);
        let rows: Vec<_> = (0..3).map(|run| play(&exercise, 3, run)).collect();
        for (run, row) in rows.iter().enumerate() {
            let record = simulate(&exercise, &Setup::of(3, run as u64), Provenance::default());
            let whole = evaluate(&exercise, &record, Baselines::default()).score;
            let beside = row.score.and_then(|of| of.by_default);
            assert_eq!(beside, whole.and_then(|of| of.by_default));
            assert_eq!(beside.is_some(), row.score.is_some());
        }
        let besides = rows.iter().filter_map(|row| row.score?.by_default);
        let sum: f64 = besides.clone().map(|of| f64::from(of.carried_out.0)).sum();
        let n: u32 = besides.clone().map(|_| 1).sum();
        let passed = besides.filter(|of| of.passed).count() as u64;
        let summary = Summary::of(&exercise, &Tally::of(&exercise, rows));
        let Some(by_default) = summary.score.by_default else {
            assert_eq!(n, 0);
            continue;
        };
        let chance = (by_default.passed.hits, by_default.passed.n);
        assert_eq!(chance, (passed, u64::from(n)));
        let mean = by_default.carried_out.unwrap().value;
        assert!((mean - sum / f64::from(n)).abs() < 1e-6);
        lower += u64::from(mean < summary.score.carried_out.unwrap().value);
    }
    assert!(lower > 3, "{lower}");
    let plain = generator::exercise(20);
    let summary = Summary::of(&plain, &Tally::of(&plain, [play(&plain, 3, 0)]));
    assert_eq!(summary.score.by_default, None);
}

/// One person does two pieces of work, of which the second waits for the first and is laid aside
/// for a message.
fn busy_hour() -> (Arc<Exercise>, Record) {
    let mut parts = parts();
    parts.organisation.people.push(person("zoe"));
    parts.plan.tasks = vec![
        task("isolate", Phase::Response, Measure::Isolate),
        task("triage", Phase::Assessment, Measure::Triage),
    ];
    let exercise = Arc::new(Exercise::new(parts).unwrap());
    let instance = |task| Instance {
        task: TaskId::new(task),
        incident: IncidentId::new(0),
        ordinal: 1,
    };
    let (role, person) = (RoleId::new(0), PersonId::new(0));
    let start = |task| Event::TaskStarted {
        instance: instance(task),
        people: vec![person].into(),
        role,
        attempt: 1,
    };
    let ready = |task| Event::TaskReady {
        instance: instance(task),
        priority: Priority::P1,
    };
    let ended = |task| Event::TaskEnded {
        instance: instance(task),
        outcome: Outcome::Done,
    };
    let message = MessageId(1);
    let story = [
        (0, ready(1)),
        (0, start(1)),
        (5, ready(0)),
        (15, ended(1)),
        (15, start(0)),
        (20, Event::MessageNoticed { message, person }),
        (
            20,
            Event::TaskPaused {
                instance: instance(0),
                reason: PauseReason::Interrupted,
                done: Span::minutes(5),
            },
        ),
        (20, Event::ReadingStarted { message, person }),
        (23, Event::MessageRead { message, person }),
        (
            23,
            Event::TaskResumed {
                instance: instance(0),
                people: vec![person].into(),
                role,
                handover: Span::ZERO,
            },
        ),
        (40, ended(0)),
    ];
    let entry = |(i, (minute, event)): (usize, (i64, Event))| Entry {
        number: i as u32 + 1,
        at: ExerciseTime::STARTEX + Span::minutes(minute),
        wall: None,
        actor: Actor::Rules {},
        cause: None,
        event,
    };
    let entries = story.into_iter().enumerate().map(entry).collect();
    let header = header(&exercise, &Setup::of(1, 0), Provenance::default());
    (exercise, Record { header, entries })
}

#[test]
fn loads_are_what_the_entries_say() {
    let (exercise, record) = busy_hour();
    let ended_at = ExerciseTime::STARTEX + Span::HOUR;
    let loads = Reader::new(&exercise).read(&record.entries, ended_at);
    let minutes = Span::minutes;
    assert_eq!(
        loads.roles[0],
        RoleLoad {
            laden: minutes(40),
            busy: minutes(37),
            waited: minutes(13),
            queue: 1,
        }
    );
    assert_eq!(
        loads.people[0],
        PersonLoad {
            working: minutes(37),
            reading: minutes(3),
            inbox: 1,
        }
    );
    assert_eq!(loads.people[1], PersonLoad::default());
    let isolate = TaskLoad {
        ready: 1,
        started: 1,
        waited: minutes(10),
        approval: Span::ZERO,
        worked: minutes(22),
    };
    assert_eq!(loads.tasks[0], isolate);
    assert_eq!(loads.tasks[1].worked, minutes(15));
}

#[test]
fn nobody_is_busier_than_there_was_time_for_and_no_work_is_lost() {
    for seed in 0..30 {
        let exercise = generator::exercise(seed);
        let row = play(&exercise, 9, 0);
        let length = row.ended_at - exercise.parts().onset;
        for role in &row.roles {
            assert!(role.busy <= role.laden && role.laden <= length, "{seed}");
        }
        for person in &row.people {
            assert!(person.working + person.reading <= length, "{seed}");
        }
        for task in &row.tasks {
            assert!(task.started <= task.ready, "{seed}");
            assert!(task.worked == Span::ZERO || task.started > 0, "{seed}");
        }
    }
}
