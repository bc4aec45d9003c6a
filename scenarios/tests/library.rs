//! What the library ships is loaded like anybody's own files.

use hotwash_scenarios::{Definition, Source, library, read};

#[test]
fn every_item_is_read_without_a_problem() {
    for item in library() {
        let source = Source::new(item.file.to_owned(), item.text.to_owned());
        let loaded = read(std::slice::from_ref(&source));
        let problems: Vec<String> = loaded
            .problems
            .iter()
            .map(|problem| {
                let (line, column) = source.line_and_column(problem.place().start);
                format!("{}:{line}:{column} {}", item.file, problem.message)
            })
            .collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        let kinds: Vec<_> = loaded
            .definitions
            .all
            .iter()
            .map(Definition::kind)
            .collect();
        assert_eq!(kinds, [item.kind], "{}", item.file);
    }
}
