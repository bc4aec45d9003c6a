//! How a campaign looks, and that its rows are read back as they were written.

mod improved;
mod left_out;
mod rows;
mod softer;

use super::charts::{chances, distribution, tornado};
use super::json::schema::{campaign_fits, comparison_fits, strata_fit};
use super::{
    Campaign, Compared, Required, RowsError, Side, Strata, Stratum, comparison_json, header, json,
    line, strata_json,
};
use crate::fixture;
use crate::looks::shows_commands_whole;
use crate::terminal::{self, Charset, Style};
use crate::{Document, Step};
use hotwash_engine::campaign::statistics::Chance;
use hotwash_engine::campaign::{
    Change, Comparison, Factor, Hours, Order, Row, Summary, Tally, WhatIf, run, what_if,
};
use hotwash_engine::evaluation::GateReason;
use hotwash_engine::exercise::{
    BasisPoints, Exercise, IncidentId, ObjectiveId, ObligationId, TaskId,
};
use hotwash_engine::generator;
use hotwash_engine::record::Verdict;
use rows::read;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};
use unicode_width::UnicodeWidthStr;

fn rows(exercise: &Arc<Exercise>, runs: u64) -> Vec<Row> {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed: 1,
        runs: 0..runs,
        hours: Hours::AsScripted,
        threads: 1,
    };
    let mut rows = Vec::new();
    run(&order, &AtomicBool::new(false), |row| rows.push(row));
    rows
}

struct Clinic {
    exercise: Arc<Exercise>,
    tally: Tally,
    summary: Summary,
}

static CLINIC: LazyLock<Clinic> = LazyLock::new(|| {
    let exercise = fixture::clinic().exercise;
    let tally = Tally::of(&exercise, rows(&exercise, 120));
    Clinic {
        summary: Summary::of(&exercise, &tally),
        exercise,
        tally,
    }
});

fn next() -> Vec<Step> {
    let any_hour = "hotwash campaign supplier-data-leak --start any-hour";
    vec![
        Step::new("hotwash campaign --tasks", "work of each task"),
        Step::new(any_hour, ""),
    ]
}

fn campaign<'a>(of: &'a Clinic, notices: &'a [String], next: &'a [Step]) -> Campaign<'a> {
    Campaign {
        exercise: &of.exercise,
        summary: &of.summary,
        seed: 1,
        runs: "runs 0 to 119",
        hours: "as scripted",
        notices,
        origin: "the built-in example",
        lists: "hotwash simulate --explain",
        next,
        tasks: true,
        what_if: None,
    }
}

fn screen(document: &Document, width: usize, colour: bool, charset: Charset) -> String {
    let style = Style {
        width,
        colour,
        charset,
    };
    terminal::render(document, style)
}

#[test]
fn a_campaign_on_80_columns_in_ascii() {
    let next = next();
    let document = Document::of_campaign(&campaign(&CLINIC, &[], &next));
    insta::assert_snapshot!(screen(&document, 80, false, Charset::Ascii));
}

#[test]
fn the_page_of_a_campaign_on_80_columns() {
    let next = next();
    let of = Campaign {
        tasks: false,
        ..campaign(&CLINIC, &[], &next)
    };
    let page = screen(
        &Document::page_of_campaign(&of),
        80,
        false,
        Charset::Unicode,
    );
    assert!(page.lines().count() <= 28, "{page}");
    insta::assert_snapshot!(page);
    shows_commands_whole(&Document::page_of_campaign(&of));
}

#[test]
fn no_command_of_a_campaign_is_broken_over_lines() {
    let next = next();
    let longer = "hotwash simulate supplier-data-leak --plan shares/plan.ron --explain";
    for lists in ["hotwash simulate --explain", longer] {
        let of = Campaign {
            lists,
            ..campaign(&CLINIC, &[], &next)
        };
        shows_commands_whole(&Document::of_campaign(&of));
    }
}

#[test]
fn a_partial_campaign_on_60_columns() {
    let notices = ["PARTIAL: interrupted after 120 of 10,000 runs.".to_owned()];
    let document = Document::of_campaign(&campaign(&CLINIC, &notices, &[]));
    insta::assert_snapshot!(screen(&document, 60, false, Charset::Unicode));
}

#[test]
fn a_campaign_of_a_few_runs_says_what_it_cannot_say() {
    let exercise = &CLINIC.exercise;
    let tally = Tally::of(exercise, rows(exercise, 12));
    let few = Clinic {
        exercise: Arc::clone(exercise),
        summary: Summary::of(exercise, &tally),
        tally,
    };
    let text = screen(
        &Document::of_campaign(&campaign(&few, &[], &[])),
        80,
        false,
        Charset::Ascii,
    );
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    assert!(
        text.contains("\"?\": too few runs; one in ten and nine in ten need 36."),
        "{text}"
    );
}

