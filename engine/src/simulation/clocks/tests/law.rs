//! Duties of law: they hold whatever the plan says of them.

use super::{AUTHORITY, Play, duty};
use crate::exercise::{
    Clause, Content, Limit, Measure, Object, Obligation, Phase, Span, Task, TaskId,
};
use crate::record::{Event, Verdict};
use crate::simulation::fixture;

/// The task of the duty, another one, and somebody on their own.
fn tellers() -> [Option<TaskId>; 3] {
    [Some(its_task()), Some(another()), None]
}

fn its_task() -> TaskId {
    TaskId::new(0)
}

fn another() -> TaskId {
    TaskId::new(1)
}

/// A duty of law to say of which kind it is and what is affected, and what the plan says of it.
fn of_law(clause: Clause) -> Obligation {
    Obligation {
        law: Some("Act".to_owned()),
        content: vec![Content::Nature, Content::Scope],
        task: (clause != Clause::Missing).then_some(TaskId::new(0)),
        clause,
        ..duty("duty")
    }
}

fn telling(name: &str) -> Task {
    Task {
        does: vec![fixture::act(
            Measure::Notify,
            Object::Stakeholder(AUTHORITY),
        )],
        ..fixture::task(name, Phase::Response, Measure::Notify)
    }
}

/// A play of one duty, with two tasks that tell the authority.
fn play(clause: Clause) -> Play {
    let tasks = vec![telling("a"), telling("b")];
    let mut play = Play::with_tasks(vec![of_law(clause)], tasks);
    play.call_for(0);
    play.aware(0, false);
    play
}

const BOUND: Clause = Clause::Bound { within: None };
const ALL: &[Content] = &[Content::Nature, Content::Scope];
const PART: &[Content] = &[Content::Nature];

#[test]
fn a_duty_that_the_plan_leaves_out_runs_and_is_met_by_whatever_tells_all_that_it_asks_for() {
    for by in tellers() {
        let mut play = play(Clause::Missing);
        let started = |event: &Event| matches!(event, Event::ClockStarted { .. });
        assert_eq!(play.count(started), 1);
        play.notify(by, ALL);
        assert_eq!(play.close(), [Verdict::Met], "{by:?}");
    }
}

#[test]
fn a_duty_that_the_plan_leaves_out_is_not_met_by_less_and_is_breached() {
    for by in tellers() {
        let mut play = play(Clause::Missing);
        play.notify(by, PART);
        play.advance(Span::days(3) + Span(1));
        assert_eq!(play.close(), [Verdict::Breached], "{by:?}");
        play.notify(by, ALL);
        assert_eq!(play.close().pop(), Some(Verdict::Late), "{by:?}");
    }
}

#[test]
fn a_clause_of_the_plan_never_makes_a_duty_of_law_harder_to_meet() {
    for by in tellers() {
        let mut told_all = play(BOUND);
        told_all.notify(by, ALL);
        assert_eq!(told_all.close(), [Verdict::Met], "{by:?}");
    }
    let mut by_its_task = play(BOUND);
    by_its_task.notify(Some(its_task()), PART);
    assert_eq!(by_its_task.close(), [Verdict::Incomplete]);
    let mut by_another = play(BOUND);
    by_another.notify(Some(another()), PART);
    assert_eq!(by_another.close(), [Verdict::Running]);
}

#[test]
fn what_the_plan_leaves_out_is_handed_on_to_nobody() {
    for (clause, verdict) in [
        (BOUND, Verdict::HandedOn),
        (Clause::Missing, Verdict::Running),
    ] {
        let mut play = Play::new(vec![Obligation {
            within: Limit::Months(1),
            task: None,
            ..of_law(clause)
        }]);
        play.aware(0, false);
        assert_eq!(play.close_with(true), [verdict], "{clause:?}");
    }
}

#[test]
fn no_decision_of_the_plan_makes_law_that_truth_calls_for_go_away() {
    let mut called = play(BOUND);
    called.decide(0, true);
    called.advance(Span::days(4));
    assert_eq!(called.close(), [Verdict::Breached]);

    let mut called_later = Play::new(vec![Obligation {
        task: None,
        ..of_law(BOUND)
    }]);
    called_later.aware(0, false);
    called_later.decide(0, true);
    called_later.call_for(0);
    called_later.advance(Span::days(4));
    assert_eq!(called_later.close(), [Verdict::Breached]);

    let mut never_called = Play::new(vec![Obligation {
        task: None,
        ..of_law(BOUND)
    }]);
    never_called.aware(0, false);
    never_called.decide(0, true);
    assert_eq!(never_called.close(), [Verdict::NotRequired]);
}
