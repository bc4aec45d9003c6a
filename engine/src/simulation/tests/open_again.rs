//! What was closed, left out or failed, and is to be done after all.

use super::super::fixture::{inject, step, task};
use super::{clinic, exercise};
use crate::exercise::{
    Act, Addressee, AssetId, AssetKind, AssetState, Condition, Each, Effect, ExerciseTime, Fact,
    Function, Law, Measure, Object, Parts, PersonId, Phase, Reveal, Selector, Span, StepId, TaskId,
};
use crate::record::{Action, Edit, Event, HumanAct, Record};
use crate::simulation::{Provenance, Setup, simulate};

const AGAIN: Span = Span::hours(60);
/// The attack takes an hour.
const STRUCK: Span = Span::hours(61);

/// The clinic, whose database is encrypted again after sixty hours; with a review and an end.
fn twice() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    let mut again = step("encrypt-b", Effect::Encrypt);
    again.targets = Selector::Kind(AssetKind::Database);
    again.when = Some(Condition::Is(Fact::Elapsed(AGAIN)));
    parts.scenario.steps.push(again);
    let mut call = inject("locked-again");
    call.at = Some(ExerciseTime((AGAIN + Span::minutes(65)).0));
    call.reveals = vec![Reveal::Impact, Reveal::Step(StepId::new(1))];
    // Injects stand in the order of their ids.
    parts.scenario.injects.push(call);
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::hours(200)));
    for task in &mut parts.plan.tasks {
        task.takes = Law::Fixed(Span::minutes(30));
    }
    // In the order of ids: declare, isolate, restore, triage. Nothing is cut off.
    parts.plan.tasks[1].does[0].measure = Measure::Evict;
    let mut review = task("y-review", Phase::Closure, Measure::Review);
    review.after = vec![TaskId::new(2)];
    let mut close = task("z-close", Phase::Closure, Measure::Close);
    close.after = vec![TaskId::new(4)];
    close.accountable = Some(Addressee::Function(Function::IncidentManager));
    parts.plan.tasks.extend([review, close]);
    parts
}

fn play(parts: Parts, actions: Vec<Action>) -> Record {
    let setup = Setup {
        actions,
        ..Setup::of(1, 0)
    };
    simulate(&exercise(parts), &setup, Provenance::default())
}

fn times(record: &Record, is: impl Fn(&Event) -> bool) -> Vec<Span> {
    let found = record.entries.iter().filter(|entry| is(&entry.event));
    found.map(|entry| Span(entry.at.0)).collect()
}

fn reopened(record: &Record, of: Phase) -> Vec<Span> {
    times(
        record,
        |event| matches!(event, Event::PhaseReopened { phase, .. } if *phase == of),
    )
}

fn completed(record: &Record, of: Phase) -> Vec<Span> {
    times(
        record,
        |event| matches!(event, Event::PhaseCompleted { phase, .. } if *phase == of),
    )
}

fn starts(record: &Record, task: usize) -> Vec<Vec<PersonId>> {
    let started = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            } if instance.task == TaskId::new(task) => Some(people.to_vec()),
            _ => None,
        });
    started.collect()
}

#[test]
fn closure_is_open_again_with_recovery_and_is_gone_through_once_more_in_its_order() {
    let record = play(twice(), Vec::new());
    // From the first step of the renewed attack on: Response is open again before anything goes down.
    assert_eq!(reopened(&record, Phase::Response), [AGAIN]);
    assert_eq!(reopened(&record, Phase::Closure), [AGAIN]);
    assert_eq!(reopened(&record, Phase::Recovery), [STRUCK]);
    let closed = completed(&record, Phase::Closure);
    assert_eq!(closed.len(), 2);
    let recovered = completed(&record, Phase::Recovery);
    assert!(closed[0] < AGAIN && recovered[1] < closed[1], "{closed:?}");
    assert_eq!(starts(&record, 4).len(), 2, "there are two reviews");
    let taken = |of: Measure| {
        times(
            &record,
            move |event| matches!(event, Event::MeasureTaken { measure, .. } if *measure == of),
        )
    };
    let (reviews, ends) = (taken(Measure::Review), taken(Measure::Close));
    assert!(ends[0] < reviews[1] && reviews[1] < ends[1]);
}

