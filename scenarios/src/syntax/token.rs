//! Words, numbers, strings and signs of a definition, with their places.
//!
//! Lexing does not stop at the first fault: it notes it and goes on behind it.

mod escape;

use crate::notation::is_invisible;
use escape::escape;
use std::borrow::Cow;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A bare word.
    Word(&'a str),
    /// A number, as written.
    Number(&'a str),
    /// A string without its quotes.
    Text(Cow<'a, str>),
    /// A character literal or a byte string, which no definition uses.
    Foreign,
    /// A word with a character in it that has no meaning; that has been reported.
    Broken,
    /// `#![enable(...)]` with the names it lists.
    Extensions(Vec<&'a str>),
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub(crate) kind: Kind<'a>,
    /// Where it stands.
    pub(crate) range: Range<usize>,
}

impl Token<'_> {
    /// Whether it is a string.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text(_))
    }
}

/// What is wrong with the letters themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A string that does not end.
    OpenText,
    /// A comment that does not end.
    OpenComment,
    /// A typographic quote where `"` belongs.
    SmartQuote,
    /// A string in single quotes.
    SingleQuotes,
    /// An escape that does not exist.
    Escape,
    /// A control character or a sign that means nothing here.
    Stray(char),
    /// The same, inside a word.
    Inside(char),
    /// A blank that is no plain one.
    Blank,
    /// A comment that starts with `#`.
    Hash,
}

/// All tokens of a text and the faults between them.
#[derive(Debug, Default)]
pub(crate) struct Tokens<'a> {
    pub(crate) tokens: Vec<Token<'a>>,
    pub(crate) faults: Vec<(Fault, Range<usize>)>,
}

/// Cuts a text into tokens; stops early where there are more than `limit`.
pub(crate) fn tokens(text: &str, json: bool, limit: usize) -> Tokens<'_> {
    tokens_with(text, json, limit, &[])
}

/// The same, as if more quotes stood before some bytes, which are in their order.
pub(super) fn tokens_with<'a>(
    text: &'a str,
    json: bool,
    limit: usize,
    quotes: &[usize],
) -> Tokens<'a> {
    let mut lexer = Lexer {
        text,
        at: 0,
        json,
        quotes,
        closed: None,
        serious: 0,
        out: Tokens::default(),
    };
    while lexer.out.tokens.len() <= limit && lexer.serious <= MAX_FAULTS {
        lexer.skip_blanks();
        if lexer.at >= text.len() {
            break;
        }
        let before = lexer.at;
        lexer.one();
        debug_assert!(lexer.at > before, "every turn consumes a character");
    }
    lexer.out
}

/// After so many faults the rest is not looked at: it is not a definition.
const MAX_FAULTS: usize = 50;

struct Lexer<'a, 'q> {
    text: &'a str,
    at: usize,
    json: bool,
    /// Bytes before which a quote is missing.
    quotes: &'q [usize],
    /// Before which byte such a quote closed a text: there it opens none.
    closed: Option<usize>,
    /// How many faults were found behind which one cannot be sure what is meant.
    serious: usize,
    out: Tokens<'a>,
}

