//! What a player sees: no truth, no inject that is still to come, no message of somebody else, no score.

use super::{PlayerView, View, Viewer};
use crate::exercise::{Exercise, ExerciseTime, Few, Knowable, MessageId, Parts, PersonId, RoleId};
use crate::generator;
use crate::record::{Entry, Event, HumanAct, Origin, Outcome, Record};
use crate::simulation::{Provenance, Setup, simulate};
use crate::situation::Situation;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Begins every text that a player may see only once they got it, or never.
const MARK: &str = "unseen-";

/// The record of a generated exercise with acts at random, whose texts are marked.
fn record(seed: u64) -> Record {
    let parts = marked(generator::parts(seed));
    let exercise = Arc::new(Exercise::new(parts).expect("a marked exercise is valid"));
    let (played, actions) = generator::acts(&exercise, seed);
    let setup = Setup {
        played,
        actions,
        ..Setup::of(seed, 3)
    };
    simulate(&exercise, &setup, Provenance::default())
}

fn marked(mut parts: Parts) -> Parts {
    let scenario = &mut parts.scenario;
    for (i, inject) in scenario.injects.iter_mut().enumerate() {
        inject.text = format!("{MARK}inject-{i}-");
        inject.questions = vec![format!("{MARK}question")];
    }
    for expectation in &mut scenario.expectations {
        expectation.text = format!("{MARK}expectation");
    }
    for objective in &mut scenario.objectives {
        objective.text = format!("{MARK}objective");
    }
    for step in &mut scenario.steps {
        step.technique = format!("{MARK}technique");
    }
    scenario.synopsis = format!("{MARK}synopsis");
    scenario.actor = format!("{MARK}actor");
    scenario.debrief = vec![format!("{MARK}debrief")];
    parts
}

fn viewer(person: PersonId) -> Viewer {
    Viewer::Player(Few::from_slice(&[person]))
}

fn seen(situation: &Situation, person: PersonId) -> PlayerView {
    match situation.view_for(&viewer(person)) {
        View::Player(view) => *view,
        View::All(_) | View::Wall(_) => panic!("a player sees what a player may see"),
    }
}

fn everybody(record: &Record) -> impl Iterator<Item = PersonId> + use<> {
    (0..record.header.exercise.organisation().people.len()).map(PersonId::new)
}

/// What one person noticed, began to read and read, and what their roles learned, by the entries alone.
#[derive(Default)]
struct Own {
    noticed: BTreeSet<MessageId>,
    opened: BTreeSet<MessageId>,
    learned: BTreeSet<(RoleId, Knowable)>,
}

impl Own {
    fn of(entries: &[Entry], roles: &[RoleId], person: PersonId) -> Self {
        let mut own = Self::default();
        for entry in entries {
            match &entry.event {
                Event::MessageNoticed {
                    message,
                    person: who,
                } if *who == person => {
                    own.noticed.insert(*message);
                }
                Event::ReadingStarted {
                    message,
                    person: who,
                }
                | Event::MessageRead {
                    message,
                    person: who,
                } if *who == person => {
                    own.opened.insert(*message);
                }
                Event::FactLearned { role, fact } if roles.contains(role) => {
                    own.learned.insert((*role, *fact));
                }
                _ => {}
            }
        }
        own
    }
}

/// The marks of injects that a person has opened.
fn opened_marks(entries: &[Entry], own: &Own) -> BTreeSet<String> {
    let sent = entries.iter().filter_map(|entry| match &entry.event {
        Event::MessageSent {
            message,
            origin: Origin::Inject { inject, .. },
            ..
        } if own.opened.contains(message) => Some(format!("{MARK}inject-{}-", inject.index())),
        _ => None,
    });
    sent.collect()
}

#[test]
fn no_text_that_a_player_must_not_see_is_in_their_view() {
    let mut texts = 0;
    for seed in 0..60 {
        let record = record(seed);
        let mut situation = Situation::of(&record.header);
        for (place, entry) in record.entries.iter().enumerate() {
            situation.apply(entry);
            if place % 37 != 0 && place + 1 != record.entries.len() {
                continue;
            }
            for person in everybody(&record) {
                let roles = record.header.exercise.roles_held(person);
                let own = Own::of(&record.entries[..=place], roles, person);
                let view = seen(&situation, person);
                let mut text = serde_json::to_string(&view).expect("a view is written");
                for mark in opened_marks(&record.entries[..=place], &own) {
                    texts += text.matches(&mark).count();
                    text = text.replace(&mark, "");
                }
                assert!(!text.contains(MARK), "exercise {seed}, {person:?}: {text}");
                let letters = view.letters.iter().map(|letter| letter.message);
                assert!(letters.into_iter().all(|of| own.noticed.contains(&of)));
                let known = view.known.iter().map(|fact| (fact.role, fact.fact));
                assert!(known.into_iter().all(|fact| own.learned.contains(&fact)));
            }
        }
    }
    assert!(texts > 100, "only {texts} texts were read");
}