/// The same, where what comes after sixty hours is that data leaves.
fn leaks(effect: Effect) -> Parts {
    let mut parts = twice();
    parts.scenario.steps[1].effect = effect;
    parts.scenario.injects[1].reveals = vec![Reveal::Step(StepId::new(1))];
    parts
}

#[test]
fn data_that_leaves_later_opens_response_and_a_complete_closure_again_and_nothing_else() {
    for effect in [Effect::Exfiltrate, Effect::Expose] {
        let record = play(leaks(effect), Vec::new());
        let completed_once = completed(&record, Phase::Closure)[0] < AGAIN;
        assert!(completed_once, "{effect}");
        for phase in Phase::ALL {
            let again = matches!(phase, Phase::Response | Phase::Closure);
            let expected: &[Span] = if again { &[AGAIN] } else { &[] };
            assert_eq!(reopened(&record, *phase), expected, "{effect}, {phase}");
        }
        // Response is complete when it is over; what was closed is closed once more, once it is known.
        assert_eq!(completed(&record, Phase::Response)[1], STRUCK, "{effect}");
        let closed = completed(&record, Phase::Closure);
        assert!(closed.len() == 2 && closed[1] > STRUCK, "{effect}");
        assert_eq!(starts(&record, 2).len(), 1, "{effect}: restored once");
        assert_eq!(starts(&record, 4).len(), 2, "{effect}: reviewed twice");
    }
}

#[test]
fn data_that_leaves_later_changes_nothing_in_a_closure_that_was_not_complete() {
    let mut unclosed = leaks(Effect::Expose);
    // The review is held long after the leak, of which nobody hears.
    unclosed.plan.tasks[4].delay = Some(Law::Fixed(Span::hours(90)));
    unclosed.scenario.injects.truncate(1);
    let mut without = unclosed.clone();
    without.scenario.steps.truncate(1);
    let [leaked, quiet] = [unclosed, without].map(|parts| play(parts, Vec::new()));
    assert_eq!(reopened(&leaked, Phase::Response), [AGAIN]);
    for phase in [Phase::Resolution, Phase::Recovery, Phase::Closure] {
        assert_eq!(reopened(&leaked, phase), [], "{phase}");
        assert_eq!(
            completed(&leaked, phase),
            completed(&quiet, phase),
            "{phase}"
        );
    }
    assert!(completed(&leaked, Phase::Closure)[0] > STRUCK);
}

#[test]
fn the_role_that_is_accountable_closes() {
    let record = play(twice(), Vec::new());
    // Amara leads; Jonas, to whom the task is addressed, does the rest.
    assert_eq!(starts(&record, 5)[0], [PersonId::new(0)]);
    assert_eq!(starts(&record, 4)[0], [PersonId::new(1)]);
}

#[test]
fn a_recovery_that_did_not_apply_does_once_something_goes_down() {
    let mut parts = twice();
    parts.scenario.steps[0].effect = Effect::Exfiltrate;
    parts.scenario.injects[0].reveals = vec![Reveal::Step(StepId::new(0)), Reveal::Real];
    let record = play(parts, Vec::new());
    let left_out = times(
        &record,
        |event| matches!(event, Event::PhaseNotApplicable { phase, .. } if *phase == Phase::Recovery),
    );
    assert_eq!(left_out.len(), 1);
    assert!(left_out[0] < AGAIN);
    assert_eq!(reopened(&record, Phase::Recovery), [STRUCK]);
    let recovered = completed(&record, Phase::Recovery);
    assert_eq!(recovered.len(), 1);
    assert!(recovered[0] > AGAIN);
}

