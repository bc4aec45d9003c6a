//! Before STARTEX people notice and read, and nothing more.

use super::staffing::{at, runs, times};
use crate::exercise::{
    AssetKind, BasisPoints, ChannelKind, Condition, Effect, Exercise, ExerciseTime, Experience,
    Fact, Few, Law, Mark, MessageId, Parts, PersonId, SourceKind, Span, WeeklyHours,
};
use crate::record::{Event, Record};
use crate::simulation::fixture::{asset, channel, office_hours, parts, source, step};
use crate::simulation::{Provenance, Setup, simulate};
use std::sync::Arc;

/// An attack that began so long before STARTEX. A source sees it an hour and a minute later, and writes to
/// ada, who is there round the clock.
fn attacked(before: Span) -> Parts {
    let mut parts = parts();
    parts.onset = ExerciseTime(-before.0);
    parts.organisation.assets = vec![asset("files", AssetKind::FileServer)];
    parts.organisation.channels = vec![channel("mail", ChannelKind::Mail)];
    parts.organisation.sources = vec![source("watch", SourceKind::Edr)];
    parts.scenario.steps = vec![step("alter", Effect::Alter)];
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::days(2)));
    parts
}

/// The same, where the source also raises false alarms.
fn noisy(before: Span, every: Law) -> Parts {
    let mut parts = attacked(before);
    parts.organisation.sources[0].false_alarms = Some(every);
    parts
}

fn seen(record: &Record) -> Option<ExerciseTime> {
    let is_seen = |event: &Event| {
        matches!(
            event,
            Event::MarkReached {
                mark: Mark::Seen,
                ..
            }
        )
    };
    times(record, is_seen).first().copied()
}

fn dealt_with(record: &Record) -> Vec<Few<MessageId>> {
    let entries = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::BacklogDealtWith { messages } => Some((entry.at, messages.clone())),
            _ => None,
        });
    entries
        .map(|(at, messages)| {
            assert_eq!(at, ExerciseTime::STARTEX);
            messages
        })
        .collect()
}

fn misread(record: &Record) -> Vec<MessageId> {
    let entries = record.entries.iter().filter_map(|entry| match entry.event {
        Event::MessageMisread { message, .. } => Some(message),
        _ => None,
    });
    entries.collect()
}

#[test]
fn what_reveals_nothing_and_was_read_before_startex_is_dealt_with_and_one_entry_says_so() {
    let mut parts = noisy(Span::days(12), Law::Fixed(Span::hours(5)));
    parts.organisation.sources[0].sees.clear();
    let record = &runs(parts, 1)[0];
    let dealt_with = dealt_with(record);
    assert_eq!(dealt_with.len(), 1);
    // One in five hours for twelve days, of which the last may still lie there.
    assert!((56..=57).contains(&dealt_with[0].len()), "{dealt_with:?}");
    let noticed = record.entries.iter().filter_map(|entry| match entry.event {
        Event::MessageNoticed { message, .. } => Some(message),
        _ => None,
    });
    assert!(
        noticed
            .into_iter()
            .all(|message| !dealt_with[0].contains(&message))
    );
}

#[test]
fn what_reveals_something_and_was_read_before_startex_is_taken_up_first_and_understood_then() {
    for record in runs(noisy(Span::DAY, Law::Fixed(Span::minutes(20))), 10) {
        let misread = misread(&record);
        assert_eq!(misread.len(), 1);
        let first = record.entries.iter().find_map(|entry| match entry.event {
            Event::ReadingStarted { message, .. } => Some((message, entry.at)),
            _ => None,
        });
        let begun = ExerciseTime(1);
        assert_eq!(first, Some((misread[0], begun)));
        assert_eq!(seen(&record), Some(begun + Span::minutes(3)));
    }
}

#[test]
fn who_is_not_there_at_startex_takes_it_up_on_being_there_next() {
    let mut parts = attacked(Span::hours(11));
    parts.startex += Span::hours(11).0;
    parts.organisation.people[0].shift = office_hours();
    let record = &runs(parts, 1)[0];
    assert_eq!(misread(record).len(), 1);
    // From eight in the evening until nine in the morning.
    let there = at(Span::hours(13)) + Span(1);
    assert_eq!(seen(record), Some(there + Span::minutes(3)));
}

#[test]
fn before_startex_only_who_is_there_notices_and_on_call_only_what_interrupts() {
    let phone = ChannelKind::MobilePhone;
    for (kind, on_call, read) in [
        (phone, true, true),
        (ChannelKind::Mail, true, false),
        (phone, false, false),
    ] {
        let mut parts = attacked(Span::days(3));
        parts.organisation.channels = vec![channel("only", kind)];
        let ada = &mut parts.organisation.people[0];
        ada.shift = WeeklyHours::default();
        if on_call {
            ada.on_call = WeeklyHours::always();
        }
        let record = &runs(parts, 1)[0];
        let what = (kind, on_call);
        assert_eq!(!misread(record).is_empty(), read, "{what:?}");
        // What interrupts somebody on call at STARTEX is taken up then.
        assert_eq!(
            seen(record) == Some(at(Span::minutes(3)) + Span(1)),
            read,
            "{what:?}"
        );
    }
}

