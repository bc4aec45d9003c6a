//! What an event means is said once, in the fold: whoever else looks at events is listed, with the reason.

use crate::source::{Breach, Source, Text};

/// Where events are made, folded, or nothing but written and read.
const HOME: [&str; 3] = [
    "engine/src/situation",
    "engine/src/simulation",
    "engine/src/record",
];

/// Begins the section that lists those who look at events beside the fold.
const SECTION: &str = "**Who looks at events.**";

/// The paths that the section lists: files, and folders that end in `/`.
fn listed(page: &Text) -> Vec<(usize, String)> {
    let lines = page.text.lines().enumerate();
    let section = lines
        .skip_while(|(_, line)| !line.starts_with(SECTION))
        .skip(1);
    let table = section.take_while(|(_, line)| !line.starts_with("**"));
    let mut paths = Vec::new();
    for (number, line) in table.filter(|(_, line)| line.starts_with('|')) {
        let first = line.trim_matches('|').split('|').next().unwrap_or_default();
        let quoted = first.split('`').skip(1).step_by(2);
        paths.extend(quoted.map(|path| (number + 1, path.to_owned())));
    }
    paths
}

/// The first line on which a source names a kind of event, its own tests aside.
fn names_an_event(source: &Source) -> Option<usize> {
    let mut lines = source.text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let next = lines.peek().map_or("", |(_, next)| next.trim());
        if line.trim() == "#[cfg(test)]" && next.starts_with("mod ") && next.ends_with('{') {
            return None;
        }
        let mut parts = line.split("Event::").skip(1);
        let before = |at: usize| line[..at].chars().next_back();
        let whole = line
            .find("Event::")
            .is_some_and(|at| before(at).is_none_or(|c| !c.is_alphanumeric() && c != '_'));
        let kind = parts.any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
        if whole && kind && !line.trim_start().starts_with("//") {
            return Some(number + 1);
        }
    }
    None
}

/// Sources that look at events and are not listed, and what is listed and does not.
pub(crate) fn breaches(page: &Text, sources: &[Source]) -> Vec<Breach> {
    let listed = listed(page);
    let covers = |path: &str, source: &Source| {
        source.path == path || (path.ends_with('/') && source.path.starts_with(path))
    };
    let product = |source: &&Source| {
        let at_home = HOME.iter().any(|home| source.is_in(home));
        source.path.contains("/src/")
            && !source.path.starts_with("benches/")
            && !source.is_test()
            && !at_home
    };
    let mut used = vec![false; listed.len()];
    let mut found = Vec::new();
    for source in sources.iter().filter(product) {
        let Some(line) = names_an_event(source) else {
            continue;
        };
        let by = listed.iter().position(|(_, path)| covers(path, source));
        match by {
            Some(place) => used[place] = true,
            None => {
                found
                    .push(source.breach(line, "looks at events beside the fold and is not listed"));
            }
        }
    }
    let idle = listed.iter().zip(&used).filter(|(_, used)| !**used);
    found.extend(idle.map(|((line, path), _)| Breach {
        path: page.path.clone(),
        line: *line,
        what: format!("`{path}` looks at no event"),
    }));
    found
}

#[test]
fn who_looks_at_events_unlisted_and_who_is_listed_and_does_not_is_found() {
    let page = |rows: &str| Text {
        path: "ARCHITECTURE.md".to_owned(),
        text: format!("{SECTION} Why.\n\n| who | why |\n{rows}\n"),
    };
    let reads = Source::new(
        "reports/src/x.rs",
        "fn f(e: &Event) -> bool {\n matches!(e, Event::A {})\n}\n",
    );
    let other = Source::new("reports/src/y.rs", "fn f() {}\n// Event::A\n");
    let sources = [reads, other];
    assert!(breaches(&page("| `reports/src/x.rs` | a list |"), &sources).is_empty());
    assert!(breaches(&page("| `reports/src/` | lists |"), &sources).is_empty());
    let unlisted = breaches(&page(""), &sources);
    assert_eq!(unlisted.len(), 1);
    assert_eq!(unlisted[0].line, 2);
    let idle = breaches(
        &page("| `reports/src/x.rs`, `reports/src/y.rs` | lists |"),
        &sources,
    );
    assert_eq!(idle.len(), 1);
}
