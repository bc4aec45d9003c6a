//! Laws of what is said, over everything that can be asked of generated exercises.

use super::{document, json};
use crate::terminal::{Charset, Style, render};
use crate::words::why::{WORDS, sentence};
use crate::words::{People, Subject};
use hotwash_engine::evaluation::why::{Asked, whys};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::exercise::{Exercise, MessageId};
use hotwash_engine::generator;
use hotwash_engine::record::{Event, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use std::sync::Arc;

/// A run of a generated exercise in which some people act by hand, and much of that is refused.
fn run(seed: u64) -> Record {
    let exercise = Exercise::new(generator::parts(seed)).expect("it is generated");
    let exercise = Arc::new(exercise);
    let mut setup = Setup::of(seed, 0);
    (setup.played, setup.actions) = generator::acts(&exercise, seed);
    simulate(&exercise, &setup, Provenance::default())
}

fn questions(record: &Record) -> Vec<Asked> {
    let mut all = Asked::all(&record.header.exercise);
    let entries = record.entries.iter().enumerate();
    let told = entries
        .filter(|(i, entry)| i % 23 == 0 || matches!(entry.event, Event::ActionRejected { .. }));
    all.extend(told.map(|(_, entry)| Asked::Entry(entry.number)));
    all.extend((1..10).map(|number| Asked::Message(MessageId(number))));
    all
}

#[test]
fn a_sentence_is_short_and_a_page_fits_its_screen_whatever_is_asked() {
    for seed in 0..25 {
        let mut record = run(seed);
        // As far as a record goes that was cut.
        if seed % 5 == 4 {
            record.entries.truncate(record.entries.len() / 2);
        }
        let evaluation = evaluate(&record.header.exercise, &record, Baselines::default());
        let subject = Subject::new(
            &record.header.exercise,
            &record,
            &evaluation,
            People::ByRole,
        );
        let asked = questions(&record);
        for why in whys(&record, &evaluation, &asked).into_iter().flatten() {
            let what = format!(
                "seed {seed}, {}",
                why.asked.written(&record.header.exercise)
            );
            let said = sentence(&subject, &why);
            let words = said.split_whitespace().count();
            assert!((4..=WORDS).contains(&words), "{what}: {said}");
            assert!(said.ends_with('.'), "{what}: {said}");
            let document = document(&subject, &why, "r.jsonl");
            for width in [40, 80, 160] {
                let style = Style {
                    width,
                    colour: false,
                    charset: Charset::Ascii,
                };
                let page = render(&document, style);
                assert!(page.is_ascii(), "{what}");
                let widest = page.lines().map(str::len).max();
                assert!(widest <= Some(width.min(Style::WIDEST)), "{what}: {page}");
            }
            let read: serde_json::Value =
                serde_json::from_str(&json(&subject, &why)).expect("it is JSON");
            assert_eq!(read["sentence"], said, "{what}");
        }
    }
}

#[test]
fn every_link_and_every_lack_has_words() {
    for seed in 0..12 {
        let record = run(seed);
        let evaluation = evaluate(&record.header.exercise, &record, Baselines::default());
        let subject = Subject::new(
            &record.header.exercise,
            &record,
            &evaluation,
            People::ByRole,
        );
        for why in whys(&record, &evaluation, &questions(&record))
            .into_iter()
            .flatten()
        {
            for link in &why.links {
                assert!(!crate::words::why::link(&subject, &why, link).is_empty());
            }
            for lack in &why.lacks {
                let said = crate::words::why::lack(&subject, &why, lack);
                assert!(said.len() > 10, "{said}");
            }
        }
    }
}
