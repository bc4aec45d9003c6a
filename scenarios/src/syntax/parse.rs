//! From tokens to a tree, going on behind a missing comma, colon or bracket.

mod missing;
mod number;

use super::lexical::cut;
use super::token::{Kind, Token};
use super::{Group, Item, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::source::{Place, Source};

/// What became of a text.
pub(crate) struct Parsed<'a> {
    /// The tree, as far as it could be read.
    pub(crate) root: Option<Node<'a>>,
    /// What was wrong.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Reads a text into a tree.
pub(crate) fn parse(source: &Source, file: u16) -> Parsed<'_> {
    let mut cut = cut(source, file);
    let mut parsed = tree(source, file, &cut.tokens, !cut.problems.is_empty());
    cut.problems.append(&mut parsed.problems);
    parsed.problems = cut.problems;
    parsed
}

/// Makes a tree of tokens of a text. An empty file is no problem where its letters are one.
pub(crate) fn tree<'a>(
    source: &'a Source,
    file: u16,
    tokens: &[Token<'a>],
    faulty: bool,
) -> Parsed<'a> {
    let mut parser = Parser {
        text: &source.text,
        tokens,
        at: 0,
        file,
        end: source.text.trim_end().len(),
        open: Vec::new(),
        problems: Vec::new(),
        given_up: false,
    };
    let root = parser.document(faulty);
    Parsed {
        root,
        problems: parser.problems,
    }
}

/// An open bracket.
struct Open {
    sign: char,
    place: Place,
    /// Whether a word stands before it.
    named: bool,
    /// Whether its items have keys, as far as one has been seen.
    keyed: Option<bool>,
}

struct Parser<'a, 't> {
    text: &'a str,
    tokens: &'t [Token<'a>],
    at: usize,
    file: u16,
    end: usize,
    open: Vec<Open>,
    problems: Vec<Diagnostic>,
    given_up: bool,
}

const fn broken<'a>(place: Place) -> Node<'a> {
    Node {
        place,
        kind: NodeKind::Broken,
    }
}

/// Where a value belongs and none stands; what reads the tree says which one is wanted.
const fn missing<'a>(place: Place) -> Node<'a> {
    Node {
        place,
        kind: NodeKind::Missing,
    }
}

pub(super) const fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

