//! Whatever becomes of the text of a definition, reading it ends, within bounds, without a panic.
//!
//! Shipped definitions are torn, doubled, mixed and bent, and go through loader, check and binding.
//! The bounds are counted, not timed: so many problems for a file, no more findings than the text
//! has bytes. That every loop of the lexer and the parser consumes something is asserted there.

use hotwash_scenarios::{Source, Start, bind, check, library, limits, read};
use proptest::prelude::*;

/// A change of a text. Positions are shares of its length, so that they fit any text.
#[derive(Debug, Clone)]
enum Change {
    Flip(u16, u8),
    Delete(u16, u16),
    Double(u16, u16),
    Swap(u16, u16, usize),
    Nest(u16, u16, bool),
    Long(u16, u16),
    Insert(u16, String),
    Cut(u16),
}

fn changes() -> impl Strategy<Value = Change> {
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

fn apply(text: &mut Vec<u8>, change: &Change) {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mutation_of_a_definition_is_read_to_its_end(
        file in 0_usize..8,
        changes in proptest::collection::vec(changes(), 1..6),
    ) {
        let items = library();
        let item = &items[file % items.len()];
        let mut text = item.text.as_bytes().to_vec();
        for change in &changes {
            apply(&mut text, change);
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        let bytes = text.len();
        let mut sources = vec![Source::new(item.file, text)];
        let others = items.iter().filter(|other| other.kind != item.kind && other.kind != hotwash_scenarios::Kind::Exercise);
        sources.extend(others.map(|other| Source::new(other.file, other.text)));
        let loaded = read(&sources);
        prop_assert!(loaded.problems.len() <= limits::PROBLEMS_PER_FILE);
        for problem in &loaded.problems {
            let place = problem.place().range();
            prop_assert!(place.start <= place.end && place.end <= bytes);
        }
        let all: usize = sources.iter().map(|source| source.text.len()).sum();
        prop_assert!(check(&loaded.definitions).len() <= all);
        if let Err(problems) = bind(&loaded.definitions, &Start::default()) {
            prop_assert!(!problems.is_empty());
        }
    }
}
