//! Numbers as people write them, of which a parser sees two: `0,8`, `26 000`.

use super::Parser;
use crate::source::Place;
use crate::syntax::token::Kind;
use crate::syntax::{Node, NodeKind};

impl<'a> Parser<'a, '_> {
    /// A number that was just read, with what was parted from it by a mark that people use in numbers: `0,8`.
    pub(super) fn number(&mut self, number: &'a str, place: Place) -> Node<'a> {
        let of_field = self
            .open
            .last()
            .is_some_and(|open| open.keyed == Some(true));
        let mut end = place.end;
        while of_field && let Some(next) = self.goes_on(end) {
            self.at = next;
            end = self.behind().end;
        }
        if end == place.end {
            let kind = NodeKind::Number(number);
            return Node { place, kind };
        }
        let place = Place { end, ..place };
        let kind = NodeKind::Number(&self.text[place.range()]);
        Node { place, kind }
    }

    /// The position behind a part of a number that ends at a byte.
    fn goes_on(&self, end: u32) -> Option<usize> {
        let start = |at: usize| self.tokens.get(at).map(|token| token.range.start);
        let number = |at: usize| match &self.tokens.get(at)?.kind {
            Kind::Number(number) if number.starts_with(|c: char| c.is_ascii_digit()) => {
                Some(*number)
            }
            _ => None,
        };
        let end = end as usize;
        let (at, found) = match self.peek()? {
            Kind::Comma if start(self.at) == Some(end) && start(self.at + 1) == Some(end + 1) => {
                (self.at + 1, number(self.at + 1)?)
            }
            // `26 000`
            Kind::Number(number) if number.len() == 3 && start(self.at) == Some(end + 1) => (
                self.at,
                number
                    .bytes()
                    .all(|b| b.is_ascii_digit())
                    .then_some(*number)?,
            ),
            _ => return None,
        };
        let is_key = matches!(
            self.tokens.get(at + 1).map(|token| &token.kind),
            Some(Kind::Colon)
        );
        (!is_key && !found.is_empty()).then_some(at + 1)
    }
}
