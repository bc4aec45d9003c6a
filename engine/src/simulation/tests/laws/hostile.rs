//! Acts at random, sensible or not: a run takes them all, ends, and can be played again.

use crate::exercise::{
    Act, AssetId, AssetState, Category, DecisionId, Exercise, ExerciseTime, IncidentId, InjectId,
    Measure, MessageId, Object, ObligationId, OptionId, PersonId, Phase, RoleId, Selector,
    Severity, Span, TaskId,
};
use crate::generator::{Numbers, parts as any, said};
use crate::record::wire::Named;
use crate::record::{Action, Chosen, Edit, Entry, Event, HumanAct, Record, Seat, Which, Whose};
use crate::replay;
use crate::simulation::{Provenance, Setup, Simulation, simulate};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many exercises the law is tried on.
const EXERCISES: u64 = 60;
/// How many acts are thrown at each.
const ACTS: usize = 120;

const STATES: [AssetState; 12] = [
    AssetState::Compromised,
    AssetState::Encrypted,
    AssetState::Exfiltrated,
    AssetState::Altered,
    AssetState::Exposed,
    AssetState::OutOfService,
    AssetState::PastRto,
    AssetState::Isolated,
    AssetState::Off,
    AssetState::Evicted,
    AssetState::Wiped,
    AssetState::Verified,
];

/// One of a list that is not empty.
fn of<T: Copy>(n: &mut Numbers, list: &[T]) -> T {
    list[n.below(list.len())]
}

/// A time: in the first days most of the time, else anything.
fn time(n: &mut Numbers) -> ExerciseTime {
    match n.below(20) {
        0 => ExerciseTime(i64::MIN),
        1 => ExerciseTime(i64::MAX),
        2 => ExerciseTime(-Span::hours(3).0),
        _ => ExerciseTime(n.below(Span::days(3).0 as usize) as i64),
    }
}

fn which(n: &mut Numbers, exercise: &Exercise) -> Which {
    let incidents = exercise.scenario().incidents.len();
    let task = TaskId::new(n.below(exercise.plan().tasks.len()));
    Which {
        task,
        incident: n.percent(30).then(|| IncidentId::new(n.below(incidents))),
        piece: n.percent(30).then(|| of(n, &[0, 1, 2, 3, u16::MAX])),
    }
}

fn by_player(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    let (organisation, plan) = (exercise.organisation(), exercise.plan());
    let people = organisation.people.len();
    let message = MessageId(n.below(60) as u32);
    let role = RoleId::new(n.below(organisation.roles.len()));
    match n.below(16) {
        0 => HumanAct::Acknowledge { message },
        1 | 2 => HumanAct::Read { message },
        3 => HumanAct::Report {},
        4..=6 => {
            let helpers = 0..n.below(3);
            HumanAct::Start {
                task: which(n, exercise),
                with: helpers.map(|_| PersonId::new(n.below(people))).collect(),
            }
        }
        7 => HumanAct::Take {
            act: Act {
                measure: of(n, Measure::ALL),
                on: match n.below(3) {
                    0 => Object::Incident,
                    1 => Object::Assets(Selector::Affected),
                    _ => Object::Assets(Selector::Everything),
                },
            },
        },
        8 => HumanAct::Declare {},
        9 => HumanAct::Classify {
            severity: of(n, Severity::ALL),
            category: of(n, Category::ALL),
        },
        10 => HumanAct::AskApproval {
            task: which(n, exercise),
        },
        11 => HumanAct::Approve {
            task: which(n, exercise),
            granted: n.percent(60),
        },
        12 if !plan.decisions.is_empty() => {
            let decision = DecisionId::new(n.below(plan.decisions.len()));
            let options = plan.decision(decision).options.len();
            let option = OptionId::new(n.below(options));
            HumanAct::Decide {
                choice: Chosen { decision, option },
            }
        }
        13 if !plan.obligations.is_empty() => HumanAct::StateAware {
            obligation: ObligationId::new(n.below(plan.obligations.len())),
        },
        14 => HumanAct::HandOver {
            task: which(n, exercise),
            to: role,
        },
        15 if n.percent(20) => HumanAct::StopWord {},
        15 => HumanAct::Log {
            text: "\"\\\n".repeat(n.below(3)),
        },
        _ => HumanAct::DeclareComplete {
            phase: of(n, Phase::ALL),
            incident: None,
        },
    }
}

fn by_facilitator(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    if n.percent(20) {
        return attended(n, exercise);
    }
    if n.percent(20) {
        return said(n, exercise);
    }
    let injects = exercise.scenario().injects.len();
    if injects == 0 || n.percent(30) {
        return HumanAct::Overrule {
            change: Edit {
                asset: AssetId::new(n.below(exercise.organisation().assets.len())),
                state: of(n, &STATES),
                on: n.percent(50),
            },
        };
    }
    let inject = InjectId::new(n.below(injects));
    match n.below(9) {
        6 => HumanAct::Pause {},
        7 => HumanAct::Resume {},
        8 => HumanAct::Pace {
            thousandths: n.below(1_200_000) as u32,
        },
        0 => HumanAct::MoveClock { to: time(n) },
        1 => HumanAct::Fire { inject },
        2 => HumanAct::Hold { inject },
        3 => HumanAct::Skip { inject },
        4 => HumanAct::Edit {
            inject,
            text: String::new(),
        },
        _ => HumanAct::Add {
            from: "somebody".to_owned(),
            to: RoleId::new(n.below(exercise.organisation().roles.len())),
            text: "anything".to_owned(),
        },
    }
}

