//! Every definition that ships binds, alone and with every other.

use super::{Start, bind, ready};
use crate::definition;
use crate::library::{LibraryItem, library};
use crate::load::{Kind, load};
use crate::notation::Notation;
use crate::source::Source;
use hotwash_engine::exercise::{ExerciseTime, Span};

fn source(item: &LibraryItem) -> Source {
    Source::new(item.file, item.text)
}

fn items(kind: Kind) -> impl Iterator<Item = &'static LibraryItem> {
    library().iter().filter(move |item| item.kind == kind)
}

#[test]
fn every_exercise_that_ships_is_ready() {
    for item in items(Kind::Exercise) {
        let ready = ready(&[source(item)], &Start::default());
        let ready = ready.unwrap_or_else(|problems| panic!("{}: {problems:?}", item.file));
        assert!(!ready.bound.exercise.plan().tasks.is_empty());
    }
}

#[test]
fn every_scenario_binds_with_every_organisation_and_every_plan() {
    for organisation in items(Kind::Organisation) {
        for plan in items(Kind::Plan) {
            for scenario in items(Kind::Scenario) {
                let sources = [organisation, plan, scenario].map(source);
                let names = (organisation.id, plan.id, scenario.id);
                let definitions = load(&sources).unwrap_or_else(|p| panic!("{names:?}: {p:?}"));
                let bound = bind(&definitions, &Start::default());
                let bound = bound.unwrap_or_else(|p| panic!("{names:?}: {p:?}"));
                let parts = bound.exercise.parts();
                assert_eq!(parts.scenario.slug.as_str(), scenario.id);
                assert!(usize::try_from(parts.inputs).unwrap() > parts.defaults.len());
            }
        }
    }
}

#[test]
fn what_is_said_by_the_clock_moves_with_another_start() {
    let small = items(Kind::Exercise).next().expect("one ships");
    // An hour and a half after it starts is asked for by the clock.
    let text = small.text;
    let (_, behind) = text
        .split_once("start: \"")
        .expect("it says when it starts");
    let (start, _) = behind.split_once('"').expect("the text ends");
    let (_, time) = start.split_once(' ').expect("a day and a time");
    let own = definition::Start::parse(start).expect("a start");
    let later = (own.minute + 90) % 1_440;
    let clock = format!("{:02}:{:02}", later / 60, later % 60);
    assert_eq!(time.len(), 5);
    let moved = text.replacen("at: \"20m\"", &format!("at: \"{clock}\""), 1);
    assert_ne!(moved, text);
    for at in [None, Some("Sat 03:00")] {
        let start = Start {
            at: at.map(|at| definition::Start::parse(at).expect("a start")),
            ..Start::default()
        };
        let ready =
            ready(&[Source::new("small.ron", moved.as_str())], &start).expect("it is sound");
        let times: Vec<_> = ready
            .bound
            .exercise
            .scenario()
            .injects
            .iter()
            .filter_map(|it| it.at)
            .collect();
        let expected = ExerciseTime(Span::minutes(90).0);
        assert!(times.contains(&expected), "{at:?}: {times:?}");
    }
}
