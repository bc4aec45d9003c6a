//! Shipped content, run by the hundred: it ends, it is the same every time, and it is judged.

use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::exercise::{
    Addressee, BasisPoints, Exercise, Function, Identified, Knowable, ObligationId, Trigger,
};
use hotwash_engine::record::{Event, Record};
use hotwash_engine::replay;
use hotwash_engine::simulation::{Provenance, Setup, Simulation, simulate};
use hotwash_scenarios::{Kind, Source, Start, find, library, ready};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Every shipped scenario with the clinic and its plan.
fn shipped() -> Vec<(&'static str, Arc<Exercise>)> {
    let scenarios = library().iter().filter(|item| item.kind == Kind::Scenario);
    scenarios.map(|item| (item.id, exercise(item.id))).collect()
}

fn exercise(scenario: &str) -> Arc<Exercise> {
    with_plan(scenario, |plan| plan)
}

/// A shipped scenario with the clinic and its plan, changed.
fn with_plan(scenario: &str, change: impl Fn(String) -> String) -> Arc<Exercise> {
    let source = |kind, id: &str| {
        let item = find(kind, id).expect("the library has it");
        Source::new(item.file, item.text)
    };
    let plan = find(Kind::Plan, "clinic-response-plan").expect("the library has it");
    let sources = [
        source(Kind::Organisation, "marram-street-clinic"),
        Source::new(plan.file, change(plan.text.to_owned())),
        source(Kind::Scenario, scenario),
    ];
    let ready = ready(&sources, &Start::default()).expect("shipped definitions bind");
    Arc::new(ready.bound.exercise)
}

fn run(exercise: &Arc<Exercise>, index: u64) -> Record {
    simulate(exercise, &Setup::of(1, index), Provenance::default())
}

#[test]
fn a_run_among_many_lanes_and_on_another_thread_is_the_run_alone() {
    for (id, exercise) in shipped() {
        let setups: Vec<Setup> = (0..24).map(|index| Setup::of(1, index)).collect();
        let mut many = Simulation::new(Arc::clone(&exercise), &setups);
        many.finish();
        let other = Arc::clone(&exercise);
        let elsewhere = std::thread::spawn(move || run(&other, 7))
            .join()
            .expect("the thread ends");
        assert_eq!(many.take_entries(7), elsewhere.entries, "{id}");
        assert_eq!(many.take_entries(23), run(&exercise, 23).entries, "{id}");
    }
}

#[test]
fn of_a_hundred_seeds_at_least_ninety_five_tell_different_stories() {
    let exercise = exercise("invoice-fraud");
    let stories: BTreeSet<String> = (0..100)
        .map(|seed| {
            let record = simulate(&exercise, &Setup::of(seed, 0), Provenance::default());
            let told = record.entries.iter().filter(|entry| {
                matches!(
                    entry.event,
                    Event::TaskEnded { .. } | Event::StepTookEffect { .. }
                )
            });
            let lines: Vec<String> = told
                .map(|entry| format!("{} {:?}", entry.at.0, entry.event))
                .collect();
            lines.join("\n")
        })
        .collect();
    assert!(
        stories.len() >= 95,
        "only {} different stories",
        stories.len()
    );
}

#[test]
fn records_of_shipped_scenarios_replay() {
    for (id, exercise) in shipped() {
        for index in 0..3 {
            let record = run(&exercise, index);
            let again = replay::replay(&record);
            assert_eq!(
                replay::first_difference(&record, &again),
                None,
                "{id} run {index}"
            );
        }
    }
}

#[test]
fn every_shipped_scenario_ends_with_one_rating_for_each_objective() {
    for (id, exercise) in shipped() {
        let halves: Vec<_> = (0..2)
            .map(|half| {
                let exercise = Arc::clone(&exercise);
                std::thread::spawn(move || {
                    for index in (half..1_000).step_by(2) {
                        rated(&exercise, index);
                    }
                })
            })
            .collect();
        for half in halves {
            half.join()
                .unwrap_or_else(|_| panic!("a run of {id} is not rated"));
        }
    }
}

fn rated(exercise: &Arc<Exercise>, index: u64) {
    let record = run(exercise, index);
    let last = record.entries.last().expect("a run has entries");
    assert!(
        matches!(last.event, Event::ExerciseEnded { .. }),
        "run {index} does not end"
    );
    let evaluation = evaluate(exercise, &record, Baselines::default());
    assert_eq!(
        evaluation.objectives.len(),
        exercise.scenario().objectives.len()
    );
    let score = evaluation.score.expect("shipped content is scored");
    assert!(score.score <= score.carried_out && score.carried_out <= BasisPoints::ONE);
}

#[test]
fn the_clock_of_the_gdpr_starts_when_a_role_that_is_asked_for_knows_enough_with_the_default_too() {
    let written = "duty: \"gdpr-authority\", ";
    let own = "to: DataProtectionAuthority, within: \"72h\", ";
    let by_default = with_plan("supplier-data-leak", |plan| {
        assert_eq!(plan.matches(written).count(), 1);
        plan.replace(written, own)
    });
    let shipped = exercise("supplier-data-leak");
    for exercise in [&by_default, &shipped] {
        let clock = ObligationId::find(exercise.names(), "gdpr-authority");
        let clock = clock.expect("the plan has it");
        let Trigger::Aware { who, .. } = &exercise.obligation(clock).from else {
            panic!("it hangs on no other clock");
        };
        let asked = [
            Function::IncidentManager,
            Function::Legal,
            Function::DataProtection,
        ];
        assert_eq!(*who, asked);
        let mut started = 0;
        for index in 0..12 {
            let record = run(exercise, index);
            let aware = record.entries.iter().find(|entry| {
                matches!(entry.event, Event::ObligationAware { obligation, .. } if obligation == clock)
            });
            let Some(aware) = aware else { continue };
            started += 1;
            let cause = aware.cause.expect("something was learned");
            let Event::FactLearned { role, .. } = record.entries[cause as usize - 1].event else {
                panic!("run {index}: the clock starts by what somebody learned");
            };
            let of = |function: &Function| exercise.roles(Addressee::Function(*function));
            assert!(asked.iter().any(|function| of(function).contains(&role)));
            let main = exercise.scenario().main;
            for needed in [Knowable::Real(main), Knowable::PersonalData(main)] {
                let known = record.entries[..cause as usize].iter().any(|entry| {
                    matches!(entry.event, Event::FactLearned { role: of, fact } if of == role && fact == needed)
                });
                assert!(known, "run {index}: {needed:?}");
            }
        }
        assert!(started >= 10, "the clock started in {started} of 12 runs");
    }
}
