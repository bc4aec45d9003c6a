//! The tokens of a sound definition, cut without any help of the loader.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A bare word.
    Word,
    /// A number.
    Number,
    /// A text, with its quotes.
    Text,
    /// A bracket, a comma or a colon.
    Sign,
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
}

/// The tokens of a text without escapes, raw texts and block comments: the shipped ones have none.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let rest = &text[at..];
        let span = |ends: fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
        let word = |c: char| !(c.is_alphanumeric() || c == '_');
        let (kind, len) = match bytes[at] {
            b'/' => (None, span(|c| c == '\n')),
            b'"' => (Some(Kind::Text), rest[1..].find('"').expect("it ends") + 2),
            b'-' | b'0'..=b'9' => (
                Some(Kind::Number),
                span(|c| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '_'))),
            ),
            b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b':' => (Some(Kind::Sign), 1),
            b if b.is_ascii_alphabetic() => (Some(Kind::Word), span(word)),
            _ => (None, rest.chars().next().map_or(1, char::len_utf8)),
        };
        if let Some(kind) = kind {
            let range = at..at + len;
            found.push(Token { kind, range });
        }
        at += len;
    }
    found
}

/// Whether two texts are the same but for blanks and comments.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let all = tokens(text);
        all.into_iter().map(|t| text[t.range].to_owned()).collect()
    };
    // A fault can leave a quote open, which only a mended text is sure not to have.
    a.matches('"').count() == b.matches('"').count() && words(a) == words(b)
}
