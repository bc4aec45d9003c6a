//! One line of a record: its content between the hash of the line before and its own.
//!
//! ```text
//! {"prev":"<64 digits>","entry":{...},"hash":"<64 digits>"}
//! ```
//!
//! `hash` is the SHA-256 of the line without `,"hash":"..."` and without the line end. Lines are
//! taken apart as bytes, never through a JSON reader, so what is hashed is what is there.

use crate::hash::Hash;

/// The longest line that is read, in bytes. A header of a thousand assets and tasks is a tenth of it.
pub const MAX_LINE: usize = 16 * 1024 * 1024;

const PREV: &str = "{\"prev\":\"";
const HASH: &str = "\",\"";
const TAIL: &str = ",\"hash\":\"";
const END: &str = "\"}";
const DIGITS: usize = 64;

/// What a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What was played.
    Header,
    /// What happened.
    Entry,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Header, Self::Entry];

    const fn word(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Entry => "entry",
        }
    }
}

/// A line taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub(crate) prev: Hash,
    pub(crate) kind: Kind,
    /// The JSON of the header or the entry.
    pub(crate) content: &'a str,
    /// The hash that the line gives as its own.
    pub(crate) hash: Hash,
    /// The hash that it has.
    pub(crate) true_hash: Hash,
}

/// The bytes of a line with its line end, and its hash.
pub(crate) fn render(prev: Hash, kind: Kind, content: &str) -> (String, Hash) {
    let word = kind.word();
    let mut line = format!("{PREV}{prev}{HASH}{word}\":{content}}}");
    let hash = Hash::of(line.as_bytes());
    line.pop();
    line.push_str(TAIL);
    line.push_str(&hash.to_string());
    line.push_str(END);
    line.push('\n');
    (line, hash)
}

/// Takes a line, without its line end, apart. `None` if it does not have this shape.
pub(crate) fn parse(line: &str) -> Option<Line<'_>> {
    let (body, tail) = line.split_at_checked(line.len().checked_sub(tail_len())?)?;
    let hash = tail.strip_prefix(TAIL)?.strip_suffix(END)?;
    let rest = body.strip_prefix(PREV)?;
    let (prev, rest) = rest.split_at_checked(DIGITS)?;
    let rest = rest.strip_prefix(HASH)?;
    let (kind, content) = Kind::ALL.into_iter().find_map(|kind| {
        let content = rest.strip_prefix(kind.word())?.strip_prefix("\":")?;
        Some((kind, content))
    })?;
    Some(Line {
        prev: Hash::parse(prev)?,
        kind,
        content,
        hash: Hash::parse(hash)?,
        true_hash: Hash::of(format!("{body}}}").as_bytes()),
    })
}

const fn tail_len() -> usize {
    TAIL.len() + DIGITS + END.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_reads_as_the_documentation_says() {
        let (line, hash) = render(Hash::NONE, Kind::Entry, "{\"number\":1}");
        let zeros = "0".repeat(64);
        let hashed = format!("{{\"prev\":\"{zeros}\",\"entry\":{{\"number\":1}}}}");
        assert_eq!(hash, Hash::of(hashed.as_bytes()));
        let shown = format!("{},\"hash\":\"{hash}\"}}\n", &hashed[..hashed.len() - 1]);
        assert_eq!(line, shown);
    }

    proptest! {
        #[test]
        fn what_was_rendered_is_taken_apart_again(content in "\\PC*", first in any::<bool>()) {
            let kind = if first { Kind::Header } else { Kind::Entry };
            let (text, hash) = render(Hash::of(b"before"), kind, &content);
            let line = parse(text.trim_end_matches('\n')).expect("it was rendered");
            prop_assert_eq!(line.prev, Hash::of(b"before"));
            prop_assert_eq!((line.kind, line.content), (kind, content.as_str()));
            prop_assert_eq!((line.hash, line.true_hash), (hash, hash));
        }

        #[test]
        fn any_text_is_taken_apart_or_refused(text in "\\PC*") {
            let _ = parse(&text);
        }
    }
}