#[test]
fn no_line_is_wider_than_the_screen_and_colour_says_nothing_alone() {
    let next = [next().remove(0)];
    let document = Document::of_campaign(&campaign(&CLINIC, &[], &next));
    for width in [40, 60, 80, 120] {
        for charset in [Charset::Ascii, Charset::Unicode] {
            let text = screen(&document, width, false, charset);
            assert!(text.lines().all(|line| line.width() <= width), "{text}");
            assert!(charset == Charset::Unicode || text.is_ascii());
            let coloured = screen(&document, width, true, charset);
            let plain: String = strip(&coloured);
            assert_eq!(plain, text);
        }
    }
}

/// The figures on a screen, sorted.
fn figures(text: &str) -> Vec<&str> {
    let marks = |c: char| !c.is_ascii_alphanumeric();
    let words = text.split_whitespace().map(|word| word.trim_matches(marks));
    let mut figures: Vec<&str> = words
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    figures.sort_unstable();
    figures
}

#[test]
fn a_narrow_screen_keeps_every_figure() {
    let what_if = Campaign {
        exercise: &PAIR.exercises[0],
        summary: &PAIR.summaries[0],
        what_if: Some(&PAIR.what_if),
        ..campaign(&CLINIC, &[], &[])
    };
    let documents = [
        Document::of_campaign(&campaign(&CLINIC, &[], &[])),
        Document::of_campaign(&what_if),
        Document::of_comparison(&compared()),
    ];
    for document in &documents {
        let wide = screen(document, 120, false, Charset::Ascii);
        for width in [40, 60, 80] {
            let narrow = screen(document, width, false, Charset::Ascii);
            let mut kept = figures(&narrow);
            // Titles with a figure may be said again in each row.
            for figure in figures(&wide) {
                let place = kept.iter().position(|it| *it == figure);
                kept.swap_remove(place.unwrap_or_else(|| panic!("{figure} is lost: {narrow}")));
            }
        }
    }
}

/// A text without escape sequences.
fn strip(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[test]
fn what_scripts_read_fits_its_schema() {
    let required = [Required {
        text: "score>=70".to_owned(),
        found: Some(61.5),
        least: 70.0,
        is_chance: false,
        partial: Chance { hits: 0, n: 120 },
        met: false,
    }];
    let value = campaign_fits(&json(&campaign(&CLINIC, &[], &[]), &required));
    assert_eq!(value["runs"], 120);
    assert_eq!(value["required"][0]["met"], false);
    let list = |of: &serde_json::Value| of.as_array().unwrap().clone();
    let phases = list(&value["phases"]);
    assert_eq!(phases.len(), 6);
    let shares = phases.iter().flat_map(|of| list(&of["made_of"]));
    let shares = shares.map(|of| of["share"].clone());
    let roles = list(&value["roles"]);
    let roles = roles.iter().map(|of| of["busy"].clone());
    let figures: Vec<_> = shares.chain(roles.filter(|busy| !busy.is_null())).collect();
    assert!(figures.len() > 5, "{figures:?}");
    for figure in figures {
        let [low, value, high] = ["low", "value", "high"].map(|key| figure[key].as_f64().unwrap());
        let in_order = 0.0 <= low && low <= value && value <= high && high <= 1.0;
        assert!(in_order, "{figure}");
    }
    let stratum = |weight| Stratum {
        exercise: &CLINIC.exercise,
        summary: &CLINIC.summary,
        score: CLINIC.tally.scores(),
        carried_out: CLINIC.tally.carried_out(),
        seed: 1,
        hours: "as scripted",
        weight,
    };
    let both = [stratum(300), stratum(100)];
    let strata = Strata {
        strata: &both,
        registered: true,
        notices: &[],
        next: &next(),
    };
    let value = strata_fit(&strata_json(&strata, &[]));
    assert_eq!(value["strata"][0]["weight"], 0.75);
    let document = Document::of_strata(&strata);
    shows_commands_whole(&document);
    let text = screen(&document, 80, false, Charset::Ascii);
    insta::assert_snapshot!(text);
}

#[test]
fn what_capped_scores_is_named_and_read_back() {
    let exercise = fixture::clinic().exercise;
    let incident = IncidentId::new(0);
    let [late, never] = [Verdict::Late, Verdict::NotRecognised]
        .map(|verdict| GateReason::Obligation(ObligationId::new(1), incident, verdict));
    let objective = GateReason::Objective(ObjectiveId::new(0));
    let capped = [vec![late, objective], vec![objective], vec![never]];
    let mut rows = rows(&exercise, 3);
    for (row, gates) in rows.iter_mut().zip(capped) {
        let score = row.score.as_mut().unwrap();
        score.score = BasisPoints(score.carried_out.0 / 2);
        score.gated = true;
        row.gates = gates;
    }
    let lines = rows
        .iter()
        .map(|row| line(&exercise, "abc", Hours::AsScripted, 1, row));
    let text = header(&exercise) + &lines.collect::<String>();
    assert_eq!(read(&exercise, "abc", &text).unwrap().rows, rows);
    let wrong = text.replace("objective/", "objective/no-");
    let column = 1 + header(&exercise)
        .split(',')
        .position(|name| name == "gates")
        .unwrap();
    assert_eq!(
        read(&exercise, "abc", &wrong),
        Err(RowsError::Cell(2, column))
    );
    let tally = Tally::of(&exercise, rows);
    let capped = Clinic {
        summary: Summary::of(&exercise, &tally),
        exercise,
        tally,
    };
    let document = Document::of_campaign(&campaign(&capped, &[], &[]));
    let text = screen(&document, 200, false, Charset::Ascii);
    let duty = &capped.exercise.obligation(ObligationId::new(1)).title;
    let title = &capped.exercise.scenario().objectives[0].text;
    let title = title.trim_end_matches('.');
    let said = format!("each further one. 67 % not kept: {duty} 67 % not achieved: {title} PHASES");
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains(&said), "{said}\n{text}");
    let gist = format!("In 2 of 3 runs the duty \"{duty}\" is not kept.");
    assert!(words.contains(&gist), "{gist}\n{text}");
}

