//! What is out is out once: a later leak of data that has left already.
//!
//! Each shipped scenario is played once more with a further step, of which nothing tells: data that was
//! copied before is published. Nobody does anything otherwise, so all that can change is how it is judged.

use crate::runs::{SCENARIOS, exercise, judge, run, texts, with};
use hotwash_engine::evaluation::{Evaluation, PhaseEvaluation, Timed};
use hotwash_engine::exercise::{Exercise, Phase, StepId};
use hotwash_engine::record::{Event, Record};
use hotwash_scenarios::Source;

/// How many runs of each scenario are compared.
const RUNS: u64 = 12;
/// When data leaves once more: early, while systems are brought back, and late.
const LATER: [&str; 3] = ["2d", "6d", "14d"];

/// A scenario that goes on after everything is closed, and a step in front of the others, if any.
fn scenario(name: &str, step: &str) -> Vec<Source> {
    let ends = "PhaseCompleted(Closure), ";
    let texts = with(&texts(name), ends, "");
    with(
        &texts,
        "\n    attack: [\n",
        &format!("\n    attack: [\n{step}"),
    )
}

fn leak(at: &str) -> String {
    format!(
        "(id: \"zz-once-more\", technique: \"T1567\", when: Elapsed(\"{at}\"), takes: \"1h\", visibility: 0,
          targets: Each(Exfiltrated), effect: Expose(share: 0.001)),\n"
    )
}

/// The step that was added.
fn added(exercise: &Exercise) -> StepId {
    let steps = exercise.scenario().steps.iter();
    let of = steps
        .enumerate()
        .find(|(_, step)| step.slug.as_str() == "zz-once-more");
    StepId::new(of.expect("it was added").0)
}

/// When the leak came about, and whether anybody learned of it.
fn leaked(exercise: &Exercise, record: &Record) -> Option<(i64, bool)> {
    use hotwash_engine::exercise::Knowable;
    let step = added(exercise);
    let hit = record.entries.iter().find(
        |entry| matches!(entry.event, Event::StepTookEffect { step: of, .. } if of == step),
    )?;
    let told = |event: &Event| matches!(event, Event::FactLearned { fact: Knowable::Step(of), .. } if *of == step);
    Some((
        hit.at.0,
        record.entries.iter().any(|entry| told(&entry.event)),
    ))
}

fn of(evaluation: &Evaluation, phase: Phase) -> &PhaseEvaluation {
    let phases = &evaluation.incidents[0].phases;
    phases
        .iter()
        .find(|one| one.phase == phase)
        .expect("each phase is judged")
}

/// What is judged of a phase, without the numbers of entries, which move.
fn said(phase: &PhaseEvaluation) -> impl PartialEq + std::fmt::Debug + use<> {
    let at = |timed: Option<Timed>| timed.map(|timed| timed.at);
    let items: Vec<_> = (phase.coverage_items.iter())
        .map(|item| (item.kind, item.weight, item.done, item.status))
        .collect();
    (
        (
            phase.scored_from,
            at(phase.reached),
            at(phase.completed),
            phase.reopened,
        ),
        (
            phase.timing,
            phase.timeliness,
            phase.coverage,
            phase.judgement,
        ),
        (phase.score, items),
    )
}

#[test]
fn a_later_leak_of_data_that_has_left_already_changes_nothing_that_it_does_not_undo() {
    let (mut looked, mut reopened) = (0, 0);
    for name in SCENARIOS {
        let quiet = exercise(&scenario(name, ""));
        for at in LATER {
            let again = exercise(&scenario(name, &leak(at)));
            for index in 0..RUNS {
                let [before, after] = [&quiet, &again].map(|of| run(of, index));
                let Some((hit, false)) = leaked(&again, &after) else {
                    continue;
                };
                looked += 1;
                let place = format!("{name}, {at}, run {index}");
                let (one, other) = (judge(&quiet, &before), judge(&again, &after));
                for phase in [Phase::Identification, Phase::Resolution, Phase::Recovery] {
                    // What was open then has the more time, since the incident is worked on again.
                    let completed = of(&one, phase).completed;
                    if completed.is_none_or(|completed| completed.at.0 > hit) {
                        continue;
                    }
                    assert_eq!(said(of(&one, phase)), said(of(&other, phase)), "{place}");
                }
                let closed = of(&one, Phase::Closure).completed;
                if closed.is_none_or(|closed| closed.at.0 > hit) {
                    // Word of other trouble may find Response open: somebody who closes reads it first.
                    let closures = [&one, &other].map(|of_run| {
                        let closure = of(of_run, Phase::Closure);
                        (closure.reopened, closure.completed.is_some(), closure.score)
                    });
                    assert_eq!(closures[0], closures[1], "{place}");
                } else {
                    reopened += 1;
                    let response = of(&other, Phase::Response).reopened;
                    let closure = of(&other, Phase::Closure).reopened;
                    assert!(response > 0 && closure == 1, "{place}");
                }
                let [records, counted] = [&one, &other].map(|of| of.impact.actual.records);
                assert_eq!(records, counted, "{place}");
            }
        }
    }
    assert!(
        looked > 60 && reopened > 20,
        "only {looked} runs had a later leak, {reopened} when all was closed"
    );
}
