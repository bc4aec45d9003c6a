//! What players of shipped content see: no inject that is still to come, no message of somebody else, and
//! nothing that was written for those who run or judge the exercise.

use hotwash_engine::evaluation::{Baselines, FindingKey, evaluate};
use hotwash_engine::exercise::{Exercise, MessageId, Parts, PersonId};
use hotwash_engine::record::{Entry, Event, Origin};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_engine::situation::Situation;
use hotwash_engine::situation::view::{View, Viewer};
use hotwash_scenarios::{Kind, Source, Start, find, library, ready};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Begins every text that a player may see only once they opened it, or never.
const MARK: &str = "unseen-";
/// Views are looked at after so many entries.
const EVERY: usize = 97;

/// Every shipped scenario with the clinic and its plan, and the exercise on one screen; their texts are marked.
fn shipped() -> Vec<(&'static str, Arc<Exercise>)> {
    let source = |kind, id: &str| {
        let item = find(kind, id).expect("the library has it");
        Source::new(item.file, item.text)
    };
    let of = |sources: &[Source]| {
        let ready = ready(sources, &Start::default()).expect("shipped definitions bind");
        let parts = marked(ready.bound.exercise.parts().clone());
        Arc::new(Exercise::new(parts).expect("a marked exercise is valid"))
    };
    let scenarios = library().iter().filter(|item| item.kind == Kind::Scenario);
    let mut shipped: Vec<_> = scenarios
        .map(|item| {
            let sources = [
                source(Kind::Organisation, "marram-street-clinic"),
                source(Kind::Plan, "clinic-response-plan"),
                source(Kind::Scenario, item.id),
            ];
            (item.id, of(&sources))
        })
        .collect();
    let screen = "harbour-street-clinic";
    shipped.push((screen, of(&[source(Kind::Exercise, screen)])));
    shipped
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
    for prompt in &mut scenario.prompts {
        prompt.say = format!("{MARK}prompt");
    }
    scenario.synopsis = format!("{MARK}synopsis");
    scenario.actor = format!("{MARK}actor");
    scenario.debrief = vec![format!("{MARK}debrief")];
    parts
}

/// The marks of the injects that a person opened, by the entries alone.
fn opened(entries: &[Entry], person: PersonId) -> BTreeSet<String> {
    let opened: BTreeSet<MessageId> = entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::ReadingStarted {
                message,
                person: who,
            }
            | Event::MessageRead {
                message,
                person: who,
            } if *who == person => Some(*message),
            _ => None,
        })
        .collect();
    let marks = entries.iter().filter_map(|entry| match &entry.event {
        Event::MessageSent {
            message,
            origin: Origin::Inject { inject, .. },
            ..
        } if opened.contains(message) => Some(format!("{MARK}inject-{}-", inject.index())),
        _ => None,
    });
    marks.collect()
}

#[test]
fn no_text_that_a_player_must_not_see_is_in_their_view() {
    let mut texts = 0;
    for (name, exercise) in shipped() {
        for seed in 1..4 {
            let record = simulate(&exercise, &Setup::of(seed, 0), Provenance::default());
            let mut situation = Situation::of(&record.header);
            for (place, entry) in record.entries.iter().enumerate() {
                situation.apply(entry);
                if place % EVERY != 0 && place + 1 != record.entries.len() {
                    continue;
                }
                for i in 0..exercise.organisation().people.len() {
                    let person = PersonId::new(i);
                    let viewer = Viewer::Player([person].into_iter().collect());
                    let View::Player(view) = situation.view_for(&viewer) else {
                        panic!("a player sees what a player may see");
                    };
                    let mut text = serde_json::to_string(&view).expect("a view is written");
                    for mark in opened(&record.entries[..=place], person) {
                        texts += text.matches(&mark).count();
                        text = text.replace(&mark, "");
                    }
                    assert!(
                        !text.contains(MARK),
                        "{name}, seed {seed}, {person:?}: {text}"
                    );
                }
            }
        }
    }
    assert!(texts > 100, "only {texts} texts were read");
}

#[test]
fn every_finding_has_an_identity_that_is_read_as_it_is_written() {
    for (name, exercise) in shipped() {
        let record = simulate(&exercise, &Setup::of(1, 0), Provenance::default());
        let evaluation = evaluate(&exercise, &record, Baselines::default());
        assert!(!evaluation.findings.is_empty(), "{name}");
        for finding in &evaluation.findings {
            let key = FindingKey::of(&record, finding);
            assert_eq!(FindingKey::parse(&key.to_string()), Some(key), "{name}");
        }
    }
}
