//! Acts of humans at random, possible and not.

use super::Numbers;
use crate::exercise::{
    Act, AssetId, AssetState, Category, DecisionId, Exercise, ExerciseTime, InjectId, Measure,
    MessageId, Object, ObligationId, OptionId, PersonId, Phase, RoleId, Selector, Severity, TaskId,
};
use crate::record::{Action, Chosen, Edit, HumanAct, Seat, Which};

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
                does: if facilitates && n.percent(25) {
                    attended(n, &everybody)
                } else if facilitates {
                    facilitated(n, exercise)
                } else {
                    act(n, exercise)
                },
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

/// An act of the facilitator.
fn facilitated(n: &mut Numbers, exercise: &Exercise) -> HumanAct {
    let inject = InjectId::new(n.below(exercise.scenario().injects.len()));
    if n.percent(30) {
        return controlled(n);
    }
    match n.below(5) {
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
