//! What makes no difference to a run: another way of running the same, and what nobody reads or uses.

use super::runner::{Runner, Verdict, holds_and_can_fail, made, plain, spoiled};
use crate::exercise::{
    AssetKind, ChannelKind, Condition, Exercise, ExerciseTime, Experience, Parts, Selector, Span,
    WeeklyHours,
};
use crate::generator::{self, Numbers};
use crate::record::wire::Named;
use crate::record::{Entry, Event, Record, WireEntry};
use crate::replay;
use crate::simulation::{Provenance, Setup, Simulation, fixture, header, simulate};
use std::sync::Arc;

/// How many exercises each relation is tried on.
const EXERCISES: u64 = 12;

/// The setup of a run: in every third exercise humans act.
fn setup(exercise: &Exercise, seed: u64, run: u64) -> Setup {
    let mut setup = Setup::of(seed, run);
    if seed.is_multiple_of(3) {
        (setup.played, setup.actions) = generator::acts(exercise, seed);
    }
    setup
}

/// The runner to which others are compared.
fn at_once(exercise: &Arc<Exercise>, seed: u64, run: u64) -> Record {
    simulate(exercise, &setup(exercise, seed, run), Provenance::default())
}

fn record(exercise: &Arc<Exercise>, setup: &Setup, entries: Vec<Entry>) -> Record {
    Record {
        header: header(exercise, setup, Provenance::default()),
        entries,
    }
}

/// Two ways of running exercises give the same entries.
fn alike(one: Runner<'_>, other: Runner<'_>) -> Verdict {
    for seed in 0..EXERCISES {
        let exercise = generator::exercise(seed);
        let (a, b) = (one(&exercise, seed, 3), other(&exercise, seed, 3));
        if let Some(number) = replay::first_difference(&a, &b) {
            return Err(format!("exercise {seed} differs from entry {number} on"));
        }
    }
    Ok(())
}

/// A way of running is as good as any other, and one that is not is found out.
fn alike_and_not(way: Runner<'_>, spoiled: &[(&str, Runner<'_>)]) {
    assert_eq!(alike(&at_once, way), Ok(()));
    for (how, spoiled) in spoiled {
        assert!(alike(&at_once, *spoiled).is_err(), "not found out: {how}");
    }
}

#[test]
fn a_run_repeats_itself_and_no_other() {
    let another = |exercise: &Arc<Exercise>, seed, run| at_once(exercise, seed, run + 1);
    let seeded = |exercise: &Arc<Exercise>, seed: u64, run| {
        let of_another = Setup {
            seed: seed + 1,
            ..setup(exercise, seed, run)
        };
        simulate(exercise, &of_another, Provenance::default())
    };
    alike_and_not(
        &at_once,
        &[("another run", &another), ("another seed", &seeded)],
    );
}

#[test]
fn a_run_among_many_is_the_run_alone() {
    let among = |lane: usize| {
        move |exercise: &Arc<Exercise>, seed, run| {
            let setups: Vec<Setup> = (0..5).map(|i| setup(exercise, seed, i)).collect();
            let mut many = Simulation::new(Arc::clone(exercise), &setups);
            many.finish();
            record(
                exercise,
                &setup(exercise, seed, run),
                many.take_entries(lane),
            )
        }
    };
    alike_and_not(&among(3), &[("the lane beside it", &among(2))]);
}

#[test]
fn a_lane_that_was_used_before_is_as_good_as_new() {
    let after = |until: Option<ExerciseTime>, clean: bool| {
        move |exercise: &Arc<Exercise>, seed, run| {
            let own = setup(exercise, seed, run);
            let mut used = Simulation::new(Arc::clone(exercise), &[setup(exercise, seed, 7)]);
            match until {
                Some(until) => used.advance_to(until),
                None => used.finish(),
            }
            if clean {
                used.reset(0, &own);
            }
            used.finish();
            record(exercise, &own, used.take_entries(0))
        }
    };
    let halfway = after(Some(ExerciseTime(Span::hours(5).0)), true);
    let never_cleaned = after(None, false);
    alike_and_not(&after(None, true), &[("it was not reset", &never_cleaned)]);
    alike_and_not(&halfway, &[]);
}

#[test]
fn advancing_in_slices_is_advancing_at_once() {
    let sliced = |to_the_end: bool| {
        move |exercise: &Arc<Exercise>, seed, run| {
            let own = setup(exercise, seed, run);
            let mut numbers = Numbers::new(seed + 1_000);
            let mut sliced = Simulation::new(Arc::clone(exercise), std::slice::from_ref(&own));
            let mut at = ExerciseTime(-Span::DAY.0);
            for _ in 0..60 {
                at = at + Span(1 + numbers.below(Span::hours(9).0 as usize) as i64);
                sliced.advance_to(at);
            }
            if to_the_end {
                sliced.finish();
            }
            record(exercise, &own, sliced.take_entries(0))
        }
    };
    alike_and_not(
        &sliced(true),
        &[("the last slice is missing", &sliced(false))],
    );
}