#[test]
fn what_could_not_be_restored_is_when_a_backup_comes_back() {
    let mut parts = twice();
    parts.scenario.steps.truncate(1);
    parts.scenario.injects.truncate(1);
    let backup = |minutes, on| Action {
        at: ExerciseTime(Span::minutes(minutes).0),
        person: None,
        does: HumanAct::Overrule {
            change: Edit {
                asset: AssetId::new(0),
                state: AssetState::Encrypted,
                on,
            },
        },
        hand: None,
    };
    let back = Span::hours(40);
    let record = play(parts, vec![backup(1, true), backup(40 * 60, false)]);
    let tries: Vec<(Span, bool)> = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::MeasureTaken {
                measure: Measure::Restore,
                effect,
                ..
            } => Some((Span(entry.at.0), *effect)),
            _ => None,
        })
        .collect();
    assert!(!tries[0].1 && tries[0].0 < back, "{tries:?}");
    let done = tries.iter().find(|(_, effect)| *effect);
    let done = done.expect("it is restored in the end").0;
    assert!(back < done && done < back + Span::HOUR, "{tries:?}");
}

#[test]
fn what_is_done_for_each_asset_is_done_once_whoever_learns_of_it_and_again_if_it_is_struck_again() {
    let mut parts = twice();
    parts.plan.tasks[1].each = Each::Asset;
    parts.plan.tasks[1].does[0].measure = Measure::Isolate;
    let record = play(parts, Vec::new());
    let isolated = times(&record, |event| {
        matches!(
            event,
            Event::MeasureTaken {
                measure: Measure::Isolate,
                effect: true,
                ..
            }
        )
    });
    assert_eq!(isolated.len(), 2, "{isolated:?}");
    assert!(isolated[0] < AGAIN && AGAIN < isolated[1]);
}

/// When a share is checked that was cut off while only the database ailed, so many assets below it.
fn checked(below: usize) -> Vec<Span> {
    let mut parts = twice();
    parts.scenario.steps.truncate(1);
    parts.scenario.injects.truncate(1);
    // A share on the database, which the plan cuts off by its name.
    let organisation = &mut parts.organisation;
    let mut share = crate::simulation::fixture::asset("share", AssetKind::FileServer);
    share.depends_on = vec![AssetId::new(if below == 1 { 1 } else { 3 })];
    let mut between = crate::simulation::fixture::asset("storage", AssetKind::FileServer);
    between.depends_on = vec![AssetId::new(1)];
    organisation.assets.extend([share, between]);
    parts.plan.tasks[1].does[0].measure = Measure::Isolate;
    parts.plan.tasks[1].does[0].on =
        crate::exercise::Object::Assets(Selector::Asset(AssetId::new(2)));
    let mut check = task("x-check", Phase::Recovery, Measure::Verify);
    check.does[0].on = crate::exercise::Object::Assets(Selector::Affected);
    check.after = vec![TaskId::new(2)];
    parts.plan.tasks.insert(4, check);
    parts.plan.tasks[5].after = vec![TaskId::new(4)];
    parts.plan.tasks[6].after = vec![TaskId::new(5)];
    let tasks = &mut parts.plan.tasks;
    // In the order of ids: declare, isolate, restore, triage, check.
    tasks[..].sort_by(|one, other| one.slug.cmp(&other.slug));
    let record = play(parts, Vec::new());
    let verified = times(&record, |event| {
        matches!(event, Event::MeasureTaken { measure: Measure::Verify, asset: Some(asset), effect: true, .. }
            if *asset == AssetId::new(2))
    });
    assert_eq!(completed(&record, Phase::Recovery).len(), 1, "{below}");
    verified
}

#[test]
fn what_was_only_cut_off_is_checked_and_connected_once_what_it_depends_on_serves() {
    for below in [1, 2] {
        let verified = checked(below);
        assert!(
            !verified.is_empty(),
            "the share is connected again: {below}"
        );
    }
}

