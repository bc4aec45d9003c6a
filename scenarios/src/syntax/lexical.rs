//! The tokens of a text, and what is said about faults of the letters themselves.

use super::token::{Fault, Token, tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::source::{Place, Source};

/// A text cut into tokens, and what is wrong with its letters.
pub(crate) struct Cut<'a> {
    /// The tokens.
    pub(crate) tokens: Vec<Token<'a>>,
    /// What is wrong with the letters.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Cuts a text into tokens; into none where there are too many.
pub(crate) fn cut(source: &Source, file: u16) -> Cut<'_> {
    let found = tokens(&source.text, source.is_json(), limits::TOKENS);
    let mut cut = Cut {
        tokens: found.tokens,
        problems: Vec::new(),
    };
    for (fault, range) in &found.faults {
        let place = Place::new(file, range.start, range.end);
        cut.problems.push(lexical(fault, place, &source.text));
    }
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

/// Says what is wrong with the letters at a place.
fn lexical(fault: &Fault, place: Place, text: &str) -> Diagnostic {
    let written = &text[place.range()];
    match fault {
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
    }
}

fn stray(c: char, place: Place) -> Diagnostic {
    if c == '\u{feff}' {
        return Diagnostic::new(
            Code::ByteOrderMark,
            "the file starts with a byte order mark",
            place,
        )
        .cure("save it as UTF-8 without a byte order mark", place, "");
    }
    let shown = if c.is_control() {
        format!("control character U+{:04X}", c as u32)
    } else {
        format!("`{c}`")
    };
    Diagnostic::new(
        Code::StrayCharacter,
        format!("{shown} has no meaning here"),
        place,
    )
    .cure("remove it", place, "")
}
