//! Which of several pieces is taken first, and by which of several people.

use super::preempting::two;
use super::presence::play;
use super::staffing::{called, runs};
use crate::exercise::{
    Addressee, Experience, Function, Law, Measure, Parts, PersonId, Phase, RoleId, Severity, Span,
    TaskId,
};
use crate::record::{Event, Record};
use crate::simulation::fixture::{person, role, task};

fn starts(record: &Record) -> Vec<(TaskId, Vec<PersonId>)> {
    let started = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            } => Some((instance.task, people.to_vec())),
            _ => None,
        });
    started.collect()
}

#[test]
fn of_equal_priority_what_leads_comes_first_and_then_the_phases_in_the_order_of_their_haste() {
    let log = |name: &str, phase| task(name, phase, Measure::Log);
    let tasks = vec![
        log("a", Phase::Recovery),
        log("b", Phase::Resolution),
        log("c", Phase::Identification),
        log("d", Phase::Assessment),
        log("e", Phase::Response),
        task("f", Phase::Closure, Measure::Classify),
        log("g", Phase::Response),
    ];
    let mut parts = called(tasks);
    parts.organisation.tireless = true;
    // Tasks of Closure wait for Recovery; this one classifies, in another phase.
    parts.plan.tasks[5].phase = Phase::Assessment;
    let order: Vec<usize> = starts(&runs(parts, 1)[0])
        .into_iter()
        .map(|(task, _)| task.index())
        .collect();
    assert_eq!(order, [5, 4, 6, 3, 2, 1, 0]);
}

#[test]
fn what_matters_most_comes_first_then_the_kind_then_what_waited_longest_then_the_id() {
    let mut parts = two(Severity::High);
    let delayed = |name: &str, phase, delay: Option<Span>| {
        let mut one = task(name, phase, Measure::Log);
        one.delay = delay.map(Law::Fixed);
        one
    };
    let mut busy = delayed("a-busy", Phase::Response, None);
    busy.takes = Law::Fixed(Span::hours(2));
    parts.plan.tasks = vec![
        busy,
        delayed("b-back", Phase::Recovery, None),
        delayed("c-late", Phase::Response, Some(Span::minutes(30))),
        delayed("d-soon", Phase::Response, None),
        delayed("e-soon", Phase::Response, None),
    ];
    let started = play(parts).entries.into_iter().filter_map(|entry| {
        let Event::TaskStarted { instance, .. } = entry.event else {
            return None;
        };
        Some((instance.incident.index(), instance.task.index()))
    });
    let started: Vec<(usize, usize)> = started.collect();
    // The second incident, which is more severe, becomes known while the first piece is worked on.
    let greater = [(1, 0), (1, 3), (1, 4), (1, 2), (1, 1)];
    let lesser = [(0, 3), (0, 4), (0, 2), (0, 1)];
    assert_eq!(started, [&[(0, 0)], &greater[..], &lesser].concat());
}

const ADA: usize = 0;
const BO: usize = 1;

/// Two analysts who are alike, and a board that is nobody; a first task, and a second after it.
fn two_alike() -> Parts {
    let mut first = task("a-first", Phase::Assessment, Measure::Log);
    first.takes = Law::Fixed(Span::HOUR);
    let mut second = task("b-second", Phase::Assessment, Measure::Log);
    second.after = vec![TaskId::new(0)];
    let mut parts = called(vec![first, second]);
    parts.organisation.tireless = true;
    parts.organisation.people = vec![person("ada"), person("bo"), person("cy")];
    parts.organisation.roles = vec![role("analyst"), role("board"), role("other")];
    let roles = &mut parts.organisation.roles;
    roles[0].functions = vec![Function::Analyst];
    roles[0].holders = vec![PersonId::new(ADA), PersonId::new(BO)];
    roles[1].functions = vec![Function::Executive];
    roles[1].holders = vec![PersonId::new(2)];
    roles[2].functions = vec![Function::Legal];
    roles[2].holders = vec![PersonId::new(2)];
    parts
}

fn taker(parts: Parts, task: usize) -> PersonId {
    let mut taken = starts(&runs(parts, 1)[0]).into_iter();
    let found = taken.find(|(of, _)| of.index() == task);
    found.expect("somebody takes it").1[0]
}

#[test]
fn of_several_who_could_the_best_takes_the_work() {
    let (ada, bo) = (PersonId::new(ADA), PersonId::new(BO));
    assert_eq!(taker(two_alike(), 0), ada, "the first id");
    let mut parts = two_alike();
    parts.organisation.people[BO].experience = [Experience::Much; 6];
    assert_eq!(taker(parts.clone(), 0), bo, "the most experience");
    assert_eq!(taker(parts.clone(), 1), bo, "and who did what came before");
    parts.organisation.roles[2].holders = vec![bo];
    assert_eq!(taker(parts.clone(), 0), ada, "before that the fewest roles");
    parts.plan.tasks[0].by = Addressee::Role(RoleId::new(2));
    parts.scenario.injects[0].to = Addressee::Role(RoleId::new(2));
    assert_eq!(
        taker(parts.clone(), 1),
        bo,
        "before that, who did what came before"
    );
}

#[test]
fn who_has_the_authority_is_preferred_to_who_had_to_ask_for_it() {
    let mut parts = two_alike();
    let second = &mut parts.plan.tasks[1];
    second.approval = Some(Addressee::Function(Function::Executive));
    parts.organisation.roles[0].may = Vec::new();
    parts.organisation.roles[1].holders = vec![PersonId::new(BO)];
    // Ada did what came before, and has fewer roles.
    assert_eq!(taker(parts.clone(), 0), PersonId::new(ADA));
    assert_eq!(taker(parts, 1), PersonId::new(BO));
}

#[test]
fn what_was_reported_is_registered_before_it_is_judged_by_who_has_to_do_both() {
    let tasks = vec![
        task("a-judge", Phase::Assessment, Measure::Triage),
        task("b-register", Phase::Identification, Measure::Report),
        task("c-log", Phase::Identification, Measure::Log),
    ];
    let mut parts = called(tasks);
    parts.organisation.tireless = true;
    let order: Vec<usize> = starts(&runs(parts, 1)[0])
        .into_iter()
        .map(|(task, _)| task.index())
        .collect();
    assert_eq!(order, [1, 0, 2]);
}
