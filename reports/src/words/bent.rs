//! What bends a score without being in it: a page that shows one says so beside it.
//!
//! The headlines of a run and of a campaign ask here. Nothing is judged here, and nothing is counted that does
//! not stand in the definitions, the record or its evaluation.

use super::{Subject, duration};
use hotwash_engine::evaluation::NotScored;
use hotwash_engine::exercise::{Exercise, Phase, Span};
use hotwash_engine::record::{Actor, Event, HumanAct};

/// What the definitions alone bend, whatever happens in a run.
pub fn by_definition(exercise: &Exercise) -> Vec<String> {
    let mut said = Vec::new();
    if exercise.scenario().objectives.is_empty() {
        said.push(
            "No objective is set: only a duty of law and harm of one's own can fail a run."
                .to_owned(),
        );
    }
    let lifted = exercise.tasks_at_their_floors().count();
    if lifted > 0 {
        said.push(if lifted == 1 {
            "One task is shorter than its measures allow, and is played at the least time of these."
                .to_owned()
        } else {
            format!(
                "{lifted} tasks are shorter than their measures allow, and are played at the least time of these."
            )
        });
    }
    said
}

/// What bends the score of a run, as sentences.
pub fn of_run(subject: &Subject) -> Vec<String> {
    let mut said = by_definition(subject.exercise);
    let phases = &subject.evaluation.main().phases;
    let named = |is: &dyn Fn(usize) -> bool| {
        let of = Phase::ALL.iter().filter(|phase| is(phase.index()));
        listed(of.map(Phase::to_string).collect())
    };
    let moved = named(&|i| phases[i].clock_moved.is_some());
    if let Some(moved) = moved {
        said.push(format!(
            "The clock was moved on, so that no time is scored for {moved}."
        ));
    }
    let cut = named(&|i| phases[i].not_scored == Some(NotScored::NoTime));
    if let Some(cut) = cut {
        said.push(format!(
            "The exercise ended before its time was up for {cut}: that is not judged."
        ));
    }
    said.extend(facilitator(subject));
    said.extend(by_hand(subject));
    said
}

/// What a scribe entered for others counts from when it is said to have been done.
fn by_hand(subject: &Subject) -> Option<String> {
    let entered = &subject.evaluation.entered;
    let latest = entered.iter().map(|of| of.at - of.said).max()?;
    let latest = match latest {
        Span::ZERO => String::new(),
        latest => format!(", up to {} after they were done", duration(latest)),
    };
    let (count, acts) = match entered.len() {
        1 => ("One".to_owned(), "act was"),
        n => (n.to_string(), "acts were"),
    };
    Some(format!(
        "{count} {acts} entered by a scribe{latest}: judged by when they were done, with their effect on assets from when they were entered."
    ))
}

/// What the facilitator changed of what is judged.
fn facilitator(subject: &Subject) -> Option<String> {
    let mut counted = [0_u64; 4];
    for entry in &subject.record.entries {
        let (Event::ActionTaken { act }, Actor::Facilitator {}) = (&entry.event, &entry.actor)
        else {
            continue;
        };
        let kind = match act {
            HumanAct::Overrule { .. } => 0,
            HumanAct::Excuse { .. } => 1,
            HumanAct::Skip { .. } => 2,
            HumanAct::Hold { .. } => 3,
            _ => continue,
        };
        counted[kind] += 1;
    }
    let words = [
        ("set the state of an asset", "set the states of assets"),
        ("excused an expectation", "excused expectations"),
        ("left an inject out", "left injects out"),
        ("held an inject back", "held injects back"),
    ];
    let said = counted.iter().zip(words).filter(|(n, _)| **n > 0);
    let said = said.map(|(n, (one, more))| match n {
        1 => one.to_owned(),
        n => format!("{more} ({n} times)"),
    });
    let said = listed(said.collect())?;
    Some(format!("The facilitator {said}."))
}

/// "a, b and c"; none, where there is nothing to list.
fn listed(mut all: Vec<String>) -> Option<String> {
    let last = all.pop()?;
    if all.is_empty() {
        return Some(last);
    }
    Some(format!("{} and {last}", all.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Told, clinic};
    use crate::words::People;
    use hotwash_engine::evaluation::Timed;
    use hotwash_engine::exercise::{AssetId, AssetState, ExerciseTime, ExpectationId, Law};
    use hotwash_engine::record::Edit;

    /// The clinic's exercise with something changed.
    fn changed(told: &Told, change: impl FnOnce(&mut hotwash_engine::exercise::Parts)) -> Exercise {
        let mut parts = told.exercise.parts().clone();
        change(&mut parts);
        Exercise::new(parts).expect("it is valid")
    }

    #[test]
    fn an_exercise_without_objectives_or_with_tasks_below_their_floors_says_so() {
        let told = clinic();
        let one = "One task is shorter than its measures allow, and is played at the least time of these.";
        assert_eq!(by_definition(&told.exercise), [one]);
        let bare = changed(&told, |parts| parts.scenario.objectives.clear());
        assert!(by_definition(&bare)[0].starts_with("No objective is set"));
        let quick = changed(&told, |parts| {
            for task in &mut parts.plan.tasks {
                task.takes = Law::Fixed(Span::SHORTEST);
            }
        });
        let tasks = quick.plan().tasks.len();
        let said = format!("{tasks} tasks are shorter than their measures allow");
        assert!(
            by_definition(&quick)[0].starts_with(&said),
            "{:?}",
            by_definition(&quick)
        );
        let reasoned = changed(&told, |parts| parts.organisation.tireless = true);
        assert_eq!(reasoned.tasks_at_their_floors().count(), 0);
    }

    #[test]
    fn what_the_facilitator_changed_and_a_clock_that_was_moved_on_stand_beside_the_score() {
        let mut told = clinic();
        let said = |told: &Told| {
            let subject = Subject::new(
                &told.exercise,
                &told.record,
                &told.evaluation,
                People::ByRole,
            );
            of_run(&subject)
        };
        let before = said(&told);
        assert!(
            before.iter().all(|line| !line.contains("facilitator")),
            "{before:?}"
        );
        let by = |told: &mut Told, act: HumanAct| {
            let mut entry = told.record.entries[0].clone();
            entry.actor = Actor::Facilitator {};
            entry.event = Event::ActionTaken { act };
            told.record.entries.push(entry);
        };
        let change = Edit {
            asset: AssetId::new(0),
            state: AssetState::Wiped,
            on: true,
        };
        by(&mut told, HumanAct::Overrule { change });
        for _ in 0..2 {
            let (expectation, reason) = (ExpectationId::new(0), String::new());
            by(
                &mut told,
                HumanAct::Excuse {
                    expectation,
                    reason,
                },
            );
        }
        let main = &mut told.evaluation.incidents[0];
        main.phases[Phase::Response.index()].clock_moved = Some(Timed {
            at: ExerciseTime(0),
            entry: 1,
        });
        let after = said(&told);
        let clock = "The clock was moved on, so that no time is scored for Response.";
        let facilitator =
            "The facilitator set the state of an asset and excused expectations (2 times).";
        for line in [clock, facilitator] {
            assert!(after.iter().any(|of| of == line), "{after:?}");
        }
    }
}
