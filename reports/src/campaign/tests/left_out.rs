//! What every headline says where phases are left out of the score.

use super::{CLINIC, Clinic, campaign, compared, rows, screen};
use crate::Document;
use crate::campaign::json::schema::campaign_fits;
use crate::campaign::{Compared, Side, json};
use crate::terminal::Charset;
use hotwash_engine::campaign::statistics::Chance;
use hotwash_engine::campaign::{Summary, Tally};
use hotwash_engine::exercise::Phase;
use std::sync::Arc;

/// The clinic, of which in seven of 120 runs the time for Recovery was not up.
fn cut_short() -> Clinic {
    let exercise = Arc::clone(&CLINIC.exercise);
    let tally = Tally::of(&exercise, rows(&exercise, 20));
    let mut summary = Summary::of(&exercise, &tally);
    summary.phases[Phase::Recovery.index()].left_out = Chance { hits: 7, n: 120 };
    Clinic {
        exercise,
        tally,
        summary,
    }
}

fn words(document: &Document) -> String {
    let text = screen(document, 200, false, Charset::Ascii);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn the_headline_of_a_campaign_names_the_phases_that_a_short_exercise_leaves_out() {
    let short = cut_short();
    let one = campaign(&short, &[], &[]);
    let side = Side {
        name: "short.ron",
        exercise: &short.exercise,
        summary: &short.summary,
    };
    let two = Compared {
        second: side,
        ..compared()
    };
    for document in [Document::of_campaign(&one), Document::of_comparison(&two)] {
        let text = words(&document);
        assert!(text.contains("he score says nothing of "), "{text}");
        assert!(text.contains("Recovery (in "), "{text}");
    }
    let value = campaign_fits(&json(&one, &[]));
    let written = &value["phases"][Phase::Recovery.index()]["left_out"];
    assert_eq!(written["hits"].as_u64(), Some(7));
}