#[test]
fn what_was_taken_out_of_service_on_suspicion_alone_is_connected_again() {
    let mut parts = twice();
    parts.scenario.steps.truncate(1);
    parts.scenario.injects.truncate(1);
    let share = AssetId::new(2);
    let asset = crate::simulation::fixture::asset("share", AssetKind::FileServer);
    parts.organisation.assets.push(asset);
    parts.plan.tasks[1].does[0] = Act {
        measure: Measure::Isolate,
        on: Object::Assets(Selector::Asset(share)),
    };
    let mut connect = task("x-connect", Phase::Recovery, Measure::Reconnect);
    connect.does[0].on = Object::Assets(Selector::Affected);
    connect.after = vec![TaskId::new(1)];
    // In the order of ids: declare, isolate, restore, triage, connect, review, close.
    parts.plan.tasks.insert(4, connect);
    parts.plan.tasks[6].after = vec![TaskId::new(5)];
    let record = play(parts, Vec::new());
    let taken = |wanted: Measure| {
        times(&record, |event| {
            matches!(event, Event::MeasureTaken { measure, asset: Some(asset), effect: true, .. }
                if *measure == wanted && *asset == share)
        })
    };
    let (cut, connected) = (taken(Measure::Isolate), taken(Measure::Reconnect));
    assert_eq!((cut.len(), connected.len()), (1, 1));
    assert!(cut[0] < connected[0]);
    // Nobody needs to hear of an outage that the team brought about itself.
    let ready = times(
        &record,
        |event| matches!(event, Event::TaskReady { instance, .. } if instance.task == TaskId::new(4)),
    );
    assert_eq!(ready[0], cut[0]);
}

/// The clinic with an account in other hands, which gets new credentials, is closed, and checked; in
/// this order, so that it has to get new credentials once more.
fn account(closed_by: Measure, leads: Function) -> Parts {
    let on = |measure| Act {
        measure,
        on: Object::Assets(Selector::Affected),
    };
    let mut parts = twice();
    parts.organisation.assets[1].kind = AssetKind::Account;
    parts.scenario.steps.truncate(1);
    parts.scenario.steps[0].effect = Effect::Compromise;
    parts.scenario.steps[0].targets = Selector::Kind(AssetKind::Account);
    parts.scenario.injects.truncate(1);
    parts.scenario.injects[0].reveals = vec![Reveal::Step(StepId::new(0))];
    let [declare, close, renew, triage] = [0, 1, 2, 3].map(|i| parts.plan.tasks[i].clone());
    let mut check = task("check", Phase::Recovery, Measure::Verify);
    (check.does, check.after) = (vec![on(Measure::Verify)], vec![TaskId::new(2)]);
    let mut tasks = vec![check, declare, close, renew, triage];
    tasks[1].after = vec![TaskId::new(4)];
    tasks[1].by = Addressee::Function(leads);
    (tasks[2].does, tasks[2].after) = (vec![on(closed_by)], vec![TaskId::new(3)]);
    tasks[3].does = vec![on(Measure::RotateCredentials), on(Measure::Evict)];
    (tasks[3].phase, tasks[3].after) = (Phase::Resolution, vec![TaskId::new(1)]);
    parts.plan.tasks = tasks;
    parts
}

#[test]
fn an_account_that_is_closed_after_it_got_new_credentials_gets_them_once_more() {
    // Where somebody else asks for the new credentials, the check comes before them, and in vain.
    for (closed_by, leads) in [
        (Measure::DisableAccount, Function::Analyst),
        (Measure::Revoke, Function::Analyst),
        (Measure::Revoke, Function::IncidentManager),
    ] {
        let record = play(account(closed_by, leads), Vec::new());
        let taken = record.entries.iter().filter_map(|entry| match entry.event {
            Event::MeasureTaken {
                measure, effect, ..
            } if measure.home() != Some(Phase::Assessment) => Some((measure, effect)),
            _ => None,
        });
        let taken: Vec<(Measure, bool)> = taken.collect();
        let renewed = (Measure::RotateCredentials, true);
        let all = taken.iter().filter(|taken| **taken == renewed);
        assert_eq!(all.count(), 2, "{taken:?}");
        let in_vain = taken.contains(&(Measure::Verify, false));
        assert_eq!(in_vain, leads == Function::IncidentManager);
        assert_eq!(taken.last(), Some(&(Measure::Verify, true)), "{taken:?}");
    }
}