/// The numbers of the false alarms that lie unread at STARTEX, and which of them came in the last hours.
fn pile(record: &Record, last: Span) -> (Vec<u32>, Vec<u32>) {
    let dealt_with = dealt_with(record).into_iter().flatten().collect::<Vec<_>>();
    let before = record
        .entries
        .iter()
        .filter(|entry| entry.at < ExerciseTime::STARTEX);
    let sent = before.filter_map(|entry| match entry.event {
        Event::MessageSent { message, .. } if !dealt_with.contains(&message) => {
            Some((message.0, entry.at >= ExerciseTime(-last.0)))
        }
        _ => None,
    });
    let all: Vec<(u32, bool)> = sent.collect();
    let fresh = all
        .iter()
        .filter(|(_, fresh)| *fresh)
        .map(|(message, _)| *message);
    (
        all.iter().map(|(message, _)| *message).collect(),
        fresh.collect(),
    )
}

#[test]
fn startex_moved_within_a_shift_adds_no_more_to_the_unread_pile_than_what_came_in_those_hours() {
    let moved = Span::hours(4);
    let start = |later: Span| {
        let every = Law::Range {
            low: Span::minutes(30),
            high: Span::hours(4),
        };
        let mut parts = noisy(Span::days(12) + later, every);
        parts.organisation.sources[0].sees.clear();
        parts.organisation.people[0].shift = office_hours();
        parts.startex += later.0 + Span::HOUR.0;
        runs(parts, 20)
    };
    let mut piled = 0;
    for (earlier, later) in start(Span::ZERO).iter().zip(&start(moved)) {
        let ((old, _), (new, fresh)) = (pile(earlier, moved), pile(later, moved));
        let added = new.iter().filter(|message| !old.contains(message));
        assert!(added.into_iter().all(|message| fresh.contains(message)));
        piled += old.len();
    }
    assert!(piled > 40, "{piled}");
}

fn early(sources: usize, chance: u16) -> Parts {
    let mut parts = attacked(Span::DAY);
    parts.scenario.early = true;
    let mut watch = source("watch", SourceKind::Edr);
    watch.sees[0].chance = BasisPoints(chance);
    let sources = (0..sources).map(|i| {
        let mut source = watch.clone();
        source.slug = crate::simulation::fixture::slug(&format!("watch{i}"));
        source
    });
    parts.organisation.sources = sources.collect();
    parts
}

/// When people began before STARTEX, where they did.
fn began(record: &Record) -> Option<ExerciseTime> {
    let early = |event: &Event| matches!(event, Event::BeganEarly { .. });
    times(record, early).first().copied()
}

fn earliest_deed(record: &Record) -> Option<ExerciseTime> {
    let by_people = record
        .entries
        .iter()
        .filter(|entry| entry.actor.person().is_some());
    by_people.map(|entry| entry.at).min()
}

#[test]
fn people_begin_early_where_the_scenario_lets_them_and_never_where_it_does_not() {
    for record in runs(early(1, 10_000), 10) {
        let began = began(&record).expect("somebody understands");
        assert!(began < ExerciseTime::STARTEX);
        assert_eq!(earliest_deed(&record), Some(began));
        assert_eq!(seen(&record), Some(began + Span(1)));
        let started = times(&record, |event| matches!(event, Event::ExerciseStarted {}));
        assert_eq!(started, [ExerciseTime::STARTEX]);
    }
    let mut late = early(1, 10_000);
    late.scenario.early = false;
    for record in runs(late, 10) {
        assert_eq!(began(&record), None);
        assert!(earliest_deed(&record) >= Some(ExerciseTime::STARTEX));
    }
}

#[test]
fn a_further_source_raises_the_share_of_runs_that_are_begun_early() {
    let share = |sources| {
        let records = runs(early(sources, 3_000), 60);
        records
            .iter()
            .filter(|record| began(record).is_some())
            .count()
    };
    let (one, two) = (share(1), share(2));
    assert!(
        (8..30).contains(&one) && two > one + 5,
        "{one} and {two} of 60"
    );
}

#[test]
fn who_has_little_experience_misses_a_sign_more_often() {
    let share = |experience| {
        let mut parts = early(1, 10_000);
        parts.organisation.people[0].experience = [experience; 6];
        let records = runs(parts, 100);
        let misread = |record: &&Record| began(record).is_none() && misread(record).len() == 1;
        records.iter().filter(misread).count()
    };
    let (little, nominal) = (share(Experience::Little), share(Experience::Nominal));
    assert!(
        nominal < little && (5..30).contains(&little),
        "{nominal} and {little} of 100"
    );
}

#[test]
fn whom_a_human_plays_does_not_begin_before_the_human_comes() {
    let exercise = Arc::new(Exercise::new(early(1, 10_000)).expect("a fixture is valid"));
    let setup = Setup {
        played: vec![PersonId::new(0)],
        ..Setup::of(1, 0)
    };
    let record = simulate(&exercise, &setup, Provenance::default());
    assert_eq!(began(&record), None);
    assert_eq!(misread(&record).len(), 1);
}
