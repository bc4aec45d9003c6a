//! Every definition that ships binds, alone and with every other.

use super::{Start, bind, ready};
use crate::library::{LibraryItem, library};
use crate::load::{Kind, load};
use crate::source::Source;

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
