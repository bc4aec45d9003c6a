//! What a phase needs to be complete, and work that is to be done once more.

use super::staffing::{called, runs, times};
use super::{clinic, exercise};
use crate::exercise::{
    Addressee, AssetKind, Condition, Difficulty, Each, Effect, ExerciseTime, Experience, Fact,
    Function, IncidentId, Knowable, Law, Measure, Object, Parts, Phase, Reveal, Selector, Severity,
    SeverityRule, Span, StakeholderKind, StepId, Task, TaskId,
};
use crate::record::{Event, Outcome, Record};
use crate::simulation::fixture::{inject, obligation, step, task, task_on_affected};
use crate::simulation::{Provenance, Setup, simulate};

/// A plan for everything, one task after the other, in this order.
const PLAN: [(&str, Phase, Measure); 12] = [
    ("a-triage", Phase::Assessment, Measure::Triage),
    ("b-declare", Phase::Assessment, Measure::Declare),
    ("c-isolate", Phase::Response, Measure::Isolate),
    ("d-evict", Phase::Resolution, Measure::Evict),
    ("e-cause", Phase::Resolution, Measure::FindCause),
    ("f-harden", Phase::Resolution, Measure::Harden),
    ("g-rotate", Phase::Resolution, Measure::RotateCredentials),
    ("h-restore", Phase::Recovery, Measure::Restore),
    ("i-review", Phase::Closure, Measure::Review),
    ("j-report", Phase::Closure, Measure::IssueReport),
    ("k-assign", Phase::Closure, Measure::AssignAction),
    ("l-close", Phase::Closure, Measure::Close),
];

#[derive(Clone, Copy, PartialEq)]
enum But {
    /// Everything is done.
    Nothing,
    /// The task is in the plan, and never ready.
    Undone(Measure),
    /// The plan has no such task.
    Lacking(Measure),
}

fn tasks(but: But) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    let mut before = None;
    for (name, phase, measure) in PLAN {
        if but == But::Lacking(measure) {
            continue;
        }
        let on_assets = matches!(
            measure,
            Measure::Isolate | Measure::Evict | Measure::Restore
        );
        let mut one = if on_assets {
            task_on_affected(name, phase, measure)
        } else {
            task(name, phase, measure)
        };
        if measure == Measure::Declare {
            one.by = Addressee::Function(Function::IncidentManager);
        }
        one.after.extend(before);
        if but == But::Undone(measure) {
            one.when = Some(Condition::Is(Fact::Elapsed(Span::days(400))));
        } else {
            before = Some(TaskId::new(tasks.len()));
        }
        tasks.push(one);
    }
    tasks
}

/// A database whose credentials are used to get in, and which is then encrypted.
fn world(but: But) -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    let database = || Selector::Kind(AssetKind::Database);
    let mut enter = step("enter", Effect::Compromise);
    (enter.technique, enter.targets) = ("T1078".to_owned(), database());
    let mut lock = step("lock", Effect::Encrypt);
    (lock.after, lock.targets) = (vec![StepId::new(0)], database());
    parts.scenario.steps = vec![enter, lock];
    let call = &mut parts.scenario.injects[0];
    call.at = Some(ExerciseTime(Span::minutes(125).0));
    call.reveals = [0, 1].map(|i| Reveal::Step(StepId::new(i))).to_vec();
    parts.plan.tasks = tasks(but);
    parts
}

fn play(but: But) -> Record {
    run(world(but))
}

fn run(parts: Parts) -> Record {
    simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default())
}

fn complete(record: &Record, wanted: Phase) -> Option<ExerciseTime> {
    let completed = times(
        record,
        |event| matches!(event, Event::PhaseCompleted { phase, .. } if *phase == wanted),
    );
    completed.last().copied()
}

#[test]
fn every_part_of_a_phase_that_the_plan_has_a_task_for_is_needed_to_complete_it() {
    let whole = play(But::Nothing);
    for phase in Phase::ALL {
        assert!(complete(&whole, *phase).is_some(), "{phase}");
    }
    for (measure, phase) in [
        (Measure::Declare, Phase::Assessment),
        (Measure::Evict, Phase::Resolution),
        (Measure::FindCause, Phase::Resolution),
        (Measure::Harden, Phase::Resolution),
        (Measure::RotateCredentials, Phase::Resolution),
        (Measure::Restore, Phase::Recovery),
        (Measure::Review, Phase::Closure),
        (Measure::IssueReport, Phase::Closure),
        (Measure::AssignAction, Phase::Closure),
        (Measure::Close, Phase::Closure),
    ] {
        let without = play(But::Undone(measure));
        assert_eq!(complete(&without, phase), None, "{phase} without {measure}");
    }
}

