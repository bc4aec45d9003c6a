//! What holds for every document that is handed over.

use super::{Handover, Paper, Part, after_action, html, short};
use crate::fixture::{self, Told};
use crate::words::People;
use hotwash_engine::exercise::Exercise;
use std::collections::BTreeSet;
use std::sync::Arc;

fn papers(told: &Told, handover: &Handover) -> [Paper; 2] {
    let (exercise, record, evaluation) = (&told.exercise, &told.record, &told.evaluation);
    [
        after_action(exercise, record, evaluation, handover),
        short(exercise, record, evaluation, handover),
    ]
}

fn stories() -> [Told; 5] {
    [
        fixture::clinic(),
        fixture::five_minutes(),
        fixture::nobody_home(),
        fixture::three_incidents(),
        fixture::other_scripts(),
    ]
}

#[test]
fn what_a_document_refers_to_stands_in_its_annex() {
    let mut references = 0;
    for told in stories() {
        for paper in papers(&told, &Handover::default()) {
            let cited: BTreeSet<u32> = paper.cited.iter().map(|of| of.entry).collect();
            let known: BTreeSet<u32> = told.record.entries.iter().map(|of| of.number).collect();
            let referred = paper.parts.iter().flat_map(Part::entries);
            let referred: BTreeSet<u32> = referred.filter(|of| known.contains(of)).collect();
            assert_eq!(cited, referred);
            let text = html::render(&paper);
            for part in text.split("href=\"#").skip(1) {
                let anchor = part.split('"').next().expect("it is closed");
                let there = text.contains(&format!("id=\"{anchor}\""));
                let missing = anchor.strip_prefix('e').and_then(|of| of.parse().ok());
                assert!(
                    there || missing.is_some_and(|of| !known.contains(&of)),
                    "{anchor}"
                );
            }
            references += referred.len();
        }
    }
    assert!(references > 40, "{references} references prove little");
}

#[test]
fn every_anchor_stands_once() {
    for told in stories() {
        for paper in papers(&told, &Handover::default()) {
            let text = html::render(&paper);
            let ids = text.split(" id=\"").skip(1);
            let ids: Vec<&str> = ids.filter_map(|rest| rest.split('"').next()).collect();
            let once: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(once.len(), ids.len(), "{ids:?}");
        }
    }
}

#[test]
fn the_same_record_makes_the_same_bytes() {
    for (one, other) in stories().iter().zip(stories()) {
        let handover = Handover::default();
        for (one, other) in papers(one, &handover).iter().zip(papers(&other, &handover)) {
            assert_eq!(html::render(one), html::render(&other));
        }
    }
}

#[test]
fn people_are_named_only_where_somebody_asks_for_it() {
    let told = fixture::clinic();
    let people = &told.exercise.organisation().people;
    let named = Handover {
        people: People::ById,
        ..Handover::default()
    };
    let [roles, _] =
        papers(&told, &Handover::default()).map(|paper| html::render(&paper).to_lowercase());
    let [names, _] = papers(&told, &named).map(|paper| html::render(&paper).to_lowercase());
    for person in people {
        let name = person.slug.as_str();
        assert!(!roles.contains(name), "{name} is named");
        assert!(names.contains(name), "{name} is not named");
    }
}

/// The clinic, with every text that an author gives out to break what shows it.
fn hostile() -> Told {
    let mut told = fixture::clinic();
    let mut parts = told.exercise.parts().clone();
    let evil =
        "</td><script>alert(1)</script><b onload=x>\u{1b}[2J\u{202e}=cmd|'/c calc'!A1\u{2028}&amp;";
    parts.organisation.name = evil.to_owned();
    parts.scenario.title = evil.to_owned();
    parts.scenario.synopsis = evil.to_owned();
    for task in &mut parts.plan.tasks {
        task.title = format!("{evil}{}", task.title);
    }
    for inject in &mut parts.scenario.injects {
        inject.from = evil.to_owned();
        inject.text = evil.repeat(40);
    }
    for objective in &mut parts.scenario.objectives {
        objective.text = evil.to_owned();
    }
    told.exercise = Arc::new(Exercise::new(parts).expect("texts may be anything"));
    told.record.header.exercise = Arc::clone(&told.exercise);
    told
}

#[test]
fn no_text_of_an_author_becomes_markup_or_controls_anything() {
    let told = hostile();
    for paper in papers(&told, &Handover::default()) {
        let text = html::render(&paper);
        assert!(!text.contains("<script"), "a script got in");
        assert!(!text.contains("<b onload"), "markup got in");
        let raw = text.chars().find(|c| {
            (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}')
        });
        assert_eq!(raw, None);
        assert!(
            text.contains("&lt;script&gt;"),
            "the text is shown as it is"
        );
    }
}

#[test]
fn no_cell_is_a_story_and_no_table_is_empty() {
    for told in stories() {
        for paper in papers(&told, &Handover::default()) {
            fn look(part: &Part) {
                for block in &part.blocks {
                    let super::Block::Table(table) = block else {
                        continue;
                    };
                    assert!(!table.rows.is_empty(), "{} is empty", table.caption);
                    for row in &table.rows {
                        assert_eq!(row.len(), table.columns.len(), "{}", table.caption);
                    }
                }
                part.parts.iter().for_each(look);
            }
            paper.parts.iter().for_each(look);
        }
    }
}
