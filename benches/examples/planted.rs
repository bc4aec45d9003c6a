//! One weakness is planted in each of 24 generated organisations, and every improvement is tried on it: is what
//! mends it among the first three?
//!
//! `cargo run --release -p hotwash-benches --example planted`

use hotwash_engine::campaign::{
    CallHours, Change, Ground, Hours, Order, Size, Trials, try_changes,
};
use hotwash_engine::exercise::{
    Addressee, Condition, Day, Exercise, Experience, Law, Measure, Parts, Phase, RoleId, Span,
    TaskId, WeeklyHours,
};
use hotwash_engine::generator;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How a weakness is planted, and which change mends it.
struct Kind {
    name: &'static str,
    plant: fn(&mut Parts, TaskId) -> Option<()>,
    mends: fn(&Exercise, TaskId, Change) -> bool,
}

fn main() {
    let kinds = kinds();
    let (mut first, mut done) = (0, 0);
    println!("{:34}{:>8}  the first three", "planted", "place");
    for kind in &kinds {
        for (exercise, task, trials) in planted(kind).take(3) {
            let helping: Vec<Change> = trials
                .best
                .iter()
                .filter(|of| of.helps())
                .map(|of| of.changes[0])
                .collect();
            let place = helping
                .iter()
                .position(|of| (kind.mends)(&exercise, task, *of));
            done += 1;
            first += usize::from(place.is_some_and(|place| place < 3));
            let shown = place.map_or("none".to_owned(), |place| (place + 1).to_string());
            let names: Vec<&str> = helping.iter().take(3).map(|of| of.name()).collect();
            println!("{:34}{shown:>8}  {}", kind.name, names.join(", "));
        }
    }
    println!("among the first three: {first} of {done}");
}

/// Exercises in which a weakness of a kind does surely harm, with what was found to help.
fn planted(kind: &Kind) -> impl Iterator<Item = (Arc<Exercise>, TaskId, Trials)> + '_ {
    (0..400).filter_map(move |seed| {
        let sound = generator::parts(seed);
        let task = sound.plan.tasks.iter().position(|of| {
            let contains = of.does.iter().any(|act| act.measure.contains());
            of.phase == Phase::Response && contains && of.approval.is_none()
        })?;
        let task = TaskId::new(task);
        let mut weak = sound.clone();
        (kind.plant)(&mut weak, task)?;
        let (sound, weak) = (
            Exercise::new(sound).ok()?,
            Arc::new(Exercise::new(weak).ok()?),
        );
        // What was planted does harm: the sound one is surely better.
        let all = Change::improvements(&weak);
        let all: Vec<Change> = all.into_iter().collect();
        all.iter().find(|of| (kind.mends)(&weak, task, **of))?;
        let harm = hotwash_engine::campaign::Comparison::of(
            (&weak, &tally(&weak)),
            (&sound, &tally(&Arc::new(sound.clone()))),
            1,
        );
        harm.verdict().filter(|of| of.better)?;
        let trials = tried(&weak, all)?;
        Some((weak, task, trials))
    })
}

fn tally(exercise: &Arc<Exercise>) -> hotwash_engine::campaign::Tally {
    let rows = (0..100).map(|run| hotwash_engine::campaign::play(exercise, 1, run));
    hotwash_engine::campaign::Tally::of(exercise, rows)
}

fn tried(exercise: &Arc<Exercise>, all: Vec<Change>) -> Option<Trials> {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed: 1,
        runs: 0..200,
        hours: Hours::AsScripted,
        threads: 2,
    };
    let size = Size {
        screened: 30,
        kept: 10,
        fresh: 1_000..1_400,
    };
    try_changes(
        &[Ground { order, weight: 1 }],
        all,
        &size,
        &AtomicBool::new(false),
        |_, _| {},
    )
}

/// The roles that do a task.
fn doers(parts: &Parts, task: TaskId) -> Vec<RoleId> {
    let by = parts.plan.tasks[task.index()].by;
    match by {
        Addressee::Role(role) => vec![role],
        Addressee::Function(function) => {
            let roles = parts.organisation.roles.iter().enumerate();
            let fit = roles.filter(|(_, role)| role.functions.contains(&function));
            fit.map(|(i, _)| RoleId::new(i)).collect()
        }
    }
}

fn is_for(exercise: &Exercise, task: TaskId, role: RoleId) -> bool {
    exercise.roles(exercise.task(task).by).contains(&role)
}

