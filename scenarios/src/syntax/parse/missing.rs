//! Values and colons that are missing.

use super::Parser;
use crate::syntax::token::Kind;
use crate::syntax::{Node, NodeKind};

impl<'a> Parser<'a, '_> {
    /// Whether a value is missing before a comma: what stands in round brackets without a name has its place.
    pub(super) fn lacks_value(&self) -> bool {
        let has_place = self
            .open
            .last()
            .is_some_and(|open| open.sign == '(' && open.keyed != Some(true));
        let is_name = matches!(
            self.tokens.get(self.at + 2).map(|it| &it.kind),
            Some(Kind::Colon)
        );
        has_place && !is_name
    }

    /// Field names are written small, vocabulary with a capital: a small word followed by a value
    /// is a name without its colon.
    pub(super) fn lacks_colon(&self, first: &Node<'a>) -> bool {
        let NodeKind::Word(word) = first.kind else {
            return false;
        };
        let small = word.starts_with(|c: char| c.is_ascii_lowercase());
        let in_fields = self.open.last().is_some_and(|open| open.sign == '(');
        let value_follows = matches!(
            self.peek(),
            Some(Kind::Word(_) | Kind::Number(_) | Kind::Text(_) | Kind::Open(_))
        );
        small && in_fields && value_follows
    }
}
