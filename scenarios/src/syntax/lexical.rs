//! What is said about faults of the letters themselves.

use super::token::Fault;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// Says what is wrong with the letters at a place.
pub(super) fn lexical(fault: &Fault, place: Place, text: &str) -> Diagnostic {
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
