//! Laws of every answer, over generated exercises, with people simulated and played, whole, cut and forged.

use super::{Asked, Fate, How, Missing, Needed, Thing, Why, whys};
use crate::evaluation::as_said::as_said;
use crate::evaluation::criteria::Criteria;
use crate::evaluation::facts::Facts;
use crate::evaluation::trace::trace_piece;
use crate::evaluation::{Baselines, Evaluation, evaluate};
use crate::exercise::{
    AssetState, Exercise, Fact, IncidentId, Knowable, MessageId, Phase, RoleId, TaskId,
};
use crate::generator;
use crate::record::{Entry, Event, Record, Refusal};
use crate::simulation::{Provenance, Setup, simulate};
use std::sync::Arc;

/// How many generated exercises are looked at.
const EXERCISES: u64 = 60;

/// A run of a generated exercise; people act by hand in every second.
fn run(seed: u64) -> Record {
    let exercise = Exercise::new(generator::parts(seed)).expect("it is generated");
    let exercise = Arc::new(exercise);
    let mut setup = Setup::of(seed, 0);
    if seed.is_multiple_of(2) {
        (setup.played, setup.actions) = generator::acts(&exercise, seed);
    }
    simulate(&exercise, &setup, Provenance::default())
}

fn judged(record: &Record) -> Evaluation {
    evaluate(&record.header.exercise, record, Baselines::default())
}

/// Everything that can be asked about: what has a name, every message, and every nth entry.
fn questions(record: &Record, nth: usize) -> Vec<Asked> {
    let mut all = Asked::all(&record.header.exercise);
    let numbers = record.entries.iter().map(|entry| entry.number);
    all.extend(numbers.step_by(nth).map(Asked::Entry));
    let refused = |entry: &&Entry| matches!(entry.event, Event::ActionRejected { .. });
    let refused = record.entries.iter().filter(refused);
    all.extend(refused.map(|entry| Asked::Entry(entry.number)));
    all.extend((1..20).map(|number| Asked::Message(MessageId(number))));
    all
}

fn each(nth: usize, mut look: impl FnMut(u64, &Record, &Evaluation, &Why)) {
    for seed in 0..EXERCISES {
        let record = run(seed);
        let evaluation = judged(&record);
        let asked = questions(&record, nth);
        for why in whys(&record, &evaluation, &asked).into_iter().flatten() {
            look(seed, &record, &evaluation, &why);
        }
    }
}

#[test]
fn links_are_entries_of_the_record_in_order_each_by_its_cause_or_a_stated_reason() {
    each(7, |seed, record, _, why| {
        let what = format!(
            "seed {seed}, {}",
            why.asked.written(&record.header.exercise)
        );
        let pairs = why.links.windows(2);
        assert!(
            pairs.into_iter().all(|of| of[0].entry < of[1].entry),
            "{what}"
        );
        for (place, link) in why.links.iter().enumerate() {
            let entry = record.entry(link.entry).expect(&what);
            assert_eq!(entry.at, link.at, "{what}");
            let before = &why.links[..place];
            match link.how {
                How::Caused => {
                    let cause = entry.cause.expect(&what);
                    assert!(
                        before.iter().any(|it| it.entry == cause),
                        "{what}: {link:?}"
                    );
                }
                How::CalledFor => assert!(!before.is_empty(), "{what}"),
                How::First => assert_eq!(place, 0, "{what}"),
                // What is said of an exercise that is over may follow.
                How::End => assert!(
                    why.links[place + 1..]
                        .iter()
                        .all(|it| it.how == How::Answer),
                    "{what}"
                ),
                How::True | How::Last | How::Answer => {}
            }
        }
    });
}

#[test]
fn the_parts_fill_the_time_and_the_wait_is_a_part_of_the_trace_to_the_millisecond() {
    each(11, |seed, record, evaluation, why| {
        let what = format!(
            "seed {seed}, {}",
            why.asked.written(&record.header.exercise)
        );
        if let (Some(from), Some(until), [first, .., last]) =
            (why.from, why.until, why.made_of.as_slice())
        {
            assert_eq!((first.from, last.until), (from.at, until.at), "{what}");
            let pairs = why.made_of.windows(2);
            assert!(
                pairs.into_iter().all(|of| of[0].until == of[1].from),
                "{what}"
            );
        }
        if let Asked::Phase(phase) = why.asked
            && !matches!(why.fate, Fate::NotApplicable(_))
        {
            let judged = &evaluation.main().phases[phase.index()];
            assert_eq!(why.made_of, judged.made_of, "{what}");
        }
        let Some(wait) = &why.wait else { return };
        let traced = why.made_of.contains(&wait.part) || is_of_root(record, why);
        assert!(traced, "{what}: {:?}", wait.part);
        assert!(wait.kept.iter().all(|of| of.span <= wait.span()), "{what}");
    });
}

