//! Changes that no author makes on purpose, and what a cure may touch.

use hotwash_scenarios::diagnostic::Diagnostic;
use hotwash_scenarios::library;
use proptest::prelude::*;

/// A change of a text. Positions are shares of its length, so that they fit any text.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Flip(u16, u8),
    Delete(u16, u16),
    Double(u16, u16),
    Swap(u16, u16, usize),
    Nest(u16, u16, bool),
    Long(u16, u16),
    Insert(u16, String),
    Cut(u16),
}

pub(crate) fn changes() -> impl Strategy<Value = Change> {
    let at = any::<u16>;
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        3 => (at(), 1_u16..400).prop_map(|(at, len)| Change::Delete(at, len)),
        2 => (at(), 1_u16..400).prop_map(|(at, len)| Change::Double(at, len)),
        2 => (at(), 1_u16..400, 0_usize..8).prop_map(|(at, len, other)| Change::Swap(at, len, other)),
        1 => (at(), 1_u16..2_000, any::<bool>()).prop_map(|(at, deep, closed)| Change::Nest(at, deep, closed)),
        1 => (at(), 1_u16..20_000).prop_map(|(at, len)| Change::Long(at, len)),
        3 => (at(), "\\PC{1,6}|[\"'\\\\(){}\\[\\],:;/*#r-]{1,4}").prop_map(|(at, text)| Change::Insert(at, text)),
        1 => at().prop_map(Change::Cut),
    ]
}

/// The byte at a share of a text's length.
fn position(text: &[u8], share: u16) -> usize {
    text.len() * usize::from(share) / 65_536
}

pub(crate) fn apply(text: &mut Vec<u8>, change: &Change) {
    let (at, len) = match change {
        Change::Delete(at, len) | Change::Double(at, len) | Change::Swap(at, len, _) => (*at, *len),
        Change::Flip(at, _)
        | Change::Nest(at, ..)
        | Change::Long(at, _)
        | Change::Insert(at, _)
        | Change::Cut(at) => (*at, 1),
    };
    let at = position(text, at);
    let end = (at + usize::from(len)).min(text.len());
    match change {
        Change::Flip(_, byte) => text[at..end].fill(*byte),
        Change::Delete(..) => drop(text.drain(at..end)),
        Change::Double(..) => {
            let span = text[at..end].to_vec();
            text.splice(at..at, span);
        }
        Change::Swap(_, _, other) => {
            let all = library();
            let other = all[other % all.len()].text.as_bytes();
            let from = at.min(other.len());
            let span = other[from..(from + usize::from(len)).min(other.len())].to_vec();
            text.splice(at..end, span);
        }
        Change::Nest(_, deep, closed) => {
            let open = "[(".repeat(usize::from(*deep));
            let close = if *closed {
                ")]".repeat(usize::from(*deep))
            } else {
                String::new()
            };
            text.splice(at..at, (open + &close).into_bytes());
        }
        Change::Long(_, len) => {
            text.splice(at..at, vec![b'a'; usize::from(*len)]);
        }
        Change::Insert(_, inserted) => {
            text.splice(at..at, inserted.bytes());
        }
        Change::Cut(_) => text.truncate(at),
    }
}

/// What is wrong with a cure: it reaches out of the text, or changes what was not said to be wrong. A bracket, a
/// blank or a sign may be changed beside the place that is named, and anything may be inserted.
pub(crate) fn overreaches(text: &str, problem: &Diagnostic) -> Option<String> {
    let cure = problem.cure.as_ref()?;
    let mut edits: Vec<_> = cure.edits.iter().map(|edit| edit.place.range()).collect();
    edits.sort_by_key(|edit| (edit.start, edit.end));
    for pair in edits.windows(2) {
        if pair[1].start < pair[0].end {
            return Some(format!("{}: its changes overlap", cure.help));
        }
    }
    for edit in edits {
        let Some(replaced) = text.get(edit.clone()) else {
            return Some(format!(
                "{}: it cuts a character or leaves the text",
                cure.help
            ));
        };
        let named = problem.labels.iter().any(|label| {
            let place = label.place.range();
            place.start <= edit.start && edit.end <= place.end
        });
        let small = replaced.chars().count() <= 1;
        let blank = replaced.trim_start_matches([':', ' ', '\n']).is_empty();
        let brackets = replaced.starts_with(['(', '[', '{']) && replaced.ends_with([')', ']', '}']);
        let name =
            replaced.trim_end().ends_with(':') || replaced.contains(": ") && replaced.len() < 80;
        if !(named || small || blank || brackets || name) {
            return Some(format!("{}: it changes `{replaced}`", cure.help));
        }
    }
    None
}