fn kinds() -> Vec<Kind> {
    vec![
        Kind {
            name: "approval by who is never there",
            plant: |parts, task| {
                let mine = doers(parts, task);
                let roles = parts.organisation.roles.iter().enumerate();
                let mut others = roles.filter(|(i, role)| {
                    !mine.contains(&RoleId::new(*i)) && !role.holders.is_empty()
                });
                let (approver, role) = others.next()?;
                let holders = role.holders.clone();
                for person in holders {
                    let person = &mut parts.organisation.people[person.index()];
                    (person.shift, person.on_call) =
                        (WeeklyHours::default(), WeeklyHours::default());
                }
                parts.organisation.roles[approver].deputies.clear();
                parts.plan.tasks[task.index()].approval =
                    Some(Addressee::Role(RoleId::new(approver)));
                Some(())
            },
            mends: |_, task, change| matches!(change, Change::WithoutApproval(of) | Change::ApprovedBy(of, _) | Change::May(_, of) if of == task),
        },
        Kind {
            name: "a wait of two days in the plan",
            plant: |parts, task| {
                parts.plan.tasks[task.index()].delay = Some(Law::Fixed(Span::days(2)));
                Some(())
            },
            mends: |_, task, change| change == Change::WithoutDelay(task),
        },
        Kind {
            name: "a condition that never holds",
            plant: |parts, task| {
                let of = &mut parts.plan.tasks[task.index()];
                (!of.after.is_empty()).then_some(())?;
                of.when = Some(Condition::Any(Vec::new()));
                Some(())
            },
            mends: |_, task, change| change == Change::WithoutCondition(task),
        },
        Kind {
            name: "a long task before it",
            plant: |parts, task| {
                let declare = parts
                    .plan
                    .tasks
                    .iter()
                    .position(|of| of.takes_measure(Measure::Declare))?;
                let slow = parts.plan.tasks.iter().position(|of| {
                    of.takes_measure(Measure::Investigate) || of.takes_measure(Measure::Scope)
                })?;
                (slow != task.index() && slow != declare).then_some(())?;
                parts.plan.tasks[slow].takes = Law::Fixed(Span::days(2));
                let of = &mut parts.plan.tasks[task.index()];
                of.after = vec![TaskId::new(slow)];
                of.after_any.clear();
                Some(())
            },
            mends: |_, task, change| matches!(change, Change::After(of, _) if of == task),
        },
        Kind {
            name: "who does it is away, without a deputy",
            plant: |parts, task| {
                for role in doers(parts, task) {
                    let role = &mut parts.organisation.roles[role.index()];
                    role.deputies.clear();
                    let holders = role.holders.clone();
                    for person in holders {
                        parts.organisation.people[person.index()].leave =
                            vec![(Day(0), Day(40_000))];
                    }
                }
                Some(())
            },
            mends: |exercise, task, change| match change {
                Change::Deputy(role, _)
                | Change::Holder(role, _)
                | Change::NewHolder(role)
                | Change::SecondShift(role) => is_for(exercise, task, role),
                Change::MoveFunction(role, ..) => is_for(exercise, task, role),
                _ => false,
            },
        },
        Kind {
            name: "who does it is never on call",
            plant: |parts, task| {
                for role in doers(parts, task) {
                    let role = &mut parts.organisation.roles[role.index()];
                    role.deputies.clear();
                    let holders = role.holders.clone();
                    for person in holders {
                        let person = &mut parts.organisation.people[person.index()];
                        person.on_call = WeeklyHours::default();
                        person.shift.0.retain(|of| of.weekday == 2);
                        (!person.shift.0.is_empty()).then_some(())?;
                    }
                }
                Some(())
            },
            mends: |exercise, task, change| match change {
                Change::OnCall(role, hours) => {
                    hours != CallHours::Weekend && is_for(exercise, task, role)
                }
                Change::Deputy(role, _)
                | Change::Holder(role, _)
                | Change::NewHolder(role)
                | Change::SecondShift(role) => is_for(exercise, task, role),
                _ => false,
            },
        },
        Kind {
            name: "sources that see nothing of it",
            plant: |parts, _| {
                let mut any = false;
                for source in &mut parts.organisation.sources {
                    for sight in &mut source.sees {
                        sight.techniques = vec!["T0000".to_owned()];
                        any = true;
                    }
                }
                any.then_some(())
            },
            mends: |_, _, change| matches!(change, Change::Widen(_)),
        },
        Kind {
            name: "who does it has little experience",
            plant: |parts, task| {
                let phase = parts.plan.tasks[task.index()].phase;
                parts.plan.tasks[task.index()].difficulty =
                    hotwash_engine::exercise::Difficulty::High;
                for role in doers(parts, task) {
                    let role = &parts.organisation.roles[role.index()];
                    let people: Vec<_> =
                        role.holders.iter().chain(&role.deputies).copied().collect();
                    for person in people {
                        parts.organisation.people[person.index()].experience[phase.index()] =
                            Experience::Little;
                    }
                }
                Some(())
            },
            mends: |exercise, task, change| matches!(change, Change::Train(role, _) if is_for(exercise, task, role)),
        },
    ]
}