/// A run that is stopped at the instant of some entry, of which nothing but the record so far is
/// kept, and that goes on from what the record says, with the acts that come later.
fn resumed(exercise: &Arc<Exercise>, seed: u64, run: u64, later_acts: bool) -> Record {
    let own = setup(exercise, seed, run);
    let whole = at_once(exercise, seed, run);
    let at = Numbers::new(seed + 31).below(whole.entries.len());
    let at = whole.entries[at].at.max(ExerciseTime::STARTEX);
    let told = whole.entries.iter().filter(|entry| entry.at <= at).cloned();
    let so_far = record(exercise, &own, told.collect());
    let mut resumed = Simulation::new(Arc::clone(exercise), &[replay::setup_of(&so_far)]);
    resumed.advance_to(at);
    let later = own
        .actions
        .iter()
        .filter(|action| later_acts && action.at > at);
    for action in later {
        resumed.submit(0, action.clone());
    }
    resumed.finish();
    record(exercise, &own, resumed.take_entries(0))
}

#[test]
fn a_run_that_is_stopped_and_resumed_from_its_record_goes_on_as_if_it_had_not_been() {
    let kept = |exercise: &Arc<Exercise>, seed, run| resumed(exercise, seed, run, true);
    let lost = |exercise: &Arc<Exercise>, seed, run| resumed(exercise, seed, run, false);
    alike_and_not(&kept, &[("later acts are lost", &lost)]);
}

#[test]
fn a_record_replays_entry_for_entry() {
    let replayed =
        |exercise: &Arc<Exercise>, seed, run| replay::replay(&at_once(exercise, seed, run));
    let without_acts = |exercise: &Arc<Exercise>, seed, run| {
        let mut record = at_once(exercise, seed, run);
        record
            .entries
            .retain(|entry| !matches!(entry.event, Event::ActionTaken { .. }));
        replay::replay(&record)
    };
    alike_and_not(&replayed, &[("acts are not replayed", &without_acts)]);
}

/// The entries of an exercise and those of a changed one, in written form: by names, not by positions.
fn changed_alike(
    run: Runner<'_>,
    before: impl Fn(&mut Parts),
    change: impl Fn(&mut Parts, &mut Numbers),
) -> Verdict {
    for seed in 0..EXERCISES {
        let mut parts = generator::parts(seed);
        before(&mut parts);
        let mut other = parts.clone();
        change(&mut other, &mut Numbers::new(seed + 5));
        let (one, other) = (made(parts), made(other));
        let (a, b) = (run(&one, seed, 1), run(&other, seed, 1));
        let told = |record: &Record, exercise: &Exercise| -> Vec<WireEntry> {
            let entries = record.entries.iter();
            entries.map(|entry| entry.write(exercise.names())).collect()
        };
        let (a, b) = (told(&a, &one), told(&b, &other));
        let differ = a.iter().zip(&b).find(|(a, b)| a != b);
        if let Some((a, b)) = differ {
            return Err(format!("exercise {seed}: {a:?} became {b:?}"));
        }
        if a.len() != b.len() {
            return Err(format!(
                "exercise {seed}: {} and {} entries",
                a.len(),
                b.len()
            ));
        }
    }
    Ok(())
}

/// Gives everything that people read another text.
fn rename(parts: &mut Parts) {
    let other = || "Other".to_owned();
    let (o, p, s) = (
        &mut parts.organisation,
        &mut parts.plan,
        &mut parts.scenario,
    );
    (o.name, p.title, p.version) = (other(), other(), other());
    (o.country, o.currency) = (Some(other()), Some(other()));
    (s.title, s.synopsis, s.actor) = (other(), other(), other());
    let texts = o.assets.iter_mut().map(|x| &mut x.title);
    let texts = texts.chain(o.roles.iter_mut().map(|x| &mut x.title));
    let texts = texts.chain(o.sources.iter_mut().map(|x| &mut x.title));
    let texts = texts.chain(o.stakeholders.iter_mut().map(|x| &mut x.title));
    let texts = texts.chain(p.tasks.iter_mut().map(|x| &mut x.title));
    let texts = texts.chain(p.decisions.iter_mut().map(|x| &mut x.question));
    let texts = texts.chain(p.obligations.iter_mut().map(|x| &mut x.title));
    let injects = s.injects.iter_mut();
    let texts = texts.chain(injects.flat_map(|x| [&mut x.text, &mut x.from]));
    let texts = texts.chain(s.expectations.iter_mut().map(|x| &mut x.text));
    for text in texts {
        *text = other();
    }
}

#[test]
fn names_for_people_to_read_change_nothing() {
    let law = |run: Runner<'_>| changed_alike(run, |_| {}, |parts, _| rename(parts));
    let by_name = spoiled(|parts| {
        if parts.organisation.name == "Other" {
            parts.organisation.people[0].experience = [Experience::Little; 6];
        }
    });
    holds_and_can_fail(law, &[("a name means something", &by_name)]);
}