/// Whether the wait of a phase that was not complete is a part of the trace of the work that it rests on.
fn is_of_root(record: &Record, why: &Why) -> bool {
    let exercise = &record.header.exercise;
    let criteria = Criteria::of(exercise);
    let entries = as_said(&record.entries);
    let facts = Facts::read(exercise, &criteria, &entries);
    let (Some(wait), Some(lack)) = (&why.wait, why.lacks.last()) else {
        return false;
    };
    let Missing::Open(instance) = lack.missing else {
        return matches!(lack.missing, Missing::Ended(..));
    };
    let origin = why.from.map_or(wait.part.from, |from| from.at);
    let parts = trace_piece(&facts, instance, origin);
    parts
        .iter()
        .any(|part| part.until == wait.part.until && part.category == wait.part.category)
}

/// Whether a task counts as done at the end, by a plain look at the entries.
fn is_done(record: &Record, of: TaskId, incident: IncidentId) -> bool {
    pieces(record, of, incident).iter().any(|(_, done)| *done)
}

/// The pieces of a task by their numbers, each with whether it counts as done at the end.
fn pieces(record: &Record, of: TaskId, incident: IncidentId) -> Vec<(u16, bool)> {
    let mut open: Vec<(u16, bool)> = Vec::new();
    for entry in &record.entries {
        let (instance, done) = match &entry.event {
            Event::TaskEnded { instance, outcome } => (instance, outcome.claims_done()),
            Event::TaskReopened { instance } | Event::TaskStarted { instance, .. } => {
                (instance, false)
            }
            _ => continue,
        };
        if (instance.task, instance.incident) == (of, incident) {
            open.retain(|(ordinal, _)| *ordinal != instance.ordinal);
            open.push((instance.ordinal, done));
        }
    }
    open
}

fn learned(record: &Record, roles: &[RoleId], is: impl Fn(Knowable) -> bool) -> bool {
    record.entries.iter().any(|entry| match entry.event {
        Event::FactLearned { role, fact } => roles.contains(&role) && is(fact),
        _ => false,
    })
}

/// Whether something that is said to be missing was there after all, where a plain look can tell.
fn was_there(record: &Record, why: &Why, of: Thing, missing: &Missing) -> Option<bool> {
    let incident = why.incident;
    let said = |is: &dyn Fn(&Event) -> bool| record.entries.iter().any(|entry| is(&entry.event));
    let exercise = &record.header.exercise;
    Some(match missing {
        Missing::Before(task) | Missing::AnyBefore(task) => is_done(record, *task, incident),
        Missing::Open(instance) => {
            let pieces = pieces(record, instance.task, instance.incident);
            pieces.contains(&(instance.ordinal, true))
        }
        Missing::Severity { from, .. } => {
            let mut last = None;
            for entry in &record.entries {
                if let Event::Classified {
                    incident: of,
                    severity,
                    ..
                } = &entry.event
                    && *of == incident
                {
                    last = Some(*severity);
                }
            }
            last.is_some_and(|given| given >= *from)
        }
        Missing::Phase(phase) => {
            let mut complete = false;
            for entry in &record.entries {
                match entry.event {
                    Event::PhaseCompleted {
                        incident: of,
                        phase: it,
                    } if (of, it) == (incident, *phase) => {
                        complete = true;
                    }
                    Event::PhaseReopened {
                        incident: of,
                        phase: it,
                    } if (of, it) == (incident, *phase) => {
                        complete = false;
                    }
                    _ => {}
                }
            }
            complete
        }
        Missing::Alert(role) => {
            learned(record, &[*role], |fact| fact == Knowable::Alerted(incident))
                && matches!(of, Thing::Task(task) if exercise.task(task).each == crate::exercise::Each::Incident)
        }
        Missing::Sign => said(
            &|event| matches!(event, Event::MarkReached { incident: of, mark: crate::exercise::Mark::Observable } if *of == incident),
        ),
        Missing::Over => !said(
            &|event| matches!(event, Event::IncidentRejected { incident: of, .. } if *of == incident),
        ),
        Missing::Fact {
            fact,
            wanted: true,
            role: Some(_),
            ..
        } => {
            let Thing::Task(task) = of else { return None };
            // Closing is the work of who is accountable for it.
            if exercise.task(task).accountable.is_some() {
                return None;
            }
            let roles = exercise.roles(exercise.task(task).by);
            match fact {
                Fact::Known(what) => learned(record, roles, |fact| fact == *what),
                Fact::AlertRaised => {
                    learned(record, roles, |fact| fact == Knowable::Alerted(incident))
                }
                Fact::Reached(step) => learned(record, roles, |fact| fact == Knowable::Step(*step)),
                Fact::Done(task) => is_done(record, *task, incident),
                Fact::Notified(kind) => said(
                    &|event| matches!(event, Event::StakeholderNotified { stakeholder, .. } if stakeholder == kind),
                ),
                Fact::InState(crate::exercise::Selector::Everything, state)
                    if *state != AssetState::PastRto && *state != AssetState::OutOfService =>
                {
                    learned(
                        record,
                        roles,
                        |fact| matches!(fact, Knowable::Asset(of, _, it) if of == incident && it == *state),
                    )
                }
                _ => return None,
            }
        }
        _ => return None,
    })
}

