//! What every headline says where phases are left out of the score.

use super::{CLINIC, Clinic, campaign, compared, rows, screen};
use crate::Document;
use crate::campaign::json::schema::campaign_fits;
use crate::campaign::{Compared, Side, json};
use crate::terminal::Charset;
use hotwash_engine::campaign::{Summary, Tally};
use hotwash_engine::exercise::{Condition, Exercise, ExerciseTime, Span};
use std::sync::Arc;

/// The clinic, whose scenario ends after so long.
fn ends_after(time: Span) -> Clinic {
    let mut parts = CLINIC.exercise.parts().clone();
    parts.scenario.ends = Condition::Any(Vec::new());
    parts.limit = ExerciseTime(time.0);
    let exercise = Arc::new(Exercise::new(parts).expect("it is an exercise"));
    let tally = Tally::of(&exercise, rows(&exercise, 20));
    Clinic {
        summary: Summary::of(&exercise, &tally),
        exercise,
        tally,
    }
}

fn words(document: &Document) -> String {
    let text = screen(document, 200, false, Charset::Ascii);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn the_headline_of_a_campaign_names_the_phases_that_a_short_exercise_leaves_out() {
    let short = ends_after(Span::HOUR);
    let left_out = short.summary.phases.iter();
    let left_out = left_out.rev().find(|of| of.left_out.hits > 0);
    let of = left_out.expect("an hour is not enough for all phases");
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
        assert!(text.contains(&format!("{} (in ", of.phase)), "{text}");
    }
    let value = campaign_fits(&json(&one, &[]));
    let written = &value["phases"][of.phase.index()]["left_out"];
    assert_eq!(written["hits"].as_u64(), Some(of.left_out.hits));
}