fn attended(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    let who = of(n, &["", "Noor", "Tomas"]).to_owned();
    let people = exercise.organisation().people.len();
    let person = PersonId::new(n.below(people));
    let seat = if n.percent(70) {
        Seat::Plays { person }
    } else {
        Seat::Evaluator {}
    };
    match n.below(6) {
        0 | 1 => HumanAct::Join { who, seat },
        2 => HumanAct::Leave { who },
        3 => HumanAct::ChangeSeat { who, seat },
        _ => HumanAct::StandIn {
            person,
            on: n.percent(60),
        },
    }
}

fn action(n: &mut Numbers, exercise: &Exercise) -> Action {
    let people = exercise.organisation().people.len();
    let does = if n.percent(80) {
        by_player(n, exercise)
    } else {
        by_facilitator(n, exercise)
    };
    // Now and then an act of the other side.
    let facilitates = matches!(does.whose(), Whose::Facilitator | Whose::Evaluator) ^ n.percent(5);
    Action {
        at: time(n),
        person: (!facilitates).then(|| PersonId::new(n.below(people))),
        does,
        hand: None,
    }
}

/// A run among whose people about half are played, by much of what they did when simulated, and by
/// whatever else comes.
fn setup(n: &mut Numbers, exercise: &Arc<Exercise>) -> Setup {
    let people = (0..exercise.organisation().people.len()).map(PersonId::new);
    let played: Vec<PersonId> = people.filter(|_| n.percent(50)).collect();
    let simulated = simulate(exercise, &Setup::of(9, 2), Provenance::default());
    let mut setup = replay::played_by(&simulated, played);
    let people = (0..exercise.organisation().people.len()).map(PersonId::new);
    let others = people.filter(|of| !setup.played.contains(of));
    setup.absent = others.filter(|_| n.percent(30)).collect();
    setup.actions.retain(|_| n.percent(90));
    for sensible in setup.actions.clone() {
        if let HumanAct::Start { task, .. } = sensible.does
            && n.percent(20)
        {
            let to = RoleId::new(n.below(exercise.organisation().roles.len()));
            setup.actions.push(Action {
                at: sensible.at + Span::minutes(1),
                does: HumanAct::HandOver { task, to },
                ..sensible
            });
        }
    }
    let random = (0..ACTS).map(|_| action(n, exercise));
    // A clock that is moved on for good leaves nothing to do.
    let some = random.filter(|action| {
        !matches!(action.does, HumanAct::MoveClock { .. }) || action.at.0 % 4 == 0
    });
    setup.actions.extend(some);
    if n.percent(20) {
        setup.actions.push(Action {
            at: time(n),
            person: None,
            does: HumanAct::End {},
            hand: None,
        });
    }
    setup
}

/// What has to hold of a run whatever people wanted in it.
fn assert_sound(seed: u64, exercise: &Arc<Exercise>, setup: &Setup) -> Record {
    let record = simulate(exercise, setup, Provenance::default());
    let ends = |entry: &&Entry| matches!(entry.event, Event::ExerciseEnded { .. });
    let end = record.entries.iter().find(ends);
    let end = end.unwrap_or_else(|| panic!("exercise {seed} does not end"));
    for entry in &record.entries[end.number as usize..] {
        let may = entry.event.may_follow_end() && entry.at > end.at;
        assert!(may, "exercise {seed}: {entry:?} follows ENDEX");
    }
    for pair in record.entries.windows(2) {
        assert!(pair[0].at <= pair[1].at, "exercise {seed}: time goes back");
    }
    let again = replay::replay(&record);
    if let Some(number) = replay::first_difference(&record, &again) {
        let around = |of: &Record| -> Vec<String> {
            let from = number.saturating_sub(8) as usize;
            let entries = of.entries.iter().skip(from).take(12);
            entries.map(|entry| format!("{entry:?}")).collect()
        };
        let (one, other) = (around(&record).join("\n"), around(&again).join("\n"));
        panic!("exercise {seed} differs at {number}:\n{one}\nagain:\n{other}");
    }
    let names = exercise.names();
    for entry in &record.entries {
        let read = Named::read(entry.write(names), names);
        assert_eq!(read.as_ref(), Ok(entry), "exercise {seed}");
    }
    record
}

#[test]
fn acts_at_random_are_taken_or_rejected_and_the_run_ends_and_replays() {
    let (mut taken, mut reasons) = (BTreeSet::new(), BTreeSet::new());
    for seed in 0..EXERCISES {
        let n = &mut Numbers::new(seed + 9_000);
        let exercise = Arc::new(Exercise::new(any(seed)).unwrap());
        let setup = setup(n, &exercise);
        let record = assert_sound(seed, &exercise, &setup);
        let mut sliced = Simulation::new(exercise, std::slice::from_ref(&setup));
        let mut at = ExerciseTime(-Span::DAY.0);
        for _ in 0..40 {
            at = at + Span(1 + n.below(Span::hours(9).0 as usize) as i64);
            sliced.advance_to(at);
        }
        sliced.finish();
        assert_eq!(sliced.take_entries(0), record.entries, "exercise {seed}");
        for entry in &record.entries {
            match &entry.event {
                Event::ActionTaken { act } => drop(taken.insert(act.name())),
                Event::ActionRejected { reason, .. } => drop(reasons.insert(*reason)),
                _ => {}
            }
        }
    }
    // The acts reach the world, and most of what can stand against them does.
    assert!(taken.len() >= 20, "only these were possible: {taken:?}");
    assert!(reasons.len() >= 15, "only these were given: {reasons:?}");
}