#[test]
fn what_was_checked_and_is_cut_off_after_that_is_checked_and_connected_once_more() {
    let mut parts = twice();
    parts.scenario.steps.truncate(1);
    parts.scenario.injects.truncate(1);
    let [declare, restore, triage] = [0, 2, 3].map(|i| parts.plan.tasks[i].clone());
    let on_affected = |name: &str, phase, measure, after| {
        let mut one = crate::simulation::fixture::task_on_affected(name, phase, measure);
        one.after = vec![TaskId::new(after)];
        one
    };
    let check = on_affected("check", Phase::Recovery, Measure::Verify, 2);
    let seal = on_affected("seal", Phase::Response, Measure::Isolate, 0);
    parts.plan.tasks = vec![check, declare, restore, seal, triage];
    parts.plan.tasks[1].after = vec![TaskId::new(4)];
    parts.plan.tasks[2].after = vec![TaskId::new(1)];
    let record = play(parts, Vec::new());
    let taken = record.entries.iter().filter_map(|entry| match entry.event {
        Event::MeasureTaken {
            measure,
            asset: Some(_),
            effect: true,
            ..
        } => Some(measure),
        _ => None,
    });
    let expected = [
        Measure::Restore,
        Measure::Verify,
        Measure::Isolate,
        Measure::Verify,
    ];
    assert_eq!(taken.collect::<Vec<_>>(), expected);
}

/// The measures that took effect on assets, in order.
fn taken(record: &Record) -> Vec<Measure> {
    let taken = record.entries.iter().filter_map(|entry| match entry.event {
        Event::MeasureTaken {
            measure,
            asset: Some(_),
            effect: true,
            ..
        } => Some(measure),
        _ => None,
    });
    taken.collect()
}

#[test]
fn an_account_that_was_closed_is_not_cut_off_as_well() {
    for (kind, cut) in [(AssetKind::Account, false), (AssetKind::Database, true)] {
        let mut parts = twice();
        parts.organisation.assets[1].kind = kind;
        parts.scenario.steps.truncate(1);
        parts.scenario.steps[0].effect = Effect::Compromise;
        parts.scenario.steps[0].targets = Selector::Kind(kind);
        parts.scenario.injects.truncate(1);
        parts.scenario.injects[0].reveals = vec![Reveal::Step(StepId::new(0)), Reveal::Real];
        let on_affected = crate::simulation::fixture::task_on_affected;
        let mut close = on_affected("close", Phase::Response, Measure::DisableAccount);
        close.after = vec![TaskId::new(2)];
        let mut cut_off = on_affected("cut-off", Phase::Response, Measure::Isolate);
        cut_off.after = vec![TaskId::new(0)];
        let [mut declare, triage] = [0, 3].map(|i| parts.plan.tasks[i].clone());
        declare.after = vec![TaskId::new(3)];
        parts.plan.tasks = vec![close, cut_off, declare, triage];
        let record = play(parts, Vec::new());
        let done = taken(&record);
        assert!(done.contains(&Measure::DisableAccount), "{done:?}");
        assert_eq!(done.contains(&Measure::Isolate), cut, "{done:?}");
    }
}

#[test]
fn what_was_altered_and_no_worse_is_put_right_where_the_plan_does_that_and_else_restored() {
    for corrects in [true, false] {
        let mut parts = twice();
        parts.scenario.steps.truncate(1);
        parts.scenario.steps[0].effect = Effect::Alter;
        parts.scenario.injects.truncate(1);
        parts.scenario.injects[0].reveals = vec![Reveal::Step(StepId::new(0)), Reveal::Real];
        if corrects {
            let altered = Object::Assets(Selector::InState(AssetState::Altered));
            let mut right = task("zz-right", Phase::Recovery, Measure::Correct);
            right.does = vec![Act {
                measure: Measure::Correct,
                on: altered,
            }];
            right.after = vec![TaskId::new(0)];
            parts.plan.tasks.push(right);
        }
        let record = play(parts, Vec::new());
        let done = taken(&record);
        assert_eq!(done.contains(&Measure::Correct), corrects, "{done:?}");
        assert_eq!(done.contains(&Measure::Restore), !corrects, "{done:?}");
        assert_eq!(completed(&record, Phase::Recovery).len(), 1);
    }
}
