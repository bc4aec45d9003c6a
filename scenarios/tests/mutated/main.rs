//! Whatever becomes of the text of a definition, reading it ends, within bounds, without a panic.
//!
//! Shipped definitions are torn, doubled, mixed and bent, and go through loader, check and binding.
//! The bounds are counted, not timed: so many problems for a file, no more findings than the text
//! has bytes. That every loop of the lexer and the parser consumes something is asserted there.

mod changes;

use changes::{apply, changes, overreaches};
use hotwash_scenarios::{Source, Start, bind, check, library, limits, read};
use proptest::prelude::*;

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
            let beyond = overreaches(&sources[0].text, problem);
            prop_assert!(beyond.is_none(), "{}: {}", problem.message, beyond.unwrap_or_default());
        }
        let all: usize = sources.iter().map(|source| source.text.len()).sum();
        prop_assert!(check(&loaded.definitions).len() <= all);
        if let Err(problems) = bind(&loaded.definitions, &Start::default()) {
            prop_assert!(!problems.is_empty());
        }
    }
}
