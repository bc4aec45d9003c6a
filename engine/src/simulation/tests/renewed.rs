//! Renewed attack: what was complete is open again, and its tasks are done again.

use super::super::fixture::{asset, inject, step, task};
use super::{clinic, exercise};
use crate::exercise::{
    AssetId, AssetKind, Condition, Effect, ExerciseTime, Fact, Knowable, Law, Measure, Object,
    Parts, Phase, Reveal, Selector, Span, StepId, TaskId,
};
use crate::record::{Event, Record};
use crate::simulation::{Policy, Provenance, Setup, simulate};

const FIRST: Span = Span::hours(60);
const SECOND: Span = Span::hours(120);

/// The clinic, where the attacker comes back twice for what was restored.
fn haunted() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    for (name, when) in [("encrypt-b", FIRST), ("encrypt-c", SECOND)] {
        let mut again = step(name, Effect::Encrypt);
        again.targets = Selector::Kind(AssetKind::Database);
        again.when = Some(Condition::Is(Fact::Elapsed(when)));
        parts.scenario.steps.push(again);
        let mut call = inject(&format!("locked-{name}"));
        call.at = Some(ExerciseTime((when + Span::minutes(65)).0));
        call.reveals = vec![
            Reveal::Impact,
            Reveal::Step(StepId::new(parts.scenario.steps.len() - 1)),
        ];
        parts.scenario.injects.push(call);
    }
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::hours(200)));
    let tasks = &mut parts.plan.tasks;
    for task in tasks.iter_mut() {
        task.takes = Law::Fixed(Span::minutes(30));
    }
    // In the order of ids: declare, isolate, look, restore, triage.
    let mut look = task("look", Phase::Response, Measure::Investigate);
    look.after = vec![TaskId::new(1)];
    let mut assemble = task("zz-assemble", Phase::Response, Measure::Activate);
    assemble.after = vec![TaskId::new(0)];
    tasks.insert(2, look);
    tasks[0].after = vec![TaskId::new(4)];
    tasks.push(assemble);
    parts
}

fn play(policy: Policy) -> Record {
    let setup = Setup::of(1, 0).with_policy(policy);
    simulate(&exercise(haunted()), &setup, Provenance::default())
}

fn times(record: &Record, is: impl Fn(&Event) -> bool) -> Vec<Span> {
    let found = record.entries.iter().filter(|entry| is(&entry.event));
    found.map(|entry| Span(entry.at.0)).collect()
}

fn starts(record: &Record, task: usize) -> usize {
    let started = |event: &Event| {
        matches!(event, Event::TaskStarted { instance, attempt: 1, .. }
            if instance.task == TaskId::new(task))
    };
    times(record, started).len()
}

#[test]
fn a_phase_is_re_opened_twice_and_its_tasks_are_done_again_each_time() {
    let record = play(Policy::People);
    let of = |wanted: Phase| move |phase: &Phase| *phase == wanted;
    for phase in [Phase::Response, Phase::Recovery] {
        let is = of(phase);
        let reopened = times(
            &record,
            |event| matches!(event, Event::PhaseReopened { phase, .. } if is(phase)),
        );
        assert_eq!(reopened.len(), 2, "{phase}");
        let completed = times(
            &record,
            |event| matches!(event, Event::PhaseCompleted { phase, .. } if is(phase)),
        );
        assert_eq!(completed.len(), 3, "{phase}");
        assert!(
            completed[0] < reopened[0] && reopened[0] < completed[1],
            "{phase}"
        );
        assert!(
            completed[1] < reopened[1] && reopened[1] < completed[2],
            "{phase}"
        );
        // What the team said of it does not stand for what comes after.
        let said = times(
            &record,
            |event| matches!(event, Event::PhaseDeclaredComplete { phase, .. } if is(phase)),
        );
        assert_eq!(said.len(), 3, "{phase}");
    }
    for task in [1, 2, 3] {
        assert_eq!(starts(&record, task), 3, "task {task}");
    }
    // Declaring and triage belong to another phase, and the team stays assembled.
    for task in [0, 4, 5] {
        assert_eq!(starts(&record, task), 1, "task {task}");
    }
}

#[test]
fn nobody_does_anything_again_before_word_of_the_renewed_attack_has_come() {
    let record = play(Policy::People);
    let ready = times(
        &record,
        |event| matches!(event, Event::TaskReady { instance, .. } if instance.ordinal == 2),
    );
    let called = FIRST + Span::minutes(65);
    assert!(!ready.is_empty());
    assert!(ready.iter().all(|at| *at > called), "{ready:?}");
}