impl<'a> Lexer<'a, '_> {
    /// Whether a quote that is missing opens a text here.
    fn opens_here(&self) -> bool {
        self.quotes.contains(&self.at) && self.closed != Some(self.at)
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind<'a>, len: usize) {
        let range = self.at..self.at + len;
        self.out.tokens.push(Token { kind, range });
        self.at += len;
    }

    fn fault(&mut self, fault: Fault, range: Range<usize>) {
        self.serious += usize::from(!matches!(fault, Fault::Blank | Fault::Hash));
        self.out.faults.push((fault, range));
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(is_blank);
            self.at += rest.len() - trimmed.len();
            if self.opens_here() {
                return;
            } else if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.skip_block_comment();
            } else if trimmed.starts_with('#') && !self.json && !is_extension(trimmed) {
                let line = trimmed.find('\n').unwrap_or(trimmed.len());
                self.fault(Fault::Hash, self.at..self.at + 1);
                self.at += line;
            } else if trimmed.starts_with(char::is_whitespace) {
                let len = trimmed.chars().next().map_or(1, char::len_utf8);
                self.fault(Fault::Blank, self.at..self.at + len);
                self.at += len;
            } else {
                return;
            }
        }
    }

    /// Block comments nest.
    fn skip_block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
            } else if let Some(c) = rest.chars().next() {
                self.at += c.len_utf8();
            } else {
                self.fault(Fault::OpenComment, start..start + 2);
                return;
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn one(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return;
        };
        if self.opens_here() {
            return self.text(0, false);
        }
        match first {
            '(' | '[' | '{' => self.push(Kind::Open(first), 1),
            ')' | ']' | '}' => self.push(Kind::Close(first), 1),
            ',' => self.push(Kind::Comma, 1),
            ':' => self.push(Kind::Colon, 1),
            '"' => self.text(1, false),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' => {
                self.smart_quote(first);
            }
            '\'' | '\u{2018}' | '\u{2019}' => self.single_quote(first),
            '#' if is_extension(rest) => self.extensions(),
            'r' if is_raw_text(rest) => self.raw_text(),
            'b' if rest.starts_with("b\"") => self.text(2, true),
            c if c.is_ascii_digit() || (matches!(c, '+' | '-' | '.') && is_number(rest)) => {
                self.number();
            }
            c if c == '_' || c.is_alphabetic() => self.word(),
            c => {
                let range = self.at..self.at + c.len_utf8();
                self.at = range.end;
                self.fault(Fault::Stray(c), range);
            }
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let start = if rest.starts_with("r#") { 2 } else { 0 };
        let ends = |c: char| !(c == '_' || c.is_alphanumeric());
        let word = |from: usize| rest[from..].find(ends).map_or(rest.len(), |end| end + from);
        let mut len = word(start);
        // RON has no such words: an id without its quotes.
        while rest[len..].starts_with(['-', '.']) && word(len + 1) > len + 1 {
            len = word(len + 1);
        }
        if let Some(faulty) = self.faulty_word(len) {
            return self.push(Kind::Broken, faulty);
        }
        self.push(Kind::Word(&rest[start..len]), len);
    }

    /// The length of a word with characters in it that have no meaning, which are reported.
    fn faulty_word(&mut self, sound: usize) -> Option<usize> {
        let rest = self.rest();
        let is_part = |c: char| c == '_' || c.is_alphanumeric();
        let (mut len, mut faults) = (sound, Vec::new());
        loop {
            let behind = &rest[len..];
            let stray = behind.chars().next().filter(|c| is_slip(*c));
            let Some(stray) = stray else { break };
            let next = len + stray.len_utf8();
            let goes_on = rest[next..].starts_with(is_part);
            // What nobody sees belongs to the word before it, also at its end.
            if !(goes_on || is_invisible(stray)) {
                break;
            }
            faults.push((stray, len..next));
            len = next
                + rest[next..]
                    .find(|c| !is_part(c))
                    .unwrap_or(rest.len() - next);
        }
        if faults.is_empty() {
            return None;
        }
        for (stray, range) in faults {
            self.fault(
                Fault::Inside(stray),
                self.at + range.start..self.at + range.end,
            );
        }
        Some(len)
    }

    fn number(&mut self) {
        let rest = self.rest();
        let mut len = number(rest);
        // RON has nothing of the kind: a duration without its quotes.
        while rest[..len].ends_with(|c: char| c.is_ascii_alphabetic()) {
            let gap = [" to ", " "].into_iter().find(|gap| {
                let behind = rest[len..].strip_prefix(gap);
                behind.is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()))
            });
            let Some(gap) = gap else { break };
            len += gap.len() + number(&rest[len + gap.len()..]);
        }
        let behind = rest[len..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        if behind.starts_with('%') && !rest[..len].ends_with('%') {
            len = rest.len() - behind.len() + 1;
        }
        if let Some(faulty) = self.faulty_word(len) {
            return self.push(Kind::Broken, faulty);
        }
        self.push(Kind::Number(&rest[..len]), len);
    }

    /// A text behind its opening quote, which is so long: nothing where it is missing.
    fn text(&mut self, opening: usize, foreign: bool) {
        let start = self.at;
        let rest = &self.rest()[opening..];
        let mut value: Option<String> = None;
        let mut plain_from = 0;
        let mut at = 0;
        let mut closing;
        loop {
            let found = rest[at..].find(['"', '\\']).map(|next| at + next);
            let from = start + opening;
            let mut missing = self.quotes.iter().map(|quote| quote.saturating_sub(from));
            let missing = missing.find(|quote| *quote > at && *quote <= rest.len());
            closing = usize::from(missing.is_none());
            let next = match (found, missing) {
                (Some(next), Some(quote)) if next < quote => {
                    closing = 1;
                    next
                }
                (_, Some(quote)) => {
                    at = quote;
                    break;
                }
                (Some(next), None) => next,
                (None, None) => return self.open_text(start),
            };
            at = next;
            if rest.as_bytes()[at] == b'"' {
                break;
            }
            let value = value.get_or_insert_default();
            value.push_str(&rest[plain_from..at]);
            if let Some((c, len)) = escape(&rest[at..], self.json) {
                value.extend(c);
                at += len;
            } else {
                let from = start + opening + at;
                self.fault(Fault::Escape, from..from + 1);
                at += 1;
                let skipped = rest[at..].chars().next().map_or(0, char::len_utf8);
                at += skipped;
            }
            plain_from = at;
        }
        let kind = match value {
            _ if foreign => Kind::Foreign,
            None => Kind::Text(Cow::Borrowed(&rest[..at])),
            Some(mut value) => {
                value.push_str(&rest[plain_from..at]);
                Kind::Text(Cow::Owned(value))
            }
        };
        self.push(kind, opening + at + closing);
        self.closed = (closing == 0).then_some(self.at);
    }

    /// A string without an end takes the rest of its line, so that what follows can be read.
    fn open_text(&mut self, start: usize) {
        let rest = &self.text[start..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let line = rest[..line].trim_end().len();
        self.fault(Fault::OpenText, start..start + line);
        let first = rest.chars().next().map_or(1, char::len_utf8);
        self.push(
            Kind::Text(Cow::Borrowed(&rest[first..line.max(first)])),
            line.max(first),
        );
    }

    fn raw_text(&mut self) {
        let rest = self.rest();
        let hashes = rest[1..].bytes().take_while(|b| *b == b'#').count();
        let opening = hashes + 2;
        let closing = format!("\"{}", "#".repeat(hashes));
        match rest[opening..].find(&closing) {
            Some(len) => {
                let value = Cow::Borrowed(&rest[opening..opening + len]);
                self.push(Kind::Text(value), opening + len + closing.len());
            }
            None => self.open_text(self.at),
        }
    }

    fn smart_quote(&mut self, first: char) {
        let start = self.at;
        let rest = &self.rest()[first.len_utf8()..];
        let is_end = |c: char| {
            matches!(c, '"' | '\n')
                || matches!(
                    c,
                    '\u{201c}' | '\u{201d}' | '\u{201f}' | '\u{ab}' | '\u{bb}'
                )
        };
        let inner = rest.find(is_end).unwrap_or(rest.len());
        let closing = rest[inner..].chars().next().filter(|c| *c != '\n');
        let len = first.len_utf8() + inner + closing.map_or(0, char::len_utf8);
        self.fault(Fault::SmartQuote, start..start + len);
        self.push(Kind::Text(Cow::Borrowed(&rest[..inner])), len);
    }

    fn single_quote(&mut self, first: char) {
        let start = self.at;
        let rest = &self.rest()[first.len_utf8()..];
        let is_end = |c: char| matches!(c, '\'' | '\n' | '\u{2018}' | '\u{2019}');
        let inner = rest.find(is_end).unwrap_or(rest.len());
        let closing = rest[inner..].chars().next().filter(|c| *c != '\n');
        let len = first.len_utf8() + inner + closing.map_or(0, char::len_utf8);
        self.fault(Fault::SingleQuotes, start..start + len);
        self.push(Kind::Text(Cow::Borrowed(&rest[..inner])), len);
    }

    fn extensions(&mut self) {
        let rest = self.rest();
        let len = rest.find(']').map_or(rest.len(), |end| end + 1);
        let inner = &rest[..len];
        let listed = inner.split_once('(').map_or("", |(_, names)| names);
        let listed = listed.trim_end_matches([']', ')', ' ', ',']);
        let names = listed
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        self.push(Kind::Extensions(names.collect()), len);
    }
}

