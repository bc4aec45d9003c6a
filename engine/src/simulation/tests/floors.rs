//! Work takes at least the time that its measures need.

use super::staffing::{at, called, runs, triage};
use crate::exercise::{
    AssetKind, Difficulty, Each, Effect, Exercise, Experience, Law, Measure, Parts, Phase, Reveal,
    Selector, Span, StepId, Task, TaskId,
};
use crate::generator;
use crate::record::{Event, Outcome, Record};
use crate::simulation::fixture::{act, asset, inject, person, slug, step, task, task_on_affected};
use crate::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::Arc;

/// How long the first attempt at a task took.
fn lasted(record: &Record, task: usize) -> Span {
    let of = |wanted: fn(&Event) -> Option<TaskId>| {
        let is_it = |entry: &&crate::record::Entry| wanted(&entry.event) == Some(TaskId::new(task));
        record.entries.iter().find(is_it).expect("it was done").at
    };
    let started = of(|event| match event {
        Event::TaskStarted { instance, .. } => Some(instance.task),
        _ => None,
    });
    let ended = of(|event| match event {
        Event::TaskEnded { instance, .. } => Some(instance.task),
        _ => None,
    });
    ended - started
}

/// A task on what is affected, after the triage.
fn after_triage(measure: Measure, takes: Span) -> Task {
    Task {
        after: vec![TaskId::new(1)],
        takes: Law::Fixed(takes),
        ..task_on_affected("act", Phase::Response, measure)
    }
}

/// Two analysts; one database is known to be altered at first, and later fifteen file servers as well.
fn wider(act: Task) -> Parts {
    let mut parts = called(vec![act, triage(Span::HOUR)]);
    parts.organisation.people = vec![person("ada"), person("bo")];
    parts.organisation.roles[0].holders = [0, 1].map(crate::exercise::PersonId::new).to_vec();
    let servers = (0..15).map(|i| asset(&format!("file-{i:02}"), AssetKind::FileServer));
    let database = asset("database", AssetKind::Database);
    parts.organisation.assets = std::iter::once(database).chain(servers).collect();
    let on = |name: &str, kind| {
        let mut alter = step(name, Effect::Alter);
        alter.targets = Selector::Kind(kind);
        alter
    };
    parts.scenario.steps = vec![
        on("first", AssetKind::Database),
        on("second", AssetKind::FileServer),
    ];
    let mut more = inject("more");
    more.at = Some(at(Span::minutes(215)));
    more.reveals = vec![Reveal::Step(StepId::new(1))];
    parts.scenario.injects.push(more);
    parts
}

fn one(parts: Parts) -> Record {
    runs(parts, 1).remove(0)
}

#[test]
fn a_task_below_its_floors_gives_the_entries_of_the_same_task_written_at_its_floors() {
    let mut shorter = 0;
    for seed in 0..60 {
        let mut parts = generator::parts(seed);
        parts.organisation.tireless = false;
        let written = |takes: fn(&Task) -> Span| {
            let mut parts = parts.clone();
            for task in &mut parts.plan.tasks {
                if task.floor(|_| 1) > Span::SECOND {
                    task.takes = Law::Fixed(takes(task));
                }
            }
            let exercise = Arc::new(Exercise::new(parts).expect("it is valid"));
            simulate(&exercise, &Setup::of(seed, 0), Provenance::default()).entries
        };
        let at_floors = written(|task| task.floor(|_| 1));
        for takes in [
            |_: &Task| Span::SECOND,
            |task: &Task| Span(task.floor(|_| 1).0 - 1),
        ] {
            assert_eq!(written(takes), at_floors, "seed {seed}");
        }
        let above = written(|task| task.floor(|_| 1) + Span::HOUR);
        shorter += usize::from(above != at_floors);
    }
    assert!(shorter > 30, "only {shorter} exercises work at all");
}

#[test]
fn the_floor_of_work_on_several_assets_grows_with_their_number() {
    let minutes = |kinds: usize, measure| {
        let mut parts = called(vec![
            after_triage(measure, Span::SECOND),
            triage(Span::HOUR),
        ]);
        let names = (0..kinds).map(|i| format!("files-{i}"));
        let files = names.map(|name| asset(&name, AssetKind::FileServer));
        parts.organisation.assets = files.collect();
        parts.scenario.steps[0].targets = Selector::Everything;
        lasted(&one(parts), 0).0 / Span::MINUTE.0
    };
    assert_eq!(minutes(1, Measure::Evict), 10);
    assert_eq!(minutes(4, Measure::Evict), 40);
    assert_eq!(minutes(4, Measure::Harden), 10);
}

#[test]
fn work_done_once_for_each_asset_has_the_floor_of_one() {
    let mut act = after_triage(Measure::Evict, Span::SECOND);
    act.each = Each::Asset;
    let record = one(wider(act));
    assert_eq!(lasted(&record, 0), Span::minutes(10));
}

#[test]
fn who_hears_of_more_assets_meanwhile_works_on() {
    let evict = |takes| lasted(&one(wider(after_triage(Measure::Evict, takes))), 0);
    let reads = Span::minutes(3);
    // Sixteen assets, where one was known of when the work began.
    assert_eq!(evict(Span::hours(2)), Span::minutes(160) + reads);
    assert_eq!(evict(Span::hours(4)), Span::hours(4) + reads);
}

#[test]
fn work_that_finds_out_what_it_acts_on_has_the_floor_of_all_that_it_finds() {
    let mut both = after_triage(Measure::Isolate, Span::SECOND);
    let look = act(Measure::Investigate, crate::exercise::Object::Incident);
    both.does.insert(0, look);
    let mut parts = wider(both);
    parts.scenario.injects.pop();
    assert_eq!(lasted(&one(parts), 0), Span::minutes(15 + 16));
}

