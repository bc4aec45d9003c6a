//! Help does not hurt, where scheduling anomalies are ruled out.
//!
//! In general it can: one more worker can lengthen a schedule with precedence (Graham 1969). Where
//! work comes as it comes, is served in that order, takes as long whoever does it, and is never taken
//! over, one more server lets nothing start later (Kiefer and Wolfowitz 1955).

use super::runner::{Runner, Verdict, holds_and_can_fail, known_from_startex, made, spoiled};
use crate::exercise::{
    Addressee, Exercise, ExerciseTime, Function, Instance, Law, Measure, PersonId, Phase, RoleId,
    Span, Task, TaskId,
};
use crate::generator::Numbers;
use crate::record::{Event, Record};
use crate::simulation::fixture;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Work that comes at random to one role, whose holder may be away for the first days.
fn shop(seed: u64, deputy: bool) -> Arc<Exercise> {
    let n = &mut Numbers::new(seed);
    let mut parts = fixture::parts();
    let organisation = &mut parts.organisation;
    let people = ["deputy", "holder", "lead"].map(fixture::person);
    organisation.people = people.to_vec();
    organisation.roles = vec![fixture::role("handler"), fixture::role("lead")];
    organisation.roles[0].functions = vec![Function::Handler];
    organisation.roles[0].holders = vec![PersonId::new(1)];
    organisation.roles[0].deputies = if deputy {
        vec![PersonId::new(0)]
    } else {
        vec![]
    };
    organisation.roles[1]
        .functions
        .retain(|function| *function != Function::Handler);
    organisation.roles[1].holders = vec![PersonId::new(2)];
    let (today, _) = crate::exercise::Exercise::new(fixture::parts())
        .expect("the fixture is valid")
        .local(ExerciseTime::STARTEX);
    let days = n.below(3) as i32;
    if days > 0 {
        let last = crate::exercise::Day(today.0 + days - 1);
        organisation.people[1].leave = vec![(today, last)];
        // Nobody spends time on calls about work that waits.
        parts.plan.escalation.after = [Span::days(20); 4];
    }
    // Whoever else might help in the end would be help that only the absent get.
    parts.plan.escalation.to.clear();
    known_from_startex(&mut parts);
    let count = 3 + n.below(8);
    // Who is away knows of nothing: the lead, who is there, sees to it that the work is to be done.
    let first = Task {
        by: Addressee::Role(RoleId::new(1)),
        takes: Law::Fixed(Span::SHORTEST),
        ..fixture::task("a-first", Phase::Response, Measure::Brief)
    };
    let work = (0..count).map(|i| Task {
        by: Addressee::Function(Function::Handler),
        after: vec![TaskId::new(0)],
        delay: Some(Law::Fixed(n.minutes(1_200))),
        takes: n.law(180),
        ..fixture::task(&format!("t{i:02}"), Phase::Response, Measure::Brief)
    });
    parts.plan.tasks = std::iter::once(first).chain(work).collect();
    made(parts)
}

/// How long each piece of work waited from ready to its start; to the end of time where it never was.
fn waits(record: &Record) -> BTreeMap<Instance, Span> {
    let mut ready = BTreeMap::new();
    let mut waits = BTreeMap::new();
    for entry in &record.entries {
        match &entry.event {
            Event::TaskReady { instance, .. } => {
                ready.insert(*instance, entry.at);
                waits.insert(*instance, Span(i64::MAX));
            }
            Event::TaskStarted {
                instance,
                attempt: 1,
                ..
            } => {
                waits.insert(*instance, entry.at - ready[instance]);
            }
            _ => {}
        }
    }
    waits
}

/// A deputy of equal skill and without another role makes no wait longer, and some shorter, of work
/// that is served first come, first served.
fn a_deputy_helps(run: Runner<'_>) -> Verdict {
    let mut shorter = 0;
    for seed in 0..60 {
        let alone = waits(&run(&shop(seed, false), seed, 0));
        let helped = waits(&run(&shop(seed, true), seed, 0));
        if alone.keys().ne(helped.keys()) {
            return Err(format!("exercise {seed}: other work"));
        }
        for ((instance, before), after) in alone.iter().zip(helped.values()) {
            if after > before {
                return Err(format!(
                    "exercise {seed}: {instance:?} {before:?} {after:?}"
                ));
            }
            shorter += usize::from(after < before);
        }
    }
    if shorter == 0 {
        return Err("no wait is shorter".to_owned());
    }
    Ok(())
}

#[test]
fn a_deputy_makes_no_wait_longer_and_some_shorter() {
    let ignored = spoiled(|parts| parts.organisation.roles[0].deputies.clear());
    let in_the_way = spoiled(|parts| {
        if !parts.organisation.roles[0].deputies.is_empty() {
            for task in &mut parts.plan.tasks {
                task.people = 2;
            }
        }
    });
    let slower = spoiled(|parts| {
        if !parts.organisation.roles[0].deputies.is_empty() {
            for person in &mut parts.organisation.people {
                person.experience = [crate::exercise::Experience::Little; 6];
            }
        }
    });
    holds_and_can_fail(
        a_deputy_helps,
        &[
            ("the deputy is ignored", &ignored),
            ("the deputy has to be there too", &in_the_way),
            ("with a deputy everybody is slower", &slower),
        ],
    );
}
