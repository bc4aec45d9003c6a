//! Shipped content, played from files of acts.

use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::exercise::{Exercise, ExerciseTime, Instance, Measure, PersonId, Phase, Span};
use hotwash_engine::record::{Action, Entry, Event, HumanAct, Record, Which};
use hotwash_engine::replay;
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::{Kind, Source, Start, actions, actions_text, find, library, ready};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every shipped scenario with the clinic and its plan, and the exercise on one screen.
fn shipped() -> Vec<(&'static str, Arc<Exercise>)> {
    let source = |kind, id: &str| {
        let item = find(kind, id).expect("the library has it");
        Source::new(item.file, item.text)
    };
    let of = |sources: &[Source]| {
        let ready = ready(sources, &Start::default()).expect("shipped definitions bind");
        Arc::new(ready.bound.exercise)
    };
    let scenarios = library().iter().filter(|item| item.kind == Kind::Scenario);
    let mut shipped: Vec<_> = scenarios
        .map(|item| {
            let sources = [
                source(Kind::Organisation, "marram-street-clinic"),
                source(Kind::Plan, "clinic-response-plan"),
                source(Kind::Scenario, item.id),
            ];
            (item.id, of(&sources))
        })
        .collect();
    let screen = "harbour-street-clinic";
    shipped.push((screen, of(&[source(Kind::Exercise, screen)])));
    shipped
}

fn simulated(exercise: &Arc<Exercise>, seed: u64) -> Record {
    simulate(exercise, &Setup::of(seed, 0), Provenance::default())
}

/// Plays a run from acts that went through a file.
fn play(exercise: &Arc<Exercise>, setup: &Setup) -> Record {
    let text = actions_text(&setup.actions, exercise);
    let read = actions(&Source::new("acts.ron", text), exercise);
    let setup = Setup {
        actions: read.expect("acts are read as they were written"),
        ..setup.clone()
    };
    simulate(exercise, &setup, Provenance::default())
}

fn assert_same_story(what: &str, one: &Record, other: &Record) {
    assert_eq!(replay::first_parting(one, other), None, "{what}");
}

/// Every second person, more or less.
fn half_of(exercise: &Exercise, seed: u64) -> Vec<PersonId> {
    let people = exercise.organisation().people.len() as u64;
    let mixed = |person: u64| (seed * 64 + person + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63;
    let half = (0..people).filter(|person| mixed(*person) == 1);
    half.map(|person| PersonId::new(person as usize)).collect()
}

#[test]
fn people_played_from_the_file_of_a_simulation_live_its_story() {
    for (id, exercise) in shipped() {
        for seed in 0..12 {
            let record = simulated(&exercise, seed);
            let everybody = play(&exercise, &replay::played_by_everybody(&record));
            assert_same_story(&format!("{id}, seed {seed}, all"), &record, &everybody);
            let half = replay::played_by(&record, half_of(&exercise, seed));
            let half = play(&exercise, &half);
            assert_same_story(&format!("{id}, seed {seed}, half"), &record, &half);
            let again = replay::replay(&half);
            assert_eq!(
                replay::first_difference(&half, &again),
                None,
                "{id}, seed {seed}"
            );
        }
    }
}

/// Who starts the task that declares, and when.
fn declaration(record: &Record) -> Option<(PersonId, Instance, &Entry)> {
    let plan = record.header.exercise.plan();
    record.entries.iter().find_map(|entry| match &entry.event {
        Event::TaskStarted {
            instance,
            people,
            attempt: 1,
            ..
        } if plan
            .tasks_taking(Measure::Declare)
            .any(|task| task == instance.task) =>
        {
            Some((people[0], *instance, entry))
        }
        _ => None,
    })
}

/// Whether an entry is among those that brought another about.
fn leads_to(record: &Record, from: u32, to: &Entry) -> bool {
    let mut at = to.cause;
    while let Some(number) = at {
        if number == from {
            return true;
        }
        at = record.entry(number).and_then(|entry| entry.cause);
    }
    false
}

/// The milestones on which the declaration bears at once. Later ones also hang on shifts and on who is
/// free, so that a plan may well end sooner for having begun late.
fn milestone(event: &Event) -> bool {
    match event {
        Event::MarkReached { .. } => true,
        Event::PhaseReached { phase, .. } | Event::PhaseCompleted { phase, .. } => {
            *phase == Phase::Assessment
        }
        _ => false,
    }
}

fn first<'r>(record: &'r Record, event: &Event) -> Option<&'r Entry> {
    record.entries.iter().find(|entry| entry.event == *event)
}

/// When each piece of work was started and ended in one go, by whom.
fn durations(record: &Record) -> BTreeMap<Instance, (ExerciseTime, Span, Vec<PersonId>)> {
    let mut durations = BTreeMap::new();
    for (i, entry) in record.entries.iter().enumerate() {
        let Event::TaskStarted {
            instance,
            people,
            attempt: 1,
            ..
        } = &entry.event
        else {
            continue;
        };
        let next = record.entries[i + 1..].iter().find(|later| {
            matches!(&later.event, Event::TaskEnded { instance: of, .. } | Event::TaskPaused { instance: of, .. } if of == instance)
        });
        if let Some(ended) = next.filter(|next| matches!(next.event, Event::TaskEnded { .. })) {
            let what = (entry.at, ended.at - entry.at, people.to_vec());
            durations.insert(*instance, what);
        }
    }
    durations
}