/// Puts what no list's order depends on into another order.
fn permute(parts: &mut Parts, n: &mut Numbers) {
    fn shuffle<T>(list: &mut [T], n: &mut Numbers) {
        for i in (1..list.len()).rev() {
            list.swap(i, n.below(i + 1));
        }
    }
    shuffle(&mut parts.plan.classification.rules, n);
    shuffle(&mut parts.plan.targets, n);
    shuffle(&mut parts.yardstick.targets, n);
    shuffle(&mut parts.yardstick.rules, n);
    shuffle(&mut parts.scenario.debrief, n);
    if let Condition::All(of) | Condition::Any(of) = &mut parts.scenario.ends {
        of.reverse();
    }
}

#[test]
fn lists_without_an_order_have_none() {
    let law = |run: Runner<'_>| changed_alike(run, |_| {}, permute);
    let first_rule_counts = spoiled(|parts| parts.plan.classification.rules.truncate(1));
    holds_and_can_fail(law, &[("the first of a list counts", &first_rule_counts)]);
    let shuffled = |exercise: &Arc<Exercise>, seed: u64, run| {
        let mut own = setup(exercise, seed, run);
        // Acts of one instant keep their order.
        own.actions.sort_by_key(|action| action.at.0 % 7);
        simulate(exercise, &own, Provenance::default())
    };
    alike_and_not(&shuffled, &[]);
}

/// Adds people, an asset, a channel, a role and an inject that nothing has to do with, before all
/// others, so that every position changes.
fn add_unused(parts: &mut Parts) {
    let mut text = serde_json::to_value(&*parts).unwrap();
    shift_ids(&mut text);
    let mut wider: Parts = serde_json::from_value(text).unwrap();
    let organisation = &mut wider.organisation;
    let idle = crate::exercise::Person {
        channels: organisation.people[0].channels.clone(),
        // Who comes and goes has entries of their own.
        shift: WeeklyHours::default(),
        on_call: WeeklyHours::default(),
        ..fixture::person("0-idle")
    };
    organisation.people.insert(0, idle);
    let shelf = fixture::asset("0-shelf", AssetKind::PaperArchive);
    organisation.assets.insert(0, shelf);
    *parts = wider;
}

/// Moves every reference to a person or an asset on by one, in the written form of the parts.
fn shift_ids(value: &mut serde_json::Value) {
    use serde_json::Value;
    let add = |value: &mut Value| match value {
        Value::Number(n) => *value = Value::from(n.as_u64().unwrap() + 1),
        Value::Array(list) => {
            for one in list {
                match one {
                    Value::Array(pair) => {
                        for of in pair {
                            *of = Value::from(of.as_u64().unwrap() + 1);
                        }
                    }
                    one => *one = Value::from(one.as_u64().unwrap() + 1),
                }
            }
        }
        _ => {}
    };
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                // Where people and assets are referred to, by the name of the field.
                let refers = matches!(
                    name.as_str(),
                    "holders"
                        | "deputies"
                        | "depends_on"
                        | "uses"
                        | "backed_up_by"
                        | "network"
                        | "runs_on"
                        | "Asset"
                );
                if refers {
                    add(field);
                } else {
                    shift_ids(field);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(shift_ids),
        _ => {}
    }
}

/// Further things at the end of their lists.
fn add_more(parts: &mut Parts) {
    let organisation = &mut parts.organisation;
    organisation
        .channels
        .push(fixture::channel("z-letter", ChannelKind::Letter));
    let mut role = fixture::role("z-role");
    role.functions.clear();
    role.holders.clear();
    organisation.roles.push(role);
    let never = crate::exercise::Inject {
        at: None,
        when: Some(Condition::Any(vec![])),
        ..fixture::inject("z-never")
    };
    parts.scenario.injects.push(never);
}

/// A first step is taken on any asset, so the one on the shelf must not be among them; a team of its
/// own keeps roles that nobody needs out of the room.
fn narrow(parts: &mut Parts) {
    for step in &mut parts.scenario.steps {
        if step.targets == Selector::Everything {
            step.targets = Selector::Kind(AssetKind::FileServer);
        }
    }
}

#[test]
fn what_is_never_used_changes_nothing_though_every_position_changes() {
    let law = |run: Runner<'_>| {
        changed_alike(run, narrow, |parts, _| {
            add_unused(parts);
            add_more(parts);
        })
    };
    // As if chance were a matter of how much was drawn before.
    let by_counter = |exercise: &Arc<Exercise>, seed: u64, run: u64| {
        let drawn = exercise.organisation().people.len() as u64;
        plain(exercise, seed + drawn, run)
    };
    let by_position = spoiled(|parts| {
        parts.organisation.people[1].experience = [Experience::Little; 6];
        parts.organisation.people[1].shift = crate::exercise::WeeklyHours::default();
    });
    holds_and_can_fail(
        law,
        &[
            ("chance depends on what was drawn before", &by_counter),
            ("positions mean something", &by_position),
        ],
    );
}
