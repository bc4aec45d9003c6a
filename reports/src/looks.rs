//! How documents look, as committed snapshots, and what holds however they look.

use crate::document::{Block, Text};
use crate::fixture::{self, Told};
use crate::terminal::{Charset, Style};
use crate::{Document, Options, Step, markdown, terminal};
use hotwash_engine::evaluation::{
    Excused, ExpectationVerdict, NotExercised, PartialReason, Standing,
};
use hotwash_engine::exercise::{BasisPoints, Exercise, ExpectationId, Phase, TaskId};
use hotwash_engine::record::Verdict;
use unicode_width::UnicodeWidthStr;

fn options() -> Options {
    Options {
        origin: "built-in example".to_owned(),
        lists: "hotwash simulate --explain".to_owned(),
        next: vec![
            Step::new("hotwash new my-clinic", "begin with your own plan"),
            Step::new("hotwash simulate --record r.jsonl", ""),
        ],
        ..Options::default()
    }
}

fn document(told: &Told) -> Document {
    let options = options();
    Document::of(&told.exercise, &told.record, &told.evaluation, &options)
}

fn screen(told: &Told, width: usize, colour: bool, charset: Charset) -> String {
    terminal::render(
        &document(told),
        Style {
            width,
            colour,
            charset,
        },
    )
}

macro_rules! looks {
    ($($name:ident: $story:ident, $width:literal, $colour:literal, $charset:ident;)+) => {
        $(#[test]
        fn $name() {
            let told = fixture::$story();
            insta::assert_snapshot!(screen(&told, $width, $colour, Charset::$charset));
        })+
    };
}

looks! {
    the_clinic_on_80_columns_in_ascii: clinic, 80, false, Ascii;
    the_clinic_on_80_columns: clinic, 80, false, Unicode;
    the_clinic_on_60_columns_in_ascii: clinic, 60, false, Ascii;
    the_clinic_on_60_columns: clinic, 60, false, Unicode;
    the_clinic_on_120_columns: clinic, 120, false, Unicode;
    the_clinic_on_120_columns_in_ascii: clinic, 120, false, Ascii;
    the_clinic_on_80_columns_in_colour: clinic, 80, true, Unicode;
    five_minutes_on_80_columns: five_minutes, 80, false, Ascii;
    nobody_home_on_80_columns: nobody_home, 80, false, Ascii;
    three_incidents_on_80_columns: three_incidents, 80, false, Ascii;
    other_scripts_on_80_columns: other_scripts, 80, false, Unicode;
    other_scripts_on_60_columns: other_scripts, 60, false, Unicode;
    other_scripts_on_80_columns_in_ascii: other_scripts, 80, false, Ascii;
}

/// The page of one screen.
fn page(told: &Told, width: usize, charset: Charset) -> String {
    let options = options();
    let page = Document::page_of(&told.exercise, &told.record, &told.evaluation, &options);
    let style = Style {
        width,
        colour: false,
        charset,
    };
    terminal::render(&page, style)
}

#[test]
fn the_page_of_the_clinic_on_80_columns() {
    insta::assert_snapshot!(page(&fixture::clinic(), 80, Charset::Unicode));
}

#[test]
fn the_page_of_the_clinic_on_60_columns_in_ascii() {
    insta::assert_snapshot!(page(&fixture::clinic(), 60, Charset::Ascii));
}

#[test]
fn the_page_of_nobody_home_on_80_columns() {
    insta::assert_snapshot!(page(&fixture::nobody_home(), 80, Charset::Ascii));
}

#[test]
fn a_page_is_one_screen_and_no_line_of_it_is_wider_than_that() {
    for told in stories() {
        for width in [40, 46, 60, 80, 120] {
            for charset in [Charset::Ascii, Charset::Unicode] {
                let text = page(&told, width, charset);
                let lines = text.lines().filter(|line| !line.contains("hotwash "));
                for line in lines {
                    assert!(line.width() <= width, "{width}: {line}");
                }
                let most = if width < 80 { 90 } else { 50 };
                assert!(text.lines().count() <= most, "{text}");
            }
        }
        let options = options();
        shows_commands_whole(&Document::page_of(
            &told.exercise,
            &told.record,
            &told.evaluation,
            &options,
        ));
    }
}

#[test]
fn the_clinic_in_markdown() {
    insta::assert_snapshot!(markdown::render(&document(&fixture::clinic())));
}

#[test]
fn three_incidents_in_markdown() {
    insta::assert_snapshot!(markdown::render(&document(&fixture::three_incidents())));
}

#[test]
fn what_the_clinic_stands_on() {
    let told = fixture::clinic();
    let listing =
        crate::explain::document(&told.exercise, &[Some(("clinic.ron".to_owned(), 12)), None]);
    let style = Style {
        width: 80,
        colour: false,
        charset: Charset::Ascii,
    };
    insta::assert_snapshot!(terminal::render(&listing, style));
}