#[test]
fn a_reason_and_a_laboratory_lift_the_floors_and_nothing_else_does() {
    let plain = after_triage(Measure::Evict, Span::SECOND);
    let reasoned = Task {
        because: Some("an agent does it".to_owned()),
        ..plain.clone()
    };
    let parts = |task: &Task| called(vec![task.clone(), triage(Span::HOUR)]);
    assert_eq!(lasted(&one(parts(&plain)), 0), Span::minutes(10));
    assert_eq!(lasted(&one(parts(&reasoned)), 0), Span::SECOND);
    let mut tireless = parts(&plain);
    tireless.organisation.tireless = true;
    assert_eq!(lasted(&one(tireless), 0), Span::SECOND);
    // Where the short end of a duration is at the floor, a reason changes nothing: it is no way to be
    // faster by a lucky draw.
    let range = |because: &Option<String>| Task {
        takes: Law::Triangle {
            least: Span::minutes(10),
            likely: Span::minutes(11),
            most: Span::minutes(12),
        },
        because: because.clone(),
        ..plain.clone()
    };
    let entries = |task: &Task| one(parts(task)).entries;
    assert_eq!(entries(&range(&reasoned.because)), entries(&range(&None)));
}

#[test]
fn an_ideal_response_has_floors_as_well() {
    let parts = called(vec![
        after_triage(Measure::Evict, Span::SECOND),
        triage(Span::HOUR),
    ]);
    let exercise = Arc::new(Exercise::new(parts).expect("it is valid"));
    let setup = Setup::of(1, 0).with_policy(Policy::Ideal);
    let record = simulate(&exercise, &setup, Provenance::default());
    assert_eq!(lasted(&record, 0), Span::minutes(10));
}

#[test]
fn a_declaration_takes_the_time_of_what_no_task_of_the_plan_does() {
    let after_triage = |name: &str, measure| Task {
        after: vec![TaskId::new(2)],
        takes: Law::Fixed(Span::HOUR),
        ..task(name, Phase::Assessment, measure)
    };
    // The classification, then the declaration, then the triage.
    let takes = |first: Measure, change: fn(&mut Parts)| {
        let mut triage = triage(Span::HOUR);
        triage.slug = slug("c-triage");
        let mut parts = called(vec![
            after_triage("a-other", first),
            after_triage("b-declare", Measure::Declare),
            triage,
        ]);
        change(&mut parts);
        lasted(&one(parts), 1)
    };
    let as_it_is = |_: &mut Parts| {};
    let calls_together: fn(&mut Parts) = |parts| {
        let call = act(Measure::Activate, crate::exercise::Object::Incident);
        parts.plan.tasks[0].does.push(call);
    };
    let whole = takes(Measure::Classify, calls_together);
    assert_eq!(whole, Span::HOUR);
    // Without a task that calls the team together, and without one that classifies either.
    let one_left = takes(Measure::Classify, as_it_is);
    let both_left = takes(Measure::Log, as_it_is);
    assert!(
        one_left > whole && both_left > one_left,
        "{one_left:?} {both_left:?}"
    );
    let laboratory = takes(Measure::Log, |parts| parts.organisation.tireless = true);
    assert_eq!(laboratory, whole);
}

/// The measures on an incident of which something is so, in their order. Who declares also does what no task of
/// the plan does: that takes its own time.
fn on_an_incident(is_so: impl Fn(Measure) -> bool) -> Vec<Measure> {
    let all = Measure::ALL.iter().copied();
    let of_incident = all.filter(|of| !of.is_taken_on_assets() && *of != Measure::Declare);
    of_incident.filter(|measure| is_so(*measure)).collect()
}

#[test]
fn to_investigate_and_to_state_the_scope_find_out_what_is_affected_and_nothing_else_does() {
    let finds_out = |measure: Measure| {
        let mut both = after_triage(Measure::Isolate, Span::SECOND);
        let look = act(measure, crate::exercise::Object::Incident);
        both.does.insert(0, look);
        let mut parts = wider(both);
        parts.scenario.injects.pop();
        // Sixteen assets, of which one is known.
        lasted(&one(parts), 0) == measure.floor().time + Span::minutes(16)
    };
    assert_eq!(
        on_an_incident(finds_out),
        [Measure::Investigate, Measure::Scope]
    );
}

#[test]
fn only_who_concludes_something_can_be_wrong_without_anybody_noticing() {
    let can_be_wrong = |measure: Measure| {
        let mut work = task("a-work", Phase::Assessment, measure);
        work.does = vec![act(measure, crate::exercise::Object::Incident)];
        (work.after, work.takes) = (vec![TaskId::new(1)], Law::Fixed(Span::HOUR));
        work.difficulty = Difficulty::High;
        let mut triage = triage(Span::HOUR);
        triage.slug = slug("b-triage");
        let mut parts = called(vec![work, triage]);
        parts.organisation.people[0].experience = [Experience::Little; 6];
        let is_wrong = |event: &Event| {
            matches!(event, Event::TaskEnded { instance, outcome: Outcome::Flawed }
                if instance.task == TaskId::new(0))
        };
        let mut records = runs(parts, 120).into_iter();
        records.any(|record| record.entries.iter().any(|entry| is_wrong(&entry.event)))
    };
    let concluding = [
        Measure::Triage,
        Measure::Classify,
        Measure::Investigate,
        Measure::Scope,
        Measure::FindCause,
    ];
    assert_eq!(on_an_incident(can_be_wrong), concluding);
}
