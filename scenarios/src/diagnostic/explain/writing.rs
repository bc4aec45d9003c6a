//! What is said about files and how they are written.

use super::{Code, Parts};

pub(super) const fn of_file(code: Code) -> Parts {
    match code {
        Code::NotText => (
            "Definitions are text in UTF-8. This file holds control characters or bytes that are no text: perhaps a spreadsheet, a picture, or text saved in UTF-16.",
            "Open the right file, or save it as UTF-8.",
            "organisation.xlsx",
        ),
        Code::TooLarge => (
            "A definition that people write is far smaller than what is read at most. A larger file is probably something else, and would only cost time and memory.",
            "Check that it is the right file; split lists that a program made.",
            "a file of 50 MB",
        ),
        Code::EmptyFile => (
            "The file has no text, or only comments.",
            "Write a definition into it; `hotwash new DIR` makes files to start from.",
            "// to do",
        ),
        _ => (
            "Some editors put an invisible mark before the first character. RON does not know it.",
            "Save the file as UTF-8 without a byte order mark.",
            "an invisible U+FEFF before `Plan(`",
        ),
    }
}

pub(super) const fn of_syntax(code: Code) -> Parts {
    match code {
        Code::SmartQuote => (
            "Text stands between straight double quotes. Word processors replace them by curved ones, which look alike and are other characters.",
            "Write `\"` on both sides.",
            "title: \u{201c}Response\u{201d}",
        ),
        Code::OpenText => (
            "A text stands between two `\"`, and one of them is missing. The place named is the text as it was probably meant.",
            "Write the quote that is missing.",
            "title: \"Response,",
        ),
        Code::OpenComment => (
            "A comment that starts with `/*` ends with `*/`; comments may be nested, so each needs its own end.",
            "Close it, or write `//` before each line.",
            "/* who owns this plan?",
        ),
        Code::BadEscape => (
            "In a text a backslash starts an escape such as `\\n` or `\\\"`. Others do not exist.",
            "Write `\\\\` for a backslash, or the text as `r\"...\"`, which has no escapes.",
            "text: \"See C:\\plans\"",
        ),
        Code::StrayCharacter => (
            "Outside texts only words, numbers, quotes, brackets, commas and colons have a meaning.",
            "Remove the character.",
            "phase: Assessment; by: Analyst",
        ),
        Code::Percent => (
            "Chances and shares are decimals from 0 to 1, with at most four places.",
            "Divide by a hundred: 70 % is `0.7`.",
            "reports: 70%",
        ),
        Code::Bracket => (
            "Every `(`, `[` and `{` is closed by its counterpart, in the reverse order.",
            "Insert what is missing. The place named is the last one at which it can stand; it may belong further up.",
            "after: [\"triage\", takes: \"5m\"",
        ),
        Code::MissingComma => (
            "Things in brackets are separated by commas. The place named is the end of what stands before.",
            "Insert `,`.",
            "(id: \"triage\" phase: Assessment)",
        ),
        Code::MissingColon => (
            "A field is a name, a colon and a value.",
            "Insert `:`.",
            "(id \"triage\")",
        ),
        Code::Unexpected => (
            "Something stands where the grammar has no place for it: one sign too many, a missing value, or text behind the end.",
            "Remove it, or write what is missing.",
            "after: [\"triage\",, \"declare\"]",
        ),
        Code::TooDeep => (
            "Brackets within brackets are read to a limit far beyond what definitions need, so that no text can exhaust memory.",
            "Check that brackets are closed where they should be.",
            "[[[[[[[[[[ ...",
        ),
        other => of_signs(other),
    }
}

/// Signs and notations of other formats.
const fn of_signs(code: Code) -> Parts {
    match code {
        Code::Extension => (
            "Definitions are RON with implicit Some and no other extension, so that every tool reads them alike. One form is our own and needs no line: a value with its reason, `(0, because: \"..\")`.",
            "Remove the line, and write the fields in full.",
            "#![enable(unwrap_newtypes)]",
        ),
        Code::InsideWord => (
            "A word has only letters, digits and `_`. A character between them is a slip of the hand; one that nobody sees came from a web page or a word processor.",
            "Remove the character.",
            "phase: Assess\u{a7}ment",
        ),
        Code::OtherBlank => (
            "Between words stand plain spaces. Web pages and word processors use others, which look alike and are other characters.",
            "Write plain spaces; most editors can replace all of them at once.",
            "phase:\u{a0}Assessment",
        ),
        Code::HashComment => (
            "In RON a comment starts with `//` and ends with its line, or stands between `/*` and `*/`.",
            "Write `//` instead of `#`.",
            "# who owns this plan?",
        ),
        Code::OtherFormat => (
            "Definitions are RON, or JSON in files whose name ends in `.json`. This file is written in something else.",
            "Write it as RON; `hotwash new DIR` makes files to start from, and `hotwash schema KIND` lists the fields.",
            "title: Response plan",
        ),
        _ => (
            "The text was understood, but the reference parser of its format refuses it; other tools would too.",
            "Follow what the parser says at the place named.",
            "a comment in a .json file",
        ),
    }
}