#[test]
fn what_is_said_to_be_missing_for_what_never_began_was_missing_at_the_end() {
    let (mut never, mut looked, mut unknown) = (0, 0, 0);
    each(1_000, |seed, record, _, why| {
        if !matches!(why.fate, Fate::NeverReady(_)) {
            return;
        }
        never += 1;
        let what = format!(
            "seed {seed}, {}",
            why.asked.written(&record.header.exercise)
        );
        assert!(!why.lacks.is_empty(), "{what}");
        for lack in &why.lacks {
            unknown += usize::from(lack.missing == Missing::Unknown);
            let there = was_there(record, why, lack.of, &lack.missing);
            looked += usize::from(there.is_some());
            assert_ne!(there, Some(true), "{what}: {lack:?}");
        }
        let mut things: Vec<Thing> = why.lacks.iter().map(|lack| lack.of).collect();
        things.sort();
        things.dedup();
        assert_eq!(things.len(), why.lacks.len(), "{what}: a circle");
    });
    assert!(never > 100, "{never}");
    assert!(looked * 2 > never, "{looked} of {never}");
    assert!(
        unknown * 50 <= never,
        "nothing is known to be missing in {unknown} of {never}"
    );
}

#[test]
fn whatever_is_asked_of_whatever_record_has_some_answer() {
    for seed in 0..EXERCISES / 3 {
        let record = run(seed);
        let length = record.entries.len();
        let cut = |until: usize| record.entries[..until].to_vec();
        let thinned = |n: usize| {
            let kept = record.entries.iter().enumerate();
            let kept = kept.filter(|(i, _)| i % n != 1);
            kept.map(|(_, entry)| entry.clone()).collect::<Vec<Entry>>()
        };
        let mut turned = record.entries.clone();
        turned.reverse();
        let forged = [
            cut(0),
            cut(1),
            cut(length / 3),
            thinned(2),
            thinned(5),
            turned,
        ];
        for entries in forged {
            let forged = Record {
                header: record.header.clone(),
                entries,
            };
            let evaluation = judged(&forged);
            let asked = questions(&record, 29);
            let answers = whys(&forged, &evaluation, &asked);
            assert_eq!(answers.len(), asked.len());
        }
    }
}

#[test]
fn a_refused_act_says_what_was_missing_for_it() {
    let (mut refused, mut not_ready) = (0, 0);
    each(100_000, |seed, record, _, why| {
        let Fate::Refused(reason) = why.fate else {
            return;
        };
        refused += 1;
        assert!(why.needed.contains(&Needed::Allowed(reason)), "seed {seed}");
        if reason == Refusal::NotReady {
            not_ready += 1;
            assert!(
                !why.lacks.is_empty(),
                "seed {seed}: {:?}",
                why.asked.written(&record.header.exercise)
            );
        }
    });
    assert!(refused > 50 && not_ready > 10, "{refused}, {not_ready}");
}

#[test]
fn things_are_asked_about_by_kind_and_name_or_by_a_name_that_stands_for_one() {
    let record = run(1);
    let exercise = &record.header.exercise;
    for asked in Asked::all(exercise) {
        assert_eq!(Asked::read(&asked.written(exercise), exercise), Ok(asked));
    }
    assert_eq!(Asked::read("#7", exercise), Ok(Asked::Entry(7)));
    let phase = Ok(Asked::Phase(Phase::Response));
    assert_eq!(Asked::read("Response", exercise), phase);
    for wrong in [
        "",
        ":",
        "#",
        "#x",
        "task:",
        "moon:rise",
        "message:x",
        "task:nothing-such",
    ] {
        assert!(Asked::read(wrong, exercise).is_err(), "{wrong}");
    }
}