#[test]
fn a_part_that_no_task_of_the_plan_can_meet_holds_nothing_up_unless_the_truth_needs_it() {
    for (measure, phase) in [
        (Measure::FindCause, Phase::Resolution),
        (Measure::Harden, Phase::Resolution),
        (Measure::RotateCredentials, Phase::Resolution),
        (Measure::IssueReport, Phase::Closure),
        (Measure::AssignAction, Phase::Closure),
    ] {
        let thin = play(But::Lacking(measure));
        assert!(
            complete(&thin, phase).is_some(),
            "{phase} without {measure}"
        );
    }
    let infected = play(But::Lacking(Measure::Evict));
    assert_eq!(complete(&infected, Phase::Resolution), None);
}

#[test]
fn closure_waits_for_a_clock_that_a_task_can_meet_and_for_no_other() {
    let regulator = StakeholderKind::SectorRegulator;
    let mut parts = world(But::Nothing);
    // Nobody can tell the regulator: no task does.
    parts.plan.obligations = vec![obligation("duty", regulator)];
    let running = |record: &Record| {
        let started = |event: &Event| matches!(event, Event::ClockStarted { .. });
        !times(record, started).is_empty()
    };
    let nobody = run(parts.clone());
    assert!(running(&nobody));
    assert!(complete(&nobody, Phase::Closure).is_some());
    // Somebody can, and never comes to it.
    let mut tell = task("m-tell", Phase::Response, Measure::Notify);
    tell.does[0].on = Object::Stakeholder(regulator);
    tell.when = Some(Condition::Is(Fact::Elapsed(Span::days(400))));
    parts.plan.tasks.push(tell);
    let somebody = run(parts);
    assert!(running(&somebody));
    assert_eq!(complete(&somebody, Phase::Closure), None);
}

#[test]
fn tasks_of_closure_wait_until_recovery_is_complete() {
    let record = play(But::Nothing);
    let review = times(
        &record,
        |event| matches!(event, Event::TaskReady { instance, .. } if instance.task == TaskId::new(8)),
    );
    assert_eq!(Some(review[0]), complete(&record, Phase::Recovery));
}

#[test]
fn recovery_does_not_apply_where_nothing_was_ever_affected() {
    for (effect, applies) in [(Effect::Exfiltrate, false), (Effect::Disrupt, true)] {
        let mut declare = task("declare", Phase::Assessment, Measure::Declare);
        declare.by = Addressee::Function(Function::IncidentManager);
        let mut parts = called(vec![declare]);
        parts.scenario.steps[0].effect = effect;
        let left_out = times(&runs(parts, 1)[0], |event| {
            let phase = Phase::Recovery;
            matches!(event, Event::PhaseNotApplicable { phase: of, .. } if *of == phase)
        });
        assert_eq!(left_out.is_empty(), applies, "{effect:?}");
    }
}

fn is_ready(event: &Event) -> bool {
    matches!(event, Event::TaskReady { .. })
}

#[test]
fn a_severity_is_given_anew_when_new_facts_change_what_the_table_gives() {
    for news in [true, false] {
        let classify = task("classify", Phase::Assessment, Measure::Classify);
        let mut parts: Parts = called(vec![classify]);
        let data = Condition::Is(Fact::Known(Knowable::PersonalData(IncidentId::new(0))));
        parts.plan.classification.rules = vec![SeverityRule {
            level: Severity::High,
            impact: None,
            when: data,
        }];
        let mut later = inject("later");
        later.at = Some(ExerciseTime(Span::hours(8).0));
        if news {
            later.reveals = vec![Reveal::PersonalData];
        }
        parts.scenario.injects.push(later);
        let record = &runs(parts, 1)[0];
        let given: Vec<Severity> = record
            .entries
            .iter()
            .filter_map(|entry| match entry.event {
                Event::Classified { severity, .. } => Some(severity),
                _ => None,
            })
            .collect();
        assert_eq!(times(record, is_ready).len(), 1 + usize::from(news));
        assert_eq!(given.len(), 1 + usize::from(news));
        assert_eq!(given.last() == Some(&Severity::High), news);
    }
}

