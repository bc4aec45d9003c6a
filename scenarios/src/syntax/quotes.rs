//! Where a quote can be missing.
//!
//! A text that is not closed swallows all up to the next quote, and from there on texts and code change places: a
//! parser then complains everywhere but at the fault. Texts seldom go over a line break, so the line of the fault
//! is one with an odd number of quotes. Which place in it is meant, whoever reads the whole text finds by trying;
//! here are the places that are worth it.

use super::parse::closing;
use super::token::{Kind, tokens_with};
use std::ops::Range;

/// Lines that are looked at.
const LINES: usize = 12;
/// Places of a line that are worth reading the whole text for.
const PLACES: usize = 8;
/// Places of a line that are looked at.
const LOOKS: usize = 600;
/// So many lines before and behind are looked at, as a text may go over line breaks.
const AROUND: usize = 4;

/// The bytes before which a quote can be missing, the likelier first, in a text that cannot be read from a byte
/// on.
pub(crate) fn missing_quotes(text: &str, json: bool, fails: usize) -> Vec<usize> {
    let lines = lines(text);
    let odd: Vec<usize> = (0..lines.len())
        .filter(|line| is_odd(&text[lines[*line].clone()]))
        .collect();
    let failed = lines.partition_point(|line| line.end < fails);
    let split = odd.partition_point(|line| *line <= failed);
    let near: Vec<usize> = odd[..split]
        .iter()
        .rev()
        .chain(&odd[split..])
        .take(LINES)
        .copied()
        .collect();
    let mut found = Vec::new();
    for line in &near {
        found.extend(in_line(text, json, &lines[*line]));
    }
    for line in &near {
        let around = line.saturating_sub(AROUND)..(line + AROUND + 1).min(lines.len());
        for other in around.filter(|other| other != line) {
            found.extend(places(text, &lines[other]).take(PLACES));
        }
    }
    found
}

/// The bytes of each line.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &str| {
        let range = start..start + line.len();
        start = range.end;
        range
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Whether a line has an odd number of quotes.
fn is_odd(line: &str) -> bool {
    let comment = line.trim_start().starts_with("//");
    let mut escaped = false;
    let mut quotes = 0;
    for byte in line.bytes() {
        quotes += usize::from(byte == b'"' && !escaped);
        escaped = byte == b'\\' && !escaped;
    }
    quotes % 2 == 1 && !comment
}

/// Where texts can start or end in a line: behind what comes before a value, and before what comes behind one.
fn places(text: &str, line: &Range<usize>) -> impl Iterator<Item = usize> {
    let (end, written) = (line.end, &text[line.clone()]);
    let bytes = text.as_bytes();
    let start = line.start;
    let may = move |at: usize| {
        let behind = bytes[at];
        let before = bytes[start..at].iter().rev().find(|byte| **byte != b' ');
        let opens = before.is_none_or(|byte| matches!(byte, b':' | b'(' | b'[' | b'{' | b','));
        let opens = opens && !matches!(behind, b' ' | b'"' | b',' | b':');
        let closes =
            at > start && matches!(behind, b',' | b')' | b']' | b'}' | b':' | b'\n' | b'\r');
        (opens || closes) && (behind != b'\n' || at + 1 == end)
    };
    let inner: Vec<usize> = written.char_indices().map(|(at, _)| at + start).collect();
    let last = (!written.ends_with('\n')).then_some(end);
    inner.into_iter().filter(move |at| may(*at)).chain(last)
}

/// The places of a line at which a quote leaves the fewest things in it that cannot be. Of several alike those
/// that make the shortest text come first.
fn in_line(text: &str, json: bool, line: &Range<usize>) -> Vec<usize> {
    let written = &text[line.clone()];
    let quotes: Vec<usize> = written
        .match_indices('"')
        .map(|(at, _)| at + line.start)
        .collect();
    let far = |at: usize| quotes.iter().map(|quote| quote.abs_diff(at)).min();
    let mut scored: Vec<(usize, Option<usize>, usize)> = places(text, line)
        .take(LOOKS)
        .map(|at| (oddities(written, json, at - line.start), far(at), at))
        .collect();
    scored.sort_unstable();
    let least = scored.first().map_or(0, |(least, ..)| *least);
    let best = scored
        .into_iter()
        .take_while(|(oddities, ..)| *oddities <= least + 1);
    best.map(|(.., at)| at).take(PLACES).collect()
}

/// How many things in a line cannot be, if a quote stands before a byte of it.
fn oddities(line: &str, json: bool, quote: usize) -> usize {
    let found = tokens_with(line, json, LOOKS * 4, &[quote]);
    let pairs = found.tokens.windows(2);
    let odd = pairs.filter(|pair| !follows(&pair[0].kind, &pair[1].kind));
    let mut open = Vec::new();
    let mut crossed = 0;
    for token in &found.tokens {
        match token.kind {
            Kind::Open(sign) => open.push(closing(sign)),
            Kind::Close(sign) => {
                crossed += usize::from(open.pop().is_some_and(|other| other != sign));
            }
            _ => {}
        }
    }
    // A text that is open at the end of the line is a fault as well.
    found.faults.len() + odd.count() + crossed
}

/// Whether something can stand behind something else.
fn follows(before: &Kind<'_>, behind: &Kind<'_>) -> bool {
    let is_value = |kind: &Kind<'_>| {
        !matches!(
            kind,
            Kind::Open(_) | Kind::Close(_) | Kind::Comma | Kind::Colon
        )
    };
    let ends = matches!(behind, Kind::Close(_) | Kind::Comma | Kind::Colon);
    match before {
        Kind::Word(_) => ends || matches!(behind, Kind::Open('(')),
        Kind::Comma | Kind::Open(_) => !matches!(behind, Kind::Comma | Kind::Colon),
        Kind::Colon => is_value(behind) || matches!(behind, Kind::Open(_)),
        _ => ends,
    }
}
