//! The mechanical faults that a hand makes, one for each way in which a token can go wrong.

use crate::tokens::{Kind, Token};
use std::collections::BTreeSet;
use std::ops::Range;

/// Where a fault has to be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expected {
    /// On the token as it now stands.
    On(Range<usize>),
    /// At the end of the token before what is missing; of several alike, any may be the missing one.
    Behind(Range<usize>),
    /// Between the token before a lost value and the end of the one behind it.
    Around(Range<usize>),
}

/// What a report owes the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owed {
    /// A change that gives back the tokens of the file.
    Restoration,
    /// What was lost cannot be known: the cause, and the form that is wanted.
    Form,
}

/// A planted fault.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The kind of token and what befell it.
    pub(crate) kind: &'static str,
    /// What is put in place of which bytes.
    pub(crate) replaced: Range<usize>,
    pub(crate) by: String,
    pub(crate) expected: Expected,
    pub(crate) owed: Owed,
}

/// A token with its neighbours.
pub(crate) struct Site<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
    pub(crate) at: usize,
    /// Every word and text of the shipped files: a typo that makes one of them is no sure fault.
    pub(crate) known: &'t BTreeSet<String>,
    /// Ids that are declared somewhere.
    pub(crate) ids: &'t BTreeSet<String>,
}

