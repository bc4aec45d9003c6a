//! Nothing unfinished is merged, and nothing names a place on one machine.

use crate::source::{Breach, Text};

/// Words that mark unfinished work, in halves so that this file does not hold them.
const UNFINISHED: [(&str, &str); 4] = [("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("db", "g!(")];

/// Starts of paths that exist on one machine only, in halves likewise.
const PLACES: [(&str, &str); 4] = [
    ("/ho", "me/"),
    ("/ro", "ot/"),
    ("/wo", "rk/"),
    ("/Use", "rs/"),
];

/// Unfinished work and machine paths in a text.
pub(crate) fn breaches(text: &Text) -> Vec<Breach> {
    let mut found = Vec::new();
    for (index, line) in text.text.lines().enumerate() {
        let breach = |what: String| Breach {
            path: text.path.clone(),
            line: index + 1,
            what,
        };
        for (a, b) in UNFINISHED {
            if stands_alone(line, &format!("{a}{b}")) {
                found.push(breach(format!("{a}{b} is left")));
            }
        }
        for (a, b) in PLACES {
            if starts_path(line, &format!("{a}{b}")) {
                found.push(breach(format!("a path under {a}{b}")));
            }
        }
    }
    found
}

/// Whether the word occurs with no letter before or after it.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !letter(before) && (word.ends_with('(') || !letter(after))
    })
}

/// Whether the prefix starts a path rather than continuing a longer one, such as an address.
fn starts_path(line: &str, prefix: &str) -> bool {
    line.match_indices(prefix).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '~' | '}'))
    })
}

#[test]
fn what_is_left_over_is_found() {
    let places = PLACES.map(|(a, b)| format!("{a}{b}x\n")).concat();
    let marks = UNFINISHED.map(|(a, b)| format!("// {a}{b} x\n")).concat();
    let address = ["https://example.org/ho", "me/x"].concat();
    let text = Text {
        path: "docs/x.md".to_owned(),
        text: format!("{places}{marks}Fine: {address}, XXXL\n"),
    };
    let lines: Vec<usize> = breaches(&text).iter().map(|breach| breach.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 8]);
}
