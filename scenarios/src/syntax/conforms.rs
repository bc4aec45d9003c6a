//! The reference parsers' word on whether a text is RON or JSON.

use super::{Node, NodeKind, parse};
use crate::source::Source;
use ron::extensions::Extensions;
use serde::de::IgnoredAny;
use std::ops::Range;

/// Deeper than any definition that is accepted, so that depth is never what the parsers object to.
const RECURSION: usize = 512;

/// Checks a text that was read without complaint: `Err` holds what the reference parser says, and
/// where. The names behind an item without one, as in `("30s", because: "..")`, are left out of what it is
/// shown: without them this is RON too.
pub(crate) fn conforms(source: &Source) -> Result<(), (String, Range<usize>)> {
    if source.is_json() {
        return serde_json::from_str::<IgnoredAny>(&source.text)
            .map(|_| ())
            .map_err(|e| {
                let at = byte_of(&source.text, e.line(), e.column());
                (e.to_string(), at..at)
            });
    }
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(RECURSION);
    options
        .from_str::<IgnoredAny>(&without_names_behind(source))
        .map(|_| ())
        .map_err(|e| {
            let start = byte_of(&source.text, e.span.start.line, e.span.start.col);
            let end = byte_of(&source.text, e.span.end.line, e.span.end.col);
            (e.code.to_string(), start..end.max(start))
        })
}

/// The text with blanks for the names that stand behind an item without one; no line or column moves.
fn without_names_behind(source: &Source) -> String {
    let mut names = Vec::new();
    if let Some(root) = &parse(source, 0).root {
        collect(root, &mut names);
    }
    let mut text = String::with_capacity(source.text.len());
    let mut at = 0;
    for name in names {
        text.push_str(&source.text[at..name.start]);
        let blank = |sign| if sign == '\n' { '\n' } else { ' ' };
        text.extend(source.text[name.clone()].chars().map(blank));
        at = name.end;
    }
    text.push_str(&source.text[at..]);
    text
}

/// Collects the names behind an item without one, with their colons, in their order.
fn collect(node: &Node<'_>, names: &mut Vec<Range<usize>>) {
    let NodeKind::Group(group) = &node.kind else {
        return;
    };
    let led = group.open == '(' && group.items.first().is_some_and(|it| it.key.is_none());
    for item in &group.items {
        if let Some(key) = item.key.as_ref().filter(|_| led) {
            names.push(key.place.range().start..item.value.place.range().start);
        }
        collect(&item.value, names);
    }
}

/// The byte at a line and a column, both from 1, the column in characters.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let Some(newline) = text[start..].find('\n') else {
            break;
        };
        start += newline + 1;
    }
    let rest = text[start..].char_indices();
    let mut within = rest.skip(column.saturating_sub(1));
    within
        .next()
        .map_or(text.len(), |(offset, _)| start + offset)
}