impl Site<'_> {
    /// Whether there are thousands of the kind: delimiters and field names.
    pub(crate) fn is_plentiful(&self) -> bool {
        self.token().kind == Kind::Sign || (self.token().kind == Kind::Word && self.next() == ":")
    }

    fn token(&self) -> &Token {
        &self.tokens[self.at]
    }

    fn written(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.text[token.range.clone()])
    }

    fn own(&self) -> &str {
        self.written(self.at)
    }

    fn next(&self) -> &str {
        self.written(self.at + 1)
    }

    fn before(&self) -> &str {
        self.at.checked_sub(1).map_or("", |at| self.written(at))
    }

    fn end_before(&self) -> usize {
        self.at
            .checked_sub(1)
            .map_or(0, |at| self.tokens[at].range.end)
    }

    /// Where a dropped sign can be missed, in the text without it: it may stand among others alike.
    fn gap(&self) -> Range<usize> {
        let alike = |at: &usize| self.written(*at) == self.own();
        let before = (0..self.at).rev().take_while(alike).count();
        let behind = (self.at + 1..self.tokens.len()).take_while(alike).count();
        let first = (self.at - before).checked_sub(1);
        let start = first.map_or(0, |at| self.tokens[at].range.end);
        let last = match behind {
            0 => self.end_before(),
            more => self.tokens[self.at + more].range.end - self.token().range.len(),
        };
        start..last
    }

    fn put(&self, kind: &'static str, by: String, owed: Owed) -> Fault {
        let replaced = self.token().range.clone();
        let now = replaced.start..replaced.start + by.len();
        Fault {
            kind,
            replaced,
            by,
            expected: Expected::On(now),
            owed,
        }
    }

    /// The field to which a value belongs: the nearest word with a colon before it.
    fn field(&self) -> &str {
        let named = |at: &usize| self.written(at + 1) == ":" && self.tokens[*at].kind == Kind::Word;
        let at = (0..self.at).rev().find(named);
        at.map_or("", |at| self.written(at))
    }

    /// Every fault of this token.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        match self.token().kind {
            Kind::Word
                if self.next() == ":" && self.own().starts_with(|c: char| c.is_lowercase()) =>
            {
                self.field_name()
            }
            Kind::Word => self.word(),
            Kind::Number => self.number(),
            Kind::Text if self.before() == ":" && self.field() == "id" => self.declared(),
            Kind::Text if self.ids.contains(self.own().trim_matches('"')) => self.reference(),
            Kind::Text if is_duration(self.own().trim_matches('"')) => self.duration(),
            Kind::Text => Vec::new(),
            Kind::Sign => self.sign(),
        }
    }

    fn field_name(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(
            self.letter()
                .map(|by| self.put("field name, letter", by, Owed::Restoration)),
        );
        faults.extend(
            self.swapped()
                .map(|by| self.put("field name, neighbours", by, Owed::Restoration)),
        );
        faults.push(self.put(
            "field name, in quotes",
            format!("\"{}\"", self.own()),
            Owed::Restoration,
        ));
        faults.push(self.dropped("field name, dropped"));
        faults
    }

    fn word(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(
            self.letter()
                .map(|by| self.put("word, letter", by, Owed::Restoration)),
        );
        faults.extend(
            self.swapped()
                .map(|by| self.put("word, neighbours", by, Owed::Restoration)),
        );
        faults.push(self.put(
            "word, in quotes",
            format!("\"{}\"", self.own()),
            Owed::Restoration,
        ));
        if self.loss_is_a_fault() {
            faults.push(self.dropped("word, dropped"));
        }
        let (start, end) = self.own().split_at(self.own().len() / 2);
        let slips = self.at.is_multiple_of(4);
        for (kind, slip) in [("word, unseen", '\u{200b}'), ("word, slip", '\u{a7}')]
            .into_iter()
            .filter(|_| slips)
        {
            faults.push(self.put(kind, format!("{start}{slip}{end}"), Owed::Restoration));
        }
        let otherwise = [
            ("true", "yes"),
            ("false", "no"),
            ("true", "True"),
            ("false", "off"),
        ];
        for (_, by) in otherwise
            .into_iter()
            .filter(|(word, _)| *word == self.own())
        {
            faults.push(self.put("truth, otherwise", by.to_owned(), Owed::Restoration));
        }
        faults
    }

    fn declared(&self) -> Vec<Fault> {
        let own = self.own();
        let bare = own.trim_matches('"').to_owned();
        let mut faults = vec![self.put("id, bare", bare, Owed::Restoration)];
        if own.contains('-') {
            let by = own.replace('-', " ");
            faults.push(self.put("id, with blanks", by, Owed::Restoration));
        }
        let (start, end) = own.split_at(own.len() / 2);
        let by = format!("{start}\u{200b}{end}");
        faults.push(self.put("id, unseen", by, Owed::Restoration));
        faults
    }

    fn reference(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(
            self.letter()
                .map(|by| self.put("reference, letter", by, Owed::Restoration)),
        );
        faults.extend(
            self.swapped()
                .map(|by| self.put("reference, neighbours", by, Owed::Restoration)),
        );
        let bare = self.own().trim_matches('"').to_owned();
        faults.push(self.put("reference, bare", bare, Owed::Restoration));
        if self.loss_is_a_fault() {
            faults.push(self.dropped("reference, dropped"));
        }
        faults
    }

    fn number(&self) -> Vec<Fault> {
        let own = self.own();
        let mut faults = vec![
            self.put("number, in quotes", format!("\"{own}\""), Owed::Restoration),
            // What less than nothing was meant to be, nobody can know.
            self.put("number, negative", format!("-{own}"), Owed::Form),
            self.put("number, in percent", percent(own), Owed::Restoration),
            self.put("number, two points", format!("{own}.5.2"), Owed::Form),
        ];
        if let Some(by) = letter_for_digit(own) {
            faults.push(self.put("number, letter for digit", by, Owed::Restoration));
        }
        faults.extend(
            (own.contains('.') && self.before() == ":")
                .then(|| self.put("number, comma", own.replace('.', ","), Owed::Restoration)),
        );
        faults.extend(own.contains('.').then(|| {
            self.put(
                "number, double point",
                own.replace('.', ".."),
                Owed::Restoration,
            )
        }));
        faults.push(self.dropped("number, dropped"));
        faults
    }

    fn duration(&self) -> Vec<Fault> {
        let own = self.own();
        let bare = own.trim_matches('"');
        let mut faults = vec![
            self.put(
                "duration, double unit",
                format!(
                    "{}{}\"",
                    &own[..own.len() - 1],
                    &own[own.len() - 2..own.len() - 1]
                ),
                Owed::Restoration,
            ),
            self.put("duration, bare", bare.to_owned(), Owed::Restoration),
            self.put(
                "duration, monstrous",
                format!("\"99999999{bare}\""),
                Owed::Form,
            ),
        ];
        if !bare.starts_with('-') && !matches!(self.field(), "at" | "attack_began") {
            faults.push(self.put("duration, negative", format!("\"-{bare}\""), Owed::Form));
        }
        if let Some(by) = letter_for_digit(own) {
            faults.push(self.put("duration, letter for digit", by, Owed::Restoration));
        }
        if self.loss_is_a_fault() {
            faults.push(self.dropped("duration, dropped"));
        }
        faults
    }

    fn sign(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let (own, next) = (self.own(), self.next());
        // A comma before a closing bracket may be there or not.
        let is_free = own == "," && matches!(next, ")" | "]" | "}");
        if !is_free {
            let kind = match own {
                "," => "comma, dropped",
                ":" => "colon, dropped",
                "(" | "[" | "{" => "opening bracket, dropped",
                _ => "closing bracket, dropped",
            };
            faults.push(Fault {
                kind,
                replaced: self.token().range.clone(),
                by: String::new(),
                expected: Expected::Behind(self.gap()),
                owed: Owed::Restoration,
            });
        }
        let (kind, by) = match own {
            "," => ("comma, other sign", ";"),
            ":" => ("colon, other sign", "="),
            "(" | "{" => ("opening bracket, other kind", "["),
            "[" => ("opening bracket, other kind", "("),
            ")" => ("closing bracket, other kind", "]"),
            _ => ("closing bracket, other kind", ")"),
        };
        faults.push(self.put(kind, by.to_owned(), Owed::Restoration));
        if own == ":" && self.at.is_multiple_of(20) {
            faults.push(self.put("blank, another", ":\u{a0}".to_owned(), Owed::Restoration));
        }
        faults
    }

    /// Whether leaving the token out makes a fault: a list may lose its last item, or its only one.
    fn loss_is_a_fault(&self) -> bool {
        let in_list = matches!(self.before(), "[" | ",");
        self.next() != "(" && !(in_list && matches!(self.next(), "]" | ")"))
    }

    fn dropped(&self, kind: &'static str) -> Fault {
        let end = self
            .tokens
            .get(self.at + 1)
            .map_or(self.text.len(), |next| next.range.end);
        let gone = self.token().range.len();
        Fault {
            kind,
            replaced: self.token().range.clone(),
            by: String::new(),
            expected: Expected::Around(self.end_before()..end - gone),
            owed: Owed::Form,
        }
    }

    /// One letter replaced by the next of the alphabet, so that no known word results.
    fn letter(&self) -> Option<String> {
        let own = self.own();
        let middle = own.len() / 2;
        let positions = (middle..own.len()).chain(0..middle);
        positions
            .filter(|at| own.as_bytes()[*at].is_ascii_alphabetic())
            .map(|at| {
                let next = match own.as_bytes()[at] {
                    b'z' => 'a',
                    b'Z' => 'A',
                    letter => char::from(letter + 1),
                };
                format!("{}{next}{}", &own[..at], &own[at + 1..])
            })
            .find(|typo| !self.known.contains(typo.trim_matches('"')))
    }

    /// Two letters swapped, so that no known word results.
    fn swapped(&self) -> Option<String> {
        let own = self.own();
        let middle = own.len() / 2;
        let positions = (middle..own.len()).chain(1..middle).filter(|at| *at > 0);
        positions
            .filter(|at| {
                let pair = &own.as_bytes()[at - 1..=*at];
                pair.iter().all(u8::is_ascii_alphabetic) && pair[0] != pair[1]
            })
            .map(|at| {
                let (a, b) = (&own[at - 1..at], &own[at..=at]);
                format!("{}{b}{a}{}", &own[..at - 1], &own[at + 1..])
            })
            .find(|typo| !self.known.contains(typo.trim_matches('"')))
    }
}

/// A share as the percentage it is; another number with the sign behind it.
fn percent(own: &str) -> String {
    match own.parse::<f64>() {
        Ok(share) if own.contains('.') && share <= 1.0 => {
            let hundredths = format!("{:.4}", share * 100.0);
            let plain = hundredths.trim_end_matches('0').trim_end_matches('.');
            format!("{plain}%")
        }
        _ => format!("{own}%"),
    }
}

fn letter_for_digit(own: &str) -> Option<String> {
    let by = |digit: char| if digit == '0' { 'O' } else { 'l' };
    let at = own.rfind(['0', '1'])?;
    let digit = own[at..].chars().next()?;
    Some(format!("{}{}{}", &own[..at], by(digit), &own[at + 1..]))
}

/// Whether a text is a duration or a law of one, such as `5m to 40m`.
pub(crate) fn is_duration(text: &str) -> bool {
    let unit = |part: &str| {
        let digits = part
            .trim_start_matches('-')
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let unit = part.trim_start_matches('-').get(digits..);
        digits > 0 && matches!(unit, Some("s" | "m" | "h" | "d" | "w" | "mo" | "bd" | "y"))
    };
    text.split(" to ").all(|part| part.split(' ').all(unit))
}