#[test]
fn an_ideal_response_answers_a_renewed_attack_as_soon_as_there_is_something_to_do() {
    let record = play(Policy::Ideal);
    let reopened = times(&record, |event| {
        matches!(
            event,
            Event::PhaseReopened {
                phase: Phase::Response,
                ..
            }
        )
    });
    assert_eq!(reopened.len(), 2);
    assert_eq!(reopened[0], FIRST);
    assert!(starts(&record, 2) >= 3, "it looks again each time");
}
#[test]
fn what_is_done_again_is_done_in_the_order_of_the_plan() {
    // In the order of ids: isolate is 1, restore is 3 and comes after it.
    let number = |record: &Record, is: &dyn Fn(&Event) -> bool| {
        let found = record.entries.iter().find(|entry| is(&entry.event));
        found.expect("it comes to pass").number
    };
    let record = play(Policy::People);
    for again in [2, 3] {
        let isolated = number(&record, &|event| {
            matches!(event, Event::TaskEnded { instance, .. }
                if instance.task == TaskId::new(1) && instance.ordinal == again)
        });
        let restored = number(&record, &|event| {
            matches!(event, Event::TaskReady { instance, .. }
                if instance.task == TaskId::new(3) && instance.ordinal == again)
        });
        assert!(isolated < restored, "the time number {again}");
    }
    // An ideal response sees at once that what it had done meanwhile was undone.
    let ideal = play(Policy::Ideal);
    let recovered = times(&ideal, |event| {
        matches!(
            event,
            Event::PhaseCompleted {
                phase: Phase::Recovery,
                ..
            }
        )
    });
    assert_eq!(recovered.len(), 3);
}

#[test]
fn what_finds_nothing_to_do_again_holds_up_nothing_that_comes_after_it() {
    let mut parts = haunted();
    // A share is struck once, with the database, and cut off by a task of its own.
    parts
        .organisation
        .assets
        .push(asset("share", AssetKind::FileServer));
    let mut share = step("encrypt-share", Effect::Encrypt);
    share.targets = Selector::Kind(AssetKind::FileServer);
    parts.scenario.steps.push(share);
    let told = &mut parts.scenario.injects[0].reveals;
    told.push(Reveal::Step(StepId::new(3)));
    let mut aside = task("isolate-share", Phase::Response, Measure::Isolate);
    aside.takes = Law::Fixed(Span::minutes(30));
    let only = |asset| {
        let both = [Selector::Affected, Selector::Asset(AssetId::new(asset))];
        Object::Assets(Selector::Both(both.to_vec()))
    };
    aside.does[0].on = only(2);
    // In the order of ids: declare, isolate, isolate-share, look, restore, triage, zz-assemble. Each but
    // the last comes after the one before, and triage before all.
    let tasks = &mut parts.plan.tasks;
    tasks.insert(2, aside);
    tasks[1].does[0].on = only(1);
    tasks[0].after = vec![TaskId::new(5)];
    for (before, task) in tasks[1..5].iter_mut().enumerate() {
        task.after = vec![TaskId::new(before)];
    }
    let record = simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default());
    let counts = [1, 2, 3, 4].map(|task| starts(&record, task));
    assert_eq!(counts, [3, 1, 3, 3], "the share is cut off once");
}

/// The clinic, where the attacker comes back unseen for what was restored and takes data out of another
/// system, which is told.
fn robbed() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    let share = asset("share", AssetKind::FileServer);
    parts.organisation.assets.push(share);
    for (name, effect, kind) in [
        ("enter-again", Effect::Compromise, AssetKind::Database),
        ("leak", Effect::Exfiltrate, AssetKind::FileServer),
    ] {
        let mut again = step(name, effect);
        again.targets = Selector::Kind(kind);
        again.when = Some(Condition::Is(Fact::Elapsed(FIRST)));
        parts.scenario.steps.push(again);
    }
    let mut call = inject("told");
    call.at = Some(ExerciseTime((FIRST + Span::minutes(65)).0));
    call.reveals = vec![Reveal::Step(StepId::new(2))];
    parts.scenario.injects.push(call);
    parts.scenario.ends = Condition::Is(Fact::Elapsed(SECOND));
    for task in &mut parts.plan.tasks {
        task.takes = Law::Fixed(Span::minutes(30));
    }
    parts
}

#[test]
fn a_phase_is_said_to_be_complete_by_knowledge_alone() {
    let record = simulate(&exercise(robbed()), &Setup::of(1, 0), Provenance::default());
    let reopened = times(&record, |event| {
        let response = Phase::Response;
        matches!(event, Event::PhaseReopened { phase, .. } if *phase == response)
    });
    assert_eq!(reopened, [FIRST]);
    let learned = times(&record, |event| {
        let leak = Knowable::Step(StepId::new(2));
        matches!(event, Event::FactLearned { fact, .. } if *fact == leak)
    });
    // What the team said of it does not stand once word comes. Where the database was cut off before,
    // nobody knows of anything to cut off, so that it is said again, and not with the next thing that
    // happens: in that instant somebody reads, and nobody does anything.
    let said = times(&record, |event| {
        let response = Phase::Response;
        matches!(event, Event::PhaseDeclaredComplete { phase, .. } if *phase == response)
    });
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0] < FIRST);
    assert_eq!(said[1], learned[0]);
    let mut then = record
        .entries
        .iter()
        .filter(|entry| Span(entry.at.0) == learned[0]);
    let by_reading = |event: &Event| {
        matches!(
            event,
            Event::MessageRead { .. }
                | Event::FactLearned { .. }
                | Event::DeclarationFell { .. }
                | Event::PhaseDeclaredComplete { .. }
        )
    };
    assert!(then.all(|entry| by_reading(&entry.event)));
}