/// The record with another truth behind what people can tell: claims that hold or do not, alarms that are
/// true or not, and no entry about what nobody was told.
fn with_another_truth(entries: &[Entry]) -> Vec<Entry> {
    let kept = entries.iter().filter(|entry| {
        !matches!(
            entry.event,
            Event::StepStarted { .. }
                | Event::StepTookEffect { .. }
                | Event::StepStopped { .. }
                | Event::StepFailed { .. }
                | Event::StepEnded { .. }
                | Event::AssetChanged { .. }
                | Event::SignalRaised { .. }
                | Event::FalseAlarmRaised { .. }
                | Event::StaffReported { .. }
                | Event::EvidenceLost { .. }
                | Event::MeasureTaken { .. }
                | Event::MeasureLifted { .. }
                | Event::Contained { .. }
                | Event::ContainmentLost { .. }
                | Event::MarkReached { .. }
                | Event::PhaseReached { .. }
                | Event::PhaseCompleted { .. }
                | Event::PhaseReopened { .. }
                | Event::ObligationCalledFor { .. }
                | Event::ObligationBreached { .. }
                | Event::InjectDelivered { .. }
                | Event::InjectSkipped { .. }
                | Event::ActionTaken {
                    act: HumanAct::Rate { .. } | HumanAct::Tick { .. },
                    ..
                }
        )
    });
    let kept = kept.cloned().map(|mut entry| {
        match &mut entry.event {
            Event::TaskEnded { outcome, .. } => {
                *outcome = match *outcome {
                    Outcome::Done => Outcome::Flawed,
                    Outcome::Flawed => Outcome::Done,
                    other => other,
                };
            }
            Event::MessageSent { origin, .. } => {
                if let Origin::Signal { source, .. } = *origin {
                    *origin = Origin::FalseAlarm { source, ordinal: 9 };
                }
            }
            Event::ObligationNotRequired { sound, .. } => *sound = !*sound,
            _ => {}
        }
        entry
    });
    kept.collect()
}

#[test]
fn what_a_player_sees_does_not_depend_on_the_truth() {
    for seed in 0..60 {
        let record = record(seed);
        let other = with_another_truth(&record.entries);
        assert!(other.len() < record.entries.len());
        for cut in [3, 2, 1] {
            let until = record.entries[record.entries.len() / cut - 1].number;
            let before = |entries: &[Entry]| {
                let within = entries.iter().filter(|entry| entry.number <= until);
                Situation::after(&record.header, within)
            };
            let (one, two) = (before(&record.entries), before(&other));
            for person in everybody(&record) {
                let views = [seen(&one, person), seen(&two, person)].map(timeless);
                assert_eq!(views[0], views[1], "exercise {seed}, {person:?}");
            }
        }
    }
}

/// A view without the instant at which it was made.
fn timeless(mut view: PlayerView) -> PlayerView {
    view.clock.now = ExerciseTime::STARTEX;
    view.clock.moved_until = None;
    view
}

#[test]
fn a_view_changes_by_entries_alone_of_which_the_player_may_know() {
    let mut noticed = 0;
    for seed in 0..25 {
        let record = record(seed);
        let people: Vec<PersonId> = everybody(&record).collect();
        let mut situation = Situation::of(&record.header);
        let mut views: Vec<_> = people
            .iter()
            .map(|of| timeless(seen(&situation, *of)))
            .collect();
        for entry in &record.entries {
            situation.apply(entry);
            for (person, before) in people.iter().zip(&mut views) {
                let told = situation.notice(&viewer(*person), entry).is_some();
                noticed += usize::from(told);
                let now = timeless(seen(&situation, *person));
                assert!(
                    told || now == *before,
                    "exercise {seed}, {person:?}: {entry:?}"
                );
                *before = now;
            }
        }
    }
    assert!(noticed > 1_000, "{noticed}");
}

#[test]
fn the_wall_and_a_player_are_handed_no_entry_and_the_wall_shows_the_clock_alone() {
    for seed in 0..20 {
        let record = record(seed);
        let mut situation = Situation::of(&record.header);
        for entry in &record.entries {
            situation.apply(entry);
            let player = viewer(PersonId::new(0));
            assert!(!Situation::may_read(&Viewer::Wall, entry));
            assert!(!Situation::may_read(&player, entry));
            assert!(Situation::may_read(&Viewer::Facilitator, entry));
            let View::Wall(clock) = situation.view_for(&Viewer::Wall) else {
                panic!("the wall shows what it may");
            };
            assert_eq!(clock, seen(&situation, PersonId::new(0)).clock);
        }
    }
}