/// The clinic's run, of which one thing is expected.
fn with_an_expectation() -> Told {
    let mut told = fixture::clinic();
    let mut parts = told.exercise.parts().clone();
    let act = hotwash_engine::exercise::Act {
        measure: hotwash_engine::exercise::Measure::Declare,
        on: hotwash_engine::exercise::Object::Incident,
    };
    parts.scenario.expectations = vec![fixture::expectation("called", "Call the lead.", act)];
    told.exercise = std::sync::Arc::new(Exercise::new(parts).expect("it is valid"));
    told
}

/// A screen as one line, however it was broken.
fn unbroken(screen: &str) -> String {
    let words: Vec<&str> = screen.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn a_critical_expectation_that_was_not_exercised_stands_in_the_first_lines_with_its_reason() {
    let mut told = with_an_expectation();
    let mut head = |critical, standing| {
        told.evaluation.expectations = vec![ExpectationVerdict {
            expectation: ExpectationId::new(0),
            standing,
            share: BasisPoints::ZERO,
            critical,
            asked: None,
            due: None,
            items: Vec::new(),
            by_others: Vec::new(),
            broken: Vec::new(),
            judged: Vec::new(),
        }];
        let shown = screen(&told, 80, false, Charset::Ascii);
        let (head, _) = shown.split_once("Carried out").expect("it is scored");
        unbroken(head)
    };
    for (why, words) in [
        (
            NotExercised::NeverAsked,
            "its inject never came, and nobody did it",
        ),
        (
            NotExercised::NothingToActOn,
            "there was nothing to do it on",
        ),
        (
            NotExercised::NoTime,
            "the exercise ended before its time was up",
        ),
        (
            NotExercised::NotJudged,
            "only somebody who watches can judge it, and nobody did",
        ),
    ] {
        let said = format!("Critical, and not exercised: Call the lead. The reason: {words}.");
        let standing = Standing::NotExercised(why);
        let shown = head(true, standing);
        assert!(shown.contains(&said), "{shown}");
        assert!(!head(false, standing).contains("not exercised"));
    }
    assert!(!head(true, Standing::Missed).contains("not exercised"));
}

#[test]
fn the_headline_names_all_for_which_a_score_is_partial_beside_a_gate_as_well() {
    let mut told = fixture::clinic();
    let reasons = [
        (
            PartialReason::PhaseNotInPlan(Phase::Closure),
            "Closure is not in the plan",
        ),
        (
            PartialReason::Laboratory,
            "this is a laboratory, with people who never tire",
        ),
        (
            PartialReason::LawUnknown,
            "nobody can tell which law the personal data is under",
        ),
        (
            PartialReason::NothingOfOurs,
            "nothing of ours was hit, nor would have been without a response",
        ),
        (
            PartialReason::OwnTimes(TaskId::new(0)),
            "takes less time than its measures can, for a reason that the plan gives",
        ),
    ];
    let mut first_gate = told.evaluation.score.clone().expect("it is scored").gates;
    assert!(!first_gate.is_empty());
    for _ in 0..2 {
        let score = told.evaluation.score.as_mut().expect("it is scored");
        score.passed = false;
        score.gates.clone_from(&first_gate);
        score.partial = reasons.map(|(reason, _)| reason).to_vec();
        let shown = unbroken(&screen(&told, 80, false, Charset::Ascii));
        let (_, line) = shown.split_once("NOT PASSED").expect("it says so");
        let (line, _) = line.split_once("Carried out").expect("it is carried out");
        assert_eq!(line.starts_with(": "), !first_gate.is_empty(), "{line}");
        assert!(line.contains(" The score is partial: "), "{line}");
        for (_, words) in reasons {
            assert!(line.contains(words), "{words}: {line}");
        }
        first_gate.clear();
    }
}

#[test]
fn an_excused_expectation_and_every_way_a_duty_can_stand_are_told_in_words() {
    let mut told = with_an_expectation();
    told.evaluation.excused = vec![Excused {
        expectation: ExpectationId::new(0),
        reason: "the line was dead".to_owned(),
        entry: 12,
    }];
    for (verdict, words) in [
        (Verdict::Phased, "met, the rest later"),
        (Verdict::WrongRecipient, "WRONG RECIPIENT"),
        (Verdict::NotRequired, "not required, as it was decided"),
    ] {
        told.evaluation.obligations[0].verdict = verdict;
        let shown = screen(&told, 120, false, Charset::Ascii);
        assert!(shown.contains(words), "{words}: {shown}");
        let excused =
            "Excused, and left out of the score: Call the lead. The reason: the line was dead.";
        assert!(shown.contains(excused), "{shown}");
    }
}

/// Every story, for what holds of all.
fn stories() -> [Told; 5] {
    [
        fixture::clinic(),
        fixture::five_minutes(),
        fixture::nobody_home(),
        fixture::three_incidents(),
        fixture::other_scripts(),
    ]
}

/// The texts of a block in which a command may stand.
fn texts(block: &Block) -> Vec<&Text> {
    match block {
        Block::Paragraph(text) => vec![text],
        Block::Headline(headline) => vec![&headline.left, &headline.right],
        Block::Facts(facts) => facts.iter().map(|fact| &fact.value).collect(),
        Block::List(items) => items.iter().collect(),
        Block::Table(table) => table.rows.iter().flatten().collect(),
        Block::Timeline(_)
        | Block::Moments(_)
        | Block::Ladder(_)
        | Block::Bars(_)
        | Block::Findings(_)
        | Block::Next(_) => Vec::new(),
    }
}

/// Holds that a document marks every command in it as such, and shows each on one line, those to be
/// typed next alone on it.
pub(crate) fn shows_commands_whole(document: &Document) {
    let blocks = || document.sections(false).flat_map(|of| &of.blocks);
    let pieces = blocks().flat_map(texts).flat_map(|text| &text.pieces);
    let (within, words): (Vec<_>, Vec<_>) = pieces.partition(|piece| piece.command);
    for piece in words {
        assert!(!piece.text.contains("hotwash "), "{}", piece.text);
    }
    let next = blocks().flat_map(|block| match block {
        Block::Next(steps) => steps.as_slice(),
        _ => &[],
    });
    let next: Vec<&String> = next.map(|step| &step.command).collect();
    assert!(!next.is_empty(), "{}", document.title);
    for width in 40..=120 {
        let style = Style {
            width,
            colour: false,
            charset: Charset::Ascii,
        };
        let text = terminal::render(document, style);
        let alone = |line: &str| {
            let line = line.trim_start_matches("Next:");
            // What a command is for is a comment of a shell behind it.
            line.split("  # ").next().unwrap_or(line).trim().to_owned()
        };
        let lines: Vec<String> = text.lines().map(alone).collect();
        for command in &next {
            assert!(lines.contains(*command), "{command} on {width}: {text}");
        }
        for command in &within {
            let marked = format!("`{}`", command.text);
            let whole = lines.iter().any(|line| line.contains(&marked));
            assert!(whole, "{marked} on {width}: {text}");
        }
        let longer = text.lines().filter(|line| line.width() > width);
        for line in longer {
            let line = alone(line);
            let command = within.iter().map(|piece| format!("`{}`", piece.text));
            let mut command = command.chain(next.iter().map(|of| (*of).clone()));
            // What is wider than the screen is a command, with at most the sign that ends its clause.
            let is = |of: String| line.strip_prefix(&of).is_some_and(|rest| rest.len() <= 1);
            assert!(command.any(is), "{line} on {width}");
        }
    }
}

#[test]
fn no_command_is_broken_over_lines() {
    for told in stories() {
        let mut options = options();
        let long = "hotwash simulate shares/drill.ron --plan shares/plan.ron";
        for command in [" --explain", " --start 'Sat 03:00' --record r.jsonl"] {
            options.next.push(Step::new(format!("{long}{command}"), ""));
        }
        for lists in [0, 2] {
            options.lists.clone_from(&options.next[lists].command);
            let (exercise, record) = (&told.exercise, &told.record);
            let document = Document::of(exercise, record, &told.evaluation, &options);
            shows_commands_whole(&document);
        }
    }
}

#[test]
fn no_line_is_wider_than_the_screen_nor_ends_in_a_space() {
    for told in stories() {
        for width in 40..=120 {
            for charset in [Charset::Unicode, Charset::Ascii] {
                for line in screen(&told, width, false, charset).lines() {
                    assert!(line.width() <= width, "{} > {width}: {line}", line.width());
                    assert!(!line.ends_with(' '), "space at the end of {line:?}");
                }
            }
        }
    }
}

#[test]
fn ascii_is_ascii_everywhere() {
    for told in stories() {
        let shown = screen(&told, 80, true, Charset::Ascii);
        assert!(shown.is_ascii(), "{shown}");
    }
}

#[test]
fn colour_changes_no_word() {
    for told in stories() {
        let plain = screen(&told, 80, false, Charset::Unicode);
        let mut coloured = screen(&told, 80, true, Charset::Unicode);
        for code in ["0", "1", "2", "31", "32", "33"] {
            coloured = coloured.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(plain, coloured);
    }
}

#[test]
fn no_story_can_send_a_control_character_to_the_terminal() {
    for told in stories() {
        let shown = screen(&told, 80, false, Charset::Unicode);
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
