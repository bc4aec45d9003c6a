//! The tokens of a text, and what is said about faults of the letters themselves.

use super::token::{Fault, Token, tokens_with};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::notation::is_invisible;
use crate::source::{Place, Source};
use std::ops::Range;

/// A text cut into tokens, and what is wrong with its letters.
pub(crate) struct Cut<'a> {
    /// The tokens.
    pub(crate) tokens: Vec<Token<'a>>,
    /// What is wrong with the letters.
    pub(crate) problems: Vec<Diagnostic>,
    /// Where characters stand that mean nothing and may stand for a sign.
    pub(crate) strays: Vec<Place>,
}

/// Cuts a text into tokens; into none where there are too many.
pub(crate) fn cut(source: &Source, file: u16) -> Cut<'_> {
    cut_with(source, file, &[])
}

/// The same, as if more quotes stood before some bytes, which are in their order.
pub(crate) fn cut_with<'a>(source: &'a Source, file: u16, quotes: &[usize]) -> Cut<'a> {
    let found = tokens_with(&source.text, source.is_json(), limits::TOKENS, quotes);
    let mut cut = Cut {
        tokens: found.tokens,
        problems: Vec::new(),
        strays: Vec::new(),
    };
    let place = |range: &Range<usize>| Place::new(file, range.start, range.end);
    for (fault, range) in &found.faults {
        if matches!(fault, Fault::Stray(c) if !(is_invisible(*c) || c.is_control())) {
            cut.strays.push(place(range));
        }
        cut.problems
            .extend(lexical(fault, place(range), &source.text));
    }
    let all_of = |kind: Fault| -> Vec<Place> {
        let of_kind = found.faults.iter().filter(|(fault, _)| *fault == kind);
        of_kind.map(|(_, range)| place(range)).collect()
    };
    cut.problems
        .extend(blanks(&all_of(Fault::Blank), &source.text));
    cut.problems.extend(hashes(&all_of(Fault::Hash)));
    if cut.tokens.len() > limits::TOKENS {
        cut.tokens.clear();
        let place = Place::new(file, 0, 0);
        cut.problems.push(
            Diagnostic::new(Code::TooLarge, "the file has too many values", place).note(format!(
                "at most {} words, numbers and signs are read",
                limits::TOKENS
            )),
        );
    }
    cut
}

/// Says what is wrong with the letters at a place, where it is not said of all places together.
fn lexical(fault: &Fault, place: Place, text: &str) -> Option<Diagnostic> {
    let written = &text[place.range()];
    Some(match fault {
        Fault::OpenText => Diagnostic::new(Code::OpenText, "this text has no closing quote", place)
            .cure("close the text with `\"`", place.after(), "\""),
        Fault::OpenComment => {
            Diagnostic::new(Code::OpenComment, "this comment does not end", place)
                .help("close the comment with `*/`, or write it with `//`")
        }
        Fault::SmartQuote => {
            let inner = written.trim_matches(|c: char| !c.is_ascii() || c == '"');
            Diagnostic::new(
                Code::SmartQuote,
                "typographic quotes do not delimit text",
                place,
            )
            .cure("write straight quotes", place, &format!("\"{inner}\""))
        }
        Fault::SingleQuotes => {
            let quotes = ['\'', '\u{2018}', '\u{2019}'];
            let inner = written.trim_matches(quotes);
            Diagnostic::new(Code::SmartQuote, "single quotes do not delimit text", place).cure(
                "write double quotes",
                place,
                &format!("\"{inner}\""),
            )
        }
        Fault::Escape => Diagnostic::new(Code::BadEscape, "no such escape", place)
            .cure("write a backslash as `\\\\`", place, "\\\\")
            .note("a text in `r#\"...\"#` needs no escapes"),
        Fault::Stray(c) => stray(*c, place),
        Fault::Inside(c) => {
            let message = format!("{} stands inside a word", shown(*c));
            Diagnostic::new(Code::InsideWord, message, place).cure("remove it", place, "")
        }
        Fault::Blank | Fault::Hash => return None,
    })
}

fn stray(c: char, place: Place) -> Diagnostic {
    if c == '\u{feff}' && place.start == 0 {
        return Diagnostic::new(
            Code::ByteOrderMark,
            "the file starts with a byte order mark",
            place,
        )
        .cure("save it as UTF-8 without a byte order mark", place, "");
    }
    Diagnostic::new(
        Code::StrayCharacter,
        format!("{} has no meaning here", shown(c)),
        place,
    )
    .cure("remove it", place, "")
}

/// A character in words, also one that nobody sees.
fn shown(c: char) -> String {
    if c.is_control() {
        format!("the control character U+{:04X}", c as u32)
    } else if is_invisible(c) {
        format!("the invisible character U+{:04X}", c as u32)
    } else {
        format!("`{c}`")
    }
}

/// Says that blanks are no plain ones: once, with a cure for all.
fn blanks(places: &[Place], text: &str) -> Option<Diagnostic> {
    let first = *places.first()?;
    let c = text[first.range()].chars().next().unwrap_or(' ');
    let what = match c {
        '\u{a0}' | '\u{202f}' => "a no-break space".to_owned(),
        c => format!("the blank U+{:04X}", c as u32),
    };
    let message = format!("{what} stands where a plain space belongs");
    let mut problem = Diagnostic::new(Code::OtherBlank, message, first);
    if places.len() > 1 {
        problem = problem.note(format!(
            "there are {} such blanks in the file",
            places.len()
        ));
    }
    Some(problem.cures(
        "write plain spaces",
        places.iter().map(|place| (*place, " ")),
    ))
}

/// Says that comments do not start with `#`: once, with a cure for all.
fn hashes(places: &[Place]) -> Option<Diagnostic> {
    let first = *places.first()?;
    let message = "a comment starts with `//`, not with `#`";
    let mut problem = Diagnostic::new(Code::HashComment, message, first);
    if places.len() > 1 {
        problem = problem.note(format!(
            "there are {} such comments in the file",
            places.len()
        ));
    }
    Some(problem.cures("write `//`", places.iter().map(|place| (*place, "//"))))
}
