//! What every headline says where the yardstick is softer than the default.

use super::{campaign, compared, rows, screen};
use crate::Document;
use crate::campaign::json::schema::{campaign_fits, comparison_fits};
use crate::campaign::{
    Campaign, Compared, Side, Strata, Stratum, comparison_json, header, json, line,
};
use crate::terminal::Charset;
use hotwash_engine::campaign::{Hours, Summary, Tally};
use hotwash_engine::exercise::{Exercise, Limit, Softer, Span};
use hotwash_engine::generator;
use std::sync::Arc;

/// An exercise of which the default yardstick asks for every phase within a minute.
fn softer() -> Arc<Exercise> {
    let mut parts = generator::exercise(6).parts().clone();
    let mut default = parts.yardstick.clone();
    for target in &mut default.targets {
        target.completed = Some(Limit::Elapsed(Span::minutes(1)));
    }
    let cells = ["Response complete at High", "classified anew at Low"];
    parts.softer = Some(Softer {
        cells: cells.map(str::to_owned).to_vec(),
        default,
    });
    Arc::new(Exercise::new(parts).expect("it is an exercise"))
}

fn words(document: &Document) -> String {
    let text = screen(document, 200, false, Charset::Ascii);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn each_headline_names_what_is_softer_and_gives_the_score_by_the_default() {
    let exercise = softer();
    let rows = rows(&exercise, 40);
    let lines = rows
        .iter()
        .map(|row| line(&exercise, "abc", Hours::AsScripted, 1, row));
    let text = header(&exercise) + &lines.collect::<String>();
    assert_eq!(
        super::rows::read(&exercise, "abc", &text).unwrap().rows,
        rows
    );
    let tally = Tally::of(&exercise, rows);
    let summary = Summary::of(&exercise, &tally);
    let by_default = summary.score.by_default.expect("it is softer");
    let said = format!(
        "he yardstick is softer than the default (Response complete at High; classified anew at Low). By the \
         default: passed in {} of {} runs",
        by_default.passed.hits, by_default.passed.n
    );
    let one = Campaign {
        exercise: &exercise,
        summary: &summary,
        seed: 1,
        runs: "",
        hours: "",
        notices: &[],
        origin: "",
        lists: "",
        next: &[],
        tasks: false,
        what_if: None,
    };
    let side = Side {
        name: "plan.ron",
        exercise: &exercise,
        summary: &summary,
    };
    let two = Compared {
        first: side,
        ..compared()
    };
    let stratum = Stratum {
        exercise: &exercise,
        summary: &summary,
        score: tally.scores(),
        carried_out: tally.carried_out(),
        seed: 1,
        hours: "",
        weight: 1,
    };
    let several = Strata {
        strata: &[stratum, stratum],
        registered: false,
        notices: &[],
        next: &[],
    };
    let documents = [
        Document::of_campaign(&one),
        Document::of_comparison(&two),
        Document::of_strata(&several),
    ];
    for document in &documents {
        let text = words(document);
        assert!(text.contains(&said), "{said}\n{text}");
    }
    let value = campaign_fits(&json(&one, &[]));
    let score = &value["score"];
    assert_eq!(score["softer"][1], "classified anew at Low");
    let n = score["by_default"]["passed"]["n"].as_u64();
    assert_eq!(n, Some(by_default.passed.n));
    let value = comparison_fits(&comparison_json(&two));
    assert_eq!(value["softer"][1], "classified anew at Low");
}

#[test]
fn a_row_with_a_part_of_the_score_by_the_default_is_refused() {
    let exercise = softer();
    let row = rows(&exercise, 1).remove(0);
    let written = line(&exercise, "abc", Hours::AsScripted, 1, &row);
    let names = header(&exercise);
    let column = names
        .split(',')
        .position(|name| name == "default.carried_out");
    let column = column.expect("it is a column");
    let cells: Vec<&str> = written.split(',').collect();
    assert_ne!(cells[column], "");
    let with = |cell: &str| {
        let mut cells = cells.clone();
        cells[column] = cell;
        super::rows::read(&exercise, "abc", &(names.clone() + &cells.join(",")))
    };
    assert!(with(cells[column]).is_ok());
    assert!(with("").is_err());
}

#[test]
fn nothing_is_said_where_no_cell_is_softer() {
    let text = words(&Document::of_campaign(&campaign(&super::CLINIC, &[], &[])));
    assert!(!text.contains("softer"), "{text}");
}