/// Generated exercises with a change that tells.
struct Pair {
    exercises: [Arc<Exercise>; 2],
    summaries: [Summary; 2],
    comparison: Comparison,
    what_if: WhatIf,
}

static PAIR: LazyLock<Pair> = LazyLock::new(|| {
    let exercise = generator::exercise(6);
    let change = Change::Task(TaskId::new(0), Factor::Twice);
    let other = change.made(&exercise).unwrap();
    let tallies = [&exercise, &other].map(|it| Tally::of(it, rows(it, 80)));
    let order = Order {
        exercise: Arc::clone(&exercise),
        seed: 1,
        runs: 0..12,
        hours: Hours::AsScripted,
        threads: 1,
    };
    Pair {
        comparison: Comparison::of((&exercise, &tallies[0]), (&other, &tallies[1]), 1),
        summaries: [
            Summary::of(&exercise, &tallies[0]),
            Summary::of(&other, &tallies[1]),
        ],
        what_if: what_if(&order, 500..540, &AtomicBool::new(false), |_, _| {}).unwrap(),
        exercises: [exercise, other],
    }
});

fn compared() -> Compared<'static> {
    let side = |i: usize, name| Side {
        name,
        exercise: &PAIR.exercises[i],
        summary: &PAIR.summaries[i],
    };
    Compared {
        first: side(0, "plan.ron"),
        second: side(1, "slower.ron"),
        comparison: &PAIR.comparison,
        seed: 1,
        hours: "as scripted",
        matters: 1.0,
        notices: &[],
        next: &[],
    }
}

#[test]
fn a_comparison_on_80_columns_in_ascii() {
    let document = Document::of_comparison(&compared());
    insta::assert_snapshot!(screen(&document, 80, false, Charset::Ascii));
    for width in [40, 60, 80, 120] {
        let text = screen(&document, width, false, Charset::Ascii);
        assert!(text.lines().all(|line| line.width() <= width), "{text}");
    }
    let value = comparison_fits(&comparison_json(&compared()));
    assert_eq!(value["runs"], 80);
}

#[test]
fn single_changes_on_80_columns_in_ascii() {
    let with = Campaign {
        exercise: &PAIR.exercises[0],
        summary: &PAIR.summaries[0],
        tasks: false,
        what_if: Some(&PAIR.what_if),
        ..campaign(&CLINIC, &[], &[])
    };
    insta::assert_snapshot!(screen(
        &Document::of_campaign(&with),
        80,
        false,
        Charset::Ascii
    ));
    let value = campaign_fits(&json(&with, &[]));
    assert_eq!(value["what_if"]["tried"], PAIR.what_if.tried);
}

#[test]
fn pictures_name_everything_that_they_show() {
    let campaign = Campaign {
        exercise: &PAIR.exercises[0],
        summary: &PAIR.summaries[0],
        ..campaign(&CLINIC, &[], &[])
    };
    let tally = Tally::of(campaign.exercise, rows(&PAIR.exercises[0], 40));
    let pictures = [
        distribution(&campaign),
        chances(&campaign, &tally),
        tornado(campaign.exercise, &PAIR.what_if),
    ];
    for picture in &pictures {
        assert!(picture.contains("<title>") && picture.trim_end().ends_with("</svg>"));
    }
    for phase in campaign
        .summary
        .phases
        .iter()
        .filter(|of| of.applies.hits > 0)
    {
        assert!(pictures[0].contains(phase.phase.name()));
        assert!(pictures[1].contains(phase.phase.name()));
    }
}