#[test]
fn the_next_investigation_brings_an_unnoticed_error_to_light_and_the_work_is_done_again() {
    let mut isolate = task_on_affected("isolate", Phase::Assessment, Measure::Isolate);
    isolate.difficulty = Difficulty::High;
    let mut look = task("look", Phase::Response, Measure::Investigate);
    (look.after, look.takes) = (vec![TaskId::new(0)], Law::Fixed(Span::HOUR));
    isolate.after = vec![TaskId::new(2)];
    let triage = task("triage", Phase::Assessment, Measure::Triage);
    let mut parts = called(vec![isolate, look, triage]);
    parts.organisation.people[0].experience = [Experience::Little; 6];
    let mut reopened = 0;
    for record in runs(parts, 60) {
        let flawed = |event: &Event| {
            let outcome = Outcome::Flawed;
            matches!(event, Event::TaskEnded { instance, outcome: of }
                if instance.task == TaskId::new(0) && *of == outcome)
        };
        let looked = record.entries.iter().find(|entry| {
            let sound = matches!(&entry.event, Event::MeasureTaken { measure, effect: true, .. }
                if *measure == Measure::Investigate);
            sound && times(&record, flawed).first() < Some(&entry.at)
        });
        let (Some(looked), false) = (looked, times(&record, flawed).is_empty()) else {
            continue;
        };
        let again = record.entries.iter().find(|entry| {
            matches!(entry.event, Event::TaskReopened { instance } if instance.task == TaskId::new(0))
        });
        let again = again.expect("the error comes to light");
        assert_eq!(again.cause, Some(looked.number));
        let second = times(
            &record,
            |event| matches!(event, Event::TaskReady { instance, .. } if instance.task == TaskId::new(0) && instance.ordinal == 2),
        );
        assert_eq!(second, [looked.at]);
        reopened += 1;
    }
    assert!(reopened > 2, "{reopened}");
}

#[test]
fn work_that_ends_in_the_instant_of_a_step_still_stops_it() {
    let outcome = |takes: Span| {
        let mut isolate = task_on_affected("isolate", Phase::Response, Measure::Isolate);
        isolate.after = vec![TaskId::new(1)];
        let triage = task("triage", Phase::Assessment, Measure::Triage);
        let mut parts = called(vec![isolate, triage]);
        let mut leak = step("leak", Effect::Exfiltrate);
        (leak.takes, leak.stopped_by) = (Law::Fixed(takes), vec![Measure::Isolate]);
        parts.scenario.steps.push(leak);
        runs(parts, 1).remove(0)
    };
    let isolated = |record: &Record| {
        let taken = times(
            record,
            |event| matches!(event, Event::MeasureTaken { measure, .. } if *measure == Measure::Isolate),
        );
        taken[0]
    };
    let at = isolated(&outcome(Span::days(20)));
    for (earlier, stops) in [(Span::ZERO, 1), (Span(1), 0)] {
        let record = outcome(Span(at.0) - earlier);
        let stopped = times(&record, |event| matches!(event, Event::StepStopped { .. }));
        assert_eq!((isolated(&record), stopped.len()), (at, stops));
    }
}

#[test]
fn who_takes_an_asset_back_sees_that_its_check_went_wrong_and_it_is_checked_again() {
    let of_asset = |name: &str, measure, after: usize| {
        let mut of = task_on_affected(name, Phase::Recovery, measure);
        of.after = vec![TaskId::new(after)];
        of
    };
    let accept = of_asset("a-accept", Measure::Accept, 1);
    let mut check = of_asset("b-check", Measure::Verify, 2);
    check.difficulty = Difficulty::High;
    let correct = of_asset("c-correct", Measure::Correct, 3);
    let triage = task("d-triage", Phase::Assessment, Measure::Triage);
    let mut parts = called(vec![accept, check, correct, triage]);
    for task in &mut parts.plan.tasks[..2] {
        task.each = Each::Asset;
    }
    parts.organisation.people[0].experience = [Experience::Little; 6];
    let mut seen = 0;
    for record in runs(parts, 400) {
        let entries = || record.entries.iter();
        let wrong = entries().find(|entry| {
            matches!(entry.event, Event::TaskEnded { instance, outcome: Outcome::Flawed }
                if instance.task == TaskId::new(1))
        });
        let Some(wrong) = wrong else { continue };
        let after = || entries().filter(|entry| entry.number > wrong.number);
        let light = after().find(|entry| {
            matches!(entry.event, Event::TaskReopened { instance } if instance.task == TaskId::new(1))
        });
        let light = light.expect("it comes to light");
        let cause = &record.entries[light.cause.expect("by the acceptance") as usize - 1];
        assert!(
            matches!(cause.event, Event::TaskEnded { instance, .. } if instance.task == TaskId::new(0))
        );
        let taken = |wanted| {
            after().filter(move |entry| {
                matches!(entry.event, Event::MeasureTaken { measure, effect: true, .. } if measure == wanted)
            })
        };
        let checked = taken(Measure::Verify).next().expect("it is checked again");
        let mut back = taken(Measure::Accept);
        assert!(back.any(|entry| entry.number > checked.number));
        seen += 1;
    }
    assert!(seen > 2, "{seen}");
}
