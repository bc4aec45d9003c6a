//! Acts of humans at random, possible and not.

use super::Numbers;
use crate::exercise::{
    Act, AssetId, AssetState, Category, Day, DecisionId, Exercise, ExerciseTime, ExpectationId,
    InjectId, Measure, MessageId, Object, ObjectiveId, ObligationId, OptionId, PersonId, Phase,
    RoleId, Selector, Severity, StakeholderKind, TaskId,
};
use crate::record::{Action, Chosen, Edit, HumanAct, Rating, Remark, Seat, Tick, Ticked, Which};

/// The people who are played in an exercise, and what they and the facilitator do in its first two
/// days. Much of it is not possible when it comes: nobody looked at how the run went.
pub fn acts(exercise: &Exercise, seed: u64) -> (Vec<PersonId>, Vec<Action>) {
    let n = &mut Numbers::new(seed ^ 0x5EED);
    let everybody = 0..exercise.organisation().people.len();
    let everybody: Vec<PersonId> = everybody.map(PersonId::new).collect();
    let mut played = n.some(&everybody, 50);
    if played.is_empty() {
        played.push(n.pick(&everybody));
    }
    let mut actions: Vec<Action> = (0..10 + n.below(40))
        .map(|_| {
            let facilitates = n.percent(15);
            Action {
                at: ExerciseTime(n.minutes(2_880).0),
                person: (!facilitates).then(|| n.pick(&played)),
                does: if facilitates && n.percent(20) {
                    said(n, exercise)
                } else if facilitates && n.percent(25) {
                    attended(n, &everybody)
                } else if facilitates {
                    facilitated(n, exercise)
                } else {
                    act(n, exercise)
                },
                hand: None,
            }
        })
        .collect();
    actions.sort_by_key(|action| action.at);
    (played, actions)
}

/// An act of a player.
fn act(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    let task = TaskId::new(n.below(exercise.plan().tasks.len()));
    let message = MessageId(1 + n.below(30) as u32);
    let phase = n.pick(Phase::ALL);
    if n.percent(2) {
        return HumanAct::StopWord {};
    }
    if n.percent(10) {
        return spoken(n, exercise);
    }
    match n.below(14) {
        0 | 1 => HumanAct::Read { message },
        2 => HumanAct::Acknowledge { message },
        3..6 => HumanAct::Start {
            task: Which::of(task),
            with: Vec::new(),
        },
        6 => HumanAct::Report {},
        7 => HumanAct::Declare {},
        8 => HumanAct::Classify {
            severity: n.pick(Severity::ALL),
            category: Category::MaliciousCode,
        },
        9 => HumanAct::Take {
            act: Act {
                measure: n.pick(&[Measure::Isolate, Measure::Shutdown, Measure::Restore]),
                on: Object::Assets(Selector::Affected),
            },
        },
        10 => HumanAct::Approve {
            task: Which::of(task),
            granted: n.percent(80),
        },
        11 => HumanAct::Decide {
            choice: Chosen {
                decision: DecisionId::new(0),
                option: OptionId::new(n.below(2)),
            },
        },
        12 => HumanAct::StateAware {
            obligation: ObligationId::new(0),
        },
        _ => HumanAct::DeclareComplete {
            phase,
            incident: None,
        },
    }
}

/// What a player says or asks.
fn spoken(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    let text = "The share is cut off".to_owned();
    match n.below(4) {
        0 => HumanAct::Tell {
            to: RoleId::new(n.below(exercise.organisation().roles.len())),
            text,
        },
        1 => HumanAct::Inform {
            whom: n.pick(StakeholderKind::ALL),
            text,
        },
        2 => HumanAct::Explain {
            choice: Chosen {
                decision: DecisionId::new(0),
                option: OptionId::new(n.below(2)),
            },
            reason: text,
            sure: n.percent(50).then_some(75),
        },
        _ => HumanAct::Ask { text },
    }
}

/// An act of the facilitator.
fn facilitated(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    let inject = InjectId::new(n.below(exercise.scenario().injects.len()));
    if n.percent(30) {
        return controlled(n);
    }
    match n.below(6) {
        5 => HumanAct::Answer {
            entry: 1 + n.below(300) as u32,
            text: "It is as you see it".to_owned(),
        },
        0 => HumanAct::Fire { inject },
        1 => HumanAct::Hold { inject },
        2 => HumanAct::Skip { inject },
        3 => HumanAct::Add {
            from: "Somebody".to_owned(),
            to: RoleId::new(n.below(exercise.organisation().roles.len())),
            text: "Word from outside".to_owned(),
        },
        _ => HumanAct::Overrule {
            change: Edit {
                asset: AssetId::new(n.below(exercise.organisation().assets.len())),
                state: n.pick(&[AssetState::Encrypted, AssetState::Compromised]),
                on: n.percent(50),
            },
        },
    }
}

/// What the facilitator does with the clock, and rarely the end.
fn controlled(n: &mut Numbers) -> HumanAct {
    match n.below(16) {
        0..6 => HumanAct::Pause {},
        6..12 => HumanAct::Resume {},
        12..15 => HumanAct::Pace {
            thousandths: n.below(3_000) as u32,
        },
        _ => HumanAct::End {},
    }
}

/// Who comes, goes and stands in.
fn attended(n: &mut Numbers, everybody: &[PersonId]) -> HumanAct {
    let who = n.pick(&["Noor", "Tomas", "Ines"]).to_owned();
    let person = n.pick(everybody);
    let seat = match n.below(5) {
        0 => Seat::Evaluator {},
        1 => Seat::Observer {},
        _ => Seat::Plays { person },
    };
    match n.below(6) {
        0 | 1 => HumanAct::Join { who, seat },
        2 => HumanAct::Leave { who },
        3 => HumanAct::ChangeSeat { who, seat },
        _ => HumanAct::StandIn {
            person,
            on: n.percent(50),
        },
    }
}

/// What is said about the exercise, some of it in the place of what was said before.
pub(crate) fn said(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    let (scenario, people) = (exercise.scenario(), exercise.organisation().people.len());
    let remark = Box::new(Remark {
        by: n.pick(&["", "Noor", "Ines"]).to_owned(),
        seen: n.percent(30).then_some(ExerciseTime::STARTEX),
        note: n.pick(&["", "quick", "\"late\"\n"]).to_owned(),
        corrects: n.percent(40).then(|| n.below(60) as u32),
    });
    let how = n.pick(&[Tick::Met, Tick::Partly, Tick::Not, Tick::NotSeen]);
    match n.below(6) {
        0 | 1 if !scenario.objectives.is_empty() => HumanAct::Rate {
            objective: ObjectiveId::new(n.below(scenario.objectives.len())),
            rating: n.pick(&[Rating::P, Rating::S, Rating::M, Rating::U, Rating::N]),
            remark,
        },
        2 if !scenario.expectations.is_empty() => HumanAct::Tick {
            what: Ticked::Expectation {
                expectation: ExpectationId::new(n.below(scenario.expectations.len())),
            },
            how,
            remark,
        },
        3 => HumanAct::Observe {
            entry: n.below(200) as u32,
            remark,
        },
        4 => HumanAct::Vote {
            what: n.pick(&["", "Nobody could be reached"]).to_owned(),
            remark,
        },
        5 => HumanAct::Commit {
            text: "A second shift".to_owned(),
            owner: PersonId::new(n.below(people)),
            due: Day(20_800),
            remark,
        },
        _ => HumanAct::Tick {
            what: Ticked::KeyPoint {
                id: "a-key-point".to_owned(),
            },
            how,
            remark,
        },
    }
}