/// The acts of a simulation, in which the declaration comes later and stand-ins act from then on.
fn late(record: &Record, played: Vec<PersonId>, by: Span) -> Setup {
    let (person, instance, declared) = declaration(record).expect("it is declared");
    let mut setup = replay::played_by(record, played);
    let to = declared.at + by;
    let starts =
        |act: &HumanAct| matches!(act, HumanAct::Start { task, .. } if task.fits(instance));
    setup.actions.retain(|action| {
        action.at < declared.at || (action.at == declared.at && !starts(&action.does))
    });
    setup.actions.push(Action {
        at: to,
        person: Some(person),
        does: HumanAct::Start {
            task: Which::exactly(instance),
            with: Vec::new(),
        },
        hand: None,
    });
    setup.actions.push(Action {
        at: to,
        person: None,
        does: HumanAct::MoveClock {
            to: record.header.exercise.parts().limit,
        },
        hand: None,
    });
    setup
}

#[test]
fn who_declares_twenty_minutes_late_delays_what_follows_from_it_and_changes_no_other_draw() {
    let by = Span::minutes(20);
    let (mut delayed, mut equal) = (0, 0);
    for (id, exercise) in shipped() {
        for seed in 0..3 {
            let record = simulated(&exercise, seed);
            let Some((person, piece, declared)) = declaration(&record) else {
                continue;
            };
            // What is laid aside for a call or a rest may well end sooner for having begun later.
            let in_one_go = durations(&record).contains_key(&piece);
            let people = exercise.organisation().people.len();
            for played in [vec![person], (0..people).map(PersonId::new).collect()] {
                let what = format!("{id}, seed {seed}, {} played", played.len());
                let later = play(&exercise, &late(&record, played, by));
                let again = replay::replay(&later);
                assert_eq!(replay::first_difference(&later, &again), None, "{what}");
                let (who, _, now) = declaration(&later).expect("it is declared, if late");
                if who != person {
                    // Where somebody else may, the engine lets them do it for those it plays.
                    assert!(now.at - declared.at < by, "{what}");
                    continue;
                }
                assert_eq!(now.at - declared.at, by, "{what}");
                let reached = record.entries.iter().filter(|of| milestone(&of.event));
                for entry in reached {
                    if first(&record, &entry.event).map(|of| of.number) != Some(entry.number)
                        || !leads_to(&record, declared.number, entry)
                    {
                        continue;
                    }
                    let Some(moved) = first(&later, &entry.event) else {
                        continue;
                    };
                    // What others bring about meanwhile no longer waits for the declaration.
                    if !in_one_go || !leads_to(&later, now.number, moved) {
                        continue;
                    }
                    assert!(moved.at >= entry.at, "{what}: {:?} is sooner", entry.event);
                    delayed += usize::from(moved.at > entry.at);
                }
                let (before, after) = (durations(&record), durations(&later));
                for (instance, (from, span, people)) in before {
                    if let Some((at, took, by)) = after.get(&instance)
                        && (from, &people) == (*at, by)
                    {
                        assert_eq!(span, *took, "{what}: {instance:?}");
                        equal += 1;
                    }
                }
            }
        }
    }
    assert!(delayed > 0 && equal > 0, "{delayed} delayed, {equal} equal");
}

/// How much later each phase is complete whose trace leads over the declaration, in one pair of runs.
fn delays(exercise: &Arc<Exercise>, seed: u64, by: Span) -> Vec<(Phase, i64)> {
    let record = simulated(exercise, seed);
    let Some((person, instance, _)) = declaration(&record) else {
        return Vec::new();
    };
    let later = play(exercise, &late(&record, vec![person], by));
    if declaration(&later).map(|(who, ..)| who) != Some(person) {
        return Vec::new();
    }
    let judged = |record| evaluate(exercise, record, Baselines::default());
    let (before, after) = (judged(&record), judged(&later));
    let phases = before.incidents[0].phases.iter();
    let named = phases.filter(|phase| {
        let mut trace = phase.made_of.iter();
        trace.any(|part| part.instance == Some(instance))
    });
    let delays = named.filter_map(|phase| {
        let then = phase.completed.as_ref()?.at;
        let now = after.incidents[0].phases[phase.phase.index()]
            .completed
            .as_ref();
        let now = now.map_or(after.ended_at, |of| of.at);
        Some((phase.phase, (now - then).0))
    });
    delays.collect()
}

/// A phase whose time ran over the declaration is complete later. Phases also hang on shifts, on who is free
/// and on what is read first, so that a few are complete sooner: with chances of a half, sixty phases would
/// have so few as a tenth the other way in less than one of 10^9 cases. Of Assessment, which comes first, fewer
/// than one in twenty are.
#[test]
fn who_declares_twenty_minutes_late_delays_the_phases_whose_trace_names_the_declaration() {
    let (mut later, mut sooner) = (0, 0);
    let (mut assessed, mut before) = (0, Vec::new());
    for (id, exercise) in shipped() {
        for seed in 0..60 {
            for (phase, delay) in delays(&exercise, seed, Span::minutes(20)) {
                if phase == Phase::Assessment {
                    assessed += 1;
                    before.extend((delay <= 0).then_some((id, seed, delay)));
                } else {
                    later += usize::from(delay > 0);
                    sooner += usize::from(delay < 0);
                }
            }
        }
    }
    assert!(assessed > 0, "no trace names the declaration");
    assert!(before.len() * 20 < assessed, "of {assessed} {before:?}");
    assert!(
        later > 40 && sooner * 10 <= later,
        "{later} later, {sooner} sooner"
    );
}