impl<'a> Parser<'a, '_> {
    fn place(&self, token: &Token<'a>) -> Place {
        Place::new(self.file, token.range.start, token.range.end)
    }

    fn peek(&self) -> Option<&Kind<'a>> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn peek_second(&self) -> Option<&Kind<'a>> {
        self.tokens.get(self.at + 1).map(|token| &token.kind)
    }

    /// The place of the next token, or the end of the text.
    fn here(&self) -> Place {
        match self.tokens.get(self.at) {
            Some(token) => self.place(token),
            None => Place::new(self.file, self.end, self.end),
        }
    }

    /// The empty place behind the token before.
    fn behind(&self) -> Place {
        match self.at.checked_sub(1).and_then(|at| self.tokens.get(at)) {
            Some(token) => self.place(token).after(),
            None => Place::new(self.file, 0, 0),
        }
    }

    fn report(&mut self, problem: Diagnostic) {
        if self.problems.len() >= limits::PROBLEMS_PER_FILE {
            self.given_up = true;
        } else {
            self.problems.push(problem);
        }
    }

    fn document(&mut self, faulty: bool) -> Option<Node<'a>> {
        self.header();
        if self.tokens.len() <= self.at {
            if self.problems.is_empty() && !faulty {
                let place = Place::new(self.file, 0, 0);
                self.report(
                    Diagnostic::new(Code::EmptyFile, "the file is empty", place)
                        .help("`hotwash new DIR` writes files to start from"),
                );
            }
            return None;
        }
        let root = self.value();
        if self.at < self.tokens.len() && !self.given_up {
            let place = self.here();
            let message = "the definition has ended, and this follows";
            self.report(Diagnostic::new(Code::Unexpected, message, place).cure(
                "remove it",
                place,
                "",
            ));
        }
        Some(root)
    }

    /// The lines `#![enable(...)]`, of which only `implicit_some` changes nothing.
    fn header(&mut self) {
        while let Some(Kind::Extensions(names)) = self.peek() {
            let refused: Vec<&str> = names
                .iter()
                .copied()
                .filter(|name| *name != "implicit_some")
                .collect();
            let place = self.here();
            self.at += 1;
            if !refused.is_empty() {
                let message = format!("the extension `{}` is not for definitions", refused[0]);
                self.report(
                    Diagnostic::new(Code::Extension, message, place)
                        .cure("remove the line", place, "")
                        .note("definitions are RON with `implicit_some`, which needs no line"),
                );
            }
        }
    }

    fn value(&mut self) -> Node<'a> {
        let place = self.here();
        let Some(token) = self.tokens.get(self.at) else {
            return missing(self.behind());
        };
        let kind = match &token.kind {
            Kind::Word(word) => {
                self.at += 1;
                let opens = matches!(self.peek(), Some(Kind::Open('(')));
                if opens {
                    return self.group(Some((word, place)));
                }
                NodeKind::Word(word)
            }
            Kind::Open(_) => return self.group(None),
            Kind::Number(number) => {
                self.at += 1;
                return self.number(number, place);
            }
            Kind::Broken => {
                self.at += 1;
                if matches!(self.peek(), Some(Kind::Open('('))) {
                    let group = self.group(None);
                    return broken(place.to(group.place));
                }
                NodeKind::Broken
            }
            Kind::Text(text) => {
                self.at += 1;
                if let Some(word) = self.quoted_word(place) {
                    return self.group(Some((word, place)));
                }
                NodeKind::Text(text.clone())
            }
            Kind::Foreign => {
                self.at += 1;
                NodeKind::Foreign
            }
            Kind::Close(_) | Kind::Comma => {
                return missing(self.behind());
            }
            Kind::Colon | Kind::Extensions(_) => {
                self.at += 1;
                let written = &self.text[place.range()];
                let message = format!("`{written}` stands where a value belongs");
                self.report(Diagnostic::new(Code::Unexpected, message, place).cure(
                    "remove it",
                    place,
                    "",
                ));
                return self.value_behind(place);
            }
        };
        Node { place, kind }
    }

    /// The word in the quotes that were just read, where a bracket is written onto them; reports it.
    fn quoted_word(&mut self, place: Place) -> Option<&'a str> {
        let opens = matches!(self.peek(), Some(Kind::Open('('))) && self.here().start == place.end;
        let word = self.text[place.range()]
            .strip_prefix('"')?
            .strip_suffix('"')?;
        let is_word = word.bytes().all(|b| b.is_ascii_alphabetic()) && !word.is_empty();
        if !opens || !is_word {
            return None;
        }
        let message = format!("`{word}` is a word of the vocabulary, written without quotes");
        self.report(Diagnostic::new(Code::QuotedWord, message, place).cure(
            &format!("write `{word}`"),
            place,
            word,
        ));
        Some(word)
    }

    /// The value behind a sign that was one too many.
    fn value_behind(&mut self, sign: Place) -> Node<'a> {
        match self.peek() {
            Some(Kind::Word(_) | Kind::Number(_) | Kind::Text(_) | Kind::Open(_)) => self.value(),
            _ => broken(sign),
        }
    }

    fn group(&mut self, name: Option<(&'a str, Place)>) -> Node<'a> {
        let opened = self.here();
        let Some(Kind::Open(open)) = self.peek().cloned() else {
            return broken(opened);
        };
        let start = name.map_or(opened, |(_, place)| place);
        self.at += 1;
        if self.open.len() >= limits::DEPTH {
            self.too_deep(opened);
            return broken(start);
        }
        self.open.push(Open {
            sign: open,
            place: opened,
            named: name.is_some(),
            keyed: None,
        });
        let items = self.items(open);
        self.open.pop();
        let end = self.behind().end;
        Node {
            place: Place { end, ..start },
            kind: NodeKind::Group(Group { name, open, items }),
        }
    }

    fn too_deep(&mut self, place: Place) {
        self.given_up = true;
        self.at = self.tokens.len();
        let message = format!("brackets are nested more than {} deep", limits::DEPTH);
        self.problems.push(
            Diagnostic::new(Code::TooDeep, message, place)
                .help("conditions can be split; nothing else needs such depth"),
        );
    }

    fn items(&mut self, open: char) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        while !self.given_up {
            let before = self.at;
            match self.peek() {
                None => {
                    self.unclosed();
                    break;
                }
                Some(Kind::Close(close)) => {
                    let close = *close;
                    if self.close(open, close) {
                        break;
                    }
                }
                Some(Kind::Comma) if self.lacks_value() => {
                    let value = missing(self.behind());
                    items.push(Item { key: None, value });
                    self.at += 1;
                }
                Some(Kind::Comma) => {
                    let place = self.here();
                    self.at += 1;
                    self.report(
                        Diagnostic::new(Code::Unexpected, "one comma too many", place).cure(
                            "remove it",
                            place,
                            "",
                        ),
                    );
                }
                Some(_) => {
                    if self.belongs_outside() {
                        self.unclosed();
                        break;
                    }
                    items.push(self.item());
                    self.separator();
                }
            }
            debug_assert!(self.at > before, "every turn consumes a token or ends");
        }
        items
    }

    /// Deals with a closing bracket; whether the group ends with it.
    fn close(&mut self, open: char, close: char) -> bool {
        if close == closing(open) {
            self.at += 1;
            return true;
        }
        let outer = &self.open[..self.open.len() - 1];
        if outer.iter().any(|outer| closing(outer.sign) == close) {
            self.unclosed();
            return true;
        }
        let place = self.here();
        self.at += 1;
        let message = format!("`{close}` closes nothing that is open here");
        let opened = self.open.last().map_or(place, |open| open.place);
        self.report(
            Diagnostic::new(Code::Bracket, message, place)
                .context(opened, "this is open")
                .cure(
                    &format!("write `{}`", closing(open)),
                    place,
                    &closing(open).to_string(),
                ),
        );
        true
    }

    /// Reports the innermost open bracket as not closed, behind the last value.
    fn unclosed(&mut self) {
        let Some(open) = self.open.last() else {
            return;
        };
        let (sign, opened) = (open.sign, open.place);
        // A comma behind the last value stays outside, but for the last one of a list.
        let mut behind = self.at;
        let is_last = matches!(self.peek(), Some(Kind::Close(_)) | None);
        let goes_on = !(is_last && sign == '[');
        while goes_on && behind > 0 && matches!(self.tokens[behind - 1].kind, Kind::Comma) {
            behind -= 1;
        }
        let place = match behind.checked_sub(1) {
            Some(at) => self.place(&self.tokens[at]).after(),
            None => opened.after(),
        };
        let close = closing(sign);
        self.report(
            Diagnostic::new(Code::Bracket, format!("`{sign}` is not closed"), place)
                .label(format!("`{close}` is missing here at the latest"))
                .context(opened, "this is open")
                .cure(&format!("insert `{close}`"), place, &close.to_string()),
        );
    }

    /// Whether the next item cannot be one of this group, and can be one of a group around it: then
    /// a closing bracket is missing.
    fn belongs_outside(&self) -> bool {
        let Some((inner, outer)) = self.open.split_last() else {
            return false;
        };
        let has_key = matches!(
            self.peek(),
            Some(Kind::Word(_) | Kind::Text(_) | Kind::Broken)
        ) && matches!(self.peek_second(), Some(Kind::Colon));
        let bare_group = matches!(self.peek(), Some(Kind::Open('(')));
        // A value with its reason: `takes: ("30s", because: "..")`.
        let of_field = outer.last().is_some_and(|open| open.keyed == Some(true));
        match (inner.sign, inner.keyed) {
            ('(', Some(false)) if has_key && !inner.named && of_field => false,
            ('[', _) | ('(', Some(false)) if has_key => {
                outer.iter().any(|open| open.keyed == Some(true))
            }
            ('(' | '{', Some(true)) if bare_group => outer.iter().any(|open| open.sign == '['),
            _ => false,
        }
    }

    fn item(&mut self) -> Item<'a> {
        let first = match self.peek() {
            Some(Kind::Colon) => missing(self.behind()),
            _ => self.value(),
        };
        let keyed = matches!(self.peek(), Some(Kind::Colon));
        let missing_colon = !keyed && self.lacks_colon(&first);
        if let Some(open) = self.open.last_mut() {
            open.keyed.get_or_insert(keyed || missing_colon);
        }
        if missing_colon {
            let place = first.place.after();
            self.report(
                Diagnostic::new(Code::MissingColon, "a colon is missing here", place).cure(
                    "insert `:`",
                    place,
                    ":",
                ),
            );
        } else if keyed {
            self.at += 1;
        } else {
            return Item {
                key: None,
                value: first,
            };
        }
        Item {
            key: Some(first),
            value: self.value(),
        }
    }

    /// What stands between two items: a comma, or nothing before a closing bracket.
    fn separator(&mut self) {
        while let Some(Kind::Colon | Kind::Extensions(_)) = self.peek() {
            let place = self.here();
            self.at += 1;
            self.report(
                Diagnostic::new(Code::Unexpected, "one colon too many", place).cure(
                    "remove it",
                    place,
                    "",
                ),
            );
        }
        match self.peek() {
            Some(Kind::Comma) => self.at += 1,
            None | Some(Kind::Close(_)) => {}
            Some(_) if self.given_up => {}
            Some(_) => {
                let place = self.behind();
                self.report(
                    Diagnostic::new(Code::MissingComma, "a comma is missing here", place).cure(
                        "insert `,`",
                        place,
                        ",",
                    ),
                );
            }
        }
    }
}