/// The length of a number at the start of a text, with whatever is written onto it.
fn number(rest: &str) -> usize {
    let mut len = 0;
    let mut before = ' ';
    let is_digit = |b: &u8| b.is_ascii_digit();
    for c in rest.chars() {
        let sign = matches!(c, '+' | '-') && (len == 0 || matches!(before, 'e' | 'E'));
        // As the Swiss write thousands: `26'000`.
        let behind = rest.as_bytes().get(len + 1..len + 4);
        let mark = c == '\''
            && before.is_ascii_digit()
            && behind.is_some_and(|three| three.iter().all(is_digit));
        if !(sign || mark || c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%')) {
            break;
        }
        before = c;
        len += 1;
    }
    len
}

/// The blanks of RON.
const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

const fn is_extension(rest: &str) -> bool {
    matches!(rest.as_bytes(), [b'#', b'!', b'[', ..])
}

/// Whether a character stands for no sign of the language: in a word it is a slip.
fn is_slip(c: char) -> bool {
    let sign = matches!(c, ';' | '=' | '|' | '/' | '\\' | '<' | '>' | '#');
    let known = c == '_' || c.is_alphanumeric() || c.is_whitespace();
    let used = matches!(
        c,
        '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' | '"' | '\'' | '-' | '.' | '+' | '%'
    );
    let quotes = matches!(c, '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}');
    !(sign || known || used || quotes)
}

fn is_raw_text(rest: &str) -> bool {
    rest[1..].trim_start_matches('#').starts_with('"')
}

fn is_number(rest: &str) -> bool {
    let unsigned = rest.trim_start_matches(['+', '-', '.']);
    unsigned.starts_with(|c: char| c.is_ascii_digit())
        || (rest.starts_with(['+', '-'])
            && (unsigned.starts_with("inf") || unsigned.starts_with("NaN")))
}
